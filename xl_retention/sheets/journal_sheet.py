"""The sheet Journal: who pressed which button when, for which day, and what came of it; newest first.

Each entry is chained to the one before by a hash, so that a changed one is noticed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.wording import both, say

HEADING_ROW = 3
KEPT = 5_000
"""Older entries leave the sheet, so that it stays quick to read and to mail."""

COLUMNS: dict[str, tuple[float, Look]] = {
    "when": (17, "datetime"), "by_whom": (18, "text"), "action": (24, "text"), "day": (12, "date"),
    "rows": (10, "integer"), "result": (60, "wrapped"), "chain": (14, "code"),
}  # fmt: skip
NEEDED = ("when", "by_whom", "action", "day", "rows", "result")
"""Headings of every journal; those of before the chain have no more."""
HEADINGS = {name: both(name) for name in COLUMNS}


@dataclass(frozen=True)
class Entry:
    """One run.

    Args:
        when: Local time, to the minute.
        who: Name of the account that pressed.
        action: Caption of the button.
        day: The day that was worked out.
        rows: Rows that were read or written, whichever says more of this action.
        result: What came of it, in a sentence.
    """

    when: dt.datetime
    who: str
    action: str
    day: dt.date
    rows: int
    result: str


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a journal of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or heading_row(cells, HEADINGS, NEEDED) is not None


def lay_out(before: Sequence[Sequence[object]], entry: Entry | None, language: str) -> list[list[object]]:
    """The cells of the sheet: the new entry above those that stand there.

    Args:
        before: The sheet as it is, blank for a new one.
        entry: None draws the sheet without one.
    """
    rows: list[list[object]] = [
        [say("journal_title", language)],
        [say("journal_note", language)],
        [say(name, language) for name in COLUMNS],
    ]
    earlier = [[row.cells.get(name) for name in COLUMNS] for row in small_rows(before, HEADINGS, NEEDED)]
    if entry:
        said = [entry.when, entry.who, entry.action, entry.day, entry.rows, entry.result]
        last = next((link for row in earlier if (link := Link.read(row[-1]))), None)
        rows.append([*said, Link.after(last, said).written])
    return rows + earlier[: KEPT - 1]


# --- the chain -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """
    What chains an entry to the one before it.

    Args:
        number: Of the entry, from 1.
        before: Seal of the entry before, "" for the first.
        seal: Hash of the number, of that seal, and of what the entry says.
    """

    number: int
    before: str
    seal: str

    @classmethod
    def after(cls, last: Link | None, said: Sequence[object]) -> Link:
        """The link of an entry that follows *last*."""
        number, before = (last.number + 1, last.seal) if last else (1, "")
        return cls(number, before, sealed(number, before, said))

    @classmethod
    def read(cls, cell: object) -> Link | None:
        """The link that a cell holds; None for a blank cell or something else."""
        parts = str(cell).split("-") if isinstance(cell, str) else []
        return cls(int(parts[0]), parts[1], parts[2]) if len(parts) == 3 and parts[0].isdecimal() else None

    @property
    def written(self) -> str:
        """As it stands in its cell."""
        return f"{self.number}-{self.before}-{self.seal}"


@dataclass(frozen=True)
class BrokenLink:
    """
    An entry that is not as it was written.

    Args:
        row: Its row in the sheet.
        why: `changed`, `missing` (entries between it and the one below are gone) or `not_chained`.
    """

    row: int
    why: Literal["changed", "missing", "not_chained"]


@dataclass(frozen=True)
class Checked:
    """
    What the chain says.

    Args:
        entries: How many there are.
        chained: How many of them are chained; those from before the chain are not.
        broken: Entries that somebody changed, took out or put in.
    """

    entries: int
    chained: int
    broken: tuple[BrokenLink, ...] = ()


def verify(cells: Sequence[Sequence[object]]) -> Checked:
    """
    Checks the chain of a journal, from the newest entry to the first that is chained.

    Whoever rewrites the whole chain, or takes the newest entries off, is not noticed: there is no key.
    """
    entries = list(small_rows(cells, HEADINGS, NEEDED))
    links = [Link.read(row.cells.get("chain")) for row in entries]
    last = max((place for place, link in enumerate(links) if link), default=-1)
    broken = []
    for place, (row, link) in enumerate(zip(entries[: last + 1], links, strict=False)):
        below = links[place + 1] if place < last else None
        if link is None:
            broken.append(BrokenLink(row.number, "not_chained"))
        elif link.seal != sealed(link.number, link.before, [row.cells.get(name) for name in NEEDED]):
            broken.append(BrokenLink(row.number, "changed"))
        elif below and link.before != below.seal:
            broken.append(BrokenLink(row.number, "missing"))
    return Checked(len(entries), sum(link is not None for link in links), tuple(broken))


def sealed(number: int, before: str, said: Sequence[object]) -> str:
    """Hash of an entry, the same however a workbook gives its cells back."""
    text = "\x1f".join([str(number), before, *map(_plain, said)])
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _plain(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.replace(second=0, microsecond=0).isoformat()
    if isinstance(cell, dt.date):
        return f"{cell.isoformat()}T00:00:00"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())
