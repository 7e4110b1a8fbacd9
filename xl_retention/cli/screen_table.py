"""Draws a table on the screen; rich would take longer to load and draw one than a small store takes to be read."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Sequence
from itertools import zip_longest
from unicodedata import combining, east_asian_width

RED, PLAIN = "\x1b[31m", "\x1b[0m"
NARROWEST = 4
"""Columns are not made narrower than this, in characters."""


def draw(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int,
    right: Collection[int] = (),
    whole: Collection[int] = (),
    marked: Collection[int] = (),
) -> str:
    """
    A table in boxes; texts that are too long for it are folded.

    Args:
        width: Of the table, in characters; a Chinese sign takes two.
        right: Places of columns that are set flush right.
        whole: Places of columns that are never folded.
        marked: Places of rows that are shown in red where the screen has colours.
    """
    rows = [[_shown(cell) for cell in row] for row in rows]
    widths = _widths([headings, *rows], width, whole)
    red = RED if _coloured() else ""
    drawn = [
        _rule("┏━┳┓", widths),
        *_lines(headings, widths, "┃", ()),
        _rule("┡━╇┩", widths),
    ]
    for place, row in enumerate(rows):
        lines = _lines(row, widths, "│", right)
        drawn += [f"{red}{line}{PLAIN}" for line in lines] if red and place in marked else lines
    return "\n".join([*drawn, _rule("└─┴┘", widths)])


def screen_width(piped: int) -> int:
    """Characters beside each other on the screen; *piped* where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else piped


def _coloured() -> bool:
    known = os.name != "nt" or "WT_SESSION" in os.environ  # an old console of Windows would show the codes
    return sys.stdout.isatty() and known and "NO_COLOR" not in os.environ


def _widths(rows: Sequence[Sequence[str]], width: int, whole: Collection[int]) -> list[int]:
    """Of the columns: as wide as their longest line, the widest made narrower until all fit."""
    widths = [max(_wide(line) for cell in column for line in cell.split("\n")) for column in zip(*rows, strict=True)]
    foldable = [place for place in range(len(widths)) if place not in whole]
    while foldable and sum(widths) + 3 * len(widths) + 1 > width:
        widest = max(foldable, key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _rule(signs: str, widths: Sequence[int]) -> str:
    left, line, between, right = tuple(signs)
    return left + between.join(line * (width + 2) for width in widths) + right


def _lines(cells: Sequence[str], widths: Sequence[int], edge: str, right: Collection[int]) -> list[str]:
    """The lines on the screen of one row."""
    folded = [_folded(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        edge
        + edge.join(
            f" {_padded(text, width, right=place in right)} "
            for place, (text, width) in enumerate(zip(texts, widths, strict=True))
        )
        + edge
        for texts in zip_longest(*folded, fillvalue="")
    ]


def _shown(text: str) -> str:
    """Without signs that would steer the screen: what stands in a workbook is to be read, not obeyed."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _wide(text))
    return blanks + text if right else text + blanks


def _folded(text: str, width: int) -> list[str]:
    """Lines of at most *width*, broken between words, and within a word only where it is longer than a line."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if _wide(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while _wide(line) > width:
                cut = next(end for end in range(len(line), 0, -1) if end == 1 or _wide(line[:end]) <= width)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return lines


def _wide(text: str) -> int:
    """Characters that a text takes on the screen."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
