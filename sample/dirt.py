"""The usual dirt of sheets typed by hand: dates as text, phones with blanks, words nobody agreed on."""

from __future__ import annotations

import datetime as dt
import random
from enum import Enum

Value = str | int | float | dt.date | dt.datetime | dt.time | None
"""What may go into a cell."""


class Kind(Enum):
    """What a column holds; decides the look of the cell and the kind of dirt in it."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    CLOCK = "clock"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    PHONE = "phone"
    VIN = "vin"
    PLATE = "plate"
    WORD = "word"
    """A word from a list, which somebody may have replaced by one of his own."""


_DATE_TEXTS = (
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0:%Y%m%d}",
    "{0:%y}-{0.month}-{0.day}",
)
_NO_DATES = {
    "zh": ("待定", "2024-02-30", "未知", "2025-13-05"),
    "en": ("TBD", "2024-02-30", "unknown", "5/3/2024"),
}
_ODD_WORDS = {"zh": ("其它情况", "见备注", "?"), "en": ("see note", "misc", "?")}


def soiled(value: Value, kind: Kind, language: str, rng: random.Random) -> Value:
    """The value as somebody in a hurry would have typed it; most of the time just the value."""
    if value is None or value == "":
        return value
    chance = rng.random()
    if kind is Kind.DATE and isinstance(value, dt.date):
        return _soiled_date(value, chance, language, rng)
    if kind is Kind.MOMENT and isinstance(value, dt.datetime) and chance < 0.01:
        return f"{value:%Y-%m-%d %H:%M}" if chance < 0.006 else f"{value:%Y/%m/%d}"
    if not isinstance(value, str):
        return value
    if kind is Kind.PHONE:
        return _soiled_phone(value, chance, language)
    if kind is Kind.VIN and chance < 0.008:
        return value.lower()
    if kind is Kind.PLATE and chance < 0.025:
        return f"{value[:2]}·{value[2:]}" if chance < 0.015 else f"{value[:2]} {value[2:]}"
    if kind is Kind.TEXT and chance < 0.012:
        return value + " "
    if kind is Kind.WORD and chance < 0.002:
        return rng.choice(_ODD_WORDS[language])
    return value


def _soiled_date(day: dt.date, chance: float, language: str, rng: random.Random) -> Value:
    if chance < 0.0012:
        return rng.choice(_NO_DATES[language])
    if chance < 0.02:
        return rng.choice(_DATE_TEXTS).format(day)
    if chance < 0.024 and language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    if chance < 0.026:
        return int(f"{day:%Y%m%d}")
    return day


def _soiled_phone(number: str, chance: float, language: str) -> Value:
    """Chinese staff type a number into the cell, English-speaking staff a text."""
    if chance < 0.008:
        return None
    if chance < 0.016:
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if chance < 0.022:
        return f"{number[:3]}-{number[3:7]}-{number[7:]}"
    if chance < 0.028:
        return f"+86 {number}"
    if chance < 0.032:
        return f"{number}.0"
    return int(number) if language == "zh" else number
