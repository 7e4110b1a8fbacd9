"""What one cell of the XML says, cell by cell: the rules that the fast scan must agree with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from xl_retention.books.grid import EPOCH, CellKind
from xl_retention.books.number_formats import Shown
from xl_retention.books.spelling import unescaped
from xl_retention.books.texts import Texts

SECONDS = 7
"""Code of a cell whose number is already seconds since 1970-01-01, not a serial."""
CLOCK_SECONDS = 8
"""Code of a cell whose number is already seconds since midnight."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]+)?))?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")


class MissingText(Exception):
    """A cell refers to a shared text that the workbook does not have."""


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
