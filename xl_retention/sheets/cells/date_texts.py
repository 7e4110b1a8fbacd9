"""Dates, months, birthdays and clocks as people write them, one text at a time (DOM 2.14, "Dates").

What could be read in two ways is not read: bare years, YYMMDD, and day-first and month-first forms
(`date_order` settles those for a column as a whole).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

import numpy as np

from xl_retention.domain.dates import DAY_SECONDS
from xl_retention.sheets.cells.cell_texts import is_nothing, normal
from xl_retention.sheets.cells.date_numbers import (
    FIRST_DAY,
    FIRST_SECOND,
    FIRST_YEAR,
    LAST_YEAR,
    SECOND_AFTER,
    moments_of_numbers,
)
from xl_retention.sheets.cells.date_order import full_year

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH_NAME = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2})"


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.ASCII | re.IGNORECASE) for form in forms)


_FORMS = _compiled(
    rf"{_YEAR}\s?(?P<sep>[-/.])\s?(?P<m>[0-9]{{1,2}})\s?(?P=sep)\s?(?P<d>[0-9]{{1,2}})[日号]?(?![0-9])",
    rf"{_YEAR}\s?年\s?(?P<m>[0-9]{{1,2}})\s?月\s?(?P<d>[0-9]{{1,2}})(?:\s?[日号]|(?![0-9]))",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:\.0$|(?![0-9.]))",
    # With four digits the year tells itself, whatever parts it from the others.
    r"(?P<y>[0-9]{4})(?P<sep>[、,_\\ ])\s?(?P<m>[0-9]{1,2})\s?(?P=sep)\s?(?P<d>[0-9]{1,2})(?![0-9])",
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]?{_MONTH_NAME}[\s,-]*{_YEAR}(?![0-9])",
    rf"{_MONTH_NAME}\s?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>[0-9]{{4}})(?![0-9])",
    rf"(?P<y>[0-9]{{4}})[\s-]?{_MONTH_NAME}[\s-]?(?P<d>[0-9]{{1,2}})(?![0-9])",
)
_RUN_TOGETHER = re.compile(r"([0-9]{8})[ T]?([0-9]{2})([0-9]{2})([0-9]{2})?", re.ASCII)
"""20240305143025, as programs write moments."""
_CHINESE_DIGITS = "〇一二三四五六七八九"
_CHINESE_YEAR = re.compile(rf"(?:[{_CHINESE_DIGITS}零]{{4}}|[{_CHINESE_DIGITS}零]{{2}})(?=\s?年)")
_CHINESE_NUMBER = re.compile(
    rf"([{_CHINESE_DIGITS}]?)(十)?([{_CHINESE_DIGITS}]?)(?=\s?(?:月|[日号](?![{_CHINESE_DIGITS}])))"
)
_OTHER_SIGNS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2015\u2212。", "-------.")
_SERIAL_TEXT = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_LEADING_WEEKDAY = re.compile(rf"{_WEEKDAY_NAME}\s?,?\s?(?=[0-9a-z])", re.IGNORECASE)
_WEEKDAY = re.compile(
    rf"[\s,]*(?:\(\s?(?:(?:周|星期|礼拜)?[一二三四五六日天]|{_WEEKDAY_NAME})\s?\)|(?:周|星期|礼拜)[一二三四五六日天])",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<before>上午|早上|凌晨|中午|下午|傍晚|晚上|[ap]m)?\s?(?P<h>[0-9]{1,2})"
    r"(?::(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?"
    r"|\s?[时点]\s?(?:(?P<half>半)|(?P<mi2>[0-9]{1,2})\s?分?)?\s?(?:(?P<s2>[0-9]{1,2})\s?秒)?|(?=\s?[ap]\.?m))"
    r"\s?(?P<after>[ap]\.?m\.?)?(?:z|\+08:?00)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK_BEGINS = re.compile(r"\s?,?\s?T?\s?(?=[0-9上早凌中下傍晚ap])", re.IGNORECASE)
_HALF_DAYS: dict[str, Callable[[int], int | None]] = {
    "上午": lambda hour: hour if hour < 12 else None,
    "早上": lambda hour: hour if hour < 12 else None,
    "凌晨": lambda hour: hour if hour < 6 else None,
    "下午": lambda hour: hour + 12 if 1 <= hour < 12 else hour if hour >= 12 else None,
    "中午": lambda hour: hour if 11 <= hour <= 13 else hour + 12 if hour == 1 else None,
    "傍晚": lambda hour: hour + 12 if 5 <= hour < 8 else hour if 17 <= hour < 20 else None,
    "晚上": lambda hour: hour + 12 if 5 <= hour < 12 else hour if hour > 12 else None,
    "am": lambda hour: hour % 12 if 1 <= hour <= 12 else None,
    "pm": lambda hour: hour % 12 + 12 if 1 <= hour <= 12 else None,
}
"""Hour of the day by hour of the half day; None where people mean different things (晚上12点)."""
_MONTH_FORMS = _compiled(
    r"(?P<y>[0-9]{4})\s?[-/.]\s?(?P<m>[0-9]{1,2})",
    rf"{_YEAR}\s?年\s?(?P<m>[0-9]{{1,2}})\s?月?份?",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})",
    r"(?P<y>[0-9]{4})\s?[- ]\s?(?P<m>[0-9]{1,2})\s?月?份?",
    r"(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<y>[0-9]{4})",
    rf"{_MONTH_NAME}[\s,-]*(?P<y>[0-9]{{4}})",
    rf"(?P<y>[0-9]{{4}})[\s-]*{_MONTH_NAME}",
)
_VALID_UNTIL = re.compile(
    r"valid (?:until|to|thru)\s?:?\s?|(?:检验|年检|年审|保险)?(?:有效期?|截)?[至到止期]*\s?:?\s?",
    re.IGNORECASE,
)
_UNTIL_END = re.compile(r"\s?(?:底|末|止)$")
_MONTH_DAYS = _compiled(
    r"(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<d>[0-9]{1,2})",
    r"(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?[日号]?",
    rf"{_MONTH_NAME}[\s-]?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?",
    rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]?{_MONTH_NAME}",
)


def _usual_signs(text: str) -> str:
    """A text with plain dashes, ASCII digits for Chinese ones, without an apostrophe before it or a stop behind."""
    text = text.translate(_OTHER_SIGNS).removeprefix("'").rstrip(".,，;；")
    if text.isascii() or not any(sign in text for sign in "年月"):
        return text
    text = _CHINESE_YEAR.sub(lambda year: "".join(map(_chinese_digit, year[0])), text)
    return _CHINESE_NUMBER.sub(_chinese_number, text)


def _chinese_digit(sign: str) -> str:
    return str(_CHINESE_DIGITS.index(sign.replace("零", "〇")))


def _chinese_number(match: re.Match[str]) -> str:
    """二十一 as 21; an empty match stays empty."""
    tens, ten, ones = match.groups()
    if not ten:
        return "".join(map(_chinese_digit, tens + ones))
    return str(int(_chinese_digit(tens) if tens else 1) * 10 + int(_chinese_digit(ones) if ones else 0))


def moment_in(text: str, date1904: bool) -> int | None:
    """Seconds since 1970 of a normal text, None if it is no date."""
    text = _usual_signs(text)
    if not text:
        return None
    if (together := _RUN_TOGETHER.fullmatch(text)) is not None:
        text = "{} {}:{}:{}".format(*together.groups(default="00"))
    if _SERIAL_TEXT.fullmatch(text):
        moment = moments_of_numbers(np.array([float(text)]), date1904=date1904, smallest=1)[0]
        return None if np.isnat(moment) else int(moment.astype(np.int64))
    text = _LEADING_WEEKDAY.sub("", text, count=1) if text[0].isalpha() else text
    for form in _FORMS:
        match = form.match(text)
        if match is not None:
            day = _seconds_of_day(match)
            seconds = _seconds_of_rest(text[match.end() :])
            return None if day is None or seconds is None else _if_near(day + seconds)
    return None


def _if_near(seconds: int) -> int | None:
    return seconds if FIRST_SECOND <= seconds < SECOND_AFTER else None


def _year(match: re.Match[str]) -> int:
    return full_year(match["y"])


def _month(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return int(parts["m"]) if "m" in parts else _MONTHS[parts["mon"][:3].lower()]


def _seconds_of_day(match: re.Match[str]) -> int | None:
    try:
        return (dt.date(_year(match), _month(match), int(match["d"])).toordinal() - FIRST_DAY) * DAY_SECONDS
    except ValueError:
        return None


def _seconds_of_rest(rest: str) -> int | None:
    """The clock behind a date, 0 if there is none, None if something else stands there."""
    rest = _WEEKDAY.sub("", rest, count=1).strip()
    if not rest:
        return 0
    begins = _CLOCK_BEGINS.match(rest)
    return _clock(rest[begins.end() :]) if begins is not None else None


def _clock(text: str) -> int | None:
    """Seconds since midnight, rounded half up; 86,400 where that is the next day."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour: int | None = int(match["h"])
    half = (match["before"] or (match["after"] or "").replace(".", "")).lower()
    if half and hour is not None:
        hour = _HALF_DAYS[half](hour) if not (match["before"] and match["after"]) else None
    minute = 30 if match["half"] else int(match["mi"] or match["mi2"] or 0)
    second = int(match["s"] or match["s2"] or 0)
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second + ((match["f"] or "0")[0] >= "5")


def month_end_in(text: str, date1904: bool) -> int | None:
    """As `moment_in`, and of a month alone its last day; words such as 有效期至 may stand before it."""
    text = _usual_signs(text)
    begins = _VALID_UNTIL.match(text)
    text = _UNTIL_END.sub("", text[begins.end() :] if begins else text).strip()
    if not text or (moment := moment_in(text, date1904)) is not None:
        return moment if text else None
    for form in _MONTH_FORMS:
        match = form.fullmatch(text)
        if match is not None:
            year, month = _year(match), _month(match)
            if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
                return None
            day = dt.date(year, month, calendar.monthrange(year, month)[1])
            return (day.toordinal() - FIRST_DAY) * DAY_SECONDS
    return None


def month_day_in(text: str) -> int:
    """What a text such as 5-21 means as month * 100 + day, else 0."""
    text = _usual_signs(normal(text))
    match = next((found for form in _MONTH_DAYS if (found := form.fullmatch(text))), None)
    if match is None:
        return 0
    month, day = _month(match), int(match["d"])
    try:
        dt.date(2000, month, day)  # a leap year knows every birthday
    except ValueError:
        return 0
    return month * 100 + day


def clock_in(text: str) -> float | None:
    """Seconds since midnight; NaN if the normal text says that there is nothing, None if it is no clock."""
    if is_nothing(text):
        return np.nan
    seconds = _clock(text)
    if seconds is None and (moment := moment_in(text, date1904=False)) is not None:
        seconds = moment % DAY_SECONDS or None
    return None if seconds is None or seconds >= DAY_SECONDS else float(seconds)
