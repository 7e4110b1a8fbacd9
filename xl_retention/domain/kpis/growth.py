"""New customers and money: prospects, referrals, WeChat, output, campaigns (DOM K27-K36, K39, K40, K47-K50)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.coded import Coded
from xl_retention.domain.contact_log import UNREACHED
from xl_retention.domain.dates import half_up_ratio
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.kpis.deliveries import buyers, delivered_in
from xl_retention.domain.kpis.past import spending_of
from xl_retention.domain.kpis.rows import Amount, Rows, Subject, Term
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import all_visits, in_period, serviced, visit_rows
from xl_retention.domain.kpis.visits_of_cars import at
from xl_retention.domain.prospects import OPEN_STATUS
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Texts
from xl_retention.domain.tiers import RANKED, UNKNOWN, Spending, ranks_by_total, scores
from xl_retention.domain.visits import is_any

Groups = Mapping[str, tuple[Term, Term]]
"""By name of the group its numerator and denominator."""
BLANK = "未填"
"""The group of rows that say nothing (DOM K35)."""
SHOWROOM = "展厅"
_SPLIT = re.compile(r"[、,，;；/\s]+")


# Prospects


def _prospects(view: View, flags: Flags) -> Rows:
    """Prospects by a flag for each row; several rows under one number are one."""
    table = view.now.store["prospect"]
    numbers = table.texts("prospect_no")
    places = np.unique(view.now.once(_first_cards)[flags])
    return Rows(Subject.PROSPECT, places, lambda at: numbers[at].tolist())


def _first_cards(now: Situation) -> Places:
    """For each row the first one under its number."""
    numbers = now.store["prospect"].texts("prospect_no").tolist()
    first = {number: place for place, number in reversed([*enumerate(numbers)])}
    return np.array([first[number] for number in numbers], np.int64)


def _ordered(now: Situation) -> Days:
    """order_date, blank: deposit_date."""
    table = now.store["prospect"]
    ordered = table.days("order_date")
    return np.where(np.isnat(ordered), table.days("deposit_date"), ordered)


def ordered(view: View) -> Rows:
    """Prospects who ordered in P."""
    return _prospects(view, view.asked.holds(view.now.once(_ordered)))


def decided(view: View) -> Rows:
    """Prospects who ordered or were lost in P."""
    lost = view.asked.holds(view.now.store["prospect"].days("lost_date"))
    return _prospects(view, lost | view.asked.holds(view.now.once(_ordered)))


def lost(view: View) -> Rows:
    """Prospects lost in P."""
    return _prospects(view, view.asked.holds(view.now.store["prospect"].days("lost_date")))


def lost_and_explained(view: View) -> Rows:
    """Of these the ones with reason and model."""
    table = view.now.store["prospect"]
    told = (table.texts("lost_reason") != "") & (table.texts("lost_model") != "")
    return _prospects(view, view.asked.holds(table.days("lost_date")) & told)


def won_today(view: View) -> Rows:
    """Prospects who ordered on as_of."""
    return _prospects(view, view.now.once(_ordered) == view.asked.day)


def lost_today(view: View) -> Rows:
    """Prospects lost on as_of."""
    return _prospects(view, view.now.store["prospect"].days("lost_date") == view.asked.day)


def new_today(view: View) -> Rows:
    """Prospects created on as_of."""
    return _prospects(view, view.now.store["prospect"].days("created_date") == view.asked.day)


def to_follow_today(view: View) -> Rows:
    """Open prospects whose next follow-up is due on as_of or before."""
    table = view.now.store["prospect"]
    is_open = is_any(table.texts("status"), OPEN_STATUS)
    return _prospects(view, is_open & (table.days("next_follow_date") <= view.asked.day))


def showroom_prospects(view: View) -> Rows:
    """Prospects of the showroom created in P."""
    table = view.now.store["prospect"]
    return _prospects(view, view.asked.holds(table.days("created_date")) & (table.texts("source_channel") == SHOWROOM))


def unknown(view: View) -> Term:
    """What no sheet of the store keeps."""
    return None


def by_word(field: str, several: bool, of_all: bool, view: View) -> Groups:
    """
    The orders of P by a word of their prospect.

    Args:
        several: A cell may hold several words; such a prospect counts once per word.
        of_all: Beside each group the orders of all, so that its value is a share.
    """
    rows, words = view.once(ordered), view.now.store["prospect"].texts(field)
    members: dict[str, list[int]] = {}
    for place in rows.places.tolist():
        parts = [part for part in _SPLIT.split(words[place]) if part] if several else [words[place]]
        for word in dict.fromkeys(parts or [""]):
            members.setdefault(word or BLANK, []).append(place)
    return {
        word: (Rows(rows.subject, np.array(members[word], np.int64), rows.named), rows if of_all else None)
        for word in sorted(members)
    }


BY_INDUSTRY: Callable[[View], Groups] = partial(by_word, "industry", False, False)
BY_FOCUS: Callable[[View], Groups] = partial(by_word, "focus_point", True, False)
BY_SOURCE: Callable[[View], Groups] = partial(by_word, "source_channel", False, True)


# Referrals and campaigns


def _referrals(view: View, flags: Flags) -> Rows:
    return view.of_table("referral", "referral_id", Subject.REFERRAL, flags)


def referrals(view: View) -> Rows:
    """Friends named in P."""
    return _referrals(view, view.asked.holds(view.now.store["referral"].days("date")))


def referrals_sold(view: View) -> Rows:
    """Of these the ones with a deal by as_of."""
    named = view.once(referrals)
    return named.where(view.now.store["referral"].days("deal_date")[named.places] <= view.asked.day)


def referrers(view: View) -> Rows:
    """Customers who named a friend in P: by number, else by a name that only one of them has."""
    identities, rows = view.now.identities, view.once(referrals)
    names = identities.names[: identities.customer_count].tolist()
    only = {name: place for place, name in enumerate(names) if name}
    twice = {name for place, name in enumerate(names) if only.get(name, place) != place}
    found = []
    for text in view.now.store["referral"].texts("referrer_id")[rows.places].tolist():
        party = identities.party_places.get(text.upper(), -1)
        if not 0 <= party < identities.customer_count:
            party = -1 if text in twice else only.get(text, -1)
        if party >= 0:
            found.append(party)
    return view.customers(np.array(found, np.int64))


def log_rows(view: View) -> Places:
    """Rows of the log in P up to as_of; the log is in the order of time."""
    day, last = view.now.log.day, np.datetime64(view.asked.until, "D")
    return np.arange(np.searchsorted(day, view.asked.first, "left"), np.searchsorted(day, last, "right"))


def contacted(view: View) -> Rows:
    """Customers who were reached in P, or written to: who could not be reached was not contacted (DOM K05)."""
    log, rows = view.now.log, view.once(log_rows)
    party = log.party[rows[~log.results.is_any("", *UNREACHED)[rows]]]
    return view.customers(party[(party >= 0) & (party < view.now.identities.customer_count)])


def _invitations(view: View, flags: Flags) -> Rows:
    return view.of_table("invitation", "customer_id", Subject.INVITATION, flags)


def invited(view: View) -> Rows:
    """Invitations sent in P."""
    return _invitations(view, view.asked.holds(view.now.store["invitation"].days("invited_on")))


def accepted(view: View) -> Rows:
    """Of these the ones accepted."""
    sent = view.once(invited)
    return sent.where((view.now.store["invitation"].texts("reply") == "参加")[sent.places])


def attended(view: View) -> Rows:
    """Of the accepted ones those who came."""
    yes = view.once(accepted)
    return yes.where(view.now.store["invitation"].flags("attended")[yes.places])


def _who_came(view: View) -> Rows:
    sent = view.once(invited)
    return sent.where(view.now.store["invitation"].flags("attended")[sent.places])


def campaign_cost(view: View) -> Term:
    """What those who came cost, yuan."""
    came = view.once(_who_came)
    return Amount(float(np.nansum(view.now.store["invitation"].numbers("cost")[came.places])), came)


def attendees(view: View) -> Rows:
    """Those who came, whatever they had answered."""
    return view.once(_who_came)


def campaign_deals(view: View) -> Rows:
    """Invited customers who bought."""
    sent = view.once(invited)
    return sent.where(view.now.store["invitation"].flags("deal")[sent.places])


# WeChat

HALF_YEAR = 6
EVER, NEVER = np.datetime64("0001-01-01", "D"), np.datetime64("9999-12-31", "D")


def programme_month(view: View) -> int:
    """Number of the month of P since parameter `wechat_start`, from 1; 1 where that is blank or ahead."""
    start = view.parameters.date("wechat_start")
    if start is None:
        return 1
    first = view.asked.period.start
    return max((first.year - start.year) * 12 + first.month - start.month + 1, 1)


def in_second_half(view: View) -> bool:
    """Whether repeat visitors were bound before (DOM C17)."""
    return programme_month(view) > HALF_YEAR


def _bound_on(now: Situation) -> Days:
    return now.store.customers.days("wechat_bind_date")


def _bound_since(now: Situation) -> Days:
    """The day since which each customer is bound, and last for nobody; bound on an unknown day is since ever."""
    since = now.once(_bound_on)
    undated = np.where(now.store.customers.flags("wechat_bound"), EVER, NEVER)
    return np.append(np.where(np.isnat(since), undated, since), NEVER)


def _binding_of(view: View, visitors: Places) -> Days:
    """The same of some visitors, of whom not all are on file."""
    return view.now.once(_bound_since)[np.where(visitors < view.now.identities.customer_count, visitors, NOBODY)]


def visitors_to_bind(view: View) -> Rows:
    """Customers who came in P; in the second half of the programme without those bound before."""
    came = view.once(serviced)
    if not in_second_half(view):
        return came
    return came.where(_binding_of(view, came.places) >= view.asked.first)


def visitors_bound(view: View) -> Rows:
    """Of these the ones bound."""
    asked = view.once(visitors_to_bind)
    return asked.where(_binding_of(view, asked.places) <= np.datetime64(view.asked.until, "D"))


def buyers_bound(view: View) -> Rows:
    """Buyers of P bound on a day on which they got a car."""
    owner, delivered = view.car_owner, view.now.service.delivered
    car = view.once(delivered_in)
    car = car[owner[car] >= 0]
    on_day = view.now.once(_bound_on)[owner[car]] == delivered[car]
    return view.once(buyers).among(owner[car[on_day]])


# Money


def output(view: View) -> Term:
    """Sum of total_amount of the visits in P, yuan."""
    return Amount(float(view.visits.total[view.once(in_period)].sum()), view.once(all_visits))


def output_of_last_year(view: View) -> Term:
    """The same for the same period of the year before."""
    return view.over(view.asked.a_year_earlier()).once(output)


def _spent(view: View) -> Spending:
    return view.then.once(spending_of)


def paid_amount(view: View) -> Term:
    """What customers paid in the 12 months before the end of what is counted, yuan (DOM 4.5)."""
    return Amount(float(_spent(view).amount.sum()), paying_cars(view))


def paid_visits(view: View) -> Term:
    """Paid visits of these 12 months."""
    return Amount(float(_spent(view).visits.sum()), paying_cars(view))


def paying_cars(view: View) -> Rows:
    """Cars with a paid visit in these 12 months."""
    return view.flagged_cars(_spent(view).visits > 0)


def days_between(view: View) -> Term:
    """Days between consecutive paid visits of 24 months, added up."""
    return Amount(float(_spent(view).span_days.sum()))


def gaps_between(view: View) -> Term:
    """Number of these intervals."""
    return Amount(float(_spent(view).gaps.sum()))


def _paid(view: View, visits: Places) -> Amount:
    return Amount(float(view.visits.paid[visits].sum()), visit_rows(view, visits))


def _by_label(view: View, label: Places, names: Sequence[str]) -> Groups:
    """
    What customers paid in P by a label of each visit of P.

    Args:
        label: Of each visit its place in *names*.
        names: Different ones.
    """
    visits = view.once(in_period)
    total = _paid(view, visits)
    used = np.flatnonzero(np.bincount(label, minlength=len(names))).tolist()
    return {names[place]: (_paid(view, visits[label == place]), total) for place in sorted(used, key=names.__getitem__)}


def _by_class(view: View, of_cars: Callable[[Places], Places], names: Sequence[str]) -> Groups:
    """What customers paid in P by a label of their car; 未知, which must be a name, for cars not on file."""
    car = view.visits.car[view.once(in_period)]
    label, listed = np.full(len(car), names.index(UNKNOWN)), np.flatnonzero(car < view.now.identities.listed_cars)
    label[listed] = of_cars(car[listed])
    return _by_label(view, label, names)


def by_value(view: View) -> Groups:
    """What customers paid in P by the value tier that their car has at the end of what is counted."""
    return _by_class(view, partial(_tiers, view), RANKED)


def _tiers(view: View, cars: Places) -> Places:
    """Value tiers of some cars at the end of what is counted; a rank among all cars needs them all."""
    if view.parameters.choice("tier_mode") != "absolute":
        return view.then.tier_rank[cars]
    series: Texts = view.now.store.vehicles.texts("series")[cars]
    return ranks_by_total(scores(at(_spent(view), cars), series, view.parameters))


def _regions(now: Situation) -> Coded:
    """Where the owner of each listed car lives, and at last 未知."""
    found = Coded.of(np.append(BY_KEY["region"].of(now).labels, UNKNOWN))
    return found.where(np.append(now.identities.owner[: len(now.store.vehicles)], NOBODY))


def by_region(view: View) -> Groups:
    """What customers paid in P by the region where they live; where that is has no date."""
    regions = view.now.once(_regions)
    return _by_class(view, regions.code.__getitem__, regions.different.tolist())


KINDS = ("保养", "维修", "其他")


def by_kind(view: View) -> Groups:
    """What customers paid in P for maintenance, repair and other work."""
    visits, places = view.visits, view.once(in_period)
    return _by_label(view, np.where(visits.maintenance[places], 0, np.where(visits.repair[places], 1, 2)), KINDS)


def _amounts(view: View) -> np.ndarray:
    owner, spent = view.car_owner, _spent(view)
    paying = np.flatnonzero((spent.visits > 0) & (owner >= 0))
    of_customer: np.ndarray = np.bincount(
        owner[paying], weights=spent.amount[paying], minlength=view.now.identities.customer_count
    )
    return of_customer


def best_customers_paid(view: View) -> Term:
    """What the top fifth of the paying customers paid in 12 months, yuan."""
    amounts = view.once(_amounts)
    paying = np.flatnonzero(amounts > 0)
    best = paying[highest(amounts[paying], half_up_ratio(len(paying), 5))]
    return Amount(float(amounts[best].sum()), view.customers(best))


def highest(values: np.ndarray, count: int) -> Places:
    """Places of the *count* highest values, rising; of equal ones the first."""
    if count == 0:
        return np.empty(0, np.int64)
    last = np.partition(values, -count)[-count]
    taken = values > last
    taken[np.flatnonzero(values == last)[: count - int(taken.sum())]] = True
    return np.flatnonzero(taken)


def all_customers_paid(view: View) -> Term:
    """What all customers paid in 12 months, yuan."""
    amounts = view.once(_amounts)
    return Amount(float(amounts.sum()), view.flagged_customers(amounts > 0))
