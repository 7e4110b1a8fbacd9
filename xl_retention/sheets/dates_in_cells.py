"""Dates, birthdays, clocks and months in cells (DOM 2.14, "Dates").

What could be read in two ways is not read: bare years, YYMMDD, and day-first and month-first forms unless the
column as a whole tells their order.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import CellKind
from xl_retention.domain.dates import DAY_SECONDS, Dates, day_of, half_up
from xl_retention.sheets.cell_texts import Cells, Mask, Shapes, Texts, as_objects, is_nothing, normal
from xl_retention.sheets.date_order import full_year, in_order, not_year_first

FIRST_YEAR, LAST_YEAR = 1900, 2099
SERIAL_OF_1970 = 25_569
LEAP_BUG = 60
"""The serial of 29 February 1900, a day that spreadsheets have and the calendar has not."""
SHIFT_1904 = 1_462
"""Days between serial 0 of the two date systems."""
LAST_SERIAL = 73_050
"""31 December 2099."""
SMALLEST_BIRTHDAY = 1_232
"""Numbers up to 1231 in a birthday column are a month and a day (5.21, 1231) rather than a serial of 1903."""
SMALLEST_RECENT_SERIAL = 10_000
"""Smaller numbers (before 1927) in a column of clocks or months are hours or months rather than days."""

_NAT = np.datetime64("NaT", "s")
_UNIX_FIRST = int(np.datetime64(f"{FIRST_YEAR}-01-01", "s").astype(np.int64))
_UNIX_AFTER = int(np.datetime64(f"{LAST_YEAR + 1}-01-01", "s").astype(np.int64))
_UNIX_DAY = dt.date(1970, 1, 1).toordinal()

_REGULAR = tuple(
    date + clock
    for date in ("9999-99-99", "9999/99/99", "9999.99.99", "99999999")
    for clock in ("", " 99:99", " 99:99:99", "T99:99", "T99:99:99")
)
"""The shapes that whole columns have; they are read as matrices."""

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH_NAME = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2})"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s?(?P<sep>[-/.])\s?(?P<m>[0-9]{{1,2}})\s?(?P=sep)\s?(?P<d>[0-9]{{1,2}})[日号]?(?![0-9])",
        rf"{_YEAR}\s?年\s?(?P<m>[0-9]{{1,2}})\s?月\s?(?P<d>[0-9]{{1,2}})(?:\s?[日号]|(?![0-9]))",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:\.0$|(?![0-9.]))",
        # With four digits the year tells itself, whatever parts it from the others.
        r"(?P<y>[0-9]{4})(?P<sep>[、,_\\ ])\s?(?P<m>[0-9]{1,2})\s?(?P=sep)\s?(?P<d>[0-9]{1,2})(?![0-9])",
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]?{_MONTH_NAME}[\s,-]*{_YEAR}(?![0-9])",
        rf"{_MONTH_NAME}\s?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s,]+(?P<y>[0-9]{{4}})(?![0-9])",
        rf"(?P<y>[0-9]{{4}})[\s-]?{_MONTH_NAME}[\s-]?(?P<d>[0-9]{{1,2}})(?![0-9])",
    )
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

_MONTH_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<y>[0-9]{4})\s?[-/.]\s?(?P<m>[0-9]{1,2})",
        rf"{_YEAR}\s?年\s?(?P<m>[0-9]{{1,2}})\s?月?份?",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})",
        r"(?P<y>[0-9]{4})\s?[- ]\s?(?P<m>[0-9]{1,2})\s?月?份?",
        r"(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<y>[0-9]{4})",
        rf"{_MONTH_NAME}[\s,-]*(?P<y>[0-9]{{4}})",
        rf"(?P<y>[0-9]{{4}})[\s-]*{_MONTH_NAME}",
    )
)
_VALID_UNTIL = re.compile(
    r"valid (?:until|to|thru)\s?:?\s?|(?:检验|年检|年审|保险)?(?:有效期?|截)?[至到止期]*\s?:?\s?",
    re.IGNORECASE,
)
_UNTIL_END = re.compile(r"\s?(?:底|末|止)$")
_MONTH_DAYS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<d>[0-9]{1,2})",
        r"(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?[日号]?",
        rf"{_MONTH_NAME}[\s-]?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?",
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]?{_MONTH_NAME}",
    )
)


@dataclass(frozen=True)
class Birthdays:
    """Birthdays as far as they are known.

    Args:
        dates: datetime64[s] at midnight, NaT where the year is unknown.
        month_day: month * 100 + day, 0 where unknown.
    """

    dates: Dates
    month_day: npt.NDArray[np.int16]


def dates(cells: Cells, *, date1904: bool = False, month_end: bool = False, smallest: float = 1) -> Dates:
    """The moments (datetime64[s]) of the cells, a date without clock at 00:00 (V18); blank is NaT.

    Args:
        cells: The cells.
        date1904: Plain serial numbers count from 1904; cells shown as dates are resolved already.
        month_end: A month alone stands for its last day, words such as 有效期至 may stand before.
        smallest: Smaller serial numbers are refused.
    """
    out = np.full(len(cells), _NAT)
    rows = cells.rows(CellKind.DATE)
    if rows.size:
        seconds = cells.number[rows].astype(np.int64)
        known = (seconds >= _UNIX_FIRST) & (seconds < _UNIX_AFTER)
        out[rows] = seconds.astype("datetime64[s]")
        _take_back(cells, out, rows[~known])
    rows = cells.rows(CellKind.NUMBER)
    if rows.size:
        out[rows] = _of_numbers(cells.number[rows], date1904=date1904, smallest=smallest)
        _take_back(cells, out, rows[np.isnat(out[rows])])
    cells.refuse(cells.rows(CellKind.TIME, CellKind.BOOL))
    if cells.texts.rows.size:
        moment = _month_end_or_moment if month_end else _moment
        values, understood, unusual = _of_texts(cells.texts.texts, lambda text: moment(text, date1904))
        # 15/01/26 reads as 2015 only where the column as a whole begins with years.
        for place in not_year_first(cells.texts.texts, unusual, normal):
            values[place], understood[place] = _NAT, False
        if not understood.all():
            _in_the_order_of_the_column(cells, values, understood)
        cells.put_texts(out, values, understood)
    return out


def _in_the_order_of_the_column(cells: Cells, values: Dates, understood: Mask) -> None:
    """Read what begins with the day or the month, where the column tells with which of them."""
    texts, unread = cells.texts, np.flatnonzero(~understood)
    counts = np.bincount(texts.place, minlength=len(texts.texts))
    filled = int((cells.kind != CellKind.BLANK).sum())
    found = in_order([texts.texts[place] for place in unread.tolist()], counts[unread], filled, normal)
    if found is None:
        return
    doubtful = np.zeros(len(texts.texts), np.bool_)
    for number, iso in found.iso.items():
        place = unread[number]
        if (seconds := _moment(iso, date1904=False)) is not None:
            values[place], understood[place] = np.datetime64(seconds, "s"), True
            doubtful[place] = number in found.doubtful
    cells.doubt(texts.rows[doubtful[texts.place]])


def birthdays(cells: Cells, *, date1904: bool = False) -> Birthdays:
    """Birth dates, and birthdays without a year such as 5-21 or 5月21日."""
    found = day_of(dates(cells, date1904=date1904, smallest=SMALLEST_BIRTHDAY))
    month_day = np.zeros(len(cells), np.int16)
    known = ~np.isnat(found)
    months = found[known].astype("datetime64[M]")
    day = (found[known] - months.astype("datetime64[D]")).astype(np.int64) + 1
    month_day[known] = months.astype(np.int64) % 12 * 100 + 100 + day

    texts = cells.texts
    without_year = np.array([_month_day(text) for text in texts.texts], np.int16)
    if without_year.any():
        rows = texts.rows[without_year[texts.place] > 0]
        month_day[rows] = without_year[texts.place[without_year[texts.place] > 0]]
        cells.refused[rows] = False
    return Birthdays(found.astype("datetime64[s]"), month_day)


def clocks(cells: Cells) -> npt.NDArray[np.float64]:
    """Seconds since midnight, NaN where blank; of a date with a clock, its clock.

    A date without a clock (V18) is refused: midnight is not what was meant.
    """
    out = np.full(len(cells), np.nan)
    for kind in (CellKind.TIME, CellKind.NUMBER, CellKind.DATE):
        rows = cells.rows(kind)
        if rows.size:
            seconds = cells.number[rows] if kind != CellKind.NUMBER else _clock_of_numbers(cells.number[rows])
            if kind == CellKind.DATE:
                # Before 1900 begins there is no day: the number was a clock all along.
                has_day = seconds >= _UNIX_FIRST
                seconds = seconds % DAY_SECONDS
                seconds[has_day & (seconds == 0)] = np.nan
            seconds = np.where((seconds >= 0) & (seconds < DAY_SECONDS), seconds, np.nan)
            out[rows] = seconds
            cells.refuse(rows[np.isnan(seconds)])
    cells.refuse(cells.rows(CellKind.BOOL))
    texts = cells.texts
    if texts.rows.size:
        found = [_clock_of_text(normal(text)) for text in texts.texts]
        values = np.array([np.nan if second is None else second for second in found])
        cells.put_texts(out, values, np.array([second is not None for second in found]))
    return out


def months(cells: Cells, *, date1904: bool = False) -> Texts:
    """Months as `YYYY-MM`, "" where blank; of a date, its month."""
    numbers = cells.number.copy()
    as_month = (cells.kind == CellKind.NUMBER) & (numbers >= 190_001) & (numbers <= 209_912)
    found = np.full(len(cells), np.datetime64("NaT", "M"))
    whole = as_month & (numbers % 1 == 0) & (numbers % 100 >= 1) & (numbers % 100 <= 12)
    year, month = numbers[whole] // 100, numbers[whole] % 100
    found[whole] = ((year - 1970) * 12 + month - 1).astype(np.int64).astype("datetime64[M]")
    days = dates(cells, date1904=date1904, month_end=True, smallest=SMALLEST_RECENT_SERIAL)
    of_dates = days.astype("datetime64[M]")
    cells.refused[whole] = False
    found = np.where(np.isnat(found), of_dates, found)
    out = np.full(len(cells), "", object)
    known = ~np.isnat(found)
    different, place = np.unique(found[known], return_inverse=True)
    out[known] = as_objects(np.datetime_as_string(different, unit="M").tolist())[place]
    return out


def _take_back(cells: Cells, out: Dates, rows: npt.NDArray[np.intp]) -> None:
    out[rows] = _NAT
    cells.refuse(rows)


def _of_numbers(numbers: npt.NDArray[np.float64], *, date1904: bool, smallest: float) -> Dates:
    """Serial numbers and numbers such as 20240305; NaT where it is neither."""
    serials = numbers + SHIFT_1904 if date1904 else numbers
    # Before the day that never was, spreadsheets count one day less than the calendar.
    days = serials - SERIAL_OF_1970 + (serials < LEAP_BUG)
    is_serial = (numbers >= (0 if date1904 else smallest)) & (serials < LAST_SERIAL + 1)
    is_serial &= (serials < LEAP_BUG) | (serials >= LEAP_BUG + 1)
    # 2024 and 2024.3 were typed as a year and a month; as serials they would be days of 1905.
    is_serial &= (numbers < FIRST_YEAR) | (numbers >= LAST_YEAR + 1)
    seconds = half_up(np.where(is_serial, days, 0) * DAY_SECONDS).astype(np.int64)
    out = seconds.astype("datetime64[s]")
    out[~is_serial | (seconds >= _UNIX_AFTER)] = _NAT
    is_digits = (numbers >= 19_000_101) & (numbers <= 20_991_231) & (numbers % 1 == 0)
    if is_digits.any():
        digits = numbers[is_digits].astype(np.int64)
        out[is_digits] = _composed(digits // 10_000, digits // 100 % 100, digits % 100)
    return out


def _composed(
    year: npt.NDArray[np.int64],
    month: npt.NDArray[np.int64],
    day: npt.NDArray[np.int64],
    seconds: npt.NDArray[np.int64] | int = 0,
) -> Dates:
    """Moments of their parts; NaT where the calendar has no such day, or it lies too far away."""
    known = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    first = np.where(known, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    next_first = (first + np.timedelta64(1, "M")).astype("datetime64[D]")
    days = first.astype("datetime64[D]") + (np.where(known, day, 1) - 1).astype("timedelta64[D]")
    known &= days < next_first
    moments = np.asarray(days.astype("datetime64[s]") + np.asarray(seconds).astype("timedelta64[s]"))
    moments[~known] = _NAT
    return moments


def _of_texts(texts: list[str], read: Callable[[str], int | None]) -> tuple[Dates, Mask, list[int]]:
    """The moments of different texts.

    Args:
        texts: As they stand in the cells.
        read: Reads a normal text that is not of a regular shape: seconds since 1970, None if not understood.

    Returns:
        The moments, which texts were understood, and the places of those that are not of a regular shape.
    """
    values = np.full(len(texts), _NAT)
    understood = np.zeros(len(texts), np.bool_)
    shapes = Shapes.of(texts)
    for pattern in _REGULAR:
        found = shapes.matching(pattern)
        if found.places.size:
            values[found.places] = _of_digits(found.digits)
            understood[found.places] = ~np.isnat(values[found.places])
    unusual: list[int] = np.flatnonzero(np.isnat(values)).tolist()
    for place in unusual:
        text = normal(texts[place])
        if is_nothing(text):
            understood[place] = True
        elif (seconds := read(text)) is not None:
            values[place], understood[place] = np.datetime64(seconds, "s"), True
    return values, understood, unusual


def _of_digits(digits: list[npt.NDArray[np.int64]]) -> Dates:
    """Moments of the digits YYYYMMDD, and HHMM or HHMMSS behind them; NaT where there is none such."""
    pairs = [tens * 10 + ones for tens, ones in zip(digits[0::2], digits[1::2], strict=True)]
    century, year, month, day, *clock = pairs
    seconds = np.zeros(len(day), np.int64)
    for pair, unit in zip(clock, (3600, 60, 1), strict=False):
        seconds += pair * unit
    moments = _composed(century * 100 + year, month, day, seconds)
    for pair, largest in zip(clock, (23, 59, 59), strict=False):
        moments[pair > largest] = _NAT
    return moments


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


def _moment(text: str, date1904: bool) -> int | None:
    """Seconds since 1970 of a normal text, None if it is no date."""
    text = _usual_signs(text)
    if not text:
        return None
    if (together := _RUN_TOGETHER.fullmatch(text)) is not None:
        text = "{} {}:{}:{}".format(*together.groups(default="00"))
    if _SERIAL_TEXT.fullmatch(text):
        moment = _of_numbers(np.array([float(text)]), date1904=date1904, smallest=1)[0]
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
    return seconds if _UNIX_FIRST <= seconds < _UNIX_AFTER else None


def _year(match: re.Match[str]) -> int:
    return full_year(match["y"])


def _month(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return int(parts["m"]) if "m" in parts else _MONTHS[parts["mon"][:3].lower()]


def _seconds_of_day(match: re.Match[str]) -> int | None:
    try:
        return (dt.date(_year(match), _month(match), int(match["d"])).toordinal() - _UNIX_DAY) * DAY_SECONDS
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


def _month_end_or_moment(text: str, date1904: bool) -> int | None:
    text = _usual_signs(text)
    begins = _VALID_UNTIL.match(text)
    text = _UNTIL_END.sub("", text[begins.end() :] if begins else text).strip()
    if not text or (moment := _moment(text, date1904)) is not None:
        return moment if text else None
    for form in _MONTH_FORMS:
        match = form.fullmatch(text)
        if match is not None:
            year, month = _year(match), _month(match)
            if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
                return None
            day = dt.date(year, month, calendar.monthrange(year, month)[1])
            return (day.toordinal() - _UNIX_DAY) * DAY_SECONDS
    return None


def _month_day(text: str) -> int:
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


def _clock_of_numbers(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Seconds since midnight of fractions of a day and of serials with a clock; NaN for other numbers."""
    fractions = numbers - np.floor(numbers)
    seconds = half_up(fractions * DAY_SECONDS)
    is_fraction = (numbers >= 0) & (numbers < 1)
    is_moment = (numbers >= SMALLEST_RECENT_SERIAL) & (numbers < LAST_SERIAL + 1) & (seconds > 0)
    return np.where(is_fraction | is_moment, seconds, np.nan)


def _clock_of_text(text: str) -> float | None:
    """Seconds since midnight; NaN if the normal text says that there is nothing, None if it is no clock."""
    if is_nothing(text):
        return np.nan
    seconds = _clock(text)
    if seconds is None and (moment := _moment(text, date1904=False)) is not None:
        seconds = moment % DAY_SECONDS or None
    return None if seconds is None or seconds >= DAY_SECONDS else float(seconds)
