# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""The lapse score beside the customers, and in the calls of a store that ranks by it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.actions.drawn import OTHER_VIN, TODAY, VIN, shell, workbook
from tests.actions.test_refresh_classes import column, refresh

CUSTOMERS = f"""
    Customer ID | Name | Mobile       | CS Owner | VIN         | Delivery Date | Insurance Expiry
    C1          | Ada  | '13900000001 | Kim      | {VIN}       | 2024-01-18    | 2026-12-10
    C2          | Bo   | '13900000002 | Kim      | {OTHER_VIN} | 2023-01-16    | 2026-12-10
    C3          | Cy   | '13900000003 | Kim      |             |               |
"""
VISITS = f"""
    VIN         | Visit Date | Total Amount
    {VIN}       | 2026-02-01 | 400
    {VIN}       | 2026-05-01 | 400
    {VIN}       | 2026-08-01 | 400
    {VIN}       | 2026-11-01 | 400
    {OTHER_VIN} | 2023-04-01 | 400
"""
STORE = {"Customers": CUSTOMERS, "Service Visits": VISITS}


def test_the_chance_and_its_sentence_stand_beside_each_row(tmp_path: Path) -> None:
    store = workbook(tmp_path / "Store.xlsx", STORE)
    refresh(store)

    first, second, none = column(store, "Customers", "Chance of a visit, %")
    assert first > 60 > 20 > second
    assert none is None
    told = column(store, "Customers", "Chance of a visit: why")
    assert re.fullmatch(r"4 visits, usually \d+ days apart, the last 20 days ago: \d+ % chance of a visit within 6 months", told[0])
    assert re.fullmatch(r"1 visit, 1330 days ago, \d+ days being usual here: \d+ % chance of a visit within 6 months", told[1])
    assert f"{first:.0f} %" in told[0]


def test_refreshing_twice_changes_nothing(tmp_path: Path) -> None:
    store = workbook(tmp_path / "Store.xlsx", STORE)
    refresh(store)
    before = store.read_bytes()
    refresh(store)
    assert store.read_bytes() == before


def test_customers_of_a_sheet_of_their_own_have_it_too(tmp_path: Path) -> None:
    sheets = {
        "客户档案": "客户编号 | 客户姓名 | 手机\nC1 | 王芳 | '13900000001\nC2 | 李明 | '13900000002",
        "车辆档案": f"车架号 | 客户编号 | 车牌号\n{VIN} | C1 | 沪A12345",
        "维修记录": f"车架号 | 进厂日期 | 总金额\n{VIN} | 2026-09-01 | 300\n{VIN} | 2026-11-01 | 300",
    }
    store = workbook(tmp_path / "店.xlsx", sheets)
    refresh(store)
    assert column(store, "客户档案", "到店可能（%）")[1] is None
    assert re.fullmatch(r"到店2次，通常间隔\d+天，最近一次在20天前：6个月内再次到店的可能为\d+%", column(store, "客户档案", "到店可能说明")[0])


def today(store: Path) -> list[dict[str, object]]:
    rows = shell("today", store, "--date", TODAY, "--json").json["rows"]
    return [row for row in rows if any(rule.startswith("INS-") for rule in row["rules"])]


def test_calls_tell_the_chance_only_where_they_are_ranked_by_it(tmp_path: Path) -> None:
    as_shipped = today(workbook(tmp_path / "Off.xlsx", STORE))
    ranked = today(
        workbook(tmp_path / "On.xlsx", {**STORE, "Settings": "Parameter | Value\nlapse_order | leaving_first"})
    )

    assert [row["customer_id"] for row in as_shipped] == ["C1", "C2"]
    assert [row["customer_id"] for row in ranked] == ["C2", "C1"]
    assert not any("chance" in row["reason"] for row in as_shipped)
    assert all("chance of a visit within 6 months" in row["reason"].splitlines()[-1] for row in ranked)
    assert [{**row, "reason": ""} for row in sorted(ranked, key=lambda row: row["customer_id"])] == [{**row, "reason": ""} for row in as_shipped]
