"""The yellow cells of the sheet KPI: which month, branch, person and use of car the next refresh counts, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.grid import Grid
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.alternatives import DEFINITIONS, definition_of
from xl_retention.domain.kpis.selection import Selection, choices
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import Store
from xl_retention.domain.words import canonical, english
from xl_retention.errors import WrongRequest
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.kpis.kpi_choices import months_offered

FIRST_ROW = 4
"""Row of the first switch, from 1; the names stand in column A, what is typed in column B."""
SWITCHES = ("kpi_month", "kpi_store", "kpi_staff", "kpi_use", "kpi_definition")
"""Keys of their names, in their order."""


@dataclass(frozen=True)
class Switches:
    """
    What is typed.

    Args:
        month: As typed; "" for the month of the day.
        store, staff, use: As typed; "" for all.
        definition: The house's own definition of retention as typed; "" for that of the sheet Settings.
    """

    month: object = ""
    store: str = ""
    staff: str = ""
    use: str = ""
    definition: str = ""

    @classmethod
    def of(cls, cells: Sequence[Sequence[object]]) -> Switches:
        """Those of a sheet."""
        rows = cells[FIRST_ROW - 1 : FIRST_ROW - 1 + len(SWITCHES)]
        typed = [row[1] if len(row) > 1 and row[1] is not None else "" for row in rows]
        typed += [""] * (len(SWITCHES) - len(typed))
        return cls(typed[0], *(_text(cell) for cell in typed[1:]))

    @property
    def cells(self) -> tuple[object, ...]:
        """What stands in the yellow cells."""
        return tuple(cell or None for cell in (self.month, self.store, self.staff, self.use, self.definition))

    @property
    def period(self) -> Period | None:
        """The month that is typed.

        Raises:
            WrongRequest: It is not one.
        """
        if self.month == "":
            return None
        months = clean(Grid.of([[self.month]]).columns[0], Kind.MONTH).values
        try:
            return Period.month(str(months[0]))
        except WrongRequest:
            raise WrongRequest(f"'{self.month}' in the yellow cell is no month such as 2026-11.") from None

    @property
    def house(self) -> str:
        """Word of the house's own definition of retention; "" for that of the sheet Settings.

        Raises:
            WrongRequest: There is no such definition.
        """
        if not self.definition:
            return ""
        if (found := definition_of(self.definition)) is None:
            raise WrongRequest(f"'{self.definition}' in the yellow cell is no definition of retention.")
        return found.key

    def selection(self, store: Store) -> Selection:
        """
        What is to be counted of a store.

        Raises:
            WrongRequest: No row of the store has such a branch, person or use.
        """
        found = choices(store)
        use = canonical("use_type", self.use) or self.use if self.use else ""
        selection = Selection(self.store, self.staff, use)
        for name, typed, wanted in (
            ("store", self.store, self.store), ("staff", self.staff, self.staff), ("use", self.use, use),
        ):  # fmt: skip
            if wanted and wanted not in found[name]:
                raise WrongRequest(f"'{typed}' in the yellow cell is in no row of this workbook.")
        return selection


def choices_of(store: Store, as_of: dt.date, language: str) -> list[list[str]]:
    """What each yellow cell is chosen from, in the words of a language."""
    found = choices(store)
    uses = found["use"] if language == "zh" else [english("use_type", word) for word in found["use"]]
    return [months_offered(as_of), found["store"], found["staff"], uses, definitions_offered(language)]


def offered_anyway(language: str) -> list[list[str]]:
    """What is chosen from before anything was read."""
    return [[], [], [], [], definitions_offered(language)]


def definitions_offered(language: str) -> list[str]:
    """The definitions of retention in short names."""
    return [each.short_name(language) for each in DEFINITIONS]


def _text(cell: object) -> str:
    number = isinstance(cell, float) and cell.is_integer()
    return (str(int(cell)) if number else str(cell)).strip()  # type: ignore[call-overload]
