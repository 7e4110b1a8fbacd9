"""Check data: how a workbook is understood, and everything that is wrong in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.merge_duplicates import kept_apart, list_duplicates
from xl_retention.actions.own_sheets import write_checks, write_mapping
from xl_retention.books.book import Book
from xl_retention.books.cell_xml import letters
from xl_retention.domain.cards import card_problems, contact_problems
from xl_retention.domain.complaint_clock import complaint_problems
from xl_retention.domain.data_quality import further_problems, quality_problems
from xl_retention.domain.hand_over import ownerless
from xl_retention.domain.merge_candidates import merge_problems
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.vin_checks import vin_problems
from xl_retention.sheets.check_sheet import in_order
from xl_retention.sheets.headers import SheetMatch
from xl_retention.sheets.reading.reader import UNREAD_CODES, read_understood
from xl_retention.sheets.reading.recognised import Recognised
from xl_retention.sheets.reading.understanding import Suggestion

UNREAD = frozenset(UNREAD_CODES.values())
"""Codes of cells that are filled but were not understood."""


class AskedHeading(NamedTuple):
    """A question for the store: a heading, and as `table.field` what it may be."""

    heading: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class MappedSheet:
    """How one sheet is understood.

    Args:
        table: Name of its table (DOM 2.2).
        columns: Heading by field name; a vehicle column of a wide sheet goes by its field name too.
        questions: What the sheet Mapping asks about it.
    """

    sheet: str
    header_row: int
    table: str
    columns: dict[str, str]
    unmatched: tuple[str, ...]
    questions: tuple[AskedHeading, ...] = ()


@dataclass(frozen=True)
class CheckedData:
    """
    What the action found.

    Args:
        language: Of the workbook's own words.
        checks_sheet: Name of the sheet that shows the findings, "" where they were not written.
        recognised: The sheets, as the sheet Mapping tells them.
        suggested: What headings that nobody knows may be.
    """

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    language: str
    checks_sheet: str = ""
    recognised: Recognised | None = None
    suggested: Sequence[Suggestion] = ()


def check_data(book: Book, as_of: dt.date, *, progress: Progress, write: bool = False) -> CheckedData:
    """
    Reads everything and reports all faults at once.

    Args:
        write: Whether they are also put on the sheet Data Checks, and what was found and has to be asked on
            the sheet Mapping; a command only tells them.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    recognised, store = read_understood(book)
    progress("computing")
    situation = Situation(store, as_of)
    further = (
        *complaint_problems(situation),
        *card_problems(situation),
        *contact_problems(situation),
        *quality_problems(situation),
        *further_problems(situation),
        *vin_problems(situation),
        *ownerless(situation),
        *merge_problems(situation, kept_apart(book)),
    )
    suggested = recognised.suggestions(store)
    asked = (*recognised.remarks, *map(_asked, suggested))
    problems = _told_once((*all_problems(store, situation), *asked), further)
    written = ""
    if write:
        written = write_checks(book, problems, as_of, store.language, whole=True)
        write_mapping(book, recognised, suggested, store.language)
        list_duplicates(book, situation, store.language)
    sheets = tuple(mapped_sheet(match, suggested) for match in recognised.matches)
    return CheckedData(sheets, problems, store.language, written, recognised, suggested)


def _asked(suggestion: Suggestion) -> Problem:
    """The question about a heading that nobody knows, for the sheet Data Checks."""
    fields = ", ".join(f"{entity}.{name}" for entity, name in suggestion.candidates)
    return Problem(
        "heading_asked",
        "low",
        suggestion.sheet,
        f"{letters(suggestion.place)}{suggestion.header_row}",
        suggestion.heading,
        suggestion.heading,
        f"clear: it may be {fields}",
        "Say on the Mapping sheet which field it is, or rename the heading.",
    )


def _told_once(found: tuple[Problem, ...], further: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Both; a cell that could not be read is told once, as serious as what follows from its being blank."""
    unread = {(each.sheet, each.cell): place for place, each in enumerate(found) if each.code in UNREAD and each.cell}
    told = list(found)
    for problem in further:
        place = unread.get((problem.sheet, problem.cell))
        if place is None:
            told.append(problem)
        elif in_order([problem, told[place]])[0] is problem:
            told[place] = replace(told[place], severity=problem.severity)
    return tuple(told)


def mapped_sheet(match: SheetMatch, suggested: Sequence[Suggestion] = ()) -> MappedSheet:
    """How a sheet is understood, for a person or a program to read."""
    columns = {field: column.heading for (_, field), column in match.columns.items()}
    unknown = {column.place for column in match.headings}
    asked = [(each.heading, each.candidates) for each in match.questions]
    asked += [
        (each.heading, each.candidates)
        for each in suggested
        if (each.sheet, each.header_row) == (match.sheet, match.header_row) and each.place in unknown
    ]
    questions = (
        AskedHeading(heading, tuple(f"{entity}.{name}" for entity, name in candidates)) for heading, candidates in asked
    )
    return MappedSheet(
        match.sheet, match.header_row, match.entity, columns, tuple(match.unmatched), tuple(questions)
    )
