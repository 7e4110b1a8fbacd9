"""The different texts of a workbook, each made once, however many cells hold it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xl_retention.books.byte_keys import WIDTH, ByteKeys, keys_of
from xl_retention.books.digits import Places, Words
from xl_retention.books.grid import TextList
from xl_retention.books.scan_block import Block
from xl_retention.books.spelling import Irregular, read_texts


class Texts:
    """The different texts of a workbook: the shared ones first, then those met in cells."""

    def __init__(self, shared: list[str]) -> None:
        self.all = TextList(shared)
        self.shared = len(shared)
        self.empty = [place for place, text in enumerate(shared) if not text] if "" in shared else []
        self._places: dict[str, int] = {}
        self._keys = ByteKeys()
        self._of_keys: npt.NDArray[np.int32] = np.zeros(0, np.int32)

    def place(self, text: str) -> int:
        """Where *text*, met in a cell, stands in `all`; it is added when new."""
        found = self._places.get(text)
        if found is None:
            found = self._places[text] = len(self.all)
            self.all.append(text)
        return found

    def places(self, block: Block, start: Places, stop: Places) -> Places:
        """Where the texts that are spelled from *start* to *stop* stand in `all`; -1 for one without a letter.

        Raises:
            Irregular: There is no text, or something else.
        """
        length = stop - start
        if (length < 0).any() or not block.bytes_[stop - 1].all():
            raise Irregular("text")
        found = np.full(len(start), -1)
        short = np.flatnonzero((length > 0) & (length <= WIDTH))
        if len(short) == len(start):
            return self._short(block, start, length)
        if short.size:
            found[short] = self._short(block, start[short], length[short])
        long = np.flatnonzero(length > WIDTH)
        if long.size:
            spans = zip(start[long].tolist(), stop[long].tolist(), strict=True)
            found[long] = [self.place(text) for text in read_texts([block.data[begin:end] for begin, end in spans])]
        return found

    def _short(self, block: Block, start: Places, length: Places) -> Places:
        keys = keys_of(block.heads[start], length)
        numbers, new = self._keys.numbers(keys)
        if new.size:
            self._take_in(keys, new)
        places: Places = self._of_keys[numbers].astype(np.int64)
        return places

    def _take_in(self, keys: Words, new: Places) -> None:
        """Adds the texts of the rows *new*, whose keys have the next numbers, in the order of the rows.

        A text that is spelled in two ways, as `&amp;` and `&#38;` are, or that is long elsewhere, stands twice.
        """
        order = np.argsort(new)
        texts = read_texts(keys[new[order]].view(f"S{WIDTH}").ravel().tolist())
        known = len(self._keys) - len(new)
        if len(self._of_keys) < len(self._keys):
            self._of_keys = np.concatenate([self._of_keys[:known], np.zeros(len(self._keys), np.int32)])
        self._of_keys[known + order] = np.arange(len(self.all), len(self.all) + len(texts))
        self.all.extend(texts)
