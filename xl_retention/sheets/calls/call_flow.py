"""How a survey call goes: the steps of DOM 6.2 in short, with the questions of its template between them."""

from __future__ import annotations

from collections.abc import Sequence

from xl_retention.domain.situation import Situation
from xl_retention.domain.surveys import SURVEYED, Template, template_of
from xl_retention.domain.worklist import Rows
from xl_retention.sheets.wording import say


def with_surveys(situation: Situation, rows: Rows, points: Sequence[str], language: str) -> list[str]:
    """
    The points of each due contact; the first survey of a call gets its questions.

    Two surveys in one call would have two questions of each number, so the second keeps its points alone.

    Args:
        points: What is raised in each contact without a survey.
    """
    told, items = list(points), rows.items
    if not situation.store["survey_template"].present:
        return told
    codes, party, car = items.rule.tolist(), items.party.tolist(), items.car.tolist()
    for first, count in zip(rows.first.tolist(), rows.count.tolist(), strict=True):
        at = next((place for place in range(first, first + count) if codes[place] in SURVEYED), None)
        if at is None:
            continue
        template = template_of(situation, codes[at], party[at], car[at], items.anchor[at])
        if template:
            told[at] = flow(situation, template, language)
    return told


def flow(situation: Situation, template: Template, language: str) -> str:
    """The steps of a call with these questions, one a line."""
    minutes = situation.parameters.number("survey_minutes")
    lines = [
        say("flow_open", language, name=template.name or template.template_id, minutes=f"{minutes:g}"),
        *(f"{question.number}. {question.text}" for question in template.questions),
        say("flow_branches", language),
        say("flow_close", language) + _hotlines(situation, language),
    ]
    return "\n".join(lines)


def _hotlines(situation: Situation, language: str) -> str:
    numbers = [situation.parameters.text(f"hotline_{whose}") for whose in ("store", "maker")]
    known = ", ".join(filter(None, numbers))
    return say("flow_hotlines", language, numbers=known) if known else ""
