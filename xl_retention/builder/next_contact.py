"""The column Next contact of the vehicle sheet: a cell function, and the value that it shows until it is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from xl_retention.builder.examples import REFERENCE, Row
from xl_retention.domain.bare_rows import store_of_rows
from xl_retention.domain.schema import Kind
from xl_retention.domain.schema.vehicle import VEHICLE
from xl_retention.domain.upcoming import next_contacts
from xl_retention.sheets.cell_arguments import Rows
from xl_retention.sheets.staff_sheets import STAFF_SHEETS, heading

_ARGUMENTS = ("delivery_date", "last_service_date", "insurance_expiry", "inspection_expiry")
"""Fields in the order of the arguments of NEXT_CONTACT."""
TABLE = next(sheet.table for sheet in STAFF_SHEETS if sheet.entity.name == VEHICLE.name)


def next_contact_formula(language: str) -> str:
    """The formula of the column; an error, such as that of a missing function, shows as nothing."""
    # As a file spells it; Excel shows [@[Delivery Date]].
    columns = ",".join(f"{TABLE}[[#This Row],[{heading(VEHICLE.field(name), language)}]]" for name in _ARGUMENTS)
    return f'=IFERROR(NEXT_CONTACT({columns}),"")'


def next_contact_days(rows: Sequence[Row]) -> list[object]:
    """What the formula gives for each row on the reference day: a serial number, or an empty text."""
    if not rows:
        return []
    cells = Rows.of(**{name: [[row.get(name)] for row in rows] for name in _ARGUMENTS})
    columns = {name: cells.cleaned(name, Kind.DATE, month_end=name == "inspection_expiry") for name in _ARGUMENTS}
    due = next_contacts(store_of_rows(columns), REFERENCE)
    serial = (due - np.datetime64(_DAY_ZERO)).astype(np.int64)
    return ["" if nothing else int(day) for day, nothing in zip(serial, np.isnat(due), strict=True)]


_DAY_ZERO = dt.date(1899, 12, 30)
"""Of the serial numbers of days, from March 1900 on."""
