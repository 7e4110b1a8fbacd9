"""Apply answers: what somebody chose on the sheet Conflicts is written into the staff's sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.books.book import Book
from xl_retention.domain.coded import Coded
from xl_retention.domain.merging import Clash, Rows
from xl_retention.domain.merging_pairs import NO_ROW, Comparison
from xl_retention.sheets.merging import conflicts_sheet
from xl_retention.sheets.merging.conflicts_sheet import BOTH, MINE, THEIRS, TYPED, Answered, Outcome, Question
from xl_retention.sheets.merging.merge_rows import Copy, CopyTable, read_copy
from xl_retention.sheets.merging.merged_cells import TableWriter, typed_cell
from xl_retention.sheets.wording import both, say


@dataclass
class Applied:
    """
    What came of the answers.

    Args:
        language: Of the workbook.
        sheet: Name of the sheet Conflicts; "" without one.
        done: How many answers were carried out.
        left: How many questions wait.
        refused: Why answers were not carried out, by row of the sheet.
    """

    language: str
    sheet: str = ""
    done: int = 0
    left: int = 0
    refused: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The numbers, and a sentence for each answer that was not carried out."""
        return {"applied": self.done, "left": self.left, "refused": list(self.refused.values())}


def apply_answers(book: Book, now: dt.datetime, who: str, *, write: bool = True, progress: Progress) -> Applied:
    """
    Carries out the answers that were not carried out before.

    Args:
        now: Local time, told beside each answer.
        who: Name of the account, the same.
        write: False leaves the sheet Conflicts as it is; what is put must then not be saved.

    Raises:
        BookRefused: A row has no place, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    copy = read_copy(book)
    made = Applied(copy.language)
    names = {name.casefold() for name in both("conflicts_sheet")}
    if not any(name.casefold() in names for name in book.sheet_names()):
        return made
    made.sheet = own_sheet(book, "conflicts_sheet", made.language, conflicts_sheet.is_ours)
    cells = book.read(made.sheet)
    asked = conflicts_sheet.read(cells)
    progress("writing")
    open_ = [each for each in asked if each.answer and not each.done]
    answers = _Answers(book, copy)
    outcome = {each.number: answers.carry_out(each) for each in open_}
    made.refused = {number: each.why for number, each in outcome.items() if each.why}
    made.done = len(outcome) - len(made.refused)
    made.left = sum(not each.done for each in asked) - made.done
    if write and outcome:
        marked = conflicts_sheet.with_answers(cells, outcome, who, now, made.language)
        book.write(made.sheet, marked, conflicts_sheet.layout(made.language))
    return made


@dataclass
class _Answers:
    book: Book
    copy: Copy
    taken: dict[str, set[str]] = field(default_factory=dict)
    writers: dict[str, TableWriter] = field(default_factory=dict)

    def carry_out(self, answered: Answered) -> Outcome:
        """Writes one answer."""
        question = answered.question
        carry = _HOW.get(question.kind)
        table = self.copy.tables.get(question.table)
        if carry is None or table is None:
            return Outcome()  # there is nothing to write: it was told, and somebody has seen it
        return carry(self, table, question, answered)

    def cell(self, table: CopyTable, question: Question, answered: Answered) -> Outcome:
        """One cell says what was chosen."""
        row = found(table.rows, question.row)
        if row == NO_ROW:
            return self._refused("answer_row_gone")
        chosen = {MINE: question.mine, THEIRS: question.theirs, TYPED: answered.typed}[answered.answer] or ""
        if table.rows.text(row, question.field) == chosen:
            return Outcome(answered.answer)
        return self._change(table, row, {question.field: chosen}, answered.answer)

    def row(self, table: CopyTable, question: Question, answered: Answered) -> Outcome:
        """A row that one side deleted is here, or is not."""
        row = found(table.rows, question.row) if question.row else NO_ROW
        edited = MINE if question.my_row else THEIRS
        side = edited if answered.answer == TYPED else answered.answer
        wanted = question.my_row if side == MINE else question.their_row
        if wanted:
            if row == NO_ROW:
                self._add(table, wanted)
        elif row != NO_ROW:
            self._writer(table).remove([row])
        return Outcome(side)

    def number(self, table: CopyTable, question: Question, answered: Answered) -> Outcome:
        """Two rows under one number: mine alone, theirs in its place, or theirs under a number that was typed."""
        if answered.answer == MINE:
            return Outcome(MINE)
        if answered.answer == THEIRS:
            row = found(table.rows, question.row)
            if row == NO_ROW:
                return self._refused("answer_row_gone")
            texts = {name: question.their_row.get(name, "") for name in {**question.my_row, **question.their_row}}
            return self._change(table, row, texts, THEIRS)
        number = answered.typed.strip()
        taken = self.taken.setdefault(table.rows.table, set(table.rows.column(question.field).texts.tolist()))
        if not number:
            return self._refused("answer_needs_number")
        if number in taken:
            return self._refused("answer_number_taken")
        taken.add(number)
        self._add(table, {**question.their_row, question.field: number})
        return Outcome(BOTH)

    def _refused(self, why: str) -> Outcome:
        return Outcome(why=say(why, self.copy.language))

    def _change(self, table: CopyTable, row: int, texts: Mapping[str, str], side: str) -> Outcome:
        writer = self._writer(table)
        before = len(writer.refused)
        writer.change(row, self._cells(table, texts), texts)
        return self._refused("answer_formula") if len(writer.refused) > before else Outcome(side)

    def _add(self, table: CopyTable, texts: Mapping[str, str]) -> None:
        self._writer(table).add([self._cells(table, texts)])

    def _writer(self, table: CopyTable) -> TableWriter:
        """One for each table: it knows which rows it added."""
        return self.writers.setdefault(table.rows.table, TableWriter(self.book, table))

    def _cells(self, table: CopyTable, texts: Mapping[str, str]) -> dict[str, object]:
        name = table.rows.table
        return {key: typed_cell(name, key, text, self.copy.language) for key, text in texts.items()}


_HOW: Mapping[str, Callable[[_Answers, CopyTable, Question, Answered], Outcome]] = {
    Clash.BOTH_CHANGED.value: _Answers.cell,
    Clash.NEWER_ROW.value: _Answers.cell,
    "formula_kept": _Answers.cell,
    Clash.EDITED_AND_DELETED.value: _Answers.row,
    Clash.ONE_NUMBER.value: _Answers.number,
}
"""What an answer does, by what was asked; of all else nothing is left to write."""


def found(rows: Rows, known: Mapping[str, str]) -> int:
    """Place of the row that says this, or is told apart by it; NO_ROW where it is not here any more."""
    one = Rows(rows.table, {name: _single(text) for name, text in known.items()}, 1, rows.key)
    return int(Comparison(rows, one).pairs[0]) if known else NO_ROW


def _single(text: str) -> Coded:
    return Coded(np.zeros(1, np.int64), np.array([text], object))
