"""The calls the staff of a sample store made: day by day through what fell due, with the usual misses.

A plain imitation of a call centre, written only to make a believable call log. Which contacts are due is
decided by `xl_retention.domain`, not here.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from sample import vocabulary as words
from sample.people import Car, Customer, Store, add_months, clock, next_due

_DAY = dt.timedelta(days=1)
_FORGOTTEN = 0.01
_MONTHS = (1, 2, 3, 4, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 54, 60, 66, 72)
_DELIVERY = (  # rule, days from delivery to open, deadline and expiry, role
    ("DLV-D0", 0, 0, 1, "SA"), ("DLV-2H", 0, 0, 1, "SA"), ("DLV-3D", 1, 3, 17, "SA"),
    ("DLV-7D-SA", 4, 7, 21, "SA"), ("DLV-7D-CS", 4, 7, 21, "CS"), ("DLV-2W-MGR", 14, 17, 31, "SM"),
    ("DLV-15-30", 15, 30, 44, "SA"),
)  # fmt: skip


@dataclass
class Call:
    """One line of the call log; for a prospect or key account *customer_id* is its own number."""

    at: dt.datetime
    customer_id: str
    name: str
    vin: str
    plate: str
    rules: list[str]
    staff: str
    role: str
    channel: str
    result: str
    satisfaction: str = ""
    objection: str = ""
    feedback: str = ""
    no_visit_reason: str = ""
    next_date: dt.date | None = None
    minutes: int | None = None


@dataclass(eq=False)
class Due:
    """A contact that is to be made; *stop* is the day it becomes pointless."""

    rule: str
    customer: Customer
    car: Car | None
    role: str
    open: dt.date
    deadline: dt.date
    expire: dt.date
    stop: dt.date | None = None
    first: dt.date | None = None
    """Due day of the first in a chain of reminders."""
    turn: int = 1
    failed: set[dt.date] = field(default_factory=set)
    closed: bool = False
    forgotten: bool = False
    """Nobody will get round to it."""

    def listed(self, day: dt.date) -> bool:
        """Whether it stands on the list of *day*."""
        return not self.closed and self.open <= day <= self.expire and (self.stop is None or day < self.stop)


@dataclass
class Routine:
    """What was called, and what is left for today."""

    calls: list[Call]
    left: list[Due]


def work_through(store: Store, customers: list[Customer], rng: random.Random) -> Routine:
    """Plays every working day from the store's go-live to yesterday."""
    pending = [
        due for customer in customers for due in _dues(store, customer) if due.deadline >= store.go_live
    ]
    months: dict[str, list[Due]] = {}
    for due in pending:
        due.forgotten = rng.random() < _FORGOTTEN
        if due.car and due.rule.startswith("DLV-M"):
            months.setdefault(due.car.vin, []).append(due)
    calls = _old_surveys(store, customers, rng, pending)
    day = store.go_live
    while day < store.today:
        for due in [due for due in pending if due.first and not due.closed and due.expire < day]:
            due.closed = True
            _remind_again(due, due.expire, pending)
        if day.weekday() != 6 and not (day.month == 10 and day.day <= 3):
            _call_day(store, day, pending, months, calls, rng)
        pending = [due for due in pending if not due.closed and (due.expire >= day or due.first)]
        day += _DAY
    left = [due for due in pending if due.listed(store.today) and _may_call(due)]
    calls.sort(key=lambda call: (call.at, call.customer_id))
    return Routine(calls, left)


def _may_call(due: Due) -> bool:
    status = due.car.status if due.car else "在用"
    return not due.customer.do_not_contact and (
        status == "在用" or (status == "它牌置换" and due.rule == "LAPSE-TRUE")
    )


def _dues(store: Store, customer: Customer) -> list[Due]:
    """Everything that falls due for a customer around these months."""
    dues = [due for car in customer.cars for due in _car_dues(customer, car)]
    if customer.birthday and customer.consent:
        for year in (store.go_live.year, store.today.year + 1):
            leap = customer.birthday.month == 2 and customer.birthday.day == 29
            day = dt.date(year, 2, 28) if leap else customer.birthday.replace(year=year)
            dues.append(Due("BDAY-7", customer, None, "CS", day - 7 * _DAY, day - _DAY, day - _DAY))
            dues.append(Due("BDAY-0", customer, None, "SA", day, day, day))
    return dues


def _car_dues(customer: Customer, car: Car) -> list[Due]:
    dues: list[Due] = []

    def add(
        rule: str, role: str, opens: dt.date, deadline: dt.date, expire: dt.date, **more: dt.date | None
    ) -> None:
        dues.append(Due(rule, customer, car, role, opens, deadline, expire, **more))  # type: ignore[arg-type]

    if customer.base_scope == "自销":
        for rule, opens, deadline, expire, role in _DELIVERY:
            add(rule, role, car.day + opens * _DAY, car.day + deadline * _DAY, car.day + expire * _DAY)
    services = car.services
    for months in _MONTHS:
        day = add_months(car.day, months)
        rule = f"DLV-M{months:02}" if months < 48 else "DLV-M48+"
        role = "CS" if months > 12 and customer.cs_owner else "SA"
        stop = services[0].day if months == 3 and services else None
        add(rule, role, day - 3 * _DAY, day + 7 * _DAY, day + 21 * _DAY, stop=stop)

    due = add_months(car.day, 3)
    arrival = services[0].booked_on or services[0].day if services else None
    add("FS-CALL", "SA", due - 15 * _DAY, due, due + 14 * _DAY, stop=arrival, first=due - 7 * _DAY)
    for service, after in zip(services, [*services[1:], None], strict=False):
        due = next_due(car, service)
        arrival = (after.booked_on or after.day) if after else None
        add("MNT-CALL", "CS", due - 15 * _DAY, due, due + 14 * _DAY, stop=arrival, first=due - 7 * _DAY)
        add(
            "MNT-NOSHOW",
            "CS",
            due + 3 * _DAY,
            due + 7 * _DAY,
            due + 21 * _DAY,
            stop=after.day if after else None,
        )

    due = add_months(car.day, 3)
    last = car.day
    for visit in [None, *car.visits]:
        if visit:
            last = (visit.left or visit.arrived).date()
            due = next_due(car, visit) if visit.maintenance else due
        later = [other.day for other in car.visits if other.day > last]
        after_day = later[0] if later else None
        warn = max(due + 30 * _DAY, add_months(last, 4))
        if warn <= add_months(last, 6):
            add("LAPSE-WARN", "CS", warn, warn + 15 * _DAY, warn + 29 * _DAY, stop=after_day)
        for rule, months, days in (("LAPSE-PSEUDO", 6, 15), ("LAPSE-TRUE", 12, 30)):
            day = add_months(last, months) + _DAY
            add(rule, "CS", day, day + days * _DAY, day + (days + 14) * _DAY, stop=after_day)
        if visit and visit.left:
            add("SVC-3D", "CS", last + _DAY, last + 3 * _DAY, last + 17 * _DAY)

    expiries: list[tuple[str, dt.date, dt.date | None]] = [
        (renewal.kind, renewal.expiry, renewal.done_on) for renewal in car.renewals if renewal.done_on
    ]
    expiries += [
        (kind, day, None) for kind, day in (("保险", car.insured_until), ("年检", car.inspected_until)) if day
    ]
    for kind, day, done_on in expiries:
        rule, role = ("INS-1M", "SA") if kind == "保险" else ("INSP-1M", "CS")
        add(rule, role, add_months(day, -1), day, day + 14 * _DAY, stop=done_on)
    for months in (60, 72):
        day = add_months(car.purchased, months)
        add("TRADE-IN", "SA", add_months(car.purchased, months - 3), day + 30 * _DAY, day + 44 * _DAY)
    return dues


def _remind_again(due: Due, closed_on: dt.date, pending: list[Due]) -> None:
    """Adds the next call of a chain of reminders, a week after the last one at the earliest."""
    assert due.first
    day = max(due.first + 7 * due.turn * _DAY, closed_on + 7 * _DAY)
    longest = 3 if due.rule == "MNT-CALL" else 99
    latest = due.first + 37 * _DAY if due.rule == "FS-CALL" else dt.date.max
    if due.turn >= longest or day > latest or (due.stop and day >= due.stop):
        return
    deadline = day + 7 * _DAY
    expire = min(deadline + 14 * _DAY, latest)
    pending.append(
        Due(
            due.rule,
            due.customer,
            due.car,
            due.role,
            day,
            deadline,
            expire,
            due.stop,
            due.first,
            due.turn + 1,
        )
    )


def _call_day(
    store: Store,
    day: dt.date,
    pending: list[Due],
    months: dict[str, list[Due]],
    calls: list[Call],
    rng: random.Random,
) -> None:
    groups: dict[tuple[str, str, str], list[Due]] = {}
    for due in pending:
        if due.open <= day and due.listed(day) and _may_call(due):
            groups.setdefault(
                (due.customer.customer_id, due.role, due.car.vin if due.car else ""), []
            ).append(due)
    made = 0
    for _, dues in sorted(groups.items(), key=lambda item: (min(due.deadline for due in item[1]), item[0])):
        urgent = any(due.rule.startswith(("DLV-D", "DLV-2H", "DLV-3D", "DLV-7D", "SVC")) for due in dues)
        # The car's other calls of this very morning may have settled the matter.
        dues = [due for due in dues if not due.closed and not due.forgotten]
        if not dues or rng.random() > 0.97 or (made >= store.calls_a_day and not urgent):
            continue
        made += 1
        call = _call(store, day, dues, pending, rng)
        calls.append(call)
        if call.result == "接通":
            for due in months.get(call.vin, ()):
                due.closed |= due.open - 7 * _DAY <= day <= due.expire


def _call(store: Store, day: dt.date, dues: list[Due], pending: list[Due], rng: random.Random) -> Call:
    customer, car, role = dues[0].customer, dues[0].car, dues[0].role
    owner = {"SA": customer.sales_advisor, "CS": customer.cs_owner}.get(role, "")
    active = store.staff(role)
    greeting = car is None and dues[0].rule.startswith("BDAY")
    call = Call(
        at=clock(day, rng),
        customer_id=customer.customer_id,
        name=customer.name,
        vin=car.vin if car else "",
        plate=car.plate if car else "",
        rules=list(dict.fromkeys(due.rule for due in dues)),
        staff=owner if owner in active else rng.choice(active),
        role=role,
        channel="微信" if greeting else "上门" if dues[0].rule == "LOST-VISIT" else "电话",
        result="已发送" if greeting else _result(customer, rng),
    )
    reached = call.result == "接通"
    if reached:
        call.minutes = rng.randint(1, 7)
        if rng.random() < 0.6:
            call.satisfaction = rng.choices(
                ("非常满意", "满意", "一般", "不满意", "非常不满意"), (34, 50, 12, 3, 1)
            )[0]
        call.feedback = store.pair(*rng.choice(words.FEEDBACK))
        if any(rule.startswith(("LAPSE", "LOST", "MNT-NOSHOW")) for rule in call.rules):
            call.no_visit_reason = store.pair(*rng.choice(words.NO_VISIT_REASONS))
        if "DLV-7D-CS" in call.rules and rng.random() < 0.12:
            call.objection = "使用异议"
            pending.append(Due("CMP-USE", customer, car, "SA", day, day + 2 * _DAY, day + 16 * _DAY))
        elif rng.random() < 0.01:
            call.next_date = day + rng.randint(2, 12) * _DAY
            pending.append(
                Due("NEXT", customer, car, role, call.next_date, call.next_date, call.next_date + 14 * _DAY)
            )
    if call.result == "改约":
        call.next_date = day + rng.randint(1, 5) * _DAY
    for due in dues:
        _settle(due, call, day, pending)
    return call


def _result(customer: Customer, rng: random.Random) -> str:
    if rng.random() < customer.reach * 1.12:
        return rng.choices(("接通", "拒访", "改约"), (95, 2, 3))[0]
    return rng.choices(("未接", "关机", "空号"), (83, 14, 3))[0]


def _settle(due: Due, call: Call, day: dt.date, pending: list[Due]) -> None:
    """What the outcome of a call does to one contact that was due."""
    if call.result == "改约" and call.next_date:
        grace = due.expire - due.deadline
        due.open = due.deadline = call.next_date
        due.expire = call.next_date + grace
        return
    if call.result in ("未接", "关机", "空号"):
        due.failed.add(day)
        due.closed = len(due.failed) >= 3
    else:
        due.closed = True
    if due.closed and due.first:
        _remind_again(due, day, pending)


def _old_surveys(
    store: Store, customers: list[Customer], rng: random.Random, pending: list[Due]
) -> list[Call]:
    """True-lapse surveys of last spring, which ask for a home visit half a year later."""
    calls = []
    for customer in customers:
        for car in customer.cars:
            last = max([car.day, *((visit.left or visit.arrived).date() for visit in car.visits)])
            day = add_months(last, 12) + rng.randint(3, 25) * _DAY
            if (
                not dt.date(2026, 4, 1) <= day < store.go_live
                or car.status != "在用"
                or customer.do_not_contact
            ):
                continue
            if rng.random() < 0.45:
                call = Call(
                    clock(day, rng), customer.customer_id, customer.name, car.vin, car.plate, ["LAPSE-TRUE"],
                    rng.choice(store.staff("CS")), "CS", "电话", "接通",
                    no_visit_reason=store.pair(*rng.choice(words.NO_VISIT_REASONS)),
                    minutes=rng.randint(2, 6),
                )  # fmt: skip
                calls.append(call)
                visit_on = add_months(day, 6)
                pending.append(
                    Due(
                        "LOST-VISIT",
                        customer,
                        car,
                        "CS",
                        visit_on,
                        visit_on + 30 * _DAY,
                        visit_on + 44 * _DAY,
                    )
                )
    return calls
