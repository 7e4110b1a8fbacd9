"""Rows that stand twice (DOM 2.14 "Duplicate rows", "Duplicate customers")."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

import numpy as np

from xl_retention.domain.coded import Coded
from xl_retention.domain.problems import Problem
from xl_retention.domain.service_due import delivery_days
from xl_retention.domain.store import MONTH_DAY, Array, Days, Flags, Places, Table, Texts

MERGED = ("customer", "vehicle")
"""Tables whose rows of one key become one row; all rows of the others stay."""
FILLED = "?"
"""Ending of the name of a column that tells where a yes/no cell was filled: a typed no is not blank."""


def _codes(column: Array) -> Places:
    """The same number for the same value; blanks are alike."""
    if column.dtype == object:
        return Coded.of(column.astype(object)).code.astype(np.int64)
    if column.dtype.kind in "Mf":
        column = column.view(np.int64) if column.dtype.kind == "M" else np.nan_to_num(column, nan=-1.5)
    _, codes = np.unique(column, return_inverse=True)
    return np.asarray(codes, np.int64)


def _groups(columns: Iterable[Array], count: int) -> Places:
    """Numbers rows so that rows which are equal in all columns have the same number."""
    group = np.zeros(count, np.int64)
    for column in columns:
        codes = _codes(column)
        group = _codes(group * (int(codes.max(initial=0)) + 1) + codes)
    return group


def _tells_apart(table: Table, name: str) -> bool:
    """Whether a column of numbered texts tells all rows apart; its rows need not be spelled out for that."""
    column = table.coded.get(name)
    if column is None:
        return False
    times = np.bincount(column.code, minlength=len(column.different))
    return int(times.max(initial=0)) <= 1 and _no_two_alike(column.different[times > 0].tolist())


def _all_differ(column: Array) -> bool:
    """Whether a column of texts tells all rows apart."""
    return column.dtype == object and _no_two_alike(column.tolist())


def _no_two_alike(texts: list[str]) -> bool:
    """Whether all texts differ; running numbers ascend, which is seen without a set."""
    return all(map(operator.lt, texts, texts[1:])) or len(set(texts)) == len(texts)


def _repeats(group: Places) -> Flags:
    """Rows whose number stood before."""
    seen = np.zeros(len(group), np.bool_)
    _, first = np.unique(group, return_index=True)
    seen[:] = True
    seen[first] = False
    return seen


def repeated_rows(
    table: Table, beside: Table | None, rest: Callable[[Places], Iterable[Array]]
) -> tuple[Flags, list[Problem]]:
    """
    Finds the rows that equal an earlier one in every recognised column after cleaning.

    Args:
        beside: Another table in the same rows.
        rest: Further cleaned columns, for the rows at the given places; asked only where rows are alike so far.

    Returns:
        Which rows to keep, and a finding for each of the others.
    """
    count = len(table)
    kept = np.ones(count, np.bool_)
    # The key tells nearly all rows apart; the other columns are only looked at where it does not.
    names = sorted(table.columns, key=lambda name: name not in table.entity.key)
    alike = np.arange(count)
    group = np.zeros(count, np.int64)
    columns = [(table, name) for name in names]
    if beside is not None:
        columns += [(beside, name) for name in beside.columns]
    for owner, name in columns:
        if len(alike) == count and _tells_apart(owner, name):
            return kept, []
        column = owner.columns[name]
        if _all_differ(column[alike]):
            return kept, []
        part = _groups([group, column[alike]], len(alike))
        again = np.bincount(part, minlength=1)[part] > 1
        alike, group = alike[again], part[again]
        if not len(alike):
            return kept, []
    dropped = alike[_repeats(_groups([group, *rest(alike)], len(alike)))]
    kept[dropped] = False
    return kept, [
        Problem(
            "row_repeated",
            "low",
            str(table.sheet[place]),
            f"A{table.row[place]}",
            found=f"row {table.row[place]}",
            wanted="new: an earlier row says the same in every column",
            remedy="Delete one of the two; it is counted once.",
        )
        for place in dropped.tolist()
    ]


def merged_by_key(table: Table) -> tuple[Table, list[Problem]]:
    """
    Customers and cars of one key become one row: the first, its blanks filled from the later ones.

    Of a VIN under two customers the row with the newest delivery wins (DOM 2.14, "Duplicate customers"). Rows
    without a key stay as they are.
    """
    keys = _keys(table)
    filled = np.flatnonzero(keys != "")
    if _all_differ(keys[filled]):
        return table.without_columns([name for name in table.columns if name.endswith(FILLED)]), []
    codes = _codes(keys[filled])
    first_of = np.full(int(codes.max(initial=-1)) + 1, len(table), np.int64)
    np.minimum.at(first_of, codes, filled)
    later = filled[first_of[codes] != filled]
    columns = {name: column.copy() for name, column in table.columns.items()}
    problems: list[Problem] = []
    place_of = dict(zip(filled.tolist(), codes.tolist(), strict=True))
    groups: dict[int, list[int]] = {}
    for place in later.tolist():
        groups.setdefault(int(first_of[place_of[place]]), []).append(place)
    is_car = table.entity.name == "vehicle"
    delivered = delivery_days(table) if is_car else np.empty(0, "datetime64[D]")
    owners = table.texts("customer_id")
    for first, others in groups.items():
        members = [first, *others]
        source = members
        of_two_owners = is_car and len({owners[place] for place in members} - {""}) > 1
        if of_two_owners:
            source = sorted(members, key=lambda place: -_age_rank(delivered, place))
            problems.append(
                table.fault(
                    "vin_of_two_customers", "high", first, "vin", found=keys[first],
                    wanted="the car of one customer", remedy="Keep the car with its present owner only.",
                )
            )  # fmt: skip
        differs = False
        for name, column in columns.items():
            if name.endswith(FILLED):
                continue
            values = [table.columns[name][place] for place in source]
            # A birthday without its year is filled too; a later row may not lend it the year of another day.
            filled_in = table.columns.get(MONTH_DAY if name == "birth_date" else name + FILLED)
            full = [
                value
                for value, place in zip(values, source, strict=True)
                if not (_is_blank(value) if filled_in is None else not filled_in[place])
            ]
            differs |= len({str(value) for value in full}) > 1
            if full:
                column[first] = full[0]
        if (differs or is_car) and not of_two_owners:  # a VIN stands once, whatever the second row says
            problems.append(
                table.fault(
                    "key_repeated", "high" if is_car else "medium", others[0], table.entity.key[0],
                    found=keys[first], wanted="unique: another row has the same number with other content",
                    remedy="Merge the two rows; the first one counts, its blanks are filled from the later.",
                )
            )  # fmt: skip
    kept = np.ones(len(table), np.bool_)
    kept[later] = False
    merged = table.with_columns(columns).where(kept)
    return merged.without_columns([name for name in columns if name.endswith(FILLED)]), problems


def _keys(table: Table) -> Texts:
    every = np.arange(len(table))
    if table.entity.name == "customer":
        return table.texts_at("customer_id", every)
    keys = table.texts_at("vin", every)
    without = np.flatnonzero(keys == "")
    keys[without] = table.texts_at("plate_no", without)
    return keys


def _age_rank(days: Days, place: int) -> int:
    """The later the larger; a blank is the smallest."""
    return int(days.astype(np.int64)[place])


def _is_blank(value: object) -> bool:
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    if isinstance(value, (float, np.floating)):
        return bool(np.isnan(value))
    return value in ("", None) or (isinstance(value, np.int16) and value == 0)  # a birthday not known
