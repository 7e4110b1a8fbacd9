"""The worked examples of DOM 8 about lists and the loop, through workbooks in both languages.

A store is drawn with canonical names and words and written with the headings and words of its language. What is
called is typed beside the call and saved, as a clerk does it; only what staff themselves would write is drawn.
"""

# ruff: noqa: N802  (T33 and the others are the numbers of DOM)

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.actions.clerk import change, generate, keys, save, table
from tests.actions.drawn import Sheet, cells, contents, shell, type_in, workbook
from xl_retention.domain.cadence import Rulebook
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.calls.call_sheet import HEADING_ROW, PLACES
from xl_retention.sheets.staff_sheets import STAFF_SHEETS, heading
from xl_retention.sheets.wording import say, word

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
VIN = "LSVAA4187E2184847"
SHEETS = {sheet.entity.name: sheet for sheet in STAFF_SHEETS}
CUSTOMER = "customer_id | customer_name | mobile\nC1 | Ada | '13900000001"
CAR = f"vin | customer_id | delivery_date\n{VIN} | C1 | 2025-03-01"


def store(folder: Path, language: str, only: tuple[str, ...] = (), settings: str = "", **drawings: str) -> Path:
    """
    A workbook of drawn tables in a language.

    Args:
        only: Beginnings of the rules that are on; without them all are as they come.
        settings: Lines of the sheet Settings.
    """
    sheets: dict[str, Sheet] = {
        SHEETS[entity].name(language): _in_words(entity, cells(drawing), language)
        for entity, drawing in drawings.items()
    }
    if only:
        off = [code for code in Rulebook(Parameters()) if not code.startswith(only)]
        sheets["Rules"] = [["Rule Code", "On"], *([code, "no"] for code in off)]
    if settings:
        sheets["Settings"] = f"Parameter | Value\n{settings}"
    return workbook(folder / "Store.xlsx", sheets)


def _in_words(entity: str, drawn: list[list[object]], language: str) -> list[list[object]]:
    fields = [ENTITIES[entity].field(str(name)) for name in drawn[0]]
    rows = [
        [
            word(field.words, cell, language)
            if field.words and isinstance(cell, str) and field.words != "role"
            else cell
            for field, cell in zip(fields, [*row, *[None] * len(fields)], strict=False)
        ]
        for row in drawn[1:]
    ]
    return [[heading(field, language) for field in fields], *rows]


def answered(path: Path, language: str, day: str, key: str, outcome: str, **typed: object) -> None:
    """A call of a day's list with its outcome, saved."""
    generate(path, day)
    entries: Mapping[str, object] = {
        say("outcome", language): word("result", outcome, language),
        **{say(name, language): value for name, value in typed.items()},
    }
    type_in(path, key, entries)
    assert save(path, day).json["saved"] == 1


def rows(path: Path, day: str, *names: str) -> list[tuple[object, ...]]:
    """Some fields of the calls of a day."""
    return generate(path, day).rows(*names)


def rules(path: Path, day: str) -> list[str]:
    """All rules on the list of a day."""
    return sorted(rule for row in generate(path, day).json["rows"] for rule in row["rules"])


def days_listed(path: Path, rule: str, first: str, last: str) -> str:
    """First and last day on which a rule, or a due key, is listed, as `first..last`; stretches by blanks."""
    day, end, stretches = dt.date.fromisoformat(first), dt.date.fromisoformat(last), []
    while day <= end:
        answer = shell("today", path, "--date", day, "--json", "--dry-run").json
        if any(rule in (*row["rules"], *row["due_keys"]) for row in answer["rows"]):
            if stretches and stretches[-1][1] == day - dt.timedelta(days=1):
                stretches[-1][1] = day
            else:
                stretches.append([day, day])
        day += dt.timedelta(days=1)
    return " ".join(f"{begin}..{finish}" for begin, finish in stretches)


def due(code: str, anchor: str = "2025-03-01", sequence: object = 1, car: str = VIN) -> str:
    """A due key of the drawn customer."""
    return f"C1/{car}/{code}/{anchor}/{sequence}"


def delivered(folder: Path, language: str, **more: str) -> Path:
    """T33 before anybody calls: delivered on 2025-03-01, only the rules of DOM 3.1 are on."""
    first = ("DLV-D0", "DLV-2H", "DLV-3D", "DLV-7D", "DLV-2W", "DLV-15-30")
    return store(folder, language, first, customer=CUSTOMER, vehicle=CAR, **more)


@LANGUAGES
def test_T33_two_rows_of_two_roles_with_the_oldest_deadline_first(tmp_path, language):
    path = delivered(tmp_path, language)
    answered(path, language, "2025-03-01", due("DLV-D0"), "接通")

    assert table(path, "contact_log")[0]["due_key"] == f"{due('DLV-2H')};{due('DLV-D0')}"
    assert rows(path, "2025-03-08", "role", "rules", "deadline", "overdue_days") == [
        ("SA", ["DLV-3D", "DLV-7D-SA"], "2025-03-04", 4),
        ("CS", ["DLV-7D-CS"], "2025-03-08", 0),
    ]


@LANGUAGES
def test_T34_pressed_twice_there_are_still_two_rows_and_the_file_is_the_same(tmp_path, language):
    path = delivered(tmp_path, language)
    first = generate(path, "2025-03-08").out
    written = contents(tmp_path)

    assert generate(path, "2025-03-08").out == first
    assert contents(tmp_path) == written


@LANGUAGES
def test_T35_the_call_of_sales_leaves_that_of_customer_care(tmp_path, language):
    path = delivered(tmp_path, language)
    answered(path, language, "2025-03-06", due("DLV-7D-SA"), "接通")

    assert keys(path, "2025-03-08") == {due("DLV-7D-CS")}


@LANGUAGES
def test_T35_a_row_that_names_one_rule_leaves_the_other_of_its_role(tmp_path, language):
    log = "contact_id | contact_at | customer_id | rule_code | result\nR1 | 2025-03-06 | C1 | DLV-7D-SA | 接通"
    path = delivered(tmp_path, language, contact_log=log)

    assert keys(path, "2025-03-08") == {due("DLV-3D"), due("DLV-7D-CS")}


@LANGUAGES
def test_T36_only_the_complaint_is_left_for_whoever_asked_not_to_be_contacted(tmp_path, language):
    path = store(
        tmp_path,
        language,
        customer="customer_id | customer_name | do_not_contact\nC1 | Ada | 是",
        vehicle=CAR,
        complaint="complaint_id | customer_id | received_at | category\nK1 | C1 | 2025-03-07 | 质量",
    )

    assert rules(path, "2025-03-08") == ["CMP-24H", "CMP-2H"]


@LANGUAGES
def test_T37_three_days_in_vain_end_it_and_two_do_not(tmp_path, language):
    path = store(tmp_path, language, ("DLV-3D",), customer=CUSTOMER, vehicle=CAR)
    for day, outcome in (("2025-03-02", "未接"), ("2025-03-03", "关机"), ("2025-03-03", "未接")):
        answered(path, language, day, due("DLV-3D"), outcome)

    assert keys(path, "2025-03-04") == {due("DLV-3D")}

    answered(path, language, "2025-03-05", due("DLV-3D"), "空号")

    assert keys(path, "2025-03-05") == keys(path, "2025-03-06") == set()


@LANGUAGES
def test_T38_the_first_service_ends_its_calls_and_its_notice(tmp_path, language):
    customer = "customer_id | customer_name | consent_marketing\nC1 | Ada | 是"
    drawn = {"customer": customer, "vehicle": CAR.replace("2025-03-01", "2025-03-05")}
    visit = f"vin | visit_date | work_type\n{VIN} | 2025-05-25 | 首保"
    path = store(tmp_path, language, ("FS-",), **drawn, service_visit=visit)

    assert days_listed(path, "FS-CALL", "2025-05-15", "2025-06-01") == "2025-05-21..2025-05-24"
    for day, told in (("2025-05-24", ["FS-AUTO"]), ("2025-05-25", [])):
        assert [message["rule"] for message in generate(path, day).json["mailing_list"]] == told


@LANGUAGES
def test_T38a_what_was_late_before_go_live_never_comes(tmp_path, language):
    car = CAR.replace("2025-03-01", "2023-05-10")
    path = store(tmp_path, language, ("DLV-",), "go_live_date | 2025-03-01", customer=CUSTOMER, vehicle=car)

    assert rules(path, "2025-03-01") == []
    assert rows(path, "2025-05-07", "due_keys", "due_date") == [([due("DLV-M24", "2023-05-10")], "2025-05-10")]
    assert days_listed(path, "DLV-M24", "2025-05-05", "2025-05-08") == "2025-05-07..2025-05-08"


@LANGUAGES
def test_T38b_an_insurance_that_ends_later_is_reminded_a_month_early(tmp_path, language):
    car = f"vin | customer_id | insurance_expiry\n{VIN} | C1 | 2025-04-20"
    path = store(tmp_path, language, customer=CUSTOMER, vehicle=car)

    assert rows(path, "2025-03-25", "rules", "due_date", "deadline", "overdue_days") == [
        (["INS-1M"], "2025-03-20", "2025-04-20", 0)
    ]


FIRST_SERVICE = {"customer": CUSTOMER, "vehicle": CAR.replace("2025-03-01", "2025-03-10")}


@LANGUAGES
def test_T81_a_first_service_call_that_nobody_makes_comes_back(tmp_path, language):
    path = store(tmp_path, language, ("FS-CALL",), **FIRST_SERVICE)
    first, second = due("FS-CALL", "2025-06-10", 1), due("FS-CALL", "2025-06-10", 2)

    assert days_listed(path, first, "2025-05-24", "2025-07-02") == "2025-05-26..2025-06-24"
    assert keys(path, "2025-06-25") == set()
    assert rows(path, "2025-07-01", "due_keys", "due_date", "deadline") == [([second], "2025-07-01", "2025-07-08")]


@LANGUAGES
def test_T82_a_first_service_call_that_was_made_comes_back(tmp_path, language):
    path = store(tmp_path, language, ("FS-CALL",), **FIRST_SERVICE)
    answered(path, language, "2025-05-28", due("FS-CALL", "2025-06-10"), "接通")
    second = due("FS-CALL", "2025-06-10", 2)

    assert days_listed(path, "FS-CALL", "2025-05-28", "2025-07-03") == "2025-06-10..2025-07-01"
    assert rows(path, "2025-06-10", "due_keys", "due_date", "deadline") == [([second], "2025-06-10", "2025-06-17")]


@LANGUAGES
@pytest.mark.parametrize(
    ("again", "left"), [("2025-05-05", ["2025-05-05"]), ("2025-05-06", ["2025-05-02", "2025-05-06"])]
)
def test_T83_a_car_that_is_back_by_the_deadline_is_asked_about_once(tmp_path, language, again, left):
    visits = f"""
        ro_no | vin   | visit_date | checkout_date
        W1    | {VIN} | 2025-05-02 | 2025-05-02
        W2    | {VIN} | {again}    | {again}
    """
    car = f"vin | customer_id | delivery_date\n{VIN} | C1 | 2024-01-01"
    path = store(tmp_path, language, ("SVC-3D",), customer=CUSTOMER, vehicle=car, service_visit=visits)

    assert keys(path, "2025-05-07") == {due("SVC-3D", day) for day in left}


@LANGUAGES
def test_T84_a_call_put_off_comes_on_the_agreed_day(tmp_path, language):
    path = store(tmp_path, language, ("DLV-3D", "NEXT"), customer=CUSTOMER, vehicle=CAR)
    agreed = dt.datetime(2025, 3, 10)
    answered(path, language, "2025-03-03", due("DLV-3D"), "改约", next_contact=agreed)

    assert days_listed(path, due("DLV-3D"), "2025-03-03", "2025-03-30") == "2025-03-10..2025-03-24"
    assert rows(path, "2025-03-10", "rules", "overdue_days") == [(["DLV-3D"], 0)]
    assert rows(path, "2025-03-11", "rules", "overdue_days") == [(["DLV-3D"], 1)]


@LANGUAGES
def test_T84_the_call_put_off_is_late_for_the_key_figure(tmp_path, language):
    path = store(tmp_path, language, ("DLV-3D",), customer=CUSTOMER, vehicle=CAR)
    answered(path, language, "2025-03-03", due("DLV-3D"), "改约", next_contact=dt.datetime(2025, 3, 10))
    answered(path, language, "2025-03-10", due("DLV-3D"), "接通")
    (figure,) = (each for each in kpi(path, "2025-03-31") if each["code"] == "K08" and "group" not in each)

    assert (figure["numerator"], figure["denominator"]) == (0, 1)


@LANGUAGES
def test_T85_a_call_without_rule_answers_what_its_role_had_to_ask(tmp_path, language):
    log = "contact_id | contact_at | customer_id | role | result\nR1 | 2025-03-05 | C1 | CS | 接通"
    path = delivered(tmp_path, language, contact_log=log)

    assert rules(path, "2025-03-08") == ["DLV-3D", "DLV-7D-SA"]


@LANGUAGES
def test_T85_a_call_that_the_clerk_adds_to_the_list_answers_it_too(tmp_path, language):
    """
    A row below the list, with the phone of the customer and who called.
    """
    path = delivered(tmp_path, language)
    generate(path, "2025-03-05")

    def below(sheet: list[list[object]]) -> None:
        row: list[object] = [None] * len(sheet[HEADING_ROW - 1])
        row[PLACES["phone"]], row[PLACES["who"]], row[PLACES["outcome"]] = (
            "13900000001",
            "CS",
            word("result", "接通", language),
        )
        sheet.append(row)

    change(path, say("calls_sheet", language), below)
    assert save(path, "2025-03-05").json["saved"] == 1

    assert rules(path, "2025-03-08") == ["DLV-3D", "DLV-7D-SA"]


@LANGUAGES
@pytest.mark.parametrize(("day", "left"), [("2025-02-27", ["DLV-3D"]), ("2025-03-01", [])])
def test_T86_a_call_before_the_delivery_answers_nothing_about_it(tmp_path, language, day, left):
    log = f"contact_id | contact_at | customer_id | rule_code | result\nR1 | {day} | C1 | DLV-3D | 接通"
    path = store(tmp_path, language, ("DLV-3D",), customer=CUSTOMER, vehicle=CAR, contact_log=log)

    assert rules(path, "2025-03-04") == left


@LANGUAGES
@pytest.mark.parametrize(("visited", "left"), [("2025-06-01", []), ("2025-05-31", []), ("2025-05-30", ["MNT-CALL"])])
def test_T87_a_maintenance_that_was_not_too_early_ends_the_reminder(tmp_path, language, visited, left):
    car = f"vin | customer_id | delivery_date | next_service_date\n{VIN} | C1 | 2024-01-01 | 2025-06-30"
    visit = f"ro_no | vin | visit_date | work_type\nW1 | {VIN} | {visited} | 定期保养"
    path = store(tmp_path, language, ("MNT-CALL",), customer=CUSTOMER, vehicle=car, service_visit=visit)

    assert rules(path, "2025-06-20") == left


@LANGUAGES
@pytest.mark.parametrize(
    ("expected", "due_day"), [("2025-05-03", "2025-05-03"), ("2025-04-30", "2025-05-05"), ("", "2025-05-05")]
)
def test_T88_a_prospect_is_called_no_later_than_he_means_to_order(tmp_path, language, expected, due_day):
    card = (
        "prospect_no | created_date | name | mobile | grade | last_follow_date | expected_order_date\n"
        f"250420-01 | 2025-04-20 | Eve | '13900000005 | A | 2025-05-01 | {expected}"
    )
    path = store(tmp_path, language, customer=CUSTOMER, prospect=card)

    assert days_listed(path, "PRO-A", "2025-05-01", "2025-05-06") == f"{due_day}..2025-05-06"
    assert keys(path, "2025-05-05") == {"250420-01//PRO-A/2025-05-01/1"}


@LANGUAGES
@pytest.mark.parametrize(("cancelled", "counted"), [("2025-05-09", 1), ("2025-05-10", 2), ("", 1)])
def test_T89_a_booking_cancelled_in_time_is_not_counted(tmp_path, language, cancelled, counted):
    bookings = f"""
        booking_id | vin | booked_on | appointment_at | arrived_at | status | cancelled_at
        B1 | {VIN} | 2025-05-01 | 2025-05-10 | | 取消 | {cancelled}
        B2 | {VIN} | 2025-05-01 | 2025-05-20 | 2025-05-20 | 已到店 |
    """
    path = store(tmp_path, language, customer=CUSTOMER, vehicle=CAR, booking=bookings)
    (figure,) = (each for each in kpi(path, "2025-05-31") if each["code"] == "K14")

    assert (figure["numerator"], figure["denominator"]) == (1, counted)


def kpi(path: Path, day: str) -> list[dict[str, object]]:
    """The key figures of the month of a day."""
    answer = shell("kpi", path, "--date", day, "--json", "--dry-run")
    assert answer.code == 0, answer.err
    return answer.json["kpis"]


@LANGUAGES
def test_T27_the_plan_of_a_month_has_its_groups(tmp_path, language):
    """
    March 2025: delivered in February, delivered in December, insured until April, born in March.
    """
    days = {  # by field a day inside and the days beside, with the group of the day inside
        "delivery_date": (("2025-02-01", "PLAN-PREV"), ("2025-02-28", "PLAN-PREV"), ("2024-12-01", "DLV-M03"),
                          ("2024-12-31", "DLV-M03"), ("2025-01-31", ""), ("2024-11-30", ""), ("2025-01-01", "")),
        "insurance_expiry": (("2025-04-01", "INS-1M"), ("2025-04-30", "INS-1M"),
                             ("2025-03-31", ""), ("2025-05-01", "")),
        "birth_date": (("1980-03-01", "BDAY-MONTH"), ("1980-03-31", "BDAY-MONTH"),
                       ("1980-02-28", ""), ("1980-04-01", "")),
    }  # fmt: skip
    customers, cars, groups = (
        ["customer_id | customer_name | birth_date"],
        ["vin | customer_id | delivery_date | insurance_expiry"],
        {},
    )
    for field, cases in days.items():
        for day, group in cases:
            number = len(customers)
            customers.append(f"C{number:02} | Name {number} | {day if field == 'birth_date' else ''}")
            shown = [day if field == name else "" for name in ("delivery_date", "insurance_expiry")]
            cars.append(f"{VIN[:-2]}{number:02} | C{number:02} | {' | '.join(shown)}")
            groups[f"C{number:02}"] = group
    on = ("PLAN-", "INS-1M", "BDAY-MONTH", "DLV-M03")
    path = store(tmp_path, language, on, customer="\n".join(customers), vehicle="\n".join(cars))

    answer = shell("plan", path, "--date", "2025-03-01", "--month", "2025-03", "--json")

    assert answer.code == 0, answer.err
    found = {row["customer_id"]: row["groups"] for row in answer.json["rows"]}
    assert found == {customer: [group] for customer, group in groups.items() if group}
