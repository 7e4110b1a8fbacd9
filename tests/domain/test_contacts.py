"""Which logged contact closes, moves or brings about which due contact (DOM 0.3, 3.6 "Repeating rules", 3.8)."""

import datetime as dt

import pytest

from tests.tables import calls, codes, days_listed, listed

C1 = "customer_id | sales_advisor | cs_owner | service_advisor_owner\nC1 | Ann | Bo | Cy"
CAR = "vin | plate_no | customer_id | delivery_date\nV1 | A1 | C1 | 2025-03-01"
TWO_CARS = """
    vin | plate_no | customer_id | delivery_date
    V1  | A1       | C1          | 2025-03-01
    V2  | A2       | C1          | 2025-03-01
"""
LOG = "customer_id | contact_at | rule_code | result | next_contact_date | role | staff | vin | plate_no | due_key\n"


def row(day, rule="", result="接通", agreed="", role="", staff="", vin="", plate="", key="", customer="C1"):
    return f"{customer} | {day} | {rule} | {result} | {agreed} | {role} | {staff} | {vin} | {plate} | {key}\n"


def logged(*rows):
    return LOG + "".join(rows)


def store(*rows, only, vehicle=CAR, **more):
    """One customer with a car delivered on 1 March, and what was logged; an empty log is no log."""
    log = {"contact_log": logged(*rows)} if rows else {}
    return {"only": only, "customer": C1, "vehicle": vehicle, **log, **more}


def open_on(day, *rows, only, **more):
    return codes(day, **store(*rows, only=only, **more))


def keys_on(day, *rows, only, **more):
    return [item.key for item in listed(day, **store(*rows, only=only, **more))]


# What a result does.


@pytest.mark.parametrize(
    ("result", "left"),
    [
        ("接通", []),
        ("拒访", []),
        ("已发送", ["DLV-3D"]),
        ("未接", ["DLV-3D"]),
        ("关机", ["DLV-3D"]),
        ("空号", ["DLV-3D"]),
        ("改约", ["DLV-3D"]),
        ("", ["DLV-3D"]),
    ],
)
def test_a_call_is_done_when_the_customer_spoke_or_refused(result, left):
    """
    Refused counts as contacted; a row without result closes nothing.
    """
    assert open_on("2025-03-04", row("2025-03-03", "DLV-3D", result), only=("DLV-3D",)) == left


@pytest.mark.parametrize(
    ("rule", "day", "more"),
    [
        ("DLV-D0", "2025-03-01", {}),
        ("DLV-2H", "2025-03-01", {}),
        ("DLV-2W-MGR", "2025-03-16", {}),
        ("INSP-1M", "2025-03-10", {"vehicle": "vin | customer_id | inspection_expiry\nV1 | C1 | 2025-04-01"}),
        ("BDAY-7", "2025-03-10", {"customer": "customer_id | birth_date\nC1 | 03-14"}),
        ("BDAY-0", "2025-03-14", {"customer": "customer_id | birth_date\nC1 | 03-14"}),
    ],
)
def test_a_message_is_enough_for_the_rules_marked_so(rule, day, more):
    """
    Column "sent" of DOM 3.8.
    """
    given = {**store(only=(rule,)), **more}
    assert codes(day, **given) == [rule]
    assert codes(day, **given, contact_log=logged(row(day, rule, "已发送"))) == []


@pytest.mark.parametrize(
    ("attempts", "left"),
    [
        pytest.param(("2025-03-02", "2025-03-03"), ["DLV-3D"], id="two days"),
        pytest.param(("2025-03-02", "2025-03-03", "2025-03-04"), [], id="three days"),
        pytest.param(("2025-03-02T09:00", "2025-03-02T10:00", "2025-03-02T11:00"), ["DLV-3D"], id="thrice a day"),
        pytest.param(
            ("2025-03-02T09:00", "2025-03-02T10:00", "2025-03-03", "2025-03-04"), [], id="four calls on three days"
        ),
        pytest.param(("2025-02-28", "2025-03-02", "2025-03-03"), ["DLV-3D"], id="one before the window"),
    ],
)
def test_three_different_days_without_an_answer_close_the_item(attempts, left):
    """
    未接, 关机 and 空号 count alike, a day counts once.
    """
    results = ("未接", "关机", "空号", "未接")
    rows = [row(day, "DLV-3D", result) for day, result in zip(attempts, results, strict=False)]
    assert open_on("2025-03-05", *rows, only=("DLV-3D",)) == left


def test_the_number_of_days_is_the_stores_choice():
    """
    Parameter `max_attempts`.
    """
    rows = [row(day, "DLV-3D", "未接") for day in ("2025-03-02", "2025-03-03")]
    assert open_on("2025-03-05", *rows, only=("DLV-3D",), parameters={"max_attempts": 2}) == []


def test_attempts_count_across_a_call_that_was_put_off():
    """
    Two days before and one after make three.
    """
    rows = [
        row("2025-03-02", "DLV-3D", "未接"),
        row("2025-03-03", "DLV-3D", "未接"),
        row("2025-03-04", "DLV-3D", "改约", "2025-03-10"),
        row("2025-03-10", "DLV-3D", "关机"),
    ]
    assert days_listed("DLV-3D", "2025-03-08", "2025-03-12", **store(*rows, only=("DLV-3D",))) == ""


@pytest.mark.parametrize(
    ("agreed", "days"),
    [
        pytest.param("", "2025-03-02..2025-03-18", id="no date changes nothing"),
        pytest.param("2025-03-10", "2025-03-02..2025-03-02 2025-03-10..2025-03-24", id="later"),
        pytest.param("2025-03-03", "2025-03-02..2025-03-17", id="the same day"),
    ],
)
def test_a_call_put_off_moves_open_due_deadline_and_expire(agreed, days):
    """
    The expire day keeps its distance of 14 days to the deadline.
    """
    given = store(row("2025-03-03", "DLV-3D", "改约", agreed), only=("DLV-3D",))
    assert days_listed("DLV-3D", "2025-03-01", "2025-03-28", **given) == days


def test_putting_off_twice_goes_by_the_last_agreed_day():
    """
    The distance is kept again.
    """
    rows = [row("2025-03-03", "DLV-3D", "改约", "2025-03-10"), row("2025-03-10", "DLV-3D", "改约", "2025-03-20")]
    given = store(*rows, only=("DLV-3D",))
    stretches = "2025-03-02..2025-03-02 2025-03-20..2025-04-03"
    assert days_listed("DLV-3D", "2025-03-01", "2025-04-08", **given) == stretches


def test_a_call_made_before_the_agreed_day_closes_the_moved_item():
    """
    The window still starts with the original open day.
    """
    rows = [row("2025-03-03", "DLV-3D", "改约", "2025-03-10"), row("2025-03-05", "DLV-3D")]
    assert open_on("2025-03-10", *rows, only=("DLV-3D",)) == []


@pytest.mark.parametrize(("day", "left"), [("2025-03-19", []), ("2025-03-24", [])])
def test_a_moved_item_can_be_closed_until_its_moved_expire_day(day, left):
    """
    The original one would have ended on 03-18.
    """
    rows = [row("2025-03-03", "DLV-3D", "改约", "2025-03-10"), row(day, "DLV-3D")]
    assert open_on("2025-03-24", *rows, only=("DLV-3D",)) == left


def test_a_closed_item_is_not_touched_again():
    """
    A later 改约 brings an agreed call-back, not the item.
    """
    rows = [row("2025-03-03", "DLV-3D"), row("2025-03-04", "DLV-3D", "改约", "2025-03-10")]
    assert open_on("2025-03-10", *rows, only=("DLV-3D", "NEXT")) == ["NEXT"]


def test_rows_are_played_in_order_of_time_whatever_their_order_in_the_sheet():
    """
    The 改约 of the morning comes before the talk of the afternoon.
    """
    morning = row("2025-03-03T09:00", "DLV-3D", "改约", "2025-03-10")
    afternoon = row("2025-03-03T15:00", "DLV-3D")
    for rows in ((morning, afternoon), (afternoon, morning)):
        assert open_on("2025-03-10", *rows, only=("DLV-3D", "NEXT")) == []


def test_a_row_without_a_clock_comes_first_on_its_day():
    """
    Then the order of the sheet decides.
    """
    without = row("2025-03-03", "DLV-3D", "改约", "2025-03-10")
    with_clock = row("2025-03-03T08:00", "DLV-3D")
    assert open_on("2025-03-10", with_clock, without, only=("DLV-3D", "NEXT")) == []
    again = row("2025-03-03", "DLV-3D")
    assert open_on("2025-03-10", again, without, only=("DLV-3D", "NEXT")) == ["NEXT"]


# The window.


@pytest.mark.parametrize(
    ("day", "left"),
    [
        pytest.param("2025-03-01", ["DLV-7D-SA"], id="four days before it opens"),
        pytest.param("2025-03-02", [], id="three days before it opens"),
    ],
)
def test_a_call_up_to_three_days_before_the_open_day_answers(day, left):
    """
    DLV-7D-SA opens on 03-05.
    """
    assert open_on("2025-03-06", row(day, "DLV-7D-SA"), only=("DLV-7D-SA",)) == left


@pytest.mark.parametrize(("day", "left"), [("2025-03-16", ["INS-1M"]), ("2025-03-17", []), ("2025-03-20", [])])
def test_an_anchor_that_lies_ahead_does_not_hold_the_window_back(day, left):
    """
    Insurance until 04-20, open from 03-20.
    """
    car = "vin | customer_id | insurance_expiry\nV1 | C1 | 2025-04-20"
    assert open_on("2025-03-25", row(day, "INS-1M"), only=("INS-1M",), vehicle=car) == left


@pytest.mark.parametrize(
    ("day", "left"),
    [
        pytest.param("2025-03-18", ["DLV-3D"], id="on the expire day"),
        pytest.param("2025-03-19", ["NEXT"], id="a day later the item is missed"),
    ],
)
def test_the_expire_day_is_the_last_of_the_window(day, left):
    """
    An item that was hit moves; one that was not leaves an agreed call-back.
    """
    rows = [row(day, "DLV-3D", "改约", "2025-03-25")]
    assert open_on("2025-03-25", *rows, only=("DLV-3D", "NEXT")) == left


# How a row finds its items.


@pytest.mark.parametrize("text", ["DLV-3D", "dlv-3d", "3天", "3天回访", "3天回访、续保", "3-day call"])
def test_a_row_names_a_rule_by_code_or_word(text):
    """
    DOM 2.18, several in one cell.
    """
    assert open_on("2025-03-04", row("2025-03-03", text), only=("DLV-3D",)) == []


def test_a_row_that_names_one_rule_reaches_no_other():
    """
    Not even those of the same role in their window.
    """
    assert open_on("2025-03-06", row("2025-03-05", "DLV-3D"), only=("DLV-3D", "DLV-7D-SA")) == ["DLV-7D-SA"]


@pytest.mark.parametrize(("role", "left"), [("SA", "DLV-7D-CS"), ("CS", "DLV-7D-SA"), ("", "DLV-7D-SA")])
def test_the_seven_day_word_goes_by_the_role_of_the_row(role, left):
    """
    7天 is DLV-7D-SA only where sales made the call.
    """
    assert open_on("2025-03-06", row("2025-03-05", "7天", role=role), only=("DLV-7D",)) == [left]


def test_who_called_does_not_matter_once_the_rule_is_named():
    """
    DOM 3.8 "Closing".
    """
    assert open_on("2025-03-06", row("2025-03-05", "DLV-7D-SA", role="GM"), only=("DLV-7D-SA",)) == []


def test_a_code_of_the_whole_month_series_reaches_each_of_its_months():
    """
    DLV-M in a log row (DOM 2.18).
    """
    rows = [row("2025-04-01", "DLV-M", "拒访")]
    assert open_on("2025-04-02", *rows, only=("DLV-M",)) == []
    assert open_on("2025-04-02", only=("DLV-M",)) == ["DLV-M01"]


@pytest.mark.parametrize("text", ["", "随便聊聊"])
@pytest.mark.parametrize(
    ("role", "left"),
    [("SA", ["DLV-7D-CS"]), ("CS", ["DLV-3D", "DLV-7D-SA"]), ("SV", ["DLV-3D", "DLV-7D-CS", "DLV-7D-SA"])],
)
def test_a_row_without_a_rule_answers_everything_open_for_its_role(text, role, left):
    """
    An unknown word names no rule.
    """
    rules = ("DLV-3D", "DLV-7D-SA", "DLV-7D-CS")
    assert open_on("2025-03-06", row("2025-03-05", text, role=role), only=rules) == left


def test_a_row_that_names_a_rule_never_falls_through_to_its_role():
    """
    A birthday call on 03-05 finds no birthday and closes nothing else.
    """
    assert open_on("2025-03-06", row("2025-03-05", "BDAY-0", role="SA"), only=("DLV-3D", "BDAY")) == ["DLV-3D"]


@pytest.mark.parametrize(
    ("typed", "staff", "left"),
    [
        pytest.param("CS", "Ann", "DLV-7D-SA", id="the role column goes first"),
        pytest.param("", "Dee", "DLV-7D-CS", id="then the staff sheet: Dee is SA"),
        pytest.param("", "Ann", "DLV-7D-CS", id="then the customer's own sales advisor"),
        pytest.param("", "Bo", "DLV-7D-SA", id="or customer service"),
        pytest.param("", "Zed", "DLV-7D-SA", id="an unknown name is CS"),
        pytest.param("", "", "DLV-7D-SA", id="nobody is CS"),
    ],
)
def test_the_role_of_a_row(typed, staff, left):
    """
    Column, staff sheet, the customer's own people, else CS.
    """
    rows = [row("2025-03-05", role=typed, staff=staff)]
    people = "name | role\nDee | SA"
    assert open_on("2025-03-06", *rows, only=("DLV-7D",), staff=people) == [left]


def test_the_staff_sheet_goes_before_the_customers_own_people():
    """
    Bo looks after the customer but is a sales advisor by trade.
    """
    rows = [row("2025-03-05", staff="Bo")]
    assert open_on("2025-03-06", *rows, only=("DLV-7D",), staff="name | role\nBo | SA") == ["DLV-7D-CS"]


def test_a_service_advisor_is_known_by_the_customers_card():
    """
    His call without a rule is no call of customer service.
    """
    assert open_on("2025-03-06", row("2025-03-05", staff="Cy"), only=("DLV-7D-CS",)) == ["DLV-7D-CS"]


K3D = "C1/V1/DLV-3D/2025-03-01/1"
K7D = "C1/V1/DLV-7D-SA/2025-03-01/1"
K15 = "C1/V1/DLV-15-30/2025-03-01/1"


def test_a_cell_may_hold_several_keys():
    """
    Closing the merged row closes every listed rule.
    """
    assert open_on("2025-03-06", row("2025-03-05", key=f"{K3D};{K7D}"), only=("DLV-3D", "DLV-7D-SA")) == []
    assert open_on("2025-03-06", row("2025-03-05", key=f"{K3D} ； {K7D}"), only=("DLV-3D", "DLV-7D-SA")) == []


def test_a_key_reaches_its_item_before_the_window_where_a_code_does_not():
    """
    DLV-15-30 opens on 03-16; a key need only be dated not after its expire day.
    """
    by_key, by_code = row("2025-03-05", key=K15, role="CS"), row("2025-03-05", "DLV-15-30", role="CS")
    assert open_on("2025-03-20", by_key, only=("DLV-15-30",)) == []
    assert open_on("2025-03-20", by_code, only=("DLV-15-30",)) == ["DLV-15-30"]


def test_with_a_key_that_hits_the_rule_column_is_not_asked():
    """
    First hit wins.
    """
    rows = [row("2025-03-05", "7天(销售)", key=K3D)]
    assert open_on("2025-03-06", *rows, only=("DLV-3D", "DLV-7D-SA")) == ["DLV-7D-SA"]


def test_a_key_that_fits_no_item_counts_as_its_rule():
    """
    The delivery date was corrected after the list was printed.
    """
    assert open_on("2025-03-06", row("2025-03-05", key="C1/V1/DLV-3D/2025-02-27/1"), only=("DLV-3D",)) == []


def test_a_stale_key_counts_as_its_rule_only_inside_the_window():
    """
    DLV-15-30 takes contacts from 03-13 on.
    """
    stale = "C1/V1/DLV-15-30/2025-02-27/1"
    for day, left in (("2025-03-12", ["DLV-15-30"]), ("2025-03-13", [])):
        assert open_on("2025-03-20", row(day, key=stale, role="CS"), only=("DLV-15-30",)) == left


def test_a_text_that_is_no_key_names_nothing():
    """
    Then the role decides, as for any row without a rule.
    """
    rules = ("DLV-7D-SA", "DLV-7D-CS")
    assert open_on("2025-03-06", row("2025-03-05", key="see notes", role="CS"), only=rules) == ["DLV-7D-SA"]


def test_a_key_reaches_the_item_of_another_customer():
    """
    The key alone is enough (matching 1 asks for nothing else).
    """
    two = "customer_id\nC1\nC2"
    rows = logged(row("2025-03-05", key=K3D, customer="C2"))
    given = {"only": ("DLV-3D",), "customer": two, "vehicle": CAR, "contact_log": rows}
    assert codes("2025-03-06", **given) == []


def test_the_rule_of_a_row_reaches_only_its_own_customer():
    """
    A colleague's card is not touched.
    """
    two = "customer_id\nC1\nC2"
    rows = logged(row("2025-03-05", "DLV-3D", customer="C2"))
    given = {"only": ("DLV-3D",), "customer": two, "vehicle": CAR, "contact_log": rows}
    assert codes("2025-03-06", **given) == ["DLV-3D"]


@pytest.mark.parametrize(
    ("named", "left"),
    [
        pytest.param({"vin": "V1"}, [K3D.replace("V1", "V2")], id="by VIN"),
        pytest.param({"plate": "A2"}, [K3D], id="by plate"),
        pytest.param({}, [], id="no car: all of them"),
        pytest.param({"vin": "V9"}, [K3D, K3D.replace("V1", "V2")], id="a car nobody has on file"),
    ],
)
def test_a_row_that_names_a_car_reaches_only_its_items(named, left):
    """
    A row without a car reaches all cars of the customer.
    """
    assert keys_on("2025-03-06", row("2025-03-05", "DLV-3D", **named), only=("DLV-3D",), vehicle=TWO_CARS) == left


def test_a_row_that_names_a_car_reaches_items_without_a_car():
    """
    A birthday belongs to the customer.
    """
    customer = "customer_id | birth_date\nC1 | 03-05"
    given = {"only": ("BDAY-0",), "customer": customer, "vehicle": CAR}
    assert codes("2025-03-05", **given) == ["BDAY-0"]
    assert codes("2025-03-05", **given, contact_log=logged(row("2025-03-05", "BDAY-0", vin="V1"))) == []


# Covered, and the contact by any rule.


@pytest.mark.parametrize(
    ("day", "result", "left"),
    [
        pytest.param("2025-04-20", "接通", ["DLV-M02"], id="eight days before it opens"),
        pytest.param("2025-04-21", "接通", [], id="seven days before it opens"),
        pytest.param("2025-05-22", "接通", [], id="on its expire day"),
        pytest.param("2025-05-01", "拒访", ["DLV-M02"], id="a refusal covers nothing"),
        pytest.param("2025-05-01", "未接", ["DLV-M02"], id="nor an attempt"),
        pytest.param("2025-05-01", "已发送", ["DLV-M02"], id="nor a message"),
    ],
)
def test_any_conversation_covers_a_month_of_the_series(day, result, left):
    """
    Month 2 opens on 04-28 and expires on 05-22; the call was about insurance, by customer service.
    """
    assert open_on("2025-05-22", row(day, "INS-1M", result, role="CS"), only=("DLV-M02",)) == left


def test_how_long_before_a_month_is_covered_is_the_stores_choice():
    """
    Parameter `min_gap_days`.
    """
    rows = [row("2025-04-20", "INS-1M")]
    assert open_on("2025-05-22", *rows, only=("DLV-M02",), parameters={"min_gap_days": 8}) == []


@pytest.mark.parametrize(("vin", "left"), [("V1", ["V2"]), ("", []), ("V2", ["V1"])])
def test_a_conversation_covers_the_car_it_was_about(vin, left):
    """
    Or all cars where it names none.
    """
    keys = keys_on("2025-05-02", row("2025-05-01", "INS-1M", vin=vin), only=("DLV-M02",), vehicle=TWO_CARS)
    assert [key.split("/")[1] for key in keys] == left


def test_other_rules_are_not_covered():
    """
    Only the month series.
    """
    assert open_on("2025-03-04", row("2025-03-03", "INS-1M"), only=("DLV-3D",)) == ["DLV-3D"]


def test_a_covered_month_stays_covered():
    """
    A later 改约 about it is an agreed call-back.
    """
    rows = [row("2025-04-25", "INS-1M"), row("2025-04-29", "DLV-M02", "改约", "2025-05-05")]
    assert open_on("2025-05-05", *rows, only=("DLV-M02", "NEXT")) == ["NEXT"]


@pytest.mark.parametrize(
    ("day", "role", "result", "left"),
    [
        pytest.param("2025-03-15", "SA", "接通", ["DLV-15-30"], id="before its open day"),
        pytest.param("2025-03-16", "SA", "接通", [], id="on its open day"),
        pytest.param("2025-03-31", "SA", "接通", [], id="on its deadline"),
        pytest.param("2025-04-01", "SA", "接通", ["DLV-15-30"], id="after its deadline"),
        pytest.param("2025-03-20", "CS", "接通", ["DLV-15-30"], id="by another role"),
        pytest.param("2025-03-20", "SA", "拒访", ["DLV-15-30"], id="a refusal of something else"),
    ],
)
def test_the_contact_of_the_second_fortnight_is_done_by_any_conversation_of_sales(day, role, result, left):
    """
    Whatever rule it was logged under, between the original open day and deadline.
    """
    rows = [row(day, "INS-1M", result, role=role)]
    assert open_on("2025-04-02", *rows, only=("DLV-15-30",)) == left


def test_the_contact_of_the_second_fortnight_by_its_own_name_has_the_whole_window():
    """
    Three days before it opens, and by anybody.
    """
    assert open_on("2025-04-02", row("2025-03-13", "DLV-15-30", role="CS"), only=("DLV-15-30",)) == []


@pytest.mark.parametrize(("vin", "left"), [("V1", ["V2"]), ("", [])])
def test_the_contact_of_the_second_fortnight_goes_by_car(vin, left):
    """
    About that car, or no car given.
    """
    rows = [row("2025-03-20", "INS-1M", role="SA", vin=vin)]
    keys = keys_on("2025-04-02", *rows, only=("DLV-15-30",), vehicle=TWO_CARS)
    assert [key.split("/")[1] for key in keys] == left


# Agreed call-backs.


@pytest.mark.parametrize(
    ("result", "found"),
    [("接通", ["NEXT"]), ("改约", ["NEXT"]), ("拒访", []), ("未接", []), ("已发送", []), ("", [])],
)
def test_a_next_contact_date_adds_an_agreed_call_back(result, found):
    """
    After a conversation, or a 改约 that moved nothing.
    """
    rows = [row("2025-03-05", "BDAY-0", result, "2025-03-10", role="SV")]
    assert open_on("2025-03-10", *rows, only=("NEXT",)) == found


def test_an_agreed_call_back_is_due_on_the_agreed_day_for_the_role_that_agreed_it():
    """
    Its anchor is the day of the call; it expires 14 days after.
    """
    given = store(row("2025-03-05", "", "接通", "2025-03-10", role="SV", vin="V1"), only=("NEXT",))
    (item,) = listed("2025-03-10", **given)
    assert item.key == "C1/V1/NEXT/2025-03-05/1"
    assert (item.role, item.window) == ("SV", "2025-03-10 2025-03-10 2025-03-10 2025-03-24")
    assert days_listed("NEXT", "2025-03-04", "2025-03-30", **given) == "2025-03-10..2025-03-24"


def test_a_conversation_that_closes_an_item_and_names_a_day_does_both():
    """
    The item is done; the call-back is one of its own.
    """
    rows = [row("2025-03-03", "DLV-3D", "接通", "2025-03-10", role="SA")]
    assert open_on("2025-03-04", *rows, only=("DLV-3D", "NEXT")) == []
    assert open_on("2025-03-10", *rows, only=("DLV-3D", "NEXT")) == ["NEXT"]


def test_an_agreed_call_back_comes_once_per_car_and_day_and_the_first_row_counts():
    """
    Another car or another day is another one.
    """
    rows = [
        row("2025-03-05T09:00", "", "接通", "2025-03-10", vin="V1"),
        row("2025-03-05T10:00", "", "接通", "2025-03-11", vin="V1"),
        row("2025-03-05T11:00", "", "接通", "2025-03-12", vin="V2"),
        row("2025-03-05T12:00", "", "接通", "2025-03-12"),
        row("2025-03-06T09:00", "", "接通", "2025-03-12", vin="V1"),
    ]
    items = listed("2025-03-12", **store(*rows, only=("NEXT",), vehicle=TWO_CARS))
    assert [(item.key, item.due) for item in items] == [
        ("C1//NEXT/2025-03-05/1", "2025-03-12"),
        ("C1/V1/NEXT/2025-03-05/1", "2025-03-10"),
        ("C1/V1/NEXT/2025-03-06/1", "2025-03-12"),
        ("C1/V2/NEXT/2025-03-05/1", "2025-03-12"),
    ]


@pytest.mark.parametrize(
    ("second", "left"),
    [
        pytest.param({"rule": "约定回访"}, [], id="by its word"),
        pytest.param({"rule": "NEXT"}, [], id="by its code"),
        pytest.param({"key": "C1//NEXT/2025-03-05/1"}, [], id="by its key"),
        pytest.param({"role": "SA"}, [], id="by a row without a rule of its role"),
        pytest.param({"role": "CS"}, ["NEXT"], id="not by another role"),
        pytest.param({"rule": "INS-1M", "role": "SA"}, ["NEXT"], id="not by another rule"),
    ],
)
def test_an_agreed_call_back_closes_like_any_other_item(second, left):
    """
    The row that brought it about does not close it.
    """
    rows = [row("2025-03-05", "", "接通", "2025-03-10", role="SA"), row("2025-03-10", **second)]
    assert open_on("2025-03-10", *rows, only=("NEXT",)) == left


def test_an_agreed_call_back_can_be_put_off_itself():
    """
    It moves; no second one is added.
    """
    rows = [
        row("2025-03-05", "", "接通", "2025-03-10", role="SA"),
        row("2025-03-10", "NEXT", "改约", "2025-03-15", role="SA"),
    ]
    given = store(*rows, only=("NEXT",))
    assert days_listed("NEXT", "2025-03-04", "2025-04-02", **given) == "2025-03-15..2025-03-29"
    assert keys_on("2025-03-15", *rows, only=("NEXT",)) == ["C1//NEXT/2025-03-05/1"]


def test_a_prospect_has_no_agreed_call_back_of_its_own():
    """
    There next_contact_date feeds the follow-up (DOM 3.8).
    """
    given = {
        "only": ("NEXT", "PRO-"),
        "prospect": "prospect_no | grade | created_date\nP1 | A | 2025-03-01",
        "contact_log": logged(row("2025-03-05", "", "接通", "2025-03-20", customer="P1")),
    }
    assert [item.key for item in listed("2025-03-20", **given)] == ["P1//PRO-A/2025-03-05/1"]


# Complaints.


COMPLAINT = """
    complaint_id | customer_id | received_at      | category
    K1           | C1          | 2025-03-03T10:00 | 质量
"""


@pytest.mark.parametrize(
    ("named", "left"),
    [
        pytest.param({"role": "SV"}, ["CMP-24H", "CMP-2H"], id="a row without a rule never"),
        pytest.param({"rule": "CMP-24H"}, ["CMP-2H"], id="by code"),
        pytest.param({"rule": "投诉"}, ["CMP-24H"], id="the word 投诉 means the first contact"),
        pytest.param({"rule": "24小时处理"}, ["CMP-2H"], id="by name"),
        pytest.param({"key": "C1//CMP-24H/2025-03-03/K1"}, ["CMP-2H"], id="by key"),
    ],
)
def test_a_complaint_is_closed_only_by_a_row_that_names_it(named, left):
    """
    DOM 0.3, matching 3.
    """
    rows = [row("2025-03-03", **named)]
    assert open_on("2025-03-04", *rows, only=("CMP-2H", "CMP-24H"), complaint=COMPLAINT) == left


def test_the_key_of_one_complaint_leaves_the_other():
    """
    Two complaints of a day are told apart by their numbers.
    """
    two = COMPLAINT + "K2 | C1 | 2025-03-03T11:00 | 质量\n"
    rows = [row("2025-03-03", key="C1//CMP-24H/2025-03-03/K1")]
    assert keys_on("2025-03-04", *rows, only=("CMP-24H",), complaint=two) == ["C1//CMP-24H/2025-03-03/K2"]


# Chains.


FIRST = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-10"
"""First service due on 06-10: occurrence 1 opens on 05-26, is due on 06-03 and expires on 06-24."""
MAINTAINED = """
    vin | customer_id | delivery_date | next_service_date | first_service_done
    V1  | C1          | 2023-01-01    | 2025-06-30        | yes
"""
"""Maintenance due on 06-30: occurrence 1 opens on 06-15, is due on 06-23 and expires on 07-14."""


def first_service_days(*rows, **more):
    given = store(*rows, only=("FS-CALL",), vehicle=FIRST, **more)
    return days_listed("FS-CALL", "2025-05-20", "2025-07-25", **given)


def test_the_first_service_call_repeats_until_thirty_days_after_the_due_date():
    """
    Occurrence 2 ends on 07-10 at the latest; a third would be due after it.
    """
    assert first_service_days() == "2025-05-26..2025-06-24 2025-07-01..2025-07-10"


@pytest.mark.parametrize(
    ("called", "second"),
    [
        pytest.param("2025-05-26", "2025-06-10", id="first due + 7 is later"),
        pytest.param("2025-06-03", "2025-06-10", id="both are the same day"),
        pytest.param("2025-06-04", "2025-06-11", id="the call + 7 is later"),
    ],
)
@pytest.mark.parametrize("result", ["接通", "拒访"])
def test_after_a_call_the_next_is_due_a_week_on(called, second, result):
    """
    The later of first due + 7 and the day of the call + 7.
    """
    given = store(row(called, "FS-CALL", result), only=("FS-CALL",), vehicle=FIRST)
    key = "C1/V1/FS-CALL/2025-06-10/2"
    assert days_listed(key, "2025-06-07", "2025-06-13", **given) == f"{second}..2025-06-13"


def test_a_customer_never_reached_is_called_again_a_week_after_the_last_attempt():
    """
    Unreachable closes the occurrence, not the chain.
    """
    rows = [row(day, "FS-CALL", "未接") for day in ("2025-06-02", "2025-06-03", "2025-06-09")]
    assert first_service_days(*rows).split()[:2] == ["2025-05-26..2025-06-08", "2025-06-16..2025-07-07"]


def test_a_call_each_week_makes_an_occurrence_each_week_up_to_the_end():
    """
    After the call of 07-08 the next would be due on 07-15, five days too late.
    """
    weeks = ("2025-06-03", "2025-06-10", "2025-06-17", "2025-06-24", "2025-07-01", "2025-07-08")
    rows = [row(day, "FS-CALL") for day in weeks]
    assert first_service_days(*rows) == "2025-05-26..2025-06-02"
    assert first_service_days(*rows[:-1]) == "2025-05-26..2025-06-02 2025-07-08..2025-07-10"


def test_occurrences_are_numbered():
    """
    The sequence is the last part of the key.
    """
    rows = [row("2025-06-03", "FS-CALL"), row("2025-06-10", "FS-CALL")]
    assert keys_on("2025-06-17", *rows, only=("FS-CALL",), vehicle=FIRST) == ["C1/V1/FS-CALL/2025-06-10/3"]


def test_the_rhythm_is_the_stores_choice():
    """
    Parameter `repeat_days` moves the due days and the deadline.
    """
    rows = [row("2025-06-03", "FS-CALL")]
    given = store(*rows, only=("FS-CALL",), vehicle=FIRST, parameters={"repeat_days": 10})
    (item,) = listed("2025-06-13", **given)
    assert item.window == "2025-06-13 2025-06-13 2025-06-23 2025-07-07"


def test_the_maintenance_call_ends_after_three_occurrences():
    """
    Each is missed on its expire day, the next due a week later.
    """
    given = store(only=("MNT-CALL",), vehicle=MAINTAINED)
    assert days_listed("MNT-CALL", "2025-06-10", "2025-10-01", **given) == (
        "2025-06-15..2025-07-14 2025-07-21..2025-08-11 2025-08-18..2025-09-08"
    )


def test_the_number_of_maintenance_calls_is_the_stores_choice():
    """
    Parameter `maint_max_calls`.
    """
    given = store(only=("MNT-CALL",), vehicle=MAINTAINED, parameters={"maint_max_calls": 1})
    assert days_listed("MNT-CALL", "2025-07-10", "2025-09-10", **given) == "2025-07-10..2025-07-14"


def test_three_conversations_end_the_maintenance_calls():
    """
    Missed, done or unreachable: three in all.
    """
    rows = [row(day, "MNT-CALL") for day in ("2025-06-23", "2025-06-30", "2025-07-07")]
    given = store(*rows, only=("MNT-CALL",), vehicle=MAINTAINED)
    assert days_listed("MNT-CALL", "2025-06-10", "2025-10-01", **given) == "2025-06-15..2025-06-22"


def test_an_occurrence_put_off_keeps_the_rhythm_of_the_first_due_day():
    """
    Called on the agreed 06-20, the next is due a week after the call.
    """
    rows = [row("2025-06-03", "FS-CALL", "改约", "2025-06-20"), row("2025-06-20", "FS-CALL")]
    assert first_service_days(*rows) == "2025-05-26..2025-06-02 2025-06-27..2025-07-10"


def test_a_chain_whose_first_deadline_was_before_go_live_is_dropped_as_a_whole():
    """
    DOM 0.3 "Go-live"; a deadline on the day itself stays.
    """

    def live(day):
        return {"parameters": {"go_live_date": dt.date(2025, 6, day)}}

    assert first_service_days(**live(10)) == "2025-05-26..2025-06-24 2025-07-01..2025-07-10"
    assert first_service_days(**live(11)) == ""


# Key accounts and prospects.


ACCOUNT = {"only": ("KA-",), "key_account": "account_no | name | owner\nG1 | Fleet | Kim"}


def account_log(day, rule="", result="接通", channel="", role=""):
    drawing = "customer_id | contact_at | rule_code | result | channel | role\n"
    return {"contact_log": f"{drawing}G1 | {day} | {rule} | {result} | {channel} | {role}"}


@pytest.mark.parametrize(
    ("contact", "left"),
    [
        pytest.param({"channel": "电话"}, ["KA-QTR"], id="a talk on the phone: week and month"),
        pytest.param({"channel": ""}, ["KA-QTR"], id="no channel is taken for the phone"),
        pytest.param({"channel": "微信"}, ["KA-QTR", "KA-WEEK"], id="a talk by WeChat: the month"),
        pytest.param({"channel": "短信", "result": "已发送"}, ["KA-QTR", "KA-WEEK"], id="a message: the month"),
        pytest.param({"channel": "上门"}, ["KA-WEEK"], id="a visit: month and quarter"),
        pytest.param({"channel": "上门", "result": "未接"}, ["KA-MONTH", "KA-QTR", "KA-WEEK"], id="nobody met"),
        pytest.param({"channel": "电话", "result": "拒访"}, ["KA-MONTH", "KA-QTR", "KA-WEEK"], id="refused"),
        pytest.param({"channel": "微信", "rule": "KA-WEEK"}, ["KA-QTR"], id="naming the rule closes it however made"),
        pytest.param({"channel": "微信", "role": "KAM"}, [], id="the account manager without a rule: all three"),
    ],
)
def test_what_satisfies_the_periods_of_a_key_account(contact, left):
    """
    2025-05-14 is a Wednesday.
    """
    assert codes("2025-05-15", **ACCOUNT, **account_log("2025-05-14", **contact)) == left


@pytest.mark.parametrize(
    ("called", "left"),
    [
        pytest.param("2025-05-12", ["KA-QTR"], id="on Monday of this week"),
        pytest.param("2025-05-11", ["KA-QTR", "KA-WEEK"], id="on Sunday of the last"),
        pytest.param("2025-05-01", ["KA-QTR", "KA-WEEK"], id="on the first of the month"),
        pytest.param("2025-04-30", ["KA-MONTH", "KA-QTR", "KA-WEEK"], id="in the month before"),
    ],
)
def test_a_period_is_satisfied_only_from_inside(called, left):
    """
    Weeks run from Monday to Sunday.
    """
    assert codes("2025-05-15", **ACCOUNT, **account_log(called, "INS-1M", channel="电话")) == left


@pytest.mark.parametrize(
    ("visited", "left"), [("2025-04-01", ["KA-WEEK"]), ("2025-03-31", ["KA-MONTH", "KA-QTR", "KA-WEEK"])]
)
def test_a_visit_counts_for_its_quarter(visited, left):
    """
    The month of the visit is April; asked on 30 April.
    """
    assert codes("2025-04-30", **ACCOUNT, **account_log(visited, "INS-1M", channel="上门")) == left


def test_the_obligations_of_an_account_fill_their_period():
    """
    Open and due on the first day, deadline and end on the last.
    """
    windows = {item.rule: item.window for item in listed("2025-05-14", **ACCOUNT)}
    assert windows == {
        "KA-WEEK": "2025-05-12 2025-05-12 2025-05-18 2025-05-18",
        "KA-MONTH": "2025-05-01 2025-05-01 2025-05-31 2025-05-31",
        "KA-QTR": "2025-04-01 2025-04-01 2025-06-30 2025-06-30",
    }


@pytest.mark.parametrize(
    ("start", "window"),
    [
        ("Monday", "2025-05-12 2025-05-12 2025-05-18 2025-05-18"),
        ("Sunday", "2025-05-11 2025-05-11 2025-05-17 2025-05-17"),
        ("Saturday", "2025-05-10 2025-05-10 2025-05-16 2025-05-16"),
    ],
)
def test_the_first_day_of_the_week_is_the_stores_choice(start, window):
    """
    Parameter `week_start`.
    """
    given = {"only": ("KA-WEEK",), "key_account": ACCOUNT["key_account"], "parameters": {"week_start": start}}
    assert [item.window for item in listed("2025-05-14", **given)] == [window]


PROSPECT = {"only": ("PRO-",), "prospect": "prospect_no | grade | created_date\nP1 | A | 2025-05-01"}


@pytest.mark.parametrize(
    ("contact", "due"),
    [
        pytest.param(("2025-05-03", "接通", ""), "2025-05-07", id="reached: interval from that day"),
        pytest.param(("2025-05-03", "拒访", ""), "2025-05-07", id="refused counts as reached"),
        pytest.param(("2025-05-03", "接通", "2025-05-20"), "2025-05-20", id="an agreed day goes first"),
        pytest.param(("2025-05-03", "接通", "2025-05-03"), "2025-05-07", id="unless it is the day of the call"),
        pytest.param(("2025-05-03", "改约", "2025-05-20"), "2025-05-20", id="put off"),
        pytest.param(("2025-05-03", "改约", ""), "2025-05-05", id="put off without a day"),
        pytest.param(("2025-05-03", "未接", ""), "2025-05-05", id="an attempt changes nothing"),
        pytest.param(("2025-05-01", "接通", ""), "2025-05-05", id="the day of the card is the anchor already"),
        pytest.param(("2025-05-01", "接通", "2025-05-20"), "2025-05-20", id="but a day agreed then counts"),
        pytest.param(("2025-04-30", "接通", "2025-05-20"), "2025-05-05", id="before the card nothing counts"),
    ],
)
def test_contacts_with_a_prospect_set_the_next_follow_up(contact, due):
    """
    Grade A, every four days.
    """
    log = "customer_id | contact_at | result | next_contact_date\nP1 | {} | {} | {}".format(*contact)
    (item,) = listed("2025-05-25", **PROSPECT, contact_log=log)
    assert item.due == due


def test_attempts_never_close_the_follow_up_of_a_prospect():
    """
    However many: unsuccessful attempts change nothing.
    """
    rows = "".join(f"P1 | 2025-05-0{day} | PRO-A | 未接\n" for day in range(3, 9))
    log = f"customer_id | contact_at | rule_code | result\n{rows}"
    assert codes("2025-05-25", **PROSPECT, contact_log=log) == ["PRO-A"]


def test_saving_the_listed_row_of_a_prospect_moves_it_on():
    """
    The key is of the old anchor; the follow-up counts from the call.
    """
    (call,) = calls("2025-05-06", **PROSPECT)
    log = f"customer_id | contact_at | result | due_key\nP1 | 2025-05-06 | 接通 | {call.due_keys[0]}"
    assert listed("2025-05-09", **PROSPECT, contact_log=log) == []
    (item,) = listed("2025-05-10", **PROSPECT, contact_log=log)
    assert item.key == "P1//PRO-A/2025-05-06/1"
