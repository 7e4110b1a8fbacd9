"""Charts on a sheet of ours: they read cells of that very sheet, so other values there are all they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xl_retention.books.cell_xml import letters

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

COLOURS = ("#1F4E78", "#C55A11", "#7F7F7F", "#2E75B6", "#548235")
DASHES = ("solid", "dash", "round_dot", "long_dash", "dash_dot")
MARKERS = ("circle", "square", "diamond", "triangle", "x")
"""Lines differ in colour, dash and marker, so that a black-and-white print can be read."""


@dataclass(frozen=True)
class Cells:
    """Cells in a row or a column; rows and columns from 0, the last ones within."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Series:
    """A line or a set of bars.

    Args:
        name: The cell that names it (row and column from 0), or a text.
        values: Its cells; a blank one is a gap.
    """

    name: tuple[int, int] | str
    values: Cells


@dataclass(frozen=True)
class Chart:
    """
    One chart.

    Args:
        categories: Cells with the names along the axis.
        row, column: Cell (from 0) at its upper left corner.
        x_offset: Pixels from the left edge of that cell.
        width, height: Pixels.
        number_format: Of the axis of values.
        legend: Whether the series are named below.
        most: Upper end of the axis of values; None leaves it to the program.
    """

    title: str
    kind: Literal["line", "column", "bar"]
    categories: Cells
    series: tuple[Series, ...]
    row: int
    column: int
    x_offset: int = 0
    width: int = 320
    height: int = 200
    number_format: str = "0%"
    legend: bool = True
    most: float | None = None


def draw(workbook: Workbook, sheet: Worksheet, chart: Chart) -> None:
    """Puts a chart on a sheet; it stays at its cell, however high the rows above are, and keeps its size."""
    name = sheet.get_name()

    def place(cells: Cells) -> list[object]:
        return [name, cells.top, cells.left, cells.bottom, cells.right]

    made = workbook.add_chart({"type": chart.kind})
    for number, series in enumerate(chart.series):
        colour = COLOURS[number % len(COLOURS)]
        look: dict[str, object] = {"fill": {"color": colour}, "gap": 60}
        if chart.kind == "line":
            dash, marker = DASHES[number % len(DASHES)], MARKERS[number % len(MARKERS)]
            look = {
                "line": {"color": colour, "width": 1.75, "dash_type": dash},
                "marker": {"type": marker, "size": 4, "fill": {"color": colour}, "border": {"color": colour}},
            }
        named = series.name if isinstance(series.name, str) else [name, *series.name]
        made.add_series({"name": named, "categories": place(chart.categories), "values": place(series.values), **look})
    made.set_title({"name": chart.title, "name_font": {"size": 10, "bold": True}, "overlay": False})
    names: dict[str, object] = {"num_font": {"size": 8}}
    values: dict[str, object] = {
        "num_font": {"size": 8}, "num_format": chart.number_format, "min": 0, "max": chart.most,
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}},
    }  # fmt: skip
    if chart.kind == "bar":  # whose axes XlsxWriter names the other way round; the first name comes on top
        made.set_y_axis({**names, "reverse": True, "major_gridlines": {"visible": False}})
        made.set_x_axis(values)
    else:
        made.set_x_axis(names)
        made.set_y_axis(values)
    made.set_legend({"position": "bottom", "font": {"size": 8}} if chart.legend else {"none": True})
    made.show_blanks_as("gap")
    made.set_size({"width": chart.width, "height": chart.height})
    sheet.insert_chart(
        chart.row, chart.column, made,
        {"x_offset": chart.x_offset, "y_offset": 2, "object_position": 2, "description": in_words(chart)},
    )  # fmt: skip


def in_words(chart: Chart) -> str:
    """What somebody is told who cannot see the chart: its title, and the cells where its numbers stand."""
    cells = ", ".join(
        f"{letters(each.values.left)}{each.values.top + 1}:{letters(each.values.right)}{each.values.bottom + 1}"
        for each in chart.series
    )
    return f"{chart.title} ({cells})"
