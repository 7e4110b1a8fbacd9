"""The typed tables of one workbook (DOM 2), and how they looked on an earlier day (DOM V19)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from xl_retention.domain.cadence import Rulebook
from xl_retention.domain.capacity import Capacity
from xl_retention.domain.coded import Coded
from xl_retention.domain.outcomes import Outcomes
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.problems import Problem, Severity
from xl_retention.domain.schema import ENTITIES, Entity, Kind
from xl_retention.domain.working_days import WorkingDays

Array = npt.NDArray[np.generic]
Texts = npt.NDArray[np.object_]
Days = npt.NDArray[np.datetime64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

MONTH_DAY = "birth_month_day"
"""Beside `birth_date`: month and day as a number MMDD, 0 for blank; a birthday may come without its year."""


def blank(kind: Kind | None, length: int) -> Array:
    """A column in which nothing is filled: "" for words, NaT for days, NaN for numbers, False for yes/no."""
    if kind in (Kind.DATE, Kind.BIRTHDAY):
        return np.full(length, np.datetime64("NaT"), "datetime64[s]")
    if kind in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM, Kind.TIME):
        return np.full(length, np.nan)
    if kind is Kind.BOOL:
        return np.zeros(length, np.bool_)
    return same("", length)


def same(text: str, length: int) -> Texts:
    """A column that says the same in every row; `np.full` would make a new text for each."""
    column = np.empty(length, object)
    column.fill(text)
    return column


@dataclass(frozen=True)
class Heading:
    """Where a field stands in a sheet: letter of its column and heading as staff wrote it."""

    column: str
    text: str


class Columns(Mapping[str, Array]):
    """The columns of a table by field name; one that is kept as numbers is spelled out when somebody asks for it."""

    def __init__(self, plain: Mapping[str, Array], coded: Mapping[str, Coded]) -> None:
        self.plain = plain
        self._coded = coded
        self._spelled: dict[str, Texts] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._coded:
            return self.plain[name]
        if name not in self._spelled:
            self._spelled[name] = self._coded[name].texts
        return self._spelled[name]

    def __contains__(self, name: object) -> bool:
        return name in self.plain or name in self._coded

    def __iter__(self) -> Iterator[str]:
        yield from self.plain
        yield from (name for name in self._coded if name not in self.plain)

    def __len__(self) -> int:
        return len({*self.plain, *self._coded})


@dataclass(frozen=True)
class Table:
    """The rows of one entity as columns.

    Args:
        entity: What a row is.
        columns: By field name: texts as objects, dates as datetime64[s], numbers as float64, yes/no as bool.
            A field that the workbook does not have may be absent; reading it gives blanks (DOM 2.2). Those of
            *coded* need not be given once more.
        sheet: Sheet that each row comes from.
        row: Row number in that sheet, counting from 1; 0 where the row was made up.
        headings: By sheet and field.
        present: Whether the workbook has such a table at all.
        coded: Columns of texts as numbers, as far as whoever made the table knows them.
    """

    entity: Entity
    columns: Mapping[str, Array]
    sheet: Texts
    row: Places
    headings: Mapping[tuple[str, str], Heading] = field(default_factory=dict)
    present: bool = True
    coded: Mapping[str, Coded] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.coded:
            object.__setattr__(self, "columns", Columns(self._plain, self.coded))

    @classmethod
    def absent(cls, entity: str) -> Table:
        """A table that the workbook does not have."""
        return cls(ENTITIES[entity], {}, np.empty(0, object), np.empty(0, np.int64), present=False)

    def __len__(self) -> int:
        return len(self.row)

    def read(self, name: str) -> Array:
        """A column in the type of its kind; blanks where the workbook does not have it."""
        column = self.columns.get(name)
        if column is not None:
            return column
        if name == MONTH_DAY:
            return np.zeros(len(self), np.int16)
        return blank(self.entity.field(name).kind, len(self))

    def texts(self, name: str) -> Texts:
        """A column of words; "" is blank."""
        return self.read(name)  # type: ignore[return-value]

    def words(self, name: str) -> Coded:
        """A column of words as numbers."""
        if name in self.coded:
            return self.coded[name]
        return Coded.of(self.texts(name)) if name in self.columns else Coded.blank(len(self))

    def texts_at(self, name: str, places: Places) -> Texts:
        """The words of a column in some rows; blank where the workbook does not have it."""
        if name in self.coded:
            return self.coded[name].where(places).texts
        return self.texts(name)[places] if name in self.columns else same("", len(places))

    def moments(self, name: str) -> Days:
        """A column of dates with or without clock, datetime64[s]; midnight means no clock (DOM V18)."""
        return self.read(name)  # type: ignore[return-value]

    def days(self, name: str) -> Days:
        """A column of dates without their clock, datetime64[D]."""
        return self.read(name).astype("datetime64[D]")

    def numbers(self, name: str) -> Numbers:
        """A column of numbers; NaN is blank."""
        return self.read(name)  # type: ignore[return-value]

    def flags(self, name: str) -> Flags:
        """A column of yes (True) and no or blank (False)."""
        return self.read(name)  # type: ignore[return-value]

    @property
    def _plain(self) -> Mapping[str, Array]:
        """The columns that are kept as they are read."""
        return self.columns.plain if isinstance(self.columns, Columns) else self.columns

    def where(self, kept: Flags) -> Table:
        """The rows for which *kept* is true."""
        return Table(
            self.entity,
            {name: column[kept] for name, column in self._plain.items()},
            self.sheet[kept],
            self.row[kept],
            self.headings,
            self.present,
            {name: column.where(kept) for name, column in self.coded.items()},
        )

    def with_columns(self, columns: Mapping[str, Array]) -> Table:
        """The same rows with some columns replaced or added."""
        coded = {name: column for name, column in self.coded.items() if name not in columns}
        return Table(
            self.entity, {**self._plain, **columns}, self.sheet, self.row, self.headings, self.present, coded
        )

    def without_columns(self, names: Collection[str]) -> Table:
        """The same rows without some columns."""
        columns = {name: column for name, column in self._plain.items() if name not in names}
        coded = {name: column for name, column in self.coded.items() if name not in names}
        return Table(self.entity, columns, self.sheet, self.row, self.headings, self.present, coded)

    def fault(
        self,
        code: str,
        severity: Severity,
        place: int,
        field_name: str,
        *,
        found: object = "",
        wanted: str,
        remedy: str,
    ) -> Problem:
        """A `Problem` of one field of the row at *place* (from 0)."""
        sheet, row = str(self.sheet[place]), int(self.row[place])
        heading = self.headings.get((sheet, field_name))
        return Problem(
            code,
            severity,
            sheet,
            f"{heading.column if heading else 'A'}{row}" if row else "",
            heading.text if heading else "",
            str(found),
            wanted,
            remedy,
        )


ROW_DATES = {
    "service_visit": ("visit_date",),
    "contact_log": ("contact_at",),
    "complaint": ("received_at",),
    "booking": ("booked_on",),
    "prospect": ("created_date", "last_follow_date"),
    "do_not_contact": ("since",),
}
"""The dates by which a row is not there yet on an earlier day (DOM V19)."""

STAMPS = {
    "service_visit": ("checkout_date",),
    "complaint": ("first_response_at", "resolved_at", "followup_at"),
    "booking": ("arrived_at",),
    "maintenance_reminder": ("first_reminded_on", "last_reminded_on"),
    "renewal": ("reminded_on",),
    "prospect": ("order_date", "lost_date", "deposit_date", "cancel_date"),
    "vehicle": ("delivery_date", "purchase_date", "last_service_date", "first_service_date", "odometer_date"),
}
"""Time stamps that read as blank while they lie ahead (DOM V19)."""


@dataclass(frozen=True)
class Store:
    """Everything that a workbook says, cleaned.

    Args:
        tables: By entity name; an absent table may be missing.
        parameters: The store's numbers (DOM 9).
        rules: The contact rules in force.
        working_days: The store's calendar.
        language: `en` or `zh`, of the words that we write.
        problems: What was found wrong while reading.
        outcomes: What each outcome of a call does.
        capacity: Calls a day and days off of the staff.
    """

    tables: Mapping[str, Table]
    parameters: Parameters
    rules: Rulebook
    working_days: WorkingDays = field(default_factory=WorkingDays)
    language: str = "en"
    problems: tuple[Problem, ...] = ()
    outcomes: Outcomes = field(default_factory=Outcomes)
    capacity: Capacity = field(default_factory=Capacity)

    def __getitem__(self, entity: str) -> Table:
        table = self.tables.get(entity)
        return Table.absent(entity) if table is None else table

    @cached_property
    def customers(self) -> Table:
        """One row per customer_id."""
        return self["customer"]

    @cached_property
    def vehicles(self) -> Table:
        """One row per car."""
        return self["vehicle"]

    def as_known_on(self, as_of: np.datetime64) -> Store:
        """The store as it was known at the end of *as_of* (datetime64[D]), DOM V19.

        Later rows are gone and later time stamps blank; what carries no date is taken as it stands. A checkout
        that lies ahead is blanked too, but the visit is marked `in_shop`: the car has not left yet.
        """
        tables = dict(self.tables)
        end = as_of.astype("datetime64[D]") + np.timedelta64(1, "D")
        for name, table in self.tables.items():
            known = table
            for date in ROW_DATES.get(name, ()):
                if date in known.columns and (later := known.moments(date) >= end).any():
                    known = known.where(~later)
            stamps: dict[str, Array] = {}
            for stamp in STAMPS.get(name, ()):
                if stamp in known.columns:
                    moments = known.moments(stamp)
                    if (later := moments >= end).any():
                        stamps[stamp] = np.where(later, np.datetime64("NaT"), moments)
                        if stamp == "checkout_date":
                            stamps["in_shop"] = later
            tables[name] = known.with_columns(stamps) if stamps else known
        return replace(self, tables=tables)
