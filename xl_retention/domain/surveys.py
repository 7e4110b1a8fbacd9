"""Surveys of the follow-up calls: which questions belong to a call, and what was answered (DOM 2.10, 3.4, 6.2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xl_retention.domain.contact_log import key_rule
from xl_retention.domain.dates import Period
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags
from xl_retention.domain.tiers import HIGH

SALES, REPAIR, VIP, COMPANY, MAJOR = "销售", "维修", "VIP", "企业", "大修"
"""Scenarios of a template (DOM 2.10)."""
POINTS, YES_NO, SATISFACTION, FREE = "0-10分", "是否", "满意度", "文字"
"""Types of answer."""
SURVEYED = {"DLV-7D-CS": SALES, "SVC-3D": REPAIR}
"""Rules whose call is a survey, and its usual scenario."""
ORGANISATION = "单位"
MOST_POINTS = 10


@dataclass(frozen=True)
class Question:
    """One question of a template; a blank type of answer is free text, a blank weight is 1."""

    number: int
    text: str
    answer_type: str
    weight: float


@dataclass(frozen=True)
class Template:
    """The questions of one scenario, by number."""

    template_id: str
    name: str
    scenario: str
    questions: tuple[Question, ...]

    def question(self, number: int) -> Question | None:
        """The question of a number."""
        return next((each for each in self.questions if each.number == number), None)


def templates(situation: Situation) -> Mapping[str, Template]:
    """By scenario the first template of the sheet that has questions; empty in a store without templates."""
    found: dict[str, Template] = {}
    for template in situation.once(all_templates):
        if template.questions:
            found.setdefault(template.scenario, template)
    return found


def all_templates(situation: Situation) -> tuple[Template, ...]:
    """The templates in the order of the sheet; name and scenario may stand in any row of theirs."""
    table = situation.store["survey_template"]
    ids, names, scenarios = (table.texts(name).tolist() for name in ("template_id", "name", "scenario"))
    rows: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(ids):
        rows[number or scenarios[place]].append(place)
    return tuple(
        Template(
            number,
            next((names[place] for place in places if names[place]), ""),
            next((scenarios[place] for place in places if scenarios[place]), ""),
            _questions(situation, places),
        )
        for number, places in rows.items()
    )


def _questions(situation: Situation, places: Sequence[int]) -> tuple[Question, ...]:
    table = situation.store["survey_template"]
    numbers, weights = table.numbers("question_no"), table.numbers("weight")
    texts, types = table.texts("text"), table.texts("answer_type")
    asked: dict[int, Question] = {}
    for place in places:
        if texts[place] and not np.isnan(numbers[place]):
            weight = 1.0 if np.isnan(weights[place]) else float(weights[place])
            number = int(numbers[place])
            asked.setdefault(number, Question(number, texts[place], types[place] or FREE, weight))
    return tuple(asked[number] for number in sorted(asked))


def template_of(situation: Situation, rule: str, party: int, car: int, anchor: np.datetime64) -> Template | None:
    """
    The questions of a call.

    After a repair the most serious case goes first: a major repair, then a very important customer, then a
    company; a scenario without a template has the usual one (DOM 3.4).

    Args:
        rule: Rule code.
        party, car: Places in `Identities`; negative for nobody and no car.
        anchor: Day of the delivery, or on which the car left the workshop.

    Returns:
        None for a call without a survey, and in a store without templates.
    """
    usual = SURVEYED.get(rule, "")
    known = templates(situation) if usual else {}
    if not known:
        return None
    cases = [usual] if usual != REPAIR else [*_of_repair(situation, party, car, anchor), usual]
    return next((known[case] for case in cases if case in known), None)


def _of_repair(situation: Situation, party: int, car: int, anchor: np.datetime64) -> list[str]:
    customers = situation.store.customers
    on_file = 0 <= party < len(customers)
    holds = {
        MAJOR: (car, anchor) in situation.once(_major_repairs),
        VIP: on_file and bool(situation.once(_very_important)[party]),
        COMPANY: on_file and customers.texts("customer_type")[party] == ORGANISATION,
    }
    return [case for case, fits in holds.items() if fits]


def _major_repairs(situation: Situation) -> frozenset[tuple[int, np.datetime64]]:
    """Cars with the day on which they left after a major repair."""
    table = situation.store["service_visit"]
    rows = np.flatnonzero(table.flags("major_repair"))
    came, left = table.days("visit_date")[rows], table.days("checkout_date")[rows]
    return frozenset(
        zip(situation.identities.visits.car[rows].tolist(), np.where(np.isnat(left), came, left), strict=True)
    )


def _very_important(situation: Situation) -> Flags:
    """Customers with a car of high value (DOM 4.5: "VIP plan group")."""
    flags = np.zeros(situation.identities.customer_count + 1, np.bool_)
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    flags[owner[situation.value_tier == HIGH]] = True
    return flags[:-1]


def template_of_keys(situation: Situation, keys: Sequence[str]) -> Template | None:
    """The questions of a call by its due keys: those of the first that is a survey."""
    identities = situation.identities
    for key in keys:
        parts = key.split("/")
        if key_rule(key) not in SURVEYED or len(parts) < 5:
            continue
        party = identities.party_places.get("/".join(parts[:-4]), -1)
        car = situation.once(_cars).get(parts[-4], -1)
        return template_of(situation, parts[-3], int(party), car, np.datetime64(parts[-2], "D"))
    return None


def _cars(situation: Situation) -> Mapping[str, int]:
    ids = situation.identities.car_ids.tolist()
    return {name: place for place, name in reversed(list(enumerate(ids)))}


@dataclass
class Answers:
    """
    What was answered to one question.

    Args:
        words: How often each answer was given.
        scores: The points.
    """

    template: Template
    question: Question
    words: Counter[str] = field(default_factory=Counter)
    scores: list[float] = field(default_factory=list)

    @property
    def mean(self) -> float | None:
        """Average of the points; None without any."""
        return sum(self.scores) / len(self.scores) if self.scores else None


def answers_given(situation: Situation, period: Period) -> list[Answers]:
    """The questions of all templates with what was answered in the contacts of a period."""
    found = {
        (template.template_id, question.number): Answers(template, question)
        for template in situation.once(all_templates)
        for question in template.questions
    }
    log, table = situation.store["contact_log"], situation.store["survey_answer"]
    days, contacts = log.days("contact_at"), log.texts("contact_id").tolist()
    held = np.flatnonzero(period.holds(days))
    used = {contacts[place]: log.texts("template_id")[place] for place in held.tolist() if contacts[place]}
    numbers, scores = table.numbers("question_no"), table.numbers("score")
    for place, contact in enumerate(table.texts("contact_id").tolist()):
        number = numbers[place]
        told = None if np.isnan(number) else found.get((used.get(contact, ""), int(number)))
        if told:
            told.words[table.texts("answer")[place]] += 1
            if not np.isnan(scores[place]):
                told.scores.append(float(scores[place]))
    return list(found.values())


def overall(answers: Sequence[Answers]) -> float | None:
    """Average of the points of a template's questions by their weights; None without any points."""
    rated = [each for each in answers if each.mean is not None and each.question.weight > 0]
    weights = sum(each.question.weight for each in rated)
    return sum((each.mean or 0.0) * each.question.weight for each in rated) / weights if weights else None
