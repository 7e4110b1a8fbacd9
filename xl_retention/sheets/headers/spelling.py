"""Headings as they are compared (DOM 2.14)."""

from __future__ import annotations

import re
from functools import lru_cache

from xl_retention.domain.simplified import simplified
from xl_retention.sheets.headers.heading_forms import without_unit

DISTANCES = ("km", "kms", "公里", "万公里", "千米")
_NOT_COUNTING = re.compile(r"[\s_*:\-‐‑–—\u200b\ufeff'’‘\"“”「」『』《》★☆※◆◇●○■□▲△▼▽↑↓]")
_PLAIN = re.compile("[A-Za-z0-9_ \u4e00-\u9fff]+")
_WRAPPED = re.compile(r"【(.*)】")
_NUMBERING = re.compile(
    r"^\s*(?:[\u2460-\u249b\u2776-\u2793]|\(?\d{1,3}\)?[.、)](?!\d)|[一二三四五六七八九十]{1,3}、)\s*(?=\w)"
)


@lru_cache(maxsize=10_000)
def clean_heading(text: str) -> str:
    """Return a heading as it is compared.

    Half-width and simplified, without line breaks, blanks, `_ - * :`, marks, a number before it, units in
    brackets and a stop or question mark at its end, in lower case. So `Customer ID`, `customer_id` and
    `CUSTOMER-ID` are one heading, as are 車牌號碼 and ★3.车牌号码.

    Source: DOM 2.14.
    """
    if _PLAIN.fullmatch(text):  # as most are: nothing else of what follows could change them
        return simplified(text.replace("_", "").replace(" ", "").lower())
    bare, _ = without_unit(_NUMBERING.sub("", text))
    bare = _NOT_COUNTING.sub("", _WRAPPED.sub(r"\1", bare)).casefold()
    return simplified(_NUMBERING.sub("", bare)).rstrip(".?。,;!")


def heading_unit(heading: str) -> str:
    """Return the unit in the brackets of a heading (`万元` of 车价(万元)), "" where there is none."""
    return without_unit(heading)[1]
