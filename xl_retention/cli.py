"""What the shell calls: `xl-retention COMMAND BOOK [options]`.

Exit 0: done. 1: done, but `--strict` found faults. 2: could not; the reason is one sentence on stderr and
nothing was written. With `--json` one JSON object goes to stdout and nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from xl_retention import __version__
from xl_retention.errors import RetentionError, WrongRequest

if TYPE_CHECKING:
    from rich.console import Console

    from xl_retention.actions.check_data import CheckedData
    from xl_retention.actions.generate_calls import GeneratedCalls, Progress
    from xl_retention.actions.refresh_classes import Classes
    from xl_retention.actions.refresh_kpis import KeyFigures
    from xl_retention.actions.save_results import SavedResults
    from xl_retention.books.closed import ClosedBook
    from xl_retention.domain.dates import Period
    from xl_retention.domain.kpis.computed import Measured
    from xl_retention.domain.problems import Problem
    from xl_retention.setting_up.surroundings import Surroundings

DONE, FAULTS, COULD_NOT = 0, 1, 2
PIPED_WIDTH = 130
SHOWN_ROWS = 40
"""Calls printed on the screen; the workbook holds all of them."""
DEMO_DATE = dt.date(2026, 11, 21)
"""Reference date of the sample stores."""
DEMO_FOLDER = "xl-retention-demo"
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days beyond leave no room for counting months back and ahead."""
DETAILS_WANTED = "XL_RETENTION_DEBUG"
"""Environment variable that lets an error of the program itself through, with its traceback."""
STEPS = {
    "reading": "Reading the workbook …",
    "computing": "Working out who is due …",
    "writing": "Writing the sheets …",
}
SEVERITY_STYLES = {"high": "red", "medium": "yellow", "low": "dim"}
STATUS_STYLES = {"met": "green", "missed": "red", "open": "yellow", "no_target": "", "no_data": "dim"}
STATE_STYLES = {"ok": "green", "warn": "yellow", "bad": "red", "skipped": "dim"}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the console script."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Carries out one command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a Windows console may not know Chinese
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
    except RetentionError as error:
        print(f"xl-retention: {error}", file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        print("xl-retention: stopped; nothing was written.", file=sys.stderr)
        return COULD_NOT
    except BrokenPipeError:
        # Whoever read our output has gone; writing on, even at exit, would only complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        print(f"xl-retention: {error.strerror or error} ({error.filename or 'file'})", file=sys.stderr)
        return COULD_NOT
    except Exception as error:
        if os.environ.get(DETAILS_WANTED):
            raise
        print(
            f"xl-retention: this should not have happened ({type(error).__name__}: {error}); "
            f"please report it, with what is shown when {DETAILS_WANTED}=1 is set.",
            file=sys.stderr,
        )
        return COULD_NOT
    return code


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one sentence, as every other reason for not going on."""

    def error(self, message: str) -> NoReturn:
        message = message.removeprefix("argument ")
        raise WrongRequest(f"{message}; see {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="xl-retention",
        description="Customer retention inside the workbook that the staff already keep.",
    )
    parser.add_argument("--version", action="version", version=f"xl-retention {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    today = commands.add_parser("today", help="generate today's calls in a workbook")
    _book_options(today)
    today.add_argument("--role", metavar="R", help="show only the calls of a role, such as SA or CS")
    today.add_argument("--staff", metavar="NAME", help="show only the calls of a person")
    _writing_options(today)
    today.set_defaults(run=_today)

    save = commands.add_parser("save-results", help="enter typed outcomes into the contact log, off the list")
    _book_options(save)
    save.add_argument("--staff", metavar="NAME", help="who made the calls (default: whoever stands beside each)")
    _writing_options(save)
    save.set_defaults(run=_save_results)

    check = commands.add_parser("check", help="say how a workbook is understood and what is wrong in it")
    _book_options(check)
    check.set_defaults(run=_check)

    classify = commands.add_parser("classify", help="sort cars, prospects and key accounts into their classes")
    _book_options(classify)
    classify.add_argument("--why", action="store_true", help="with --json: a sentence for each label of a car")
    _writing_options(classify)
    classify.set_defaults(run=_classify)

    kpi = commands.add_parser("kpi", help="count the key figures of a month or a week")
    _book_options(kpi)
    span = kpi.add_mutually_exclusive_group()
    span.add_argument("--month", metavar="YYYY-MM", help="which month (default: that of the day)")
    span.add_argument("--week", metavar="YYYY-Www", help="which week, such as 2026-W07, Monday to Sunday")
    kpi.add_argument("--dry-run", action="store_true", help="write nothing, print the same")
    kpi.set_defaults(run=_kpi)

    plan = commands.add_parser("plan", help="plan a month: whom to contact, in which groups")
    _book_options(plan)
    plan.add_argument("--month", metavar="YYYY-MM", help="which month (default: as the sheet says, else this one)")
    _writing_options(plan)
    plan.set_defaults(run=_plan)

    mailing = commands.add_parser("mailing-list", help="list the messages due, ready for mail merge")
    _book_options(mailing)
    mailing.add_argument("--rule", metavar="CODE", help="only the messages of one rule, such as HOL")
    mailing.add_argument("--csv", type=Path, metavar="FILE", help="write the list to a CSV file too")
    _writing_options(mailing)
    mailing.set_defaults(run=_mailing_list)

    customer = commands.add_parser("customer", help="show all about one customer")
    _book_options(customer)
    customer.add_argument("--find", metavar="TEXT", help="plate, phone, VIN, number or name (default: as typed)")
    _writing_options(customer)
    customer.set_defaults(run=_customer)

    report = commands.add_parser("report", help="report what each person did on a day and what is left")
    _book_options(report)
    report.add_argument("--staff", metavar="NAME", help="only this person")
    _writing_options(report)
    report.set_defaults(run=_report)

    complaints = commands.add_parser("complaints", help="show the clocks of open complaints, let overdue ones go up")
    _book_options(complaints, _moment, "YYYY-MM-DD[THH:MM]")
    _writing_options(complaints)
    complaints.set_defaults(run=_complaints)

    cards = commands.add_parser("cards", help="number prospects' cards, convert delivered ones, plan yellow cards")
    _book_options(cards)
    cards.add_argument("--month", metavar="YYYY-MM", help="whose deliveries (default: as typed, else this one)")
    _writing_options(cards)
    cards.set_defaults(run=_cards)

    hand_over = commands.add_parser("hand-over", help="give what somebody looks after to others")
    _book_options(hand_over)
    hand_over.add_argument("--from", dest="leaver", metavar="NAME", help="who leaves (default: as typed on the form)")
    hand_over.add_argument("--to", action="append", metavar="NAME", help="who takes over; once more to share it out")
    hand_over.add_argument("--reason", default="", metavar="TEXT", help="why, for the record")
    _writing_options(hand_over)
    hand_over.set_defaults(run=_hand_over)

    demo = commands.add_parser("demo", help="copy a sample store here and generate its calls")
    demo.add_argument("--lang", choices=("en", "zh"), default="en", help="which sample store (default: en)")
    demo.add_argument("--out", type=Path, metavar="FOLDER", help=f"where to (default: {DEMO_FOLDER})")
    demo.add_argument("--json", action="store_true", help="print JSON instead of a table")
    demo.set_defaults(run=_demo)

    install = commands.add_parser("install", help="set up what the buttons need, in Excel and in LibreOffice")
    install.add_argument("--remove", action="store_true", help="undo exactly what install did")
    install.add_argument("--trust", type=Path, metavar="FOLDER", help="let LibreOffice run macros of workbooks there")
    _set_up_options(install)
    install.set_defaults(run=_install)

    doctor = commands.add_parser("doctor", help="find what keeps the buttons from working, and say what to do")
    doctor.add_argument("book", nargs="?", metavar="BOOK", help="a workbook to look at too")
    doctor.add_argument("--unblock", type=Path, metavar="FILE", help="take off the mark of mail and download")
    doctor.add_argument("--repair", type=Path, metavar="FILE", help="put back what a save in LibreOffice takes out")
    doctor.add_argument("--strict", action="store_true", help="exit 1 if anything was found wrong")
    _set_up_options(doctor)
    doctor.set_defaults(run=_doctor)

    build = commands.add_parser("build", help="make a new retention workbook (FILE.xlsm) or the add-in (FILE.xlam)")
    build.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the workbook (default: en)")
    build.add_argument("--out", type=Path, metavar="FILE", required=True, help="where to; a file is not replaced")
    build.set_defaults(run=_build)
    return parser


def _set_up_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--libreoffice-profile", type=Path, metavar="DIR", help="a LibreOffice profile other than your own"
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the answer (default: en)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def _book_options(
    parser: argparse.ArgumentParser, day: Callable[[str], dt.date] | None = None, written: str = "YYYY-MM-DD"
) -> None:
    parser.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    parser.add_argument("--date", type=day or _day, metavar=written, help="the day to look at (default: today)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--strict", action="store_true", help="exit 1 if anything was found wrong")


def _writing_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to another file")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, print the same")


def _day(text: str) -> dt.date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        with contextlib.suppress(ValueError):
            day = dt.date.fromisoformat(text)
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise argparse.ArgumentTypeError(
                    f"'{text}' is too far away; the year must be {FIRST_YEAR} to {LAST_YEAR}"
                )
            return day
    raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as YYYY-MM-DD")


def _moment(text: str) -> dt.date:
    """A day, or a day and an hour."""
    day, _, clock = text.partition("T")
    if not clock:
        return _day(day)
    with contextlib.suppress(ValueError):
        return dt.datetime.combine(_day(day), dt.datetime.strptime(clock, "%H:%M").time())
    raise argparse.ArgumentTypeError(f"'{text}' is not a moment; write it as YYYY-MM-DDTHH:MM")


def _as_of(options: argparse.Namespace) -> dt.date:
    return options.date or dt.date.today()


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    """Shows the step under way on stderr while somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda step: status.update(STEPS.get(step, step))


def _today(options: argparse.Namespace) -> int:
    from xl_retention.actions.generate_calls import generate_calls
    from xl_retention.books.closed import ClosedBook

    role = _role(options.role)
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = generate_calls(book, _as_of(options), write=not options.dry_run, progress=progress)
        _save(book, options)
    if options.json:
        _print_json(_today_json(made, role, options.staff))
    else:
        _print_calls(made, role, options.staff)
        _print_end(options, made.language, book.backup)
    return FAULTS if options.strict and made.problems else DONE


def _save_results(options: argparse.Namespace) -> int:
    from xl_retention.actions.save_results import save_results
    from xl_retention.books.closed import ClosedBook

    day = options.date
    now = dt.datetime.combine(day, dt.time()) if day else dt.datetime.now().replace(second=0, microsecond=0)
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        done = save_results(book, now, options.staff or "", progress, write=not options.dry_run)
        _save(book, options)
    if options.json:
        _print_json(
            {
                "saved": done.saved,
                "kept_open": done.kept_open,
                "problems": [_problem_json(problem) for problem in done.problems],
            }
        )
    else:
        _print_saved(done, options, book.backup)
    return FAULTS if options.strict and done.problems else DONE


def _print_saved(done: SavedResults, options: argparse.Namespace, backup: Path | None) -> None:
    from xl_retention.sheets.wording import say

    counts = {"saved": done.saved, "kept": done.kept_open, "problems": len(done.problems)}
    print(say("result_saved", done.language, **counts))
    if done.problems:
        _print_findings(done.problems, done.language)
    _print_end(options, done.language, backup)


def _role(text: str | None) -> str | None:
    from xl_retention.domain.words import canonical

    if text is None:
        return None
    role = canonical("role", text)
    if not role:
        raise WrongRequest(f"'{text}' is not a role; known are SA, CS, SV, FD, SM, KAM and the others of the guide.")
    return role


def _wanted(made: GeneratedCalls, role: str | None, staff: str | None) -> list[int]:
    """Places of the calls to show."""
    rows = made.worklist.rows
    return [
        place
        for place, (has_role, owner) in enumerate(zip(rows.role, rows.owner, strict=True))
        if (role is None or has_role == role) and (staff is None or owner == staff.strip())
    ]


def _today_json(made: GeneratedCalls, role: str | None, staff: str | None) -> dict[str, object]:
    rows = []
    places = _wanted(made, role, staff)
    for place, call in zip(places, made.worklist.calls_at(places), strict=True):
        rows.append(
            {
                "customer_id": call.customer_id,
                "customer_name": call.customer_name,
                "mobile": call.mobile,
                "vin": call.vin,
                "plate_no": call.plate_no,
                "role": call.role,
                "owner": call.owner,
                "rules": list(call.rules),
                "due_keys": list(call.due_keys),
                "due_date": call.due_date.isoformat(),
                "deadline": call.deadline.isoformat(),
                "overdue_days": call.overdue_days,
                "priority": call.priority,
                "value_tier": call.value_tier,
                "reason": made.reasons[place],
            }
        )
    return {
        "as_of": made.worklist.as_of.isoformat(),
        "rows": rows,
        "mailing_list": [
            {
                "customer_id": message.customer_id,
                "vin": message.vin,
                "rule": message.rule,
                "due_date": message.due_date.isoformat(),
                "channel": message.channel,
            }
            for message in made.messages()
        ],
        "suppressed": [
            {"customer_id": item.customer_id, "rule": item.rule, "reason": item.reason}
            for item in made.worklist.suppressed
        ],
        "problems": [_problem_json(problem) for problem in made.problems],
    }


def _problem_json(problem: Problem) -> dict[str, str]:
    names = ("sheet", "cell", "heading", "found", "wanted", "remedy", "severity", "code")
    return {name: getattr(problem, name) for name in names}


def _print_json(answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False))


def _say(made: GeneratedCalls, key: str, **values: object) -> None:
    from xl_retention.sheets.wording import say

    print(say(key, made.language, **values))


def _print_end(options: argparse.Namespace, language: str, backup: Path | None) -> None:
    """Says which file to open and where the one before is, or that nothing was written."""
    from xl_retention.sheets.wording import say

    if options.dry_run:
        print(say("nothing_written", language))
    else:
        _print_place(options.out or options.book, language, backup)


def _print_place(path: Path, language: str, backup: Path | None) -> None:
    from xl_retention.sheets.wording import say

    if backup:
        print(say("backup", language, path=backup))
    print(say("open_this", language, path=path))


def _console() -> Console:
    """Where tables are printed; a file or a pipe gets them wide enough to be read."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=PIPED_WIDTH)


def _print_calls(made: GeneratedCalls, role: str | None, staff: str | None) -> None:
    from rich.table import Table
    from rich.text import Text

    from xl_retention.sheets.wording import role_name, say

    language, worklist = made.language, made.worklist
    places = _wanted(made, role, staff)
    table = Table(title=say("calls_title", language, day=worklist.as_of.isoformat()), title_justify="left")
    for name in ("priority", "customer", "phone", "who", "reasons", "deadline", "overdue"):
        right = name in ("priority", "overdue")
        table.add_column(
            say(name, language),
            justify="right" if right else "left",
            no_wrap=name in ("phone", "deadline"),
            overflow="fold",
        )
    shown = places[:SHOWN_ROWS]
    for place, call in zip(shown, worklist.calls_at(shown), strict=True):
        table.add_row(
            str(call.priority),
            Text(call.customer_name or call.customer_id),
            Text(call.mobile),
            Text(call.owner or role_name(call.role, language)),
            Text(made.reasons[place]),
            call.deadline.isoformat(),
            str(call.overdue_days or ""),
            style="red" if call.overdue_days else "",
        )
    console = _console()
    console.print(table)
    if len(places) > SHOWN_ROWS:
        _say(made, "more_rows", count=len(places) - SHOWN_ROWS)
    overdue = int((worklist.rows.overdue[places] > 0).sum()) if places else 0
    print(say("calls_note", language, calls=len(places), overdue=overdue))
    if worklist.suppressed:
        _say(made, "suppressed_count", count=len(worklist.suppressed))
    if made.problems:
        high = sum(problem.severity == "high" for problem in made.problems)
        _say(
            made, "problems_found", count=len(made.problems), high=high, sheet=say("checks_sheet", language)
        )


def _check(options: argparse.Namespace) -> int:
    from xl_retention.actions.check_data import check_data
    from xl_retention.books.closed import ClosedBook

    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        checked = check_data(book, _as_of(options), progress=progress)
    if options.json:
        _print_json(
            {
                "mapping": [
                    {
                        "sheet": match.sheet,
                        "header_row": match.header_row,
                        "table": match.table,
                        "columns": match.columns,
                        "unmatched": list(match.unmatched),
                    }
                    for match in checked.sheets
                ],
                "problems": [_problem_json(problem) for problem in checked.problems],
            }
        )
    else:
        _print_check(checked)
    return FAULTS if options.strict and checked.problems else DONE


def _print_check(checked: CheckedData) -> None:
    from rich.table import Table
    from rich.text import Text

    from xl_retention.sheets.wording import say

    console, language, problems = _console(), checked.language, checked.problems
    mapping = Table(title=say("mapping_title", language), title_justify="left")
    for key in ("sheet", "header_row", "table", "columns", "unmatched"):
        mapping.add_column(say(key, language))
    for sheet in checked.sheets:
        mapping.add_row(
            Text(sheet.sheet),
            str(sheet.header_row),
            sheet.table,
            Text(", ".join(f"{heading} → {field}" for field, heading in sheet.columns.items())),
            Text(", ".join(sheet.unmatched)),
        )
    console.print(mapping)
    _print_findings(problems, language)


def _print_findings(problems: Sequence[Problem], language: str) -> None:
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
    _console().print(findings)
    if len(problems) > SHOWN_ROWS:
        print(say("more_findings", language, count=len(problems) - SHOWN_ROWS))


def _classify(options: argparse.Namespace) -> int:
    from xl_retention.actions.refresh_classes import classify, refresh_classes
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.wording import say

    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        if options.dry_run:
            classes = classify(book, _as_of(options), progress=progress)
        else:
            done = refresh_classes(book, _as_of(options), progress=progress)
            classes = done.classes
            book.save(options.out)
    if options.json:
        _print_json(_classes_json(classes, explained=options.why))
    else:
        _print_classes(classes)
        if not options.dry_run:
            print(say("result_classes", classes.language, **done.counts))
        _print_end(options, classes.language, book.backup)
    return FAULTS if options.strict and classes.problems else DONE


def _classes_json(classes: Classes, *, explained: bool) -> dict[str, object]:
    store, identities = classes.situation.store, classes.situation.identities
    columns: dict[str, Sequence[object]] = {
        "customer_id": store.vehicles.texts("customer_id").tolist(),
        "vin": identities.car_ids[: len(store.vehicles)].tolist(),
        **{key: found.labels.tolist() for key, found in classes.of_vehicles.items()},
    }
    if explained:
        whys = classes.why_of_vehicles()
        columns["why"] = [dict(zip(whys, each, strict=True)) for each in zip(*whys.values(), strict=True)]
    graded = classes.of("account_grade")
    return {
        "as_of": classes.situation.date.isoformat(),
        "vehicles": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
        "ratio_check": [dataclasses.asdict(tier) for tier in classes.ratio_check],
        "prospects": [
            {"prospect_no": number, "grade": grade}
            for number, grade in zip(
                store["prospect"].texts("prospect_no"), classes.of("prospect_grade").labels, strict=True
            )
            if grade
        ],
        "accounts": [
            {"account_no": number, "score": score, "grade": grade, "stage": stage}
            for number, score, grade, stage in zip(
                store["key_account"].texts("account_no"),
                graded.inputs["score"].tolist(),
                graded.labels,
                classes.of("stage").labels,
                strict=True,
            )
        ],
        "problems": [_problem_json(problem) for problem in classes.problems],
    }


def _kpi(options: argparse.Namespace) -> int:
    from xl_retention.actions.refresh_kpis import kpis
    from xl_retention.books.closed import ClosedBook

    period = _period(options)
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        found = kpis(book, _as_of(options), period, progress=progress)
    if options.json:
        _print_json(_kpi_json(found))
    else:
        _print_kpis(found)
    return FAULTS if options.strict and found.problems else DONE


def _period(options: argparse.Namespace) -> Period | None:
    from xl_retention.domain.dates import Period

    if options.month:
        period = Period.month(options.month)
    elif options.week:
        period = Period.week(options.week)
    else:
        return None
    if not FIRST_YEAR <= period.start.year <= LAST_YEAR:
        raise WrongRequest(f"'{period.label}' is too far away; the year must be {FIRST_YEAR} to {LAST_YEAR}.")
    return period


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
                "numerator": _plain_number(figure.numerator),
                "denominator": _plain_number(figure.denominator),
                "value": _plain_number(figure.value),
                "target": _plain_number(figure.target),
                "status": figure.status.value,
            }
            for figure in found.figures
        ],
    }


def _plain_number(number: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(number) if number is not None and number == int(number) else number


def _print_kpis(found: KeyFigures) -> None:
    from rich.table import Table
    from rich.text import Text

    from xl_retention.domain.kpis.definitions import Family
    from xl_retention.sheets.kpi_words import family_word, status_word
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
            _shown(figure.numerator),
            _shown(figure.denominator),
            _shown_value(figure, figure.value),
            _shown_value(figure, figure.target),
            Text(status_word(figure.status, language), style=STATUS_STYLES[figure.status.value]),
        )
    _console().print(table)


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


def _shown_value(figure: Measured, number: float | None) -> str:
    if number is None or not figure.kpi.is_share:
        return _shown(number)
    return f"{number:.1%}"


def _print_classes(classes: Classes) -> None:
    from rich.table import Table

    from xl_retention.domain.classes.schemes import BY_KEY
    from xl_retention.sheets.wording import say

    console, language = _console(), classes.language
    table = Table(
        title=say("classes_title", language, day=classes.situation.date.isoformat()), title_justify="left"
    )
    for key in ("scheme", "label", "count", "share", "action_wanted"):
        table.add_column(say(key, language), justify="right" if key in ("count", "share") else "left")
    for scheme, counts in classes.counts():
        total = counts.total
        for place, (label, count) in enumerate(counts.of_labels.items()):
            table.add_row(
                "" if place else scheme.heading(language),
                scheme.name(label, language),
                str(count),
                f"{count / total:.1%}",
                scheme.action(label, language),
                end_section=place == len(counts.of_labels) - 1,
            )
    console.print(table)
    check = Table(title=say("ratio_title", language), title_justify="left")
    for key in ("label", "count", "share", "target"):
        check.add_column(say(key, language), justify="left" if key == "label" else "right")
    tiers = BY_KEY["value_tier"]
    for tier in classes.ratio_check:
        share = "" if tier.share is None else f"{tier.share:.1%}"
        check.add_row(tiers.name(tier.value_tier, language), str(tier.count), share, f"{tier.target:.1%}")
    console.print(check)
    stages = BY_KEY["stage"]
    for plan in classes.repair_plans:
        before, now = (stages.name(word, language) for word in (plan.before, plan.now))
        print(say("repair_plan", language, account=plan.name or plan.account_no, before=before, now=now))


def _plan(options: argparse.Namespace) -> int:
    from xl_retention.actions.month_plan import plan_month
    from xl_retention.books.closed import ClosedBook
    from xl_retention.domain.dates import Period
    from xl_retention.sheets.wording import say

    month = Period.month(options.month) if options.month else None
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = plan_month(book, _as_of(options), month, write=not options.dry_run, progress=progress)
        _save(book, options)
    answer = {"month": made.plan.month.label, "rows": made.as_json()}
    if not options.json:
        _print_rows(made.cells[0][0], made.cells[3], made.cells[4:], made.language)
        print(say("result_plan", made.language, count=len(made.plan.rows), month=made.plan.month.label))
    return _told(options, answer, made.problems, made.language, book.backup)


def _mailing_list(options: argparse.Namespace) -> int:
    from xl_retention.actions.mailing_list import make_mailing_list, write_csv
    from xl_retention.actions.written_runs import Run, write_run
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets import mailing_sheet
    from xl_retention.sheets.wording import say

    day = _as_of(options)
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = make_mailing_list(book, day, rule=options.rule, write=not options.dry_run, progress=progress)
        result = say("result_mailing", made.language, count=len(made.rows))
        if not options.dry_run:
            # The day alone: the same workbook on the same day comes out the same, whoever makes it.
            run = Run("mailing_list", dt.datetime.combine(day, dt.time()), "")
            write_run(book, run, len(made.rows), result, made.language, always=True)
            if options.csv:
                write_csv(options.csv, made)
        _save(book, options)
    if not options.json:
        title, headings = say("mailing_sheet", made.language), mailing_sheet.headings(made.language)
        _print_rows(title, headings, made.body, made.language)
        print(result)
        if options.csv and not options.dry_run:
            print(say("exported", made.language, count=len(made.rows), path=options.csv))
    return _told(options, made.as_json(), made.problems, made.language, book.backup)


def _customer(options: argparse.Namespace) -> int:
    from xl_retention.actions.customer_view import show_customer
    from xl_retention.books.closed import ClosedBook

    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = show_customer(book, _as_of(options), options.find, write=not options.dry_run, progress=progress)
        _save(book, options)
    if not options.json:
        title = made.cells[0][0] if made.story else made.cells[1][0]
        _print_rows(title, made.cells[3], made.cells[4:], made.language, most=None)
    return _told(options, made.as_json(), made.problems, made.language, book.backup)


def _report(options: argparse.Namespace) -> int:
    from xl_retention.actions.daily_report import report_day
    from xl_retention.books.closed import ClosedBook

    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = report_day(book, _as_of(options), options.staff, write=not options.dry_run, progress=progress)
        _save(book, options)
    if not options.json:
        _print_rows(made.cells[0][0], made.cells[3], made.cells[4:], made.language)
    return _told(options, {"people": made.as_json()}, made.problems, made.language, book.backup)


def _complaints(options: argparse.Namespace) -> int:
    from xl_retention.actions.escalate_complaints import check_complaints
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets import complaint_sheet
    from xl_retention.sheets.wording import say

    now = options.date or dt.datetime.now().replace(second=0, microsecond=0)
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = check_complaints(book, now, write=not options.dry_run, progress=progress)
        _save(book, options)
    answer = {
        "as_of": made.now.isoformat(timespec="minutes"),
        "complaints": made.as_json(),
        "escalated": list(made.risen),
        "reopened": list(made.reopened),
    }
    if not options.json:
        cells = complaint_sheet.lay_out(made.situation, made.complaints, made.now, made.language)
        _print_rows(str(cells[0][0]), cells[2], cells[3:], made.language)
        counts = {"overdue": made.overdue, "risen": len(made.risen), "reopened": len(made.reopened)}
        print(say("result_complaints", made.language, count=len(made.complaints), **counts))
    return _told(options, answer, made.problems, made.language, book.backup)


def _cards(options: argparse.Namespace) -> int:
    from xl_retention.actions.convert_prospects import update_cards
    from xl_retention.books.closed import ClosedBook
    from xl_retention.domain.dates import Period
    from xl_retention.sheets.wording import say

    month = Period.month(options.month) if options.month else None
    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = update_cards(book, _as_of(options), month, write=not options.dry_run, progress=progress)
        _save(book, options)
    if not options.json:
        counts = {"entered": len(made.entered), "customers": len(made.new_customers), "count": len(made.cards)}
        print(say("result_cards", made.language, **counts))
    return _told(options, made.as_json(), made.problems, made.language, book.backup)


def _hand_over(options: argparse.Namespace) -> int:
    from xl_retention.actions.hand_over import hand_over
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.hand_over_sheet import COLUMNS
    from xl_retention.sheets.wording import say

    with _progress(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = hand_over(
            book, _as_of(options), options.leaver, options.to or (), options.reason,
            write=not options.dry_run, progress=progress,
        )  # fmt: skip
        _save(book, options)
    if not options.json:
        headings = [say(name, made.language) for name in COLUMNS]
        rows = [[row.get(name) for name in COLUMNS] for row in made.told]
        _print_rows(say("hand_over_sheet", made.language), headings, rows, made.language)
        key = "result_hand_over" if made.moved else "nothing_to_hand_over"
        print(say(key, made.language, rows=len(made.moved), told=len(made.told), name=made.leaver))
    return _told(options, made.as_json(), made.problems, made.language, book.backup)


def _save(book: ClosedBook, options: argparse.Namespace) -> None:
    if not options.dry_run:
        book.save(options.out)


def _told(
    options: argparse.Namespace,
    answer: Mapping[str, object],
    problems: Sequence[Problem],
    language: str,
    backup: Path | None,
) -> int:
    """Prints the answer as JSON, or where the sheet is; returns the exit code."""
    if options.json:
        found = [_problem_json(problem) for problem in problems]
        _print_json({"as_of": _as_of(options).isoformat(), **answer, "problems": found})
    else:
        _print_end(options, language, backup)
    return FAULTS if options.strict and problems else DONE


def _print_rows(
    title: object,
    headings: Sequence[object],
    rows: Sequence[Sequence[object]],
    language: str,
    most: int | None = SHOWN_ROWS,
) -> None:
    """Prints the rows of a sheet without the columns that are blank in all that is shown."""
    from rich.table import Table
    from rich.text import Text

    from xl_retention.sheets.wording import say

    shown = rows[:most]
    places = [n for n in range(len(headings)) if any(row[n] not in (None, "") for row in shown)]
    table = Table(title=str(title), title_justify="left")
    for place in places:
        table.add_column(str(headings[place]), overflow="fold")
    for row in shown:
        table.add_row(*(Text("" if row[place] is None else str(row[place])) for place in places))
    _console().print(table)
    if len(rows) > len(shown):
        print(say("more_rows", language, count=len(rows) - len(shown)))


def _demo(options: argparse.Namespace) -> int:
    from xl_retention.actions.demo import copy_sample
    from xl_retention.actions.generate_calls import generate_calls
    from xl_retention.books.closed import ClosedBook

    path = copy_sample(options.lang, options.out or Path(DEMO_FOLDER))
    with _progress(quiet=options.json) as progress, ClosedBook(path) as book:
        made = generate_calls(book, DEMO_DATE, progress=progress)
        book.save()
    if options.json:
        _print_json(_today_json(made, None, None))
    else:
        _print_calls(made, None, None)
        _print_place(path, made.language, book.backup)
    return DONE


def _install(options: argparse.Namespace) -> int:
    from xl_retention.setting_up.install import Installation
    from xl_retention.setting_up.surroundings import Surroundings
    from xl_retention.setting_up.words import LINES, say

    installation = Installation(Surroundings.here(), profile=options.libreoffice_profile)
    steps = installation.remove() if options.remove else installation.install(options.trust)
    lines = []
    for line in steps:
        lines.append(line)
        if not options.json:
            print(line.text(options.lang), flush=True)
    failed = any(line.failed for line in lines)
    if options.json:
        _print_json({"lines": [line.text(options.lang) for line in lines], "failed": failed})
    elif not options.remove and not failed:
        print(say(LINES["next_doctor"], options.lang))
    return COULD_NOT if failed else DONE


def _doctor(options: argparse.Namespace) -> int:
    from xl_retention.setting_up.surroundings import Surroundings

    surroundings = Surroundings.here()
    done = []
    if options.unblock is not None:
        done += _unblocked(options.unblock, surroundings, options.lang)
    if options.repair is not None:
        done += _repaired(options.repair, options.lang)
    if done and options.book is None:
        if options.json:
            _print_json({"done": done})
        else:
            print("\n".join(done))
        return DONE
    return _examined(options, surroundings, done)


def _unblocked(path: Path, surroundings: Surroundings, language: str) -> list[str]:
    from xl_retention.setting_up import web_marks
    from xl_retention.setting_up.words import LINES, say

    key = "unblocked" if web_marks.lift(path, surroundings) else "was_not_blocked"
    return [say(LINES[key], language, name=path.name)]


def _repaired(path: Path, language: str) -> list[str]:
    from xl_retention.setting_up.repair import repair
    from xl_retention.setting_up.words import LINES, say

    repaired = repair(path)
    lines = [
        ("repaired_buttons", repaired.buttons),
        ("repaired_ribbon", repaired.ribbon),
        ("repaired_modules", repaired.modules),
        ("kept_before", repaired.backup),
        ("nothing_to_repair", repaired.backup is None),
        ("not_repaired", repaired.not_ours),
    ]
    values = {"name": path.name, "modules": ", ".join(repaired.modules), "path": repaired.backup}
    return [
        say(LINES[key], language, count=repaired.not_ours if key == "not_repaired" else repaired.buttons, **values)
        for key, happened in lines
        if happened
    ]


def _examined(options: argparse.Namespace, surroundings: Surroundings, done: list[str]) -> int:
    from rich.table import Table
    from rich.text import Text

    from xl_retention.setting_up.doctor import examine
    from xl_retention.setting_up.words import LINES, say

    findings = list(examine(surroundings, options.book, profile=options.libreoffice_profile))
    if options.json:
        answer = []
        for finding in findings:
            _, found, action = finding.texts(options.lang)
            answer.append({"check": finding.check, "state": finding.state, "found": found, "action": action})
        _print_json({"done": done, "findings": answer})
    else:
        for line in done:
            print(line)
        table = Table(title=say(LINES["doctor_title"], options.lang), title_justify="left")
        for key in ("check", "state", "found", "action"):
            table.add_column(say(LINES[key], options.lang), overflow="fold")
        for finding in findings:
            check, found, action = finding.texts(options.lang)
            state = Text(say(LINES[finding.state], options.lang), style=STATE_STYLES[finding.state])
            table.add_row(Text(check), state, Text(found), Text(action))
        _console().print(table)
    bad = any(finding.state == "bad" for finding in findings)
    return FAULTS if options.strict and bad else DONE


def _build(options: argparse.Namespace) -> int:
    from xl_retention.builder.build import build_file

    build_file(options.out, options.lang)
    print(options.out)
    return DONE
