"""A column of texts as numbers, so that each different text is looked at once however many rows it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Codes = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]

FEW = 8
"""Texts that are compared with one after the other."""


@dataclass(frozen=True, eq=False)
class Origin:
    """Where the texts of a column were taken from, so that those of two columns are compared without reading them.

    Args:
        texts: Stands for the list they were taken from, such as the shared texts of a workbook.
        place: For each text of the column its place in that list; -1 for one that was changed since, or was made.
    """

    texts: object
    place: Codes


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of texts.

    Args:
        code: For each row the place of its text in *different*.
        different: The texts, "" for blank, each as a rule once; there may be more than the rows use.
        origin: Of *different*; None where nobody knows.
    """

    code: Codes
    different: Texts
    origin: Origin | None = None

    def __len__(self) -> int:
        return len(self.code)

    @classmethod
    def of(cls, texts: Texts) -> Coded:
        """Plain texts, numbered as they first appear."""
        listed = texts.tolist()
        number = {text: place for place, text in enumerate(dict.fromkeys(listed))}
        return cls(
            np.fromiter(map(number.__getitem__, listed), np.int32, len(listed)),
            np.array([*number, ""], object)[:-1],
        )

    @classmethod
    def blank(cls, count: int) -> Coded:
        """A column in which nothing is filled."""
        return cls(np.zeros(count, np.int32), np.array([""], object))

    @classmethod
    def same(cls, text: str, count: int) -> Coded:
        """A column that says the same in every row."""
        return cls(np.zeros(count, np.int32), np.array([text, ""], object)[:-1])

    @classmethod
    def together(cls, parts: Sequence[Coded]) -> Coded:
        """The rows of all *parts* in their order, of which there must be one."""
        number: dict[str, int] = {}
        codes = [
            np.array([number.setdefault(text, len(number)) for text in part.different.tolist()], np.int32)[part.code]
            for part in parts
        ]
        return cls(np.concatenate(codes), np.array([*number, ""], object)[:-1])

    @property
    def texts(self) -> Texts:
        """The text of each row."""
        return self.different[self.code]

    def where(self, kept: Flags | npt.NDArray[np.integer] | slice) -> Coded:
        """The rows for which *kept* is true, or at the places it lists, or of a slice."""
        return Coded(self.code[kept], self.different, self.origin)

    def first(self, count: int) -> Coded:
        """The first *count* rows."""
        return Coded(self.code[:count], self.different, self.origin)

    def renamed(self, name: Callable[[str], str]) -> Coded:
        """Each text replaced by another; different texts may come to be the same."""
        return Coded(self.code, np.array([*map(name, self.different.tolist()), ""], object)[:-1])

    def those(self, fits: Callable[[str], bool]) -> Flags:
        """The rows whose text *fits*."""
        fitting = np.fromiter(map(fits, self.different.tolist()), np.bool_, len(self.different))
        codes = np.flatnonzero(fitting)
        if len(codes) > FEW:
            return fitting[self.code]
        # To compare all rows with one number takes a twentieth of the time of looking each up.
        found = np.zeros(len(self.code), np.bool_)
        for code in codes.tolist():
            found |= self.code == code
        return found

    def is_any(self, *words: str) -> Flags:
        """The rows whose text is one of *words*."""
        return self.those(set(words).__contains__)

    def numbers(self, numbers: Mapping[str, int]) -> npt.NDArray[np.int64]:
        """The number of each row's text in *numbers*; -1 for a text that is not there."""
        return numbers_of(self.different, numbers)[self.code]


def numbers_of(texts: Texts, numbers: Mapping[str, int]) -> npt.NDArray[np.int64]:
    """The number of each text in *numbers*; -1 for a text that is not there."""
    return np.fromiter(map(numbers.get, texts.tolist(), repeat(-1)), np.int64, len(texts))
