"""Some 4,600 headings of dealers' lists and exports: none is taken for a field that it is not, most are known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import recognise

HEADINGS = Path(__file__).with_name("headings_in_the_wild.txt")
FEWEST_KNOWN = 0.85
"""Of all headings that mean a field, those that need no question."""
NEIGHBOURS = 4


def headings() -> dict[str, list[tuple[str, str, bool]]]:
    """By table field, heading, and whether it may also be asked about."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    table = ""
    for line in HEADINGS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = line.strip("[]")
            found[table] = []
        elif line and not line.startswith("#"):
            field, _, rest = line.partition(" = ")
            found[table] += [
                (field, heading.removesuffix("?").replace("\\n", "\n"), heading.endswith("?"))
                for heading in rest.split(" | ")
            ]
    return found


ALL = headings()


def taken_for(table: str, field: str, heading: str) -> str:
    """The field that a heading is taken for beside others of its table; "" where it is asked about or not known."""
    entity = ENTITIES[table]
    others = [name for name in (*entity.key, *entity.field_names) if name != field]
    row = [*dict.fromkeys(others)][:NEIGHBOURS]
    found = recognise(entity.sheet_names[0], [[*row, heading]])
    assert found is not None
    return next((name for (_, name), column in found.columns.items() if column.place == len(row)), "")


@pytest.mark.parametrize("table", ALL)
def test_no_heading_is_taken_for_a_field_that_it_is_not(table):
    """
    Silently wrong is worse than asked. A heading listed under two fields may be either.
    """
    means: dict[str, set[str]] = {}
    for field, heading, _ in ALL[table]:
        means.setdefault(heading, set()).add(field)
    wrong = {
        (heading, taken)
        for field, heading, _ in ALL[table]
        if (taken := taken_for(table, field, heading)) and taken not in means[heading]
    }

    assert wrong == set()


def test_most_headings_need_no_question():
    """
    A store that has to answer for each column would rather type its customers anew.
    """
    known = Counter(
        taken_for(table, field, heading) == field
        for table, rows in ALL.items()
        for field, heading, unsure in rows
        if field != "-" and not unsure
    )

    assert known.total() > 3_800
    assert known[True] >= FEWEST_KNOWN * known.total()
