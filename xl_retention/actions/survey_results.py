"""Count the answers of the surveys: the button and the command `survey` (DOM 2.10, 6.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.own_sheets import own_sheet, rows_there
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.surveys import Answers, answers_given
from xl_retention.sheets import survey_sheet
from xl_retention.sheets.calls import survey_templates
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.wording import say

ASKED = {
    "customer": ("customer_id", "customer_name", "mobile"),
    "contact_log": ("contact_id", "contact_at", "template_id"),
    "survey_template": ("template_id", "question_no", "name", "scenario", "text", "answer_type", "weight"),
    "survey_answer": ("contact_id", "question_no", "answer", "score"),
}


@dataclass(frozen=True)
class CountedAnswers:
    """
    What the action found.

    Args:
        answers: The questions of all templates in the order of their sheet.
        templates_added: Whether the workbook had no sheet of templates; it has one now.
        cells: As the sheet shows them.
        sheet: Name of the sheet in this workbook.
    """

    month: Period
    answers: list[Answers]
    templates_added: bool
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    @property
    def count(self) -> int:
        """How many answers were given."""
        return sum(each.words.total() for each in self.answers)

    def as_json(self) -> dict[str, object]:
        """Everything but the findings."""
        return {
            "month": self.month.label,
            "templates_added": self.templates_added,
            "questions": [
                {
                    "template_id": each.template.template_id,
                    "scenario": each.template.scenario,
                    "question_no": each.question.number,
                    "text": each.question.text,
                    "count": each.words.total(),
                    "average": each.mean,
                    "answers": dict(sorted(each.words.items())),
                }
                for each in self.answers
            ],
        }


def count_answers(
    book: Book, as_of: dt.date, month: Period | None = None, *, write: bool = True, progress: Progress
) -> CountedAnswers:
    """
    Shows on the sheet Survey Results what was answered in a month; adds the shipped templates to a book without any.

    Args:
        month: Which month; None for the one typed on the sheet, else that of *as_of*.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book, ASKED)
    language = store.language
    name = own_sheet(book, "survey_sheet", language, survey_sheet.is_ours)
    before = rows_there(book, name)
    progress("computing")
    asked = month or survey_sheet.month_in(before) or Period.containing(as_of, "month")
    answers = answers_given(Situation(store, as_of), asked)
    cells = survey_sheet.lay_out(answers, asked, language)
    lacking = not store["survey_template"].present
    if write:
        progress("writing")
        if lacking:
            add_templates(book, language)
        book.write(name, cells, survey_sheet.layout(language))
    return CountedAnswers(asked, answers, lacking, cells, store.problems, language, name)


def add_templates(book: Book, language: str) -> None:
    """Adds the shipped templates, unless a sheet of that name is there already."""
    name = say("templates_sheet", language)
    if name.casefold() not in {each.casefold() for each in book.sheet_names()}:
        book.write(name, survey_templates.lay_out(language), survey_templates.layout(language))
