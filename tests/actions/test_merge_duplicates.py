"""Customers who are one: proposed, merged only by choice, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.actions.drawn import AS_OF, OTHER_VIN, TODAY, VIN, shell, today, workbook
from xl_retention.actions.check_data import check_data
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.merging import duplicates_sheet
from xl_retention.sheets.wording import say

CUSTOMERS = """
Customer ID | Name    | Mobile       | Email | Address  | Do Not Contact | Hobby horse
C1          | Ada Lee | '13800000001 |       | 1 Elm St |                |
C2          | ADA LEE | '13800000001 | a@b.c | 9 Oak St |                | tennis
C3          | Ada Lee | '13800000009 |       |          |                |
"""
CARS = f"""
VIN         | Plate No | Customer ID | Delivery Date
{VIN}       | 京A12345 | C1          | 2026-11-18
{OTHER_VIN} | 京A12346 | C2          | 2026-11-14
"""
VISITS = f"""
RO No | VIN   | Visit Date
R1    | {VIN} | 2026-11-01
"""
BOOKINGS = """
Booking ID | Customer ID | Appointment At | Status
B1         | C2          | 2026-11-22     |
"""
CALLS = f"""
Contact ID | Customer ID | Due Key                                | Contact At | Result
K1         | C2          | C2/{OTHER_VIN}/DLV-3D/2026-11-14/1     | 2026-11-17 | Reached
K2         | C2          | C2/{OTHER_VIN}/DLV-D0/2026-11-14/1;C2/{OTHER_VIN}/DLV-2H/2026-11-14/1 | 2026-11-14 | Reached
K3         | C3          |                                        | 2026-11-17 | Reached
"""
SILENT = """
Customer No | Reason
C2          | asked us
"""
NAME = say("duplicates_sheet", "en")
SHEETS = {
    "Customers": CUSTOMERS, "Vehicles": CARS, "Service Visits": VISITS, "Bookings": BOOKINGS, "Call Log": CALLS,
}  # fmt: skip


def store(folder: Path, **more: str) -> Path:
    return workbook(folder / "Store.xlsx", {**SHEETS, **more})


def merge(path: Path, *options: str) -> dict[str, object]:
    answer = shell("merge-duplicates", path, "--json", "--date", TODAY, *options)
    assert answer.code == 0, answer.err
    return answer.json


def choose(path: Path, choice: str, row: int = duplicates_sheet.HEADING_ROW + 1) -> None:
    book = load_workbook(path)
    book[NAME].cell(row, 1).value = choice
    book.save(path)


def cells(path: Path, sheet: str) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(sheet)


def column(path: Path, sheet: str, heading: str) -> list[object]:
    head, *rows = cells(path, sheet)
    return [row[head.index(heading)] for row in rows if any(row)]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A store whose twins are on the sheet Duplicates, nothing chosen."""
    path = store(tmp_path)
    merge(path)
    return path


def test_twins_are_listed_with_a_proposal_and_nothing_is_merged_by_itself(tmp_path):
    path = store(tmp_path)
    before = {name: cells(path, name) for name in SHEETS}
    made = merge(path)

    (waiting,) = made["waiting"]
    assert (waiting["kept"], waiting["other"], waiting["customer_name"]) == ("C2", "C1", "ADA LEE")
    assert (waiting["kept_rows"], waiting["other_rows"]) == (4, 2)
    assert "Address: 9 Oak St / 1 Elm St" in waiting["differs"]
    assert made["merged"] == []
    assert {name: cells(path, name) for name in SHEETS} == before


def test_the_choice_is_a_drop_down(listed):
    rules = load_workbook(listed)[NAME].data_validations.dataValidation
    choices = [rule.formula1 for rule in rules if str(rule.sqref).startswith("A4")]
    assert choices == ['"merge,merge into the other,keep both"']


def test_merged_the_rows_of_the_other_have_the_number_that_stays(listed):
    """
    Of two rows of a customer sheet one is left: its blanks are filled, what it says itself stays.
    """
    choose(listed, "merge")
    made = merge(listed)

    assert [(each["kept"], each["merged"]) for each in made["merged"]] == [("C2", "C1")]
    assert column(listed, "Customers", "Customer ID") == ["C2", "C3"]
    assert column(listed, "Customers", "Address") == ["9 Oak St", None]
    assert column(listed, "Vehicles", "Customer ID") == ["C2", "C2"]


def test_swapped_the_proposed_one_goes_with_its_keys(listed):
    """
    The proposal is only one: here the poorer row stays. Due keys follow, or done calls would come up again.
    """
    calls = len(today(listed).json["rows"])
    choose(listed, "merge into the other")
    merge(listed)

    assert column(listed, "Customers", "Customer ID") == ["C1", "C3"]
    assert column(listed, "Customers", "Email") == ["a@b.c", None]
    assert column(listed, "Customers", "Hobby horse") == ["tennis", None]
    assert column(listed, "Customers", "Address") == ["1 Elm St", None]
    assert column(listed, "Bookings", "Customer ID") == ["C1"]
    assert column(listed, "Call Log", "Customer ID") == ["C1", "C1", "C3"]
    assert column(listed, "Call Log", "Due Key")[:2] == [
        f"C1/{OTHER_VIN}/DLV-3D/2026-11-14/1",
        f"C1/{OTHER_VIN}/DLV-D0/2026-11-14/1;C1/{OTHER_VIN}/DLV-2H/2026-11-14/1",
    ]
    after = today(listed).json["rows"]
    assert {row["customer_id"] for row in after} <= {"C1", "C3"}
    assert len(after) <= calls
    assert not any("DLV-3D/2026-11-14" in key for row in after for key in row["due_keys"])


def test_the_row_that_went_stands_on_duplicates_as_it_was(listed):
    """Whatever it said differently can still be read, with who decided and when."""
    choose(listed, "merge")
    merge(listed)

    head, *rows = cells(listed, NAME)[duplicates_sheet.HEADING_ROW - 1 :]
    (row,) = [dict(zip(head, row, strict=False)) for row in rows if any(row)]
    assert row["What to do"] == "merge"
    assert row["Decided on"].date() == AS_OF
    assert row["The other as it was"].splitlines() == [
        "Customers, row 2", "Customer ID: C1", "Name: Ada Lee", "Mobile: 13800000001", "Address: 1 Elm St",
    ]  # fmt: skip


def test_the_run_is_journaled_and_the_file_before_is_kept(listed):
    before = listed.read_bytes()
    choose(listed, "merge")
    chosen = listed.read_bytes()
    merge(listed)

    assert "Merge duplicates" in [row[2] for row in cells(listed, "Journal") if len(row) > 2]
    assert chosen in [path.read_bytes() for path in listed.parent.glob("*.backup-*")]
    assert before != chosen


def test_merged_once_more_nothing_happens(listed):
    choose(listed, "merge")
    merge(listed)
    once = listed.read_bytes()
    again = merge(listed)

    assert (again["merged"], again["waiting"]) == ([], [])
    assert listed.read_bytes() == once


def test_kept_apart_they_are_not_asked_about_again(listed):
    """Father and son may have one phone and one name."""
    choose(listed, "keep both")
    assert merge(listed)["kept_apart"] == 1
    assert merge(listed)["waiting"] == []
    problems = shell("check", listed, "--json", "--date", TODAY).json["problems"]
    assert "merge_candidate" not in {problem["code"] for problem in problems}
    assert column(listed, "Customers", "Customer ID") == ["C1", "C2", "C3"]


def test_check_data_lists_them_too_and_leaves_what_is_chosen(listed):
    choose(listed, "merge")
    for _ in range(2):
        with ClosedBook(listed) as book:
            check_data(book, AS_OF, progress=lambda step: None, write=True)
            book.save()
    assert cells(listed, NAME)[duplicates_sheet.HEADING_ROW][:3] == ["merge", "C2", "C1"]


def test_without_twins_no_sheet_is_added(tmp_path):
    path = workbook(tmp_path / "Store.xlsx", {"Customers": CUSTOMERS.replace("C2          | ADA LEE", "C2 | Bo Li")})
    merge(path)
    assert NAME not in load_workbook(path).sheetnames


def test_on_a_wide_sheet_the_row_stays_for_its_car(tmp_path):
    """
    Both rows say the same of the customer afterwards, so that no check finds them different.
    """
    wide = f"""
Customer ID | Name    | Mobile       | Address  | Email | VIN         | Delivery Date
C1          | Ada Lee | '13800000001 | 1 Elm St |       | {VIN}       | 2026-11-18
C2          | Ada Lee | '13800000001 | 9 Oak St | a@b.c | {OTHER_VIN} | 2026-11-14
"""
    path = workbook(tmp_path / "Store.xlsx", {"Our people": wide})
    merge(path)
    choose(path, "merge into the other")
    made = merge(path)

    assert made["refused"] == []
    kept = made["merged"][0]["kept"]
    assert column(path, "Our people", "Customer ID") == [kept, kept]
    assert len(set(column(path, "Our people", "Address"))) == 1
    assert column(path, "Our people", "Email") == ["a@b.c", "a@b.c"]
    assert column(path, "Our people", "VIN") == [VIN, OTHER_VIN]
    codes = {problem["code"] for problem in shell("check", path, "--json", "--date", TODAY).json["problems"]}
    assert not codes & {"key_repeated", "merge_candidate"}


def test_who_must_not_be_called_must_not_be_called_under_the_number_that_stays(tmp_path):
    """Whether a column or the sheet Do Not Contact says it."""
    silent = CUSTOMERS.replace("1 Elm St |                |", "1 Elm St | yes            |")
    path = workbook(tmp_path / "Store.xlsx", {**SHEETS, "Customers": silent})
    merge(path)
    choose(path, "merge")
    merge(path)
    assert column(path, "Customers", "Do Not Contact") == ["yes", None]

    (tmp_path / "listed").mkdir()
    path = store(tmp_path / "listed", **{"Do Not Contact": SILENT})
    merge(path)
    choose(path, "merge into the other")
    merge(path)
    assert column(path, "Do Not Contact", "Customer No") == ["C1"]
    assert "C1" not in {row["customer_id"] for row in today(path).json["rows"]}


def test_outcomes_that_are_not_saved_are_saved_first(tmp_path):
    """They hold the key of the number that would go."""
    path = store(tmp_path)
    today(path)
    merge(path)
    book = load_workbook(path)
    sheet = book["Today's Calls"]
    outcome = next(cell.column for cell in sheet[3] if cell.value == "Outcome")
    name = next(cell.column for cell in sheet[3] if cell.value == "Customer")
    row = next(row for row in range(4, 20) if sheet.cell(row, name).value in ("Ada Lee", "ADA LEE"))
    sheet.cell(row, outcome).value = "Reached"
    book.save(path)
    choose(path, "merge")
    made = merge(path)

    assert made["merged"] == []
    assert "not saved yet" in made["refused"][0]
    assert column(path, "Customers", "Customer ID") == ["C1", "C2", "C3"]


def test_a_word_that_is_none_of_the_choices_is_told(listed):
    choose(listed, "maybe")
    made = merge(listed)
    assert made["refused"] == ["Row 4: 'maybe' is none of the choices."]
    assert cells(listed, NAME)[duplicates_sheet.HEADING_ROW][0] == "maybe"


def test_a_pair_that_is_none_any_more_is_told(listed):
    choose(listed, "merge")
    book = load_workbook(listed)
    book["Customers"]["C3"].value = "13800000777"
    book.save(listed)
    assert "not two customers" in merge(listed)["refused"][0]
    assert column(listed, "Customers", "Customer ID") == ["C1", "C2", "C3"]


def test_a_dry_run_merges_nothing(listed):
    choose(listed, "merge")
    before = listed.read_bytes()
    assert merge(listed, "--dry-run")["merged"]
    assert listed.read_bytes() == before


def test_three_of_one_end_under_one_number(tmp_path):
    """Whichever is chosen to stay of each pair, all cars are one customer's at the end."""
    three = CUSTOMERS.replace("'13800000009", "'13800000001")
    path = workbook(tmp_path / "Store.xlsx", {**SHEETS, "Customers": three})
    merge(path)
    choose(path, "merge into the other", 4)
    choose(path, "merge", 5)
    made = merge(path)

    assert len(made["merged"]) == 2
    (left,) = column(path, "Customers", "Customer ID")
    assert column(path, "Vehicles", "Customer ID") == [left, left]
    assert column(path, "Call Log", "Customer ID") == [left] * 3


TEXTS = st.sampled_from(["", "x", "y"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=2), st.sampled_from(["merge", "merge into the other"]))
def test_whatever_was_typed_can_be_read_afterwards(tmp_path_factory, typed, choice):
    """In the row that stays or beside it on Duplicates."""
    folder = tmp_path_factory.mktemp("typed")
    rows = "\n".join(f"C{n} | Ada Lee | '13800000001 | {a}{n} | {b}{n}" for n, (a, b) in enumerate(typed, 1))
    path = workbook(
        folder / "Store.xlsx",
        {"Customers": f"Customer ID | Name | Mobile | Address | Hobby horse\n{rows}", "Vehicles": CARS},
    )
    merge(path)
    choose(path, choice)
    merge(path)
    told = "\n".join(str(cell) for sheet in ("Customers", NAME) for row in cells(path, sheet) for cell in row)
    assert all(f"{text}{n}" in told for n, pair in enumerate(typed, 1) for text in pair)


def test_a_number_that_a_formula_makes_is_left_alone(tmp_path):
    """Nothing of such a pair is merged, not even in part."""
    path = store(tmp_path)
    book = load_workbook(path)
    book["Customers"]["A2"].value = '="C"&1'  # without a value from Excel: the customer goes by the phone
    book.save(path)
    (waiting,) = merge(path)["waiting"]
    assert (waiting["kept"], waiting["other"]) == ("C2", "13800000001")
    choose(path, "merge")
    before = {name: cells(path, name) for name in SHEETS}

    assert "a formula stands" in merge(path)["refused"][0]
    assert {name: cells(path, name) for name in SHEETS} == before


def test_whoever_is_to_be_told_of_a_hand_over_is_told_under_the_number_that_stays(tmp_path):
    customers = CUSTOMERS.replace("Hobby horse", "Sales Advisor").replace("tennis", "Li").replace(
        "1 Elm St |                |", "1 Elm St |                | Li"
    )  # fmt: skip
    staff = "Staff ID | Name | Role | Status\n1 | Li | SA | Left\n2 | Wu | SA | Active"
    path = workbook(tmp_path / "Store.xlsx", {**SHEETS, "Customers": customers, "Staff": staff})
    assert shell("hand-over", path, "--from", "Li", "--to", "Wu", "--date", TODAY).code == 0
    merge(path)
    choose(path, "merge")
    merge(path)

    form = cells(path, say("hand_over_sheet", "en"))
    told = [row[0] for row in form[5:] if any(row)]
    assert "C1" not in told
    assert set(told) == {"C2"}
