"""Exports in the format of Excel 97 to 2003, written by a real LibreOffice, through the import."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.office.soffice import need_office
from tests.office.virtual_screen import clean_environment
from tests.staff_workbooks import staff_workbook
from xl_retention import cli
from xl_retention.books.closed import ClosedBook

ROWS = (
    ("客户编号", "客户姓名", "手机", "销售顾问"),
    ("C1", "Ada Ming", "13811111111", "Kim"),  # another phone
    ("C8", "欧阳娜娜", 13900139008, "李雷"),  # a phone that is a number
    ("C9", "=1+1", "'13700137009", "Kim"),  # what looks like a formula, and a sign that makes text of a number
)
CARS = (
    ("客户编号", "车架号", "车牌号", "交车日期"),
    ("C8", "LSVAA4187N2000008", "京A12348", dt.datetime(2026, 11, 19)),
)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An .xls of two sheets under a title."""
    need_office()
    folder = tmp_path_factory.mktemp("old")
    source = folder / "export.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in (("客户档案", ROWS), ("车辆档案", CARS)):
            sheet = book.add_worksheet(name)
            sheet.merge_range("A1:D1", f"{name} 2026")
            for number, row in enumerate(rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    elif isinstance(value, dt.datetime):
                        sheet.write_datetime(number, place, value, day)
                    else:
                        sheet.write(number, place, value)
    command = [
        shutil.which("soffice", path=os.defpath), f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--convert-to", "xls:MS Excel 97", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    subprocess.run(command, env=clean_environment(folder, ""), timeout=180, capture_output=True, check=True)
    made = folder / "out" / "export.xls"
    assert made.read_bytes()[:8] == bytes.fromhex("d0cf11e0a1b11ae1")
    return made


def test_an_old_workbook_is_imported_like_a_new_one(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """
    A changed cell, new rows with their days and phones, and nothing that became a formula.
    """
    staff = staff_workbook(tmp_path / "Store.xlsx", chinese=True)
    assert cli.run(["import", str(staff), str(old), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [len(told[name]) for name in ("added", "changed", "refused")] == [3, 1, 0]

    with ClosedBook(staff) as book:
        people, cars = book.read("客户档案"), book.read("车辆档案")
    assert people[1][2] == "13811111111"
    assert [row[:3] for row in people[3:]] == [["C8", "欧阳娜娜", "13900139008"], ["C9", "=1+1", "13700137009"]]
    assert cars[3] == ["C8", "LSVAA4187N2000008", "京A12348", dt.datetime(2026, 11, 19)]
    assert load_workbook(staff)["客户档案"]["B5"].data_type == "s"

    once = staff.read_bytes()
    assert cli.run(["import", str(staff), str(old)]) == 0
    assert staff.read_bytes() == once


def test_an_old_workbook_that_was_cut_off_is_refused(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    half = tmp_path / "half.xls"
    half.write_bytes(old.read_bytes()[:3000])
    staff = staff_workbook(tmp_path / "Store.xlsx", chinese=True)
    before = staff.read_bytes()

    assert cli.run(["import", str(staff), str(half)]) == 2
    assert "half.xls" in capsys.readouterr().err
    assert staff.read_bytes() == before


def test_without_the_reader_it_is_said_what_to_install(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    staff = staff_workbook(tmp_path / "Store.xlsx", chinese=True)
    assert cli.run(["import", str(staff), str(old)]) == 2
    assert "xl-retention[xls]" in capsys.readouterr().err
