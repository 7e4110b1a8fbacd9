"""Writes docs/rules.md from the rule table: `python docs/make_rules.py`. A test compares the two."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from xl_retention.domain.cadence import MONTH_SERIES, RULES, Listing, Offset, Rule  # noqa: E402
from xl_retention.domain.parameters import Parameters  # noqa: E402
from xl_retention.sheets.wording import ROLE_NAMES  # noqa: E402

TARGET = HERE / "rules.md"
NO_ANCHOR = "nothing"
"""Counts from a sheet that is not read yet, or belongs to the monthly plan."""

COUNTS_FROM = {
    # for readers; the functions of these names are in xl_retention/domain/anchors/
    "nothing": "—",
    "delivery": "delivery",
    "month_series": "delivery + n months",
    "month_repeat": "delivery + n months",
    "first_service": "day the first service is due",
    "maintenance": "day the next service is due",
    "maintenance_ahead": "some months before the next service is due",
    "maintenance_missed": "day the service was due or promised",
    "appointment": "booked day",
    "checkout": "day the car left the workshop",
    "quality_complaint": "complaint about quality received",
    "complaint": "complaint received",
    "complaint_solved": "complaint solved",
    "complaint_promise": "time promised to the customer",
    "usage_objection": "call in which a question about using the car came up",
    "insurance": "end of the insurance",
    "inspection": "end of the inspection",
    "birthday": "next birthday",
    "replacement": "purchase + the usual years of keeping a car",
    "lapse_warning": "day the customer should have been back",
    "quasi_lost": "last activity + 6 months and a day",
    "lost": "last activity + 12 months and a day",
    "lost_contact": "last talk with a lost customer + 6 months",
    "account_week": "first day of the week",
    "account_month": "first day of the month",
    "account_quarter": "first day of the quarter",
    "prospect": "day of the next follow-up",
    "introduction": "day somebody else took the customer over",
    "referral": "day of a referral, and of its deal",
    "agreed": "day agreed in the last call",
    "holiday": "public holiday",
    "anniversary": "the store's anniversary",
    "month_start": "first day of the month",
    "spring": "start of spring",
    "winter": "start of winter",
    "quarter_start": "first day of the quarter",
}

INTRODUCTION = """\
# The contact rules

Made by `python docs/make_rules.py` from the rule table in `xl_retention/domain/cadence.py`; do not edit it here.

**Opens**, **due** and **deadline** are distances from what the rule counts from; **expires** is the distance from
the deadline after which the contact is no longer listed. `d` are days, `m` months, `h` hours by the clock.
A contact is on the list from the day it opens, and late from the day after its deadline.
**Priority** runs from 1 (hours count) to 5 (greetings). **Sent** means that a message marked as sent closes the
contact too, not only a talk. *off* means that a store has to switch the rule on.

Every row can be changed for one store on its sheet Rules; see the [guide](guide.md#rules).
"""
MONTHS = """\
`{series}` stands for the months {months}
after delivery: `DLV-M01`, `DLV-M02` and so on. The parameter `month_series` changes the months. One row
`{series}` on the sheet Rules changes all of them, a row such as `DLV-M06` a single one.

Where the table gives one role but the matter another, the matter goes first: month calls go to customer service
after the first year where the customer has somebody there; who solves a complaint (`CMP-24H`) follows its
category and its handler level. A role on the sheet Rules goes before both. `FS-CALL` and `MNT-CALL` come again
after a call that did not bring the car in, until it comes or their limit is reached.
"""
LATER = """\
These rules are in the table but bring about nothing yet: they belong to the monthly plan, or need a sheet that
this version does not read.
"""


def main() -> None:
    """Writes the page."""
    TARGET.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page."""
    now = [rule for rule in RULES if not _brings_nothing(rule)]
    months = ", ".join(f"{month:g}" for month in Parameters().numbers("month_series"))
    parts = [
        INTRODUCTION,
        "## In today's calls\n",
        table(rule for rule in now if rule.listing is Listing.CALLS),
        MONTHS.format(series=MONTH_SERIES, months=months),
        "## On the mailing list\n",
        "Messages and greetings that nobody has to ring up for; `xl-retention today --json` prints who gets them.\n",
        table(rule for rule in now if rule.listing is Listing.MAIL),
        "## Not yet\n",
        LATER,
        table(rule for rule in RULES if _brings_nothing(rule)),
        "## Roles\n",
        _rows(("Code", "Name", "中文"), ((f"`{code}`", *names) for code, names in ROLE_NAMES.items())),
    ]
    return "\n".join(parts)


def _brings_nothing(rule: Rule) -> bool:
    return rule.counts_from == NO_ANCHOR or rule.listing in (Listing.PLAN, Listing.NOWHERE)


HEADINGS = (
    "Code", "Name", "中文", "Counts from", "Opens", "Due", "Deadline", "Expires", "Role", "Priority", "Sent",
)  # fmt: skip


def table(rules: Iterator[Rule]) -> str:
    """Rules as a table, in the order in which they stand."""
    return _rows(HEADINGS, (_row(rule) for rule in rules))


def _row(rule: Rule) -> tuple[str, ...]:
    return (
        f"`{rule.code}`" + ("" if rule.on else " *off*"),
        rule.english.format(month="n"),
        rule.chinese.format(month="n"),
        COUNTS_FROM.get(rule.counts_from, rule.counts_from.replace("_", " ")),
        str(rule.open),
        str(rule.due),
        "as due" if rule.deadline is None else str(rule.deadline),
        "never" if rule.expire is None else _after(rule.expire),
        rule.role or "of the last call",
        str(rule.priority),
        "yes" if rule.sent else "",
    )


def _after(offset: Offset) -> str:
    return "with it" if offset == Offset() else str(offset)


def _rows(headings: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
