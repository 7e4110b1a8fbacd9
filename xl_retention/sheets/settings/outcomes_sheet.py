"""The Outcomes sheet: what each outcome of a call does, as the store wants it (DOM 0.3, 2.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from xl_retention.books.book import Book
from xl_retention.domain.outcomes import AS_SET, SHIPPED, Closes, Outcome, Outcomes
from xl_retention.domain.problems import Problem
from xl_retention.domain.words import WORDS, canonical
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import SmallRow, small_table
from xl_retention.sheets.wording import both

OUTCOME_SHEETS = frozenset(clean_heading(name) for name in (*both("outcomes_sheet"), "Outcome", "结果", "回访结果设置"))
HEADINGS = {
    name: both(key)
    for name, key in {
        "word": "outcome",
        "contacted": "counts_as_contacted",
        "closes": "closes_rule",
        "quiet_days": "days_until_back",
        "attempts": "attempts_allowed",
        "ends_all": "ends_all_contact",
        "data_fault": "data_fault",
        "in_use": "in_use",
    }.items()
}
MAX_ATTEMPTS = "max_attempts"
"""In the column of attempts: as the parameter of this name says."""
LONGEST_DAYS = 3_660
"""A longer silence is a slip of the hand: whoever is never to be contacted stands on the sheet for that."""
MOST_ATTEMPTS = 99


def _yes_no(text: str) -> bool:
    answer = canonical("yes_no", text)
    if not answer:
        raise ValueError(text)
    return answer == "yes"


def _is(key: str, text: str) -> bool:
    return clean_heading(text) in map(clean_heading, both(key))


def _closes(text: str) -> Closes:
    if _is("message_rules", text):
        return Closes.MESSAGES
    return Closes.ALL if _yes_no(text) else Closes.NONE


def _count(text: str, most: int) -> int:
    number = int(text)
    if not 0 <= number <= most:
        raise ValueError(text)
    return number


def _silence(text: str) -> dict[str, object]:
    if _is("agreed_day", text):
        return {"moves": True, "quiet_days": 0}
    return {"moves": False, "quiet_days": _count(text, LONGEST_DAYS)}


def _attempts(text: str) -> int | None:
    if clean_heading(text) == clean_heading(MAX_ATTEMPTS):
        return AS_SET
    if canonical("yes_no", text) == "no":  # 0 is a no, too
        return None
    return _count(text, MOST_ATTEMPTS)


Reader = Callable[[str], dict[str, object]]


def _one(name: str, read: Callable[[str], object]) -> Reader:
    return lambda text: {name: read(text)}


READERS: dict[str, tuple[Reader, str]] = {
    "contacted": (_one("contacted", _yes_no), "yes or no"),
    "closes": (_one("closes", _closes), "yes, no, or message rules"),
    "quiet_days": (_silence, "a number of days, or agreed day"),
    "attempts": (_one("attempts", _attempts), "a number of days, or no"),
    "ends_all": (_one("ends_all", _yes_no), "yes or no"),
    "data_fault": (_one("data_fault", _yes_no), "yes or no"),
    "in_use": (_one("in_use", _yes_no), "yes or no"),
}


def read_outcomes(book: Book, sheet: str | None) -> tuple[Outcomes, list[Problem]]:
    """The outcomes of a store; without the sheet, or with an empty one, those of DOM. A blank cell is the default."""
    if sheet is None:
        return Outcomes(), []
    rows, problems = small_table(sheet, book.read(sheet), HEADINGS, ("word",))
    listed: dict[str, Outcome] = {}
    for row in rows:
        text = row.text("word")
        if not text:
            continue
        word = WORDS["result"].canonical(text) or text
        if word in listed:
            problems.append(
                _fault(sheet, row, "word", "outcome_repeated", "Each outcome once", "Delete one of the rows.")
            )
            continue
        listed[word], faults = _outcome(sheet, row, SHIPPED.get(word) or Outcome(word))
        problems += faults
    return (Outcomes.of(listed.values()) if listed else Outcomes()), problems


def _outcome(sheet: str, row: SmallRow, default: Outcome) -> tuple[Outcome, list[Problem]]:
    given: dict[str, object] = {}
    problems = []
    for name, (read, wanted) in READERS.items():
        text = row.text(name)
        if not text:
            continue
        try:
            given |= read(text)
        except ValueError:
            problems.append(
                _fault(sheet, row, name, "outcome_not_understood", wanted, "Correct the cell or clear it.")
            )
    return replace(default, **given), problems  # type: ignore[arg-type]


def _fault(sheet: str, row: SmallRow, name: str, code: str, wanted: str, remedy: str) -> Problem:
    return Problem(
        code, "medium", sheet, row.address(name), row.headings[name], row.text(name), wanted, remedy
    )
