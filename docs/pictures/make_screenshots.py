"""Takes pictures from a real LibreOffice window: `python docs/pictures/make_screenshots.py [PART …]`.

Fills the workbook that we ship with a sample store, opens it on a virtual screen, clicks the buttons with the mouse
and takes the window as it is then; and adopts a workbook of a store's own in the same way. The parts are `examples`,
`start`, `saving`, `kpis`, `copies` and `adopting`. Needs what the tests in `tests/office` need; takes some minutes.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "udfs")]

from tests.office import adopting  # noqa: E402  (works from a source tree that is not installed)
from tests.office.filled import filled_workbook  # noqa: E402
from tests.office.soffice import Office, Opened  # noqa: E402
from xl_retention.builder.workbook import build  # noqa: E402
from xl_retention.setting_up import bridge  # noqa: E402
from xl_retention.sheets.calls import call_sheet  # noqa: E402
from xl_retention.sheets.staff_sheets import STAFF_SHEETS  # noqa: E402
from xl_retention.sheets.wording import say, word  # noqa: E402

GO_LIVE = dt.date(2026, 10, 7)
PAINTING = 4
"""Seconds until a window that answers is drawn, too."""
ENDINGS = {"en": "", "zh": ".zh"}
UPPER_HALF = "1400x470+0+0"
"""Of the screen; below are empty rows."""
STATUS_BAR = 500, 890
"""A place where a click does nothing."""
WITH_BOX = "1400x600+0+0"
"""Message boxes stand in the middle of the screen."""


def main() -> None:
    """Takes all pictures, or those of the parts that are named; of each one in English and one in Chinese."""
    parts = {
        "examples": _examples,
        "start": _start,
        "saving": _saving,
        "kpis": _kpis,
        "copies": _copies,
        "adopting": _adopting,
    }
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            made = bridge.Bridge(bridge.our_folders(), sys.version_info[:2])
            (office.scripts / bridge.NAME).write_text(bridge.script(made, Path(folder) / "bridge.log"), "utf-8")
            for part in sys.argv[1:] or parts:
                parts[part](office, Path(folder))
        finally:
            office.close()


def _examples(office: Office, folder: Path) -> None:
    """examples.png: what Remove examples says."""
    for language, ending in ENDINGS.items():
        build(folder / f"New{ending}.xlsm", language)
        opened = office.open(folder / f"New{ending}.xlsm")
        _picture_of_box(office, opened, "remove_examples", language, HERE / f"examples{ending}.png")
        opened.close()


def _kpis(office: Office, folder: Path) -> None:
    """kpi-clicked.png: the sheet KPI after a click on Refresh KPIs."""
    for language, ending in ENDINGS.items():
        opened = office.open(filled_workbook(folder / f"Retention-kpis{ending}.xlsm", language, go_live=GO_LIVE))
        time.sleep(PAINTING)
        opened.click(say("button_refresh_kpis", language), sheet=say("start_sheet", language))
        _wait_for_sheet(office, opened, say("kpi_sheet", language))
        _shot(office, HERE / f"kpi-clicked{ending}.png")
        # LibreOffice 7.4 ends if a script closes a workbook whose charts are being looked at; a person may close it.
        opened.model.CurrentController.setActiveSheet(opened.model.Sheets.getByIndex(0))
        time.sleep(PAINTING)
        opened.close()


def _copies(office: Office, folder: Path) -> None:
    """copies.png: the sheet on which Pack for mail asks."""
    for language, ending in ENDINGS.items():
        opened = office.open(filled_workbook(folder / f"Retention-copies{ending}.xlsm", language, go_live=GO_LIVE))
        _picture_of_box(office, opened, "pack_copy", language, HERE / f"copies{ending}.png")
        opened.close()


def _picture_of_box(office: Office, opened: Opened, button: str, language: str, picture: Path) -> None:
    """Takes the window with the message box that a button of Start shows, and closes the box."""
    caption = say(f"button_{button}", language)
    time.sleep(PAINTING)
    opened.click(caption, sheet=say("start_sheet", language))
    office.screen.wait_for_window(caption, 120)
    time.sleep(PAINTING)
    _shot(office, picture, WITH_BOX)
    office.screen.press_key("Return")
    time.sleep(PAINTING)


def _saving(office: Office, folder: Path) -> None:
    """saved.png: the end of the call log after three outcomes were typed and saved."""
    for language, ending in ENDINGS.items():
        opened = office.open(filled_workbook(folder / f"Retention-saved{ending}.xlsm", language, go_live=GO_LIVE))
        time.sleep(PAINTING)
        calls = say("calls_sheet", language)
        opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
        _wait_for_calls(office, opened, language)
        log = opened.model.Sheets.getByName(_name_of("contact_log", language))
        journal = opened.model.Sheets.getByName(say("journal_sheet", language))
        before = _last_row(journal)
        for number, outcome in enumerate(("接通", "已发送", "未接"), call_sheet.HEADING_ROW):
            cell = opened.model.Sheets.getByName(calls).getCellByPosition(call_sheet.PLACES["outcome"], number)
            cell.setString(word("result", outcome, language))
        opened.click(say("button_save_results", language), sheet=calls)
        office.wait_for("the results", partial(_is_longer, journal, before), seconds=180)
        time.sleep(PAINTING)
        controller = opened.model.CurrentController
        controller.setActiveSheet(log)
        controller.select(log.getCellByPosition(0, _last_row(log)))
        controller.setFirstVisibleRow(_last_row(log) - 11)
        office.screen.click_at(*STATUS_BAR)  # else the note of a heading opens under the mouse
        time.sleep(PAINTING)
        _shot(office, HERE / f"saved{ending}.png", UPPER_HALF)
        opened.close()


def _name_of(table: str, language: str) -> str:
    """What the staff's sheet of a table is called in a new workbook."""
    return next(sheet.name(language) for sheet in STAFF_SHEETS if sheet.entity.name == table)


def _shot(office: Office, picture: Path, part: str | None = None) -> None:
    """The screen, or a part of it, in few colours so that the file is small."""
    office.screen.screenshot(picture, part)
    convert = shutil.which("magick") or "convert"
    subprocess.run([convert, str(picture), "-strip", "-colors", "64", f"PNG8:{picture}"], check=True)


def _is_longer(sheet: Any, last_row: int) -> bool:
    return _last_row(sheet) > last_row


def _last_row(sheet: Any) -> int:
    """Last used row of a sheet, from 0."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return int(cursor.RangeAddress.EndRow)


def _start(office: Office, folder: Path) -> None:
    """start.png and clicked.png."""
    for language, ending in ENDINGS.items():
        _take(office, folder, language, ending)


def _adopting(office: Office, folder: Path) -> None:
    """mapping.png and adopted.png."""
    with adopting.with_toolbar(office):
        for language, ending in ENDINGS.items():
            _adopt(office, folder, language, ending)


def _adopt(office: Office, folder: Path, language: str, ending: str) -> None:
    name = {"en": "Our clients", "zh": "车主名册"}[language]
    mine = office.open(adopting.staff_workbook(folder / f"{name}.xlsx", language, dt.date.today()))
    adopting.click_toolbar(mine)
    opened = adopting.adopted(mine)
    row = adopting.open_drop_down(opened, language)
    time.sleep(PAINTING)
    _shot(office, HERE / f"mapping{ending}.png", UPPER_HALF)
    office.screen.press_key("Escape")
    assert row in adopting.questions(opened, language).values()
    adopting.answer_all(opened, language)
    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    _wait_for_calls(office, opened, language)
    _shot(office, HERE / f"adopted{ending}.png", UPPER_HALF)
    opened.close()
    mine.close()


def _take(office: Office, folder: Path, language: str, ending: str) -> None:
    opened = office.open(filled_workbook(folder / f"Retention{ending}.xlsm", language, go_live=GO_LIVE))
    time.sleep(PAINTING)
    _shot(office, HERE / f"start{ending}.png")
    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    _wait_for_calls(office, opened, language)
    _shot(office, HERE / f"clicked{ending}.png")
    opened.close()


def _wait_for_calls(office: Office, opened: Opened, language: str) -> None:
    _wait_for_sheet(office, opened, say("calls_sheet", language))


def _wait_for_sheet(office: Office, opened: Opened, name: str) -> None:
    """Returns once a sheet has come to the front and is drawn."""
    office.wait_for(name, lambda: opened.model.CurrentController.ActiveSheet.Name == name, seconds=180)
    time.sleep(PAINTING)


if __name__ == "__main__":
    main()
