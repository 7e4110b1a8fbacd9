"""Widths, heights and colours in Excel's units."""

from __future__ import annotations

from typing import Any

_PIXEL = 2540 / 96  # in 1/100 mm, the unit of LibreOffice
_POINT = 2540 / 72
_DIGIT, _MARGIN = 7, 5  # pixels: a digit of Calibri 11, and what Excel adds to a column

RGB = tuple[int, int, int]


def width_in_characters(width: int) -> float:
    """A column's width in digits of the standard font, from 1/100 mm."""
    pixels = width / _PIXEL
    return round((pixels - _MARGIN) / _DIGIT if pixels > _DIGIT + _MARGIN else pixels / (_DIGIT + _MARGIN), 2)


def width_from_characters(characters: float) -> int:
    """A column's width in 1/100 mm, from digits of the standard font."""
    pixels = characters * _DIGIT + _MARGIN if characters > 1 else characters * (_DIGIT + _MARGIN)
    return round(pixels * _PIXEL)


def points(length: int) -> float:
    """Points of a length in 1/100 mm."""
    return round(length / _POINT, 2)


def from_points(length: float) -> int:
    """1/100 mm of a length in points."""
    return round(length * _POINT)


def colour_from_uno(colour: int) -> RGB | None:
    """Red, green and blue of a UNO colour; None for the automatic one."""
    return None if colour < 0 else (colour >> 16 & 255, colour >> 8 & 255, colour & 255)


def colour_to_uno(colour: Any) -> int:
    """A UNO colour from what xlwings takes: three numbers, `#rrggbb`, Excel's number, or None for none."""
    if colour is None:
        return -1
    if isinstance(colour, str):
        return int(colour.lstrip("#"), 16)
    if isinstance(colour, int):  # Excel begins with the blue
        colour = (colour & 255, colour >> 8 & 255, colour >> 16 & 255)
    red, green, blue = colour
    return int(red << 16 | green << 8 | blue)
