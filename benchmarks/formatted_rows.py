"""A sheet with a million formatted empty rows below its filled ones.

Such sheets come from a column that somebody coloured to its end: 5 MB on the disk, 79 unpacked.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter

FILLED, FORMATTED = 2_000, 1_000_000
COLUMNS = "A"


def make_workbook(path: Path) -> Path:
    """A customer sheet whose filled rows are followed by formatted empty ones."""
    small = path.with_suffix(".small.xlsx")
    with xlsxwriter.Workbook(small) as book:
        coloured = book.add_format({"bg_color": "#FFFFCC", "border": 1})
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, ["Customer ID", "Name", "Mobile", "Sales Advisor"])
        for row in range(1, FILLED + 1):
            sheet.write_row(row, 0, [f"C{row}", f"Name {row}", str(13_800_000_000 + row), "Kim"], coloured)
    rows = (
        f'<row r="{row}" spans="1:1" s="1" customFormat="1">'
        + "".join(f'<c r="{letter}{row}" s="1"/>' for letter in COLUMNS)
        + "</row>"
        for row in range(FILLED + 2, FILLED + 2 + FORMATTED)
    )
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            head, end, tail = source.read(name).partition(b"</sheetData>")
            with target.open(name, "w") as part:
                part.write(head)
                # A row at a time: what this process once held would be told as the memory of those that it starts.
                for text in rows if end else ():
                    part.write(text.encode())
                part.write(end + tail)
    small.unlink()
    return path


def read(path: Path) -> None:
    """Opens the workbook and reads the sheet."""
    from xl_retention.books.closed import ClosedBook

    with ClosedBook(path) as book:
        grid = book.grid("Customers")
    assert grid.height == FILLED + 1, "formatted cells are not used ones"
