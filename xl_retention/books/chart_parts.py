"""The parts of a file that hold the charts of a new sheet, as XlsxWriter draws them."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from xl_retention.books.charts import draw
from xl_retention.books.fresh import CREATED
from xl_retention.books.layout import SheetLayout
from xl_retention.books.xml_edits import DECLARATION, OFFICE_RELATIONSHIPS, PACKAGE_RELATIONSHIPS, escaped

DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


@dataclass(frozen=True)
class ChartParts:
    """The drawing of a sheet and its charts; `rId1` of the drawing is the first chart."""

    drawing: bytes
    charts: tuple[bytes, ...]


def chart_parts(sheet: str, layout: SheetLayout) -> ChartParts:
    """The charts of a layout for a sheet of this name; equal input gives equal bytes."""
    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        drawn = workbook.add_worksheet(sheet)
        for place, column in enumerate(layout.columns):
            drawn.set_column(place, place, column.width)  # a drawing is anchored by cells
        for chart in layout.charts:
            draw(workbook, drawn, chart)
    with zipfile.ZipFile(made) as archive:
        charts = tuple(archive.read(f"xl/charts/chart{number}.xml") for number in range(1, len(layout.charts) + 1))
        return ChartParts(archive.read("xl/drawings/drawing1.xml"), charts)


def links(targets: list[tuple[str, str]]) -> bytes:
    """A part of relationships `rId1` and so on.

    Args:
        targets: Kind, such as `chart`, and relative target of each.
    """
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE_RELATIONSHIPS}/{kind}" Target="{escaped(target, quote=True)}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return DECLARATION + f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{inside}</Relationships>'.encode()
