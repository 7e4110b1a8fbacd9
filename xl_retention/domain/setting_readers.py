"""How a cell of the sheet Settings is understood: numbers, days, clocks, choices (DOM 2.20, 9)."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Value = int | float | str | dt.date | dt.time | tuple[float, ...] | tuple[int, int] | None
"""What a parameter may hold; None is blank. Month and day are a pair, lists of numbers are tuples."""


@dataclass(frozen=True)
class Reader:
    """How the value of a parameter is understood.

    Args:
        wanted: What has to stand in the cell, for the person who typed something else.
        read: Value of a cell that is not blank. Raises ValueError where it makes no sense.
    """

    wanted: str
    read: Callable[[object], Value]


def plain(value: object) -> str:
    """A cell as text, half-width, without blanks around it."""
    return unicodedata.normalize("NFKC", str(value)).strip()


_UNITS = re.compile(r"(km|公里|元|yuan|天|days?|个?月|months?|次|个?小时|hours?|分钟|minutes?)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def _a_number(value: object) -> float:
    """Read 5000.0, `5,000`, `¥5,000`, `5,000 km` or `20%` (as 20)."""
    text = plain(value).replace(",", "").replace(" ", "").lstrip("¥$")
    text = _UNITS.sub("", text.removesuffix("%"))
    if isinstance(value, bool) or not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(value)
    return float(text)


def _is_percent(value: object) -> bool:
    return plain(value).endswith("%")


def _number(value: object) -> float:
    if _is_percent(value):
        raise ValueError(value)
    return _a_number(value)


MOST = 100_000
"""No count, day or month of a store is larger; what is larger was typed by mistake."""


def _at_least_nothing(value: object) -> float:
    number = _number(value)
    if number < 0:
        raise ValueError(value)
    return number


def _whole(value: object) -> int:
    number = _at_least_nothing(value)
    if number > MOST or number != int(number):
        raise ValueError(value)
    return int(number)


def _at_least_one(value: object) -> int:
    number = _whole(value)
    if number < 1:
        raise ValueError(value)
    return number


def _percent(value: object) -> float:
    """Read 20, `20` or `20%` as 20, and 0.2 too: that is what a cell holds which Excel shows as 20%."""
    number = _a_number(value)
    if number < 0:
        raise ValueError(value)
    return number if _is_percent(value) or number >= 1 else number * 100


def _ratio(value: object) -> float:
    """Read 0.7, `0.7` or `70%` as 0.7; counts such as 50 are targets too."""
    number = _a_number(value) / 100 if _is_percent(value) else _a_number(value)
    if number < 0:
        raise ValueError(value)
    return number


_BETWEEN_NUMBERS = re.compile(r"[\s,、;/|]+")


def _numbers(value: object) -> tuple[float, ...]:
    parts = [part for part in _BETWEEN_NUMBERS.split(plain(value)) if part]
    if not parts:
        raise ValueError(value)
    return tuple(_a_number(part) for part in parts)


def _months(value: object) -> tuple[float, ...]:
    months = {_at_least_one(number) for number in _numbers(value)}
    return tuple(float(month) for month in sorted(months))


def _ascending(value: object) -> tuple[float, ...]:
    numbers = _numbers(value)
    if any(number < 0 for number in numbers) or list(numbers) != sorted(numbers):
        raise ValueError(value)
    return numbers


def _weights(value: object) -> tuple[float, ...]:
    """Read eight numbers, or one `n × 8` or plain n for eight equal ones."""
    alike = re.fullmatch(r"([\d.]+)\s*(?:[×xX*]\s*8)?", plain(value))
    numbers = (_a_number(alike.group(1)),) * 8 if alike else _numbers(value)
    if len(numbers) != 8 or any(number < 0 for number in numbers):
        raise ValueError(value)
    return numbers


def _of_length(length: int, total: float | None = None) -> Callable[[object], tuple[float, ...]]:
    def read(value: object) -> tuple[float, ...]:
        numbers = _numbers(value)
        if len(numbers) != length or (total is not None and sum(numbers) != total):
            raise ValueError(value)
        return numbers

    return read


_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|(\d{4})(\d{2})(\d{2})")
_FIRST_EXCEL_DAY = dt.date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119: what a serial number can mean here


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and value in _EXCEL_DAYS:
        return _FIRST_EXCEL_DAY + dt.timedelta(days=value)
    match = _DATE.fullmatch(plain(value))
    if match is None:
        raise ValueError(value)
    year, month, day = (int(group) for group in match.groups() if group)
    return dt.date(year, month, day)


_SECONDS_OF_A_DAY = 86_400


def _clock(value: object) -> dt.time:
    if isinstance(value, dt.datetime):
        return value.time()
    if isinstance(value, dt.time):
        return value
    if isinstance(value, float) and 0 <= value < 1:  # Excel keeps a clock as a fraction of a day
        seconds = min(int(value * _SECONDS_OF_A_DAY + 0.5), _SECONDS_OF_A_DAY - 1)
        return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", plain(value))
    if match is None:
        raise ValueError(value)
    hour, minute, second = (int(group) for group in match.groups(default="0"))
    return dt.time(hour, minute, second)


_LEAP_YEAR = 2024


def _month_day(value: object) -> tuple[int, int]:
    if isinstance(value, dt.date):  # a datetime is a date too; Excel makes one of 3-1
        return value.month, value.day
    match = re.fullmatch(r"(\d{1,2})[-/.月](\d{1,2})日?", plain(value))
    if match is None:
        raise ValueError(value)
    month, day = int(match.group(1)), int(match.group(2))
    dt.date(_LEAP_YEAR, month, day)
    return month, day


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(value)


def _country(value: object) -> str:
    code = plain(value).upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueError(value)
    return code


def one_of(*choices: str, also: Mapping[str, str] | None = None) -> Reader:
    """Reads one of a few words, in any case; *also* has other spellings, in lower case."""
    known = {choice.casefold(): choice for choice in choices} | dict(also or {})

    def read(value: object) -> str:
        choice = known.get(plain(value).casefold())
        if choice is None:
            raise ValueError(value)
        return choice

    return Reader(" or ".join(choices), read)


NUMBER = Reader("a number, 0 or more", _at_least_nothing)
WHOLE = Reader("a whole number, 0 or more", _whole)
COUNT = Reader("a whole number, 1 or more", _at_least_one)
PERCENT = Reader("a percentage such as 20 or 20%", _percent)
RATIO = Reader("a ratio such as 0.7 or 70%", _ratio)
DATE = Reader("a date such as 2025-01-31", _date)
CLOCK = Reader("a clock time such as 09:00", _clock)
MONTH_DAY = Reader("a month and day such as 03-01", _month_day)
TEXT = Reader("a text", _text)
MONTHS = Reader("whole months, 1 or more, parted by commas", _months)
HOURS = Reader("hours in rising order, parted by commas", _ascending)
SPLIT = Reader("four percentages that make 100", _of_length(4, 100))
COUNTRY = Reader("a country code of two letters such as CN", _country)
WEIGHTS = Reader("eight numbers of points", _weights)
FOUR_PERCENTAGES = Reader("four percentages", _of_length(4))
THREE_DAYS = Reader("three numbers of days", _of_length(3))
RETENTION_DEFINITION = one_of("state", "cohort", "n7", "vin_two_years", "active")
RETURN_BASIS = one_of("customers", "visits", "visits_any")
LAPSE_ORDER = one_of("off", "leaving_first", "returning_first")
LANGUAGE = one_of(
    "en", "zh", also={"english": "en", "英文": "en", "英语": "en", "chinese": "zh", "中文": "zh", "zh-cn": "zh"}
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY = one_of(
    *WEEKDAYS,
    also={
        word: day
        for place, day in enumerate(WEEKDAYS)
        for word in (f"周{'一二三四五六日'[place]}", f"星期{'一二三四五六日'[place]}", day[:3].casefold())
    },
)
