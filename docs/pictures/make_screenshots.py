"""Takes pictures from a real LibreOffice window: `python docs/pictures/make_screenshots.py [start] [adopting]`.

Fills the workbook that we ship with a sample store, opens it on a virtual screen, clicks the button with the mouse
and takes the window as it is then; and adopts a workbook of a store's own in the same way. Needs what the tests in
`tests/office` need; takes about two minutes.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "udfs")]

from tests.office import adopting  # noqa: E402  (works from a source tree that is not installed)
from tests.office.filled import filled_workbook  # noqa: E402
from tests.office.soffice import Office, Opened  # noqa: E402
from xl_retention.setting_up import bridge  # noqa: E402
from xl_retention.sheets.wording import say  # noqa: E402

GO_LIVE = dt.date(2026, 10, 7)
PAINTING = 4
"""Seconds until a window that answers is drawn, too."""
ENDINGS = {"en": "", "zh": ".zh"}
UPPER_HALF = "1400x470+0+0"
"""Of the screen; below are empty rows."""


def main() -> None:
    """Takes all pictures, or those of the parts that are named; of each one in English and one in Chinese."""
    parts = {"start": _start, "adopting": _adopting}
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            made = bridge.Bridge(bridge.our_folders(), sys.version_info[:2])
            (office.scripts / bridge.NAME).write_text(bridge.script(made, Path(folder) / "bridge.log"), "utf-8")
            for part in sys.argv[1:] or parts:
                parts[part](office, Path(folder))
        finally:
            office.close()


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
    office.screen.screenshot(HERE / f"mapping{ending}.png", UPPER_HALF)
    office.screen.press_key("Escape")
    assert row in adopting.questions(opened, language).values()
    adopting.answer_all(opened, language)
    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    _wait_for_calls(office, opened, language)
    office.screen.screenshot(HERE / f"adopted{ending}.png", UPPER_HALF)
    opened.close()
    mine.close()


def _take(office: Office, folder: Path, language: str, ending: str) -> None:
    opened = office.open(filled_workbook(folder / f"Retention{ending}.xlsm", language, go_live=GO_LIVE))
    time.sleep(PAINTING)
    office.screen.screenshot(HERE / f"start{ending}.png")
    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    _wait_for_calls(office, opened, language)
    office.screen.screenshot(HERE / f"clicked{ending}.png")
    opened.close()


def _wait_for_calls(office: Office, opened: Opened, language: str) -> None:
    calls = say("calls_sheet", language)
    office.wait_for("the list", lambda: opened.model.CurrentController.ActiveSheet.Name == calls, seconds=180)
    time.sleep(PAINTING)


if __name__ == "__main__":
    main()
