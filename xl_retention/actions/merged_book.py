"""A copy that comes into a workbook, and what came of it."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from xl_retention.books.book import Book
from xl_retention.domain.merging_pairs import WIDE
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.merging.conflicts_sheet import Question

DATA = frozenset({*ENTITIES, WIDE})
"""Tables whose rows are counted; rows of Settings and the like are merged too."""


@dataclass(frozen=True)
class Incoming:
    """
    A copy that is merged.

    Args:
        name: Of its file.
        book: The copy.
        digest: Of its bytes; "" where it is not a file.
        day: ISO day on which it was last saved; "" where nobody knows.
    """

    name: str
    book: Book
    digest: str = ""
    day: str = ""

    @property
    def label(self) -> str:
        """As notes name it: the file without its ending."""
        return self.name.rsplit(".", 1)[0]


def incoming_file(path: Path, book: Book) -> Incoming:
    """A file that comes in, opened as *book*."""
    return Incoming(path.name, book, hashlib.sha256(path.read_bytes()).hexdigest()[:24], saved_on(path))


def saved_on(path: Path) -> str:
    """ISO day on which a workbook was last saved, as it says itself; "" where it does not."""
    with contextlib.suppress(OSError, zipfile.BadZipFile, KeyError), zipfile.ZipFile(path) as archive:
        found = re.search(rb"<dcterms:modified[^>]*>(\d{4}-\d{2}-\d{2})", archive.read("docProps/core.xml"))
        return found[1].decode() if found else ""
    return ""


@dataclass
class MergedBook:
    """
    What came of a merge.

    Args:
        language: Of the workbook.
        added: Rows that are new.
        updated: Rows that were here and say something else now.
        removed: Rows that a copy deleted.
        unchanged: Rows that were here and stay as they were.
        questions: What a person has to look at.
        notices: What else is worth knowing, in sentences.
        sheet: Where the questions stand; "" without any.
    """

    language: str
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    sheet: str = ""

    def as_json(self) -> dict[str, object]:
        """The promised keys, and what else is known."""
        return {
            "added": self.added,
            "updated": self.updated,
            "conflicts": [question.as_json() for question in self.questions],
            "unchanged": self.unchanged,
            "removed": self.removed,
            "notices": self.notices,
        }

    @property
    def counts(self) -> dict[str, int]:
        """The numbers for a sentence."""
        return {
            "added": self.added, "updated": self.updated, "removed": self.removed, "unchanged": self.unchanged,
            "conflicts": len(self.questions),
        }  # fmt: skip
