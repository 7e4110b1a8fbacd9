"""What a command prints besides its own tables, and the exit codes."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.options import as_of

if TYPE_CHECKING:
    from rich.console import Console

    from xl_retention.actions.generate_calls import Progress
    from xl_retention.books.closed import ClosedBook
    from xl_retention.domain.problems import Problem

DONE, FAULTS, COULD_NOT = 0, 1, 2
PIPED_WIDTH = 130
SHOWN_ROWS = 40
"""Rows printed on the screen; the workbook holds all of them."""
STEPS = {
    "reading": "Reading the workbook …",
    "computing": "Working out who is due …",
    "writing": "Writing the sheets …",
}
SEVERITY_STYLES = {"high": "red", "medium": "yellow", "low": "dim"}


@contextlib.contextmanager
def progress_on_stderr(*, quiet: bool) -> Iterator[Progress]:
    """Shows the step under way on stderr while somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda step: status.update(STEPS.get(step, step))


def screen() -> Console:
    """Where tables are printed; a file or a pipe gets them wide enough to be read."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=PIPED_WIDTH)


def save(book: ClosedBook, options: argparse.Namespace) -> None:
    """Writes the file, unless only the answer is wanted."""
    if not options.dry_run:
        book.save(options.out)


def told(
    options: argparse.Namespace,
    answer: Mapping[str, object],
    problems: Sequence[Problem],
    language: str,
    backup: Path | None,
) -> int:
    """Prints the answer as JSON, or where the sheet is; returns the exit code."""
    if options.json:
        found = [problem_json(problem) for problem in problems]
        print_json({"as_of": as_of(options).isoformat(), **answer, "problems": found})
    else:
        print_end(options, language, backup)
    return FAULTS if options.strict and problems else DONE


def problem_json(problem: Problem) -> dict[str, str]:
    """A Problem as the contract prints it."""
    names = ("sheet", "cell", "heading", "found", "wanted", "remedy", "severity", "code")
    return {name: getattr(problem, name) for name in names}


def print_json(answer: object) -> None:
    """Prints one JSON object on a line."""
    print(json.dumps(answer, ensure_ascii=False))


def print_end(options: argparse.Namespace, language: str, backup: Path | None) -> None:
    """Says which file to open and where the one before is, or that nothing was written."""
    from xl_retention.sheets.wording import say

    if options.dry_run:
        print(say("nothing_written", language))
    else:
        print_place(options.out or options.book, language, backup)


def print_place(path: Path, language: str, backup: Path | None) -> None:
    """Says which file to open, and where the one before is."""
    from xl_retention.sheets.wording import say

    if backup:
        print_backup(language, backup)
    print(say("open_this", language, path=path))


def print_backup(language: str, backup: Path) -> None:
    """Says where the file is kept as it was before."""
    from xl_retention.sheets.wording import say

    print(say("backup", language, path=backup))


def print_findings(problems: Sequence[Problem], language: str) -> None:
    """Prints what is wrong in the workbook, a row for each cell."""
    from rich.table import Table
    from rich.text import Text

    from xl_retention.sheets.wording import in_language, say

    findings = Table(title=say("findings_title", language, count=len(problems)), title_justify="left")
    for key in ("severity", "cell", "heading", "found", "wanted", "remedy"):
        findings.add_column(say(key, language))
    for problem in problems[:SHOWN_ROWS]:
        findings.add_row(
            Text(say(problem.severity, language), style=SEVERITY_STYLES[problem.severity]),
            Text(f"{problem.sheet}!{problem.cell}" if problem.cell else problem.sheet),
            Text(problem.heading),
            Text(problem.found),
            Text(in_language(problem.wanted, language)),
            Text(in_language(problem.remedy, language)),
        )
    screen().print(findings)
    if len(problems) > SHOWN_ROWS:
        print(say("more_findings", language, count=len(problems) - SHOWN_ROWS))


def print_rows(
    title: object,
    headings: Sequence[object],
    rows: Sequence[Sequence[object]],
    language: str,
    most: int | None = SHOWN_ROWS,
    only: Sequence[int] | None = None,
) -> None:
    """
    Prints the rows of a sheet without the columns that are blank in all that is shown, or that there are none.

    Args:
        only: Places of the columns that fit on a screen, in their order; None for all.
    """
    from rich.table import Table
    from rich.text import Text

    from xl_retention.sheets.wording import say

    print(title)
    if not rows:
        print(say("no_rows", language))
        return
    shown = rows[:most]
    wanted = range(len(headings)) if only is None else only
    places = [n for n in wanted if any(row[n] not in (None, "") for row in shown)]
    table = Table()
    for place in places:
        table.add_column(str(headings[place]), overflow="fold")
    for row in shown:
        table.add_row(*(Text(_in_a_table(row[place])) for place in places))
    screen().print(table)
    if len(rows) > len(shown):
        print(say("more_rows", language, count=len(rows) - len(shown)))


def _in_a_table(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
