"""Relations to care for: referrals, clubs and interests, WeChat binding, key accounts (DOM 2.11, 2.12, 3.5, 6.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.anchors.referrals import referrers
from xl_retention.domain.classes.groupings import interests_in
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.person_names import people, same_name
from xl_retention.domain.situation import Situation, ended_bookings
from xl_retention.domain.store import Days, Places
from xl_retention.domain.words import canonical
from xl_retention.domain.worklist import Worklist

THANKS = "REF-THANKS"
JUST_DELIVERED_DAYS = 7
"""So long after the delivery a customer is asked to bind; it should be done on the day itself (DOM K33)."""
FEWEST_CONTACTS = 2
"""Colleagues who know an important customer (DOM 2.12, 6.8)."""


@dataclass(frozen=True)
class Due:
    """A contact on today's list: the rule, its deadline, and whether that has passed."""

    rule: str
    deadline: np.datetime64
    overdue: bool


@dataclass(frozen=True)
class Referral:
    """
    A friend whom a customer named.

    Args:
        place: Row of the referral table.
        party: The customer; NOBODY where the sheet does not say who of those on file.
        due: The thanks that are on today's list; None for none.
        thanked: Whether somebody thanked since the referral.
    """

    place: int
    party: int
    due: Due | None
    thanked: bool


def referrals(situation: Situation, calls: Worklist) -> list[Referral]:
    """The referrals of a store, the newest first; undated ones last."""
    table, party = situation.store["referral"], situation.once(referrers)
    due = _due(situation, calls)
    log = situation.log
    thanks = log.naming(THANKS) & log.results.is_any(CONNECTED, REFUSED)
    last = np.full(len(situation.identities.ids) + 1, NO_DAY)
    of_party = np.flatnonzero(thanks & (log.party >= 0))
    last[log.party[of_party]] = log.day[of_party]  # in order of time: the last write is the latest
    latest = np.fmax(table.days("date"), table.days("deal_date"))
    days = np.where(np.isnat(latest), 0, latest.astype(np.int64))
    return [
        Referral(at, int(party[at]), due.get((int(party[at]), THANKS)), bool(last[party[at]] >= latest[at]))
        for at in np.argsort(-days, kind="stable").tolist()
    ]


def _due(situation: Situation, calls: Worklist) -> dict[tuple[int, str], Due]:
    """By party and rule what is on the list, the earliest deadline of each."""
    items = calls.rows.items
    found: dict[tuple[int, str], Due] = {}
    columns = (items.party.tolist(), items.rule.tolist(), items.deadline)
    for party, rule, deadline in zip(*columns, strict=True):
        here = found.get((party, rule))
        if here is None or deadline < here.deadline:
            found[party, rule] = Due(rule, deadline, bool(deadline < situation.day))
    return found


@dataclass(frozen=True)
class Club:
    """
    Who shares an interest.

    Args:
        teams: Names of the teams, each with its captains; "" for members without a team.
        members: Customers who are in it.
        others: Customers who share the interest and are not in it: to be invited.
    """

    interest: str
    teams: tuple[tuple[str, tuple[int, ...]], ...]
    members: tuple[int, ...]
    others: tuple[int, ...]

    @property
    def without_captain(self) -> tuple[str, ...]:
        """Teams that have no captain."""
        return tuple(name for name, captains in self.teams if name and not captains)


def clubs(situation: Situation) -> list[Club]:
    """The interests of a store's customers, by name; hobbies of the customer sheet count as well."""
    table, places = situation.store["club_member"], situation.identities.party_places
    members: dict[str, list[int]] = defaultdict(list)
    teams: dict[str, dict[str, list[int]]] = defaultdict(dict)
    columns = (table.texts(name).tolist() for name in ("customer_id", "interest", "team"))
    for customer, interest, team, captain in zip(*columns, table.flags("captain").tolist(), strict=True):
        party = int(places.get(customer, NOBODY))
        captains = teams[interest].setdefault(team, [])
        if party != NOBODY:
            members[interest].append(party)
            captains += [party] if captain else []
    likes = _interested(situation)
    return [
        Club(
            interest,
            tuple((team, tuple(captains)) for team, captains in sorted(teams[interest].items())),
            tuple(dict.fromkeys(members[interest])),
            tuple(party for party in dict.fromkeys(likes[interest]) if party not in members[interest]),
        )
        for interest in sorted({*members, *teams, *likes} - {""})
    ]


def _interested(situation: Situation) -> defaultdict[str, list[int]]:
    """Customers by interest, as the sheet of interests and the hobbies say; nobody who wants no contact."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    customers, places = situation.store.customers, situation.identities.party_places
    silent = customers.flags("do_not_contact")
    table = situation.store["interest"]
    for customer, interest in zip(table.texts("customer_id").tolist(), table.texts("interest").tolist(), strict=True):
        party = places.get(customer, NOBODY)
        if 0 <= party < len(silent) and not silent[party]:
            found[interest].append(int(party))
    hobbies = customers.texts("hobbies")
    for party in np.flatnonzero((hobbies != "") & ~silent).tolist():
        for interest in interests_in(hobbies[party]):
            found[canonical("interest", interest) or interest].append(party)
    return found


@dataclass(frozen=True)
class Unbound:
    """
    A customer to be asked to follow the store on WeChat.

    Args:
        occasion: `appointment`, `here` (in the workshop or come today) or `delivered`.
        day: Of the occasion.
    """

    party: int
    occasion: str
    day: np.datetime64


def unbound(situation: Situation) -> list[Unbound]:
    """
    Customers not bound who come or came just now, by day; nobody in a store that does not keep who is bound.

    A list of all others would only be long: they are asked at their next visit (DOM 7, WeChat).
    """
    customers = situation.store.customers
    if not {"wechat_bound", "wechat_bind_date"} & set(customers.columns):
        return []
    bound = customers.flags("wechat_bound") | ~np.isnat(customers.days("wechat_bind_date"))
    open_ = np.append(~bound & ~customers.flags("do_not_contact"), False)
    found: dict[int, Unbound] = {}
    for occasion, parties, days in _occasions(situation):
        for party, day in zip(parties.tolist(), days, strict=True):
            if 0 <= party < len(customers) and open_[party]:
                found.setdefault(party, Unbound(party, occasion, day))
    return sorted(found.values(), key=lambda each: (each.day, each.party))


def _occasions(situation: Situation) -> Iterator[tuple[str, Places, Days]]:
    today, identities = situation.day, situation.identities
    bookings = situation.store["booking"]
    day = bookings.days("appointment_at")
    ahead = np.flatnonzero((day >= today) & ~ended_bookings(bookings.texts("status")))
    ahead = ahead[np.argsort(day[ahead], kind="stable")]
    yield "appointment", identities.bookings.party[ahead], day[ahead]
    visits = situation.visits
    here = np.flatnonzero(visits.in_shop | (visits.day == today))
    yield "here", visits.party[here], visits.day[here]
    delivered = situation.service.delivered
    new = np.flatnonzero((delivered <= today) & (delivered >= today - np.timedelta64(JUST_DELIVERED_DAYS, "D")))
    yield "delivered", identities.owner[new], delivered[new]


@dataclass(frozen=True)
class Account:
    """
    A key account.

    Args:
        place: Row of the key-account table.
        contacts: Colleagues who know it.
        last_contact: Day of the last contact that reached it; NaT for none.
        due: What is on today's list for it.
    """

    place: int
    party: int
    contacts: tuple[str, ...]
    last_contact: np.datetime64
    due: tuple[Due, ...]

    @property
    def too_few_contacts(self) -> bool:
        """Whether fewer colleagues know it than an important customer needs."""
        return len(self.contacts) < FEWEST_CONTACTS


def accounts(situation: Situation, calls: Worklist) -> list[Account]:
    """The key accounts in the order of their sheet."""
    table, log = situation.store["key_account"], situation.log
    last = np.full(len(situation.identities.ids) + 1, NO_DAY)
    reached = np.flatnonzero(log.results.is_any(CONNECTED) & (log.party != NOBODY))
    last[log.party[reached]] = log.day[reached]
    by_party: dict[int, list[Due]] = defaultdict(list)
    for (party, _), due in _due(situation, calls).items():
        by_party[party].append(due)
    columns = (table.texts(name).tolist() for name in ("contacts", "second_contact"))
    found = []
    for place, texts in enumerate(zip(*columns, strict=True)):
        party = situation.identities.account_from + place
        listed = tuple(sorted(by_party[party], key=lambda each: (each.deadline, each.rule)))
        found.append(Account(place, party, _names(texts), last[party], listed))
    return found


def _names(texts: Sequence[str]) -> tuple[str, ...]:
    named = {same_name(name): name for text in texts for name in people(text)}
    return tuple(named.values())
