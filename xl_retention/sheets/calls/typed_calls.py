"""What was typed into Today's Calls: found by its due keys, and put back beside the same calls (design decision 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_retention.domain.contact_log import split_keys
from xl_retention.sheets.calls.call_sheet import ADDED, HEADINGS, INPUTS, MORE_INPUTS, PLACES, TOLD_BY, Typed
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import heading_row, small_rows
from xl_retention.sheets.wording import both, say

_SINCE_THE_FIRST_VERSION = frozenset(PLACES) - frozenset(MORE_INPUTS)


def added_columns(cells: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """
    Names of the columns that the clerk added to the sheet as it is now: headings that are not ours.

    Where one of ours is missing, an unknown heading may be ours under another name; then only those count that
    stand to the right of all of ours. A sheet of an earlier version lacks what it did not know.
    """
    found = heading_row(cells, HEADINGS, TOLD_BY)
    if found is None:
        return ()
    row, places = found
    ours = set(places.values())
    first = 0 if places.keys() >= _SINCE_THE_FIRST_VERSION else max(ours)
    texts = [
        cell.strip()
        for place, cell in enumerate(cells[row])
        if isinstance(cell, str) and place >= first and place not in ours
    ]
    return tuple(dict.fromkeys(ADDED + text for text in texts if clean_heading(text)))


def typed_rows(cells: Sequence[Sequence[object]]) -> list[Typed]:
    """
    What stands in the yellow columns of the sheet, and in those that the clerk added, in whatever language.

    A row without a key was added by the clerk; it counts as typed as a whole.
    """
    found = []
    added = added_columns(cells)
    headings = {**HEADINGS, **{name: (name.removeprefix(ADDED),) for name in added}}
    for row in small_rows(cells, headings, TOLD_BY):
        filled = {name: row.cells.get(name) for name in (*INPUTS, *added)}
        inputs = {name: cell for name, cell in filled.items() if cell not in (None, "")}
        keys = tuple(split_keys(row.text("key")))
        if inputs or not keys:
            found.append(Typed(keys, inputs, row.cells))
    return found


def with_typed(
    columns: Mapping[str, Sequence[object]], typed: Sequence[Typed], added: Sequence[str] = ()
) -> tuple[dict[str, Sequence[object]], list[Typed]]:
    """
    Puts what was typed back beside the calls it belongs to, by due key.

    Args:
        added: Names of the columns that the clerk added.

    Returns:
        The columns with those that the clerk fills, and what belongs to no call: it must not get lost either.
    """
    filled: dict[str, list[object]] = {name: [None] * len(columns["key"]) for name in (*INPUTS, *added)}
    wanted = {key for each in typed for key in each.keys}
    by_key = {
        key: place
        for place, keys in enumerate(columns["key"])
        if wanted
        for key in split_keys(str(keys))
        if key in wanted
    }
    taken: set[int] = set()
    left_over = []
    for each in typed:
        place = next((by_key[key] for key in each.keys if key in by_key), None)
        if place is None or place in taken:
            left_over.append(each)
            continue
        taken.add(place)
        for name, value in each.inputs.items():
            filled[name][place] = value
    return {**columns, **filled}, left_over


def with_typed_cells(older: Sequence[Sequence[object]], typed: Sequence[Typed]) -> list[list[object]]:
    """
    An older call sheet with what was typed since: beside the same call where its place is free, else below.

    A column that was typed into and that the older sheet does not have is added to it.

    Args:
        older: Its cells.
        typed: What the newer sheet holds.
    """
    used = dict.fromkeys(name for each in typed for name in each.inputs)
    headings = {**HEADINGS, **{name: (name.removeprefix(ADDED),) for name in used if name.startswith(ADDED)}}
    found = heading_row(older, headings, TOLD_BY)
    if found is None:
        return [list(row) for row in older]
    head, places = found
    width = max(len(row) for row in older)
    cells = [list(row) + [None] * (width - len(row)) for row in older]
    chinese = cells[head][places["outcome"]] == both("outcome")[1]
    for name in (name for name in used if name not in places):
        places[name] = len(cells[head])
        for row in cells:
            row.append(None)
        cells[head][-1] = say(name, "zh" if chinese else "en") if name in HEADINGS else headings[name][0]
    by_key = {
        key: row.number - 1 for row in small_rows(older, HEADINGS, TOLD_BY) for key in split_keys(row.text("key"))
    }
    for each in typed:
        inputs = {places[name]: value for name, value in each.inputs.items()}
        number = next((by_key[key] for key in each.keys if key in by_key), None)
        if number is not None and all(cells[number][place] in (None, "", value) for place, value in inputs.items()):
            for place, value in inputs.items():
                cells[number][place] = value
            continue
        whole = {**each.row, **each.inputs}
        added: list[object] = [None] * len(cells[head])
        for name, place in places.items():
            added[place] = whole.get(name)
        if added not in cells[head + 1 :]:  # a row that the clerk added stands in the older sheet too
            cells.append(added)
    return cells
