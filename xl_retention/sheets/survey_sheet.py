"""The sheet Survey Results: what was answered in a month, question by question (DOM 2.10, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.dates import Period
from xl_retention.domain.surveys import Answers, overall
from xl_retention.sheets import month_sheet
from xl_retention.sheets.month_sheet import HEADING_ROW
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import both, say, word

MOST_WORDS = 8
"""So many different answers of a question are told, the most frequent first."""
COLUMNS: dict[str, tuple[float, Look]] = {
    "template": (22, "wrapped"), "scenario": (14, "text"), "question_no": (8, "integer"), "question": (54, "wrapped"),
    "answer_words": (48, "wrapped"), "answer_count": (12, "integer"), "average_points": (14, "decimal"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    question = f"${letters(list(COLUMNS).index('question'))}{HEADING_ROW + 1}"
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=month_sheet.TITLE_LOOKS,
        row_colours=(RowColour(f'{question}="{say("all_questions", language)}"', "sum"),),
        tab_colour="7030A0",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def month_in(cells: Sequence[Sequence[object]]) -> Period | None:
    """The month typed above the headings; None where there is none."""
    return month_sheet.month_typed(cells) if not is_blank(cells) and is_ours(cells) else None


def empty(language: str) -> list[list[object]]:
    """The sheet before the first run."""
    return month_sheet.lay_out(
        say("survey_sheet", language), say("survey_empty", language), None, COLUMNS, (), language
    )


def lay_out(answers: Sequence[Answers], month: Period, language: str) -> list[list[object]]:
    """The cells of the sheet: title, count, month, headings, a row per question and one per template."""
    count = sum(each.words.total() for each in answers)
    title, note = say("survey_title", language, month=month.label), say("survey_note", language, count=count)
    return month_sheet.lay_out(title, note, month, COLUMNS, _rows(answers, language), language)


def _rows(answers: Sequence[Answers], language: str) -> Iterator[dict[str, object]]:
    for template, questions in groupby(answers, key=lambda each: each.template):
        told = list(questions)
        name = template.name or template.template_id
        about = {"template": name, "scenario": word("survey_scenario", template.scenario, language)}
        for each in told:
            yield {
                **about,
                "question_no": each.question.number,
                "question": each.question.text,
                "answer_count": each.words.total(),
                "average_points": each.mean,
                "answer_words": _said(each, language),
            }
        yield {
            **about,
            "question": say("all_questions", language),
            "answer_count": sum(each.words.total() for each in told),
            "average_points": overall(told),
        }


def _said(answers: Answers, language: str) -> str:
    between = "；" if language == "zh" else "; "
    frequent = sorted(answers.words.items(), key=lambda each: (-each[1], each[0]))[:MOST_WORDS]
    return between.join(say("answer_part", language, answer=answer, count=count) for answer, count in frequent)
