"""Due contacts with what became of them: state, and the row of the log that closed them (DOM 0.3, 5.6).

Most items are answered by plain rows, and each by itself: the first fitting row closes it. They are judged as
arrays. Parties whose rows move items, name other items' keys or fail too often are played row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from xl_retention.domain.anchors import Anchors
from xl_retention.domain.cadence import MONTH_SERIES, Listing, Offset, Rule
from xl_retention.domain.contact_log import (
    CONNECTED,
    DEFAULT_ROLE,
    MOVED,
    REFUSED,
    SENT,
    UNREACHED,
    key_rule,
    named_rules,
    split_keys,
)
from xl_retention.domain.contacts import lives
from xl_retention.domain.due import NEVER, NOT_BLANK, SHIFTED_AT_MOST, Items, Wanted, all_items, items_of, no_items
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.kpis.joining import spread
from xl_retention.domain.kpis.past import left_between, present
from xl_retention.domain.life import COVERED, DONE, UNREACHABLE, WINDOW_DAYS, Life
from xl_retention.domain.log_play import CONTACT_ANY_RULE
from xl_retention.domain.ordering import order_of
from xl_retention.domain.owners import OWNER_FIELDS
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places
from xl_retention.domain.worklist import stop_reasons


class State(IntEnum):
    """Where an item stands, as far as key figures tell it apart; closed by the log goes before stopped."""

    WAITING = 0
    STOPPED = 1
    DONE = 2
    UNREACHABLE = 3
    COVERED = 4


WORD_BY_ROLE = ("DLV-7D-SA", "DLV-7D-CS")
"""Rules that share the word 7天; who called tells which is meant (DOM 2.18)."""
CLOSED = {DONE: State.DONE, UNREACHABLE: State.UNREACHABLE, COVERED: State.COVERED}


@dataclass(frozen=True)
class DueBetween(Wanted):
    """
    Items of one rule that may be due from *day* to *until*.

    Args:
        rule: The rule.
        shifted: So many days at most are due days moved away from days off.
    """

    until: np.datetime64 | None = None
    rule: Rule | None = None
    shifted: int = 0

    def among(self, party: Places, opens: Days, expires: Days) -> Flags:
        """All of them."""
        return np.ones(len(party), np.bool_)

    def anchored(self, anchors: Anchors, before: Places | int, behind: Places | int | None) -> Places:
        """Places of the anchors whose items may be wanted; a month has 28 to 31 days."""
        assert self.day is not None
        assert self.until is not None
        assert self.rule is not None
        fewest, most = distance(self.rule.due, self.shifted, anchors.months, anchors.days)
        number = anchors.day.astype("datetime64[D]").view(np.int64)
        wanted = number <= int(self.until.astype(np.int64)) - fewest
        wanted &= number >= int(self.day.astype(np.int64)) - most
        if anchors.only is not None:
            wanted &= anchors.only
        return np.flatnonzero(wanted)


def distance(offset: Offset, shifted: int, months: Places | int = 0, days: Places | int = 0) -> tuple[Places, Places]:
    """
    Fewest and most days from an anchor to *offset* after its base day; a month has 28 to 31 days.

    Args:
        shifted: So many days at most it is moved away from days off.
        months, days: From the anchor to the base day.
    """
    spare = shifted + (0 if offset.hours is None else abs(offset.hours) // 24 + 2)
    all_months = np.asarray(months, np.int64) + offset.months
    all_days = np.asarray(days, np.int64) + offset.days
    fewest, most = np.minimum(28 * all_months, 31 * all_months), np.maximum(28 * all_months, 31 * all_months)
    return fewest + all_days - spare, most + all_days + spare


@dataclass(frozen=True)
class Anchored(Wanted):
    """
    Items of anchors from *lower* to *upper*, and those that may be on a list on any day from *day* to *until*.

    Args:
        lower, upper: Days; *lower* not after *day*, *upper* not before *until*.
    """

    until: np.datetime64 | None = None
    lower: np.datetime64 | None = None
    upper: np.datetime64 | None = None

    def among(self, party: Places, opens: Days, expires: Days) -> Flags:
        """All of them."""
        return np.ones(len(party), np.bool_)

    def anchored(self, anchors: Anchors, before: Places | int, behind: Places | int | None) -> Places:
        """Places of the anchors whose items may be wanted."""
        first, until, lower, upper = (
            int(day.astype(np.int64)) for day in (self.day, self.until, self.lower, self.upper) if day is not None
        )
        number = anchors.day.astype("datetime64[D]").view(np.int64)
        wanted = number <= np.maximum(upper, until - before + WINDOW_DAYS)
        wanted &= (number >= NOT_BLANK) if behind is None else (number >= np.minimum(lower, first - behind))
        if anchors.only is not None:
            wanted &= anchors.only
        return np.flatnonzero(wanted)


@dataclass(frozen=True)
class Followed:
    """Items as they were laid, and what became of them.

    Args:
        items: With their original days.
        state: `State` of each.
        closed_by: Row of the situation's log that closed it; -1 for none.
    """

    items: Items
    state: Places
    closed_by: Places

    def __len__(self) -> int:
        return len(self.items)


def items_on(situation: Situation, codes: Sequence[str], wanted: Wanted) -> Items:
    """The items of customers under the rules *codes* that are on and reach today's calls."""
    items = all_items(situation, wanted, _calls(situation, codes))
    return items.where(items.party < situation.identities.customer_count)


def items_due(situation: Situation, codes: Sequence[str], first: np.datetime64, last: np.datetime64) -> Items:
    """The items of customers under the rules *codes* that are due from one day to another."""
    shifted = 0 if situation.parameters.choice("shift_nonworking") == "none" else SHIFTED_AT_MOST
    parts: list[Items] = []
    go_live = situation.parameters.date("go_live_date")
    for rule in _calls(situation, codes):
        if not rule.on or (go_live is not None and _latest_deadline(rule, last, shifted) < np.datetime64(go_live, "D")):
            continue
        near, wanted = situation, DueBetween(first, None, last, rule, shifted)
        if rule.counts_from == "checkout":
            # Cars that left long ago are passed over at once.
            fewest, most = distance(rule.due, shifted)
            near = left_between(
                situation, first - np.timedelta64(int(most), "D"), last - np.timedelta64(int(fewest), "D")
            )
        parts.append(items_of(near, rule, wanted))
    items = Items.together([part for part in parts if len(part)] or [no_items()])
    due = items.due.astype("datetime64[D]")
    kept = (items.party < situation.identities.customer_count) & (due >= first) & (due <= last)
    return items.where(kept)


def _latest_deadline(rule: Rule, due: np.datetime64, shifted: int) -> np.datetime64:
    """No item due on a day has a later deadline; those from before go-live do not exist."""
    least, _ = distance(rule.due, shifted)
    _, most = distance(rule.due if rule.deadline is None else rule.deadline, shifted)
    return due + np.timedelta64(int(most - least), "D")


def _calls(situation: Situation, codes: Sequence[str]) -> list[Rule]:
    rules = [situation.rules[code] for code in codes if code in situation.rules]
    return [rule for rule in rules if rule.listing is Listing.CALLS]


def followed(situation: Situation, items: Items) -> Followed:
    """What became of *items*, none of which may belong to a chain."""
    return _Following(situation, items).followed()


class _Answers:
    """The rows of the log, ordered by party and time, with what they name."""

    DAYS = 1 << 22

    def __init__(self, situation: Situation) -> None:
        self.log = log = situation.log
        self.order = order_of(log.party)
        day = log.day.astype(np.int64)
        self.key = log.party[self.order] * self.DAYS + day[self.order]
        self.has_keys = np.zeros(len(log), np.bool_)
        self.keys_of: dict[int, set[str]] = {}
        for row in log.with_keys.tolist():
            keys = {key for key in split_keys(log.keys[row]) if key_rule(key)}
            if keys:
                self.keys_of[row] = keys
        self.has_keys[list(self.keys_of)] = True
        self.role = _roles(situation)
        self.by_sales = self.role == "SA"
        as_sales = log.rules.those(lambda text: bool(text and named_rules(text, "SA")))
        self.names_any = as_sales | self.has_keys
        result = log.results
        self.connected = result.is_any(CONNECTED)
        self.answered = result.is_any(CONNECTED, REFUSED)
        self.sent = result.is_any(SENT)
        self.unreached = result.is_any(*UNREACHED)
        self.moving = result.is_any(MOVED) & ~np.isnat(log.agreed)

    def between(self, party: Places, first: Places, last: Places) -> tuple[Places, Places]:
        """Pairs of a place in *party* and a row of that party from its *first* to its *last* day."""
        low = np.searchsorted(self.key, party * self.DAYS + first, "left")
        high = np.searchsorted(self.key, party * self.DAYS + last, "right")
        return spread(low, np.maximum(low, high), self.order)

    def naming(self, codes: Sequence[str], rule: Places, row: Places) -> Flags:
        """
        Pairs of a rule and a row whose rule column names it, in the role of whoever called.

        Args:
            codes: Rules.
            rule, row: Place of the rule in *codes*, and of the row in the log.
        """
        texts = self.log.rules.different.tolist()

        def names(code: str, text: str, role: str) -> bool:
            named = named_rules(text, role) if text else ()
            return code in named or (code.startswith(MONTH_SERIES) and MONTH_SERIES in named)

        def by_text(code: str, caller: str) -> list[bool]:
            role = caller if code in WORD_BY_ROLE else DEFAULT_ROLE
            return [names(code, text, role) for text in texts]

        table = np.array([[by_text(code, caller) for caller in (DEFAULT_ROLE, "SA")] for code in codes], np.bool_)
        return np.asarray(table[rule, self.by_sales[row].astype(np.int64), self.log.rules.code[row]])


def _roles(situation: Situation) -> np.ndarray:
    """Role of whoever made each contact of the log (DOM 0.3, "The role of a row")."""
    log, identities, store = situation.log, situation.identities, situation.store
    typed, staff = (log.table.words(name).where(log.row) for name in ("role", "staff"))
    by_staff = staff.renamed(lambda name: log.staff_roles.get(name, "") if name else "")
    untyped, known = typed.is_any(""), ~by_staff.is_any("")
    role = np.where(untyped, by_staff.texts, typed.texts)
    open_ = np.flatnonzero(untyped & ~known & ~staff.is_any("") & (log.party >= 0))
    open_ = open_[log.party[open_] < identities.customer_count]
    for code, field in OWNER_FIELDS.items():
        own = store.customers.texts(field)[log.party[open_]] == staff.where(open_).texts
        role[open_[own]] = code
        open_ = open_[~own]
    role[role == ""] = DEFAULT_ROLE
    return role


def _answers(situation: Situation) -> _Answers:
    return _Answers(situation)


class _Following:
    """One pass over some items."""

    def __init__(self, situation: Situation, items: Items) -> None:
        self.situation = situation
        self.items = items
        self.answers = present(situation).once(_answers)
        self.known_rows = len(situation.log)
        self.gap = situation.parameters.integer("min_gap_days")
        self.codes, self.rule = items.rules.different.tolist(), items.rules.code.astype(np.int64)
        self.open, self.anchor, self.deadline = (
            days.astype(np.int64) for days in (items.open, items.anchor, items.deadline)
        )
        self.expire = np.minimum(items.expire.astype(np.int64), NEVER.astype(np.int64))
        self.state = np.zeros(len(items), np.int64)
        self.closed_by = np.full(len(items), -1, np.int64)

    def followed(self) -> Followed:
        if len(self.items):
            self._answered()
            stopped = self.items.stopped | (stop_reasons(self.situation, self.items) != "")
            self.state[(self.state == State.WAITING) & stopped] = State.STOPPED
        return Followed(self.items, self.state, self.closed_by)

    def _of_rules(self, fits: list[bool]) -> Flags:
        return np.array(fits, np.bool_)[self.rule]

    @cached_property
    def series(self) -> Flags:
        """Items of the month series, which any conversation covers."""
        return self._of_rules([code.startswith(MONTH_SERIES) for code in self.codes])

    @cached_property
    def keys(self) -> list[str]:
        """Due keys of the items."""
        identities = self.situation.identities
        return self.items.keys(identities.ids, identities.car_ids)

    def _answered(self) -> None:
        answers, items, log = self.answers, self.items, self.answers.log
        starts = self.open - WINDOW_DAYS
        starts = np.where(self.anchor <= self.open, np.maximum(starts, self.anchor), starts)
        covered_from = self.open - self.gap
        first = np.where(self.series, np.minimum(starts, covered_from), np.minimum(starts, self.open))
        item, row = answers.between(items.party, first, self.expire)
        there = row < self.known_rows
        item, row = item[there], row[there]
        day = log.day.astype(np.int64)[row]
        reached = (log.car[row] == NO_CAR) | (items.car[item] == NO_CAR) | (log.car[row] == items.car[item])
        named = answers.naming(self.codes, self.rule[item], row)
        with_keys = answers.has_keys[row]
        own_key = np.zeros(len(item), np.bool_)
        for pair in np.flatnonzero(with_keys).tolist():
            own_key[pair] = self.keys[item[pair]] in answers.keys_of[int(row[pair])]
        role = items.role[item] == answers.role[row]
        fits = reached & (day >= starts[item]) & ~with_keys & (named | (~answers.names_any[row] & role))
        hit = fits | own_key
        done = hit & (answers.answered[row] | (answers.sent[row] & self._of_rules(self._sent())[item]))
        any_rule = self._of_rules([code == CONTACT_ANY_RULE for code in self.codes])[item]
        open_ = (self.open[item] <= day) & (day <= self.deadline[item])
        done |= any_rule & answers.connected[row] & role & reached & open_
        covered = self.series[item] & answers.connected[row] & reached & (day >= covered_from[item])

        event = np.flatnonzero(done | covered)
        closed, at = np.unique(item[event], return_index=True)
        event = event[at]
        self.state[closed] = np.where(done[event], State.DONE, State.COVERED)
        self.closed_by[closed] = row[event]

        failures = np.bincount(item[hit & answers.unreached[row]], minlength=len(items))
        entangled = failures >= self.situation.parameters.integer("max_attempts")
        entangled[item[answers.moving[row]]] = True
        entangled[item[with_keys & ~own_key & (named | self._key_names(item, row, with_keys))]] = True
        self._early_keys(entangled, first)
        self._play(entangled)

    def _sent(self) -> list[bool]:
        return [self.situation.rules[code].sent for code in self.codes]

    def _key_names(self, item: Places, row: Places, with_keys: Flags) -> Flags:
        """Pairs in which a key of the row is one of the item's rule, if not of the item."""
        named = np.zeros(len(item), np.bool_)
        for pair in np.flatnonzero(with_keys).tolist():
            codes = {key_rule(key) for key in self.answers.keys_of[int(row[pair])]}
            code = self.codes[self.rule[item[pair]]]
            named[pair] = code in codes or (MONTH_SERIES in codes and code.startswith(MONTH_SERIES))
        return named

    def _early_keys(self, entangled: Flags, first: Places) -> None:
        """Items whose key stands in a row before their window, or in one of another party."""
        if not self.answers.keys_of:
            return
        log, place = self.answers.log, {key: number for number, key in enumerate(self.keys)}
        for row, keys in self.answers.keys_of.items():
            if row >= self.known_rows:
                continue
            for key in keys & place.keys():
                item = place[key]
                other = self.items.party[item] != log.party[row]
                entangled[item] |= other or int(log.day[row].astype(np.int64)) < first[item]

    def _play(self, entangled: Flags) -> None:
        """Plays all items of the parties concerned, row by row."""
        parties = np.zeros(len(self.situation.identities.ids) + 1, np.bool_)
        parties[self.items.party[entangled]] = True
        if not parties.any():
            return
        known: dict[str, Life] = {life.key: life for life in lives(self.situation, parties)}
        for item in np.flatnonzero(parties[self.items.party]).tolist():
            life = known.get(self.keys[item])
            if life is not None:
                self.state[item] = CLOSED.get(life.closed, State.WAITING)
                self.closed_by[item] = life.closed_by
