"""A command loads what it needs and nothing more: at a small store loading is most of what one waits for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.drawn import TODAY, VIN, workbook
from xl_retention import cli

HEAVY = (
    "rich", "pandas", "numpy.ma", "holidays", "openpyxl", "xlwings", "xlsxwriter", "email", "importlib.metadata",
    "dask",
    "xl_retention.sheets.calls.typed_results", "xl_retention.sheets.cells.date_texts",
    "xl_retention.sheets.wording.findings",
)  # fmt: skip
"""What other commands, or other settings, need."""
STORE = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Birthday   | VIN   | Delivery Date | Salesperson
        C1          | Ada  | '13900000001 | 1990-05-17 | {VIN} | 2026-11-18    | Ann
    """,
}


def commands(parser):
    return parser._subparsers._group_actions[0].choices


@pytest.mark.parametrize("command", cli.OFTEN)
def test_a_command_asked_often_has_the_same_options_without_its_neighbours(command):
    alone, among_all = commands(cli.parser(command)), commands(cli.parser())

    assert alone[command].format_help() == among_all[command].format_help()
    assert len(alone) < len(among_all)


def test_all_commands_are_there_when_none_is_asked():
    assert {"today", "forget", "doctor", "roll-up"} <= set(commands(cli.parser("")))
    assert set(commands(cli.parser("no-such"))) == set(commands(cli.parser("")))


def test_today_loads_nothing_that_only_others_need(tmp_path: Path):
    book = workbook(tmp_path / "Store.xlsx", STORE)
    asking = (
        f"import sys; from xl_retention.cli import run; code = run(['today', {str(book)!r}, '--date', '{TODAY}']); "
        f"print(code, [name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip

    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
