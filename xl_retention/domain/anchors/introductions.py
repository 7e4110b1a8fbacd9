"""The call of somebody new who serves a customer from now on (DOM 3.5, 6.7, HANDOVER)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.anchors.laying import first_of_each
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.identity import NO_CAR, NOBODY, RowsOf
from xl_retention.domain.introductions import introductions
from xl_retention.domain.person_names import same_name
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Table, same


@anchor
def introduction(situation: Situation, rule: Rule) -> Anchors:
    """
    The day of a hand-over, for each whom it gave somebody new; the call is the new owner's, whatever his role.

    It stops when the customer was told (on the form, or for all of them in the row of the hand-over), and when
    he was handed on once more: then whoever has him now makes the call.
    """
    table = introductions(situation.store)
    party = situation.identities.rows_about(table).party
    day, owner = table.days("handed_on"), table.texts("new_owner")
    known = (party != NOBODY) & (day <= situation.day)
    latest = np.full(len(situation.identities.ids) + 1, np.datetime64("NaT"), "datetime64[D]")
    for place in np.flatnonzero(known).tolist():
        latest[party[place]] = np.fmax(latest[party[place]], day[place])
    role = np.array([*(situation.log.staff_roles.get(name, "") for name in owner.tolist()), ""], object)[:-1]
    car = np.full(len(table), NO_CAR)
    return Anchors(
        party,
        car,
        day,
        stopped=_told(situation, table) | (day < latest[party]),
        role=None if rule.role_given else np.where(role == "", rule.role, role),
        owner=owner,
        only=known & first_of_each(RowsOf(party, car), day, same("", len(table))),
    )


def _told(situation: Situation, table: Table) -> Flags:
    """Rows of whom somebody told it by the situation's day."""
    told = table.days("told_on") <= situation.day
    days: Days = table.days("handed_on")
    hand_overs = situation.store["handover"]
    notified = hand_overs.days("customer_notified_on") <= situation.day
    columns = (hand_overs.texts("from"), hand_overs.texts("to"), hand_overs.days("date"))
    over = {
        (same_name(old), same_name(new), when)
        for old, new, when in zip(*(column[notified].tolist() for column in columns), strict=True)
    }
    rows = zip(table.texts("old_owner").tolist(), table.texts("new_owner").tolist(), days.tolist(), strict=True)
    of_all = [(same_name(old), same_name(new), when) in over for old, new, when in rows]
    return np.asarray(told | np.array(of_all, np.bool_))
