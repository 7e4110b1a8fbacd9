"""What the cells of a column say about its field, and how near its heading comes to one we know.

Both together give a confidence from 0 to 1. Nothing here maps a column by itself: a heading that the tables do not
know is taken only where `understanding` says so, else the store is asked (DOM 2.14 "never silently").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import numpy as np

from xl_retention.books.grid import Grid
from xl_retention.domain.schema import ENTITIES, Entity, Field, Kind
from xl_retention.domain.vin_digits import has_form, is_right
from xl_retention.domain.words import WORDS
from xl_retention.sheets.cells.values import clean, words_of
from xl_retention.sheets.headers import clean_heading

FEWEST_CELLS = 3
"""Filled cells of a sample below which its content says nothing."""
MOST_CELLS = 200

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(
    rf"[{_PROVINCES}][A-Z][A-Z0-9]{{5}}"  # of seven signs
    rf"|[{_PROVINCES}][A-Z](?:[DF][A-Z0-9][0-9]{{4}}|[0-9]{{5}}[DF])"  # new energy, of eight
    rf"|[{_PROVINCES}][A-Z][A-Z0-9]{{4}}[学警挂港澳试超领]"
    r"|使[0-9]{6}|[0-9]{6}使|WJ[0-9A-Z一-龥]{5,6}|[A-Z]{2}[0-9]{5}"
)
MOBILE = re.compile(r"1[3-9][0-9]{9}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
ID_CARD = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9X]")

_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM)
_DATES = (Kind.DATE, Kind.BIRTHDAY)
_FORMS: Mapping[str, re.Pattern[str]] = {"email": EMAIL, "id_number": ID_CARD}
"""By name of a field of plain text the form that its cells have."""


def filled(cells: Sequence[object]) -> list[object]:
    """The cells of a sample that hold something, so many at most as are looked at."""
    return [cell for cell in cells if cell is not None and str(cell).strip()][:MOST_CELLS]


def fit(cells: Sequence[object], field: Field, keys: Collection[str] = ()) -> float | None:
    """
    Share of the cells that may be values of a field; None where content tells nothing about it.

    Args:
        cells: Filled cells of a column.
        field: The field.
        keys: Values of this field on file in other sheets; cells among them count as right.
    """
    if len(cells) < FEWEST_CELLS:
        return None
    texts = [_settled(cell) for cell in cells]
    if keys and (overlap := sum(text in keys for text in texts)) * 2 > len(texts):
        return overlap / len(texts)
    if field.kind is Kind.VIN:
        # The check digit makes sure, but many stores have VINs without one.
        return sum(9 * has_form(text) + is_right(text) for text in texts) / (10 * len(texts))
    if field.kind is Kind.PLATE:
        return sum(bool(PLATE.fullmatch(re.sub(r"[·.\-]", "", text))) for text in texts) / len(texts)
    if field.kind is Kind.PHONE:
        digits = (re.sub(r"[^0-9]", "", text.removesuffix(".0")) for text in texts)
        return sum(bool(MOBILE.fullmatch(each[-11:])) and len(each) <= 13 for each in digits) / len(texts)
    if field.name in _FORMS:
        return sum(bool(_FORMS[field.name].fullmatch(text)) for text in texts) / len(texts)
    has_words = field.kind is Kind.ENUM and field.words in WORDS
    if has_words or field.kind in (*_DATES, *_NUMBERS, Kind.TIME, Kind.MONTH, Kind.BOOL):
        column = Grid.of([[cell] for cell in cells]).columns[0]
        understood = len(cells) - len(clean(column, field.kind, words_of(field)).refused)
        if field.kind in _DATES and not _any_date(cells):
            understood = 0  # plain numbers are serials as well, so they say nothing
        return understood / len(cells)
    return None


def is_telling(field: Field) -> bool:
    """Whether values of the field are known by their form alone, and hardly mistaken for another's."""
    return field.kind in (Kind.VIN, Kind.PLATE) or (field.kind is Kind.PHONE and field.name == "mobile")


def _any_date(cells: Sequence[object]) -> bool:
    return any(not isinstance(cell, (int, float)) for cell in cells)


_SAME_SOUND = ("号好浩", "码吗马妈玛", "车彻", "架驾价加", "牌排拍派", "手首守", "机基几鸡", "电店点", "话画化", "移易")
_SOUNDS = {sign: signs[0] for signs in _SAME_SOUND for sign in signs}
"""Signs of our headings and what an input method puts in their place."""


@cache
def _spellings(entity: str, name: str) -> tuple[str, ...]:
    field = ENTITIES[entity].field(name)
    return tuple(dict.fromkeys(clean_heading(text) for text in (name, *field.aliases)))


def likeness(heading: str, entity: Entity, field: Field) -> float:
    """
    How near a heading comes to the known ones of a field: 1 the same, 0 nothing in common.

    A slip of the pen counts 0.9: one letter more, less, wrong or two changed over in words of five letters or
    more, one Chinese sign typed for another of the same sound. A known heading inside a longer one counts by the
    share of it: what else the longer one says may make it another column.
    """
    cleaned = clean_heading(heading)
    return max((_likeness(cleaned, known) for known in _spellings(entity.name, field.name)), default=0.0)


def _is_slip(heading: str, known: str) -> bool:
    if heading.isascii() and known.isascii():
        return min(len(heading), len(known)) >= 5 and heading.isalpha() and _one_off(heading, known)
    differ = [pair for pair in zip(heading, known, strict=False) if pair[0] != pair[1]]
    return len(heading) == len(known) and all(_SOUNDS.get(one, one) == _SOUNDS.get(other) for one, other in differ)


def _likeness(heading: str, known: str) -> float:
    if heading == known:
        return 1.0
    if not heading or not known:
        return 0.0
    shorter, longer = sorted((heading, known), key=len)
    fewest = 2 if not shorter.isascii() else 4
    if len(shorter) >= fewest and shorter in longer:
        return 0.5 + 0.4 * len(shorter) / len(longer)
    if _is_slip(heading, known):
        return 0.9
    pairs, others = _pairs(heading), _pairs(known)
    common = 2 * len(pairs & others) / max(1, len(pairs) + len(others))
    return 0.8 * common if common >= 0.6 else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _one_off(one: str, other: str) -> bool:
    """Whether one letter was left out, added, mistyped, or two neighbours changed over."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differ = np.flatnonzero([left != right for left, right in zip(one, other, strict=True)]).tolist()
        if len(differ) == 2:
            first, second = differ
            return second == first + 1 and one[first] == other[second] and one[second] == other[first]
        return len(differ) == 1
    shorter, longer = sorted((one, other), key=len)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _settled(cell: object) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
