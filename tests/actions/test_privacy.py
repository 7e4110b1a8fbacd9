"""What our sheets hide by default, and what a store may hide besides (DOM 6.8)."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions.drawn import AS_OF, TODAY, VIN, shell, workbook
from tests.actions.test_merge_duplicates import SHEETS as TWINS
from tests.actions.test_merge_duplicates import choose, merge
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.wording import say

SHEETS = {
    "Customers": f"""
        Customer ID | Name | Mobile       | ID Number           | Ethnicity | Religion | Income | VIN    | Delivery Date
                    | Ada  | '13800001234 | '110101198001011225 | Han       | Taoist   | 20-30  | {VIN}  | 2026-11-18
    """,
    "Visits": f"""
        RO No | VIN   | Visit Date | Paid Amount | Pay Type
        R1    | {VIN} | 2026-11-02 | 300         | Customer
    """,
    "Call Log": """
        Mobile       | Contact Date | Agent | Outcome
        '13800001234 | 2026-11-21   | Kim   | Reached
    """,
}  # fmt: skip
HIDDEN = ("110101198001011225", "Han", "Taoist", "20-30")


def store(folder: Path, **settings: str) -> Path:
    said = "\n".join(f"{name} | {value}" for name, value in settings.items())
    return workbook(folder / "Store.xlsx", {**SHEETS, "Settings": f"Parameter | Value\n{said}"})


def text(path: Path, sheet: str) -> str:
    with ClosedBook(path) as book:
        return "\n".join(str(cell) for row in book.read(sheet) for cell in row if cell is not None)


def shown(path: Path, *command: str) -> str:
    answer = shell(*command[:1], path, *command[1:], "--date", TODAY)
    assert answer.code == 0, answer.err
    return answer.out


@pytest.mark.parametrize(("said", "hidden"), [("", True), ("hidden", True), ("shown", False)])
def test_customer_view_hides_identity_ethnicity_religion_and_income_unless_asked(tmp_path, said, hidden):
    path = store(tmp_path, sensitive_fields=said)
    shown(path, "customer", "--find", "Ada")
    told = text(path, "Customer View")

    assert [each in told for each in HIDDEN] == [not hidden] * len(HIDDEN)
    assert "13800001234" in told


@pytest.mark.parametrize(("said", "masked"), [("", False), ("shown", False), ("masked", True)])
@pytest.mark.parametrize(
    ("command", "sheet"),
    [(("report",), "Daily Report"), (("rows", "--kpi", "K01", "--month", "2026-11"), "Rows Behind")],
)
def test_reports_mask_phones_where_the_store_wants_it(tmp_path, command, sheet, said, masked):
    """
    On the sheet and in the shell; a customer who goes by his phone has that number masked, too.
    """
    path = store(tmp_path, phones_in_reports=said)
    out = shown(path, *command)
    told = text(path, sheet)

    assert "Ada" in told
    assert ("13800001234" in told) is not masked
    assert ("138****1234" in told) is masked
    assert ("13800001234" in out) is not masked


def test_today_s_calls_show_phones_whatever_reports_do(tmp_path):
    """Whoever calls needs them."""
    path = store(tmp_path, phones_in_reports="masked")
    shown(path, "today")
    assert "13800001234" in text(path, "Today's Calls")


def test_a_copy_that_leaves_carries_no_rows_that_were_merged_away(tmp_path):
    path = workbook(tmp_path / "Store.xlsx", TWINS)
    merge(path)
    choose(path, "merge")
    merge(path)
    assert "1 Elm St" in text(path, "Duplicates")

    copy = tmp_path / "copy.xlsx"
    assert shell("pack", path, "--out", copy).code == 0
    assert "1 Elm St" not in text(copy, "Duplicates")
    assert "1 Elm St" in text(path, "Duplicates")


def test_what_two_customers_say_differently_of_sensitive_fields_is_not_told(tmp_path):
    people = "Customer ID|Name|Mobile|Religion\nC1|Ada|'13800001234|Taoist\nC2|Ada|'13800001234|Buddhist"
    path = workbook(tmp_path / "Store.xlsx", {"Customers": people})
    (pair,) = merge(path)["waiting"]
    assert pair["differs"] == "Religion: … / …"
    assert "Taoist" not in text(path, "Duplicates")


def test_an_export_is_journaled_with_who_when_and_how_many(tmp_path):
    people = f"Customer ID|Name|Mobile|Birthday|Marketing Consent|VIN\nC1|Ada|'13800001234|1980-11-25|yes|{VIN}"
    path = workbook(tmp_path / "Store.xlsx", {"Customers": people})
    shown(path, "mailing-list", "--csv", str(tmp_path / "out.csv"))
    (entry,) = [row for row in load_workbook(path)["Journal"].values if row[2] == say("button_mailing_list", "en")]

    assert entry[1] == getpass.getuser()
    assert entry[0].date() != AS_OF
    assert isinstance(entry[4], (int, float))
