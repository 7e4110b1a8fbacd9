"""Makes Retention.xlam: the same macros and ribbon for whatever workbook is in front."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import xlsxwriter

from xl_retention.builder.package import write_package
from xl_retention.builder.ribbon import BOTH, ribbon
from xl_retention.builder.workbook import describe, give_macros


def build_add_in(path: str | Path) -> None:
    """Writes the add-in, for workbooks of both languages; equal input gives equal bytes."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        describe(workbook)
        workbook.add_worksheet("Retention")  # an add-in has to have a sheet, and never shows it
        give_macros(workbook)
    write_package(made, path, ribbon(BOTH), add_in=True)
