"""The sheet Rows Behind: the rows that a key figure counts, and what is missing from its denominator (DOM 5)."""

from __future__ import annotations

from collections.abc import Sequence

from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.kpis.behind import Line
from xl_retention.domain.kpis.computed import Measured
from xl_retention.sheets.kpis.kpi_groups import group_word
from xl_retention.sheets.kpis.kpi_words import formula
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import both, say

HEADING_ROW = 4
COLUMNS: dict[str, tuple[float, Look]] = {
    "rows_part": (13, "text"), "rows_what": (16, "text"), "rows_id": (34, "wrapped"), "rows_where": (22, "link"),
    "customer_id": (14, "text"), "customer": (16, "wrapped"), "phone": (14, "text"), "vin": (20, "text"),
    "plate": (12, "text"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}


def layout(language: str) -> SheetLayout:
    """Looks of the sheet; what is missing is amber."""
    missing = say("rows_missing", language)
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "note"),
        row_colours=(RowColour(f'$A{HEADING_ROW + 1}="{missing}"', "warning"),),
        frozen_columns=3,
        tab_colour="7F7F7F",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_rows(cells)


def is_rows(cells: Sequence[Sequence[object]]) -> bool:
    """Whether cells are such a sheet."""
    return heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def lay_out(figure: Measured, lines: Sequence[Line], period: str, narrowed: str, language: str) -> list[list[object]]:
    """
    The cells of the sheet.

    Args:
        period: Label of the period.
        narrowed: In words, what of the store was counted; "" for all.
    """
    return [
        [title(figure, period, narrowed, language)],
        [_note(figure, lines, language)],
        [_definition(figure, language)],
        [say(name, language) for name in COLUMNS],
        *(_row(line, language) for line in lines),
    ]


def title(figure: Measured, period: str, narrowed: str, language: str) -> str:
    """Code, name and period."""
    name = figure.kpi.name(language)
    if figure.group:
        name += f": {group_word(figure.kpi.code, figure.group, language)}"
    said = say("rows_title", language, code=figure.kpi.code, name=name, period=period)
    return f"{said} ({narrowed})" if narrowed else said


def _note(figure: Measured, lines: Sequence[Line], language: str) -> str:
    def shown(number: float | None) -> str:
        return "-" if number is None else f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"

    counted = sum(line.counted for line in lines)
    counts = {"rows": counted, "missing": len(lines) - counted}
    return say("rows_note", language, above=shown(figure.numerator), below=shown(figure.denominator), **counts)


def _definition(figure: Measured, language: str) -> str:
    said, chinese = formula(figure.kpi), language == "zh"
    return say("rows_definition", language, above=said.above[chinese], below=said.below[chinese] or "-")


def _row(line: Line, language: str) -> list[object]:
    return [
        say("rows_counted" if line.counted else "rows_missing", language),
        say(f"rows_{line.subject.name.lower()}", language),
        line.id,
        f"{line.sheet}!A{line.row}" if line.row else None,
        line.customer_id or None,
        line.customer_name or None,
        line.mobile or None,
        line.vin or None,
        line.plate_no or None,
    ]
