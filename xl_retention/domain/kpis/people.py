"""Staff and data: score cards, records collected, grading, completeness (DOM K43, K44, K46, K52)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.kpis.calendar import Calendar
from xl_retention.domain.kpis.growth import Groups
from xl_retention.domain.kpis.rows import Amount, Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places, Texts

POINTS = 50.0
MOBILE_DIGITS = 11


def scorecard(info: float, info_target: float, contribution: float, contribution_target: float) -> float | None:
    """Points of a month, 100 being standard; None where a target is blank or 0 (DOM K43, T73, T74)."""
    values = (info, info_target, contribution, contribution_target)
    if any(np.isnan(value) for value in values) or not info_target or not contribution_target:
        return None
    return POINTS * info / info_target + POINTS * contribution / contribution_target


def score_cards(view: View) -> Groups:
    """Points of each person of the score card sheet in the month."""
    table = view.now.store["scorecard"]
    of_month = np.flatnonzero((table.texts("month") == view.asked.period.label) & (table.texts("staff") != ""))
    names = ("info_collected", "info_target", "contribution", "contribution_target")
    columns = [table.numbers(name)[of_month].tolist() for name in names]
    staff = table.texts("staff")[of_month].tolist()
    return {
        name: (Amount(scorecard(*values)), None)
        for name, *values in sorted(zip(staff, *columns, strict=True), key=lambda row: row[0])
    }


def is_mobile(mobiles: Texts) -> Flags:
    """Eleven digits of which the first is 1."""
    if not len(mobiles):
        return np.zeros(0, np.bool_)
    # One character more than a mobile has tells those that are too long.
    signs = mobiles.astype(f"U{MOBILE_DIGITS + 1}").view(np.uint32).reshape(len(mobiles), MOBILE_DIGITS + 1)
    digits = signs[:, :MOBILE_DIGITS] - ord("0")  # what comes before 0 is a very large number
    return np.asarray((digits <= 9).all(1) & (digits[:, 0] == 1) & (signs[:, MOBILE_DIGITS] == 0))


@dataclass(frozen=True)
class Records:
    """Customers, then prospects: when they were created and by whom; all names that stand there, sorted."""

    created: Calendar
    advisor: Texts
    advisors: tuple[str, ...]


def _records(now: Situation) -> Records:
    tables = (now.store.customers, now.store["prospect"])
    advisor: Texts = np.concatenate([table.texts("sales_advisor") for table in tables])
    created = np.concatenate([table.days("created_date") for table in tables])
    return Records(Calendar.of(created), advisor, tuple(sorted(set(advisor.tolist()) - {""})))


def records_by_person(view: View) -> Groups:
    """Customers and prospects created in P with a valid mobile, by sales advisor (T75)."""
    records, identities = view.now.once(_records), view.now.identities
    ids, advisor = identities.ids, records.advisor
    good = records.created.within(view.asked)
    good = good[(advisor[good] != "") & is_mobile(identities.mobiles[good])]
    found: dict[str, dict[tuple[bool, str], int]] = {name: {} for name in records.advisors}
    for place in good.tolist():
        found[advisor[place]].setdefault((place < identities.customer_count, ids[place]), place)

    def named(at: Places) -> list[str]:
        return [str(each) for each in ids[at]]

    return {
        name: (Rows(Subject.RECORD, np.array([*places.values()], np.int64), named), None)
        for name, places in found.items()
    }


def everybody(view: View) -> Rows:
    """All customers on file."""
    return view.flagged_customers(np.ones(view.now.identities.customer_count, np.bool_))


def _graded(now: Situation) -> Flags:
    return ~now.store.customers.words("customer_grade").is_any("")


def graded(view: View) -> Rows:
    """Of these the ones with a grade."""
    return view.flagged_customers(view.now.once(_graded))


def _valid_data(now: Situation) -> Flags:
    """Customers with a valid mobile and a car with VIN and delivery day."""
    customers, vehicles = now.store.customers, now.store.vehicles
    owner = now.identities.owner[: len(vehicles)]
    whole = (vehicles.texts("vin") != "") & ~np.isnat(now.service.delivered) & (owner >= 0)
    flags = np.zeros(len(customers), np.bool_)
    flags[owner[whole]] = True
    return flags & is_mobile(customers.texts("mobile"))


def with_valid_data(view: View) -> Rows:
    """Of these the ones with a valid mobile and a car with VIN and delivery day."""
    return view.flagged_customers(view.now.once(_valid_data))
