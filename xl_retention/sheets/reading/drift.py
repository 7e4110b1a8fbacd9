"""What became of the columns that the sheet Mapping lists: renamed, moved or gone since, and headings that came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from xl_retention.books.cell_xml import letters
from xl_retention.domain.problems import Problem
from xl_retention.sheets.headers import ColumnMatch, SheetMatch, clean_heading
from xl_retention.sheets.reading.mapping import Answers, Listed

DIGITS = 12
"""Of a fingerprint: enough that no two sheets of a workbook meet by chance."""


def fingerprints(matches: Sequence[SheetMatch]) -> dict[str, str]:
    """
    By name of a sheet what tells its headings from any others: their texts, as they are compared, and their places.

    Columns of our own do not count; neither do the rows.
    """
    parts: dict[str, list[str]] = {}
    for match in matches:
        parts.setdefault(match.sheet, []).extend(
            f"{match.header_row}/{column.place}/{clean_heading(column.heading)}" for column in match.headings
        )
    return {
        sheet: hashlib.sha256("\n".join([clean_heading(sheet), *headings]).encode()).hexdigest()[:DIGITS]
        for sheet, headings in parts.items()
    }


def drift(mapping: str, answers: Answers, matches: Sequence[SheetMatch]) -> list[Problem]:
    """
    What is different from when the sheet Mapping was written.

    Args:
        mapping: Name of that sheet.
        answers: What it says.
        matches: The sheets as they are recognised now.
    """
    now = fingerprints(matches)
    columns = {(match.sheet, *target): (match, found) for match in matches for target, found in match.columns.items()}
    problems: list[Problem] = []
    touched: set[str] = set()
    for each in (*answers.listed, *answers.answered):
        if each.fingerprint and each.fingerprint == now.get(each.sheet):
            continue
        found = list(_one(mapping, each, matches, columns.get((each.sheet, each.table, each.field))))
        problems += found
        touched |= {each.sheet} if found else set()
    return [*problems, *_came(answers, matches, now, touched)]


def _one(
    mapping: str, each: Listed, matches: Sequence[SheetMatch], found: tuple[SheetMatch, ColumnMatch] | None
) -> Iterator[Problem]:
    here = [match for match in matches if match.sheet == each.sheet]
    if found is None:
        if not any(column.heading == each.heading for match in here for column in match.headings):
            yield _gone(mapping, each, here)
        return
    match, column = found
    cell = f"{letters(column.place)}{match.header_row}"
    if column.heading != each.heading:
        yield Problem(
            "column_renamed", "low", each.sheet, cell, column.heading, column.heading,
            f"the heading that the column had: {each.heading}",
            "Nothing, if that was meant: the column is still understood.",
        )  # fmt: skip
    elif each.where and each.where != letters(column.place):
        yield Problem(
            "column_moved", "low", each.sheet, cell, column.heading, letters(column.place),
            f"the place that the column had: {each.where}",
            "Nothing, if that was meant: the column is still understood.",
        )  # fmt: skip


def _gone(mapping: str, each: Listed, here: Sequence[SheetMatch]) -> Problem:
    """A column that is not understood any more; whatever heading stands at its place now is named."""
    taken = {(match.sheet, column.place) for match in here for column in match.columns.values()}
    there = next(
        (
            column.heading
            for match in here
            for column in match.headings
            if letters(column.place) == each.where and (match.sheet, column.place) not in taken
        ),
        "",
    )
    remedy = "Put the heading back, say here which heading it is now, or delete this row."
    if there:
        remedy = f"Put the heading back, or write '{there}' here, which stands in its place now."
    return Problem(
        "column_gone", "high", mapping, each.cell, "", each.heading,
        f"on sheet {each.sheet} any more: it was {each.table}.{each.field}", remedy,
    )  # fmt: skip


def _came(
    answers: Answers, matches: Sequence[SheetMatch], now: Mapping[str, str], touched: set[str]
) -> Iterator[Problem]:
    """Sheets of other headings than those for which questions were answered, where nothing else tells it."""
    for sheet in dict.fromkeys(each.sheet for each in answers.answered if each.fingerprint):
        others = {each.fingerprint for each in answers.answered if each.sheet == sheet} - {now.get(sheet), ""}
        match = next((match for match in matches if match.sheet == sheet), None)
        if others and match and sheet not in touched:
            yield Problem(
                "headings_changed", "low", sheet, f"{letters(match.left)}{match.header_row}",
                wanted="The headings for which the questions on Mapping were answered",
                remedy="Look whether the answers on Mapping still hold; then press Check data.",
            )  # fmt: skip
