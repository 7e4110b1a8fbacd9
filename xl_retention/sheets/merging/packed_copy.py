"""The sheet that a packed copy carries: where it comes from, and what each row said when it left.

An open copy says it plainly, for all of it stands in its sheets anyway. In a masked one it is sealed, all but bare
counts: a seal is a keyed hash; who has the key, and that is the sender alone, can tell whether a cell still says the
same, and nobody can read what it said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b32encode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xl_retention.books.book import Book
from xl_retention.domain.merging import Ancestor
from xl_retention.domain.merging_fields import is_counted
from xl_retention.domain.merging_pairs import Rows
from xl_retention.domain.privacy import Unmasking, is_masked
from xl_retention.sheets.merging.merge_rows import Copy, CopyTable
from xl_retention.sheets.merging.row_states import squeezed, unfolded
from xl_retention.sheets.wording import both, say

PRODUCT = "xl_retention copy"
"""First cell of the sheet."""
SHORT, LONG = 3, 8
"""Bytes of a seal: of fields by which rows are found, where two may not look alike, and of all others."""
_FACTS = ("copy_id", "store", "packed_at", "version", "masked", "dropped")


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
        dropped: By table the fields that were left out.
        said: By table what its rows said; in a masked copy sealed.
        sent: By table the masked fields as they left, sealed; nothing for a copy without masks.
    """

    copy_id: str
    store: str
    packed_at: dt.datetime
    version: str
    masked: bool
    dropped: Mapping[str, frozenset[str]] = field(default_factory=dict)
    said: Mapping[str, Rows] = field(default_factory=dict)
    sent: Mapping[str, Rows] = field(default_factory=dict)

    def ancestors(self, secret: str, returned: Copy) -> dict[str, Ancestor]:
        """
        What the copy's tables came from; nothing for a masked copy without its key.

        Args:
            secret: The sender's key for this copy, "" where it is not known.
            returned: The copy as it came back.
        """
        dropped = {table: self.dropped.get(table, frozenset()) for table in self.said}
        if not self.masked:
            return {table: Ancestor(rows, dropped=dropped[table]) for table, rows in self.said.items()}
        if not secret:
            return {}
        return {
            table: Ancestor(
                rows,
                sealing(secret, rows),
                dropped[table],
                self._sent(table, rows),
                returned.tables[table].rows if table in returned.tables else None,
                is_masked,
            )
            for table, rows in self.said.items()
        }

    def _sent(self, table: str, said: Rows) -> Rows | None:
        """A table as it left: what is masked as it was shown, all else as it was."""
        shown = self.sent.get(table)
        if shown is None or len(shown) != len(said):
            return None
        return replace(said, fields={**said.fields, **shown.fields})

    def unmasked(self, theirs: Copy, mine: Copy, secret: str) -> Copy:
        """The copy with the masks of what is known here taken off."""
        unmasking = Unmasking.of((table.rows for table in mine.tables.values()), secret)
        tables = {
            name: CopyTable(unmasking.rows(table.rows), table.sheets, table.sheet_of, table.row_of)
            for name, table in theirs.tables.items()
        }
        return Copy(tables, theirs.recognised, theirs.language, theirs.own)


def sealing(key: str, rows: Rows) -> Callable[[str, str], str]:
    """How the texts of a table are sealed, by field; a bare count stays, for what both sides add to it is added up."""
    firm = {name for step in rows.ladder for name in step}
    secret = key.encode()[:64]

    counted = {name for name in rows.fields if is_counted(rows.table, name)}

    def seal(name: str, text: str) -> str:
        if name in counted:
            return text
        size = LONG if name in firm else SHORT
        return b64encode(hashlib.blake2b(text.encode(), digest_size=size, key=secret).digest()).decode().rstrip("=")

    return seal


def new_number(*parts: str) -> str:
    """A number for a copy, out of what makes it one of a kind."""
    return b32encode(hashlib.sha256("\n".join(parts).encode()).digest())[:16].decode()


def lay_out(packed: Packed, language: str) -> list[list[object]]:
    """The cells of the sheet: the facts, then what the tables said."""
    dropped = [f"{table}.{name}" for table, names in packed.dropped.items() for name in sorted(names)]
    cells: list[list[object]] = [
        [PRODUCT, say("parent_note", language)],
        ["copy_id", packed.copy_id],
        ["store", packed.store],
        ["packed_at", packed.packed_at],
        ["version", packed.version],
        ["masked", "yes" if packed.masked else "no"],
        ["dropped", ";".join(dropped)],
    ]
    for what, tables in (("said", packed.said), ("sent", packed.sent)):
        for table, rows in tables.items():
            cells += [[what, table, part] for part in squeezed(rows)]
    return cells


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
        dropped,
        dict(_tables(cells, "said")),
        dict(_tables(cells, "sent")),
    )


def _tables(cells: Sequence[Sequence[object]], what: str) -> Iterator[tuple[str, Rows]]:
    """The tables of the sheet; one that somebody changed is left out."""
    parts: dict[str, list[str]] = {}
    for row in cells:
        if len(row) > 2 and row[0] == what:
            parts.setdefault(str(row[1]), []).append(str(row[2]))
    for table, texts in parts.items():
        if (rows := unfolded(table, texts)) is not None:
            yield table, rows
