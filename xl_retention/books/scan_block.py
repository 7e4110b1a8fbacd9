"""A stretch of whole rows of a sheet's XML, as the scan looks at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.books.digits import Bytes, Places, Words

ADDRESSED = b'<c r="'
"""What a cell begins with."""
HEAD = 32
"""Bytes of a cell that are looked at in one go."""
BEHIND = b"<r<r<r" + b" " * HEAD
"""Stands behind every block, so that what follows a tag can be asked for without looking whether anything does."""
TAGS_BEHIND = 3

# By these bits `<c` and `<r`, or `<c`, `<f`, `<r` and `<v`, are told from all other tags but b, g, s and w.
CELLS_AND_ROWS = 0xEE
ALL_TAGS = 0xEA
_VALUE = 0x62


@dataclass(frozen=True)
class Block:
    """
    The bytes of some rows.

    Args:
        data: With `BEHIND` behind them, a few tags that end the last row.
        bytes_: The same as an array.
        words: Eight bytes from any place on; the processor does not mind that they are not aligned.
        pairs: Sixteen bytes from any place on, which numpy fetches as quickly as eight.
        heads: `HEAD` bytes from any place on.
        opening: Where a `<` stands.
    """

    data: bytes
    bytes_: Bytes
    words: Words
    pairs: npt.NDArray[np.complex128]
    heads: npt.NDArray[np.void]
    opening: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, data: bytes) -> Block:
        """The block of whole rows, with `BEHIND` behind them."""
        bytes_ = np.frombuffer(data, np.uint8)
        words, pairs, heads = (
            np.ndarray((len(data) - size + 1,), kind, data, 0, (1,))
            for size, kind in ((8, "<u8"), (16, "<c16"), (HEAD, f"V{HEAD}"))
        )
        return cls(data, bytes_, words, pairs, heads, bytes_[:-1] == ord("<"))

    def tags(self, bits: int) -> tuple[Places, Bytes]:
        """Places of the tags that *bits* tell from others, and the letters of their names."""
        told = (self.bytes_[1:] & bits) == _VALUE
        told &= self.opening
        places = np.flatnonzero(told)
        return places, self.bytes_[places + 1]

    def count(self) -> int:
        """How many tags there are in all."""
        return int(np.count_nonzero(self.opening)) - TAGS_BEHIND


def word(text: bytes) -> np.uint64:
    """Up to eight bytes as a word."""
    return np.uint64(int.from_bytes(text.ljust(8, b"\0"), "little"))
