"""Telephone numbers in cells (DOM 2.14, "Phones")."""

from __future__ import annotations

import re

import numpy as np

from xl_retention.books.grid import CellKind
from xl_retention.sheets.cells.cell_texts import (
    Cells,
    Mask,
    Shapes,
    Texts,
    as_objects,
    at_once,
    is_nothing,
    normal,
    number_words,
)

_MOBILE_SHAPE = "19999999999"
_MOBILE = re.compile(r"1[0-9]{10}")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_POINT_ZERO = re.compile(r"\.0+$")
_BETWEEN = re.compile(r"[/、,;|\\\n]|或|\bor\b")
# Brackets, dashes and blanks group the digits of one number.
_GROUPING = re.compile(r"[\s().+\-\u2010-\u2015\u2212_]+")
_COUNTRY = re.compile(r"(?:00)?86(?=(?:1[0-9]{10}|0[0-9]{9,11})$)")
_CALLED_FROM_ABROAD = re.compile(r"^\s*\(?\s*(?:\+|00)\s?86[\s).\-]*")
_EXTENSION = re.compile(
    r"\s*(\(?0[0-9]{2,3}\)?[\s\-]*[0-9]{3,4}[\s\-]?[0-9]{4}|[48]00[\s\-]?[0-9]{3}[\s\-]?[0-9]{4})"
    r"[\s\-]+[0-9]{1,5}\s*"
)
"""Digits behind a number that is whole: of a landline with its area code, or of 400 and 800."""
_SHORTEST, _LONGEST = 5, 16


def phones(cells: Cells) -> Texts:
    """The digits of a telephone number; of several in one cell the first mobile, else the first.

    A landline keeps its area code and the zero before it; an extension behind it is left out. What a sheet has
    shortened to `1.38E+10` has lost digits and is refused.
    """
    out = np.full(len(cells), "", object)
    rows = cells.rows(CellKind.NUMBER)
    if rows.size:
        numbers = cells.number[rows]
        mobile = (numbers >= 10_000_000_000) & (numbers < 20_000_000_000) & (np.floor(numbers) == numbers)
        out[rows[mobile]] = as_objects(number_words(numbers[mobile]))
        rows = rows[~mobile]
        held, place = np.unique(numbers[~mobile], return_inverse=True)
        values, understood = _read(number_words(held))
        out[rows] = values[place]
        cells.refuse(rows[~understood[place]])
    cells.refuse(cells.rows(CellKind.DATE, CellKind.TIME, CellKind.BOOL))
    if cells.texts.rows.size:
        cells.put_texts(out, *_read(cells.texts.texts))
    return out


def _read(texts: list[str]) -> tuple[Texts, Mask]:
    values = as_objects(texts)
    regular = np.zeros(len(texts), np.bool_)
    regular[Shapes.of(texts).matching(_MOBILE_SHAPE).places] = True
    left = np.flatnonzero(~regular)
    if left.size:
        packed = as_objects(at_once(values[left].tolist(), _packed))
        shapes = Shapes.of(packed.tolist())
        for country in ("", "86", "0086"):
            found = shapes.matching(country + _MOBILE_SHAPE).places
            values[left[found]] = as_objects([number[len(country) :] for number in packed[found].tolist()])
            regular[left[found]] = True
    understood = np.ones(len(texts), np.bool_)
    for place in np.flatnonzero(~regular).tolist():
        number = _phone(texts[place])
        values[place] = number or ""
        understood[place] = number is not None
    return values, understood


def _packed(text: str) -> str:
    """Without the signs that most often group the digits of a mobile."""
    return text.replace(" ", "").replace("-", "").replace("+", "")


def _phone(text: str) -> str | None:
    """The digits; "" if the text says that there is no number, None if it is none."""
    # The line break between two numbers must outlive the cleaning of blanks.
    text = normal("/".join(part for part in text.splitlines() if part.strip()))
    if is_nothing(text):
        return ""
    candidates = [number for part in _BETWEEN.split(text) for number in _in_part(part)]
    mobiles = [number for number in candidates if _MOBILE.fullmatch(number)]
    return next(iter(mobiles or candidates), None)


def _in_part(part: str) -> list[str]:
    part = _POINT_ZERO.sub("", part.strip())
    if _EXPONENT.fullmatch(part):
        return []
    # Words around a number: 手机13800138000(王), Tel: 010-...; each stretch of digits between them counts.
    numbers = []
    for stretch in re.split(r"[^0-9\s().+\-\u2010-\u2015\u2212_]+", part):
        numbers += _in_stretch(stretch)
    return numbers


def _in_stretch(stretch: str) -> list[str]:
    stretch = _CALLED_FROM_ABROAD.sub("", stretch)
    if extended := _EXTENSION.fullmatch(stretch):
        stretch = extended[1]
    whole = _digits(stretch)
    if _is_number(whole):
        return [whole]
    # Two numbers with only a blank between them.
    pieces = [_digits(piece) for piece in stretch.split()]
    return [piece for piece in pieces if _is_number(piece)] if len(pieces) > 1 else []


def _digits(text: str) -> str:
    return _COUNTRY.sub("", _GROUPING.sub("", text))


def _is_number(digits: str) -> bool:
    return _SHORTEST <= len(digits) <= _LONGEST
