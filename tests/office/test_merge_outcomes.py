"""Every outcome of a merge through the buttons of a workbook that is open in a real LibreOffice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions import outcomes as outcome
from tests.actions.clerk import change
from tests.actions.drawn import workbook
from tests.actions.outcomes import HEAD, OUTCOMES, UNKNOWN_SHEET
from tests.office.test_merge_button import NOW, Screen
from xl_retention.books.live import LiveBook
from xl_retention.builder.workbook import build
from xl_retention.sheets.merging import conflicts_sheet, copies_sheet
from xl_retention.sheets.merging.conflicts_sheet import CHOICES, COLUMNS, HEADING_ROW
from xl_retention.sheets.wording import say

ROWS = {name: copies_sheet.INPUT_ROW + number for number, name in enumerate(copies_sheet.FORM)}
ANSWER = list(COLUMNS).index("answer") + 1


@pytest.fixture
def screen(office, tmp_path: Path, told: list[str]) -> Screen:
    workbook(tmp_path / "Home.xlsx", {"Customers": outcome.base(OUTCOMES)})
    opened = office.open(tmp_path / "Home.xlsx")
    return Screen(opened, told)


def packed(screen: Screen, folder: Path, now: dt.datetime) -> Path:
    """A copy with phones, packed by the button."""
    if "Copies" not in screen.live.sheet_names():
        screen.press("pack_copy")
        screen.fill("Copies", ROWS["pack_masked"], 2, "no")
    screen.press("pack_copy", now)
    return folder / f"Home copy {now:%Y-%m-%d}.xlsx"


def merge(screen: Screen, copy: Path) -> str:
    """Merges by the button; gives back what the message box said."""
    count = len(screen.told)
    screen.fill("Copies", ROWS["copy_to_merge"], 2, copy.name)
    screen.press("merge_copy")
    return "\n".join(screen.told[count:])


def work_at_home(screen: Screen) -> None:
    """Types what this side changes into the window."""
    sheet = screen.opened.book.sheets["Customers"]
    mine = outcome.mine(OUTCOMES)
    blank = [[None] * len(HEAD)] * (len(outcome.base(OUTCOMES)) - len(mine))
    sheet.range((1, 1)).value = [["'" + str(cell) if cell and place == 2 else cell for place, cell in enumerate(row)]
                                 for row in [*mine, *blank]]  # fmt: skip


def work_in_the_copy(copy: Path) -> None:
    change(copy, "Customers", lambda rows: outcome.turned_into(rows, outcome.theirs(OUTCOMES)))
    book = load_workbook(copy)
    book.create_sheet("Ideas").append(["Free coffee", "on Monday"])
    book.save(copy)


def test_every_outcome_and_every_strange_copy(screen: Screen, tmp_path: Path) -> None:
    older = packed(screen, tmp_path, NOW - dt.timedelta(days=1))
    copy = packed(screen, tmp_path, NOW)
    foreign = workbook(tmp_path / "Foreign.xlsx", {"Customers": [HEAD[:3], ["X1", "Zoe", "13900000099"]]})
    work_in_the_copy(copy)
    work_at_home(screen)

    told = merge(screen, copy)

    assert told == ""
    assert outcome.in_order(screen.live.read("Customers")[1:]) == outcome.result(OUTCOMES)
    questions = [each.question for each in conflicts_sheet.read(screen.live.read("Conflicts"))]
    assert sorted((each.kind, each.key, each.field) for each in questions) == sorted(
        [*outcome.asked(OUTCOMES), UNKNOWN_SHEET]
    )
    before = {each.key: (each.base, each.mine, each.theirs) for each in questions}
    assert before["C6"] == ("Flo", "Flora", "Florence")

    assert say("merge_again", "en", name=copy.name, when=f"{NOW:%Y-%m-%d %H:%M}") in merge(screen, copy)
    assert say("merge_older_pack", "en", name=older.name, when=f"{NOW:%Y-%m-%d %H:%M}") in merge(screen, older)
    assert say("merge_foreign", "en", name=foreign.name) in merge(screen, foreign)

    row = next(
        number
        for number, cells in enumerate(screen.live.read("Conflicts")[HEADING_ROW:], HEADING_ROW + 1)
        if cells[2] == "C6"
    )
    offered = screen.opened.cell("Conflicts", f"{chr(64 + ANSWER)}{row}").Validation.getFormula1()
    assert all(say(f"answer_{choice}", "en") in offered for choice in CHOICES)
    screen.fill("Conflicts", row, ANSWER, say("answer_theirs", "en"))
    screen.press("apply_answers")
    assert next(cells[1] for cells in screen.live.read("Customers") if cells[0] == "C6") == "Florence"


def test_a_workbook_with_macros_gets_the_sheets_too(office, tmp_path: Path) -> None:
    """LibreOffice 7.4 looks for macros of a sheet that comes from a workbook without any."""
    build(tmp_path / "Retention.xlsm", "en")
    opened = office.open(tmp_path / "Retention.xlsm")
    book = LiveBook(opened.book)
    book.write("Conflicts", conflicts_sheet.lay_out([], [], "en"), conflicts_sheet.layout("en"))

    book.save()

    assert LiveBook(opened.book).read("Conflicts")[2][0] == say("conflict", "en")
    assert opened.model.BasicLibraries.VBACompatibilityMode
