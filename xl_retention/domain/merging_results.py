"""What comes of merging two copies of a table: cells that change, rows that come and go, conflicts to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from xl_retention.domain.merging_pairs import NO_ROW, Rows


class Clash(Enum):
    """Why a person is asked, or told."""

    BOTH_CHANGED = "both_changed"  # two values for one cell
    NEWER_ROW = "newer_row"  # no ancestor: the value of the row that was worked on later stands
    EDITED_AND_DELETED = "edited_and_deleted"
    ONE_NUMBER = "two_adds_under_one_number"
    ONE_PERSON = "one_person_under_two_numbers"
    UNKNOWN_COLUMN = "unknown_column"
    UNKNOWN_SHEET = "unknown_sheet"


@dataclass(frozen=True)
class Conflict:
    """
    Something that a person has to look at.

    Args:
        kind: Why.
        table: Of the row.
        key: Number of the row, or what else tells it apart; "" for a whole column or sheet.
        field: Of the cell; "" for a whole row.
        base: What it said before; None where that is not known, or it was not there.
        mine: What is said here; None where it is not there.
        theirs: What the copy says; None where it is not there.
        stands: Which side is in the result until somebody answers.
        mine_row: Place of the row here, NO_ROW where there is none.
        theirs_row: Place of the row in the copy.
    """

    kind: Clash
    table: str
    key: str
    field: str
    base: str | None
    mine: str | None
    theirs: str | None
    stands: str = "mine"
    mine_row: int = NO_ROW
    theirs_row: int = NO_ROW


@dataclass(frozen=True)
class Change:
    """
    A cell of mine that says something else afterwards.

    Args:
        row: Place of the row here.
        field: Of the cell.
        text: What it says.
        theirs_row: Row of the copy that says so; NO_ROW for a text made out of both.
    """

    row: int
    field: str
    text: str
    theirs_row: int = NO_ROW


@dataclass(frozen=True)
class Merged:
    """
    One table made out of two copies.

    Args:
        make_rows: Makes the result.
        changes: Cells of mine that change.
        added: Rows of the copy that are new.
        removed: Rows of mine that the copy deleted.
        conflicts: What a person has to look at.
        unchanged: Rows that were there and stay as they are.
        only_theirs: Columns that only the copy has, and that the result gets.
    """

    make_rows: Callable[[], Rows]
    changes: tuple[Change, ...] = ()
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unchanged: int = 0
    only_theirs: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> Rows:
        """The result: mine in their order with their changes, without what was deleted, then the new ones."""
        return self.make_rows()

    @property
    def updated(self) -> int:
        """Rows of mine that change."""
        return len({change.row for change in self.changes} - set(self.removed))


def in_words(row: Mapping[str, str]) -> str:
    """A whole row for a person to read: `customer_id: C7; customer_name: Bo`."""
    return "; ".join(f"{name}: {text}" for name, text in row.items())
