"""Finds the rows of a sheet in its XML without parsing the many cells, so that a few of them can be edited.

In XML every `<` begins a tag, except inside comments, CDATA and processing instructions. With these blanked
out, rows can be searched for as bytes: a sheet of 200,000 rows takes a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.limits import MOST_ROWS
from xl_retention.errors import BookRefused

_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_TAG = rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>"""
_START_TAG = re.compile(rb"<" + _TAG)
_SHEET_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])" + _TAG)
_ATTRIBUTE = re.compile(rb"""\s([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CHOICE = re.compile(rb"<(?:[\w.-]+:)?AlternateContent[\s/>]")
_ANY_ROW = re.compile(rb"<((?:[\w.-]+:)?)row[\s/>]")


class SheetRows:
    """The part of a sheet, taken apart into its rows and the rest.

    Args:
        data: The part, inflated.
        part: Its name, for messages.
        book: File name, for messages.

    Raises:
        BookRefused: It is not a sheet whose rows can be told apart.
    """

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self.data = data
        self._part, self._book = part, book
        self._seen = _without_markup(data)
        found = _SHEET_DATA.search(self._seen)
        if not found:
            raise self._refused("has no cells, so it is not a sheet as Excel saves it")
        self.start, self._begin = found.span()
        """Places of the tag `sheetData` and after it."""
        self.prefix: bytes = found[1]
        """Of the rows, with its colon."""
        self._end = self._begin
        if not found[0].endswith(b"/>"):
            self._end = self._seen.rfind(b"</" + self.prefix + b"sheetData")
            if self._end < self._begin:
                raise self._refused("is damaged")
        self._refuse_unusual()
        self._last_starts: list[int] = []
        """Where the last rows begin; of the earlier ones it is found out when it is asked for."""
        self._numbers = self._found_rows()

    def _refused(self, why: str) -> BookRefused:
        return not_kept_whole(self._book, f"{self._part} {why}")

    @property
    def skeleton(self) -> bytes:
        """The part without what stands between the tags of `sheetData`."""
        return self.data[: self._begin] + self.data[self._end :]

    def _refuse_unusual(self) -> None:
        seen, area = self._seen, (self._begin, self._end)
        if seen.find(b"AlternateContent", *area) >= 0 and _CHOICE.search(seen, *area):
            raise self._refused("has two versions of some cells (AlternateContent)")
        if (self.prefix or seen.find(b":row", *area) >= 0) and any(
            found[1] != self.prefix for found in _ANY_ROW.finditer(seen, *area)
        ):
            raise self._refused("spells its rows in two ways")

    def _found_rows(self) -> list[int]:
        """The numbers of the rows, in the order of the file."""
        row = b"<" + re.escape(self.prefix) + rb"""row[\s/>](?:r="([0-9]{1,7})")?"""
        texts = re.compile(row).findall(self._seen, self._begin, self._end)
        numbers: list[int] = []
        if b"" not in texts:
            numbers = list(map(int, texts))
        else:
            for start, text in zip(self._starts_of(len(texts)), texts, strict=True):
                numbers.append(int(text) if text else self._number_at(start, numbers[-1] if numbers else 0))
        if numbers and not 1 <= min(numbers) <= max(numbers) <= MOST_ROWS:
            raise self._refused("has a row outside the sheet")
        return numbers

    def _starts_of(self, count: int) -> list[int]:
        """Where the last rows begin, at least so many of them."""
        row = re.compile(b"<" + re.escape(self.prefix) + rb"row[\s/>]")
        length = 1 << 14
        while len(self._last_starts) < count:
            begin = max(self._begin, self._end - length)
            self._last_starts = [found.start() for found in row.finditer(self._seen, begin, self._end)]
            length *= 8
        return self._last_starts

    def _start(self, place: int) -> int:
        """Where a row begins, and after the last one where they end."""
        behind = len(self._numbers) - place
        return self._starts_of(behind)[-behind] if behind else self._end

    def _number_at(self, start: int, before: int) -> int:
        """The number of a row whose tag does not begin with it: from its tag, its first cell, or the row before."""
        tag = self._tag(start)
        number = _attribute(tag, b"r")
        if number is None:
            first = re.compile(rb"</?" + re.escape(self.prefix) + rb"(row|c)(?=[\s/>])")
            found = first.search(self._seen, start + len(tag), self._end)
            if tag.endswith(b"/>") or not found or found[1] != b"c":
                return before + 1
            address = _attribute(self._tag(found.start()), b"r") or b""
            number = address.strip().lstrip(b"$ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
            number = number or b"%d" % (before + 1)
        if not number.strip().isdigit():
            raise self._refused("has a row whose number is none")
        return int(number)

    def _tag(self, start: int) -> bytes:
        found = _START_TAG.match(self._seen, start)
        if not found:
            raise self._refused("is damaged")
        return found[0]

    @cached_property
    def _as_array(self) -> npt.NDArray[np.int64]:
        return np.array(self._numbers, np.int64)

    @cached_property
    def _in_order(self) -> bool:
        return bool((np.diff(self._as_array) > 0).all())

    @cached_property
    def _places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self._numbers)}

    @cached_property
    def _twice(self) -> frozenset[int]:
        numbers, counts = np.unique(self._as_array, return_counts=True)
        return frozenset(numbers[counts > 1].tolist())

    def __contains__(self, number: int) -> bool:
        return number in self._places

    def row(self, number: int) -> bytes:
        """The bytes of a row that is there.

        Raises:
            BookRefused: It is there twice.
        """
        start, end = self._span(number)
        return self.data[start:end]

    def _span(self, number: int) -> tuple[int, int]:
        if not self._in_order and number in self._twice:
            raise self._refused(f"has row {number} twice")
        place = self._places[number]
        start, limit = self._start(place), self._start(place + 1)
        close = self._seen.rfind(b"</" + self.prefix + b"row", start, limit)
        if close >= 0:
            return start, self._seen.index(b">", close) + 1
        tag = self._tag(start)
        if not tag.endswith(b"/>"):
            raise self._refused("is damaged")
        return start, start + len(tag)

    def _place_for(self, number: int) -> int:
        """Where a row that is not there yet belongs: before the first with a higher number."""
        if self._in_order:
            place = int(np.searchsorted(self._as_array, number))
        else:
            higher = np.flatnonzero(self._as_array > number)
            place = int(higher[0]) if higher.size else len(self._numbers)
        return self._start(place)

    def with_rows(self, rows: Mapping[int, bytes]) -> Iterator[bytes | memoryview]:
        """What stands between the tags of `sheetData`, with some rows put in place of those of their numbers."""
        edits = sorted(
            (*(self._span(number) if number in self else (self._place_for(number),) * 2), number) for number in rows
        )
        before = memoryview(self.data)
        place = self._begin
        for start, end, number in edits:
            yield before[place:start]
            yield rows[number]
            place = end
        yield before[place : self._end]

    def matrices(self) -> list[str]:
        """Places of the formulas that fill several cells, as `C2:C10`: array, spilled and what-if formulas."""
        found = []
        for kind in (b"array", b"dataTable"):
            place = self._seen.find(kind, self._begin, self._end)
            while place >= 0:
                tag = self._tag(self._seen.rfind(b"<", self._begin, place))
                if _attribute(tag, b"t") == kind and (ref := _attribute(tag, b"ref")):
                    found.append(ref.decode())
                place = self._seen.find(kind, place + 1, self._end)
        return found


def _without_markup(data: bytes) -> bytes:
    """The same with blanks in the place of comments, CDATA and the like, so that every `<` begins a tag."""
    declared = data.find(b"?>") + 2
    # One sign is found much faster than two, and many sheets do without.
    special = any(data.find(sign, declared) >= 0 and data.find(b"<" + sign, declared) >= 0 for sign in (b"!", b"?"))
    if not special:
        return data
    return _MARKUP.sub(lambda found: b" " * len(found[0]), data)


def _attribute(tag: bytes, name: bytes) -> bytes | None:
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name:
            return found[2] if found[2] is not None else found[3]
    return None
