"""The sheet Yellow Card Plan: the cards of a month's deliveries with all planned contacts, to print and to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.domain.cards import YellowCard
from xl_retention.domain.dates import Period
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.owners import OWNER_FIELDS
from xl_retention.domain.situation import Situation
from xl_retention.sheets import month_sheet
from xl_retention.sheets.calls.call_reasons import contact_name
from xl_retention.sheets.month_sheet import HEADING_ROW
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.typed_cells import TypedCells
from xl_retention.sheets.wording import both, choices, points_text, role_name, say

INPUTS = ("manager_check", "notes")
"""Columns that the manager fills."""
COLUMNS: dict[str, tuple[float, Look]] = {
    "filed_under": (10, "text"), "card_no": (13, "text"), "customer": (13, "wrapped"), "phone": (13, "text"),
    "plate": (10, "text"), "delivered": (12, "date"), "planned_contact": (22, "wrapped"), "due": (12, "date"),
    "deadline": (12, "date"), "with_person": (15, "wrapped"), "points": (44, "wrapped"),
    "manager_check": (10, "input"), "notes": (18, "input"), "key": (6, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    names = list(COLUMNS)
    return SheetLayout(
        tuple(
            ColumnLayout(width, look, choices("yes_no", language) if name == "manager_check" else ())
            for name, (width, look) in COLUMNS.items()
        ),
        heading_row=HEADING_ROW,
        title_looks=month_sheet.TITLE_LOOKS,
        printed_columns=names.index("key"),
        frozen_columns=3,
        tab_colour="FFC000",
        input_from=names.index(INPUTS[0]),
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_plan(cells)


def is_plan(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a plan, filled or not."""
    return heading_row(cells, HEADINGS, ("key", *INPUTS)) is not None


def month_in(cells: Sequence[Sequence[object]]) -> Period | None:
    """The month typed above the headings; None where there is none."""
    return month_sheet.month_typed(cells) if is_plan(cells) else None


def empty(language: str) -> list[list[object]]:
    """The sheet before the first run."""
    return month_sheet.lay_out(
        say("yellow_sheet", language), say("yellow_empty", language), None, COLUMNS, (), language
    )


def lay_out(
    situation: Situation,
    cards: Sequence[YellowCard],
    numbers: Mapping[int, str],
    month: Period,
    typed: TypedCells,
    language: str,
) -> list[list[object]]:
    """
    The cells of the sheet; what was checked or noted stays, of other months below.

    Args:
        numbers: Number of the card by customer.
    """
    rows = [row for card in cards for row in _rows(situation, card, numbers.get(card.party, ""), language)]
    there = {row["key"] for row in rows}
    for row in rows:
        row.update(typed.inputs_of(str(row["key"])))
    rows += [dict(kept.row) | dict(kept.inputs) for key, kept in typed.by_key.items() if key not in there]
    title, note = say("yellow_title", language, month=month.label), say("yellow_note", language, count=len(cards))
    return month_sheet.lay_out(title, note, month, COLUMNS, rows, language, added=typed.added)


def _rows(situation: Situation, card: YellowCard, number: str, language: str) -> list[dict[str, object]]:
    identities, plan = situation.identities, card.plan
    keys = plan.keys(identities.ids, identities.car_ids)
    rows = []
    for place, key in enumerate(keys):
        rule, car = situation.rules[plan.rule[place]], int(plan.car[place])
        role = plan.role[place]
        rows.append(
            {
                "filed_under": f"{card.delivered:%Y-%m}",
                "card_no": number,
                "customer": identities.names[card.party] or identities.ids[card.party],
                "phone": identities.mobiles[card.party],
                "plate": identities.plates[car if car != NO_CAR else card.car],
                "delivered": card.delivered,
                "planned_contact": contact_name(situation, rule, plan.sequence[place], language),
                "due": plan.due[place].item(),
                "deadline": plan.deadline[place].item(),
                "with_person": _owner(situation, card.party, role) or role_name(role, language),
                "points": points_text(rule.code, language),
                "key": key,
            }
        )
    return rows


def _owner(situation: Situation, party: int, role: str) -> str:
    """Who of the store looks after the customer in a role; "" where nobody is named."""
    return str(situation.store.customers.texts(OWNER_FIELDS[role])[party]) if role in OWNER_FIELDS else ""
