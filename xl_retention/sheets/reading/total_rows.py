"""Rows of totals among the rows of data: known by their first filled cell (DOM 2.14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from xl_retention.sheets.cells.cell_texts import SEPARATOR
from xl_retention.sheets.headers import clean_heading

TOTALS = ("合计", "总计", "小计", "total", "subtotal", "grandtotal")
"""First filled cell of a row that adds up the rows above, as `clean_heading` leaves it."""
LONGEST_TOTAL = 24
_BEGINNINGS = "合总小TtSsGgＴｔＳｓＧｇ *:\\-_\t\n\xa0\u3000"
_CANDIDATE = re.compile(
    f"{SEPARATOR}([{_BEGINNINGS}][^{SEPARATOR}]{{0,{LONGEST_TOTAL - 1}}})(?={SEPARATOR})"
)
_AT_ONCE = 1 << 16

Codes = npt.NDArray[np.int64]


class Totals:
    """The words of total rows among the texts of a workbook; its sheets share their texts, and may add to them."""

    def __init__(self) -> None:
        self._texts: Sequence[str] = ()
        self._seen = 0
        self._codes = np.empty(0, np.int64)

    def codes(self, texts: Sequence[str]) -> Codes:
        """Places of the texts that begin a row of totals; only texts not seen yet are looked at."""
        if texts is not self._texts:
            self._texts, self._seen, self._codes = texts, 0, np.empty(0, np.int64)
        for start in range(self._seen, len(texts), _AT_ONCE):
            found = _total_places(texts[start : start + _AT_ONCE])
            self._codes = np.concatenate([self._codes, np.array(found, np.int64) + start])
        self._seen = len(texts)
        return self._codes


def begins_total(row: Sequence[object]) -> bool:
    """Whether a row adds up the rows above."""
    first = next((cell for cell in row if cell not in (None, "")), None)
    return isinstance(first, str) and clean_heading(first) in TOTALS


def _total_places(texts: Sequence[str]) -> list[int]:
    """Places of the total words among *texts*; a text that begins otherwise is not even cleaned."""
    candidates = _CANDIDATE.findall(f"{SEPARATOR}{SEPARATOR.join(texts)}{SEPARATOR}")
    totals = {text for text in candidates if clean_heading(text) in TOTALS}
    return [place for place, text in enumerate(texts) if text in totals] if totals else []
