"""A closed workbook as its reader sees it, and every file that is refused with the sentence that says why."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from xl_retention.books.reading import WorkbookReader
from xl_retention.errors import BookRefused, RetentionError, WrongRequest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def parts(rows='<row r="1"><c r="A1"><v>1</v></c></row>', **changed):
    """The parts of a small workbook by name; *changed* replaces some, None leaves one out."""
    usual = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>'
        '<numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs>'
        "</styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>Ada</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return {name: text for name, text in {**usual, **changed}.items() if text is not None}


def save(path, contents):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


def cells(path, sheet=None, **options):
    with WorkbookReader(path) as reader:
        return reader.grid(sheet or reader.sheet_names()[0], **options).rows()


def refusal(path):
    with pytest.raises(BookRefused) as refused:
        cells(path)
    sentence = str(refused.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# Files that are refused


def test_a_file_that_is_not_there(tmp_path):
    assert "is not there" in refusal(tmp_path / "gone.xlsx")


def test_a_folder(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.xlsx")


def test_no_right_to_read(tmp_path, monkeypatch):
    path = save(tmp_path / "locked.xlsx", parts())

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "ask its owner" in refusal(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"Customer,Mobile\r\nAda,13800000000\r\n", "text file (such as CSV)"),
        ("客户,手机\n张三,138\n".encode("gb18030"), "text file (such as CSV)"),
        ("Customer\tMobile".encode("utf-16"), "text file (such as CSV)"),
        (b"<html><table><tr><td>Ada</td></tr></table></html>", "is a web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "is an XML file"),
        (bytes(range(256)) * 20, "is not a workbook"),
        (b"PK\x03\x04" + b"\0" * 500, "cut off or damaged"),
    ],
)
def test_what_only_bears_the_name_of_a_workbook(tmp_path, content, said):
    path = tmp_path / "store.xlsx"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_workbook_with_a_password(tmp_path):
    plain, locked = save(tmp_path / "plain.xlsx", parts()), tmp_path / "locked.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    with locked.open("rb") as stream:
        assert msoffcrypto.OfficeFile(stream).is_encrypted()
    assert "has a password; open it in Excel" in refusal(locked)


def compound_file(stream):
    """The least of a compound file: a header, one sector of sectors, one directory with one stream."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name, kind, child in (("Root Entry", 5, 1), (stream, 2, 0xFFFFFFFF)):
        spelled = name.encode("utf-16-le") + b"\0\0"
        directory += spelled.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ",
            len(spelled),
            kind,
            1,
            0xFFFFFFFF,
            0xFFFFFFFF,
            child,
            b"",
            0,
            0,
            0,
            0xFFFFFFFE,
            0,
        )
    return bytes(header) + sectors + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("Workbook", "Excel 97-2003 (.xls)"),
        ("Book", "Excel 97-2003 (.xls)"),
        ("WordDocument", "old Office file"),
    ],
)
def test_an_old_office_file(tmp_path, stream, said):
    path = tmp_path / "old.xlsx"
    path.write_bytes(compound_file(stream))
    assert said in refusal(path)
    path.write_bytes(compound_file(stream)[:1300])
    assert said in refusal(path)


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            "OpenDocument",
        ),
        ({"xl/workbook.bin": "x"}, "binary workbook (.xlsb)"),
        ({"word/document.xml": "<a/>"}, "Word or PowerPoint"),
        ({"store.xlsx": "inside"}, "holds no workbook"),
        (parts(**{"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}), "has no worksheet"),
        (parts(**{"xl/workbook.xml": "<workbook><sheets>"}), "damaged inside"),
        (parts(**{"xl/worksheets/sheet1.xml": None}), "lacks the contents of the sheet 'Customers'"),
        (parts('<row r="1"><c r="A1"><v>1</v></c>'), "damaged inside (the sheet 'Customers'"),
        (parts('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), "damaged inside (the sheet 'Customers'"),
        (parts('<row r="1"><c r="A1048577"><v>9</v></c></row>'), "damaged inside (the sheet 'Customers'"),
        (parts('<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'), "a stray cell far away"),
        (parts(**{"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"}), "declares XML entities"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_zip_that_is_no_readable_workbook(tmp_path, contents, said):
    assert said in refusal(save(tmp_path / "store.xlsx", contents))


def test_entities_in_a_sheet_are_not_expanded(tmp_path):
    lol = "<!DOCTYPE lolz [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"
    rows = '<sheetData><row><c t="str"><v>&b;</v></c></row></sheetData>'
    sheet = f'{lol}<worksheet xmlns="{MAIN}">{rows}</worksheet>'
    assert "damaged" in refusal(save(tmp_path / "bomb.xlsx", parts(**{"xl/worksheets/sheet1.xml": sheet})))


def test_a_cut_off_workbook(tmp_path):
    path = save(tmp_path / "half.xlsx", parts())
    path.write_bytes(path.read_bytes()[:-200])
    assert "cut off or damaged" in refusal(path)


def test_a_flipped_byte_in_a_sheet(tmp_path):
    """
    The zip's checksum is looked at even behind the last row.
    """
    path = tmp_path / "flipped.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts('<row r="1"><c r="A1"><v>12345</v></c></row>').items():
            archive.writestr(name, text)
    path.write_bytes(path.read_bytes().replace(b"12345", b"12346"))
    assert "damaged inside" in refusal(path)


def test_too_many_parts(tmp_path):
    assert "10,008 parts" in refusal(
        save(tmp_path / "many.xlsx", parts(**{f"x/{n}": "" for n in range(10_001)}))
    )


def test_a_zip_bomb_by_what_it_declares(tmp_path):
    """
    The size is refused before a byte is inflated.
    """
    path = save(tmp_path / "bomb.xlsx", parts(**{"xl/media/big.bin": b"\0" * 1000}))
    raw = bytearray(path.read_bytes())
    entry = raw.rindex(b"xl/media/big.bin") - 46
    raw[entry + 24 : entry + 28] = struct.pack("<I", 0xF0000000)
    path.write_bytes(bytes(raw))
    assert "would unpack to 3,840 MB" in refusal(path)


def test_a_sheet_that_is_not_there(tmp_path):
    path = save(tmp_path / "store.xlsx", parts())
    with (
        WorkbookReader(path) as reader,
        pytest.raises(WrongRequest, match="no sheet 'Kunden'; its sheets are Customers"),
    ):
        reader.grid("Kunden")
    assert issubclass(WrongRequest, RetentionError)


# What is read


def test_sheets_in_the_order_of_their_tabs_without_charts(tmp_path):
    path = tmp_path / "store.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Visits").write(0, 0, 1)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Visits!$A$1:$A$1"})
        book.add_chartsheet("Picture").set_chart(chart)
        book.add_worksheet("客户").hide()
    with WorkbookReader(path) as reader:
        assert reader.sheet_names() == ["Visits", "客户"]
        assert reader.grid("客户").rows() == []
        assert [sheet.state for sheet in reader.parts.worksheets] == ["visible", "hidden"]


def test_other_ways_to_write_the_parts(tmp_path):
    """
    Prefixes, absolute targets, other capitals, backslashes, and neither styles nor shared texts.
    """
    contents = parts(
        **{
            "_rels/.rels": None,
            "[Content_Types].xml": None,
            "xl/styles.xml": None,
            "xl/sharedStrings.xml": None,
            "xl/workbook.xml": None,
            "xl/_rels/workbook.xml.rels": None,
            "xl/worksheets/sheet1.xml": None,
            "XL\\Workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{OFFICE}"><x:sheets>'
            '<x:sheet q:id="R9" sheetId="4" name="A &amp; B"/></x:sheets></x:workbook>',
            "XL\\_rels\\Workbook.xml.rels": f'<p:Relationships xmlns:p="{PACKAGE}/relationships">'
            f'<p:Relationship Target="/xl/Worksheets/Sheet1.xml" Type="{OFFICE}/worksheet" Id="R9"/>'
            "</p:Relationships>",
            "XL\\worksheets\\sheet1.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>'
            '<x:c s="1" r="B1"><x:v>45418</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        }
    )
    assert cells(save(tmp_path / "odd.xlsx", contents), "A & B") == [[None, 45418]]


def dated(tmp_path, serials, style, date1904=False):
    book = parts(
        "".join(
            f'<row r="{n}"><c r="A{n}" s="{style}"><v>{text}</v></c></row>'
            for n, text in enumerate(serials, 1)
        )
    )
    if date1904:
        book["xl/workbook.xml"] = book["xl/workbook.xml"].replace(
            "<sheets>", '<workbookPr date1904="1"/><sheets>'
        )
    return [line[0] for line in cells(save(tmp_path / "dates.xlsx", book))]


def test_days_around_the_29_february_that_1900_did_not_have(tmp_path):
    assert dated(tmp_path, ["1", "59", "60", "61", "25569", "2958465", "2958466", "-1"], 1) == [
        dt.datetime(1900, 1, 1),
        dt.datetime(1900, 2, 28),
        dt.datetime(1900, 2, 28),
        dt.datetime(1900, 3, 1),
        dt.datetime(1970, 1, 1),
        dt.datetime(9999, 12, 31),
        2958466,
        -1,
    ]


def test_days_counted_from_1904(tmp_path):
    assert dated(tmp_path, ["0", "1", "60", "24107", "2957003", "2957004"], 1, date1904=True) == [
        dt.datetime(1904, 1, 1),
        dt.datetime(1904, 1, 2),
        dt.datetime(1904, 3, 1),
        dt.datetime(1970, 1, 1),
        dt.datetime(9999, 12, 31),
        2957004,
    ]


def test_clock_times_round_to_the_nearest_second(tmp_path):
    """
    Below 1 a clock is a time; durations of a day and more come as a date, as Excel counts them.
    """
    assert dated(tmp_path, ["0", "0.5", "0.999988425925926", "45418.999994", "45418.999995"], 2) == [
        dt.time(0),
        dt.time(12),
        dt.time(23, 59, 59),
        dt.datetime(2024, 5, 6, 23, 59, 59),
        dt.datetime(2024, 5, 7),
    ]
    assert dated(tmp_path, ["0.25", "1.5"], 3) == [dt.time(6), dt.datetime(1900, 1, 1, 12)]


def test_head_reads_the_beginning_only(tmp_path):
    """
    The end of a large sheet may even be broken: the head does not get there.
    """
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>0</v></c></row>'
        for n in range(1, 9_000)
    )
    whole, broken = (
        save(tmp_path / "whole.xlsx", parts(rows)),
        save(tmp_path / "broken.xlsx", parts(rows + "<row")),
    )
    for path in (whole, broken):
        with WorkbookReader(path) as reader:
            grid = reader.head("Customers", 3)
            assert grid.rows() == [[1, "Ada"], [2, "Ada"], [3, "Ada"]]
            assert (grid.height, grid.width) == (3, 2)
    assert cells(whole)[-1] == [8_999, "Ada"]
    refusal(broken)


def test_a_million_formatted_empty_rows_are_read_quickly(tmp_path):
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 200_000))
    path = save(tmp_path / "formatted.xlsx", parts('<row r="1"><c r="A1"><v>1</v></c></row>' + rows))
    assert cells(path) == [[1]]


VALUES = st.one_of(
    st.none(),
    st.text(
        st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cs"]), max_size=8
    ),
    st.sampled_from(["_x0041_", " lead", "a\nb", "<&>\"'", "客户", "😀", "=1+1", "x" * 300]),
    st.integers(-(10**15), 10**15),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.decimals(-99999, 99999, places=2).map(float),
    st.booleans(),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2100, 1, 1)).map(
        lambda when: when.replace(microsecond=0)
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(VALUES, max_size=5), max_size=10),
    st.booleans(),
    st.booleans(),
)
def test_what_xlsxwriter_writes_is_read_as_openpyxl_and_calamine_read_it(rows, inline, date1904):
    if date1904:
        rows = [
            [max(v, dt.datetime(1904, 1, 2)) if isinstance(v, dt.datetime) else v for v in row]
            for row in rows
        ]
    stream = io.BytesIO()
    options = {"in_memory": True, "constant_memory": inline, "date_1904": date1904}
    with xlsxwriter.Workbook(stream, options) as book:
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("Data")
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                elif isinstance(value, dt.datetime):
                    sheet.write_datetime(place, column, value, moment)
                elif value is not None:
                    sheet.write(place, column, value)
    mine = _read(stream)
    assert mine == _trimmed([[_plain(value) for value in row] for row in rows])
    theirs = openpyxl.load_workbook(stream, rich_text=False)["Data"].iter_rows(values_only=True)
    if not any(isinstance(value, str) and "_x" in value for row in mine for value in row):
        # openpyxl leaves the escapes of control characters alone, and unescapes a text that looks like one.
        assert [[_shown(value) for value in row] for row in mine] == [
            [_shown(unescape(value) if isinstance(value, str) else value) for value in row]
            for row in _trimmed([list(row) for row in theirs])
        ]
    if not date1904:
        stream.seek(0)
        others = (
            CalamineWorkbook.from_filelike(stream).get_sheet_by_name("Data").to_python(skip_empty_area=False)
        )
        assert [[_shown(value) for value in row] for row in mine] == [
            [_shown(value) for value in row] for row in _trimmed(others)
        ]


def _read(stream):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(stream.getvalue())
        return cells(path, "Data")


def _plain(value):
    """Numbers are written with 16 digits, and XML makes one line end of three."""
    if isinstance(value, float):
        value = float(f"{value:.16G}")
        return int(value) if value.is_integer() else value
    return value


def _shown(value):
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    return value


def _trimmed(rows):
    rows = [[None if value == "" else value for value in row] for row in rows]
    filled = [(r, c) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None]
    height = max((r for r, _ in filled), default=-1) + 1
    width = max((c for _, c in filled), default=-1) + 1
    return [(row + [None] * width)[:width] for row in rows[:height]]
