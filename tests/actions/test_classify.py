# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""The command `classify`: JSON of the contract, findings, exit codes, and the same in both languages (DOM 4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.drawn import OTHER_VIN, TODAY, VIN, Answer, shell, workbook

STORE = {
    "Customers": """
        Customer ID | Name | Mobile       | Region | Occupation | Birthday
        C1          | Ada  | '13900000001 | City   | Teacher    | 1985-05-05
        C2          | Bo   | '13900000002 |        | pilot      |
    """,
    "Vehicles": f"""
        VIN         | Customer ID | Delivery Date | Usage   | Odometer
        {VIN}       | C1          | 2025-01-18    | Private | 50000
        {OTHER_VIN} | C2          | 2024-11-20    |         | 60001
    """,
    "Repair Orders": f"""
        RO No | VIN   | Visit Date | Type of Work | Amount Paid | Payment Type
        R1    | {VIN} | 2026-02-10 | Maintenance  | 1200        | Customer
        R2    | {VIN} | 2026-06-10 | Repair       | 1200        | Customer
        R3    | {VIN} | 2026-10-10 | Accident     | 1200        | Customer
    """,
    "Prospects": """
        Lead No | Name | Created    | Expected Order | Status
        P1      | Cy   | 2026-11-01 | 2026-11-28     | Open
        P2      | Di   | 2026-11-01 | 2026-11-28     | Lost
        P3      | Ed   | 2026-11-01 |                |
    """,
    "Key Accounts": """
        Account Number | Account Name | Yearly Amount | Yearly Frequency | Paid On Time | Margin | Mode of Sale | Wallet Share | Years with Us | Reputation
        K1             | Fast Vans    | 80000         | 20               | 100          | 25     | Framework    | 80           | 5             | 10
        K2             | Slow Vans    | 40000         | 10               | 50           | 12.5   | Contract     | 40           | 2.5           |
    """,
}


def classify(book: Path, *arguments: object) -> Answer:
    answer = shell("classify", book, "--date", TODAY, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def test_the_json_is_that_of_the_contract(store: Path) -> None:
    answer = classify(store).json

    assert {name: answer[name] for name in answer if name != "problems"} == {
        "as_of": TODAY,
        "vehicles": [
            {
                "customer_id": "C1", "vin": VIN, "value_tier": "一般价值", "loyalty": "忠诚客户", "age_band": "AGE1",
                "use": "私家车", "work_item": ["一般维修客户"], "region": "市区", "cohort": "80后", "occupation": "企事业单位",
            },
            {
                "customer_id": "C2", "vin": OTHER_VIN, "value_tier": "低价值", "loyalty": "流失客户", "age_band": "AGE3",
                "use": "未知", "work_item": ["首保客户"], "region": "未知", "cohort": "未知", "occupation": "其他",
            },
        ],
        "ratio_check": [
            {"value_tier": "高价值", "count": 0, "share": 0.0, "target": 0.2},
            {"value_tier": "一般价值", "count": 1, "share": 0.5, "target": 0.3},
            {"value_tier": "低价值", "count": 1, "share": 0.5, "target": 0.5},
        ],
        "prospects": [{"prospect_no": "P1", "grade": "H"}, {"prospect_no": "P3", "grade": "培育"}],
        "accounts": [
            {"account_no": "K1", "score": 100.0, "grade": "B", "stage": "战略合作阶段"},
            {"account_no": "K2", "score": 45.833333, "grade": "C", "stage": "初期合作阶段"},
        ],
    }  # fmt: skip


def test_an_earlier_day_shows_what_was_known_then(store: Path) -> None:
    answer = shell("classify", store, "--date", "2026-06-30", "--json").json
    assert [car["loyalty"] for car in answer["vehicles"]] == ["一般客户", "流失客户"]
    assert [car["age_band"] for car in answer["vehicles"]] == ["AGE1", "AGE3"]
    assert answer["prospects"] == []


def test_every_scheme_with_unknown_rows_is_told_once(store: Path) -> None:
    found = [problem for problem in classify(store).problems("code", "cell", "found") if problem[0] != "date_missing"]
    assert sorted(found) == [
        ("account_item_blank", "J3", ""),
        ("class_unknown", "D3", "1 of 2 rows"),
        ("class_unknown", "D3", "1 of 2 rows"),
        ("class_unknown", "F3", "1 of 2 rows"),
    ]


def test_strict_fails_on_findings_only(tmp_path: Path, store: Path) -> None:
    assert shell("classify", store, "--date", TODAY, "--strict").code == 1
    clean = workbook(
        tmp_path / "Clean.xlsx",
        {
            "Customers": STORE["Customers"].replace("C2          | Bo   | '13900000002 |        | pilot      |", ""),
            "Vehicles": "\n".join(STORE["Vehicles"].splitlines()[:3]),
            "Repair Orders": STORE["Repair Orders"],
        },
    )
    assert shell("classify", clean, "--date", TODAY, "--strict").code == 0


def test_a_dry_run_writes_nothing(store: Path) -> None:
    before = store.read_bytes()
    classify(store, "--dry-run")
    shell("classify", store, "--date", TODAY, "--dry-run")
    assert store.read_bytes() == before
    assert list(store.parent.iterdir()) == [store]


def test_settings_of_the_store_move_the_limits(tmp_path: Path) -> None:
    settings = """
        Parameter        | Value
        loyal_amount     | 3601
        age_inner_km     | 49999
        prospect_days_h  | 6
        stage_cut_high   | 90
        grade_split      | 50,50,0,0
        tier_target_hi   | 10
    """
    answer = classify(workbook(tmp_path / "Store.xlsx", {**STORE, "Settings": settings})).json
    assert (answer["vehicles"][0]["loyalty"], answer["vehicles"][0]["age_band"]) == ("一般客户", "AGE2")
    assert answer["prospects"][0]["grade"] == "A"
    assert [(row["grade"], row["stage"]) for row in answer["accounts"]] == [
        ("A", "稳定合作阶段"), ("B", "初期合作阶段"),
    ]  # fmt: skip
    assert [row["target"] for row in answer["ratio_check"]] == [0.1, 0.3, 0.6]


def test_missing_sheets_and_columns_make_labels_unknown(tmp_path: Path) -> None:
    """Of the customer alone there is nothing to classify; of a car much is unknown."""
    alone = workbook(tmp_path / "Alone.xlsx", {"Customers": "Customer ID|Name|Mobile\nC1|Ada|'13900000001"})
    answer = classify(alone).json
    assert (answer["vehicles"], answer["prospects"], answer["accounts"]) == ([], [], [])
    assert {row["share"] for row in answer["ratio_check"]} == {None}

    wide = workbook(tmp_path / "Wide.xlsx", {"Customers": f"Customer ID|Name|VIN\nC1|Ada|{VIN}"})
    (car,) = classify(wide).json["vehicles"]
    assert car.pop("work_item") == []
    assert {car.pop(name) for name in ("customer_id", "vin")} == {"C1", VIN}
    assert set(car.values()) == {"未知"}


def test_why_explains_each_label(store: Path) -> None:
    cars = classify(store, "--why").json["vehicles"]
    assert cars[0]["why"] == {
        "value_tier": "3 paid visits, 3,600 yuan in 12 months, 1,200 yuan a visit, 121 days between visits, "
        "score 6 of 9: average value",
        "loyalty": "3 paid visits, 3,600 yuan in 12 months, last visit 1 month ago: loyal",
        "age_band": "delivered 2025-01-18, 50,000 km: in warranty",
        "use": "entered in your sheet: private",
        "work_item": "maintenance due 2026-08-10, repaired last month: repair",
        "region": "entered as City: city",
        "cohort": "born 1985: born in the 1980s",
        "occupation": "entered in your sheet: employee",
    }
    assert cars[1]["why"]["loyalty"].endswith("delivered 24 months ago, no visit since: lost")
    assert cars[1]["why"]["region"] == "nothing entered: unknown"


def test_the_table_is_in_the_workbooks_language(tmp_path: Path, store: Path) -> None:
    out = shell("classify", store, "--date", TODAY).out
    assert "Ratio check of the value tiers" in out
    assert "Average value" in out

    sheet = f"客户编号|客户姓名|手机|车架号|交车日期\nC1|张三|'13900000001|{VIN}|2026-01-18"
    out = shell("classify", workbook(tmp_path / "店.xlsx", {"客户档案": sheet}), "--date", TODAY).out
    assert "价值层级占比检查" in out
    assert "准流失客户" in out


def test_an_account_that_fell_back_is_named(tmp_path: Path) -> None:
    accounts = """
        Account Number | Account Name | Wallet Share | Relationship Stage
        K1             | Fast Vans    | 40           | 稳定合作
    """
    path = workbook(tmp_path / "Store.xlsx", {"Customers": STORE["Customers"], "Key Accounts": accounts})
    out = shell("classify", path, "--date", TODAY).out
    assert "Repair plan wanted: Fast Vans fell from Steady co-operation to First co-operation." in out
