# ruff: noqa: E501  (XML is easier to check in one line)
"""Workbooks for tests: such as stores keep them, and such as only some programs write them."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from xl_retention.books.layout import ColumnLayout, RowColour, SheetLayout

MADE_ON = dt.datetime(2026, 11, 21, 8, 0)

CALL_LAYOUT = SheetLayout(
    columns=(
        ColumnLayout(6, "integer"),
        ColumnLayout(18),
        ColumnLayout(12, "date"),
        ColumnLayout(40, "wrapped"),
        ColumnLayout(16, "link"),
        ColumnLayout(14, "input", choices=("Reached", "No answer")),
        ColumnLayout(12, "input_date"),
        ColumnLayout(12, "input", formula_choices="Lists!$A$1:$A$3"),
    ),
    heading_row=3,
    title_looks=("title", "note"),
    row_colours=(RowColour("$A4>2", "bad"), RowColour('$B4="<Bo>"', "quiet")),
    frozen_columns=2,
    tab_colour="#1F4E78",
    input_from=5,
    footer="Page &P / &N",
)


def call_rows(count: int) -> list[list[object]]:
    """A call list: two title rows, headings, *count* rows."""
    head: list[list[object]] = [
        ["Today's calls"],
        ["made on 21 November"],
        ["No.", "Customer", "Due", "Why", "Where", "Outcome", "Call back", "Score"],
    ]
    return head + [
        [
            n,
            f"Customer {n}",
            dt.datetime(2026, 11, 21),
            "Service ends,\nask about brakes",
            "Customers!A2",
            None,
            None,
            None,
        ]
        for n in range(1, count + 1)
    ]


def store(path: Path, *, date1904: bool = False, calls: int = -1, protected: bool = False) -> Path:
    """A store's workbook with nearly everything that XlsxWriter can put into one.

    Args:
        path: With the suffix .xlsm it carries a button and a stand-in for a VBA project.
        calls: Rows of a call list with a table and a button that it has already; -1 for no such sheet.
        protected: Whether its structure is locked.
    """
    options = {"date_1904": date1904}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": MADE_ON, "title": "Store"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        customers = book.add_worksheet("Customers")
        customers.write_row(0, 0, ["Customer", "Tier", "Last contact", "Visits"])
        for row, name in enumerate(["Ada", "Bo", "王伟"], 1):
            customers.write_row(row, 0, [name, "gold"])
            customers.write_datetime(row, 2, dt.datetime(2026, 10, row), day)
            customers.write_number(row, 3, row)
            customers.write_formula(row, 4, f"=D{row + 1}*2", value=row * 2)
        customers.write_comment("A2", "Prefers to be called after six")
        customers.conditional_format("D2:D4", {"type": "data_bar"})
        customers.conditional_format("B2:B4", {"type": "text", "criteria": "containing", "value": "gold"})
        customers.add_sparkline("F2", {"range": "Customers!D2:D4"})
        customers.data_validation("B2:B4", {"validate": "list", "source": ["gold", "silver"]})
        customers.insert_image("H2", "logo.png", {"image_data": io.BytesIO(picture())})
        customers.protect("secret")
        lists = book.add_worksheet("Lists")
        lists.write_column(0, 0, ["good", "fair", "bad"])
        lists.hide()
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Customers!$D$2:$D$4"})
        customers.insert_chart("H12", chart)
        book.add_chartsheet("Trend").set_chart(_series(book))
        book.define_name("Tiers", "=Customers!$B$2:$B$4")
        if path.suffix == ".xlsm":
            book.add_vba_project(io.BytesIO(b"a stand-in for compiled VBA" * 40), is_stream=True)
            customers.insert_button("H1", {"macro": "Generate", "caption": "生成"})
        if calls >= 0:
            sheet = book.add_worksheet("Call list")
            rows = call_rows(calls)
            for number, values in enumerate(rows):
                for place, value in enumerate(values):
                    if value is not None:
                        sheet.write(number, place, value, day if isinstance(value, dt.datetime) else None)
            sheet.set_row(0, 40)
            sheet.set_column("B:B", 33)
            sheet.add_table(
                2,
                0,
                max(3, 2 + calls),
                7,
                {
                    "name": "Calls",
                    "columns": [{"header": text} for text in rows[2]],
                    "style": "Table Style Light 9",
                },
            )
            sheet.write_formula("K1", "=1+1", value=2)
            sheet.insert_chart("K5", _series(book))
            sheet.set_landscape()
            sheet.set_footer("&CChosen by the store")
            book.define_name("CalledNow", f"='Call list'!$B$4:$B${max(4, 3 + calls)}")
    if protected:
        edit(
            path,
            "xl/workbook.xml",
            lambda xml: xml.replace("<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>'),
        )
    return path


def _series(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Customers!$D$2:$D$4"})
    return chart


def picture() -> bytes:
    """A PNG of one red point."""

    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + block(b"IHDR", head)
        + block(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + block(b"IEND", b"")
    )


def edit(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Changes one part of a workbook by hand; the test fails when the change changes nothing."""
    parts = contents(path)
    before = parts[part].decode()
    after = change(before)
    assert before != after
    rewrite(path, {**parts, part: after.encode()})


def rewrite(path: Path, parts: dict[str, bytes]) -> None:
    """Writes a zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 21, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)


def contents(path: Path) -> dict[str, bytes]:
    """Every part, inflated."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def raw_entries(path: Path) -> dict[str, bytes]:
    """Every entry as it lies in the file: header and packed bytes."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
            found[info.filename] = data[
                info.header_offset : info.header_offset + 30 + name + extra + info.compress_size
            ]
    return found


def prefixed(path: Path) -> Path:
    """The same workbook with every element of the main namespace prefixed, as some programs of .NET write it."""

    def prefix(xml: str) -> str:
        xml = re.sub(r"<(/?)(?=[A-Za-z]\w*[\s/>])", r"<\g<1>x:", xml)
        return xml.replace(
            'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
            'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
        )

    parts = contents(path)
    main = [
        name
        for name in parts
        if re.fullmatch(r"xl/(workbook|styles|sharedStrings|worksheets/sheet\d+)\.xml", name)
    ]
    rewrite(path, {**parts, **{name: prefix(parts[name].decode()).encode() for name in main}})
    return path


def bare(path: Path) -> Path:
    """A workbook with no styles, no shared strings, no calculation settings and one sheet."""
    rewrite(
        path,
        {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
            b'"/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
            "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            b'xmlns:rel="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
            b'<sheet name="Customers" sheetId="7" rel:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>Ada</t></is></c></row></sheetData></worksheet>',
        },
    )
    return path
