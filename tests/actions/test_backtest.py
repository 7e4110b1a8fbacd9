"""The command `backtest`: the promised JSON, nothing written, and a history that is too short."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.actions.drawn import shell

ENGLISH = (
    ("Customers", "Customer ID", "Name", "Mobile", "VIN"),
    ("Service Visits", "VIN", "Visit Date", "Total Amount"),
)
CHINESE = (("客户档案", "客户编号", "客户姓名", "手机", "车架号"), ("维修记录", "车架号", "进厂日期", "总金额"))


def store(path: Path, headings: tuple[tuple[str, ...], tuple[str, ...]] = ENGLISH) -> Path:
    """Forty customers in 2023 to 2025; the odd ones come every 90 days, the even ones stay away after 2023."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    customers, visits = (book.create_sheet(names[0]) for names in headings)
    customers.append(headings[0][1:])
    visits.append(headings[1][1:])
    for number in range(40):
        vin = f"LSVAA4187E20{number:05d}"
        customers.append([f"C{number}", f"Name {number}", f"139000{number:05d}", vin])
        day = dt.date(2023, 1, 1 + number % 28)
        while day < dt.date(2025 if number % 2 else 2024, 1, 1) or (number % 2 and day < dt.date(2026, 1, 1)):
            visits.append([vin, day, 400])
            day += dt.timedelta(90)
    book.save(path)
    return path


@pytest.mark.parametrize("headings", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_json_holds_each_method_with_its_interval_and_calibration(
    tmp_path: Path, headings: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    book = store(tmp_path / "Store.xlsx", headings)
    before = book.read_bytes()

    answer = shell("backtest", book, "--date", "2025-01-01", "--months", "9", "--json")

    assert answer.code == 0
    assert list(answer.json) == ["date", "months", "customers", "methods"]
    assert (answer.json["date"], answer.json["months"], answer.json["customers"]) == ("2025-01-01", 9, 40)
    methods = answer.json["methods"]
    assert [each["name"] for each in methods] == ["score", "recency", "frequency", "rfm", "half_year"]
    for each in methods:
        assert list(each) == ["name", "auc", "auc_low", "auc_high", "top_tenth_hit", "calibration"]
        assert each["auc_low"] <= each["auc"] <= each["auc_high"]
        assert sum(group["customers"] for group in each["calibration"]) == 40
    assert methods[0]["auc"] == 1.0
    assert methods[0]["top_tenth_hit"] == 1.0
    assert book.read_bytes() == before


def test_what_came_later_changes_nothing(tmp_path: Path) -> None:
    """The months after those looked at may hold anything."""
    book = store(tmp_path / "Store.xlsx")
    arguments = ("--date", "2024-06-30", "--months", "6", "--json")
    answer = shell("backtest", book, *arguments).json
    opened = openpyxl.load_workbook(book)
    for number in range(0, 40, 2):
        opened["Service Visits"].append([f"LSVAA4187E20{number:05d}", dt.date(2025, 3, 1), 9999])
    opened.save(book)
    assert shell("backtest", book, *arguments).json == answer


@pytest.mark.parametrize("day", ["2023-01-15", "2025-11-01"])
def test_a_history_too_short_is_said_so(tmp_path: Path, day: str) -> None:
    book = store(tmp_path / "Store.xlsx")
    answer = shell("backtest", book, "--date", day, "--months", "6", "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "The history is too short" in answer.err


@pytest.mark.parametrize("months", ["0", "-3", "121", "six", "1.5"])
def test_months_are_a_number_from_1_to_120(tmp_path: Path, months: str) -> None:
    answer = shell("backtest", store(tmp_path / "Store.xlsx"), "--date", "2025-01-01", "--months", months)
    assert answer.code == 2
    assert f"'{months}' is not a number of months" in answer.err or "expected one argument" in answer.err


def test_without_json_a_table_is_printed_in_the_language_of_the_store(tmp_path: Path) -> None:
    book = store(tmp_path / "Store.xlsx", CHINESE)
    answer = shell("backtest", book, "--date", "2025-01-01", "--months", "9")
    assert answer.code == 0
    for words in ("流失评分检验", "最近到店", "近半年内到店", "预计到店率"):
        assert words in answer.out
