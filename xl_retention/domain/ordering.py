"""Rows in the order of several whole-number columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.integer]
Places = npt.NDArray[np.int64]

BITS = 63
"""A non-negative number has so many in 64 bits."""


def order_of(*columns: Whole) -> Places:
    """
    Places of the rows in the order of *columns*, of which the first goes first; equal rows stay in their order.

    Args:
        columns: At least one, equally long; days as numbers.
    """
    count = len(columns[0])
    if count == 0:
        return np.empty(0, np.int64)
    if len(columns) == 1 and (columns[0][1:] >= columns[0][:-1]).all():
        return np.arange(count)  # as a log mostly is
    # One sort of plain numbers is many times faster than a stable one by several columns: a row's values, each
    # counted from the smallest of its column, and its place are written side by side into one number. Where that
    # is too long (moments are), only the different values of the widest columns are counted.
    place_bits = (count - 1).bit_length()
    numbers = [_Counted.from_smallest(column) for column in columns]
    by_width = sorted(range(len(columns)), key=lambda column: numbers[column].bits)
    while (too_long := sum(each.bits for each in numbers) + place_bits > BITS) and by_width:
        widest = by_width.pop()
        numbers[widest] = _Counted.in_steps(columns[widest])
    if too_long:
        return np.lexsort(columns[::-1])
    packed = np.zeros(count, np.int64)
    for each in numbers:
        packed <<= each.bits
        packed += each.number - each.smallest
    packed <<= place_bits
    packed += np.arange(count)
    packed.sort()
    return packed & ((1 << place_bits) - 1)


@dataclass(frozen=True)
class _Counted:
    """The values of a column, to be counted from the smallest."""

    number: Whole
    smallest: int
    bits: int

    @classmethod
    def from_smallest(cls, column: Whole) -> _Counted:
        smallest = int(column.min())
        return cls(column, smallest, (int(column.max()) - smallest).bit_length())

    @classmethod
    def in_steps(cls, column: Whole) -> _Counted:
        different, place = np.unique(column, return_inverse=True)
        return cls(place, 0, (len(different) - 1).bit_length())
