"""The sheet Month Plan: whom to contact in a month and why; the sales manager assigns who, when and how (DOM 3.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.dates import Period
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.month_plan import GROUP_CODES, OVERDUE, Membership, MonthPlan, PlanRow
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.sheets import month_sheet
from xl_retention.sheets.calls.call_reasons import reason_sentence
from xl_retention.sheets.month_sheet import HEADING_ROW, MONTH_ROW
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.typed_cells import OWN_ROW, TypedCells, TypedRow
from xl_retention.sheets.typed_days import day_in, unread_days
from xl_retention.sheets.wording import WORDS, both, day_text, say, word

METHODS = ("DC", "DM", "上门", "邮件", "短信")
"""How a customer may be contacted (DOM 3.7), as in JSON; their words stand in `wording` under `method_…`."""

INPUTS = ("assigned_to", "planned_date", "method", "tools", "checked_by", "checked_at")
"""Columns that the manager fills."""

COLUMNS: dict[str, tuple[float, Look]] = {
    "customer": (13, "wrapped"), "phone": (13, "text"), "plate": (10, "text"), "model": (13, "wrapped"),
    "plan_groups": (18, "wrapped"), "reasons": (34, "wrapped"), "messages_allowed": (11, "text"),
    "advisor": (12, "text"), "assigned_to": (12, "input"), "planned_date": (12, "input_date"),
    "method": (10, "input"), "tools": (18, "input"), "checked_by": (11, "input"), "checked_at": (12, "input_date"),
    "key": (6, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
_PLACES = {name: place for place, name in enumerate(COLUMNS)}


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    first, groups = HEADING_ROW + 1, letters(_PLACES["plan_groups"])
    overdue = say(f"group_{OVERDUE}", language)
    methods = tuple(method_name(method, language) for method in METHODS)
    return SheetLayout(
        tuple(
            ColumnLayout(width, look, methods if name == "method" else ()) for name, (width, look) in COLUMNS.items()
        ),
        heading_row=HEADING_ROW,
        title_looks=month_sheet.TITLE_LOOKS,
        looks={(MONTH_ROW - 1, 1): "note"},
        row_colours=(RowColour(f'ISNUMBER(SEARCH("{overdue}",${groups}{first}))', "bad"),),
        coloured=(_PLACES["plan_groups"],),
        printed_columns=_PLACES["key"],
        frozen_columns=1,
        tab_colour="2E75B6",
        input_from=_PLACES[INPUTS[0]],
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a plan of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_plan(cells)


def is_plan(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a plan, filled or not."""
    return heading_row(cells, HEADINGS, ("key", *INPUTS)) is not None


def month_in(cells: Sequence[Sequence[object]]) -> Period | None:
    """The month typed above the headings; None where there is none."""
    return month_sheet.month_typed(cells) if is_plan(cells) else None


def method_name(method: str, language: str) -> str:
    """A method as it is read; one that the store thought of itself stays as it is."""
    key = f"method_{method}"
    return say(key, language) if key in WORDS else method


def _method(text: str) -> str:
    """The method that a cell names, in either language; another text stays."""
    return next(
        (method for method in METHODS if text.casefold() in {word.casefold() for word in both(f"method_{method}")}),
        text,
    )


def key_of(situation: Situation, row: PlanRow) -> str:
    """What tells a row of the plan apart: number of the customer and VIN."""
    identities = situation.identities
    return f"{identities.ids[row.party]}/{identities.car_ids[row.car] if row.car != NO_CAR else ''}"


def reasons(situation: Situation, plan: MonthPlan, row: PlanRow, language: str) -> str:
    """Why somebody is in the plan, a sentence per line."""
    return "\n".join(_reason(situation, plan, reason, language) for reason in row.reasons)


def _reason(situation: Situation, plan: MonthPlan, reason: Membership, language: str) -> str:
    name = say(f"group_{reason.group}", language)
    if reason.group == OVERDUE:
        items, at = plan.items, reason.item
        columns = (items.rule, items.anchor, items.due, items.deadline, items.moment, items.timed, items.sequence)
        contact = (*(column[at : at + 1].tolist()[0] for column in columns), "")
        told = reason_sentence(situation, contact, language)
    elif reason.day is None:
        return name
    else:
        day = day_text(reason.day.astype("datetime64[D]").item(), situation.date, language)
        told = say(f"since_{reason.group}", language, day=day)
    return f"{name}：{told}" if language == "zh" else f"{name}: {told}"


@dataclass(frozen=True)
class Assigned:
    """
    What the manager decided for one row.

    Args:
        advisor: Who contacts the customer: whoever is assigned, else the customer's own sales advisor.
        planned: Day of the contact; None while it is open.
        method: One of `METHODS`, or the manager's own word; "" while it is open.
        tools: Material to use.
    """

    advisor: str
    planned: dt.date | None = None
    method: str = ""
    tools: str = ""


def assigned(typed: Mapping[str, object], advisor: str) -> Assigned:
    """What stands in the yellow cells of a row."""

    def text(name: str) -> str:
        return str(typed.get(name) or "").strip()

    return Assigned(
        text("assigned_to") or advisor, day_in(typed.get("planned_date")), _method(text("method")), text("tools")
    )


def typed_problems(typed: TypedCells, sheet: str, language: str) -> list[Problem]:
    """Planned days that cannot be read."""
    return unread_days(typed, "planned_date", sheet, language)


def typed_for(cells: Sequence[Sequence[object]], month: Period) -> TypedCells:
    """
    What the manager typed so far, as far as it concerns a month.

    What was planned for a day before it leaves the sheet together with the month that it belonged to.
    """
    typed = TypedCells.of(cells, HEADINGS, INPUTS)
    shown = month_in(cells)
    if shown is None or shown == month:
        return typed
    kept = {
        key: row
        for key, row in typed.by_key.items()
        if (day := day_in(row.inputs.get("planned_date"))) is None or day >= month.start
    }
    return TypedCells(kept, typed.added)


def lay_out(situation: Situation, plan: MonthPlan, typed: TypedCells, language: str) -> list[list[object]]:
    """The cells of the sheet: title, counts, month, headings, the plan, and what is typed but no longer planned."""
    rows = [_row(situation, plan, row, language) for row in plan.rows]
    there = {row["key"] for row in rows}
    for row in rows:
        row.update(typed.inputs_of(str(row["key"])))
    rows += [_left_over(key, kept, language) for key, kept in typed.by_key.items() if key not in there]
    title, note = say("plan_title", language, month=plan.month.label), say("plan_note", language, count=len(plan.rows))
    return month_sheet.lay_out(
        title, note, plan.month, COLUMNS, rows, language, added=typed.added, beside=_counts(plan, language)
    )


def _counts(plan: MonthPlan, language: str) -> str:
    """How many rows each group has, in words."""
    counted = ((say(f"group_{code}", language), plan.count(code)) for code in GROUP_CODES)
    sign, between = ("", "、") if language == "zh" else (" ", ", ")
    return between.join(f"{name}{sign}{count}" for name, count in counted if count)


def empty(language: str) -> list[list[object]]:
    """The sheet before the first plan."""
    return month_sheet.lay_out(say("plan_sheet", language), say("plan_empty", language), None, COLUMNS, (), language)


def _row(situation: Situation, plan: MonthPlan, row: PlanRow, language: str) -> dict[str, object]:
    identities, vehicles = situation.identities, situation.store.vehicles
    party, car = row.party, row.car
    listed = 0 <= car < len(vehicles)
    groups = (say(f"group_{code}", language) for code in row.groups)
    return {
        "customer": identities.names[party] or identities.ids[party],
        "phone": identities.mobiles[party],
        "plate": identities.plates[car] if car != NO_CAR else "",
        "model": (vehicles.texts("model")[car] or vehicles.texts("series")[car]) if listed else "",
        "plan_groups": "\n".join(groups),
        "reasons": reasons(situation, plan, row, language),
        "messages_allowed": _allowed(situation, party, language),
        "advisor": plan.advisors[party],
        "key": key_of(situation, row),
    }


def _allowed(situation: Situation, party: int, language: str) -> str:
    """Whether the customer agreed to messages; prospects and accounts were not asked."""
    customers = situation.store.customers
    if party >= len(customers):
        return ""
    return word("yes_no", "yes" if customers.flags("consent_marketing")[party] else "no", language)


def _left_over(key: str, kept: TypedRow, language: str) -> dict[str, object]:
    """A row that is not in the plan but holds something typed: it stays as it was, and says so."""
    row = dict(kept.row)
    if not key.startswith(OWN_ROW):
        told = str(row.get("reasons") or "")
        for sentence in both("no_longer_planned"):
            told = told.removeprefix(sentence).lstrip()
        row |= {"reasons": f"{say('no_longer_planned', language)} {told}".strip(), "plan_groups": None}
    return row
