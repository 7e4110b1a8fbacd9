"""The words of all subjects under their keys, and what is asked of them."""

from __future__ import annotations

from typing import Literal

from xl_retention.sheets.wording import (
    buttons,
    calls,
    checks,
    classes,
    complaints,
    copies,
    customers,
    group,
    kpi,
    messages,
    plans,
    reports,
    settings,
    start,
)
from xl_retention.sheets.wording.own_sheets import SHEET_NAMES

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

SUBJECTS = (
    buttons,
    calls,
    checks,
    classes,
    complaints,
    copies,
    customers,
    group,
    kpi,
    messages,
    plans,
    reports,
    settings,
    start,
)
WORDS: dict[str, tuple[str, str]] = SHEET_NAMES | {
    key: words for subject in SUBJECTS for key, words in subject.WORDS.items()
}


def say(key: str, language: str, **values: object) -> str:
    """The words of *key* in a language, with its places filled."""
    return WORDS[key][language == "zh"].format(**values)


def both(key: str) -> tuple[str, str]:
    """The words of *key* in English and Chinese, for recognising what we wrote before."""
    return WORDS[key]


def in_language(text: str, language: str) -> str:
    """
    What a `Problem` says, put into the language of the workbook; a text without translation stays English.

    Names of fields, sheets, places and values inside the text stay as they are.
    """
    if language != "zh" or not text:
        return text
    from xl_retention.sheets.wording.findings import in_chinese  # long in loading, and English needs none

    return in_chinese(text)
