"""Generating the calls loses nothing: neither what the staff keep nor what a clerk typed and did not save yet."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.actions.drawn import (
    OTHER_VIN,
    TODAY,
    VIN,
    Sheet,
    call_sheet,
    contents,
    office,
    sheet_names,
    shell,
    today,
    type_in,
    typed_in,
    workbook,
)

SAMPLE = Path(__file__).parents[2] / "sample" / "城西店.xlsx"

ENGLISH: dict[str, Sheet] = {
    "Customers": f"""
        Customer ID | Name | Mobile       | VIN         | Delivery Date | Insurance Expiry
        C1          | Ada  | '13900000001 | {VIN}       | 2026-11-18    | 2027-11-01
        C2          | Bo   | '13900000002 | {OTHER_VIN} | 2026-11-04    | 2027-11-01
    """,
}
CHINESE: dict[str, Sheet] = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 车架号      | 交车日期   | 保险到期日
        C1       | 张三     | '13900000001 | {VIN}       | 2026-11-18 | 2027-11-01
        C2       | 李四     | '13900000002 | {OTHER_VIN} | 2026-11-04 | 2027-11-01
    """,
}
THIRD_DAY = f"C1/{VIN}/DLV-3D/2026-11-18/1"
SEVENTH_DAY = f"C1/{VIN}/DLV-7D-SA/2026-11-18/1"

TYPED = {
    "en": {"Outcome": "No answer", "Satisfaction": "Satisfied", "Notes": "=call again?", "Next contact": "2026-11-23"},
    "zh": {"回访结果": "未接", "满意度": "满意", "备注": "-再打一次", "下次联系日期": dt.datetime(2026, 11, 23)},
}
BY_LANGUAGE = pytest.mark.parametrize(("language", "sheets"), [("en", ENGLISH), ("zh", CHINESE)])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", ENGLISH)


def kept(path: Path, key: str, language: str) -> dict[str, object]:
    row = typed_in(path, key)
    return {heading: row[heading] for heading in TYPED[language]}


# What the staff keep.


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / SAMPLE.name
    shutil.copy(SAMPLE, path)
    assert shell("today", path, "--date", TODAY, "--json").code == 0
    return path


OURS = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/workbook.xml",
}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_that_is_not_ours_keeps_its_bytes(sample: Path) -> None:
    before, after = parts(SAMPLE), parts(sample)

    changed = {name for name in before if after.get(name) != before[name]}
    added = set(after) - set(before)
    assert changed <= OURS
    assert len(added) == 2
    assert all(name.startswith("xl/worksheets/sheet") for name in added)
    for kind in ("/charts/chart", "/media/", "/drawings/drawing", "/comments", "sharedStrings"):
        assert any(kind in name for name in before), f"the sample has {kind}"


def test_the_order_of_the_zip_and_the_file_before_are_kept(sample: Path) -> None:
    with zipfile.ZipFile(SAMPLE) as old, zipfile.ZipFile(sample) as new:
        assert [name for name in new.namelist() if name in set(old.namelist())] == old.namelist()
    (backup,) = (path for path in sample.parent.iterdir() if ".backup-" in path.name)
    assert backup.read_bytes() == SAMPLE.read_bytes()


def test_in_place_again_nothing_changes(sample: Path) -> None:
    before = contents(sample.parent)

    today(sample)

    assert contents(sample.parent) == before


def test_our_sheets_come_after_the_staffs(sample: Path) -> None:
    names = sheet_names(sample)

    assert names[-2:] == ["今日回访", "数据质检"]


# What a clerk typed.


@BY_LANGUAGE
def test_what_was_typed_is_there_after_generating_again(
    language: str, sheets: dict[str, Sheet], tmp_path: Path
) -> None:
    path = workbook(tmp_path / "Store.xlsx", sheets)
    today(path)
    type_in(path, THIRD_DAY, TYPED[language])

    today(path)

    assert kept(path, THIRD_DAY, language) == TYPED[language]


@BY_LANGUAGE
def test_what_was_typed_follows_its_call_to_another_row_the_next_day(
    language: str, sheets: dict[str, Sheet], tmp_path: Path
) -> None:
    path = workbook(tmp_path / "Store.xlsx", sheets)
    today(path)
    before = [row.get("Customer", row.get("客户")) for row in call_sheet(path)]
    type_in(path, THIRD_DAY, TYPED[language])

    shell("today", path, "--date", "2026-11-25", "--json")

    assert kept(path, THIRD_DAY, language) == TYPED[language]
    assert [row.get("Customer", row.get("客户")) for row in call_sheet(path)] != before


@BY_LANGUAGE
def test_what_was_typed_stays_below_the_list_when_it_is_no_longer_due(
    language: str, sheets: dict[str, Sheet], tmp_path: Path
) -> None:
    """Somebody else logged the call, or it expired: the clerk still sees his own words, and why they stand there."""
    path = workbook(tmp_path / "Store.xlsx", sheets)
    today(path)
    type_in(path, THIRD_DAY, TYPED[language])

    for day in ("2027-03-01", "2027-03-02"):
        answer = shell("today", path, "--date", day, "--json")
        assert THIRD_DAY not in {key for row in answer.json["rows"] for key in row["due_keys"]}
        assert kept(path, THIRD_DAY, language) == TYPED[language]
        last = call_sheet(path)[-1]
        why = str(last.get("Why", last.get("回访原因")))
        assert why.count("No longer due; not saved yet.") + why.count("已不在今日名单，尚未保存。") == 1


def test_a_row_that_is_due_again_takes_its_words_back(store: Path) -> None:
    today(store)
    type_in(store, THIRD_DAY, TYPED["en"])
    shell("today", store, "--date", "2027-03-01", "--json")

    today(store)

    assert kept(store, THIRD_DAY, "en") == TYPED["en"]
    assert "No longer due" not in str(typed_in(store, THIRD_DAY)["Why"])


def test_rows_that_become_one_call_keep_both_notes(store: Path) -> None:
    """On one day two roles, later one row: the second note stays below the list rather than replacing the first."""
    today(store)
    with_note = {"Notes": "first"}
    type_in(store, THIRD_DAY, with_note)
    book = office(store)
    sheet = book["Today's Calls"]
    sheet.append([None] * 15 + ["second", None, SEVENTH_DAY])
    book.save(store)

    shell("today", store, "--date", "2026-11-25", "--json")

    assert sorted(str(row["Notes"]) for row in call_sheet(store) if row["Notes"]) == ["first", "second"]


def test_a_row_that_the_clerk_added_stays_as_it_is(store: Path) -> None:
    today(store)
    book = office(store)
    book["Today's Calls"].append([None, "Walk-in Tom", "13977777777"])
    book.save(store)

    for _ in range(2):
        today(store)
        row = call_sheet(store)[-1]
        assert (row["Customer"], row["Phone"], row["Why"]) == ("Walk-in Tom", "13977777777", None)


def test_columns_that_the_clerk_added_stay_beside_their_calls(store: Path) -> None:
    today(store)
    book = office(store)
    sheet = book["Today's Calls"]
    sheet.insert_cols(15)
    sheet.cell(3, 15).value = "Mood"
    sheet.cell(3, 26).value = "Gift"
    for row in range(4, sheet.max_row + 1):
        if THIRD_DAY in str(sheet.cell(row, 19).value):
            sheet.cell(row, 15).value, sheet.cell(row, 26).value = "cheerful", "umbrella"
    book.save(store)

    for day in (TODAY, "2026-11-25"):
        assert shell("today", store, "--date", day, "--json").code == 0
        row = next(row for row in call_sheet(store) if THIRD_DAY in str(row["Key"]))
        assert list(row)[-3:] == ["Survey answers", "Mood", "Gift"]
        assert (row["Mood"], row["Gift"]) == ("cheerful", "umbrella")


def test_a_heading_of_ours_under_another_name_is_no_column_of_the_clerks(store: Path) -> None:
    """Else every row would count as typed into, and none would ever leave the sheet."""
    today(store)
    book = office(store)
    book["Today's Calls"]["G3"] = "Reason"
    book.save(store)

    shell("today", store, "--date", "2027-03-01", "--json")

    assert "Reason" not in call_sheet(store)[0]
    assert not any("No longer due" in str(row["Why"]) for row in call_sheet(store))


def test_changing_the_language_keeps_the_sheet_and_what_was_typed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Settings": "Parameter | Value\nlanguage | en"})
    today(path)
    type_in(path, THIRD_DAY, TYPED["en"])
    book = office(path)
    book["Settings"]["B2"] = "zh"
    book.save(path)

    today(path)

    assert office(path).sheetnames == ["Customers", "Settings", "Today's Calls", "Data Checks"]
    row = typed_in(path, THIRD_DAY)
    assert [row[heading] for heading in TYPED["zh"]] == list(TYPED["en"].values())
    assert "3天回访" in str(row["回访原因"])


def test_the_note_of_a_row_no_longer_due_changes_language_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Settings": "Parameter | Value\nlanguage | en"})
    today(path)
    type_in(path, THIRD_DAY, {"Notes": "later"})
    shell("today", path, "--date", "2027-03-01", "--json")
    book = office(path)
    book["Settings"]["B2"] = "zh"
    book.save(path)

    shell("today", path, "--date", "2027-03-01", "--json")

    why = str(typed_in(path, THIRD_DAY)["回访原因"])
    assert why.startswith("已不在今日名单，尚未保存。")
    assert "No longer due" not in why


# Sheets of the staff's that bear our names.


@pytest.mark.parametrize(
    ("name", "sheets"),
    [
        ("今日回访", CHINESE),
        ("数据质检", CHINESE),
        ("Today's Calls", ENGLISH),
        ("TODAY'S CALLS", ENGLISH),
        ("Data Checks", ENGLISH),
    ],
)
def test_a_sheet_of_the_staffs_under_our_name_is_not_overwritten(
    name: str, sheets: dict[str, Sheet], tmp_path: Path
) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**sheets, name: "客户|电话|谁打\n张三|'139|李雷"})
    before = contents(tmp_path)

    answer = shell("today", path, "--date", TODAY, "--json")

    assert (answer.code, answer.out) == (2, "")
    assert "was not made by this program" in answer.err
    assert "put its headings back or give it another name" in answer.err
    assert contents(tmp_path) == before
    assert today(path, "--dry-run").rows("customer_id"), "looking is still possible"


def test_a_sheet_of_the_staffs_under_our_name_in_the_other_language_is_not_in_the_way(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "今日回访": "客户|电话\n张三|'139"})

    today(path)

    book = office(path)
    assert book.sheetnames == ["Customers", "今日回访", "Today's Calls", "Data Checks"]
    assert book["今日回访"]["A2"].value == "张三"


def test_a_blank_sheet_under_our_name_is_used(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Today's Calls": ""})

    today(path)

    assert call_sheet(path)[0]["Customer"] == "Bo"


def test_a_call_sheet_without_its_key_column_is_not_overwritten(store: Path) -> None:
    """Without keys nobody could say to which call a typed outcome belongs."""
    today(store)
    book = office(store)
    book["Today's Calls"].delete_cols(18)
    book.save(store)
    before = contents(store.parent)

    answer = shell("today", store, "--date", TODAY, "--json")

    assert answer.code == 2
    assert "its headings were changed" in answer.err
    assert contents(store.parent) == before


def test_a_call_sheet_may_be_moved_and_get_a_row_above(store: Path) -> None:
    today(store)
    type_in(store, THIRD_DAY, TYPED["en"])
    book = office(store)
    book.move_sheet("Today's Calls", -5)
    book["Today's Calls"].insert_rows(1)
    book.save(store)

    today(store)

    assert kept(store, THIRD_DAY, "en") == TYPED["en"]
    assert office(store).sheetnames[0] == "Today's Calls"


# Little to do.


@BY_LANGUAGE
def test_an_empty_template_gives_an_empty_list(language: str, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    headings = {name: str(sheet).strip().splitlines()[0] for name, sheet in sheets.items()}
    path = workbook(tmp_path / "Store.xlsx", headings)  # type: ignore[arg-type]

    answer = today(path)

    assert answer.json["rows"] == []
    assert answer.json["problems"] == []
    assert len(call_sheet(path)) == 0
    assert today(path).out == answer.out


def test_nobody_due_is_said_in_the_sheet(store: Path) -> None:
    shell("today", store, "--date", "2026-11-01", "--json")

    sheet = office(store)["Today's Calls"]
    assert str(sheet["A2"].value).startswith("Nobody to call today.")
