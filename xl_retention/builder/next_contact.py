"""The column Next contact of the vehicle sheet: a cell function, and the value that it shows until it is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from xl_retention.books.cell_xml import letters
from xl_retention.builder.examples import REFERENCE, Row
from xl_retention.domain.bare_rows import store_of_rows
from xl_retention.domain.schema import Kind
from xl_retention.domain.upcoming import next_contacts
from xl_retention.sheets.cell_arguments import Rows

_ARGUMENTS = ("delivery_date", "last_service_date", "insurance_expiry", "inspection_expiry")
"""Fields in the order of the arguments of NEXT_CONTACT."""


def next_contact_formula(fields: Sequence[str], row: int) -> str:
    """
    The formula of the column; an error, such as that of a missing function, shows as nothing.

    It names cells, not columns of the table: LibreOffice computes anew whatever names a table as soon as any table
    of the workbook grows, which for some thousand cars takes minutes.

    Args:
        fields: Names of the fields of the sheet, in the order of its columns.
        row: Of the cells, from 1.
    """
    cells = ",".join(f"{letters(fields.index(name))}{row}" for name in _ARGUMENTS)
    return f'=IFERROR(NEXT_CONTACT({cells}),"")'


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
