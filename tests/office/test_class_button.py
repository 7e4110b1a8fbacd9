"""The button Refresh classes in a workbook that is open in a real LibreOffice, and its undoing."""

from __future__ import annotations

import datetime as dt

from tests.actions.drawn import shell, workbook
from tests.actions.test_classify import STORE
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook

NOW = dt.datetime(2026, 11, 21, 8, 30)


def sheets(book) -> dict[str, list[list[object]]]:
    return {name: book.read(name) for name in book.sheet_names()}


def test_the_button_writes_what_the_command_writes_and_undo_takes_it_back(office, tmp_path, told):
    from xl_retention.buttons import press_in

    opened = office.open(workbook(tmp_path / "open.xlsx", STORE))
    closed = workbook(tmp_path / "closed.xlsx", STORE)
    before = sheets(LiveBook(opened.book))

    press_in(opened.book, "refresh_classes", NOW)
    shell("classify", closed, "--date", NOW.date().isoformat())

    assert told == []
    with ClosedBook(closed) as book:
        assert sheets(LiveBook(opened.book)) == sheets(book)
    press_in(opened.book, "undo_last_run", NOW)
    assert told == []
    assert sheets(LiveBook(opened.book)) == before
