"""Cell functions of the retention workbook, for Excel (xlwings) and LibreOffice.

Every argument may be a value, a cell, a row, a column or a block; functions that answer cell by cell give a block
of the same shape. No data is an empty text, a wrong argument a text that names it; no function gives an error
value. The rules are those of `xl_retention.domain`, with the parameters as shipped.

The first line of a docstring is what Excel's function wizard shows, `Args:` describes the arguments there, and
the lines under `Examples:` are run by a test. Arguments whose text begins with "Optional" may be left out.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import inspect
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec

import numpy as np
import xlwings as xw

from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.domain import loyalty, rates
from xl_retention.domain.bare_rows import store_of_rows
from xl_retention.domain.classes import cohort, grading, key_account, vehicle_age
from xl_retention.domain.classes.credit import credit_grades
from xl_retention.domain.classes.region import regions
from xl_retention.domain.classes.relationship_stage import stages
from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.dates import Period, add_months, day_of, has_clock, months_between
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.follow_up import SATISFIED, VERY_SATISFIED
from xl_retention.domain.kpis.funnel import AHEAD_MONTHS, WINDOW_DAYS
from xl_retention.domain.kpis.grievances import SOLUTION_HOURS, judged
from xl_retention.domain.kpis.periods import within_days
from xl_retention.domain.kpis.visiting import NOT_KEPT
from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.lapse.score import days_ahead, score, whole_day
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.phone_masks import masked
from xl_retention.domain.prospects import computed_grade
from xl_retention.domain.schema import Kind
from xl_retention.domain.service_due import earlier
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Array, Days, Flags, Texts
from xl_retention.domain.tiers import TIERS, Spending, ranks_by_total, scores
from xl_retention.domain.upcoming import next_contacts, upcoming
from xl_retention.domain.visits import is_any
from xl_retention.errors import RetentionError
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
from xl_retention.sheets.kpi_words import kpi_rows
from xl_retention.sheets.labels import label
from xl_retention.sheets.range_store import store_of_ranges
from xl_retention.sheets.refusals import in_chinese
from xl_retention.sheets.values import YES_NO

__all__ = [
    "AGE_COHORT",
    "BOOKING_RATE",
    "COMPLAINT_ON_TIME",
    "CONVERSION_RATE",
    "CREDIT_GRADE",
    "DELIGHT_RATE",
    "DUE_CONTACTS",
    "EDATE_CLAMPED",
    "FOLLOW_UP_RATE",
    "GRADE_ABCD",
    "KEY_ACCOUNT",
    "KPI_TABLE",
    "LAPSE_SCORE",
    "LOSS_RATE",
    "LOYALTY_STATE",
    "MASK_PHONE",
    "MONTHS_BETWEEN_DATES",
    "NEXT_CONTACT",
    "ON_TIME_RATE",
    "PROSPECT_GRADE",
    "REGION_TYPE",
    "RELATIONSHIP_STAGE",
    "REMINDER_RATE",
    "REMINDER_TO_VISIT",
    "RENEWAL_RATE",
    "RETENTION",
    "RETURN_RATE",
    "SATISFACTION_RATE",
    "SERVICE_DUE",
    "SERVICE_SHARE",
    "SHOW_UP_RATE",
    "VALUE_TIER",
    "VEHICLE_AGE_BAND",
]

CATEGORY = "Retention"
"""Of the functions in Excel's wizard."""

LANGUAGES = ("zh", "en")
FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01", "D"), np.datetime64("9999-12-31", "D")
"""The days that a cell can show."""
MONTHS_AHEAD, MOST_MONTHS_AHEAD = 6, 120
"""How far LAPSE_SCORE looks, and may look."""
LOOK_AHEAD = 12
"""Months that DUE_CONTACTS lists where no last day is given."""

Given = ParamSpec("Given")


def _today() -> dt.date:
    return dt.date.today()


def in_cells(function: Callable[Given, Cell]) -> Callable[Given, Cell]:
    """A function that answers a wrong argument with its text, and is handed blocks of cells by xlwings."""

    @functools.wraps(function)
    def answered(*given: Given.args, **named: Given.kwargs) -> Cell:
        try:
            return function(*given, **named)
        except WrongArgument as wrong:
            return str(wrong)

    answered.__annotations__ = {}  # xlwings would take them for converters
    for argument in inspect.signature(function).parameters:
        answered = xw.arg(argument, ndim=2)(answered)
    return answered


@xw.func(category=CATEGORY)
@in_cells
def NEXT_CONTACT(  # noqa: N802 (the name is the formula's)
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
    rows, columns, known_from = _customer_rows(
        delivery_date, last_service, insurance_expiry, inspection_expiry, birth_date, after
    )
    due = np.full(len(rows), np.datetime64("NaT", "D"))
    for day, places in _per_day(known_from):
        first, each = _different(_at(columns, places))
        due[places] = next_contacts(store_of_rows(_at(columns, places[first])), day)[each]
    return rows.answer(dates_of(due))


@xw.func(category=CATEGORY)
@in_cells
def DUE_CONTACTS(  # noqa: N802
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
    rows, columns, known_from = _customer_rows(
        delivery_date, last_service, insurance_expiry, inspection_expiry, birth_date, after, labels=labels
    )
    last = single_day("finish", finish)
    in_words = single_choice("language", language, LANGUAGES)
    names = rows.cleaned("labels", Kind.TEXT).tolist()
    labelled = any(names)
    found: dict[tuple[dt.date, int, int], list[object]] = {}
    for day, places in _per_day(np.where(rows.faults == "", known_from, np.datetime64("NaT"))):
        store = store_of_rows(_at(columns, places))
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
def RETURN_RATE(  # noqa: N802
    returning_or_ids: Cell,
    total_or_dates: Cell,
    start: Cell = None,
    finish: Cell = None,
    basis: Cell = None,
    cars: Cell = None,
) -> Cell:
    """Return rate (K01): share of the customers of a period who had come before; of two numbers their ratio.

    Args:
        returning_or_ids: Number of returning customers, or the column of customer numbers of all visits
        total_or_dates: Number of all customers, or the column of visit dates
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out
        basis: Optional. customers (if left out), visits or visits_any
        cars: Optional. Column of VINs or plates; without it all visits of a customer on one day are one

    Examples:
        =RETURN_RATE(3,4) -> 0.75
        =RETURN_RATE(0,0) -> (empty)
        =RETURN_RATE({"A";"A";"B"},{"2025-05-02";"2025-06-03";"2025-06-04"},"2025-06-01") -> 0.5
        =RETURN_RATE({"A";"B"},{"2025-05-02";"2025-06-03"},"June") -> start: not a date
    """
    first = single_day("start", start)
    chosen = single_choice("basis", basis, rates.RETURN_BASES)
    if first is None:
        return _ratio("returning_or_ids", returning_or_ids, "total_or_dates", total_or_dates)
    period = _period(first, finish)
    columns = {"returning_or_ids": returning_or_ids, "total_or_dates": total_or_dates}
    if not Block.of("cars", cars).is_blank:
        columns["cars"] = cars
    records = Records.of(**columns)
    ids, day = records.texts("returning_or_ids"), records.days("total_or_dates")
    car = records.texts("cars") if "cars" in columns else ids
    car = np.where(car == "", ids, car)
    visits = (ids != "") & ~np.isnat(day) & (day <= np.datetime64(_today()))
    customer, day = _different_visits(ids[visits], car[visits], day[visits])
    return _shown(rates.return_rate(customer, day, *period, chosen))


@xw.func(category=CATEGORY)
@in_cells
def FOLLOW_UP_RATE(  # noqa: N802
    done_or_results: Cell,
    due_or_dates: Cell,
    start: Cell = None,
    finish: Cell = None,
    contacts: Cell = None,
) -> Cell:
    """Follow-up rate: share of the contacts due in a period that were made; of two numbers their ratio.

    Args:
        done_or_results: Number of contacts made, or the column of call results; connected and refused count
        due_or_dates: Number of contacts due, or the column of planned dates; only days before today count
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out
        contacts: Optional. Column that tells which attempts belong together: due keys or customer numbers

    Examples:
        =FOLLOW_UP_RATE(38,40) -> 0.95
        =FOLLOW_UP_RATE({"Connected";"No answer"},{"2025-06-03";"2025-06-04"},"2025-06-01") -> 0.5
        =FOLLOW_UP_RATE(1,"many") -> due_or_dates: not a number
    """
    first = single_day("start", start)
    if first is None:
        return _ratio("done_or_results", done_or_results, "due_or_dates", due_or_dates)
    period = _period(first, finish)
    columns = {"done_or_results": done_or_results, "due_or_dates": due_or_dates}
    if not Block.of("contacts", contacts).is_blank:
        columns["contacts"] = contacts
    records = Records.of(**columns)
    due = records.days("due_or_dates")
    result = records.texts("done_or_results", Kind.ENUM, "result")
    contact = np.arange(len(due))
    if "contacts" in columns:
        keys = records.texts("contacts")
        _, contact = np.unique(np.where(keys == "", contact.astype(str), keys).astype(str), return_inverse=True)
    done = np.isin(result.astype(str), (CONNECTED, REFUSED))
    return _shown(rates.follow_up_rate(contact, due, done, *period, np.datetime64(_today())))


@xw.func(category=CATEGORY)
@in_cells
def LOYALTY_STATE(  # noqa: N802
    last_visit: Cell,
    paid_visits: Cell = None,
    paid_amount: Cell = None,
    delivery_date: Cell = None,
    open_complaint: Cell = None,
    vehicle_status: Cell = None,
    as_of: Cell = None,
    language: Cell = None,
) -> Cell:
    """Loyalty state of a car: loyal, general, quasi-lost or lost (in Chinese, or in English).

    Args:
        last_visit: Day on which the car last left the workshop
        paid_visits: Optional. Visits of the last 12 months that the customer paid for
        paid_amount: Optional. What they came to, in yuan
        delivery_date: Optional. Stands for a last visit where there is none
        open_complaint: Optional. Whether a complaint is open: yes or no
        vehicle_status: Optional. Status of the car; blank is in use
        as_of: Optional. The day to judge on; today if left out
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =LOYALTY_STATE("2024-08-31",,,,,,"2025-02-28","en") -> General
        =LOYALTY_STATE("2024-08-31",,,,,,"2025-03-01","en") -> Quasi-lost
        =LOYALTY_STATE("2025-05-01",3,3000,,,,"2025-07-01") -> 忠诚客户
        =LOYALTY_STATE("") -> (empty)
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(
        last_visit=last_visit,
        paid_visits=paid_visits,
        paid_amount=paid_amount,
        delivery_date=delivery_date,
        open_complaint=open_complaint,
        vehicle_status=vehicle_status,
        as_of=as_of,
    )
    visited, delivered = rows.days("last_visit"), rows.days("delivery_date")
    count, amount = rows.numbers("paid_visits"), rows.numbers("paid_amount", Kind.MONEY)
    complaint = rows.yes("open_complaint")
    status = rows.cleaned("vehicle_status", Kind.ENUM, "vehicle_status")
    states = np.full(len(rows), NO_DATA, object)
    for day, places in _per_day(_or_today(rows.days("as_of"))):
        known_on = np.datetime64(day)
        active = np.where(visited > known_on, delivered, visited)
        active = np.where(np.isnat(active), delivered, active)
        active = np.where(active > known_on, np.datetime64("NaT"), active)
        states[places] = loyalty.loyalty_states(
            status[places],
            active[places],
            np.nan_to_num(count[places]),
            np.nan_to_num(amount[places]),
            complaint[places],
            known_on,
            Parameters(),
        )
    blank = np.isnat(visited) & np.isnat(delivered) & np.isnan(count) & np.isnan(amount) & (status == "")
    return rows.answer(_labels(states, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def VALUE_TIER(  # noqa: N802
    paid_amount: Cell,
    paid_visits: Cell,
    average_interval: Cell = None,
    language: Cell = None,
) -> Cell:
    """Value tier of a car by what its customer paid the workshop: high, average or low value.

    Args:
        paid_amount: What the customer paid in the last 12 months, in yuan
        paid_visits: Visits of the last 12 months that the customer paid for
        average_interval: Optional. Average days between the paid visits of the last 24 months
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =VALUE_TIER(7200,4,90) -> 高价值
        =VALUE_TIER(1000,2,180,"en") -> Average value
        =VALUE_TIER("","") -> (empty)
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(paid_amount=paid_amount, paid_visits=paid_visits, average_interval=average_interval)
    amount, count = rows.numbers("paid_amount", Kind.MONEY), rows.numbers("paid_visits")
    interval = rows.numbers("average_interval")
    spent = Spending(
        visits=np.nan_to_num(count),
        amount=np.nan_to_num(amount),
        span_days=np.nan_to_num(interval),
        gaps=(~np.isnan(interval)).astype(np.int64),
    )
    tiers = TIERS[ranks_by_total(scores(spent, np.full(len(rows), "", object), Parameters()))]
    return rows.answer(_labels(tiers, np.isnan(amount) & np.isnan(count), in_words))


@xw.func(category=CATEGORY)
@in_cells
def MONTHS_BETWEEN_DATES(start: Cell, finish: Cell) -> Cell:  # noqa: N802
    """Completed months between two dates; unlike DATEDIF the end of a short month completes a month.

    Args:
        start: Earlier date
        finish: Later date; before the earlier one the number is negative

    Examples:
        =MONTHS_BETWEEN_DATES("2023-08-31","2024-02-29") -> 6
        =MONTHS_BETWEEN_DATES("2024-08-31","2025-02-27") -> 5
        =MONTHS_BETWEEN_DATES("2024-08-31","") -> (empty)
    """
    rows = Rows.of(start=start, finish=finish)
    months = months_between(rows.days("start"), rows.days("finish"))
    return rows.answer([NO_DATA if np.isnan(number) else int(number) for number in months])


@xw.func(category=CATEGORY)
@in_cells
def EDATE_CLAMPED(start: Cell, months: Cell) -> Cell:  # noqa: N802
    """The same day some months later, or the last day of the month where that day does not exist.

    Args:
        start: Date to count from
        months: Number of months; negative counts back

    Examples:
        =EDATE_CLAMPED("2024-08-31",6) -> 2025-02-28
        =EDATE_CLAMPED("2024-03-31",-1) -> 2024-02-29
        =EDATE_CLAMPED("2024-08-31","six") -> months: not a whole number
    """
    rows = Rows.of(start=start, months=months)
    day = rows.days("start")
    number = rows.cleaned("months", Kind.INTEGER).astype(np.float64)
    most = (LAST_DAY - FIRST_DAY).astype(np.int64) // 28
    within = np.abs(number) <= most  # beyond it the calendar of numpy ends as well
    later = add_months(day, np.where(within, number, 0).astype(np.int64))
    shown = ~np.isnan(number) & ~np.isnat(day)
    rows.refuse("months", shown & ~(within & (later >= FIRST_DAY) & (later <= LAST_DAY)), "beyond the calendar")
    later[~shown | (rows.faults != "")] = np.datetime64("NaT")
    return rows.answer(dates_of(later))


@xw.func(category=CATEGORY)
@in_cells
def SERVICE_DUE(  # noqa: N802
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
    for day, places in _per_day(_or_today(rows.days("as_of"))):
        service = Situation(store_of_rows(_at(cars, places), _at(visits, places)), day).service
        first = np.where(service.first_done, np.datetime64("NaT"), service.first_due)
        due[places] = earlier(first, service.maintenance_due)
    return rows.answer(dates_of(due))


@xw.func(category=CATEGORY)
@in_cells
def PROSPECT_GRADE(expected_order: Cell, as_of: Cell = None, language: Cell = None) -> Cell:  # noqa: N802
    """Grade of a prospect by the days until the expected order: H, A, B, C, nurture or past the expected date.

    Args:
        expected_order: Day on which the prospect is expected to order; a prospect without one is nurtured
        as_of: Optional. The day to judge on; today if left out
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =PROSPECT_GRADE("2025-06-16","2025-06-01") -> A
        =PROSPECT_GRADE("2025-05-31","2025-06-01","en") -> Past expected date
        =PROSPECT_GRADE("","2025-06-01") -> 培育
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(expected_order=expected_order, as_of=as_of)
    expected, days = rows.days("expected_order").tolist(), _or_today(rows.days("as_of")).tolist()
    parameters = Parameters()
    grades = [computed_grade(order, day, parameters) for order, day in zip(expected, days, strict=True)]
    return rows.answer(_labels(np.array(grades, object), np.zeros(len(rows), np.bool_), in_words))


@xw.func(category=CATEGORY)
@in_cells
def VEHICLE_AGE_BAND(  # noqa: N802
    delivery_date: Cell,
    odometer: Cell = None,
    warranty_end: Cell = None,
    as_of: Cell = None,
    language: Cell = None,
) -> Cell:
    """Age band of a car: in warranty, in the three guarantees, or beyond them.

    Args:
        delivery_date: Day on which the car was delivered
        odometer: Optional. Latest reading in kilometres
        warranty_end: Optional. Last day of the warranty; stands for the first limit of age
        as_of: Optional. The day to judge on; today if left out
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =VEHICLE_AGE_BAND("2023-06-01",50000,,"2025-06-01","en") -> In warranty
        =VEHICLE_AGE_BAND("2023-06-01",50001,,"2025-06-01","en") -> In the three guarantees
        =VEHICLE_AGE_BAND("2023-06-01",,,"2026-06-02") -> 三包期限外
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(delivery_date=delivery_date, odometer=odometer, warranty_end=warranty_end, as_of=as_of)
    delivered, ends = rows.days("delivery_date"), rows.days("warranty_end")
    km = rows.numbers("odometer", Kind.KM)
    bands, no_brand = np.full(len(rows), NO_DATA, object), np.full(len(rows), "", object)
    for day, places in _per_day(_or_today(rows.days("as_of"))):
        known_on = np.datetime64(day)
        since = np.where(delivered[places] > known_on, np.datetime64("NaT"), delivered[places])
        bands[places] = vehicle_age.age_bands(
            since, ends[places], km[places], no_brand[places], known_on, Parameters()
        )
    blank = np.isnat(delivered) & np.isnat(ends) & np.isnan(km)
    return rows.answer(_names("age_band", bands, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def AGE_COHORT(born: Cell, language: Cell = None) -> Cell:  # noqa: N802
    """Age cohort of a customer by the year of birth.

    Args:
        born: Birth date, year, decade as staff write it, or identity number of 18 signs
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =AGE_COHORT("1985-03-01") -> 80后
        =AGE_COHORT(1959,"en") -> Born before 1960
        =AGE_COHORT({"110101199001011225";"85后";""}) -> 90后; 80后; (empty)
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(born=born)
    block = rows.blocks["born"]
    years = np.array([_year_of(cell) for cell in block.cells], np.float64)
    others = [cell if np.isnan(year) else None for cell, year in zip(block.cells, years.tolist(), strict=True)]
    rows.blocks["born"] = dataclasses.replace(block, cells=others)
    birthdays = rows.days("born")
    none = np.full(len(rows), "", object)
    years = np.where(np.isnan(years), cohort.birth_years(birthdays, none, none), years)
    return rows.answer(_names("cohort", cohort.cohorts(years), np.isnan(years), in_words))


@xw.func(category=CATEGORY)
@in_cells
def REGION_TYPE(  # noqa: N802
    address: Cell, region: Cell = None, distance_km: Cell = None, language: Cell = None
) -> Cell:
    """Region of a customer: city, county town or countryside; the address is weak evidence.

    Args:
        address: Address of the customer
        region: Optional. Region as entered; goes before the address
        distance_km: Optional. Kilometres to the store; tells the city where nothing else is known
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =REGION_TYPE("平山县城关镇") -> 乡镇
        =REGION_TYPE("",,8,"en") -> City
        =REGION_TYPE("","县城") -> 县城
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(address=address, region=region, distance_km=distance_km)
    addresses, typed = rows.cleaned("address", Kind.TEXT), rows.cleaned("region", Kind.ENUM, "region_type")
    distance = rows.numbers("distance_km")
    city_km = Parameters().number("city_distance_km")
    found, _ = regions(typed, addresses, distance, city_km)  # type: ignore[arg-type]
    blank = (addresses == "") & (typed == "") & np.isnan(distance)
    return rows.answer(_names("region", found, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def GRADE_ABCD(  # noqa: N802
    amount: Cell,
    on_time_pct: Cell = None,
    margin_pct: Cell = None,
    annual_frequency: Cell = None,
    sales_mode: Cell = None,
    wallet_share_pct: Cell = None,
    years: Cell = None,
    reputation: Cell = None,
    show: Cell = None,
) -> Cell:
    """Grades A to D of key accounts by a hundred points over eight items, ranked against each other.

    Args:
        amount: What each account bought in the year, in yuan
        on_time_pct: Optional. Invoices paid on time, in percent
        margin_pct: Optional. Margin, in percent
        annual_frequency: Optional. Purchases a year
        sales_mode: Optional. Framework contract, contract or single orders
        wallet_share_pct: Optional. Our share of what the account buys, in percent
        years: Optional. Years with us
        reputation: Optional. 0 to 10
        show: Optional. grade (if left out) or score

    Examples:
        =GRADE_ABCD({90000;50000;40000;30000;20000}) -> A; B; B; C; C
        =GRADE_ABCD({90000;45000},{100;50},,,,,,,"score") -> 25; 12.5
        =GRADE_ABCD("") -> (empty)
    """
    shown = single_choice("show", show, ("grade", "score"))
    rows = Rows.of(
        amount=amount,
        on_time_pct=on_time_pct,
        margin_pct=margin_pct,
        annual_frequency=annual_frequency,
        sales_mode=sales_mode,
        wallet_share_pct=wallet_share_pct,
        years=years,
        reputation=reputation,
    )
    modes = rows.cleaned("sales_mode", Kind.ENUM, "sales_mode")
    values = [
        np.array([grading.SALES_MODES.get(str(mode), np.nan) for mode in modes])
        if item.field == "sales_mode"
        else rows.numbers(item.field, Kind.MONEY if item.field == "amount" else Kind.DECIMAL)
        for item in grading.ITEMS
    ]
    filled = ~np.all(np.isnan(values), axis=0)
    parameters = Parameters()
    reached = [column[filled] for column in values]
    points = grading.points(reached, parameters.numbers("grade_weights"))
    totals = np.round(points.sum(axis=0), grading.DECIMALS)
    answers = np.full(len(rows), NO_DATA, object)
    if shown == "score":
        answers[filled] = totals.tolist()
    else:
        no_numbers = np.full(len(totals), "", object)
        answers[filled] = grading.grades(totals, reached[0], no_numbers, parameters.numbers("grade_split"))
    return rows.answer(answers.tolist())


@xw.func(category=CATEGORY)
@in_cells
def RELATIONSHIP_STAGE(wallet_share_pct: Cell, language: Cell = None) -> Cell:  # noqa: N802
    """Stage of the relationship with a key account by our share of what it buys.

    Args:
        wallet_share_pct: Our share in percent, 0 to 100
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =RELATIONSHIP_STAGE({0;49.9;50;80}) -> 客户开发阶段; 初期合作阶段; 稳定合作阶段; 战略合作阶段
        =RELATIONSHIP_STAGE("60%","en") -> Steady co-operation
        =RELATIONSHIP_STAGE(101) -> 未知
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(wallet_share_pct=wallet_share_pct)
    share = rows.numbers("wallet_share_pct")
    return rows.answer(_names("stage", stages(share, Parameters()), np.isnan(share), in_words))


@xw.func(category=CATEGORY)
@in_cells
def KEY_ACCOUNT(  # noqa: N802
    annual_frequency: Cell,
    amount: Cell,
    margin_pct: Cell = None,
    company_cars: Cell = None,
    language: Cell = None,
) -> Cell:
    """Whether a customer is a key account, may become one, or is an ordinary customer.

    Args:
        annual_frequency: Purchases a year
        amount: What they came to, in yuan a year
        margin_pct: Optional. Margin in percent; not asked where it is blank
        company_cars: Optional. Cars in use of a company
        language: Optional. Labels in zh (if left out) or en

    Examples:
        =KEY_ACCOUNT(6,20000) -> 大客户
        =KEY_ACCOUNT(6,20000,19,,"en") -> Potential key account
        =KEY_ACCOUNT(1,500,,3,"en") -> Key account
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(
        annual_frequency=annual_frequency, amount=amount, margin_pct=margin_pct, company_cars=company_cars
    )
    often, much = rows.numbers("annual_frequency"), rows.numbers("amount", Kind.MONEY)
    margin, cars = rows.numbers("margin_pct"), rows.numbers("company_cars")
    fleet = np.nan_to_num(cars).astype(np.int64)
    found = key_account.key_accounts(often, much, margin, fleet, Parameters())
    blank = np.isnan(often) & np.isnan(much) & np.isnan(cars)
    return rows.answer(_names("key_account", found, blank, in_words))


@xw.func(category=CATEGORY)
@in_cells
def CREDIT_GRADE(  # noqa: N802
    late_payments: Cell, longest_days: Cell = None, dispute: Cell = None, language: Cell = None
) -> Cell:
    """Credit grade A to D by the late payments of the last 12 months.

    Args:
        late_payments: How many payments were late
        longest_days: Optional. How many days the latest of them was late
        dispute: Optional. Whether there is a legal dispute: yes or no
        language: Optional. Label of what is not known in zh (if left out) or en

    Examples:
        =CREDIT_GRADE({0;1;3;4},{0;15;60;10}) -> A; B; C; D
        =CREDIT_GRADE(0,,"yes") -> D
        =CREDIT_GRADE(2,,,"en") -> Unknown
    """
    in_words = single_choice("language", language, LANGUAGES)
    rows = Rows.of(late_payments=late_payments, longest_days=longest_days, dispute=dispute)
    late, days, legal = rows.numbers("late_payments"), rows.numbers("longest_days"), rows.yes("dispute")
    found = credit_grades(late, days, legal)
    return rows.answer(_names("credit_grade", found, np.isnan(late) & np.isnan(days) & ~legal, in_words))


@xw.func(category=CATEGORY)
@in_cells
def LAPSE_SCORE(  # noqa: N802
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
    day, ahead = single_day("as_of", as_of) or _today(), single_count("months", months)
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


@xw.func(category=CATEGORY)
@in_cells
def MASK_PHONE(phone: Cell) -> Cell:  # noqa: N802
    """A telephone number with its middle hidden, as it may be mailed or printed.

    Args:
        phone: Telephone number as staff write it

    Examples:
        =MASK_PHONE("138 0013 8000") -> 138****8000
        =MASK_PHONE("010-62345678") -> 010****5678
        =MASK_PHONE("none") -> phone: not a telephone number
    """
    rows = Rows.of(phone=phone)
    return rows.answer([masked(number) for number in rows.cleaned("phone", Kind.PHONE).tolist()])


@xw.func(category=CATEGORY)
@in_cells
def DELIGHT_RATE(delighted_or_answers: Cell, serviced_or_ids: Cell) -> Cell:  # noqa: N802
    """Delight rate (K02): very satisfied customers as a share of all customers serviced, asked or not.

    Args:
        delighted_or_answers: Number of very satisfied customers, or the column of what customers answered
        serviced_or_ids: Number of customers serviced, or the column of their numbers; each counts once

    Examples:
        =DELIGHT_RATE(90,200) -> 0.45
        =DELIGHT_RATE({"Very satisfied";"Satisfied"},{"A";"B";"B";"C";"D"}) -> 0.25
        =DELIGHT_RATE(0,0) -> (empty)
    """
    delighted = _counted_words("delighted_or_answers", delighted_or_answers, "satisfaction_level", (VERY_SATISFIED,))
    return _quotient(delighted, _counted_ids("serviced_or_ids", serviced_or_ids))


@xw.func(category=CATEGORY)
@in_cells
def SERVICE_SHARE(serviced_or_ids: Cell, parc: Cell) -> Cell:  # noqa: N802
    """Service share: customers serviced in a month as a share of the brand's cars in the area (K03).

    Args:
        serviced_or_ids: Number of customers serviced, or the column of their numbers; each counts once
        parc: Cars of the brand in the area; of amounts, the group's amount (K42)

    Examples:
        =SERVICE_SHARE(320,8000) -> 0.04
        =SERVICE_SHARE(320,"") -> (empty)
    """
    return _quotient(_counted_ids("serviced_or_ids", serviced_or_ids), single_count("parc", parc))


@xw.func(category=CATEGORY)
@in_cells
def SATISFACTION_RATE(  # noqa: N802
    satisfied_or_answers: Cell, answered_or_dates: Cell, start: Cell = None, finish: Cell = None
) -> Cell:
    """Satisfaction rate (K06, K07): very satisfied and satisfied answers as a share of all answers.

    Args:
        satisfied_or_answers: Number of satisfied answers, or the column of answers
        answered_or_dates: Number of answers, or the column of the days of the calls
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =SATISFACTION_RATE(35,40) -> 0.875
        =SATISFACTION_RATE({"Very satisfied";"Neutral";""},{"2025-06-02";"2025-06-03";"2025-06-04"},"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("satisfied_or_answers", satisfied_or_answers, "answered_or_dates", answered_or_dates)
    records = Records.of(satisfied_or_answers=satisfied_or_answers, answered_or_dates=answered_or_dates)
    answer = records.texts("satisfied_or_answers", Kind.ENUM, "satisfaction_level")
    counted = period.holds(records.days("answered_or_dates")) & (answer != "")
    return _shown(rates.share(counted, is_any(answer, SATISFIED)))


@xw.func(category=CATEGORY)
@in_cells
def ON_TIME_RATE(  # noqa: N802
    in_time_or_contacts: Cell, due_or_deadlines: Cell, start: Cell = None, finish: Cell = None
) -> Cell:
    """On-time rate (K08): contacts made by their deadline as a share of those whose deadline is past.

    Args:
        in_time_or_contacts: Number of contacts made in time, or the column of the days they were made; blank is not
        due_or_deadlines: Number of contacts due, or the column of deadlines; only those before today count
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =ON_TIME_RATE(19,20) -> 0.95
        =ON_TIME_RATE({"2025-06-04";"2025-06-06"},{"2025-06-04";"2025-06-05"},"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("in_time_or_contacts", in_time_or_contacts, "due_or_deadlines", due_or_deadlines)
    records = Records.of(in_time_or_contacts=in_time_or_contacts, due_or_deadlines=due_or_deadlines)
    made, deadline = records.moments("in_time_or_contacts"), records.moments("due_or_deadlines")
    by_clock = has_clock(made) & has_clock(deadline)
    in_time = np.where(by_clock, made <= deadline, day_of(made) <= day_of(deadline))
    return _shown(rates.share(period.before_today(day_of(deadline)), in_time))


@xw.func(category=CATEGORY)
@in_cells
def REMINDER_RATE(  # noqa: N802
    reminded_or_reminders: Cell, due_or_due_dates: Cell, start: Cell = None, finish: Cell = None
) -> Cell:
    """Reminder rate (K11): cars reminded as a share of the cars whose maintenance is due in a period.

    Args:
        reminded_or_reminders: Number of cars reminded, or the column of the days of the first reminder
        due_or_due_dates: Number of cars due, or the column of due days
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =REMINDER_RATE(108,120) -> 0.9
        =REMINDER_RATE({"2025-06-05";"2025-03-14";""},{"2025-06-15";"2025-06-15";"2025-06-30"},"2025-06-01") -> 0.333333
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("reminded_or_reminders", reminded_or_reminders, "due_or_due_dates", due_or_due_dates)
    records = Records.of(reminded_or_reminders=reminded_or_reminders, due_or_due_dates=due_or_due_dates)
    due = records.days("due_or_due_dates")
    return _shown(rates.share(period.spans(due), _reminded(records.days("reminded_or_reminders"), due)))


@xw.func(category=CATEGORY)
@in_cells
def REMINDER_TO_VISIT(  # noqa: N802
    came_or_visits: Cell, reminded_or_reminders: Cell, due_dates: Cell = None, start: Cell = None, finish: Cell = None
) -> Cell:
    """Reminder-to-visit rate (K12): reminded cars that came, from the reminder until 30 days after the due day.

    Args:
        came_or_visits: Number of reminded cars that came, or the column of the days of the visits
        reminded_or_reminders: Number of cars reminded, or the column of the days of the first reminder
        due_dates: Optional. Column of due days; needed with columns
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =REMINDER_TO_VISIT(81,108) -> 0.75
        =REMINDER_TO_VISIT({"2025-07-15";"2025-07-16"},{"2025-06-05";"2025-06-05"},{"2025-06-15";"2025-06-15"},\
"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("came_or_visits", came_or_visits, "reminded_or_reminders", reminded_or_reminders)
    records = Records.of(
        came_or_visits=came_or_visits, reminded_or_reminders=reminded_or_reminders, due_dates=due_dates
    )
    came, told, due = (records.days(name) for name in ("came_or_visits", "reminded_or_reminders", "due_dates"))
    in_time = (came >= told) & within_days(came, due, WINDOW_DAYS)
    return _shown(rates.share(period.spans(due) & _reminded(told, due), in_time))


@xw.func(category=CATEGORY)
@in_cells
def BOOKING_RATE(  # noqa: N802
    booked_or_marks: Cell, visits_or_dates: Cell, start: Cell = None, finish: Cell = None
) -> Cell:
    """Proactive booking rate (K13): visits booked ahead as a share of all visits.

    Args:
        booked_or_marks: Number of visits booked ahead, or the column that says so with yes or no
        visits_or_dates: Number of visits, or the column of their days
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =BOOKING_RATE(38,95) -> 0.4
        =BOOKING_RATE({"Yes";"No"},{"2025-06-02";"2025-06-03"},"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("booked_or_marks", booked_or_marks, "visits_or_dates", visits_or_dates)
    records = Records.of(booked_or_marks=booked_or_marks, visits_or_dates=visits_or_dates)
    booked = records.cleaned("booked_or_marks", Kind.BOOL, YES_NO).astype(np.bool_)
    return _shown(rates.share(period.holds(records.days("visits_or_dates")), booked))


@xw.func(category=CATEGORY)
@in_cells
def SHOW_UP_RATE(  # noqa: N802
    arrived_or_arrivals: Cell,
    booked_or_appointments: Cell,
    start: Cell = None,
    finish: Cell = None,
    statuses: Cell = None,
) -> Cell:
    """Booking show-up rate (K14): bookings whose customer came on the day, as a share of those due before today.

    Args:
        arrived_or_arrivals: Number of bookings kept, or the column of the days of arrival
        booked_or_appointments: Number of bookings, or the column of appointments
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out
        statuses: Optional. Column of booking statuses; moved and cancelled ones are left out

    Examples:
        =SHOW_UP_RATE(51,60) -> 0.85
        =SHOW_UP_RATE({"2025-06-02";"2025-06-04"},{"2025-06-02";"2025-06-03"},"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("arrived_or_arrivals", arrived_or_arrivals, "booked_or_appointments", booked_or_appointments)
    columns = {"arrived_or_arrivals": arrived_or_arrivals, "booked_or_appointments": booked_or_appointments}
    if not Block.of("statuses", statuses).is_blank:
        columns["statuses"] = statuses
    records = Records.of(**columns)
    arrived, day = records.days("arrived_or_arrivals"), records.days("booked_or_appointments")
    blank = np.full(len(day), "", object)
    status = records.texts("statuses", Kind.ENUM, "booking_status") if "statuses" in columns else blank
    came = np.where(np.isnat(arrived), status == "已到店", arrived == day)
    return _shown(rates.share(period.before_today(day) & ~is_any(status, NOT_KEPT), came))


@xw.func(category=CATEGORY)
@in_cells
def COMPLAINT_ON_TIME(  # noqa: N802
    in_time_or_events: Cell, received_or_moments: Cell, start: Cell = None, finish: Cell = None, hours: Cell = None
) -> Cell:
    """Complaints on time (K16 to K18): those answered, solved or followed up within the hours that are allowed.

    Args:
        in_time_or_events: Number of complaints in time, or the column of the moments when it was done
        received_or_moments: Number of complaints, or the column of the moments from which the hours count
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out
        hours: Optional. Hours allowed; 24 if left out

    Examples:
        =COMPLAINT_ON_TIME(8,9) -> 0.888889
        =COMPLAINT_ON_TIME({"2025-06-02 18:40";"2025-06-03 18:41"},{"2025-06-02 16:40";"2025-06-03 16:40"},\
"2025-06-01",,2) -> 0.5
    """
    period = _asked(start, finish)
    allowed = single_count("hours", hours)
    if period is None:
        return _ratio("in_time_or_events", in_time_or_events, "received_or_moments", received_or_moments)
    records = Records.of(in_time_or_events=in_time_or_events, received_or_moments=received_or_moments)
    done, since = records.moments("in_time_or_events"), records.moments("received_or_moments")
    found = judged(since, done, SOLUTION_HOURS if allowed is None else int(allowed), np.datetime64(_today()))
    return _shown(rates.share(period.holds(day_of(since)) & found.counted, found.in_time))


@xw.func(category=CATEGORY)
@in_cells
def RETENTION(kept_or_states: Cell, total: Cell = None) -> Cell:  # noqa: N802
    """Retention (K21): loyal and general customers as a share of the base; customers who are gone are left out.

    Args:
        kept_or_states: Number of customers kept, or the column of loyalty states, one per customer
        total: Optional. Number of customers of the base; left out with a column

    Examples:
        =RETENTION(60,80) -> 0.75
        =RETENTION({"Loyal";"General";"Lost";"Gone";"Unknown"}) -> 0.5
    """
    return _of_states("kept_or_states", kept_or_states, total, (loyalty.LOYAL, loyalty.GENERAL))


@xw.func(category=CATEGORY)
@in_cells
def LOSS_RATE(lost_or_states: Cell, total: Cell = None) -> Cell:  # noqa: N802
    """Loss rate (K23; of two numbers any definition): lost customers as a share of the base.

    Args:
        lost_or_states: Number of customers lost, or the column of loyalty states, one per customer
        total: Optional. Number of customers of the base; left out with a column

    Examples:
        =LOSS_RATE(18,80) -> 0.225
        =LOSS_RATE({"忠诚客户";"一般客户";"流失客户";"已转出";"准流失客户"}) -> 0.25
    """
    return _of_states("lost_or_states", lost_or_states, total, (loyalty.LOST,))


@xw.func(category=CATEGORY)
@in_cells
def RENEWAL_RATE(  # noqa: N802
    renewed_or_results: Cell, expiring_or_expiries: Cell, start: Cell = None, finish: Cell = None
) -> Cell:
    """Renewal rate (K37): insurances renewed here as a share of those that end in a period.

    Args:
        renewed_or_results: Number of insurances renewed here, or the column of results
        expiring_or_expiries: Number of insurances that end, or the column of their last days
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =RENEWAL_RATE(45,60) -> 0.75
        =RENEWAL_RATE({"本店续保";""},{"2025-06-10";"2025-06-20"},"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("renewed_or_results", renewed_or_results, "expiring_or_expiries", expiring_or_expiries)
    records = Records.of(renewed_or_results=renewed_or_results, expiring_or_expiries=expiring_or_expiries)
    here = records.texts("renewed_or_results", Kind.ENUM, "renewal_result") == "本店续保"
    return _shown(rates.share(period.holds(records.days("expiring_or_expiries")), here))


@xw.func(category=CATEGORY)
@in_cells
def CONVERSION_RATE(  # noqa: N802
    ordered_or_orders: Cell, decided_or_losses: Cell, start: Cell = None, finish: Cell = None
) -> Cell:
    """Prospect conversion (K30): prospects who ordered in a period as a share of those who ordered or were lost.

    Args:
        ordered_or_orders: Number of prospects who ordered, or the column of order days
        decided_or_losses: Number of prospects who ordered or were lost, or the column of the days they were lost
        start: Optional. First day of the period; needed with columns
        finish: Optional. Last day of the period; the end of the month of start if left out

    Examples:
        =CONVERSION_RATE(3,30) -> 0.1
        =CONVERSION_RATE({"2025-06-02";"";""},{"";"2025-06-03";"2025-07-01"},"2025-06-01") -> 0.5
    """
    period = _asked(start, finish)
    if period is None:
        return _ratio("ordered_or_orders", ordered_or_orders, "decided_or_losses", decided_or_losses)
    records = Records.of(ordered_or_orders=ordered_or_orders, decided_or_losses=decided_or_losses)
    ordered, lost = (period.holds(records.days(name)) for name in ("ordered_or_orders", "decided_or_losses"))
    return _shown(rates.share(ordered | lost, ordered))


@xw.func(category=CATEGORY)
@in_cells
def KPI_TABLE(  # noqa: N802
    month: Cell,
    customers: Cell,
    vehicles: Cell = None,
    visits: Cell = None,
    contacts: Cell = None,
    bookings: Cell = None,
    complaints: Cell = None,
    prospects: Cell = None,
    settings: Cell = None,
    as_of: Cell = None,
    language: Cell = None,
) -> Cell:
    """All key figures of a month as one table: code, name, numerator, denominator, value, target, status.

    Args:
        month: Any day of the month
        customers: Customer sheet, with its headings
        vehicles: Optional. Vehicle sheet, with its headings
        visits: Optional. Repair order sheet, with its headings
        contacts: Optional. Call log, with its headings
        bookings: Optional. Booking sheet, with its headings
        complaints: Optional. Complaint sheet, with its headings
        prospects: Optional. Prospect sheet, with its headings
        settings: Optional. Sheet Settings, with its headings
        as_of: Optional. What came after this day counts as unknown; today if left out
        language: Optional. Names in zh (if left out) or en

    Examples:
        =KPI_TABLE("",{"Name"}) -> (empty)
        =KPI_TABLE("June",{"Name"}) -> month: not a date
    """
    first = single_day("month", month)
    in_words = single_choice("language", language, LANGUAGES)
    day = single_day("as_of", as_of) or _today()
    if first is None:
        return NO_DATA
    ranges = {
        "customer": customers, "vehicle": vehicles, "service_visit": visits, "contact_log": contacts,
        "booking": bookings, "complaint": complaints, "prospect": prospects, "parameter": settings,
    }  # fmt: skip
    try:
        store = store_of_ranges(ranges, NEEDED)
    except RetentionError as error:
        raise WrongArgument("customers", in_chinese(str(error)) if in_words == "zh" else str(error)) from None
    return kpi_rows(Counting(store, day).figures(Period.containing(first, "month")), in_words)


@dataclass(frozen=True)
class _Period:
    """The period that a formula asks for, seen from today."""

    first: np.datetime64
    last: np.datetime64
    today: np.datetime64

    def spans(self, days: Days) -> Flags:
        """Days in the period, those ahead too."""
        return np.asarray((days >= self.first) & (days <= self.last))

    def holds(self, days: Days) -> Flags:
        """Days in the period up to today (DOM V13)."""
        return self.spans(days) & (days <= self.today)

    def before_today(self, days: Days) -> Flags:
        """Days in the period that are past."""
        return self.spans(days) & (days < self.today)


def _asked(start: Cell, finish: Cell) -> _Period | None:
    """The period of a formula with columns; None where it gives two numbers."""
    first = single_day("start", start)
    return None if first is None else _Period(*_period(first, finish), np.datetime64(_today(), "D"))


def _reminded(told: Days, due: Days) -> Flags:
    """Reminders from three months before the due day to 30 days after it (DOM K11)."""
    return np.asarray((told >= add_months(due, -AHEAD_MONTHS)) & within_days(told, due, WINDOW_DAYS))


def _counted_words(name: str, cells: Cell, words: str, counted: tuple[str, ...]) -> float | None:
    """How often a column says one of some words; a single number is that count."""
    if len(Block.of(name, cells).cells) == 1:
        return single_count(name, cells)
    return float(is_any(Records.of(**{name: cells}).texts(name, Kind.ENUM, words), counted).sum())


def _counted_ids(name: str, cells: Cell) -> float | None:
    """How many different numbers a column holds; a single number is that count."""
    if len(Block.of(name, cells).cells) == 1:
        return single_count(name, cells)
    return float(len(set(Records.of(**{name: cells}).texts(name).tolist()) - {""}))


def _of_states(name: str, cells: Cell, total: Cell, wanted: tuple[str, ...]) -> Cell:
    """Customers in some loyalty states as a share of those who are not gone."""
    if not Block.of("total", total).is_blank or len(Block.of(name, cells).cells) == 1:
        return _ratio(name, cells, "total", total)
    typed = Records.of(**{name: cells}).texts(name, Kind.TEXT)
    known = {label(word, language).casefold(): word for word in loyalty.STATES.tolist() for language in LANGUAGES}
    state = np.array([known.get(text.strip().casefold(), "") for text in typed.tolist()], object)
    return _shown(rates.share((state != "") & (state != loyalty.GONE), is_any(state, wanted)))


def _quotient(part: float | None, whole: float | None) -> Cell:
    return NO_DATA if part is None or whole is None else _shown(rates.Ratio(part, whole))


def _customer_rows(
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
    return rows, columns, _or_today(rows.days("after"))


def _labels(words: Texts, blank: Flags, language: str) -> list[str]:
    """Labels in a language; no data where nothing is known."""
    return [NO_DATA if nothing else label(word, language) for word, nothing in zip(words, blank, strict=True)]


def _names(scheme: str, words: Texts, blank: Flags, language: str) -> list[str]:
    """Labels of a scheme as they are read in a language; no data where nothing is known."""
    name = BY_KEY[scheme].name
    return [NO_DATA if nothing else name(word, language) for word, nothing in zip(words, blank, strict=True)]


def _year_of(cell: object) -> float:
    """The year of birth that a cell says without being a date; NaN where it says none."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell) if cell in cohort.YEARS else np.nan
    if not isinstance(cell, str):
        return np.nan
    year = cohort.year_in_words(cell)
    return cohort.year_in_id(cell) if np.isnan(year) else year


def _or_today(days: Days) -> Days:
    return np.where(np.isnat(days), np.datetime64(_today()), days)


def _per_day(days: Days) -> list[tuple[dt.date, np.ndarray]]:
    """Each different day with the places where it stands; blanks have none."""
    return [(day.item(), np.flatnonzero(days == day)) for day in np.unique(days[~np.isnat(days)])]


def _different(columns: dict[str, Array]) -> tuple[np.ndarray, np.ndarray]:
    """Places of rows of which no two are alike, and for each row which of these it is like."""
    code = np.zeros(len(next(iter(columns.values()))), np.int64)
    for column in columns.values():
        values, number = np.unique(column, return_inverse=True)
        _, code = np.unique(code * len(values) + number, return_inverse=True)
    _, first, each = np.unique(code, return_index=True, return_inverse=True)
    return first, each


def _at(columns: dict[str, Array], places: np.ndarray) -> dict[str, Array]:
    return {name: column[places] for name, column in columns.items()}


def _period(first: dt.date, finish: Cell) -> tuple[np.datetime64, np.datetime64]:
    """First and last day of a period; without *finish* the month goes to its end (DOM V13)."""
    last = single_day("finish", finish) or Period.containing(first, "month").end
    if last < first:
        raise WrongArgument("finish", "before start")
    return np.datetime64(first), np.datetime64(last)


def _different_visits(ids: np.ndarray, cars: np.ndarray, days: Days) -> tuple[np.ndarray, Days]:
    """Customer (a number) and day of each visit; rows of one car and one day are one visit (DOM V12)."""
    _, customer = np.unique(ids.astype(str), return_inverse=True)
    _, car = np.unique(cars.astype(str), return_inverse=True)
    _, first = np.unique(np.stack([car, days.astype(np.int64)]), axis=1, return_index=True)
    return customer[first], days[first]


def _ratio(name: str, part: Cell, whole_name: str, whole: Cell) -> Cell:
    """The ratio of two numbers; columns need a period to be counted in."""
    for argument, value in ((name, part), (whole_name, whole)):
        if len(Block.of(argument, value).cells) > 1:
            raise WrongArgument("start", "needed with columns")
    counts = single_count(name, part), single_count(whole_name, whole)
    if None in counts:
        return NO_DATA
    return _shown(rates.Ratio(*counts))  # type: ignore[arg-type]


def _shown(ratio: rates.Ratio) -> Cell:
    return NO_DATA if ratio.value is None else ratio.value


FIRST_SERIAL_DAY = dt.date(1899, 12, 30)
"""Day 0 of LibreOffice's calendar, and of Excel's from March 1900 on."""


def call_from_libreoffice(name: str, arguments: Sequence[object]) -> object:
    """
    What the wrapper of a function hands over and takes back in LibreOffice.

    Args:
        name: Of the function.
        arguments: In their order; tuples of row tuples for ranges; those at the end may be missing.

    Returns:
        A number or a text, or a tuple of row tuples of them; dates as serial numbers.
    """
    if name not in __all__:
        raise LookupError(name)
    function = globals()[name]
    optional = [each.default is not inspect.Parameter.empty for each in inspect.signature(function).parameters.values()]
    # What a formula leaves out between two arguments comes as the number 0; of no optional argument 0 says more.
    given = [
        None if may_be_missing and isinstance(argument, (int, float)) and argument == 0 else argument
        for argument, may_be_missing in zip(arguments, optional, strict=False)
    ]
    answer = function(*given)
    if not isinstance(answer, list):
        return _plain(answer)
    different = set(itertools.chain.from_iterable(answer))
    if serials := {cell: _plain(cell) for cell in different if isinstance(cell, dt.date)}:
        return tuple(tuple([serials.get(cell, cell) for cell in row]) for row in answer)
    return tuple(map(tuple, answer))


def _plain(cell: object) -> object:
    return float((cell - FIRST_SERIAL_DAY).days) if isinstance(cell, dt.date) else cell
