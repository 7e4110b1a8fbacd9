"""What all cell functions have in common: how they are announced, answer a wrong argument, and show a result."""

from __future__ import annotations

import datetime as dt
import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec

import xlwings as xw

from xl_retention.domain import rates
from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.store import Flags, Texts
from xl_retention.sheets.cell_arguments import NO_DATA, Block, Cell, WrongArgument, single_count
from xl_retention.sheets.classes.labels import label

CATEGORY = "Retention"
"""Of the functions in Excel's wizard."""

LANGUAGES = ("zh", "en")

Given = ParamSpec("Given")


def today() -> dt.date:
    """The day that a formula takes where it is told none."""
    return dt.date.today()


def in_cells(function: Callable[Given, Cell]) -> Callable[Given, Cell]:
    """A function that answers a wrong argument with its text, and is handed blocks of cells by xlwings."""

    @functools.wraps(function)
    def answered(*given: Given.args, **named: Given.kwargs) -> Cell:
        try:
            return function(*given, **named)
        except WrongArgument as wrong:
            return str(wrong)

    answered.__annotations__ = {}  # xlwings would take them for converters
    for argument in inspect.signature(function).parameters:
        answered = xw.arg(argument, ndim=2)(answered)
    return answered


def quotient(part: float | None, whole: float | None) -> Cell:
    """One number divided by another; no data where one is missing or the second is 0."""
    return NO_DATA if part is None or whole is None else shown(rates.Ratio(part, whole))


def labels_of(words: Texts, blank: Flags, language: str) -> list[str]:
    """Labels in a language; no data where nothing is known."""
    return [NO_DATA if nothing else label(word, language) for word, nothing in zip(words, blank, strict=True)]


def names_of(scheme: str, words: Texts, blank: Flags, language: str) -> list[str]:
    """Labels of a scheme as they are read in a language; no data where nothing is known."""
    name = BY_KEY[scheme].name
    return [NO_DATA if nothing else name(word, language) for word, nothing in zip(words, blank, strict=True)]


def ratio_of_numbers(name: str, part: Cell, whole_name: str, whole: Cell) -> Cell:
    """The ratio of two numbers; columns need a period to be counted in."""
    for argument, value in ((name, part), (whole_name, whole)):
        if len(Block.of(argument, value).cells) > 1:
            raise WrongArgument("start", "needed with columns")
    counts = single_count(name, part), single_count(whole_name, whole)
    if None in counts:
        return NO_DATA
    return shown(rates.Ratio(*counts))  # type: ignore[arg-type]


def shown(ratio: rates.Ratio) -> Cell:
    """A ratio as a cell holds it."""
    return NO_DATA if ratio.value is None else ratio.value
