"""The sheet Service Due: what is typed there is kept and used, and button and command say the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.drawn import VIN, sheet_names, shell, today, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets import service_sheet
from xl_retention.sheets.wording import both

DAY = "2026-11-21"
ENGLISH = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Customer Care | VIN   | Delivery Date | First Service Done | Next Service
        C1          | Ada  | '13900000001 | Cai           | {VIN} | 2024-10-18    | yes                | 2026-12-10
    """,
    "Bookings": f"""
        Booking ID | VIN   | Booked On  | Appointment | Status
        B1         | {VIN} | 2026-11-20 | 2026-12-08  |
    """,
    "Contacts": f"""
        Contact ID | Customer ID | VIN   | Contact Date | Rule     | Agent | Outcome
        R1         | C1          | {VIN} | 2026-11-19   | MNT-CALL | Cai   | Connected
    """,
}
CHINESE = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 客服专员 | 车架号 | 交车日期   | 是否首保 | 下次保养日期
        C1       | 张三     | '13900000001 | 蔡       | {VIN}  | 2024-10-18 | 是       | 2026-12-10
    """,
}
NAMES = list(service_sheet.COLUMNS)
KEY = f"{VIN}/maintenance/2026-12-10"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", ENGLISH)


def due(path: Path, *more: object, day: str = DAY) -> dict:
    answer = shell("service-due", path, "--date", day, "--json", *more)
    assert answer.code == 0, answer.err
    return answer.json


def shown(path: Path) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(next(name for name in book.sheet_names() if name in both("service_sheet")))


def retype(path: Path, **values: object) -> None:
    """Types into the row of the only car."""
    with ClosedBook(path) as book:
        name = next(name for name in book.sheet_names() if name in both("service_sheet"))
        rows = book.read(name)
        (row,) = (row for row in rows if KEY in row)
        for column, value in values.items():
            row[NAMES.index(column)] = value
        book.write(name, rows)
        book.save()


def test_without_a_month_the_next_one_is_listed(store: Path) -> None:
    answer = due(store)

    assert list(answer) == ["as_of", "month", "first_service", "maintenance", "rows", "problems"]
    assert answer["month"] == "2026-12"
    assert answer["maintenance"] == {"due": 1, "reminded": 1, "booked": 1, "came": 0, "credited": 0}
    assert answer["rows"] == [
        {
            "customer_id": "C1",
            "customer_name": "Ada",
            "mobile": "13900000001",
            "vin": VIN,
            "plate_no": "",
            "service": "maintenance",
            "due_date": "2026-12-10",
            "basis": "date",
            "owner": "Cai",
            "reminders": [{"date": "2026-11-19", "staff": "Cai", "result": "接通"}],
            "promised_date": None,
            "appointment_at": "2026-12-08T00:00",
            "came_on": None,
            "credited_to": None,
            "progress": "booked",
            "missing": ["last_odometer"],
        }
    ]


def test_the_sheet_shows_the_list_with_its_funnel(store: Path) -> None:
    due(store)
    rows = shown(store)

    assert rows[0][0] == "Services due in 2026-12"
    assert str(rows[1][0]).startswith("Maintenance: 1 due, 1 reminded, 1 booked, 0 came")
    row = dict(zip(NAMES, rows[service_sheet.HEADING_ROW], strict=False))
    assert (row["customer"], row["reminder_1"], row["progress"]) == ("Ada", "2026-11-19 Cai Connected", "Booked")


def test_a_chinese_workbook_gets_a_chinese_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "店.xlsx", CHINESE)
    due(path)

    row = dict(zip(NAMES, shown(path)[service_sheet.HEADING_ROW], strict=False))
    assert (row["customer"], row["service"], row["progress"]) == ("张三", "定期保养", "待提醒")


def test_a_dry_run_says_the_same_and_writes_nothing(store: Path) -> None:
    before = store.read_bytes()
    answer = due(store, "--dry-run")

    assert store.read_bytes() == before
    assert answer == due(store)


def test_a_second_run_changes_nothing(store: Path) -> None:
    due(store)
    before = store.read_bytes()
    due(store)

    assert store.read_bytes() == before


def test_a_promised_day_goes_to_the_sheet_of_reminders_and_moves_the_call_why_not_come(store: Path) -> None:
    """
    DOM 3.3 MNT-NOSHOW counts from the promised day.
    """
    due(store)
    retype(store, promised="2026-12-20", progress="whatever")
    answer = due(store)

    assert answer["rows"][0]["promised_date"] == "2026-12-20"
    assert "Maintenance Reminders" in sheet_names(store)
    (again,) = due(store)["rows"]
    assert again["promised_date"] == "2026-12-20"
    listed = shell("today", store, "--date", "2026-12-23", "--json").json["rows"]
    assert sum("MNT-NOSHOW" in row["rules"] for row in listed) == 1
    early = shell("today", store, "--date", "2026-12-22", "--json", "--dry-run").json["rows"]
    assert sum("MNT-NOSHOW" in row["rules"] for row in early) == 0


def test_another_promise_changes_the_row_that_is_there(store: Path) -> None:
    due(store)
    retype(store, promised="2026-12-20")
    due(store)
    retype(store, promised="2026-12-18")
    due(store)

    with ClosedBook(store) as book:
        rows = book.read("Maintenance Reminders")
    assert len(rows) == 2
    assert "2026-12-18" in [str(cell)[:10] for cell in rows[1]]


@pytest.mark.parametrize("typed", ["2005-12-01", "2026-09-09", "2028-12-11"])
def test_a_day_that_nobody_can_have_promised_is_told_and_not_used(store: Path, typed: str) -> None:
    """
    LibreOffice makes December 2005 of `5 Dec`; a promise lies between the first reminder (3 months ahead) and 2 years.
    """
    due(store)
    retype(store, promised=dt.datetime.fromisoformat(typed), notes="rings back")
    answer = due(store)
    row = dict(zip(NAMES, shown(store)[service_sheet.HEADING_ROW], strict=False))

    (told,) = (each for each in answer["problems"] if each["code"] == "date_unlikely")
    assert (told["sheet"], told["cell"], told["heading"], told["found"]) == ("Service Due", "L5", "Promised for", typed)
    assert told["wanted"] == "a day from 2026-09-10 to 2028-12-10"
    assert told["remedy"] == "Type it with its year, as YYYY-MM-DD, or clear the cell."
    assert answer["rows"][0]["promised_date"] is None
    assert "Maintenance Reminders" not in sheet_names(store)
    assert (str(row["promised"])[:10], row["notes"]) == (typed, "rings back")


@pytest.mark.parametrize("typed", ["2026-09-10", "2028-12-10"])
def test_the_first_and_the_last_day_that_may_be_promised_are_used(store: Path, typed: str) -> None:
    due(store)
    retype(store, promised=dt.datetime.fromisoformat(typed))

    assert due(store)["rows"][0]["promised_date"] == typed


def test_a_promise_in_a_row_that_was_typed_as_a_whole_is_not_lost(store: Path) -> None:
    """
    Without its key nobody knows the car, so that the day is entered nowhere else.
    """
    due(store)
    with ClosedBook(store) as book:
        rows = book.read("Service Due")
        own: list[object] = [None] * len(NAMES)
        own[NAMES.index("customer")], own[NAMES.index("promised")] = "Bo", "2026-12-20"
        book.write("Service Due", [*rows, own])
        book.save()
    due(store)

    assert [row[0] for row in shown(store)[service_sheet.HEADING_ROW + 1 :]] == ["Bo"]


def test_notes_and_words_that_are_no_day_stay_in_their_row(store: Path) -> None:
    due(store)
    retype(store, promised="soon", notes="rings back")
    answer = due(store)
    row = dict(zip(NAMES, shown(store)[service_sheet.HEADING_ROW], strict=False))

    assert (row["promised"], row["notes"]) == ("soon", "rings back")
    assert ("date_not_understood", "soon") in [(each["code"], each["found"]) for each in answer["problems"]]


def test_a_note_of_a_car_that_is_not_listed_any_more_is_not_lost(store: Path) -> None:
    due(store)
    retype(store, notes="rings back")
    due(store, "--month", "2027-03")

    kept = [row for row in shown(store) if KEY in row]
    assert [row[NAMES.index("notes")] for row in kept] == ["rings back"]


def test_the_month_typed_on_the_sheet_counts_until_it_is_over(store: Path) -> None:
    due(store, "--month", "2027-03")

    assert due(store)["month"] == "2027-03"
    assert due(store, day="2027-04-01")["month"] == "2027-05"


def test_calls_of_the_day_are_the_same_with_and_without_the_sheet(store: Path, tmp_path: Path) -> None:
    without = today(store, "--dry-run").json
    due(store)

    assert today(store, "--dry-run").json == without
