# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Refresh classes: our columns beside the staff's, the sheets Class Changes and Segments, saved filters (DOM 4)."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.actions.drawn import AS_OF, TODAY, VIN, Answer, shell, workbook
from tests.actions.test_classify import STORE
from xl_retention.actions.refresh_classes import classify, filter_flags, refresh_classes, saved_filters
from xl_retention.books.closed import ClosedBook
from xl_retention.errors import WrongRequest
from xl_retention.sheets.classes.segments_sheet import HEADING_ROW

MOMENT = dt.datetime(2026, 11, 21)
SAMPLES = Path(__file__).parents[2] / "sample"
WIDE = f"""
    客户编号 | 客户姓名 | 手机号      | 车牌号   | 车架号 | 车型 | 使用性质 | 交车日期   | 区域
    C1       | 王芳     | '13900000001 | 沪A12345 | {VIN}  | 科鲁兹 | 私家车 | 2025-01-18 | 市区
    C2       | 李明     | '13900000002 |          |        |        |        |            | 县城
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def refresh(path: Path, *arguments: object, day: str = TODAY) -> Answer:
    answer = shell("classify", path, "--date", day, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


def cells(path: Path, sheet: str) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(sheet)


def type_in(path: Path, sheet: str, top: int, left: int, *rows: list[object]) -> None:
    with ClosedBook(path) as book:
        book.put(sheet, top, left, rows)
        book.save()


def column(path: Path, sheet: str, heading: str, heading_row: int = 1) -> list[object]:
    rows = cells(path, sheet)
    place = rows[heading_row - 1].index(heading)
    return [row[place] for row in rows[heading_row:]]


# --- the columns ---------------------------------------------------------------------------------------------


def test_each_car_has_its_classes_beside_it(store: Path) -> None:
    refresh(store)

    headings, *cars = [row[5:] for row in cells(store, "Vehicles")]
    assert headings == ["Value tier", "Loyalty", "Vehicle age", "Vehicle use (computed)", "Work-order item", "Region (computed)", "Age cohort", "Occupation (computed)", "Classified on"]
    assert cars[0] == ["Average value", "Loyal", "In warranty", "Private", "Repair", "City", "Born in the 1980s", "Employee", MOMENT]
    assert cars[1][:2] == ["Low value", "Lost"]


def test_customers_prospects_and_accounts_have_theirs(store: Path) -> None:
    refresh(store)

    assert column(store, "Customers", "Loyalty") == ["Loyal", "Lost"]
    assert column(store, "Prospects", "Computed grade") == ["H", None, "Nurture"]
    assert column(store, "Prospects", "Classified on") == [MOMENT, None, MOMENT]
    assert column(store, "Key Accounts", "Score (computed)") == [100, 45.833333]
    assert column(store, "Key Accounts", "A-D grade") == ["B", "C"]


def test_a_wide_sheet_speaks_chinese_and_of_customers_without_a_car_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "店.xlsx", {"客户资料": WIDE})

    refresh(path)

    assert column(path, "客户资料", "车辆用途（计算）") == ["私家车", None]
    assert column(path, "客户资料", "区域（计算）") == ["市区", "县城"]
    assert column(path, "客户资料", "分类日期") == [MOMENT, MOMENT]
    assert ["客户资料", "忠诚状态", "xl_retention", "loyalty"] in cells(path, "对照表")


def test_a_column_of_theirs_under_our_name_stays_theirs(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {**STORE, "Vehicles": f"""
            VIN   | Customer ID | Delivery Date | Loyalty   | Loyalty (computed)
            {VIN} | C1          | 2025-01-18    | my friend | who knows
        """},
    )  # fmt: skip

    refresh(path)

    assert [row[3:5] for row in cells(path, "Vehicles")] == [["Loyalty", "Loyalty (computed)"], ["my friend", "who knows"]]
    assert column(path, "Vehicles", "Loyalty (computed) 2") == ["Loyal"]


def test_twice_is_once(store: Path) -> None:
    refresh(store)
    before = store.read_bytes()

    refresh(store)

    assert store.read_bytes() == before


@pytest.mark.parametrize("sample", ["Store-East.xlsx", "城西店.xlsx"])
def test_our_columns_are_never_taken_for_the_staffs(tmp_path: Path, sample: str) -> None:
    """
    All commands answer as before, and `classify` that writes as `classify` that does not.
    """
    path = Path(shutil.copy(SAMPLES / sample, tmp_path))

    def answers() -> list[object]:
        said = (shell(name, path, "--date", TODAY, "--json", *more) for name, *more in (("today", "--dry-run"), ("check",), ("classify", "--dry-run")))
        return [answer.json for answer in said]

    before = answers()
    assert refresh(path).json == before[2]
    assert answers() == before


def test_our_columns_are_not_read_even_without_the_mapping_sheet(store: Path) -> None:
    before = shell("classify", store, "--date", TODAY, "--json", "--dry-run").json
    refresh(store)
    with ClosedBook(store) as book:
        book.write("Mapping", [[]])
        book.save()

    after = shell("classify", store, "--date", TODAY, "--json", "--dry-run").json

    assert after == before


def test_an_empty_list_gets_no_columns_and_nothing_asks_where_they_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "New.xlsx", {"客户档案": WIDE.split("C1")[0]})
    refresh(path)

    assert shell("check", path, "--date", TODAY, "--json").json["problems"] == []


def test_what_the_store_answered_on_the_mapping_sheet_stays(tmp_path: Path) -> None:
    mapping = "Heading | Sheet | Note | Field | Table\nChassis | Vehicles | asked Bo | vin | vehicle"
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "Vehicles": STORE["Vehicles"].replace("VIN  ", "Chassis"), "Mapping": mapping})

    refresh(path)

    rows = cells(path, "Mapping")
    assert rows[:2] == [["Heading", "Sheet", "Note", "Field", "Table"], ["Chassis", "Vehicles", "asked Bo", "vin", "vehicle"]]
    assert ["Loyalty", "Vehicles", None, "loyalty", "xl_retention"] in rows


def test_a_renamed_heading_is_told_and_its_column_left_alone(store: Path) -> None:
    refresh(store)
    place = cells(store, "Vehicles")[0].index("Loyalty") + 1
    type_in(store, "Vehicles", 1, place, ["Our friends"])

    told = refresh(store).json["problems"]

    assert [(each["code"], each["found"]) for each in told if each["sheet"] == "Mapping"] == [("mapping_unknown", "Loyalty")]
    assert column(store, "Vehicles", "Our friends") == ["Loyal", "Lost"]
    assert column(store, "Vehicles", "Loyalty") == ["Loyal", "Lost"]
    assert not [each for each in refresh(store).json["problems"] if each["sheet"] == "Mapping"]


def test_a_row_that_the_staff_emptied_loses_its_classes(store: Path) -> None:
    refresh(store)
    type_in(store, "Vehicles", 3, 1, [None, None, None, None, None])

    refresh(store)

    assert column(store, "Vehicles", "Loyalty") == ["Loyal"]


def test_the_book_may_be_written_elsewhere(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()

    refresh(store, "--out", tmp_path / "Other.xlsx")

    assert store.read_bytes() == before
    assert column(tmp_path / "Other.xlsx", "Customers", "Loyalty") == ["Loyal", "Lost"]


# --- promotions and demotions --------------------------------------------------------------------------------


def test_a_change_is_logged_with_its_reason_and_the_newest_comes_first(store: Path) -> None:
    refresh(store)
    assert len(cells(store, "Class Changes")) == 3
    refresh(store, day="2027-06-21")

    refresh(store, day="2027-12-21")

    rows = [row for row in cells(store, "Class Changes")[3:] if row[3] == "Loyalty"]
    assert [[row[0].date().isoformat(), *row[1:7:1]] for row in rows] == [
        ["2027-12-21", "Ada", None, "Loyalty", "Quasi-lost", "Lost", "down"],
        ["2027-06-21", "Ada", None, "Loyalty", "Loyal", "Quasi-lost", "down"],
    ]
    assert rows[1][7] == "1 paid visit, 1,200 yuan in 12 months, last visit 8 months ago: quasi-lost"


def test_a_demotion_waits_where_the_store_wants_it(tmp_path: Path) -> None:
    """
    The sheet keeps the better label until it was held for so many months; JSON tells the rule's own answer.
    """
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "Settings": "Parameter | Value\nclass_hold_months | 9"})
    refresh(path)

    early = refresh(path, day="2027-06-21")
    shown_early = column(path, "Vehicles", "Loyalty")
    late = refresh(path, day="2027-08-21")

    assert [answer.json["vehicles"][0]["loyalty"] for answer in (early, late)] == ["准流失客户", "准流失客户"]
    assert (shown_early[0], column(path, "Vehicles", "Loyalty")[0]) == ("Loyal", "Quasi-lost")


# --- segments ------------------------------------------------------------------------------------------------


def test_segments_count_labels_and_money(store: Path) -> None:
    refresh(store)

    rows = cells(store, "Segments")
    assert [row[:7] for row in rows if row[0] == "Loyalty"] == [
        ["Loyalty", "Loyal", 1, 0.5, 3600, 1, "One-to-one service, first reception, reserved technician and parts, priority in events"],
        ["Loyalty", "Lost", 1, 0.5, 0, 0, "Home visit, free check, labour discount, club and charity events, true-lapse survey"],
    ]
    assert rows[1][0] == "The best 20% of the customers (1) brought 100.0% of what was paid in 12 months."


@pytest.mark.parametrize(
    ("labels", "members"),
    [
        ("Loyalty=Lost", ["C2"]),
        ("loyalty = loyal, lost", ["C1", "C2"]),
        ("忠诚状态＝忠诚客户；区域=市区", ["C1"]),
        ("Value tier=Average value; Loyalty=Lost", []),
        ("Region=City", ["C1"]),
        ("work_item=First service", ["C2"]),
        ("", []),
    ],
)
def test_a_saved_filter_is_counted_kept_and_gives_its_customers(store: Path, labels: str, members: list[str]) -> None:
    refresh(store)
    type_in(store, "Segments", HEADING_ROW + 1, 9, ["Ours", labels])

    refresh(store)

    assert cells(store, "Segments")[HEADING_ROW][8:11] == ["Ours", labels or None, len(members)]
    with ClosedBook(store) as book:
        situation = classify(book, AS_OF, progress=lambda step: None).situation
        fits = filter_flags(saved_filters(book), situation, "ours")
        assert situation.identities.ids[: len(fits)][fits].tolist() == members


def test_filters_of_an_older_workbook_whose_headings_stood_higher_are_kept(tmp_path: Path) -> None:
    old = "Scheme | Label | Saved filter | Labels\n | | Ours | Loyalty=Lost"
    store = workbook(tmp_path / "Store.xlsx", {**STORE, "Segments": old})

    refresh(store)

    assert cells(store, "Segments")[HEADING_ROW][8:11] == ["Ours", "Loyalty=Lost", 1]


def test_a_filter_that_is_not_understood_says_so(store: Path) -> None:
    refresh(store)
    type_in(store, "Segments", HEADING_ROW + 1, 9, ["Ours", "Loyalty=Best friend"])

    refresh(store)

    assert cells(store, "Segments")[HEADING_ROW][10] == "not known: best friend"
    with ClosedBook(store) as book:
        situation = classify(book, AS_OF, progress=lambda step: None).situation
        with pytest.raises(WrongRequest, match="names 'best friend'"):
            filter_flags(saved_filters(book), situation, "Ours")
        with pytest.raises(WrongRequest, match="no saved filter 'Theirs' on the sheet Segments; saved are 'Ours'"):
            filter_flags(saved_filters(book), situation, "Theirs")


def test_a_sheet_of_theirs_under_the_name_of_ours_is_not_overwritten(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", {**STORE, "Segments": "My | segments\nof | the town"})
    before = path.read_bytes()

    answer = shell("classify", path, "--date", TODAY)

    assert (answer.code, "The sheet 'Segments' was not made by this program" in answer.err) == (2, True)
    assert path.read_bytes() == before


def test_the_number_of_changes_is_counted(store: Path) -> None:
    with ClosedBook(store) as book:
        refresh_classes(book, AS_OF, progress=lambda step: None)
        done = refresh_classes(book, dt.date(2027, 6, 21), progress=lambda step: None)

    assert done.rows == 9
    assert done.counts["down"] == sum(change.is_demotion for change in done.changes) > 0


# --- a list without room -------------------------------------------------------------------------------------


def remark_right_of_the_cars(store: Path) -> list[list[object]]:
    """A remark beside the last column of a filtered list, where our first column would go."""
    sheet = next(name for name in ClosedBook(store).sheet_names() if VIN in {c for r in cells(store, name) for c in r})
    before = cells(store, sheet)
    type_in(store, sheet, 3, max(map(len, before)) + 1, ["ask Wang"])
    book = openpyxl.load_workbook(store)
    book[sheet].auto_filter.ref = f"A1:{openpyxl.utils.get_column_letter(max(map(len, before)))}{len(before)}"
    book.save(store)
    return cells(store, sheet)


def test_a_list_without_room_is_told_and_left_and_the_rest_is_written(store: Path) -> None:
    before = remark_right_of_the_cars(store)

    answer = refresh(store)

    told = [each for each in answer.json["problems"] if each["code"] == "classes_left_out"]
    assert len(told) == 1
    assert "move what stands there" in told[0]["remedy"]
    assert answer.json["vehicles"]
    assert cells(store, told[0]["sheet"]) == before
    assert {"Segments", "客户分群"} & set(ClosedBook(store).sheet_names())


def test_a_dry_run_tells_the_list_without_room_too(store: Path) -> None:
    """
    It prints the same as the run that writes.
    """
    remark_right_of_the_cars(store)
    before = store.read_bytes()

    dry = refresh(store, "--dry-run")

    assert store.read_bytes() == before
    assert "classes_left_out" in {each["code"] for each in dry.json["problems"]}
    assert refresh(store).out == dry.out


def test_a_dry_run_answers_where_our_sheets_cannot_be_written(store: Path) -> None:
    with ClosedBook(store) as book:
        book.write("Segments", [["of the staff"]])
        book.write("客户分群", [["of the staff"]])
        book.save()

    assert refresh(store, "--dry-run").json["vehicles"]
    assert shell("classify", store, "--date", TODAY, "--json").code == 2
