"""How long all key figures of 13 months take beside one pandas groupby: `python -m benchmarks.key_figures`.

Reading is not counted. Both are measured in seconds of this process, several times in turn, and the fastest counts;
ends with 1 where the target is missed.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from benchmarks.workbooks import AS_OF, make_workbook
from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.store import Store
from xl_retention.sheets.reading.reader import read_store

WORK = Path(__file__).parent / "made"
MONTHS = 13
MOST_SECONDS = 1.0
MOST_TIMES_GROUPBY = 12.0
"""A groupby of 300,000 visits takes 0.08 s where all key figures may take 1 s."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the workbook where it is missing, reads, measures, prints; gives back the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.key_figures", description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000, metavar="N")
    parser.add_argument("--times", type=int, default=5, help="runs of each measurement; the fastest counts (default 5)")
    options = parser.parse_args(arguments)
    WORK.mkdir(exist_ok=True)
    path = WORK / f"customers-{options.customers}.xlsx"
    if not path.exists():
        make_workbook(path, options.customers)
    with ClosedBook(path) as book:
        store = read_store(book, NEEDED)
    frame = _visits(store)
    grouped = counted = float("inf")
    gc.disable()  # as the command does
    for _ in range(options.times):
        grouped = min(grouped, _seconds(lambda: _grouped(frame)))
        counted = min(counted, _seconds(lambda: _counted(store)))
    gc.enable()
    print(f"one groupby of {len(frame):,} visits: {grouped:.3f} s")
    print(f"all key figures of {MONTHS} months: {counted:.3f} s, {counted / grouped:.1f} times the groupby")
    print(f"target: at most {MOST_SECONDS:g} s, or {MOST_TIMES_GROUPBY:g} times the groupby")
    return 0 if counted <= MOST_SECONDS or counted <= MOST_TIMES_GROUPBY * grouped else 1


def _visits(store: Store) -> pd.DataFrame:
    table = store["service_visit"]
    return pd.DataFrame({
        "vin": table.texts("vin"),
        "day": table.days("visit_date").astype("datetime64[s]"),
        "total": table.numbers("total_amount"),
    })  # fmt: skip


def _grouped(frame: pd.DataFrame) -> None:
    frame.groupby("vin").agg(visits=("day", "count"), first=("day", "min"), last=("day", "max"), total=("total", "sum"))


def _counted(store: Store) -> None:
    month = Period.containing(AS_OF, "month")
    Counting(store, AS_OF).table([month.shift(-back) for back in range(MONTHS)])


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
