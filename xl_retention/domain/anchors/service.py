"""First service, maintenance, bookings and the call after a repair (DOM 3.3, SVC-3D of 3.4)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.anchors.laying import (
    first_of_each,
    of_cars,
)
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.dates import add_months
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation, ended_bookings
from xl_retention.domain.store import Flags


@anchor
def first_service(situation: Situation, rule: Rule) -> Anchors:
    """The day the first service is due; it repeats until the car comes, but not beyond 30 days after."""
    service = situation.service
    last = service.first_due + np.timedelta64(situation.parameters.integer("first_service_stop_days"), "D")
    return of_cars(situation, service.first_due, stopped=service.first_done, expire_by=last, chained=True)


@anchor
def maintenance(situation: Situation, rule: Rule) -> Anchors:
    """The day maintenance is due; ends with a maintenance visit not more than 30 days before, or a booking."""
    return of_cars(
        situation,
        situation.service.maintenance_due,
        stopped=_maintained(situation) | situation.booked_ahead(),
        max_calls=situation.parameters.integer("maint_max_calls"),
        chained=True,
    )


def _maintained(situation: Situation) -> Flags:
    early = np.timedelta64(situation.parameters.integer("early_visit_days"), "D")
    service = situation.service
    return np.asarray(service.last_maintenance >= service.maintenance_due - early)


@anchor
def maintenance_ahead(situation: Situation, rule: Rule) -> Anchors:
    """Three months before maintenance is due (DOM C5)."""
    months = -situation.parameters.integer("maint_auto_months")
    return of_cars(
        situation, situation.service.maintenance_due, months=months, stopped=_maintained(situation)
    )


@anchor
def maintenance_missed(situation: Situation, rule: Rule) -> Anchors:
    """The day maintenance is due, or the latest day the customer promised for it."""
    due = situation.service.maintenance_due
    reminders = situation.store["maintenance_reminder"]
    rows = situation.identities.reminders
    promised = reminders.days("promised_date")
    fits = (rows.car >= 0) & (rows.car < len(due)) & ~np.isnat(promised)
    places = np.flatnonzero(fits)
    places = places[reminders.days("due_date")[places] == due[rows.car[places]]]
    latest = np.full(len(due), NO_DAY)
    for place in places:
        latest[rows.car[place]] = np.fmax(latest[rows.car[place]], promised[place])
    anchor = np.where(np.isnat(latest), due, latest)
    return of_cars(situation, anchor, stopped=_maintained(situation) | situation.booked_ahead())


@anchor
def appointment(situation: Situation, rule: Rule) -> Anchors:
    """The day of a booking that nobody has ended yet."""
    bookings, rows = situation.store["booking"], situation.identities.bookings
    day = bookings.days("appointment_at")
    ended = ended_bookings(bookings.texts("status")) | ~np.isnat(bookings.moments("arrived_at"))
    booking = bookings.texts("booking_id")
    return Anchors(
        rows.party,
        rows.car,
        day,
        sequence=np.where(booking == "", "1", booking),
        stopped=ended,
        only=first_of_each(rows, day, booking) & (rows.party >= 0) & ~np.isnat(day),
    )


@anchor
def checkout(situation: Situation, rule: Rule) -> Anchors:
    """
    The day a car left the workshop; a later visit up to the deadline restarts the clock (T83).

    Walk-ins have none, also where a prospect has that phone (DOM 2.19).
    """
    visits, identities = situation.visits, situation.identities
    deadline = rule.deadline or rule.due
    limit = add_months(visits.checkout, deadline.months) + np.timedelta64(deadline.whole_days, "D")
    same_car = visits.car[1:] == visits.car[:-1]
    again, twin = np.zeros((2, len(visits)), np.bool_)
    again[:-1] = same_car & (visits.day[1:] <= limit[:-1])
    twin[:-1] = same_car & (visits.checkout[1:] == visits.checkout[:-1]) & ~visits.in_shop[1:]
    on_file = (visits.party >= 0) & (visits.party < identities.customer_count)
    return Anchors(
        visits.party,
        identities.named_car(visits.car),
        visits.checkout,
        stopped=again,
        only=on_file & ~visits.in_shop & ~twin,
    )
