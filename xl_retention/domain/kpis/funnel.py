"""From the reminder to the visit: maintenance, first service, insurance, inspection (DOM K11, K12, K15, K37, K38)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from xl_retention.domain.contact_log import CONNECTED, SENT
from xl_retention.domain.dates import add_months, days_later
from xl_retention.domain.kpis.calendar import Calendar
from xl_retention.domain.kpis.joining import DAYS, Sorted, with_day
from xl_retention.domain.kpis.periods import within_days
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visits_of_cars import places_of
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places

WINDOW_DAYS = 30
"""A car may come so many days after its due date (DOM K11, K12, K15)."""
AHEAD_MONTHS = 3
NEVER = np.datetime64("9999-12-31", "D")


def told(view: View, car: Places, first: Days, last: Days, rules: tuple[str, ...]) -> tuple[Places, Days]:
    """
    Rows of the log that reached somebody about a car: of its customer, naming that car or none, and one of *rules*.

    Args:
        car: Places of cars; of cars not on file, whoever is named.
        first, last: Days between which the row has to lie, one of each per car.

    Returns:
        Pairs of a place in *car* and a day.
    """
    log, listed = view.now.log, len(view.car_owner)
    row, by_party, by_car_named = view.now.once(_TELLING[rules])
    owner = np.append(view.car_owner, -1)[np.where(car < listed, car, -1)]
    mine, of_owner = by_party.pairs(owner)
    about = (log.car[row[of_owner]] == -1) | (log.car[row[of_owner]] == car[mine])
    stranger, by_car = by_car_named.pairs(np.where(owner < 0, car, -1))
    place = np.concatenate([mine[about], stranger])
    day = log.day[row[np.concatenate([of_owner[about], by_car])]]
    fits = (day >= first[place]) & (day <= last[place])
    return place[fits], day[fits]


def _telling(rules: tuple[str, ...], now: Situation) -> tuple[Places, Sorted, Sorted]:
    """Rows of the log that name one of *rules* and reached somebody, by whom they are about and by their car."""
    log = now.log
    row = np.flatnonzero(log.naming(*rules) & log.results.is_any(CONNECTED, SENT))
    return row, Sorted.of(log.party[row]), Sorted.of(log.car[row])


OF_MAINTENANCE, OF_INSPECTION = ("MNT-CALL", "MNT-AUTO-3M"), ("INSP-1M",)
_TELLING: dict[tuple[str, ...], Callable[[Situation], tuple[Places, Sorted, Sorted]]] = {
    rules: partial(_telling, rules) for rules in (OF_MAINTENANCE, OF_INSPECTION)
}


@dataclass(frozen=True)
class Reminded:
    """Cars due in P.

    Args:
        car: Their places, rising.
        last: The last day on which the visit counts.
        first_told: Day of the first reminder; NEVER where there was none.
    """

    car: Places
    last: Days
    first_told: Days


def reminders(view: View) -> Reminded:
    """Cars in use whose maintenance, as seen on the day before P, is due in P, and their first reminder (T67)."""
    due = view.due_on_eve.maintenance
    car = np.flatnonzero(view.now.cars_in_use & view.asked.spans(due))
    first, last = add_months(due[car], -AHEAD_MONTHS), days_later(due[car], WINDOW_DAYS)
    first_told = np.full(len(car), NEVER)
    place, day = told(view, car, first, last, OF_MAINTENANCE)
    np.minimum.at(first_told, place, day)
    sheet = view.now.store["maintenance_reminder"].days("first_reminded_on")
    place, row = view.now.once(_reminders_by_car).pairs(car)
    day = sheet[row]
    fits = (day >= first[place]) & (day <= last[place])
    np.minimum.at(first_told, place[fits], day[fits])
    return Reminded(car, last, first_told)


def _reminders_by_car(now: Situation) -> Sorted:
    return Sorted.of(now.identities.reminders.car)


def maintenance_due(view: View) -> Rows:
    """Cars due in P."""
    return view.cars(view.once(reminders).car)


def reminded(view: View) -> Rows:
    """Of these the reminded ones."""
    found = view.once(reminders)
    return view.once(maintenance_due).where(found.first_told < NEVER)


def came_after_reminder(view: View) -> Rows:
    """Of the reminded cars the ones that came for maintenance from the first reminder on."""
    found = view.once(reminders)
    told = np.flatnonzero(found.first_told < NEVER)
    number, visit = places_of(view.now, found.car[told])
    place, day = told[number], view.visits.day[visit]
    in_time = (day >= found.first_told[place]) & (day <= found.last[place])
    came = place[view.visits.maintenance[visit] & in_time]
    return view.once(reminded).among(found.car[came])


def first_service_due(view: View) -> Rows:
    """Cars in use whose first service, as seen on the day before P, is due in P."""
    return view.flagged_cars(view.now.cars_in_use & view.asked.spans(view.due_on_eve.first))


def first_service_done(view: View) -> Rows:
    """Of these the ones whose first service came in time."""
    due = view.once(first_service_due)
    limit, done = view.due_on_eve.first[due.places], view.now.service.first_done_on[due.places]
    return due.where(within_days(done, limit, WINDOW_DAYS))


@dataclass(frozen=True)
class Expiries:
    """Pairs of a car and a day on which something of it ends, each once, by `joining.with_day`."""

    view: View
    key: Places

    @cached_property
    def car(self) -> Places:
        """Place of the car."""
        return self.key // DAYS

    @cached_property
    def day(self) -> Days:
        """The day."""
        return (self.key % DAYS - DAYS // 2).astype("datetime64[D]")

    def rows(self, flags: Flags) -> Rows:
        """Some of them, named by car and day."""
        cars = self.view.now.identities.car_ids

        def named(places: Places) -> list[str]:
            days = np.datetime_as_string(self.day[places]).tolist()
            return [f"{car} {day}" for car, day in zip(cars[self.car[places]].tolist(), days, strict=True)]

        return Rows(Subject.EXPIRY, flags, named)


def _all_renewal_keys(kind: str, now: Situation) -> Places:
    table, rows = now.store["renewal"], now.identities.renewals
    return np.where(table.texts("kind") == kind, with_day(rows.car, table.days("expiry")), -1)


INSURANCE, INSPECTION = "保险", "年检"
_KEYS: dict[str, Callable[[Situation], Places]] = {
    kind: partial(_all_renewal_keys, kind) for kind in (INSURANCE, INSPECTION)
}


def _renewal_keys(view: View, kind: str) -> Places:
    """Car and expiry of the renewal rows of a kind that end in P; -1 for the other rows."""
    return np.where(view.asked.holds(view.now.store["renewal"].days("expiry")), view.now.once(_KEYS[kind]), -1)


def _policies(view: View) -> Expiries:
    key = _renewal_keys(view, INSURANCE)
    return Expiries(view, np.unique(key[key >= 0]))


def expiring_policies(view: View) -> Rows:
    """Insurances on the renewal sheet that end in P, one per car and day."""
    found = view.once(_policies)
    return found.rows(np.ones(len(found.key), np.bool_))


def renewed_policies(view: View) -> Rows:
    """Of these the ones renewed here."""
    here = _renewal_keys(view, INSURANCE)[view.now.store["renewal"].texts("result") == "本店续保"]
    return view.once(_policies).rows(np.isin(view.once(_policies).key, here))


def _inspections(view: View) -> Expiries:
    car = view.now.once(_inspections_by_day).within(view.asked)
    expiry = view.now.store.vehicles.moments("inspection_expiry")[car]
    sheet = _renewal_keys(view, INSPECTION)
    return Expiries(view, np.unique(np.concatenate([with_day(car, expiry), sheet[sheet >= 0]])))


def _inspections_by_day(now: Situation) -> Calendar:
    """The cars in use by the day on which their inspection ends."""
    return Calendar.of(np.where(now.cars_in_use, now.store.vehicles.days("inspection_expiry"), NO_DAY))


def expiring_inspections(view: View) -> Rows:
    """Inspections that end in P, of cars in use and of the renewal sheet, one per car and day."""
    found = view.once(_inspections)
    return found.rows(np.ones(len(found.key), np.bool_))


def reminded_inspections(view: View) -> Rows:
    """Of these the ones reminded of before they ended."""
    found, table = view.once(_inspections), view.now.store["renewal"]
    in_time = table.days("reminded_on") <= table.days("expiry")
    good = np.isin(found.key, _renewal_keys(view, INSPECTION)[in_time])
    first = days_later(add_months(found.day, -1), -3)
    place, _ = told(view, found.car, first, found.day, OF_INSPECTION)
    good[place] = True
    return found.rows(good)
