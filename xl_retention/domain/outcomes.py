"""What each outcome of a call does: a table that the store may change in a sheet (DOM 0.3, 2.7, 3.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from xl_retention.domain.words import WORDS, Word, WordTable

CONVERSATION, REFUSAL, PUT_OFF, MESSAGE, VAIN = ("接通",), ("拒访",), ("改约",), ("已发送",), ("未接", "关机", "空号")
"""The words of DOM 2.7 by what they mean to the rest of the domain."""

NO_MEANING = "其他"
"""Stands for an outcome that says something but does nothing."""


class Closes(Enum):
    """Which due contacts an outcome closes."""

    ALL = "yes"
    MESSAGES = "message_rules"
    """Those that 3.8 marks "sent"."""
    NONE = "no"


AS_SET = 0
"""Attempts allowed: as many as the parameter `max_attempts` says."""


@dataclass(frozen=True)
class Outcome:
    """What one outcome does.

    Args:
        word: As it stands in the log, for a word of DOM 2.7 the canonical one.
        contacted: Whether the customer was spoken to.
        closes: What it closes.
        quiet_days: The customer is not listed before so many days after it.
        moves: Whether it puts the due contact off to the agreed day (next_contact_date).
        attempts: On so many different days it may stay without success, then the contact closes as unreachable;
            `AS_SET`, or None where it is no attempt in vain.
        ends_all: Whether nobody contacts the customer from that day on.
        data_fault: Whether it shows that the customer's data are wrong.
        in_use: Whether the store still uses it.
    """

    word: str
    contacted: bool = False
    closes: Closes = Closes.NONE
    quiet_days: int = 0
    moves: bool = False
    attempts: int | None = None
    ends_all: bool = False
    data_fault: bool = False
    in_use: bool = True

    def closes_rule(self, sent_is_enough: bool) -> bool:
        """Whether it closes an item of a rule that a message closes too, or of one that it does not."""
        return self.closes is Closes.ALL or (self.closes is Closes.MESSAGES and sent_is_enough)

    @property
    def acts_as(self) -> str:
        """
        The word of DOM 2.7 that means the same to rules and figures beyond closing; without one `NO_MEANING`.

        A word that keeps the meaning DOM gives it is itself: a refusal is no conversation (DOM 0.3, covered).
        """
        meanings = (
            (self.contacted, (*CONVERSATION, *REFUSAL)),
            (self.moves, PUT_OFF),
            (self.closes is not Closes.NONE, MESSAGE),
            (self.attempts is not None, VAIN),
        )
        words = next((words for holds, words in meanings if holds), (NO_MEANING,))
        return self.word if self.word in words else words[0]


SHIPPED: Mapping[str, Outcome] = {
    each.word: each
    for each in (
        # DOM 0.3 (states done, rescheduled, unreachable), 3.8 "Sent"; 空号 is a fault of the data by 2.7.
        Outcome("接通", contacted=True, closes=Closes.ALL),
        Outcome("未接", attempts=AS_SET),
        Outcome("关机", attempts=AS_SET),
        Outcome("空号", attempts=AS_SET, data_fault=True),
        Outcome("拒访", contacted=True, closes=Closes.ALL),
        Outcome("改约", moves=True),
        Outcome("已发送", closes=Closes.MESSAGES),
    )
}
"""As it comes: an untouched sheet changes nothing."""


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of a store.

    Args:
        known: By word. A word of DOM 2.7 that the store took off its sheet is here as out of use.
    """

    known: Mapping[str, Outcome] = field(default_factory=lambda: SHIPPED)

    @classmethod
    def of(cls, listed: Iterable[Outcome]) -> Outcomes:
        """Those of the store's sheet; what DOM 2.7 has beside them keeps its meaning but is out of use."""
        own = {each.word: each for each in listed}
        left = {word: replace(each, in_use=False) for word, each in SHIPPED.items() if word not in own}
        return cls({**own, **left})

    def __getitem__(self, word: str) -> Outcome:
        """What a word does; nothing, where nobody knows it."""
        return self.known.get(word) or Outcome(word)

    @property
    def in_use(self) -> tuple[str, ...]:
        """The words to choose from."""
        return tuple(word for word, each in self.known.items() if each.in_use)

    @cached_property
    def words(self) -> WordTable:
        """The words that a cell may hold: those of DOM 2.7 and the store's own."""
        shipped = WORDS["result"]
        own = (Word(word, word) for word in self.known if word not in SHIPPED)
        return WordTable((*shipped.words, *own))
