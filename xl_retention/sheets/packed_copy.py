"""The sheet that a packed copy carries: where it comes from, and what each row said when it left, sealed.

A seal is a keyed hash: whoever has the key can tell whether a cell still says the same, nobody can read what it
said. The key of a masked copy stays with the sender; that of any other copy travels with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b32encode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xl_retention.books.book import Book
from xl_retention.domain.coded import Coded
from xl_retention.domain.merging import Ancestor
from xl_retention.domain.merging_pairs import ROW_ID, Rows
from xl_retention.domain.privacy import Unmasking, is_masked
from xl_retention.sheets.merge_rows import Copy, CopyTable
from xl_retention.sheets.wording import both, say

PRODUCT = "xl_retention copy"
"""First cell of the sheet."""
SHORT, LONG = 3, 8
"""Bytes of a seal: of fields by which rows are found, where two may not look alike, and of all others."""
_FACTS = ("copy_id", "store", "packed_at", "version", "masked", "seal_key", "dropped")


@dataclass(frozen=True)
class Packed:
    """
    What a packed copy says about itself.

    Args:
        copy_id: Its number.
        store: Name of the workbook that it was packed from.
        packed_at: Local time.
        version: Of the program that packed it.
        masked: Whether names, phones and numbers are masked.
        seal_key: With which its ancestor is sealed; "" where the sender keeps it.
        dropped: By table the fields that were left out.
        sealed: By table what its rows said.
        sent: By table what they said behind their masks; nothing for a copy without masks.
    """

    copy_id: str
    store: str
    packed_at: dt.datetime
    version: str
    masked: bool
    seal_key: str
    dropped: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sealed: Mapping[str, Rows] = field(default_factory=dict)
    sent: Mapping[str, Rows] = field(default_factory=dict)

    def ancestors(self, secret: str, returned: Copy) -> dict[str, Ancestor]:
        """
        What the copy's tables came from; nothing without the key.

        Args:
            secret: The sender's key for this copy, "" where it is not known.
            returned: The copy as it came back.
        """
        key = secret or self.seal_key
        if not key:
            return {}
        return {
            table: Ancestor(
                rows,
                sealing(key, rows),
                self.dropped.get(table, frozenset()),
                self.sent.get(table),
                returned.tables[table].rows if table in returned.tables else None,
                is_masked if self.masked else None,
            )
            for table, rows in self.sealed.items()
        }

    def unmasked(self, theirs: Copy, mine: Copy, secret: str) -> Copy:
        """The copy with the masks of what is known here taken off."""
        unmasking = Unmasking.of((table.rows for table in mine.tables.values()), secret)
        tables = {
            name: CopyTable(unmasking.rows(table.rows), table.sheets, table.sheet_of, table.row_of)
            for name, table in theirs.tables.items()
        }
        return Copy(tables, theirs.recognised, theirs.language, theirs.own)


def sealing(key: str, rows: Rows) -> Callable[[str, str], str]:
    """How the texts of a table are sealed, by field."""
    firm = {name for step in rows.ladder for name in step}
    secret = key.encode()[:64]

    def seal(name: str, text: str) -> str:
        size = LONG if name in firm else SHORT
        return b64encode(hashlib.blake2b(text.encode(), digest_size=size, key=secret).digest()).decode().rstrip("=")

    return seal


def new_number(*parts: str) -> str:
    """A number for a copy, out of what makes it one of a kind."""
    return b32encode(hashlib.sha256("\n".join(parts).encode()).digest())[:16].decode()


def lay_out(packed: Packed, language: str) -> list[list[object]]:
    """The cells of the sheet: the facts, then for each table its fields and a row of seals for each of its rows."""
    dropped = [f"{table}.{name}" for table, names in packed.dropped.items() for name in sorted(names)]
    cells: list[list[object]] = [
        [PRODUCT, say("parent_note", language)],
        ["copy_id", packed.copy_id],
        ["store", packed.store],
        ["packed_at", packed.packed_at],
        ["version", packed.version],
        ["masked", "yes" if packed.masked else "no"],
        ["seal_key", packed.seal_key],
        ["dropped", ";".join(dropped)],
    ]
    for table, rows in packed.sealed.items():
        names = [name for name in rows.fields if name != ROW_ID]
        cells.append(["table", table, *names])
        ids = rows.column(ROW_ID).texts.tolist()
        seals, sent = _lines(rows, names), _lines(packed.sent.get(table, rows), names)
        cells += [
            ["row", number, said, None if left == said else left]
            for number, said, left in zip(ids, seals, sent, strict=True)
        ]
    return cells


def _lines(rows: Rows, names: Sequence[str]) -> list[str]:
    """The seals of each row as one text."""
    columns = [rows.column(name).texts.tolist() for name in names]
    return [" ".join(seals) for seals in zip(*columns, strict=True)] if columns else [""] * len(rows)


def read_packed(book: Book) -> Packed | None:
    """What a workbook says about itself as a packed copy; None for one that was not packed."""
    names = {name.casefold() for name in both("parent_sheet")}
    sheet = next((name for name in book.sheet_names() if name.casefold() in names), None)
    cells = book.read(sheet) if sheet else []
    if not cells or cells[0][:1] != [PRODUCT]:
        return None
    facts = {str(row[0]): row[1] for row in cells if len(row) > 1 and row[0] in _FACTS}
    when = facts.get("packed_at")
    dropped: dict[str, frozenset[str]] = {}
    for entry in filter(None, str(facts.get("dropped") or "").split(";")):
        table, _, name = entry.partition(".")
        dropped[table] = dropped.get(table, frozenset()) | {name}
    return Packed(
        str(facts.get("copy_id") or ""),
        str(facts.get("store") or ""),
        when if isinstance(when, dt.datetime) else dt.datetime.min,
        str(facts.get("version") or ""),
        facts.get("masked") == "yes",
        str(facts.get("seal_key") or ""),
        dropped,
        dict(_sealed(cells, 2)),
        dict(_sealed(cells, 3)) if facts.get("masked") == "yes" else {},
    )


def _sealed(cells: Sequence[Sequence[object]], column: int) -> Iterator[tuple[str, Rows]]:
    """The tables of the sheet, with the seals of one column; a blank there is the same as in the first."""
    table = ""
    names: list[str] = []
    rows: list[list[str]] = []
    for row in [*cells, ["table", ""]]:
        if row[0] == "row":
            line = next((row[place] for place in (column, 2) if len(row) > place and row[place]), "")
            seals = str(line).split(" ")[: len(names)]
            rows.append([str(row[1]), *seals, *[""] * (len(names) - len(seals))])
        elif row[0] == "table":
            if table:
                yield table, _rows(table, names, rows)
            table, names, rows = str(row[1]), [str(cell) for cell in row[2:] if cell is not None], []


def _rows(table: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Rows:
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(names) + 1)
    fields = {
        name: Coded.of(np.array([*column, ""], object)[:-1])
        for name, column in zip((ROW_ID, *names), columns, strict=True)
    }
    return Rows(table, fields, len(rows))
