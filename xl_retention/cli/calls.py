"""Commands about the list of calls: `today`, `save-results` and the `demo` on a sample store."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_retention.cli.answers import (
    DONE,
    FAULTS,
    PIPED_WIDTH,
    SHOWN_ROWS,
    print_backup,
    print_end,
    print_findings,
    print_json,
    print_place,
    problem_json,
    progress_on_stderr,
    save,
)  # fmt: skip
from xl_retention.cli.options import as_of, book_options, writing_options
from xl_retention.cli.remembered import Remembered, forget
from xl_retention.errors import WrongRequest

if TYPE_CHECKING:
    from xl_retention.actions.generate_calls import GeneratedCalls
    from xl_retention.actions.save_results import SavedResults
    from xl_retention.cli.options import Commands

DEMO_DATE = dt.date(2026, 11, 21)
"""Reference date of the sample stores."""
DEMO_FOLDER = "xl-retention-demo"


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    today = commands.add_parser("today", help="generate today's calls in a workbook")
    book_options(today)
    today.add_argument("--role", metavar="R", help="show only the calls of a role, such as SA or CS")
    today.add_argument("--staff", metavar="NAME", help="show only the calls of a person")
    writing_options(today)
    today.set_defaults(run=_today)

    save = commands.add_parser("save-results", help="enter typed outcomes into the contact log, off the list")
    book_options(save)
    save.add_argument("--staff", metavar="NAME", help="who made the calls (default: whoever stands beside each)")
    writing_options(save)
    save.set_defaults(run=_save_results)

    forgetting = commands.add_parser("forget", help="delete what is remembered of earlier answers on this computer")
    forgetting.set_defaults(run=_forget)

    demo = commands.add_parser("demo", help="copy a sample store here and generate its calls")
    demo.add_argument("--lang", choices=("en", "zh"), default="en", help="which sample store (default: en)")
    demo.add_argument("--out", type=Path, metavar="FOLDER", help=f"where to (default: {DEMO_FOLDER})")
    demo.add_argument("--json", action="store_true", help="print JSON instead of a table")
    demo.set_defaults(run=_demo)


def _today(options: argparse.Namespace) -> int:
    role, day = _role(options.role), as_of(options)
    in_place = not options.dry_run and options.out in (None, options.book)
    if in_place:
        from xl_retention.books.replacing import refuse_if_open

        refuse_if_open(options.book)
    writes = None if options.dry_run else options.out or options.book
    asked = {
        "book": str(options.book), "day": day.isoformat(), "role": role, "staff": options.staff, "json": options.json,
    }  # fmt: skip
    remembered = Remembered(options.book, writes, asked)
    text, backup = remembered.text(), None
    if text is None:
        from xl_retention.actions.generate_calls import generate_calls
        from xl_retention.books.closed import ClosedBook

        with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
            made = generate_calls(book, day, write=not options.dry_run, progress=progress)
            staff = options.staff
            told = _today_json(made, role, staff) if options.json else _outline(made, role, staff, writes)
            text = json.dumps(told, ensure_ascii=False)
            del made, told  # they hold the whole store, and writing needs memory
            save(book, options)
            backup = book.backup
        if not in_place or backup is None:  # what a run changed in the workbook, the next one reads
            remembered.keep(text)
    answer = {} if options.json and not options.strict else json.loads(text)
    if options.json:
        print(text)
    else:
        _print_calls(answer)
        if backup is not None:
            print_backup(answer["language"], backup)
        print(answer["end"])
    return FAULTS if options.strict and answer["problems"] else DONE


def _save_results(options: argparse.Namespace) -> int:
    from xl_retention.actions.save_results import save_results
    from xl_retention.books.closed import ClosedBook

    day = options.date
    now = dt.datetime.combine(day, dt.time()) if day else dt.datetime.now().replace(second=0, microsecond=0)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        done = save_results(book, now, options.staff or "", progress, write=not options.dry_run)
        save(book, options)
    if options.json:
        print_json(
            {
                "saved": done.saved,
                "kept_open": done.kept_open,
                "problems": [problem_json(problem) for problem in done.problems],
            }
        )
    else:
        _print_saved(done, options, book.backup)
    return FAULTS if options.strict and done.problems else DONE


def _print_saved(done: SavedResults, options: argparse.Namespace, backup: Path | None) -> None:
    from xl_retention.sheets.wording import say

    counts = {"saved": done.saved, "kept": done.kept_open, "problems": len(done.problems)}
    print(say("result_saved" if done.calls_sheet else "no_calls_sheet", done.language, **counts))
    if done.problems:
        print_findings(done.problems, done.language)
    print_end(options, done.language, backup)


def _role(text: str | None) -> str | None:
    if text is None:
        return None
    from xl_retention.domain.words import canonical

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
        "problems": [problem_json(problem) for problem in made.problems],
    }


def _outline(made: GeneratedCalls, role: str | None, staff: str | None, written: Path | None) -> dict[str, Any]:
    """What is shown of the calls on the screen, in words."""
    from xl_retention.sheets.wording import role_name, say

    language, worklist = made.language, made.worklist
    places = _wanted(made, role, staff)
    shown = places[:SHOWN_ROWS]
    overdue = int((worklist.rows.overdue[places] > 0).sum()) if places else 0
    high = sum(problem.severity == "high" for problem in made.problems)
    found = {"count": len(made.problems), "high": high, "sheet": say("checks_sheet", language)}
    others = ", ".join(sorted({*worklist.rows.owner} - {""}))
    lines = {
        say("no_call_of", language, name=staff, others=others): staff is not None and not places,
        say("more_rows", language, count=len(places) - len(shown)): len(places) > len(shown),
        say("calls_note", language, calls=len(places), overdue=overdue): True,
        say("suppressed_count", language, count=len(worklist.suppressed)): bool(worklist.suppressed),
        say("problems_found", language, **found): bool(made.problems),
    }
    return {
        "language": language,
        "title": say("calls_title", language, day=worklist.as_of.isoformat()),
        "headings": [say(name, language) for name in _SHOWN],
        "rows": [
            [
                str(call.priority), call.customer_name or call.customer_id, call.mobile,
                call.owner or role_name(call.role, language), made.reasons[place], call.deadline.isoformat(),
                str(call.overdue_days or ""),
            ]
            for place, call in zip(shown, worklist.calls_at(shown), strict=True)
        ],
        "lines": [line for line, wanted in lines.items() if wanted],
        "end": say("open_this", language, path=written) if written else say("nothing_written", language),
        "problems": len(made.problems),
    }  # fmt: skip


_SHOWN = ("priority", "customer", "phone", "who", "reasons", "deadline", "overdue")
"""Columns on the screen."""


def _print_calls(outline: Mapping[str, Any]) -> None:
    from xl_retention.cli.screen_table import draw, screen_width

    print(outline["title"])
    print(
        draw(
            outline["headings"],
            outline["rows"],
            width=screen_width(PIPED_WIDTH),
            right=[_SHOWN.index("priority"), _SHOWN.index("overdue")],
            whole=[_SHOWN.index("phone"), _SHOWN.index("deadline")],
            marked=[place for place, row in enumerate(outline["rows"]) if row[-1]],
        )
    )
    for line in outline["lines"]:
        print(line)


def _forget(options: argparse.Namespace) -> int:
    print(f"Answers forgotten: {forget()}.")
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from xl_retention.actions.demo import copy_sample
    from xl_retention.actions.generate_calls import generate_calls
    from xl_retention.books.closed import ClosedBook

    path = copy_sample(options.lang, options.out or Path(DEMO_FOLDER))
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(path) as book:
        made = generate_calls(book, DEMO_DATE, progress=progress)
        book.save()
    if options.json:
        print_json(_today_json(made, None, None))
    else:
        _print_calls(_outline(made, None, None, path))
        print_place(path, made.language, book.backup)
    return DONE
