"""Cards: numbers, grades, delivered prospects, and the plan of the yellow card (DOM 2.9, 4.10, 6.5)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.clerk import cells, change, keys, table
from tests.actions.drawn import OTHER_VIN, TODAY, VIN, Answer, contents, office, shell, workbook

CUSTOMERS = f"""
    Customer ID | Name | Mobile       | VIN   | Delivery Date | Sales Advisor | Birthday
    C0007       | Ada  | '13900000001 | {VIN} | 2026-11-18    | Li            | 05-21
"""


def store(path: Path, prospects: str, **more: str) -> Path:
    return workbook(path / "Store.xlsx", {"Customers": CUSTOMERS, "Prospects": prospects, **more})


def cards(path: Path, *arguments: object) -> Answer:
    answer = shell("cards", path, "--date", TODAY, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


def column(path: Path, entity: str, name: str) -> list[object]:
    return [row.get(name) for row in table(path, entity)]


# Numbers and grades.


def test_cards_without_a_number_get_that_of_their_day(tmp_path: Path) -> None:
    """
    What stands there stays, whatever it looks like; without a day or a phone there is no card to number.
    """
    path = store(tmp_path, """
        Prospect No | Name | Mobile       | Created
                    | Bo   | '13900000002 | 2026-11-20
        261120-04   | Cy   | '13900000003 | 2026-11-20
        X1          | Di   | '13900000004 | 2026-11-20
                    | Ed   | '13900000005 | 2026-11-20
                    | Fu   | '13900000006 | 2026-11-19
                    | Gu   | '13900000007 |
                    | Ho   |              | 2026-11-19
    """)  # fmt: skip

    cards(path)

    assert column(path, "prospect", "prospect_no") == [
        "261120-05", "261120-04", "X1", "261120-06", "261119-01", None, None,
    ]  # fmt: skip


def test_blank_grades_are_entered_by_the_expected_order(tmp_path: Path) -> None:
    """
    Seven days are still H; past the day, far off and without a day only the manager can say.
    """
    path = store(tmp_path, """
        Prospect No | Name | Mobile       | Created    | Grade | Expected Order | Status
        P1          | A    | '13900000011 | 2026-11-01 |       | 2026-11-28     |
        P2          | B    | '13900000012 | 2026-11-01 |       | 2026-11-29     | Open
        P3          | C    | '13900000013 | 2026-11-01 | C     | 2026-11-22     |
        P4          | D    | '13900000014 | 2026-11-01 | hot   | 2026-11-22     |
        P5          | E    | '13900000015 | 2026-11-01 |       | 2026-11-20     |
        P6          | F    | '13900000016 | 2026-11-01 |       |                |
        P7          | G    | '13900000017 | 2026-11-01 |       | 2026-11-28     | Ordered
    """)  # fmt: skip

    cards(path)

    assert column(path, "prospect", "grade") == ["H", "A", "C", "hot", None, None, None]


def test_a_sheet_without_the_column_gets_no_grades(tmp_path: Path) -> None:
    path = store(tmp_path, "Prospect No|Name|Mobile|Created|Expected Order\nP1|A|'13900000011|2026-11-01|2026-11-28")

    assert cards(path).json["entered"] == []
    assert cells(path, "Prospects")[0] == ["Prospect No", "Name", "Mobile", "Created", "Expected Order"]


# Delivery.

DELIVERED = """
    Prospect No | Name | Mobile       | Created    | Status    | Sales Advisor
    261101-01   | Ada  | '13900000001 | 2026-11-01 | Delivered | Li
    261101-02   | Bo   | '13900000002 | 2026-11-01 | Delivered | Wu
    261101-03   | Bo   | '13900000002 | 2026-11-05 | Delivered | Wu
    261101-04   | Cy   | '13900000001 | 2026-11-01 | Delivered | Wu
    261101-05   | Di   |              | 2026-11-01 | Delivered | Wu
    261101-06   | Ed   | '13900000006 | 2026-11-01 | Ordered   | Wu
"""


def test_a_delivered_prospect_is_linked_to_the_customer_or_becomes_one(tmp_path: Path) -> None:
    """
    By phone and name; two cards of one person are one customer, and a phone of somebody else is a question.
    """
    path = store(tmp_path, DELIVERED)

    answer = cards(path)

    linked = ["C0007", "C0008", "C0008", None, None, None]
    assert column(path, "prospect", "delivered_customer_id") == linked
    assert answer.json["new_customers"] == ["C0008"]
    assert table(path, "customer")[1:] == [
        {"customer_id": "C0008", "customer_name": "Bo", "mobile": "13900000002", "sales_advisor": "Wu"}
    ]
    assert [each for each in answer.problems("code", "cell") if each[0] == "delivered_unclear"] == [
        ("delivered_unclear", "E5"), ("delivered_unclear", "E6"),
    ]  # fmt: skip


def test_customers_without_numbers_go_by_their_phone(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {"Customers": "Name|Mobile|Sales Advisor\nAda|'13900000001|Li", "Prospects": DELIVERED},
    )

    cards(path)

    assert column(path, "prospect", "delivered_customer_id")[:2] == ["13900000001", "13900000002"]
    assert column(path, "customer", "customer_name") == ["Ada", "Bo"]


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    path = store(tmp_path, f"{DELIVERED}\n               | Fu   | '13900000007 | 2026-11-01 | Open      | Wu")
    cards(path)
    before = path.read_bytes()

    assert cards(path).json["entered"] == []
    assert path.read_bytes() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = store(tmp_path, DELIVERED)
    before = contents(tmp_path)

    dry = cards(path, "--dry-run").json

    assert contents(tmp_path) == before
    assert dry == cards(path).json


def test_a_formula_of_the_staff_is_not_overwritten(tmp_path: Path) -> None:
    path = store(tmp_path, "Prospect No|Name|Mobile|Created\nP1|A|'13900000011|2026-11-01\n|B|'13900000012|2026-11-01")
    opened = office(path)
    opened["Prospects"]["A3"] = '=""'
    opened.save(path)
    before = path.read_bytes()

    answer = shell("cards", path, "--date", TODAY, "--json")

    assert (answer.code, path.read_bytes()) == (2, before)
    assert "Prospects!A3" in answer.err


# Findings.


def test_losses_and_refunds_say_why(tmp_path: Path) -> None:
    path = store(tmp_path, """
        Prospect No | Name | Mobile       | Created    | Status          | Lost Reason | Lost Model | Cancel Reason
        P1          | A    | '13900000011 | 2026-11-01 | Lost            |             | X5         |
        P2          | B    | '13900000012 | 2026-11-01 | Lost            | price       |            |
        P3          | C    | '13900000013 | 2026-11-01 | Order cancelled |             |            |
        P4          | D    | '13900000014 | 2026-11-01 | Lost            | price       | X5         |
        P5          | E    |              | 2026-11-01 | Open            |             |            |
    """)  # fmt: skip
    wanted = {
        ("lost_without_reason", "F2"), ("lost_without_model", "G3"), ("cancelled_without_reason", "H4"),
        ("card_without_phone", "C6"),
    }  # fmt: skip

    for answer in (cards(path), shell("check", path, "--date", TODAY, "--json")):
        codes = {code for code, _ in wanted}
        assert {each for each in answer.problems("code", "cell") if each[0] in codes} == wanted


def test_an_important_customer_is_known_to_two_colleagues(tmp_path: Path) -> None:
    path = store(
        tmp_path,
        "Prospect No|Name|Mobile|Created\nP1|A|'13900000011|2026-11-01",
        **{"Key Accounts": """
            Account Number | Account Name | Account Manager | Our Contact 1 | Our Contact 2
            A1             | Fleet        | Li              | Li            | Wu
            A2             | Taxi         | Li              | Li            |
            A3             | Bus          | Li              | Li、Wu        |
            A4             | Tram         | Li              | Li            | li
        """},
    )  # fmt: skip

    for answer in (cards(path), shell("check", path, "--date", TODAY, "--json")):
        assert [each for each in answer.problems("code", "cell") if each[0] == "too_few_contacts"] == [
            ("too_few_contacts", "D3"), ("too_few_contacts", "D5"),
        ]  # fmt: skip


# The yellow card.


def plan(path: Path, **typed: object) -> list[list[object]]:
    return cells(path, "Yellow Card Plan")


def test_the_yellow_card_holds_every_contact_from_the_day_of_delivery_on(tmp_path: Path) -> None:
    path = store(tmp_path, "Prospect No|Name|Mobile|Created|Status\n261101-01|Ada|'13900000001|2026-11-01|Delivered")

    (card,) = cards(path).json["yellow_cards"]

    assert (card["customer_id"], card["card_no"], card["delivered"]) == ("C0007", "261101-01", "2026-11-18")
    due = {row["rule"]: row["due_date"] for row in reversed(card["plan"])}
    assert [due[rule] for rule in ("DLV-D0", "DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-M01", "DLV-M45", "BDAY-0")] == [
        "2026-11-18", "2026-11-18", "2026-11-21", "2026-11-25", "2026-12-18", "2030-08-18", "2027-05-21",
    ]  # fmt: skip
    assert [row["due_date"] for row in card["plan"] if row["rule"] == "BDAY-0"] == [
        f"{year}-05-21" for year in range(2027, 2031)
    ]
    days = [row["due_date"] for row in card["plan"]]
    assert days == sorted(days)
    assert len({row["due_key"] for row in card["plan"]}) == len(days)


def test_the_plan_has_the_keys_of_todays_calls(tmp_path: Path) -> None:
    path = store(tmp_path, "Prospect No|Name|Mobile|Created\nP1|A|'13900000011|2026-11-19")
    planned = {row["due_key"] for card in cards(path).json["yellow_cards"] for row in card["plan"]}

    called = {key for day in ("2026-11-21", "2026-11-25", "2026-12-18") for key in keys(path, day)}

    assert {key for key in called if key.startswith("C0007")} <= planned


def test_the_check_of_the_manager_stays(tmp_path: Path) -> None:
    """
    When it is made again, and below the cards of another month.
    """
    path = store(tmp_path, "Prospect No|Name|Mobile|Created\nP1|A|'13900000011|2026-11-19")
    cards(path)
    headings = plan(path)[3]
    check = headings.index("Checked by manager")
    change(path, "Yellow Card Plan", lambda rows: rows[4].__setitem__(check, "yes"))
    key = plan(path)[4][-1]

    cards(path)
    assert [(row[check], row[-1]) for row in plan(path)[4:] if row[check]] == [("yes", key)]

    cards(path, "--month", "2026-10")
    assert [(row[check], row[-1]) for row in plan(path)[4:]] == [("yes", key)]


def test_a_month_typed_on_the_sheet_is_planned(tmp_path: Path) -> None:
    path = store(tmp_path, "Prospect No|Name|Mobile|Created\nP1|A|'13900000011|2026-11-19")
    cards(path, "--month", "2026-10")
    assert cards(path).json["month"] == "2026-10"

    change(path, "Yellow Card Plan", lambda rows: rows[2].__setitem__(0, None))

    assert cards(path).json["month"] == "2026-11"


def test_a_store_with_c_cards_gets_one_per_customer_filed_by_month(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": f"""
                Customer ID | Name | Mobile       | VIN         | Delivery Date
                C1          | Ada  | '13900000001 | {VIN}       | 2026-11-18
                C1          | Ada  | '13900000001 | {OTHER_VIN} | 2026-11-19
            """,
            "Prospects": "Prospect No|Name|Mobile|Created|Status\n261101-01|Ada|'13900000001|2026-11-01|Delivered",
            "C-Cards": "Card Number|Customer ID|Converted From|Month File\n261118-01|C9|261001-01|2026-11",
        },
    )

    cards(path)
    cards(path)

    assert table(path, "base_card")[1:] == [
        {"card_no": "261118-02", "customer_id": "C1", "converted_from": "261101-01", "month_file": "2026-11"}
    ]


def test_the_chinese_workbook_gets_chinese_words(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "店.xlsx",
        {
            "客户档案": f"客户编号|客户姓名|手机|车架号|交车日期\nC1|张三|'13900000001|{VIN}|2026-11-18",
            "潜客卡": "信息卡编号|客户姓名|电话|建卡日期|状态\n|李四|'13900000002|2026-11-20|交车",
        },
    )

    cards(path)

    assert column(path, "prospect", "prospect_no") == ["261120-01"]
    assert column(path, "customer", "customer_name") == ["张三", "李四"]
    assert cells(path, "潜客卡")[0][-1] == "成交客户编号"
    assert cells(path, "黄卡联系计划")[4][6:8] == ["交车当天", dt.datetime(2026, 11, 18)]


@pytest.mark.parametrize("month", ["2026-13", "soon"])
def test_a_month_that_is_none_is_refused(tmp_path: Path, month: str) -> None:
    path = store(tmp_path, "Prospect No|Name|Mobile|Created\nP1|A|'13900000011|2026-11-19")

    assert shell("cards", path, "--month", month).code == 2
