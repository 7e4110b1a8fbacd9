"""Visits of the period and whose they are, walk-ins too (DOM 2.19, K01-K03, K13, K14, K20, K24)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.car_days import CarDays
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.calendar import Calendar, visits_by_day
from xl_retention.domain.kpis.joining import pairs, with_day
from xl_retention.domain.kpis.rows import Amount, Rows, Subject, Term, marked, marked_of
from xl_retention.domain.kpis.view import View
from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Texts
from xl_retention.domain.visits import is_any

NOT_KEPT = ("取消", "改期")
"""Bookings that no visit was booked by (DOM K13)."""
PROACTIVE = ("客户主动", "提醒后预约", "")
OWN_INITIATIVE = ("客户主动",)
NEVER = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class Visitors:
    """Who came.

    Args:
        of_visit: For each merged visit its customer: a party number, or beyond the parties a walk-in; -1 for nobody
            who could be told.
        walk_ins: Mobile of each walk-in.
        order_visit: For each repair order the place of its merged visit; -1 for none.
    """

    of_visit: Places
    walk_ins: Texts
    order_visit: Places


def visitors(now: Situation) -> Visitors:
    """The customers of all visits; a phone that no customer has is a customer of its own (DOM 2.19)."""
    visits = now.visits
    identities, table = now.identities, now.store["service_visit"]
    order_visit = _visit_of_each_order(now)
    customer = np.where(visits.party < identities.customer_count, visits.party, -1)
    mobiles = table.texts("mobile")
    nobody = np.flatnonzero(np.append(customer, 0)[order_visit] < 0)
    taken = set(identities.mobiles[: identities.customer_count].tolist()) if len(nobody) else set()
    number: dict[str, int] = {}
    for order in nobody.tolist():
        mobile, visit = mobiles[order], order_visit[order]
        if mobile and mobile not in taken and customer[visit] < 0:
            customer[visit] = len(identities.ids) + number.setdefault(mobile, len(number))
    return Visitors(customer, np.array([*number, ""], object)[:-1], order_visit)


def _visit_of_each_order(now: Situation) -> Places:
    """For each repair order the place of its merged visit; -1 for none. Visits lie in the order of car and day."""
    key = with_day(now.identities.visits.car, now.store["service_visit"].days("visit_date"))
    order = order_of(key)
    key = key[order]
    begins = np.append(True, key[1:] != key[:-1])[: len(key)] & (key >= 0)
    visit = np.empty(len(key), np.int64)
    visit[order] = np.where(key < 0, -1, np.cumsum(begins) - 1)
    return visit


def visit_customers(view: View) -> Places:
    """Customer of each visit; -1 where nobody can be told."""
    return view.now.once(visitors).of_visit


def in_period(view: View) -> Places:
    """Visits of P up to as_of."""
    return view.now.once(visits_by_day).within(view.asked)


def visit_rows(view: View, places: Places) -> Rows:
    """Visits by place, rising."""
    cars, visits = view.now.identities.car_ids, view.visits

    def named(places: Places) -> list[str]:
        days = np.datetime_as_string(visits.day[places])
        return [f"{car} {day}" for car, day in zip(cars[visits.car[places]].tolist(), days.tolist(), strict=True)]

    return Rows(Subject.VISIT, places, named)


def _visitor_ids(now: Situation) -> Texts:
    return np.concatenate([now.identities.ids, now.once(visitors).walk_ins])


def visitor_rows(view: View, visitor: Places) -> Rows:
    """Customers by visitor number, each once; negative numbers are nobody."""
    ids = view.now.once(_visitor_ids)
    return Rows(Subject.CUSTOMER, marked(visitor[visitor >= 0], len(ids)), lambda at: ids[at].tolist())


def all_visits(view: View) -> Rows:
    """Visits in P."""
    return visit_rows(view, view.once(in_period))


def serviced(view: View) -> Rows:
    """Customers with a visit in P."""
    return visitor_rows(view, view.once(visit_customers)[view.once(in_period)])


def _first_days(now: Situation) -> Days:
    """By visitor number the day of the first visit; the last place is nobody's, and never."""
    customer, by_day = now.once(visitors).of_visit, now.once(visits_by_day).place[::-1]
    first = np.full(int(customer.max(initial=-1)) + 2, NEVER)
    first[customer[by_day]] = now.visits.day[by_day]  # the last write is the earliest day
    first[-1] = NEVER
    return first


def first_days(view: View, visitor: Places) -> Days:
    """Day of the first visit of each of some visitors, however long ago; NEVER for nobody."""
    return view.now.once(_first_days)[visitor]


def returning(view: View) -> Rows:
    """Numerator of the return rate, by `return_rate_basis` (T59)."""
    basis = view.parameters.choice("return_rate_basis")
    if basis == "customers":
        came = view.once(serviced)
        return came.where(first_days(view, came.places) < view.asked.first)
    visits = view.once(in_period)
    since = view.visits.day[visits] if basis == "visits_any" else view.asked.first
    return visit_rows(view, visits[first_days(view, view.once(visit_customers)[visits]) < since])


def returned_among(view: View) -> Rows:
    """Denominator of the return rate, by `return_rate_basis`."""
    of_customers = view.parameters.choice("return_rate_basis") == "customers"
    return view.once(serviced if of_customers else all_visits)


def local_parc(view: View) -> Term:
    """Cars of the brand in the area: of that month on the parc sheet, else parameter `parc` (DOM K03)."""
    table, month = view.now.store["parc"], view.asked.period.label
    typed = table.numbers("parc")
    place = np.flatnonzero((table.texts("month") == month) & ~np.isnan(typed))
    if len(place):
        return Amount(float(typed[place[0]]))
    return Amount(view.parameters.optional_number("parc"))


def _of_bookings(now: Situation) -> tuple[Places, Places]:
    """Pairs of a visit and a booking of it: by number, by car and day, without a car by customer and day."""
    bookings, rows, visits = now.store["booking"], now.identities.bookings, now.visits
    orders, found = now.store["service_visit"], now.once(visitors)
    numbers = {text: place for place, text in enumerate(dict.fromkeys(bookings.texts("booking_id").tolist())) if text}
    order, by_number = pairs(orders.words("booking_id").numbers(numbers), bookings.words("booking_id").numbers(numbers))
    day = bookings.days("appointment_at")
    visit_of_booking = CarDays(visits.car, visits.day).on(rows.car, day)
    by_car = np.flatnonzero(visit_of_booking >= 0)
    party = np.where(rows.party < now.identities.customer_count, rows.party, -1)
    walked_in = {mobile: len(now.identities.ids) + place for place, mobile in enumerate(found.walk_ins.tolist())}
    party = np.where(party < 0, bookings.words("mobile").numbers(walked_in), party)
    carless = np.where(rows.car < 0, with_day(party, day), -1)
    guests = marked_of(party[carless >= 0], int(found.of_visit.max(initial=-1)) + 1)
    came = np.flatnonzero((found.of_visit >= 0) & np.append(guests, False)[found.of_visit])
    guest, by_customer = pairs(with_day(found.of_visit[came], visits.day[came]), carless)
    visit = np.concatenate([found.order_visit[order], visit_of_booking[by_car], came[guest]])
    booking = np.concatenate([by_number, by_car, by_customer])
    booked_on = bookings.days("booked_on")[booking]
    fits = (visit >= 0) & ~is_any(bookings.texts("status")[booking], NOT_KEPT)
    fits &= np.isnat(booked_on) | (booked_on <= visits.day[visit])
    return visit[fits], booking[fits]


def _booked_ahead(now: Situation) -> Flags:
    """Visits booked by the customer or after a reminder; by parameter `booking_rate_basis` only by himself."""
    own = now.parameters.choice("booking_rate_basis") == "customer"
    wanted = OWN_INITIATIVE if own else PROACTIVE
    visit, booking = _of_bookings(now)
    proactive = is_any(now.store["booking"].texts("initiator"), wanted)
    good, with_booking = np.zeros((2, len(now.visits)), np.bool_)
    with_booking[visit] = True
    good[visit[proactive[booking]]] = True
    if not own:
        order = now.once(visitors).order_visit
        said = order[now.store["service_visit"].flags("booked") & (order >= 0)]
        by_word = np.zeros(len(now.visits), np.bool_)
        by_word[said] = True
        good |= by_word & ~with_booking
    return np.asarray(good)


def booked_ahead(view: View) -> Rows:
    """Visits of P that were booked ahead."""
    visits = view.once(all_visits)
    return visits.where(view.now.once(_booked_ahead)[visits.places])


def appointments(view: View) -> Rows:
    """Bookings of P before as_of, without moved ones and those cancelled a day ahead (T89)."""
    bookings = view.now.store["booking"]
    status, day = bookings.texts("status"), bookings.days("appointment_at")
    in_time = ~(bookings.days("cancelled_at") >= day)
    counted = view.asked.holds(day) & (day < view.asked.day) & (status != "改期") & ~((status == "取消") & in_time)
    return view.of_table("booking", "booking_id", Subject.BOOKING, counted)


def kept_appointments(view: View) -> Rows:
    """Of these the ones whose customer came on the day."""
    bookings = view.now.store["booking"]
    arrived, day = bookings.days("arrived_at"), bookings.days("appointment_at")
    came = np.where(np.isnat(arrived), bookings.texts("status") == "已到店", arrived == day)
    due = view.once(appointments)
    return due.where(came.astype(np.bool_)[due.places])


def _known_by_day(now: Situation) -> Calendar:
    """Cars on file, or of a customer on file, by the days of their visits."""
    visits, identities, by_day = now.visits, now.identities, now.once(visits_by_day)
    car, party = visits.car[by_day.place], visits.party[by_day.place]
    known = (car < identities.listed_cars) | (party >= 0) & (party < identities.customer_count)
    return Calendar(car[known], by_day.day[known])


def came_between(view: View, first: dt.date, last: dt.date) -> Places:
    """Cars on file, or of a customer on file, once for each visit from *first* to *last*."""
    return view.now.once(_known_by_day).by_day(np.datetime64(first, "D"), np.datetime64(last, "D"))


def seen(view: View, first: dt.date, last: dt.date) -> Rows:
    """These cars, each once."""
    return view.cars(came_between(view, first, last))


def cohort(view: View) -> Rows:
    """Cars with a visit six months before the month (DOM K24)."""
    month = view.asked.period.shift(-6)
    return seen(view, month.start, month.end)


def lost_of_cohort(view: View) -> Rows:
    """Of these the ones that did not come since."""
    since = Period.containing(view.asked.period.shift(-5).start, "month").start
    return view.once(cohort).apart_from(came_between(view, since, view.asked.until))
