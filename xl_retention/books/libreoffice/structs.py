"""The few structs and enumerations of UNO that we hand over. Made locally, they cost no call to the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Area:
    """A rectangle of cells on a sheet; 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, address: Any) -> Area:
        """The rectangle of a UNO `CellRangeAddress`."""
        return cls(address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)

    def to_uno(self, sheet: int) -> Any:
        """As a UNO `CellRangeAddress` on the sheet of that 0-based number."""
        import uno

        return uno.createUnoStruct(
            "com.sun.star.table.CellRangeAddress", sheet, self.left, self.top, self.right, self.bottom
        )


def cell_address(sheet: int, row: int, column: int) -> Any:
    """A UNO `CellAddress`; all three are 0-based."""
    import uno

    return uno.createUnoStruct("com.sun.star.table.CellAddress", sheet, column, row)


def locale(language: str = "en", country: str = "US") -> Any:
    """Number formats of Excel files are written in English."""
    import uno

    return uno.createUnoStruct("com.sun.star.lang.Locale", language, country, "")


def enumerated(kind: str, value: str) -> Any:
    """An enumeration's value, such as `enumerated("sheet.CellInsertMode", "DOWN")`."""
    import uno

    return uno.Enum(f"com.sun.star.{kind}", value)


def properties(**values: Any) -> tuple[Any, ...]:
    """UNO property values."""
    import uno

    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def day_zero(document: Any) -> dt.datetime:
    """The day that a document writes as 0: 1899-12-30, or 1904-01-01 in files that began on an old Mac."""
    null = document.NullDate
    return dt.datetime(null.Year, null.Month, null.Day)
