"""Which field a heading is: by its spelling, by the words that it says, by what the store answered (DOM 2.14, 2.16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from xl_retention.domain.schema import AMBIGUOUS, ENTITIES, AmbiguousHeading, Kind
from xl_retention.sheets.headers.heading_forms import (
    PERSON,
    asks_yes_or_no,
    belongs_to_a_person,
    form,
    parts,
    without_name,
    without_owner,
)
from xl_retention.sheets.headers.match import Mapped, Target
from xl_retention.sheets.headers.scope import SCOPES, Scope
from xl_retention.sheets.headers.spelling import DISTANCES, clean_heading, heading_unit

_DAYS = (Kind.DATE, Kind.BIRTHDAY)


class Certainty(IntEnum):
    """How a heading was recognised; the smaller wins where two columns claim one field (DOM 2.14)."""

    CANONICAL = 0
    ALIAS = 1
    CLEANED = 2


class Known(NamedTuple):
    """A field, and how its heading was recognised."""

    target: Target
    certainty: Certainty


@cache
def _exact_headings(scope_names: tuple[str, ...]) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for entity in (ENTITIES[name] for name in scope_names):
        for each in entity.fields:
            known.setdefault(each.name, Known((entity.name, each.name), Certainty.CANONICAL))
    for entity in (ENTITIES[name] for name in scope_names):
        for each in entity.fields:
            for alias in each.aliases:
                known.setdefault(alias, Known((entity.name, each.name), Certainty.ALIAS))
    return known


@cache
def _cleaned_headings(scope_names: tuple[str, ...]) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for heading, exact in _exact_headings(scope_names).items():
        # The name of a field is itself in any spelling: `Customer Name` goes before the alias `Owner` (DOM 2.17).
        certainty = Certainty.CLEANED if exact.certainty is Certainty.ALIAS else exact.certainty
        known.setdefault(clean_heading(heading), Known(exact.target, certainty))
    return known


def known_heading(scope: Scope, heading: str) -> Known | None:
    """Look a heading up in the schema; whether it is ambiguous is not asked here."""
    names = tuple(entity.name for entity in scope.entities)
    known = _exact_headings(names).get(heading) or _cleaned_headings(names).get(clean_heading(heading))
    return known if known is None or _may_have_unit(known.target, heading) else None


def _may_have_unit(target: Target, heading: str) -> bool:
    """Whether a field can be counted in the unit of its heading: Next Service (km) is no date."""
    return heading_unit(heading) not in DISTANCES or ENTITIES[target[0]].field(target[1]).kind not in _DAYS


@cache
def _worded_headings(scope_names: tuple[str, ...]) -> dict[str, Target | None]:
    """By form the field whose headings say these words; None where they are those of two fields."""
    known: dict[str, Target | None] = {}
    questions: dict[str, Target | None] = {}
    for exact in _exact_headings(scope_names):
        target = _exact_headings(scope_names)[exact].target
        if target == ("vehicle", "customer_id") and "customer" in scope_names:
            target = ("customer", "customer_id")
        words = form(exact)
        known[words] = target if known.setdefault(words, target) == target else None
        asked = asks_yes_or_no(exact)
        if asked and ENTITIES[target[0]].field(target[1]).kind is Kind.BOOL:
            questions[asked] = target if questions.setdefault(asked, target) == target else None
    return questions | known


def worded_heading(scope: Scope, heading: str) -> Target | None:
    """Look a heading up by the words that it says: in another order, with its owner, twice (`heading_forms`)."""
    return _worded_in(scope.entity.name, heading)


@lru_cache(maxsize=50_000)
def _worded_in(table: str, heading: str) -> Target | None:
    scope = SCOPES[table]
    if said := parts(heading):
        agreed = set.intersection(*(_may_be(scope, part) for part in said))
        if len(agreed) == 1:
            return agreed.pop()
        if "/" in heading:
            return None  # it holds two things
    known = _worded_headings(tuple(entity.name for entity in scope.entities))
    if heading_unit(heading) in DISTANCES:
        heading = heading.replace("(", " ").replace(")", " ")
    words = form(heading)
    if words in known:
        return known[words]
    for rest, fits in _shorter(heading, table):
        target = known.get(rest)
        if target is not None and fits(*target):
            return target
    return None


def _shorter(heading: str, table: str) -> Iterator[tuple[str, Callable[[str, str], bool]]]:
    """Forms of a heading without a word that may say nothing, and of which fields they may then be."""
    yield without_name(heading), lambda entity, name: ENTITIES[entity].field(name).kind is Kind.TEXT
    yield asks_yes_or_no(heading), lambda entity, name: ENTITIES[entity].field(name).kind is Kind.BOOL
    for rest, owner in without_owner(heading, table):
        if owner == PERSON:
            meant = _meaning_for_customers(heading, rest)
            yield rest, lambda entity, name, meant=meant: (  # type: ignore[misc]
                entity in _CUSTOMERS_TOO or (_may_be_the_customers(entity, name) and meant in (name, ""))
            )
        else:
            yield rest, lambda entity, _, owner=owner: entity == owner  # type: ignore[misc]


_CUSTOMERS_TOO = frozenset(("prospect", "key_account", "interest", "club_member"))
"""Tables whose rows are customers in another guise: there 客户类型 is the kind of the row itself."""


def _may_be_the_customers(entity: str, name: str) -> bool:
    field = ENTITIES[entity].field(name)
    return belongs_to_a_person(field) and not name.endswith("status")  # nor is 客户状态 that of a car or a booking


def _meaning_for_customers(heading: str, rest: str) -> str:
    """
    The field of a customer that a heading names with or without its 客户, "" where none.

    客户类型 is a kind of customers, and so on a sheet of complaints not their category.
    """
    known = _worded_headings(("customer",))
    target = known.get(form(heading)) or known.get(rest)
    return target[1] if target else ""


def _may_be(scope: Scope, heading: str) -> set[Target]:
    """The fields that a part of a heading may be."""
    known = known_heading(scope, heading)
    target = known.target if known else _worded_headings(tuple(each.name for each in scope.entities)).get(form(heading))
    if target is not None:
        return {accepted} if (accepted := scope.accepts(target)) else set()
    row = ambiguous_heading(heading)
    meanings = [row.meanings[each.name].fields for each in scope.entities if each.name in row.meanings] if row else []
    return {accepted for fields in meanings for each in fields if (accepted := scope.accepts(each))}


AMBIGUOUS_BY_SPELLING: dict[str, AmbiguousHeading] = {
    clean_heading(heading): row for row in AMBIGUOUS for heading in row.headings
}


@cache
def _ambiguous_words() -> dict[str, AmbiguousHeading]:
    return {form(heading): row for row in AMBIGUOUS for heading in row.headings}


def ambiguous_heading(heading: str) -> AmbiguousHeading | None:
    """The row of DOM 2.16 that a heading belongs to, by its letters or its words."""
    return AMBIGUOUS_BY_SPELLING.get(clean_heading(heading)) or _ambiguous_words().get(form(heading))


def may_be_a_field(heading: str) -> bool:
    """Whether a heading names a field of some table, or could."""
    cleaned = clean_heading(heading)
    return cleaned in _cleaned_headings(tuple(ENTITIES)) or cleaned in AMBIGUOUS_BY_SPELLING


OwnMapping = Mapping[str, tuple[Target, ...]]


def mapping_of(sheet_name: str, mapping: Iterable[Mapped]) -> OwnMapping:
    """Gather the store's rows for this sheet, those that name it before those for any sheet."""
    name = clean_heading(sheet_name)
    rows: dict[str, tuple[Target, ...]] = {}
    for wanted in (name, ""):
        for row in mapping:
            if clean_heading(row.sheet) == wanted:
                heading = clean_heading(row.heading)
                rows[heading] = (*rows.get(heading, ()), (row.entity, row.field))
    return rows


def mapped_heading(scope: Scope, heading: str, mapping: OwnMapping) -> Target | None:
    """Look a heading up in what the store said about it."""
    targets = (scope.accepts(target) for target in mapping.get(clean_heading(heading), ()))
    return next((target for target in targets if target is not None), None)
