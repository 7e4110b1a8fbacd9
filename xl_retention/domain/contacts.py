"""Which logged contact closes which due contact: the log played over the items (DOM 0.3, 3.6 "Repeating").

Most items have no log row near them: their windows stand as laid, and they are judged as arrays. Only the
parties that have such rows are played row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from xl_retention.domain.cadence import COMPLAINT_CLOCK, MONTH_SERIES, Listing, Rule
from xl_retention.domain.contact_log import (
    CONNECTED,
    MOVED,
    REFUSED,
    SENT,
    UNREACHED,
    ContactLog,
    key_rule,
    split_keys,
)
from xl_retention.domain.dates import end_of_day
from xl_retention.domain.due import NEVER, Items, all_items, next_occurrence, shifted
from xl_retention.domain.anchors import Anchors
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Texts

DONE, UNREACHABLE, COVERED, MISSED = "done", "unreachable", "covered", "missed"
WINDOW_DAYS = 3
"""A contact so many days before the open day still answers the item (DOM 0.3)."""
NEVER_DAY = int(NEVER.astype(np.int64))
NEXT = "NEXT"
CONTACT_ANY_RULE = "DLV-15-30"
"""Done by any conversation of the same role between its open day and its deadline (DOM 0.3)."""

Qualifies = Callable[[str, str], bool]
ACCOUNT_CONTACTS: dict[str, Qualifies] = {
    # Contacts that satisfy a key account's period, by result and channel (DOM 3.6).
    "KA-WEEK": lambda result, channel: result == CONNECTED and channel in ("", "电话"),
    "KA-MONTH": lambda result, channel: result in (CONNECTED, SENT),
    "KA-QTR": lambda result, channel: result == CONNECTED and channel == "上门",
}


@dataclass
class Life:
    """One item while the log is played; days as numbers since 1970-01-01."""

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

    def reached_from(self, car: int) -> bool:
        """Whether a row that names *car* (or none) can be about this item."""
        return car == NO_CAR or self.car in (NO_CAR, car)

    def close(self, how: str, day: int) -> None:
        """Closes for good."""
        self.closed, self.closed_on = how, day

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


class _Playing:
    """One pass: which items matter, whose log has to be played, and what remains."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.log = situation.log
        self.day = situation.day
        self.identities = situation.identities
        self.rules = situation.rules
        self.max_attempts = situation.parameters.integer("max_attempts")
        self.min_gap = situation.parameters.integer("min_gap_days")

    def played(self) -> DueContacts:
        log, party_count = self.log, len(self.identities.ids)
        whole = np.zeros(party_count, np.bool_)
        whole[log.party[self._agreed_lately() & (log.party >= 0)]] = True
        items = all_items(self.situation, self._wanted(whole))
        needs = whole | self._with_rows_near(items)
        stale = self._with_stale_keys(items, needs & ~whole)
        if stale.any():
            items = Items.together([
                items.where(~stale[items.party]),
                all_items(self.situation, lambda party, open_, expire: stale[party]),
            ])  # fmt: skip
            needs |= stale
        quiet = ~needs[items.party]
        followed = np.array([code.startswith("PRO-") for code in items.rule], np.bool_)
        quiet |= followed  # prospects are followed up by their own walk (DOM 3.8)
        remaining = [self._grown(items.where(quiet)), self._survivors(items.where(~quiet), needs)]
        return DueContacts(Items.together(remaining), self.day)

    def _wanted(self, whole: Flags) -> Callable[[Places, Days, Days], Flags]:
        def wanted(party: Places, open_: Days, expire: Days) -> Flags:
            return np.asarray(whole[party] | ((open_ <= self.day) & (self.day <= expire)))

        return wanted

    def _agreed_lately(self) -> Flags:
        """Rows whose agreed day can still put something on today's list."""
        gaps = [
            31 * rule.expire.months + rule.expire.whole_days
            for rule in self.rules.values()
            if rule.listing is Listing.CALLS and rule.expire is not None
        ]
        log = self.log
        agreed = (log.result == CONNECTED) | (log.result == MOVED)
        return np.asarray(agreed & (log.agreed >= self.day - np.timedelta64(max(gaps), "D")))

    def _with_rows_near(self, items: Items) -> Flags:
        """Parties with a log row that may touch one of their items."""
        count, log = len(self.identities.ids), self.log
        earliest = np.full(count, np.iinfo(np.int64).max)
        np.minimum.at(earliest, items.party, items.open.astype(np.int64))
        near = np.zeros(count, np.bool_)
        known = np.flatnonzero(log.party >= 0)
        lead = max(WINDOW_DAYS, self.min_gap)
        days = log.day[known].astype(np.int64)
        bound = earliest[log.party[known]]
        close = (bound < np.iinfo(np.int64).max) & (days >= bound - lead)
        near[log.party[known[close]]] = True
        keyed = known[~close & (log.keys[known] != "") & (bound < np.iinfo(np.int64).max)]
        keyed = keyed[~near[log.party[keyed]]]
        if len(keyed):
            keys = {key: int(log.party[row]) for row in keyed for key in split_keys(log.keys[row])}
            asked = np.zeros(count, np.bool_)
            asked[log.party[keyed]] = True
            for place in np.flatnonzero(asked[items.party]):
                key = items.key(int(place), self.identities.ids, self.identities.car_ids)
                if key in keys:
                    near[items.party[place]] = True
        return near

    def _with_stale_keys(self, items: Items, parties: Flags) -> Flags:
        """
        Parties with a row whose due key fits no item built so far but whose rule has one.

        Only the whole of a party's items tells whether such a key is of an item long closed, and so spent, or
        fits none any more, and so counts as its rule code (DOM 0.3, matching 1 and 2).
        """
        log = self.log
        stale = np.zeros(len(parties), np.bool_)
        rows = np.flatnonzero((log.keys != "") & (log.party >= 0) & np.append(parties, False)[log.party])
        if not len(rows):
            return stale
        asked = np.zeros(len(parties), np.bool_)
        asked[log.party[rows]] = True
        known: set[str] = set()
        codes: set[tuple[int, str]] = set()
        for place in np.flatnonzero(asked[items.party]):
            known.add(items.key(int(place), self.identities.ids, self.identities.car_ids))
            codes.add((int(items.party[place]), str(items.rule[place])))
        for row in rows:
            party = int(log.party[row])
            for key in split_keys(log.keys[row]):
                if key not in known and (party, key_rule(key)) in codes:
                    stale[party] = True
        return stale

    def _grown(self, items: Items) -> Items:
        """Chains without any log row: each occurrence that expired gives birth to the next."""
        done = [items.where(~items.chained)]
        for code in np.unique(items.rule[items.chained].astype(str)):
            chain = items.where(items.chained & (items.rule == code))
            rule, first_due, number = self.rules[code], chain.due, 1
            while len(chain):
                over = (chain.expire < self.day) & ~chain.stopped
                done.append(chain.where(~over))
                chain, first_due = chain.where(over), first_due[over]
                due, deadline, expire = next_occurrence(
                    self.situation,
                    rule,
                    first_due,
                    np.full(len(chain), number),
                    chain.expire,
                    chain.expire_by,
                )
                number += 1
                chain.open, chain.due, chain.deadline, chain.expire = due, due, deadline, expire
                chain.moment, chain.timed = end_of_day(deadline), np.zeros(len(chain), np.bool_)
                chain.sequence = np.full(len(chain), str(number), object)
                born = ~(due > chain.expire_by) & ((chain.max_calls == 0) | (number <= chain.max_calls))
                chain, first_due = chain.where(born), first_due[born]
        return Items.together(done)

    def _survivors(self, items: Items, needs: Flags) -> Items:
        """Plays the log of each party that needs it; what is not closed comes back."""
        log = self.log
        rows_of: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero((log.party >= 0) & np.append(needs, False)[log.party]):
            rows_of[int(log.party[row])].append(int(row))
        lives_of: dict[int, list[Life]] = defaultdict(list)
        for party, life in self._lives(items):
            lives_of[party].append(life)
        left: list[tuple[int, Life]] = []
        for party in sorted(rows_of.keys() | lives_of.keys()):
            lives = _Party(self, party, lives_of[party]).play(rows_of[party])
            left.extend((party, life) for life in lives if not life.closed)
        return self._as_items(left)

    def _lives(self, items: Items) -> Iterable[tuple[int, Life]]:
        opens, dues, deadlines, expires, anchors = (
            days.astype(np.int64).tolist()
            for days in (items.open, items.due, items.deadline, items.expire, items.anchor)
        )
        for place in range(len(items)):
            yield (
                int(items.party[place]),
                Life(
                    self.rules[items.rule[place]],
                    items.key(place, self.identities.ids, self.identities.car_ids),
                    int(items.car[place]),
                    str(items.role[place]),
                    anchors[place],
                    opens[place],
                    dues[place],
                    deadlines[place],
                    expires[place],
                    items.moment[place],
                    bool(items.timed[place]),
                    str(items.sequence[place]),
                    str(items.owner[place]),
                    bool(items.stopped[place]),
                    items.expire_by[place],
                    int(items.after_row[place]),
                    bool(items.chained[place]),
                    int(items.max_calls[place]),
                ),
            )

    @staticmethod
    def _as_items(lives: list[tuple[int, Life]]) -> Items:
        def days(name: str) -> Days:
            return np.array([getattr(life, name) for _, life in lives], np.int64).astype("datetime64[D]")

        def texts(name: str) -> Texts:
            return np.array([*(getattr(life, name) for _, life in lives), ""], object)[:-1]

        def of(name: str, kind: type) -> np.ndarray:
            return np.array([getattr(life, name) for _, life in lives], kind)

        return Items(
            rule=np.array([*(life.rule.code for _, life in lives), ""], object)[:-1],
            party=np.array([party for party, _ in lives], np.int64),
            car=of("car", np.int64),
            anchor=days("anchor"),
            open=days("open"),
            due=days("due"),
            deadline=days("deadline"),
            expire=days("expire"),
            moment=np.array([life.moment for _, life in lives], "datetime64[s]"),
            timed=of("timed", np.bool_),
            sequence=texts("sequence"),
            role=texts("role"),
            owner=texts("owner"),
            stopped=of("stopped", np.bool_),
            expire_by=np.array([life.expire_by for _, life in lives], "datetime64[D]"),
            after_row=of("after_row", np.int64),
            chained=of("chained", np.bool_),
            max_calls=of("max_calls", np.int64),
        )


class _Party:
    """The items of one party, and its log rows played over them in order of time."""

    def __init__(self, playing: _Playing, party: int, lives: list[Life]) -> None:
        self.playing = playing
        self.log: ContactLog = playing.log
        self.party = party
        self.lives = lives
        self.by_key = {life.key: life for life in lives}
        self.agreed_seen: set[tuple[int, int]] = set()
        customers = playing.situation.store.customers
        self.is_customer = party < len(customers)
        fields = {"SA": "sales_advisor", "CS": "cs_owner", "SV": "service_advisor_owner"}
        self.owners = (
            {role: str(customers.texts(name)[party]) for role, name in fields.items()}
            if self.is_customer
            else {}
        )

    def play(self, rows: list[int]) -> list[Life]:
        for row in rows:
            day = int(self.log.day[row].astype(np.int64))
            self._miss(before=day)
            if self.log.result[row]:
                self._answer(row, day)
        self._miss(before=int(self.playing.day.astype(np.int64)))
        return self.lives

    def _miss(self, before: int) -> None:
        """Occurrences of a chain whose time has run out give birth to the next one."""
        waiting = [life for life in self.lives if life.chained and not life.closed]
        for life in waiting:
            current: Life | None = life
            while current and not current.stopped and current.expire < before:
                current.close(MISSED, current.expire)
                current = self._born_after(current)

    def _answer(self, row: int, day: int) -> None:
        log, result = self.log, str(self.log.result[row])
        car, role = int(log.car[row]), log.role(row, self.owners)
        agreed = None if np.isnat(log.agreed[row]) else int(log.agreed[row].astype(np.int64))
        hits = self._hits(row, day, car, role)
        moved = False
        for life in hits:
            if life.closed:
                continue
            if result in (CONNECTED, REFUSED) or (result == SENT and life.rule.sent):
                life.close(DONE, day)
            elif result in UNREACHED:
                life.attempts.add(day)
                if len(life.attempts) >= self.playing.max_attempts:
                    life.close(UNREACHABLE, day)
            elif result == MOVED and agreed is not None:
                life.move(agreed)
                moved = True
        self._answer_beyond_matching(day, car, role, result, str(log.channel[row]))
        for life in [life for life in self.lives if life.chained and life.closed and life.closed_on == day]:
            if life.closed != MISSED:
                self._born_after(life)
        if agreed is not None and (result == CONNECTED or (result == MOVED and not moved)):
            self._agree(row, day, car, role, agreed)

    def _hits(self, row: int, day: int, car: int, role: str) -> list[Life]:
        """The items that a row is about; the first of the three ways that hits (DOM 0.3)."""
        keys = [key for key in split_keys(str(self.log.keys[row])) if key_rule(key)]
        by_key, spare = [], []
        for key in keys:
            life = self.by_key.get(key)
            if life is None:
                spare.append(key_rule(key))
            elif day <= life.expire and row > life.after_row:
                by_key.append(life)
        codes = set(spare)
        own_codes = self.log.codes(row, role)
        if not by_key:
            codes.update(own_codes)
        if keys or own_codes:
            return by_key + [
                life
                for life in self.lives
                if life not in by_key
                and (life.rule.code in codes or (MONTH_SERIES in codes and life.rule.code.startswith(MONTH_SERIES)))
                and self._fits(life, row, day, car)
            ]
        return [
            life
            for life in self.lives
            if not life.closed
            and life.role == role
            and life.rule.code not in COMPLAINT_CLOCK
            and self._fits(life, row, day, car)
        ]

    @staticmethod
    def _fits(life: Life, row: int, day: int, car: int) -> bool:
        return row > life.after_row and life.takes(day) and life.reached_from(car)

    def _answer_beyond_matching(self, day: int, car: int, role: str, result: str, channel: str) -> None:
        """What closes an item without being about it: covered, any-rule contact, account's period."""
        for life in self.lives:
            if life.closed:
                continue
            code = life.rule.code
            if code in ACCOUNT_CONTACTS:
                if life.anchor <= day <= life.original_deadline and ACCOUNT_CONTACTS[code](result, channel):
                    life.close(DONE, day)
            elif result != CONNECTED or not life.reached_from(car):
                continue
            elif code.startswith(MONTH_SERIES):
                if life.original_open - self.playing.min_gap <= day <= life.expire:
                    life.close(COVERED, day)
            elif (
                code == CONTACT_ANY_RULE
                and role == life.role
                and life.original_open <= day <= life.original_deadline
            ):
                life.close(DONE, day)

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
            life.rule, key, life.car, life.role, life.anchor, first, first, last, end,
            end_of_day(np.array([deadline]))[0], False, str(number + 1), life.owner, life.stopped,
            life.expire_by, -1, True, life.max_calls, first_due=life.first_due,
        )  # fmt: skip
        self._add(born)
        return born

    def _agree(self, row: int, day: int, car: int, role: str, agreed: int) -> None:
        """An agreed call-back: one per car (or none) and day, the first row counting (DOM 3.8, NEXT)."""
        rule = self.playing.rules[NEXT]
        named_car = max(car, NO_CAR)
        if not self.is_customer or (named_car, day) in self.agreed_seen:
            return
        self.agreed_seen.add((named_car, day))
        if not rule.on:
            return
        base = Anchors(
            np.array([self.party]), np.array([named_car]), np.array([day], "datetime64[D]"), days=agreed - day
        )
        offsets = (rule.open, rule.due, rule.deadline or rule.due)
        open_, due, deadline = (shifted(base, offset) for offset in offsets)
        go_live = self.playing.situation.parameters.date("go_live_date")
        if go_live is not None and deadline[0] < np.datetime64(go_live, "D"):
            return
        identities = self.playing.identities
        vin = identities.car_ids[named_car] if named_car >= 0 else ""
        distance = rule.expire
        expire = NEVER_DAY if distance is None else int(deadline[0].astype(np.int64)) + distance.whole_days
        self._add(
            Life(
                rule, f"{identities.ids[self.party]}/{vin}/{NEXT}/{base.day[0]}/1", named_car,
                rule.role if rule.role_given else role, day, int(open_[0].astype(np.int64)),
                int(due[0].astype(np.int64)), int(deadline[0].astype(np.int64)), expire,
                end_of_day(deadline)[0], False, "1", "", False, NO_DAY, row, False, 0,
            )
        )  # fmt: skip

    def _add(self, life: Life) -> None:
        self.lives.append(life)
        self.by_key[life.key] = life


