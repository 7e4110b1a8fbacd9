"""The command `backtest`."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING

from xl_retention.cli.answers import DONE, print_json, progress_on_stderr, screen
from xl_retention.cli.options import as_of, book_options

if TYPE_CHECKING:
    from xl_retention.actions.backtest import TriedScore
    from xl_retention.cli.options import Commands

MOST_MONTHS = 120


def add_to(commands: Commands) -> None:
    """Registers the command."""
    backtest = commands.add_parser("backtest", help="try the lapse score on what came after an earlier day")
    book_options(backtest)
    backtest.add_argument(
        "--months",
        type=_months,
        default=6,
        metavar="N",
        help="how many months after the day are looked at (default: 6)",
    )
    backtest.set_defaults(run=_backtest)


def _months(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_MONTHS:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of months from 1 to {MOST_MONTHS}")
    return int(text)


def _backtest(options: argparse.Namespace) -> int:
    from xl_retention.actions.backtest import try_score
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        tried = try_score(book, as_of(options), options.months, progress=progress)
    if options.json:
        print_json(_json(tried))
    else:
        _print(tried)
    return DONE


def _json(tried: TriedScore) -> dict[str, object]:
    found = tried.backtest
    return {
        "date": found.date.isoformat(),
        "months": found.months,
        "customers": found.customers,
        "methods": [
            {
                "name": name,
                "auc": _number(method.auc),
                "auc_low": _number(method.auc_low),
                "auc_high": _number(method.auc_high),
                "top_tenth_hit": _number(method.top_tenth_hit),
                "calibration": [
                    {
                        "customers": group.customers,
                        "predicted": None if group.predicted is None else _number(group.predicted),
                        "observed": _number(group.observed),
                    }
                    for group in method.calibration
                ],
            }
            for name, method in found.methods.items()
        ],
    }


def _number(value: float) -> float | None:
    """No data is null."""
    return None if math.isnan(value) else round(value, 6)


def _print(tried: TriedScore) -> None:
    from rich.table import Table

    from xl_retention.sheets.wording import say

    found, language, console = tried.backtest, tried.language, screen()
    title = say("backtest_title", language, day=found.date.isoformat(), months=found.months)
    table = Table(title=title, title_justify="left")
    for key in ("backtest_method", "backtest_auc", "backtest_interval", "backtest_top"):
        table.add_column(say(key, language), justify="left" if key == "backtest_method" else "right")
    for name, method in found.methods.items():
        table.add_row(
            say(f"method_{name}", language),
            f"{method.auc:.3f}",
            f"{method.auc_low:.3f} – {method.auc_high:.3f}",
            f"{method.top_tenth_hit:.1%}",
        )
    console.print(table)
    print(say("backtest_note", language, customers=found.customers, share=f"{found.came:.1%}"))
    print(say("backtest_calibration", language))
    groups = Table()
    for key in ("count", "backtest_predicted", "backtest_observed"):
        groups.add_column(say(key, language), justify="right")
    for group in found.methods["score"].calibration:
        predicted = "" if group.predicted is None else f"{group.predicted:.1%}"
        groups.add_row(str(group.customers), predicted, f"{group.observed:.1%}")
    console.print(groups)
