"""A text file with a table (CSV and its kin) as a book that can be read: any encoding, any delimiter."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from xl_retention.books.grid import Grid
from xl_retention.errors import BookRefused, WrongRequest

LARGEST = 256 << 20
"""Bytes of a file that is read at all."""
DELIMITERS = (",", "\t", ";", "|", "，", "；", "^", "~")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = ("utf-8", "gb18030")
"""Tried in turn; GB18030 holds all of GBK and GB 2312, and no text in UTF-8 that is not plain ASCII passes for both."""
_LOOKED_AT = 200
"""Lines by which the delimiter is told."""
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f](?!\Z)")
"""Signs that no table of texts holds; DOS ended a file with one."""
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
"""How exports keep a number a text: `="0138"`."""


class TextBook:
    """
    One table of texts; the reading half of a `Book`.

    Args:
        path: The file; its name without ending is that of the only sheet.

    Raises:
        BookRefused: It is too large, or no text in an encoding that is used for such files.
    """

    date1904 = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = [list(map(_cell, row)) for row in _parsed(_decoded(path), path.name)]

    @cached_property
    def _grid(self) -> Grid:
        return Grid.of(self._rows)

    def sheet_names(self) -> list[str]:
        """The name of the file without its ending."""
        return [self.path.stem]

    def read(self, sheet: str) -> list[list[object]]:
        """All cells; blanks as None."""
        return self.grid(sheet).rows()

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows."""
        self._check(sheet)
        return Grid.of(self._rows[:rows])

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """All rows as arrays; all columns, whichever are asked for."""
        self._check(sheet)
        return self._grid

    def grids(self, sheets: Sequence[str]) -> Iterator[Grid]:
        """The same, for each name."""
        return (self.grid(sheet) for sheet in sheets)

    def _check(self, sheet: str) -> None:
        if sheet != self.path.stem:
            raise WrongRequest(f"{self.path.name} has no sheet {sheet!r}.")


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BookRefused(f"{path.name} is larger than {LARGEST >> 20} MB; split it by year, for example.")
        data = path.read_bytes()
    except OSError as error:
        raise BookRefused(f"{path.name} cannot be read ({error.strerror or error}); check its name.") from None
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)][:1] or [*_wide(data), *_WITHOUT_MARK]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise BookRefused(
        f"{path.name} is no text in UTF-8, GBK, GB18030 or UTF-16; save it in Excel as CSV UTF-8 and try again."
    )


def _wide(data: bytes) -> list[str]:
    """UTF-16 without a mark shows by its zeros: of plain letters and commas every other byte is one."""
    start = data[:4096]
    zeros = start[0::2].count(0), start[1::2].count(0)
    if max(zeros) * 8 < len(start):
        return []
    return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]


def _parsed(text: str, name: str) -> list[list[str]]:
    separator = None
    if found := _SEPARATOR_LINE.match(text):
        separator, text = found[1], text[found.end() :]
    if not text.strip():
        raise BookRefused(f"{name} is empty; export it again.")
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _delimiter(text))
        return [row for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BookRefused(f"{name} is not a table of texts as programs export it ({error}); export it again.") from None


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first lines into the same number of cells, the more the better."""

    def fits(delimiter: str) -> tuple[int, int]:
        start = io.StringIO(text[: 1 << 18], newline="")
        rows = islice(csv.reader(start, delimiter=delimiter), _LOOKED_AT)
        widths = Counter(len(row) for row in rows if row)
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(0, 0))
        return (count * (width > 1), width)

    return max(DELIMITERS, key=fits)


def _cell(text: str) -> str | None:
    if found := _TEXT_FORMULA.fullmatch(text.strip()):
        return found[1].replace('""', '"') or None
    return text if text.strip() else None
