"""Canonical words of the staff's cells (results, roles, classes) as a workbook's language writes them."""

from __future__ import annotations

from xl_retention.domain.words import WORDS, chinese, english


def word(table: str, canonical: str, language: str) -> str:
    """A canonical word as the workbook's language writes it."""
    return chinese(table, canonical) if language == "zh" else english(table, canonical)


def choices(table: str, language: str) -> tuple[str, ...]:
    """All words of a table, for a drop-down."""
    return tuple(word(table, each, language) for each in WORDS[table].canonical_words)
