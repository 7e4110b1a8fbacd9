"""VINs that cannot be right, or name no car on file, with the car that was probably meant (DOM 2.4, 2.15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np

from xl_retention.domain.identity import TAIL_LENGTHS
from xl_retention.domain.problems import Problem, Severity
from xl_retention.domain.situation import Situation
from xl_retention.domain.vin_digits import LENGTH, has_form, is_right, proposals, right_ones


class Check(NamedTuple):
    """One way in which a VIN is wrong."""

    code: str
    severity: Severity
    wanted: str


_LENGTH = Check("vin_length", "high", "a VIN of 17 signs")
_SIGNS = Check("vin_signs", "high", "a VIN: I, O and Q never stand in one")
_DIGIT = Check("vin_check_digit", "medium", "a VIN with the right check digit")

NAMING = ("service_visit", "booking", "contact_log", "complaint", "renewal", "maintenance_reminder")
"""Tables whose rows name a car by its VIN."""
FEWEST_VINS = 10
RIGHT_SHARE = 0.8
"""With so many right check digits the store's VINs have them, and a wrong one is a slip of the pen."""
MOST_SEARCHED = 2_000
"""So many unknown VINs are compared with those on file; a store with more lacks cars, not care."""


def vin_problems(situation: Situation) -> list[Problem]:
    """Cars with a VIN that cannot be right, then rows that name a car on file all but one sign."""
    vins = situation.store.vehicles.texts("vin").tolist()
    whole = [vin for vin in vins if has_form(vin)]
    by_digit = len(whole) >= FEWEST_VINS and bool(right_ones(whole).mean() >= RIGHT_SHARE)
    listed = frozenset(whole)
    return [*_of_cars(situation, vins, _named_elsewhere(situation) - listed, by_digit), *_of_rows(situation, listed)]


def _named_elsewhere(situation: Situation) -> frozenset[str]:
    """VINs in form that rows of other tables name."""
    tables = (situation.store[entity] for entity in NAMING)
    return frozenset(vin for table in tables if "vin" in table.columns for vin in table.texts("vin") if has_form(vin))


def _of_cars(
    situation: Situation, vins: list[str], elsewhere: Collection[str], by_digit: bool
) -> Iterator[Problem]:
    vehicles = situation.store.vehicles
    for place, vin in enumerate(vins):
        if not vin or (is_right(vin) if by_digit else has_form(vin)):
            continue
        fault = _LENGTH if len(vin) != LENGTH else _DIGIT if has_form(vin) else _SIGNS
        remedy = _remedy(proposals(vin, elsewhere, by_digit=by_digit))
        yield vehicles.fault(fault.code, fault.severity, place, "vin", found=vin, wanted=fault.wanted, remedy=remedy)


def _of_rows(situation: Situation, known: Collection[str]) -> Iterator[Problem]:
    searched: dict[str, tuple[str, ...]] = {}
    for entity in NAMING:
        table = situation.store[entity]
        if "vin" not in table.columns:
            continue
        vins = table.texts("vin")
        strange = {vin for vin in set(vins.tolist()) if vin not in known and len(vin) not in TAIL_LENGTHS} - {""}
        if len(strange) + len(searched) > MOST_SEARCHED:
            return
        near = {vin: searched.setdefault(vin, proposals(vin, known, by_digit=False)) for vin in sorted(strange)}
        meant = {vin: found for vin, others in near.items() if (found := [other for other in others if other in known])}
        for place in np.flatnonzero(np.isin(vins, [*meant])).tolist() if meant else ():
            yield table.fault(
                "vin_near_another", "high", place, "vin",
                found=vins[place],
                wanted="a VIN on file",
                remedy=_remedy(tuple(meant[vins[place]])),
            )  # fmt: skip


def _remedy(found: tuple[str, ...]) -> str:
    """What to do about a VIN: compare it with what it was probably meant to be."""
    remedy = "Copy the VIN from the car's papers."
    return f"Compare with the car's papers; it may be {' or '.join(found)}." if found else remedy
