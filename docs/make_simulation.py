"""Writes docs/simulation.md: `python docs/make_simulation.py`, about a minute. A test compares the two."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.simulation.ledger import PEACE  # noqa: E402
from tests.simulation.simulation import Summary, simulate  # noqa: E402
from xl_retention.cli.remembered import SWITCHED_OFF  # noqa: E402

TARGET = HERE / "simulation.md"
INTRODUCTION = """\
# 120 days with the workbook

A small store lives with its workbook from {first} to {last}. In the morning the staff enter what happened: cars are
delivered, serviced and sold, people complain, ring up, ask to be left alone. Then `today` makes the list, a clerk types
outcomes drawn by chance from a fixed seed and `save-results` saves them; at the closing hour `complaints` looks at the
clocks. On the first of a month `plan` is made, and once somebody leaves and `hand-over` gives the work away. Sundays
nobody calls. The store's sheet Outcomes asks for peace after a call: {peace}.

The workbook is a closed file all the time. Beside it the test keeps books of its own: what was entered, typed and
therefore must be in the log, and a second program, written from the same rules by other means
(`tests/oracle`), says from these books alone what is due. `tests/simulation` runs it, looks for everything below on
every day, and fails if this page is not what came of it.
"""
LOOKED_AT = (
    ("The list of a day is the list of the second program: all rows, all fields, the order", "lists"),
    ("Nobody stands on a list in the quiet time after a call, complaints excepted", "quiet"),
    ("Every due contact ends as done, covered, stopped, unreachable or missed, or is still open; both programs agree",
     "due"),
    ("A complaint whose time is over stands first on the list and among the overdue ones; each level is in the log",
     "complaints"),
    ("Every row of the contact log is a saved call, a step of a complaint, or the staff's own", "log"),
    ("An entry that cannot be stays on the list with a reason; saving twice saves once", "refused"),
)  # fmt: skip
STATES = {
    "done": "done", "covered": "covered by another call", "unreachable": "unreachable after three days",
    "stopped": "stopped (the car came, was sold, or the customer wants no calls)", "missed": "missed, nobody called",
    "overdue": "still on the list, overdue", "open": "still on the list", "planned": "put off to a day ahead",
}  # fmt: skip


def main() -> None:
    """Lets the store live and writes the page."""
    os.environ[SWITCHED_OFF] = "1"
    with tempfile.TemporaryDirectory() as folder:
        summary = simulate(Path(folder) / "Store.xlsx")
    for mistake in summary.mistakes:
        print(mistake, file=sys.stderr)
    TARGET.write_text(page(summary), "utf-8")


def page(summary: Summary) -> str:
    """What came of the simulation."""
    counts = {
        "lists": f"{summary.lists} lists, {summary.rows:,} rows, {summary.longest} on the longest",
        "quiet": f"{summary.quiet_days:,} days of peace, added up over the customers",
        "due": f"{summary.due:,} due contacts, {summary.never_listed} of them never listed: "
               "in the quiet time, or not wanted",
        "complaints": f"{summary.complaints} complaints, {summary.complaints_overdue} times one was overdue in the "
                      f"evening, {summary.steps} steps up, {summary.reopened} reopened",
        "log": f"{summary.log_rows:,} rows, {summary.written_by_staff} by hand",
        "refused": f"{summary.refused_entries} such entries",
    }  # fmt: skip
    peace = ", ".join(f"{days} days after {outcome}" for outcome, days in PEACE.items())
    facts = (
        ("customers, at the beginning and at the end", " and ".join(map(str, summary.customers))),
        ("cars", " and ".join(map(str, summary.cars))),
        ("who asked not to be contacted, or about a car", str(summary.bans)),
        ("rows handed over when an advisor left", str(summary.handed_over)),
    )
    return "\n".join([
        INTRODUCTION.format(first=summary.first, last=summary.last, peace=peace),
        "## What is looked at on every day\n",
        _rows(("Claim", "How often", "Found wrong"), ((claim, counts[name], str(len(summary.mistakes)))
                                                      for claim, name in LOOKED_AT)),
        "## Where the due contacts ended\n",
        _rows(("End", "Due contacts"), ((words, f"{summary.ended[state]:,}") for state, words in STATES.items())),
        "## What the clerk typed\n",
        _rows(("Outcome", "Calls"), ((word, f"{count:,}") for word, count in summary.outcomes.most_common())),
        "## The store\n",
        _rows(("", ""), facts),
    ])  # fmt: skip


def _rows(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
