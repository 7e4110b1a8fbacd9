"""The buttons Merge a copy and Apply answers in a workbook that is open in a real LibreOffice, and their undoing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.drawn import shell, workbook
from tests.actions.test_merge_copies import BASE, VISITS
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook
from xl_retention.sheets.merging import conflicts_sheet, copies_sheet
from xl_retention.sheets.wording import say

NOW = dt.datetime(2026, 11, 21, 8, 30)
MINE = BASE.replace("Cy ", "Cyrus ") + "C4 | Di | '13900000004 | |\n"
THEIRS = BASE.replace("Cy ", "Cyril ").replace("'13900000002", "'13900000099") + "C4 | Fay | '13900000006 | |\nC5 | Ed | '13900000005 | |\n"  # fmt: skip  # noqa: E501
STAFFS = ("Customers", "Visits")


class Screen:
    """An open workbook and what its message boxes told."""

    def __init__(self, opened, told: list[str]) -> None:
        self.opened, self.told = opened, told

    @property
    def live(self) -> LiveBook:
        return LiveBook(self.opened.book)

    def press(self, name: str, now: dt.datetime = NOW) -> None:
        from xl_retention.buttons import press_in

        press_in(self.opened.book, name, now)

    def fill(self, sheet: str, row: int, column: int, value: object) -> None:
        self.opened.book.sheets[sheet].range((row, column)).value = value

    def read(self, *names: str) -> dict[str, list[list[object]]]:
        return {name: self.live.read(name) for name in names or self.live.sheet_names()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workbook(tmp_path / "open.xlsx", {"Customers": MINE, "Visits": VISITS})
    workbook(tmp_path / "closed.xlsx", {"Customers": MINE, "Visits": VISITS})
    workbook(tmp_path / "East.xlsx", {"Customers": THEIRS, "Visits": VISITS})
    return tmp_path


@pytest.fixture
def screen(office, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(folder / "log"))
    told: list[str] = []
    opened = office.open(folder / "open.xlsx")
    monkeypatch.setattr(type(opened.book.app), "alert", lambda app, text, *rest, **more: told.append(text))
    return Screen(opened, told)


def test_the_button_merges_what_the_command_merges_and_undo_takes_the_whole_merge_back(
    screen: Screen, folder: Path
) -> None:
    before = screen.read()
    screen.press("merge_copy")
    assert screen.told == [say("copy_not_typed", "en")]
    screen.fill("Copies", copies_sheet.INPUT_ROW, 2, "East.xlsx")

    screen.press("merge_copy")
    merged = shell("merge", folder / "closed.xlsx", folder / "East.xlsx", "--json")

    assert screen.told[1:] == [say("merge_no_ancestor", "en", name="East.xlsx")]
    kinds = {each["kind"] for each in merged.json["conflicts"]}
    assert kinds == {"both_changed", "two_adds_under_one_number"}
    with ClosedBook(folder / "closed.xlsx") as book:
        assert screen.read(*STAFFS) == {name: book.read(name) for name in STAFFS}
        columns = slice(0, len(conflicts_sheet.COLUMNS) - 1)
        shown = [row[columns] for row in screen.live.read("Conflicts")[3:]]
        assert [row[:7] for row in shown] == [row[:7] for row in book.read("Conflicts")[3:]]
    screen.press("undo_last_run")
    assert screen.told[2:] == []
    assert {name: cells for name, cells in screen.read().items() if name in before} == before
    assert "Conflicts" not in screen.live.sheet_names()


def test_answers_are_written_into_the_open_workbook(screen: Screen) -> None:
    screen.press("merge_copy")
    screen.fill("Copies", copies_sheet.INPUT_ROW, 2, "East.xlsx")
    screen.press("merge_copy")
    columns = list(conflicts_sheet.COLUMNS)
    for number, row in enumerate(screen.live.read("Conflicts")[3:], conflicts_sheet.HEADING_ROW + 1):
        two = row[0] == say("clash_two_adds_under_one_number", "en")
        screen.fill("Conflicts", number, columns.index("answer") + 1, "typed" if two else "copy")
        screen.fill("Conflicts", number, columns.index("typed") + 1, "C6" if two else None)

    screen.press("apply_answers")

    assert screen.told[2:] == []
    said = {row[0]: row[1:3] for row in screen.live.read("Customers")[1:]}
    assert said == {
        "C1": ["Ada", "13900000001"], "C2": ["Bo", said["C2"][1]], "C3": ["Cyril", "13900000003"],
        "C4": ["Di", "13900000004"], "C5": ["Ed", "13900000005"], "C6": ["Fay", "13900000006"],
    }  # fmt: skip


def test_after_the_answers_undo_takes_back_these_alone_and_nothing_more(screen: Screen) -> None:
    """
    As the guide says: what is kept is the state before the last run.
    """
    screen.press("merge_copy")
    screen.fill("Copies", copies_sheet.INPUT_ROW, 2, "East.xlsx")
    screen.press("merge_copy")
    merged = screen.read("Customers", "Conflicts")
    screen.fill("Conflicts", conflicts_sheet.HEADING_ROW + 1, list(conflicts_sheet.COLUMNS).index("answer") + 1, "copy")
    screen.press("apply_answers")
    assert screen.read("Customers") != {"Customers": merged["Customers"]}

    screen.press("undo_last_run")
    assert screen.read("Customers") == {"Customers": merged["Customers"]}
    screen.press("undo_last_run")
    assert screen.told[2:] == [say("nothing_to_undo", "en")]
    assert screen.read("Customers") == {"Customers": merged["Customers"]}
