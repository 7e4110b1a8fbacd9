"""Faults that show only between rows: missing anchors, rows of nobody, dates that lie ahead (DOM V15, V16, 2.19)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xl_retention.domain.do_not_contact import silence_problems
from xl_retention.domain.problems import Problem
from xl_retention.domain.prospects import OPEN_STATUS
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags


def row_problems(situation: Situation) -> list[Problem]:
    """All of them, table by table."""
    return [
        *situation.identities.problems(),
        *_cars_without_delivery(situation),
        *_visits_of_nobody(situation),
        *_rows_of_nobody(situation),
        *_undated(situation),
        *silence_problems(situation),
        *_outcomes_to_look_at(situation),
    ]


def _cars_without_delivery(situation: Situation) -> Iterator[Problem]:
    vehicles = situation.store.vehicles
    for place in np.flatnonzero(np.isnat(situation.service.delivered)):
        yield vehicles.fault(
            "delivery_date_missing",
            "high",
            int(place),
            "delivery_date",
            wanted="A delivery date that does not lie ahead (or a purchase date)",
            remedy="Enter the day the car was handed over.",
        )


def _visits_of_nobody(situation: Situation) -> Iterator[Problem]:
    visits, rows = situation.store["service_visit"], situation.identities.visits
    for place in np.flatnonzero(rows.party < 0):
        car = int(rows.car[place])
        if 0 <= car < situation.identities.listed_cars:
            continue  # the car itself is told about already
        named = car >= 0
        yield visits.fault(
            "visit_of_a_walk_in" if named else "visit_of_nobody",
            "medium" if named else "high",
            int(place),
            "vin",
            found=situation.identities.car_ids[car] if named else "",
            wanted="a car or a phone that is on file" if named else "VIN, plate or phone",
            remedy="Enter the customer and the car, or correct VIN, plate or phone here.",
        )


def _rows_of_nobody(situation: Situation) -> Iterator[Problem]:
    for entity, rows in (
        ("contact_log", situation.identities.log),
        ("complaint", situation.identities.complaints),
        ("booking", situation.identities.bookings),
    ):
        table = situation.store[entity]
        for place in np.flatnonzero(rows.party < 0):
            yield table.fault(
                "customer_not_on_file",
                "high" if entity == "complaint" else "medium",
                int(place),
                "customer_id",
                found=table.texts("customer_id")[place],
                wanted="a customer on file",
                remedy="Enter the customer's number, or a VIN, plate or phone that is on file.",
            )


def _undated(situation: Situation) -> Iterator[Problem]:
    store = situation.store
    prospects = store["prospect"]
    status = prospects.texts("status")
    followed: Flags = np.zeros(len(prospects), np.bool_)
    for word in OPEN_STATUS:
        followed |= status == word
    no_date = followed & np.isnat(prospects.days("created_date")) & np.isnat(prospects.days("last_follow_date"))
    places = {
        ("service_visit", "visit_date"): np.isnat(store["service_visit"].days("visit_date")),
        ("contact_log", "contact_at"): np.isnat(store["contact_log"].days("contact_at")),
        ("complaint", "received_at"): np.isnat(store["complaint"].days("received_at")),
        ("booking", "appointment_at"): np.isnat(store["booking"].days("appointment_at")),
        ("prospect", "created_date"): no_date,
    }
    for (entity, name), missing in places.items():
        for place in np.flatnonzero(missing):
            yield store[entity].fault(
                "date_missing",
                "medium",
                int(place),
                name,
                wanted="A date",
                remedy="Enter the date; without it the row brings about no contact.",
            )


def _outcomes_to_look_at(situation: Situation) -> Iterator[Problem]:
    """Log rows with an outcome out of use, and the latest that shows a fault of the data nobody settled since."""
    log = situation.log
    for place in log.row[log.with_outcome(lambda outcome: not outcome.in_use)].tolist():
        yield log.table.fault(
            "outcome_out_of_use",
            "low",
            place,
            "result",
            found=log.table.texts("result")[place],
            wanted="an outcome that is in use",
            remedy="Choose another outcome, or put this one back into use on the Outcomes sheet.",
        )
    faulty = log.with_outcome(lambda outcome: outcome.data_fault)
    settled = log.with_outcome(lambda outcome: outcome.contacted)
    latest = np.full(len(situation.identities.ids) + 1, -1, np.int64)
    telling = np.flatnonzero((faulty | settled) & (log.party >= 0))
    latest[log.party[telling]] = telling  # in order of time: the last write is the latest
    for row in np.sort(latest[latest >= 0]).tolist():
        if not faulty[row]:
            continue
        yield log.table.fault(
            "outcome_data_fault",
            "medium",
            int(log.row[row]),
            "result",
            found=log.typed_result[row],
            wanted="customer data that are right",
            remedy="Correct the phone or the data of this customer; the next contact settles it.",
        )
