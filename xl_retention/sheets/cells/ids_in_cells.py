"""Ids, plates, VINs, keys and plain text in cells (DOM 2.14, "Ids")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

import numpy as np

from xl_retention.domain.coded import Coded
from xl_retention.sheets.cells.cell_texts import BLANKS, DASHES, SEPARATOR, Cells, Texts, at_once

PLATE_SIGNS = ".-·•・‧∙\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Dots and dashes that stand in a plate for the eye only."""

NO_NUMBER = frozenset(("NONE", "NA", "N/A", "NIL", "NULL", "TBA", "TBC", "TBD", "NEW", "NEWCAR", "UNKNOWN", "NOPLATE"))

_POINT_ZERO = re.compile(rf"({SEPARATOR}[0-9]+)\.0(?={SEPARATOR})")
_WITHOUT_ASCII = re.compile(rf"(?<={SEPARATOR})[^\x00-\x7f]+(?={SEPARATOR})")
_NOTHING = re.compile(rf"{SEPARATOR}[{re.escape(DASHES)}]+(?={SEPARATOR})")


def plain(cells: Cells) -> Texts | Coded:
    """Text as typed, without outer blanks."""
    return cells.as_texts(lambda texts: [text.strip(BLANKS) for text in texts])


def ids(cells: Cells) -> Texts | Coded:
    """Half-width, upper case, no blanks; a number has no `.0`, a text keeps its leading zeros.

    A cell with nothing but dashes holds no id: else all rows with a dash would be one customer.
    """
    return cells.as_texts(lambda texts: at_once(texts, _id))


def plates(cells: Cells) -> Texts | Coded:
    """As `ids`, and without the dots and dashes of a plate."""
    return cells.as_texts(lambda texts: at_once(texts, _plate))


def without_words(
    cells: Cells, found: Texts | Coded, words_among: Callable[[list[str]], Collection[str]]
) -> Texts | Coded:
    """
    Cleaned texts, blank where one makes no sense; such cells are refused.

    Else all cars that are 未上牌 would be one car.

    Args:
        found: The cleaned cells.
        words_among: Which of many cleaned cells are not what their column is for, but words.
    """
    different = found.different if isinstance(found, Coded) else np.array([*set(found.tolist()), ""], object)
    words = words_among(different.tolist())
    if words:
        are_words = np.isin(different, [*words])
        rows = np.flatnonzero(are_words[found.code] if isinstance(found, Coded) else np.isin(found, [*words]))
        cells.refuse(rows)
        if isinstance(found, Coded):
            different[are_words] = ""
        else:
            found[rows] = ""
    return found


def no_numbers(texts: list[str]) -> set[str]:
    """Chinese words alone, such as 未上牌, or an English one for nothing; letters alone may be a VIN or a plate."""
    words = {*NO_NUMBER.intersection(texts)}
    joined = SEPARATOR.join(texts)
    if not joined.isascii():
        words.update(text for text in _WITHOUT_ASCII.findall(f"{SEPARATOR}{joined}{SEPARATOR}") if text.isalpha())
    return words


def keys(cells: Cells) -> Texts | Coded:
    """As `ids`; several keys in a cell stay one text, separated by `;`."""
    return cells.as_texts(lambda texts: at_once(texts, _id))


def _id(text: str) -> str:
    text = _without_point_zero(_settled(text, BLANKS))
    return _NOTHING.sub(SEPARATOR, text) if any(dash in text for dash in DASHES) else text


def _plate(text: str) -> str:
    text = _without(_id(text), PLATE_SIGNS)
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    return _settled(text, BLANKS + PLATE_SIGNS)


def _without_point_zero(text: str) -> str:
    """Mend whole numbers that became text in a program which keeps all numbers as floating point."""
    return _POINT_ZERO.sub(r"\1", text) if ".0" in text else text


def _settled(text: str, unwanted: str) -> str:
    """Half-width and upper case without the unwanted characters, so that doing it again changes nothing."""
    if text.isascii():
        return _without(text, unwanted).upper()
    before = ""
    # What a blank kept apart may melt together once it is gone, and capitals may come in two parts.
    while text != before:
        before = text
        text = _without(unicodedata.normalize("NFKC", text), unwanted).upper()
        if unicodedata.is_normalized("NFKC", text):
            break
    return text


def _without(text: str, unwanted: str) -> str:
    for sign in unwanted:
        if sign in text:
            text = text.replace(sign, "")
    return text
