"""The font of cells."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xl_retention.books.libreoffice.measures import RGB, colour_from_uno, colour_to_uno
from xl_retention.books.libreoffice.structs import enumerated
from xl_retention.books.libreoffice.unsupported import named_refusals

_BOLD, _NORMAL = 150.0, 100.0  # com.sun.star.awt.FontWeight
_SCRIPTS = ("", "Asian", "Complex")  # Chinese text has its own weight, slant, size and face


def shared(cells: Any, name: str) -> Any:
    """A property of cells, None where they differ."""
    return None if cells.getPropertyState(name).value == "AMBIGUOUS_VALUE" else getattr(cells, name)


@named_refusals
class Font(base_classes.Font):
    """
    Font of a range; a getter gives None where its cells differ.

    Args:
        cells: The UNO cell range.
    """

    def __init__(self, cells: Any) -> None:
        self.cells = cells

    @property
    def api(self) -> Any:
        """The UNO range."""
        return self.cells

    def _set(self, name: str, value: Any) -> None:
        for script in _SCRIPTS:
            setattr(self.cells, name + script, value)

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = shared(self.cells, "CharWeight")
        return None if weight is None else weight > _NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is slanted."""
        posture = shared(self.cells, "CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enumerated("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """In points."""
        size: float | None = shared(self.cells, "CharHeight")
        return size

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """Of the face for Latin letters."""
        name: str | None = shared(self.cells, "CharFontName")
        return name

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> RGB | None:
        """Red, green, blue; None also for the automatic colour."""
        colour = shared(self.cells, "CharColor")
        return None if colour is None else colour_from_uno(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self.cells.CharColor = colour_to_uno(value)
