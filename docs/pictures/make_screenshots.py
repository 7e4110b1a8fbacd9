"""Takes the pictures of the buttons from a real LibreOffice window: `python docs/pictures/make_screenshots.py`.

Fills the workbook that we ship with a sample store, opens it on a virtual screen, clicks the button with the mouse
and takes the window as it is then. Needs what the tests in `tests/office` need; takes about two minutes.
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

from tests.office.filled import filled_workbook  # noqa: E402  (works from a source tree that is not installed)
from tests.office.soffice import Office  # noqa: E402
from xl_retention.setting_up import bridge  # noqa: E402
from xl_retention.sheets.wording import say  # noqa: E402

GO_LIVE = dt.date(2026, 10, 7)
PAINTING = 4
"""Seconds until a window that answers is drawn, too."""


def main() -> None:
    """Writes start.png and clicked.png, and the same for the Chinese workbook."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            made = bridge.Bridge(bridge.our_folders(), sys.version_info[:2])
            (office.scripts / bridge.NAME).write_text(bridge.script(made, Path(folder) / "bridge.log"), "utf-8")
            for language, ending in (("en", ""), ("zh", ".zh")):
                _take(office, Path(folder), language, ending)
        finally:
            office.close()


def _take(office: Office, folder: Path, language: str, ending: str) -> None:
    opened = office.open(filled_workbook(folder / f"Retention{ending}.xlsm", language, go_live=GO_LIVE))
    time.sleep(PAINTING)
    office.screen.screenshot(HERE / f"start{ending}.png")
    opened.click(say("button_generate_calls", language), sheet=say("start_sheet", language))
    calls = say("calls_sheet", language)
    office.wait_for("the list", lambda: opened.model.CurrentController.ActiveSheet.Name == calls, seconds=180)
    time.sleep(PAINTING)
    office.screen.screenshot(HERE / f"clicked{ending}.png")
    opened.close()


if __name__ == "__main__":
    main()
