"""Buttons of the month: plans, services due, surveys, relationships, cards."""

from __future__ import annotations

from xl_retention.actions.convert_prospects import update_cards
from xl_retention.actions.month_plan import plan_month
from xl_retention.actions.relationships import list_relations
from xl_retention.actions.service_due import list_services
from xl_retention.actions.survey_results import count_answers
from xl_retention.buttons.pressed import Action, Pressed, briefly, finish
from xl_retention.sheets.wording import say


def _month_plan(pressed: Pressed) -> None:
    made = plan_month(pressed.book, pressed.now.date(), progress=pressed.progress)
    count, month = len(made.plan.rows), made.plan.month.label
    finish(pressed, "month_plan", count, say("result_plan", made.language, count=count, month=month))
    pressed.book.show(made.sheet)


def _service_due(pressed: Pressed) -> None:
    made = list_services(pressed.book, pressed.now.date(), progress=pressed.progress)
    count, month = len(made.due.cases), made.due.month.label
    result = say("result_services", made.language, count=count, month=month)
    finish(pressed, "service_due", count, result)
    unread = [problem for problem in made.problems if problem.sheet == made.sheet]
    pressed.book.show(made.sheet, unread[0].cell if unread else "")
    if unread:
        pressed.inform("service_due", "\n".join([result, "", *briefly(unread, made.language)]))


def _survey_results(pressed: Pressed) -> None:
    made = count_answers(pressed.book, pressed.now.date(), progress=pressed.progress)
    result = say("result_survey", made.language, count=made.count, month=made.month.label)
    finish(pressed, "survey_results", made.count, result)
    pressed.book.show(made.sheet)


def _relations(pressed: Pressed) -> None:
    made = list_relations(pressed.book, pressed.now.date(), progress=pressed.progress)
    finish(pressed, "relations", len(made.lines), say("result_relations", made.language, count=len(made.lines)))
    pressed.book.show(made.sheet)


def _update_cards(pressed: Pressed) -> None:
    made = update_cards(pressed.book, pressed.now.date(), progress=pressed.progress)
    counts = {"entered": len(made.entered), "customers": len(made.new_customers), "count": len(made.cards)}
    finish(pressed, "update_cards", len(made.entered), say("result_cards", made.language, **counts))
    pressed.book.show(made.sheet)


ACTIONS: dict[str, Action] = {
    "month_plan": _month_plan,
    "service_due": _service_due,
    "survey_results": _survey_results,
    "relations": _relations,
    "update_cards": _update_cards,
}
