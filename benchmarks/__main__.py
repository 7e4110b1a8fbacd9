"""Measures everything and prints one table: `python -m benchmarks [--only NAME ...] [--customers N ...] [--times N]`.

Ends with 1 where a target is missed. Workbooks that are missing are made in benchmarks/made/.
"""

from __future__ import annotations

import argparse
import datetime as dt
import operator
import platform
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import cell_functions, commands, live, office, parts, peers
from benchmarks.series import Row
from benchmarks.table import markdown, print_table

SERIES = (
    *commands.SERIES,
    *parts.SERIES,
    *live.SERIES,
    *cell_functions.SERIES,
    *peers.SERIES,
    *office.SERIES,
)
CLOCKS = {"wall": operator.attrgetter("seconds"), "processor": operator.attrgetter("processor")}
BETWEEN = "<!-- measured -->\n", "<!-- end of measured -->\n"
"""Marks in a Markdown file between which the table stands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints; gives back the exit code."""
    names = [series.name for series in SERIES]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--customers", type=int, nargs="+", default=[], metavar="N", help="workbooks of these sizes only"
    )
    parser.add_argument(
        "--times", type=int, default=3, metavar="N", help="rounds of each; the middle counts (default 3)"
    )
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="processor: on a computer that is busy")
    parser.add_argument("--into", type=Path, metavar="FILE", help="puts the table into a Markdown file too")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        for series in SERIES:
            if series.name in options.only:
                print(f"{series.what} …", file=sys.stderr)
                rows += series.rows(Path(folder), options.customers, options.times, CLOCKS[options.clock])
    how = (
        f"Python {platform.python_version()}, {platform.system()} on {platform.machine()}; {dt.date.today()}; "
        f"clock: {options.clock}; rounds: {options.times}, of what is slow 1."
    )
    print(how)
    print_table(rows)
    if options.into:
        _put_into(options.into, f"{how}\n\n{markdown(rows)}")
    return int(any(row.met is False for row in rows))


def _put_into(path: Path, table: str) -> None:
    start, end = BETWEEN
    text = path.read_text("utf-8")
    between = re.escape(start) + ".*?" + re.escape(end)
    if not re.search(between, text, re.DOTALL):
        raise SystemExit(f"{path} has no place for the table: {start.strip()} … {end.strip()}")
    path.write_text(re.sub(between, lambda _: f"{start}\n{table}\n{end}", text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
