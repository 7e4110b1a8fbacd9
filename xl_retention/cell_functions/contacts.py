"""When a customer is due: next and coming contacts, services, and how likely the customer stays away."""

from __future__ import annotations

import datetime as dt

import numpy as np
import xlwings as xw

from xl_retention.cell_functions import answering
from xl_retention.cell_functions.answering import CATEGORY, LANGUAGES, in_cells
from xl_retention.cell_functions.by_day import different_rows, or_today, per_day, rows_at
from xl_retention.domain.bare_rows import store_of_rows
from xl_retention.domain.dates import add_months
from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.lapse.score import days_ahead, score, whole_day
from xl_retention.domain.schema import Kind
from xl_retention.domain.service_due import earlier
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Array, Days
from xl_retention.domain.upcoming import next_contacts, upcoming
from xl_retention.sheets.cell_arguments import (
    NO_DATA,
    Block,
    Cell,
    Records,
    Rows,
    WrongArgument,
    dates_of,
    single_choice,
    single_count,
    single_day,
)

MONTHS_AHEAD, MOST_MONTHS_AHEAD = 6, 120
"""How far LAPSE_SCORE looks, and may look."""
LOOK_AHEAD = 12
"""Months that DUE_CONTACTS lists where no last day is given."""
MOST_REMEMBERED_AT_ONCE, MOST_REMEMBERED = 100, 100_000
_REMEMBERED: dict[tuple[dt.date, tuple[object, ...]], np.datetime64] = {}
"""Answers of NEXT_CONTACT by day and row: one takes some milliseconds to work out."""


@xw.func(category=CATEGORY)
@in_cells
def NEXT_CONTACT(
    delivery_date: Cell,
    last_service: Cell = None,
    insurance_expiry: Cell = None,
    inspection_expiry: Cell = None,
    birth_date: Cell = None,
    after: Cell = None,
) -> Cell:
    """Day of the next contact that the shipped rules ask for with a customer and a car.

    Args:
        delivery_date: Day on which the car was delivered
        last_service: Optional. Day of the last maintenance or first service
        insurance_expiry: Optional. Last day of the insurance
        inspection_expiry: Optional. Last day of the inspection
        birth_date: Optional. Birthday, with or without its year
        after: Optional. The contact is due later than this day; today if left out

    Examples:
        =NEXT_CONTACT("2025-03-01",,,,,"2025-03-01") -> 2025-03-04
        =NEXT_CONTACT("",,"2025-03-31",,,"2025-01-15") -> 2025-02-28
        =NEXT_CONTACT("soon") -> delivery_date: not a date
    """
    rows, columns, known_from = customer_rows(
        delivery_date, last_service, insurance_expiry, inspection_expiry, birth_date, after
    )
    due = np.full(len(rows), np.datetime64("NaT", "D"))
    for day, places in per_day(known_from):
        first, each = different_rows(rows_at(columns, places))
        due[places] = _next_contacts(rows_at(columns, places[first]), day)[each]
    return rows.answer(dates_of(due))


def _next_contacts(columns: dict[str, Array], day: dt.date) -> Days:
    """Those of some rows; of few rows remembered, as LibreOffice asks cell by cell whenever a sheet is added."""
    rows = list(zip(*(column.tolist() for column in columns.values()), strict=True))
    if len(rows) > MOST_REMEMBERED_AT_ONCE:
        return next_contacts(store_of_rows(columns), day)
    if len(_REMEMBERED) > MOST_REMEMBERED:
        _REMEMBERED.clear()
    new = [place for place, row in enumerate(rows) if (day, row) not in _REMEMBERED]
    if new:
        found = next_contacts(store_of_rows(rows_at(columns, np.array(new))), day)
        _REMEMBERED.update(((day, rows[place]), due) for place, due in zip(new, found, strict=True))
    return np.array([_REMEMBERED[day, row] for row in rows], "datetime64[D]")


@xw.func(category=CATEGORY)
@in_cells
def DUE_CONTACTS(
    delivery_date: Cell,
    last_service: Cell = None,
    insurance_expiry: Cell = None,
    inspection_expiry: Cell = None,
    birth_date: Cell = None,
    after: Cell = None,
    finish: Cell = None,
    labels: Cell = None,
    language: Cell = None,
) -> Cell:
    """List of the contacts that fall due with one customer or many: due day, rule code, rule name.

    Args:
        delivery_date: Day on which the car was delivered
        last_service: Optional. Day of the last maintenance or first service
        insurance_expiry: Optional. Last day of the insurance
        inspection_expiry: Optional. Last day of the inspection
        birth_date: Optional. Birthday, with or without its year
        after: Optional. Contacts due later than this day; today if left out
        finish: Optional. Last due day of the list; 12 months after the start if left out
        labels: Optional. Names or numbers of the customers, shown as first column of the list
        language: Optional. Names of the rules in zh (if left out) or en

    Examples:
        =DUE_CONTACTS("2025-03-01",,,,,"2025-03-05","2025-03-10",,"en") -> \
2025-03-08 | DLV-7D-SA | 7-day call by sales; 2025-03-08 | DLV-7D-CS | 7-day survey call
        =DUE_CONTACTS("") -> (empty)
    """
    rows, columns, known_from = customer_rows(
        delivery_date, last_service, insurance_expiry, inspection_expiry, birth_date, after, labels=labels
    )
    last = single_day("finish", finish)
    in_words = single_choice("language", language, LANGUAGES)
    names = rows.cleaned("labels", Kind.TEXT).tolist()
    labelled = any(names)
    found: dict[tuple[dt.date, int, int], list[object]] = {}
    for day, places in per_day(np.where(rows.faults == "", known_from, np.datetime64("NaT"))):
        store = store_of_rows(rows_at(columns, places))
        order = {code: place for place, code in enumerate(store.rules)}
        for items in upcoming(store, day, last or add_months(day, LOOK_AHEAD)):
            for party, due, code in zip(items.party.tolist(), items.due.tolist(), items.rule.tolist(), strict=True):
                rule, row = store.rules[code], int(places[party])
                name = rule.chinese if in_words == "zh" else rule.english
                found[due, row, order[code]] = [*[names[row]] * labelled, due, code, name]
    wrong = [[*[names[row]] * labelled, fault, "", ""] for row, fault in enumerate(rows.faults.tolist()) if fault]
    if len(rows) == 1 and wrong:
        return rows.faults[0]
    return wrong + [found[place] for place in sorted(found)] or NO_DATA


@xw.func(category=CATEGORY)
@in_cells
def SERVICE_DUE(
    delivery_date: Cell,
    last_service: Cell = None,
    last_service_km: Cell = None,
    odometer: Cell = None,
    odometer_date: Cell = None,
    next_service_date: Cell = None,
    next_service_km: Cell = None,
    as_of: Cell = None,
) -> Cell:
    """Day on which the next service of a car is due, by date or by its kilometres, whichever comes first.

    Args:
        delivery_date: Day on which the car was delivered
        last_service: Optional. Day of the last maintenance or first service
        last_service_km: Optional. Kilometres on that day
        odometer: Optional. Latest reading in kilometres
        odometer_date: Optional. Day of that reading
        next_service_date: Optional. Day agreed for the next service
        next_service_km: Optional. Kilometres at which the next service is due
        as_of: Optional. What is dated later than this day is not known; today if left out

    Examples:
        =SERVICE_DUE("2025-03-10",,,1500,"2025-04-09",,,"2025-05-01") -> 2025-06-10
        =SERVICE_DUE("2025-03-10",,,3000,"2025-04-09",,,"2025-05-01") -> 2025-04-29
        =SERVICE_DUE("",,,"far") -> odometer: not a distance in km
    """
    rows = Rows.of(
        delivery_date=delivery_date,
        last_service=last_service,
        last_service_km=last_service_km,
        odometer=odometer,
        odometer_date=odometer_date,
        next_service_date=next_service_date,
        next_service_km=next_service_km,
        as_of=as_of,
    )
    cars = {
        "delivery_date": rows.moments("delivery_date"),
        "last_odometer": rows.numbers("odometer", Kind.KM),
        "odometer_date": rows.moments("odometer_date"),
        "next_service_date": rows.moments("next_service_date"),
        "next_service_km": rows.numbers("next_service_km", Kind.KM),
    }
    visits = {
        "visit_date": rows.moments("last_service"),
        "odometer_in": rows.numbers("last_service_km", Kind.KM),
        "work_type": np.full(len(rows), "定期保养", object),
    }
    due = np.full(len(rows), np.datetime64("NaT", "D"))
    for day, places in per_day(or_today(rows.days("as_of"))):
        service = Situation(store_of_rows(rows_at(cars, places), rows_at(visits, places)), day).service
        first = np.where(service.first_done, np.datetime64("NaT"), service.first_due)
        due[places] = earlier(first, service.maintenance_due)
    return rows.answer(dates_of(due))


@xw.func(category=CATEGORY)
@in_cells
def LAPSE_SCORE(
    customers: Cell, visit_dates: Cell, wanted: Cell = None, months: Cell = None, as_of: Cell = None
) -> Cell:
    """Chance that a customer comes within the next months, by the rhythm of the own visits and those of all.

    Args:
        customers: Column of the customer numbers of all visits
        visit_dates: Column of the days of these visits
        wanted: Optional. Numbers of the customers to answer for; if left out, the customer of each visit
        months: Optional. How many months ahead; 6 if left out
        as_of: Optional. Visits after this day are not known; today if left out

    Examples:
        =LAPSE_SCORE({"A";"A";"A";"B"},{"2025-01-10";"2025-04-10";"2025-07-10";"2023-01-10"},{"A";"B"},6,"2025-08-01") \
-> 0.8368; 0.0032
        =LAPSE_SCORE({"A";"A"},{"2025-01-10";"2025-04-10"},"C",6,"2025-08-01") -> (empty)
        =LAPSE_SCORE({"A";"A"},{"2025-01-10";"2025-04-10"},"A",0) -> months: 1 to 120 wanted
    """
    day, ahead = single_day("as_of", as_of) or answering.today(), single_count("months", months)
    if ahead is not None and not 1 <= ahead <= MOST_MONTHS_AHEAD:
        raise WrongArgument("months", f"1 to {MOST_MONTHS_AHEAD} wanted")
    records = Records.of(customers=customers, visit_dates=visit_dates)
    ids, days = records.texts("customers"), records.days("visit_dates")
    rows = Rows.of(wanted=customers if Block.of("wanted", wanted).is_blank else wanted)
    asked = rows.cleaned("wanted", Kind.ID)
    known = np.flatnonzero((ids != "") & ~np.isnat(days))
    numbers: dict[str, int] = {}
    place = np.array([numbers.setdefault(each, len(numbers)) for each in ids[known].tolist()], np.int64)
    history = VisitHistory(place, days[known], np.zeros(len(known)), len(numbers))
    found = score(history, whole_day(day), days_ahead(day, int(ahead or MONTHS_AHEAD))).spread(len(numbers))
    chances = np.append(np.round(found, 4), np.nan).tolist()
    answers = (chances[numbers.get(each, -1)] for each in asked.tolist())
    return rows.answer([NO_DATA if chance != chance else chance for chance in answers])


def customer_rows(
    delivery_date: Cell,
    last_service: Cell,
    insurance_expiry: Cell,
    inspection_expiry: Cell,
    birth_date: Cell,
    after: Cell,
    **more: Cell,
) -> tuple[Rows, dict[str, Array], Days]:
    """The rows of a formula about customers, their columns by field, and the day that each is asked from."""
    rows = Rows.of(
        delivery_date=delivery_date,
        last_service=last_service,
        insurance_expiry=insurance_expiry,
        inspection_expiry=inspection_expiry,
        birth_date=birth_date,
        after=after,
        **more,
    )
    columns = {
        "delivery_date": rows.moments("delivery_date"),
        "last_service_date": rows.moments("last_service"),
        "insurance_expiry": rows.moments("insurance_expiry"),
        "inspection_expiry": rows.cleaned("inspection_expiry", Kind.DATE, month_end=True),
        **rows.birthdays("birth_date"),
    }
    return rows, columns, or_today(rows.days("after"))
