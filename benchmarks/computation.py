"""How long the rules take once the tables are in memory: `python -m benchmarks.computation BOOK`."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

from benchmarks.workbooks import AS_OF
from xl_retention.actions.generate_calls import NEEDED
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls
from xl_retention.sheets.reader import read_store


def seconds(path: Path) -> float:
    """Seconds from the store's tables to the ranked call list; reading and writing are not counted."""
    store = read_store(ClosedBook(path), NEEDED)
    gc.disable()  # as the command does
    start = time.perf_counter()
    todays_calls(Situation(store, AS_OF))
    return time.perf_counter() - start


if __name__ == "__main__":
    print(seconds(Path(sys.argv[1])))
