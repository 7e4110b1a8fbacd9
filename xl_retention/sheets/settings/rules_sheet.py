"""The Rules sheet: one row per contact rule whose window, role, priority or switch the store changes (DOM 2.20)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from xl_retention.books.book import Book
from xl_retention.domain.cadence import ROLES, Offset, RuleOverride, is_known
from xl_retention.domain.problems import Problem
from xl_retention.domain.words import canonical
from xl_retention.sheets.small_tables import SmallRow, small_table

HEADINGS = {
    "code": ("Rule Code", "规则代码", "Rule", "Code", "代码"),
    "on": ("On", "启用"),
    "role": ("Role", "岗位"),
    "priority": ("Priority", "优先级"),
    "open": ("Open", "开始"),
    "due": ("Due", "应访"),
    "deadline": ("Deadline", "截止"),
    "expire": ("Expire", "失效"),
}
LONGEST_DAYS = 36_600
"""An offset of more than a hundred years is a slip of the hand, and leads out of the calendar."""
NEVER = ("never", "永不", "不失效")
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-"))


def _on(text: str) -> bool:
    answer = canonical("yes_no", text)
    if not answer:
        raise ValueError(text)
    return answer == "yes"


def _role(text: str) -> str:
    role = canonical("role", text)
    if role not in ROLES:
        raise ValueError(text)
    return role


def _priority(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 9:
        raise ValueError(text)
    return number


def _offset(text: str) -> Offset:
    offset = Offset.parse(text)
    if max(abs(offset.months) * 31, abs(offset.days), abs(offset.hours or 0) / 24) > LONGEST_DAYS:
        raise ValueError(text)
    return offset


READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "on": (_on, "yes or no"),
    "role": (_role, "a role code"),
    "priority": (_priority, "a number from 1 to 9"),
    "open": (_offset, "an offset such as -1m, +3d or +2h"),
    "due": (_offset, "an offset such as -1m, +3d or +2h"),
    "deadline": (_offset, "an offset such as -1m, +3d or +2h"),
    "expire": (_offset, "an offset such as +14d, or never"),
}


def read_rules(book: Book, sheet: str | None) -> tuple[dict[str, RuleOverride], list[Problem]]:
    """What the store changes, by rule code; without the sheet nothing."""
    overrides: dict[str, RuleOverride] = {}
    if sheet is None:
        return overrides, []
    rows, problems = small_table(sheet, book.read(sheet), HEADINGS, ("code",))
    for row in rows:
        code = _half_width(row.text("code")).upper().replace(" ", "")
        if not code:
            continue
        if not is_known(code):
            problems.append(
                _fault(sheet, row, "code", "rule_unknown", "the code of a rule", "Correct the code.")
            )
            continue
        given: dict[str, object] = {}
        for name, (reader, wanted) in READERS.items():
            text = _half_width(row.text(name))
            if not text:
                continue
            if name == "expire" and text.casefold() in NEVER:
                given["never_expires"] = True
                continue
            try:
                given[name] = reader(text)
            except ValueError:
                problems.append(
                    _fault(
                        sheet, row, name, "rule_not_understood", wanted, "Correct the cell or clear it."
                    )
                )
        overrides[code] = RuleOverride(**given)  # type: ignore[arg-type]
    return overrides, problems


def _half_width(text: str) -> str:
    """As a Chinese keyboard writes it, `＋３d` and `DLV－3D`, too; every dash is a minus."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


def _fault(sheet: str, row: SmallRow, name: str, code: str, wanted: str, remedy: str) -> Problem:
    return Problem(
        code, "medium", sheet, row.address(name), row.headings[name], row.text(name), wanted, remedy
    )
