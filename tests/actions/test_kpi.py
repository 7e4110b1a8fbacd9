# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""The command `kpi`: JSON of the contract, periods, exit codes, and the same in both languages (DOM 5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.drawn import TODAY, VIN, shell, workbook

STORE = {
    "Customers": """
        Customer ID | Name | Mobile       | Salesperson | Created
        C1          | Ada  | '13900000001 | Ann         | 2026-10-05
        C2          | Bo   | '13900000002 | Ann         | 2026-11-02
    """,
    "Vehicles": f"""
        VIN   | Customer ID | Delivery Date | Usage
        {VIN} | C1          | 2026-10-02    | Private
    """,
    "Repair Orders": f"""
        RO No | VIN   | Visit Date | Type of Work | Booked
        R1    | {VIN} | 2026-09-10 | Repair       | No
        R2    | {VIN} | 2026-10-10 | Repair       | Yes
    """,
    "Call Log": f"""
        Call ID | Customer ID | VIN   | Call Date  | Rule       | Result    | Satisfaction   | Role
        L1      | C1          | {VIN} | 2026-10-04 | 3-day call | Connected | Very satisfied | SA
        L2      | C1          | {VIN} | 2026-10-12 | 3DC        | Connected | Satisfied      | CS
    """,
    "Parc": """
        Month    | Parc
        '2026-10 | 50
    """,
    "员工考核": """
        员工 | 月份     | 信息收集量 | 信息目标 | 贡献 | 贡献目标
        Ann  | '2026-10 | 60         | 50       | 63   | 70
    """,
    "Settings": """
        Parameter  | Value
        target_K01 | 0.5
    """,
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def kpis(book: Path, *arguments: object) -> dict[tuple[str, str], dict[str, object]]:
    answer = shell("kpi", book, "--date", TODAY, "--json", *arguments)
    assert answer.code == 0, answer.err
    return {(entry["code"], entry.get("group", "")): entry for entry in answer.json["kpis"]}


def test_the_json_is_that_of_the_contract(store: Path) -> None:
    answer = shell("kpi", store, "--date", TODAY, "--month", "2026-10", "--json").json
    assert set(answer) == {"as_of", "period", "kpis"}
    assert (answer["as_of"], answer["period"]) == (TODAY, {"start": "2026-10-01", "end": "2026-10-31"})
    entries = {entry["code"]: entry for entry in answer["kpis"]}
    assert entries["K01"] == {
        "code": "K01", "name": "Return rate", "numerator": 1, "denominator": 1, "value": 1, "target": 0.5, "status": "met",
    }  # fmt: skip
    assert entries["K03"]["denominator"] == 50
    assert (entries["K04.DLV-3D"]["numerator"], entries["K04"]["numerator"], entries["K04"]["status"]) == (
        1,
        0,
        "missed",
    )
    assert entries["K44"] == {
        "code": "K44", "name": "Information collected", "group": "Ann", "numerator": 1, "denominator": None, "value": 1,
        "target": 50, "status": "missed",
    }  # fmt: skip
    assert (entries["K43"]["group"], entries["K43"]["value"]) == ("Ann", 105)
    assert {name for entry in answer["kpis"] for name in entry} - {"group"} == set(entries["K01"])
    assert {entry["status"] for entry in answer["kpis"]} <= {"met", "missed", "no_target", "no_data", "open"}


def test_the_codes_of_the_reference_with_their_sub_codes(store: Path) -> None:
    codes = {code for code, _ in kpis(store)}
    numbers = (*range(1, 27), 30, 37, 38, 43, 44)
    assert {f"K{number:02d}" for number in numbers} <= codes
    assert {"K02b", "K04.DLV-2H", "K04.DLV-3D", "K04.DLV-7D-SA", "K04.DLV-7D-CS", "K07x"} <= codes


def test_the_period_is_the_month_of_the_day_unless_asked_otherwise(store: Path) -> None:
    def period(*arguments: object) -> tuple[str, str]:
        answer = shell("kpi", store, "--json", *arguments).json["period"]
        return answer["start"], answer["end"]

    assert period("--date", TODAY) == ("2026-11-01", "2026-11-30")
    assert period("--date", TODAY, "--week", "2026-W42") == ("2026-10-12", "2026-10-18")
    assert period("--date", "2026-10-20") == ("2026-10-01", "2026-10-31")
    assert period("--month", "2024-02") == ("2024-02-01", "2024-02-29")


def test_a_week_counts_its_own_rows(store: Path) -> None:
    week = kpis(store, "--week", "2026-W41")
    assert (week["K01", ""]["numerator"], week["K01", ""]["denominator"]) == (1, 1)
    assert week["K44", "Ann"]["target"] == 10
    assert week["K03", ""] == {**week["K03", ""], "numerator": None, "denominator": None, "status": "no_data"}


def test_an_old_day_shows_what_was_known_then(store: Path) -> None:
    answer = shell("kpi", store, "--date", "2026-10-05", "--json").json["kpis"]
    by_code = {entry["code"]: entry for entry in answer}
    assert (by_code["K01"]["denominator"], by_code["K04.DLV-3D"]["denominator"]) == (0, 0)
    assert by_code["K06"]["numerator"] == 1


def test_a_month_that_has_not_begun_has_no_data(store: Path) -> None:
    for entry in kpis(store, "--month", "2026-12").values():
        assert (entry["numerator"], entry["denominator"], entry["value"], entry["status"]) == (
            None,
            None,
            None,
            "no_data",
        )


def test_missing_sheets_give_nulls(tmp_path: Path) -> None:
    alone = workbook(tmp_path / "Alone.xlsx", {"Customers": STORE["Customers"]})
    found = kpis(alone)
    for code in ("K01", "K05", "K09", "K14", "K16", "K30", "K37", "K43"):
        entry = found[code, ""]
        assert (entry["numerator"], entry["denominator"], entry["status"]) == (None, None, "no_data"), code
    assert found["K21", ""]["denominator"] == 0


def test_strict_fails_on_findings_only(tmp_path: Path, store: Path) -> None:
    clean = {
        **STORE,
        "Customers": STORE["Customers"].replace("C2          | Bo   | '13900000002 | Ann         | 2026-11-02", ""),
    }
    assert (
        shell("kpi", workbook(tmp_path / "Clean.xlsx", clean), "--date", TODAY, "--month", "2026-10", "--strict").code
        == 0
    )
    stranger = clean["Repair Orders"] + "        R3 | X9 | 2026-10-10 | Repair | No\n"
    broken = workbook(tmp_path / "Stranger.xlsx", {**clean, "Repair Orders": stranger})
    assert shell("kpi", broken, "--date", TODAY, "--month", "2026-10", "--strict").code == 1


def test_a_market_share_above_one_is_a_finding(tmp_path: Path) -> None:
    two = {
        **STORE,
        "Customers": "Customer ID|Name|Mobile\nC1|Ada|'13900000001\nC2|Bo|'13900000002",
        "Vehicles": f"VIN|Customer ID|Delivery Date\n{VIN}|C1|2026-10-02\nV2|C2|2026-10-02",
        "Repair Orders": f"RO No|VIN|Visit Date\nR1|{VIN}|2026-10-10\nR2|V2|2026-10-10",
        "Parc": "Month|Parc\n'2026-10|1",
    }
    path = workbook(tmp_path / "Store.xlsx", two)
    assert kpis(path, "--month", "2026-10")["K03", ""]["value"] == 2
    assert shell("kpi", path, "--date", TODAY, "--month", "2026-10", "--strict").code == 1


def test_a_dry_run_writes_nothing(store: Path) -> None:
    before = store.read_bytes()
    kpis(store, "--dry-run")
    shell("kpi", store, "--date", TODAY, "--dry-run")
    assert store.read_bytes() == before
    assert list(store.parent.iterdir()) == [store]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--month", "2026-13"),
        ("--month", "November"),
        ("--week", "2026-W54"),
        ("--month", "2026-10", "--week", "2026-W42"),
    ],
)
def test_a_period_that_makes_no_sense_is_told_in_a_sentence(store: Path, wrong: tuple[str, ...]) -> None:
    answer = shell("kpi", store, "--json", *wrong)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("xl-retention: ")
    assert len(answer.err.strip().splitlines()) == 1


def test_the_table_is_in_the_workbooks_language(tmp_path: Path, store: Path) -> None:
    out = shell("kpi", store, "--date", TODAY, "--month", "2026-10").out
    assert "Key figures of 2026-10, counted on 2026-11-21" in out
    assert "Return, satisfaction, follow-up" in out
    assert "100.0%" in out

    sheets = {
        "客户档案": "客户编号|客户姓名|手机\nC1|张三|'13900000001",
        "车辆档案": f"车架号|客户编号|交车日期\n{VIN}|C1|2026-10-02",
        "维修记录": f"工单号|车架号|进厂日期\nR1|{VIN}|2026-10-10",
    }
    out = shell("kpi", workbook(tmp_path / "店.xlsx", sheets), "--date", TODAY, "--month", "2026-10").out
    assert "回头率" in out
    assert "未达标" in out
