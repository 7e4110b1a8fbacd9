"""Copies of a workbook are merged through files: every outcome has a fixture, and answers are written back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.actions.clerk import cells, change
from tests.actions.drawn import OTHER_VIN, VIN, Answer, sheet_names, shell, workbook
from xl_retention.sheets.merging import conflicts_sheet
from xl_retention.sheets.wording import say

HEAD = "Customer ID | Name | Mobile       | DNC | Remark\n"
BASE = (
    HEAD
    + """
C1          | Ada  | '13900000001 |     |
C2          | Bo   | '13900000002 |     |
C3          | Cy   | '13900000003 |     |
""".lstrip()
)
LAST = "C3          | Cy   | '13900000003 |     |\n"
CHINESE_HEAD = "客户编号 | 客户姓名 | 手机 | 免打扰 | 备注\n"
VISITS = f"Repair Order | VIN | Visit Date | Odometer\nR1 | {VIN} | 2026-01-05 | 5000"


class Desk:
    """A folder with the workbook, what it was, and copies of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def draw(self, name: str, customers: str, **sheets: str) -> Path:
        return workbook(self.folder / f"{name}.xlsx", {"Customers": customers, **sheets})

    def merge(self, mine: str, *copies: str, base: str | None = BASE) -> Answer:
        """Merges copies with these customers; the result is `out.xlsx`."""
        paths = [self.draw(f"Copy{number}", customers) for number, customers in enumerate(copies)]
        more = ["--base", self.draw("Base", base)] if base else []
        return self.run(self.draw("Store", mine), *paths, *more)

    def run(self, *arguments: object) -> Answer:
        answer = shell("merge", *arguments, "--out", self.out, "--json")
        assert answer.code == 0, answer.err
        return answer

    @property
    def out(self) -> Path:
        return self.folder / "out.xlsx"

    def customers(self) -> list[list[object]]:
        return [row for row in cells(self.out, "Customers")[1:] if any(row)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def kinds(answer: Answer) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["key"], each["field"]) for each in answer.json["conflicts"]]


def test_json_has_the_promised_keys(desk: Desk) -> None:
    answer = desk.merge(BASE.replace("Ada", "Ada L"), BASE.replace("Ada", "Ada M"))

    assert list(answer.json)[:4] == ["added", "updated", "conflicts", "unchanged"]
    found = answer.json["conflicts"][0]
    assert {name: found[name] for name in ("table", "key", "field", "kind", "base", "mine", "theirs")} == {
        "table": "customer", "key": "C1", "field": "customer_name", "kind": "both_changed", "base": "Ada",
        "mine": "Ada L", "theirs": "Ada M",
    }  # fmt: skip


def test_equal_copies_give_the_workbook_as_it_was(desk: Desk) -> None:
    answer = desk.merge(BASE, BASE)

    assert (answer.json["added"], answer.json["updated"], answer.json["unchanged"]) == (0, 0, 3)
    assert desk.customers() == cells(desk.folder / "Store.xlsx", "Customers")[1:]


def test_changes_of_both_sides_come_together(desk: Desk) -> None:
    mine = BASE.replace("Ada ", "Ada L ") + "C4 | Di | '13900000004 | |\n"
    theirs = BASE.replace("'13900000002", "'13900000099") + "C5 | Ed | '13900000005 | yes |\n"

    answer = desk.merge(mine, theirs)

    assert (answer.json["added"], answer.json["updated"], answer.json["conflicts"]) == (1, 1, [])
    assert [row[:4] for row in desk.customers()] == [
        ["C1", "Ada L", "13900000001", None],
        ["C2", "Bo", "13900000099", None],
        ["C3", "Cy", "13900000003", None],
        ["C4", "Di", "13900000004", None],
        ["C5", "Ed", "13900000005", "yes"],
    ]


def test_sorted_and_moved_columns_make_no_difference(desk: Desk) -> None:
    theirs = """
    Remark | Mobile       | Name | Customer ID | DNC
           | '13900000003 | Cy   | C3          |
           | '13900000009 | Bo   | C2          |
           | '13900000001 | Ada  | C1          |
    """.strip()

    answer = desk.merge(BASE, theirs)

    assert (answer.json["added"], answer.json["updated"], answer.json["conflicts"]) == (0, 1, [])
    assert desk.customers()[1][2] == "13900000009"


def test_the_same_value_spelled_in_another_way_is_the_same(desk: Desk) -> None:
    theirs = BASE.replace("'13900000001", "139-0000-0001").replace("'13900000002", "+86 13900000002")

    assert desk.merge(BASE, theirs).json["unchanged"] == 3


def test_a_chinese_copy_of_an_english_workbook_is_merged_by_field(desk: Desk) -> None:
    body = BASE.removeprefix(HEAD)

    answer = desk.merge(BASE, CHINESE_HEAD + body.replace("'13900000001 |     |", "'13900000001 | 是 |"))

    assert (answer.json["updated"], answer.json["conflicts"]) == (1, [])
    assert desk.customers()[0][3] == "是"


def test_each_outcome_that_has_to_be_asked_is_on_the_sheet_conflicts(desk: Desk) -> None:
    mine = (
        HEAD
        + """
C1 | Ada L | '13900000001 | |
C3 | Cyrus | '13900000003 | |
C4 | Di    | '13900000004 | |
C5 | Ed    | '13900000005 | |
""".lstrip()
    )
    theirs = (
        "Customer ID | Name | Mobile | DNC | Remark | Dog\n"
        + """
C1 | Ada M | '13900000001 | |   | Rex
C2 | Bob   | '13900000002 | |   |
C4 | Fay   | '13900000006 | |   |
C9 | Ed    | '13900000005 | |   |
""".lstrip()
    )

    answer = desk.merge(mine, theirs)

    assert sorted(kinds(answer)) == [
        ("both_changed", "C1", "customer_name"),
        ("edited_and_deleted", "C2", ""),
        ("edited_and_deleted", "C3", ""),
        ("one_person_under_two_numbers", "C9", "customer_id"),
        ("two_adds_under_one_number", "C4", "customer_id"),
        ("unknown_column", "", "Dog"),
    ]
    asked = conflicts_sheet.read(cells(desk.out, "Conflicts"))
    assert sorted(each.question.kind for each in asked) == sorted(kind for kind, _, _ in kinds(answer))
    assert desk.customers()[0][5] == "Rex"


def test_an_unknown_sheet_comes_in_and_is_told(desk: Desk) -> None:
    copy = desk.draw("East", BASE, Ideas="Free coffee | on Monday")

    answer = desk.run(desk.draw("Store", BASE), copy, "--base", desk.draw("Base", BASE))

    assert kinds(answer) == [("unknown_sheet", "", "")]
    assert cells(desk.out, "Ideas") == [["Free coffee", "on Monday"]]


def test_a_sheet_that_says_something_else_comes_in_beside_ours(desk: Desk) -> None:
    store, copy = desk.draw("Store", BASE, Ideas="Tea | now"), desk.draw("East", BASE, Ideas="Coffee | now")

    answer = desk.run(store, copy)

    assert kinds(answer) == [("unknown_sheet", "", "")]
    assert cells(desk.out, "Ideas") == [["Tea", "now"]]
    assert cells(desk.out, "Ideas (East)") == [["Coffee", "now"]]
    assert kinds(desk.run(desk.out, copy)) == []


def test_logs_unite_and_a_table_that_was_not_here_comes_in(desk: Desk) -> None:
    log = "Call ID | Customer ID | Contact Date | Agent | Outcome\nL1 | C1 | 2026-01-02 | Amy | 接通\n"
    store = desk.draw("Store", BASE, **{"Call Log": log + "L2 | C1 | 2026-01-03 | Amy | 接通\n"})
    copy = desk.draw("East", BASE, **{"Call Log": log + "L2 | C2 | 2026-01-04 | Bob | 未接\n", "Visits": VISITS})

    answer = desk.run(store, copy, "--base", desk.draw("Base", BASE, **{"Call Log": log}))

    assert answer.json["added"] == 2
    assert [row[1] for row in cells(desk.out, "Call Log")[1:]] == ["C1", "C1", "C2"]
    assert cells(desk.out, "Visits")[1][0] == "R1"


def test_three_stores_in_one_command(desk: Desk) -> None:
    copies = [BASE + f"C{n} | Name{n} | '1390000001{n} | |\n" for n in (4, 5)]

    answer = desk.merge(BASE + "C6 | Six | '13900000016 | |\n", *copies)

    assert (answer.json["added"], answer.json["conflicts"]) == (2, [])
    assert [row[0] for row in desk.customers()] == ["C1", "C2", "C3", "C6", "C4", "C5"]


def test_other_parts_of_the_workbook_stay_byte_for_byte(desk: Desk) -> None:
    store = desk.draw("Store", BASE, Visits=VISITS, Ideas="Tea | now")
    copy = desk.draw("East", BASE + "C4 | Di | '13900000004 | |\n", Visits=VISITS, Ideas="Tea | now")

    desk.run(store, copy)

    with zipfile.ZipFile(store) as before, zipfile.ZipFile(desk.out) as after:
        same = {name for name in before.namelist() if before.read(name) == after.read(name)}
    assert {
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/sharedStrings.xml",
        "xl/theme/theme1.xml",
    } <= same


def test_a_formula_is_kept_and_what_the_copy_says_is_told(desk: Desk) -> None:
    store = desk.draw("Store", BASE)
    book = load_workbook(store)
    book["Customers"]["E2"] = '="no "&"dog"'
    book.save(store)

    answer = desk.run(store, desk.draw("East", BASE.replace("'13900000001 |     |", "'13900000001 | | two dogs")))

    assert ("formula_kept", "C1", "remark") in kinds(answer)
    assert load_workbook(desk.out)["Customers"]["E2"].value == '="no "&"dog"'


def test_a_column_that_formulas_fill_is_told_once(desk: Desk) -> None:
    body = "".join(f"C{n} | Name{n} | '139000000{n:02} | | {{}}\n" for n in range(10, 40))
    store = desk.draw("Store", HEAD + body.format(*["x"] * 30))
    book = load_workbook(store)
    for row in range(2, 32):
        book["Customers"][f"E{row}"] = '="computed"'
    book.save(store)

    answer = desk.run(store, desk.draw("East", HEAD + body.format(*[f"shown {n}" for n in range(30)])))

    assert (answer.json["conflicts"], answer.json["updated"]) == ([], 0)
    assert sum("Formulas fill" in notice for notice in answer.json["notices"]) == 1


def test_columns_of_ours_in_a_copy_are_no_new_columns(desk: Desk) -> None:
    head = HEAD.replace("Remark", "Remark | Our class")
    store = desk.draw(
        "Store", BASE, Mapping="Sheet | Heading | Table | Field\nCustomers | Our class | xl_retention | x"
    )

    answer = desk.run(store, desk.draw("East", head + "C1 | Ada | '13900000001 | | | gold\n"))

    assert answer.json["conflicts"] == []


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    store, copy = desk.draw("Store", BASE), desk.draw("East", BASE.replace("Ada", "Eva"))
    before = store.read_bytes()

    answer = shell("merge", store, copy, "--dry-run", "--json")

    assert (answer.code, len(answer.json["conflicts"]), store.read_bytes()) == (0, 1, before)


def test_customers_with_and_without_cars_on_their_rows_are_refused(desk: Desk) -> None:
    wide = HEAD.replace("Remark", "VIN") + f"C1 | Ada | '13900000001 | | {VIN}\n"
    vehicles = f"VIN | Customer ID | Plate\n{OTHER_VIN} | C1 | 沪A12345"

    answer = shell("merge", desk.draw("Store", wide), desk.draw("East", BASE, Vehicles=vehicles), "--out", desk.out)

    assert answer.code == 2
    assert "on other sheets" in answer.err
    assert not desk.out.exists()


# --- where a copy comes from -----------------------------------------------------------------------------------------


def test_a_copy_that_was_merged_before_is_noticed(desk: Desk) -> None:
    store, copy = desk.draw("Store", BASE), desk.draw("East", BASE + "C4 | Di | '13900000004 | |\n")
    first = desk.run(store, copy)
    again = desk.run(desk.out, copy)

    assert not any("merged before" in notice for notice in first.json["notices"])
    assert any("merged before" in notice for notice in again.json["notices"])
    assert (again.json["added"], again.json["updated"], again.json["conflicts"]) == (0, 0, [])


def test_an_older_and_a_foreign_copy_are_noticed(desk: Desk) -> None:
    store = desk.draw("Store", BASE)
    older = desk.draw("Older", HEAD + "C1 | Ada | '13900000001 | |\n")
    foreign = desk.draw("Foreign", HEAD + "X1 | Zoe | '13900000077 | |\n")

    assert any("older state" in notice for notice in desk.run(store, older).json["notices"])
    assert any("another workbook" in notice for notice in desk.run(store, foreign).json["notices"])


# --- answers ---------------------------------------------------------------------------------------------------------


def answered(desk: Desk, mine: str, theirs: str, answer: str, typed: object = None) -> Answer:
    """Merges, answers the first question, and carries the answer out."""
    desk.merge(mine, theirs)
    columns = list(conflicts_sheet.COLUMNS)

    def fill(rows: list[list[object]]) -> None:
        row = rows[conflicts_sheet.HEADING_ROW]
        row[columns.index("answer")], row[columns.index("typed")] = answer, typed

    change(desk.out, "Conflicts", fill)
    result = shell("apply-answers", desk.out, "--json")
    assert result.code == 0, result.err
    return result


def in_force(desk: Desk) -> object:
    """What the first row of Conflicts says is in force."""
    return cells(desk.out, "Conflicts")[conflicts_sheet.HEADING_ROW][list(conflicts_sheet.COLUMNS).index("stands")]


@pytest.mark.parametrize(
    ("answer", "typed", "stands"),
    [("here", None, "Ada L"), ("copy", None, "Ada M"), ("typed", "Ada N", "Ada N"), ("副本", None, "Ada M")],
)
def test_the_chosen_word_is_written(desk: Desk, answer: str, typed: str | None, stands: str) -> None:
    result = answered(desk, BASE.replace("Ada ", "Ada L "), BASE.replace("Ada ", "Ada M "), answer, typed)

    assert (result.json["applied"], result.json["left"]) == (1, 0)
    assert desk.customers()[0][1] == stands
    row = cells(desk.out, "Conflicts")[conflicts_sheet.HEADING_ROW]
    assert row[list(conflicts_sheet.COLUMNS).index("answered_on")] is not None
    assert shell("apply-answers", desk.out, "--json").json["applied"] == 0, "an answer is carried out once"


@pytest.mark.parametrize(
    ("answer", "typed", "now"),
    [("here", None, "here"), ("copy", None, "copy"), ("typed", "Ada N", "typed"), ("副本", None, "copy")],
)
def test_what_was_chosen_is_in_force_from_then_on(desk: Desk, answer: str, typed: str | None, now: str) -> None:
    mine, theirs = BASE.replace("Ada ", "Ada L "), BASE.replace("Ada ", "Ada M ")
    desk.merge(mine, theirs)
    assert in_force(desk) == "here"

    answered(desk, mine, theirs, answer, typed)
    assert in_force(desk) == now


@pytest.mark.parametrize(("answer", "now"), [("here", "here"), ("copy", "copy"), ("typed", "copy")])
def test_of_a_row_deleted_here_the_side_that_was_chosen_is_in_force(desk: Desk, answer: str, now: str) -> None:
    """
    Where nothing but the row can be typed, typed stands for the row that is left.
    """
    answered(desk, BASE.replace(LAST, ""), BASE.replace("Cy ", "Cyrus "), answer, "keep it")

    assert in_force(desk) == now


@pytest.mark.parametrize(
    ("typed", "now"),
    [("C5", "both"), ("C2", "here")],  # C2 is taken, so that nothing was written
)
def test_two_rows_of_one_number_are_both_in_force_once_the_second_has_its_own(desk: Desk, typed: str, now: str) -> None:
    mine, theirs = BASE + "C4 | Di | '13900000004 | |\n", BASE + "C4 | Fay | '13900000006 | |\n"
    answered(desk, mine, theirs, "typed", typed)

    assert in_force(desk) == now


@pytest.mark.parametrize(("answer", "count"), [("here", 2), ("copy", 3)])
def test_a_row_deleted_here_and_edited_there_comes_back_if_the_copy_counts(desk: Desk, answer: str, count: int) -> None:
    answered(desk, BASE.replace(LAST, ""), BASE.replace("Cy ", "Cyrus "), answer)

    assert len(desk.customers()) == count


@pytest.mark.parametrize(("answer", "count"), [("here", 3), ("copy", 2)])
def test_a_row_edited_here_and_deleted_there_goes_if_the_copy_counts(desk: Desk, answer: str, count: int) -> None:
    answered(desk, BASE.replace("Cy ", "Cyrus "), BASE.replace(LAST, ""), answer)

    assert len(desk.customers()) == count


@pytest.mark.parametrize(
    ("answer", "typed", "rows"),
    [
        ("here", None, [["C4", "Di"]]),
        ("copy", None, [["C4", "Fay"]]),
        ("typed", "C5", [["C4", "Di"], ["C5", "Fay"]]),
        ("typed", "C2", [["C4", "Di"]]),
    ],
)
def test_the_second_row_under_one_number_gets_the_number_that_is_typed(
    desk: Desk, answer: str, typed: str | None, rows: list[list[str]]
) -> None:
    mine, theirs = BASE + "C4 | Di | '13900000004 | |\n", BASE + "C4 | Fay | '13900000006 | |\n"

    result = answered(desk, mine, theirs, answer, typed)

    assert [row[:2] for row in desk.customers()[3:]] == rows
    assert bool(result.json["refused"]) == (typed == "C2")


def test_the_sheet_speaks_the_language_of_the_workbook(desk: Desk) -> None:
    body = BASE.removeprefix(HEAD)
    store = workbook(desk.folder / "店.xlsx", {"客户档案": CHINESE_HEAD + body.replace("Ada ", "王一 ")})
    copy = workbook(desk.folder / "东.xlsx", {"客户档案": CHINESE_HEAD + body.replace("Ada ", "王二 ")})

    desk.run(store, copy)

    assert say("conflicts_sheet", "zh") in sheet_names(desk.out)
    assert cells(desk.out, "合并冲突")[conflicts_sheet.HEADING_ROW][:2] == ["双方都改了此单元格", "客户档案"]
