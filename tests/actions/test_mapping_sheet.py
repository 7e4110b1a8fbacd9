"""The sheet Mapping: questions with their candidates, answers that stay, and what became of a column."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.actions.drawn import AS_OF, VIN, check, today, workbook
from xl_retention.actions.check_data import check_data
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.reading import mapping_sheet
from xl_retention.sheets.reading.reader import read_understood

PHONES = ("13800138000", "13900139001", "13700137002", "18600186003")
ROWS = "\n".join(f"C{n}|王{n}|男|'{phone}|2024-03-0{n + 1}|x" for n, phone in enumerate(PHONES))
SHEET = f"客户编号|客户姓名|性别|车友电话|日期|鞋码\n{ROWS}"
CARS = f"车架号|车牌号|客户编号|交车日期\n{VIN}|京A12345|C1|2024-03-05"


def store(folder: Path, sheet: str = SHEET, **more: str) -> Path:
    return workbook(folder / "Store.xlsx", {"客户档案": sheet, "车辆档案": CARS, **more})


def checked(path: Path) -> list[list[object]]:
    """Presses Check data; the rows of the sheet Mapping from its heading row on."""
    with ClosedBook(path) as book:
        check_data(book, AS_OF, progress=lambda step: None, write=True)
        book.save()
    with ClosedBook(path) as book:
        rows = book.read("对照表")
    return rows[mapping_sheet.HEADING_ROW - 1 :]


def answer(path: Path, heading: str, text: str, column: int = 4) -> None:
    book = load_workbook(path)
    (cell,) = [row[column - 1] for row in book["对照表"].iter_rows() if row[1].value == heading]
    cell.value = text
    book.save(path)


def mapped(path: Path) -> dict[str, str]:
    (sheet,) = [each for each in check(path).json["mapping"] if each["sheet"] == "客户档案"]
    return {heading: field for field, heading in sheet["columns"].items()}


def test_a_heading_that_nobody_knows_is_asked_about_with_its_candidates(tmp_path):
    """
    By its cells it is a phone; whose, only the store knows. What tells nothing is not asked about.
    """
    rows = checked(store(tmp_path))
    asked = [row for row in rows if row[4] == "请确认"]

    assert [row[:6] for row in asked] == [["客户档案", "车友电话", None, None, "请确认", "D"]]
    assert [cell for cell in asked[0][6:] if cell] == ["手机 (customer.mobile)", "-"]
    assert check(tmp_path / "Store.xlsx").json["mapping"][0]["questions"] == [
        {"heading": "车友电话", "candidates": ["customer.mobile"]}
    ]


def test_the_drop_down_of_a_row_offers_its_own_candidates(tmp_path):
    path = store(tmp_path)
    checked(path)
    sheet = load_workbook(path)["对照表"]
    (rule,) = [each for each in sheet.data_validations.dataValidation if "D4" in str(each.sqref).split(":")[0]]

    assert rule.formula1 == "$G4:$K4"
    assert not rule.showErrorMessage  # a name that is typed instead is as good


def test_what_was_found_is_listed_below(tmp_path):
    found = [row[:6] for row in checked(store(tmp_path)) if row[4] == "已识别"]

    assert ["客户档案", "客户编号", "customer", "customer_id", "已识别", "A"] in found
    assert ["车辆档案", "车架号", "vehicle", "vin", "已识别", "A"] in found


def test_an_answer_is_remembered_and_not_asked_again(tmp_path):
    path = store(tmp_path)
    checked(path)
    answer(path, "车友电话", "customer.mobile")

    assert mapped(path)["车友电话"] == "mobile"
    rows = checked(path)
    assert [row[3:5] for row in rows if row[1] == "车友电话"] == [["customer.mobile", "已确认"]]
    assert rows == checked(path)


def test_not_used_is_an_answer(tmp_path):
    path = store(tmp_path)
    checked(path)
    answer(path, "车友电话", "-")

    assert "车友电话" not in mapped(path)
    assert check(path).json["mapping"][0]["questions"] == []
    assert [row[4] for row in checked(path) if row[1] == "车友电话"] == ["已确认"]


def test_a_sheet_that_nobody_could_place_is_asked_about_and_placed_by_the_answer(tmp_path):
    """
    A call log without a number of its own says by no heading that it is one.
    """
    log = "客户编号|回访日期|回访结果|回访人\nC1|2026-11-01|接通|李雷"
    path = store(tmp_path, **{"2026年": log})
    (row,) = [row for row in checked(path) if row[0] == "2026年"]
    assert row[1:5] == [None, None, None, "请确认"]

    book = load_workbook(path)
    (cell,) = [each[2] for each in book["对照表"].iter_rows() if each[0].value == "2026年"]
    cell.value = "contact_log"
    book.save(path)

    assert "contact_log" in {each["table"] for each in check(path).json["mapping"]}
    with ClosedBook(path) as again:
        assert len(read_understood(again).store["contact_log"]) == 1


def edited(path: Path, **headings: str | None) -> None:
    """Renames headings of the customer sheet, `None` takes the column away."""
    book = load_workbook(path)
    sheet = book["客户档案"]
    for cell in list(sheet[1]):
        if cell.value in headings:
            new = headings[str(cell.value)]
            if new is None:
                sheet.delete_cols(cell.column)
            else:
                cell.value = new
    book.save(path)


def drifted(path: Path) -> list[tuple[str, str, str]]:
    found = check(path).json["problems"]
    return [(p["code"], p["cell"], p["found"]) for p in found if p["code"].startswith("column_")]


def test_a_column_that_is_gone_is_told_until_its_row_is_deleted(tmp_path):
    path = store(tmp_path)
    checked(path)
    edited(path, 性别=None)
    ((code, _, found),) = [each for each in drifted(path) if each[0] == "column_gone"]
    assert (code, found) == ("column_gone", "性别")

    rows = checked(path)
    assert [row[4] for row in rows if row[1] == "性别"] == ["已不存在"]
    assert [each[0] for each in drifted(path)] == ["column_gone"]


def test_a_column_that_moved_is_told_and_then_known_at_its_new_place(tmp_path):
    path = store(tmp_path)
    checked(path)
    edited(path, 性别=None)
    assert ("column_moved", "D1", "D") in drifted(path)
    checked(path)
    assert "column_moved" not in {code for code, *_ in drifted(path)}


def test_a_renamed_heading_that_is_still_understood_is_told(tmp_path):
    path = store(tmp_path)
    checked(path)
    edited(path, 客户姓名="车主姓名")
    assert drifted(path) == [("column_renamed", "B1", "车主姓名")]


def test_a_renamed_heading_that_is_not_understood_is_gone(tmp_path):
    path = store(tmp_path)
    checked(path)
    edited(path, 性别="XB")
    assert [(code, found) for code, _, found in drifted(path)] == [("column_gone", "性别")]


def test_a_sheet_of_the_staffs_under_that_name_stays(tmp_path):
    path = store(tmp_path)
    book = load_workbook(path)
    book.create_sheet("对照表").append(["我们的", "笔记"])
    book.save(path)
    with ClosedBook(path) as closed:
        check_data(closed, AS_OF, progress=lambda step: None, write=True)
        closed.save()

    assert [[cell.value for cell in row] for row in load_workbook(path)["对照表"].iter_rows()] == [["我们的", "笔记"]]


def test_columns_of_the_staffs_own_beside_the_answers_stay(tmp_path):
    path = store(tmp_path)
    book = load_workbook(path)
    sheet = book.create_sheet("对照表")
    for row in (["工作表", "列标题", "表", "字段", "谁说的"], ["客户档案", "鞋码", "", "-", "李雷"]):
        sheet.append(row)
    book.save(path)
    with ClosedBook(path) as closed:
        check_data(closed, AS_OF, progress=lambda step: None, write=True)
        closed.save()

    rows = [[cell.value for cell in row] for row in load_workbook(path)["对照表"].iter_rows()]
    assert rows[0][-1] == "谁说的"
    assert [row[-1] for row in rows if row[1] == "鞋码"] == ["李雷"]


def test_nothing_is_written_by_the_command(tmp_path):
    path = store(tmp_path)
    before = path.read_bytes()
    check(path)
    assert path.read_bytes() == before


def fingerprints(path: Path) -> set[str]:
    return {row[-1] for row in checked(path) if row[0] == "客户档案" and row[4] in ("已识别", "已确认")}


def test_rows_and_answers_bear_the_fingerprint_of_the_headings_and_rows_below_do_not_change_it(tmp_path):
    path = store(tmp_path)
    (known,) = fingerprints(path)
    assert len(known) == 12
    answer(path, "车友电话", "customer.mobile")
    assert fingerprints(path) == {known}

    book = load_workbook(path)
    book["客户档案"].append(["C9", "赵六", "女", "13500135009"])
    book.save(path)
    assert fingerprints(path) == {known}


def test_other_headings_have_another_fingerprint(tmp_path):
    """Renamed, moved, gone or come."""
    seen = set()
    for number, sheet in enumerate((SHEET, SHEET.replace("鞋码", "帽码"), SHEET.replace("日期|鞋码", "鞋码|日期"))):
        (tmp_path / str(number)).mkdir()
        seen |= fingerprints(store(tmp_path / str(number), sheet))
    assert len(seen) == 3


def test_an_answered_heading_that_was_renamed_is_told_with_what_stands_there_now(tmp_path):
    """
    In every run, for what it held is not read any more.
    """
    path = store(tmp_path)
    checked(path)
    answer(path, "车友电话", "customer.mobile")
    checked(path)
    edited(path, 车友电话="甲乙丙")
    (gone,) = [each for each in check(path).json["problems"] if each["code"] == "column_gone"]

    assert (gone["found"], gone["severity"]) == ("车友电话", "high")
    assert "甲乙丙" in gone["remedy"]
    assert "column_gone" in {each["code"] for each in today(path).json["problems"]}
    checked(path)
    assert "column_gone" in {code for code, *_ in drifted(path)}, "told until it is mended"


def test_an_answered_heading_that_moved_is_told_once(tmp_path):
    path = store(tmp_path)
    checked(path)
    answer(path, "车友电话", "customer.mobile")
    checked(path)
    edited(path, 性别=None)
    assert ("column_moved", "C1", "C") in drifted(path)
    checked(path)
    assert ("column_moved", "C1", "C") not in drifted(path)


def test_headings_that_came_since_an_answer_are_told_once(tmp_path):
    """Beside others the same heading may mean something else."""
    path = store(tmp_path)
    checked(path)
    answer(path, "车友电话", "customer.mobile")
    checked(path)
    edited(path, 鞋码="帽码")

    def told() -> list[str]:
        found = check(path).json["problems"]
        return [each["sheet"] for each in found if each["code"] == "headings_changed"]

    assert told() == ["客户档案"]
    checked(path)
    assert told() == []


def test_an_answer_typed_by_hand_needs_no_fingerprint(tmp_path):
    path = store(tmp_path)
    book = load_workbook(path)
    sheet = book.create_sheet("对照表")
    for row in (["工作表", "列标题", "表", "字段"], ["客户档案", "车友电话", "customer", "mobile"]):
        sheet.append(row)
    book.save(path)

    assert mapped(path)["车友电话"] == "mobile"
    assert drifted(path) == []


def test_an_answer_chosen_in_words_is_understood(tmp_path):
    path = store(tmp_path)
    checked(path)
    answer(path, "车友电话", "手机 (customer.mobile)")
    assert mapped(path)["车友电话"] == "mobile"
