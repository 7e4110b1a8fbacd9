"""Dates that begin with the day or the month (`5/3/2024`): read only where their column says which (DOM 2.14).

`24-3-5` begins with the year (DOM 2.14), as long as its column does not show that it begins with the day.
A single cell that begins with day or month is never guessed. A column in which most cells have this form, and
several of which fit one order only, is kept in that order; then its other cells are read so too, and each of them
is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FEWEST_CLEAR = 3
"""Rows that fit one order only, before it is taken for that of the column."""
LARGEST_MONTH = 12

_FORM = re.compile(
    r"(?P<a>[0-9]{1,2})\s?(?P<sep>[-/.])\s?(?P<b>[0-9]{1,2})\s?(?P=sep)\s?(?P<y>[0-9]{4}|[0-9]{2})(?![0-9])(?P<rest>.*)",
    re.DOTALL,
)
FIRST_SHORT_YEAR = 50
"""Two digits from here on are 19xx, below 20xx (DOM 2.14)."""
FEWEST_TOLD = 5
"""Different dates with a year of two digits, before they tell where the year stands."""

CONTRADICTING = 0.2
"""Share of such dates that cannot begin with a year, from which none of them does."""


def full_year(digits: str) -> int:
    """The year of four or of two digits."""
    if len(digits) > 2:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= FIRST_SHORT_YEAR else 2000)


def not_year_first(texts: Sequence[str], places: Sequence[int], normal: Callable[[str], str]) -> list[int]:
    """
    Places of the dates with a year of two digits, where the column shows that the year does not stand first.

    It shows so by texts whose first number is no year or whose second is no month, or by first numbers of which
    there are twice as many as of last ones: days differ from row to row, years hardly do. Dates with strokes and
    dates with dashes are looked at apart.

    Args:
        texts: The different texts of a column.
        places: Those that may be such dates.
    """
    alike: dict[str, dict[int, re.Match[str]]] = {}
    for place in places:
        match = _FORM.fullmatch(normal(texts[place]))
        if match is not None and len(match["y"]) == 2:
            alike.setdefault(match["sep"], {})[place] = match
    return [place for found in alike.values() if _shows_days_first(found.values()) for place in found]


def _shows_days_first(found: Collection[re.Match[str]]) -> bool:
    contradict = sum(len(match["a"]) == 1 or int(match["b"]) > LARGEST_MONTH for match in found)
    firsts, lasts = {match["a"] for match in found}, {match["y"] for match in found}
    days_first = len(found) >= FEWEST_TOLD and len(firsts) >= 2 * len(lasts)
    return days_first or contradict >= CONTRADICTING * len(found)


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
    iso = {
        place: f"{full_year(match['y'])}-{match[month]}-{match[day]}{match['rest']}" for place, match in found.items()
    }
    either = {
        place
        for place, match in found.items()
        if int(match["a"]) != int(match["b"]) and max(int(match["a"]), int(match["b"])) <= LARGEST_MONTH
    }
    return Ordered(iso, frozenset(either))


def _is_day(number: str, other: str) -> bool:
    """Whether one of two numbers can only be the day, and the other may be the month."""
    return LARGEST_MONTH < int(number) <= dt.date.max.day and 1 <= int(other) <= LARGEST_MONTH
