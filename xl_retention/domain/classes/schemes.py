"""The table of all classification schemes; JSON, class columns, segments and the page of schemes follow it (DOM 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xl_retention.domain.classes import (
    cohort,
    credit,
    grading,
    groupings,
    key_account,
    loyalty_state,
    occupation,
    prospect_grade,
    region,
    relationship_stage,
    value,
    vehicle_age,
    vehicle_use,
    work_item,
)
from xl_retention.domain.classes.groupings import typed_word
from xl_retention.domain.classes.scheme import Classified, Scheme, Subject
from xl_retention.domain.classes.whole_customers import best_of_cars
from xl_retention.domain.situation import Situation

CAR, CUSTOMER, PROSPECT, ACCOUNT = Subject.CAR, Subject.CUSTOMER, Subject.PROSPECT, Subject.ACCOUNT

_S = Scheme

# fmt: off
SCHEMES: tuple[Scheme, ...] = (
    # key, heading in English and Chinese, whose, DOM, labels, how, what it needs
    _S("value_tier", "Value tier", "客户价值", CAR, "4.5", value.LABELS, value.classify, ("service_visit.visit_date",)),
    _S("loyalty", "Loyalty", "忠诚状态", CAR, "4.8", loyalty_state.LABELS, loyalty_state.classify,
       ("vehicle.delivery_date",)),
    _S("age_band", "Vehicle age", "车龄", CAR, "4.1", vehicle_age.LABELS, vehicle_age.classify, ("vehicle.delivery_date",)),
    _S("use", "Vehicle use", "车辆用途", CAR, "4.2", vehicle_use.LABELS, vehicle_use.classify, ("vehicle.use_type",)),
    _S("work_item", "Work-order item", "作业项目", CAR, "4.3", work_item.LABELS, work_item.classify, several=True),
    _S("region", "Region", "区域", CUSTOMER, "4.4", region.LABELS, region.classify,
       ("customer.region_type", "customer.address", "customer.distance_km")),
    _S("cohort", "Age cohort", "年龄段", CUSTOMER, "4.6", cohort.LABELS, cohort.classify,
       ("customer.birth_date", "customer.birth_year", "customer.id_number")),
    _S("occupation", "Occupation", "工作性质", CUSTOMER, "4.7", occupation.LABELS, occupation.classify,
       ("customer.occupation",)),
    _S("key_customer", "Key customer", "大客户（按消费）", CUSTOMER, "4.12", key_account.LABELS, key_account.classify_customers),
    _S("credit_grade", "Credit grade", "信用等级", CUSTOMER, "4.13", credit.LABELS, credit.classify),
    _S("distance", "Distance circle", "距离圈", CUSTOMER, "4.4", region.CIRCLES, region.classify_circle),
    _S("base_scope", "Where bought", "客户归属", CUSTOMER, "4.14", groupings.BASE_SCOPES, typed_word("customer", "base_scope")),
    _S("customer_type", "Person or company", "客户类型", CUSTOMER, "4.14", groupings.CUSTOMER_TYPES,
       typed_word("customer", "customer_type", blank="个人")),
    _S("industry", "Industry", "行业", CUSTOMER, "4.14", (), typed_word("customer", "industry")),
    _S("interests", "Interests", "兴趣点", CUSTOMER, "4.14", (), groupings.classify_interests, several=True),
    _S("satisfaction", "Satisfaction", "满意度", CUSTOMER, "4.14", groupings.SATISFACTION, groupings.classify_satisfaction),
    _S("series", "Series", "车系", CAR, "4.14", (), typed_word("vehicle", "series")),
    _S("model", "Model", "车型", CAR, "4.14", (), typed_word("vehicle", "model")),
    _S("prospect_grade", "Computed grade", "意向级别（计算）", PROSPECT, "4.10", prospect_grade.LABELS, prospect_grade.classify),
    _S("account_grade", "A-D grade", "客户分级", ACCOUNT, "4.9", grading.LABELS, grading.classify),
    _S("stage", "Relationship stage", "客户关系阶段", ACCOUNT, "4.11", relationship_stage.LABELS, relationship_stage.classify),
    _S("key_account", "Key account", "大客户认定", ACCOUNT, "4.12", key_account.LABELS, key_account.classify),
)
"""All schemes, each over the rows that it is about."""
# fmt: on

BY_KEY: Mapping[str, Scheme] = {scheme.key: scheme for scheme in SCHEMES}

OF_EACH_VEHICLE = ("value_tier", "loyalty", "age_band", "use", "work_item", "region", "cohort", "occupation")
"""Keys of the schemes that `classify` prints for every vehicle, in their order."""


def _for_customers(scheme: Scheme) -> Scheme:
    if scheme.key == "loyalty":
        return replace(scheme, subject=CUSTOMER, classify=loyalty_state.classify_customers)
    return replace(scheme, subject=CUSTOMER, classify=best_of_cars(scheme))


OF_EACH_CUSTOMER: tuple[Scheme, ...] = tuple(
    scheme if scheme.subject is CUSTOMER else _for_customers(scheme)
    for scheme in SCHEMES
    if scheme.subject is CUSTOMER or (scheme.subject is CAR and scheme.labels)
)
"""All schemes that can be told of a customer: the customer's own, and the best of the cars'."""


def on_cars(scheme: Scheme, situation: Situation) -> Classified:
    """The labels of each listed car; those of a customer's scheme are its owner's, 未知 where nobody owns it."""
    classified = scheme.of(situation)
    if scheme.subject is CAR:
        return classified
    assert scheme.subject is CUSTOMER, scheme.key
    return classified.at(situation.identities.owner[: len(situation.store.vehicles)])
