"""The key figures of DOM 5 that are a share of visits and reminders: reminded, come, booked."""

from __future__ import annotations

import numpy as np
import xlwings as xw

from xl_retention.cell_functions.answering import CATEGORY, in_cells, ratio_of_numbers, shown
from xl_retention.cell_functions.periods import asked_period
from xl_retention.domain import rates
from xl_retention.domain.dates import add_months
from xl_retention.domain.kpis.funnel import AHEAD_MONTHS, WINDOW_DAYS
from xl_retention.domain.kpis.periods import within_days
from xl_retention.domain.kpis.visiting import NOT_KEPT
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import Days, Flags
from xl_retention.domain.visits import is_any
from xl_retention.sheets.cell_arguments import Block, Cell, Records
from xl_retention.sheets.cells.values import YES_NO


@xw.func(category=CATEGORY)
@in_cells
def REMINDER_RATE(reminded_or_reminders: Cell, due_or_due_dates: Cell, start: Cell = None, finish: Cell = None) -> Cell:
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
def BOOKING_RATE(booked_or_marks: Cell, visits_or_dates: Cell, start: Cell = None, finish: Cell = None) -> Cell:
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


def reminded_in_time(told: Days, due: Days) -> Flags:
    """Reminders from three months before the due day to 30 days after it (DOM K11)."""
    return np.asarray((told >= add_months(due, -AHEAD_MONTHS)) & within_days(told, due, WINDOW_DAYS))
