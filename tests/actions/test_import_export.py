"""Import: which rows of an export are added, change something, or are refused, and how text files are read."""

from __future__ import annotations

import codecs
import datetime as dt
import json
from pathlib import Path

import pytest
import xlsxwriter

from tests.books.workbooks import raw_entries
from tests.staff_workbooks import staff_workbook
from xl_retention import cli
from xl_retention.actions.import_export import import_export
from xl_retention.actions.imported import Imported
from xl_retention.actions.importing_one_table import KNOWN_BY
from xl_retention.books.closed import ClosedBook
from xl_retention.books.text_book import TextBook
from xl_retention.domain.schema import ENTITIES
from xl_retention.errors import BookRefused

HEADS = "Customer ID,Name,Mobile,Sales Advisor"
CHINESE_HEADS = "客户编号,客户姓名,手机,销售顾问"


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    return staff_workbook(tmp_path / "Store.xlsx")


def csv(folder: Path, text: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def imported(
    staff: Path, text: str, table: str = "", *, name: str = "export.csv"
) -> tuple[Imported, dict[str, list[list[object]]]]:
    """What was done, and the sheets after saving."""
    with ClosedBook(staff) as book:
        done = import_export(book, TextBook(csv(staff.parent, text, name=name)), table=table)
        book.save()
    with ClosedBook(staff) as book:
        return done, {sheet: book.read(sheet) for sheet in book.sheet_names()}


def test_a_row_that_is_not_there_is_added_below(staff: Path) -> None:
    done, sheets = imported(staff, f"{HEADS}\nC9,Cy Wu,13800000009,Lee\n")

    assert [(row.sheet, row.row) for row in done.added] == [("Customers", 4)]
    assert sheets["Customers"][3] == ["C9", "Cy Wu", "13800000009", "Lee"]
    assert (done.changed, done.refused, done.unchanged) == ([], [], 0)


def test_a_row_that_says_something_else_changes_those_cells_alone(staff: Path) -> None:
    done, sheets = imported(staff, f"{HEADS}\nC1,Ada Ming,13811111111,\n")

    assert [(row.row, row.cells) for row in done.changed] == [(2, {"mobile": ("13800000001", "13811111111")})]
    assert sheets["Customers"][1] == ["C1", "Ada Ming", "13811111111", "Kim"]


def test_what_the_export_leaves_blank_is_not_blanked(staff: Path) -> None:
    done, sheets = imported(staff, f"{HEADS}\nC1,,,\n")
    assert (done.unchanged, sheets["Customers"][1]) == (1, ["C1", "Ada Ming", "13800000001", "Kim"])


def test_the_same_export_a_second_time_changes_nothing(staff: Path) -> None:
    text = f"{HEADS}\nC9,Cy Wu,13800000009,Lee\nC1,Ada Ming,13811111111,Lee\n"
    imported(staff, text)
    before = staff.read_bytes()

    again, _ = imported(staff, text)

    assert (again.added, again.changed, again.unchanged) == ([], [], 2)
    assert staff.read_bytes() == before


def test_without_a_number_phone_and_name_tell_who_it_is(staff: Path) -> None:
    done, _ = imported(
        staff, "Name,Mobile,Sales Advisor\nAda Ming,138 0000 0001,Lee\nCy Wu,13800000009,Lee\n,,Lee\n", "customer"
    )

    assert [(row.row, row.cells) for row in done.changed] == [(2, {"sales_advisor": ("Kim", "Lee")})]
    assert [row.row for row in done.added] == [4]
    assert [(row.row, row.reason) for row in done.refused] == [(4, "no_key")]


def test_a_number_that_stands_twice_for_different_things_is_refused(staff: Path) -> None:
    done, _ = imported(staff, f"{HEADS}\nC9,Cy,13800000009,Lee\nC9,Dy,13800000008,Lee\nC1,Ada Ming,,\nC1,Ada Ming,,\n")

    assert [(row.row, row.reason) for row in done.refused] == [(3, "twice_in_export")]
    assert (len(done.added), done.unchanged) == (1, 2)


def test_a_number_that_the_staff_have_twice_is_refused(tmp_path: Path) -> None:
    def again(book, people, cars):
        people.write_row(3, 0, ["C1", "Ada Ming", "13800000001", "Kim"])
        people.write_row(4, 0, ["C1", "Ida Ming", "13800000003", "Kim"])

    done, _ = imported(staff_workbook(tmp_path / "Store.xlsx", again), f"{HEADS}\nC1,Ada Ming,13811111111,\n")
    assert [row.reason for row in done.refused] == ["several_rows"]


def test_dates_are_written_as_dates_and_cells_that_make_no_sense_are_told(staff: Path) -> None:
    text = (
        "VIN,Plate No,Customer ID,Delivery Date\n"
        "LSVAA4187N2000001,京A12345,C1,2026年11月18日\nLSVAA4187N2000009,京A99999,C2,soon\n"
    )
    done, sheets = imported(staff, text)

    assert sheets["Vehicles"][1][3] == dt.datetime(2026, 11, 18)
    assert sheets["Vehicles"][3] == ["C2", "LSVAA4187N2000009", "京A99999", None]
    assert [problem.code for problem in done.problems] == ["date_not_understood"]


def test_headings_that_are_no_field_and_fields_without_a_column_are_told(staff: Path) -> None:
    done, sheets = imported(staff, "Customer ID,Name,Mobile,Occupation,Colour of tie\nC9,Cy,13800000009,Teacher,red\n")

    assert sorted(done.unmatched["export"]) == ["Colour of tie", "Occupation"]
    assert sheets["Customers"][3] == ["C9", "Cy", "13800000009", None]


def test_headings_go_by_the_answers_on_the_mapping_sheet(tmp_path: Path) -> None:
    def answers(book, *sheets):
        sheet = book.add_worksheet("Mapping")
        sheet.write_row(0, 0, ["Sheet", "Heading", "Table", "Field"])
        sheet.write_row(1, 0, ["Customers", "Handy", "customer", "mobile"])

    staff = staff_workbook(tmp_path / "Store.xlsx", answers)
    done, _ = imported(staff, "Customer ID,Name,Handy\nC1,Ada Ming,13811111111\n", table="customer")
    assert [row.cells for row in done.changed] == [{"mobile": ("13800000001", "13811111111")}]


def test_the_name_of_the_file_or_the_option_may_say_what_the_rows_are(staff: Path) -> None:
    text = "客户编号,客户姓名,手机\nC9,新客,13800000009\n"
    assert imported(staff, text, name="客户档案.csv")[0].added[0].table == "customer"
    assert imported(staff, text, table="customer")[0].unchanged == 1


def test_a_table_that_the_workbook_lacks_gets_a_sheet(staff: Path) -> None:
    done, sheets = imported(staff, "RO No,VIN,Visit Date,Odometer In\nR1,LSVAA4187N2000001,2026-11-01,12000\n")

    assert [row.table for row in done.added] == ["service_visit"]
    assert "R1" in sheets[done.added[0].sheet][1]


def test_customer_and_car_in_one_row_go_to_their_sheets(staff: Path) -> None:
    text = (
        "Customer ID,Name,Mobile,VIN,Plate No,Delivery Date\nC9,Cy,13800000009,LSVAA4187N2000009,京A99999,2026-11-01\n"
    )
    done, sheets = imported(staff, text)

    assert {row.table for row in done.added} == {"customer", "vehicle"}
    assert sheets["Customers"][3][:3] == ["C9", "Cy", "13800000009"]
    assert sheets["Vehicles"][3] == ["C9", "LSVAA4187N2000009", "京A99999", dt.datetime(2026, 11, 1)]


def test_customer_and_car_in_one_row_stay_in_one_row_where_the_staff_keep_them_so(tmp_path: Path) -> None:
    staff = tmp_path / "Store.xlsx"
    with xlsxwriter.Workbook(str(staff)) as book:
        sheet = book.add_worksheet("客户档案")
        sheet.write_row(0, 0, ["客户姓名", "手机", "车架号", "车牌号"])
        sheet.write_row(1, 0, ["王伟", "13800000001", "LSVAA4187N2000001", "京A12345"])
    text = (
        "客户姓名,手机,车架号,车牌号\n"
        "王伟,13800000001,LSVAA4187N2000001,京B55555\n李丽,13800000002,LSVAA4187N2000002,京A12346\n"
    )
    done, sheets = imported(staff, text)

    assert [row.cells for row in done.changed] == [{"plate_no": ("京A12345", "京B55555")}]
    assert sheets["客户档案"][1] == ["王伟", "13800000001", "LSVAA4187N2000001", "京B55555"]
    assert sheets["客户档案"][2] == ["李丽", "13800000002", "LSVAA4187N2000002", "京A12346"]


@pytest.mark.parametrize("typed", ["=1+1", "+86 Ada", "-Ada", "@SUM(A1)", "=cmd|'/c calc'!A0"])
def test_nothing_in_an_export_becomes_a_formula(typed: str, staff: Path) -> None:
    _, sheets = imported(staff, f'{HEADS}\nC9,"{typed}",13800000009,Lee\n')
    assert sheets["Customers"][3][1] == typed
    assert b"<f>" not in raw_entries(staff)["xl/worksheets/sheet1.xml"]


def test_an_export_without_known_headings_is_refused(staff: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = staff.read_bytes()
    assert cli.run(["import", str(staff), str(csv(staff.parent, "a,b,c\n1,2,3\n"))]) == 2
    assert "--table" in capsys.readouterr().err
    assert staff.read_bytes() == before


def test_a_preview_writes_nothing_and_says_the_same(staff: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = staff.read_bytes()
    path = csv(staff.parent, f"{HEADS}\nC9,Cy Wu,13800000009,Lee\nC1,Ada Ming,13811111111,\n,,,Lee\n")
    answers = []
    for options in (["--dry-run"], []):
        assert cli.run(["import", str(staff), str(path), "--json", *options]) == 0
        answers.append(json.loads(capsys.readouterr().out))
        if options:
            assert staff.read_bytes() == before

    assert answers[0] == answers[1]
    assert answers[0]["changed"][0]["cells"] == {"mobile": {"from": "13800000001", "to": "13811111111"}}
    assert answers[0]["refused"] == [{"table": "customer", "sheet": "export", "row": 4, "reason": "no_key"}]
    assert staff.read_bytes() != before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_person_is_told_in_the_language_of_the_workbook(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = staff_workbook(tmp_path / "Store.xlsx", chinese=language == "zh")
    text = f"{CHINESE_HEADS if language == 'zh' else HEADS}\nC9,Cy,13800000009,Lee\nC1,,13811111111,\n,,,Lee\n"
    assert cli.run(["import", str(staff), str(csv(tmp_path, text)), "--strict", "--dry-run"]) == 1
    assert {"en": "1 rows added, 1 changed, 0 unchanged, 1 refused", "zh": "新增 1 行，更改 1 行"}[
        language
    ] in capsys.readouterr().out


def test_an_old_workbook_or_a_new_one_may_be_the_export(staff: Path, tmp_path: Path, capsys) -> None:
    export = tmp_path / "export.xls"  # called so, but it is an .xlsx: what it is counts
    with xlsxwriter.Workbook(str(tmp_path / "export.xlsx")) as book:
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, HEADS.split(","))
        sheet.write_row(1, 0, ["C9", "Cy", "13800000009", "Lee"])
    assert cli.run(["import", str(staff), str(tmp_path / "export.xlsx"), "--json", "--dry-run"]) == 0
    assert len(json.loads(capsys.readouterr().out)["added"]) == 1
    export.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert cli.run(["import", str(staff), str(export)]) == 2
    assert "open it in Excel and save it as .xlsx" in capsys.readouterr().err


# How text files are read.

TABLE = [["客户编号", "客户姓名", "备注"], ["C1", "王伟", "a, b; c"], ["C2", "李“丽”", "第一行\n第二行"]]


def written(delimiter: str) -> str:
    import csv as library
    import io

    made = io.StringIO()
    library.writer(made, delimiter=delimiter).writerows(TABLE)
    return made.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_delimiter_gives_the_same_cells(encoding: str, delimiter: str, tmp_path: Path) -> None:
    assert TextBook(csv(tmp_path, written(delimiter), encoding)).read("export") == TABLE


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_the_mark_at_the_beginning_decides(mark: bytes, tmp_path: Path) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    path = tmp_path / "export.csv"
    path.write_bytes(mark + written(",").encode(encoding))
    assert TextBook(path).read("export") == TABLE


def test_a_sign_beyond_gbk_is_read_as_gb18030(tmp_path: Path) -> None:
    assert TextBook(csv(tmp_path, "客户姓名,手机\n䶮𠮷,1\n", "gb18030")).read("export")[1][0] == "䶮𠮷"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("sep=;\na;b,c\n1;2\n", [["a", "b,c"], ["1", "2"]]),
        ("a,b\r\n\r\n1,\r\n", [["a", "b"], ["1", None]]),
        ('a,b\n="0138","=1+1"\n', [["a", "b"], ["0138", "=1+1"]]),
        ("a;b;c\n1,5;2,5;3,5\n", [["a", "b", "c"], ["1,5", "2,5", "3,5"]]),
    ],
)
def test_peculiar_tables(text: str, rows: list[list[object]], tmp_path: Path) -> None:
    assert TextBook(csv(tmp_path, text)).read("export") == rows


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n \n", b"\x00\x01\x02\x03" * 50, b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe\xfd", b"a,b\n\xff\xff\xff\xff"],
)
def test_what_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    with pytest.raises(BookRefused):
        TextBook(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xl_retention.books.text_book.LARGEST", 10)
    with pytest.raises(BookRefused, match="larger than"):
        TextBook(csv(tmp_path, "a,b\n1,2\n" * 9))


def test_what_tells_rows_apart_are_fields() -> None:
    for table, ways in KNOWN_BY.items():
        assert all(ENTITIES[table].has(name) for names in ways for name in names), table
