"""The sheet Today's Calls: its columns, its looks, and what the clerk sees of the call list (design decision 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, Mood, RowColour, SheetLayout
from xl_retention.books.long_list import LongList
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.outcomes import Outcomes
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, Texts
from xl_retention.domain.worklist import Worklist
from xl_retention.sheets.calls.call_flow import with_surveys
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import (
    both,
    choices,
    points_text,
    role_name,
    say,
    word,
)

HEADING_ROW = 3
FIRST_INPUTS = ("outcome", "satisfaction", "notes", "next_contact")
MORE_INPUTS = ("objection", "complaint", "wish", "referral", "new_phone", "appointment", "answers")
INPUTS = (*FIRST_INPUTS, *MORE_INPUTS)
"""Columns that the clerk fills; a sheet of an earlier version has the first ones only."""
TOLD_BY = ("key", *FIRST_INPUTS)
"""Headings by which a call sheet is known."""
ADDED = "+"
"""Begins the name of a column that the clerk added beside ours; its heading follows."""


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
    pairs = list(zip(owners.tolist(), roles.tolist(), strict=True))
    for owner, role in set(pairs):
        name = role_name(role, language)
        bracketed = f"{owner}（{name}）" if language == "zh" else f"{owner} ({role})"
        made[owner, role] = bracketed if owner else name
    return [made[pair] for pair in pairs]


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
    CallColumn("points",       48,   "wrapped"),
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
) -> LongList:
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
    first: list[Sequence[object]] = [
        [say("calls_title", language, day=worklist.as_of.isoformat())],
        [note],
        [*(say(name, language) for name in PLACES), *(name.removeprefix(ADDED) for name in added)],
    ]
    blank = [None] * calls
    listed = [columns.get(name, blank) for name in names]
    if left_over:
        kept = [_kept_row(typed, names, language) for typed in left_over]
        listed = [[*column, *below] for column, below in zip(listed, zip(*kept, strict=True), strict=True)]
    return LongList(first, listed)


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
