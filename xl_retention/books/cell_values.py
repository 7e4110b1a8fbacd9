"""What one cell of the XML says, cell by cell: the rules that the fast scan must agree with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import EPOCH, CellKind, TextList
from xl_retention.books.number_formats import Shown

SECONDS = 7
"""Code of a cell whose number is already seconds since 1970-01-01, not a serial."""
CLOCK_SECONDS = 8
"""Code of a cell whose number is already seconds since midnight."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&([^;&]{0,12};?)")
_ENTITIES = {"lt;": "<", "gt;": ">", "amp;": "&", "quot;": '"', "apos;": "'"}
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]+)?))?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")


class Irregular(Exception):
    """XML of a shape that the fast path does not know; the careful path decides."""


class MissingText(Exception):
    """A cell refers to a shared text that the workbook does not have."""


class Texts:
    """The different texts of a workbook: the shared ones first, then those met in cells."""

    def __init__(self, shared: list[str]) -> None:
        self.all = TextList(shared)
        self.shared = len(shared)
        self.empty = [place for place, text in enumerate(shared) if not text] if "" in shared else []
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Where *text*, met in a cell, stands in `all`; it is added when new."""
        found = self._places.get(text)
        if found is None:
            found = self._places[text] = len(self.all)
            self.all.append(text)
        return found

    def places(self, texts: list[str]) -> npt.NDArray[np.int64]:
        """The same for many; -1 for a text of length nothing."""
        known = self._places
        found = [known.get(text, -1) for text in texts]
        if -1 in found:
            found = [self.place(text) if text else -1 for text in texts]
        return np.array(found, np.int64)


class CellRules:
    """Turns type, style and text of a cell into a kind and a number.

    Args:
        styles: How each style shows a number.
        texts: Where texts are kept.
    """

    def __init__(self, styles: Sequence[Shown], texts: Texts) -> None:
        self._styles = styles
        self._texts = texts

    def style(self, number: str) -> int:
        """How the style with this number, as written in the `s` attribute, shows a number."""
        try:
            place = int(number or 0)
        except ValueError:
            return Shown.AS_NUMBER
        return self._styles[place] if 0 <= place < len(self._styles) else Shown.AS_NUMBER

    def cell(self, kind: str, style: str, value: str | None, inline: str | None) -> tuple[int, float]:
        """Code and number of a cell.

        Args:
            kind: Its `t` attribute, "" when absent.
            style: Its `s` attribute, "" when absent.
            value: Text of its `v`, entities resolved; None when absent.
            inline: Text of its `is`; None when absent.

        Returns:
            A `CellKind` or one of the codes above; DATE and TIME stand for *shown as day* and *shown with
            clock*, their number is still a serial. The number of a text is its place.

        Raises:
            MissingText: A shared text is not there.
        """
        if kind == "inlineStr" or (inline is not None and not value):
            return self._text(inline if inline is not None else unescaped(value or ""), CellKind.TEXT)
        if value is None:
            return CellKind.BLANK, 0.0
        if kind == "s":
            return self._shared(value.strip())
        if kind == "str":
            return self._text(unescaped(value), CellKind.TEXT)
        if kind == "e":
            return self._text(unescaped(value), CellKind.ERROR)
        value = value.strip()
        if not value:
            return CellKind.BLANK, 0.0
        if kind == "b" and value.lower() in ("0", "1", "true", "false"):
            return CellKind.BOOL, float(value.lower() in ("1", "true"))
        if kind == "d":
            return self._iso(value)
        if _NUMBER.fullmatch(value):
            return (self.style(style) if kind != "b" else CellKind.NUMBER), float(value)
        return self._text(value, CellKind.TEXT)

    def _shared(self, value: str) -> tuple[int, float]:
        if not value:
            return CellKind.BLANK, 0.0
        if not value.isdecimal() or int(value) >= self._texts.shared:
            raise MissingText(value)
        place = int(value)
        return (CellKind.TEXT if self._texts.all[place] else CellKind.BLANK), float(place)

    def _text(self, text: str, kind: int) -> tuple[int, float]:
        return (kind, float(self._texts.place(text))) if text else (CellKind.BLANK, 0.0)

    def _iso(self, value: str) -> tuple[int, float]:
        day, _, clock = value.partition("T") if "T" in value else value.partition(" ")
        if not _ISO_DAY.fullmatch(day) and not clock:
            day, clock = "", day
        seconds = 0.0
        if clock:
            parts = _ISO_CLOCK.fullmatch(clock)
            if not parts:
                return self._text(value, CellKind.TEXT)
            seconds = int(parts[1]) * 3600 + int(parts[2]) * 60 + float(parts[3] or 0)
            if not day:
                return CLOCK_SECONDS, float(int(seconds + 0.5))
        try:
            midnight = dt.datetime.strptime(day, "%Y-%m-%d")
        except ValueError:
            return self._text(value, CellKind.TEXT)
        return SECONDS, (midnight - EPOCH).total_seconds() + int(seconds + 0.5)


def unescaped(text: str) -> str:
    """Text with the escapes `_xHHHH_` decoded, by which workbooks hold what XML cannot."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two escapes may be the halves of one character; a half alone is no text that could be written again.
    if any("\ud800" <= sign <= "\udfff" for sign in decoded):
        decoded = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return decoded


def resolved(text: str) -> str:
    """Raw XML text as a parser would hand it over: line ends and entities resolved, escapes not.

    Raises:
        Irregular: An entity that XML does not know by itself.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name in _ENTITIES:
        return _ENTITIES[name]
    try:
        if name.startswith("#x") and name.endswith(";"):
            number = int(name[2:-1], 16)
        elif name.startswith("#") and name.endswith(";"):
            number = int(name[1:-1])
        else:
            raise Irregular(name)
        # XML allows neither most control characters nor halves of characters, not even as numbers.
        if number not in (9, 10, 13) and not (
            32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or number > 0xFFFF
        ):
            raise Irregular(name)
        return chr(number)
    except (ValueError, OverflowError):
        raise Irregular(name) from None
