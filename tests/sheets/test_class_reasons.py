# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Every scheme can say why, in both languages, from the inputs that its rule looked at."""

from __future__ import annotations

import re
import string

import pytest

from tests.tables import situation
from xl_retention.domain.classes.schemes import BY_KEY, OF_EACH_CUSTOMER, SCHEMES
from xl_retention.sheets.classes.class_reasons import FACTS, why, whys
from xl_retention.sheets.classes.labels import ENGLISH

HAN = re.compile(r"[\u3400-\u9fff]")

STORE = {
    "customer": """
        customer_id | region_type | address  | birth_year | occupation | customer_type | hobbies | distance_km
        C1          | 市区        |          | 1985       | 农民       | 单位          | 足球    | 3.5
        C2          |             | 良朋村   | 80后       |            |               |         |
    """,
    "vehicle": """
        vin | customer_id | delivery_date | use_type | vehicle_status | last_odometer | series
        V1  | C1          | 2024-08-01    | 私家车   |                | 50000         | Polo
        V2  | C2          | 2025-05-01    |          |                |               |
        V3  | C1          | 2020-05-01    |          | 转让           |               |
    """,
    "service_visit": """
        vin | visit_date | paid_amount | pay_type | work_type
        V1  | 2025-01-10 | 1140 | 自费 | 定期保养
        V1  | 2025-02-10 | 1140 | 自费 | 一般维修
        V1  | 2025-04-20 | 1140 | 自费 | 一般维修
    """,
    "prospect": "prospect_no | created_date | expected_order_date | status\nP1 | 2025-06-01 | 2025-06-30 |\nP2 | 2025-06-01 | 2025-06-28 |\nP3 | 2025-06-01 | | 战败\nP4 | 2025-06-01 | |",
    "key_account": "account_no | amount | annual_frequency | wallet_share_pct | stage | margin_pct\nK1 | 20000 | 6 | 49.5 | 稳定合作阶段 | 20\nK2 | | | | |",
    "contact_log": "customer_id | contact_at | satisfaction_level\nC1 | 2025-06-01 | 满意",
}


@pytest.fixture(scope="module")
def known():
    return situation("2025-06-29", **STORE)


def test_every_scheme_has_its_facts():
    assert set(FACTS) == set(BY_KEY)


def test_facts_name_inputs_that_the_rule_gives(known):
    for scheme in (*SCHEMES, *OF_EACH_CUSTOMER):
        inputs = scheme.of(known).inputs
        if not inputs:
            continue  # several cars of a customer have no common inputs
        for fact in FACTS[scheme.key]:
            assert {*fact.names, *filter(None, [fact.only_if])} <= set(inputs), scheme.key


def test_both_languages_tell_the_same_inputs():
    for key, facts in FACTS.items():
        for fact in facts:
            told = {name for _, name, _, _ in string.Formatter().parse(fact.chinese) if name}
            assert told == set(fact.names), key
            assert not HAN.search(fact.english), key


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_of_every_scheme_has_a_sentence(known, language):
    for scheme in (*SCHEMES, *OF_EACH_CUSTOMER):
        found = scheme.of(known)
        for label, sentence in zip(found.labels, whys(scheme, found, language), strict=True):
            assert bool(sentence) == (scheme.several or bool(label)), scheme.key
            assert not re.search(r"\b(nan|nat)\b", sentence, re.IGNORECASE)


@pytest.mark.parametrize(
    ("key", "place", "english", "chinese"),
    [
        (
            "loyalty", 0, "3 paid visits, 3,420 yuan in 12 months, last visit 2 months ago: loyal",
            "12个月内自费3次，共3,420元，最近到店在2个月前：忠诚客户",
        ),
        (
            "loyalty", 1, "0 paid visits, 0 yuan in 12 months, delivered 1 month ago, no visit since: general",
            "12个月内自费0次，共0元，1个月前交车，之后未到店：一般客户",
        ),
        (
            "loyalty", 2, "Transferred, 0 paid visits, 0 yuan in 12 months, delivered 61 months ago, no visit since: gone",
            "转让，12个月内自费0次，共0元，61个月前交车，之后未到店：已转出",
        ),
        ("age_band", 0, "delivered 2024-08-01, 50,000 km: in warranty", "2024-08-01交车，50,000公里：保修期内"),
        ("use", 1, "nothing entered: unknown", "未填写：未知"),
        ("work_item", 2, "delivered 2020-05-01, first service not done: first service", "2020-05-01交车，未做首保：首保客户"),
        ("region", 0, "entered as City, 3.5 km from the store: city", "已填市区，距店3.5公里：市区"),
        ("region", 1, "by the address 良朋村 (weak evidence): countryside", "按地址“良朋村”推断（仅供参考）：乡镇"),
        ("cohort", 0, "born 1985: born in the 1980s", "1985年出生：80后"),
        ("cohort", 1, "entered as 80后: born in the 1980s", "已填80后：80后"),
        ("prospect_grade", 0, "order expected in 1 day: H", "预计1天后订车：H"),
        ("prospect_grade", 1, "order was expected 1 day ago: past expected date", "预计订车日已过1天：逾期未订"),
        ("prospect_grade", 2, "", ""),
        ("prospect_grade", 3, "no expected date: nurture", "无预计订车日：培育"),
        ("stage", 0, "share of wallet 49.5%, entered as Steady co-operation: first co-operation", "采购份额49.5%，表中为稳定合作阶段：初期合作阶段"),
        ("key_account", 0, "6 purchases and 20,000 yuan a year, margin 20%: key account", "每年6次，20,000元，利润率20%：大客户"),
        ("key_account", 1, "nothing entered: unknown", "未填写：未知"),
        ("satisfaction", 0, "answered 2025-06-01: satisfied", "2025-06-01回访所答：满意"),
    ],
)  # fmt: skip
def test_sentences(known, key, place, english, chinese):
    scheme = BY_KEY[key]
    assert why(scheme, scheme.of(known), place, "en") == english
    assert why(scheme, scheme.of(known), place, "zh") == chinese


def test_labels_have_names_in_both_languages():
    for scheme in SCHEMES:
        for label in scheme.labels:
            assert not HAN.search(label.name("en")), label
            assert not HAN.search(label.action[0]), label
            assert bool(label.action[0]) == bool(label.action[1]), label


def test_cell_functions_and_schemes_use_the_same_english_names():
    for key in ("value_tier", "loyalty", "prospect_grade"):
        for label in BY_KEY[key].labels:
            assert ENGLISH.get(label.word, label.english) == label.english
