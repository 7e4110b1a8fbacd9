"""Rules whose items come from elsewhere: the monthly plan, sheets of their own, the log itself."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.situation import Situation


@anchor
def nothing(situation: Situation, rule: Rule) -> Anchors:
    """Rules that need a sheet of their own, or live in the monthly plan."""
    empty = np.empty(0, np.int64)
    return Anchors(empty, empty, np.empty(0, "datetime64[D]"))


@anchor
def agreed(situation: Situation, rule: Rule) -> Anchors:
    """Agreed call-backs come about while the log is played (`contacts.py`)."""
    return nothing(situation, rule)
