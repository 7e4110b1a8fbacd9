"""Which number formats show a number as a day or as a clock, and what such a number means."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from xl_retention.books.parts import attribute, local_name


class Shown(IntEnum):
    """How a style shows a number; the values are those of the `CellKind` that such a number usually has."""

    AS_NUMBER = 1
    AS_DAY = 3
    """A date without a clock."""
    WITH_CLOCK = 6
    """A clock time, a duration, or a date with a clock: below 1 it is a time of day."""


# ECMA-376 18.8.30 with its tables for Chinese, Japanese and Korean: formats that no file spells out.
_DAY_IDS = frozenset([14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58])
_CLOCK_IDS = frozenset([18, 19, 20, 21, 22, 32, 33, 34, 35, 45, 46, 47, 55, 56])

# Quoted words, escaped letters, padding and fill characters, and brackets say nothing about dates;
# but [h], [mm] and [s] are hours, minutes and seconds that do not wrap round.
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SILENT = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|general', re.IGNORECASE | re.DOTALL)

UNIX_DAY_1900 = 25569
"""Serial of 1970-01-01 in the usual date system."""
UNIX_DAY_1904 = 24107
_DAY = 86400.0
_LAST_SERIAL = 2958466.0  # the day after 9999-12-31; Excel shows #### from here on


def shown(code: str) -> Shown:
    """What a custom number format such as `yyyy"年"m"月"` makes of a number."""
    unquoted = re.sub(r'"[^"]*"?|\\.', "", code)
    if _ELAPSED.search(unquoted):
        return Shown.WITH_CLOCK
    bare = _SILENT.sub("", code).lower()
    if "h" in bare or "s" in bare:
        return Shown.WITH_CLOCK
    return Shown.AS_DAY if any(letter in bare for letter in "ymd") else Shown.AS_NUMBER


def cell_styles(styles: ET.Element | None) -> list[Shown]:
    """How each cell style shows a number, in the order of their numbers; empty without a styles part."""
    codes: dict[int, Shown] = {}
    found: list[Shown] = []
    for group in () if styles is None else styles:
        name = local_name(str(group.tag))
        if name == "numFmts":
            for entry in group:
                number = _integer(attribute(entry, "numFmtId"))
                codes[number] = shown(attribute(entry, "formatCode") or "")
        elif name == "cellXfs":
            found = [_shown_by_id(_integer(attribute(entry, "numFmtId")), codes) for entry in group]
    return found


def days_to_seconds(serial: npt.NDArray[np.float64], date1904: bool) -> npt.NDArray[np.float64]:
    """Serial days as whole seconds since 1970-01-01, rounded to the nearest second.

    In the 1900 system the serials below 60 lie a day later than counting back would say, and 60, a
    29 February that 1900 did not have, is taken as the 28th.
    """
    if date1904:
        return np.floor((serial - UNIX_DAY_1904) * _DAY + 0.5)
    days = serial - UNIX_DAY_1900
    if np.fmin.reduce(serial, initial=60) < 60:  # cells without a number are NaN
        days += serial < 60
    return np.floor(days * _DAY + 0.5)


def is_a_date(serial: npt.NDArray[np.float64], date1904: bool) -> npt.NDArray[np.bool_]:
    """Which serials a date format can show; the others stay plain numbers."""
    last = _LAST_SERIAL - (UNIX_DAY_1900 - UNIX_DAY_1904 if date1904 else 0)
    return (serial >= 0) & (serial < last)


def _shown_by_id(number: int, codes: dict[int, Shown]) -> Shown:
    if number in codes:
        return codes[number]
    if number in _DAY_IDS:
        return Shown.AS_DAY
    return Shown.WITH_CLOCK if number in _CLOCK_IDS else Shown.AS_NUMBER


def _integer(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() else -1
