"""Which logged contact closes which due contact: the log played over the items (DOM 0.3, 3.6 "Repeating").

Most items have no log row near them: their windows stand as laid, and they are judged as arrays. Only the
parties that have such rows are played row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import dropwhile
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from xl_retention.domain.anchors import Anchors
from xl_retention.domain.cadence import COMPLAINT_CLOCK, MONTH_SERIES, Listing, Rule
from xl_retention.domain.coded import Coded
from xl_retention.domain.contact_log import (
    CONNECTED,
    MOVED,
    SENT,
    ContactLog,
    key_rule,
    named_rules,
    split_keys,
)
from xl_retention.domain.dates import end_of_day
from xl_retention.domain.due import (
    NEVER,
    Items,
    Wanted,
    all_items,
    expire_days,
    grown,
    next_occurrence,
    no_items,
    shifted,
)
from xl_retention.domain.identity import NO_CAR, NOBODY
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places, Texts

DONE, UNREACHABLE, COVERED, MISSED = "done", "unreachable", "covered", "missed"
WINDOW_DAYS = 3
"""A contact so many days before the open day still answers the item (DOM 0.3)."""
NEVER_DAY = int(NEVER.astype(np.int64))
NEXT = "NEXT"
Families = npt.NDArray[np.uint64]
CONTACT_ANY_RULE = "DLV-15-30"
"""Done by any conversation of the same role between its open day and its deadline (DOM 0.3)."""

OWNER_FIELDS = {"SA": "sales_advisor", "CS": "cs_owner", "SV": "service_advisor_owner"}
"""Who of the store looks after a customer, by role."""

Qualifies = Callable[[str, str], bool]
ACCOUNT_CONTACTS: dict[str, Qualifies] = {
    # Contacts that satisfy a key account's period, by result and channel (DOM 3.6).
    "KA-WEEK": lambda result, channel: result == CONNECTED and channel in ("", "电话"),
    "KA-MONTH": lambda result, channel: result in (CONNECTED, SENT),
    "KA-QTR": lambda result, channel: result == CONNECTED and channel == "上门",
}


_OF_LIFE = {"rules": "rule.code", "roles": "role"}
"""Columns of `Items` that a `Life` holds under another name."""


def is_follow_up(code: str) -> bool:
    """Whether a rule is one of the prospects'."""
    return code.startswith("PRO-")


@dataclass(slots=True)
class Life:
    """One item while the log is played; days as numbers since 1970-01-01."""

    party: int
    rule: Rule
    key: str
    car: int
    role: str
    anchor: int
    open: int
    due: int
    deadline: int
    expire: int
    moment: np.datetime64
    timed: bool
    sequence: str
    owner: str
    stopped: bool
    expire_by: np.datetime64
    after_row: int
    chained: bool
    max_calls: int
    first_due: int = 0
    original_open: int = 0
    original_deadline: int = 0
    closed: str = ""
    closed_on: int = 0
    closed_by: int = -1
    attempts: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.first_due = self.first_due or self.due
        self.original_open, self.original_deadline = self.open, self.deadline

    @property
    def starts(self) -> int:
        """First day of a contact that can answer this item; never before an anchor that lies behind."""
        start = self.original_open - WINDOW_DAYS
        return max(start, self.anchor) if self.anchor <= self.original_open else start

    def takes(self, day: int) -> bool:
        """Whether a contact on *day* lies in the window."""
        return self.starts <= day <= self.expire

    def reached_from(self, party: int, car: int) -> bool:
        """Whether a row of *party* that names *car* (or none) can be about this item."""
        return party == self.party and (car == NO_CAR or self.car in (NO_CAR, car))

    def close(self, how: str, day: int, row: int = -1) -> None:
        """Closes for good; *row* of the log did it, -1 for time."""
        self.closed, self.closed_on, self.closed_by = how, day, row

    def move(self, day: int) -> None:
        """Puts the item off to an agreed day; the expire day keeps its distance."""
        if self.expire != NEVER_DAY:
            self.expire += day - self.deadline
        self.open = self.due = self.deadline = day
        self.moment = end_of_day(np.array([day], "datetime64[D]"))[0]
        self.timed = False


@dataclass(frozen=True)
class DueContacts:
    """Items with the windows they have now.

    Args:
        items: Not closed by the log.
        as_of: The day they are judged on.
    """

    items: Items
    as_of: np.datetime64

    def listed(self) -> Items:
        """Items that are open or overdue, whatever global stops say (DOM 0.3)."""
        items = self.items
        return items.where(~items.stopped & (items.open <= self.as_of) & (self.as_of <= items.expire))


def due_contacts(situation: Situation) -> DueContacts:
    """The items of a store that may be listed on the situation's day, after playing the log."""
    return _Playing(situation).played()


def lives(situation: Situation, parties: Flags) -> list[Life]:
    """
    All items that some parties have, closed ones too, with the log played over them up to the situation's day.

    Args:
        parties: A flag per party, and False at place NOBODY. Whoever shares log rows with them comes along.
    """
    playing = _Playing(situation)
    asked, before = parties.copy(), -1
    while before != (before := int(asked.sum())):
        for row, addressed in playing.addressees.items():
            sharing = [*addressed, *([party] if (party := int(playing.log.party[row])) >= 0 else [])]
            if asked[sharing].any():
                asked[sharing] = True
    return playing.lived(all_items(situation, Wanted(None, asked)), asked)


class _Playing:
    """One pass: which items matter, whose log has to be played, and what remains."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.log = situation.log
        self.days = self.log.day.astype(np.int64)
        self.day = situation.day
        self.today = int(self.day.astype(np.int64))
        self.identities = situation.identities
        self.rules = situation.rules
        self.max_attempts = situation.parameters.integer("max_attempts")
        self.min_gap = situation.parameters.integer("min_gap_days")
        self.lead = max(WINDOW_DAYS, self.min_gap)

    def played(self) -> DueContacts:
        party_count = len(self.identities.ids)
        whole = np.zeros(party_count + 1, np.bool_)
        agreed = self._agreed_lately()
        whole[self.log.party[agreed]] = True
        for row in agreed.tolist():
            whole[list(self.addressees.get(row, ()))] = True
        whole[NOBODY] = False
        items = all_items(self.situation, Wanted(self.day, whole if whole.any() else None))
        needs = whole | self._with_rows_near(items)
        stale = self._with_stale_keys(items, needs & ~whole)
        if stale.any():
            items = Items.together([
                items.where(~stale[items.party]),
                all_items(self.situation, Wanted(None, stale)),
            ])  # fmt: skip
            needs |= stale
        quiet = ~needs[items.party]
        quiet |= items.rules.those(is_follow_up)  # prospects are followed up by their own walk (DOM 3.8)
        chains = grown(self.situation, items.where(quiet), lambda chain: chain.expire < self.day)
        remaining = [chains, self._survivors(items.where(~quiet), needs)]
        return DueContacts(Items.together(remaining), self.day)

    @cached_property
    def addressees(self) -> dict[int, set[int]]:
        """Parties other than its own whose due keys a log row holds, by row: the key alone is enough (DOM 0.3)."""
        found: dict[int, set[int]] = {}
        log = self.log
        if not len(log.with_keys):
            return found
        ids, places = self.identities.ids, self.identities.party_places
        for row in log.with_keys.tolist():
            own = ids[log.party[row]] if log.party[row] >= 0 else None
            for key in split_keys(log.keys[row]):
                party_id = key.rsplit("/", 4)[0]
                if party_id != own and (party := places.get(party_id)) is not None:
                    found.setdefault(row, set()).add(party)
        return found

    def owners(self, party: int) -> dict[str, str]:
        """A party's own people by role, by whom a log row tells its role (DOM 0.3)."""
        first = self.identities.prospect_from
        if 0 <= party < first:
            return {role: str(people[party]) for role, people in self._people.items()}
        if first <= party < self.identities.account_from:
            return {"SA": str(self._advisors[party - first])}
        return {}

    @cached_property
    def _people(self) -> dict[str, Texts]:
        customers = self.situation.store.customers
        return {role: customers.texts(name) for role, name in OWNER_FIELDS.items()}

    @cached_property
    def _advisors(self) -> Texts:
        return self.situation.store["prospect"].texts("sales_advisor")

    def _agreed_lately(self) -> Places:
        """Rows whose agreed day can still put something on today's list."""
        gaps = [
            31 * rule.expire.months + rule.expire.whole_days
            for rule in self.rules.values()
            if rule.listing is Listing.CALLS and rule.expire is not None
        ]
        log = self.log
        lately = log.agreed >= self.day - np.timedelta64(max(gaps), "D")
        return np.flatnonzero(lately & log.results.is_any(CONNECTED, MOVED))

    def _with_rows_near(self, items: Items) -> Flags:
        """Parties with a log row that may touch one of their items."""
        count, log = len(self.identities.ids), self.log
        far = np.iinfo(np.int64).max
        earliest = np.full(count + 1, far)
        np.minimum.at(earliest, items.party, items.open.astype(np.int64))
        earliest[NOBODY] = far
        near = np.zeros(count + 1, np.bool_)
        bound = earliest[log.party]
        close = (bound < far) & (self.days >= bound - np.where(bound < far, self.lead, 0))
        has = np.zeros(count + 1, np.uint64)
        families = _families(items.rules.different.tolist())
        np.bitwise_or.at(has, items.party, families[items.rules.code])
        close &= (has[log.party] & self._touched(items.rules.different.tolist(), families)) != 0
        near[log.party[close]] = True
        asked = np.zeros(count + 1, np.bool_)
        keys: set[str] = set()
        for row in log.with_keys[~close[log.with_keys]].tolist():
            keys.update(split_keys(log.keys[row]))
            asked[[int(log.party[row]), *self.addressees.get(row, ())]] = True
        asked[NOBODY] = False
        for row, parties in self.addressees.items():
            keys.update(split_keys(log.keys[row]))
            asked[list(parties)] = True
        places = np.flatnonzero(asked[items.party] & ~near[items.party])
        for party, key in zip(items.party[places].tolist(), self._keys(items.where(places)), strict=True):
            if key in keys:
                near[party] = True
        return near

    def _touched(self, codes: list[str], families: Families) -> Families:
        """The families of rules whose items each log row may touch, as bits; rather one too many."""
        log, everything = self.log, ~np.uint64(0)

        def bits(fits: Callable[[str], bool]) -> np.uint64:
            return np.uint64(np.bitwise_or.reduce(families[[fits(code) for code in codes]], initial=0))

        def named(text: str) -> np.uint64:
            by_role = [named_rules(text, role) for role in ("SA", "")]  # of all roles only that of sales matters
            if not all(by_role):
                return everything  # a row without a rule answers whatever is open for its role
            rules = {rule for each in by_role for rule in each}
            return bits(lambda code: code in rules or (MONTH_SERIES in rules and code.startswith(MONTH_SERIES)))

        touched = np.array([*map(named, log.rules.different.tolist()), everything])[log.rules.code]
        touched |= bits(ACCOUNT_CONTACTS.__contains__)
        of_any_talk = bits(lambda code: code.startswith(MONTH_SERIES) or code == CONTACT_ANY_RULE)
        touched[log.results.is_any(CONNECTED)] |= of_any_talk
        touched[~np.isnat(log.agreed)] = everything
        touched[log.with_keys] = everything
        return touched

    def _keys(self, items: Items) -> list[str]:
        return items.keys(self.identities.ids, self.identities.car_ids)

    def _with_stale_keys(self, items: Items, parties: Flags) -> Flags:
        """
        Parties with a row whose due key fits no item built so far, but a rule it names has one.

        Only the whole of a party's items tells whether such a key is of an item long closed, and so spent, or
        fits none any more, and so counts as its rule code (DOM 0.3, matching 1 and 2).
        """
        log = self.log
        stale = np.zeros(len(parties), np.bool_)
        rows = [row for row in log.with_keys.tolist() if parties[log.party[row]]]
        if not rows:
            return stale
        asked = np.zeros(len(parties), np.bool_)
        asked[log.party[rows]] = True
        near = items.where(asked[items.party])
        known = set(self._keys(near))
        rules_of: dict[int, set[str]] = defaultdict(set)
        for party, code in zip(near.party.tolist(), near.rule.tolist(), strict=True):
            rules_of[party].add(code)
            if code.startswith(MONTH_SERIES):
                rules_of[party].add(MONTH_SERIES)
        for row in rows:
            party = int(log.party[row])
            named = {*log.codes(row, log.role(row, self.owners))}
            for key in split_keys(log.keys[row]):
                if key not in known and not rules_of[party].isdisjoint({key_rule(key), *named}):
                    stale[party] = True
                    stale[list(self.addressees.get(int(row), ()))] = True
        stale[NOBODY] = False
        return stale

    def _survivors(self, items: Items, needs: Flags) -> Items:
        """Plays the log of each party that needs it; what is not closed comes back."""
        return self._as_items([life for life in self.lived(items, needs) if not life.closed])

    def lived(self, items: Items, needs: Flags) -> list[Life]:
        """The items of the parties that *needs* names, and those born meanwhile, with the log played over them."""
        log = self.log
        groups = _Groups()
        for row, parties in self.addressees.items():
            if (log.party[row] >= 0 and needs[log.party[row]]) or any(needs[party] for party in parties):
                groups.join([int(log.party[row])] * bool(log.party[row] >= 0) + sorted(parties))
        rows_of: dict[int, list[_Entry]] = defaultdict(list)
        for entry in self._entries(np.flatnonzero(needs[log.party])):
            rows_of[groups.of(entry.party)].append(entry)
        for row, parties in self.addressees.items():
            if not (log.party[row] >= 0 and needs[log.party[row]]):
                group = groups.of(min(parties))
                if log.party[row] < 0 or groups.of(int(log.party[row])) == group:
                    rows_of[group].extend(self._entries(np.array([row])))
        lives_of: dict[int, list[Life]] = defaultdict(list)
        for life in self._lives(items):
            lives_of[groups.of(life.party)].append(life)
        lived: list[Life] = []
        for group in sorted(rows_of.keys() | lives_of.keys()):
            lived.extend(_Play(self, lives_of[group]).play(sorted(rows_of[group])))
        return lived

    def _entries(self, rows: Places) -> Iterable[_Entry]:
        log = self.log
        agreed = log.agreed[rows].astype("datetime64[D]")
        columns = (
            rows, self.days[rows], log.party[rows], log.car[rows], log.results.where(rows).texts,
            log.typed_results.where(rows).texts, log.texts("channel", rows), log.texts("due_key", rows),
            agreed.astype(np.int64), np.isnat(agreed),
        )  # fmt: skip
        return map(_Entry._make, zip(*(column.tolist() for column in columns), strict=True))

    def _lives(self, items: Items) -> Iterable[Life]:
        opens, dues, deadlines, expires, anchors = (
            days.astype(np.int64).tolist()
            for days in (items.open, items.due, items.deadline, items.expire, items.anchor)
        )
        columns = (
            items.party.tolist(),
            [self.rules[code] for code in items.rule],
            self._keys(items),
            items.car.tolist(),
            items.role.tolist(),
            anchors,
            opens,
            dues,
            deadlines,
            expires,
            items.moment,
            items.timed.tolist(),
            items.sequence.tolist(),
            items.owner.tolist(),
            items.stopped.tolist(),
            items.expire_by,
            items.after_row.tolist(),
            items.chained.tolist(),
            items.max_calls.tolist(),
        )
        return (Life(*values) for values in zip(*columns, strict=True))

    @staticmethod
    def _as_items(lives: list[Life]) -> Items:
        kinds = no_items()
        if not lives:
            return kinds
        names = [each.name for each in fields(Items)]
        of_life = attrgetter(*(_OF_LIFE.get(name, name) for name in names))
        columns = dict(zip(names, zip(*map(of_life, lives), strict=True), strict=True))
        made: dict[str, Any] = {
            name: Coded.of(np.array([*column, ""], object)[:-1])
            if name in _OF_LIFE
            else np.array(column, getattr(kinds, name).dtype)
            for name, column in columns.items()
        }
        return Items(**made)


def _families(codes: list[str]) -> Families:
    """A bit for each rule code; far apart in the list two may share one."""
    return np.array([1 << (place % 64) for place in range(len(codes))], np.uint64)


class _Entry(NamedTuple):
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


class _Groups:
    """Parties that share log rows are played together (disjoint sets)."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def of(self, party: int) -> int:
        """The party that stands for the group of *party*."""
        while (parent := self._parent.get(party, party)) != party:
            party = parent
        return party

    def join(self, parties: list[int]) -> None:
        """Puts *parties* into one group."""
        first = self.of(parties[0])
        for party in parties[1:]:
            if (other := self.of(party)) != first:
                self._parent[other] = first


def _fits(life: Life, entry: _Entry) -> bool:
    """Whether a row can be about an item: written after it came about, in its window, about its customer and car."""
    return entry.row > life.after_row and life.takes(entry.day) and life.reached_from(entry.party, entry.car)


class _Play:
    """The items of some parties, and their log rows played over them in order of time."""

    def __init__(self, playing: _Playing, lives: list[Life]) -> None:
        self.playing = playing
        self.log: ContactLog = playing.log
        self.lives = lives
        self.by_key = {life.key: life for life in lives}
        self.has_chains = any(life.chained for life in lives)
        self.agreed_seen: set[tuple[int, int, int]] = set()

    def play(self, rows: list[_Entry]) -> list[Life]:
        first = min(map(self._earliest_touched, self.lives), default=NEVER_DAY)
        # No row before the first day changes anything, unless it names a due key or agrees on a day.
        for entry in dropwhile(lambda entry: entry.day < first and entry.answers_only, rows):
            if self.has_chains:
                self._miss(before=entry.day)
            if entry.result:
                self._answer(entry)
        if self.has_chains:
            self._miss(before=self.playing.today)
        return self.lives

    def _earliest_touched(self, life: Life) -> int:
        """No row before this day changes anything about an item, unless it names its due key."""
        first = min(life.open - self.playing.lead, life.expire)
        return min(first, life.anchor) if life.rule.code in ACCOUNT_CONTACTS else first

    def _miss(self, before: int) -> None:
        """Occurrences of a chain whose time has run out give birth to the next one."""
        waiting = [life for life in self.lives if life.chained and not life.closed]
        for life in waiting:
            current: Life | None = life
            while current and not current.stopped and current.expire < before:
                current.close(MISSED, current.expire)
                current = self._born_after(current)

    def _answer(self, entry: _Entry) -> None:
        row, day, agreed = entry.row, entry.day, entry.agreed
        outcome = self.log.outcomes[entry.typed_result]
        role = self.log.role(row, self.playing.owners)
        hits = self._hits(entry, role)
        moved = False
        for life in hits:
            if life.closed:
                continue
            if outcome.closes_rule(life.rule.sent):
                life.close(DONE, day, row)
            elif outcome.attempts is not None:
                life.attempts.add(day)
                if len(life.attempts) >= (outcome.attempts or self.playing.max_attempts):
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

    def _hits(self, entry: _Entry, role: str) -> list[Life]:
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

    def _answer_beyond_matching(self, entry: _Entry, role: str) -> None:
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
                if life.original_open - self.playing.min_gap <= day <= life.expire:
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
                self.playing.situation,
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

    def _agree(self, entry: _Entry, role: str, agreed: int) -> None:
        """An agreed call-back: one per customer, car (or none) and day, the first row counting (DOM 3.8, NEXT)."""
        rule, row, day, party, car = self.playing.rules[NEXT], entry.row, entry.day, entry.party, entry.car
        identities = self.playing.identities
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
        go_live = self.playing.situation.parameters.date("go_live_date")
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


