"""The sheet Month Plan: what the manager assigned stays, what is over goes, and the command says the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.drawn import OTHER_VIN, VIN, contents, sheet_names, shell, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets import plan_sheet
from xl_retention.sheets.wording import say

DAY = "2026-11-21"
ENGLISH = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Sales Advisor | VIN         | Delivery Date | Insurance Expiry | Birthday
        C1          | Ada  | '13900000001 | Meg           | {VIN}       | 2026-10-18    | 2027-10-01       | 1980-12-24
        C2          | Bo   | '13900000002 | Rob           | {OTHER_VIN} | 2024-11-16    | 2026-12-09       |
    """,
}
CHINESE = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 销售顾问 | 车架号      | 交车日期   | 保险到期日 | 生日
        C1       | 张三     | '13900000001 | 李雷     | {VIN}       | 2026-10-18 | 2027-10-01 | 1980-12-24
        C2       | 李四     | '13900000002 | 王强     | {OTHER_VIN} | 2024-11-16 | 2026-12-09 |
    """,
}
ADA, BO = f"C1/{VIN}", f"C2/{OTHER_VIN}"
NAMES = list(plan_sheet.COLUMNS)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", ENGLISH)


def plan(path: Path, *more: object, month: str = "2026-11") -> dict:
    answer = shell("plan", path, "--date", DAY, "--json", *(("--month", month) if month else ()), *more)
    assert answer.code == 0, answer.err
    return answer.json


def shown(path: Path) -> dict[str, dict[str, object]]:
    """The rows of the sheet by key."""
    with ClosedBook(path) as book:
        name = next(each for each in book.sheet_names() if each in ("Month Plan", "月度回访计划"))
        rows = book.read(name)[plan_sheet.HEADING_ROW :]
    return {str(row[NAMES.index("key")]): dict(zip(NAMES, row, strict=False)) for row in rows}


def assign(path: Path, key: str, **values: object) -> None:
    """Types into the yellow cells of a row."""
    with ClosedBook(path) as book:
        name = next(each for each in book.sheet_names() if each in ("Month Plan", "月度回访计划"))
        rows = book.read(name)
        (row,) = (row for row in rows if len(row) > NAMES.index("key") and row[NAMES.index("key")] == key)
        for column, value in values.items():
            row[NAMES.index(column)] = value
        book.write(name, rows)
        book.save()


def test_json_has_the_promised_keys(store: Path) -> None:
    answer = plan(store)

    assert list(answer) == ["as_of", "month", "rows", "problems"]
    assert (answer["as_of"], answer["month"]) == (DAY, "2026-11")
    assert answer["rows"][0] == {
        "customer_id": "C1",
        "customer_name": "Ada",
        "mobile": "13900000001",
        "vin": VIN,
        "plate_no": "",
        "groups": ["PLAN-PREV", "OVERDUE"],
        "sales_advisor": "Meg",
        "planned_date": None,
        "method": "",
        "tools": "",
        "reason": answer["rows"][0]["reason"],
    }
    assert answer["rows"][0]["reason"].startswith("Delivered last month: delivered 18 Oct\nOverdue: ")
    assert [(row["customer_id"], row["groups"]) for row in answer["rows"][1:]] == [("C2", ["INS-1M"])]


@pytest.mark.parametrize(("language", "sheets"), [("en", ENGLISH), ("zh", CHINESE)])
def test_what_is_assigned_stays_when_it_is_planned_again(tmp_path: Path, language: str, sheets) -> None:
    path = workbook(tmp_path / "Store.xlsx", sheets)
    plan(path)
    assign(
        path,
        ADA,
        assigned_to="Zoe",
        planned_date=dt.datetime(2026, 11, 25),
        method=say("method_上门", language),
        tools="=brochure",
        checked_by="Sun",
        checked_at=dt.datetime(2026, 11, 26),
    )
    before = shown(path)[ADA]

    row = next(row for row in plan(path)["rows"] if row["customer_id"] == "C1")

    assert shown(path)[ADA] == before
    assert (row["sales_advisor"], row["planned_date"], row["method"], row["tools"]) == (
        "Zoe", "2026-11-25", "上门", "=brochure",
    )  # fmt: skip


def test_planned_twice_changes_nothing(store: Path) -> None:
    plan(store)
    before = contents(store.parent)

    plan(store)

    assert contents(store.parent) == before


def test_what_is_assigned_to_somebody_no_longer_planned_stays_below(store: Path) -> None:
    plan(store)
    assign(store, BO, tools="Quotation")
    with ClosedBook(store) as book:
        book.put("Customers", 3, 7, [[dt.datetime(2027, 9, 9)]])
        book.put("Customers", 3, 6, [[dt.datetime(2026, 11, 21)]])
        book.save()

    plan(store)
    plan(store)

    row = shown(store)[BO]
    assert row["tools"] == "Quotation"
    assert str(row["reasons"]).count(say("no_longer_planned", "en")) == 1


def test_another_month_lets_go_of_what_was_planned_for_days_before_it(store: Path) -> None:
    plan(store)
    assign(store, ADA, planned_date=dt.datetime(2026, 11, 30), tools="Card")
    assign(store, BO, planned_date=dt.datetime(2026, 12, 1), tools="Quotation")

    answer = plan(store, month="2026-12")

    tools = {row["customer_id"]: row["tools"] for row in answer["rows"]}
    assert tools["C1"] == ""
    assert shown(store)[BO]["tools"] == "Quotation"


def test_a_row_and_a_column_that_the_manager_added_stay(store: Path) -> None:
    plan(store)
    with ClosedBook(store) as book:
        rows = book.read("Month Plan")
        rows[plan_sheet.HEADING_ROW - 1].append("Budget")
        rows[plan_sheet.HEADING_ROW].append(300)
        rows += [["Walk-in Wu", *[None] * 8, dt.datetime(2026, 11, 28)], ["Walk-in Li"]]
        book.write("Month Plan", rows)
        book.save()

    plan(store)
    plan(store)

    with ClosedBook(store) as book:
        rows = book.read("Month Plan")
    assert rows[plan_sheet.HEADING_ROW - 1][-1] == "Budget"
    assert [row[-1] for row in rows[plan_sheet.HEADING_ROW :] if row[-1]] == [300]
    assert [row[0] for row in rows if str(row[0]).startswith("Walk-in")] == ["Walk-in Wu", "Walk-in Li"]


def test_a_planned_day_that_cannot_be_read_is_told_and_stays(store: Path) -> None:
    plan(store)
    assign(store, ADA, planned_date="some time")

    answer = plan(store)

    (problem,) = (each for each in answer["problems"] if each["sheet"] == "Month Plan")
    assert (problem["code"], problem["found"], problem["cell"][0]) == ("date_not_understood", "some time", "J")
    assert shown(store)[ADA]["planned_date"] == "some time"


@pytest.mark.parametrize(
    ("typed", "month"), [("2026-12", "2026-12"), ("2026-10", "2026-11"), ("soon", "2026-11"), (None, "2026-11")]
)
def test_without_a_month_the_one_on_the_sheet_is_planned_unless_it_is_over(store: Path, typed, month) -> None:
    plan(store)
    with ClosedBook(store) as book:
        rows = book.read("Month Plan")
        rows[plan_sheet.MONTH_ROW - 1][0] = typed
        book.write("Month Plan", rows)
        book.save()

    assert plan(store, month="")["month"] == month


def test_a_month_that_excel_took_for_a_day_is_understood(store: Path) -> None:
    plan(store)
    with ClosedBook(store) as book:
        rows = book.read("Month Plan")
        rows[plan_sheet.MONTH_ROW - 1][0] = dt.datetime(2026, 12, 1)
        book.write("Month Plan", rows)
        book.save()

    assert plan(store, month="")["month"] == "2026-12"


def test_out_leaves_the_book_alone_and_a_dry_run_writes_nothing(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    dry = plan(store, "--dry-run")
    out = tmp_path / "Plan.xlsx"

    assert plan(store, "--out", out) == dry
    assert store.read_bytes() == before
    assert "Month Plan" in sheet_names(out)


@pytest.mark.parametrize("month", ["2026-13", "December", "2026-1"])
def test_a_month_that_is_none_is_refused(store: Path, month: str) -> None:
    before = store.read_bytes()
    answer = shell("plan", store, "--date", DAY, "--month", month)

    assert answer.code == 2
    assert month in answer.err
    assert store.read_bytes() == before


def test_a_sheet_of_the_staffs_under_that_name_is_left_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Month Plan": "Paint the showroom | Monday"})
    answer = shell("plan", path, "--date", DAY)

    assert answer.code == 2
    assert "Month Plan" in answer.err


def test_our_sheets_are_not_taken_for_tables_of_the_staffs(store: Path) -> None:
    """
    Calls before and after all our sheets were written are the same.
    """
    before = shell("today", store, "--date", DAY, "--json", "--dry-run").json
    for command in (["plan"], ["mailing-list"], ["customer", "--find", "C1"], ["report"]):
        assert shell(*command[:1], store, "--date", DAY, *command[1:]).code == 0

    assert shell("today", store, "--date", DAY, "--json", "--dry-run").json == before
    (mapping,) = shell("check", store, "--date", DAY, "--json").json["mapping"]
    assert mapping["sheet"] == "Customers"


def test_the_screen_shows_the_plan(store: Path) -> None:
    answer = shell("plan", store, "--date", DAY, "--month", "2026-11")

    assert "Ada" in answer.out
    assert "2 customers in the plan of 2026-11." in answer.out
