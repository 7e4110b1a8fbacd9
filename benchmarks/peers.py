"""What others take to read, or to load and store, the same workbook: `python -m benchmarks.peers NAME BOOK FOLDER`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks.books import HUNDRED
from benchmarks.measure import Run, must, run
from benchmarks.series import Measure, Missing, Series


def calamine(book: Path, _: Path) -> None:
    """All sheets as Python lists."""
    from python_calamine import load_workbook

    opened = load_workbook(book)
    for name in opened.sheet_names:
        opened.get_sheet_by_name(name).to_python()


def pandas_calamine(book: Path, _: Path) -> None:
    """All sheets as frames of pandas."""
    import pandas as pd

    pd.read_excel(book, sheet_name=None, engine="calamine")


def pandas_openpyxl(book: Path, _: Path) -> None:
    """All sheets as frames of pandas, in the way that is its default."""
    import pandas as pd

    pd.read_excel(book, sheet_name=None, engine="openpyxl")


def openpyxl(book: Path, folder: Path) -> None:
    """Loaded and saved, nothing changed."""
    from openpyxl import load_workbook

    load_workbook(book).save(folder / "openpyxl.xlsx")


def polars(book: Path, _: Path) -> None:
    """All sheets as frames of polars (through fastexcel)."""
    import polars as pl

    pl.read_excel(book, sheet_id=0)


PEERS = (
    (calamine, "calamine to lists", ("python_calamine",), False),
    (polars, "polars, reading", ("polars", "fastexcel"), False),
    (pandas_calamine, "pandas with calamine, reading", ("pandas", "python_calamine"), True),
    (pandas_openpyxl, "pandas with openpyxl, reading", ("pandas", "openpyxl"), True),
    (openpyxl, "openpyxl, loading and saving", ("openpyxl",), True),
)
"""Each with its words, the packages it needs, and whether it is slow."""


def _measured(name: str, packages: tuple[str, ...]) -> Measure:
    def measure(book: Path, folder: Path) -> Run:
        for package in packages:
            if find_spec(package) is None:
                raise Missing(package)
        return must(run([sys.executable, "-m", __name__, name, str(book), str(folder)]))

    return measure


SERIES = tuple(
    Series(f"peer-{peer.__name__.replace('_', '-')}", what, (HUNDRED,), _measured(peer.__name__, packages), slow=slow)
    for peer, what, packages, slow in PEERS
)


if __name__ == "__main__":
    called, path, place = sys.argv[1:]
    {peer.__name__: peer for peer, *_ in PEERS}[called](Path(path), Path(place))
