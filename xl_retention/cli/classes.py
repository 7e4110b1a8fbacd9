"""The command `classify`."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_retention.cli.answers import (
    DONE,
    FAULTS,
    print_end,
    print_findings,
    print_json,
    problem_json,
    progress_on_stderr,
    save,
    screen,
)  # fmt: skip
from xl_retention.cli.options import as_of, book_options, writing_options
from xl_retention.errors import BookRefused

if TYPE_CHECKING:
    from xl_retention.actions.refresh_classes import Classes
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    classify = commands.add_parser("classify", help="sort cars, prospects and key accounts into their classes")
    book_options(classify)
    classify.add_argument("--why", action="store_true", help="with --json: a sentence for each label of a car")
    writing_options(classify)
    classify.set_defaults(run=_classify)


def _classify(options: argparse.Namespace) -> int:
    from xl_retention.actions.refresh_classes import classify, show_classes
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.wording import say

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        classes = classify(book, as_of(options), progress=progress)
        done = None
        try:  # for a dry run too, as lists without room are found only so
            done = show_classes(book, classes, progress=progress)
            classes = done.classes
        except BookRefused:  # who only asks gets his answer from a workbook that cannot be written
            if not options.dry_run:
                raise
        save(book, options)
    if options.json:
        print_json(_classes_json(classes, explained=options.why))
    else:
        _print_classes(classes)
        if done and not options.dry_run:
            print(say("result_classes", classes.language, **done.counts))
        if done and done.left_out:
            print_findings(done.left_out, classes.language)
        print_end(options, classes.language, book.backup)
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
        "problems": [problem_json(problem) for problem in classes.problems],
    }


def _print_classes(classes: Classes) -> None:
    from rich.table import Table

    from xl_retention.domain.classes.schemes import BY_KEY
    from xl_retention.sheets.wording import say

    console, language = screen(), classes.language
    table = Table(title=say("classes_title", language, day=classes.situation.date.isoformat()), title_justify="left")
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
