"""English names of the labels that classify customers and cars (DOM 4.5, 4.8).

Keys, JSON and comparisons carry the Chinese label of DOM; only what a person reads may be put into English.
"""

from __future__ import annotations

from xl_retention.domain import loyalty, tiers
from xl_retention.domain.words import english

ENGLISH = {
    loyalty.LOYAL: "Loyal",
    loyalty.GENERAL: "General",
    loyalty.QUASI_LOST: "Quasi-lost",
    loyalty.LOST: "Lost",
    loyalty.GONE: "Gone",
    loyalty.UNKNOWN: "Unknown",
    tiers.HIGH: "High value",
    tiers.MIDDLE: "Average value",
    tiers.LOW: "Low value",
}


def label(word: str, language: str) -> str:
    """A label as it is read in a language (`zh` or `en`); a word that is none stays as it is."""
    return word if language == "zh" else ENGLISH.get(word) or english("prospect_grade", word)
