"""Several tables on one sheet: where they end, what may be written, and what is never taken for headings."""

import datetime as dt

import pytest
from openpyxl import Workbook

from tests.sheets.test_foreign_sheets import CARS, CUSTOMERS, IDS, NAMES, VISITS, beside, listed
from xl_retention.books.closed import ClosedBook
from xl_retention.errors import BookRefused
from xl_retention.sheets.reading.reader import read_understood
from xl_retention.sheets.staff_rows import StaffRows

LOG = listed("记录号|客户编号|回访日期|回访结果", ("L1", "L2", "L3", "L4", "L5"), IDS, dt.datetime(2024, 3, 5), "接通")


@pytest.fixture
def opened(tmp_path):
    """A closed book of the given sheets."""

    def made(**sheets):
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "book.xlsx")
        return ClosedBook(tmp_path / "book.xlsx")

    return made


def places(book):
    return [
        (match.entity, match.header_row, match.left, match.right, match.last_row)
        for match in read_understood(book).recognised.matches
    ]


def test_tables_beside_each_other_know_their_columns(opened):
    assert places(opened(资料=beside(CUSTOMERS, CARS))) == [("customer", 1, 0, 5, None), ("vehicle", 1, 5, None, None)]


def test_tables_below_each_other_know_their_rows(opened):
    found = places(opened(客户档案=[*CUSTOMERS, [], *CARS]))
    assert found == [("customer", 1, 0, None, 7), ("vehicle", 8, 0, None, None)]


def test_the_same_keys_in_the_same_rows_are_one_wide_table(opened):
    """Two blocks that name the same customer in each row are halves of one."""
    cars = listed("客户编号|车架号|交车日期", IDS, [row[0] for row in CARS[1:]], dt.datetime(2024, 3, 5))
    book = opened(客户档案=beside(CUSTOMERS, cars))
    assert [entity for entity, *_ in places(book)] == ["customer"]
    assert len(read_understood(book).store.vehicles) == 5


def test_an_empty_column_does_not_part_a_table_from_the_rest_of_its_own_fields(opened):
    """VIN, phone and plate could be a list of customers, but each complaint may name them too."""
    complaints = [["投诉编号", "投诉时间", "投诉类别", None, "车架号", "手机", "车牌号"]]
    complaints += [[f"T{row}", dt.datetime(2024, 3, 5), "质量", None, CARS[row][0], None, None] for row in range(1, 4)]
    book = opened(客户档案=CUSTOMERS, 投诉记录=complaints)
    assert [entity for entity, *_ in places(book)] == ["customer", "complaint"]
    read = read_understood(book).store.tables["complaint"]
    assert read.texts("vin").tolist() == [str(CARS[row][0]) for row in range(1, 4)]


def test_a_title_of_its_own_parts_a_table_whose_fields_could_belong_to_the_one_beside_it(opened):
    numbers = ("T1", "T2", "T3", "T4", "T5")
    complaints = [["投诉记录"], *listed("投诉编号|投诉时间|投诉类别", numbers, dt.datetime(2024, 3, 5), "质量")]
    people = [["客户档案"], *listed("客户姓名|手机|车牌号", NAMES, [row[2] for row in CUSTOMERS[1:]], "苏E88888")]
    assert [entity for entity, *_ in places(opened(本店=beside(complaints, people)))] == ["complaint", "customer"]


def test_headings_of_a_table_that_nobody_can_place_end_the_table_above(opened):
    """Its rows are not read as customers, and somebody is told."""
    strange = listed("客户编号|回访日期|回访结果|回访人", IDS, dt.datetime(2024, 3, 5), "接通", NAMES)
    found, store = read_understood(opened(客户档案=[*CUSTOMERS, [], *strange]))
    assert len(store.customers) == 5
    assert [(each.code, each.cell) for each in store.problems] == [("table_not_placed", "A8")]
    assert found.matches[0].last_row == 7


@pytest.mark.parametrize(
    "row",
    [
        ("L6", None, None, "未接", "DLV-3D", "电话"),
        ("L6", "No answer", "DLV-M01;DLV-3D", "电话", None, None),
        (None, None, "短信", "电话", "微信", "上门"),
        ("L6", "客户姓名", "备注", "接通", "保养", "电话"),
    ],
)
def test_words_of_a_row_below_an_empty_one_are_no_headings(row, opened):
    """电话 is a way of calling here, though it is a heading elsewhere; the rows below it are the log's, too."""
    headings = "记录号|客户编号|回访日期|回访结果|回访事项|联系方式"
    log = listed(headings, IDS, IDS, dt.datetime(2024, 3, 5), "接通", "DLV-3D", "电话")
    book = opened(客户档案=CUSTOMERS, 回访记录=[*log, [], row, *log[1:]])
    assert places(book)[1:] == [("contact_log", 1, 0, None, None)]


def test_a_table_below_pages_with_the_headings_above_it_is_found(opened):
    """客户编号 stands above both, and once more among the rows of the first."""
    pages = [*CUSTOMERS, *CUSTOMERS[:1], *CUSTOMERS[1:2]]
    numbers = ("L1", "L2", "L3", "L4", "L5")
    log = listed("客户编号|回访日期|回访结果|记录号", IDS, dt.datetime(2024, 3, 5), "接通", numbers)
    found = places(opened(客户档案=[*pages, [], ["回访记录"], *log]))
    assert [(entity, row) for entity, row, *_ in found] == [("customer", 1), ("contact_log", len(pages) + 3)]


@pytest.mark.parametrize("title", [[], [["客户档案"]]])
def test_a_heading_may_be_a_word_of_the_table_above(title, opened):
    """电话 is how the customer was reached there, and his number here, in the same column."""
    log = listed("记录号|回访日期|联系方式|客户编号|回访结果", IDS, dt.datetime(2024, 3, 5), "电话", IDS, "接通")
    people = listed("客户编号|客户姓名|电话|车牌号", IDS, NAMES, [row[2] for row in CUSTOMERS[1:]], "苏E88888")
    found = places(opened(回访记录=[*log, [], *title, *people]))
    assert [entity for entity, *_ in found] == ["contact_log", "customer"]


def test_customers_far_below_another_table_are_found(opened):
    """Among the first rows there are none."""
    visits = [VISITS[0], *VISITS[1:] * 20]
    found = places(opened(维修记录=[*visits, [], ["客户档案"], *CUSTOMERS]))
    assert [(entity, row) for entity, row, *_ in found] == [("service_visit", 1), ("customer", len(visits) + 3)]


def test_rows_are_not_added_above_another_table(opened):
    book = opened(客户档案=CUSTOMERS, 回访记录=[*LOG, [], *VISITS])
    rows = StaffRows(book, "zh")
    with pytest.raises(BookRefused, match="another table stands below"):
        rows.add("contact_log", {"customer_id": "C1", "result": "接通"})


def test_rows_are_added_below_the_last_table(opened):
    book = opened(客户档案=CUSTOMERS, 回访记录=[*VISITS, [], *LOG])
    rows = StaffRows(book, "zh")
    place = rows.add("contact_log", {"customer_id": "C1", "result": "未接"})
    rows.write()
    assert (place.row, book.read("回访记录")[-1][1]) == (14, "C1")


def test_rows_are_added_beside_another_table_in_their_own_columns(opened):
    book = opened(客户档案=CUSTOMERS, 记录=beside(LOG[:3], VISITS))
    rows = StaffRows(book, "zh")
    place = rows.add("contact_log", {"customer_id": "C1", "result": "未接"})
    rows.write()
    assert place.row == 4
    assert book.read("记录")[3][5:] == list(VISITS[3])
    with pytest.raises(BookRefused, match="another table stands right"):
        rows.add("contact_log", {"feedback": "好"})


@pytest.mark.parametrize("gap", [1, 3])
def test_gaps_in_one_table_do_not_end_it(opened, gap):
    rows = [*CUSTOMERS[:3], *[[]] * gap, *CUSTOMERS[3:]]
    assert len(read_understood(opened(客户档案=rows)).store.customers) == 5


def test_remarks_below_a_table_are_no_table(opened):
    """One text in the first column is a row of data without a name, as ever; it begins no table."""
    rows = [*CUSTOMERS, [], [None, None, None, "制表人：李雷"]]
    assert places(opened(客户档案=rows)) == [("customer", 1, 0, None, None)]


def test_a_heading_of_two_meanings_keeps_the_first_where_the_headings_come_once_more(opened):
    """Words or a number stand under 满意度; the few rows looked at below a gap may show a total alone."""
    heads = ["记录号", "客户编号", "回访日期", "回访结果", "满意度"]
    said = ["满意", "非常满意", "不满意", "一般", "满意"]
    log = [[f"L{row}", IDS[row], dt.datetime(2024, 3, 5), "接通", word] for row, word in enumerate(said)]
    later = [[f"M{row}", IDS[row], dt.datetime(2024, 4, 5), "未接", None] for row in range(4)]
    last = ["M4", IDS[0], dt.datetime(2024, 5, 5), "接通", "满意"]
    rows = [heads, *log, [], heads, *later, ["小计", None, None, None, 5], last]
    book = opened(客户档案=CUSTOMERS, 回访记录=rows)
    assert [entity for entity, *_ in places(book)] == ["customer", "contact_log"]
    log_read = read_understood(book).store.tables["contact_log"]
    assert log_read.texts("satisfaction_level").tolist() == [*said, "", "", "", "", "满意"]
