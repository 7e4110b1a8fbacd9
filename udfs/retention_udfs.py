"""Cell functions of the retention workbook, for Excel (xlwings) and LibreOffice.

Every argument may be a value, a cell, a row, a column or a block; functions that answer cell by cell give a block
of the same shape. No data is an empty text, a wrong argument a text that names it; no function gives an error
value. The rules are those of `xl_retention.domain`, with the parameters as shipped.

The first line of a docstring is what Excel's function wizard shows, `Args:` describes the arguments there, and
the lines under `Examples:` are run by a test. Arguments whose text begins with "Optional" may be left out.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import ParamSpec

import numpy as np
import xlwings as xw

from xl_retention.domain import loyalty, rates
from xl_retention.domain.bare_rows import store_of_rows
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.dates import Period, add_months, months_between
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.phone_masks import masked
from xl_retention.domain.prospects import computed_grade
from xl_retention.domain.schema import Kind
from xl_retention.domain.service_due import earlier
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Array, Days, Flags, Texts
from xl_retention.domain.tiers import Spending, absolute_tiers, scores
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
from xl_retention.sheets.labels import label

__all__ = [
    "DUE_CONTACTS",
    "EDATE_CLAMPED",
    "FOLLOW_UP_RATE",
    "LOYALTY_STATE",
    "MASK_PHONE",
    "MONTHS_BETWEEN_DATES",
    "NEXT_CONTACT",
    "PROSPECT_GRADE",
    "RETURN_RATE",
    "SERVICE_DUE",
    "VALUE_TIER",
]

CATEGORY = "Retention"
"""Of the functions in Excel's wizard."""

LANGUAGES = ("zh", "en")
FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01", "D"), np.datetime64("9999-12-31", "D")
"""The days that a cell can show."""
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
        due[places] = next_contacts(store_of_rows(_at(columns, places)), day)
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
    tiers = absolute_tiers(scores(spent, np.full(len(rows), "", object), Parameters()))
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


def _or_today(days: Days) -> Days:
    return np.where(np.isnat(days), np.datetime64(_today()), days)


def _per_day(days: Days) -> list[tuple[dt.date, np.ndarray]]:
    """Each different day with the places where it stands; blanks have none."""
    return [(day.item(), np.flatnonzero(days == day)) for day in np.unique(days[~np.isnat(days)])]


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
    if isinstance(answer, list):
        return tuple(tuple(_plain(cell) for cell in row) for row in answer)
    return _plain(answer)


def _plain(cell: object) -> object:
    return float((cell - FIRST_SERIAL_DAY).days) if isinstance(cell, dt.date) else cell
