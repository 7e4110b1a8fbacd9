"""Adopted workbooks in a real LibreOffice: all of them open, and a button in one of them works."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path

import xlsxwriter

from tests.office.soffice import Opened, need_office
from tests.office.virtual_screen import clean_environment
from tests.staff_workbooks import CARS, ENGLISH, NAMES, PEOPLE, TODAY, make
from xl_retention import buttons
from xl_retention.books.closed import ClosedBook
from xl_retention.builder.adopting import adopt
from xl_retention.sheets.calls.call_sheet import HEADING_ROW, PLACES
from xl_retention.sheets.wording import say

SECONDS = 400
EACH_SHEET_AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def quiet(step: str) -> None:
    """Nobody looks."""


def test_every_adopted_workbook_opens_with_all_its_sheets_and_cells(tmp_path: Path) -> None:
    """
    One LibreOffice without a window converts them all.
    """
    need_office()
    (tmp_path / "in").mkdir()
    for name in NAMES:
        adopt(make(name, tmp_path / "Store.xlsx"), tmp_path / "in" / f"{name}.xlsm", TODAY, progress=quiet)
    command = [
        shutil.which("soffice", path=os.defpath), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless", "--norestore", "--convert-to", EACH_SHEET_AS_TEXT, "--outdir", str(tmp_path / "out"),
        *sorted(map(str, (tmp_path / "in").iterdir())),
    ]  # fmt: skip
    subprocess.run(command, env=clean_environment(tmp_path, ""), timeout=SECONDS, capture_output=True, check=True)

    for name in NAMES:
        with ClosedBook(tmp_path / "in" / f"{name}.xlsm") as book:
            for sheet in book.sheet_names():
                shown = (tmp_path / "out" / f"{name}-{sheet}.csv").read_text("utf-8")
                texts = {cell for row in book.read(sheet)[:9] for cell in row if isinstance(cell, str)}
                assert [text for text in texts if text.replace('"', '""') not in shown] == [], (name, sheet)


def _opened(office, name):
    """The workbook of that name, None before it is there."""
    found = (each for each in office.desktop.Components if each.Title == name and each.CurrentController)
    return next((Opened(office, model) for model in found), None)


def test_the_button_adopts_the_open_workbook_and_a_click_there_lists_todays_calls(with_bridge, tmp_path):
    """
    The workbook was made by somebody else, with a chart on it; the list names the cars delivered three days ago.
    """
    path = tmp_path / "Ours.xlsx"
    delivered = dt.datetime.combine(dt.date.today() - dt.timedelta(days=3), dt.time())
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, heads, rows in zip(ENGLISH[0], ENGLISH[1], (PEOPLE, CARS), strict=True):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, heads)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row[:3])
                if isinstance(row[3], str):
                    sheet.write(number, 3, row[3])
                else:
                    sheet.write_datetime(number, 3, delivered, day)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Vehicles!$D$2:$D$3"})
        sheet.insert_chart("H2", chart)
    mine = with_bridge.open(path)

    buttons.press_in(mine.book, "adopt", dt.datetime.now())
    opened = with_bridge.wait_for("the adopted workbook", lambda: _opened(with_bridge, "Ours Retention.xlsm"), SECONDS)
    assert opened.model.CurrentController.ActiveSheet.Name == say("start_sheet", "en")

    opened.click(say("button_generate_calls", "en"), sheet=say("start_sheet", "en"))
    with_bridge.wait_for(
        "the list",
        lambda: opened.model.CurrentController.ActiveSheet.Name == say("calls_sheet", "en"),
        seconds=SECONDS,
    )

    from xl_retention.books.live import LiveBook

    rows = LiveBook(opened.book).read(say("calls_sheet", "en"))[HEADING_ROW:]
    assert {row[PLACES["phone"]] for row in rows} == {person[2] for person in PEOPLE}
