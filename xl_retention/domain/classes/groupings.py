"""Other groupings, used for filters: words that the store typed, as they stand (DOM 4.14)."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Texts, same

BASE_SCOPES = (
    Label("自销", "Own sale"),
    Label("本牌它销", "Same brand elsewhere"),
    Label("它牌", "Other brand"),
    NOT_KNOWN,
)
CUSTOMER_TYPES = (Label("个人", "Person"), Label("单位", "Company"))
SATISFACTION = (
    Label("非常满意", "Very satisfied"),
    Label("满意", "Satisfied"),
    Label("一般", "Neutral"),
    Label("不满意", "Dissatisfied"),
    Label("非常不满意", "Very dissatisfied"),
    NOT_KNOWN,
)

_BETWEEN_INTERESTS = re.compile(r"[、,，;；\s]+")


def typed_word(entity: str, field: str, blank: str = UNKNOWN) -> Callable[[Situation], Classified]:
    """
    A scheme that takes a field as it stands.

    Args:
        blank: The label where nothing is typed.
    """

    def classify(situation: Situation) -> Classified:
        typed = situation.store[entity].words(field)
        return Classified(typed.renamed(lambda word: word or blank).texts, {"typed": typed.texts})

    return classify


def interests_in(text: str) -> tuple[str, ...]:
    """The hobbies of a cell, each once, in their order (DOM 2.3: parted by 、 , ; or blanks)."""
    return tuple(dict.fromkeys(word for word in _BETWEEN_INTERESTS.split(text) if word))


def classify_interests(situation: Situation) -> Classified:
    """What each customer likes, for interest teams and events."""
    typed = situation.store.customers.texts("hobbies")
    labels = np.empty(len(typed), object)
    labels[:] = [()]
    for place in np.flatnonzero(typed != "").tolist():
        labels[place] = interests_in(typed[place])
    return Classified(labels, {"typed": typed})


def classify_satisfaction(situation: Situation) -> Classified:
    """The latest answer of each customer about satisfaction."""
    count = situation.identities.customer_count
    log, party = situation.store["contact_log"], situation.identities.log.party
    when = log.moments("contact_at")
    answers: Texts = log.texts("satisfaction_level")
    said = ~log.words("satisfaction_level").is_any("")
    told = np.flatnonzero(said & (party >= 0) & (party < count) & ~np.isnat(when))
    told = told[np.argsort(when[told], kind="stable")]
    labels, asked = same(UNKNOWN, count), np.full(count, np.datetime64("NaT"), "datetime64[D]")
    labels[party[told]] = answers[told]  # in order of time: the last write is the latest answer
    asked[party[told]] = when[told].astype("datetime64[D]")
    return Classified(labels, {"asked": asked})
