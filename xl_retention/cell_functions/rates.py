"""The key figures of DOM 5 that are a share: of two numbers, or counted in columns."""

from __future__ import annotations

import numpy as np
import xlwings as xw

from xl_retention.cell_functions import answering
from xl_retention.cell_functions.answering import CATEGORY, LANGUAGES, in_cells, quotient, ratio_of_numbers, shown
from xl_retention.cell_functions.periods import asked_period, first_and_last
from xl_retention.domain import loyalty, rates
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.dates import add_months, day_of, has_clock
from xl_retention.domain.kpis.follow_up import SATISFIED, VERY_SATISFIED
from xl_retention.domain.kpis.funnel import AHEAD_MONTHS, WINDOW_DAYS
from xl_retention.domain.kpis.grievances import SOLUTION_HOURS, judged
from xl_retention.domain.kpis.periods import within_days
from xl_retention.domain.kpis.visiting import NOT_KEPT
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import Days, Flags
from xl_retention.domain.visits import is_any
from xl_retention.sheets.cell_arguments import Block, Cell, Records, single_choice, single_count, single_day
from xl_retention.sheets.labels import label
from xl_retention.sheets.values import YES_NO


@xw.func(category=CATEGORY)
@in_cells
def RETURN_RATE(
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
        return ratio_of_numbers("returning_or_ids", returning_or_ids, "total_or_dates", total_or_dates)
    period = first_and_last(first, finish)
    columns = {"returning_or_ids": returning_or_ids, "total_or_dates": total_or_dates}
    if not Block.of("cars", cars).is_blank:
        columns["cars"] = cars
    records = Records.of(**columns)
    ids, day = records.texts("returning_or_ids"), records.days("total_or_dates")
    car = records.texts("cars") if "cars" in columns else ids
    car = np.where(car == "", ids, car)
    visits = (ids != "") & ~np.isnat(day) & (day <= np.datetime64(answering.today()))
    customer, day = different_visits(ids[visits], car[visits], day[visits])
    return shown(rates.return_rate(customer, day, *period, chosen))


@xw.func(category=CATEGORY)
@in_cells
def FOLLOW_UP_RATE(
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
        return ratio_of_numbers("done_or_results", done_or_results, "due_or_dates", due_or_dates)
    period = first_and_last(first, finish)
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
    return shown(rates.follow_up_rate(contact, due, done, *period, np.datetime64(answering.today())))


@xw.func(category=CATEGORY)
@in_cells
def DELIGHT_RATE(delighted_or_answers: Cell, serviced_or_ids: Cell) -> Cell:
    """Delight rate (K02): very satisfied customers as a share of all customers serviced, asked or not.

    Args:
        delighted_or_answers: Number of very satisfied customers, or the column of what customers answered
        serviced_or_ids: Number of customers serviced, or the column of their numbers; each counts once

    Examples:
        =DELIGHT_RATE(90,200) -> 0.45
        =DELIGHT_RATE({"Very satisfied";"Satisfied"},{"A";"B";"B";"C";"D"}) -> 0.25
        =DELIGHT_RATE(0,0) -> (empty)
    """
    delighted = counted_words("delighted_or_answers", delighted_or_answers, "satisfaction_level", (VERY_SATISFIED,))
    return quotient(delighted, counted_ids("serviced_or_ids", serviced_or_ids))


@xw.func(category=CATEGORY)
@in_cells
def SERVICE_SHARE(serviced_or_ids: Cell, parc: Cell) -> Cell:
    """Service share: customers serviced in a month as a share of the brand's cars in the area (K03).

    Args:
        serviced_or_ids: Number of customers serviced, or the column of their numbers; each counts once
        parc: Cars of the brand in the area; of amounts, the group's amount (K42)

    Examples:
        =SERVICE_SHARE(320,8000) -> 0.04
        =SERVICE_SHARE(320,"") -> (empty)
    """
    return quotient(counted_ids("serviced_or_ids", serviced_or_ids), single_count("parc", parc))


@xw.func(category=CATEGORY)
@in_cells
def SATISFACTION_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("satisfied_or_answers", satisfied_or_answers, "answered_or_dates", answered_or_dates)
    records = Records.of(satisfied_or_answers=satisfied_or_answers, answered_or_dates=answered_or_dates)
    answer = records.texts("satisfied_or_answers", Kind.ENUM, "satisfaction_level")
    counted = period.holds(records.days("answered_or_dates")) & (answer != "")
    return shown(rates.share(counted, is_any(answer, SATISFIED)))


@xw.func(category=CATEGORY)
@in_cells
def ON_TIME_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("in_time_or_contacts", in_time_or_contacts, "due_or_deadlines", due_or_deadlines)
    records = Records.of(in_time_or_contacts=in_time_or_contacts, due_or_deadlines=due_or_deadlines)
    made, deadline = records.moments("in_time_or_contacts"), records.moments("due_or_deadlines")
    by_clock = has_clock(made) & has_clock(deadline)
    in_time = np.where(by_clock, made <= deadline, day_of(made) <= day_of(deadline))
    return shown(rates.share(period.before_today(day_of(deadline)), in_time))


@xw.func(category=CATEGORY)
@in_cells
def REMINDER_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("reminded_or_reminders", reminded_or_reminders, "due_or_due_dates", due_or_due_dates)
    records = Records.of(reminded_or_reminders=reminded_or_reminders, due_or_due_dates=due_or_due_dates)
    due = records.days("due_or_due_dates")
    return shown(rates.share(period.spans(due), reminded_in_time(records.days("reminded_or_reminders"), due)))


@xw.func(category=CATEGORY)
@in_cells
def REMINDER_TO_VISIT(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("came_or_visits", came_or_visits, "reminded_or_reminders", reminded_or_reminders)
    records = Records.of(
        came_or_visits=came_or_visits, reminded_or_reminders=reminded_or_reminders, due_dates=due_dates
    )
    came, told, due = (records.days(name) for name in ("came_or_visits", "reminded_or_reminders", "due_dates"))
    in_time = (came >= told) & within_days(came, due, WINDOW_DAYS)
    return shown(rates.share(period.spans(due) & reminded_in_time(told, due), in_time))


@xw.func(category=CATEGORY)
@in_cells
def BOOKING_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("booked_or_marks", booked_or_marks, "visits_or_dates", visits_or_dates)
    records = Records.of(booked_or_marks=booked_or_marks, visits_or_dates=visits_or_dates)
    booked = records.cleaned("booked_or_marks", Kind.BOOL, YES_NO).astype(np.bool_)
    return shown(rates.share(period.holds(records.days("visits_or_dates")), booked))


@xw.func(category=CATEGORY)
@in_cells
def SHOW_UP_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers(
            "arrived_or_arrivals", arrived_or_arrivals, "booked_or_appointments", booked_or_appointments
        )
    columns = {"arrived_or_arrivals": arrived_or_arrivals, "booked_or_appointments": booked_or_appointments}
    if not Block.of("statuses", statuses).is_blank:
        columns["statuses"] = statuses
    records = Records.of(**columns)
    arrived, day = records.days("arrived_or_arrivals"), records.days("booked_or_appointments")
    blank = np.full(len(day), "", object)
    status = records.texts("statuses", Kind.ENUM, "booking_status") if "statuses" in columns else blank
    came = np.where(np.isnat(arrived), status == "已到店", arrived == day)
    return shown(rates.share(period.before_today(day) & ~is_any(status, NOT_KEPT), came))


@xw.func(category=CATEGORY)
@in_cells
def COMPLAINT_ON_TIME(
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
    period = asked_period(start, finish)
    allowed = single_count("hours", hours)
    if period is None:
        return ratio_of_numbers("in_time_or_events", in_time_or_events, "received_or_moments", received_or_moments)
    records = Records.of(in_time_or_events=in_time_or_events, received_or_moments=received_or_moments)
    done, since = records.moments("in_time_or_events"), records.moments("received_or_moments")
    found = judged(since, done, SOLUTION_HOURS if allowed is None else int(allowed), np.datetime64(answering.today()))
    return shown(rates.share(period.holds(day_of(since)) & found.counted, found.in_time))


@xw.func(category=CATEGORY)
@in_cells
def RETENTION(kept_or_states: Cell, total: Cell = None) -> Cell:
    """Retention (K21): loyal and general customers as a share of the base; customers who are gone are left out.

    Args:
        kept_or_states: Number of customers kept, or the column of loyalty states, one per customer
        total: Optional. Number of customers of the base; left out with a column

    Examples:
        =RETENTION(60,80) -> 0.75
        =RETENTION({"Loyal";"General";"Lost";"Gone";"Unknown"}) -> 0.5
    """
    return of_states("kept_or_states", kept_or_states, total, (loyalty.LOYAL, loyalty.GENERAL))


@xw.func(category=CATEGORY)
@in_cells
def LOSS_RATE(lost_or_states: Cell, total: Cell = None) -> Cell:
    """Loss rate (K23; of two numbers any definition): lost customers as a share of the base.

    Args:
        lost_or_states: Number of customers lost, or the column of loyalty states, one per customer
        total: Optional. Number of customers of the base; left out with a column

    Examples:
        =LOSS_RATE(18,80) -> 0.225
        =LOSS_RATE({"忠诚客户";"一般客户";"流失客户";"已转出";"准流失客户"}) -> 0.25
    """
    return of_states("lost_or_states", lost_or_states, total, (loyalty.LOST,))


@xw.func(category=CATEGORY)
@in_cells
def RENEWAL_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("renewed_or_results", renewed_or_results, "expiring_or_expiries", expiring_or_expiries)
    records = Records.of(renewed_or_results=renewed_or_results, expiring_or_expiries=expiring_or_expiries)
    here = records.texts("renewed_or_results", Kind.ENUM, "renewal_result") == "本店续保"
    return shown(rates.share(period.holds(records.days("expiring_or_expiries")), here))


@xw.func(category=CATEGORY)
@in_cells
def CONVERSION_RATE(
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
    period = asked_period(start, finish)
    if period is None:
        return ratio_of_numbers("ordered_or_orders", ordered_or_orders, "decided_or_losses", decided_or_losses)
    records = Records.of(ordered_or_orders=ordered_or_orders, decided_or_losses=decided_or_losses)
    ordered, lost = (period.holds(records.days(name)) for name in ("ordered_or_orders", "decided_or_losses"))
    return shown(rates.share(ordered | lost, ordered))


def reminded_in_time(told: Days, due: Days) -> Flags:
    """Reminders from three months before the due day to 30 days after it (DOM K11)."""
    return np.asarray((told >= add_months(due, -AHEAD_MONTHS)) & within_days(told, due, WINDOW_DAYS))


def counted_words(name: str, cells: Cell, words: str, counted: tuple[str, ...]) -> float | None:
    """How often a column says one of some words; a single number is that count."""
    if len(Block.of(name, cells).cells) == 1:
        return single_count(name, cells)
    return float(is_any(Records.of(**{name: cells}).texts(name, Kind.ENUM, words), counted).sum())


def counted_ids(name: str, cells: Cell) -> float | None:
    """How many different numbers a column holds; a single number is that count."""
    if len(Block.of(name, cells).cells) == 1:
        return single_count(name, cells)
    return float(len(set(Records.of(**{name: cells}).texts(name).tolist()) - {""}))


def of_states(name: str, cells: Cell, total: Cell, wanted: tuple[str, ...]) -> Cell:
    """Customers in some loyalty states as a share of those who are not gone."""
    if not Block.of("total", total).is_blank or len(Block.of(name, cells).cells) == 1:
        return ratio_of_numbers(name, cells, "total", total)
    typed = Records.of(**{name: cells}).texts(name, Kind.TEXT)
    known = {label(word, language).casefold(): word for word in loyalty.STATES.tolist() for language in LANGUAGES}
    state = np.array([known.get(text.strip().casefold(), "") for text in typed.tolist()], object)
    return shown(rates.share((state != "") & (state != loyalty.GONE), is_any(state, wanted)))


def different_visits(ids: np.ndarray, cars: np.ndarray, days: Days) -> tuple[np.ndarray, Days]:
    """Customer (a number) and day of each visit; rows of one car and one day are one visit (DOM V12)."""
    _, customer = np.unique(ids.astype(str), return_inverse=True)
    _, car = np.unique(cars.astype(str), return_inverse=True)
    _, first = np.unique(np.stack([car, days.astype(np.int64)]), axis=1, return_index=True)
    return customer[first], days[first]
