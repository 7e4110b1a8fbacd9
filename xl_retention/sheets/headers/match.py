"""What is found out about a sheet: its table, its heading row, its columns, and what remains to be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Target = tuple[str, str]
"""Entity and field."""

Samples = Callable[[int], Sequence[object]]
"""Cells of the column at a place (from 0), in any number; blanks and the heading itself do not matter."""


class Mapped(NamedTuple):
    """What the store said about a heading in its Mapping sheet. A blank sheet means any."""

    sheet: str
    heading: str
    entity: str
    field: str


class ColumnMatch(NamedTuple):
    """A recognised column."""

    place: int  # counting from 0, as in the row
    heading: str  # as staff wrote it


class Question(NamedTuple):
    """A heading that may be several fields, so that the store has to say which."""

    heading: str
    candidates: tuple[Target, ...]
    place: int


@dataclass(frozen=True)
class SheetMatch:
    """A recognised sheet.

    Args:
        sheet: Its name.
        entity: The table that it holds; a customer sheet may carry vehicle columns too.
        header_row: Its heading row, counting from 1; the rows of data come after it.
        columns: By entity and field.
        unmatched: Headings that were not used, from left to right: unknown ones, and second columns of a
            field that another column has.
        questions: Headings that remain ambiguous.
        known_by_name: Whether the name of the sheet told its table, and not its headings.
        headings: All headings of its heading row, from left to right.
        left: Place (from 0) of the first column of the table; another table may lie left of it.
        right: Place of the first column behind it, None where nothing but blanks follows.
        last_row: Number of the last row that may be its own, None where no table lies below.
    """

    sheet: str
    entity: str
    header_row: int
    columns: dict[Target, ColumnMatch] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    known_by_name: bool = False
    headings: tuple[ColumnMatch, ...] = ()
    left: int = 0
    right: int | None = None
    last_row: int | None = None

    @property
    def is_alone(self) -> bool:
        """Whether no other table lies beside or below it."""
        return self.left == 0 and self.right is None and self.last_row is None

    @property
    def is_wide(self) -> bool:
        """Whether its rows are customers and vehicles at once."""
        return self.entity == "customer" and any(entity == "vehicle" for entity, _ in self.columns)

    def has(self, entity: str, field_name: str) -> bool:
        """Whether it has a column for the field."""
        return (entity, field_name) in self.columns
