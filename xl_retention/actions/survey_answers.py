"""Answers typed beside a survey call: checked against its questions, and what of them is kept (DOM 2.10, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from xl_retention.domain.situation import Situation
from xl_retention.domain.surveys import (
    MOST_POINTS,
    POINTS,
    SATISFACTION,
    YES_NO,
    Question,
    Template,
    template_of_keys,
)
from xl_retention.domain.words import canonical
from xl_retention.sheets.calls.typed_results import Fault, TypedResult

_REMEDIES = {
    "points from 0 to 10": "Type points from 0 to 10.",
    "yes or no": "Type yes or no.",
    "a word of satisfaction": "Type points from 0 to 10, or a word of satisfaction.",
}
"""What to do about an answer, by what was wanted; a message box has no room for both."""


class SurveyAnswers:
    """
    The surveys of a store, and the answers typed beside its calls.

    Args:
        situation: The store on the day.
    """

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    def check(self, result: TypedResult) -> None:
        """Notes answers that cannot be as faults; what is said about satisfaction holds for the whole call."""
        if not result.answers:
            return
        template = self._template(result)
        for number, text in result.answers.items():
            question = template.question(number) if template else None
            if question is None:
                remedy = "This call has no questions; clear the cell."
                if template:
                    remedy = "Use the numbers of the questions beside the call."
                result.faults.append(_fault(f"{number}: {text}", "question_unknown", "a question of this call", remedy))
            elif wanted := _wanted(question, text):
                result.faults.append(_fault(f"{number}: {text}", "answer_not_understood", wanted, _REMEDIES[wanted]))
            elif question.answer_type == SATISFACTION:
                _satisfied(result, text)

    def template_id(self, result: TypedResult) -> str:
        """Whose questions were answered; "" where none was."""
        template = self._template(result) if result.answers else None
        return template.template_id if template else ""

    def rows(self, result: TypedResult, contact_id: str) -> Iterator[dict[str, object]]:
        """The rows of the answers, by field."""
        template = self._template(result) if result.answers else None
        for number, text in result.answers.items():
            question = template.question(number) if template else None
            points = _points(text) if question and question.answer_type in (POINTS, SATISFACTION) else None
            yield {"contact_id": contact_id, "question_no": number, "answer": text, "score": points}

    def _template(self, result: TypedResult) -> Template | None:
        return template_of_keys(self._situation, result.keys)


def _wanted(question: Question, text: str) -> str:
    """What an answer should have been; "" where it is one."""
    wanted = {POINTS: "points from 0 to 10", YES_NO: "yes or no", SATISFACTION: "a word of satisfaction"}
    has_points = _points(text) is not None
    fits = {
        POINTS: has_points,
        YES_NO: canonical("yes_no", text) is not None,
        SATISFACTION: has_points or bool(canonical("satisfaction_level", text)),
    }
    return "" if fits.get(question.answer_type, True) else wanted[question.answer_type]


def _points(text: str) -> float | None:
    try:
        points = float(text.removesuffix("分"))
    except ValueError:
        return None
    return points if 0 <= points <= MOST_POINTS else None


def _satisfied(result: TypedResult, text: str) -> None:
    """Takes an answer for the satisfaction of the call, unless that is typed in its own column."""
    if result.satisfaction or result.score is not None:
        return
    points = _points(text)
    if points is None:
        result.satisfaction = canonical("satisfaction_level", text) or ""
    else:
        result.score = int(points)


def _fault(found: str, code: str, wanted: str, remedy: str) -> Fault:
    return Fault("answers", code, found, wanted, remedy)
