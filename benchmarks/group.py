"""How long a group takes, with one worker and with two: `python -m benchmarks.group [--stores N] [--customers N]`.

The figures are compared with a plain pandas count over the same rows. Workbooks that are missing are made in
benchmarks/made/group/. Ends with 1 where a figure differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from benchmarks.measure import Run, run
from benchmarks.workbooks import AS_OF, make_workbook

WORK = Path(__file__).parent / "made" / "group"
MONTH = "2026-10"


def main() -> int:
    """Makes, measures, compares, prints; gives back the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.group", description=__doc__)
    parser.add_argument("--stores", type=int, default=200)
    parser.add_argument("--customers", type=int, default=2_000)
    options = parser.parse_args()
    books = _books(options.stores, options.customers)
    table = Table(title=f"xl-retention roll-up of {len(books)} stores of {options.customers:,} customers")
    for heading in ("workers", "seconds", "stores a second"):
        table.add_column(heading, justify="right")
    expected = _counted(books)
    wrong = 0
    for workers in (1, 2):
        done = _rolled(books, workers)
        if done.code:
            print(done.errors, file=sys.stderr)
            return 1
        table.add_row(str(workers), f"{done.seconds:.1f}", f"{len(books) / done.seconds:.1f}")
        if (found := _figures(done.output)) != expected:
            print(f"{workers} workers find {found}, the plain count {expected}", file=sys.stderr)
            wrong = 1
    Console().print(table)
    return wrong


def _books(stores: int, customers: int) -> list[Path]:
    WORK.mkdir(parents=True, exist_ok=True)
    books = [WORK / f"store-{number:04}-{customers}.xlsx" for number in range(stores)]
    for number, book in enumerate(books):
        if not book.exists():
            make_workbook(book, customers, seed=number, store=number)
    return books


def _rolled(books: list[Path], workers: int) -> Run:
    shutil.rmtree(WORK / "group.xlsx.parts", ignore_errors=True)  # of a run that was stopped: nothing is to be resumed
    start = [sys.executable, "-c", "from xl_retention.cli import main; raise SystemExit(main())", "roll-up"]
    ends = ["--out", str(WORK / "group.xlsx"), "--date", AS_OF.isoformat(), "--month", MONTH, "--json"]
    return run([*start, *map(str, books), *ends, "--workers", str(workers)])


def _figures(output: str) -> dict[str, int]:
    by_code = {each["code"]: each for each in json.loads(output)["kpis"] if "group" not in each}
    return {
        "returning customers": by_code["K01"]["numerator"],
        "customers": by_code["K01"]["denominator"],
        "visits": by_code["K13"]["denominator"],
    }


def _counted(books: list[Path]) -> dict[str, int]:
    """The same with nothing of ours: a customer is a phone, an old one was served before by the store he came to."""
    start = pd.Timestamp(f"{MONTH}-01")
    end = start + pd.offsets.MonthEnd()
    old, came, visits = set(), set(), 0
    for book in books:
        sheets = pd.read_excel(book, sheet_name=["Customers", "Vehicles", "Repair Orders"], engine="calamine")
        phones = sheets["Customers"].set_index("Customer ID")["Mobile"].astype(str)
        owner = sheets["Vehicles"].set_index("VIN")["Customer ID"].map(phones)
        days = pd.to_datetime(sheets["Repair Orders"]["Visit Date"])
        phone, car = sheets["Repair Orders"]["VIN"].map(owner), sheets["Repair Orders"]["VIN"]
        inside = days.between(start, end)
        came |= set(phone[inside])
        old |= set(phone[inside]) & set(phone[days < start])
        visits += len(set(zip(car[inside], days[inside], strict=True)))
    return {"returning customers": len(old), "customers": len(came), "visits": visits}


if __name__ == "__main__":
    raise SystemExit(main())
