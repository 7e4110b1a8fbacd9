"""Complaints: answered, solved, followed up, closed (DOM K16-K20)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.anchors.complaints import received_moments
from xl_retention.domain.dates import deadline_hours, end_of_day, has_clock
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.situation import closed_complaints
from xl_retention.domain.store import Days, Flags

RESPONSE_HOURS, SOLUTION_HOURS, FOLLOW_UP_HOURS = 2, 24, 24


@dataclass(frozen=True)
class Judged:
    """Complaints against a limit in hours.

    Args:
        counted: Something happened, or the limit is past.
        in_time: It happened in time.
    """

    counted: Flags
    in_time: Flags


def judged(start: Days, event: Days, hours: int, as_of: np.datetime64) -> Judged:
    """
    Which events came at most *hours* after their start (DOM 5.6, K16-K18; T25).

    A start without a clock gives until the end of the next day; an event without one is compared by the day.
    """
    clocked = has_clock(start)
    limit = np.where(clocked, deadline_hours(start, hours), end_of_day(start + np.timedelta64(1, "D")))
    on_day = event.astype("datetime64[D]") <= limit.astype("datetime64[D]")
    in_time = np.where(has_clock(event), event <= limit, on_day)
    past = limit < end_of_day(np.array([as_of], "datetime64[D]"))[0]
    return Judged(~np.isnat(event) | past, in_time.astype(np.bool_))


def _rows(view: View, flags: Flags) -> Rows:
    return view.of_table("complaint", "complaint_id", Subject.COMPLAINT, flags)


def received(view: View) -> Rows:
    """Complaints received in P."""
    return _rows(view, view.asked.holds(view.now.store["complaint"].moments("received_at")))


def _answers(view: View) -> Judged:
    table = view.now.store["complaint"]
    return judged(received_moments(view.now), table.moments("first_response_at"), RESPONSE_HOURS, view.asked.day)


def _solutions(view: View) -> Judged:
    table = view.now.store["complaint"]
    return judged(received_moments(view.now), table.moments("resolved_at"), SOLUTION_HOURS, view.asked.day)


def _calls(view: View) -> Judged:
    table = view.now.store["complaint"]
    return judged(table.moments("resolved_at"), table.moments("followup_at"), FOLLOW_UP_HOURS, view.asked.day)


def quality_complaints(view: View) -> Rows:
    """Complaints about quality received in P that were answered, or should have been."""
    got = view.once(received)
    of_quality = view.now.store["complaint"].texts("category") == "质量"
    return got.where((view.once(_answers).counted & of_quality)[got.places])


def answered_in_time(view: View) -> Rows:
    """Of these the ones answered in time."""
    due = view.once(quality_complaints)
    return due.where(view.once(_answers).in_time[due.places])


def to_be_solved(view: View) -> Rows:
    """Complaints received in P that were solved, or should have been (T79)."""
    got = view.once(received)
    return got.where(view.once(_solutions).counted[got.places])


def solved_in_time(view: View) -> Rows:
    """Of these the ones solved in time."""
    due = view.once(to_be_solved)
    return due.where(view.once(_solutions).in_time[due.places])


def to_be_followed_up(view: View) -> Rows:
    """Complaints solved in P that were followed up, or should have been."""
    solved = view.asked.holds(view.now.store["complaint"].moments("resolved_at"))
    return _rows(view, solved & view.once(_calls).counted)


def followed_up_in_time(view: View) -> Rows:
    """Of these the ones followed up in time."""
    due = view.once(to_be_followed_up)
    return due.where(view.once(_calls).in_time[due.places])


def closed(view: View) -> Rows:
    """Of the complaints received in P the closed ones (T80)."""
    got = view.once(received)
    return got.where(closed_complaints(view.now.store["complaint"])[got.places])
