"""The sheets on which a button wants something typed or marked first."""

from __future__ import annotations

import xlwings as xw

from xl_retention.sheets import customer_sheet, hand_over_sheet
from xl_retention.sheets.wording import both

FORMS = {"show_customer": "customer_sheet", "hand_over": "hand_over_sheet", "show_rows": "kpi_sheet"}
"""Keys in `wording` of the sheets on which a button wants something typed or marked first."""
TYPED_INTO = {"show_customer": f"A{customer_sheet.FIND_ROW}", "hand_over": f"A{hand_over_sheet.INPUT_ROW}"}
"""The cell of such a sheet that is typed into."""


def show_form(book: xw.Book, name: str) -> None:
    """Brings the sheet to the front on which the button wants something typed or marked, and marks the cell."""
    names = {called.casefold() for called in both(FORMS[name])} if name in FORMS else set()
    for sheet in book.sheets:
        if sheet.name.casefold() in names:
            sheet.activate()
            if name in TYPED_INTO:
                sheet[TYPED_INTO[name]].select()
