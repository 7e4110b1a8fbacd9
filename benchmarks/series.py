"""A series: one thing measured on some workbooks, each run right after a run of what it is compared with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import TypeAlias

from benchmarks.books import Book
from benchmarks.measure import Failed, Run
from benchmarks.yardstick import inflating

Measure: TypeAlias = Callable[[Path, Path], Run]
"""One run on a workbook; the second path is a folder for what it writes."""
Clock: TypeAlias = Callable[[Run], float]


class Missing(Exception):
    """What is to be measured is not installed here."""


@dataclass(frozen=True)
class Target:
    """What a row is held to; None for nothing.

    Args:
        times: Of what it is compared with.
        mb: Peak memory, in MB of 1,000,000 bytes.
        growth: Power of the size with which the time grows.
    """

    times: float | None = None
    mb: float | None = None
    growth: float | None = None

    def __str__(self) -> str:
        told = [f"{self.times:g} times"] if self.times is not None else []
        told += [f"{self.mb:g} MB"] if self.mb is not None else []
        told += [f"exponent {self.growth:g}"] if self.growth is not None else []
        return ", ".join(told)


@dataclass(frozen=True)
class Row:
    """What was found, as the table shows it.

    Args:
        size: Of the workbook.
        amount: Seconds, or what the unit says; the middle of all rounds.
        ratio: Times what it was compared with, the middle of all rounds.
        growth: Power of the size with which the amount has grown since the workbook before.
        failed: A run ended with an error, told in the note.
    """

    what: str
    on: str
    size: int
    amount: float | None = None
    unit: str = "s"
    ratio: float | None = None
    beside: str = ""
    peak_mb: float | None = None
    growth: float | None = None
    target: Target = field(default_factory=Target)
    note: str = ""
    failed: bool = False

    @property
    def met(self) -> bool | None:
        """Whether all that it is held to is met; None where that is nothing."""
        if self.failed:
            return False
        pairs = (self.target.times, self.ratio), (self.target.mb, self.peak_mb), (self.target.growth, self.growth)
        held = [found <= most for most, found in pairs if most is not None and found is not None]
        return all(held) if held else None

    def grown_from(self, smaller: Row) -> Row:
        """The same row with its growth."""
        if not (self.amount and smaller.amount):
            return self
        return replace(self, growth=math.log(self.amount / smaller.amount) / math.log(self.size / smaller.size))

    def extrapolated(self, size: int) -> Row:
        """What the growth leads to."""
        if self.amount is None or self.growth is None:
            return replace(self, on=f"{size:,} customers", note="nothing to extrapolate from")
        amount = self.amount * (size / self.size) ** self.growth
        note = "extrapolated, not measured"
        return Row(self.what, f"{size:,} customers", size, amount, self.unit, growth=self.growth, note=note)


@dataclass(frozen=True)
class Series:
    """
    One thing measured on some workbooks.

    Args:
        name: For `--only`.
        what: In the table.
        on: The workbooks, smallest first.
        run: One run of it.
        beside: One run of what it is compared with; None for nothing.
        beside_what: What that is, in the table.
        targets: By workbook.
        prepare: Done once for each workbook, before the first run.
        slow: It takes so long that it is measured once.
        unit: Of the amount.
        extrapolate_to: Customers for which a last row says what the growth leads to.
    """

    name: str
    what: str
    on: Sequence[Book]
    run: Measure
    beside: Measure | None = inflating
    beside_what: str = "inflating"
    targets: Mapping[Book, Target] = field(default_factory=dict)
    prepare: Callable[[Path, Path], object] | None = None
    slow: bool = False
    unit: str = "s"
    extrapolate_to: int | None = None

    def rows(self, folder: Path, sizes: Sequence[int], times: int, clock: Clock) -> Iterator[Row]:
        """
        Measures; a row for each workbook.

        Args:
            folder: For what is written.
            sizes: Workbooks of other sizes are left out; empty: none is.
            times: Rounds.
            clock: Which of a run's two times counts.
        """
        smaller: Row | None = None
        for book in self.on:
            if sizes and book.size not in sizes:
                continue
            row = self._row(book, folder, 1 if self.slow else times, clock)
            smaller = row if smaller is None else row.grown_from(smaller)
            yield smaller
        if self.extrapolate_to and smaller is not None:
            yield smaller.extrapolated(self.extrapolate_to)

    def _row(self, book: Book, folder: Path, times: int, clock: Clock) -> Row:
        row = Row(self.what, book.what, book.size, unit=self.unit, target=self.targets.get(book, Target()))
        try:
            path = book.made()
            if self.prepare is not None:
                self.prepare(path, folder)
            rounds = [self._round(path, folder, clock) for _ in range(times)]
        except Missing as missing:
            return replace(row, note=f"{missing} is not installed")
        except Failed as failed:
            return replace(row, note=f"failed: {str(failed).splitlines()[-1]}", failed=True)
        ratios = [ratio for _, ratio, _ in rounds if ratio is not None]
        return replace(
            row,
            amount=median(amount for amount, _, _ in rounds),
            ratio=median(ratios) if ratios else None,
            beside=self.beside_what if ratios else "",
            peak_mb=max(peak for _, _, peak in rounds) or None,
        )

    def _round(self, path: Path, folder: Path, clock: Clock) -> tuple[float, float | None, float]:
        """Amount, ratio and peak memory of one run, right after one of what it is compared with."""
        beside = None if self.beside is None else clock(self.beside(path, folder))
        run = self.run(path, folder)
        return clock(run), None if beside is None else clock(run) / beside, run.peak_mb
