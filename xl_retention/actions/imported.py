"""What came of an import, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from xl_retention.domain.problems import Problem

Cells = dict[str, object]
"""What a row says, by field."""
NO_KEY, TWICE, SEVERAL, NO_SHEET = "no_key", "twice_in_export", "several_rows", "no_sheet"
"""Why a row is refused: nothing tells it apart; the export has it twice; the staff do; it has no sheet to go to."""


@dataclass(frozen=True)
class AddedRow:
    """A row that the staff did not have: its table, where it goes, and what it says by field."""

    table: str
    sheet: str
    row: int
    cells: Cells


@dataclass(frozen=True)
class ChangedRow:
    """A row that says something else now: by field what stood there and what comes."""

    table: str
    sheet: str
    row: int
    cells: dict[str, tuple[object, object]]


@dataclass(frozen=True)
class RefusedRow:
    """A row of the export that cannot be placed: its number there, and why as a code."""

    table: str
    sheet: str
    row: int
    reason: str


@dataclass
class Imported:
    """
    What an import does.

    Args:
        language: Of the workbook's own words.
        unchanged: Rows that say nothing new.
        unmatched: By sheet of the export the headings that are no field, and the fields that the staff's sheet
            has no column for.
        problems: Cells of the export that made no sense; they are left out.
    """

    language: str
    added: list[AddedRow] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    unchanged: int = 0
    unmatched: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
