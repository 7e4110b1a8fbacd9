"""Complaints by the clock, and questions about using the car (DOM 3.4, 3.8 "Complaints")."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.anchors.laying import (
    first_of_each,
)
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.dates import has_clock
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Texts

SOLVED = ("已解决", "已关闭")
LEVEL_ROLES = {"1": "CS", "2": "SV", "3": "RS", "4": "SVM", "5": "GM"}
"""Who solves a complaint at each handler level (DOM 3.4, CMP-24H)."""


def _complaints(
    situation: Situation,
    moment: Days,
    *,
    ended: Flags,
    owner: Texts | None = None,
    role: Texts | None = None,
    only: Flags | bool = True,
) -> Anchors:
    complaints, rows = situation.store["complaint"], situation.identities.complaints
    number = complaints.texts("complaint_id")
    clock = (moment - moment.astype("datetime64[D]")).astype("timedelta64[s]").astype(np.float64)
    return Anchors(
        rows.party,
        rows.car,
        moment.astype("datetime64[D]"),
        clock=np.where(has_clock(moment), clock, np.nan),
        sequence=np.where(number == "", "1", number),
        stopped=ended,
        only=first_of_each(rows, moment, number) & (rows.party >= 0) & ~np.isnat(moment) & only,
        owner=owner,
        role=role,
    )


def received_moments(situation: Situation) -> Days:
    """received_at; without a clock the store's opening time of that day (DOM 2.8)."""
    received = situation.store["complaint"].moments("received_at")
    clock = situation.parameters.clock("store_open_time")
    opening = np.timedelta64(clock.hour * 3600 + clock.minute * 60 + clock.second, "s")
    return np.where(has_clock(received), received, received.astype("datetime64[D]") + opening)


def _solved(situation: Situation) -> Flags:
    complaints = situation.store["complaint"]
    status = complaints.texts("status")
    return np.asarray(
        ~np.isnat(complaints.moments("resolved_at")) | (status == SOLVED[0]) | (status == SOLVED[1])
    )


@anchor
def quality_complaint(situation: Situation, rule: Rule) -> Anchors:
    """A complaint about quality; ends with the first response or the solution."""
    complaints = situation.store["complaint"]
    return _complaints(
        situation,
        received_moments(situation),
        ended=_solved(situation) | ~np.isnat(complaints.moments("first_response_at")),
        owner=complaints.texts("handler"),
        only=complaints.texts("category") == "质量",
    )


@anchor
def complaint(situation: Situation, rule: Rule) -> Anchors:
    """Any complaint; ends with the solution. Who solves it goes by category and handler level."""
    complaints = situation.store["complaint"]
    role = np.array(
        [*(LEVEL_ROLES.get(level, "SV") for level in complaints.texts("handler_level")), ""], object
    )[:-1]
    role = np.where(complaints.texts("category") == "销售", "SM", role)
    return _complaints(
        situation,
        received_moments(situation),
        ended=_solved(situation),
        owner=complaints.texts("handler"),
        role=None if rule.role_given else role.astype(object),
    )


@anchor
def complaint_solved(situation: Situation, rule: Rule) -> Anchors:
    """A solved complaint; ends with the follow-up."""
    complaints = situation.store["complaint"]
    followed = ~np.isnat(complaints.moments("followup_at")) | (complaints.texts("status") == "已关闭")
    return _complaints(situation, complaints.moments("resolved_at"), ended=followed)


@anchor
def complaint_promise(situation: Situation, rule: Rule) -> Anchors:
    """A promise made to a complaining customer; ends with the solution."""
    return _complaints(
        situation, situation.store["complaint"].moments("promised_at"), ended=_solved(situation)
    )


@anchor
def usage_objection(situation: Situation, rule: Rule) -> Anchors:
    """A call in which the customer could not handle the car: one per customer, car and day."""
    log = situation.log
    rows = np.flatnonzero(log.objections.is_any("使用异议") & (log.party >= 0))
    seen: set[tuple[int, int, int]] = set()
    first = []
    for row in rows:
        key = (int(log.party[row]), int(log.car[row]), int(log.day[row].astype(np.int64)))
        if key not in seen:
            seen.add(key)
            first.append(row)
    places = np.array(first, np.int64)
    return Anchors(log.party[places], log.car[places], log.day[places], after_row=places)
