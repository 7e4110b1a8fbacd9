"""Headings that the tables do not know: taken where heading and content leave no doubt, else asked (DOM 2.14, 2.16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xl_retention.domain.schema import ENTITIES, Field
from xl_retention.sheets.headers import ColumnMatch, SheetMatch, Target
from xl_retention.sheets.reading.evidence import filled, fit, is_telling, likeness

TAKEN_LIKENESS = 0.9
"""A slip of the pen in a heading; anything that says more or less than the known heading is asked about."""
TAKEN_FIT = 0.9
ASKED = 0.55
"""Confidence from which a candidate is worth a question."""
MOST_CANDIDATES = 4
_WEIGHT_OF_CONTENT = 0.5
_HEADING_ALONE = 0.75
"""Of a field whose content has no form of its own, the heading has to say so much more."""

Samples = Callable[[int], Sequence[object]]
Keys = Mapping[str, frozenset[str]]
"""By name of a field the values of it that other sheets have on file."""


@dataclass(frozen=True)
class Suggestion:
    """
    A heading that is not used, and what it may be.

    Args:
        place: Place of the column, from 0.
        header_row: Row of the heading, from 1.
        candidates: Entity and field, the likelier first.
        confidence: Of the first of them, 0 to 1.
    """

    sheet: str
    heading: str
    place: int
    header_row: int
    candidates: tuple[Target, ...]
    confidence: float


def take_clear_ones(match: SheetMatch, headings: Sequence[ColumnMatch], samples: Samples) -> list[ColumnMatch]:
    """
    Gives unmatched columns their field where a slip of the pen in the heading and the form of the cells agree.

    Only fields whose cells are known by their form (VIN, plate, mobile) are taken so, and only while no other
    column claims them.

    Returns:
        The columns that were taken; each of them has to be told.
    """
    taken: list[ColumnMatch] = []
    for column in _unmatched(match, headings):
        found = [
            (entity, field.name)
            for entity, field in _free_fields(match)
            if is_telling(field) and likeness(column.heading, ENTITIES[entity], field) >= TAKEN_LIKENESS
        ]
        if len(found) != 1:
            continue
        entity, name = found[0]
        cells = filled(samples(column.place))
        share = fit(cells, ENTITIES[entity].field(name))
        if share is not None and share >= TAKEN_FIT:
            match.columns[found[0]] = column
            match.unmatched.remove(column.heading)
            taken.append(column)
    return taken


def suggestions(
    match: SheetMatch, headings: Sequence[ColumnMatch], samples: Samples, keys: Keys
) -> Iterator[Suggestion]:
    """
    What the unmatched columns of a sheet may be, as far as it is worth a question.

    Args:
        headings: All headings of the sheet with their places.
        samples: Cells of a column.
        keys: Keys on file, to find columns that name a customer or a car.
    """
    for column in _unmatched(match, headings):
        cells = filled(samples(column.place))
        ranked = sorted(
            (
                (-confidence, (entity, field.name))
                for entity, field in _free_fields(match)
                if (confidence := _confidence(column.heading, cells, entity, field, keys)) >= ASKED
            ),
        )
        if ranked:
            found = tuple(target for _, target in ranked[:MOST_CANDIDATES])
            yield Suggestion(match.sheet, column.heading, column.place, match.header_row, found, -ranked[0][0])


def contradicted(match: SheetMatch, samples: Samples) -> Iterator[tuple[Target, ColumnMatch, Target]]:
    """
    Columns whose heading says one field and whose cells are clearly another's: VINs under Plate, phones under VIN.

    Returns:
        The field by heading, its column, and the field of the same table that the cells fit.
    """
    telling = {
        (entity, field.name): field for entity, field in _fields(match) if is_telling(field)
    }
    for target, field in telling.items():
        column = match.columns.get(target)
        if column is None:
            continue
        cells = filled(samples(column.place))
        share = fit(cells, field)
        if share is None or share > 0:
            continue
        for other, other_field in telling.items():
            if other != target and (fit(cells, other_field) or 0) >= TAKEN_FIT:
                yield target, column, other
                break


def _unmatched(match: SheetMatch, headings: Sequence[ColumnMatch]) -> list[ColumnMatch]:
    used = {column.place for column in match.columns.values()} | {question.place for question in match.questions}
    return [column for column in headings if column.place not in used and column.heading in match.unmatched]


def _fields(match: SheetMatch) -> Iterator[tuple[str, Field]]:
    entities = (match.entity, "vehicle") if match.entity == "customer" else (match.entity,)
    for entity in entities:
        for field in ENTITIES[entity].fields:
            if not (entity == "vehicle" and match.entity == "customer" and field.name == "customer_id"):
                yield entity, field


def _free_fields(match: SheetMatch) -> Iterator[tuple[str, Field]]:
    return ((entity, field) for entity, field in _fields(match) if (entity, field.name) not in match.columns)


def _confidence(heading: str, cells: Sequence[object], entity: str, field: Field, keys: Keys) -> float:
    said = likeness(heading, ENTITIES[entity], field)
    on_file = keys.get(field.name, frozenset())
    if not said and not (is_telling(field) or on_file):
        return 0.0
    share = fit(cells, field, on_file)
    if share is None:
        return said if said >= _HEADING_ALONE else 0.0
    if share < 0.5:
        return 0.0
    return (1 - _WEIGHT_OF_CONTENT) * said + _WEIGHT_OF_CONTENT * share + (0.1 if is_telling(field) else 0.0)
