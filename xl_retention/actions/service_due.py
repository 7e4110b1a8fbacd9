"""List the services due in a month: the button and the command `service-due` (DOM 3.3 MNT-MONTH, 6.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet, rows_there
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.numbering import Numbers
from xl_retention.domain.problems import Problem
from xl_retention.domain.service_list import Service, ServiceCase, ServiceList, service_list
from xl_retention.domain.situation import Situation
from xl_retention.sheets import service_sheet
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.staff_rows import RowPlace, StaffRows
from xl_retention.sheets.typed_cells import TypedCells

ASKED = {
    **NEEDED,
    "booking": (*NEEDED["booking"], "initiator"),
    "maintenance_reminder": (*NEEDED["maintenance_reminder"], "reminder_id", "first_reminded_on"),
}


@dataclass(frozen=True)
class ServicesDue:
    """
    What the action found.

    Args:
        promises: How many promised days were entered into the sheet of reminders.
        cells: As the sheet shows them.
        sheet: Name of the sheet in this workbook.
    """

    situation: Situation
    due: ServiceList
    promises: int
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    def as_json(self) -> dict[str, object]:
        """Everything but the findings."""
        return {
            "month": self.due.month.label,
            **{service.value: self.due.funnel(service) for service in Service},
            "rows": [self._row(case) for case in self.due.cases],
        }

    def _row(self, case: ServiceCase) -> dict[str, object]:
        situation, identities = self.situation, self.situation.identities
        known = case.party != NOBODY
        appointment = service_sheet.appointment_of(situation, case)
        return {
            "customer_id": identities.ids[case.party] if known else "",
            "customer_name": identities.names[case.party] if known else "",
            "mobile": identities.mobiles[case.party] if known else "",
            "vin": identities.car_ids[case.car],
            "plate_no": identities.plates[case.car],
            "service": case.service.value,
            "due_date": str(case.due),
            "basis": case.basis.name.lower(),
            "owner": service_sheet.owner_of(situation, case)[0],
            "reminders": [self._contact(row) for row in case.reminders],
            "promised_date": _iso(case.promised),
            "appointment_at": appointment.isoformat(timespec="minutes") if appointment else None,
            "came_on": _iso(case.came),
            "credited_to": self._contact(case.credited) if case.credited >= 0 else None,
            "progress": case.progress.value,
            "missing": list(case.missing),
        }

    def _contact(self, row: int) -> dict[str, str]:
        log = self.situation.log
        return {"date": str(log.day[row]), "staff": log.staff[row], "result": log.result[row]}


def _iso(day: np.datetime64) -> str | None:
    return None if np.isnat(day) else str(day)


def list_services(
    book: Book, as_of: dt.date, month: Period | None = None, *, write: bool = True, progress: Progress
) -> ServicesDue:
    """
    Lists the cars due in a month with their reminders, bookings and visits on the sheet Service Due.

    A promised day typed there goes to the sheet of reminders, from which the call "why not come" counts.

    Args:
        month: Which month; None for the one typed on the sheet, unless it is over, else the month after *as_of*.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book, ASKED)
    language = store.language
    name = own_sheet(book, "service_sheet", language, service_sheet.is_ours)
    before = rows_there(book, name)
    typed = TypedCells.of(before, service_sheet.HEADINGS, service_sheet.INPUTS)
    promised = service_sheet.promised_days(typed)
    progress("computing")
    situation = Situation(store, as_of)
    shown = service_sheet.month_in(before)
    asked = month or (shown if shown and shown.end >= as_of else Period.containing(as_of, "month").shift(1))
    rows = StaffRows(book, language)
    promises = _enter_promises(rows, situation, service_list(situation, shown), promised) if shown and promised else 0
    due = _with_promises(situation, service_list(situation, asked), promised)
    cells = service_sheet.lay_out(situation, due, typed, language)
    if write:
        progress("writing")
        rows.write()
        book.write(name, cells, service_sheet.layout(language))
    problems = (*all_problems(store, situation), *service_sheet.typed_problems(typed, name, language))
    return ServicesDue(situation, due, promises, cells, problems, language, name)


def _with_promises(situation: Situation, due: ServiceList, promised: Mapping[str, dt.date]) -> ServiceList:
    """The list with the days that were typed a moment ago."""

    def told(case: ServiceCase) -> ServiceCase:
        day = promised.get(service_sheet.key_of(situation, case))
        return case if day is None else replace(case, promised=np.datetime64(day, "D"))

    return replace(due, cases=tuple(map(told, due.cases)))


def _enter_promises(rows: StaffRows, situation: Situation, shown: ServiceList, typed: Mapping[str, dt.date]) -> int:
    """Enters the promised days that are new; the row of the same car and service is changed, else one is added."""
    table, reminders = situation.store["maintenance_reminder"], situation.identities.reminders
    numbers = Numbers(table.texts("reminder_id"), situation.date, f"M{situation.date:%Y%m%d}-")
    entered = 0
    for case in shown.cases:
        day = typed.get(service_sheet.key_of(situation, case))
        if day is None or np.datetime64(day, "D") == case.promised:
            continue
        entered += 1
        same = np.flatnonzero((reminders.car == case.car) & (table.days("due_date") == case.due))
        place = RowPlace(str(table.sheet[same[-1]]), int(table.row[same[-1]])) if len(same) else None
        if place and rows.column("maintenance_reminder", place.sheet, "promised_date") is not None:
            rows.change("maintenance_reminder", place, {"promised_date": day})
        else:
            rows.add("maintenance_reminder", _reminder(situation, case, numbers.next(), day))
    return entered


def _reminder(situation: Situation, case: ServiceCase, number: str, promised: dt.date) -> dict[str, object]:
    identities, known = situation.identities, case.party != NOBODY
    return {
        "reminder_id": number,
        "vin": situation.store.vehicles.texts("vin")[case.car],
        "plate_no": identities.plates[case.car],
        "customer_id": identities.ids[case.party] if known else "",
        "customer_name": identities.names[case.party] if known else "",
        "mobile": identities.mobiles[case.party] if known else "",
        "due_date": case.due.item(),
        "promised_date": promised,
    }
