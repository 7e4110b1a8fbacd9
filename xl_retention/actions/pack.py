"""Pack a copy: a workbook that may leave the store, and that merges without loss when it comes back (DOM 6.8)."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from xl_retention import __version__
from xl_retention.actions.check_data import check_data
from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.letters import Letter
from xl_retention.actions.masked_copy import write_masked
from xl_retention.actions.written_copies import write_events
from xl_retention.books.book import Book
from xl_retention.books.closed import ClosedBook
from xl_retention.books.repacked import encrypted, parts_with, put_in_place, repack
from xl_retention.books.replacing import refuse_if_not_writable, refuse_if_open
from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_pairs import ROW_ID, WIDE, Rows
from xl_retention.domain.privacy import is_dropped
from xl_retention.domain.secrets_in_text import IDENTITY
from xl_retention.errors import BookRefused, WrongRequest
from xl_retention.sheets.merging import copies_sheet, duplicates_sheet, packed_copy
from xl_retention.sheets.merging.copies_sheet import PACKED, Event
from xl_retention.sheets.merging.merge_rows import CopyTable, Sheet, read_copy
from xl_retention.sheets.merging.packed_copy import Packed, new_number, sealing
from xl_retention.sheets.wording import both, say

SECRET_BYTES = 24


@dataclass(frozen=True)
class Parcel:
    """
    How a copy is to leave.

    Args:
        out: Its file.
        mask: Whether names, phones and numbers are masked.
        password: With which it is locked; "" leaves it open.
        to: Address of the receiver; "" where there is none.
        eml: File of a message with the copy attached; None for no message.
        functions: Names of our cell functions, which the receiver may not have.
        draft: Whether the message also becomes a draft in Outlook, where there is one.
    """

    out: Path
    mask: bool = False
    password: str = ""
    to: str = ""
    eml: Path | None = None
    functions: Collection[str] = ()
    draft: bool = False


@dataclass
class PackedBook:
    """What was packed."""

    copy_id: str
    parcel: Parcel
    language: str
    rows: Mapping[str, int] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    problems: int = 0
    serious: int = 0
    drafted: bool = False

    @property
    def message_told(self) -> str:
        """Where the message is, in a sentence; "" without one."""
        if self.drafted:
            return say("packed_drafted", self.language)
        return say("packed_message", self.language, file=self.parcel.eml.name) if self.parcel.eml else ""

    def as_json(self) -> dict[str, object]:
        """All of it."""
        return {
            "copy_id": self.copy_id,
            "file": str(self.parcel.out),
            "masked": self.parcel.mask,
            "encrypted": bool(self.parcel.password),
            "rows": dict(self.rows),
            "dropped": list(self.dropped),
            "problems": self.problems,
            "serious": self.serious,
            "to": self.parcel.to,
            "eml": str(self.parcel.eml) if self.parcel.eml else None,
        }


def pack(
    book: ClosedBook,
    parcel: Parcel,
    now: dt.datetime,
    who: str,
    *,
    noted_in: Book | None = None,
    progress: Progress,
) -> PackedBook:
    """
    Packs a copy of a workbook and notes it on the sheet Copies, which is still to be saved.

    Fields that no copy carries are blank in it, and what stands on the sheet Copies stays here. A masked copy is
    made anew out of the values of the staff's tables; any other is the workbook itself, with our cell functions
    turned into values.

    Args:
        book: The file that is packed.
        now: Local time.
        who: Name of the account.
        noted_in: The same workbook open in a window, which is told of the copy in the place of the file.

    Raises:
        BookRefused: The workbook cannot be read or kept whole, or cannot be locked with a password.
        WrongRequest: The copy would take the place of the workbook.
    """
    if parcel.out.resolve() == book.path.resolve():
        raise WrongRequest(f"{parcel.out.name} is the workbook itself; choose another name for the copy.")
    if noted_in is None:
        refuse_if_open(book.path)
    if parcel.eml:
        refuse_if_not_writable(parcel.eml)  # before the copy takes the place of an earlier one
    home = noted_in or book
    progress("reading")
    checked = check_data(book, now.date(), progress=lambda step: None, write=False)
    copy = read_copy(book)
    tables = {name: _numbered(table.rows) for name, table in copy.tables.items()}
    secret = secrets.token_hex(SECRET_BYTES)
    copy_id = new_number(book.path.name, now.isoformat(), secret)
    dropped = {name: frozenset(each for each in rows.fields if is_dropped(each)) for name, rows in tables.items()}
    said = {name: _kept(rows) for name, rows in tables.items()}
    if parcel.mask:
        said = {name: rows.renamed(sealing(secret, rows)) for name, rows in said.items()}
    packed = Packed(
        copy_id, "" if parcel.mask else book.path.stem, now, __version__, parcel.mask,
        {name: fields for name, fields in dropped.items() if fields}, said,
    )  # fmt: skip
    progress("writing")
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / parcel.out.name
        if parcel.mask:
            write_masked(ready, copy.tables, tables, packed, secret, copy.language)
            put_in_place(ready, parcel.out)
        else:
            _write_whole(book, ready, copy.tables, packed, copy.language)
            repack(ready, parcel.out, hidden=[say("parent_sheet", copy.language)], functions=parcel.functions)
        _refuse_left_over(parcel.out, tables)
    with unmade_on_failure(parcel):
        if parcel.password:
            _lock(parcel)
        drafted = bool(parcel.eml) and _write_message(parcel, book.path.stem, now, copy.language)
        events = [Event(now, who, PACKED, parcel.out.name, parcel.to, copy_id, "", secret), *copies_sheet.read(home)]
        write_events(home, events, copy.language)
    left_out = tuple(f"{_table(name)}.{each}" for name, fields in dropped.items() for each in sorted(fields))
    serious = sum(problem.severity == "high" for problem in checked.problems)
    rows = {_table(name): len(each) for name, each in tables.items()}
    return PackedBook(copy_id, parcel, copy.language, rows, left_out, len(checked.problems), serious, drafted)


@contextlib.contextmanager
def unmade_on_failure(parcel: Parcel) -> Iterator[None]:
    """While a copy is noted: one that nobody knows of would not merge, so it goes if that fails."""
    try:
        yield
    except BaseException:
        for path in filter(None, (parcel.out, parcel.eml)):
            path.unlink(missing_ok=True)
        raise


def _table(name: str) -> str:
    return "customer" if name == WIDE else name


def _numbered(rows: Rows) -> Rows:
    """The rows with a number each, by which they are found wherever they are sorted to."""
    numbers = np.array([*map(str, range(1, len(rows) + 1)), ""], object)[:-1]
    return replace(rows, fields={**rows.fields, ROW_ID: Coded(np.arange(len(rows)), numbers)})


def _kept(rows: Rows) -> Rows:
    return replace(rows, fields={name: column for name, column in rows.fields.items() if not is_dropped(name)})


# --- the workbook itself ---------------------------------------------------------------------------------------------


def _write_whole(book: ClosedBook, path: Path, found: Mapping[str, CopyTable], packed: Packed, language: str) -> None:
    with ClosedBook(book.path) as leaving:
        for table in found.values():
            for sheet in table.sheets:
                for name in filter(is_dropped, sheet.columns):
                    _blank(leaving, sheet, sheet.columns[name])
        emptied = {
            "copies_sheet": (copies_sheet.lay_out((), language), copies_sheet.layout(language)),
            "duplicates_sheet": (duplicates_sheet.empty(language), duplicates_sheet.layout(language)),
        }
        for key, (cells, looks) in emptied.items():
            names = {name.casefold() for name in both(key)}
            for name in leaving.sheet_names():
                if name.casefold() in names:
                    leaving.write(name, cells, looks)
        leaving.write(say("parent_sheet", language), packed_copy.lay_out(packed, language))
        leaving.save(path)


def _blank(book: ClosedBook, sheet: Sheet, place: int) -> None:
    """Blanks a column that no copy carries, whatever it holds."""
    filled = [int(row) for row in sheet.rows if sheet.grid.columns[place].value(int(row)) is not None]
    for row in filled:
        book.put(sheet.match.sheet, row + 1, place + 1, [[None]])


def _refuse_left_over(out: Path, tables: Mapping[str, Rows]) -> None:
    """An identity number may also stand in a comment, a pivot table or a remark; then nothing leaves."""
    numbers = {
        found
        for rows in tables.values()
        for name, column in rows.fields.items()
        if is_dropped(name)
        for text in column.different.tolist()
        for found in IDENTITY.findall(text)
    }
    if left := parts_with(out, IDENTITY, numbers) if numbers else []:
        out.unlink()
        raise BookRefused(
            f"Identity numbers still stand in {', '.join(left)} of the copy (a comment, a pivot table or a remark); "
            "take them out, or pack a masked copy."
        )


# --- on its way ------------------------------------------------------------------------------------------------------


def _lock(parcel: Parcel) -> None:
    try:
        encrypted(parcel.out, parcel.password)
    except ImportError as error:
        parcel.out.unlink()
        raise BookRefused(
            "A password needs the package msoffcrypto-tool (pip install xl-retention[encrypt]); nothing was packed."
        ) from error
    except ValueError as error:
        raise BookRefused(
            f"{parcel.out.name} could not be locked with the password ({error}), and it does not leave open; "
            "nothing was packed."
        ) from error


def _write_message(parcel: Parcel, store: str, now: dt.datetime, language: str) -> bool:
    """Writes the message; gives back whether it lies in Outlook as a draft, too."""
    assert parcel.eml is not None, "asked for"
    letter = Letter(
        parcel.to,
        say("mail_subject", language, store=store, day=now.date().isoformat()),
        say("mail_locked" if parcel.password else "mail_text", language, store=store),
        parcel.out,
    )
    letter.write(parcel.eml)
    return parcel.draft and letter.draft_in_outlook()
