"""The sheet Do Not Contact: whom the store leaves alone, in which way, why and since when."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xl_retention.books.book import Book
from xl_retention.books.grid import Grid
from xl_retention.domain.do_not_contact import ALL, DO_NOT_CONTACT, KINDS
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import Array, Heading, Table, same
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import SmallRow, small_table
from xl_retention.sheets.wording import both

DO_NOT_CONTACT_SHEETS = frozenset(
    clean_heading(name) for name in (*both("silence_sheet"), "Do-Not-Contact", "DNC", "免打扰", "免打扰客户")
)
HEADINGS = {
    "customer_id": (*both("customer_id"), "Customer No", "Customer", "客户"),
    "customer_name": (*both("customer_name"), "Name", "姓名"),
    "mobile": (*both("phone"), "Mobile", "手机"),
    "plate_no": (*both("plate"), "Plate No", "车牌号"),
    "vin": (*both("vin"), "VIN码"),
    "kind": (*both("kind_of_contact"), "Kind", "Contact", "类型"),
    "reason": (*both("reason"), "Why"),
    "since": (*both("since"), "From", "Date", "日期"),
    "told_by": (*both("told_by"), "By", "登记人员"),
}


def read_do_not_contact(book: Book, sheet: str | None) -> tuple[Table | None, list[Problem]]:
    """
    The rows of the list; None without the sheet.

    What cannot be read never lets a customer be called: a row without reason counts, an unknown kind is every
    kind, and a day that makes no sense is long ago.
    """
    if sheet is None:
        return None, []
    rows, problems = small_table(sheet, book.read(sheet), HEADINGS, ("reason",))
    columns: dict[str, Array] = {}
    for each in DO_NOT_CONTACT.fields:
        columns[each.name], faults = _column(sheet, rows, each.name, each.kind)
        problems += faults
    columns["kind"][columns["kind"] == ""] = ALL
    headings = {
        (sheet, name): Heading(row.address(name).rstrip("0123456789"), row.headings[name])
        for row in rows[:1]
        for name in row.places
    }
    numbers = np.array([row.number for row in rows], np.int64)
    table = Table(DO_NOT_CONTACT, columns, same(sheet, len(rows)), numbers, headings)
    problems += [
        table.fault(
            "reason_missing", "medium", place, "reason",
            wanted="The reason, in a few words",
            remedy="Enter why nobody may contact the customer; the row counts without it, too.",
        )
        for place in np.flatnonzero(table.texts("reason") == "").tolist()
    ]  # fmt: skip
    return table, problems


def _column(sheet: str, rows: Sequence[SmallRow], name: str, kind: Kind) -> tuple[Array, list[Problem]]:
    """A column of the list, cleaned, and the cells that make no sense."""
    cells = Grid.of([[row.cells.get(name)] for row in rows] or [[None]]).columns[0]
    cleaned = clean(cells, kind, KINDS if kind is Kind.ENUM else "")
    problems = [
        Problem(
            "do_not_contact_not_understood",
            "medium",
            sheet,
            rows[place].address(name),
            rows[place].headings[name],
            rows[place].text(name),
            cleaned.wanted,
            "Correct the cell; until then the row counts for every contact.",
        )
        for place in cleaned.refused.tolist()
    ]
    return cleaned.values[: len(rows)], problems
