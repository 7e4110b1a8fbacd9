"""How a sheet of ours looks: what every book can show, whoever stands behind it.

Only words for looks; a book turns them into its own styles, an action never sees a style number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from xl_retention.books.charts import Chart

Look = Literal[
    "title", "note", "heading", "input_heading", "text", "wrapped", "date", "datetime", "integer", "decimal",
    "percent", "input", "input_date", "link", "code", "section",
]
"""Named looks of a cell.

`input*` marks what the clerk fills (pale yellow); `wrapped` is text with line breaks, `section` a heading within the
rows. A `link` whose text names a cell of the workbook, such as `Customers!D14`, leads there.
"""

Mood = Literal["bad", "warning", "good", "quiet", "sum"]
"""Named colours of a conditional format: red, amber, green, grey, and pale blue for what adds rows up.

Each is also legible in black and white.
"""


@dataclass(frozen=True)
class ColumnLayout:
    """A column below the heading row.

    Args:
        width: In characters.
        look: How its cells look.
        choices: Texts offered as a drop-down; other entries are accepted with a warning.
        formula_choices: A range such as `$G4:$K4` offered instead of `choices`; other entries are accepted as they are.
    """

    width: float = 12
    look: Look = "text"
    choices: tuple[str, ...] = ()
    formula_choices: str = ""


@dataclass(frozen=True)
class RowColour:
    """Colours the whole row where *formula* is true; it is written for the first data row, e.g. `$I5>0`."""

    formula: str
    mood: Mood


@dataclass(frozen=True)
class SheetLayout:
    """Looks and behaviour of one sheet of ours.

    Args:
        columns: One per column of the table.
        heading_row: Row of the headings, counting from 1; rows above it hold titles and notes.
        title_looks: Looks of the rows above the heading row, first row first.
        coloured: Places (from 0) of the columns that row colours colour; empty for all.
        landscape: Print orientation; always one page wide, A4, heading rows repeated.
        printed_columns: How many columns from the left are printed; 0 for all.
        filter: Whether the heading row carries filter buttons.
        input_from: Place (from 0) of the first column that the clerk fills, -1 for none.
        frozen_rows: Whether the rows down to the headings stay in sight.
        looks: Of single cells, by row and column from 0, where they differ from those of the row or column; None is
            a plain cell.
        drop_downs: Of single cells, by row and column from 0, a formula of the range that they are chosen from; other
            entries are accepted as they are.
        charts: Drawn when the sheet is made; from then on they stay as they are.
    """

    columns: tuple[ColumnLayout, ...]
    heading_row: int = 1
    title_looks: tuple[Look, ...] = ()
    row_colours: tuple[RowColour, ...] = ()
    coloured: tuple[int, ...] = ()
    landscape: bool = True
    filter: bool = True
    frozen_columns: int = 0
    printed_columns: int = 0
    tab_colour: str = ""
    input_from: int = -1
    footer: str = ""
    frozen_rows: bool = True
    looks: Mapping[tuple[int, int], Look | None] = field(default_factory=dict, hash=False)
    drop_downs: Mapping[tuple[int, int], str] = field(default_factory=dict, hash=False)
    charts: tuple[Chart, ...] = ()
