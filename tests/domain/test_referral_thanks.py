"""REF-THANKS: the day after a referral and the day after its deal (DOM 3.5); nothing without a referral sheet."""

from __future__ import annotations

import pytest

from tests.tables import codes, days_listed, laid

CUSTOMERS = "customer_id | mobile      | sales_advisor\nC1          | 13900000001 | Li"
REFERRAL = "referral_id | referrer_id | date       | deal_date\nF1          | {who}        | 2025-05-01 | {deal}"


def thanks(as_of: str, who: str = "C1", deal: str = "") -> list[str]:
    items = laid(as_of, "REF-THANKS", customer=CUSTOMERS, referral=REFERRAL.format(who=who, deal=deal))
    return [f"{item.key} {item.window}" for item in items]


def test_the_window_is_one_day_and_a_fortnight_to_catch_up():
    assert thanks("2025-05-01") == ["C1//REF-THANKS/2025-05-01/1 2025-05-02 2025-05-02 2025-05-02 2025-05-16"]


def test_a_deal_is_thanked_for_once_more():
    assert [text.split()[0] for text in thanks("2025-06-30", deal="2025-06-20")] == [
        "C1//REF-THANKS/2025-05-01/1",
        "C1//REF-THANKS/2025-06-20/1",
    ]
    assert len(thanks("2025-06-19", deal="2025-06-20")) == 1
    assert len(thanks("2025-05-01", deal="2025-05-01")) == 1


@pytest.mark.parametrize(("who", "found"), [("C1", 1), ("c1", 1), ("13900000001", 1), ("Ada", 0), ("", 0), ("C9", 0)])
def test_the_referrer_is_known_by_number_or_phone(who, found):
    """
    DOM 2.19: a name alone never matches.
    """
    assert len(thanks("2025-05-02", who=who)) == found


def test_a_referral_of_a_day_to_come_brings_nothing():
    assert thanks("2025-04-30") == []


def test_the_log_closes_it():
    given = {"customer": CUSTOMERS, "referral": REFERRAL.format(who="C1", deal=""), "only": ("REF-THANKS",)}
    assert days_listed("REF-THANKS", "2025-04-28", "2025-05-20", **given) == "2025-05-02..2025-05-16"
    log = "customer_id | contact_at | rule_code | result\nC1 | 2025-05-03 | 感谢介绍人 | 接通"
    assert days_listed("REF-THANKS", "2025-04-28", "2025-05-20", contact_log=log, **given) == "2025-05-02..2025-05-02"


def test_without_a_referral_sheet_there_is_nothing():
    assert codes("2025-05-02", customer=CUSTOMERS) == []
