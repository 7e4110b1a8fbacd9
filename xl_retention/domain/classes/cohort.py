"""Age cohort by year of birth: 60后, 70后, 80后 … (DOM 4.6)."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label, worded
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Numbers, Texts

BEFORE, SIXTIES, SEVENTIES, EIGHTIES, NINETIES, AFTER = "60前", "60后", "70后", "80后", "90后", "00后"

LABELS = (
    Label(BEFORE, "Born before 1960"),
    Label(SIXTIES, "Born in the 1960s", ("Conservative: real cases, membership points", "保守：真实案例，会员积分")),
    Label(SEVENTIES, "Born in the 1970s", ("Rational: safety advice, family events", "理性：安全建议，家庭活动")),
    Label(EIGHTIES, "Born in the 1980s", ("Looks and thrift: accessories, care products", "重外观、讲节约：精品与养护用品")),
    Label(NINETIES, "Born in the 1990s", ("Individual: conversion parts, tours, results", "个性：改装件，自驾游，重结果")),
    Label(AFTER, "Born from 2000"),
    NOT_KNOWN,
)  # fmt: skip

FIRST_YEARS = ((2000, AFTER), (1990, NINETIES), (1980, EIGHTIES), (1970, SEVENTIES), (1960, SIXTIES))
"""Year from which a label holds, the latest first; all years before the last belong to 60前."""

NO_YEAR = np.nan
YEARS = range(1800, 2100)
"""Numbers that are a year of birth when they stand alone."""
ID_LENGTH = 18
"""Digits 7 to 10 of an identity number are the year of birth; the old numbers of 15 digits have no full year."""
_YEAR_OF_ID = slice(6, 10)
_CENTURY, _EPOCH = 1900, 1970

_YEAR = re.compile(r"(1[89]\d\d|20\d\d)(?:\.0)?年?(?:出?生)?", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d\d)年(?:出?生)?", re.ASCII)
_DECADE = re.compile(r"(?:1?9|20)?(\d)[05](?:后|年代)", re.ASCII)
_PLAIN_YEAR = re.compile(r"1[89]\d\d|20\d\d", re.ASCII)
_TURN = 50
"""Short years below are of this century (DOM 2.14)."""


def year_in_words(text: str) -> float:
    """
    A year of birth as staff type it: `1985`, `1985年`, `80后`, `85后`; NaN where it is no year.

    A decade is told by its first year; 60前 by a year before 1960.
    """
    plain = _plain(text)
    if plain == BEFORE:
        return FIRST_YEARS[-1][0] - 1
    if match := _YEAR.fullmatch(plain):
        return float(match[1])
    if match := _SHORT_YEAR.fullmatch(plain):
        return int(match[1]) + (2000 if int(match[1]) < _TURN else _CENTURY)
    if match := _DECADE.fullmatch(plain):
        decade = int(match[1]) * 10
        return decade + (2000 if decade < _TURN else _CENTURY)
    return NO_YEAR


def is_decade(text: str) -> bool:
    """Whether a typed year of birth names a decade only."""
    plain = _plain(text)
    return plain == BEFORE or bool(_DECADE.fullmatch(plain))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def year_in_id(text: str) -> float:
    """The year of birth in an identity number; NaN where it is none of 18 signs."""
    plain = _plain(text)
    year = plain[_YEAR_OF_ID]
    return float(year) if len(plain) == ID_LENGTH and _PLAIN_YEAR.fullmatch(year) else NO_YEAR


def birth_years(birth_date: Days, birth_year: Texts, id_number: Texts) -> Numbers:
    """Year of birth: from the birth date, else as typed, else from the identity number; NaN where none says it."""
    years = np.where(np.isnat(birth_date), NO_YEAR, birth_date.astype("datetime64[Y]").astype(np.float64) + _EPOCH)
    for texts, read in ((birth_year, year_in_words), (id_number, year_in_id)):
        places = np.flatnonzero(np.isnan(years) & (texts != ""))
        years[places] = [read(str(text)) for text in texts[places]]
    return years


def cohorts(years: Numbers) -> Texts:
    """Label of each year of birth (T57); 未知 for NaN."""
    fits = [np.isnan(years), *(years >= first for first, _ in FIRST_YEARS)]
    words = (UNKNOWN, *(label for _, label in FIRST_YEARS), BEFORE)
    return worded(words, np.select(fits, range(len(fits)), len(fits)))


def classify(situation: Situation) -> Classified:
    """The cohort of each customer; `age` is not asked."""
    customers = situation.store.customers
    birth_date, typed = customers.days("birth_date"), customers.texts("birth_year")
    years = birth_years(birth_date, typed, customers.texts("id_number"))
    by_decade = np.zeros(len(typed), np.bool_)
    asked = np.flatnonzero(np.isnat(birth_date) & (typed != ""))
    by_decade[asked] = [is_decade(text) for text in typed[asked]]
    return Classified(
        cohorts(years),
        {
            "year": np.where(by_decade, np.nan, years),
            "typed": np.where(by_decade, typed, "").astype(object),
        },
    )
