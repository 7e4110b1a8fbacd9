"""Which sheet is which table, where its heading row is, and which column is which field (DOM 2.2, 2.14-2.17)."""

from xl_retention.sheets.headers.giving_way import gives_way
from xl_retention.sheets.headers.heading_forms import form as heading_form
from xl_retention.sheets.headers.heading_row import (
    LAST_HEADING_ROW,
    heading_texts,
    is_heading_row,
    row_like_headings,
    row_of_somebody,
)
from xl_retention.sheets.headers.lookup import may_be_a_field
from xl_retention.sheets.headers.match import ColumnMatch, Mapped, Question, Samples, SheetMatch, Target
from xl_retention.sheets.headers.spelling import clean_heading, heading_unit
from xl_retention.sheets.headers.table_of_sheet import MAPPING, RULES, SETTINGS, recognise, table_of_sheet_name

__all__ = [
    "LAST_HEADING_ROW",
    "MAPPING",
    "RULES",
    "SETTINGS",
    "ColumnMatch",
    "Mapped",
    "Question",
    "Samples",
    "SheetMatch",
    "Target",
    "clean_heading",
    "gives_way",
    "heading_form",
    "heading_texts",
    "heading_unit",
    "is_heading_row",
    "may_be_a_field",
    "recognise",
    "row_like_headings",
    "row_of_somebody",
    "table_of_sheet_name",
]
