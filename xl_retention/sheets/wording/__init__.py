"""Every word that a person reads in a sheet of ours or on the screen, in English and Chinese: a module per subject.

A word is asked for by its key and the language of the workbook: `say("overdue", "zh")`.
"""

from xl_retention.sheets.wording.own_sheets import OWN_SHEET_KEYS, OWN_SHEETS
from xl_retention.sheets.wording.points import points_text
from xl_retention.sheets.wording.reasons import ROLE_NAMES, basis_text, day_text, reason_text, role_name, rule_name
from xl_retention.sheets.wording.values import choices, word
from xl_retention.sheets.wording.words import LANGUAGES, WORDS, Language, both, in_language, say

__all__ = [
    "LANGUAGES",
    "OWN_SHEETS",
    "OWN_SHEET_KEYS",
    "ROLE_NAMES",
    "WORDS",
    "Language",
    "basis_text",
    "both",
    "choices",
    "day_text",
    "in_language",
    "points_text",
    "reason_text",
    "role_name",
    "rule_name",
    "say",
    "word",
]
