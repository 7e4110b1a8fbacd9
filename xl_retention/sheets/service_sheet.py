"""The sheet Service Due: the cars due in a month with reminders, promise, booking and arrival (DOM 3.3, 6.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.dates import Period, add_months
from xl_retention.domain.identity import NO_CAR, NOBODY
from xl_retention.domain.kpis.funnel import AHEAD_MONTHS
from xl_retention.domain.owners import OWNER_FIELDS
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.service_list import REMINDED_BY, Progress, Service, ServiceCase, ServiceList
from xl_retention.domain.situation import Situation
from xl_retention.sheets import month_sheet
from xl_retention.sheets.month_sheet import HEADING_ROW, MONTH_ROW
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.staff_sheets import heading
from xl_retention.sheets.typed_cells import TypedCells
from xl_retention.sheets.typed_days import LikelyDays, day_in, unlikely_days, unread_days
from xl_retention.sheets.wording import basis_text, both, role_name, say, word

REMINDERS_SHOWN = 3
"""Of more reminders the latest are shown (DOM 6.4: reminder 1-3)."""
INPUTS = ("promised", "notes")
"""Columns that the staff fill."""
COLUMNS: dict[str, tuple[float, Look]] = {
    "customer": (13, "wrapped"), "phone": (13, "text"), "plate": (10, "text"), "model": (13, "wrapped"),
    "service": (13, "wrapped"), "due": (12, "date"), "due_by": (22, "wrapped"), "with_person": (13, "wrapped"),
    **{f"reminder_{number}": (16, "wrapped") for number in range(1, REMINDERS_SHOWN + 1)},
    "promised": (12, "input_date"), "appointment": (16, "datetime"), "came_on": (12, "date"),
    "credited_to": (16, "wrapped"), "progress": (15, "wrapped"), "to_complete": (14, "wrapped"),
    "notes": (20, "input"), "key": (6, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
_COLOURS = (
    (Progress.CAME, "good"),
    (Progress.NOT_COME, "bad"),
    (Progress.DID_NOT_KEEP, "bad"),
    (Progress.TO_REMIND, "warning"),
)


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    names = list(COLUMNS)
    progress = f"${letters(names.index('progress'))}{HEADING_ROW + 1}"
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=month_sheet.TITLE_LOOKS,
        looks={(MONTH_ROW - 1, 1): "note"},
        row_colours=tuple(
            RowColour(f'{progress}="{progress_name(state, language)}"', mood)  # type: ignore[arg-type]
            for state, mood in _COLOURS
        ),
        coloured=(names.index("customer"), names.index("due"), names.index("progress")),
        printed_columns=names.index("key"),
        frozen_columns=1,
        tab_colour="00B0F0",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_service_list(cells)


def is_service_list(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a list of services due, filled or not."""
    return heading_row(cells, HEADINGS, ("key", "progress", *INPUTS)) is not None


def month_in(cells: Sequence[Sequence[object]]) -> Period | None:
    """The month typed above the headings; None where there is none."""
    return month_sheet.month_typed(cells) if is_service_list(cells) else None


def empty(language: str) -> list[list[object]]:
    """The sheet before the first run."""
    return month_sheet.lay_out(
        say("service_sheet", language), say("service_empty", language), None, COLUMNS, (), language
    )


def progress_name(progress: Progress, language: str) -> str:
    """How far a car has come, in words."""
    return say(f"progress_{progress.value}", language)


def key_of(situation: Situation, case: ServiceCase) -> str:
    """What tells a row apart: the car, what is due, and when."""
    return f"{situation.identities.car_ids[case.car]}/{case.service.value}/{case.due}"


def owner_of(situation: Situation, case: ServiceCase) -> tuple[str, str]:
    """Name and role of whoever reminds the customer; "" where nobody is named."""
    role = situation.rules[REMINDED_BY[case.service][0]].role
    named = role in OWNER_FIELDS and case.party != NOBODY
    return (str(situation.store.customers.texts(OWNER_FIELDS[role])[case.party]) if named else ""), role


def promised_days(typed: TypedCells) -> dict[str, dt.date]:
    """
    The promised days typed into the sheet, by key of their row.

    What is no day is left out, and so is a day that nobody can have promised.
    """
    days = {key: day_in(row.inputs.get("promised")) for key, row in typed.by_key.items()}
    likely = _likely_days(typed)
    return {key: day for key, day in days.items() if day is not None and key in likely and day in likely[key]}


def _likely_days(typed: TypedCells) -> dict[str, LikelyDays]:
    """By key of the row the days that may be promised: none before anybody reminds of the service (DOM K11)."""
    due = {key: day_in(key.rpartition("/")[2]) for key in typed.by_key}
    return {
        key: LikelyDays.agreed_from(add_months(day, -AHEAD_MONTHS), about=day)
        for key, day in due.items()
        if day is not None
    }


def typed_problems(typed: TypedCells, sheet: str, language: str) -> list[Problem]:
    """Promised days that cannot be read or cannot have been meant."""
    return [
        *unread_days(typed, "promised", sheet, language),
        *unlikely_days(typed, "promised", _likely_days(typed), sheet, language),
    ]


def lay_out(situation: Situation, due: ServiceList, typed: TypedCells, language: str) -> list[list[object]]:
    """
    The cells of the sheet: title, the funnel in words, the month, headings, a row per car that is due.

    Notes stay beside their car; those of a car that is not listed any more stay in a row below.
    """
    maintenance, first = (
        say(f"funnel_{service.value}", language, **due.funnel(service))
        for service in (Service.MAINTENANCE, Service.FIRST)
    )
    rows = [_row(situation, case, language) for case in due.cases]
    there = {row["key"] for row in rows}
    entered = promised_days(typed)  # stand on the sheet of reminders by now
    for row in rows:
        key = str(row["key"])
        inputs = typed.inputs_of(key)
        row.update({name: cell for name, cell in inputs.items() if name != "promised" or key not in entered})
    rows += [
        dict(kept.row) | dict(kept.inputs)
        for key, kept in typed.by_key.items()
        if key not in there and any(name != "promised" or key not in entered for name in kept.inputs)
    ]
    title = say("service_title", language, month=due.month.label)
    note = f"{maintenance} {say('service_note', language)}"
    return month_sheet.lay_out(title, note, due.month, COLUMNS, rows, language, added=typed.added, beside=first)


def _row(situation: Situation, case: ServiceCase, language: str) -> dict[str, object]:
    identities, vehicles, party, car = situation.identities, situation.store.vehicles, case.party, case.car
    owner, role = owner_of(situation, case)
    known = party != NOBODY
    shown = case.reminders[-REMINDERS_SHOWN:]
    reminders = {f"reminder_{number}": _reminder(situation, row, language) for number, row in enumerate(shown, 1)}
    daily_km = float(situation.service.driving.daily_km()[car])
    return {
        "customer": (identities.names[party] or identities.ids[party]) if known else None,
        "phone": identities.mobiles[party] if known else None,
        "plate": identities.plates[car] if car != NO_CAR else None,
        "model": vehicles.texts("model")[car] or vehicles.texts("series")[car],
        "service": say(case.service.value, language),
        "due": case.due.item(),
        "due_by": basis_text(case.basis, daily_km, language),
        "with_person": owner or role_name(role, language),
        **reminders,
        "promised": _day(case.promised),
        "appointment": appointment_of(situation, case),
        "came_on": _day(case.came),
        "credited_to": _reminder(situation, case.credited, language, with_result=False) if case.credited >= 0 else None,
        "progress": progress_name(case.progress, language),
        "to_complete": "\n".join(_field_names(case, language)),
        "key": key_of(situation, case),
    }


def appointment_of(situation: Situation, case: ServiceCase) -> dt.datetime | None:
    """When the car is booked in; None where it is not."""
    if case.booking < 0:
        return None
    moment = situation.store["booking"].moments("appointment_at")[case.booking]
    found: dt.datetime = moment.astype("datetime64[s]").item()
    return found


def _reminder(situation: Situation, row: int, language: str, *, with_result: bool = True) -> str:
    """A contact in a few words: the day, who made it and what came of it."""
    log = situation.log
    result = word("result", log.typed_result[row], language) if with_result else ""
    return " ".join(filter(None, (str(log.day[row]), log.staff[row], result)))


def _field_names(case: ServiceCase, language: str) -> list[str]:
    tables = {"mobile": "customer", "last_odometer": "vehicle"}
    return [heading(ENTITIES[tables[name]].field(name), language) for name in case.missing]


def _day(day: np.datetime64) -> dt.date | None:
    return None if np.isnat(day) else day.astype("datetime64[D]").item()
