"""Merging copies: the order never matters for changes that do not clash, and no word is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_retention.domain.coded import Coded
from xl_retention.domain.merging import Ancestor, Merged, Rows, merge_rows

FIELDS = ("customer_id", "customer_name", "mobile", "address", "remark", "Own")
Table = dict[str, tuple[str, ...]]
"""By number the other cells of a row."""

words = st.sampled_from(["", "alpha", "beta gamma", "13800000001", "张三丰", "7"])
cells = st.tuples(*[words] * (len(FIELDS) - 1))
tables = st.dictionaries(st.sampled_from([f"C{n}" for n in range(8)]), cells, max_size=6)


def rows(table: Table) -> Rows:
    lines = [(key, *said) for key, said in table.items()]
    return Rows(
        "customer",
        {name: Coded.of(np.array([*(line[n] for line in lines), ""], object)[:-1]) for n, name in enumerate(FIELDS)},
        len(lines),
    )


def said(table: Rows) -> dict[str, dict[str, str]]:
    found = [table.row(row) for row in range(len(table))]
    assert len({row["customer_id"] for row in found}) == len(found)
    return {row["customer_id"]: row for row in found}


@dataclass
class Stores:
    """What three stores made of one table, never touching the same row or cell."""

    base: Table
    copies: list[Table]


@st.composite
def stores(draw: st.DrawFn) -> Stores:
    base = draw(tables)
    copies = [dict(base) for _ in range(3)]
    for key, before in base.items():
        owners = draw(st.lists(st.integers(0, 2), min_size=len(before), max_size=len(before)))
        if draw(st.integers(0, 4)) == 0:
            del copies[owners[0]][key]
            continue
        for copy, table in enumerate(copies):
            table[key] = tuple(
                draw(words) if owner == copy and draw(st.booleans()) else text
                for owner, text in zip(owners, before, strict=True)
            )
    for copy, table in enumerate(copies):
        for number in range(draw(st.integers(0, 2))):
            table[f"N{copy}{number}"] = draw(cells)
    return Stores(base, copies)


def together(ancestor: Table, first: Rows, second: Rows) -> Rows:
    return merge_rows(first, second, Ancestor(rows(ancestor))).rows


@settings(deadline=None, max_examples=40)
@given(stores())
def test_three_stores_in_any_order_give_the_same_data(made: Stores) -> None:
    def merged(order: tuple[Table, ...]) -> Rows:
        return reduce(lambda one, two: together(made.base, one, two), map(rows, order))

    orders = [merged(order) for order in permutations(made.copies)]

    assert all(said(each) == said(orders[0]) for each in orders)


@settings(deadline=None)
@given(stores())
def test_how_the_copies_are_bracketed_does_not_matter(made: Stores) -> None:
    a, b, c = map(rows, made.copies)
    left = together(made.base, together(made.base, a, b), c)
    right = together(made.base, a, together(made.base, b, c))

    assert said(left) == said(right)


@settings(deadline=None)
@given(stores())
def test_merging_a_copy_again_changes_nothing(made: Stores) -> None:
    a, b, _ = map(rows, made.copies)
    once = together(made.base, a, b)
    again = merge_rows(once, b, Ancestor(rows(made.base)))

    assert said(again.rows) == said(once)
    assert not again.changes
    assert said(together(made.base, a, a)) == said(a)


@settings(deadline=None)
@given(tables, tables, tables, st.booleans())
def test_no_row_and_no_typed_word_is_lost(base: Table, mine: Table, theirs: Table, three_way: bool) -> None:
    ancestor = Ancestor(rows(base)) if three_way else None
    result = merge_rows(rows(mine), rows(theirs), ancestor)

    known = everything(result)
    for side, other in ((mine, theirs), (theirs, mine)):
        for key, line in side.items():
            renumbered = key in base and key not in other and other.keys() - base.keys()
            if not (three_way and (base.get(key) == line or renumbered)):
                assert key in known
            # Under a new number there may stand a row of the ancestor, in which the other side blanked a cell.
            before = [base[key]] if key in base else [base[gone] for gone in base.keys() - side.keys()]
            for place, text in enumerate(line):
                if text and not (three_way and text in [row[place] for row in before]):
                    assert text in known, (key, text)


def everything(result: Merged) -> str:
    """All that stands in the result or is asked."""
    rows_said = [text for row in said_rows(result.rows) for text in row]
    asked = [text or "" for each in result.conflicts for text in (each.key, each.mine, each.theirs)]
    return "\n".join([*rows_said, *asked])


def said_rows(table: Rows) -> list[list[str]]:
    return [list(table.row(row).values()) for row in range(len(table))]


@settings(deadline=None)
@given(tables, tables)
def test_without_an_ancestor_a_copy_merged_twice_changes_nothing_more(mine: Table, theirs: Table) -> None:
    once = merge_rows(rows(mine), rows(theirs)).rows

    assert not merge_rows(once, rows(theirs)).changes
    assert said_rows(merge_rows(once, rows(theirs)).rows) == said_rows(once)
