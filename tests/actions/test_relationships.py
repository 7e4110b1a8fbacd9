"""The sheet Relationships: one place for referrals, WeChat, clubs and key accounts, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.clerk import cells
from tests.actions.drawn import TODAY, VIN, shell, today, workbook
from xl_retention.sheets import relations_sheet

ENGLISH = {
    "Customers": f"""
        Customer ID | Name | Mobile       | WeChat Linked | Hobby    | Sales Advisor | VIN   | Delivery Date
        C1          | Ada  | '13900000001 |               | Football | Li            | {VIN} | 2026-11-20
    """,
    "Referrals": """
        Referral ID | Referrer | Friend Name | Friend Mobile | Referral Date | Model
        F1          | C1       | Eve         | '13900000009  | 2026-11-18    | CS75
    """,
    "Key Accounts": """
        Account No | Name | Contact Details | Owner | Our Contact | Share of Wallet
        K1         | Ames | '13900000005    | Kim   | Kim         | 85
    """,
    "Club Members": """
        Customer ID | Interest | Team
        C9          | Football | Falcons
    """,
}
CHINESE = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 是否绑定微信 | 车架号 | 交车日期
        C1       | 张三     | '13900000001 | 否           | {VIN}  | 2026-11-20
    """,
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", ENGLISH)


def relations(path: Path, *more: object) -> dict:
    answer = shell("relations", path, "--date", TODAY, "--json", *more)
    assert answer.code == 0, answer.err
    return answer.json


def test_everything_to_care_for_stands_in_one_list(store: Path) -> None:
    rows = relations(store)["rows"]

    assert [(row["part"], row["customer"], row["state"]) for row in rows] == [
        ("Key account", "Ames", "Open"),
        ("Referral", "Ada", "Overdue"),
        ("WeChat", "Ada", "Open"),
        ("Club", None, "Captain wanted\nTo invite"),
    ]
    account, referral, wechat, club = rows
    assert "Strategic co-operation" in account["what"]
    assert "second colleague" in account["details"]
    assert "Terms of grade B" in account["details"]
    assert "cash on delivery or within 30 days" in account["details"]
    assert (referral["what"], referral["by_person"], referral["deadline"]) == ("Eve 13900000009", "Li", "2026-11-19")
    assert (wechat["what"], wechat["date"]) == ("Got the car", "2026-11-20")
    assert "Falcons" in club["details"]
    assert "Ada" in club["details"]


def test_a_key_account_that_one_colleague_knows_is_a_finding(store: Path) -> None:
    assert "too_few_contacts" in [problem["code"] for problem in relations(store)["problems"]]


def test_the_thanks_are_on_the_list_of_calls_too(store: Path) -> None:
    assert ["REF-THANKS"] in [
        [rule for rule in row["rules"] if rule == "REF-THANKS"] for row in today(store).json["rows"]
    ]


def test_the_sheet_shows_the_same_and_is_written_once(store: Path) -> None:
    relations(store)
    written = store.read_bytes()
    rows = cells(store, "Relationships")
    relations(store)

    assert store.read_bytes() == written
    assert rows[relations_sheet.HEADING_ROW - 1][:2] == ["Part", "Customer"]
    assert len(rows) == relations_sheet.HEADING_ROW + 4


def test_a_chinese_workbook_gets_chinese_words(tmp_path: Path) -> None:
    path = workbook(tmp_path / "店.xlsx", CHINESE)

    assert [(row["part"], row["what"]) for row in relations(path)["rows"]] == [("微信绑定", "刚交车")]
    assert cells(path, "客户关系维护")[0][0] == "客户关系维护　2026-11-21"


def test_a_dry_run_writes_nothing(store: Path) -> None:
    before = store.read_bytes()
    relations(store, "--dry-run")

    assert store.read_bytes() == before
