"""The sheet Duplicates: customers who are probably one, what to do about each, and what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.wording import both, say

HEADING_ROW = 3
MERGE, SWAP, APART = "merge", "swap", "apart"
CHOICES = (MERGE, SWAP, APART)
COLUMNS: dict[str, tuple[float, Look]] = {
    "dup_choice": (22, "input"), "dup_kept": (14, "text"), "dup_other": (14, "text"), "customer": (18, "wrapped"),
    "phone": (14, "text"), "dup_kept_rows": (14, "integer"), "dup_other_rows": (14, "integer"),
    "dup_differs": (46, "wrapped"), "dup_done_by": (14, "text"), "dup_done_on": (17, "datetime"),
    "dup_row": (60, "wrapped"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
KEPT_TEXT = 30_000
"""Longest text of a cell, a little below what Excel takes."""


@dataclass(frozen=True)
class Pair:
    """
    Two customers who are probably one.

    Args:
        kept, other: Their numbers: the one that is proposed to stay, and the one that would go.
        name: Of the one that stays.
        kept_rows, other_rows: How many cars and rows each has.
        differs: What the other one says differently, a line per field.
    """

    kept: str
    other: str
    name: str
    phone: str
    kept_rows: int
    other_rows: int
    differs: str

    @property
    def numbers(self) -> frozenset[str]:
        """Both numbers, whichever is to stay."""
        return frozenset((self.kept, self.other))


@dataclass(frozen=True)
class Chosen:
    """
    A row of the sheet that somebody decided.

    Args:
        number: Of the row in the sheet.
        choice: One of CHOICES, or what was typed instead.
        done: Whether it was carried out before.
    """

    number: int
    kept: str
    other: str
    choice: str
    done: bool

    @property
    def numbers(self) -> frozenset[str]:
        """Both numbers, whichever is to stay."""
        return frozenset((self.kept, self.other))


def layout(language: str) -> SheetLayout:
    """Looks of the sheet; a row that waits is amber, one that was carried out grey."""
    choice, done = (letters(list(COLUMNS).index(name)) for name in ("dup_choice", "dup_done_on"))
    first = HEADING_ROW + 1
    choices = tuple(say(f"dup_{each}", language) for each in CHOICES)
    return SheetLayout(
        tuple(
            ColumnLayout(width, look, choices if name == "dup_choice" else ())
            for name, (width, look) in COLUMNS.items()
        ),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(
            RowColour(f'${done}{first}<>""', "quiet"),
            RowColour(f'AND(${choice}{first}="",$B{first}<>"")', "warning"),
        ),
        printed_columns=list(COLUMNS).index("dup_row"),
        tab_colour="BF9000",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a list of duplicates of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_duplicates(cells)


def is_duplicates(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a list of duplicates."""
    return heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def read(cells: Sequence[Sequence[object]]) -> list[Chosen]:
    """The rows in which something is chosen."""
    known = {word.casefold(): choice for choice in CHOICES for word in both(f"dup_{choice}")}
    return [
        Chosen(
            row.number,
            row.text("dup_kept"),
            row.text("dup_other"),
            known.get(row.text("dup_choice").casefold(), row.text("dup_choice")),
            bool(row.text("dup_done_on")),
        )
        for row in small_rows(cells, HEADINGS, ("dup_choice", "dup_kept", "dup_other"))
        if row.text("dup_choice") and row.text("dup_kept") and row.text("dup_other")
    ]


def kept_apart(cells: Sequence[Sequence[object]]) -> frozenset[frozenset[str]]:
    """Pairs of numbers of which the store said that they are two customers."""
    return frozenset(each.numbers for each in read(cells) if each.choice == APART and each.done)


def empty(language: str) -> list[list[object]]:
    """The sheet in a copy that leaves: the rows that went are nobody else's."""
    return lay_out((), (), {}, (), "", None, language)


def lay_out(
    before: Sequence[Sequence[object]],
    pairs: Sequence[Pair],
    outcome: Mapping[int, str],
    decided: Collection[int],
    who: str,
    now: dt.datetime | None,
    language: str,
) -> list[list[object]]:
    """
    The cells of the sheet: pairs that wait, then all that was decided.

    Args:
        before: The sheet as it stands; what was chosen there stays.
        pairs: All pairs of today.
        outcome: By number of a row of *before* that was carried out now, the row as it was that went.
        decided: Numbers of the rows that were decided now.
        who: Name of the account.
        now: Local time.
    """
    chosen = {each.number: each for each in read(before)}
    kept: list[list[object]] = []
    waiting: dict[frozenset[str], str] = {}
    answered: set[frozenset[str]] = set()
    for row in small_rows(before, HEADINGS, tuple(COLUMNS)):
        each = chosen.get(row.number)
        if each is None:
            continue
        if row.number in decided or each.done:
            cells = [row.cells.get(name) for name in COLUMNS]
            if row.number in decided:
                cells[-3:] = [who, now, outcome.get(row.number, "")[:KEPT_TEXT] or None]
            kept.append(cells)
            answered.add(each.numbers)
        else:
            waiting[each.numbers] = row.text("dup_choice")
    rows: list[list[object]] = [
        [
            waiting.get(pair.numbers), pair.kept, pair.other, pair.name, pair.phone, pair.kept_rows, pair.other_rows,
            pair.differs[:KEPT_TEXT] or None, None, None, None,
        ]
        for pair in pairs
        if pair.numbers not in answered
    ]  # fmt: skip
    return [
        [say("duplicates_sheet", language)],
        [say("duplicates_note", language, count=len(rows))],
        [say(name, language) for name in COLUMNS],
        *rows,
        *kept,
    ]
