"""What is read besides where a workbook has surveys (DOM 2.10); without templates nothing is."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xl_retention.books.book import Book
from xl_retention.sheets.headers import table_of_sheet_name

TEMPLATES = "survey_template"
ADDED_FIELDS = {
    # What choosing a template needs, by table; a store without templates is not even read for it.
    "survey_template": ("template_id", "question_no", "name", "scenario", "text", "answer_type", "weight"),
    "service_visit": ("major_repair",),
    "customer": ("customer_type",),
}


def with_surveys(book: Book, fields: Mapping[str, Collection[str]]) -> Mapping[str, Collection[str]]:
    """The fields to read, and those that surveys need where the workbook has a sheet of templates."""
    if not any(table_of_sheet_name(name) == TEMPLATES for name in book.sheet_names()):
        return fields
    return {**fields, **{table: (*fields.get(table, ()), *more) for table, more in ADDED_FIELDS.items()}}
