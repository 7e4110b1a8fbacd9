"""The commands `kpi` and `kpi-report`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xl_retention.cli.answers import (
    DONE,
    FAULTS,
    print_end,
    print_json,
    print_rows,
    progress_on_stderr,
    save,
    screen,
    told,
)
from xl_retention.cli.options import as_of, asked_period, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.actions.refresh_kpis import KeyFigures
    from xl_retention.cli.options import Commands
    from xl_retention.domain.kpis.computed import Measured

AS_TYPED = "as the sheet says, else that of the day"
STATUS_STYLES = {"met": "green", "missed": "red", "open": "yellow", "no_target": "", "no_data": "dim"}


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    kpi = commands.add_parser("kpi", help="count the key figures of a month or a week")
    book_options(kpi)
    span_options(kpi, AS_TYPED)
    writing_options(kpi)
    kpi.set_defaults(run=_kpi)
    report = commands.add_parser("kpi-report", help="lay out the key figures of a role, or a form of them")
    book_options(report)
    report.add_argument("--report", metavar="NAME", help="which, by number or name, such as 1 or manager")
    report.add_argument("--month", metavar="YYYY-MM", help=f"which month (default: {AS_TYPED})")
    writing_options(report)
    report.set_defaults(run=_report)


def span_options(parser: argparse.ArgumentParser, default: str = "that of the day") -> None:
    """Options that name a month or a week, and what counts without them."""
    span = parser.add_mutually_exclusive_group()
    span.add_argument("--month", metavar="YYYY-MM", help=f"which month (default: {default})")
    span.add_argument("--week", metavar="YYYY-Www", help="which week, such as 2026-W07, Monday to Sunday")


def _kpi(options: argparse.Namespace) -> int:
    from xl_retention.actions.refresh_kpis import refresh_kpis
    from xl_retention.books.closed import ClosedBook

    period = asked_period(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        found = refresh_kpis(book, as_of(options), period, write=not options.dry_run, progress=progress)
        save(book, options)
    if options.json:
        print_json(_kpi_json(found))
    else:
        _print_kpis(found)
        print_end(options, found.language, book.backup)
    return FAULTS if options.strict and found.problems else DONE


def _report(options: argparse.Namespace) -> int:
    from xl_retention.actions.kpi_report import report_kpis
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.kpis.kpi_report_sheet import HEADING_ROW

    month = asked_period(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = report_kpis(book, as_of(options), options.report, month, write=not options.dry_run, progress=progress)
        save(book, options)
    heads, *lines = made.cells[HEADING_ROW - 1 :]
    headings = [head for head in heads if head]
    rows = [line[: len(headings)] for line in lines]
    if not options.json:
        short = [[f"{cell:.4g}" if isinstance(cell, float) else cell for cell in row] for row in rows]
        print_rows(made.cells[0][0], headings, short, made.language, most=None)
    named = {"report": made.report.key, "period": made.period.label}
    return told(options, {**named, "headings": headings, "rows": rows}, (), made.language, book.backup)


def _kpi_json(found: KeyFigures) -> dict[str, object]:
    period = found.view.asked.period
    return {
        "as_of": found.view.asked.as_of.isoformat(),
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "kpis": [
            {
                "code": figure.kpi.code,
                "name": figure.kpi.name(found.language),
                **({"group": figure.group} if figure.group else {}),
                "numerator": plain_number(figure.numerator),
                "denominator": plain_number(figure.denominator),
                "value": plain_number(figure.value),
                "target": plain_number(figure.target),
                "status": figure.status.value,
            }
            for figure in found.figures
        ],
    }


def plain_number(number: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(number) if number is not None and number == int(number) else number


def _print_kpis(found: KeyFigures) -> None:
    from rich.table import Table
    from rich.text import Text

    from xl_retention.domain.kpis.definitions import Family
    from xl_retention.sheets.kpis.kpi_words import family_word, status_word
    from xl_retention.sheets.wording import say

    language, period = found.language, found.view.asked.period
    title = say("kpis_title", language, period=period.label, day=found.view.asked.as_of.isoformat())
    table = Table(title=title, title_justify="left")
    for name in ("kpi_code", "kpi_name", "numerator", "denominator", "value", "kpi_target", "kpi_status"):
        table.add_column(say(name, language), justify="left" if name.startswith("kpi_") else "right")
    family, families = None, list(Family)
    for figure in sorted(found.figures, key=lambda each: families.index(each.kpi.family)):
        if figure.kpi.family is not family:
            family = figure.kpi.family
            table.add_section()
            table.add_row("", Text(family_word(family, language), style="bold"))
        name = figure.kpi.name(language)
        table.add_row(
            figure.kpi.code,
            Text(f"{name}: {figure.group}" if figure.group else name),
            shown(figure.numerator),
            shown(figure.denominator),
            _shown_value(figure, figure.value),
            _shown_value(figure, figure.target),
            Text(status_word(figure.status, language), style=STATUS_STYLES[figure.status.value]),
        )
    screen().print(table)


def shown(number: float | None) -> str:
    """A number with separators, whole ones without decimals."""
    return "" if number is None else f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


def _shown_value(figure: Measured, number: float | None) -> str:
    if number is None or not figure.kpi.is_share:
        return shown(number)
    return f"{number:.1%}"
