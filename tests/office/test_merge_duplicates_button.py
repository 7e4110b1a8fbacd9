"""The button Merge duplicates in a workbook that is open in a real LibreOffice, and its undoing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.actions.drawn import shell, workbook
from tests.actions.test_merge_duplicates import NAME, SHEETS, choose
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook
from xl_retention.sheets.merging.duplicates_sheet import HEADING_ROW
from xl_retention.sheets.wording import say

NOW = dt.datetime(2026, 11, 21, 8, 30)
CHOICE = "merge into the other"


def test_the_button_merges_what_the_command_merges_and_undo_gives_every_cell_back(office, tmp_path: Path, told):
    """
    The first press only lists them; without a choice nothing is merged.
    """
    from xl_retention.buttons import press_in

    closed = workbook(tmp_path / "closed.xlsx", SHEETS)
    for _ in range(2):
        assert shell("merge-duplicates", closed, "--date", NOW.date().isoformat()).code == 0
        if CHOICE not in {row[0] for row in _read(closed, NAME)}:
            choose(closed, CHOICE)
    opened = office.open(workbook(tmp_path / "open.xlsx", SHEETS))
    before = {name: LiveBook(opened.book).read(name) for name in SHEETS}

    press_in(opened.book, "merge_duplicates", NOW)
    assert told == [say("duplicates_choose", "en")]
    assert {name: LiveBook(opened.book).read(name) for name in SHEETS} == before

    opened.book.sheets[NAME].range((HEADING_ROW + 1, 1)).value = CHOICE
    press_in(opened.book, "merge_duplicates", NOW)
    assert told[1:] == []
    assert {name: _filled(LiveBook(opened.book).read(name)) for name in SHEETS} == {
        name: _filled(_read(closed, name)) for name in SHEETS
    }

    press_in(opened.book, "undo_last_run", NOW)
    assert told[1:] == []
    assert {name: LiveBook(opened.book).read(name) for name in SHEETS} == before
    assert LiveBook(opened.book).read(NAME)[HEADING_ROW][0] == CHOICE


def _read(path: Path, sheet: str) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(sheet) if sheet in book.sheet_names() else []


def _filled(rows: list[list[object]]) -> list[list[object]]:
    return [row for row in rows if any(cell not in (None, "") for cell in row)]
