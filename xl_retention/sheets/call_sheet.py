"""The sheet Today's Calls: what the clerk sees of the call list, and what he typed into it (design decision 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.contact_log import split_keys
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.words import WORDS as WORD_TABLES
from xl_retention.domain.words import chinese, english
from xl_retention.domain.worklist import Call, Reason, Worklist
from xl_retention.sheets.small_tables import small_rows
from xl_retention.sheets.wording import both, points_text, reason_text, role_name, rule_name, say

HEADING_ROW = 3
INPUTS = ("outcome", "satisfaction", "notes", "next_contact")
"""Columns that the clerk fills."""


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


@dataclass(frozen=True)
class CallRow:
    """One call with everything that its row shows."""

    call: Call
    model: str
    last_contact: dt.date | None
    last_outcome: str
    reasons: tuple[str, ...]
    points: tuple[str, ...]
    typed: Mapping[str, object] = field(default_factory=dict)


def call_rows(situation: Situation, worklist: Worklist, language: str) -> list[CallRow]:
    """The calls of a work list with their sentences, in its order."""
    last_days, last_outcomes = _last_contacts(situation, language)
    vehicles = situation.store.vehicles
    models = vehicles.texts("model")
    models = np.append(np.where(models == "", vehicles.texts("series"), models), "").tolist()
    sentence = _Sentences(situation, language).of
    points = {code: points_text(code, language) for code in situation.rules}
    rows = []
    for call in worklist.calls:
        car = call.reasons[0].car
        rows.append(
            CallRow(
                call,
                models[car] if 0 <= car < len(models) else "",
                last_days[call.party],
                last_outcomes[call.party],
                tuple([sentence(reason) for reason in call.reasons]),
                tuple(dict.fromkeys([text for rule in call.rules if (text := points[rule])])),
            )
        )
    return rows


def _last_contacts(situation: Situation, language: str) -> tuple[list[dt.date | None], list[str]]:
    """Day and outcome of the last contact of every party; None and "" where there was none."""
    log = situation.log
    last = np.full(len(situation.identities.ids) + 1, -1, np.int64)
    answered = np.flatnonzero(log.result != "")
    last[log.party[answered]] = answered  # in order of time: the last write is the latest
    words = {result: word("result", result, language) for result in set(log.result)} | {"": ""}
    days = np.append(log.day, NO_DAY)[last].tolist()
    return days, [words[result] for result in np.append(log.result, "")[last]]


class _Sentences:
    """Reason sentences; equal contacts of a day share theirs."""

    def __init__(self, situation: Situation, language: str) -> None:
        self.situation = situation
        self.language = language
        self._made: dict[tuple[object, ...], str] = {}

    def of(self, reason: Reason) -> str:
        """The sentence of one reason."""
        sequence = reason.due_key.rsplit("/", 1)[-1]
        key = (reason.rule, reason.anchor, reason.due, reason.deadline, reason.moment, sequence)
        if key not in self._made:
            self._made[key] = reason_sentence(self.situation, reason, self.language)
        return self._made[key]


def reason_sentence(situation: Situation, reason: Reason, language: str) -> str:
    """Why one contact is due, in a sentence."""
    rule = situation.rules[reason.rule]
    sequence = reason.due_key.rsplit("/", 1)[-1]
    month = 0
    if rule.counts_from == "month_repeat":
        start = situation.parameters.integer("month_repeat_from")
        month = start + situation.parameters.integer("month_repeat_every") * (int(sequence) - 1)
    name = rule_name(rule, language, sequence, month)
    return reason_text(
        rule, name, reason.anchor, reason.due, reason.deadline, reason.moment, situation.date, language
    )


def _who(row: CallRow, language: str) -> str:
    name = role_name(row.call.role, language)
    owner = row.call.owner
    if not owner:
        return name
    return f"{owner}（{name}）" if language == "zh" else f"{owner} ({name})"


Cell = Callable[[CallRow, str], object]


@dataclass(frozen=True)
class CallColumn:
    """One column of the sheet: the key of its heading in `wording`, its looks, and what stands in it."""

    name: str
    width: float
    look: Look
    cell: Cell
    words: str = ""


def _typed(name: str) -> Cell:
    return lambda row, language: row.typed.get(name)


# fmt: off
COLUMNS: tuple[CallColumn, ...] = (
    CallColumn("priority",     6,  "integer", lambda row, language: row.call.priority),
    CallColumn("customer",     13, "wrapped", lambda row, language: row.call.customer_name or row.call.customer_id),
    CallColumn("phone",        13, "text",    lambda row, language: row.call.mobile),
    CallColumn("plate",        10, "text",    lambda row, language: row.call.plate_no),
    CallColumn("model",        11, "wrapped", lambda row, language: row.model),
    CallColumn("who",          13, "wrapped", _who),
    CallColumn("reasons",      34, "wrapped", lambda row, language: "\n".join(row.reasons)),
    CallColumn("due",          10.5, "date",  lambda row, language: row.call.due_date),
    CallColumn("deadline",     10.5, "date",  lambda row, language: row.call.deadline),
    CallColumn("overdue",      8,  "integer", lambda row, language: row.call.overdue_days or None),
    CallColumn("points",       34, "wrapped", lambda row, language: "\n".join(row.points)),
    CallColumn("last_contact", 10.5, "date",  lambda row, language: row.last_contact),
    CallColumn("last_outcome", 10, "wrapped", lambda row, language: row.last_outcome),
    CallColumn("outcome",      11, "input",   _typed("outcome"), words="result"),
    CallColumn("satisfaction", 11, "input",   _typed("satisfaction"), words="satisfaction_level"),
    CallColumn("notes",        20, "input",   _typed("notes")),
    CallColumn("next_contact", 11, "input_date", _typed("next_contact")),
    CallColumn("key",          8,  "text",    lambda row, language: ";".join(row.call.due_keys)),
)
# fmt: on

PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


def layout(as_of: dt.date, language: str) -> SheetLayout:
    """Looks of the sheet: frozen heading, drop-downs, overdue in red, today's deadline in amber, print set-up."""
    first = HEADING_ROW + 1
    overdue, deadline = (chr(65 + PLACES[name]) for name in ("overdue", "deadline"))
    today = f"DATE({as_of.year},{as_of.month},{as_of.day})"
    return SheetLayout(
        tuple(
            ColumnLayout(
                column.width, column.look, choices(column.words, language) if column.words else ()
            )
            for column in COLUMNS
        ),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(
            RowColour(f"N(${overdue}{first})>0", "bad"),
            RowColour(f"${deadline}{first}={today}", "warning"),
        ),
        frozen_columns=2,
        tab_colour="C00000",
        input_from=PLACES[INPUTS[0]],
        footer=say("page", language),
    )


def lay_out(
    rows: Sequence[CallRow], worklist: Worklist, left_over: Sequence[Typed], problem_count: int, language: str
) -> list[list[object]]:
    """The cells of the sheet: title, note, headings, a row per call, and what is typed but no longer due."""
    calls = worklist.calls
    overdue = sum(call.overdue_days > 0 for call in calls)
    note = (
        say("calls_note", language, calls=len(calls), overdue=overdue)
        if calls
        else say("calls_none", language, problems=problem_count)
    )
    if worklist.carried_over:
        note += say("carried_over", language, count=len(worklist.carried_over))
    cells: list[list[object]] = [
        [say("calls_title", language, day=worklist.as_of.isoformat())],
        [note],
        [say(column.name, language) for column in COLUMNS],
    ]
    cells.extend([column.cell(row, language) for column in COLUMNS] for row in rows)
    cells.extend(_kept_row(typed, language) for typed in left_over)
    return cells


def _kept_row(typed: Typed, language: str) -> list[object]:
    """A row that is no longer due but holds something typed: it stays as it was, and says so."""
    row = {**typed.row, **typed.inputs}
    told = say("no_longer_due", language)
    reasons = str(row.get("reasons") or "")
    row["reasons"] = reasons if reasons.startswith(told) else f"{told} {reasons}".strip()
    row["overdue"] = None
    return [row.get(column.name) for column in COLUMNS]


def typed_rows(cells: Iterable[Sequence[object]]) -> list[Typed]:
    """What stands in the yellow columns of the sheet as it is now, in whatever language it was written."""
    headings = {column.name: both(column.name) for column in COLUMNS}
    found = []
    for row in small_rows(list(cells), headings, ("key", *INPUTS)):
        inputs = {name: row.cells[name] for name in INPUTS if row.cells[name] not in (None, "")}
        if inputs:
            found.append(Typed(tuple(split_keys(row.text("key"))), inputs, row.cells))
    return found


def with_typed(rows: Sequence[CallRow], typed: Sequence[Typed]) -> tuple[list[CallRow], list[Typed]]:
    """
    Puts what was typed back beside the calls it belongs to, by due key.

    Returns:
        The rows, and what belongs to none of them: it must not get lost either.
    """
    by_key = {key: place for place, row in enumerate(rows) for key in row.call.due_keys}
    filled: dict[int, Typed] = {}
    left_over = []
    for each in typed:
        place = next((by_key[key] for key in each.keys if key in by_key), None)
        if place is None or place in filled:
            left_over.append(each)
        else:
            filled[place] = each
    return (
        [
            CallRow(
                row.call, row.model, row.last_contact, row.last_outcome, row.reasons, row.points,
                filled[place].inputs if place in filled else {},
            )
            for place, row in enumerate(rows)
        ],
        left_over,
    )  # fmt: skip
