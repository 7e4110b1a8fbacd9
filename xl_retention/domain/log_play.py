"""The contact log played over the items of some parties, row by row (DOM 0.3, 3.6 "Repeating rules")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile
from typing import NamedTuple

import numpy as np

from xl_retention.domain.anchors import Anchors
from xl_retention.domain.cadence import COMPLAINT_CLOCK, MONTH_SERIES
from xl_retention.domain.contact_log import CONNECTED, MOVED, SENT, key_rule, split_keys
from xl_retention.domain.dates import end_of_day
from xl_retention.domain.due import expire_days, next_occurrence, shifted
from xl_retention.domain.life import COVERED, DONE, MISSED, NEVER_DAY, UNREACHABLE, WINDOW_DAYS, Life
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.owners import PeopleOf
from xl_retention.domain.situation import Situation

NEXT = "NEXT"
"""The rule of an agreed call-back."""
CONTACT_ANY_RULE = "DLV-15-30"
"""Done by any conversation of the same role between its open day and its deadline (DOM 0.3)."""

Qualifies = Callable[[str, str], bool]
ACCOUNT_CONTACTS: dict[str, Qualifies] = {
    # Contacts that satisfy a key account's period, by result and channel (DOM 3.6).
    "KA-WEEK": lambda result, channel: result == CONNECTED and channel in ("", "电话"),
    "KA-MONTH": lambda result, channel: result in (CONNECTED, SENT),
    "KA-QTR": lambda result, channel: result == CONNECTED and channel == "上门",
}


@dataclass(frozen=True)
class Stage:
    """What the plays of all parties share.

    Args:
        owners: A party's own people by role, by whom a row of the log tells its role.
    """

    situation: Situation
    owners: PeopleOf

    @cached_property
    def today(self) -> int:
        """The situation's day as a number since 1970-01-01."""
        return int(self.situation.day.astype(np.int64))

    @cached_property
    def max_attempts(self) -> int:
        """Days with a fruitless attempt after which an item is unreachable."""
        return self.situation.parameters.integer("max_attempts")

    @cached_property
    def min_gap(self) -> int:
        """Days before a call of the month series in which another conversation covers it."""
        return self.situation.parameters.integer("min_gap_days")

    @property
    def lead(self) -> int:
        """No row more days before an item opens touches it, unless it names the item."""
        return max(WINDOW_DAYS, self.min_gap)


class Entry(NamedTuple):
    """A row of the log: its place, its day since 1970-01-01, party, car and what it says."""

    row: int
    day: int
    party: int
    car: int
    result: str
    typed_result: str
    channel: str
    keys: str
    agreed_day: int
    without_day: bool

    @property
    def agreed(self) -> int | None:
        """The day agreed on."""
        return None if self.without_day else self.agreed_day

    @property
    def answers_only(self) -> bool:
        """It names no due key and agrees on no day: it answers what is open then, or nothing."""
        return self.without_day and not self.keys


def _fits(life: Life, entry: Entry) -> bool:
    """Whether a row can be about an item: written after it came about, in its window, about its customer and car."""
    return entry.row > life.after_row and life.takes(entry.day) and life.reached_from(entry.party, entry.car)


class Play:
    """The items of some parties, and their log rows played over them in order of time."""

    def __init__(self, stage: Stage, lives: list[Life]) -> None:
        self.stage = stage
        self.log = stage.situation.log
        self.lives = lives
        self.by_key = {life.key: life for life in lives}
        self.has_chains = any(life.chained for life in lives)
        self.agreed_seen: set[tuple[int, int, int]] = set()

    def play(self, rows: Sequence[Entry]) -> list[Life]:
        """All items, closed ones and those born meanwhile too, after *rows*, which are in order of time."""
        first = min(map(self._earliest_touched, self.lives), default=NEVER_DAY)
        # No row before the first day changes anything, unless it names a due key or agrees on a day.
        for entry in dropwhile(lambda entry: entry.day < first and entry.answers_only, rows):
            if self.has_chains:
                self._miss(before=entry.day)
            if entry.result:
                self._answer(entry)
        if self.has_chains:
            self._miss(before=self.stage.today)
        return self.lives

    def _earliest_touched(self, life: Life) -> int:
        """No row before this day changes anything about an item, unless it names its due key."""
        first = min(life.open - self.stage.lead, life.expire)
        return min(first, life.anchor) if life.rule.code in ACCOUNT_CONTACTS else first

    def _miss(self, before: int) -> None:
        """Occurrences of a chain whose time has run out give birth to the next one."""
        waiting = [life for life in self.lives if life.chained and not life.closed]
        for life in waiting:
            current: Life | None = life
            while current and not current.stopped and current.expire < before:
                current.close(MISSED, current.expire)
                current = self._born_after(current)

    def _answer(self, entry: Entry) -> None:
        row, day, agreed = entry.row, entry.day, entry.agreed
        outcome = self.log.outcomes[entry.typed_result]
        role = self.log.role(row, self.stage.owners)
        hits = self._hits(entry, role)
        moved = False
        for life in hits:
            if life.closed:
                continue
            if outcome.closes_rule(life.rule.sent):
                life.close(DONE, day, row)
            elif outcome.attempts is not None:
                life.attempts.add(day)
                if len(life.attempts) >= (outcome.attempts or self.stage.max_attempts):
                    life.close(UNREACHABLE, day, row)
            elif outcome.moves and agreed is not None:
                life.move(agreed)
                moved = True
        self._answer_beyond_matching(entry, role)
        if self.has_chains:
            for life in [life for life in self.lives if life.chained and life.closed and life.closed_on == day]:
                if life.closed != MISSED:
                    self._born_after(life)
        if agreed is not None and (entry.result == CONNECTED or (entry.result == MOVED and not moved)):
            self._agree(entry, role, agreed)

    def _hits(self, entry: Entry, role: str) -> list[Life]:
        """The items that a row is about; the first of the three ways that hits (DOM 0.3)."""
        row, day = entry.row, entry.day
        by_key, codes = [], set()
        keys = [key for key in split_keys(entry.keys) if key_rule(key)] if entry.keys else []
        for key in keys:
            life = self.by_key.get(key)
            if life is not None and day <= life.expire and row > life.after_row:
                by_key.append(life)
            else:
                codes.add(key_rule(key))
        own_codes = self.log.codes(row, role)
        if not by_key:
            codes.update(own_codes)
        if keys or own_codes:
            whole_series = MONTH_SERIES in codes
            return by_key + [
                life
                for life in self.lives
                if life not in by_key
                and (life.rule.code in codes or (whole_series and life.rule.code.startswith(MONTH_SERIES)))
                and _fits(life, entry)
            ]
        return [
            life
            for life in self.lives
            if not life.closed
            and life.role == role
            and life.rule.code not in COMPLAINT_CLOCK
            and _fits(life, entry)
        ]

    def _answer_beyond_matching(self, entry: Entry, role: str) -> None:
        """What closes an item without being about it: covered, any-rule contact, account's period."""
        row, day = entry.row, entry.day
        for life in self.lives:
            if life.closed or not life.reached_from(entry.party, entry.car):
                continue
            code = life.rule.code
            if code in ACCOUNT_CONTACTS:
                answers = ACCOUNT_CONTACTS[code](entry.result, entry.channel)
                if life.anchor <= day <= life.original_deadline and answers:
                    life.close(DONE, day, row)
            elif entry.result != CONNECTED:
                continue
            elif code.startswith(MONTH_SERIES):
                if life.original_open - self.stage.min_gap <= day <= life.expire:
                    life.close(COVERED, day, row)
            elif (
                code == CONTACT_ANY_RULE
                and role == life.role
                and life.original_open <= day <= life.original_deadline
            ):
                life.close(DONE, day, row)

    def _born_after(self, life: Life) -> Life | None:
        """The next occurrence of a chain, if the rule still allows one (DOM 3.6)."""
        number = int(life.sequence)
        key = f"{life.key.rsplit('/', 1)[0]}/{number + 1}"
        if life.stopped or key in self.by_key or (life.max_calls and number >= life.max_calls):
            return None
        due, deadline, expire = (
            days[0]
            for days in next_occurrence(
                self.stage.situation,
                life.rule,
                np.array([life.first_due], "datetime64[D]"),
                np.array([number]),
                np.array([life.closed_on], "datetime64[D]"),
                np.array([life.expire_by]),
            )
        )
        if due > life.expire_by:
            return None
        first, last, end = (int(day.astype(np.int64)) for day in (due, deadline, expire))
        born = Life(
            life.party, life.rule, key, life.car, life.role, life.anchor, first, first, last, end,
            end_of_day(np.array([deadline]))[0], False, str(number + 1), life.owner, life.stopped,
            life.expire_by, -1, True, life.max_calls, first_due=life.first_due,
        )  # fmt: skip
        self._add(born)
        return born

    def _agree(self, entry: Entry, role: str, agreed: int) -> None:
        """An agreed call-back: one per customer, car (or none) and day, the first row counting (DOM 3.8, NEXT)."""
        rule, row, day, party, car = self.stage.situation.rules[NEXT], entry.row, entry.day, entry.party, entry.car
        identities = self.stage.situation.identities
        if not 0 <= party < identities.customer_count or (party, car, day) in self.agreed_seen:
            return
        self.agreed_seen.add((party, car, day))
        if not rule.on:
            return
        base = Anchors(
            np.array([party]), np.array([car]), np.array([day], "datetime64[D]"), days=agreed - day
        )
        offsets = (rule.open, rule.due, rule.deadline or rule.due)
        open_, due, deadline = shifted(base, *offsets)
        go_live = self.stage.situation.parameters.date("go_live_date")
        if go_live is not None and deadline[0] < np.datetime64(go_live, "D"):
            return
        vin = identities.car_ids[car] if car >= 0 else ""
        first, last, end = (
            int(days[0].astype(np.int64)) for days in (due, deadline, expire_days(rule, deadline))
        )
        self._add(
            Life(
                party, rule, f"{identities.ids[party]}/{vin}/{NEXT}/{base.day[0]}/1", car,
                rule.role if rule.role_given else role, day, int(open_[0].astype(np.int64)), first, last, end,
                end_of_day(deadline)[0], False, "1", "", False, NO_DAY, row, False, 0,
            )
        )  # fmt: skip

    def _add(self, life: Life) -> None:
        self.lives.append(life)
        self.by_key[life.key] = life
