"""Blocks into cells without losing the notes on them or measuring rows.

`setDataArray` and `setFormulaArray` fill a range in one call and remove its notes. So a range is filled in pieces
around the cells that have one, and those are filled singly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xl_retention.books.libreoffice.structs import Area

Place = tuple[int, int]


class HeightsKept:
    """
    While it is entered, rows keep their heights.

    LibreOffice would measure each row after each call, which with Chinese text takes minutes for 100,000 rows. A
    class and no generator, as Python cannot throw LibreOffice's exceptions into a generator.

    Args:
        document: The UNO document.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._before = True

    def __enter__(self) -> None:
        self._before = self._document.IsAdjustHeightEnabled
        self._document.IsAdjustHeightEnabled = False

    def __exit__(self, *_: object) -> None:
        self._document.IsAdjustHeightEnabled = self._before


def put(sheet: Any, cells: Any, rows: Sequence[Sequence[Any]], method: str) -> None:
    """
    Fill a range.

    Args:
        sheet: The UNO sheet.
        cells: The UNO cell range on it.
        rows: As large as the range.
        method: `setDataArray` for values, `setFormulaArray` for what one would type.
    """
    area = Area.of(cells.RangeAddress)
    noted = _noted(sheet, area)
    if not noted:
        getattr(cells, method)(tuple(map(tuple, rows)))
        return
    for one in rectangles_around(Area(0, 0, area.bottom - area.top, area.right - area.left), noted):
        part = tuple(tuple(row[one.left : one.right + 1]) for row in rows[one.top : one.bottom + 1])
        getattr(cells.getCellRangeByPosition(one.left, one.top, one.right, one.bottom), method)(part)
    for row, column in noted:
        value = rows[row][column]
        cell = cells.getCellByPosition(column, row)
        if not isinstance(value, str):
            cell.setValue(value)
        elif method == "setFormulaArray":
            cell.setFormula(value)
        else:
            cell.setString(value)


def _noted(sheet: Any, area: Area) -> list[Place]:
    notes = sheet.Annotations
    places = [notes.getByIndex(at).Position for at in range(notes.Count)]
    return [
        (place.Row - area.top, place.Column - area.left)
        for place in places
        if area.top <= place.Row <= area.bottom and area.left <= place.Column <= area.right
    ]


def rectangles_around(area: Area, places: Sequence[Place]) -> Iterator[Area]:
    """
    Rectangles that cover *area* but for single cells.

    Around one cell: the rows above, what is left and right of it, the rows below.
    """
    top = area.top
    for row in sorted({row for row, _ in places}):
        if row > top:
            yield Area(top, area.left, row - 1, area.right)
        left = area.left
        for column in sorted(column for at, column in places if at == row):
            if column > left:
                yield Area(row, left, row, column - 1)
            left = column + 1
        if left <= area.right:
            yield Area(row, left, row, area.right)
        top = row + 1
    if top <= area.bottom:
        yield Area(top, area.left, area.bottom, area.right)
