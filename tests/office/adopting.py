"""A workbook such as staff keep it and the product never saw, and a person adopting it with mouse and keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from tests.office.soffice import Office, Opened
from xl_retention.setting_up import office_toolbar
from xl_retention.sheets.reading import mapping_sheet
from xl_retention.sheets.reading.mapping import bare_field
from xl_retention.sheets.wording import both, say

SECONDS = 180
TITLE = {"en": "Our clients 2026", "zh": "2026年车主名册"}
HEADINGS = {
    "en": ("Client", "Reach by", "VIN", "Plate", "Date", "Salesperson", "Shoe size"),
    "zh": ("车主姓名", "能找到人的号码", "车架号", "车牌", "日期", "销售顾问", "鞋码"),
}
"""Two of them can be several things: the second tells by its cells alone that it is a phone; the date may be any."""
PEOPLE = (
    ("Ada Ming", "13800000001", "LSVAA4187N2000001", "京A12345", 3, "Kim Lee", 38),
    ("Bo Li", "13800000002", "LSVAA4187N2000002", "京A12346", 7, "Kim Lee", 41),
    ("Cy Wu", "13800000003", "LSVAA4187N2000003", "京A12347", 400, "Jo Tan", 43),
)
"""A row each; the car was delivered so many days ago."""
ANSWERS = {"Reach by": "customer.mobile", "Date": "vehicle.delivery_date"}


def answers(language: str) -> dict[str, str]:
    """By heading what the store says it is."""
    english, here = HEADINGS["en"], HEADINGS[language]
    return {here[english.index(heading)]: field for heading, field in ANSWERS.items()}


def staff_workbook(path: Path, language: str, today: dt.date) -> Path:
    """One sheet with a merged title, colours and headings of the store's own."""
    book = Workbook()
    sheet = book.active
    sheet.title = TITLE[language]
    sheet["A1"] = TITLE[language]
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:G1")
    sheet.append(HEADINGS[language])
    for cell in sheet[2]:
        cell.fill = PatternFill("solid", fgColor="FFE699")
    for name, phone, vin, plate, days, advisor, size in PEOPLE:
        sheet.append([name, phone, vin, plate, today - dt.timedelta(days), advisor, size])
    for letter, width in zip("ABCDEFG", (16, 16, 22, 12, 12, 14, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
    return path


@contextmanager
def with_toolbar(office: Office) -> Iterator[Office]:
    """The office started anew with our toolbar in its profile, as `xl-retention install` leaves it."""
    place = office.folder / "profile" / "user" / "config" / "soffice.cfg" / "modules" / "scalc" / "toolbar"
    place.mkdir(parents=True, exist_ok=True)
    file = place / office_toolbar.NAME
    file.write_text(office_toolbar.text(), "utf-8")
    office.restart()
    try:
        yield office
    finally:
        file.unlink()
        office.kill()  # whoever needs it next gets one without


def click_toolbar(opened: Opened, name: str = "adopt") -> None:
    """Clicks a button of our toolbar with the mouse."""
    url = f"private:resource/toolbar/{office_toolbar.NAME.removesuffix('.xml')}"
    element = opened.office.wait_for(
        "the toolbar", lambda: opened.model.CurrentController.Frame.LayoutManager.getElement(url)
    )
    bar = element.getRealInterface().getAccessibleContext()
    shown = [bar.getAccessibleChild(at).getAccessibleContext() for at in range(bar.AccessibleChildCount)]
    (button,) = [each for each in shown if each.AccessibleName == office_toolbar.caption(name)]
    opened.office.screen.click_at(*_middle(button))


def adopted(opened: Opened, seconds: float = SECONDS) -> Opened:
    """The workbook that adopting has made of an open one, once it stands in front."""
    wanted = f"{Path(opened.model.Title).stem} Retention.xlsm"

    def there() -> Opened | None:
        found = (each for each in opened.office.desktop.Components if each.Title == wanted and each.CurrentController)
        return next((Opened(opened.office, model) for model in found), None)

    made = opened.office.wait_for("the adopted workbook", there, seconds)
    opened.office.wait_for(
        "its sheet Start", lambda: made.model.CurrentController.ActiveSheet.Name in both("start_sheet"), seconds
    )
    opened.office.screen.wait_for_window(wanted)
    return made


def mapping_rows(opened: Opened, language: str) -> list[Sequence[Any]]:
    """Filled rows of the sheet Mapping below its headings."""
    cells = opened.cell(say("mapping_sheet", language), "A1:K60").getDataArray()
    return [row for row in cells[mapping_sheet.HEADING_ROW :] if row[0]]


def questions(opened: Opened, language: str) -> dict[str, int]:
    """Headings that the sheet Mapping asks about and nobody has answered, each with the number of its row."""
    asked = say("mapping_asked", language)
    rows = enumerate(mapping_rows(opened, language), mapping_sheet.HEADING_ROW + 1)
    return {row[1]: number for number, row in rows if row[4] == asked and not row[3]}


def answer_all(opened: Opened, language: str) -> None:
    """Answers the phone by its drop-down and the date by typing."""
    asked = questions(opened, language)
    (phone, field), (date, typed) = answers(language).items()
    candidates = mapping_rows(opened, language)[asked[phone] - mapping_sheet.HEADING_ROW - 1][6:]
    choice = [bare_field(each) for each in candidates].index(field) + 1
    answer_by_drop_down(opened, language, asked[phone], choice)
    opened.office.wait_for("the first answer", lambda: phone not in questions(opened, language))
    answer_by_typing(opened, language, asked[date], typed)
    opened.office.wait_for("the second answer", lambda: not questions(opened, language))


def click_cell(opened: Opened, sheet: str, address: str) -> None:
    """Clicks a cell with the mouse, after bringing its sheet to the front."""
    controller = opened.model.CurrentController
    controller.setActiveSheet(opened.model.Sheets.getByName(sheet))
    controller.setFirstVisibleRow(0)
    controller.setFirstVisibleColumn(0)
    place = opened.cell(sheet, address).getCellAddress()

    def shown() -> tuple[int, int] | None:
        grid = _table_in(controller.ComponentWindow.getAccessibleContext())
        cell = grid.getAccessibleCellAt(place.Row, place.Column) if grid else None
        return _middle(cell.getAccessibleContext()) if cell else None

    x, y = opened.office.wait_for(f"cell {address} to be in view", shown)
    opened.office.screen.click_at(x, y)
    opened.office.wait_for(
        f"cell {address} to be marked", lambda: opened.model.CurrentSelection.AbsoluteName.endswith(_dollars(address))
    )


def open_drop_down(opened: Opened, language: str) -> int:
    """Opens the drop-down of the first question and leaves it open; the number of its row."""
    row = min(questions(opened, language).values())
    click_cell(opened, say("mapping_sheet", language), f"D{row}")
    opened.office.screen.press_key("alt+Down")
    return row


def answer_by_drop_down(opened: Opened, language: str, row: int, choice: int) -> None:
    """Chooses the *choice*-th candidate, from 1, of the question in a row of the sheet Mapping."""
    click_cell(opened, say("mapping_sheet", language), f"D{row}")
    opened.office.screen.press_key("alt+Down", "Home", *["Down"] * (choice - 1), "Return")


def answer_by_typing(opened: Opened, language: str, row: int, text: str) -> None:
    """Types an answer into a row of the sheet Mapping."""
    click_cell(opened, say("mapping_sheet", language), f"D{row}")
    opened.office.screen.type_text(text)
    opened.office.screen.press_key("Return")


def _table_in(context: Any, depth: int = 6) -> Any:
    """The grid of cells below a window."""
    if hasattr(context, "getAccessibleCellAt"):
        return context
    for at in range(min(context.AccessibleChildCount, 20)) if depth else ():
        child = context.getAccessibleChild(at)
        if child and (found := _table_in(child.getAccessibleContext(), depth - 1)):
            return found
    return None


def _middle(context: Any) -> tuple[int, int]:
    corner, size = context.getLocationOnScreen(), context.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2


def _dollars(address: str) -> str:
    letters = address.rstrip("0123456789")
    return f"${letters}${address[len(letters):]}"
