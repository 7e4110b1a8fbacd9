"""Pack a copy: a workbook that may leave the store, and that merges without loss when it comes back (DOM 6.8)."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path

import numpy as np

from xl_retention import __version__
from xl_retention.actions.check_data import check_data
from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.merge_copies import write_events
from xl_retention.books.closed import ClosedBook
from xl_retention.books.masked_book import ValueSheet, write_values
from xl_retention.books.repacked import encrypted, parts_with, put_in_place, repack
from xl_retention.books.replacing import refuse_if_open
from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_pairs import ROW_ID, WIDE, Rows
from xl_retention.domain.privacy import IDENTITY, Masking, is_dropped
from xl_retention.errors import BookRefused, WrongRequest
from xl_retention.sheets import copies_sheet, packed_copy
from xl_retention.sheets.copies_sheet import PACKED, Event
from xl_retention.sheets.merge_rows import ROW_ID_HEADING, CopyTable, Sheet, read_copy
from xl_retention.sheets.packed_copy import Packed, new_number, sealing
from xl_retention.sheets.wording import both, say

SECRET_BYTES = 24
SHEET_NAME = 31
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!")


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
    """

    out: Path
    mask: bool = False
    password: str = ""
    to: str = ""
    eml: Path | None = None
    functions: Collection[str] = ()


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


def pack(book: ClosedBook, parcel: Parcel, now: dt.datetime, who: str, *, progress: Progress) -> PackedBook:
    """
    Packs a copy of a workbook and notes it on the sheet Copies, which is still to be saved.

    Fields that no copy carries are blank in it, and what stands on the sheet Copies stays here. A masked copy is
    made anew out of the values of the staff's tables; any other is the workbook itself, with our cell functions
    turned into values.

    Args:
        book: The workbook; it has to be the file that is packed.
        now: Local time.
        who: Name of the account.

    Raises:
        BookRefused: The workbook cannot be read or kept whole, or cannot be locked with a password.
        WrongRequest: The copy would take the place of the workbook.
    """
    if parcel.out.resolve() == book.path.resolve():
        raise WrongRequest(f"{parcel.out.name} is the workbook itself; choose another name for the copy.")
    refuse_if_open(book.path)
    progress("reading")
    checked = check_data(book, now.date(), progress=lambda step: None, write=False)
    copy = read_copy(book)
    tables = {name: _numbered(table.rows) for name, table in copy.tables.items()}
    secret = secrets.token_hex(SECRET_BYTES)
    copy_id = new_number(book.path.name, now.isoformat(), secret)
    dropped = {name: frozenset(each for each in rows.fields if is_dropped(each)) for name, rows in tables.items()}
    packed = Packed(
        copy_id, "" if parcel.mask else book.path.stem, now, __version__, parcel.mask, "" if parcel.mask else secret,
        {name: fields for name, fields in dropped.items() if fields},
        {name: _kept(rows).renamed(sealing(secret, rows)) for name, rows in tables.items()},
    )  # fmt: skip
    progress("writing")
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / f"ready{parcel.out.suffix}"
        if parcel.mask:
            _write_masked(ready, copy.tables, tables, packed, secret, copy.language)
            put_in_place(ready, parcel.out)
        else:
            _write_whole(book, ready, copy.tables, packed, copy.language)
            repack(ready, parcel.out, hidden=[say("parent_sheet", copy.language)], functions=parcel.functions)
        _refuse_left_over(parcel.out, tables)
    if parcel.password:
        _lock(parcel)
    if parcel.eml:
        _write_message(parcel, book.path.stem, now, copy.language)
    events = [Event(now, who, PACKED, parcel.out.name, parcel.to, copy_id, "", secret), *copies_sheet.read(book)]
    write_events(book, events, copy.language)
    left_out = tuple(f"{_table(name)}.{each}" for name, fields in dropped.items() for each in sorted(fields))
    serious = sum(problem.severity == "high" for problem in checked.problems)
    rows = {_table(name): len(each) for name, each in tables.items()}
    return PackedBook(copy_id, parcel, copy.language, rows, left_out, len(checked.problems), serious)


def _table(name: str) -> str:
    return "customer" if name == WIDE else name


def _numbered(rows: Rows) -> Rows:
    """The rows with a number each, by which they are found wherever they are sorted to."""
    numbers = np.array([*map(str, range(1, len(rows) + 1)), ""], object)[:-1]
    return replace(rows, fields={**rows.fields, ROW_ID: Coded(np.arange(len(rows)), numbers)})


def _kept(rows: Rows) -> Rows:
    return replace(rows, fields={name: column for name, column in rows.fields.items() if not is_dropped(name)})


# --- a masked copy ---------------------------------------------------------------------------------------------------


def _write_masked(
    path: Path,
    found: Mapping[str, CopyTable],
    tables: Mapping[str, Rows],
    packed: Packed,
    secret: str,
    language: str,
) -> None:
    if path.suffix.lower() != ".xlsx":
        raise WrongRequest("A masked copy holds no macros; choose a name ending in .xlsx.")
    masking = Masking.of(tables.values(), secret)
    shown = {name: masking.rows(rows) for name, rows in tables.items()}
    sent = {name: rows.renamed(sealing(secret, tables[name])) for name, rows in shown.items()}
    sheets = [
        _masked_sheet(table, place, masking, tables[name], shown[name])
        for name, table in found.items()
        for place in range(len(table.sheets))
    ]
    identity = packed_copy.lay_out(replace(packed, sent=sent), language)
    names: set[str] = set()
    for number, sheet in enumerate(sheets):
        name = sheet.name if sheet.name.casefold() not in names else f"{sheet.name[: SHEET_NAME - 4]} {number}"
        names.add(name.casefold())
        sheets[number] = replace(sheet, name=name)
    write_values(path, [*sheets, ValueSheet(say("parent_sheet", language), (), identity, is_hidden=True)])


def _masked_sheet(table: CopyTable, place: int, masking: Masking, rows: Rows, shown: Rows) -> ValueSheet:
    """One sheet of a table: values as they were typed, but for those that are masked."""
    sheet = table.sheets[place]
    names = [name for name in sheet.columns if not is_dropped(name) and name != ROW_ID]
    before = {name: rows.column(name).texts for name in names}
    after = {name: shown.column(name).texts for name in names}
    body = []
    for row in np.flatnonzero(table.sheet_of == place).tolist():
        cells: list[object] = [
            table.cell(row, name) if before[name][row] == after[name][row] else after[name][row] for name in names
        ]
        body.append([*map(_plain_cell, cells), row + 1])
    headings = [*(masking.text(sheet.headings[name]) for name in names), ROW_ID_HEADING]
    return ValueSheet(_sheet_name(sheet, masking), headings, body, frozenset({len(names)}))


def _plain_cell(cell: object) -> object:
    """Errors of formulas do not leave."""
    return None if cell in ERRORS else cell


def _sheet_name(sheet: Sheet, masking: Masking) -> str:
    name = sheet.match.sheet
    return name if masking.text(name) == name else sheet.match.entity


# --- the workbook itself ---------------------------------------------------------------------------------------------


def _write_whole(book: ClosedBook, path: Path, found: Mapping[str, CopyTable], packed: Packed, language: str) -> None:
    with ClosedBook(book.path) as leaving:
        for table in found.values():
            for sheet in table.sheets:
                for name in filter(is_dropped, sheet.columns):
                    _blank(leaving, sheet, sheet.columns[name])
        names = {name.casefold() for name in both("copies_sheet")}
        for name in leaving.sheet_names():
            if name.casefold() in names:
                leaving.write(name, copies_sheet.lay_out((), language), copies_sheet.layout(language))
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


def _write_message(parcel: Parcel, store: str, now: dt.datetime, language: str) -> None:
    """A message that a mail program opens as a draft, with the copy attached."""
    assert parcel.eml is not None, "asked for"
    message = EmailMessage()
    message["Subject"] = say("mail_subject", language, store=store, day=now.date().isoformat())
    message["X-Unsent"] = "1"
    if parcel.to:
        message["To"] = parcel.to
    message.set_content(say("mail_locked" if parcel.password else "mail_text", language, store=store))
    kind = (
        "vnd.ms-excel.sheet.macroEnabled.12"
        if parcel.out.suffix.lower() == ".xlsm"
        else ("vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )
    message.add_attachment(parcel.out.read_bytes(), maintype="application", subtype=kind, filename=parcel.out.name)
    parcel.eml.write_bytes(message.as_bytes())
