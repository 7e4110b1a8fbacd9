"""Key accounts and those that may become one (DOM 4.12)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label, worded
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Numbers, Places, Texts

KEY, POTENTIAL, ORDINARY = "大客户", "潜在大客户", "一般客户"

LABELS = (
    Label(
        KEY, "Key account",
        ("Weekly, monthly and quarterly contact, first information, simplified process, two contacts", "每周、每月、每季联系，优先获知信息，简化流程，双对接人"),
    ),
    Label(POTENTIAL, "Potential key account", ("Develop: trial of new products, first information", "重点培育：新品试用，优先获知信息")),
    Label(ORDINARY, "Ordinary customer"),
    NOT_KNOWN,
)  # fmt: skip

FLEET = 3
"""Cars in use from which a company is a key account whatever it spends."""
POTENTIAL_PERCENT = 70
"""Share of both numeric limits from which an account may become a key account."""

COMPANY = "单位"


def key_accounts(
    frequency: Numbers, amount: Numbers, margin_pct: Numbers, company_cars: Places, parameters: Parameters
) -> Texts:
    """
    大客户, 潜在大客户 or 一般客户; 未知 where frequency or amount is blank and the fleet does not decide.

    Args:
        frequency: Purchases a year.
        amount: Yuan a year.
        margin_pct: NaN is not evaluated.
        company_cars: Cars in use of a company; 0 for a person.
    """
    often, much = parameters.number("key_account_frequency"), parameters.number("key_account_amount")
    earns = np.isnan(margin_pct) | (margin_pct >= parameters.number("key_account_margin"))
    key = (company_cars >= FLEET) | ((frequency >= often) & (amount >= much) & earns)
    near = [100 * reached >= POTENTIAL_PERCENT * limit for reached, limit in ((frequency, often), (amount, much))]
    blank = np.isnan(frequency) | np.isnan(amount)
    fits = [key, blank, near[0] & near[1]]
    return worded((KEY, UNKNOWN, POTENTIAL, ORDINARY), np.select(fits, range(len(fits)), len(fits)))


def classify(situation: Situation) -> Classified:
    """Each row of the key-account sheet by its own figures."""
    accounts = situation.store["key_account"]
    frequency, amount, margin = (accounts.numbers(name) for name in ("annual_frequency", "amount", "margin_pct"))
    labels = key_accounts(frequency, amount, margin, np.zeros(len(accounts), np.int64), situation.parameters)
    return Classified(labels, {"frequency": frequency, "amount": amount, "margin": margin})


def classify_customers(situation: Situation) -> Classified:
    """Each customer by the paid visits of the last 12 months over all cars, and a company by its cars in use."""
    vehicles, count = situation.store.vehicles, situation.identities.customer_count
    owner, spent = situation.identities.owner[: len(vehicles)], situation.spending
    owned = owner >= 0
    whose = owner[owned]
    visits = np.bincount(whose, weights=spent.visits[owned], minlength=count).astype(np.float64)
    amount = np.bincount(whose, weights=spent.amount[owned], minlength=count).astype(np.float64)
    running = situation.cars_in_use[owned]
    cars = np.bincount(whose[running], minlength=count)
    company_cars = np.where(situation.store.customers.words("customer_type").is_any(COMPANY), cars, 0)
    labels = key_accounts(visits, amount, np.full(count, np.nan), company_cars, situation.parameters)
    return Classified(
        labels,
        {
            "frequency": visits,
            "amount": amount,
            "margin": np.full(count, np.nan),
            "cars": np.where(company_cars, company_cars, np.nan),
        },
    )
