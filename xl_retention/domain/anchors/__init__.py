"""What each rule counts from: the parties, cars and days its items start at (DOM 3, 3.8 "Anchor").

One function per name in the column `counts_from` of the rule table, in the module of its section of DOM. It
answers for one rule with `Anchors`; the windows are laid on them in `due.py`.
"""

from xl_retention.domain.anchors import (
    accounts,
    complaints,
    deliveries,
    elsewhere,
    introductions,
    lapse,
    prospects,
    referrals,
    renewals,
    service,
)
from xl_retention.domain.anchors.table import ANCHORS, Anchors

__all__ = [
    "ANCHORS",
    "Anchors",
    "accounts",
    "complaints",
    "deliveries",
    "elsewhere",
    "introductions",
    "lapse",
    "prospects",
    "referrals",
    "renewals",
    "service",
]
