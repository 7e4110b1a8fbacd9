"""Formulas and addresses: Excel's way of writing and the one that LibreOffice's interface wants."""

from __future__ import annotations

import re
from collections.abc import Callable

from xl_retention.books.cell_xml import letters

_PIECES = re.compile(
    r'"(?:[^"]|"")*"'  # a text
    r"|\$?(?:'(?:[^']|'')+'|[^\W\d]\w*)(?:!|\.(?=\$?[A-Za-z]{1,3}(?:\$?\d|:)|\$?\d+:|#REF))"  # a sheet's name
    r"|\{[^{}]*\}"  # a list of constants
    r"|_xlfn\.|_xlws\."  # what files put before newer functions
    r"|[,;]"
)


def to_calc(formula: str) -> str:
    """`=SUM(Calls!A1,2)` as `=SUM($Calls.A1;2)`."""

    def piece(match: re.Match[str]) -> str:
        text = match[0]
        if text.endswith("!"):
            return "$" + text[:-1] + "."
        return _TO_CALC.get(text[0], _same)(text)

    return _PIECES.sub(piece, formula)


def to_excel(formula: str) -> str:
    """`=SUM($Calls.A1;2)` as `=SUM(Calls!A1,2)`."""

    def piece(match: re.Match[str]) -> str:
        text = match[0]
        if text.endswith(".") and text[0] != "_":
            return text[:-1].lstrip("$") + "!"
        return _TO_EXCEL.get(text[0], _same)(text)

    return _PIECES.sub(piece, formula)


def _same(text: str) -> str:
    return text


def _swapped(pairs: dict[str, str]) -> Callable[[str], str]:
    table = str.maketrans(pairs)

    def swap(text: str) -> str:
        """Outside quotes."""
        parts = re.split(r'("(?:[^"]|"")*")', text)
        return "".join(part if part.startswith('"') else part.translate(table) for part in parts)

    return swap


_TO_CALC: dict[str, Callable[[str], str]] = {
    ",": lambda _: ";",
    "_": lambda _: "",
    "{": _swapped({",": ";", ";": "|"}),
}
_TO_EXCEL: dict[str, Callable[[str], str]] = {
    ";": lambda _: ",",
    "{": _swapped({";": ",", "|": ";"}),
}


def address(area: tuple[int, int, int, int], row_absolute: bool = True, column_absolute: bool = True) -> str:
    """`$A$1:$B$2` of a rectangle given as top, left, bottom, right; 0-based."""
    top, left, bottom, right = area
    row_mark, column_mark = "$" * row_absolute, "$" * column_absolute
    first, last = (
        f"{column_mark}{letters(column)}{row_mark}{row + 1}" for row, column in ((top, left), (bottom, right))
    )
    return first if (top, left) == (bottom, right) else f"{first}:{last}"


def quoted(sheet: str) -> str:
    """A sheet's name as it stands before an address."""
    return sheet if re.fullmatch(r"[^\W\d]\w*", sheet) else "'" + sheet.replace("'", "''") + "'"
