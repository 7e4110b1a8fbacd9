"""Where a customer lives: city, county town, countryside; and how far from the store (DOM 4.4)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label, worded
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Numbers, Places, Texts, same

CITY, COUNTY_TOWN, RURAL = "市区", "县城", "乡镇"

LABELS = (
    Label(
        CITY, "City",
        ("Free rescue in town, shop events, tours, owner classes, year-end dinner", "市内免费救援，店头活动，自驾游，爱车讲堂，年终答谢"),
    ),
    Label(COUNTY_TOWN, "County town", ("Service outlets with the activities of the main store", "设服务网点，与主店活动同步")),
    Label(RURAL, "Countryside", ("Service goes to the countryside, on-site service, offers", "服务下乡，上门服务，优惠")),
    NOT_KNOWN,
)  # fmt: skip

WORDS_OF_ADDRESSES = (
    # region, characters of an address that speak for it; the first row that fits counts
    (RURAL, "乡镇村"),
    (COUNTY_TOWN, "县"),
    (CITY, "区"),
)
"""Weak evidence: 景德镇 and 中关村 are no villages. Used only where no region is typed."""

NEAR, CLOSE, FAR = "5公里内", "5-10公里", "10公里外"
CIRCLES = (
    Label(NEAR, "Up to 5 km"),
    Label(CLOSE, "5 to 10 km"),
    Label(FAR, "Over 10 km"),
    NOT_KNOWN,
)
CIRCLE_KM = (5, 10)
"""The store's sphere of influence by road, both limits inclusive."""

TYPED, ADDRESS, DISTANCE = "typed", "address", "distance"


def _holding(texts: Texts, signs: str) -> Flags:
    return np.array([any(sign in text for sign in signs) for text in texts], np.bool_)


def regions(typed: Texts, address: Texts, distance_km: Numbers, city_km: float) -> tuple[Texts, Texts]:
    """
    Region of each customer, and what it was told from (`typed`, `address`, `distance` or "").

    Args:
        typed: region_type.
        city_km: Parameter `city_distance_km`; customers at most so far away live in the city.
    """
    blank = typed == ""
    labels, source = typed.copy(), same(TYPED, len(typed))
    labels[blank], source[blank] = UNKNOWN, ""
    open_ = np.flatnonzero(blank | (typed == UNKNOWN))

    def settle(fits: Flags, places: Places, label: str, by: str) -> Places:
        labels[places[fits]], source[places[fits]] = label, by
        return places[~fits]

    told = address[open_] != ""
    unsaid, open_ = open_[~told], open_[told]
    for label, signs in WORDS_OF_ADDRESSES:
        open_ = settle(_holding(address[open_], signs), open_, label, ADDRESS)
    open_ = np.concatenate([unsaid, open_])
    settle(distance_km[open_] <= city_km, open_, CITY, DISTANCE)
    return labels, source


def classify(situation: Situation) -> Classified:
    """The region of each customer."""
    customers = situation.store.customers
    address, distance = customers.texts("address"), customers.numbers("distance_km")
    labels, source = regions(
        customers.texts("region_type"), address, distance, situation.parameters.number("city_distance_km")
    )
    return Classified(
        labels,
        {
            "typed": np.where(source == TYPED, labels, ""),
            "address": np.where(source == ADDRESS, address, ""),
            "distance_km": distance,
        },
    )


def circles(distance_km: Numbers) -> Texts:
    """Ring around the store in which each customer lives."""
    near, close = CIRCLE_KM
    fits = [np.isnan(distance_km), distance_km <= near, distance_km <= close]
    return worded((UNKNOWN, NEAR, CLOSE, FAR), np.select(fits, range(len(fits)), len(fits)))


def classify_circle(situation: Situation) -> Classified:
    """The ring of each customer."""
    distance = situation.store.customers.numbers("distance_km")
    return Classified(circles(distance), {"distance_km": distance})
