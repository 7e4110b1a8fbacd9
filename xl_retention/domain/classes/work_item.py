"""What a car comes for next, or came for last month: first service, maintenance, repair (DOM 4.3)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import Classified, Label, chosen_labels
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Texts

FIRST_SERVICE, MAINTENANCE, REPAIR = "首保客户", "定期保养客户", "一般维修客户"

LABELS = (
    Label(FIRST_SERVICE, "First service", ("7-day call in time, remind until the car comes", "及时7DC回访，提醒直至到店")),
    Label(
        MAINTENANCE, "Maintenance",
        ("Export at the end of the month, invite with the front desk, complete the data", "月末导出，客服与前台共同邀约，补全资料"),
    ),
    Label(REPAIR, "Repair", ("3-day call, daily care", "3DC回访，日常关怀")),
)  # fmt: skip
"""A car may carry several, in this order; the first is its primary one."""


def work_items(first_service: Flags, maintenance: Flags, repair: Flags) -> Texts:
    """The labels of each car as a tuple, in the order of the table; empty where none fits."""
    return chosen_labels(LABELS, np.stack([first_service, maintenance, repair], axis=1))


def classify(situation: Situation) -> Classified:
    """The labels of each listed car, whatever its status."""
    service, visits, count = situation.service, situation.visits, len(situation.store.vehicles)
    month = situation.day.astype("datetime64[M]")
    delivered = ~np.isnat(service.delivered)
    before, first, following, beyond = ((month + step).astype("datetime64[D]") for step in (-1, 0, 1, 2))
    next_month = (service.maintenance_due >= following) & (service.maintenance_due < beyond)
    repaired = np.zeros(count, np.bool_)
    last_month = visits.repair & (visits.car < count) & (visits.day >= before) & (visits.day < first)
    repaired[visits.car[last_month]] = True
    waiting = delivered & ~service.first_done
    return Classified(
        work_items(waiting, service.first_done & next_month, repaired),
        {
            "delivered": service.delivered,
            "waiting": waiting,
            "maintenance_due": np.where(service.first_done, service.maintenance_due, NO_DAY),
            "repaired": repaired,
        },
    )
