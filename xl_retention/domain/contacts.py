"""Which logged contact closes which due contact: the log played over the items (DOM 0.3, 3.6 "Repeating").

Most items have no log row near them: their windows stand as laid, and they are judged as arrays. Only the
parties that have such rows are played row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from xl_retention.domain.cadence import MONTH_SERIES, Listing
from xl_retention.domain.contact_log import CONNECTED, MOVED, key_rule, named_rules, split_keys
from xl_retention.domain.due import Items, Wanted, all_items, grown
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.life import Life, as_items, lives_of
from xl_retention.domain.log_play import ACCOUNT_CONTACTS, CONTACT_ANY_RULE, Entry, Play, Stage
from xl_retention.domain.owners import PeopleOf
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places

Families = npt.NDArray[np.uint64]
"""Rules as bits, one number per row or party."""


def is_follow_up(code: str) -> bool:
    """Whether a rule is one of the prospects'."""
    return code.startswith("PRO-")


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
        self.identities = situation.identities
        self.rules = situation.rules
        self.stage = Stage(situation, PeopleOf(situation))

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
        chains = grown(self.situation, items, quiet, lambda chain: chain.expire < self.day)
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
        close = (bound < far) & (self.days >= bound - np.where(bound < far, self.stage.lead, 0))
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
            named = {*log.codes(row, log.role(row, self.stage.owners))}
            for key in split_keys(log.keys[row]):
                if key not in known and not rules_of[party].isdisjoint({key_rule(key), *named}):
                    stale[party] = True
                    stale[list(self.addressees.get(int(row), ()))] = True
        stale[NOBODY] = False
        return stale

    def _survivors(self, items: Items, needs: Flags) -> Items:
        """Plays the log of each party that needs it; what is not closed comes back."""
        return as_items([life for life in self.lived(items, needs) if not life.closed])

    def lived(self, items: Items, needs: Flags) -> list[Life]:
        """The items of the parties that *needs* names, and those born meanwhile, with the log played over them."""
        log = self.log
        groups = _Groups()
        for row, parties in self.addressees.items():
            if (log.party[row] >= 0 and needs[log.party[row]]) or any(needs[party] for party in parties):
                groups.join([int(log.party[row])] * bool(log.party[row] >= 0) + sorted(parties))
        rows_of: dict[int, list[Entry]] = defaultdict(list)
        for entry in self._entries(np.flatnonzero(needs[log.party])):
            rows_of[groups.of(entry.party)].append(entry)
        for row, parties in self.addressees.items():
            if not (log.party[row] >= 0 and needs[log.party[row]]):
                group = groups.of(min(parties))
                if log.party[row] < 0 or groups.of(int(log.party[row])) == group:
                    rows_of[group].extend(self._entries(np.array([row])))
        own_lives: dict[int, list[Life]] = defaultdict(list)
        for life in lives_of(items, self.rules, self._keys(items)):
            own_lives[groups.of(life.party)].append(life)
        lived: list[Life] = []
        for group in sorted(rows_of.keys() | own_lives.keys()):
            lived.extend(Play(self.stage, own_lives[group]).play(sorted(rows_of[group])))
        return lived

    def _entries(self, rows: Places) -> Iterable[Entry]:
        log = self.log
        agreed = log.agreed[rows].astype("datetime64[D]")
        columns = (
            rows, self.days[rows], log.party[rows], log.car[rows], log.results.where(rows).texts,
            log.typed_results.where(rows).texts, log.texts("channel", rows), log.texts("due_key", rows),
            agreed.astype(np.int64), np.isnat(agreed),
        )  # fmt: skip
        return map(Entry._make, zip(*(column.tolist() for column in columns), strict=True))

def _families(codes: list[str]) -> Families:
    """A bit for each rule code; far apart in the list two may share one."""
    return np.array([1 << (place % 64) for place in range(len(codes))], np.uint64)


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
