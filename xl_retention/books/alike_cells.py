"""Reads the cells of a column that are spelled alike but for their numbers, as nearly all are.

What the first of them says besides its numbers is looked for in all others, byte for byte.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xl_retention.books.cell_heads import FAULT, SINGLY, WORDS, meaning
from xl_retention.books.cell_values import CellRules, Irregular, Texts
from xl_retention.books.digits import HIGH, LOW, ZEROS, Words, added_up, long_numbers, not_digits
from xl_retention.books.gathering import Numbers, Places
from xl_retention.books.grid import CellKind
from xl_retention.books.scan_block import ADDRESSED, HEAD, Block, word

_TAIL = b"</v></c>"
_TAIL_WORD = word(_TAIL)


class AlikeCells:
    """
    Remembers what the heads met so far mean.

    Args:
        rules: What types and styles mean.
        texts: Where the texts are.
    """

    def __init__(self, rules: CellRules, texts: Texts) -> None:
        self._rules, self._texts = rules, texts
        self._meanings: dict[bytes, int] = {}

    def read(self, block: Block, start: Places, end: Places, letters: int, rows: Words) -> tuple[int, Numbers] | None:
        """
        The kind of the cells, as `CellRules.cell` says it, and their numbers.

        Args:
            start: Where each cell begins.
            end: Where each cell ends.
            letters: How many there are in the column's name.
            rows: The number of each cell's row and the quote behind it, as they are spelled; all equally long.

        Returns:
            None where some cell is not like the first one, or has no number.

        Raises:
            Irregular: A text or a yes or no is none that there is.
        """
        first, row = int(start[0]), int(rows[0]).to_bytes(8, "little").rstrip(b"\0")
        digits = len(ADDRESSED) + letters
        value = block.data.find(b"<v>", first, min(int(end[0]), first + HEAD)) + 3 - first
        if not block.data.startswith(ADDRESSED, first) or not block.data.startswith(row, first + digits):
            return None
        spelled = block.data[first + digits + len(row) : first + value]
        code = self._meanings.get(spelled)
        if code is None:
            code = self._meanings[spelled] = meaning(spelled[:-3], self._rules)
        if code in (SINGLY, WORDS, FAULT) or not _all_alike(block.heads[start], value, digits, rows):
            return None
        numbers = _numbers(block, start + value, end - len(_TAIL), whole=code in (CellKind.TEXT, CellKind.BOOL))
        if numbers is None:
            return None
        if code == CellKind.TEXT and numbers.max() >= self._texts.shared:
            raise Irregular("text")  # the careful path says which cell it is
        if code == CellKind.BOOL and numbers.max() > 1:
            raise Irregular("flag")
        return code, numbers


def _all_alike(heads: npt.NDArray[np.void], length: int, digits: int, rows: Words) -> bool:
    """Whether the cells are alike in their first *length* bytes, but that each has its own row from *digits* on."""
    words = heads.view(np.uint64).reshape(len(heads), -1)
    for place in range(0, length, 8):
        found, shift = words[:, place // 8], digits - place
        # What is said alike stays alike when the rows are taken off.
        if 0 <= shift < 8:
            found = found ^ (rows << np.uint64(8 * shift))
        elif -8 < shift < 0:
            found = found ^ (rows >> np.uint64(-8 * shift))
        if length - place < 8:
            found = found & LOW[length - place]
        if not (found == found[0]).all():
            return False
    return True


def _numbers(block: Block, start: Places, stop: Places, *, whole: bool) -> Numbers | None:
    """The numbers from *start* to *stop*, exactly as `float` reads them; None where one is another or no number.

    Args:
        whole: Whether they have to be small and whole.
    """
    length = stop - start
    shortest, longest = int(length.min()), int(length.max())
    ends = block.pairs[stop - 8].view(np.uint64).reshape(len(stop), 2)
    if shortest < 1 or not (ends[:, 1] == _TAIL_WORD).all():
        return None
    if longest <= 8:
        digits = (ends[:, 0] ^ ZEROS) & (HIGH[longest] if shortest == longest else HIGH[length])
        if not not_digits(digits).any():
            return added_up(digits).astype(np.float64)
    if whole or longest > 17:
        return None
    numbers, odd = long_numbers(block.bytes_, block.words, start, stop)
    return None if odd.any() else numbers
