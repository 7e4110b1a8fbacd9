"""Numbers short texts by their bytes, many at once and without an object for each."""

from __future__ import annotations

import os

import numpy as np
import numpy.typing as npt

from xl_retention.books.digits import Places, Words

WIDTH = 24
"""Bytes of a key; shorter ones end with zeros. Names, number plates and VINs have no more."""
_WORDS = WIDTH // 8
_FEWEST = 12
"""Exponent of two: room that a new table has."""
_MASKS = np.array(
    [[(1 << 8 * min(max(length - 8 * place, 0), 8)) - 1 for place in range(_WORDS)] for length in range(WIDTH + 1)],
    np.uint64,
)
"""For each length the bits of a key that belong to it."""


class ByteKeys:
    """
    A table of different keys, numbered from 0 as they are entered.

    Where a key is looked for follows from its bytes and from random numbers, so that nobody can make a file whose
    keys are all looked for in one place. What is found there is compared whole.
    """

    def __init__(self) -> None:
        self._mix = np.frombuffer(os.urandom(8 * (_WORDS + 1)), np.uint64) | np.uint64(1)
        self._bits = _FEWEST
        self._slots = np.full(1 << self._bits, -1, np.int32)
        self._keys = np.zeros((1 << (self._bits - 1), _WORDS), np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def numbers(self, keys: Words) -> tuple[Places, Places]:
        """
        The number of each key, and for each new number in turn the first row where its key stands.

        Args:
            keys: One in each row, `WIDTH` bytes as words.
        """
        self._make_room(self._count + len(keys))
        slots = self._first_slots(keys)
        numbers = self._slots[slots].astype(np.int64)
        fresh = [np.zeros(0, np.int64)]
        # Of a slot that is empty the number is -1, and any key is compared, which does no harm.
        left = np.flatnonzero((numbers < 0) | _different(self._at(numbers), keys))
        while left.size:
            empty = left[numbers[left] < 0]
            if empty.size:
                fresh.append(self._enter(keys, slots, empty))
                numbers[empty] = self._slots[slots[empty]]
            left = left[_different(self._at(numbers[left]), keys.take(left, axis=0))]
            slots[left] = (slots[left] + 1) & (len(self._slots) - 1)
            numbers[left] = self._slots[slots[left]]
        return numbers, np.concatenate(fresh)

    def _at(self, numbers: Places) -> Words:
        return self._keys.take(numbers, axis=0, mode="clip")  # three times as quick as by brackets

    def _enter(self, keys: Words, slots: Places, some: Places) -> Places:
        """Enters those keys whose slots are empty, of several for one slot the first; says which it were."""
        claimed = slots[some]
        self._slots[claimed[::-1]] = np.arange(len(some), dtype=np.int32)[::-1]
        won: Places = some[self._slots[claimed] == np.arange(len(some))]
        after = self._count + len(won)
        self._slots[slots[won]] = np.arange(self._count, after)
        self._keys[self._count : after] = keys[won]
        self._count = after
        return won

    def _first_slots(self, keys: Words) -> Places:
        mixed = keys[:, 0] * self._mix[0]
        for place in range(1, _WORDS):
            mixed ^= mixed >> np.uint64(31)
            mixed += keys[:, place]
            mixed *= self._mix[place]
        mixed ^= mixed >> np.uint64(31)
        mixed *= self._mix[_WORDS]
        slots: Places = (mixed >> np.uint64(64 - self._bits)).astype(np.int64)
        return slots

    def _make_room(self, most: int) -> None:
        """Makes sure that the table stays half empty with *most* keys."""
        if most <= len(self._keys):
            return
        self._bits = max(self._bits + 1, (2 * most - 1).bit_length())
        grown = np.zeros((1 << (self._bits - 1), _WORDS), np.uint64)
        grown[: self._count] = self._keys[: self._count]
        self._keys = grown
        self._slots = np.full(1 << self._bits, -1, np.int32)
        slots = self._first_slots(grown[: self._count])
        left = np.arange(self._count)
        while left.size:
            free = self._slots[slots[left]] < 0
            self._slots[slots[left[free]]] = left[free]
            left = left[self._slots[slots[left]] != left]
            slots[left] = (slots[left] + 1) & (len(self._slots) - 1)


def _different(some: Words, others: Words) -> npt.NDArray[np.bool_]:
    unlike = some ^ others
    different: npt.NDArray[np.bool_] = (unlike[:, 0] | unlike[:, 1] | unlike[:, 2]) != 0
    return different


def keys_of(heads: npt.NDArray[np.void], lengths: Places) -> Words:
    """
    Keys of texts of at most `WIDTH` bytes, one in each row.

    Args:
        heads: `WIDTH` bytes or more from the beginning of each on.
        lengths: How many of these belong to it.
    """
    words = heads.view(np.uint64).reshape(len(heads), heads.itemsize // 8)[:, :_WORDS]
    keys: Words = words & _MASKS.take(lengths, axis=0)
    return keys
