"""The columns that Refresh classes writes beside the staff's own: which, their headings and their words (DOM 4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from xl_retention.domain.classes.scheme import Classified, Scheme, Subject
from xl_retention.domain.classes.schemes import BY_KEY, OF_EACH_CUSTOMER, OF_EACH_VEHICLE, on_cars
from xl_retention.domain.lapse.in_calls import lapse_score
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, Table
from xl_retention.sheets.classes.lapse_reasons import percents, why_scores
from xl_retention.sheets.headers import SheetMatch, clean_heading, may_be_a_field
from xl_retention.sheets.wording import both, say

CLASSIFIED_ON = "classified_on"
"""Key of the column with the day; a row that has none was not written by us."""

OF_CUSTOMER_ROWS = ("value_tier", "loyalty", "region", "cohort", "occupation", "key_customer", "credit_grade")
"""Schemes shown beside a customer: what is no mere copy of a cell of the same row."""
OF_PROSPECT_ROWS = ("prospect_grade",)
OF_ACCOUNT_ROWS = ("account_grade", "stage")
_LOGGED = {
    "vehicle": ("value_tier", "loyalty"),
    "customer": ("key_customer", "credit_grade"),
    "prospect": OF_PROSPECT_ROWS,
    "key_account": OF_ACCOUNT_ROWS,
}
"""By table the schemes whose changes are promotions and demotions; each change is told once."""

_SEPARATORS = {"en": ", ", "zh": "、"}


@dataclass(frozen=True)
class ClassColumn:
    """
    One column of ours.

    Args:
        key: In the column Field of the Mapping sheet.
        table: Whose rows it stands beside.
        heading: In English and Chinese, where nothing else bears it.
        scheme: Whose labels it shows.
        told: Where it shows no labels, what it says of each row of the table in a situation and language.
    """

    key: str
    table: str
    heading: tuple[str, str]
    scheme: Scheme | None = None
    told: Callable[[Situation, str], list[object]] | None = None

    @property
    def is_logged(self) -> bool:
        """Whether a change is a promotion or a demotion."""
        return self.scheme is not None and self.key in _LOGGED[self.table]

    @property
    def is_of_customers(self) -> bool:
        """Whether it speaks of the customer, also beside a car."""
        return self.key in LAPSE or (self.scheme is not None and self.scheme.subject is Subject.CUSTOMER)

    def classified(self, situation: Situation) -> Classified:
        """The labels of the rows of its table."""
        assert self.scheme, self.key
        if self.table == Subject.CAR.value:
            return situation.once(_of_cars(self.key))
        return self.scheme.of(situation)

    def values(self, situation: Situation, language: str) -> list[object]:
        """What stands beside each row of the table; None where there is nothing to say."""
        if self.told is not None:
            return self.told(situation, language)
        labels = self.classified(situation).labels
        shown = {label: self.shown(label, language) for label in set(labels.tolist())}
        return [shown[label] for label in labels.tolist()]

    def shown(self, label: str | tuple[str, ...], language: str) -> str | None:
        """A label, or several, as a person reads it."""
        assert self.scheme, self.key
        words = label if isinstance(label, tuple) else (label,) if label else ()
        return _SEPARATORS[language].join(self.scheme.name(word, language) for word in words) or None


@cache
def _of_cars(key: str) -> partial[Classified]:
    return partial(on_cars, BY_KEY[key])


def _columns(table: str, schemes: Collection[Scheme]) -> tuple[ClassColumn, ...]:
    return tuple(ClassColumn(each.key, table, (each.english, each.chinese), each) for each in schemes)


def _scores(situation: Situation, language: str) -> list[object]:
    scores = BY_KEY["account_grade"].of(situation).inputs["score"]
    return [None if np.isnan(score) else float(score) for score in scores]


def _chances(situation: Situation, language: str) -> list[object]:
    return list(percents(lapse_score(situation), len(situation.store.customers)))


def _chance_reasons(situation: Situation, language: str) -> list[object]:
    count, months = len(situation.store.customers), situation.parameters.integer("lapse_months")
    said = why_scores(lapse_score(situation), range(count), months, language)
    return [said.get(place) for place in range(count)]


def _of_owner(told: Callable[[Situation, str], list[object]]) -> Callable[[Situation, str], list[object]]:
    """What is told of customers, beside each of their cars."""

    def of_cars(situation: Situation, language: str) -> list[object]:
        of_customers = told(situation, language)
        owners = situation.identities.owner[: len(situation.store.vehicles)].tolist()
        return [of_customers[owner] if 0 <= owner < len(of_customers) else None for owner in owners]

    return of_cars


LAPSE = {"lapse_score": _chances, "lapse_reason": _chance_reasons}
"""The lapse score and its sentence."""

_CUSTOMER_SCHEMES = {scheme.key: scheme for scheme in OF_EACH_CUSTOMER}

COLUMNS: Mapping[str, tuple[ClassColumn, ...]] = {
    "vehicle": _columns("vehicle", [BY_KEY[key] for key in OF_EACH_VEHICLE]),
    "customer": (
        *_columns("customer", [_CUSTOMER_SCHEMES[key] for key in OF_CUSTOMER_ROWS]),
        *(ClassColumn(key, "customer", both(key), told=told) for key, told in LAPSE.items()),
    ),
    "prospect": _columns("prospect", [BY_KEY[key] for key in OF_PROSPECT_ROWS]),
    "key_account": (
        ClassColumn("score", "key_account", ("Score", "得分"), told=_scores),
        *_columns("key_account", [BY_KEY[key] for key in OF_ACCOUNT_ROWS]),
    ),
}
"""By table the columns beside its rows, from left to right; the day comes last."""
WIDE_COLUMNS = (
    *COLUMNS["vehicle"],
    *(ClassColumn(key, "vehicle", both(key), told=_of_owner(told)) for key, told in LAPSE.items()),
)
"""Beside rows that are a customer and a car."""


def columns_of(match: SheetMatch) -> tuple[ClassColumn, ...]:
    """The columns for a sheet; on a wide one, whose rows are cars, those of the cars."""
    return WIDE_COLUMNS if match.is_wide else COLUMNS.get(match.entity, ())


def rows_on(match: SheetMatch, table: Table) -> tuple[Places, Places]:
    """Places in a table of the rows that stand on a sheet, and their row numbers there."""
    places = np.flatnonzero((table.sheet == match.sheet) & (table.row > match.header_row))
    return places, table.row[places]


def values_on(
    match: SheetMatch, situation: Situation, language: str
) -> Iterator[tuple[ClassColumn, dict[int, object]]]:
    """
    What stands in each column of ours, by row number.

    On a wide sheet a row without a car shows what is said of its customer.
    """
    owners = {column.key: column for column in COLUMNS["customer"]} if match.is_wide else {}
    for column in columns_of(match):
        values: dict[int, object] = {}
        for each in (owners.get(column.key) if column.is_of_customers else None, column):
            if each is not None:
                places, rows = rows_on(match, situation.store[each.table])
                made = each.values(situation, language)
                values.update(zip(rows.tolist(), (made[place] for place in places.tolist()), strict=True))
        yield column, values


def heading_for(text: str, taken: Collection[str], language: str) -> str:
    """
    A heading for a column of ours.

    Args:
        text: As it would be.
        taken: Cleaned headings of the sheet.

    Returns:
        With the words *(computed)* where the sheet has such a heading, or where a column of that name would be
        read as one of the staff's by somebody who does not know the Mapping sheet.
    """
    if clean_heading(text) not in taken and not may_be_a_field(text):
        return text
    computed = say("computed_heading", language, heading=text)
    numbers = (computed, *(f"{computed} {number}" for number in range(2, len(taken) + 3)))
    return next(each for each in numbers if clean_heading(each) not in taken)


def headings_on(
    match: SheetMatch, headings: Sequence[object], own: Mapping[str, str], language: str
) -> dict[str, str]:
    """
    The headings of our columns on a sheet, by key: those that stand there already, else new ones.

    Args:
        headings: The row of headings of that sheet.
        own: What the Mapping sheet says of our columns there: heading by key.
    """
    there = {str(cell).strip() for cell in headings if isinstance(cell, str)}
    taken = {clean_heading(text) for text in there}
    found: dict[str, str] = {}
    wanted = [(column.key, column.heading[language == "zh"]) for column in columns_of(match)]
    for key, text in [*wanted, (CLASSIFIED_ON, say(CLASSIFIED_ON, language))]:
        known = own.get(key, "").strip()
        found[key] = known if known in there else heading_for(text, taken, language)
        taken.add(clean_heading(found[key]))
    return found
