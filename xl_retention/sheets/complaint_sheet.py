"""The sheet Complaint Clocks: every open complaint, what is due until when, and who has it (DOM 3.4, 6.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.complaint_clock import CONTACT, FOLLOW_UP, PROGRESS, SOLUTION, Deadline, OpenComplaint
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.situation import Situation
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import both, role_name, rule_name, say, word

HEADING_ROW = 3
CLOCKS = {"contact_by": CONTACT, "progress_by": PROGRESS, "solution_by": SOLUTION, "follow_up_by": FOLLOW_UP}
"""Columns of the four clocks."""
COLUMNS: dict[str, tuple[float, Look]] = {
    "complaint_no": (14, "text"), "customer": (14, "wrapped"), "phone": (13, "text"), "received": (16, "datetime"),
    "category": (10, "text"), "with_whom": (18, "wrapped"), "handler": (12, "text"), "complaint_state": (11, "text"),
    **dict.fromkeys(CLOCKS, (16, "datetime")),
    "overdue_steps": (22, "wrapped"), "next_step": (22, "wrapped"), "next_by": (16, "datetime"),
    "rises_at": (16, "datetime"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}


def layout(language: str) -> SheetLayout:
    """Looks of the sheet; what is overdue is red."""
    overdue = letters(list(COLUMNS).index("overdue_steps"))
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(RowColour(f'${overdue}{HEADING_ROW + 1}<>""', "bad"),),
        frozen_columns=2,
        tab_colour="C00000",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def empty(language: str) -> list[list[object]]:
    """The sheet before the first run."""
    return [[say("complaints_sheet", language)], [say("complaints_empty", language)], _headings(language)]


def in_order(complaints: Sequence[OpenComplaint]) -> list[OpenComplaint]:
    """The most overdue first; those on which no clock runs last."""
    return sorted(complaints, key=lambda each: each.deadlines[0].moment if each.deadlines else dt.datetime.max)


def lay_out(
    situation: Situation, complaints: Sequence[OpenComplaint], now: dt.datetime, language: str
) -> list[list[object]]:
    """The cells of the sheet."""
    rows = [row_of(situation, each, language) for each in in_order(complaints)]
    overdue = sum(bool(each.overdue) for each in complaints)
    return [
        [say("complaints_title", language, now=f"{now:%Y-%m-%d %H:%M}")],
        [say("complaints_note", language, count=len(complaints), overdue=overdue)],
        _headings(language),
        *([row.get(name) for name in COLUMNS] for row in rows),
    ]


def row_of(situation: Situation, complaint: OpenComplaint, language: str) -> dict[str, object]:
    """What the sheet says about one complaint, by column."""
    table, identities = situation.store["complaint"], situation.identities
    place = complaint.place
    party = int(identities.complaints.party[place])
    by_rule = {deadline.rule: deadline for deadline in complaint.deadlines}

    def name_of(deadline: Deadline) -> str:
        return rule_name(situation.rules[deadline.rule], language)

    first = next(iter(complaint.deadlines), None)
    received = table.moments("received_at")[place].item()
    return {
        "complaint_no": table.texts("complaint_id")[place],
        "customer": identities.names[party] if party != NOBODY else table.texts("customer_name")[place],
        "phone": identities.mobiles[party] if party != NOBODY else table.texts("mobile")[place],
        "received": received.date() if received.time() == dt.time() else received,
        "category": word("complaint_category", table.texts("category")[place], language),
        "with_whom": role_name(complaint.role, language),
        "handler": table.texts("handler")[place],
        "complaint_state": word("complaint_status", table.texts("status")[place], language),
        **{name: shown(by_rule[rule]) for name, rule in CLOCKS.items() if rule in by_rule},
        "overdue_steps": "\n".join(name_of(deadline) for deadline in complaint.overdue),
        "next_step": name_of(first) if first else "",
        "next_by": shown(first) if first else None,
        "rises_at": complaint.rises_at,
    }


def shown(deadline: Deadline) -> dt.date:
    """The moment, or the day alone where no clock is known."""
    return deadline.moment if deadline.timed else deadline.moment.date()


def _headings(language: str) -> list[object]:
    return [say(name, language) for name in COLUMNS]
