"""The data checks of DOM 2.15 that change no call: a table of faults, and which rows have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.dates import add_months, has_clock
from xl_retention.domain.hand_over import active_names
from xl_retention.domain.person_names import same_name
from xl_retention.domain.problems import Problem, Severity
from xl_retention.domain.prospects import OPEN_STATUS
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Store, Table, Texts

FIRST_DELIVERY = np.datetime64("1990-01-01")
YOUNGEST, OLDEST = 16, 100
LONGEST_LOAN = 60
MAINTENANCE = ("首保", "定期保养")
REACHED = "接通"
_MONTHS_A_YEAR = 12

_WHOLE_PHONE = re.compile(
    r"1[0-9]{10}"  # a mobile (DOM 2.3)
    r"|0[0-9]{9,16}|[2-8][0-9]{6,7}|[48]00[0-9]{7}"  # a landline with or without its area or extension, a hotline
)

Rows = Callable[[Situation], Flags]


@dataclass(frozen=True)
class Check:
    """
    One fault of a field.

    Args:
        table, field: Where the clerk mends it.
        wanted: As in `Problem` of a filled cell; of a blank one it begins with a capital.
        rows: The rows of the table that have the fault.
        telling: Fields of which at least one has to be on the sheet; a store that keeps no such column is not
            reminded of it row by row.
    """

    code: str
    severity: Severity
    table: str
    field: str
    wanted: str
    remedy: str
    rows: Rows
    telling: tuple[str, ...] = ()

    def problems(self, situation: Situation) -> Iterator[Problem]:
        """A finding per row."""
        table = situation.store[self.table]
        if not len(table) or (self.telling and not any(name in table.columns for name in self.telling)):
            return
        held = table.read(self.field)
        for place in np.flatnonzero(self.rows(situation)).tolist():
            if self.telling and table.headings and not self._kept_on(table, str(table.sheet[place])):
                continue
            found = _shown(held[place])
            wanted = self.wanted if found else self.wanted[:1].upper() + self.wanted[1:]
            yield table.fault(
                self.code, self.severity, place, self.field, found=found, wanted=wanted, remedy=self.remedy
            )

    def _kept_on(self, table: Table, sheet: str) -> bool:
        return any((sheet, name) in table.headings for name in self.telling)


def _shown(value: object) -> str:
    """A cleaned value as the finding shows it; "" for a blank."""
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value).removesuffix("T00:00:00")
    if isinstance(value, (float, np.floating)):
        return "" if np.isnan(value) else np.format_float_positional(value, trim="-")
    return str(value)


def quality_problems(situation: Situation) -> list[Problem]:
    """All findings of all checks, check by check."""
    return [problem for check in CHECKS for problem in check.problems(situation)]


def _blank(table: Table, name: str) -> Flags:
    return np.asarray(table.texts(name) == "", np.bool_)


# Customers.


def _without_whole(phones: Texts) -> Flags:
    return np.array([not _WHOLE_PHONE.fullmatch(phone) for phone in phones.tolist()], np.bool_)


def _unreachable(situation: Situation) -> Flags:
    """A phone that lacks a digit reaches nobody."""
    customers = situation.store.customers
    silent = [_without_whole(customers.texts(name)) for name in ("mobile", "mobile_backup")]
    return np.asarray(np.logical_and.reduce([*silent, *(_blank(customers, name) for name in ("email", "wechat_id"))]))


def _cut_short(situation: Situation) -> Flags:
    """Of customers that can be reached in another way."""
    customers = situation.store.customers
    short = _without_whole(customers.texts("mobile")) & ~_blank(customers, "mobile")
    return np.asarray(short & ~situation.once(_unreachable))


def _unlikely_age(situation: Situation) -> Flags:
    born = situation.store.customers.days("birth_date")
    unlikely = np.zeros(len(born), np.bool_)
    known = np.flatnonzero(~np.isnat(born))
    day = situation.day
    too_young = add_months(born[known], YOUNGEST * _MONTHS_A_YEAR) > day
    too_old = add_months(born[known], (OLDEST + 1) * _MONTHS_A_YEAR) <= day
    unlikely[known] = too_young | too_old
    return unlikely


# Cars.


def _only_purchased(situation: Situation) -> Flags:
    vehicles = situation.as_read.vehicles
    return np.isnat(vehicles.days("delivery_date")) & ~np.isnat(situation.service.delivered)


def _delivered_ahead(situation: Situation) -> Flags:
    """A later delivery without a purchase day is told as missing already."""
    ahead = situation.as_read.vehicles.days("delivery_date") > situation.day
    return np.asarray(ahead & ~np.isnat(situation.service.delivered))


def _delivered_too_early(situation: Situation) -> Flags:
    return np.asarray(situation.store.vehicles.days("delivery_date") < FIRST_DELIVERY)


def _no_vin(situation: Situation) -> Flags:
    return _blank(situation.store.vehicles, "vin")


def _in_use(vehicles: Table) -> Flags:
    status = vehicles.texts("vehicle_status")
    return np.asarray((status == "") | (status == "在用"), np.bool_)


def _no_expiry(field: str, kind: str) -> Rows:
    """Cars in use of which neither the car's own row nor a renewal row tells the expiry."""

    def rows(situation: Situation) -> Flags:
        vehicles, renewals = situation.store.vehicles, situation.store["renewal"]
        told = np.zeros(len(vehicles) + 1, np.bool_)
        cars = situation.identities.renewals.car
        known = (renewals.texts("kind") == kind) & ~np.isnat(renewals.days("expiry")) & (cars < len(vehicles))
        told[cars[known]] = True
        return np.asarray(_in_use(vehicles) & np.isnat(vehicles.days(field)) & ~told[:-1])

    return rows


def _long_loan(situation: Situation) -> Flags:
    return np.asarray(situation.store.vehicles.numbers("loan_months") > LONGEST_LOAN)


# Visits.


def _left_before_it_came(situation: Situation) -> Flags:
    visits = situation.store["service_visit"]
    came, left = visits.moments("visit_date"), visits.moments("checkout_date")
    clocked = has_clock(came) & has_clock(left)
    return np.where(clocked, left < came, left.astype("datetime64[D]") < came.astype("datetime64[D]"))


def _runs_back(situation: Situation) -> Flags:
    """By row of the visits, then of the cars: a reading below one of an earlier day of the same car (DOM 2.15, 3.6)."""
    visits, vehicles = situation.store["service_visit"], situation.store.vehicles
    car = np.concatenate([situation.identities.visits.car, np.arange(len(vehicles))])
    day = np.concatenate([visits.days("visit_date"), vehicles.days("odometer_date")])
    km = np.concatenate([visits.numbers("odometer_in"), vehicles.numbers("last_odometer")])
    usable = np.flatnonzero((car >= 0) & ~np.isnat(day) & ~np.isnan(km))
    order = usable[np.lexsort((km[usable], day[usable], car[usable]))]
    lower = np.zeros(len(car), np.bool_)
    if len(order):
        # One stretch of numbers for each car, so that the running maximum starts anew with the next one.
        stretch = float(km[order].max()) + 1
        reading = km[order] + car[order] * stretch
        lower[order] = np.maximum.accumulate(reading) > reading
    return lower


def _odometer_runs_back(situation: Situation) -> Flags:
    return situation.once(_runs_back)[: len(situation.store["service_visit"])]


def _typed_odometer_runs_back(situation: Situation) -> Flags:
    return situation.once(_runs_back)[len(situation.store["service_visit"]) :]


def _next_service_unknown(situation: Situation) -> Flags:
    visits = situation.store["service_visit"]
    blank = np.isnat(visits.days("next_service_date")) & np.isnan(visits.numbers("next_service_km"))
    return np.asarray(np.isin(visits.texts("work_type"), MAINTENANCE) & blank)


# Complaints, log, cards and dates that lie ahead.


def _received_without_clock(situation: Situation) -> Flags:
    received = situation.store["complaint"].moments("received_at")
    return np.asarray(~np.isnat(received) & ~has_clock(received))


def _answered_without_talk(situation: Situation) -> Flags:
    log = situation.store["contact_log"]
    answered = ~_blank(log, "satisfaction_level") | ~np.isnan(log.numbers("score"))
    reached = [word for word, each in situation.store.outcomes.known.items() if each.contacted and word != "拒访"]
    return np.asarray(answered & ~np.isin(log.texts("result"), [*reached, REACHED]))


def _adviser_gone(situation: Situation) -> Flags:
    active, cards = active_names(situation), situation.store["prospect"]
    if not len(situation.store["staff"]):
        return np.zeros(len(cards), np.bool_)
    open_cards = np.isin(cards.texts("status"), OPEN_STATUS)
    gone = [name != "" and same_name(name) not in active for name in cards.texts("sales_advisor").tolist()]
    return np.asarray(open_cards & np.array(gone, np.bool_))


_AHEAD = (
    ("service_visit", "visit_date"),
    ("service_visit", "checkout_date"),
    ("contact_log", "contact_at"),
    ("complaint", "received_at"),
    ("complaint", "resolved_at"),
    ("prospect", "created_date"),
)
"""Past events; a later day is an error (DOM V16)."""


def _ahead(situation: Situation) -> Iterator[Problem]:
    store: Store = situation.as_read
    for entity, name in _AHEAD:
        table = store[entity]
        for place in np.flatnonzero(table.days(name) > situation.day).tolist():
            yield table.fault(
                "date_ahead", "medium", place, name,
                found=_shown(table.read(name)[place]),
                wanted="a day that has come",
                remedy="Correct the date; until then the row does not count.",
            )  # fmt: skip


# Numbers that stand twice.

_NUMBERS: tuple[tuple[str, str, Severity], ...] = (
    ("service_visit", "ro_no", "high"),
    ("complaint", "complaint_id", "high"),
    ("prospect", "prospect_no", "high"),
    ("booking", "booking_id", "medium"),
    ("contact_log", "contact_id", "medium"),
    ("renewal", "renewal_id", "medium"),
    ("key_account", "account_no", "high"),
    ("staff", "staff_id", "medium"),
)
"""By table the number that tells its rows apart; customers and cars are merged by theirs (DOM 2.14)."""


def _numbers_twice(situation: Situation) -> Iterator[Problem]:
    for entity, name, severity in _NUMBERS:
        table = situation.as_read[entity]
        numbers: Texts = table.texts(name)
        first: dict[str, int] = {}
        for place, number in enumerate(numbers.tolist()):
            if number and first.setdefault(number, place) != place:
                yield table.fault(
                    "number_twice", severity, place, name,
                    found=number,
                    wanted=f"unique: row {table.row[first[number]]} has the same number with other content",
                    remedy="Give one of the two rows its own number, or delete the wrong one.",
                )  # fmt: skip


def further_problems(situation: Situation) -> list[Problem]:
    """Findings that are not one fault of one field: days ahead, numbers that stand twice."""
    return [*_ahead(situation), *_numbers_twice(situation)]


CHECKS: tuple[Check, ...] = (
    Check("customer_unreachable", "high", "customer", "mobile",
          "a phone or another way to reach the customer", "Ask at the next visit and enter the phone.",
          _unreachable, ("mobile", "mobile_backup", "email", "wechat_id")),
    Check("phone_not_whole", "medium", "customer", "mobile",
          "a whole phone number", "Type the whole number, a landline with its area code.", _cut_short),
    Check("birth_date_unlikely", "medium", "customer", "birth_date",
          "the birthday of somebody aged 16 to 100", "Ask for the birthday, or clear the cell.", _unlikely_age),
    Check("delivery_date_missing", "high", "vehicle", "delivery_date",
          "a delivery date", "Enter the day the car was handed over; until then the purchase date counts.",
          _only_purchased, ("delivery_date",)),
    Check("delivery_date_ahead", "high", "vehicle", "delivery_date",
          "a day that has come", "Correct the date; until then the purchase date counts.", _delivered_ahead),
    Check("delivery_date_too_early", "high", "vehicle", "delivery_date",
          "from 1990 or later", "Correct the year.", _delivered_too_early),
    Check("vin_missing", "high", "vehicle", "vin",
          "a VIN", "Enter the VIN from the car's papers; until then the plate stands for it.", _no_vin, ("vin",)),
    Check("odometer_runs_back", "medium", "vehicle", "last_odometer",
          "at least the earlier reading of this car", "Read the odometer again, or correct the earlier row.",
          _typed_odometer_runs_back),
    Check("insurance_expiry_missing", "medium", "vehicle", "insurance_expiry",
          "the day the insurance ends", "Enter it from the policy; nobody is called about the renewal without it.",
          _no_expiry("insurance_expiry", "保险"), ("insurance_expiry",)),
    Check("inspection_expiry_missing", "medium", "vehicle", "inspection_expiry",
          "the day the inspection ends", "Enter it from the papers; nobody is called about it without the day.",
          _no_expiry("inspection_expiry", "年检"), ("inspection_expiry",)),
    Check("loan_too_long", "medium", "vehicle", "loan_months",
          "a loan of 60 months or less", "Enter the loan in months.", _long_loan),
    Check("checkout_before_visit", "medium", "service_visit", "checkout_date",
          "a day on or after the visit", "Correct one of the two dates.", _left_before_it_came),
    Check("odometer_runs_back", "medium", "service_visit", "odometer_in",
          "at least the earlier reading of this car", "Read the odometer again, or correct the earlier row.",
          _odometer_runs_back),
    Check("next_service_missing", "medium", "service_visit", "next_service_date",
          "the day or the kilometres of the next service", "Enter one of them from the job card.",
          _next_service_unknown, ("next_service_date", "next_service_km")),
    Check("clock_missing", "medium", "complaint", "received_at",
          "a day with its hour", "Add the hour; until then the store's opening time counts.", _received_without_clock),
    Check("answer_without_talk", "medium", "contact_log", "result",
          "a result that goes with an answer about satisfaction", "Correct the result, or clear the answer.",
          _answered_without_talk),
    Check("owner_not_active", "high", "prospect", "sales_advisor",
          "an active person of the staff sheet", "Hand the customer over to somebody who is there.", _adviser_gone),
)  # fmt: skip
"""The checks of DOM 2.15, in its order by table. Losses without reason stand in `cards`, owners of customers in
`hand_over`, mistyped VINs in `vin_checks`, cars without any delivery day in `checks`."""
