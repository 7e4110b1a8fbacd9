"""Thanks to whoever named a friend: when he did, and when the friend bought (DOM 3.5, REF-THANKS)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.anchors.laying import first_of_each
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.identity import NO_CAR, NOBODY, RowsOf
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, same


def referrers(situation: Situation) -> Places:
    """The customer who gave each referral, by number or phone; NOBODY for a name alone and for nobody on file."""
    table = situation.store["referral"]
    named = table.texts("referrer_id")
    numbers = np.array([*("".join(text.split()).upper() for text in named.tolist()), ""], object)[:-1]
    party = situation.identities.rows_about(table.with_columns({"customer_id": numbers, "mobile": named})).party
    return np.where(party < situation.identities.customer_count, party, NOBODY)


@anchor
def referral(situation: Situation, rule: Rule) -> Anchors:
    """The day of a referral, and the day of its deal; one thanks per customer and day."""
    table = situation.store["referral"]
    party = np.tile(situation.once(referrers), 2)
    day = np.concatenate([table.days("date"), table.days("deal_date")])
    car = np.full(len(day), NO_CAR)
    first = first_of_each(RowsOf(party, car), day, same("", len(day)))
    return Anchors(party, car, day, only=first & (party != NOBODY) & (day <= situation.day))
