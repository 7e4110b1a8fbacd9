"""The charts of the sheet KPI, a row each; they read its rows of key figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from xl_retention.books.charts import Cells, Chart, Series
from xl_retention.sheets.wording import say

WIDTH, HEIGHT, GAP = 324, 212, 6
"""Pixels."""


class _Drawn(NamedTuple):
    """A chart: its title in `wording`, what it draws, and the codes of the figures."""

    title: str
    kind: Literal["line", "bar"]
    codes: tuple[str, ...]


CHARTS = (
    _Drawn("chart_return", "line", ("K01", "K02")),
    _Drawn("chart_follow_up", "line", ("K04", "K05", "K08")),
    _Drawn("chart_complaints", "line", ("K16", "K17", "K18")),
    _Drawn("chart_retention", "line", ("K21", "K22", "K23")),
    _Drawn("chart_funnel", "bar", ("K11", "K12", "K13", "K14")),
)
"""Lines over the last 12 months; the funnel as bars of the period, its figures in neighbouring rows."""


def charts(
    language: str, *, top: int, headings: int, row_of: Mapping[str, int], name: int, value: int, months: tuple[int, int]
) -> tuple[Chart, ...]:
    """
    The charts side by side; rows and columns count from 0.

    Args:
        top: Row of their upper edge.
        headings: Row with the names of the months.
        row_of: Of each key figure.
        name, value: Columns of the names and of the values of the period.
        months: First and last column of the last 12 months.
    """
    first, last = months

    def lines(codes: tuple[str, ...]) -> tuple[Series, ...]:
        return tuple(Series((row_of[code], name), Cells(row_of[code], first, row_of[code], last)) for code in codes)

    made = []
    for number, drawn in enumerate(CHARTS):
        title = say(drawn.title, language)
        upper, lower = row_of[drawn.codes[0]], row_of[drawn.codes[-1]]
        over_months = drawn.kind == "line"
        made.append(
            Chart(
                title,
                drawn.kind,
                Cells(headings, first, headings, last) if over_months else Cells(upper, name, lower, name),
                lines(drawn.codes) if over_months else (Series(title, Cells(upper, value, lower, value)),),
                top,
                0,
                x_offset=number * (WIDTH + GAP),
                width=WIDTH,
                height=HEIGHT,
                legend=over_months,
                most=1.0,
            )
        )
    return tuple(made)
