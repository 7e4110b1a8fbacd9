"""What a clerk typed beside the calls, cleaned: outcomes, and what a call brought besides (DOM 2.7, 6.1, 6.2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import Grid
from xl_retention.domain.contact_log import split_keys
from xl_retention.domain.outcomes import Outcomes
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import Kind
from xl_retention.domain.words import WordTable, canonical
from xl_retention.sheets.calls.call_sheet import ADDED, HEADINGS, INPUTS, TOLD_BY
from xl_retention.sheets.calls.typed_calls import added_columns
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.small_tables import SmallRow, heading_row, small_rows
from xl_retention.sheets.typed_days import LikelyDays
from xl_retention.sheets.wording import LANGUAGES, ROLE_NAMES, say

MOST_POINTS = 10
"""Of the manufacturer's scale of satisfaction, which begins with 0 (DOM 2.7, score)."""
_PHONE = re.compile(r"1\d{10}|[02-9]\d{6,14}")
"""A mobile of 11 digits, or a number that does not begin like one."""
_NUMBER_IN_TEXT = re.compile(r"[+(]?\d[\d\s().+-]{4,}\d")
_AROUND_A_NAME = " \t\n,，、:：;；/()（）-"
_LAST_BRACKETS = re.compile(r"(.*?)\s*[(（]([^()（）]*)[)）]")
_BETWEEN_ANSWERS = re.compile(r"[;；\n]")
_ANSWER = re.compile(r"(\d{1,3})\s*[.:：、=)）\s]\s*(\S.*)", re.DOTALL)
_NOTE_ROW = 1


@dataclass(frozen=True)
class Fault:
    """What is wrong with an entry: the column, and the rest as in `Problem`."""

    column: str
    code: str
    found: str
    wanted: str
    remedy: str


@dataclass(frozen=True)
class Friend:
    """Somebody whom a customer named."""

    name: str
    phone: str


@dataclass
class TypedResult:
    """
    One call with what was typed beside it; words are canonical, blank is "" or None.

    Args:
        row: Its number in the sheet.
        keys: Its due keys; a row that the clerk added has none.
        customer, phone, plate: As they stand there.
        owner, role: Who makes the call, as far as the row says.
        due: When it was due.
        score: Points typed in place of a word of satisfaction.
        model: The car that the customer wishes for.
        appointment: 00:00 is no clock.
        answers: To the questions of a survey, by their numbers.
        added: What stands in columns that the clerk added, by heading.
        faults: Entries that cannot be; one of them keeps the whole row on the list.
    """

    row: int
    keys: tuple[str, ...]
    customer: str = ""
    phone: str = ""
    plate: str = ""
    owner: str = ""
    role: str = ""
    due: dt.date | None = None
    outcome: str = ""
    satisfaction: str = ""
    score: int | None = None
    notes: str = ""
    next_contact: dt.date | None = None
    objection: str = ""
    complaint: str = ""
    wish: str = ""
    model: str = ""
    friend: Friend | None = None
    new_phone: str = ""
    appointment: dt.datetime | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    added: Mapping[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class CallCells:
    """
    A call sheet as it stands: in either language, sorted, its columns moved or added.

    Args:
        sheet: Its name.
        cells: All of it, row 1 first; a sheet that is no call sheet has no results.
        outcomes: What may be typed as outcome.
    """

    def __init__(self, sheet: str, cells: Sequence[Sequence[object]], outcomes: Outcomes | None = None) -> None:
        self.sheet, self.cells = sheet, cells
        self._outcomes = (outcomes or Outcomes()).words
        self._added = added_columns(cells)
        self._headings = {**HEADINGS, **{name: (name.removeprefix(ADDED),) for name in self._added}}
        found = heading_row(cells, self._headings, TOLD_BY)
        self._head, self._places = found or (0, {})

    def calls(self) -> int:
        """How many rows there are."""
        return sum(1 for _ in self._rows())

    def results(self, today: dt.date) -> Iterator[TypedResult]:
        """The rows into which something was typed."""
        for row in self._rows():
            if any(row.cells.get(name) not in (None, "") for name in (*INPUTS, *self._added)):
                yield _read(row, self._added, today, self._outcomes)

    def _rows(self) -> Iterator[SmallRow]:
        return small_rows(self.cells, self._headings, TOLD_BY)

    def without(self, rows: Collection[int]) -> list[list[object]]:
        """The cells without some rows, and the line above the list counted anew."""
        left = [list(cells) for number, cells in enumerate(self.cells, 1) if number not in rows]
        note = left[_NOTE_ROW][0] if len(left) > _NOTE_ROW and left[_NOTE_ROW] else None
        if self._head > _NOTE_ROW and isinstance(note, str):
            before, after = self._counts(self.cells), self._counts(left)
            for language in LANGUAGES:
                note = note.replace(say("calls_note", language, **before), say("calls_note", language, **after))
            left[_NOTE_ROW][0] = note
        return left

    def _counts(self, cells: Sequence[Sequence[object]]) -> dict[str, int]:
        rows = list(small_rows(cells, self._headings, TOLD_BY))
        overdue = [row.cells.get("overdue") for row in rows]
        return {"calls": len(rows), "overdue": sum(isinstance(days, (int, float)) and days > 0 for days in overdue)}

    def problem(self, fault: Fault, row: int) -> Problem:
        """A fault as it is shown, of the row with this number."""
        place = self._places.get(fault.column)
        heading = "" if place is None else str(self.cells[self._head][place]).strip()
        cell = "" if place is None else f"{letters(place)}{row}"
        return Problem(fault.code, "medium", self.sheet, cell, heading, fault.found, fault.wanted, fault.remedy)


def caller(text: str) -> tuple[str, str]:
    """Name and role code of whoever makes a call, as the sheet words them; "" for what it does not say."""
    if role := _role(text):
        return "", role
    bracketed = _LAST_BRACKETS.fullmatch(text)
    if bracketed and (role := _role(bracketed[2])):
        return bracketed[1], role
    return text, ""


def _role(text: str) -> str:
    return next((code for code, names in ROLE_NAMES.items() if text in names), "") or canonical("role", text) or ""


def _read(row: SmallRow, added: Sequence[str], today: dt.date, outcomes: WordTable) -> TypedResult:
    owner, role = caller(row.text("who"))
    due = row.cells.get("due")
    read = TypedResult(
        row.number,
        tuple(split_keys(row.text("key"))),
        row.text("customer"),
        row.text("phone"),
        row.text("plate"),
        owner,
        role,
        due.date() if isinstance(due, dt.datetime) else None,
        notes=row.text("notes"),
        complaint=row.text("complaint"),
        added={name.removeprefix(ADDED): cell for name in added if (cell := row.cells.get(name)) not in (None, "")},
    )
    _Entries(row, today, read, outcomes).read()
    if not read.outcome and not read.faults and any(row.text(name) for name in INPUTS):
        read.faults.append(
            Fault("outcome", "outcome_missing", "", wanted="The outcome of the call", remedy="Choose it from the list.")
        )
    if read.outcome and not (read.keys or read.phone or read.plate):
        read.faults.append(
            Fault(
                "phone",
                "call_of_nobody",
                "",
                wanted="A phone or plate",
                remedy="Enter the phone or the plate of the customer.",
            )
        )
    return read


@dataclass(frozen=True)
class _Entries:
    """Reads the entries of a row that are more than text; what cannot be is noted as a fault."""

    row: SmallRow
    today: dt.date
    result: TypedResult
    outcomes: WordTable

    def read(self) -> None:
        result = self.result
        result.outcome = self._word("outcome", self.outcomes)
        result.objection = self._word("objection", "objection_type")
        self._satisfaction()
        self._wish()
        self._referral()
        result.answers = self._answers()
        result.new_phone = self._new_phone()
        agreed, appointed = self._day_ahead("next_contact"), self._day_ahead("appointment")
        result.next_contact = agreed.date() if agreed else None
        result.appointment = appointed

    def _fault(self, column: str, code: str, *, wanted: str, remedy: str) -> None:
        cell = self.row.cells.get(column)
        if isinstance(cell, dt.datetime):
            cell = cell.date() if cell.time() == dt.time() else cell
        self.result.faults.append(Fault(column, code, str(cell), wanted, remedy))

    def _unknown(self, column: str) -> None:
        self._fault(
            column,
            "word_unknown",
            wanted="a known word",
            remedy="Use one of the known words, or clear the cell.",
        )

    def _cleaned(self, column: str, kind: Kind, words: str | WordTable = "") -> tuple[object, bool]:
        """The value of a cell, and whether it is understood; a blank one is."""
        cell = self.row.cells.get(column)
        if cell in (None, ""):
            return None, True
        cleaned = clean(Grid.of([[cell]]).columns[0], kind, words)
        return cleaned.values.tolist()[0], not len(cleaned.refused)

    def _word(self, column: str, table: str | WordTable) -> str:
        value, understood = self._cleaned(column, Kind.ENUM, table)
        if not understood:
            self._unknown(column)
        return str(value or "")

    def _satisfaction(self) -> None:
        word, understood = self._cleaned("satisfaction", Kind.ENUM, "satisfaction_level")
        points, counted = self._cleaned("satisfaction", Kind.INTEGER)
        if understood:
            self.result.satisfaction = str(word or "")
        elif counted and isinstance(points, float) and 0 <= points <= MOST_POINTS:
            self.result.score = int(points)
        else:
            self._fault(
                "satisfaction",
                "word_unknown",
                wanted="a known word, or points from 0 to 10",
                remedy="Use one of the known words, or clear the cell.",
            )

    def _wish(self) -> None:
        """A word of the list, behind it the model that is wished for."""
        parts = re.split(r"[\s,，:：]+", self.row.text("wish"))
        for count in range(len(parts), 0, -1):
            if wish := canonical("intention", "".join(parts[:count])):
                self.result.wish, self.result.model = wish, " ".join(parts[count:])
                return
        if any(parts):
            self._unknown("wish")

    def _referral(self) -> None:
        text = self.row.text("referral")
        phone, understood = self._cleaned("referral", Kind.PHONE)
        name = _NUMBER_IN_TEXT.sub(" ", text).strip(_AROUND_A_NAME)
        if text and understood and name and _PHONE.fullmatch(str(phone or "")):
            self.result.friend = Friend(name, str(phone))
        elif text:
            self._fault(
                "referral",
                "referral_not_understood",
                wanted="a name and a telephone number",
                remedy="Type the name and the whole number, or clear the cell.",
            )

    def _answers(self) -> dict[int, str]:
        parts = [part.strip() for part in _BETWEEN_ANSWERS.split(self.row.text("answers")) if part.strip()]
        read = [_ANSWER.fullmatch(part) for part in parts]
        numbers = [int(each[1]) for each in read if each]
        if len(set(numbers)) < len(parts):  # one is none, or two are of one question
            self._fault(
                "answers",
                "answers_not_understood",
                wanted="the number of a question and its answer, such as 1: yes; 2: 9",
                remedy="Type number and answer, such as 1: yes; 2: 9, or clear the cell.",
            )
            return {}
        return {int(each[1]): each[2] for each in read if each}

    def _new_phone(self) -> str:
        phone, understood = self._cleaned("new_phone", Kind.PHONE)
        if phone in (None, "") and understood:
            return ""
        if understood and _PHONE.fullmatch(str(phone)):
            return str(phone)
        self._fault(
            "new_phone",
            "phone_not_understood",
            wanted="a telephone number",
            remedy="Type the whole number, or clear the cell.",
        )
        return ""

    def _day_ahead(self, column: str) -> dt.datetime | None:
        moment, understood = self._cleaned(column, Kind.DATE)
        if not understood and column == "appointment":
            self._fault(
                column,
                "date_not_understood",
                wanted="a day and an hour",
                remedy="Type it as YYYY-MM-DD HH:MM, or clear the cell.",
            )
        elif not understood:
            self._fault(
                column, "date_not_understood", wanted="a date", remedy="Type it as YYYY-MM-DD, or clear the cell."
            )
        elif isinstance(moment, dt.datetime):
            likely = LikelyDays.agreed_from(self.today, about=self.today)
            if moment.date() in likely:
                return moment
            if moment.date() > likely.last:
                self._fault(
                    column,
                    "date_unlikely",
                    wanted=str(likely),
                    remedy="Type it with its year, as YYYY-MM-DD, or clear the cell.",
                )
            else:
                self._fault(
                    column,
                    "date_in_the_past",
                    wanted="today or a later day",
                    remedy="Correct the date, or clear the cell.",
                )
        return None
