"""What people build instead of a list of calls: formulas beside each customer, over all visits and contacts.

A row of the customers asks how often they came in the last year, when they came last, and whether anybody has called
since; a fourth formula says who is due. Each goes through a whole column, so the time grows with the square.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from benchmarks.workbooks import AS_OF

VISITS, CONTACTS = 3, 2
"""For each customer."""


def make_workbook(path: Path, customers: int) -> None:
    """Writes a workbook whose formulas have no values yet."""
    import xlsxwriter

    rng = np.random.default_rng(customers)
    today = (AS_OF - dt.date(1899, 12, 30)).days
    with xlsxwriter.Workbook(path) as book:
        people, visits, contacts = (book.add_worksheet(name) for name in ("Customers", "Visits", "Contacts"))
        for sheet, count in ((visits, customers * VISITS), (contacts, customers * CONTACTS)):
            who, when = rng.integers(0, customers, count), rng.integers(today - 2000, today, count)
            sheet.write_column(0, 0, ["Customer", *[f"C{number:07}" for number in who.tolist()]])
            sheet.write_column(0, 1, ["Day", *when.tolist()])
        people.write_row(0, 0, ["Customer", "Visits in a year", "Last visit", "Calls since", "Due"])
        last, called = customers * VISITS + 1, customers * CONTACTS + 1
        for row in range(2, customers + 2):
            people.write_string(row - 1, 0, f"C{row:07}")
            for place, formula in enumerate((
                f'=COUNTIFS(Visits!$A$2:$A${last},A{row},Visits!$B$2:$B${last},">={today - 365}")',
                f"=MAXIFS(Visits!$B$2:$B${last},Visits!$A$2:$A${last},A{row})",
                f'=COUNTIFS(Contacts!$A$2:$A${called},A{row},Contacts!$B$2:$B${called},">"&C{row})',
                f'=IF(AND(C{row}>0,C{row}<{today - 180},D{row}=0),"due","")',
            ), 1):  # fmt: skip
                people.write_formula(row - 1, place, formula, None, "")
