"""Prospects: their computed grade (DOM 4.10) and the day of their next follow-up (DOM 3.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from xl_retention.domain.parameters import Parameters

OPEN_STATUS = ("", "在跟")
"""Only these are followed up; blank is 在跟 (DOM 2.18)."""
OVERDUE, NURTURE = "逾期未订", "培育"
GRADES = ("H", "A", "B", "C")
FOLLOW_UP_GRADES = (*GRADES, "N")
"""Letters of the PRO rules; N is 培育."""


def computed_grade(expected: dt.date | None, as_of: dt.date, parameters: Parameters) -> str:
    """H, A, B, C, 培育 or 逾期未订 by the days until the expected order (DOM 4.10, T55)."""
    if expected is None:
        return NURTURE
    days = (expected - as_of).days
    if days < 0:
        return OVERDUE
    for grade in GRADES:
        if days <= parameters.integer(f"prospect_days_{grade.lower()}"):
            return grade
    return NURTURE


def follow_up_grade(typed: str, expected: dt.date | None, as_of: dt.date, parameters: Parameters) -> str:
    """Letter of the PRO rule: the typed grade, else the computed one (逾期未订 as H, 培育 as N), DOM 3.8."""
    if typed in GRADES:
        return typed
    return {OVERDUE: "H", NURTURE: "N"}.get(grade := computed_grade(expected, as_of, parameters), grade)


class Contact(NamedTuple):
    """A log row as far as a follow-up cares: its day, its result and the agreed day, if any."""

    day: dt.date
    result: str
    agreed: dt.date | None


class FollowUp(NamedTuple):
    """When a prospect is due, and since when.

    Args:
        since: The anchor: last successful contact, or the card's own date.
        due: The day of the next contact.
        agreed: Whether the customer named that day.
    """

    since: dt.date
    due: dt.date
    agreed: bool


REACHED = ("接通", "拒访")


def next_follow_up(
    last_follow: dt.date | None,
    created: dt.date | None,
    typed_next: dt.date | None,
    expected: dt.date | None,
    interval_days: int,
    contacts: Iterable[Contact],
) -> FollowUp | None:
    """
    Plays the prospect's contacts and says when the next one is due (DOM 3.8 "Prospects", T88).

    Args:
        contacts: In order of time; those before the start are passed over.

    Returns:
        None where neither last_follow nor created is filled.
    """
    since = last_follow or created
    if since is None:
        return None
    due = typed_next if typed_next and typed_next > since else None
    start = since
    for contact in contacts:
        if contact.day < start:
            continue
        if contact.result in REACHED:
            if contact.day > since:
                since, due = contact.day, None
            if contact.agreed and contact.agreed > contact.day:
                due = contact.agreed
        elif contact.result == "改约" and contact.agreed:
            due = contact.agreed
    if due:
        return FollowUp(since, due, agreed=True)
    due = since + dt.timedelta(days=interval_days)
    if expected and since < expected < due:
        due = expected
    return FollowUp(since, due, agreed=False)
