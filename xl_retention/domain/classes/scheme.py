"""What a classification scheme is: a heading, labels best first, and a function over all rows at once (DOM 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Array, Flags, Places, Texts

UNKNOWN = "未知"
"""The label where inputs are missing (DOM 4, common rules)."""


class Subject(Enum):
    """Whose rows a scheme labels; the value is the table's name."""

    CAR = "vehicle"
    CUSTOMER = "customer"
    PROSPECT = "prospect"
    ACCOUNT = "key_account"


@dataclass(frozen=True)
class Label:
    """
    One class.

    Args:
        word: As in JSON, keys and comparisons: the word or code of DOM.
        english: Its English name.
        action: What the trade recommends to do, in English and Chinese; blank where DOM says nothing.
        chinese: As shown in a Chinese workbook, where that is not the word itself.
    """

    word: str
    english: str
    action: tuple[str, str] = ("", "")
    chinese: str = ""

    def name(self, language: str) -> str:
        """The label as a person reads it (`en` or `zh`)."""
        return (self.chinese or self.word) if language == "zh" else self.english


NOT_KNOWN = Label(UNKNOWN, "Unknown", ("Complete the data", "补全资料"))
"""The last label of most schemes."""


def worded(words: Sequence[str], place: npt.NDArray[np.integer]) -> Texts:
    """The word of each row by its place among *words*; picking words is many times faster than making them."""
    return np.asarray(np.array([*words, ""], object)[place], object)


def chosen_labels(labels: Sequence[Label], carried: Flags) -> Texts:
    """
    The labels that each row carries, as tuples of their words in the order of *labels*.

    Args:
        carried: One row per row, one column per label.
    """
    sums = np.zeros(len(carried), np.int64)
    for place in range(len(labels)):
        sums += carried[:, place].astype(np.int64) << place
    tuples = np.empty(1 << len(labels), object)
    for bits in np.flatnonzero(np.bincount(sums)).tolist():
        tuples[bits] = tuple(label.word for place, label in enumerate(labels) if bits >> place & 1)
    return np.asarray(tuples[sums], object)


@dataclass(frozen=True)
class Classified:
    """
    The labels of all rows of a subject, with what they were decided by.

    Args:
        labels: One per row; "" where the scheme does not speak of the row. Of a scheme with several labels a
            row, each entry is a tuple of them.
        inputs: By name what the rule looked at, one entry per row; NaN, NaT and "" are blank. The sentences that
            explain a label are made of them.
    """

    labels: Texts
    inputs: Mapping[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, places: Places, missing: str | tuple[str, ...] = UNKNOWN) -> Classified:
        """The entries at *places*; a negative place is a row that is not there and has the label *missing*."""
        blank = np.empty(1, object)
        blank[0] = missing
        labels = np.concatenate([self.labels, blank])[places]
        inputs = {
            name: np.concatenate([column, np.zeros(1, column.dtype) if column.dtype == bool else _nothing(column)])[
                places
            ]
            for name, column in self.inputs.items()
        }
        return Classified(labels, inputs)


def _nothing(column: Array) -> Array:
    """One blank of the column's type."""
    blanks = {"M": np.datetime64("NaT"), "f": np.nan, "i": 0, "u": 0, "O": ""}
    return np.array([blanks[column.dtype.kind]], column.dtype)


@dataclass(frozen=True)
class Scheme:
    """
    One way to sort rows into classes.

    Args:
        key: Its name in JSON.
        english, chinese: Its heading.
        subject: Whose rows it labels.
        section: Where DOM describes it.
        labels: Most favourable first; none where the words are the store's own (models, hobbies).
        classify: Labels of all rows of the subject. Ask for them by `of`, which works them out once.
        needs: Fields without which there is no label, as `table.field`; for whoever wants fewer unknowns.
        several: Whether a row may have several labels, or none.
    """

    key: str
    english: str
    chinese: str
    subject: Subject
    section: str
    labels: tuple[Label, ...]
    classify: Callable[[Situation], Classified]
    needs: tuple[str, ...] = ()
    several: bool = False

    def of(self, situation: Situation) -> Classified:
        """The labels in a situation."""
        return situation.once(self.classify)

    def heading(self, language: str) -> str:
        """Its heading in a language (`en` or `zh`)."""
        return self.chinese if language == "zh" else self.english

    @cached_property
    def by_word(self) -> Mapping[str, Label]:
        """Its labels by their words."""
        return {label.word: label for label in self.labels}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Place of each word among the labels, the best being 0."""
        return {label.word: place for place, label in enumerate(self.labels)}

    def action(self, word: str, language: str) -> str:
        """What the trade recommends for a label; blank for a word of the store's own."""
        label = self.by_word.get(word)
        return label.action[language == "zh"] if label else ""

    def name(self, word: str, language: str) -> str:
        """A label of this scheme as a person reads it; a word of the store's own stays as it is."""
        label = self.by_word.get(word)
        return label.name(language) if label else word
