"""Complaints by the clock: until when what is due, who has them, and when they go up a level (DOM 3.4, 6.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain.anchors import ANCHORS
from xl_retention.domain.anchors.complaints import LEVEL_ROLES, SOLVED, received_moments
from xl_retention.domain.cadence import COMPLAINT_CLOCK, Rule
from xl_retention.domain.contact_log import named_rules
from xl_retention.domain.due import deadline_moments, shifted
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import CLOSED_STATUS, Situation
from xl_retention.domain.store import STAMPS, Days, Flags, Store, Table

CONTACT, SOLUTION, FOLLOW_UP, PROGRESS = "CMP-2H", "CMP-24H", "CMP-FU24", "CMP-PROG"
ESCALATED, IN_PROGRESS = "升级", "处理中"
DISSATISFIED = "不满意"
BY_MANUFACTURER, ABOUT_SALES, ABOUT_QUALITY = "厂商", "销售", "质量"
SALES_MANAGER = "SM"
USUAL_LEVEL, TOP_LEVEL = 2, 5
"""A blank level is the service advisor's (DOM 3.4, CMP-24H); the highest is the general manager's."""


@dataclass(frozen=True)
class Deadline:
    """One running clock.

    Args:
        rule: CMP-2H, CMP-24H, CMP-FU24 or CMP-PROG.
        moment: Until when; end of the day where no clock is known.
        timed: Whether a clock is known.
    """

    rule: str
    moment: dt.datetime
    timed: bool


@dataclass(frozen=True)
class OpenComplaint:
    """
    A complaint that somebody still has to work on.

    Args:
        place: Row of the complaint table.
        deadlines: What is still to be done, the earliest first.
        level: Whose it is now, 1 to 5; a sales complaint is the sales manager's whatever its level.
        role: Role of whoever has it now.
        steps: Levels to which it has to go up now, one after the other.
        reopened: Whether the customer is not satisfied with a solution, so that it starts again with the first step.
        rises_at: When it goes up the next time; None where nobody is above, or it is solved.
        now: Moment on which it is judged.
    """

    place: int
    deadlines: tuple[Deadline, ...]
    level: int
    role: str
    steps: tuple[int, ...]
    reopened: bool
    rises_at: dt.datetime | None
    now: dt.datetime

    @property
    def overdue(self) -> tuple[Deadline, ...]:
        """The clocks that have run out; an event on the very moment is still in time (DOM V7)."""
        return tuple(each for each in self.deadlines if each.moment < self.now)


def known_at(store: Store, now: dt.datetime) -> Store:
    """The store without complaints and time stamps of complaints later than a moment (DOM V19, by the clock)."""
    complaints = store["complaint"]
    moment = np.datetime64(now, "s")
    stamps = {
        name: np.where(complaints.moments(name) > moment, np.datetime64("NaT"), complaints.moments(name))
        for name in STAMPS["complaint"]
        if name in complaints.columns
    }
    known = complaints.with_columns(stamps).where(~(complaints.moments("received_at") > moment))
    tables = {**store.tables, "complaint": known} if complaints.present else store.tables
    return replace(store, tables=tables)


def open_complaints(
    situation: Situation, now: dt.datetime, reopened_now: Collection[str] = ()
) -> list[OpenComplaint]:
    """
    The complaints that are not through, in the order of their rows.

    A complaint is through when it is solved and followed up, or closed by its status, and the customer did not
    say afterwards that he is dissatisfied. Its ladder counts from received_at (without clock: opening time) or,
    once it was reopened, from then: level n is left when hour number n of `escalation_hours` is over, as long
    as it is not solved (DOM 6.3). Sales complaints stay with the sales manager; those that the manufacturer
    forwards go to the general manager at once. A complaint without a number goes nowhere: its steps could not
    be found again in the log.

    Args:
        situation: Of the day of *now*, from a store as `known_at` that moment.
        reopened_now: Numbers of those reopened at this moment, which the log does not know yet.
    """
    complaints = situation.store["complaint"]
    received = received_moments(situation)
    solved, dissatisfied = _solved(complaints), _dissatisfied(complaints)
    followed = ~np.isnat(complaints.moments("followup_at"))
    through = ((solved & followed) | (complaints.texts("status") == CLOSED_STATUS)) & ~dissatisfied
    clocks = list(_clocks(situation))
    reopenings = {**_reopenings(situation), **dict.fromkeys(reopened_now, now)}
    numbers = complaints.texts("complaint_id")
    found = []
    for place in np.flatnonzero(~through & (received <= np.datetime64(now, "s"))).tolist():
        running = sorted(
            (
                Deadline(rule.code, moments[place].item(), bool(timed[place]))
                for rule, runs, moments, timed in clocks
                if runs[place]
            ),
            key=lambda each: (each.moment, COMPLAINT_CLOCK.index(each.rule)),
        )
        start = max(received[place].item(), reopenings.get(numbers[place], dt.datetime.min))
        found.append(
            _judged(complaints, place, tuple(running), start, now, bool(solved[place]), bool(dissatisfied[place]),
                    situation.parameters.numbers("escalation_hours") if numbers[place] else ())
        )  # fmt: skip
    return found


def complaint_problems(situation: Situation) -> list[Problem]:
    """Money promised without approval, files closed before the follow-up, solutions without their day (DOM 6.3)."""
    complaints = situation.store["complaint"]
    status = complaints.texts("status")
    unsolved, unfollowed = np.isnat(complaints.moments("resolved_at")), np.isnat(complaints.moments("followup_at"))
    unapproved = (complaints.numbers("compensation") > 0) & (complaints.texts("approved_by") == "")
    found = [
        complaints.fault(
            "compensation_not_approved", "high", place, "compensation",
            found=f"{complaints.numbers('compensation')[place]:g}",
            wanted="approved by the regional office",
            remedy="Ask the regional office first; then enter who approved.",
        )
        for place in np.flatnonzero(unapproved).tolist()
    ]  # fmt: skip
    found += [
        complaints.fault(
            "closed_before_follow_up", "high", place, "status",
            found=status[place],
            wanted="allowed before the follow-up call",
            remedy="Call the customer and enter when, or set the complaint back to in progress.",
        )
        for place in np.flatnonzero((status == CLOSED_STATUS) & unfollowed).tolist()
    ]  # fmt: skip
    found += [
        complaints.fault(
            "number_missing", "medium", place, "complaint_id",
            wanted="A number of its own for each row",
            remedy="Enter a number; without it the complaint cannot go up a level.",
        )
        for place in np.flatnonzero(complaints.texts("complaint_id") == "").tolist()
    ]  # fmt: skip
    found += [
        complaints.fault(
            "solved_without_day", "medium", place, "resolved_at",
            wanted="A date",
            remedy="Enter when the complaint was solved; the follow-up call counts from there.",
        )
        for place in np.flatnonzero((status == SOLVED[0]) & unsolved).tolist()
    ]  # fmt: skip
    return found


def _solved(complaints: Table) -> Flags:
    status = complaints.texts("status")
    return np.asarray(~np.isnat(complaints.moments("resolved_at")) | np.isin(status, SOLVED))


def _dissatisfied(complaints: Table) -> Flags:
    """Solved or followed up, and the customer says that it did not help."""
    told = _solved(complaints) | ~np.isnat(complaints.moments("followup_at"))
    return np.asarray((complaints.texts("satisfied_after") == DISSATISFIED) & told)


def _clocks(situation: Situation) -> Iterator[tuple[Rule, Flags, Days, Flags]]:
    """By rule that is on: where its clock runs, until when, and whether the hour is known."""
    quality = situation.store["complaint"].texts("category") == ABOUT_QUALITY
    for code in COMPLAINT_CLOCK:
        rule = situation.rules[code]
        if rule.on:
            anchors = ANCHORS[rule.counts_from](situation, rule)
            offset = rule.due if rule.deadline is None else rule.deadline
            moments, timed = deadline_moments(anchors, offset, *shifted(anchors, offset))
            runs = ~np.isnat(moments) & ~(False if anchors.stopped is None else anchors.stopped)
            yield rule, np.asarray(runs & quality if code == CONTACT else runs), moments, timed


def _reopenings(situation: Situation) -> dict[str, dt.datetime]:
    """
    When each complaint was reopened last, by its number.

    The log tells: a row about the follow-up of a complaint that says no outcome is no call, but our own entry.
    """
    log = situation.store["contact_log"]
    found: dict[str, dt.datetime] = {}
    if "complaint_id" not in log.columns:
        return found
    rows = np.flatnonzero((log.texts("complaint_id") != "") & (log.texts("result") == ""))
    columns = (log.texts("complaint_id"), log.texts("rule_code"), log.moments("contact_at"))
    for number, rules, moment in zip(*(column[rows].tolist() for column in columns), strict=True):
        if moment is not None and FOLLOW_UP in named_rules(rules, ""):
            found[number] = max(moment, found.get(number, moment))
    return found


def _judged(
    complaints: Table,
    place: int,
    deadlines: tuple[Deadline, ...],
    start: dt.datetime,
    now: dt.datetime,
    solved: bool,
    dissatisfied: bool,
    hours: tuple[float, ...],
) -> OpenComplaint:
    level = int(complaints.texts("handler_level")[place] or USUAL_LEVEL)
    of_sales = complaints.texts("category")[place] == ABOUT_SALES
    forwarded = complaints.texts("channel")[place] == BY_MANUFACTURER
    steps: list[int] = []
    rises_at = None
    reopened = dissatisfied and bool(hours)
    if reopened:  # the new handler's time begins now
        start, solved = now, False
        if level < TOP_LEVEL and not of_sales:
            steps.append(level + 1)
    if forwarded and hours and not solved and max([level, *steps]) < TOP_LEVEL:
        steps.append(TOP_LEVEL)
    elif not (of_sales or solved):
        while (at := max([level, *steps])) <= len(hours) and at < TOP_LEVEL:
            rises_at = start + dt.timedelta(hours=hours[at - 1])
            if now <= rises_at:
                break
            steps.append(at + 1)
            rises_at = None
    reached = max([level, *steps])
    role = SALES_MANAGER if of_sales and not forwarded else LEVEL_ROLES[str(reached)]
    return OpenComplaint(place, deadlines, level, role, tuple(steps), reopened, rises_at, now)
