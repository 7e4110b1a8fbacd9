"""Counts, decimals, money and kilometres in cells (DOM 2.14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import CellKind
from xl_retention.domain.dates import half_up
from xl_retention.sheets.cells.cell_texts import Cells, Mask, is_nothing, normal

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NumberKind:
    """How one kind of number is written.

    Args:
        wanted: For `Problem.wanted`.
        before: Pattern of what may stand before the number.
        after: Pattern of what may stand behind it, apart from the factors of `FACTORS`.
        whole: Rounded half up to a whole number (V9).
        negative: Whether it may be below zero.
    """

    wanted: str
    before: str = ""
    after: str = ""
    whole: bool = False
    negative: bool = True

    @property
    def pattern(self) -> re.Pattern[str]:
        """The whole of a normal text; groups: outer and inner sign, number, factor."""
        sign = r"(?P<{}>[-+\u2212]?)"
        return re.compile(
            rf"{sign.format('outer')}\s?(?:{self.before})?\s?{sign.format('inner')}\s?"
            rf"(?P<number>{_NUMBER})\s?(?P<factor>{'|'.join(FACTORS)})?\s?(?:{self.after})?",
            re.ASCII | re.IGNORECASE,
        )


# A comma groups thousands, or tens of thousands as in Chinese; 1,5 could be one and a half. So do blanks: 1 200.
_WHOLE = r"(?:[0-9]{1,4}(?:,[0-9]{3,4})+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]+)"
_NUMBER = rf"{_WHOLE}(?:\.[0-9]*)?(?:e[-+]?[0-9]{{1,2}})?|\.[0-9]+"

FACTORS = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "千": 1_000, "k": 1_000}
"""What a word behind the number multiplies it by."""

_COUNTED = "次|期|个月|月|岁|人|名|位|辆|台|天|个|项|条|份|分|分钟|times?|months?|min(?:utes?)?|pts?|points?"
_DISTANCE = "kms?|kilomet(?:er|re)s?|公里|千米|里程"

_PER_DAY = r"(?:\s?(?:/|每|per)\s?(?:天|日|day))?"

INTEGER = NumberKind("a whole number", before="第", after=_COUNTED, whole=True)
DECIMAL = NumberKind("a number", after=f"%|年|years?|{_COUNTED}|(?:{_DISTANCE}){_PER_DAY}|元")
MONEY = NumberKind(
    "an amount of money",
    before=r"¥|\$|rmb|cny|人民币",
    after=r"元整?|块|¥|\$|rmb|cny|yuan|人民币",
)
KM = NumberKind("a distance in km", after=_DISTANCE, whole=True, negative=False)

_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_PLAIN = "0123456789.-"
_POINT_OR_COMMA = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)
"""35.000 is as many km as a German writes thousands, and no clerk writes metres or tenths of a fen."""


def numbers(cells: Cells, kind: NumberKind) -> Numbers:
    """The numbers of the cells; blank is NaN.

    A date or a clock where a number belongs is refused: the number behind it is none that staff ever saw.
    """
    out = np.full(len(cells), np.nan)
    rows = cells.rows(CellKind.NUMBER)
    out[rows] = cells.number[rows]
    cells.refuse(cells.rows(CellKind.DATE, CellKind.TIME, CellKind.BOOL))
    if cells.texts.rows.size:
        cells.put_texts(out, *_read(cells.texts.texts, kind))
    endless = np.flatnonzero(np.isinf(out))  # 1E400, or four hundred digits
    out[endless] = np.nan
    cells.refuse(endless)
    if kind.whole:
        out = half_up(out)
    out += 0.0  # a typed -0 is 0
    if not kind.negative:
        below = np.flatnonzero(out < 0)
        out[below] = np.nan
        cells.refuse(below)
    return out


def _read(texts: list[str], kind: NumberKind) -> tuple[Numbers, Mask]:
    if not "".join(texts).strip(_PLAIN):
        try:
            values = np.array(list(map(float, texts)))
            unclear = [kind in (KM, MONEY) and bool(_POINT_OR_COMMA.fullmatch(text)) for text in texts]
            return np.where(unclear, np.nan, values), ~np.array(unclear, np.bool_)
        except ValueError:
            pass  # such as 2024-03-05 or a dash; one by one
    pattern = kind.pattern
    found = [_number(normal(text), pattern, kind) for text in texts]
    values = np.array([np.nan if number is None else number for number in found])
    return values, np.array([number is not None for number in found])


def _number(text: str, pattern: re.Pattern[str], kind: NumberKind) -> float | None:
    """The number of a normal text, NaN if it says that there is nothing, None if it is no such number."""
    if is_nothing(text):
        return np.nan
    if kind is INTEGER and _YEAR.fullmatch(text):
        return float(text[:4])  # a year of birth; in other counts years are not the unit, so 3年 is refused
    in_brackets = text.startswith("(") and text.endswith(")")
    match = pattern.fullmatch(text[1:-1].strip() if in_brackets else text.rstrip(","))
    if match is None:
        return None
    sign = match["outer"] + match["inner"]
    if len(sign) + in_brackets > 1:
        return None
    if kind in (KM, MONEY) and not match["factor"] and _POINT_OR_COMMA.fullmatch(match["number"]):
        return None
    amount = Decimal(re.sub("[, ']", "", match["number"])) * FACTORS.get((match["factor"] or "").lower(), 1)
    return -float(amount) if in_brackets or sign in ("-", "\u2212") else float(amount)
