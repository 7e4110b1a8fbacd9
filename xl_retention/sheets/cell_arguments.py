"""What a cell function is handed, cleaned to columns, and its answer laid back into the shape of the cells.

A formula may hand over a word, one cell, a row, a column or a block. Each cell is cleaned as the same cell of a
table would be (`values.clean`); what makes no sense becomes a short text that names the argument.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TypeVar

import numpy as np

from xl_retention.books.grid import CellKind, Column
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import MONTH_DAY, Array, Days, Flags, Numbers, Texts
from xl_retention.sheets.cells.values import YES_NO, Cleaned, clean

Cell = object
"""A word, number, date or blank, or nested lists of them: whatever a formula can hand over."""

NO_DATA = ""
"""What a cell shows where there is nothing to say (DOM V11)."""

LARGEST = 1e9
"""More kilometres, yuan or visits than this are a typing error."""

Word = TypeVar("Word", bound=str)


class WrongArgument(Exception):
    """An argument makes no sense; its text is what the cell shows, such as `start: not a date`."""

    def __init__(self, argument: str, fault: str) -> None:
        super().__init__(f"{argument}: {fault}")


@dataclass(frozen=True)
class Block:
    """The cells of one argument, row by row.

    Args:
        name: Of the argument.
        cells: All cells of the block, one row after the other.
        height, width: Of the block.
        alone: It came as a bare value, not as a list of rows.
    """

    name: str
    cells: Sequence[object]
    height: int
    width: int
    alone: bool = False

    @classmethod
    def of(cls, name: str, value: Cell) -> Block:
        """The block of a value, of a flat list (a row) or of a list of rows; short rows are filled with blanks."""
        if not isinstance(value, (list, tuple)):
            return cls(name, [_settled(value)], 1, 1, alone=True)
        rows: Sequence[Sequence[object]] = value
        if not set(map(type, value)) <= {list, tuple}:
            rows = [row if isinstance(row, (list, tuple)) else [row] for row in value]
            if not any(isinstance(row, (list, tuple)) for row in value):
                rows = [value]
        widths = set(map(len, rows))
        width = max(widths, default=0)
        if len(widths) > 1:
            rows = [[*row, *[None] * (width - len(row))] for row in rows]
        cells = _all_settled(list(chain.from_iterable(rows)))
        return cls(name, cells, len(rows), width) if cells else cls(name, [None], 1, 1)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.height, self.width

    @cached_property
    def column(self) -> Column:
        """The cells below each other."""
        return Column.of(self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether no cell is filled."""
        return bool((self.column.kind == CellKind.BLANK).all())

    def cleaned(self, kind: Kind, words: str = "", *, month_end: bool = False) -> Cleaned:
        """The values of the cells, as `values.clean` gives them; 0 is no date: so a formula hands on a blank cell."""
        column = self.column
        if kind in (Kind.DATE, Kind.BIRTHDAY):
            column = replace(column, kind=np.where(column.number == 0, CellKind.BLANK, column.kind))
        return clean(column, kind, words, month_end=month_end)

    def single(self, kind: Kind, words: str = "") -> object:
        """
        The value of an argument of one cell; None where it is blank.

        Raises:
            WrongArgument: It has several cells, or its cell makes no sense.
        """
        if len(self.cells) > 1:
            raise WrongArgument(self.name, "one cell wanted")
        if self.is_blank:
            return None
        cleaned = self.cleaned(kind, words)
        if cleaned.refused.size:
            raise WrongArgument(self.name, f"not {cleaned.wanted}")
        value = cleaned.values[0]
        return None if value == "" or value != value else value  # NaT and NaN differ from themselves


def _all_settled(cells: list[object]) -> list[object]:
    """The same for many, of which mostly all are texts or all are numbers with an end."""
    kinds = set(map(type, cells))
    if kinds <= {str, type(None)} or (kinds == {float} and bool(np.isfinite(cells).all())):  # type: ignore[arg-type]
        return cells
    return list(map(_settled, cells))


def _settled(cell: object) -> object:
    """A cell as `Grid.of` knows it: an endless number and whatever no sheet can hold is taken as text or blank."""
    if cell is None or isinstance(cell, (str, bool, np.bool_, dt.date, dt.time, dt.timedelta)):
        return cell
    if isinstance(cell, (int, float, np.integer, np.floating)):
        try:
            number = float(cell)
        except OverflowError:
            return str(cell)
        if math.isfinite(number):
            return number
        return None if math.isnan(number) else str(cell)
    return str(cell)


def single_day(name: str, value: Cell) -> dt.date | None:
    """A day given in one cell; None where it is blank. Raises as `Block.single`."""
    moment = Block.of(name, value).single(Kind.DATE)
    return None if moment is None else np.datetime64(moment, "D").item()  # type: ignore[call-overload]


def single_count(name: str, value: Cell) -> float | None:
    """A number, zero or more, given in one cell; None where it is blank. Raises as `Block.single`."""
    number = Block.of(name, value).single(Kind.DECIMAL)
    if number is not None and number < 0:  # type: ignore[operator]
        raise WrongArgument(name, "below zero")
    return None if number is None else float(number)  # type: ignore[arg-type]


def single_choice(name: str, value: Cell, choices: Sequence[Word]) -> Word:
    """One of a few words in any case; the first of them where the cell is blank. Raises as `Block.single`."""
    typed = Block.of(name, value).single(Kind.TEXT)
    if typed is None:
        return choices[0]
    for choice in choices:
        if choice == str(typed).casefold():
            return choice
    raise WrongArgument(name, f"not {' or '.join(choices)}")


@dataclass
class Rows:
    """
    Arguments of equal shape that are answered cell by cell; a single cell goes with every cell of the others.

    Args:
        shape: Height and width of the answer.
        alone: All arguments came as bare values, and so does the answer.
        faults: What is wrong with each cell, "" where nothing is.
    """

    shape: tuple[int, int]
    alone: bool
    blocks: dict[str, Block]
    faults: Texts = field(init=False)

    def __post_init__(self) -> None:
        self.faults = np.full(len(self), "", object)

    @classmethod
    def of(cls, **arguments: Cell) -> Rows:
        """
        The rows of named arguments.

        Raises:
            WrongArgument: A block has another shape than the first one that has several cells.
        """
        blocks = {name: Block.of(name, value) for name, value in arguments.items()}
        shape = next((block.shape for block in blocks.values() if len(block.cells) > 1), (1, 1))
        for block in blocks.values():
            if block.shape not in (shape, (1, 1)):
                wanted = " by ".join(map(str, shape))
                raise WrongArgument(block.name, f"{block.height} by {block.width} cells, {wanted} wanted")
        return cls(shape, all(block.alone for block in blocks.values()), blocks)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def cleaned(self, name: str, kind: Kind, words: str = "", *, month_end: bool = False) -> Array:
        """An argument as one value per cell of the answer; what was not understood is blank, and noted."""
        return self._spread(name, self.blocks[name].cleaned(kind, words, month_end=month_end)).values

    def _spread(self, name: str, cleaned: Cleaned) -> Cleaned:
        refused = np.zeros(len(cleaned.values), np.bool_)
        refused[cleaned.refused] = True
        single = len(refused) == 1
        refused = np.repeat(refused, len(self)) if single else refused
        self.refuse(name, refused, f"not {cleaned.wanted}")
        if not single:
            return cleaned
        month_day = None if cleaned.month_day is None else np.repeat(cleaned.month_day, len(self))
        return Cleaned(np.repeat(cleaned.values, len(self)), cleaned.refused, cleaned.wanted, month_day)

    def refuse(self, name: str, wrong: Flags, fault: str) -> None:
        """Note a fault of an argument where nothing is noted yet."""
        self.faults[wrong & (self.faults == "")] = f"{name}: {fault}"

    def days(self, name: str, *, month_end: bool = False) -> Days:
        """An argument as days; NaT is blank."""
        return self.cleaned(name, Kind.DATE, month_end=month_end).astype("datetime64[D]")

    def moments(self, name: str) -> Days:
        """An argument as dates with their clocks; NaT is blank."""
        return self.cleaned(name, Kind.DATE)  # type: ignore[return-value]

    def birthdays(self, name: str) -> dict[str, Array]:
        """An argument as the two columns of a birthday (`store.MONTH_DAY`)."""
        cleaned = self._spread(name, self.blocks[name].cleaned(Kind.BIRTHDAY))
        assert cleaned.month_day is not None
        return {"birth_date": cleaned.values, MONTH_DAY: cleaned.month_day}

    def numbers(self, name: str, kind: Kind = Kind.DECIMAL) -> Numbers:
        """An argument as numbers, zero or more; NaN is blank, and what no car or customer comes to."""
        numbers: Numbers = self.cleaned(name, kind)  # type: ignore[assignment]
        self.refuse(name, numbers < 0, "below zero")
        self.refuse(name, numbers > LARGEST, "too large")
        return np.where((numbers < 0) | (numbers > LARGEST), np.nan, numbers)

    def yes(self, name: str) -> Flags:
        """An argument as yes (True) and no or blank (False)."""
        return self.cleaned(name, Kind.BOOL, YES_NO)  # type: ignore[return-value]

    def answer(self, values: Sequence[object]) -> Cell:
        """One value per cell in the shape of the arguments; a fault stands in the place of its value."""
        shown = list(values)
        for place in np.flatnonzero(self.faults != "").tolist():
            shown[place] = self.faults[place]
        if self.alone:
            return shown[0]
        _, width = self.shape
        if width == 1:
            return [[cell] for cell in shown]
        return [shown[start : start + width] for start in range(0, len(shown), width)]


@dataclass
class Records:
    """
    Arguments that are columns of one table, counted together; each row of cells is one record.

    A cell that makes no sense counts as blank, as it does on the staff's sheets, where Data Checks names it. So
    a heading within the range does no harm.
    """

    blocks: dict[str, Block]

    @classmethod
    def of(cls, **arguments: Cell) -> Records:
        """
        The columns of named arguments.

        Raises:
            WrongArgument: A column has another number of cells than the first one.
        """
        blocks = {name: Block.of(name, value) for name, value in arguments.items()}
        first = next(iter(blocks.values()))
        for block in blocks.values():
            if len(block.cells) != len(first.cells):
                raise WrongArgument(block.name, f"{len(block.cells)} cells, {len(first.cells)} wanted")
        return cls(blocks)

    def cleaned(self, name: str, kind: Kind, words: str = "") -> Array:
        """
        The values of one column.

        Raises:
            WrongArgument: Of all its filled cells none makes sense.
        """
        block = self.blocks[name]
        cleaned = block.cleaned(kind, words)
        filled = int((block.column.kind != CellKind.BLANK).sum())
        if filled and len(cleaned.refused) == filled:
            raise WrongArgument(name, f"not {cleaned.wanted}")
        return cleaned.values

    def days(self, name: str) -> Days:
        """A column of days; NaT is blank."""
        return self.cleaned(name, Kind.DATE).astype("datetime64[D]")

    def moments(self, name: str) -> Days:
        """A column of dates with their clocks; NaT is blank."""
        return self.cleaned(name, Kind.DATE)  # type: ignore[return-value]

    def texts(self, name: str, kind: Kind = Kind.ID, words: str = "") -> Texts:
        """A column of words; "" is blank."""
        return self.cleaned(name, kind, words)  # type: ignore[return-value]


def dates_of(days: Days) -> list[dt.date | str]:
    """Days as dates, blanks as no data."""
    return [NO_DATA if day is None else day for day in days.astype("datetime64[D]").tolist()]
