"""All key figures of a month in one call."""

from __future__ import annotations

import xlwings as xw

from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.cell_functions import answering
from xl_retention.cell_functions.answering import CATEGORY, LANGUAGES, in_cells
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.counting import Counting
from xl_retention.errors import RetentionError
from xl_retention.sheets.cell_arguments import NO_DATA, Cell, WrongArgument, single_choice, single_day
from xl_retention.sheets.kpis.kpi_words import kpi_rows
from xl_retention.sheets.reading.range_store import store_of_ranges
from xl_retention.sheets.refusals import in_chinese


@xw.func(category=CATEGORY)
@in_cells
def KPI_TABLE(
    month: Cell,
    customers: Cell,
    vehicles: Cell = None,
    visits: Cell = None,
    contacts: Cell = None,
    bookings: Cell = None,
    complaints: Cell = None,
    prospects: Cell = None,
    settings: Cell = None,
    as_of: Cell = None,
    language: Cell = None,
) -> Cell:
    """All key figures of a month as one table: code, name, numerator, denominator, value, target, status.

    Args:
        month: Any day of the month
        customers: Customer sheet, with its headings
        vehicles: Optional. Vehicle sheet, with its headings
        visits: Optional. Repair order sheet, with its headings
        contacts: Optional. Call log, with its headings
        bookings: Optional. Booking sheet, with its headings
        complaints: Optional. Complaint sheet, with its headings
        prospects: Optional. Prospect sheet, with its headings
        settings: Optional. Sheet Settings, with its headings
        as_of: Optional. What came after this day counts as unknown; today if left out
        language: Optional. Names in zh (if left out) or en

    Examples:
        =KPI_TABLE("",{"Name"}) -> (empty)
        =KPI_TABLE("June",{"Name"}) -> month: not a date
    """
    first = single_day("month", month)
    in_words = single_choice("language", language, LANGUAGES)
    day = single_day("as_of", as_of) or answering.today()
    if first is None:
        return NO_DATA
    ranges = {
        "customer": customers, "vehicle": vehicles, "service_visit": visits, "contact_log": contacts,
        "booking": bookings, "complaint": complaints, "prospect": prospects, "parameter": settings,
    }  # fmt: skip
    try:
        store = store_of_ranges(ranges, NEEDED)
    except RetentionError as error:
        raise WrongArgument("customers", in_chinese(str(error)) if in_words == "zh" else str(error)) from None
    return kpi_rows(Counting(store, day).figures(Period.containing(first, "month")), in_words)
