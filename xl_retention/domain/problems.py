"""A fault in the data is a value that knows its cell (DOM 2.15, design decision 4)."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Problem:
    """One fault of one cell, or of one row, sheet or workbook where no single cell is to blame.

    Args:
        code: Short, stable name of the kind of fault, such as `date_not_understood`.
        severity: As in DOM 2.15; `low` is for remarks that change nothing.
        sheet: Name of the sheet, empty for the workbook as a whole.
        cell: Address such as `D14`, empty where no single cell is to blame.
        heading: Heading of the column as staff wrote it.
        found: What the cell holds, as text.
        wanted: What was expected there.
        remedy: What the clerk can do about it.
    """

    code: str
    severity: Severity
    sheet: str = ""
    cell: str = ""
    heading: str = ""
    found: str = ""
    wanted: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or "workbook"
        heading = f" ({self.heading})" if self.heading else ""
        found = f"'{self.found}' is not {self.wanted}." if self.found else f"{self.wanted} is missing."
        return f"{place}{heading}: {found} {self.remedy}".rstrip()
