"""What is always true of today's calls, on small stores drawn by hypothesis."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables import in_words, situation
from xl_retention.domain.cadence import COMPLAINT_CLOCK, RULES, RuleOverride
from xl_retention.domain.contacts import due_contacts
from xl_retention.domain.worklist import todays_calls

AS_OF = dt.date(2025, 6, 15)
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def days(first, last):
    """Blank, or a day so many days from AS_OF; near ones come up more often."""
    near = st.integers(max(first, -45), min(last, 45))
    return st.none() | (near | st.integers(first, last)).map(lambda number: AS_OF + dt.timedelta(days=number))


def cell(value):
    if value is None:
        return ""
    return ("yes" if value else "") if isinstance(value, bool) else str(value)


def drawn(rows):
    """Rows as a drawing; None where there are none, for a table that the workbook does not have."""
    if not rows:
        return None
    names = list(rows[0])
    lines = [" | ".join(cell(row[name]) for name in names) for row in rows]
    return "\n".join([" | ".join(names), *lines])


def tables(rows):
    return {entity: text for entity, text in ((name, drawn(each)) for name, each in rows.items()) if text}


CUSTOMERS, CARS = ("C1", "C2", "C3"), ("V1", "V2", "V3", "V4")
RESULTS = st.sampled_from(["接通", "接通", "拒访", "已发送", "未接", "关机", "改约", ""])
WORDS = st.sampled_from(
    ["", "", "3天", "7天", "DLV-M", "保养", "首保", "维修回访", "投诉", "LAPSE-TRUE", "生日", "NEXT", "胡话"]
)
ROLES = st.sampled_from(["", "SA", "CS", "SV"])


def customer(number):
    return st.fixed_dictionaries(
        {
            "customer_id": st.just(number),
            "cs_owner": st.sampled_from(["", "Bo"]),
            "birth_date": st.sampled_from(["", "02-29", "06-15", "06-22", "1988-06-20"]),
            "base_scope": st.sampled_from(["", "它牌"]),
            "consent_marketing": st.booleans(),
            "do_not_contact": st.integers(0, 5).map(lambda draw: draw == 0),
        }
    )


def car(number, owners=CUSTOMERS):
    return st.fixed_dictionaries(
        {
            "vin": st.just(number),
            "customer_id": st.sampled_from(owners),
            "delivery_date": days(-2500, 5),
            "purchase_date": days(-2500, 5),
            "insurance_expiry": days(-30, 60),
            "inspection_expiry": days(-30, 60),
            "last_service_date": days(-700, 0),
            "next_service_date": days(-60, 60),
            "vehicle_status": st.sampled_from(["", "", "", "在用", "转让", "它牌置换"]),
        }
    )


VISIT = st.fixed_dictionaries(
    {
        "vin": st.sampled_from(CARS),
        "visit_date": days(-400, 0),
        "work_type": st.sampled_from(["首保", "定期保养", "一般维修", ""]),
        "odometer_in": st.none() | st.integers(0, 90000),
        "paid_amount": st.none() | st.integers(0, 3000),
    }
)
COMPLAINT = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from(CUSTOMERS),
        "received_at": days(-20, 0),
        "promised_at": days(-10, 10),
        "resolved_at": days(-10, 0),
        "category": st.sampled_from(["质量", "销售", ""]),
        "status": st.sampled_from(["", "", "已解决", "已关闭"]),
    }
)
LOGGED = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from((*CUSTOMERS, "P1", "G1")),
        "vin": st.sampled_from(("", "", *CARS)),
        "contact_at": days(-400, 0).filter(bool),
        "rule_code": WORDS,
        "role": ROLES,
        "result": RESULTS,
        "next_contact_date": st.none() | days(-20, 10),
        "objection_type": st.sampled_from(["", "", "使用异议"]),
        "due_key": st.just(""),
    }
)
PROSPECT = st.fixed_dictionaries(
    {
        "prospect_no": st.just("P1"),
        "grade": st.sampled_from(["", "H", "C"]),
        "created_date": days(-60, 0),
        "expected_order_date": days(-20, 60),
    }
)


@st.composite
def stores(draw):
    """Rows by table. Every log row has a minute of its own, so that the order of time is settled."""
    log = draw(st.lists(LOGGED, max_size=6))
    for minute, row in enumerate(log):
        row["contact_at"] = f"{row['contact_at']}T10:{minute:02}"
    complaints = draw(st.lists(COMPLAINT, max_size=2))
    numbered = [{"complaint_id": f"K{place}", **row} for place, row in enumerate(complaints)]
    return {
        "customer": [draw(customer(number)) for number in CUSTOMERS],
        "vehicle": [draw(car(number)) for number in CARS],
        "service_visit": draw(st.lists(VISIT, max_size=4)),
        "complaint": numbered,
        "contact_log": log,
        "prospect": draw(st.lists(PROSPECT, max_size=1)),
        "key_account": draw(st.sampled_from([[], [{"account_no": "G1", "owner": "Kim"}]])),
    }


def worklist(rows, **more):
    return todays_calls(situation(AS_OF.isoformat(), **tables(rows), **more))


def keys(found):
    return {key for call in found.calls for key in call.due_keys}


@quick
@given(stores())
def test_no_due_key_and_no_row_stands_twice(rows):
    """
    One row per customer and role, one item per key.
    """
    found = worklist(rows)
    every = [key for call in found.calls for key in call.due_keys]
    assert len(every) == len(set(every))
    parties = [(call.customer_id, call.role) for call in found.calls]
    assert len(parties) == len(set(parties))


@quick
@given(stores(), st.randoms(use_true_random=False))
def test_the_order_of_the_log_in_the_sheet_does_not_matter(rows, random):
    """
    As long as the times differ.
    """
    shuffled = list(rows["contact_log"])
    random.shuffle(shuffled)
    found, other = worklist(rows), worklist({**rows, "contact_log": shuffled})
    assert list(other.calls) == list(found.calls)
    assert other.suppressed == found.suppressed


@quick
@given(stores(), car("V9", ("C9",)), customer("C9"), st.lists(LOGGED, max_size=2))
def test_another_customer_changes_nothing_for_the_others(rows, more_car, more_customer, calls_to_him):
    """
    Wherever he stands in the sheets.
    """
    log = [{**row, "customer_id": "C9", "vin": "", "contact_at": f"{row['contact_at']}T09:00"} for row in calls_to_him]
    more = {
        **rows,
        "customer": [more_customer, *rows["customer"]],
        "vehicle": [*rows["vehicle"], more_car],
        "contact_log": [*log, *rows["contact_log"]],
    }

    def of_others(found):
        return [
            (call.customer_id, call.role, call.due_keys, call.due_date, call.deadline, call.priority, call.value_tier)
            for call in found.calls
            if call.customer_id != "C9"
        ]

    assert of_others(worklist(more)) == of_others(worklist(rows))


def saved(rows, call, result="接通"):
    """The store after a listed row was called today at the end of the day."""
    row = {
        "customer_id": call.customer_id,
        "vin": call.vin,
        "contact_at": f"{AS_OF}T23:59",
        "rule_code": "",
        "role": call.role,
        "result": result,
        "next_contact_date": None,
        "objection_type": "",
        "due_key": ";".join(call.due_keys),
    }
    return {**rows, "contact_log": [*rows["contact_log"], row]}


@quick
@given(stores(), st.integers(0, 20))
def test_a_saved_conversation_takes_exactly_its_row_off_the_list(rows, which):
    """
    Months of the series of that customer may go as well: they are covered. Nothing new comes up on the same day.
    """
    before = worklist(rows)
    if not before.calls:
        return
    call = before.calls[which % len(before.calls)]
    left = keys(worklist(saved(rows, call)))
    expected = keys(before) - set(call.due_keys)
    assert left <= expected
    assert all(key.startswith(f"{call.customer_id}/") and "/DLV-M" in key for key in expected - left)


@quick
@given(stores(), st.integers(0, 20))
def test_a_saved_attempt_takes_nothing_off_that_is_not_its_own(rows, which):
    """
    未接 closes at most the items of the row, on the third day.
    """
    before = worklist(rows)
    if not before.calls:
        return
    call = before.calls[which % len(before.calls)]
    left = keys(worklist(saved(rows, call, "未接")))
    assert left <= keys(before)
    assert keys(before) - left <= set(call.due_keys)


@quick
@given(stores())
def test_who_wants_no_calls_hears_of_complaints_only(rows):
    """
    And of those exactly as before.
    """
    silent = [{**row, "do_not_contact": True} for row in rows["customer"]]
    open_to_all = [{**row, "do_not_contact": False} for row in rows["customer"]]

    def of_customers(customers):
        return {key for key in keys(worklist({**rows, "customer": customers})) if key.startswith("C")}

    complaints = {key for key in of_customers(open_to_all) if key.split("/")[2] in COMPLAINT_CLOCK}
    assert of_customers(silent) == complaints


@quick
@given(stores())
def test_what_is_listed_is_open_and_has_not_expired(rows):
    """
    Nothing that opens later, nothing past its end, nothing stopped.
    """
    known = situation(AS_OF.isoformat(), **tables(rows))
    for item in in_words(known, due_contacts(known).listed()):
        opens, _, _, expires = item.window.split()
        assert opens <= str(AS_OF) <= expires.replace("never", "9999")
        assert not item.stopped


@quick
@given(stores())
def test_a_chain_has_at_most_one_open_occurrence_per_car(rows):
    """
    The next one is born when the one before closes.
    """
    chains = [key.rsplit("/", 1)[0] for key in keys(worklist(rows)) if "/FS-CALL/" in key or "/MNT-CALL/" in key]
    assert len(chains) == len(set(chains))


@quick
@given(stores(), st.sets(st.sampled_from([rule.code for rule in RULES])))
def test_a_rule_that_is_off_is_never_listed(rows, off):
    """
    And without a log the others do not notice.
    """
    silent = {code: RuleOverride(on=False) for code in off}
    quiet = {**rows, "contact_log": []}

    def is_off(rule):
        return rule in off or ("DLV-M" in off and rule.startswith("DLV-M"))

    found = keys(worklist(rows, rules=silent))
    assert not [key for key in found if is_off(key.split("/")[2])]
    everything = keys(worklist(quiet))
    assert keys(worklist(quiet, rules=silent)) == {key for key in everything if not is_off(key.split("/")[2])}
