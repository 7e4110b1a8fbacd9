"""Stage of the relationship with a key account, by our share of its purchases (DOM 4.11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Numbers, Places, Texts

STRATEGIC, STEADY, FIRST, DEVELOPMENT = "战略合作阶段", "稳定合作阶段", "初期合作阶段", "客户开发阶段"

LABELS = (
    Label(STRATEGIC, "Strategic co-operation", ("Joint planning", "共同规划")),
    Label(STEADY, "Steady co-operation", ("Loyalty, keep rivals secondary", "巩固忠诚，使对手居次")),
    Label(FIRST, "First co-operation", ("Prove yourself, broaden", "证明实力，扩大合作")),
    Label(
        DEVELOPMENT, "Development",
        ("Wait for an opening, find insider and key person, build trust", "等待时机，发展内线与关键人，建立信任"),
    ),
    NOT_KNOWN,
)  # fmt: skip

WHOLE = 100


def stages(share_pct: Numbers, parameters: Parameters) -> Texts:
    """
    Stage of each share of wallet (T56); the lower bound belongs to the higher stage.

    Args:
        share_pct: In percent; blank, negative and more than 100 give 未知.
    """
    low, high = parameters.number("stage_cut_low"), parameters.number("stage_cut_high")
    strange = ~((share_pct >= 0) & (share_pct <= WHOLE))
    return np.select(
        [strange, share_pct == 0, share_pct < low, share_pct < high],
        [UNKNOWN, DEVELOPMENT, FIRST, STEADY],
        STRATEGIC,
    ).astype(object)


_HEIGHTS = {DEVELOPMENT: 0, FIRST: 1, STEADY: 2, STRATEGIC: 3}


def _heights(words: Texts) -> Places:
    return np.array([_HEIGHTS.get(word, -1) for word in words], np.int64)


def fallen(before: Texts, now: Texts) -> Flags:
    """Where a stage is lower than the one before: that calls for a repair plan."""
    was, is_now = _heights(before), _heights(now)
    return np.asarray((is_now >= 0) & (is_now < was))


def skipped(before: Texts, now: Texts) -> Flags:
    """Where more than one stage was climbed at once; stages are not skipped upwards, so the share is to be checked."""
    was, is_now = _heights(before), _heights(now)
    return np.asarray((was >= 0) & (is_now > was + 1))


@dataclass(frozen=True)
class RepairPlan:
    """A task: win back the share of an account whose stage fell."""

    account_no: str
    name: str
    owner: str
    before: str
    now: str


def repair_plans(situation: Situation) -> tuple[RepairPlan, ...]:
    """One for each account whose computed stage is lower than the one on the sheet."""
    accounts = situation.store["key_account"]
    before, now = accounts.texts("stage"), situation.once(classify).labels
    columns = (*(accounts.texts(name) for name in ("account_no", "name", "owner")), before, now)
    return tuple(
        RepairPlan(*(column[place] for column in columns)) for place in np.flatnonzero(fallen(before, now)).tolist()
    )


def classify(situation: Situation) -> Classified:
    """The stage of each key account, beside the one typed."""
    accounts = situation.store["key_account"]
    share = accounts.numbers("wallet_share_pct")
    return Classified(stages(share, situation.parameters), {"share": share, "typed": accounts.texts("stage")})
