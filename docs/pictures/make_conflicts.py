"""Takes the pictures of the sheet Conflicts from a real LibreOffice window: `python docs/pictures/make_conflicts.py`.

Packs a copy of a sample store, lets two people work, one at home and one in the copy, types the copy's name into the
sheet Copies of the open workbook, clicks *Merge a copy* with the mouse, and opens the first drop-down. Needs what the
tests in `tests/office` need; takes about two minutes.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "udfs")]

from tests.office.filled import filled_workbook  # noqa: E402  (works from a source tree that is not installed)
from tests.office.soffice import Office, Opened  # noqa: E402
from xl_retention import cli  # noqa: E402
from xl_retention.books.cell_xml import letters  # noqa: E402
from xl_retention.books.closed import ClosedBook  # noqa: E402
from xl_retention.setting_up import bridge  # noqa: E402
from xl_retention.sheets.merging import conflicts_sheet, copies_sheet  # noqa: E402
from xl_retention.sheets.reading.reader import recognise_sheets  # noqa: E402
from xl_retention.sheets.wording import say  # noqa: E402

PAINTING = 4
"""Seconds until a window that answers is drawn, too."""
BY_VALUE, SMALL = 3, 55
"""com.sun.star.view.DocumentZoomType, and a size in per cent at which all columns are in sight."""
UPPER_PART = "1400x330+0+0"
WORK: Mapping[str, tuple[dict[int, dict[str, object]], dict[int, dict[str, object]]]] = {
    # By language what is typed at home and in the copy: by row of the customers, by field.
    "en": (
        {1: {"mobile": "13912345678"}, 2: {"remark": "call in the evening"}, 3: {"address": "5 Lake Road"}},
        {1: {"mobile": "13987654321"}, 2: {"remark": "has moved"}, 3: {"address": "7 Hill Street"}},
    ),
    "zh": (
        {1: {"mobile": "13912345678"}, 2: {"remark": "晚上联系"}, 3: {"address": "湖滨路5号"}},
        {1: {"mobile": "13987654321"}, 2: {"remark": "已搬家"}, 3: {"address": "山前街7号"}},
    ),
}  # fmt: skip
ADDED: Mapping[str, tuple[dict[str, object], dict[str, object]]] = {
    "en": (
        {"customer_id": "C9001", "customer_name": "Ada King", "mobile": "13900000001"},
        {"customer_id": "C9001", "customer_name": "Bo Reed", "mobile": "13900000002"},
    ),
    "zh": (
        {"customer_id": "C9001", "customer_name": "金艾达", "mobile": "13900000001"},
        {"customer_id": "C9001", "customer_name": "芦波", "mobile": "13900000002"},
    ),
}


def main() -> None:
    """Writes conflicts.png and conflicts.zh.png."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            made = bridge.Bridge(bridge.our_folders(), sys.version_info[:2])
            (office.scripts / bridge.NAME).write_text(bridge.script(made, Path(folder) / "bridge.log"), "utf-8")
            for language, ending in (("en", ""), ("zh", ".zh")):
                home, copy = _two_people_at_work(Path(folder) / language, language)
                _take(office, home, copy, language, HERE / f"conflicts{ending}.png")
        finally:
            office.close()


def _two_people_at_work(folder: Path, language: str) -> tuple[Path, Path]:
    """The workbook and the copy that comes back."""
    folder.mkdir()
    home = filled_workbook(folder / "Retention.xlsm", language)
    copy = folder / {"en": "East.xlsm", "zh": "城东.xlsm"}[language]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if cli.run(["pack", str(home), "--out", str(copy)]):
            raise SystemExit("the copy could not be packed")
    for path, typed, added in zip((home, copy), WORK[language], ADDED[language], strict=True):
        _type(path, typed, added)
    return home, copy


def _type(path: Path, typed: Mapping[int, Mapping[str, object]], added: Mapping[str, object]) -> None:
    with ClosedBook(path) as book:
        match = next(each for each in recognise_sheets(book).matches if each.entity == "customer")
        places = {field: column.place for (entity, field), column in match.columns.items() if entity == "customer"}
        last = len(book.read(match.sheet))
        rows = {**{match.header_row + row: cells for row, cells in typed.items()}, last + 1: added}
        for row, cells in rows.items():
            for field, value in cells.items():
                book.put(match.sheet, row, places[field] + 1, [[value]])
        book.save()


def _take(office: Office, home: Path, copy: Path, language: str, picture: Path) -> None:
    opened = office.open(home)
    time.sleep(PAINTING)
    copies, conflicts = say("copies_sheet", language), say("conflicts_sheet", language)
    opened.cell(copies, f"B{copies_sheet.INPUT_ROW}").setString(copy.name)
    opened.click(say("button_merge_copy", language), sheet=say("start_sheet", language))
    office.wait_for("the conflicts", lambda: opened.model.CurrentController.ActiveSheet.Name == conflicts, seconds=90)
    time.sleep(PAINTING)
    _open_drop_down(office, opened, conflicts)
    time.sleep(PAINTING)
    office.screen.screenshot(picture, UPPER_PART)
    opened.close()


def _open_drop_down(office: Office, opened: Opened, sheet: str) -> None:
    """Marks the first answer and opens its list, with all columns in sight."""
    answer = letters(list(conflicts_sheet.COLUMNS).index("answer"))
    controller = opened.model.CurrentController
    controller.ZoomType, controller.ZoomValue = BY_VALUE, SMALL
    controller.select(opened.cell(sheet, f"{answer}{conflicts_sheet.HEADING_ROW + 1}"))
    controller.setFirstVisibleColumn(0)
    controller.Frame.ContainerWindow.toFront()
    controller.Frame.ComponentWindow.setFocus()
    time.sleep(PAINTING)
    office.screen.press_key("alt+Down")


if __name__ == "__main__":
    main()
