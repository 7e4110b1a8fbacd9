"""The one table of all measurements, for the screen and for docs/performance.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.series import Row

HEADINGS = ("what", "on", "time", "ratio", "to", "peak memory", "exponent", "target: at most", "")
RIGHT = ("time", "ratio", "peak memory", "exponent")
VERDICTS = {True: "met", False: "missed", None: ""}


def cells(row: Row) -> tuple[str, ...]:
    """A row as texts."""
    return (
        row.what,
        row.on,
        "" if row.amount is None else _amount(row.amount, row.unit),
        "" if row.ratio is None else f"{row.ratio:.2f}" if row.ratio < 10 else f"{row.ratio:.0f}",
        row.beside,
        "" if row.peak_mb is None else f"{row.peak_mb:,.0f} MB",
        "" if row.growth is None else f"{row.growth:.2f}",
        str(row.target),
        row.note or VERDICTS[row.met],
    )


def print_table(rows: Sequence[Row]) -> None:
    """On the screen."""
    console = Console(width=None if sys.stdout.isatty() else 180)
    table = Table()
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading in RIGHT else "left")
    for row in rows:
        table.add_row(*cells(row), style={True: "green", False: "red", None: ""}[row.met])
    console.print(table)


def markdown(rows: Sequence[Row]) -> str:
    """As a table of Markdown; what is missed stands out."""
    lines = [HEADINGS, tuple("---:" if heading in RIGHT else "---" for heading in HEADINGS)]
    lines += [(*cells(row)[:-1], f"**{cells(row)[-1]}**" if row.met is False else cells(row)[-1]) for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _amount(amount: float, unit: str) -> str:
    if unit != "s":
        return f"{amount:g} {unit}"
    if amount >= 600:
        return f"{amount / 60:,.0f} min"
    return f"{amount:.1f} s" if amount >= 10 else f"{amount:.2f} s"
