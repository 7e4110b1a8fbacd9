"""Checking the data: every fault with its cell, what was found, what is wanted and what to do (DOM 2.14-2.19)."""

from __future__ import annotations

from pathlib import Path

from tests.actions.drawn import AS_OF, OTHER_VIN, TODAY, VIN, check, office, shell, today, workbook
from xl_retention.actions.check_data import check_data
from xl_retention.actions.generate_calls import generate_calls
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.wording import say

CUSTOMERS = f"""
    Customer ID | Name | Mobile       | VIN         | Delivery Date | Insurance Expiry
    C1          | Ada  | '13900000001 | {VIN}       | 2024-01-18    | 2027-11-01
    C2          | Bo   | '13900000002 | {OTHER_VIN} | 2024-01-04    | 2027-11-01
"""


def test_a_clean_store_has_no_findings(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {"Customers": CUSTOMERS})

    assert check(path).json["problems"] == []


def test_check_looks_at_all_columns_and_today_at_those_it_needs(tmp_path: Path) -> None:
    """A strange word in a column that no contact depends on does not trouble whoever makes the calls."""
    sheet = f"Customer ID|Name|VIN|Delivery Date|Colour of hat|Gender\nC1|Ada|{VIN}|2024-01-18|red|robot"
    path = workbook(tmp_path / "Store.xlsx", {"Customers": sheet})

    assert check(path).problems("cell", "found") == [("F2", "robot")]
    assert today(path, "--dry-run").json["problems"] == []
    assert check(path).json["mapping"][0]["unmatched"] == ["Colour of hat"]


def test_a_sheet_whose_rows_are_somebodys_is_told_where_nobody_can_place_it(tmp_path: Path) -> None:
    """Fewer than three headings that are known leave a sheet alone (DOM 2.2), but it may be the store's visits."""
    visits = "日期 | 车牌 | 里程 | 项目 | 金额 | 接待\n2026-01-05 | 沪A12345 | 10500 | 保养 | 500 | 李四"
    sheets = {"Customers": CUSTOMERS, "进店": visits, "价目表": "项目 | 价格 | 备注\n机油 | 300 | 全合成"}
    path = workbook(tmp_path / "Store.xlsx", sheets)

    assert check(path).problems("sheet", "severity", "code", "found") == [
        ("进店", "low", "sheet_not_placed", "日期, 车牌, 里程, 项目")
    ]
    assert today(path, "--dry-run").json["problems"] == []


def test_a_date_that_could_not_be_read_is_told_once(tmp_path: Path) -> None:
    """As serious as the missing date, with what stands in the cell (V15: one row on the data-quality sheet)."""
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": f"""
                Customer ID | Name | Mobile       | VIN         | Delivery Date
                C1          | Ada  | '13900000001 | {VIN}       | next week
                C2          | Bo   | '13900000002 | {OTHER_VIN} |
            """
        },
    )

    for answer in (check(path), today(path, "--dry-run")):
        assert answer.problems("cell", "found", "severity", "code") == [
            ("E2", "next week", "high", "date_not_understood"),
            ("E3", "", "high", "delivery_date_missing"),
        ]


def test_a_delivery_that_lies_ahead_is_told(tmp_path: Path) -> None:
    sheet = f"Customer ID|Name|Mobile|VIN|Delivery Date\nC1|Ada|'13900000001|{VIN}|2026-12-24"
    path = workbook(tmp_path / "Store.xlsx", {"Customers": sheet})

    assert check(path).problems("cell", "severity", "code") == [("E2", "high", "delivery_date_missing")]
    assert today(path, "--dry-run").json["rows"] == []


def test_rows_of_nobody_are_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": CUSTOMERS,
            "Vehicles": "VIN|Customer ID|Delivery Date\nLSVAA4187E2184850|C9|2024-01-18",
            "Repair Orders": "RO No|VIN|Visit Date\nR1|LSVAA4187E2184899|2026-11-01\nR2||2026-11-02",
            "Call Log": "Call ID|Customer ID|Contact Date|Call Type|Outcome\nL1|C7|2026-11-01|3-day call|Reached",
            "Complaints": "Complaint ID|Received|Customer ID|Category\nX1|2026-11-20 10:00|C8|Quality",
        },
    )  # fmt: skip

    assert sorted(check(path).problems("sheet", "cell", "severity", "code")) == [
        ("Call Log", "B2", "medium", "customer_not_on_file"),
        ("Complaints", "C2", "high", "customer_not_on_file"),
        ("Repair Orders", "B2", "medium", "visit_of_a_walk_in"),
        ("Repair Orders", "B3", "high", "visit_of_nobody"),
        ("Vehicles", "B2", "high", "car_without_customer"),
    ]


def test_duplicate_numbers_and_cars_are_told(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": "Customer ID|Name|Mobile\nC1|Ada|'13900000001\nC1|Ida|'13900000001\nC2|Bo|'13900000002",
            "Vehicles": f"VIN|Customer ID|Delivery Date\n{VIN}|C1|2024-01-18\n{VIN}|C2|2026-01-18",
        },
    )

    assert check(path).problems("sheet", "cell", "found", "code") == [
        ("Customers", "A3", "C1", "key_repeated"),
        ("Vehicles", "A2", VIN, "vin_of_two_customers"),
    ]


def test_the_findings_stand_on_their_sheet_the_serious_first(tmp_path: Path) -> None:
    sheet = f"Customer ID|Name|Mobile|VIN|Delivery Date|Birthday\nC1|Ada|12|{VIN}|soon|x"
    path = workbook(tmp_path / "Store.xlsx", {"Customers": sheet})

    answer = today(path)

    rows = [list(row) for row in office(path)["Data Checks"].iter_rows(min_row=3, values_only=True)]
    assert rows[0] == ["Severity", "Kind", "Sheet", "Cell", "Heading", "Found", "Wanted", "What to do"]
    assert rows[1][:6] == [
        "high", "Date not understood (2)", "Customers", "Customers!E2", "Delivery Date", "soon",
    ]  # fmt: skip
    addresses = sorted(str(row[3]).rpartition("!")[2] for row in rows[1:])
    assert addresses == sorted(cell for (cell,) in answer.problems("cell"))


def test_kinds_stand_together_and_are_counted(tmp_path: Path) -> None:
    """The filter of the column Kind so shows how much there is of each."""
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": f"""
                Customer ID | Name | Mobile       | VIN         | Delivery Date | Birthday
                C1          | Ada  | '13900000001 | {VIN}       | 2024-01-18    | x
                C2          | Bo   | 12           | {OTHER_VIN} | 2024-01-04    | y
            """
        },
    )
    today(path)

    rows = [row[1] for row in office(path)["Data Checks"].iter_rows(min_row=4, values_only=True)]
    assert rows == ["Phone wrong (1)", "Date not understood (2)", "Date not understood (2)"]


def test_mended_cells_leave_the_list(tmp_path: Path) -> None:
    sheet = f"Customer ID|Name|Mobile|VIN|Delivery Date\nC1|Ada|'13900000001|{VIN}|soon"
    path = workbook(tmp_path / "Store.xlsx", {"Customers": sheet})
    today(path)
    book = office(path)
    book["Customers"]["E2"] = "2024-01-18"
    book.save(path)

    assert today(path).json["problems"] == []
    assert office(path)["Data Checks"].max_row == 3


def test_the_table_of_check_is_in_the_workbooks_language(tmp_path: Path) -> None:
    sheet = f"客户编号|客户姓名|手机|车架号|交车日期\nC1|张三|'13900000001|{VIN}|待定"
    path = workbook(tmp_path / "Store.xlsx", {"客户档案": sheet})

    out = shell("check", path, "--date", TODAY).out

    assert "发现问题1条" in out
    assert "客户档案!E2" in out
    assert "请按“年-月-日”填写" in out


def test_the_list_that_generate_leaves_says_how_to_get_the_whole_one(tmp_path: Path) -> None:
    """
    Generate looks at what calls depend on; a reader of the sheet must not take that for all.
    """
    path = workbook(tmp_path / "Store.xlsx", {"Customers": CUSTOMERS})
    more = say("checks_part", "en")
    with ClosedBook(path) as book:
        generate_calls(book, AS_OF)
        assert more in str(book.read("Data Checks")[1][0])
        check_data(book, AS_OF, progress=lambda step: None, write=True)
        assert more not in str(book.read("Data Checks")[1][0])
