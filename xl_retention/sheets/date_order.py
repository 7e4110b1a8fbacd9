"""Dates that begin with the day or the month (`5/3/2024`): read only where their column says which (DOM 2.14).

A single such cell is never guessed. A column in which most cells have this form, and several of which fit one
order only, is kept in that order; then its other cells are read so too, and each of them is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FEWEST_CLEAR = 3
"""Rows that fit one order only, before it is taken for that of the column."""
LARGEST_MONTH = 12

_FORM = re.compile(
    r"(?P<a>[0-9]{1,2})\s?(?P<sep>[-/.])\s?(?P<b>[0-9]{1,2})\s?(?P=sep)\s?(?P<y>[0-9]{4})(?![0-9])(?P<rest>.*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Ordered:
    """What the texts of a column say once its order is known.

    Args:
        iso: By place of a text the same moment with the year first, still to be read.
        doubtful: Places of those that the other order would make another day.
    """

    iso: dict[int, str]
    doubtful: frozenset[int]


def in_order(
    texts: Sequence[str], counts: npt.NDArray[np.integer], filled: int, normal: Callable[[str], str]
) -> Ordered | None:
    """
    The dates among *texts* that a column keeps in one order.

    Args:
        texts: Different texts that were not read as dates.
        counts: In how many rows each of them stands.
        filled: Rows of the column that hold anything.

    Returns:
        None where the column does not tell: such dates are not most of its cells, fewer than `FEWEST_CLEAR`
        rows are clear, or some of them contradict others.
    """
    found = {place: match for place, text in enumerate(texts) if (match := _FORM.fullmatch(normal(text)))}
    if sum(int(counts[place]) for place in found) * 2 <= filled:
        return None
    day_first = sum(int(counts[place]) for place, match in found.items() if _is_day(match["a"], match["b"]))
    month_first = sum(int(counts[place]) for place, match in found.items() if _is_day(match["b"], match["a"]))
    if max(day_first, month_first) < FEWEST_CLEAR or min(day_first, month_first) > 0:
        return None
    day, month = ("a", "b") if day_first else ("b", "a")
    iso = {place: f"{match['y']}-{match[month]}-{match[day]}{match['rest']}" for place, match in found.items()}
    either = {
        place
        for place, match in found.items()
        if int(match["a"]) != int(match["b"]) and max(int(match["a"]), int(match["b"])) <= LARGEST_MONTH
    }
    return Ordered(iso, frozenset(either))


def _is_day(number: str, other: str) -> bool:
    """Whether one of two numbers can only be the day, and the other may be the month."""
    return LARGEST_MONTH < int(number) <= dt.date.max.day and 1 <= int(other) <= LARGEST_MONTH
