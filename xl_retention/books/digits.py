"""Adds up the digits of many numbers at once, eight of them as one word of the processor.

A word holds eight characters, the first in its lowest byte. Numbers are right-aligned: their last digit is
the highest byte, and the bytes before their first digit are zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_U = np.uint64


def repeated(byte: int) -> np.uint64:
    """A word of eight times the same byte."""
    return _U(int.from_bytes(bytes([byte]) * 8, "little"))


def _low_bytes(count: int) -> int:
    return (1 << (8 * count)) - 1


LOW = np.array([_low_bytes(count) for count in range(9)], np.uint64)
"""All bits of the first so many bytes."""
HIGH = np.array([_low_bytes(8) ^ _low_bytes(8 - count) for count in range(9)], np.uint64)
"""All bits of the last so many bytes."""
ZEROS = repeated(ord("0"))
"""Taken off by exclusive or, it makes digits of characters; whatever is above 9 then was none."""
_SIXES, _TOPS, _ONES = repeated(0x76), repeated(0x80), repeated(0x01)
_POINTS = repeated(ord(".") ^ ord("0"))
_PAIRS, _QUADS = _U(0x00FF00FF00FF00FF), _U(0x0000FFFF0000FFFF)
_TENS = 10.0 ** np.arange(23)
_EXACT = 1 << 53


def not_digits(digits: Words) -> Words:
    """The top bit of every byte above 9; a byte behind such a one may be flagged without being above 9."""
    flags: Words = ((digits + _SIXES) | digits) & _TOPS
    return flags


def long_numbers(
    bytes_: Bytes, words: Words, start: Places, stop: Places
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Numbers with a sign, a point or more than eight digits, up to sixteen; and which are none of these."""
    minus = bytes_[start] == ord("-")
    first = start + minus
    length = stop - first
    # Where words begin before the block, the row tag is too short to be one; then nothing is said.
    usable = (
        (length > 0) & (length <= 16) & (bytes_[first] - ord("0") < 10) & (bytes_[stop - 1] - ord("0") < 10)
    )
    length = np.where(usable, length, 1)
    low = (words[stop - 8] ^ ZEROS) & HIGH[np.minimum(length, 8)]
    high = (words[np.maximum(stop - 16, 0)] ^ ZEROS) & HIGH[np.maximum(length - 8, 0)]
    low_dot, low_below = _point(low)
    high_dot, high_below = _point(high)
    decimals = np.where(low_dot, _bytes_above(low_below), 0)
    decimals += np.where(high_dot, _bytes_above(high_below) + 8, 0)
    # Taking the point out moves the digits before it one place up.
    low_new = np.where(low_dot, _without_point(low, low_below) | (high >> _U(56)), low)
    high_new = np.where(low_dot, high << _U(8), high)
    high_new = np.where(high_dot & ~low_dot, _without_point(high, high_below), high_new)
    digits_only = (not_digits(low_new) | not_digits(high_new)) == 0
    amount = added_up(high_new) * _U(10**8) + added_up(low_new)
    # Integers are rounded once by the conversion; a fraction is exact as long as its digits are.
    exact = usable & digits_only & ((decimals == 0) | (amount <= _EXACT))
    numbers = amount.astype(np.float64) / _TENS[decimals]
    np.negative(numbers, where=minus, out=numbers)
    return numbers, ~exact


def leading_integer(address: Words) -> tuple[Places, Places]:
    """The number that a word begins with, and how many digits it has (8 when nothing ends it)."""
    digits = address ^ ZEROS
    others = not_digits(digits)
    first = int(others[0])
    length = (first & -first).bit_length() // 8 - 1
    # Most numbers that follow each other are equally long.
    if 0 < length < 8 and ((others & LOW[length + 1]) == _U(0x80 << 8 * length)).all():
        return added_up(digits << _U(64 - 8 * length)).astype(np.int64), np.full(len(address), length)
    count = np.where(others != 0, _bytes_below(others), 8)
    shifted = digits << (_U(64) - _U(8) * count.astype(np.uint64))
    return added_up(np.where(count > 0, shifted, _U(0))).astype(np.int64), count


def added_up(digits: Words) -> Words:
    """The number whose eight digits stand one in each byte, the first in the lowest."""
    # To multiply by 10 * 256 + 1 adds each digit to ten times the one before it, and so on with pairs and fours.
    pairs = ((digits * _U(10 * 2**8 + 1)) >> _U(8)) & _PAIRS
    quads = ((pairs * _U(100 * 2**16 + 1)) >> _U(16)) & _QUADS
    return (quads * _U(10_000 * 2**32 + 1)) >> _U(32)


def _bytes_below(flags: Words) -> Places:
    """How many whole bytes lie below the lowest bit set in each word of flags."""
    lowest = flags & (~flags + _U(1))
    return (np.frexp(lowest.astype(np.float64))[1].astype(np.int64) - 1) >> 3


def _point(digits: Words) -> tuple[npt.NDArray[np.bool_], Words]:
    """Whether a decimal point is among the digits, and all bits of the bytes before it."""
    other = digits ^ _POINTS
    flags = (other - _ONES) & ~other & _TOPS
    lowest = flags & (~flags + _U(1))
    return flags != 0, (lowest >> _U(7)) - _U(1)


def _bytes_above(below: Words) -> Places:
    """How many bytes follow the point, given the bits of the bytes before it."""
    above: Places = 7 - _bytes_below(below + _U(1))
    return above


def _without_point(digits: Words, below: Words) -> Words:
    after = ~((below << _U(8)) | _U(0xFF))
    moved: Words = (digits & after) | ((digits & below) << _U(8))
    return moved
