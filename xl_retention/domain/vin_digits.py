"""Check digits of VINs, and what a mistyped VIN was probably meant to be (ISO 3779, GB 16735)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from xl_retention.domain.store import Flags

LENGTH = 17
_WORTH = ("0", "1AJ", "2BKS", "3CLT", "4DMU", "5ENV", "6FW", "7GPX", "8HY", "9RZ")
_VALUES = {sign: worth for worth, signs in enumerate(_WORTH) for sign in signs}
"""What each sign counts; I, O and Q are no signs of a VIN (DOM 2.4)."""
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK = 8
"""Place of the check digit."""
_TAKEN_FOR = {"I": "1", "O": "0", "Q": "0"}
_LOOK_ALIKE = ("0D", "1L", "1T", "2Z", "5S", "6G", "8B", "UV", "VY", "MN", "PR", "38", "17")
"""Signs that are read or typed for one another; a correction that swaps such a pair is the likelier one."""
MOST_PROPOSALS = 3
"""More would be a guess."""


def has_form(vin: str) -> bool:
    """Whether a cleaned text has 17 signs that a VIN may have."""
    return len(vin) == LENGTH and all(sign in _VALUES for sign in vin)


def check_digit(vin: str) -> str:
    """The sign that belongs at the ninth place of a VIN in form."""
    rest = sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, vin, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def is_right(vin: str) -> bool:
    """Whether a cleaned text is a VIN with the right check digit."""
    return has_form(vin) and vin[_CHECK] == check_digit(vin)


def right_ones(vins: Sequence[str]) -> Flags:
    """`is_right` of each text."""
    return np.array([is_right(vin) for vin in vins], np.bool_)


def one_sign_off(vin: str) -> Iterator[str]:
    """Every VIN that differs in one sign, or in two neighbours changed over; the likelier ones first."""
    if len(vin) != LENGTH:
        return
    yield from _look_alikes(vin)
    for place in range(LENGTH - 1):
        if vin[place] != vin[place + 1]:
            yield f"{vin[:place]}{vin[place + 1]}{vin[place]}{vin[place + 2 :]}"
    for place in range(LENGTH):
        yield from (f"{vin[:place]}{sign}{vin[place + 1 :]}" for sign in _VALUES if sign != vin[place])


def one_sign_lost_or_doubled(vin: str) -> Iterator[str]:
    """Every VIN of 17 signs that a text of 16 or 18 becomes with one sign more or less."""
    if len(vin) == LENGTH + 1:
        yield from (vin[:place] + vin[place + 1 :] for place in range(len(vin)))
    elif len(vin) == LENGTH - 1:
        yield from (f"{vin[:place]}{sign}{vin[place:]}" for place in range(LENGTH) for sign in _VALUES)


def proposals(vin: str, known: Collection[str], *, by_digit: bool = True) -> tuple[str, ...]:
    """
    What a mistyped VIN was probably meant to be, with one sign corrected; a few at most, none where nothing tells.

    Args:
        vin: Cleaned text that is no right VIN, or none on file.
        known: VINs on file; those of them that are one sign off go before all others.
        by_digit: Whether the VINs of this store have check digits, so that the digit tells what is right.
    """
    mended = "".join(_TAKEN_FOR.get(sign, sign) for sign in vin)
    near = [other for other in (*one_sign_off(mended), *one_sign_lost_or_doubled(mended)) if other in known]
    if mended != vin and has_form(mended) and (mended in known or not by_digit or is_right(mended)):
        near = [mended]
    elif not near and by_digit and has_form(mended):
        near = [other for other in _look_alikes(mended) if is_right(other)]
    found = tuple(dict.fromkeys(other for other in near if other != vin))
    return found if len(found) <= MOST_PROPOSALS else ()


def _look_alikes(vin: str) -> Iterator[str]:
    """The VIN with one sign exchanged for one that it is read or typed for."""
    for place, sign in enumerate(vin):
        for pair in _LOOK_ALIKE:
            if sign in pair:
                yield vin[:place] + pair.replace(sign, "") + vin[place + 1 :]
