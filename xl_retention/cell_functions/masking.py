"""Personal data as it may be shown (DOM 6.8)."""

from __future__ import annotations

import xlwings as xw

from xl_retention.cell_functions.answering import CATEGORY, in_cells
from xl_retention.domain.phone_masks import masked
from xl_retention.domain.schema import Kind
from xl_retention.sheets.cell_arguments import Cell, Rows


@xw.func(category=CATEGORY)
@in_cells
def MASK_PHONE(phone: Cell) -> Cell:
    """A telephone number with its middle hidden, as it may be mailed or printed.

    Args:
        phone: Telephone number as staff write it

    Examples:
        =MASK_PHONE("138 0013 8000") -> 138****8000
        =MASK_PHONE("010-62345678") -> 010****5678
        =MASK_PHONE("none") -> phone: not a telephone number
    """
    rows = Rows.of(phone=phone)
    return rows.answer([masked(number) for number in rows.cleaned("phone", Kind.PHONE).tolist()])
