"""Due contacts: the windows of the rule table laid on their anchors (DOM 0.3, 3.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from xl_retention.domain.anchors import ANCHORS, Anchors
from xl_retention.domain.cadence import COMPLAINT_CLOCK, Listing, Offset, Rule
from xl_retention.domain.coded import Coded
from xl_retention.domain.dates import add_months, days_later, end_of_day
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Texts, same

NEVER = np.datetime64("9999-12-31", "D")
"""Expire day of items that stay until they are closed."""

NOT_CUT = (*COMPLAINT_CLOCK, "KA-", "PRO-")
"""Rules that go-live does not cut, by the beginning of their code (DOM 0.3)."""


@dataclass(frozen=True)
class Wanted:
    """Which items are built; a store has many more that nobody asks for.

    Args:
        day: Those that are open or overdue on this day; None for none of them.
        parties: And all items of some parties: a flag per party, and False at place NOBODY.
    """

    day: np.datetime64 | None
    parties: Flags | None = None

    def among(self, party: Places, opens: Days, expires: Days) -> Flags:
        """Which items are wanted, by party, open day and expire day."""
        if self.day is None:
            return self._of_parties(party)
        listed = (opens <= self.day) & (self.day <= expires)
        return listed if self.parties is None else listed | self._of_parties(party)

    def anchored(self, anchors: Anchors, before: Places | int, behind: Places | int | None) -> Places:
        """
        Places of the anchors whose items may be wanted.

        Args:
            before: An item opens at the earliest so many days after its anchor.
            behind: It expires at the latest so many days after its anchor; None for never.
        """
        if self.day is None:
            wanted = self._of_parties(anchors.party)
        else:
            today, number = int(self.day.astype(np.int64)), anchors.day.view(np.int64)
            wanted = number <= today - before
            wanted &= number >= (NOT_BLANK if behind is None else today - behind)
            if self.parties is not None:
                wanted |= self._of_parties(anchors.party)
        if anchors.only is not None:
            wanted &= anchors.only
        return np.flatnonzero(wanted)

    def _of_parties(self, party: Places) -> Flags:
        return np.zeros(len(party), np.bool_) if self.parties is None else self.parties[party]


NOT_BLANK = np.iinfo(np.int64).min + 1
"""The number of a blank day is smaller than this."""


@dataclass
class Items:
    """Due contacts as arrays of one entry each.

    Args:
        rules: Rule codes.
        party, car: Places in `Identities`.
        anchor, open, due, deadline, expire: Days; *expire* NEVER where the item stays.
        moment: Deadline with its clock; end of day where it has none.
        timed: Whether the deadline has a clock.
        sequence: Last part of the due key.
        roles, owner: Who makes the contact; owner "" is found by role.
        stopped: The rule's own stop condition holds.
        expire_by: Latest expire day of every occurrence; NaT for no limit.
        after_row: Row of the log that brought the item about; -1 for none.
        chained: Whether a next occurrence is born when this one closes.
        max_calls: Number of occurrences of the chain; 0 for no limit.
    """

    rules: Coded
    party: Places
    car: Places
    anchor: Days
    open: Days
    due: Days
    deadline: Days
    expire: Days
    moment: Days
    timed: Flags
    sequence: Texts
    roles: Coded
    owner: Texts
    stopped: Flags
    expire_by: Days
    after_row: Places
    chained: Flags
    max_calls: Places

    def __len__(self) -> int:
        return len(self.party)

    @cached_property
    def rule(self) -> Texts:
        """Rule code of each item."""
        return self.rules.texts

    @cached_property
    def role(self) -> Texts:
        """Role of whoever makes each contact."""
        return self.roles.texts

    def where(self, kept: Flags | Places) -> Items:
        """The items for which *kept* is true, or at the places it lists."""
        if kept.dtype == np.bool_:
            if kept.all():
                return replace(self)
            kept = np.flatnonzero(kept)
        chosen: dict[str, Any] = {
            each.name: column.where(kept) if isinstance(column := getattr(self, each.name), Coded) else column[kept]
            for each in fields(self)
        }
        return Items(**chosen)

    def keys(self, party_ids: Texts, car_ids: Texts) -> list[str]:
        """The due keys, `customer_id/vin/rule_code/anchor_date/sequence`, in the order of the items (DOM 0.3)."""
        cars = same("", len(self))
        named = np.flatnonzero(self.car >= 0)
        cars[named] = car_ids[self.car[named]]
        days, day = np.unique(self.anchor, return_inverse=True)
        anchors = np.datetime_as_string(days).astype(object)[day]
        columns = (party_ids[self.party], cars, self.rule, anchors, self.sequence)
        return [
            f"{party}/{car}/{rule}/{anchor}/{sequence}"
            for party, car, rule, anchor, sequence in zip(*(column.tolist() for column in columns), strict=True)
        ]

    @classmethod
    def together(cls, parts: Sequence[Items]) -> Items:
        """All items of *parts* in their order; *parts* must not be empty."""
        def joined(name: str) -> Any:
            columns = [getattr(part, name) for part in parts]
            return Coded.together(columns) if isinstance(columns[0], Coded) else np.concatenate(columns)

        return cls(**{each.name: joined(each.name) for each in fields(cls)})


def shifted(anchors: Anchors, *offsets: Offset) -> list[Days]:
    """The day so much after the base day, for each offset; months count from the anchor itself (DOM V3)."""
    # To count months takes longest, and most rules count the same ones for all their days.
    base_days = {months: _base_day(anchors, months) for months in {offset.months for offset in offsets}}

    def one(offset: Offset) -> Days:
        day = base_days[offset.months]
        by_day = days_later(day, offset.whole_days)
        if offset.hours is None or anchors.clock is None:
            return by_day
        clocked = _moments(days_later(day, offset.days), anchors, offset).astype("datetime64[D]")
        return np.where(np.isnan(anchors.clock), by_day, clocked)

    return [one(offset) for offset in offsets]


def _base_day(anchors: Anchors, months: int) -> Days:
    """The base day, moved by so many months."""
    return days_later(add_months(anchors.day, anchors.months + months), anchors.days)


def _span(anchors: Anchors, offset: Offset) -> tuple[Places | int, Places | int]:
    """Fewest and most days from the anchor to *offset* after the base day; a month has 28 to 31 days."""
    months = anchors.months + offset.months
    days = anchors.days + offset.days
    hours = abs(offset.hours or 0) // 24 + 2 if offset.hours is not None else 0
    fewest, most = np.minimum(28 * months, 31 * months), np.maximum(28 * months, 31 * months)
    return fewest + days - hours, most + days + hours  # type: ignore[return-value]


def _may_be_wanted(situation: Situation, rule: Rule, anchors: Anchors, wanted: Wanted) -> Anchors:
    """Drops the anchors whose items cannot be wanted, by a bound that needs no calendar."""
    first, _ = _span(anchors, rule.open)
    _, last = _span(anchors, rule.due if rule.deadline is None else rule.deadline)
    gap = rule.expire
    if gap is None:
        behind = None
    else:
        tail = SHIFTED_AT_MOST + (_chain_tail(situation, rule) if anchors.chained else 0)
        behind = last + 31 * max(gap.months, 0) + gap.whole_days + tail
    return anchors.where(wanted.anchored(anchors, first - SHIFTED_AT_MOST, behind))


SHIFTED_AT_MOST = 30
"""No series of days off is longer, so no deadline is shifted further (DOM V17)."""


def _moments(day: Days, anchors: Anchors, offset: Offset) -> Days:
    clock = np.nan_to_num(anchors.clock) + 3600.0 * (offset.hours or 0)  # type: ignore[arg-type]
    return np.asarray(day.astype("datetime64[s]") + clock.astype(np.int64).astype("timedelta64[s]"))


def deadline_moments(anchors: Anchors, offset: Offset, deadline: Days) -> tuple[Days, Flags]:
    """Deadline with its clock (end of day where it has none), and where it has one."""
    ends = end_of_day(deadline)
    if offset.hours is None or anchors.clock is None:
        return ends, np.zeros(len(ends), np.bool_)
    day = _base_day(anchors, offset.months)
    exact = _moments(days_later(day, offset.days), anchors, offset)
    timed = ~np.isnan(anchors.clock)
    return np.where(timed, exact, ends), timed


def items_of(situation: Situation, rule: Rule, asked: Wanted | None = None) -> Items:
    """
    The items of one rule, as far as they are wanted; for a chained rule its first occurrences.

    Args:
        asked: Which of them to build; None for all.
    """
    anchors = ANCHORS[rule.counts_from](situation, rule)
    if asked is not None:
        anchors = _may_be_wanted(situation, rule, anchors, asked)
    deadline_offset = rule.due if rule.deadline is None else rule.deadline
    open_, due, deadline = shifted(anchors, rule.open, rule.due, deadline_offset)
    wanted = ~np.isnat(deadline)
    if anchors.only is not None:
        wanted &= anchors.only
    go_live = situation.parameters.date("go_live_date")
    if go_live is not None and not rule.code.startswith(NOT_CUT):
        wanted &= deadline >= np.datetime64(go_live, "D")
    planned = due
    due, deadline = _on_working_days(situation, rule, deadline_offset, due, deadline)
    # What is to be done before a day off has to be seen before it.
    open_ = np.where(due < planned, np.minimum(open_, due), open_)
    expire = expire_days(rule, deadline)
    if anchors.expire_by is not None:
        expire = np.fmin(expire, anchors.expire_by)
    if asked is not None:
        latest = days_later(expire, _chain_tail(situation, rule)) if anchors.chained else expire
        wanted &= asked.among(anchors.party, open_, latest)
    moment, timed = deadline_moments(anchors, deadline_offset, deadline)
    place = np.flatnonzero(wanted)
    count = len(place)

    def filled(values: np.ndarray | None, blank: object, kind: object = object) -> np.ndarray:
        if values is not None:
            return values[place]
        return same(blank, count) if isinstance(blank, str) else np.full(count, blank, kind)  # type: ignore[call-overload]

    sequence = filled(anchors.sequence, "1")
    return Items(
        rules=Coded.same(rule.code, count),
        party=anchors.party[place],
        car=anchors.car[place],
        anchor=anchors.day[place],
        open=open_[place],
        due=due[place],
        deadline=deadline[place],
        expire=expire[place],
        moment=moment[place],
        timed=timed[place],
        sequence=sequence if sequence.dtype == object else _spelled(sequence),
        roles=Coded.same(rule.role, count) if anchors.role is None else Coded.of(anchors.role[place]),
        owner=filled(anchors.owner, ""),
        stopped=filled(anchors.stopped, False, np.bool_),
        expire_by=filled(anchors.expire_by, NO_DAY, "datetime64[D]"),
        after_row=filled(anchors.after_row, -1, np.int64),
        chained=np.full(count, anchors.chained),
        max_calls=np.full(count, anchors.max_calls),
    )


def _spelled(numbers: Places) -> Texts:
    """Each number as a text; few are different."""
    different, place = np.unique(numbers, return_inverse=True)
    return np.array([*map(str, different.tolist()), ""], object)[place]


def _chain_tail(situation: Situation, rule: Rule) -> int:
    """Most days for which later occurrences of a chain may be listed after the first has expired."""
    repeat = situation.parameters.integer("repeat_days")
    calls = situation.parameters.integer("maint_max_calls")
    stop = situation.parameters.integer("first_service_stop_days")
    gap = 0 if rule.expire is None else 31 * rule.expire.months + rule.expire.whole_days
    return stop + calls * (2 * repeat + gap)


def next_occurrence(
    situation: Situation, rule: Rule, first_due: Days, number: Places, closed_on: Days, expire_by: Days
) -> tuple[Days, Days, Days]:
    """
    Due day (and open day), deadline and expire day of the occurrence after number *number* (DOM 3.6).

    Args:
        first_due: Due day of occurrence 1.
        closed_on: Day on which the occurrence before it closed.
        expire_by: Latest expire day; NaT for no limit.
    """
    repeat = situation.parameters.integer("repeat_days")
    due = np.maximum(days_later(first_due, repeat * number), days_later(closed_on, repeat))
    deadline = days_later(due, repeat)
    due, deadline = _on_working_days(situation, rule, rule.due, due, deadline)
    return due, deadline, np.asarray(np.fmin(expire_days(rule, deadline), expire_by))


def grown(situation: Situation, items: Items, those: Flags, over: Callable[[Items], Flags]) -> Items:
    """
    Chains without any log row: each occurrence that is over gives birth to the next (DOM 3.6, T81).

    Args:
        items: Chained ones at their first occurrence; the others stay as they are.
        those: Which of the items are asked for.
        over: Which occurrences are to be followed by the next; it is born on the day they expire.
    """
    done = [items.where(those & ~items.chained)]
    chained = items.where(those & items.chained)
    for code in sorted(set(chained.rule.tolist())):
        chain = chained.where(chained.rule == code)
        rule, first_due, number = situation.rules[code], chain.due, 1
        while len(chain):
            passed = over(chain) & ~chain.stopped
            done.append(chain.where(~passed))
            chain, first_due = chain.where(passed), first_due[passed]
            due, deadline, expire = next_occurrence(
                situation, rule, first_due, np.full(len(chain), number), chain.expire, chain.expire_by
            )
            number += 1
            chain.open, chain.due, chain.deadline, chain.expire = due, due, deadline, expire
            chain.moment, chain.timed = end_of_day(deadline), np.zeros(len(chain), np.bool_)
            chain.sequence = same(str(number), len(chain))
            born = ~(due > chain.expire_by) & ((chain.max_calls == 0) | (number <= chain.max_calls))
            chain, first_due = chain.where(born), first_due[born]
    return Items.together(done)


def expire_days(rule: Rule, deadline: Days) -> Days:
    """Last day on which an item is still listed."""
    if rule.expire is None:
        return np.full(len(deadline), NEVER)
    return days_later(add_months(deadline, rule.expire.months), rule.expire.whole_days)


def _on_working_days(
    situation: Situation, rule: Rule, offset: Offset, due: Days, deadline: Days
) -> tuple[Days, Days]:
    """Days off moved as parameter `shift_nonworking` says; limits in hours never move (DOM V17)."""
    how = situation.parameters.choice("shift_nonworking")
    if how == "none" or rule.listing is not Listing.CALLS:
        return due, deadline
    calendar = situation.store.working_days
    if rule.due.hours is None:
        due = calendar.shift(due, how)  # type: ignore[arg-type]
    if offset.hours is None:
        deadline = calendar.shift(deadline, how)  # type: ignore[arg-type]
    return due, deadline


def all_items(
    situation: Situation, asked: Wanted | None = None, rules: Iterable[Rule] | None = None
) -> Items:
    """The items of all rules that are on and reach today's calls, in the order of the rule table."""
    if rules is None:
        rules = [rule for rule in situation.rules.values() if rule.listing is Listing.CALLS]
    return Items.together([items_of(situation, rule, asked) for rule in rules if rule.on] or [no_items()])


def no_items() -> Items:
    """Nothing due."""
    kinds = {"anchor": "D", "open": "D", "due": "D", "deadline": "D", "expire": "D", "expire_by": "D", "moment": "s"}
    places, flags = ("party", "car", "after_row", "max_calls"), ("timed", "stopped", "chained")

    def column(name: str) -> Any:
        if name in ("rules", "roles"):
            return Coded.blank(0)
        if name in kinds:
            return np.empty(0, f"datetime64[{kinds[name]}]")
        return np.empty(0, np.int64 if name in places else np.bool_ if name in flags else object)

    return Items(**{field.name: column(field.name) for field in fields(Items)})


def as_date(day: np.datetime64) -> dt.date:
    """A single day as `datetime.date`."""
    return day.astype("datetime64[D]").item()  # type: ignore[no-any-return]
