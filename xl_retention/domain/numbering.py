"""Numbers for new rows: the store's own way of numbering goes on, else ours (DOM 6.5)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress

EXAMPLE = "EX-"
"""Begins a number of the example rows, which are taken out one day; nobody's numbering goes on from them."""

_OF_A_DAY = re.compile(r"(?P<head>.*?)(?P<day>20\d{6}(?=[-_/]?\d)|\d{6}(?=[-_/]))(?P<between>[-_/]?)(?P<count>\d{2,4})")
_COUNTED = re.compile(r"(?P<head>.*?)(?P<count>\d{1,9})")


def has_examples(numbers: Iterable[str]) -> bool:
    """Whether a number of an example row is among *numbers*."""
    return f"\n{EXAMPLE}" in "\n".join(["", *numbers])  # a tenth of the time of looking at each


class Numbers:
    """
    New numbers of one table, none of which is taken.

    Args:
        taken: Those that the table has, in the order of its rows; the last one shows how the store numbers.
        day: Day of the new rows; where a number begins with its day, the new ones begin with this one.
        otherwise: How the numbers of a table without any begin, such as `R20261121-`.
        width: How many digits count the rows of a day there.
    """

    def __init__(self, taken: Iterable[str], day: dt.date, otherwise: str, width: int = 2) -> None:
        known = [number.upper() for number in taken if number and not number.upper().startswith(EXAMPLE)]
        self._taken = set(known)
        self._head, self._width = _pattern(known[-1], day) if known else ("", 0)
        if not self._width:
            self._head, self._width = otherwise, width
        counted = re.compile(re.escape(self._head) + r"(\d+)")
        counts = [int(found[1]) for number in known if (found := counted.fullmatch(number))]
        self._last = max(counts, default=0)

    @classmethod
    def of_cards(cls, taken: Iterable[str], day: dt.date) -> Numbers:
        """Numbers of prospects' cards: YYMMDD of their creation and a count of the day, `261121-01` (DOM 6.5)."""
        head = f"{day:%y%m%d}-"
        return cls((number for number in taken if number.startswith(head)), day, head)

    def next(self) -> str:
        """The next free number."""
        while True:
            self._last += 1
            number = f"{self._head}{self._last:0{self._width}}"
            if number not in self._taken:
                self._taken.add(number)
                return number


def _pattern(number: str, day: dt.date) -> tuple[str, int]:
    """What numbers like this one begin with on a day, and how many digits follow; no digits for none that count."""
    if dated := _OF_A_DAY.fullmatch(number):
        form = "%Y%m%d" if len(dated["day"]) == 8 else "%y%m%d"
        with suppress(ValueError):
            dt.datetime.strptime(dated["day"], form)
            return f"{dated['head']}{day:{form}}{dated['between']}", len(dated["count"])
    counted = _COUNTED.fullmatch(number)
    return (counted["head"], len(counted["count"])) if counted else ("", 0)
