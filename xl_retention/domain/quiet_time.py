"""How long a customer is left in peace after a contact: the quiet days of its outcome."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.cadence import COMPLAINT_CLOCK
from xl_retention.domain.due import Items
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags


def at_rest(situation: Situation, items: Items) -> Flags:
    """The items that wait because their customer was contacted lately; complaints never wait."""
    return np.asarray(situation.once(resting)[items.party] & ~items.rules.is_any(*COMPLAINT_CLOCK))


def resting(situation: Situation) -> Flags:
    """A flag per party, and False at place NOBODY: a contact on day d with n quiet days keeps d to d + n - 1 free."""
    log, identities = situation.log, situation.identities
    flags = np.zeros(len(identities.ids) + 1, np.bool_)
    for outcome in log.outcomes.known.values():
        if outcome.quiet_days:
            lately = log.day > situation.day - np.timedelta64(outcome.quiet_days, "D")
            those = log.typed_results.is_any(outcome.word) & lately & (log.party >= 0)
            flags[log.party[those]] = True
    flags[:-1] = identities.with_same_number(flags[:-1])
    return flags
