"""Cell functions of the retention workbook, for Excel (xlwings) and LibreOffice.

Every argument may be a value, a cell, a row, a column or a block; functions that answer cell by cell give a block
of the same shape. No data is an empty text, a wrong argument a text that names it; no function gives an error
value. The rules are those of `xl_retention.domain`, with the parameters as shipped.

The first line of a docstring is what Excel's function wizard shows, `Args:` describes the arguments there, and
the lines under `Examples:` are run by a test. Arguments whose text begins with "Optional" may be left out.
"""

from __future__ import annotations

import datetime as dt
import inspect
import itertools
from collections.abc import Sequence

from xl_retention.cell_functions.answering import CATEGORY as CATEGORY
from xl_retention.cell_functions.calendar import EDATE_CLAMPED, MONTHS_BETWEEN_DATES
from xl_retention.cell_functions.classes import (
    AGE_COHORT,
    CREDIT_GRADE,
    GRADE_ABCD,
    KEY_ACCOUNT,
    LOYALTY_STATE,
    PROSPECT_GRADE,
    REGION_TYPE,
    RELATIONSHIP_STAGE,
    VALUE_TIER,
    VEHICLE_AGE_BAND,
)
from xl_retention.cell_functions.contacts import DUE_CONTACTS, LAPSE_SCORE, NEXT_CONTACT, SERVICE_DUE
from xl_retention.cell_functions.kpi_table import KPI_TABLE
from xl_retention.cell_functions.masking import MASK_PHONE
from xl_retention.cell_functions.rates_of_contacts import (
    COMPLAINT_ON_TIME,
    FOLLOW_UP_RATE,
    ON_TIME_RATE,
    SATISFACTION_RATE,
)
from xl_retention.cell_functions.rates_of_customers import (
    CONVERSION_RATE,
    DELIGHT_RATE,
    LOSS_RATE,
    RENEWAL_RATE,
    RETENTION,
    RETURN_RATE,
    SERVICE_SHARE,
)
from xl_retention.cell_functions.rates_of_visits import BOOKING_RATE, REMINDER_RATE, REMINDER_TO_VISIT, SHOW_UP_RATE

__all__ = [
    "AGE_COHORT",
    "BOOKING_RATE",
    "COMPLAINT_ON_TIME",
    "CONVERSION_RATE",
    "CREDIT_GRADE",
    "DELIGHT_RATE",
    "DUE_CONTACTS",
    "EDATE_CLAMPED",
    "FOLLOW_UP_RATE",
    "GRADE_ABCD",
    "KEY_ACCOUNT",
    "KPI_TABLE",
    "LAPSE_SCORE",
    "LOSS_RATE",
    "LOYALTY_STATE",
    "MASK_PHONE",
    "MONTHS_BETWEEN_DATES",
    "NEXT_CONTACT",
    "ON_TIME_RATE",
    "PROSPECT_GRADE",
    "REGION_TYPE",
    "RELATIONSHIP_STAGE",
    "REMINDER_RATE",
    "REMINDER_TO_VISIT",
    "RENEWAL_RATE",
    "RETENTION",
    "RETURN_RATE",
    "SATISFACTION_RATE",
    "SERVICE_DUE",
    "SERVICE_SHARE",
    "SHOW_UP_RATE",
    "VALUE_TIER",
    "VEHICLE_AGE_BAND",
]

FIRST_SERIAL_DAY = dt.date(1899, 12, 30)
"""Day 0 of LibreOffice's calendar, and of Excel's from March 1900 on."""


def call_from_libreoffice(name: str, arguments: Sequence[object]) -> object:
    """
    What the wrapper of a function hands over and takes back in LibreOffice.

    Args:
        name: Of the function.
        arguments: In their order; tuples of row tuples for ranges; those at the end may be missing.

    Returns:
        A number or a text, or a tuple of row tuples of them; dates as serial numbers.
    """
    if name not in __all__:
        raise LookupError(name)
    function = globals()[name]
    optional = [each.default is not inspect.Parameter.empty for each in inspect.signature(function).parameters.values()]
    # What a formula leaves out between two arguments comes as the number 0; of no optional argument 0 says more.
    given = [
        None if may_be_missing and isinstance(argument, (int, float)) and argument == 0 else argument
        for argument, may_be_missing in zip(arguments, optional, strict=False)
    ]
    answer = function(*given)
    if not isinstance(answer, list):
        return _plain(answer)
    different = set(itertools.chain.from_iterable(answer))
    if serials := {cell: _plain(cell) for cell in different if isinstance(cell, dt.date)}:
        cells = list(itertools.chain.from_iterable(answer))
        return tuple(zip(*[map(serials.get, cells, cells)] * len(answer[0]), strict=True))
    return tuple(map(tuple, answer))


def _plain(cell: object) -> object:
    return float((cell - FIRST_SERIAL_DAY).days) if isinstance(cell, dt.date) else cell
