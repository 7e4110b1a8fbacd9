"""What is always true of the list Do Not Contact, of quiet time and of days that are full."""

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.test_list_properties import AS_OF, CUSTOMERS, keys, quick, stores, tables, worklist
from tests.tables import store
from xl_retention.domain.cadence import COMPLAINT_CLOCK
from xl_retention.domain.capacity import Absence, Capacity
from xl_retention.domain.outcomes import SHIPPED
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls

NAMES = ("Ann", "Bo", "Cy")



@quick
@given(stores(), st.sampled_from(["", AS_OF.isoformat()]))
def test_do_not_contact_wins_over_all_but_complaints(rows, since):
    """
    And leaves those exactly as they were, whatever stands in the log.
    """
    listed = "customer_id | kind | since\n" + "\n".join(f"{number} | all | {since}" for number in CUSTOMERS)
    before = {key for key in keys(worklist(rows)) if key.startswith("C")}
    after = {key for key in keys(worklist(rows, do_not_contact=listed)) if key.startswith("C")}

    assert after == {key for key in before if key.split("/")[2] in COMPLAINT_CLOCK}


@quick
@given(stores(), st.dictionaries(st.sampled_from(list(SHIPPED)), st.integers(1, 120), min_size=1))
def test_nobody_is_called_inside_the_quiet_time_and_nothing_is_lost(rows, quiet):
    known = [replace(SHIPPED[word], quiet_days=days) for word, days in quiet.items()]
    found = worklist(rows, outcomes=known)
    rests = {
        row["customer_id"]
        for row in rows["contact_log"]
        if (dt.date.fromisoformat(row["contact_at"][:10]) + dt.timedelta(days=quiet.get(row["result"], 0))) > AS_OF
    }

    called = {call.customer_id for call in found.calls if not set(call.rules) <= set(COMPLAINT_CLOCK)}
    assert called.isdisjoint(rests)
    waiting = {key for call in found.left_in_peace for key in call.due_keys}
    assert keys(found) | waiting == keys(worklist(rows))
    assert keys(found).isdisjoint(waiting)


@quick
@given(
    stores(),
    st.lists(st.sampled_from(NAMES), min_size=3, max_size=3),
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2)),
    st.integers(0, 2),
    st.sets(st.sampled_from(NAMES)),
    st.integers(0, 30),
)
def test_no_call_is_lost_by_full_days_and_days_off(rows, owners, of_person, of_all, off, wait):
    people = [{**row, "cs_owner": owner} for row, owner in zip(rows["customer"], owners, strict=True)]
    drawn = {**tables({**rows, "customer": people}), "staff": "name | role\nAnn | CS\nBo | CS\nCy | CS\nDan | SA"}
    parameters = {"max_calls_per_staff_day": of_all, "max_wait_days": wait}
    capacity = Capacity(of_person=of_person, absences=tuple(Absence(name, AS_OF, AS_OF) for name in off))

    found = todays_calls(Situation(replace(store(parameters=parameters, **drawn), capacity=capacity), AS_OF))
    everything = todays_calls(Situation(store(**drawn), AS_OF))

    waiting = {key for call in found.carried_over for key in call.due_keys}
    assert keys(found) | waiting == keys(everything)
    assert keys(found).isdisjoint(waiting)
    counts = Counter(call.owner for call in found.calls if call.owner)
    assert off.isdisjoint(counts)
    assert all(not (most := of_person.get(name, of_all)) or count <= most for name, count in counts.items())
