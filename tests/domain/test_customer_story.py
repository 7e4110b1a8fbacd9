"""Finding a customer by what a clerk has at hand, and telling all about them."""

from __future__ import annotations

import pytest

from tests.tables import situation
from xl_retention.domain.customer_story import parties_found, story_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls
from xl_retention.sheets.customer_sheet import asked

CUSTOMERS = """
    customer_id | customer_name | mobile      | mobile_backup | do_not_contact
    C1          | 王小明        | 13900000001 | 02166668888   |
    C2          | 王小           | 13900000002 |               |
    C3          | 李四          | 13900000003 |               |
    C4          | 李四          | 13900000004 |               | yes
"""
VEHICLES = """
    vin               | plate_no | customer_id | delivery_date
    LSVAA4187E2184847 | 沪A12345 | C1          | 2026-03-01
    LSVAA4187E2184848 | 沪A12346 | C1          |
    LSVAA4187E2184849 | 沪B99999 | C3          | 2026-03-20
    LSVAA4187E2184850 |          | C4          | 2026-03-20
"""


def known(as_of: str = "2026-03-21", **more: object) -> Situation:
    return situation(as_of, **{"customer": CUSTOMERS, "vehicle": VEHICLES, **more})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C1", ["C1"]),
        (" c1 ", ["C1"]),
        ("13900000002", ["C2"]),
        ("+86 139-0000-0002", ["C2"]),
        ("021-66668888", ["C1"]),
        ("沪A·12345", ["C1"]),
        ("沪a 12346", ["C1"]),
        ("LSVAA4187E2184849", ["C3"]),
        ("lsvaa4187e2184849", ["C3"]),
        ("184849", ["C3"]),
        ("王小明", ["C1"]),
        ("王小", ["C2"]),
        ("王", ["C1", "C2"]),
        ("李四", ["C3", "C4"]),
        ("99999", ["C3"]),
        ("0004", ["C4"]),
        ("赵六", []),
        ("00", []),
    ],
)
def test_a_customer_is_found_by_number_phone_car_or_name(text, found):
    store = known()

    assert store.identities.ids[parties_found(store, asked(text))].tolist() == found


def test_prospects_and_key_accounts_are_found_too():
    store = known(
        prospect="prospect_no | created_date | name | mobile\nP1 | 2026-03-01 | 赵六 | 13900000009",
        key_account="account_no | name | contact\nA1 | 大众出租 | 02155556666",
    )

    assert store.identities.ids[parties_found(store, asked("13900000009"))].tolist() == ["P1"]
    assert store.identities.ids[parties_found(store, asked("出租"))].tolist() == ["A1"]


def due(as_of: str, customer: str, **more: object) -> list[tuple[str, str]]:
    """Rule and state of what is due of a customer, without the month series."""
    store = known(as_of, **more)
    story = story_of(store, store.identities.party_places[customer])
    return [
        (str(rule), state.value)
        for rule, state in zip(story.due.rule, story.states, strict=True)
        if not rule.startswith(("DLV-M", "DLV-PHOTO"))
    ]


def test_due_contacts_are_told_with_their_state():
    assert due("2026-03-24", "C3", only=("DLV-3D", "DLV-7D", "DLV-2W")) == [
        ("DLV-3D", "overdue"), ("DLV-7D-CS", "open"), ("DLV-7D-SA", "open"), ("DLV-2W-MGR", "planned"),
    ]  # fmt: skip


def test_what_is_done_is_not_due_and_what_was_put_off_is_planned():
    log = """
        contact_id | customer_id | rule_code | contact_at | result | next_contact_date
        L1         | C3          | DLV-3D    | 2026-03-22 | 接通   |
        L2         | C3          | DLV-7D-SA | 2026-03-24 | 改约   | 2026-03-30
    """

    assert due("2026-03-24", "C3", only=("DLV-3D", "DLV-7D"), contact_log=log) == [
        ("DLV-7D-CS", "open"), ("DLV-7D-SA", "planned"),
    ]  # fmt: skip


def test_contacts_of_who_asked_not_to_be_contacted_are_stopped():
    assert {state for _, state in due("2026-03-24", "C4", only=("DLV-",))} == {"stopped"}


def test_a_contact_is_told_with_what_stops_it():
    """
    A birthday without consent is never called; the other contacts of the customer are.
    """
    store = known(
        "2026-03-24",
        customer="""
            customer_id | customer_name | mobile      | birth_date | consent_marketing
            C1          | Ada           | 13900000001 | 1980-03-26 | 否
        """,
        vehicle="vin | customer_id | delivery_date\nV1 | C1 | 2026-03-21",
        only=("DLV-3D", "BDAY"),
    )
    story = story_of(store, 0)

    told = set(zip(story.due.rule.tolist(), (state.value for state in story.states), story.stops, strict=True))
    assert {("DLV-3D", "open", ""), ("BDAY-7", "stopped", "no_consent")} <= told


def test_a_contact_that_waits_for_a_free_colleague_is_open():
    """
    More calls than a person makes a day wait until tomorrow; nothing stops them.
    """
    store = known(
        "2026-03-24",
        customer="""
            customer_id | customer_name | mobile      | sales_advisor
            C1          | Ada           | 13900000001 | Ann
            C2          | Bo            | 13900000002 | Ann
        """,
        vehicle="vin | customer_id | delivery_date\nV1 | C1 | 2026-03-21\nV2 | C2 | 2026-03-21",
        only=("DLV-3D",),
        parameters={"max_calls_per_staff_day": 1},
    )

    assert len(todays_calls(store).rows) == 1
    assert [story_of(store, party).states[0].value for party in (0, 1)] == ["open", "open"]


def test_rows_are_told_newest_first():
    store = known(
        contact_log="""
            contact_id | customer_id | contact_at
            L1         | C1          | 2026-03-02
            L2         | C1          | 2026-03-20
            L3         | C3          | 2026-03-20
            L4         | C1          | 2026-03-11
        """,
        service_visit="""
            ro_no | plate_no | visit_date
            R1    | 沪A12345 | 2026-03-05
            R2    | 沪A12346 | 2026-03-15
        """,
    )
    story = story_of(store, 0)

    assert store.store["contact_log"].texts("contact_id")[story.rows["contact_log"]].tolist() == ["L2", "L4", "L1"]
    assert store.store["service_visit"].texts("ro_no")[story.rows["service_visit"]].tolist() == ["R2", "R1"]
    assert story.cars.tolist() == [0, 1]
