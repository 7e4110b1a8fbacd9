"""Parts of the work, each measured inside a process of its own: `python -m benchmarks.parts NAME BOOK FOLDER`."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.books import FORMATTED, HUNDRED
from benchmarks.measure import Run, inside, tell
from benchmarks.series import Measure, Series, Target
from benchmarks.workbooks import AS_OF

if TYPE_CHECKING:
    from xl_retention.books.cell_xml import Rows
    from xl_retention.books.layout import SheetLayout

MONTHS = 13
CALLS_OF_A_DAY = 500


def rules(book: Path, _: Path) -> Callable[[], object]:
    """From tables in memory to the ranked list of calls."""
    from xl_retention.actions.generate_calls import NEEDED
    from xl_retention.books.closed import ClosedBook
    from xl_retention.domain.situation import Situation
    from xl_retention.domain.worklist import todays_calls
    from xl_retention.sheets.reading.reader import read_store

    store = read_store(ClosedBook(book), NEEDED)
    return lambda: todays_calls(Situation(store, AS_OF))


def everything(book: Path, _: Path) -> Callable[[], object]:
    """All key figures of 13 months, all classes and all due items, from tables in memory."""
    from xl_retention.books.closed import ClosedBook
    from xl_retention.domain.classes.schemes import SCHEMES
    from xl_retention.domain.dates import Period
    from xl_retention.domain.kpis.counting import Counting
    from xl_retention.domain.situation import Situation
    from xl_retention.domain.worklist import todays_calls
    from xl_retention.sheets.reading.reader import read_store

    store = read_store(ClosedBook(book))
    month = Period.containing(AS_OF, "month")

    def work() -> None:
        Counting(store, AS_OF).table([month.shift(-back) for back in range(MONTHS)])
        situation = Situation(store, AS_OF)
        for scheme in SCHEMES:
            scheme.of(situation)
        todays_calls(situation)

    return work


def writing(book: Path, folder: Path, most: int | None = None) -> Callable[[], object]:
    """From the answer to the finished file: our sheets made, everything else copied, checked, put in its place."""
    from xl_retention.actions.generate_calls import generate_calls
    from xl_retention.books.closed import ClosedBook

    class Cut(ClosedBook):
        """Takes no more than so many rows of a sheet."""

        def write(self, sheet: str, rows: Rows, layout: SheetLayout | None = None) -> None:
            super().write(sheet, rows[:most], layout)

    opened = Cut(book)
    generate_calls(opened, AS_OF)
    return lambda: opened.save(folder / f"written-{os.getpid()}.xlsx")


def writing_a_day(book: Path, folder: Path) -> Callable[[], object]:
    """The same with as many calls as two dozen people make in a day."""
    return writing(book, folder, most=CALLS_OF_A_DAY)


def copying(book: Path, folder: Path) -> Callable[[], object]:
    """A copy of the file, safe on the disk."""

    def copy() -> None:
        with book.open("rb") as source, (folder / f"copy-{os.getpid()}.xlsx").open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())

    return copy


def formatted(book: Path, _: Path) -> Callable[[], object]:
    """Reading a sheet that somebody coloured to its end."""
    from benchmarks.formatted_rows import read

    return lambda: read(book)


PARTS = {part.__name__: part for part in (rules, everything, writing_a_day, writing, copying, formatted)}


def _measured(part: Callable[[Path, Path], Callable[[], object]]) -> Measure:
    def measure(book: Path, folder: Path) -> Run:
        done = inside(__name__, part.__name__, str(book), str(folder))
        for written in folder.glob(f"*-*{book.suffix}"):
            if written.name.startswith(("written-", "copy-")):
                written.unlink()
        return done

    return measure


SERIES = (
    Series(
        "rules",
        "the rules alone, tables in memory",
        (HUNDRED,),
        _measured(rules),
        targets={HUNDRED: Target(times=0.5)},
    ),
    Series(
        "memory",
        f"key figures of {MONTHS} months, classes, due items, tables in memory",
        (HUNDRED,),
        _measured(everything),
        targets={HUNDRED: Target(times=0.5)},
    ),
    *(
        Series(
            name,
            what,
            (HUNDRED,),
            _measured(part),
            beside=_measured(copying),
            beside_what="copying the file",
            targets={HUNDRED: Target(times=3.0)},
        )
        for name, what, part in (
            ("write", f"write step, {CALLS_OF_A_DAY} calls", writing_a_day),
            ("write-all", "write step, 38,000 calls", writing),
        )
    ),
    Series(
        "formatted",
        "reading a sheet formatted to its end",
        (FORMATTED,),
        _measured(formatted),
        targets={FORMATTED: Target(times=3.0, mb=300)},
    ),
)


if __name__ == "__main__":
    name, book, folder = sys.argv[1:]
    work = PARTS[name](Path(book), Path(folder))
    gc.disable()  # as the command does
    tell(work)
