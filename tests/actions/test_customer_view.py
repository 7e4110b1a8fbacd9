"""The sheet Customer View: one cell to look for somebody, one page with everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.drawn import OTHER_VIN, TODAY, VIN, contents, sheet_names, shell, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets import customer_sheet

STORE = {
    "Customers": """
        Customer ID | Name | Mobile       | Birthday | ID Number           | Consent
        C1          | Ada  | '13900000001 | '05-21   | '110101198001011225 | yes
        C2          | Bo   | '13900000002 |          |                     |
        C3          | Bo   | '13900000003 |          |                     |
    """,
    "Vehicles": f"""
        VIN         | Plate     | Customer ID | Model | Delivery Date | Insurance Expiry | Vehicle Status
        {VIN}       | 沪A12345  | C1          | CS75  | 2026-11-18    | 2026-12-01       |
        {OTHER_VIN} | 沪B12345  | C2          | CS55  | 2026-11-16    |                  |
    """,
    "Visits": f"Repair Order|VIN|Visit Date|Type of Work|Total\nR1|{VIN}|2026-11-19|General repair|500",
    "Call Log": """
        Call ID | Customer ID | Call Date  | Outcome   | Agent | Feedback
        L1      | C1          | 2026-11-10 | No answer | Kim   |
        L2      | C1          | 2026-11-20 | Connected | Kim   | =happy
    """,
    "Referrals": "Referral ID|Referrer|Friend Name|Referral Date|Outcome\nF1|C1|Eve|2026-11-12|visits",
    "Complaints": "Complaint ID|Received|Customer ID|Category|Content\nX1|2026-11-20|C1|Service|Waited long",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def view(path: Path, find: str | None, *more: object) -> dict:
    answer = shell(
        "customer", path, "--date", TODAY, "--json", *(("--find", find) if find is not None else ()), *more
    )
    assert answer.code == 0, answer.err
    return answer.json


def shown(path: Path) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read("Customer View")


def part(rows: list[list[object]], name: str) -> list[list[object]]:
    return [row[1:] for row in rows[customer_sheet.HEADING_ROW :] if row[0] == name]


def test_json_tells_everything_by_the_names_of_the_fields(store: Path) -> None:
    answer = view(store, "沪A12345")

    assert list(answer) == [
        "as_of", "find", "matches", "customer", "cars", "due", "classes", "complaints", "contacts", "visits",
        "bookings", "referrals", "invitations", "problems",
    ]  # fmt: skip
    assert answer["matches"] == [
        {"customer_id": "C1", "customer_name": "Ada", "mobile": "13900000001", "kind": "customer"}
    ]
    assert answer["customer"]["birth_date"] == "05-21"
    assert [car["model"] for car in answer["cars"]] == ["CS75"]
    assert [row["contact_id"] for row in answer["contacts"]] == ["L2", "L1"]
    assert [row["ro_no"] for row in answer["visits"]] == ["R1"]
    assert [row["friend_name"] for row in answer["referrals"]] == ["Eve"]
    assert [row["complaint_id"] for row in answer["complaints"]] == ["X1"]
    assert {"rule": "INS-1M", "state": "open", "due_date": "2026-11-01", "deadline": "2026-12-01"}.items() <= next(
        item for item in answer["due"] if item["rule"] == "INS-1M"
    ).items()
    assert answer["classes"]["base_scope"] == "未知"


def test_sensitive_fields_are_not_shown(store: Path) -> None:
    answer = view(store, "C1")

    assert "id_number" not in answer["customer"]
    assert "110101198001011225" not in str(shown(store))


def test_the_sheet_tells_each_part_newest_first(store: Path) -> None:
    view(store, "13900000001")
    rows = shown(store)

    assert (rows[0][0], rows[2][0]) == ("Ada", "13900000001")
    assert [row[5 - 1] for row in part(rows, "Contact")] == ["Connected", "No answer"]
    assert "Feedback: =happy" in str(part(rows, "Contact")[0])
    assert part(rows, "Complaint")[0][1] == "Service"
    assert [str(row[0])[:10] for row in part(rows, "Visit")] == ["2026-11-19"]
    assert "Insurance Expiry: 2026-12-01" in str(part(rows, "Car")[0][2])
    assert {"Open", "Planned"} <= {row[4] for row in part(rows, "Due")}
    assert "Consent" in {row[1] for row in part(rows, "On file")}
    assert part(rows, "Class")


def test_several_who_fit_are_listed_to_choose_from(store: Path) -> None:
    answer = view(store, "Bo")

    assert [match["customer_id"] for match in answer["matches"]] == ["C2", "C3"]
    assert answer["customer"] is None
    rows = shown(store)
    assert "2 fit 'Bo'" in str(rows[1][0])
    assert part(rows, "Found")[0][1:3] == ["C2  Bo", "13900000002, 沪B12345"]


def test_nobody_is_told_and_the_sheet_says_so(store: Path) -> None:
    assert view(store, "Nemo")["matches"] == []
    rows = shown(store)
    assert "Nobody fits 'Nemo'" in str(rows[1][0])
    assert len(rows) == customer_sheet.HEADING_ROW


@pytest.mark.parametrize(("typed", "found"), [("C2", "Bo"), (13900000001.0, "Ada"), ("'沪A12345", "Ada")])
def test_without_find_the_text_typed_on_the_sheet_is_looked_for(store: Path, typed, found) -> None:
    view(store, "C3")
    with ClosedBook(store) as book:
        rows = book.read("Customer View")
        rows[customer_sheet.FIND_ROW - 1][0] = typed
        book.write("Customer View", rows)
        book.save()

    assert view(store, None)["customer"]["customer_name"] == found


def test_with_nothing_to_look_for_it_says_what_to_type(store: Path) -> None:
    answer = shell("customer", store, "--date", TODAY)

    assert answer.code == 2
    assert "yellow cell" in answer.err
    assert sheet_names(store) == list(STORE)


def test_shown_twice_changes_nothing(store: Path) -> None:
    view(store, "C1")
    before = contents(store.parent)

    view(store, "C1")

    assert contents(store.parent) == before


def test_the_workbook_of_a_store_with_a_sheet_called_customer_is_still_read(tmp_path: Path) -> None:
    """
    `Customer` is a name of the staff's sheet of customers, so ours has another.
    """
    renamed = {name.replace("Customers", "Customer"): sheet for name, sheet in STORE.items()}
    path = workbook(tmp_path / "Store.xlsx", renamed)

    assert view(path, "C1")["customer"]["customer_name"] == "Ada"
    assert view(path, "C1")["customer"]["customer_name"] == "Ada"


def test_chinese_words_in_a_chinese_workbook(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {"客户档案": f"客户编号|客户姓名|手机|车架号|交车日期\nC1|张三|'13900000001|{VIN}|2026-11-18"},
    )
    view(path, "张三")

    with ClosedBook(path) as book:
        rows = book.read("客户查询")
    assert rows[customer_sheet.HEADING_ROW - 1][0] == "类别"
    assert {row[0] for row in rows[customer_sheet.HEADING_ROW :]} == {"档案", "车辆", "应访", "分类"}


def test_the_friends_whom_the_customer_named_are_shown(store: Path) -> None:
    view(store, "C1")

    (row,) = part(shown(store), "Referral")
    assert (row[1], row[4]) == ("Eve", "visits")
