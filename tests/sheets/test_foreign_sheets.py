"""Sheets as stores keep them, each with its truth: every heading is mapped rightly or asked about, none wrongly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.reading.reader import read_understood

DAY = dt.datetime(2024, 3, 5)
VINS = ("LSVAA4187E2184847", "LSVAM4187C2184841", "LFV2A21K6A3000001", "LHGRB186072026733", "LSGJA52U0AH000001")
PLATES = ("京A12345", "沪B2345F", "粤BD12345", "浙C1234学", "苏E·88888")
PHONES = ("13800138000", "13900139001", "13700137002", "18600186003", "15000150004")
NAMES = ("王伟", "李娜", "张敏", "刘洋", "陈静")


@dataclass(frozen=True)
class Sheet:
    """One sheet and what is true of it.

    Args:
        name: Of the sheet.
        rows: Its cells.
        truth: By table the field of each heading that has one.
        asked: Headings that nobody can settle; the store has to be asked.
        rows_read: By table how many rows it has.
    """

    name: str
    rows: Sequence[Sequence[object]]
    truth: dict[str, dict[str, str]]
    asked: tuple[str, ...] = ()
    rows_read: dict[str, int] | None = None


def listed(headings: str, *columns: Sequence[object], count: int = 5) -> list[list[object]]:
    """A heading row and rows of data, column by column; a single value stands in every row."""
    rows: list[list[object]] = [list(headings.split("|"))]
    for place in range(count):
        rows.append([column[place] if isinstance(column, (tuple, list)) else column for column in columns])
    return rows


def beside(*blocks: list[list[object]], gap: int = 1) -> list[list[object]]:
    """Blocks side by side, parted by empty columns."""
    height = max(map(len, blocks))
    rows: list[list[object]] = [[] for _ in range(height)]
    for block in blocks:
        width = max(map(len, block))
        for place, row in enumerate(rows):
            cells = list(block[place]) if place < len(block) else []
            row += [*cells, *[None] * (width - len(cells) + gap)]
    return rows


IDS = ("C1", "C2", "C3", "C4", "C5")
CUSTOMERS = listed("客户编号|客户姓名|手机|性别", IDS, NAMES, PHONES, "男")
CUSTOMER_TRUTH = {"客户编号": "customer_id", "客户姓名": "customer_name", "手机": "mobile", "性别": "gender"}
CARS = listed("车架号|车牌号|客户编号|交车日期", VINS, PLATES, IDS[::-1], DAY)
CAR_TRUTH = {"车架号": "vin", "车牌号": "plate_no", "客户编号": "customer_id", "交车日期": "delivery_date"}
VISITS = listed("工单号|车架号|进厂日期|实收金额", ("R1", "R2", "R3", "R4", "R5"), VINS, DAY, 300)
VISIT_TRUTH = {"工单号": "ro_no", "车架号": "vin", "进厂日期": "visit_date", "实收金额": "paid_amount"}

SHEETS = {
    "plain": Sheet("客户档案", CUSTOMERS, {"customer": CUSTOMER_TRUTH}),
    "titles above": Sheet(
        "客户档案", [["东方汽车客户档案表"], ["制表日期", DAY], [], *CUSTOMERS], {"customer": CUSTOMER_TRUTH}
    ),
    "banner over groups": Sheet(
        "客户档案",
        [["客户", None, None, None, "车辆", None],
         *listed("客户编号|客户姓名|手机|性别|车架号|车牌号", IDS, NAMES, PHONES, "女", VINS, PLATES)],
        {"customer": CUSTOMER_TRUTH, "vehicle": {"车架号": "vin", "车牌号": "plate_no"}},
        rows_read={"customer": 5, "vehicle": 5},
    ),
    "two-row headings": Sheet(
        "客户档案",
        [["客户编号", "客户姓名", "联系方式", None, "性别"], [None, None, "手机", "邮箱", None],
         *listed("x", IDS, NAMES, PHONES, "a@b.cn", "男")[1:]],
        {"customer": {**CUSTOMER_TRUTH, "邮箱": "email"}},
        rows_read={"customer": 5},
    ),
    "units, breaks, stars, colons, full width": Sheet(
        "车辆档案",
        listed("*车架号（17位）|车 牌 号：|行驶里程\n(km)|车价（万元）|ＶＩＮ码备注", VINS, PLATES, 12000, 12.5, "x"),
        {"vehicle": {"*车架号（17位）": "vin", "车 牌 号：": "plate_no", "行驶里程\n(km)": "last_odometer",
                     "车价（万元）": "price"}},
    ),
    "empty columns inside": Sheet(
        "客户档案", beside(listed("客户编号|客户姓名", IDS, NAMES), listed("手机|地址|备注", PHONES, "某路", "x")),
        {"customer": {"客户编号": "customer_id", "客户姓名": "customer_name", "手机": "mobile", "地址": "address",
                      "备注": "remark"}},
        rows_read={"customer": 5},
    ),
    "wide with an empty column between customer and car": Sheet(
        "客户资料", beside(CUSTOMERS, listed("车架号|车牌号|交车日期", VINS, PLATES, DAY)),
        {"customer": CUSTOMER_TRUTH, "vehicle": {"车架号": "vin", "车牌号": "plate_no", "交车日期": "delivery_date"}},
        rows_read={"customer": 5, "vehicle": 5},
    ),
    "two tables side by side": Sheet(
        "资料", beside(CUSTOMERS, CARS),
        {"customer": CUSTOMER_TRUTH, "vehicle": CAR_TRUTH}, rows_read={"customer": 5, "vehicle": 5},
    ),
    "three tables side by side, of different heights": Sheet(
        "客户档案", beside(CUSTOMERS, CARS[:3], VISITS[:4], gap=2),
        {"customer": CUSTOMER_TRUTH, "vehicle": CAR_TRUTH, "service_visit": VISIT_TRUTH},
        rows_read={"customer": 5, "vehicle": 2, "service_visit": 3},
    ),
    "one below another": Sheet(
        "客户档案", [*CUSTOMERS, [], *CARS, [], [], *VISITS],
        {"customer": CUSTOMER_TRUTH, "vehicle": CAR_TRUTH, "service_visit": VISIT_TRUTH},
        rows_read={"customer": 5, "vehicle": 5, "service_visit": 5},
    ),
    "one below another, after a total, with titles": Sheet(
        "客户档案",
        [["客户档案"], *CUSTOMERS, ["合计", 5], ["回访记录"],
         *listed("客户编号|回访日期|回访结果", IDS, DAY, "接通")],
        {"customer": CUSTOMER_TRUTH,
         "contact_log": {"客户编号": "customer_id", "回访日期": "contact_at", "回访结果": "result"}},
        rows_read={"customer": 5, "contact_log": 5},
    ),
    "below the first rows that are looked at": Sheet(
        "客户档案",
        [*listed("客户编号|客户姓名|手机|性别", [f"C{n}" for n in range(90)], [f"王{n}" for n in range(90)],
                 [str(13800000000 + n) for n in range(90)], "男", count=90), [], *CARS],
        {"customer": CUSTOMER_TRUTH, "vehicle": CAR_TRUTH}, rows_read={"customer": 90, "vehicle": 5},
    ),
    "headings repeated on every page": Sheet(
        "客户档案", [*CUSTOMERS[:3], [], *CUSTOMERS[:1], *CUSTOMERS[3:], ["合计", 5]],
        {"customer": CUSTOMER_TRUTH}, rows_read={"customer": 5},
    ),
    "totals and empty rows among the data": Sheet(
        "客户档案", [*CUSTOMERS[:3], ["小计", 2], [], *CUSTOMERS[3:], [None, "总计", 5]],
        {"customer": CUSTOMER_TRUTH}, rows_read={"customer": 5},
    ),
    "English": Sheet(
        "Customers",
        listed("Customer No.|Full Name|Mobile No|VIN Number|Licence Plate|Handover Date", IDS, NAMES, PHONES, VINS,
               PLATES, DAY),
        {"customer": {"Customer No.": "customer_id", "Full Name": "customer_name", "Mobile No": "mobile"},
         "vehicle": {"VIN Number": "vin", "Licence Plate": "plate_no", "Handover Date": "delivery_date"}},
    ),
    "slips of the pen in headings whose cells are clear": Sheet(
        "客户档案", listed("客户编号|客户姓名|性别|手机号吗|车价号|车排号", IDS, NAMES, "男", PHONES, VINS, PLATES),
        {"customer": {"客户编号": "customer_id", "客户姓名": "customer_name", "性别": "gender", "手机号吗": "mobile"},
         "vehicle": {"车价号": "vin", "车排号": "plate_no"}},
    ),
    "English slips": Sheet(
        "Customers", listed("Customer ID|Name|Gender|Moblie|Plaet No", IDS, NAMES, "男", PHONES, PLATES),
        {"customer": {"Customer ID": "customer_id", "Name": "customer_name", "Gender": "gender", "Moblie": "mobile"},
         "vehicle": {"Plaet No": "plate_no"}},
    ),
    "phones of somebody else": Sheet(
        "客户档案",
        listed("客户编号|客户姓名|性别|紧急联系人电话|车友电话|旧手机号", IDS, NAMES, "男", PHONES, PHONES, PHONES),
        {"customer": {"客户编号": "customer_id", "客户姓名": "customer_name", "性别": "gender"}},
        asked=("紧急联系人电话", "车友电话", "旧手机号"),
    ),
    "the car that was traded in": Sheet(
        "客户档案", listed("客户编号|客户姓名|手机|置换车架号|旧车牌", IDS, NAMES, PHONES, VINS, PLATES),
        {"customer": {"客户编号": "customer_id", "客户姓名": "customer_name", "手机": "mobile"}},
        asked=("置换车架号", "旧车牌"),
    ),
    "headings over the wrong cells": Sheet(
        "车辆档案", listed("车牌号|车架号|客户编号|品牌", VINS, PLATES, IDS, "大众"),
        {"vehicle": {"客户编号": "customer_id", "品牌": "brand"}},
        asked=("车牌号", "车架号"),
    ),
    "a date that could be two": Sheet(
        "客户档案", listed("客户编号|客户姓名|手机|车架号|日期", IDS, NAMES, PHONES, VINS, DAY),
        {"customer": {"客户编号": "customer_id", "客户姓名": "customer_name", "手机": "mobile"},
         "vehicle": {"车架号": "vin"}},
        asked=("日期",),
    ),
    "amounts that could be two": Sheet(
        "维修记录", listed("工单号|车架号|进厂日期|金额", ("R1", "R2", "R3", "R4", "R5"), VINS, DAY, 300),
        {"service_visit": {"工单号": "ro_no", "车架号": "vin", "进厂日期": "visit_date"}},
        asked=("金额",),
    ),
    "satisfaction in marks": Sheet(
        "回访记录", listed("记录号|客户编号|回访日期|满意度", IDS, IDS, DAY, 9),
        {"contact_log": {"记录号": "contact_id", "客户编号": "customer_id", "回访日期": "contact_at",
                         "满意度": "score"}},
    ),
    "satisfaction in words further down, and a total in the first rows": Sheet(
        "回访记录", [*listed("记录号|客户编号|回访日期|满意度", IDS, IDS, DAY, None), ["小计", None, None, 5]],
        {"contact_log": {"记录号": "contact_id", "客户编号": "customer_id", "回访日期": "contact_at",
                         "满意度": "satisfaction_level"}},
    ),
    "words among the data that are headings elsewhere": Sheet(
        "回访记录",
        [*listed("记录号|客户编号|回访日期|回访人|回访类型|回访方式", IDS, IDS, DAY, "回访员", "生日", "WeChat"), [],
         ["L9", "C1", 45712, "回访员", "生日", "WeChat"]],
        {"contact_log": {"记录号": "contact_id", "客户编号": "customer_id", "回访日期": "contact_at",
                         "回访人": "staff", "回访类型": "rule_code", "回访方式": "channel"}},
        rows_read={"contact_log": 6},
    ),
    "headings of the staff's own": Sheet(
        "客户档案", listed("客户编号|客户姓名|手机|鞋码|喜欢的茶", IDS, NAMES, PHONES, 42, "龙井"),
        {"customer": {"客户编号": "customer_id", "客户姓名": "customer_name", "手机": "mobile"}},
    ),
    "a wide sheet with many columns": Sheet(
        "2024年", listed("|".join(["序号", "车主", "联系电话", "车架号", "车牌", *(f"列{n}" for n in range(150))]),
                       (1, 2, 3, 4, 5), NAMES, PHONES, VINS, PLATES, *["x"] * 150),
        {"customer": {"车主": "customer_name", "联系电话": "mobile"}, "vehicle": {"车架号": "vin", "车牌": "plate_no"}},
    ),
}  # fmt: skip


def understood(sheet: Sheet, folder: Path):
    book = Workbook()
    book.active.title = sheet.name
    for row in sheet.rows:
        book.active.append(row)
    for column in ("B", "D"):
        book.active.column_dimensions[column].hidden = True
    if "customer" not in sheet.truth:
        other = book.create_sheet("客户资料")
        for row in CUSTOMERS:
            other.append(row)
    book.save(folder / "book.xlsx")
    with ClosedBook(folder / "book.xlsx") as closed:
        return read_understood(closed)


@pytest.mark.parametrize("case", SHEETS)
def test_every_heading_is_mapped_or_asked_and_none_wrongly(case, tmp_path):
    """
    Hidden columns count like others. What has no truth may not be mapped at all.
    """
    sheet = SHEETS[case]
    found, store = understood(sheet, tmp_path)
    mapped: dict[str, dict[str, str]] = {}
    for match in found.matches:
        if match.sheet == sheet.name:
            for (entity, field), column in match.columns.items():
                mapped.setdefault(entity, {})[column.heading] = field
    asked = {q.heading for match in found.matches for q in match.questions}
    asked |= {each.heading for each in found.suggestions(store)}

    assert mapped == sheet.truth
    assert set(sheet.asked) <= asked
    assert {entity: len(store[entity]) for entity in sheet.rows_read or ()} == (sheet.rows_read or {})
