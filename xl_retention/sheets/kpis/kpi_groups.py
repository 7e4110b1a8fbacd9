"""How the persons and classes of key figures are called on the sheet KPI, and which is meant by what stands there."""

from __future__ import annotations

from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.words import WORDS
from xl_retention.sheets.wording import say

_SCHEMES = {"K47a": "value_tier", "K47c": "region"}
_TABLES = {"K36": "focus_point", "K48": "source_channel"}
_KEYS = {"保养": "kind_maintenance", "维修": "kind_repair", "其他": "kind_other", "未填": "kind_blank"}


def group_word(code: str, group: str, language: str) -> str:
    """A person or class as it is read; names stay as they are."""
    if language == "zh":
        return group
    if group == "未填" or (code == "K47b" and group in _KEYS):
        return say(_KEYS[group], language)
    if code in _SCHEMES:
        return BY_KEY[_SCHEMES[code]].name(group, language)
    return WORDS[_TABLES[code]].english(group) if code in _TABLES else group


def group_of(code: str, text: str) -> str:
    """The person or class that a text of the sheet means."""
    known = [*_KEYS]
    if code in _SCHEMES:
        known += [label.word for label in BY_KEY[_SCHEMES[code]].labels]
    elif code in _TABLES:
        known += WORDS[_TABLES[code]].canonical_words
    return next((group for group in known if group_word(code, group, "en") == text), text)
