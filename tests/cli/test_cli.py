"""The contract of the commands: options, JSON, exit codes, and what is written where."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.drawn import OTHER_VIN, TODAY, VIN, contents, office, shell, today, type_in, typed_in, workbook

REPOSITORY = Path(__file__).parents[2]

ENGLISH = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Sales Advisor | CS Owner | VIN         | Delivery Date | Insurance Expiry
        C1          | Ada  | '13900000001 | Meg           | Kim      | {VIN}       | 2026-11-18    | 2027-11-01
        C2          | Bo   | '13900000002 | Rob           | Kim      | {OTHER_VIN} | 2026-11-16    | 2027-11-01
    """,
}
CHINESE = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 销售顾问 | 客服专员 | 车架号      | 交车日期   | 保险到期日
        C1       | 张三     | '13900000001 | 李雷     | 韩梅     | {VIN}       | 2026-11-18 | 2027-11-01
        C2       | 李四     | '13900000002 | 王强     | 韩梅     | {OTHER_VIN} | 2026-11-16 | 2027-11-01
    """,
}
ALL_CALLS = [
    ("C2", "SA", ["DLV-3D", "DLV-7D-SA"]),
    ("C1", "SA", ["DLV-3D"]),
    ("C2", "CS", ["DLV-7D-CS"]),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", ENGLISH)


def test_json_is_one_object_with_the_promised_keys_and_nothing_else(store: Path) -> None:
    answer = shell("today", store, "--date", TODAY, "--json")

    assert answer.code == 0
    assert answer.err == ""
    assert list(answer.json) == ["as_of", "rows", "mailing_list", "suppressed", "problems"]
    assert answer.json["as_of"] == TODAY
    assert answer.json["rows"][1] == {
        "customer_id": "C1",
        "customer_name": "Ada",
        "mobile": "13900000001",
        "vin": VIN,
        "plate_no": "",
        "role": "SA",
        "owner": "Meg",
        "rules": ["DLV-3D"],
        "due_keys": [f"C1/{VIN}/DLV-3D/2026-11-18/1"],
        "due_date": "2026-11-21",
        "deadline": "2026-11-21",
        "overdue_days": 0,
        "priority": 2,
        "value_tier": "未知",
        "reason": "3-day call: delivered 18 Nov, due 21 Nov",
    }
    assert answer.rows("customer_id", "role", "rules") == ALL_CALLS


def test_check_json_has_the_promised_keys(store: Path) -> None:
    answer = shell("check", store, "--date", TODAY, "--json")

    assert list(answer.json) == ["mapping", "problems"]
    (mapping,) = answer.json["mapping"]
    assert (mapping["sheet"], mapping["header_row"], mapping["table"]) == ("Customers", 1, "customer")
    assert mapping["columns"]["customer_name"] == "Name"
    assert mapping["columns"]["vin"] == "VIN"
    assert mapping["unmatched"] == []


def test_check_writes_nothing(store: Path) -> None:
    before = contents(store.parent)

    shell("check", store)

    assert contents(store.parent) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("today", "BOOK", "--date", TODAY, "--json", "--dry-run"),
        ("today", "--date", TODAY, "--json", "--dry-run", "BOOK"),
        ("today", "--date", TODAY, "BOOK", "--dry-run", "--json"),
        ("today", f"--date={TODAY}", "--json", "BOOK", "--dry-run"),
    ],
)
def test_options_may_stand_before_or_after_the_book(arguments: tuple[str, ...], store: Path) -> None:
    answer = shell(*(store if argument == "BOOK" else argument for argument in arguments))

    assert (answer.code, answer.err) == (0, "")
    assert answer.rows("customer_id", "role", "rules") == ALL_CALLS


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("SA", "SA"), ("sa", "SA"), ("销售顾问", "SA"), ("Sales advisor", "SA"), ("sales  ADVISOR", "SA"),
        ("CS", "CS"), ("客服专员", "CS"), ("回访员", "CS"),
        ("KAM", "KAM"), ("客户经理", "KAM"),
    ],
)  # fmt: skip
def test_role_takes_codes_and_names_in_both_languages(typed: str, role: str, store: Path) -> None:
    assert today(store, "--dry-run", "--role", typed).rows("customer_id", "role", "rules") == [
        call for call in ALL_CALLS if call[1] == role
    ]


def test_staff_shows_the_calls_of_one_person(store: Path) -> None:
    assert today(store, "--dry-run", "--staff", "Meg").rows("customer_id") == [("C1",)]
    assert today(store, "--dry-run", "--staff", " Kim ", "--role", "CS").rows("customer_id") == [("C2",)]
    assert today(store, "--dry-run", "--staff", "Nobody").rows("customer_id") == []


def test_a_name_without_calls_is_told_with_the_names_that_have_some(store: Path) -> None:
    """Nobody takes a misspelt name for a day without calls."""
    told = shell("today", store, "--date", TODAY, "--dry-run", "--staff", "Megg").out

    assert "No call is in the name of Megg. Names on today's list: Kim, Meg, Rob." in told
    assert "No call is" not in shell("today", store, "--date", TODAY, "--dry-run", "--staff", "Meg").out


def test_without_a_list_of_calls_save_results_says_what_to_do_first(store: Path) -> None:
    assert "generate today's calls first" in shell("save-results", store, "--date", TODAY).out


def test_a_command_with_nothing_to_list_says_so(store: Path) -> None:
    """An empty screen looks like a fault."""
    assert "Nothing to list." in shell("relations", store, "--date", TODAY, "--dry-run").out
    assert "Nobody fits 'zz'" in shell("customer", store, "--find", "zz", "--date", TODAY, "--dry-run").out


def test_the_workbook_holds_everybodys_calls_whoever_is_asked_for(store: Path) -> None:
    today(store, "--staff", "Meg", "--role", "SA")

    sheet = office(store)["Today's Calls"]
    assert [row[1].value for row in sheet.iter_rows(min_row=4)] == ["Bo", "Ada", "Bo"]


def test_without_a_date_it_is_today(store: Path) -> None:
    answer = shell("today", store, "--json", "--dry-run")

    assert answer.json["as_of"] == dt.date.today().isoformat()


def test_another_day_gives_another_list(store: Path) -> None:
    rows = shell("today", store, "--json", "--dry-run", "--date", "2026-11-25").rows("customer_id", "rules")

    assert rows == [
        ("C2", ["DLV-3D", "DLV-7D-SA"]),
        ("C1", ["DLV-3D", "DLV-7D-SA"]),
        ("C2", ["DLV-7D-CS"]),
        ("C1", ["DLV-7D-CS"]),
    ]


def test_dry_run_prints_the_same_and_writes_nothing(store: Path) -> None:
    before = contents(store.parent)
    dry = shell("today", store, "--date", TODAY, "--json", "--dry-run")
    assert contents(store.parent) == before

    assert shell("today", store, "--date", TODAY, "--json").out == dry.out
    assert contents(store.parent) != before


def test_dry_run_does_not_look_at_out(store: Path) -> None:
    before = contents(store.parent)

    today(store, "--dry-run", "--out", store.parent / "Out.xlsx")

    assert contents(store.parent) == before


def test_out_writes_another_file_and_leaves_the_book_alone(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    before = store.read_bytes()

    today(store, "--out", folder / "Calls.xlsx")

    assert store.read_bytes() == before
    assert list(folder.iterdir()) == [folder / "Calls.xlsx"]
    assert office(folder / "Calls.xlsx").sheetnames == ["Customers", "Today's Calls", "Data Checks"]


def test_out_may_be_the_book_itself(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(store.parent)

    assert shell("today", "Store.xlsx", "--date", TODAY, "--out", store, "--json").code == 0

    assert "Today's Calls" in office(store).sheetnames
    assert sum(".backup-" in path.name for path in store.parent.iterdir()) == 1


def test_equal_work_gives_equal_json_and_equal_bytes(store: Path, tmp_path: Path) -> None:
    first = today(store, "--out", tmp_path / "1.xlsx")
    second = today(store, "--out", tmp_path / "2.xlsx")

    assert first.out == second.out
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_other_processes_give_the_same_bytes(store: Path, tmp_path: Path) -> None:
    """Texts hash differently in every process; no order may hang on that."""
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.xlsx"
        ran = subprocess.run(
            [sys.executable, "-m", "xl_retention", "today", str(store), "--date", TODAY, "--json", "--out", str(out)],
            cwd=REPOSITORY, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        out.with_suffix(".json").write_bytes(ran.stdout)

    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


def test_in_place_a_second_run_changes_no_byte_until_the_day_changes(store: Path) -> None:
    today(store)
    after_one = contents(store.parent)

    today(store)
    assert contents(store.parent) == after_one

    shell("today", store, "--date", "2026-11-22", "--json")
    assert contents(store.parent)["Store.xlsx"] != after_one["Store.xlsx"]


@pytest.mark.parametrize("command", ["today", "check"])
def test_what_was_generated_is_never_read_as_a_sheet_of_the_staffs(command: str, store: Path) -> None:
    first = shell(command, store, "--date", TODAY, "--json", *(["--dry-run"] if command == "today" else []))
    today(store)

    again = shell(command, store, "--date", TODAY, "--json")

    assert again.out == first.out


def test_the_table_says_what_a_clerk_needs_and_which_file_to_open(store: Path) -> None:
    answer = shell("today", store, "--date", TODAY)

    assert answer.code == 0
    assert "Today's calls, 2026-11-21" in answer.out
    assert "3-day call: delivered 18 Nov, due 21 Nov" in answer.out
    assert "Calls: 3, overdue: 1" in answer.out
    assert "Open this file:" in answer.out


def test_the_table_of_a_chinese_store_is_chinese(tmp_path: Path) -> None:
    path = workbook(tmp_path / "城西店.xlsx", CHINESE)

    answer = shell("today", path, "--date", TODAY)

    assert "今日回访　2026-11-21" in answer.out
    assert "3天回访：11月18日交车，应于11月21日联系" in answer.out.replace("\n", "")
    assert "请打开文件：" in answer.out
    assert "客户档案" in shell("check", path).out
    assert "各工作表的识别结果" in shell("check", path).out


def test_settings_decide_the_language(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Settings": "Parameter | Value\nlanguage | zh"})

    assert "今日回访" in shell("today", path, "--date", TODAY).out
    assert "今日回访" in office(path).sheetnames


def test_json_labels_do_not_hang_on_the_language(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", ENGLISH)

    assert [row["value_tier"] for row in today(path, "--dry-run").json["rows"]] == ["未知"] * 3


def test_help_and_version() -> None:
    assert shell("--version").out.startswith("xl-retention ")
    assert "today" in shell("--help").out
    for option in ("--date", "--role", "--staff", "--out", "--dry-run", "--json", "--strict"):
        assert option in shell("today", "--help").out


def test_demo_makes_a_store_and_says_which_file_to_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    answer = shell("demo")

    assert answer.code == 0
    made = tmp_path / "xl-retention-demo" / "Store-East.xlsx"
    assert made.is_file()
    assert "Today's calls, 2026-11-21" in answer.out
    assert "Store-East.xlsx" in answer.out.rsplit("Open this file:", 1)[1]


def test_demo_speaks_chinese_and_keeps_what_was_typed(tmp_path: Path) -> None:
    """The copy of the first run is used again: somebody may have tried it out."""
    first = shell("demo", "--lang", "zh", "--out", tmp_path, "--json")
    assert (first.code, first.err) == (0, "")
    path = tmp_path / "城西店.xlsx"
    key = first.json["rows"][3]["due_keys"][0]
    type_in(path, key, {"备注": "周五再打"})

    again = shell("demo", "--lang", "zh", "--out", tmp_path, "--json")

    assert json.loads(again.out) == json.loads(first.out)
    assert typed_in(path, key)["备注"] == "周五再打"


def test_the_sample_of_the_sources_stays_as_it_is(tmp_path: Path) -> None:
    sample = REPOSITORY / "sample" / "Store-East.xlsx"
    before = sample.read_bytes()

    shell("demo", "--out", tmp_path, "--json")

    assert sample.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if ".backup-" not in path.name] == ["Store-East.xlsx"]


def test_a_macro_workbook_stays_one(tmp_path: Path) -> None:
    """Its suffix is kept, and `--out` asks for it."""
    plain = workbook(tmp_path / "Store.xlsx", ENGLISH)
    macro = tmp_path / "Store.xlsm"
    shutil.copy(plain, macro)  # Excel would refuse it; what counts here is what the file says that it is

    answer = shell("today", macro, "--date", TODAY, "--out", tmp_path / "Out.xlsm", "--json")

    assert answer.code == 2
    assert "choose a name ending in .xlsx" in answer.err
