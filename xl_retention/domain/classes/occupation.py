"""Occupation of a customer (DOM 4.7); the words behind the labels are in `domain.words`."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label
from xl_retention.domain.situation import Situation

LABELS = (
    Label("公务员", "Civil servant", ("Regular and reserved: separate upkeep, a resource", "规律、少抱怨：单独维系，作为资源")),
    Label(
        "企事业单位", "Employee",
        ("Backbone, exact about money: flexible policy, standard process", "骨干客户，计较费用：政策灵活，流程规范"),
    ),
    Label("务工人员", "Worker", ("Minds the cost: meet the basic needs, exceed them a little", "注重成本：满足基本需求，略超期望")),
    Label("农民", "Farmer", ("Goes where it is cheap: coupons, maintenance gifts", "哪里便宜去哪里：优惠券，保养赠品")),
    Label("其他", "Other"),
    NOT_KNOWN,
)  # fmt: skip


def classify(situation: Situation) -> Classified:
    """The occupation typed for each customer."""
    typed = situation.store.customers.texts("occupation")
    return Classified(np.where(typed == "", UNKNOWN, typed).astype(object), {"typed": typed})
