"""What the doctor looks at: a computer, and the workbook that was named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xl_retention.errors import BookRefused
from xl_retention.setting_up.libreoffice import Office, offices
from xl_retention.setting_up.opened_book import OpenedBook
from xl_retention.setting_up.repair import model_for
from xl_retention.setting_up.surroundings import Surroundings

Found = tuple[str, dict[str, str]]
"""Key of `words.FINDINGS`, and what fills its places."""


@dataclass(frozen=True)
class Case:
    """
    What is looked at.

    Args:
        surroundings: The computer.
        address: Of a workbook, as it was typed: a path or a web address; None for the computer alone.
        profile: A LibreOffice profile instead of the user's own.
        known: The workbooks that come with the package.
    """

    surroundings: Surroundings
    address: str | None = None
    profile: Path | None = None
    known: Sequence[Path] = ()

    @property
    def path(self) -> Path:
        """The workbook as a file."""
        return Path(self.address or "")

    @property
    def is_web_address(self) -> bool:
        """Whether the workbook lies on a server."""
        return "://" in (self.address or "")

    @cached_property
    def offices(self) -> list[Office]:
        """Every LibreOffice."""
        return offices(self.surroundings, self.profile)

    @cached_property
    def book(self) -> OpenedBook | BookRefused | None:
        """The workbook, the reason why it cannot be opened, or None where there is no file."""
        if self.is_web_address or not self.path.exists():
            return None
        try:
            return OpenedBook(self.path)
        except BookRefused as refused:
            return refused

    @cached_property
    def model(self) -> OpenedBook | None:
        """The shipped workbook it was made from, if it has macros."""
        if not isinstance(self.book, OpenedBook) or not self.book.macros_part:
            return None
        return model_for(self.book, self.known)


Look = Callable[[Case], Iterator[Found]]
"""A check; each thing that it finds is worth a line."""
