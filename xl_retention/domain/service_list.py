"""Cars whose service is due in a month, and what became of each: reminded, booked, come (DOM 3.3, 5.2, 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from xl_retention.domain.contact_log import CONNECTED, SENT
from xl_retention.domain.dates import Period, add_months, days_later
from xl_retention.domain.identity import NO_CAR, NOBODY
from xl_retention.domain.kpis.funnel import AHEAD_MONTHS, WINDOW_DAYS
from xl_retention.domain.kpis.joining import pairs
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.view import View
from xl_retention.domain.mileage import NO_DAY, Rung
from xl_retention.domain.service_due import Basis, ServiceDue
from xl_retention.domain.situation import Situation, ended_bookings
from xl_retention.domain.store import Days, Flags, Places

CALLED_OFF = ("取消", "改期")
"""Bookings that nobody has to keep; a moved one has a new row (DOM 2.6)."""
OWN_INITIATIVE = "客户主动"
"""A customer who books by himself was not brought by a call (DOM 2.6)."""


class Service(Enum):
    """What is due; the value goes into JSON."""

    FIRST = "first_service"
    MAINTENANCE = "maintenance"


REMINDED_BY = {Service.FIRST: ("FS-CALL", "FS-AUTO"), Service.MAINTENANCE: ("MNT-CALL", "MNT-AUTO-3M")}
"""Rules whose contacts are reminders of a service, the call first; its role serves the customer."""


class Progress(Enum):
    """How far a car has come; the value goes into JSON."""

    CAME = "came"
    BOOKED = "booked"
    DID_NOT_KEEP = "did_not_keep_booking"
    NOT_COME = "not_come"
    REMINDED = "reminded"
    NOT_REACHED = "not_reached"
    TO_REMIND = "to_remind"


@dataclass(frozen=True)
class ServiceCase:
    """
    One car that is due.

    Args:
        party: Its customer; NOBODY where none is on file.
        due: The day.
        basis: What gave the day.
        reminders: Rows of the contact log of `Situation`, by time: reminders of this service, reached or not.
        told: Those of them that reached the customer.
        first_told: Day of the first reminder that did, by the log or the sheet of reminders; NaT for none.
        promised: The latest day promised for it; NaT for none.
        booking: Row of the booking table, of the latest appointment; -1 for none.
        came: Day of the maintenance visit, from the first reminder on; NaT for none.
        credited: Reminder to which the booking is credited; -1 for none.
        missing: Fields to be completed: `mobile`, `last_odometer`.
    """

    service: Service
    party: int
    car: int
    due: np.datetime64
    basis: Basis
    reminders: tuple[int, ...]
    told: tuple[int, ...]
    first_told: np.datetime64
    promised: np.datetime64
    booking: int
    came: np.datetime64
    credited: int
    progress: Progress
    missing: tuple[str, ...]

    @property
    def came_when_told(self) -> bool:
        """Whether the car came after a reminder, not later than DOM K12 allows."""
        return bool(not np.isnat(self.first_told) and self.came <= self.due + np.timedelta64(WINDOW_DAYS, "D"))


@dataclass(frozen=True)
class ServiceList:
    """
    The cars due in a month, by due day.

    Args:
        month: In which they are due.
        cases: A car each; one that is due for both services stands twice.
    """

    month: Period
    cases: tuple[ServiceCase, ...]

    def funnel(self, service: Service) -> dict[str, int]:
        """How many of the cars due for a service were reminded, booked, came, and whose booking a call brought."""
        cases = [case for case in self.cases if case.service is service]
        return {
            "due": len(cases),
            "reminded": sum(not np.isnat(case.first_told) for case in cases),
            "booked": sum(case.booking >= 0 for case in cases),
            "came": sum(case.came_when_told for case in cases),
            "credited": sum(case.credited >= 0 for case in cases),
        }


def service_list(situation: Situation, month: Period) -> ServiceList:
    """
    The cars in use that are due in a month, as the export at the end of the month before shows them.

    A month that has begun is seen from the day before it, so that a car that came stays on the list; what
    happened since is what is known on the situation's day.
    """
    asked = Asked(month, situation.date)
    seen = situation if asked.eve >= situation.date else View(situation, asked).eve
    service = seen.service
    running = situation.cars_in_use
    due = {
        Service.FIRST: (service.first_due, service.first_by, ~service.first_done),
        Service.MAINTENANCE: (service.maintenance_due, service.maintenance_by, np.ones(len(running), np.bool_)),
    }
    cases = []
    for kind, (days, basis, waits) in due.items():
        car = np.flatnonzero(running & waits & asked.spans(days))
        cases += _cases(situation, seen.service, kind, car, days[car], basis[car])
    cases.sort(key=lambda case: (case.due, case.service.value, case.car))
    return ServiceList(month, tuple(cases))


def _cases(
    situation: Situation, seen: ServiceDue, service: Service, car: Places, due: Days, basis: Places
) -> list[ServiceCase]:
    log, owner = situation.log, situation.identities.owner[car]
    first, last = add_months(due, -AHEAD_MONTHS), days_later(due, WINDOW_DAYS)
    credit = days_later(due, situation.parameters.integer("booking_credit_days"))
    reminders = _contacts(situation, car, owner, first, last, REMINDED_BY[service])
    reached = log.results.is_any(CONNECTED, SENT)
    told = [tuple(row for row in rows if reached[row]) for rows in reminders]
    first_told = np.array([log.day[rows[0]] if rows else NO_DAY for rows in told], "datetime64[D]")
    if service is Service.MAINTENANCE:
        first_told = np.fmin(first_told, _told_by_sheet(situation, car, first, last))
    early = days_later(due, -situation.parameters.integer("early_visit_days"))
    since = np.where(np.isnat(first_told), early, first_told)
    came = _first_visit(situation, car, since, np.maximum(last, credit))
    bookings = _bookings(situation, car, owner, first, last)
    promised = _promised(situation, car, due)
    usual = seen.driving.rung[car] == Rung.STORE_DEFAULT
    cases = []
    for at in range(len(car)):
        known = owner[at] != NOBODY
        booking = bookings[at]
        missing = [] if known and situation.identities.mobiles[owner[at]] else ["mobile"]
        cases.append(
            ServiceCase(
                service,
                int(owner[at]),
                int(car[at]),
                due[at],
                Basis(int(basis[at])),
                reminders[at],
                told[at],
                first_told[at],
                promised[at],
                booking,
                came[at],
                _credited(situation, told[at], booking, came[at]) if came[at] <= credit[at] else -1,
                _progress(situation, bool(reminders[at]), first_told[at], booking, came[at], last[at]),
                (*missing, *(["last_odometer"] if usual[at] else [])),
            )
        )
    return cases


def _contacts(
    situation: Situation, car: Places, owner: Places, first: Days, last: Days, rules: Sequence[str]
) -> list[tuple[int, ...]]:
    """Rows of the log, by time, that name one of *rules* and are about each car: of its customer, that car or none."""
    log = situation.log
    row = np.flatnonzero(log.naming(*rules) & ~log.results.is_any(""))
    mine, of_owner = pairs(owner, log.party[row])
    about = (log.car[row[of_owner]] == NO_CAR) | (log.car[row[of_owner]] == car[mine])
    stranger, by_car = pairs(np.where(owner < 0, car, NO_CAR), log.car[row])
    place = np.concatenate([mine[about], stranger])
    found = row[np.concatenate([of_owner[about], by_car])]
    return _by_place(len(car), place, found, (log.day[found] >= first[place]) & (log.day[found] <= last[place]))


def _by_place(count: int, place: Places, row: Places, kept: Flags) -> list[tuple[int, ...]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for at, each in zip(place[kept].tolist(), row[kept].tolist(), strict=True):
        found[at].append(each)
    return [tuple(sorted(rows)) for rows in found]


def _first_visit(situation: Situation, car: Places, first: Days, last: Days) -> Days:
    """Day of the first maintenance visit of each car between two days; NaT where there is none."""
    visits = situation.visits
    maintained = np.flatnonzero(visits.maintenance)
    place, visit = pairs(car, visits.car[maintained])
    day = visits.day[maintained[visit]]
    fits = (day >= first[place]) & (day <= last[place])
    found = np.full(len(car), NO_DAY)
    place, day = place[fits][::-1], day[fits][::-1]
    found[place] = day  # visits are sorted by day and turned round: the last write is the first visit
    return found


def _bookings(situation: Situation, car: Places, owner: Places, first: Days, last: Days) -> list[int]:
    """Row of the booking with the latest appointment of each car between two days; -1 where there is none."""
    table, rows = situation.store["booking"], situation.identities.bookings
    status, day = table.texts("status"), table.days("appointment_at")
    kept = ~np.isnat(day)
    for word in CALLED_OFF:
        kept &= status != word
    row = np.flatnonzero(kept)
    mine, of_car = pairs(car, rows.car[row])
    known, of_owner = pairs(owner, np.where(rows.car[row] == NO_CAR, rows.party[row], NOBODY))
    place, found = np.concatenate([mine, known]), row[np.concatenate([of_car, of_owner])]
    fits = (day[found] >= first[place]) & (day[found] <= last[place])
    moments = table.moments("appointment_at")
    of_place = _by_place(len(car), place, found, fits)
    return [max(each, key=lambda at: (moments[at], at), default=-1) for each in of_place]


def _told_by_sheet(situation: Situation, car: Places, first: Days, last: Days) -> Days:
    """First day in the window on which the sheet of reminders says that a car was reminded (DOM K11)."""
    day = situation.store["maintenance_reminder"].days("first_reminded_on")
    place, row = pairs(car, situation.identities.reminders.car)
    found = np.full(len(car), NO_DAY)
    fits = (day[row] >= first[place]) & (day[row] <= last[place])
    np.fmin.at(found, place[fits], day[row[fits]])
    return found


def _promised(situation: Situation, car: Places, due: Days) -> Days:
    """The latest day promised for the service that is due, by the sheet of reminders (DOM 2.10)."""
    table, rows = situation.store["maintenance_reminder"], situation.identities.reminders
    promised = table.days("promised_date")
    place, row = pairs(car, rows.car)
    found = np.full(len(car), NO_DAY)
    fits = table.days("due_date")[row] == due[place]
    np.fmax.at(found, place[fits], promised[row[fits]])
    return found


def _credited(situation: Situation, told: Sequence[int], booking: int, came: np.datetime64) -> int:
    """The last reminder before the booking, if the customer did not book by himself and the car came."""
    table = situation.store["booking"]
    if booking < 0 or np.isnat(came) or table.texts("initiator")[booking] == OWN_INITIATIVE:
        return -1
    made, appointment = (table.days(name)[booking] for name in ("booked_on", "appointment_at"))
    made = appointment if np.isnat(made) else made
    return max((row for row in told if situation.log.day[row] <= made <= came), default=-1)


def _progress(
    situation: Situation,
    tried: bool,
    first_told: np.datetime64,
    booking: int,
    came: np.datetime64,
    last: np.datetime64,
) -> Progress:
    if not np.isnat(came):
        return Progress.CAME
    if booking >= 0:
        table = situation.store["booking"]
        ended = ended_bookings(table.texts("status")[booking : booking + 1])[0]
        ahead = table.days("appointment_at")[booking] >= situation.day
        return Progress.BOOKED if ahead and not ended else Progress.DID_NOT_KEEP
    if situation.day > last:
        return Progress.NOT_COME
    if not np.isnat(first_told):
        return Progress.REMINDED
    return Progress.NOT_REACHED if tried else Progress.TO_REMIND
