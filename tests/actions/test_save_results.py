"""Save results: what is typed beside the calls goes where it belongs, once, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.clerk import call, cells, change, generate, keys, rules, save, table
from tests.actions.drawn import (
    OTHER_VIN,
    TODAY,
    VIN,
    Sheet,
    call_sheet,
    contents,
    due_keys,
    office,
    sheet_names,
    shell,
    today,
    type_in,
    typed_in,
    workbook,
)
from xl_retention.actions.save_results import save_results
from xl_retention.books.closed import ClosedBook

ENGLISH: dict[str, Sheet] = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Second Phone | VIN         | Plate | Delivery Date | Sales Advisor
        C1          | Ada  | '13900000001 |              | {VIN}       | A1    | 2026-11-18    | Li
        C2          | Bo   | '13900000002 | '13900000009 | {OTHER_VIN} |       | 2026-11-04    | Li
    """,
}
CHINESE: dict[str, Sheet] = {
    "客户档案": f"""
        客户编号 | 客户姓名 | 手机         | 备用电话     | 车架号      | 车牌 | 交车日期   | 销售顾问
        C1       | 张三     | '13900000001 |              | {VIN}       | A1   | 2026-11-18 | 李
        C2       | 李四     | '13900000002 | '13900000009 | {OTHER_VIN} |      | 2026-11-04 | 李
    """,
}
THIRD_DAY = f"C1/{VIN}/DLV-3D/2026-11-18/1"
BO_SALES = [f"C2/{OTHER_VIN}/{code}/2026-11-04/1" for code in ("DLV-3D", "DLV-7D-SA", "DLV-15-30")]
SURVEY = f"C2/{OTHER_VIN}/DLV-7D-CS/2026-11-04/1"
DAY = dt.datetime.fromisoformat(TODAY)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = workbook(tmp_path / "Store.xlsx", ENGLISH)
    today(path)
    return path


def saved(path: Path, key: str, typed: dict[str, object]) -> dict[str, object]:
    """The one row of the contact log that a typed row became."""
    type_in(path, key, typed)
    assert save(path, TODAY).json["saved"] == 1
    (row,) = table(path, "contact_log")
    return row


# The row of the contact log.


def test_an_outcome_becomes_one_row_of_the_log_and_leaves_the_list(store: Path) -> None:
    """
    Who, when, which car, and everything that the merged call closes.
    """
    row = saved(store, BO_SALES[0], {"Outcome": "Connected", "Satisfaction": "Satisfied", "Notes": "runs well"})

    assert row == {
        "contact_id": "R20261121-01",
        "contact_at": DAY,
        "customer_id": "C2",
        "customer_name": "Bo",
        "mobile": "13900000002",
        "vin": OTHER_VIN,
        "rule_code": "DLV-3D;DLV-7D-SA;DLV-15-30",
        "due_key": ";".join(BO_SALES),
        "staff": "Li",
        "role": "SA",
        "channel": "Phone",
        "result": "Connected",
        "satisfaction_level": "Satisfied",
        "feedback": "runs well",
    }
    assert not {key for row in call_sheet(store) for key in due_keys(row)} & set(BO_SALES)
    assert not keys(store, TODAY) & set(BO_SALES)


def test_a_chinese_workbook_gets_chinese_words_and_headings(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", CHINESE)
    today(path)
    row = saved(path, SURVEY, {"回访结果": "未接", "备注": "下午再打"})

    assert "回访记录" in sheet_names(path)
    assert cells(path, "回访记录")[0][:3] == ["回访编号", "回访日期", "客户编号"]
    assert (row["result"], row["channel"], row["role"], row["feedback"]) == ("未接", "电话", "CS", "下午再打")


def test_words_may_be_typed_in_the_other_language(store: Path) -> None:
    assert saved(store, SURVEY, {"Outcome": "接通", "Satisfaction": "不满意"})["satisfaction_level"] == "Dissatisfied"


def test_rows_without_an_outcome_stay_as_they_are(store: Path) -> None:
    before = [row for row in call_sheet(store) if SURVEY not in due_keys(row)]
    type_in(store, SURVEY, {"Outcome": "Connected"})

    assert save(store, TODAY).json == {"saved": 1, "kept_open": 3, "problems": []}
    assert call_sheet(store) == before
    assert cells(store, "Today's Calls")[1][0] == (
        "Calls: 3, overdue: 1. Type the outcome beside each call (yellow columns)."
    )


def test_saving_again_adds_nothing(store: Path) -> None:
    type_in(store, SURVEY, {"Outcome": "Connected"})
    save(store, TODAY)
    before = contents(store.parent)

    assert save(store, TODAY).json == {"saved": 0, "kept_open": 3, "problems": []}
    assert contents(store.parent) == before


def test_a_list_of_before_saving_adds_nothing_again(store: Path) -> None:
    """
    Somebody put an older copy of the list back: same call, day, person and outcome.
    """
    typed = {"Outcome": "Connected", "Complaint": "rattles", "New phone": "13700000000"}
    type_in(store, SURVEY, typed)
    older = cells(store, "Today's Calls")
    save(store, TODAY)

    def put_back(rows):
        rows[:] = older

    change(store, "Today's Calls", put_back)

    assert save(store, TODAY).json == {"saved": 0, "kept_open": 3, "problems": []}
    assert (len(table(store, "contact_log")), len(table(store, "complaint"))) == (1, 1)


def test_a_second_try_of_the_day_with_other_words_is_a_second_contact(store: Path) -> None:
    call(store, TODAY, SURVEY, {"Outcome": "No answer", "Notes": "at nine"})
    call(store, TODAY, SURVEY, {"Outcome": "No answer", "Notes": "at three"})

    assert [row["feedback"] for row in table(store, "contact_log")] == ["at nine", "at three"]


def test_the_day_alone_is_written_with_date_and_the_clock_without(store: Path) -> None:
    type_in(store, SURVEY, {"Outcome": "Connected"})
    answer = shell("save-results", store, "--json")

    assert answer.json["saved"] == 1
    (row,) = table(store, "contact_log")
    assert abs(row["contact_at"] - dt.datetime.now()) < dt.timedelta(minutes=2)


def test_staff_names_who_made_the_calls(store: Path) -> None:
    type_in(store, THIRD_DAY, {"Outcome": "Connected"})
    save(store, TODAY, "--staff", "Chen")

    assert table(store, "contact_log")[0]["staff"] == "Chen"


@pytest.mark.parametrize(("account", "staff"), [("Admin", "Li"), ("Ada", "Li"), ("Sun", "Sun")])
def test_the_account_says_who_called_if_somebody_of_the_store_has_its_name(
    tmp_path: Path, account: str, staff: str
) -> None:
    store = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Staff": "Staff No | Name | Role\n 1 | Sun | CS"})
    today(store)
    type_in(store, THIRD_DAY, {"Outcome": "Connected"})

    with ClosedBook(store) as book:
        save_results(book, DAY, "", lambda step: None, account=account)
        book.save()

    assert [row["staff"] for row in table(store, "contact_log")] == [staff]


def test_a_sent_message_was_no_phone_call(store: Path) -> None:
    assert "channel" not in saved(store, THIRD_DAY, {"Outcome": "Sent"})


def test_a_mark_in_place_of_a_word_of_satisfaction_is_a_score(store: Path) -> None:
    row = saved(store, SURVEY, {"Outcome": "Connected", "Satisfaction": 9})

    assert (row["score"], row.get("satisfaction_level")) == (9, None)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_notes_like_a_formula_stay_text(store: Path, text: str) -> None:
    type_in(store, SURVEY, {"Outcome": "Connected", "Notes": text, "Complaint": text})
    save(store, TODAY)

    book = office(store)
    for sheet, heading in (("Contacts", "Feedback"), ("Complaints", "Content")):
        place = [cell.value for cell in book[sheet][1]].index(heading)
        assert (book[sheet][2][place].data_type, book[sheet][2][place].value) == ("s", text)


# The staff's own log.


def with_log(tmp_path: Path, log: Sheet) -> Path:
    path = workbook(tmp_path / "Store.xlsx", {**ENGLISH, "Call Log": log})
    today(path)
    return path


def test_the_stores_own_log_grows_in_its_own_manner(tmp_path: Path) -> None:
    """
    Its columns in their order, its way of numbering; what it has no column for gets one at its right end.
    """
    path = with_log(
        tmp_path,
        """
        Our call log | | | |
        Call ID | Customer ID | Call Date | Rule | Agent | Weather
        K-0041 | C1 | 2026-11-19 | other | Li | sunny
        """,
    )
    type_in(path, SURVEY, {"Outcome": "No answer", "Next contact": "2026-11-24"})
    save(path, TODAY)

    rows = cells(path, "Call Log")
    assert rows[1] == [
        "Call ID", "Customer ID", "Call Date", "Rule", "Agent", "Weather", "VIN", "Due Key", "Role", "Outcome",
        "Next Contact Date",
    ]  # fmt: skip
    assert rows[3] == [
        "K-0042", "C2", DAY, "DLV-7D-CS", None, None, OTHER_VIN, SURVEY, "CS", "No answer", dt.datetime(2026, 11, 24),
    ]  # fmt: skip


def test_columns_of_the_clerk_go_along(tmp_path: Path) -> None:
    """
    Into the column of the same heading, else to the notes; nothing typed is lost.
    """
    path = with_log(
        tmp_path,
        "Call ID | Customer ID | Call Date | Mood | Comments\n K1 | C1 | 2026-11-01 | fine | so so",
    )

    def add_columns(rows):
        place = rows[2].index("Outcome")
        for number, (mood, gift) in enumerate([("", ""), ("", ""), ("Mood", "Gift")]):
            rows[number][place:place] = [mood]
            rows[number].append(gift)
        for row in rows[3:]:
            row[place:place] = ["cheerful"]
            row.append(dt.datetime(2026, 11, 22))

    change(path, "Today's Calls", add_columns)
    type_in(path, SURVEY, {"Outcome": "Connected", "Notes": "thanks"})
    save(path, TODAY)

    log = cells(path, "Call Log")
    assert log[2][3:5] == ["cheerful", "thanks; Gift: 2026-11-22"]
    assert len(call_sheet(path)) == 3
    assert {row["Mood"] for row in call_sheet(path)} == {"cheerful"}


def test_a_sorted_list_with_moved_columns_is_understood(store: Path) -> None:
    def rearrange(rows):
        rows[2:] = [list(reversed(row)) for row in [rows[2], *reversed(rows[3:])]]

    change(store, "Today's Calls", rearrange)
    type_in(store, SURVEY, {"Outcome": "Connected", "Notes": "x"})
    save(store, TODAY)

    assert [row["due_key"] for row in table(store, "contact_log")] == [SURVEY]
    assert list(call_sheet(store)[0])[:2] == ["Survey answers", "Appointment"]
    assert len(call_sheet(store)) == 3


def test_a_list_of_an_earlier_version_without_the_later_columns_is_understood(store: Path) -> None:
    def cut(rows):
        rows[:] = [row[:18] for row in rows]

    change(store, "Today's Calls", cut)
    type_in(store, SURVEY, {"Outcome": "Connected", "Notes": "x"})

    assert save(store, TODAY).json["saved"] == 1
    assert "Appointment" in list(call_sheet(generate_again(store))[0])


def generate_again(path: Path) -> Path:
    today(path)
    return path


def test_a_row_that_the_clerk_added_is_a_contact_of_that_phone(store: Path) -> None:
    def add(rows):
        row = dict.fromkeys(rows[2])
        row |= {"Customer": "Ada", "Phone": "139 0000 0001", "Who calls": "Customer service", "Outcome": "Connected"}
        rows.append(list(row.values()))

    change(store, "Today's Calls", add)
    save(store, TODAY)

    (row,) = table(store, "contact_log")
    assert (row["customer_name"], row["mobile"], row["role"]) == ("Ada", "139 0000 0001", "CS")
    assert "customer_id" not in row


# Entries that cannot be.


@pytest.mark.parametrize(
    ("typed", "column", "code"),
    [
        ({"Outcome": "perhaps"}, "N", "word_unknown"),
        ({"Outcome": "Connected", "Satisfaction": "so so"}, "O", "word_unknown"),
        ({"Outcome": "Connected", "Satisfaction": 11}, "O", "word_unknown"),
        ({"Outcome": "Call back", "Next contact": "2026-11-20"}, "Q", "date_in_the_past"),
        ({"Outcome": "Call back", "Next contact": "soon"}, "Q", "date_not_understood"),
        ({"Notes": "busy"}, "N", "outcome_missing"),
        ({"Satisfaction": "Satisfied"}, "N", "outcome_missing"),
        ({"Outcome": "Connected", "Objection": "colour"}, "S", "word_unknown"),
        ({"Outcome": "Connected", "Wish": "a boat"}, "U", "word_unknown"),
        ({"Outcome": "Connected", "Referral: name, phone": "Bob"}, "V", "referral_not_understood"),
        ({"Outcome": "Connected", "Referral: name, phone": "13912345678"}, "V", "referral_not_understood"),
        ({"Outcome": "Connected", "New phone": "1390000000"}, "W", "phone_not_understood"),
        ({"Outcome": "Connected", "Appointment": "2026-11-20 10:00"}, "X", "date_in_the_past"),
        ({"Outcome": "Call back", "Next contact": "2028-11-22"}, "Q", "date_unlikely"),
        ({"Outcome": "Connected", "Appointment": "tomorrow"}, "X", "date_not_understood"),
    ],
)
def test_an_impossible_entry_stays_in_its_row_and_is_told(
    store: Path, typed: dict[str, object], column: str, code: str
) -> None:
    """
    The other rows are saved; the finding names the cell where it stands after them.
    """
    type_in(store, BO_SALES[0], {"Outcome": "Connected"})
    type_in(store, THIRD_DAY, typed)
    answer = save(store, TODAY)

    assert (answer.json["saved"], answer.json["kept_open"]) == (1, 3)
    ((sheet, cell, found),) = answer.problems("sheet", "cell", "code")
    kept = typed_in(store, THIRD_DAY)
    row = next(number for number, row in enumerate(call_sheet(store), 4) if row == kept)
    assert (sheet, cell, found) == ("Today's Calls", f"{column}{row}", code)
    assert {heading: kept[heading] for heading in typed} == typed
    assert f"Today's Calls!{cell}" in {row[3] for row in cells(store, "Data Checks")}
    assert answer.code == 0
    assert shell("save-results", store, "--date", TODAY, "--json", "--strict").code == 1


def test_an_appointment_wants_a_day_and_an_hour(store: Path) -> None:
    """Whoever typed only the clock is not told to type a day without one."""
    type_in(store, THIRD_DAY, {"Outcome": "Connected", "Appointment": "14:30"})

    ((wanted, remedy),) = save(store, TODAY).problems("wanted", "remedy")
    assert (wanted, remedy) == ("a day and an hour", "Type it as YYYY-MM-DD HH:MM, or clear the cell.")


@pytest.mark.parametrize("day", [TODAY, "2026-11-22"])
def test_a_next_contact_today_or_later_is_possible(store: Path, day: str) -> None:
    row = saved(store, SURVEY, {"Outcome": "Call back", "Next contact": day})

    assert row["next_contact_date"] == dt.datetime.fromisoformat(day)


def test_call_back_without_a_day_is_saved_and_told(store: Path) -> None:
    """
    DOM 0.3: it changes nothing, so somebody should know.
    """
    type_in(store, SURVEY, {"Outcome": "Call back"})
    answer = save(store, TODAY)

    assert answer.json["saved"] == 1
    assert answer.problems("sheet", "cell", "severity", "code") == [("Contacts", "V2", "low", "no_day_agreed")]
    assert SURVEY in keys(store, TODAY)


# What a call brings about.


@pytest.mark.parametrize(
    ("objection", "category"),
    [("Quality", "Quality"), ("Usage", "Usage"), ("Price", "Price"), ("Service", "Service"), ("", "Other")],
)
def test_a_complaint_opens_a_row_of_its_own(store: Path, objection: str, category: str) -> None:
    row = saved(store, SURVEY, {"Outcome": "Connected", "Complaint": "the door rattles", "Objection": objection})

    assert table(store, "complaint") == [
        {
            "complaint_id": "T20261121-01",
            "received_at": DAY,
            "channel": "Found during a call",
            "customer_id": "C2",
            "customer_name": "Bo",
            "mobile": "13900000002",
            "vin": OTHER_VIN,
            "category": category,
            "content": "the door rattles",
            "status": "New",
        }
    ]
    assert row["complaint_id"] == "T20261121-01"
    assert f"C2/{OTHER_VIN}/CMP-24H/{TODAY}/T20261121-01" in keys(store, TODAY)


@pytest.mark.parametrize("wish", ["Replacement: Tang L", "换车 Tang L", "Additional purchase Tang L"])
def test_a_wish_for_a_car_opens_a_card_of_the_customer(store: Path, wish: str) -> None:
    saved(store, SURVEY, {"Outcome": "Connected", "Wish": wish})

    assert table(store, "prospect") == [
        {
            "prospect_no": "261121-01",
            "created_date": DAY,
            "name": "Bo",
            "mobile": "13900000002",
            "source_channel": "Follow-up call",
            "intent_model": "Tang L",
            "status": "Open",
            "sales_advisor": "Li",
        }
    ]


@pytest.mark.parametrize("wish", ["None", "Referral", "Contact intelligence"])
def test_other_wishes_open_no_card_of_the_customer(store: Path, wish: str) -> None:
    assert saved(store, SURVEY, {"Outcome": "Connected", "Wish": wish})["intention"] == wish
    assert table(store, "prospect") == []


def test_a_customer_whose_card_is_open_gets_no_second_one(store: Path) -> None:
    type_in(store, SURVEY, {"Outcome": "Connected", "Wish": "Replacement"})
    type_in(store, BO_SALES[0], {"Outcome": "Connected", "Wish": "Replacement"})
    save(store, TODAY)

    assert len(table(store, "prospect")) == 1


def test_cards_of_one_day_are_numbered_on(store: Path) -> None:
    """
    DOM 6.5: YYMMDD of the creation and a count.
    """
    type_in(store, SURVEY, {"Outcome": "Connected", "Wish": "Replacement"})
    save(store, TODAY)
    call(store, TODAY, THIRD_DAY, {"Outcome": "Connected", "Wish": "Replacement"})

    assert [row["prospect_no"] for row in table(store, "prospect")] == ["261121-01", "261121-02"]


def test_a_friend_gets_a_card_and_the_referral_a_row_where_the_store_keeps_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {**ENGLISH, "Referrals": "Referral No | Referrer | Friend | Phone\n Z9 | C1 | Al | '13911111111"},
    )
    today(path)
    saved(path, SURVEY, {"Outcome": "Connected", "Referral: name, phone": "Bob Brown, 139-1234-5678"})

    (card,) = table(path, "prospect")
    assert (card["name"], card["mobile"], card["source_channel"], card["sales_advisor"]) == (
        "Bob Brown", "13912345678", "Referral", "Li",
    )  # fmt: skip
    assert table(path, "referral")[1] == {
        "referral_id": "Z10",
        "referrer_id": "C2",
        "friend_name": "Bob Brown",
        "friend_mobile": "13912345678",
        "date": DAY,
        "source_contact_id": "R20261121-01",
    }


def test_without_a_sheet_of_referrals_the_card_is_enough(store: Path) -> None:
    saved(store, SURVEY, {"Outcome": "Connected", "Referral: name, phone": "王五 13912345678"})

    assert [row["name"] for row in table(store, "prospect")] == ["王五"]
    assert "Referrals" not in sheet_names(store)


def test_a_new_phone_goes_to_the_customer_and_the_old_one_to_the_second(store: Path) -> None:
    row = saved(store, THIRD_DAY, {"Outcome": "Connected", "New phone": "137 0000 0000"})

    ada = table(store, "customer")[0]
    assert (ada["mobile"], ada["mobile_backup"]) == ("13700000000", "13900000001")
    assert "feedback" not in row


def test_where_the_second_phone_is_taken_the_log_keeps_the_old_one(store: Path) -> None:
    row = saved(store, SURVEY, {"Outcome": "Connected", "Notes": "moved", "New phone": "13700000000"})

    bo = table(store, "customer")[1]
    assert (bo["mobile"], bo["mobile_backup"]) == ("13700000000", "13900000009")
    assert row["feedback"] == "moved; phone was 13900000002"


def test_the_phone_of_a_customer_without_a_number_is_not_changed(tmp_path: Path) -> None:
    """
    The phone is this customer's number; under another one everything logged before would be somebody else's.
    """
    path = workbook(
        tmp_path / "Store.xlsx",
        {"Customers": f"Name | Mobile | VIN | Delivery Date\n Ada | '13900000001 | {VIN} | 2026-11-18"},
    )
    today(path)
    key = f"13900000001/{VIN}/DLV-3D/2026-11-18/1"
    type_in(path, key, {"Outcome": "Connected", "New phone": "13700000000"})
    answer = save(path, TODAY)

    assert answer.problems("sheet", "cell", "code") == [("Customers", "B2", "phone_not_entered")]
    assert table(path, "customer")[0]["mobile"] == "13900000001"
    assert table(path, "contact_log")[0]["feedback"] == "new phone 13700000000"
    assert key not in keys(path, TODAY)


def test_an_appointment_opens_a_booking_that_is_confirmed_the_day_before(store: Path) -> None:
    saved(store, THIRD_DAY, {"Outcome": "Connected", "Appointment": "2026-11-25 14:30"})

    assert table(store, "booking") == [
        {
            "booking_id": "B20261121-01",
            "vin": VIN,
            "plate_no": "A1",
            "customer_id": "C1",
            "customer_name": "Ada",
            "mobile": "13900000001",
            "booked_on": DAY,
            "appointment_at": dt.datetime(2026, 11, 25, 14, 30),
            "initiator": "After reminder",
            "channel": "Phone",
        }
    ]
    key = f"C1/{VIN}/BOOK-CFM/2026-11-25/B20261121-01"
    assert key not in keys(store, "2026-11-23")
    assert key in keys(store, "2026-11-24")


# The command.


def test_a_dry_run_says_the_same_and_writes_nothing(store: Path) -> None:
    type_in(store, SURVEY, {"Outcome": "Call back", "Complaint": "x"})
    type_in(store, THIRD_DAY, {"Outcome": "perhaps"})
    before = contents(store.parent)
    dry = save(store, TODAY, "--dry-run")

    assert contents(store.parent) == before
    assert dry.json == save(store, TODAY).json


def test_out_writes_to_another_file(store: Path) -> None:
    type_in(store, SURVEY, {"Outcome": "Connected"})
    before, other = store.read_bytes(), store.with_name("Other.xlsx")
    save(store, TODAY, "--out", other)

    assert store.read_bytes() == before
    assert len(table(other, "contact_log")) == 1


def test_without_a_list_there_is_nothing_to_save(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", ENGLISH)
    before = contents(tmp_path)

    assert save(path, TODAY).json == {"saved": 0, "kept_open": 0, "problems": []}
    assert contents(tmp_path) == before


def test_a_person_is_told_what_was_saved(store: Path) -> None:
    type_in(store, SURVEY, {"Outcome": "Connected"})
    type_in(store, THIRD_DAY, {"Outcome": "perhaps"})
    answer = shell("save-results", store, "--date", TODAY)

    assert "1 saved, 3 still open, 1 to look at." in answer.out
    assert "perhaps" in answer.out


def test_example_rows_do_not_tell_how_to_number(tmp_path: Path) -> None:
    """
    Rows that begin so are taken out by "Remove examples"; a real contact must not be.
    """
    path = with_log(tmp_path, "Call ID | Customer ID | Call Date | Outcome\n EX-R1 | EX-C1 | 2026-11-01 | Connected")
    type_in(path, SURVEY, {"Outcome": "Connected"})
    save(path, TODAY)

    assert table(path, "contact_log")[1]["contact_id"] == "R20261121-01"


# DOM 8.2 and 8.5 through the workbook.

NEW_CAR: dict[str, Sheet] = {
    "Customers": f"""
        Customer ID | Name | Mobile       | VIN   | Delivery Date | Insurance Expiry | Do Not Contact
        C1          | Ada  | '13900000001 | {VIN} | 2025-03-01    |                  |
    """,
}
DAY_OF_DELIVERY = f"C1/{VIN}/DLV-D0/2025-03-01/1"
THREE_DAYS = f"C1/{VIN}/DLV-3D/2025-03-01/1"
SALES_SURVEY = f"C1/{VIN}/DLV-7D-SA/2025-03-01/1"
CS_SURVEY = f"C1/{VIN}/DLV-7D-CS/2025-03-01/1"


@pytest.fixture
def new_car(tmp_path: Path) -> Path:
    """The store of T33: the two calls of the delivery day were made."""
    path = workbook(tmp_path / "Store.xlsx", NEW_CAR)
    assert rules(path, "2025-03-01") == [["DLV-2H", "DLV-D0"]]
    call(path, "2025-03-01", DAY_OF_DELIVERY, {"Outcome": "Connected"})
    return path


def test_t33_and_t34_two_rows_however_often_the_list_is_generated(new_car: Path) -> None:
    for _ in range(2):
        assert rules(new_car, "2025-03-08") == [["DLV-3D", "DLV-7D-SA"], ["DLV-7D-CS"]]


def test_t35_a_call_of_sales_leaves_the_survey_open(new_car: Path) -> None:
    call(new_car, "2025-03-08", SALES_SURVEY, {"Outcome": "Connected"})

    assert rules(new_car, "2025-03-08") == [["DLV-7D-CS"]]


def test_t36_of_a_customer_not_to_be_called_only_the_complaint_is_left(new_car: Path) -> None:
    call(new_car, "2025-03-08", SALES_SURVEY, {"Outcome": "Refused", "Complaint": "noise", "Objection": "Quality"})

    def refuse(rows):
        rows[1][rows[0].index("Do Not Contact")] = "yes"

    change(new_car, "Customers", refuse)
    assert rules(new_car, "2025-03-08") == [["CMP-2H", "CMP-24H"]]


def test_t37_three_tries_on_three_days_close_the_call(new_car: Path) -> None:
    for day, outcome in (("2025-03-05", "No answer"), ("2025-03-06", "Switched off"), ("2025-03-07", "Invalid number")):
        assert CS_SURVEY in keys(new_car, day)
        call(new_car, day, CS_SURVEY, {"Outcome": outcome})

    assert CS_SURVEY not in keys(new_car, "2025-03-07")


def test_t38_a_first_service_ends_the_calls_for_it(tmp_path: Path) -> None:
    visits = "Repair Order | VIN | Visit | Type of Work\n W1 | other | 2025-01-01 | Repair"
    path = workbook(tmp_path / "Store.xlsx", {**NEW_CAR, "Visits": visits})
    first = f"C1/{VIN}/FS-CALL/2025-06-01/1"
    call(path, "2025-05-17", first, {"Outcome": "No answer", "Notes": "again tomorrow"})
    assert first in keys(path, "2025-05-20")

    change(path, "Visits", lambda rows: rows.append(["W2", VIN, dt.datetime(2025, 5, 20), "First service"]))
    assert first not in keys(path, "2025-05-20")


def test_t38a_what_was_due_before_going_live_is_not_listed(tmp_path: Path) -> None:
    sheets = {
        "Customers": f"Customer ID | Name | Mobile | VIN | Delivery Date\n C1 | Ada | '139 | {VIN} | 2023-05-10",
        "Settings": "Parameter | Value\n go_live_date | 2025-03-01",
    }
    path = workbook(tmp_path / "Store.xlsx", sheets)

    assert not {rule for call in rules(path, "2025-03-01") for rule in call if rule.startswith("DLV")}
    assert f"C1/{VIN}/DLV-M24/2023-05-10/1" in keys(path, "2025-05-10")
    call(path, "2025-05-10", f"C1/{VIN}/DLV-M24/2023-05-10/1", {"Outcome": "Connected"})
    assert f"C1/{VIN}/DLV-M24/2023-05-10/1" not in keys(path, "2025-05-11")


def test_t38b_an_expiry_that_lies_ahead_is_called_for_until_it_is_answered(tmp_path: Path) -> None:
    sheets = {
        "Customers": f"Customer ID | Name | Mobile | VIN | Insurance Expiry\n C1 | Ada | '139 | {VIN} | 2025-04-20",
    }
    path = workbook(tmp_path / "Store.xlsx", sheets)
    key = f"C1/{VIN}/INS-1M/2025-04-20/1"
    (row,) = (row for row in generate(path, "2025-03-25").json["rows"] if key in row["due_keys"])
    assert (row["due_date"], row["deadline"]) == ("2025-03-20", "2025-04-20")

    call(path, "2025-03-25", key, {"Outcome": "Connected"})
    assert key not in keys(path, "2025-03-26")


def test_t81_and_t82_an_answered_reminder_comes_again_sooner(tmp_path: Path) -> None:
    sheets = {
        "Customers": f"Customer ID | Name | Mobile | VIN | Delivery Date\n C1 | Ada | '139 | {VIN} | 2025-03-10",
    }
    first, second = (f"C1/{VIN}/FS-CALL/2025-06-10/{count}" for count in (1, 2))
    nobody = workbook(tmp_path / "Nobody.xlsx", sheets)
    assert first in keys(nobody, "2025-06-24")
    assert not keys(nobody, "2025-06-25") & {first, second}

    reached = workbook(tmp_path / "Reached.xlsx", sheets)
    call(reached, "2025-05-28", first, {"Outcome": "Connected"})
    assert not keys(reached, "2025-06-09") & {first, second}
    (row,) = (row for row in generate(reached, "2025-06-10").json["rows"] if second in row["due_keys"])
    assert row["due_date"] == "2025-06-10"
    assert second in keys(reached, "2025-07-01")
    assert second not in keys(reached, "2025-07-02")


def test_t84_a_call_put_off_comes_back_on_its_day(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", NEW_CAR)
    call(path, "2025-03-03", THREE_DAYS, {"Outcome": "Call back", "Next contact": "2025-03-10"})

    listed = {day: THREE_DAYS in keys(path, f"2025-03-{day}") for day in ("04", "09", "10", "24", "25")}
    assert listed == {"04": False, "09": False, "10": True, "24": True, "25": False}


def test_t85_a_call_without_a_rule_closes_what_that_role_had_open(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", NEW_CAR)
    generate(path, "2025-03-05")

    def add(rows):
        row = dict.fromkeys(rows[2])
        row |= {"Phone": "13900000001", "Who calls": "Customer service", "Outcome": "Connected"}
        rows.append(list(row.values()))

    change(path, "Today's Calls", add)
    save(path, "2025-03-05")

    assert {THREE_DAYS, SALES_SURVEY} <= keys(path, "2025-03-08")
    assert CS_SURVEY not in keys(path, "2025-03-08")


def test_t86_a_call_before_the_delivery_closes_nothing(tmp_path: Path) -> None:
    log = "Call ID | Customer ID | Rule | Call Date | Outcome\n K1 | C1 | DLV-3D | 2025-02-27 | Connected"
    path = workbook(tmp_path / "Store.xlsx", {**NEW_CAR, "Call Log": log})
    assert THREE_DAYS in keys(path, "2025-03-04")

    call(path, "2025-03-04", THREE_DAYS, {"Outcome": "Connected"})
    assert THREE_DAYS not in keys(path, "2025-03-04")


@pytest.mark.parametrize(
    ("expected", "due"), [("2025-05-03", "2025-05-03"), ("2025-04-30", "2025-05-05"), ("", "2025-05-05")]
)
def test_t88_a_prospect_is_due_again_after_each_answer(tmp_path: Path, expected: str, due: str) -> None:
    sheets = {
        **NEW_CAR,
        "Prospects": f"""
            Lead No | Lead Name | Phone        | Grade | Created    | Last Follow-up | Expected Order | Status
            P1      | Eve       | '13912340000 | A     | 2025-04-01 | 2025-05-01     | {expected}     | Open
        """,
    }
    path = workbook(tmp_path / "Store.xlsx", sheets)
    key = "P1//PRO-A/2025-05-01/1"
    (row,) = (row for row in generate(path, "2025-05-06").json["rows"] if key in row["due_keys"])
    assert row["due_date"] == due

    call(path, "2025-05-06", key, {"Outcome": "Connected", "Next contact": "2025-05-20", "Wish": "Replacement"})
    assert len(table(path, "prospect")) == 1
    assert not {key for key in keys(path, "2025-05-19") if key.startswith("P1/")}
    assert {key for key in keys(path, "2025-05-20") if key.startswith("P1/")} == {"P1//PRO-A/2025-05-06/1"}
