"""The committed samples are what the generator makes, and hold what the tour and the tests lean on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from sample.generate import STORES, TODAY, write
from sample.people import Store, vin

SAMPLES = Path(__file__).parents[2] / "sample"

ENGLISH = [
    "Customers", "Vehicles", "Repair Orders", "Call Log", "Complaints", "Prospects", "Bookings", "Renewals",
    "Key Accounts", "Staff", "Settings",
]  # fmt: skip
CHINESE = [
    "客户资料",
    "维修记录",
    "回访记录",
    "投诉记录",
    "潜客卡",
    "预约记录",
    "续保年检",
    "员工",
    "进厂统计",
    "值班表",
    "参数",
]

by_file = pytest.mark.parametrize("store", STORES, ids=[store.file for store in STORES])


@cache
def cells(file: str, folder: Path = SAMPLES) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(folder / file)
    return {
        name: list(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
    }


@by_file
def test_the_generator_makes_the_committed_cells(store: Store, tmp_path: Path) -> None:
    """Cells are compared, not bytes: another zlib or XlsxWriter packs the same cells differently."""
    write(store, tmp_path / store.file)

    assert cells(store.file) == cells(store.file, tmp_path)


@by_file
def test_opens_in_openpyxl_with_its_sheets_and_stays_small(store: Store) -> None:
    path = SAMPLES / store.file
    book = load_workbook(path, read_only=True)
    names = book.sheetnames
    book.close()

    assert names == (ENGLISH if store.language == "en" else CHINESE)
    assert path.stat().st_size < 2_500_000


def test_the_chinese_store_keeps_things_we_must_not_touch() -> None:
    """A chart, a picture, comments, colours by rule, a hidden column: all must survive our writing."""
    with ZipFile(SAMPLES / "城西店.xlsx") as parts:
        names = parts.namelist()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        comments = parts.read("xl/comments1.xml").decode()

    assert any(name.startswith("xl/charts/chart") for name in names)
    assert any(name.startswith("xl/media/") for name in names)
    assert comments.count("<comment ") == 5
    assert sheet.count("<conditionalFormatting ") == 3
    assert sheet.count('hidden="1"') == 1
    assert '<pane xSplit="3" ySplit="3" topLeftCell="D4"' in sheet
    assert "<autoFilter " in sheet


def test_the_chinese_store_has_a_title_and_a_total() -> None:
    """The heading stands in row 3, and the last row is no customer."""
    rows = cells("城西店.xlsx")["客户资料"]

    assert str(rows[0][0]).startswith("城西店")
    assert "制表日期" in str(rows[1][0])
    assert "里程\n(km)" in rows[2]
    assert rows[-1][0] == "合计"


def test_every_kind_of_dirt_is_there() -> None:
    """What staff do to a sheet: text for dates, phones with signs, twins, strangers, a short VIN."""
    east = cells("Store-East.xlsx")
    customers, vehicles = east["Customers"], east["Vehicles"]
    delivered = [row[vehicles[0].index("Delivery Date")] for row in vehicles[1:]]
    phones = [str(row[customers[0].index("Mobile Phone")]) for row in customers[1:]]
    vins = [str(row[vehicles[0].index("VIN")]) for row in vehicles[1:]]
    owners = {str(row[vehicles[0].index("Customer ID")]).strip() for row in vehicles[1:]}

    assert any(isinstance(value, str) for value in delivered)
    assert sum(isinstance(value, dt.date) for value in delivered) > 0.95 * len(delivered)
    assert {"", " ", "-", ".0", "+86"} <= {
        sign for phone in phones for sign in (" ", "-", ".0", "+86") if sign in phone
    } | {phone for phone in phones if not phone}
    assert [len(one) for one in vins if len(one) != 17] == [16]
    assert any(one != one.upper() for one in vins)
    assert owners - {str(row[0]).strip() for row in customers[1:]} == {"E99999"}
    assert [count for count in Counter(map(tuple, customers)).values() if count > 1] == [2]


def test_no_mobile_could_be_somebodys() -> None:
    """No operator gives out numbers that begin with 12."""
    phones = {row[5] for row in cells("Store-East.xlsx")["Customers"][1:]} - {""}

    assert all(str(phone).removeprefix("+86 ").startswith("12") for phone in phones)


def test_recent_deliveries_and_calls_reach_up_to_today() -> None:
    """Otherwise the demo of 21 November 2026 would show an empty morning."""
    east = cells("Store-East.xlsx")
    delivered = [row[7] for row in east["Vehicles"][1:] if isinstance(row[7], dt.date)]
    called = [row[1] for row in east["Call Log"][1:] if isinstance(row[1], dt.datetime)]

    assert sum(dt.timedelta(0) <= TODAY - day <= dt.timedelta(30) for day in delivered) > 15
    assert max(moment.date() for moment in called) == TODAY - dt.timedelta(1)


def test_check_digit_of_a_vin() -> None:
    """Place nine is the weighted sum of the others modulo 11."""
    made = vin("11111111", 2021, 111_111)

    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    worth = {"M": 4, "J": 1, "X": 10}
    values = [worth.get(sign) or int(sign) for sign in made]
    assert len(made) == 17
    assert values[8] == sum(weight * value for weight, value in zip(weights, values, strict=True)) % 11
