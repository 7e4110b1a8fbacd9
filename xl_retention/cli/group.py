"""The command `roll-up`: many stores together."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.answers import DONE, FAULTS, print_json, print_place, print_rows
from xl_retention.cli.key_figures import plain_number, span_options
from xl_retention.cli.options import as_of, asked_period, read_day
from xl_retention.errors import WrongRequest

if TYPE_CHECKING:
    from xl_retention.actions.roll_up import RolledUp
    from xl_retention.cli.options import Commands
    from xl_retention.domain.group.together import GroupFigure


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    group = commands.add_parser("roll-up", help="count the key figures of many stores together")
    group.add_argument("books", nargs="+", type=Path, metavar="FILE", help="workbooks, a store each, or folders")
    group.add_argument("--out", type=Path, metavar="FILE", required=True, help="the group's workbook (.xlsx)")
    group.add_argument("--date", type=read_day, metavar="YYYY-MM-DD", help="the day to look at (default: today)")
    span_options(group)
    group.add_argument("--scheduler", default="", metavar="ADDRESS", help="a Dask cluster, such as tcp://host:8786")
    group.add_argument("--workers", type=int, default=0, metavar="N", help="processes on this computer (default: all)")
    group.add_argument("--parquet", type=Path, metavar="FILE", help="write each store's figures as Parquet too")
    group.add_argument("--lang", choices=("en", "zh"), default="", help="language (default: that of most stores)")
    group.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    group.add_argument("--dry-run", action="store_true", help="write nothing, print the same")
    group.add_argument("--strict", action="store_true", help="exit 1 if a workbook was left out")
    group.set_defaults(run=_roll_up)


def _roll_up(options: argparse.Namespace) -> int:
    from xl_retention.actions.roll_up import forget_parts, roll_up, write_group, write_parquet

    books = _workbooks(options.books, options.out)
    if not options.dry_run:
        _refuse_place(options.out, books)
    parts = options.out.with_name(f"{options.out.name}.parts")
    with _counted(quiet=options.json) as progress:
        made = roll_up(
            books, as_of(options), asked_period(options),
            scheduler=options.scheduler, workers=options.workers,
            parts=None if options.dry_run else parts, progress=progress,
        )  # fmt: skip
    backup = None
    if not options.dry_run:
        backup = write_group(options.out, made, options.lang)
        if options.parquet:
            write_parquet(options.parquet, made)
        forget_parts(parts)
    if options.json:
        print_json(_as_json(made))
    else:
        _print(made, options.lang or made.language)
        if not options.dry_run:
            print_place(options.out, made.language, backup)
    return FAULTS if options.strict and made.failed else DONE


def _refuse_place(out: Path, books: Sequence[Path]) -> None:
    """Before hours of counting, and before the group takes the place of a store."""
    from xl_retention.books.replacing import refuse_if_not_writable

    if out.resolve() in {path.resolve() for path in books}:
        raise WrongRequest(f"{out.name} is one of the workbooks to count; choose another name for the group's.")
    if out.suffix.lower() != ".xlsx":
        raise WrongRequest(f"The group's workbook holds no macros; choose a name ending in .xlsx, not {out.name}.")
    refuse_if_not_writable(out)


def _workbooks(paths: list[Path], out: Path) -> list[Path]:
    """The files, and the workbooks in folders but for backups, lock files and the group's own."""
    from xl_retention.books.replacing import is_backup

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.suffix.lower() in (".xlsx", ".xlsm"))
            found += [
                file
                for file in inside
                if not (is_backup(file) or file.name.startswith(("~$", ".")) or file.resolve() == out.resolve())
            ]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


@contextlib.contextmanager
def _counted(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, count: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


def _as_json(made: RolledUp) -> dict[str, object]:
    language, known = made.language, made.known

    def figures(found: Sequence[GroupFigure]) -> list[dict[str, object]]:
        return [
            {
                "code": figure.kpi.code,
                "name": figure.kpi.name(language),
                **({"group": figure.group} if figure.group else {}),
                "numerator": plain_number(figure.numerator),
                "denominator": plain_number(figure.denominator),
                "value": plain_number(figure.value),
                "target": plain_number(figure.target),
                "status": figure.status,
                "stores": figure.stores,
            }
            for figure in found
        ]

    return {
        "as_of": made.as_of.isoformat(),
        "period": {"start": made.period.start.isoformat(), "end": made.period.end.isoformat()},
        "customers": known.customers,
        "kpis": figures(made.figures),
        "regions": [{"region": region, "kpis": figures(found)} for region, found in made.regions.items()],
        "stores": [
            {
                "file": store.file,
                "store": store.name,
                "region": store.region,
                "customers": store.customers,
                "kpis": [
                    {
                        "code": figure.code,
                        **({"group": figure.group} if figure.group else {}),
                        "numerator": plain_number(figure.above.number),
                        "denominator": plain_number(figure.below.number),
                        "value": plain_number(figure.value),
                        "target": plain_number(figure.target),
                        "status": figure.status,
                    }
                    for figure in store.figures
                ],
                "problems": dict(store.problems),
            }
            for store in made.stores
        ],
        "shared_customers": [
            [
                {"store": made.stores[store].name, "customer_id": made.stores[store].ids[place]}
                for store, place in each.places
            ]
            for each in known.duplicates
        ],
        "moved": [
            {
                "vin": each.car,
                "customer_id": each.customer[0],
                "from": made.stores[each.before].name,
                "last_there": each.last_before,
                "to": made.stores[each.now].name,
                "since": each.last_now,
            }
            for each in known.moved
        ],
        "failed": [{"file": each.file, "reason": each.reason} for each in made.failed],
    }


def _print(made: RolledUp, language: str) -> None:
    from xl_retention.cli.key_figures import shown
    from xl_retention.domain.kpis.computed import Status
    from xl_retention.sheets.kpis.kpi_words import status_word
    from xl_retention.sheets.wording import say

    names = ("kpi_code", "kpi_name", "numerator", "denominator", "value", "kpi_status")
    headings = [say(name, language) for name in names]
    rows = [
        [
            figure.kpi.code, figure.kpi.name(language), shown(figure.numerator), shown(figure.denominator),
            "" if figure.value is None else f"{figure.value:.1%}" if figure.kpi.is_share else shown(figure.value),
            status_word(Status(figure.status), language),
        ]
        for figure in made.figures
        if not figure.group
    ]  # fmt: skip
    title = say("group_title", language, count=len(made.stores), period=made.period.label, day=made.as_of.isoformat())
    print_rows(title, headings, rows, language, most=None)
    for each in made.failed:
        print(f"{each.file}: {say('file_left_out', language, reason=each.reason)}")
    counts = {"stores": len(made.stores), "failed": len(made.failed), "customers": made.known.customers}
    print(say("result_roll_up", language, **counts))
