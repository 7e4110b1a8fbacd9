"""Campaigns: whom to invite by the classes of the target, and who came (DOM 2.11, 3.5 NEWCAR and PROMO, 6.9)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.cadence import Offset, Rule
from xl_retention.domain.classes.scheme import UNKNOWN, Scheme, Subject
from xl_retention.domain.classes.schemes import OF_EACH_CUSTOMER, SCHEMES
from xl_retention.domain.dates import add_months
from xl_retention.domain.due import as_date
from xl_retention.domain.mailing import willing
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places
from xl_retention.domain.tiers import HIGH

OFFERS = ("促销", "季节养护", "免费检测", "服务下乡")
"""Kinds that a customer is told of when they begin: rule PROMO. To all others he is invited ahead: rule NEWCAR."""

COMES, DECLINED, PENDING = "参加", "不参加", "待定"
SAME_AS = {"vip": HIGH}
"""What stores call a class (DOM 3.7, 4.5)."""
_BETWEEN_LABELS = re.compile(r"[、,;/|\n]")


@dataclass(frozen=True)
class Turnout:
    """
    What became of the invitations to a campaign.

    Args:
        invited: Rows of the sheet of invitations.
        guests: Persons whom those bring who come.
    """

    invited: int = 0
    comes: int = 0
    declined: int = 0
    pending: int = 0
    guests: int = 0
    attended: int = 0
    deals: int = 0


@dataclass(frozen=True)
class Campaign:
    """One campaign that has a first day.

    Args:
        place: Row of the campaign table, from 0.
        rule: Rule that its messages go by.
        due: Day of the message.
        listed: Whether the messages are listed on the situation's day.
    """

    place: int
    campaign_id: str
    name: str
    rule: Rule
    due: dt.date
    listed: bool
    turnout: Turnout


def campaigns(situation: Situation) -> list[Campaign]:
    """The campaigns of a store, in the order of the sheet; one without a first day brings about nothing (V15)."""
    table = situation.store["campaign"]
    starts, ends, kinds = table.days("start"), table.days("end"), table.texts("kind")
    found = []
    for place in np.flatnonzero(~np.isnat(starts)).tolist():
        rule = situation.rules["PROMO" if kinds[place] in OFFERS else "NEWCAR"]
        opens, due, last = (
            _moved(starts[place], offset) for offset in (rule.open, rule.due, rule.deadline or rule.due)
        )
        last = last if np.isnat(ends[place]) else max(last, ends[place])
        number = table.texts("campaign_id")[place]
        found.append(
            Campaign(
                place,
                number,
                table.texts("name")[place] or number,
                rule,
                as_date(due),
                bool(rule.on and opens <= situation.day <= last),
                _turnout(situation, number),
            )
        )
    return found


def _moved(day: np.datetime64, offset: Offset) -> np.datetime64:
    moved: np.datetime64 = add_months(np.array([day], "datetime64[D]"), offset.months)[0]
    return moved + np.timedelta64(offset.whole_days, "D")


def _invitations(situation: Situation, number: str) -> Places:
    """Rows of the sheet of invitations to one campaign."""
    asked = situation.store["invitation"].texts("campaign_id") == number
    return np.flatnonzero(asked) if number else np.empty(0, np.int64)


def _turnout(situation: Situation, number: str) -> Turnout:
    table, rows = situation.store["invitation"], _invitations(situation, number)
    replies, attended = table.texts("reply")[rows], table.flags("attended")[rows]
    guests = np.nan_to_num(table.numbers("plus_ones")[rows])
    return Turnout(
        invited=len(rows),
        comes=int((replies == COMES).sum()),
        declined=int((replies == DECLINED).sum()),
        pending=int((replies == PENDING).sum()),
        guests=int(guests[replies == COMES].sum()),
        attended=int(attended.sum()),
        deals=int(table.flags("deal")[rows].sum()),
    )


Filters = Mapping[str, Flags]
"""Filters that the store saved, by name: a flag per customer."""
NO_FILTERS: Filters = {}


def invitees(situation: Situation, campaign: Campaign, filters: Filters = NO_FILTERS) -> Places:
    """Customers to invite: those whom the campaign is for, who agreed to messages and are not invited yet."""
    wanted = willing(situation) & target(situation, _filter(situation, campaign), filters).customers
    table, rows = situation.store["invitation"], _invitations(situation, campaign.campaign_id)
    asked = situation.identities.party_places
    for customer in table.texts("customer_id")[rows].tolist():
        if (party := asked.get(customer, len(wanted))) < len(wanted):
            wanted[party] = False
    return np.flatnonzero(wanted)


def campaign_problems(situation: Situation, filters: Filters = NO_FILTERS) -> Iterator[Problem]:
    """Targets that name no class; nobody is invited by them."""
    table = situation.store["campaign"]
    for campaign in campaigns(situation):
        if unknown := target(situation, _filter(situation, campaign), filters).unknown:
            yield table.fault(
                "target_unknown",
                "medium",
                campaign.place,
                "target_filter",
                found=", ".join(unknown),
                wanted="labels of customer classes or saved filters, parted by commas",
                remedy="Use labels or filters of the sheet Segments, or clear the cell to invite everybody.",
            )


def _filter(situation: Situation, campaign: Campaign) -> str:
    return str(situation.store["campaign"].texts("target_filter")[campaign.place])


@dataclass(frozen=True)
class Target:
    """Whom a campaign is for: a flag per customer; nobody where words of it are *unknown*."""

    customers: Flags
    unknown: tuple[str, ...] = ()


def target(situation: Situation, text: str, filters: Filters = NO_FILTERS) -> Target:
    """
    The customers in the classes that a text names: in one of each scheme that is named (DOM 2.11, target_filter).

    Args:
        text: Labels in either language, models, series, industries or interests, or names of saved filters, parted
            by commas; blank for all. A filter narrows down whatever else is named.
    """
    saved = {_plain(name): flags for name, flags in filters.items()}
    if _plain(text) in saved:  # its name may hold commas
        return Target(saved[_plain(text)])
    wanted = np.ones(situation.identities.customer_count, np.bool_)
    labels = situation.once(_label_flags)
    asked: dict[tuple[str, ...], Flags] = {}
    unknown = []
    for word in filter(None, map(_plain, _BETWEEN_LABELS.split(unicodedata.normalize("NFKC", text)))):
        if word in saved:
            wanted &= saved[word]
            continue
        schemes = labels.get(_plain(SAME_AS.get(word, word)))
        if schemes is None:
            unknown.append(word)
            continue
        of_word = np.any([flags() for flags in schemes.values()], axis=0)
        named = tuple(schemes)
        asked[named] = asked[named] | of_word if named in asked else of_word
    if unknown:
        return Target(np.zeros_like(wanted), tuple(unknown))
    for flags in asked.values():
        wanted &= flags
    return Target(wanted)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


_Flags = Callable[[], Flags]


def _label_flags(situation: Situation) -> Mapping[str, Mapping[str, _Flags]]:
    """By label in any spelling and by key of the scheme: who carries it."""
    found: dict[str, dict[str, _Flags]] = defaultdict(dict)
    for scheme in OF_EACH_CUSTOMER:
        for label in scheme.labels:
            for name in {label.word, label.english, label.chinese} - {""} if label.word != UNKNOWN else ():
                found[_plain(name)][scheme.key] = _carrying(situation, scheme, label.word)
    for scheme in SCHEMES:
        if not scheme.labels and scheme.subject in (Subject.CAR, Subject.CUSTOMER):
            for word in _own_words(situation, scheme):
                found[_plain(word)].setdefault(scheme.key, _carrying(situation, scheme, word))
    return found


def _own_words(situation: Situation, scheme: Scheme) -> set[str]:
    labels = scheme.of(situation).labels.tolist()
    words = {word for each in labels for word in each} if scheme.several else set(labels)
    return words - {"", UNKNOWN}


def _carrying(situation: Situation, scheme: Scheme, word: str) -> _Flags:
    def flags() -> Flags:
        labels = scheme.of(situation).labels
        carried = (
            np.fromiter((word in each for each in labels), np.bool_, len(labels))
            if scheme.several
            else np.asarray(labels == word, np.bool_)
        )
        if scheme.subject is Subject.CUSTOMER:
            return carried
        owners = np.zeros(situation.identities.customer_count + 1, np.bool_)
        owners[situation.identities.owner[np.flatnonzero(carried)]] = True
        return owners[:-1]

    return flags
