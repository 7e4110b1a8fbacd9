"""One customer takes over the rows of another, in the staff's sheets (DOM 0.3 "Duplicate record merged")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from xl_retention.books.book import Book
from xl_retention.domain.merging_pairs import ROW_ID, WIDE
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.merging.merge_rows import Copy, CopyTable
from xl_retention.sheets.merging.merged_cells import TableWriter
from xl_retention.sheets.reading.recognised import SILENCES
from xl_retention.sheets.settings.do_not_contact_sheet import HEADINGS as SILENCE_HEADINGS
from xl_retention.sheets.staff_rows import KEY_SEPARATOR
from xl_retention.sheets.staff_sheets import heading
from xl_retention.sheets.wording import say

CUSTOMER = ENTITIES["customer"]
NUMBERS = frozenset({"customer_id", "delivered_customer_id", "referrer_id"})
"""Fields of other tables that name a customer by number."""
ON_CUSTOMER_ROWS = ("customer", WIDE)
"""Tables whose rows are customers; on a wide sheet each row holds a car, too."""
ONE_IS_ENOUGH = ("do_not_contact",)
"""Yes/no fields that hold for the one customer if they hold for either of the two."""
_SILENCED = frozenset(map(clean_heading, SILENCE_HEADINGS["customer_id"]))


class Merged(NamedTuple):
    """
    What a merge did.

    Args:
        cells: How many cells of other tables name the other number now.
        row: What the rows that went or changed said, a line per filled cell.
    """

    cells: int
    row: str


class Spot(NamedTuple):
    """A row: its table, and its place there."""

    table: str
    row: int


class CustomerRows:
    """
    Which rows are whose on the sheets of customers.

    A customer without a number of his own goes by his phone (DOM 2.3).
    """

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._spots: dict[str, list[Spot]] = {}
        for name in ON_CUSTOMER_ROWS:
            if name in copy.tables:
                rows = copy.tables[name].rows
                numbers, phones = rows.column("customer_id").texts, rows.column("mobile").texts
                for row, number in enumerate(np.where(numbers != "", numbers, phones).tolist()):
                    self._spots.setdefault(number, []).append(Spot(name, row))

    def of(self, number: str) -> list[Spot]:
        """The rows of a customer, in their order."""
        return self._spots.get(number, [])

    def said(self, spot: Spot) -> Mapping[str, str]:
        """What the filled cells of a row say, by field."""
        return self._copy.tables[spot.table].rows.row(spot.row)

    def differences(self, kept: str, other: str) -> str:
        """What two customers say differently: a line per field, `Address: A / B`; sensitive values are not told."""
        mine, theirs = ([self.said(spot) for spot in self.of(number)] for number in (kept, other))
        lines = []
        for each in CUSTOMER.fields:
            first, second = (
                next((row[each.name] for row in rows if row.get(each.name)), "") for rows in (mine, theirs)
            )
            if first and second and first != second and each.name != "customer_id":
                values = "… / …" if each.sensitive else f"{first} / {second}"
                lines.append(f"{heading(each, self._copy.language)}: {values}")
        return "\n".join(lines)


class CustomerMerger:
    """
    Merges customers, one pair after the other.

    Args:
        book: The workbook; all is put into it, nothing saved.
        copy: Its tables as they were read.
        rows: Its customers' rows.
        language: Of its words.
    """

    def __init__(self, book: Book, copy: Copy, rows: CustomerRows, language: str) -> None:
        self._book, self._copy, self._rows, self._language = book, copy, rows, language
        self._writers: dict[str, TableWriter] = {}
        self._filled: set[tuple[Spot, str]] = set()
        self._took: dict[str, list[str]] = {}

    def merge(self, kept: str, other: str) -> Merged | None:
        """
        Gives the rows of *other* to *kept*.

        Returns:
            What was done; None where a formula holds the number of *other*, and nothing was.
        """
        earlier = self._took.get(other, [])
        mine = self._rows.of(kept)
        theirs = list(self._rows.of(other))
        theirs += [spot for went in earlier for spot in self._rows.of(went) if spot.table == WIDE]
        number = self._number(mine, kept)
        for spot in theirs:
            gone = None if spot.table == "customer" else number
            if not self._change(spot, {"customer_id": gone}):
                return None
        row = "\n\n".join(self._as_it_was(spot) for spot in theirs)
        best = self._best(mine, theirs)
        if mine:
            self._fill(mine[0], best, theirs)
        for spot in theirs:
            if spot.table == "customer":
                self._writer(spot.table).remove([spot.row])
            else:
                self._align(spot, best)
        self._took.setdefault(kept, []).extend((other, *earlier))
        return Merged(sum(self._give_rows(went, kept, number) for went in (other, *earlier)), row)

    def _number(self, mine: Sequence[Spot], kept: str) -> object:
        """The number that stays, as it was typed."""
        typed = (self._copy.tables[spot.table].cell(spot.row, "customer_id") for spot in mine)
        return next((cell for cell in typed if cell not in (None, "")), kept)

    def _best(self, mine: Sequence[Spot], theirs: Sequence[Spot]) -> dict[str, tuple[Spot, object]]:
        """By field of a customer where it is told first, and how it is typed there."""
        found: dict[str, tuple[Spot, object]] = {}
        for spot in (*mine, *theirs):
            for name, text in self._rows.said(spot).items():
                if not CUSTOMER.has(name) or name == "customer_id":
                    continue
                says_yes = name in ONE_IS_ENOUGH and text == "yes"
                if name not in found or (says_yes and self._text(found[name][0], name) != "yes"):
                    found[name] = (spot, self._copy.tables[spot.table].cell(spot.row, name))
        return found

    def _fill(self, spot: Spot, best: Mapping[str, tuple[Spot, object]], theirs: Sequence[Spot]) -> None:
        """Fills what is blank in the row that stays; the store's own columns, too, where both rows have them."""
        sheet = self._sheet_of(spot)
        cells = {
            name: cell
            for name, (source, cell) in best.items()
            if source in theirs and (name in sheet or name in ONE_IS_ENOUGH) and (spot, name) not in self._filled
        }
        for other in theirs:
            if (spot.table, other.table) == ("customer", "customer"):
                for name in self._rows.said(other):
                    is_own = not CUSTOMER.has(name) and name != ROW_ID and name in sheet
                    if is_own and not self._text(spot, name) and (spot, name) not in self._filled:
                        cells.setdefault(name, self._copy.tables[other.table].cell(other.row, name))
        self._filled |= {(spot, name) for name in cells}
        self._change(spot, cells)

    def _align(self, spot: Spot, best: Mapping[str, tuple[Spot, object]]) -> None:
        """Lets a row that stays for its car say of the customer what all his rows say."""
        said, sheet = self._rows.said(spot), self._sheet_of(spot)
        self._change(
            spot,
            {
                name: cell
                for name, (source, cell) in best.items()
                if name in sheet and said.get(name, "") != self._text(source, name)
            },
        )

    def _give_rows(self, other: str, kept: str, number: object) -> int:
        """Puts the number that stays into all other rows; how many cells that were."""
        count = 0
        for table, row, name in self._naming(other):
            self._writer(table).change(row, {name: number}, {})
            count += 1
        log = self._copy.tables.get("contact_log")
        if log is not None and "due_key" in log.rows.fields:
            column = log.rows.fields["due_key"]
            hit = np.array([f"{other}/" in text for text in column.different.tolist()], np.bool_)
            for row in np.flatnonzero(hit[column.code]).tolist():
                if (keys := _with_number(str(log.cell(row, "due_key")), other, kept)) is not None:
                    self._writer("contact_log").change(row, {"due_key": keys}, {})
                    count += 1
        return count

    def _naming(self, number: str) -> Iterator[tuple[str, int, str]]:
        """Cells of all other tables that hold a number: table, row, column."""
        for table, copied in self._copy.tables.items():
            for name, column in copied.rows.fields.items():
                if _names_customers(table, name):
                    hit = np.array([_plain(text) == number for text in column.different.tolist()], np.bool_)
                    for row in np.flatnonzero(hit[column.code]).tolist():
                        yield table, row, name

    def _as_it_was(self, spot: Spot) -> str:
        """The filled cells of a row: where it stands, then a line each."""
        table = self._copy.tables[spot.table]
        sheet = table.sheets[int(table.sheet_of[spot.row])]
        lines = [
            f"{sheet.headings[name] or name}: {_shown(cell)}"
            for name in sheet.columns
            if (cell := table.cell(spot.row, name)) not in (None, "")
        ]
        place = say("place_of_row", self._language, sheet=sheet.match.sheet, row=int(table.row_of[spot.row]) + 1)
        return "\n".join([place, *lines])

    def _change(self, spot: Spot, cells: Mapping[str, object]) -> bool:
        """Whether all of it could be written; a cell with a formula stays."""
        writer = self._writer(spot.table)
        refused = len(writer.refused)
        writer.change(spot.row, cells, {})
        return len(writer.refused) == refused

    def _writer(self, table: str) -> TableWriter:
        names = {name: heading(CUSTOMER.field(name), self._language) for name in ("customer_id", *ONE_IS_ENOUGH)}
        return self._writers.setdefault(table, TableWriter(self._book, self._copy.tables[table], names))

    def _sheet_of(self, spot: Spot) -> Mapping[str, int]:
        table: CopyTable = self._copy.tables[spot.table]
        return table.sheets[int(table.sheet_of[spot.row])].columns

    def _text(self, spot: Spot, name: str) -> str:
        return self._copy.tables[spot.table].rows.text(spot.row, name)


def _names_customers(table: str, column: str) -> bool:
    """Whether a column of a table other than the customers' holds numbers of customers."""
    if table in ON_CUSTOMER_ROWS:
        return False
    if table == SILENCES:
        return clean_heading(column) in _SILENCED
    entity = ENTITIES.get(table)
    return entity is not None and column in NUMBERS and entity.has(column) and entity.field(column).kind in _KINDS


_KINDS = (Kind.ID, Kind.TEXT)


def _plain(text: object) -> str:
    """A number as the customers' are cleaned: without blanks around, in capitals."""
    return str(text).strip().upper()


def _with_number(keys: str, other: str, kept: str) -> str | None:
    """Due keys of which those of one customer are another's now; None where none was his."""
    parts = [part.strip() for part in keys.split(KEY_SEPARATOR)]
    moved = [kept + part.removeprefix(other) if part.startswith(f"{other}/") else part for part in parts]
    return KEY_SEPARATOR.join(moved) if moved != parts else None


def _shown(cell: object) -> str:
    """A cell as it is told in a line."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).removesuffix(" 00:00:00")
