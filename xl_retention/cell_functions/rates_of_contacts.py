"""The key figures of DOM 5 that are a share of contacts and complaints: made, in time, satisfied."""

from __future__ import annotations

import numpy as np
import xlwings as xw

from xl_retention.cell_functions import answering
from xl_retention.cell_functions.answering import CATEGORY, in_cells, ratio_of_numbers, shown
from xl_retention.cell_functions.periods import asked_period, first_and_last
from xl_retention.domain import rates
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.dates import day_of, has_clock
from xl_retention.domain.kpis.follow_up import SATISFIED
from xl_retention.domain.kpis.grievances import SOLUTION_HOURS, judged
from xl_retention.domain.schema import Kind
from xl_retention.domain.visits import is_any
from xl_retention.sheets.cell_arguments import Block, Cell, Records, single_count, single_day


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
def ON_TIME_RATE(in_time_or_contacts: Cell, due_or_deadlines: Cell, start: Cell = None, finish: Cell = None) -> Cell:
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
