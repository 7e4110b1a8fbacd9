"""The sheet Today's Calls: what the clerk sees of the call list, and what he typed into it (design decision 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, Mood, RowColour, SheetLayout
from xl_retention.domain.contact_log import split_keys
from xl_retention.domain.lapse.in_calls import call_order, lapse_score
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.outcomes import Outcomes
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, Texts
from xl_retention.domain.words import WORDS as WORD_TABLES
from xl_retention.domain.words import chinese, english
from xl_retention.domain.worklist import Worklist
from xl_retention.sheets.call_flow import with_surveys
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.lapse_reasons import why_scores
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.wording import basis_text, both, points_text, reason_text, role_name, rule_name, say

HEADING_ROW = 3
FIRST_INPUTS = ("outcome", "satisfaction", "notes", "next_contact")
MORE_INPUTS = ("objection", "complaint", "wish", "referral", "new_phone", "appointment", "answers")
INPUTS = (*FIRST_INPUTS, *MORE_INPUTS)
"""Columns that the clerk fills; a sheet of an earlier version has the first ones only."""
TOLD_BY = ("key", *FIRST_INPUTS)
"""Headings by which a call sheet is known."""
ADDED = "+"
"""Begins the name of a column that the clerk added beside ours; its heading follows."""


def word(table: str, canonical: str, language: str) -> str:
    """A canonical word as the workbook's language writes it."""
    return chinese(table, canonical) if language == "zh" else english(table, canonical)


def choices(table: str, language: str) -> tuple[str, ...]:
    """All words of a table, for a drop-down."""
    return tuple(word(table, each, language) for each in WORD_TABLES[table].canonical_words)


@dataclass(frozen=True)
class Typed:
    """What a clerk typed into one row and nobody saved yet.

    Args:
        keys: Due keys of the row.
        inputs: Cells by column name, as they stand; only filled ones.
        row: The whole row by column name, to show it again when it is no longer due.
    """

    keys: tuple[str, ...]
    inputs: Mapping[str, object]
    row: Mapping[str, object]


def call_columns(
    situation: Situation, worklist: Worklist, sentences: list[str], language: str
) -> dict[str, list[object]]:
    """
    What stands beside each call, by column name; the columns that the clerk fills are left out.

    Whole columns at a time: head office may have a hundred thousand customers.

    Args:
        sentences: The `reasons` of the calls.
    """
    rows, identities = worklist.rows, situation.identities
    names = identities.names[rows.party]
    vehicles = situation.store.vehicles
    models = vehicles.texts("model")
    models = np.append(np.where(models == "", vehicles.texts("series"), models), "")
    listed = np.where((rows.car >= 0) & (rows.car < len(vehicles)), rows.car, len(vehicles))
    last_days, last_outcomes = _last_contacts(situation, rows.party, language)
    points = {code: points_text(code, language) for code in situation.rules}
    to_raise = with_surveys(situation, rows, [points[code] for code in rows.items.rule], language)
    return {
        "priority": rows.priority.tolist(),
        "customer": np.where(names == "", identities.ids[rows.party], names).tolist(),
        "phone": identities.mobiles[rows.party].tolist(),
        "plate": np.append(identities.plates, "")[rows.car].tolist(),
        "model": models[listed].tolist(),
        "who": _who(rows.owner, rows.role, language),
        "reasons": list(sentences),
        "due": rows.due.tolist(),
        "deadline": rows.deadline.tolist(),
        "overdue": [days or None for days in rows.overdue.tolist()],
        "points": [text.strip("\n") for text in rows.joined(to_raise, "\n")],
        "last_contact": last_days,
        "last_outcome": last_outcomes,
        "key": list(rows.joined(rows.keys.tolist(), ";")),
    }


def reasons(situation: Situation, worklist: Worklist, language: str) -> list[str]:
    """
    Why each call is on the list, a sentence per line; equal contacts share their sentence.

    Where calls are ranked by the lapse score (`lapse_order`), the last line explains the customer's.
    """
    rows = worklist.rows
    items = rows.items
    made: dict[tuple[object, ...], str] = {}
    sentences = []
    columns = (items.rule, items.anchor, items.due, items.deadline, items.moment, items.timed, items.sequence)
    bases = _bases(situation, worklist, language)
    for key in zip(*(column.tolist() for column in columns), bases, strict=True):
        if key not in made:
            made[key] = reason_sentence(situation, key, language)
        sentences.append(made[key])
    told = rows.joined(sentences, "\n")
    if call_order(situation) is None:
        return told
    months = situation.parameters.integer("lapse_months")
    chances = why_scores(lapse_score(situation), set(rows.party.tolist()), months, language)
    return [
        "\n".join(filter(None, (text, chances.get(party))))
        for text, party in zip(told, rows.party.tolist(), strict=True)
    ]


def _bases(situation: Situation, worklist: Worklist, language: str) -> list[str]:
    """For each item that counts from a due service, what gave that day; "" for the others."""
    items, service = worklist.rows.items, situation.service
    found = [""] * len(items)
    for counts_from, basis in (("first_service", service.first_by), ("maintenance", service.maintenance_by)):
        codes = [rule.code for rule in situation.rules.values() if rule.counts_from == counts_from]
        daily_km = service.driving.daily_km()
        for place in np.flatnonzero(np.isin(items.rule.astype(str), codes)).tolist():
            car = items.car[place]
            found[place] = basis_text(int(basis[car]), float(daily_km[car]), language)
    return found


def _last_contacts(
    situation: Situation, party: Places, language: str
) -> tuple[list[dt.date | None], list[str]]:
    """Day and outcome of the last contact of each of *party*; None and "" where there was none."""
    log = situation.log
    last = np.full(len(situation.identities.ids) + 1, -1, np.int64)
    results = log.typed_result
    answered = np.flatnonzero(results != "")
    last[log.party[answered]] = answered  # in order of time: the last write is the latest
    words = {result: word("result", result, language) for result in set(results)} | {"": ""}
    of_party = last[party]
    return np.append(log.day, NO_DAY)[of_party].tolist(), [words[text] for text in np.append(results, "")[of_party]]


def _who(owners: Texts, roles: Texts, language: str) -> list[str]:
    """Name and role of whoever makes each call."""
    made: dict[tuple[str, str], str] = {}
    for owner, role in set(zip(owners, roles, strict=True)):
        name = role_name(role, language)
        bracketed = f"{owner}（{name}）" if language == "zh" else f"{owner} ({role})"
        made[owner, role] = bracketed if owner else name
    return [made[pair] for pair in zip(owners, roles, strict=True)]


def reason_sentence(situation: Situation, contact: Sequence[Any], language: str) -> str:
    """
    Why one contact is due, in a sentence.

    Args:
        contact: Rule code, anchor, due day, deadline, its moment, whether that has a clock, sequence, and what
            gave the anchor where that is not plain.
    """
    code, anchor, due, deadline, moment, timed, sequence, basis = contact
    rule = situation.rules[code]
    month = 0
    if rule.counts_from == "month_repeat":
        start = situation.parameters.integer("month_repeat_from")
        month = start + situation.parameters.integer("month_repeat_every") * (int(sequence) - 1)
    name = rule_name(rule, language, sequence, month)
    return reason_text(
        rule, name, anchor, due, deadline, moment if timed else None, situation.date, language, basis
    )


@dataclass(frozen=True)
class CallColumn:
    """One column of the sheet: the key of its heading in `wording`, its looks, and its drop-down."""

    name: str
    width: float
    look: Look
    words: str = ""


# fmt: off
COLUMNS: tuple[CallColumn, ...] = (
    CallColumn("priority",     8,    "integer"),
    CallColumn("customer",     13,   "wrapped"),
    CallColumn("phone",        13,   "text"),
    CallColumn("plate",        10,   "text"),
    CallColumn("model",        14,   "wrapped"),
    CallColumn("who",          15,   "wrapped"),
    CallColumn("reasons",      34,   "wrapped"),
    CallColumn("due",          10.5, "date"),
    CallColumn("deadline",     10.5, "date"),
    CallColumn("overdue",      9,    "integer"),
    CallColumn("points",       34,   "wrapped"),
    CallColumn("last_contact", 11.5, "date"),
    CallColumn("last_outcome", 10,   "wrapped"),
    CallColumn("outcome",      11,   "input", "result"),
    CallColumn("satisfaction", 11,   "input", "satisfaction_level"),
    CallColumn("notes",        20,   "input"),
    CallColumn("next_contact", 12,   "input_date"),
    CallColumn("key",          6,    "code"),
    # Beyond the key, which ends what is printed: seldom filled, and a sheet of an earlier version stays as it is.
    CallColumn("objection",    11,   "input", "objection_type"),
    CallColumn("complaint",    24,   "input"),
    CallColumn("wish",         14,   "input", "intention"),
    CallColumn("referral",     20,   "input"),
    CallColumn("new_phone",    14,   "input"),
    CallColumn("appointment",  17,   "input"),
    CallColumn("answers",      24,   "input"),
)
# fmt: on

PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
_BY_NAME = {column.name: column for column in COLUMNS}
_SINCE_THE_FIRST_VERSION = frozenset(PLACES) - frozenset(MORE_INPUTS)


def layout(as_of: dt.date, language: str, outcomes: Outcomes | None = None) -> SheetLayout:
    """
    Looks of the sheet: frozen heading, drop-downs, overdue in red, today's deadline in amber, print set-up.

    Args:
        outcomes: What may be typed as outcome; None for those of DOM.
    """
    columns = tuple(_column_layout(column, language, outcomes) for column in COLUMNS)
    return replace(
        _layout(columns, PLACES, HEADING_ROW, as_of, language),
        printed_columns=PLACES["key"],
        input_from=PLACES[INPUTS[0]],
    )


def layout_of(
    cells: Sequence[Sequence[object]], as_of: dt.date, language: str, outcomes: Outcomes | None = None
) -> SheetLayout | None:
    """The same for a call sheet as it stands, whose columns may have been moved or added; None for another sheet."""
    found = heading_row(cells, HEADINGS, TOLD_BY)
    if found is None:
        return None
    row, places = found
    names = {place: name for name, place in places.items()}
    width = max(len(each) for each in cells)
    columns = tuple(
        _column_layout(_BY_NAME[names[place]], language, outcomes)
        if place in names
        else ColumnLayout(look=_look_of([each[place] for each in cells[row + 1 :] if place < len(each)]))
        for place in range(width)
    )
    return _layout(columns, places, row + 1, as_of, language)


def _column_layout(column: CallColumn, language: str, outcomes: Outcomes | None) -> ColumnLayout:
    if column.name == "outcome" and outcomes:
        offered = tuple(word("result", each, language) for each in outcomes.in_use)
        return ColumnLayout(column.width, column.look, offered)
    return ColumnLayout(column.width, column.look, choices(column.words, language) if column.words else ())


def _look_of(cells: Sequence[object]) -> Look:
    """How a column of the clerk's own goes on looking: as what it holds."""
    if any(isinstance(cell, dt.date) for cell in cells):
        return "date"
    return "wrapped" if all(isinstance(cell, str) for cell in cells if cell is not None) else "integer"


def _layout(
    columns: tuple[ColumnLayout, ...], places: Mapping[str, int], headings: int, as_of: dt.date, language: str
) -> SheetLayout:
    today = f"DATE({as_of.year},{as_of.month},{as_of.day})"
    colours: tuple[tuple[str, str, Mood], ...] = (
        ("overdue", "N(${cell})>0", "bad"),
        ("deadline", f"${{cell}}={today}", "warning"),
    )
    return SheetLayout(
        columns,
        heading_row=headings,
        title_looks=("title", "note"),
        row_colours=tuple(
            RowColour(formula.format(cell=f"{letters(places[name])}{headings + 1}"), mood)
            for name, formula, mood in colours
            if name in places
        ),
        coloured=tuple(
            places[name] for name in ("priority", "customer", "due", "deadline", "overdue") if name in places
        ),
        frozen_columns=2,
        tab_colour="C00000",
        footer=say("page", language),
    )


def lay_out(
    columns: Mapping[str, Sequence[object]],
    worklist: Worklist,
    left_over: Sequence[Typed],
    problem_count: int,
    language: str,
) -> list[Sequence[object]]:
    """The cells of the sheet: title, note, headings, a row per call, and what is typed but no longer due."""
    calls = len(worklist.rows)
    overdue = int((worklist.rows.overdue > 0).sum())
    note = (
        say("calls_note", language, calls=calls, overdue=overdue)
        if calls
        else say("calls_none", language, problems=problem_count)
    )
    if len(worklist.carried):
        note += say("carried_over", language, count=len(worklist.carried))
    if len(worklist.resting):
        note += say("left_in_peace", language, count=len(worklist.resting))
    added = [name for name in columns if name.startswith(ADDED)]
    names = [*PLACES, *added]
    cells: list[Sequence[object]] = [
        [say("calls_title", language, day=worklist.as_of.isoformat())],
        [note],
        [*(say(name, language) for name in PLACES), *(name.removeprefix(ADDED) for name in added)],
    ]
    blank = [None] * calls
    cells.extend(zip(*(columns.get(name, blank) for name in names), strict=True))
    cells.extend(_kept_row(typed, names, language) for typed in left_over)
    return cells


def _kept_row(typed: Typed, names: Sequence[str], language: str) -> list[object]:
    """A row that is no longer due but holds something typed: it stays as it was, and says so."""
    row = {**typed.row, **typed.inputs}
    if typed.keys:  # a row that the clerk added was never due
        reasons = str(row.get("reasons") or "")
        for told in both("no_longer_due"):
            reasons = reasons.removeprefix(told).lstrip()
        row["reasons"] = f"{say('no_longer_due', language)} {reasons}".strip()
        row["overdue"] = None
    return [row.get(name) for name in names]


HEADINGS = {column.name: both(column.name) for column in COLUMNS}


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a call sheet of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_call_sheet(cells)


def is_call_sheet(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a call sheet, filled or not."""
    return heading_row(cells, HEADINGS, TOLD_BY) is not None


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
