"""Check complaints: the button and the command `complaints` (DOM 3.4, 6.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet, write_checks
from xl_retention.books.book import Book
from xl_retention.domain.anchors.complaints import LEVEL_ROLES
from xl_retention.domain.complaint_clock import (
    ESCALATED,
    FOLLOW_UP,
    IN_PROGRESS,
    SOLUTION,
    OpenComplaint,
    complaint_problems,
    known_at,
    open_complaints,
)
from xl_retention.domain.dates import iso
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.numbering import Numbers
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store, Table
from xl_retention.sheets import complaint_sheet
from xl_retention.sheets.added_columns import add_columns
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.staff_rows import RowPlace, StaffRows
from xl_retention.sheets.wording import role_name, say

ASKED = {
    **NEEDED,
    "complaint": (*NEEDED["complaint"], "channel", "satisfied_after", "compensation", "approved_by"),
    "contact_log": (*NEEDED["contact_log"], "complaint_id"),
}
STARTED_AGAIN = ("resolved_at", "followup_at", "satisfied_after")
"""What a reopened complaint has not got any more; the log keeps when it was thought to be solved."""
SPARE = ("contact_id", "customer_name", "mobile", "vin", "plate_no", "role", "staff")
"""Fields of the log that only repeat or explain."""


@dataclass(frozen=True)
class CheckedComplaints:
    """
    What the action found and did or, in a dry run, would do.

    Args:
        situation: After the steps.
        complaints: The open ones, after the steps, in the order of the sheet.
        risen, reopened: Numbers of the complaints that went up, and of those that started again.
        language: Of the words written.
        sheet: Name of the sheet that shows them.
    """

    situation: Situation
    now: dt.datetime
    complaints: tuple[OpenComplaint, ...]
    risen: tuple[str, ...]
    reopened: tuple[str, ...]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    @property
    def overdue(self) -> int:
        """How many complaints have a clock that has run out."""
        return sum(bool(each.overdue) for each in self.complaints)

    def as_json(self) -> list[dict[str, object]]:
        """The complaints with canonical words; moments in ISO form, without clock where none is known."""
        return [self._row(each) for each in self.complaints]

    def _row(self, complaint: OpenComplaint) -> dict[str, object]:
        table, identities = self.situation.store["complaint"], self.situation.identities
        place = complaint.place
        party = int(identities.complaints.party[place])
        texts = ("complaint_id", "category", "channel", "handler", "status")
        first = next(iter(complaint.deadlines), None)
        return {
            **{name: table.texts(name)[place] for name in texts},
            "customer_id": identities.ids[party] if party != NOBODY else table.texts("customer_id")[place],
            "customer_name": identities.names[party] if party != NOBODY else table.texts("customer_name")[place],
            "level": complaint.level,
            "role": complaint.role,
            "deadlines": {each.rule: iso(complaint_sheet.shown(each)) for each in complaint.deadlines},
            "overdue": [each.rule for each in complaint.overdue],
            "next_step": first.rule if first else "",
            "next_by": iso(complaint_sheet.shown(first)) if first else None,
            "rises_at": iso(complaint.rises_at) if complaint.rises_at else None,
        }


def check_complaints(
    book: Book, now: dt.datetime | dt.date, who: str = "", *, write: bool = True, progress: Progress
) -> CheckedComplaints:
    """
    Lists the open complaints with their clocks, and lets those go up whose time is over.

    Each step writes the level into the complaint's row and one row into the contact log. A complaint whose
    customer is dissatisfied with the solution starts again, one level higher: the days of solution and follow-up
    leave its row, the log keeps them. Twice at the same moment writes nothing more.

    Args:
        now: When; a day alone is taken at the hour the store closes (parameter `store_close_time`), for nobody
            can act on a clock that runs out later, and an hour that is not known must not make anybody late.
        who: Whoever asks.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or a sheet of the staff's cannot take rows.
    """
    progress("reading")
    store = read_store(book, ASKED)
    language = store.language
    name = own_sheet(book, "complaints_sheet", language, complaint_sheet.is_ours)
    if not isinstance(now, dt.datetime):
        now = dt.datetime.combine(now, store.parameters.clock("store_close_time"))
    progress("computing")
    known = known_at(store, now)
    before = Situation(known, now.date())
    moving = [each for each in open_complaints(before, now) if each.steps or each.reopened]
    numbers = before.store["complaint"].texts("complaint_id")
    reopened = tuple(str(numbers[each.place]) for each in moving if each.reopened)
    after = Situation(_stepped(before.store, moving), now.date())
    complaints = tuple(complaint_sheet.in_order(open_complaints(after, now, reopened)))
    problems = (*all_problems(store, after), *complaint_problems(after))
    if write:
        progress("writing")
        _write_steps(book, before, moving, now, who)
        book.write(name, complaint_sheet.lay_out(after, complaints, now, language), complaint_sheet.layout(language))
        write_checks(book, problems, now.date(), language)
    risen = tuple(str(numbers[each.place]) for each in moving if each.steps)
    return CheckedComplaints(after, now, complaints, risen, reopened, problems, language, name)


def _changes(complaint: OpenComplaint) -> dict[str, str | None]:
    """What the row of a complaint becomes; None blanks a cell."""
    changed: dict[str, str | None] = {"status": IN_PROGRESS if complaint.reopened else ESCALATED}
    if complaint.steps:
        changed["handler_level"] = str(complaint.steps[-1])
    return {**changed, **dict.fromkeys(STARTED_AGAIN)} if complaint.reopened else changed


def _stepped(store: Store, moving: Sequence[OpenComplaint]) -> Store:
    """The store after the steps."""
    table = store["complaint"]
    columns = {name: table.read(name).copy() for name in ("status", "handler_level", *STARTED_AGAIN)}
    for each in moving:
        for name, value in _changes(each).items():
            if value is None:
                columns[name][each.place] = np.datetime64("NaT") if columns[name].dtype.kind == "M" else ""
            else:
                columns[name][each.place] = value
    stepped = table.with_columns(columns) if moving else table
    return replace(store, tables={**store.tables, "complaint": stepped})


def _write_steps(
    book: Book, situation: Situation, moving: Sequence[OpenComplaint], now: dt.datetime, who: str
) -> None:
    if not moving:
        return
    table, language = situation.store["complaint"], situation.store.language
    sheets = {str(table.sheet[each.place]) for each in moving}
    add_columns(book, "complaint", ("handler_level", "status"), sheets, language)
    rows = StaffRows(book, language)
    log = situation.store["contact_log"].texts("contact_id")
    numbers = Numbers(log, now.date(), f"R{now:%Y%m%d}-")
    for each in moving:
        place = RowPlace(str(table.sheet[each.place]), int(table.row[each.place]))
        there = {
            name: value
            for name, value in _changes(each).items()
            if rows.column("complaint", place.sheet, name) is not None
        }
        rows.change("complaint", place, there)
        for told in _told(table, each, language):
            rows.add("contact_log", {**_about(situation, each), **told, "contact_id": numbers.next(),
                                     "contact_at": now, "staff": who}, SPARE)  # fmt: skip
    rows.write()


def _told(table: Table, complaint: OpenComplaint, language: str) -> list[dict[str, object]]:
    """What the log says of each step; a row without outcome closes nothing (DOM 0.3)."""
    told: list[dict[str, object]] = []
    level, steps = complaint.level, list(complaint.steps)
    if complaint.reopened:
        reached = steps.pop(0) if steps else level
        days = {name: _day(table, name, complaint.place) for name in STARTED_AGAIN[:2]}
        text = say("complaint_reopened", language, to=role_name(LEVEL_ROLES[str(reached)], language), **days)
        told.append({"rule_code": (FOLLOW_UP,), "role": LEVEL_ROLES[str(reached)], "next_action": text})
        level = reached
    for reached in steps:
        roles = {"before": LEVEL_ROLES[str(level)], "to": LEVEL_ROLES[str(reached)]}
        words = {key: role_name(role, language) for key, role in roles.items()}
        told.append(
            {
                "rule_code": (SOLUTION,),
                "role": roles["to"],
                "next_action": say("complaint_risen", language, **words),
            }
        )
        level = reached
    return told


def _day(table: Table, name: str, place: int) -> str:
    moment = table.moments(name)[place]
    return "–" if np.isnat(moment) else f"{moment.item():%Y-%m-%d %H:%M}"


def _about(situation: Situation, complaint: OpenComplaint) -> dict[str, object]:
    table, identities, place = situation.store["complaint"], situation.identities, complaint.place
    party = int(identities.complaints.party[place])
    known = party != NOBODY
    return {
        "customer_id": identities.ids[party] if known else table.texts("customer_id")[place],
        "customer_name": identities.names[party] if known else table.texts("customer_name")[place],
        "mobile": identities.mobiles[party] if known else table.texts("mobile")[place],
        "vin": table.texts("vin")[place],
        "plate_no": table.texts("plate_no")[place],
        "complaint_id": table.texts("complaint_id")[place],
    }
