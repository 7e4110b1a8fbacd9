"""Everything that is known of a store on one day, worked out once and only when it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import numpy as np

from xl_retention.domain.contact_log import ContactLog
from xl_retention.domain.identity import Identities
from xl_retention.domain.loyalty import IN_USE, STATES, is_lost, state_numbers
from xl_retention.domain.mileage import NO_DAY, Readings
from xl_retention.domain.service_due import ServiceDue, delivery_days, service_due
from xl_retention.domain.store import Days, Flags, Places, Store, Table, Texts
from xl_retention.domain.tiers import TIERS, Spending, spending, tier_ranks
from xl_retention.domain.visits import Visits, merged_visits

Answer = TypeVar("Answer")

CLOSED_STATUS = "已关闭"


class Situation:
    """A store as known at the end of a day.

    Args:
        store: As read.
        as_of: The day; what came later is not there (DOM V19).
    """

    def __init__(self, store: Store, as_of: dt.date) -> None:
        self.day = np.datetime64(as_of, "D")
        self.date = as_of
        self.store = store.as_known_on(self.day)
        self.as_read = store
        self.parameters = store.parameters
        self.rules = store.rules
        self._answers: dict[object, object] = {}

    def once(self, question: Callable[[Situation], Answer]) -> Answer:
        """The answer to *question* about this situation, worked out at most once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]  # type: ignore[return-value]

    @cached_property
    def identities(self) -> Identities:
        """Parties and cars."""
        return Identities(self.store)

    @cached_property
    def visits(self) -> Visits:
        """Merged visits."""
        return merged_visits(self.store, self.identities)

    @cached_property
    def service(self) -> ServiceDue:
        """Due dates of each listed car."""
        return service_due(self.store.vehicles, self.visits, self.parameters, self.readings)

    @cached_property
    def readings(self) -> Readings:
        """Dated odometer readings of the listed cars."""
        return Readings.collected(self.visits, self.store.vehicles)

    @cached_property
    def log(self) -> ContactLog:
        """The contact log in the order in which it happened."""
        return ContactLog.of(self.store, self.identities)

    @cached_property
    def spending(self) -> Spending:
        """Paid visits of each listed car."""
        return spending(self.visits, len(self.store.vehicles), self.day)

    @cached_property
    def tier_rank(self) -> Places:
        """Value tier of each listed car as its place in `RANKED`."""
        return tier_ranks(
            self.store.vehicles,
            self.identities.car_ids,
            self.spending,
            self.parameters,
            known=self.store["service_visit"].present,
        )

    @cached_property
    def value_tier(self) -> Texts:
        """Value tier of each listed car."""
        return TIERS[self.tier_rank]

    @cached_property
    def loyalty(self) -> Texts:
        """Loyalty state of each listed car."""
        states = state_numbers(
            ~self.cars_in_use,
            self.service.last_activity,
            self.spending.visits,
            self.spending.amount,
            self.open_complaint[self.identities.owner[: len(self.store.vehicles)]],
            self.day,
            self.parameters,
        )
        return np.asarray(STATES[states])

    @cached_property
    def delivered_later(self) -> Flags:
        """Listed cars whose only delivery day lies ahead; to a day that knows it not, they look undated."""
        return np.asarray(np.isnat(self.service.delivered) & ~np.isnat(delivery_days(self.as_read.vehicles)))

    @cached_property
    def open_complaint(self) -> Flags:
        """Per party, and False at place -1: a complaint received and not closed (DOM K19)."""
        return open_complaints(self.store["complaint"], self.identities.complaints.party, len(self.identities.ids))

    def latest_log_day(self, rows: Flags) -> Days:
        """
        Day of the latest log row among *rows* that is about each listed car: of its owner, and that car or none.

        Args:
            rows: One flag per row of the log.
        """
        log, count = self.log, len(self.store.vehicles)
        owner = self.identities.owner[:count]
        per_car = np.full(count + 1, NO_DAY)
        named = np.flatnonzero(rows & (log.car >= 0) & (log.car < count))
        named = named[log.party[named] == owner[log.car[named]]]
        per_car[log.car[named]] = log.day[named]  # the log is in order of time: the last write is the latest
        per_party = np.full(len(self.identities.ids) + 1, NO_DAY)
        general = np.flatnonzero(rows & (log.car == -1) & (log.party >= 0))
        per_party[log.party[general]] = log.day[general]
        return np.asarray(np.fmax(per_car[:count], per_party[owner]))

    @cached_property
    def lost_and_confirmed(self) -> Flags:
        """Cars that are lost, with the reason in the log since their last activity (DOM 3.2, DLV-M48+)."""
        lost = is_lost(self.service.last_activity, self.day, self.parameters)
        return np.asarray(self.cars_in_use & lost & self.reason_recorded)

    @cached_property
    def cars_in_use(self) -> Flags:
        """Listed cars in use; their status has no date."""
        return self.store.vehicles.words("vehicle_status").is_any(IN_USE, "")

    @cached_property
    def reason_recorded(self) -> Flags:
        """Cars whose customer gave a reason for staying away after the last activity."""
        told = self.latest_log_day(self.log.reason_given)
        return np.asarray(told > self.service.last_activity)

    def booked_ahead(self) -> Flags:
        """Listed cars with a booking to come: not cancelled, moved, missed or arrived (DOM 3.3, MNT-CALL)."""
        bookings, rows = self.store["booking"], self.identities.bookings
        ahead = (
            (bookings.days("appointment_at") >= self.day)
            & ~ended_bookings(bookings.texts("status"))
            & (rows.car >= 0)
            & (rows.car < len(self.store.vehicles))
        )
        flags = np.zeros(len(self.store.vehicles), np.bool_)
        flags[rows.car[ahead]] = True
        return flags


def open_complaints(complaints: Table, party: Places, parties: int) -> Flags:
    """Per party, and False at place -1: whether a complaint of his is received and not closed (DOM K19)."""
    flags = np.zeros(parties + 1, np.bool_)
    received = ~np.isnat(complaints.moments("received_at"))
    flags[party[~closed_complaints(complaints) & received & (party >= 0)]] = True
    return flags


def closed_complaints(complaints: Table) -> Flags:
    """Complaints that are solved and followed up; where neither has a day, the status tells (DOM K19)."""
    solved, followed = complaints.moments("resolved_at"), complaints.moments("followup_at")
    neither = np.isnat(solved) & np.isnat(followed)
    both = ~np.isnat(solved) & ~np.isnat(followed)
    return np.asarray(both | (neither & (complaints.texts("status") == CLOSED_STATUS)))


def ended_bookings(status: Texts) -> Flags:
    """Bookings that nobody waits for any more."""
    ended = np.zeros(len(status), np.bool_)
    for word in ("取消", "改期", "未到店", "已到店"):
        ended |= status == word
    return ended
