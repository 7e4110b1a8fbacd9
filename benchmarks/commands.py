"""The command `xl-retention today` from its start to its end, as a person has it."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.books import EXPORTED, HUNDRED, LEVEL, TEN, USUAL
from benchmarks.measure import Run, must, run
from benchmarks.series import Series, Target
from benchmarks.workbooks import AS_OF

COMMAND = (sys.executable, "-c", "from xl_retention.cli import main; main()", "today")


def today(book: Path, folder: Path, **more: str) -> Run:
    """Today's calls, written into a copy."""
    out = folder / f"out-{book.name}"
    done = must(run([*COMMAND, str(book), "--date", AS_OF.isoformat(), "--out", str(out)], **more))
    for backup in folder.glob(f"{out.stem}.backup-*"):
        backup.unlink()
    return done


def again(book: Path, folder: Path) -> Run:
    """The same once more on an unchanged workbook, with what a run before remembered."""
    return today(book, folder, **_cache(folder))


def _remember(book: Path, folder: Path) -> None:
    for _ in range(2):  # the first makes the copy, the second finds it as it will stay
        today(book, folder, **_cache(folder))


def _cache(folder: Path) -> dict[str, str]:
    place = str(folder / "cache")
    return {"XL_RETENTION_NO_CACHE": "", "XDG_CACHE_HOME": place, "LOCALAPPDATA": place}


def importing_pandas(_book: Path, _folder: Path) -> Run:
    """What anybody waits who begins with pandas."""
    return must(run([sys.executable, "-c", "import pandas"]))


GROWTH = Target(growth=1.1)
SERIES = (
    Series(
        "today",
        "today, from command to list",
        USUAL,
        today,
        targets={**dict.fromkeys(USUAL, GROWTH), HUNDRED: Target(times=5.0, mb=300, growth=1.1)},
    ),
    Series("full", "today, full sheets", LEVEL, today, targets=dict.fromkeys(LEVEL, GROWTH), slow=True),
    Series(
        "exported",
        "today, as other programs write texts",
        (EXPORTED,),
        today,
        targets={EXPORTED: Target(times=5.0)},
    ),
    Series(
        "again",
        "today again, nothing changed",
        (HUNDRED,),
        again,
        targets={HUNDRED: Target(times=0.6)},
        prepare=_remember,
    ),
    Series(
        "small",
        "today, small store",
        (TEN,),
        today,
        beside=importing_pandas,
        beside_what="import pandas",
        targets={TEN: Target(times=2.0)},
    ),
)
