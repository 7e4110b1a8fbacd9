"""Where a text that somebody typed names what must not leave: in any case, width and spacing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

SHORTEST = 2
"""Letters of the shortest secret that is looked for inside other texts, without blanks."""
_BETWEEN = r"[\s\-‐‑–—−_.·•/()]{0,2}"
"""What people put between the digits of a number."""
_LATIN_BEFORE, _LATIN_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
IDENTITY = re.compile(rf"{_LATIN_BEFORE}\d(?:{_BETWEEN}\d){{16}}{_BETWEEN}[\dXx]{_LATIN_AFTER}")
"""A Chinese identity number: 17 digits, then a digit or X."""
LONG_NUMBER = re.compile(rf"{_LATIN_BEFORE}\d(?:{_BETWEEN}\d){{14,21}}{_LATIN_AFTER}")
"""As long as the number of a bank card."""
PHONE = re.compile(
    rf"(?<!\d)(?:\+?(?:00)?86{_BETWEEN})?\(?1{_BETWEEN}[3-9](?:{_BETWEEN}\d){{9}}(?!\d)"
    rf"|(?<!\d)\(?0\d{{2,3}}{_BETWEEN}\d{{3,4}}{_BETWEEN}\d{{4}}(?!\d)"
)
VIN = re.compile(rf"{_LATIN_BEFORE}(?=[A-HJ-NPR-Za-hj-npr-z0-9]*\d)[A-HJ-NPR-Za-hj-npr-z0-9]{{17}}{_LATIN_AFTER}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BLANKS = re.compile(r"[\W_]+")


def narrow(text: str) -> str:
    """Letters and digits of full width as usual ones, sign by sign."""
    return text if text.isascii() else text.translate(_WIDE)


def bare(text: str) -> str:
    """Letters and digits alone, in small letters."""
    low = text.lower()
    return _BLANKS.sub("", low if len(low) == len(text) else text)


class KnownSecrets:
    """
    Texts that must not be seen inside others.

    Args:
        masks: By secret what is shown in its place.
    """

    def __init__(self, masks: Mapping[str, str]) -> None:
        self._masks: dict[str, tuple[str, str]] = {}
        for secret, mask in masks.items():
            words = narrow(secret).split()
            for spelled in (words, words[::-1]) if secret.isascii() else (words,):
                key = bare("".join(spelled))
                if len(key) >= SHORTEST:
                    self._masks.setdefault(key, (mask, secret))

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """By the first letters of a secret how long those that begin so are, the longest first."""
        found: dict[str, set[int]] = {}
        for text in self._masks:
            found.setdefault(text[:SHORTEST], set()).add(len(text))
        return {start: sorted(lengths, reverse=True) for start, lengths in found.items()}

    def masked(self, text: str) -> str:
        """A text of usual width in which the secrets are masked, the longest at each place."""
        letters = bare(text)
        spans = self._spans(text, letters)
        made, plain_from = [], 0
        for start, end, mask in spans:
            made += [text[plain_from:start], mask]
            plain_from = end
        return "".join([*made, text[plain_from:]]) if made else text

    def _spans(self, text: str, letters: str) -> Iterator[tuple[int, int, str]]:
        """First place, the one behind the last, and the mask of each secret in the text."""
        places: list[int] = []
        place = 0
        while place < len(letters) - SHORTEST + 1:
            for length in self._lengths.get(letters[place : place + SHORTEST], ()):
                found = self._masks.get(letters[place : place + length])
                if found is None or place + length > len(letters):
                    continue
                places = places or [at for at, sign in enumerate(text) if bare(sign)]
                if len(places) != len(letters):
                    return
                start, end = places[place], places[place + length - 1] + 1
                if _stands_alone(text, start, end) and _is_spelled_alike(text[start:end], found[1]):
                    yield start, end, found[0]
                    place += length
                    break
            else:
                place += 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether what begins or ends with a Latin letter or a digit is not a part of a longer word."""
    before = text[start - 1 : start] + text[start]
    after = text[end - 1 : end + 1]
    return not any(len(pair) == 2 and pair.isascii() and pair.isalnum() for pair in (before, after))


def _is_spelled_alike(found: str, secret: str) -> bool:
    """A word in Latin letters is not put together out of two others; numbers and Chinese names may be spaced out."""
    is_word = all(sign.isascii() and not sign.isdigit() for sign in secret)
    return not is_word or len(_BLANKS.findall(found)) <= len(_BLANKS.findall(secret.strip()))


def replaced(text: str, pattern: re.Pattern[str], mask: Callable[[str], str]) -> str:
    """A text with all that looks so replaced by what *mask* makes of it."""
    return pattern.sub(lambda found: mask(found[0]), text)
