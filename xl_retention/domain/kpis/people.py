"""Staff and data: score cards, records collected, grading, completeness (DOM K43, K44, K46, K52)."""

from __future__ import annotations

import re

import numpy as np

from xl_retention.domain.kpis.growth import Groups
from xl_retention.domain.kpis.rows import Amount, Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.store import Flags, Places, Texts

POINTS = 50.0
MOBILE = re.compile(r"1[0-9]{10}")


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
    return np.array([bool(MOBILE.fullmatch(text)) for text in mobiles.tolist()], np.bool_)


def records_by_person(view: View) -> Groups:
    """Customers and prospects created in P with a valid mobile, by sales advisor (T75)."""
    now, identities = view.now, view.now.identities
    customers, prospects = now.store.customers, now.store["prospect"]
    created = np.concatenate([table.days("created_date") for table in (customers, prospects)])
    advisor: Texts = np.concatenate([table.texts("sales_advisor") for table in (customers, prospects)])
    ids, good = identities.ids, np.flatnonzero(view.asked.holds(created) & (advisor != ""))
    good = good[is_mobile(identities.mobiles[good])]
    found: dict[str, dict[tuple[bool, str], int]] = {name: {} for name in sorted(set(advisor.tolist()) - {""})}
    for place in good.tolist():
        found[advisor[place]].setdefault((place < len(customers), ids[place]), place)

    def named(at: Places) -> list[str]:
        return [str(each) for each in ids[at]]

    return {
        name: (Rows(Subject.RECORD, np.array([*records.values()], np.int64), named), None)
        for name, records in found.items()
    }


def everybody(view: View) -> Rows:
    """All customers on file."""
    return view.flagged_customers(np.ones(view.now.identities.customer_count, np.bool_))


def graded(view: View) -> Rows:
    """Of these the ones with a grade."""
    return view.flagged_customers(view.now.store.customers.texts("customer_grade") != "")


def with_valid_data(view: View) -> Rows:
    """Of these the ones with a valid mobile and a car with VIN and delivery day."""
    customers, vehicles = view.now.store.customers, view.now.store.vehicles
    whole = (vehicles.texts("vin") != "") & ~np.isnat(view.now.service.delivered) & (view.car_owner >= 0)
    flags = np.zeros(len(customers), np.bool_)
    flags[view.car_owner[whole]] = True
    return view.flagged_customers(flags & is_mobile(customers.texts("mobile")))
