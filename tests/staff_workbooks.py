"""A few dozen workbooks such as staff keep, each with something that a careless program would lose."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.books.workbooks import edit, picture

MADE_ON = dt.datetime(2026, 11, 1)
TODAY = dt.date(2026, 11, 20)
ENGLISH = (
    ("Customers", "Vehicles"),
    (
        ("Customer ID", "Name", "Mobile", "Sales Advisor"),
        ("Customer ID", "VIN", "Plate No", "Delivery Date"),
    ),
)
CHINESE = (
    ("客户档案", "车辆档案"),
    (
        ("客户编号", "客户姓名", "手机", "销售顾问"),
        ("客户编号", "车架号", "车牌号", "交车日期"),
    ),
)
PEOPLE = (("C1", "Ada Ming", "13800000001", "Kim"), ("C2", "Bo Li", "13800000002", "Kim"))
CARS = (
    ("C1", "LSVAA4187N2000001", "京A12345", dt.datetime(2026, 11, 17)),
    ("C2", "LSVAA4187N2000002", "京A12346", dt.datetime(2026, 10, 20)),
)

Draw = Callable[[Workbook, Worksheet, Worksheet], object]


def staff_workbook(
    path: Path,
    draw: Draw | None = None,
    *,
    chinese: bool = False,
    options: dict[str, object] | None = None,
    top: int = 0,
) -> Path:
    """Two tables of two rows, and what *draw* adds."""
    names, headings = CHINESE if chinese else ENGLISH
    with xlsxwriter.Workbook(str(path), options or {}) as book:
        book.set_properties({"created": MADE_ON})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheets = [book.add_worksheet(name) for name in names]
        for sheet, heads, rows in zip(sheets, headings, (PEOPLE, CARS), strict=True):
            for place, text in enumerate(heads):
                sheet.write_string(top, place, text)
            for number, row in enumerate(rows, top + 1):
                for place, value in enumerate(row):
                    if isinstance(value, dt.datetime):
                        sheet.write_datetime(number, place, value, day)
                    else:
                        sheet.write_string(number, place, value)
        if draw:
            draw(book, *sheets)
    return path


def _chart(kind: str) -> Draw:
    def draw(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": "=Vehicles!$C$2:$C$3", "values": "=Vehicles!$D$2:$D$3"})
        chart.set_title({"name": "Deliveries"})
        people.insert_chart("H2", chart)

    return draw


def _chart_sheet(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Vehicles!$D$2:$D$3"})
    book.add_chartsheet("Trend").set_chart(chart)


def _picture(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.insert_image("H2", "logo.png", {"image_data": io.BytesIO(picture())})


def _header_image(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.set_header("&L&G", {"image_left": "logo.png", "image_data_left": io.BytesIO(picture())})


def _background(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.set_background(io.BytesIO(picture()))


def _embedded_image(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.embed_image("H2", "logo.png", {"image_data": io.BytesIO(picture())})


def _shapes(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.insert_textbox("H2", "Call after six", {"fill": {"color": "#FFEEAA"}})
    cars.insert_textbox("H2", "Ask for the mileage")


def _sparklines(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    cars.add_sparkline("F2", {"range": "Vehicles!D2:D3", "type": "column"})


def _comments(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.write_comment("B2", "Prefers mornings", {"author": "Kim"})
    cars.write_comment("B2", "Second key missing", {"visible": True})


def _form_buttons(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.insert_button("H2", {"macro": "PrintLabels", "caption": "Print labels"})


def _check_boxes(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.write(0, 4, "VIP")
    people.insert_checkbox(1, 4, True)
    people.insert_checkbox(2, 4, False)


def _data_bars(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    cars.conditional_format("D2:D3", {"type": "data_bar", "data_bar_2010": True})
    cars.conditional_format("D2:D3", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    cars.conditional_format("C2:C3", {"type": "duplicate", "format": book.add_format({"bold": True})})
    people.conditional_format("A2:A3", {"type": "2_color_scale"})


def _external_links(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.write_url("H2", "https://example.com/", string="Site")
    people.write_url("H3", "external:[Prices.xlsx]Sheet1!A1", string="Prices")
    people.write_formula("I2", "='[Prices.xlsx]Sheet1'!$A$1", value=12)
    book.define_name("Prices", "='[Prices.xlsx]Sheet1'!$A$1:$A$9")


def _tables(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    heads = [{"header": text} for text in ENGLISH[1][0]]
    people.add_table(0, 0, 2, 3, {"name": "People", "columns": heads})


def _filters(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.autofilter(0, 0, 2, 3)
    people.filter_column("D", "x == Kim")
    people.freeze_panes(1, 2)
    cars.freeze_panes(1, 0)
    cars.set_column("D:E", 20, None, {"hidden": True})
    cars.set_row(2, 30, None, {"level": 1})


def _protected(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.protect("secret")
    people.unprotect_range("B2:C9", "names")


def _validations(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    lists = book.add_worksheet("Lists")
    lists.write_column(0, 0, ["Kim", "Lee"])
    lists.very_hidden()
    people.data_validation("D2:D9", {"validate": "list", "source": "=Lists!$A$1:$A$2"})


def _formulas(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    cars.write_formula("E2", "=D2+365", None, 46343)
    cars.write_array_formula("F2:F3", "{=D2:D3*2}", None, 1)
    cars.write_dynamic_array_formula("G2", "=SORT(D2:D3)", None, 1)
    cars.write_formula("H2", '=IFERROR(VLOOKUP(A2,Customers!A:B,2,0),"")', None, "Ada Ming")


def _names(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    book.define_name("Advisors", "=Customers!$D$2:$D$3")
    book.define_name("Customers!Local", "=Customers!$A$1")
    people.print_area("A1:D3")
    people.repeat_rows(0)
    people.set_h_pagebreaks([20])


def _merged(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.merge_range("G1:J1", "Notes of the team", book.add_format({"bg_color": "#DDDDFF", "align": "center"}))


def _rich_text(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    red = book.add_format({"font_color": "red"})
    people.write_rich_string("H2", "a ", red, "loyal", " customer")
    people.write_string("H3", "  kept blanks  ")


def _custom_properties(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    book.set_custom_property("Branch", "East")
    book.set_size(2400, 1200)


def _selected_last(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    notes = book.add_worksheet("Notes")
    notes.write("A1", "about the week")
    notes.activate()
    notes.set_tab_color("#FF9900")
    notes.right_to_left()


def _chinese_font(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
    people.set_column("A:D", 18, book.add_format({"font_name": "宋体", "font_size": 10}))


DRAWN: dict[str, Draw] = {
    "column chart": _chart("column"),
    "pie chart": _chart("pie"),
    "scatter chart": _chart("scatter"),
    "chart sheet": _chart_sheet,
    "picture": _picture,
    "header image": _header_image,
    "background": _background,
    "image in a cell": _embedded_image,
    "shapes": _shapes,
    "sparklines": _sparklines,
    "comments": _comments,
    "form button": _form_buttons,
    "check boxes": _check_boxes,
    "data bars": _data_bars,
    "external links": _external_links,
    "table": _tables,
    "filter and panes": _filters,
    "protected sheet": _protected,
    "very hidden list": _validations,
    "formulas": _formulas,
    "names and print": _names,
    "merged banner": _merged,
    "rich text": _rich_text,
    "custom properties": _custom_properties,
    "another tab in front": _selected_last,
    "fonts": _chinese_font,
}


# What other programs write, and Excel reads.


def _each_sheet(path: Path, change: Callable[[str], str]) -> None:
    for number in (1, 2):
        edit(path, f"xl/worksheets/sheet{number}.xml", change)


def prefixed(xml: str) -> str:
    """The main namespace under a prefix, as some producers have it."""
    head, body = xml.split("?>", 1)
    body = re.sub(r"<(/?)(?![\w.-]+:)(?=\w)", r"<\1x:", body).replace('xmlns="', 'xmlns:x="', 1)
    return f"{head}?>{body}"


def _prefixed(path: Path) -> None:
    _each_sheet(path, prefixed)
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
        edit(path, part, prefixed)


def _no_addresses(path: Path) -> None:
    _each_sheet(path, lambda xml: re.sub(r'(<(?:c|row)) r="[A-Z]*[0-9]+"', r"\1", xml))


def _no_calculation(path: Path) -> None:
    edit(path, "xl/workbook.xml", lambda xml: re.sub(r"<calcPr[^>]*/>", "", xml))


def _no_view(path: Path) -> None:
    edit(path, "xl/workbook.xml", lambda xml: re.sub(r"<bookViews>.*?</bookViews>|<fileVersion[^>]*/>", "", xml))


def _no_workbook_properties(path: Path) -> None:
    edit(path, "xl/workbook.xml", lambda xml: re.sub(r"<workbookPr[^>]*/>", "", xml))


def _no_dimension(path: Path) -> None:
    _each_sheet(path, lambda xml: re.sub(r"<dimension[^>]*/>", "", xml))


def _absolute_targets(path: Path) -> None:
    edit(path, "xl/_rels/workbook.xml.rels", lambda xml: re.sub(r'Target="(?!/)', 'Target="/xl/', xml))


def _code_names(path: Path) -> None:
    edit(path, "xl/workbook.xml", lambda xml: xml.replace("<workbookPr", '<workbookPr codeName="Mappe"'))
    _each_sheet(path, lambda xml: xml.replace("<dimension", '<sheetPr codeName="Tabelle1"/><dimension', 1))
    edit(path, "xl/worksheets/sheet2.xml", lambda xml: xml.replace("Tabelle1", "Tabelle2"))


def _formatted_far_down(path: Path) -> None:
    rows = "".join(f'<row r="{n}" ht="20" customHeight="1"/>' for n in range(10, 3000))
    _each_sheet(path, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))


EDITED: dict[str, Callable[[Path], None]] = {
    "prefixed": _prefixed,
    "cells without addresses": _no_addresses,
    "no calcPr": _no_calculation,
    "no view": _no_view,
    "no workbook properties": _no_workbook_properties,
    "no dimension": _no_dimension,
    "absolute targets": _absolute_targets,
    "code names": _code_names,
    "empty rows with heights": _formatted_far_down,
}

NAMES = (*DRAWN, *EDITED, "plain", "chinese", "1904", "title rows", "inline texts")
"""All workbooks of the folder."""


def make(name: str, path: Path) -> Path:
    """One workbook of the folder."""
    if name in DRAWN:
        return staff_workbook(path, DRAWN[name])
    if name in EDITED:
        EDITED[name](staff_workbook(path))
        return path
    options: dict[str, dict[str, object]] = {
        "plain": {},
        "chinese": {"chinese": True},
        "1904": {"options": {"date_1904": True}},
        "title rows": {"top": 2},
        "inline texts": {"options": {"constant_memory": True}},
    }
    if name == "title rows":

        def title(book: Workbook, people: Worksheet, cars: Worksheet) -> None:
            people.merge_range("A1:D1", "Customers of the eastern branch")

        return staff_workbook(path, title, top=2)
    return staff_workbook(path, **options[name])  # type: ignore[arg-type]
