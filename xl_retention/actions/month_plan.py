"""Make the month plan: the button and the command `plan` (DOM 3.7, 6.1 "Plan")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet, rows_there
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.month_plan import MonthPlan, month_plan
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls
from xl_retention.sheets import plan_sheet
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.typed_cells import TypedCells


@dataclass(frozen=True)
class PlannedMonth:
    """
    What the action found.

    Args:
        typed: What the manager assigned so far.
        language: Of the words written.
        cells: As the sheet shows them.
        sheet: Name of the sheet with the plan in this workbook.
    """

    situation: Situation
    plan: MonthPlan
    typed: TypedCells
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    def as_json(self) -> list[dict[str, object]]:
        """The rows of the plan by field, in their order; what is not assigned yet is None or ""."""
        return [self._row(place) for place in range(len(self.plan.rows))]

    def _row(self, place: int) -> dict[str, object]:
        row, identities = self.plan.rows[place], self.situation.identities
        has_car = row.car != NO_CAR
        typed = self.typed.inputs_of(plan_sheet.key_of(self.situation, row))
        assigned = plan_sheet.assigned(typed, self.plan.advisors[row.party])
        return {
            "customer_id": identities.ids[row.party],
            "customer_name": identities.names[row.party],
            "mobile": identities.mobiles[row.party],
            "vin": identities.car_ids[row.car] if has_car else "",
            "plate_no": identities.plates[row.car] if has_car else "",
            "groups": list(row.groups),
            "sales_advisor": assigned.advisor,
            "planned_date": assigned.planned.isoformat() if assigned.planned else None,
            "method": assigned.method,
            "tools": assigned.tools,
            "reason": plan_sheet.reasons(self.situation, self.plan, row, self.language),
        }


def plan_month(
    book: Book, as_of: dt.date, month: Period | None = None, *, write: bool = True, progress: Progress
) -> PlannedMonth:
    """
    Works out the plan of a month and shows it on the sheet Month Plan.

    What the manager assigned stays beside its customer; what belongs to nobody in the plan any more stays below.

    Args:
        as_of: The day; what lies later in the sheets is not there yet (DOM V19).
        month: Which month; None for the one typed on the sheet, unless it is over, else the month of *as_of*.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book, NEEDED)
    language = store.language
    name = own_sheet(book, "plan_sheet", language, plan_sheet.is_ours)
    before = rows_there(book, name)
    progress("computing")
    situation = Situation(store, as_of)
    month = month or _typed_month(before, as_of) or Period.containing(as_of, "month")
    plan = month_plan(situation, month, todays_calls(situation))
    typed = plan_sheet.typed_for(before, month)
    problems = (*all_problems(store, situation), *plan_sheet.typed_problems(typed, name, language))
    cells = plan_sheet.lay_out(situation, plan, typed, language)
    if write:
        progress("writing")
        book.write(name, cells, plan_sheet.layout(language))
    return PlannedMonth(situation, plan, typed, cells, problems, language, name)


def _typed_month(cells: list[list[object]], as_of: dt.date) -> Period | None:
    typed = plan_sheet.month_in(cells)
    return typed if typed and typed.end >= as_of else None
