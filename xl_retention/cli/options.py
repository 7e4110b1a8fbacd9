"""Options that commands share, and what they are read into."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from xl_retention.errors import WrongRequest

if TYPE_CHECKING:
    from xl_retention.domain.dates import Period

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days beyond leave no room for counting months back and ahead."""


def book_options(
    parser: argparse.ArgumentParser, read: Callable[[str], dt.date] | None = None, written: str = "YYYY-MM-DD"
) -> None:
    """
    Options of all commands on a workbook.

    Args:
        parser: Of the command.
        read: Reads what is typed after `--date`.
        written: How a date is to be typed.
    """
    parser.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    parser.add_argument("--date", type=read or read_day, metavar=written, help="the day to look at (default: today)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--strict", action="store_true", help="exit 1 if anything was found wrong")


def writing_options(parser: argparse.ArgumentParser) -> None:
    """Options of commands that write into the workbook."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to another file")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, print the same")


def read_day(text: str) -> dt.date:
    """A day written as YYYY-MM-DD."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        with contextlib.suppress(ValueError):
            day = dt.date.fromisoformat(text)
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise argparse.ArgumentTypeError(
                    f"'{text}' is too far away; the year must be {FIRST_YEAR} to {LAST_YEAR}"
                )
            return day
    raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as YYYY-MM-DD")


def read_moment(text: str) -> dt.date:
    """A day, or a day and an hour."""
    day, _, clock = text.partition("T")
    if not clock:
        return read_day(day)
    with contextlib.suppress(ValueError):
        return dt.datetime.combine(read_day(day), dt.datetime.strptime(clock, "%H:%M").time())
    raise argparse.ArgumentTypeError(f"'{text}' is not a moment; write it as YYYY-MM-DDTHH:MM")


def as_of(options: argparse.Namespace) -> dt.date:
    """The day to look at."""
    return options.date or dt.date.today()


def asked_period(options: argparse.Namespace) -> Period | None:
    """The month or week asked for; None for neither."""
    from xl_retention.domain.dates import Period

    week = getattr(options, "week", None)
    if options.month:
        period = Period.month(options.month)
    elif week:
        period = Period.week(week)
    else:
        return None
    if not FIRST_YEAR <= period.start.year <= LAST_YEAR:
        raise WrongRequest(f"'{period.label}' is too far away; the year must be {FIRST_YEAR} to {LAST_YEAR}.")
    return period
