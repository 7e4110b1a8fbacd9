"""Workbooks that are open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_retention.books.libreoffice.names import Names
from xl_retention.books.libreoffice.number_formats import NumberFormats
from xl_retention.books.libreoffice.sheets import Sheets
from xl_retention.books.libreoffice.structs import properties
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice, named_refusals

if TYPE_CHECKING:
    from xl_retention.books.libreoffice.app import App

_AS_THE_USER_SET = 3
"""Macros of a workbook that is opened run where the user's own settings let them (`MacroExecMode.USE_CONFIG`)."""
_SECONDS_TO_APPEAR = 1.0
"""A window that a macro opens comes to the screen after the macro, behind the one that was clicked into."""
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
}


@named_refusals
class Book(base_classes.Book):
    """
    One workbook.

    Args:
        app: The office that it is open in.
        xl: The UNO document.
        just_opened: Its window may not be on the screen yet.
    """

    def __init__(self, app: App, xl: Any, *, just_opened: bool = False) -> None:
        self._app = app
        self.xl = xl
        self.number_formats = NumberFormats(xl)
        self._just_opened = just_opened

    @property
    def app(self) -> App:
        """The office that it is open in."""
        return self._app

    @property
    def api(self) -> Any:
        """The UNO document."""
        return self.xl

    @property
    def controller(self) -> Any:
        """Of its window."""
        return self.xl.CurrentController

    def is_same(self, other: Book) -> bool:
        """Whether it is the same document."""
        return bool(self.xl.RuntimeUID == other.xl.RuntimeUID)

    @property
    def fullname(self) -> str:
        """The path of its file; its title while it was never saved."""
        import uno

        url = self.xl.URL
        return str(uno.fileUrlToSystemPath(url) if url.startswith("file:") else url or self.xl.Title)

    @property
    def name(self) -> str:
        """The name of its file; its title while it was never saved."""
        return PurePath(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its defined names, without those that hold in one sheet."""
        return Names(self, self.xl.NamedRanges)

    def activate(self) -> None:
        """Bring its window to the front; one that has just been opened once more when it is on the screen."""
        window = self.controller.Frame.ContainerWindow
        window.toFront()
        if self._just_opened:
            self._just_opened = False
            threading.Timer(_SECONDS_TO_APPEAR, _to_front, (window,)).start()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """
        Save it where it is, in its format, or under another path, in the format of the path's ending.

        Like Excel, a workbook that was never saved goes into the current folder under its title.
        """
        if password:
            raise NotInLibreOffice("Book.save with a password")
        if path is None and self.xl.hasLocation():
            self.xl.store()
            return
        target = Path(path).absolute() if path else Path.cwd() / f"{self.name}.xlsx"
        if target.suffix.lower() not in _FILTERS:
            raise NotInLibreOffice(f"Book.save as {target.suffix or 'a file without an ending'}")
        self.xl.storeAsURL(target.as_uri(), properties(FilterName=_FILTERS[target.suffix.lower()], Overwrite=True))

    def close(self) -> None:
        """Close it, unsaved."""
        self.xl.close(True)


@named_refusals
class Books(base_classes.Books):
    """
    The open workbooks of an office.

    Args:
        app: The office.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """The UNO components, which may be of other programs too."""
        return self.app.desktop.Components

    def __iter__(self) -> Iterator[Book]:
        components = self.api.createEnumeration()
        while components.hasMoreElements():
            one = components.nextElement()
            if _is_workbook(one):
                yield Book(self.app, one)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        return any(key in (book.name, book.fullname) for book in self)

    def __call__(self, name_or_index: str | int) -> Book:
        """By name, by path or by number from 1."""
        for number, book in enumerate(self, 1):
            if name_or_index in (number, book.name, book.fullname):
                return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book:
        """
        The one whose button was pressed, else the one in front.

        Raises:
            KeyError: None is open.
        """
        if self.app.document is not None:
            return Book(self.app, self.app.document)
        front = self.app.desktop.getCurrentComponent()
        return Book(self.app, front) if front is not None and _is_workbook(front) else self(1)

    def add(self) -> Book:
        """A blank workbook in a new window."""
        return self._load("private:factory/scalc")

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        """
        A file in a new window; the other arguments of xlwings do nothing.

        Raises:
            FileNotFoundError: There is no such file.
        """
        path = Path(fullname).absolute()
        if not path.exists():
            raise FileNotFoundError(path)
        return self._load(path.as_uri())

    def _load(self, url: str) -> Book:
        """Without a window while the screen is not to change."""
        how = properties(MacroExecutionMode=_AS_THE_USER_SET) if self.app.screen_updating else properties(Hidden=True)
        return Book(self.app, self.app.desktop.loadComponentFromURL(url, "_blank", 0, how), just_opened=True)


def _to_front(window: Any) -> None:
    with suppress(Exception):  # closed meanwhile
        window.toFront()


def _is_workbook(component: Any) -> bool:
    return hasattr(component, "supportsService") and bool(component.supportsService(_SPREADSHEET))
