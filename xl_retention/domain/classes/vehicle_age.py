"""Vehicle age: inside warranty, inside the three guarantees, outside (DOM 4.1).

The names follow the trade, but in law the two periods lie the other way round; so the bands are two ordered
cut-offs that the store sets, and say nothing about what a customer is entitled to.
"""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label, worded
from xl_retention.domain.dates import add_months
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Numbers, Places, Texts

INNER, OUTER, BEYOND = "AGE1", "AGE2", "AGE3"

LABELS = (
    Label(INNER, "In warranty", ("Guide habits, fix the routine, build trust", "引导用车习惯，养成回厂规律，建立信任"), "保修期内"),
    Label(
        OUTER, "In the three guarantees",
        ("Active contact, quality, clear process and cost, points and offers", "主动联系，保证质量，流程费用透明，积分与优惠"),
        "三包期限内",
    ),
    Label(
        BEYOND, "Beyond the three guarantees",
        ("Special policy, new interests, keep for big repairs and accidents", "专项政策，寻找新的兴趣点，保住大修与事故车"),
        "三包期限外",
    ),
    NOT_KNOWN,
)  # fmt: skip


def age_bands(
    delivered: Days, warranty_end: Days, km: Numbers, brand: Texts, as_of: np.datetime64, parameters: Parameters
) -> Texts:
    """
    AGE1, AGE2, AGE3, or 未知 without a delivery day (T45, T46). All limits are inclusive.

    Args:
        delivered: Delivery day of each car.
        warranty_end: Stands for the date of the inner limit where it is filled.
        km: Latest reading; NaN is tested by date only.
        brand: `age_inner_months.BRAND` and its like go before the general limits.
    """

    def within(side: str, last: Days) -> np.ndarray:
        limit = parameters.numbers_of(f"age_{side}_km", brand)
        return np.asarray((as_of <= last) & ~(km > limit))

    inner, outer = (
        _months_later(delivered, parameters.numbers_of(f"age_{side}_months", brand).astype(np.int64))
        for side in ("inner", "outer")
    )
    inner = np.where(np.isnat(warranty_end), inner, warranty_end)
    fits = [np.isnat(delivered), within("inner", inner), within("outer", outer)]
    return worded((UNKNOWN, INNER, OUTER, BEYOND), np.select(fits, range(len(fits)), len(fits)))


def _months_later(days: Days, months: Places) -> Days:
    """Days so many months later each; few brands have a number of their own."""
    ends = np.full(len(days), NO_DAY)
    for number in np.unique(months).tolist():
        those = np.flatnonzero(months == number)
        ends[those] = add_months(days[those], number)
    return ends


def latest_km(situation: Situation) -> Numbers:
    """The latest dated reading of each car (DOM 3.6), else `last_odometer` without a date; NaN where neither."""
    vehicles, visits = situation.store.vehicles, situation.visits
    typed, dated = vehicles.numbers("last_odometer"), vehicles.days("odometer_date")
    km, day = np.full(len(vehicles), np.nan), np.full(len(vehicles), NO_DAY)
    read = np.flatnonzero((visits.car < len(vehicles)) & ~np.isnan(visits.odometer))
    km[visits.car[read]] = visits.odometer[read]  # sorted by day: the last write is the latest visit
    day[visits.car[read]] = visits.day[read]
    newer = ~np.isnan(typed) & (np.isnat(day) | (dated > day))
    return np.where(newer, typed, np.where(dated == day, np.fmax(typed, km), km))


def classify(situation: Situation) -> Classified:
    """The band of each listed car."""
    vehicles, delivered = situation.store.vehicles, situation.service.delivered
    ends, km = vehicles.days("warranty_end"), latest_km(situation)
    labels = age_bands(delivered, ends, km, vehicles.texts("brand"), situation.day, situation.parameters)
    return Classified(labels, {"delivered": delivered, "km": km, "warranty_end": ends})
