"""Rows behind: the very rows that a figure of the sheet KPI counts; the button "Show rows" and the command `rows`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.behind import Line, lines_behind
from xl_retention.domain.kpis.computed import Measured
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.definitions import BY_CODE
from xl_retention.domain.kpis.selection import EVERYTHING, Selection
from xl_retention.domain.problems import Problem
from xl_retention.errors import WrongRequest
from xl_retention.sheets.kpis import rows_sheet
from xl_retention.sheets.masked_columns import as_reported
from xl_retention.sheets.reading.reader import read_store


@dataclass(frozen=True)
class RowsBehind:
    """
    What the action found.

    Args:
        figure: The key figure.
        lines: Its rows: those of the numerator, then what is missing from the denominator.
        sheet: Name of the sheet that shows them; "" where none was written.
    """

    figure: Measured
    period: Period
    as_of: dt.date
    lines: tuple[Line, ...]
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    @property
    def counted(self) -> int:
        """Rows of the numerator."""
        return sum(line.counted for line in self.lines)

    def as_json(self) -> dict[str, object]:
        """The figure, and a row each by the names of DOM 2."""
        return {
            "as_of": self.as_of.isoformat(),
            "period": {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()},
            "code": self.figure.kpi.code,
            **({"group": self.figure.group} if self.figure.group else {}),
            "numerator": self.figure.numerator,
            "denominator": self.figure.denominator,
            "rows": [*self._rows(True)],
            "missing": [*self._rows(False)],
        }

    def _rows(self, counted: bool) -> Iterator[dict[str, object]]:
        for line in self.lines:
            if line.counted == counted:
                yield {
                    "what": line.subject.value,
                    "id": line.id,
                    "sheet": line.sheet,
                    "row": line.row or None,
                    "customer_id": line.customer_id,
                    "customer_name": line.customer_name,
                    "mobile": line.mobile,
                    "vin": line.vin,
                    "plate_no": line.plate_no,
                }


def show_rows(
    book: Book,
    as_of: dt.date,
    code: str,
    group: str = "",
    period: Period | None = None,
    selection: Selection = EVERYTHING,
    *,
    write: bool = True,
    progress: Progress,
) -> RowsBehind:
    """
    Lists the rows behind one figure on the sheet Rows Behind.

    Args:
        as_of: The day of counting; the end of it is meant (DOM V19).
        code: Of the key figure, as in DOM 5.
        group: Person or class, for figures that go by such.
        period: The period; without it the month of *as_of*.
        selection: What of the store is counted.
        write: False leaves the book as it is.

    Raises:
        WrongRequest: There is no such key figure, or nobody of that name in it.
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    kpi = next((each for name, each in BY_CODE.items() if name.casefold() == code.strip().casefold()), None)
    if kpi is None:
        raise WrongRequest(f"'{code}' is no code of a key figure, such as K01 or K04.DLV-3D.")
    progress("reading")
    store = read_store(book, NEEDED)
    language = store.language
    sheet = own_sheet(book, "rows_sheet", language, rows_sheet.is_ours)
    progress("computing")
    asked = period or Period.containing(as_of, "month")
    counting = Counting(store, as_of, selection)
    figures = counting.figures(asked, [kpi])
    figure = next((each for each in figures if each.group == group), None)
    if figure is None:
        known = ", ".join(each.group for each in figures if each.group)
        raise WrongRequest(f"The key figure {kpi.code} goes by name; '{group}' is none of: {known}.")
    lines = tuple(lines_behind(counting.view(asked), figure))
    narrowed = ", ".join(text for text in (selection.store, selection.staff, selection.use) if text)
    laid = rows_sheet.lay_out(figure, lines, asked.label, narrowed, language)
    cells = as_reported(laid, rows_sheet.HEADING_ROW, store.parameters)
    if write:
        progress("writing")
        book.write(sheet, cells, rows_sheet.layout(language))
    problems = all_problems(store, counting.situation)
    return RowsBehind(figure, asked, as_of, lines, cells, problems, language, sheet if write else "")


def period_of(label: str) -> Period:
    """
    The period that a label such as 2026-11, 2026-W47, 2026-Q4 or 2026 names.

    Raises:
        WrongRequest: It names none.
    """
    if "W" in label:
        return Period.week(label)
    if "Q" in label:
        return Period.quarter(label)
    return Period.month(label) if "-" in label else Period.year(label)
