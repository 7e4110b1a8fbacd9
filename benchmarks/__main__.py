"""Measures today's calls on workbooks of several sizes: `python -m benchmarks [--customers N ...]`.

Ends with 1 where a target is missed or a run fails. Workbooks that are missing are made in benchmarks/made/.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Run, best, run
from benchmarks.workbooks import AS_OF, make_workbook
from benchmarks.yardstick import inflate

WORK = Path(__file__).parent / "made"
COMPUTATION = "benchmarks.computation"
"""Run as `python -m benchmarks.computation BOOK`; prints the seconds the rules took on tables in memory."""

MOST_TIMES_YARDSTICK = 8.0
MOST_TIMES_AGAIN = 0.6
MOST_PEAK_MB = 600.0
MOST_GROWTH = 1.1


@dataclass(frozen=True)
class Size:
    """What was measured on the workbook of one size."""

    customers: int
    book: Path
    yardstick: float
    today: Run
    again: Run
    computation: float | None

    @property
    def ratio(self) -> float:
        """Times the yardstick."""
        return self.today.seconds / self.yardstick


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes, measures, prints; gives back the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--customers", type=int, nargs="+", default=[10_000, 100_000, 300_000], metavar="N")
    parser.add_argument(
        "--times", type=int, default=3, help="runs of each measurement; the fastest counts (default 3)"
    )
    options = parser.parse_args(arguments)
    console = Console()
    WORK.mkdir(exist_ok=True)
    sizes: list[Size] = []
    for customers in sorted(options.customers):
        book = WORK / f"customers-{customers}.xlsx"
        if not book.exists():
            console.print(f"making {book.name} …")
            make_workbook(book, customers)
        size = _measure(customers, book, options.times)
        if size.today.code:
            console.print(f"[red]{book.name}: xl-retention today ended with {size.today.code}[/red]")
            console.print(size.today.errors, markup=False)
            return 1
        sizes.append(size)
    rows = list(_rows(sizes))
    _print(console, sizes, rows)
    return 0 if all(met is not False for *_, met in rows) else 1


def _measure(customers: int, book: Path, times: int) -> Size:
    yardstick = min(inflate(book).seconds for _ in range(max(3, times)))
    out = WORK / f"out-{customers}.xlsx"
    start = [sys.executable, "-c", "from xl_retention.cli import main; raise SystemExit(main())"]
    today = best(
        [*start, "today", str(book), "--date", AS_OF.isoformat(), "--out", str(out)], times
    )
    again = _again([*start, "today", str(book), "--date", AS_OF.isoformat(), "--out", str(out)], times)
    for written in WORK.glob(f"{out.stem}.*"):  # with the backups of all runs but the first
        written.unlink()
    return Size(customers, book, yardstick, today, again, _computation(book, times))


def _again(command: Sequence[str], times: int) -> Run:
    """The same once more on an unchanged workbook, with what the run before remembered."""
    with tempfile.TemporaryDirectory() as cache:
        remember = {"XL_RETENTION_NO_CACHE": "", "XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}
        run(command, **remember)
        return best(command, times, **remember)


def _computation(book: Path, times: int) -> float | None:
    """Seconds of the rules alone; None as long as nobody has written that measurement."""
    if importlib.util.find_spec(COMPUTATION) is None:
        return None
    done = best([sys.executable, "-m", COMPUTATION, str(book)], times)
    if done.code:
        raise RuntimeError(done.errors)
    return float(done.output)


def _rows(sizes: Sequence[Size]) -> list[tuple[str, list[str], str, bool | None]]:
    """Label, one value per size, target, whether it is met (None: nothing to meet)."""
    rows: list[tuple[str, list[str], str, bool | None]] = [
        ("size (MB)", [f"{size.book.stat().st_size / 1e6:.1f}" for size in sizes], "", None),
        ("yardstick (s)", [f"{size.yardstick:.2f}" for size in sizes], "", None),
        ("today, end to end (s)", [f"{size.today.seconds:.2f}" for size in sizes], "", None),
        (
            "times the yardstick",
            [f"{size.ratio:.1f}" for size in sizes],
            f"at most {MOST_TIMES_YARDSTICK:g} at the largest",
            sizes[-1].ratio <= MOST_TIMES_YARDSTICK,
        ),
        (
            "the same again, times the yardstick",
            [f"{size.again.seconds / size.yardstick:.2f}" for size in sizes],
            f"at most {MOST_TIMES_AGAIN:g} at 100,000",
            all(
                size.again.seconds <= MOST_TIMES_AGAIN * size.yardstick for size in sizes if size.customers == 100_000
            ),
        ),
        (
            "peak memory (MB)",
            [f"{size.today.peak_mb:.0f}" for size in sizes],
            f"at most {MOST_PEAK_MB:g} up to 100,000",
            all(size.today.peak_mb <= MOST_PEAK_MB for size in sizes if size.customers <= 100_000),
        ),
    ]
    if len(sizes) > 1:
        growths = [
            math.log(later.today.seconds / earlier.today.seconds)
            / math.log(later.customers / earlier.customers)
            for earlier, later in pairwise(sizes)
        ]
        met = all(growth <= MOST_GROWTH for growth in growths)
        rows.append(
            (
                "growth exponent",
                ["", *(f"{growth:.2f}" for growth in growths)],
                f"at most {MOST_GROWTH:g}",
                met,
            )
        )
    computed = [size.computation for size in sizes]
    if any(seconds is not None for seconds in computed):
        values = ["" if seconds is None else f"{seconds:.2f}" for seconds in computed]
        rows.append(("pure computation (s)", values, "", None))
    return rows


def _print(
    console: Console, sizes: Sequence[Size], rows: Sequence[tuple[str, list[str], str, bool | None]]
) -> None:
    table = Table(title=f"xl-retention today --date {AS_OF}")
    table.add_column("")
    for size in sizes:
        table.add_column(f"{size.customers:,} customers", justify="right")
    table.add_column("target")
    table.add_column("met")
    for label, values, target, met in rows:
        table.add_row(
            label, *values, target, "" if met is None else "[green]yes[/green]" if met else "[red]no[/red]"
        )
    console.print(table)


if __name__ == "__main__":
    raise SystemExit(main())
