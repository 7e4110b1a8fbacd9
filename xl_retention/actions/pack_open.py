"""Pack for mail, from the window: the workbook that is open is saved, packed and told of the copy."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection
from pathlib import Path

from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.pack import PackedBook, Parcel, pack
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook
from xl_retention.errors import WrongRequest
from xl_retention.sheets.merging import copies_sheet
from xl_retention.sheets.wording import say


def pack_open(
    book: LiveBook,
    path: Path,
    now: dt.datetime,
    who: str,
    language: str,
    *,
    functions: Collection[str],
    ask_password: Callable[[], str],
    progress: Progress,
) -> PackedBook:
    """
    Packs the open workbook as its sheet Copies says; copy and message lie beside it afterwards.

    The workbook is saved before, for the file is what is packed. Afterwards it has to be saved again, or nobody
    could merge the copy when it comes back.

    Args:
        path: Of its file.
        now: Local time.
        who: Name of the account.
        functions: Names of our cell functions, which the receiver may not have.
        ask_password: Asks the person at the window; "" is no password.

    Raises:
        WrongRequest: The workbook lies in no folder, or no password was given for a copy to be locked.
        BookRefused: It cannot be saved, read or kept whole.
    """
    if not path.is_file():
        raise WrongRequest(say("adopt_save_first", language))
    form = copies_sheet.typed_form(book)
    password = ask_password() if form.lock else ""
    if form.lock and not password:
        raise WrongRequest(say("pack_no_password", language))
    if not book.is_saved:
        book.save_file()
    out = _free(path, ".xlsx" if form.mask else path.suffix.lower(), now, language)
    parcel = Parcel(out, form.mask, password, form.receiver, out.with_suffix(".eml"), functions, draft=True)
    with ClosedBook(path) as file:
        return pack(file, parcel, now, who, noted_in=book, progress=progress)


def _free(path: Path, ending: str, now: dt.datetime, language: str) -> Path:
    """A name beside the workbook that neither a copy nor a message bears yet."""
    stem = say("copy_file_name", language, store=path.stem, day=now.date().isoformat())
    names = (f"{stem} ({number})" if number else stem for number in itertools.count())
    places = (path.with_name(f"{name}{ending}") for name in names)
    return next(out for out in places if not (out.exists() or out.with_suffix(".eml").exists()))
