"""Number formats of a document, with Excel's codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from xl_retention.books.libreoffice.structs import Area, locale

# com.sun.star.util.NumberFormat
_USER_DEFINED, _DATE, _TIME, _NUMBER, _TEXT, _LOGICAL = 1, 2, 4, 16, 256, 1024

ISO_DATE = "yyyy-mm-dd"
ISO_DATE_AND_TIME = "yyyy-mm-dd hh:mm"
BOOLEAN = "BOOLEAN"  # Excel needs none: there a boolean is a value, in LibreOffice it is a format
GENERAL = "General"


class Kind(Enum):
    """What a number format makes of a number."""

    GENERAL = auto()
    DAY = auto()
    CLOCK = auto()  # a time of day, with or without a date
    LOGICAL = auto()
    TEXT = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Alike:
    """
    Cells that look the same.

    Args:
        kind: What their number format makes of a number.
        key: Of the number format.
        ranges: The UNO cell ranges.
    """

    kind: Kind
    key: int
    ranges: Any

    @property
    def areas(self) -> Iterator[Area]:
        """Where they are."""
        return map(Area.of, self.ranges.RangeAddresses)


class NumberFormats:
    """
    The number formats of one document.

    What a key means is asked once. Keys are of the document and live as long as it does.
    """

    def __init__(self, document: Any) -> None:
        self._formats = document.NumberFormats
        self._kinds: dict[int, Kind] = {}
        self._keys: dict[str, int] = {}

    def kind(self, key: int) -> Kind:
        """What the format of a key makes of a number."""
        if key not in self._kinds:
            format_ = self._formats.getByKey(key)
            self._kinds[key] = _kind(format_.Type & ~_USER_DEFINED, lambda: format_.StandardFormat)
        return self._kinds[key]

    def key(self, code: str) -> int:
        """The key of an Excel code; the format is added to the document if it has none yet."""
        if code not in self._keys:
            found = self._formats.queryKey(code, locale(), False)
            self._keys[code] = found if found >= 0 else self._formats.addNew(code, locale())
        return self._keys[code]

    def code(self, key: int) -> str:
        """Excel's code of a key."""
        if self.kind(key) is Kind.GENERAL:
            return GENERAL
        format_ = self._formats.getByKey(key)
        return _as_excel_writes(format_.FormatString) if format_.Type & (_DATE | _TIME) else str(format_.FormatString)

    def looks(self, cells: Any) -> Iterator[Alike]:
        """The cells of a range by their looks. The number of calls grows with the number of looks, not of cells."""
        looks = cells.getUniqueCellFormatRanges()
        for at in range(looks.Count):
            ranges = looks.getByIndex(at)
            key = ranges.NumberFormat
            yield Alike(self.kind(key), key, ranges)


def _kind(type_: int, is_standard: Any) -> Kind:
    if type_ & _TIME:
        return Kind.CLOCK
    if type_ & _DATE:
        return Kind.DAY
    if type_ == _NUMBER and is_standard():
        return Kind.GENERAL
    return {_LOGICAL: Kind.LOGICAL, _TEXT: Kind.TEXT}.get(type_, Kind.OTHER)


def _as_excel_writes(code: str) -> str:
    """`YYYY-MM-DD` as `yyyy-mm-dd`; quoted words, bracketed locales and AM/PM stay."""
    return re.sub(r'"[^"]*"|\[\$[^]]*\]|AM/PM|A/P|([A-Z]+)', lambda m: m[0].lower() if m[1] else m[0], code)
