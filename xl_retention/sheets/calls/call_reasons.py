"""Why each call is on the list, in sentences (DOM 0.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from xl_retention.domain.cadence import MONTH_REPEAT, Rule
from xl_retention.domain.lapse.in_calls import call_order, lapse_score
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import Worklist
from xl_retention.sheets.wording import basis_text, reason_text, rule_name


def reasons(situation: Situation, worklist: Worklist, language: str) -> list[str]:
    """
    Why each call is on the list, a sentence per line; equal contacts share their sentence.

    Where calls are ranked by the lapse score (`lapse_order`), the last line explains the customer's.
    """
    rows = worklist.rows
    items = rows.items
    made: dict[tuple[object, ...], str] = {}
    sentences = []
    columns = (items.rule, items.anchor, items.due, items.deadline, items.moment, items.timed, items.sequence)
    bases = _bases(situation, worklist, language)
    for key in zip(*(column.tolist() for column in columns), bases, strict=True):
        if key not in made:
            made[key] = reason_sentence(situation, key, language)
        sentences.append(made[key])
    told = rows.joined(sentences, "\n")
    if call_order(situation) is None:
        return told
    from xl_retention.sheets.classes.lapse_reasons import why_scores

    months = situation.parameters.integer("lapse_months")
    chances = why_scores(lapse_score(situation), set(rows.party.tolist()), months, language)
    return [
        "\n".join(filter(None, (text, chances.get(party))))
        for text, party in zip(told, rows.party.tolist(), strict=True)
    ]


def _bases(situation: Situation, worklist: Worklist, language: str) -> list[str]:
    """For each item that counts from a due service, what gave that day; "" for the others."""
    items, service = worklist.rows.items, situation.service
    found = [""] * len(items)
    for counts_from, basis in (("first_service", service.first_by), ("maintenance", service.maintenance_by)):
        codes = [rule.code for rule in situation.rules.values() if rule.counts_from == counts_from]
        daily_km = service.driving.daily_km()
        for place in np.flatnonzero(np.isin(items.rule.astype(str), codes)).tolist():
            car = items.car[place]
            found[place] = basis_text(int(basis[car]), float(daily_km[car]), language)
    return found


def reason_sentence(situation: Situation, contact: Sequence[Any], language: str) -> str:
    """
    Why one contact is due, in a sentence.

    Args:
        contact: Rule code, anchor, due day, deadline, its moment, whether that has a clock, sequence, and what
            gave the anchor where that is not plain.
    """
    code, anchor, due, deadline, moment, timed, sequence, basis = contact
    rule = situation.rules[code]
    name = contact_name(situation, rule, sequence, language)
    return reason_text(
        rule, name, anchor, due, deadline, moment if timed else None, situation.date, language, basis
    )


def contact_name(situation: Situation, rule: Rule, sequence: str, language: str) -> str:
    """Name of a contact of a rule; of the repeating month series with its month (DOM 3.8)."""
    if rule.code != MONTH_REPEAT:
        return rule_name(rule, language, sequence)
    first, every = (situation.parameters.integer(f"month_repeat_{name}") for name in ("from", "every"))
    return rule_name(rule, language, sequence, first + every * (int(sequence) - 1))
