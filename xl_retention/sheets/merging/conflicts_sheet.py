"""The sheet Conflicts: what a merge could not settle, with what each side says, and which of it is to count."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as filled_with

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.merging.merged_cells import field_of
from xl_retention.sheets.small_tables import SmallRow, heading_row, is_blank, small_rows
from xl_retention.sheets.staff_sheets import heading as heading_of
from xl_retention.sheets.wording import both, say

HEADING_ROW = 3
MINE, THEIRS, TYPED = "mine", "theirs", "typed"
CHOICES = (MINE, THEIRS, TYPED)
BOTH = "both"
"""What is in force where the rows of both sides are kept."""
COLUMNS: dict[str, tuple[float, Look]] = {
    "conflict": (24, "wrapped"), "table": (13, "text"), "row_key": (16, "wrapped"), "field_heading": (16, "wrapped"),
    "base": (20, "wrapped"), "mine": (26, "wrapped"), "theirs": (26, "wrapped"), "copy_name": (14, "wrapped"),
    "stands": (15, "text"), "answer": (22, "input"), "typed": (24, "input"), "answered_by": (14, "text"),
    "answered_on": (17, "datetime"), "conflict_data": (26, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
KEPT_TEXT = 30_000
"""Longest text of a cell, a little below what Excel takes."""


@dataclass(frozen=True)
class Question:
    """
    A conflict as it is kept on the sheet, with all that an answer needs.

    Args:
        kind: Why it is asked.
        table: Of the row.
        row: The fields by which the row here is found; blank where it is not here.
        key: How it is named.
        field: Of the cell; "" for a whole row.
        base: What it said before, None where nobody knows.
        mine: What is said here.
        theirs: What the copy says.
        copy: Name of the copy.
        stands: Which side is in the workbook until it is answered.
        their_row: The whole row of the copy where a row is asked about.
        my_row: The whole row here, the same.
    """

    kind: str
    table: str
    key: str
    field: str
    base: str | None
    mine: str | None
    theirs: str | None
    copy: str
    stands: str
    row: Mapping[str, str] = filled_with(default_factory=dict)
    their_row: Mapping[str, str] = filled_with(default_factory=dict)
    my_row: Mapping[str, str] = filled_with(default_factory=dict)

    @property
    def same(self) -> tuple[object, ...]:
        """What two questions have in common if they ask the same."""
        return self.kind, self.table, self.key, self.field, self.mine, self.theirs

    def as_json(self) -> dict[str, object]:
        """The promised keys, and what else is known."""
        owner, _, name = self.field.rpartition(".")
        table = owner or ("customer" if self.table == "customer with car" else self.table)
        return {
            "table": table, "key": self.key, "field": name, "kind": self.kind, "base": self.base, "mine": self.mine,
            "theirs": self.theirs, "copy": self.copy, "stands": self.stands,
        }  # fmt: skip

    def packed(self) -> str:
        """All of it as one text."""
        rows = {"row": dict(self.row), "their_row": dict(self.their_row), "my_row": dict(self.my_row)}
        return json.dumps({**self.__dict__, **rows}, ensure_ascii=False)

    @classmethod
    def unpacked(cls, text: str) -> Question | None:
        """The question that `packed` wrote; None for a text of somebody else's."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


@dataclass(frozen=True)
class Outcome:
    """
    What came of an answer.

    Args:
        stands: Which side is in the workbook now; "" where nothing was written.
        why: Why the answer was not carried out, in words; "" if it was.
    """

    stands: str = ""
    why: str = ""


@dataclass(frozen=True)
class Answered:
    """A row of the sheet.

    Args:
        number: Of the row in the sheet.
        question: What was asked.
        answer: One of CHOICES; "" as long as nobody answered.
        typed: What is to be there instead of either side.
        done: Whether the answer was carried out before.
    """

    number: int
    question: Question
    answer: str
    typed: str
    done: bool


def layout(language: str) -> SheetLayout:
    """Looks of the sheet; a row that waits is amber, an answered one grey."""
    answered = letters(list(COLUMNS).index("answered_on"))
    choices = tuple(say(f"answer_{choice}", language) for choice in CHOICES)
    first = HEADING_ROW + 1
    return SheetLayout(
        tuple(
            ColumnLayout(width, look, choices if name == "answer" else ()) for name, (width, look) in COLUMNS.items()
        ),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(RowColour(f'${answered}{first}<>""', "quiet"),),
        printed_columns=len(COLUMNS) - 1,
        tab_colour="C00000",
        input_from=list(COLUMNS).index("answer"),
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a list of conflicts of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_conflicts(cells)


def is_conflicts(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a list of conflicts."""
    return heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def read(cells: Sequence[Sequence[object]]) -> list[Answered]:
    """The questions on the sheet, with what was answered."""
    known = {word.casefold(): choice for choice in CHOICES for word in (*both(f"answer_{choice}"), choice)}
    found = []
    for row in small_rows(cells, HEADINGS, ("conflict_data", "answer")):
        question = Question.unpacked(row.text("conflict_data"))
        if question is None:
            continue
        typed = _typed(row)
        answer = known.get(row.text("answer").casefold(), TYPED if typed and not row.text("answer") else "")
        found.append(Answered(row.number, question, answer, typed, bool(row.text("answered_on"))))
    return found


def _typed(row: SmallRow) -> str:
    cell = row.cells.get("typed")
    if isinstance(cell, dt.datetime):
        return cell.isoformat().removesuffix("T00:00:00")
    return row.text("typed")


def lay_out(before: Sequence[Sequence[object]], new: Sequence[Question], language: str) -> list[list[object]]:
    """
    The cells of the sheet: new questions above those that stand there; one that stands there is not asked again.

    Args:
        before: The sheet as it is, blank for a new one.
    """
    known = {each.question.same for each in read(before)}
    rows = [row_in_words(question, language) for question in new if question.same not in known]
    earlier = [[row.cells.get(name) for name in COLUMNS] for row in small_rows(before, HEADINGS, tuple(COLUMNS))]
    return [
        [say("conflicts_title", language)],
        [say("conflicts_note", language)],
        [say(name, language) for name in COLUMNS],
        *rows,
        *earlier,
    ]


def with_answers(
    cells: Sequence[Sequence[object]], done: Mapping[int, Outcome], who: str, when: dt.datetime, language: str
) -> list[list[object]]:
    """
    The sheet with who answered, when, and what is in force since.

    Args:
        done: By number of the row what came of it.
    """
    found = heading_row(cells, HEADINGS, tuple(COLUMNS))
    made = [list(row) for row in cells]
    places = found[1] if found else {}
    for number, outcome in done.items():
        row = made[number - 1]
        row += [None] * (max(places.values()) + 1 - len(row))
        row[places["answered_by"]] = outcome.why or who
        row[places["answered_on"]] = None if outcome.why else when
        if outcome.stands:
            row[places["stands"]] = say(f"answer_{outcome.stands}", language)
    return made


def row_in_words(question: Question, language: str) -> list[object]:
    """The cells of a question, in the order of the columns."""
    shown: dict[str, object] = {
        "conflict": say(f"clash_{question.kind}", language),
        "table": say_table(question, language),
        "row_key": question.key,
        "field_heading": heading_in_words(question.table, question.field, language),
        "base": _short(question.base),
        "mine": _short(_in_words(question, question.my_row, language) or question.mine),
        "theirs": _short(_in_words(question, question.their_row, language) or question.theirs),
        "copy_name": question.copy,
        "stands": say(f"answer_{question.stands}", language),
        "conflict_data": question.packed(),
    }
    return [shown.get(name) for name in COLUMNS]


def say_table(question: Question, language: str) -> str:
    """The table of a question, as its sheet is called."""
    table = str(question.as_json()["table"])
    if table not in ENTITIES:
        return table
    names = ENTITIES[table].sheet_names
    return names[0] if language == "zh" else next((name for name in names if name.isascii()), table)


def heading_in_words(table: str, name: str, language: str) -> str:
    """A field as it is headed in this language; a column of the staff's own as they call it."""
    asked = field_of(table, name)
    return heading_of(asked, language) if asked else name


def _in_words(question: Question, row: Mapping[str, str], language: str) -> str:
    """A whole row under the headings of this language."""
    return "; ".join(f"{heading_in_words(question.table, name, language)}: {text}" for name, text in row.items())


def _short(text: str | None) -> str | None:
    return None if text is None else text[:KEPT_TEXT]
