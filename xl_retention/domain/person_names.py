"""Names of people as staff type them: spellings of one name, several names in a cell."""

from __future__ import annotations

import unicodedata


def same_name(name: str) -> str:
    """What two spellings of one person's name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def people(text: str) -> list[str]:
    """The names of a cell that may hold several."""
    for sign in "、，,;；/":
        text = text.replace(sign, "\n")
    return [name.strip() for name in text.split("\n") if name.strip()]
