"""Which row of one copy is which row of another: by hidden numbers, else by the number, the car, the phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from xl_retention.domain.coded import Coded
from xl_retention.domain.schema import ENTITIES

Places = npt.NDArray[np.int64]
Ladder = tuple[tuple[str, ...], ...]

NO_ROW = -1
ROW_ID = "row id"
"""Field of the hidden number that a packed copy gives to each row."""
_MIX = np.uint64(0x9E3779B97F4A7C15)

WIDE = "customer with car"
"""The table of a sheet whose rows are customers and cars at once."""

KEYS: Mapping[str, Ladder] = {
    # By table the fields that tell its rows apart, the surest first. A later step never pairs rows whose first
    # step says that they differ.
    "customer": (("customer_id",), ("mobile", "customer_name")),
    WIDE: (
        ("customer_id", "vehicle.vin"), ("vehicle.vin",), ("customer_id", "vehicle.plate_no"), ("customer_id",),
        ("mobile", "customer_name"),
    ),
    "vehicle": (("vin",), ("plate_no",)),
    "service_visit": (("ro_no",), ("vin", "visit_date"), ("plate_no", "visit_date")),
    "booking": (
        ("booking_id",), ("vin", "appointment_at"), ("plate_no", "appointment_at"), ("mobile", "appointment_at"),
    ),
    "contact_log": (("contact_id",), ("due_key", "contact_at"), ("customer_id", "contact_at", "staff")),
    "complaint": (("complaint_id",), ("customer_id", "received_at"), ("mobile", "received_at")),
    "prospect": (("prospect_no",), ("mobile", "name")),
    "key_account": (("account_no",), ("name",)),
    "staff": (("staff_id",), ("name",)),
    "referral": (("referral_id",), ("friend_mobile", "friend_name")),
    "renewal": (("renewal_id",), ("vin", "kind", "expiry")),
    "maintenance_reminder": (("reminder_id",), ("vin", "due_date")),
}  # fmt: skip

WIDE_NAMES: tuple[Ladder, Ladder] = (
    (("customer_id",), ("mobile", "customer_name"), ("vehicle.vin",)),
    (("vehicle.vin",), ("vehicle.plate_no",), ("customer_id",)),
)
"""What tells such a row apart: as a customer, and as a car."""


@dataclass(frozen=True, eq=False)
class Rows:
    """
    The rows of one table of a copy, as merging sees them.

    Args:
        table: Name of the table; `customer with car` for a wide sheet.
        fields: By field, or by heading for a column of the staff's own, what each cell says: cleaned, one text
            for all spellings of a value, "" for blank.
        count: Number of rows.
    """

    table: str
    fields: Mapping[str, Coded]
    count: int
    key: Ladder = field(default=())

    def __len__(self) -> int:
        return self.count

    @cached_property
    def ladder(self) -> Ladder:
        """The steps by which its rows are found."""
        if self.key:
            return self.key
        entity = ENTITIES.get(self.table)
        return KEYS.get(self.table) or ((entity.key,) if entity else ())

    def column(self, name: str) -> Coded:
        """A field; blank where the copy has no such column."""
        found = self.fields.get(name)
        return Coded.blank(self.count) if found is None else found

    def text(self, row: int, name: str) -> str:
        """What one cell says."""
        column = self.fields.get(name)
        return "" if column is None else str(column.different[column.code[row]])

    def row(self, row: int) -> dict[str, str]:
        """What the filled cells of a row say, by field."""
        return {name: text for name in self.fields if name != ROW_ID and (text := self.text(row, name))}

    def name_of(self, row: int, name: str = "") -> str:
        """
        The number of a row, or what else tells it apart.

        Args:
            name: The field that is spoken of; on a wide sheet it belongs to a customer or to a car.
        """
        for step in WIDE_NAMES[name.startswith("vehicle.")] if self.table == WIDE else self.ladder:
            if all(texts := [self.text(row, name) for name in step]):
                return " / ".join(texts)
        return " / ".join(list(self.row(row).values())[:3])

    def renamed(self, seal: Callable[[str, str], str]) -> Rows:
        """The same rows with every text but row numbers replaced, by field and text; blanks stay blank."""

        def sealed(name: str) -> Callable[[str], str]:
            return lambda text: seal(name, text) if text else ""

        fields = {
            name: column if name == ROW_ID else column.renamed(sealed(name)) for name, column in self.fields.items()
        }
        return Rows(self.table, fields, self.count, self.key)

    def taken(self, rows: Places) -> Rows:
        """Some of the rows."""
        return Rows(self.table, {name: column.where(rows) for name, column in self.fields.items()}, len(rows), self.key)


def alike_numbered(first: Coded, second: Coded) -> tuple[Places, Places]:
    """Two columns as numbers: equal where, and only where, the texts are equal; 0 is blank."""
    numbers = {"": 0}

    def numbered(texts: Sequence[str]) -> Places:
        return np.array([*(numbers.setdefault(text, len(numbers)) for text in texts), 0], np.int64)

    texts, others = first.different.tolist(), second.different.tolist()
    known = numbered(texts)
    return known[first.code], (known if texts == others else numbered(others))[second.code]


@dataclass(frozen=True)
class Comparison:
    """
    Two copies of one table, their common columns numbered alike.

    Args:
        first: One copy.
        second: The other.
    """

    first: Rows
    second: Rows

    @cached_property
    def numbers(self) -> Mapping[str, tuple[Places, Places]]:
        """The common fields, each as two columns of equal numbers for equal texts."""
        return {
            name: alike_numbered(column, self.second.fields[name])
            for name, column in self.first.fields.items()
            if name in self.second.fields
        }

    @cached_property
    def pairs(self) -> Places:
        """For each row of *second* the row of *first* that is the same, or NO_ROW."""
        found = np.full(len(self.second), NO_ROW, np.int64)
        free = np.ones(len(self.first), np.bool_)
        ids = [ROW_ID] if ROW_ID in self.numbers else []
        self._pair(found, free, self.key(ids))
        self._pair(found, free, self._whole())
        firm = self._firm()
        for step in self.first.ladder:
            if all(name in self.numbers for name in step):
                self._pair(found, free, self.key(step), firm)
        return found

    @cached_property
    def of_one_number(self) -> tuple[Places, Places]:
        """Rows of *first* and of *second* that bear the same number, whatever else they say."""
        ladder = self.first.ladder
        keys = self.key(ladder[0]) if ladder and all(name in self.numbers for name in ladder[0]) else None
        if keys is None:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        ours, others = np.flatnonzero(keys[0] != 0), np.flatnonzero(keys[1] != 0)
        left, right = _same(keys[0][ours], keys[1][others])
        return ours[left], others[right]

    def _firm(self) -> Sequence[tuple[Places, Places]]:
        ladder = self.first.ladder
        return [self.numbers[name] for name in (ladder[0] if ladder else ()) if name in self.numbers]

    def _pair(
        self,
        found: Places,
        free: npt.NDArray[np.bool_],
        keys: tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]] | None,
        firm: Iterable[tuple[Places, Places]] = (),
    ) -> None:
        """Pairs the rows that are left and have the same key, the first with the first; 0 is no key."""
        if keys is None:
            return
        ours, others = np.flatnonzero(free & (keys[0] != 0)), np.flatnonzero((found == NO_ROW) & (keys[1] != 0))
        left, right = _same(keys[0][ours], keys[1][others])
        left, right = ours[left], others[right]
        fits = np.ones(len(left), np.bool_)
        for one, other in firm:
            fits &= (one[left] == other[right]) | (one[left] == 0) | (other[right] == 0)
        found[right[fits]] = left[fits]
        free[left[fits]] = False

    def key(self, names: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]] | None:
        """A number for what some fields say together; 0 where one of them is blank."""
        if not names:
            return None
        return tuple(  # type: ignore[return-value]
            np.where(
                np.all([self.numbers[name][side] != 0 for name in names], axis=0),
                _mixed([self.numbers[name][side] for name in names]),
                np.uint64(0),
            )
            for side in (0, 1)
        )

    def _whole(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]] | None:
        """A number for what all common fields say; of no use where hardly any is common."""
        names = [name for name in self.numbers if name != ROW_ID]
        if not names:
            return None
        return tuple(_mixed([self.numbers[name][side] for name in names]) for side in (0, 1))  # type: ignore[return-value]


def _mixed(columns: Sequence[Places]) -> npt.NDArray[np.uint64]:
    """One number of 64 bits for the numbers of a row; two rows that differ share one once in 10^19 times."""
    mixed = np.full(len(columns[0]), 1, np.uint64)
    for column in columns:
        mixed = (mixed ^ (column.astype(np.uint64) + _MIX)) * np.uint64(0xFF51AFD7ED558CCD)
        mixed ^= mixed >> np.uint64(32)
    return mixed | np.uint64(1)


def _same(first: npt.NDArray[np.uint64], second: npt.NDArray[np.uint64]) -> tuple[Places, Places]:
    """Places of equal numbers, the n-th of one side with the n-th of the other."""
    _, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    codes = codes.astype(np.int64).reshape(-1)
    one, other = codes[: len(first)], codes[len(first) :]
    width = max(len(first), len(second)) + 1
    _, left, right = np.intersect1d(
        one * width + _occurrence(one), other * width + _occurrence(other), assume_unique=True, return_indices=True
    )
    return left.astype(np.int64), right.astype(np.int64)


def _occurrence(codes: Places) -> Places:
    """How often the number of a row stood before."""
    order = np.argsort(codes, kind="stable")
    placed = codes[order]
    starts = np.flatnonzero(np.diff(placed, prepend=-1))
    counts = np.arange(len(codes)) - np.repeat(starts, np.diff(np.append(starts, len(codes))))
    found = np.empty(len(codes), np.int64)
    found[order] = counts
    return found
