"""Generate today's calls: the main button and the command `today`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xl_retention.actions.own_sheets import own_sheet, rows_there, write_checks, write_start
from xl_retention.actions.survey_fields import with_surveys
from xl_retention.books.book import Book
from xl_retention.domain.checks import row_problems
from xl_retention.domain.complaint_clock import open_complaints
from xl_retention.domain.numbering import has_examples
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store
from xl_retention.domain.worklist import Worklist, todays_calls
from xl_retention.sheets.calls import call_reasons, call_sheet, typed_calls
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.start_sheet import Status

if TYPE_CHECKING:
    from xl_retention.actions.written_runs import Run
    from xl_retention.domain.mailing import Message

Progress = Callable[[str], None]
"""Is told what is being done now."""

NEEDED = {
    # By table the fields that due contacts depend on; the others are not even cleaned.
    "customer": (
        "customer_id", "customer_name", "mobile", "birth_date", "do_not_contact", "consent_marketing",
        "base_scope", "sales_advisor", "cs_owner", "service_advisor_owner",
    ),
    "vehicle": (
        "vin", "plate_no", "customer_id", "series", "model", "purchase_date", "delivery_date", "delivery_time",
        "insurance_expiry", "inspection_expiry", "last_odometer", "odometer_date", "first_service_done",
        "first_service_date", "last_service_date", "next_service_date", "next_service_km", "vehicle_status",
    ),
    "service_visit": (
        "ro_no", "vin", "plate_no", "customer_name", "mobile", "visit_date", "checkout_date", "odometer_in",
        "work_type", "total_amount", "paid_amount", "pay_type", "next_service_date", "next_service_km",
    ),
    "booking": (
        "booking_id", "vin", "plate_no", "customer_id", "customer_name", "mobile", "booked_on", "appointment_at",
        "arrived_at", "status",
    ),
    "contact_log": (
        "contact_id", "rule_code", "due_key", "customer_id", "vin", "plate_no", "customer_name", "mobile",
        "contact_at", "staff", "role", "channel", "result", "objection_type", "no_visit_reason",
        "next_contact_date",
    ),
    "complaint": (
        "complaint_id", "received_at", "customer_id", "vin", "plate_no", "customer_name", "mobile", "category",
        "handler", "handler_level", "promised_at", "first_response_at", "resolved_at", "followup_at", "status",
    ),
    "prospect": (
        "prospect_no", "created_date", "name", "mobile", "grade", "expected_order_date", "last_follow_date",
        "next_follow_date", "status", "order_date", "lost_date", "sales_advisor",
    ),
    "maintenance_reminder": ("vin", "plate_no", "customer_id", "due_date", "promised_date"),
    "renewal": ("vin", "plate_no", "kind", "expiry", "result"),
    "key_account": ("account_no", "name", "contact", "owner"),
    "referral": ("referrer_id", "date", "deal_date"),
    "staff": ("name", "role", "status"),
    "handover": ("from", "to", "date", "customer_notified_on"),
}  # fmt: skip


TOLD_APART = {"service_visit": ("ro_no",), "contact_log": ("contact_id",)}
"""Fields by which rows were told apart; nothing is due by them, and they are half of all texts."""


@dataclass(frozen=True)
class GeneratedCalls:
    """What the action found and, unless it was a dry run, wrote.

    Args:
        worklist: The calls.
        language: Of the words written.
        calls_sheet: Name of the sheet that shows the calls in this workbook, "" after a dry run.
    """

    worklist: Worklist
    problems: tuple[Problem, ...]
    situation: Situation
    language: str
    calls_sheet: str = ""

    @cached_property
    def reasons(self) -> list[str]:
        """Why each call is on the list, in the order of the calls."""
        return call_reasons.reasons(self.situation, self.worklist, self.language)

    def messages(self) -> list[Message]:
        """The mailing list, worked out only when it is asked for: it may name every customer."""
        from xl_retention.domain.mailing import mailing_list

        return mailing_list(self.situation)


def _silent(step: str) -> None:
    """Tells nobody."""


def generate_calls(
    book: Book, as_of: dt.date, *, write: bool = True, progress: Progress = _silent, run: Run | None = None
) -> GeneratedCalls:
    """
    Works out the calls of a day and writes them to the sheets Today's Calls, Data Checks and, if any, Start.

    What the clerk typed into the call sheet and did not save yet is kept beside its call, by due key; what is
    no longer due stays below the list.

    Args:
        as_of: The day; what lies later in the sheets is not there yet (DOM V19).
        write: False leaves the book as it is.
        run: Who pressed when, told on Start; without it a file comes out the same whoever makes it.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = _without_told_apart(read_store(book, with_surveys(book, NEEDED)))
    progress("computing")
    situation = Situation(store, as_of)
    worklist = todays_calls(situation)
    problems = all_problems(store, situation)
    language = store.language
    if not write:
        return GeneratedCalls(worklist, problems, situation, language)
    progress("writing")
    calls_name = own_sheet(book, "calls_sheet", language, call_sheet.is_ours)
    made = GeneratedCalls(worklist, problems, situation, language, calls_name)
    _write_calls(book, made)
    write_checks(book, problems, as_of, language)
    write_start(book, _status(made, run), language)
    return made


def _without_told_apart(store: Store) -> Store:
    tables = {name: table.without_columns(TOLD_APART.get(name, ())) for name, table in store.tables.items()}
    return replace(store, tables=tables)


def _status(made: GeneratedCalls, run: Run | None) -> Status:
    rows = made.worklist.rows
    return Status(
        as_of=made.worklist.as_of,
        when=run.when if run else None,
        by=run.who if run else None,
        customers=len(made.situation.store.customers),
        calls=len(rows),
        overdue=int((rows.overdue > 0).sum()),
        complaints_overdue=_complaints_overdue(made.situation, run),
        problems=len(made.problems),
        examples=has_examples(made.situation.store.customers.texts("customer_id").tolist()),
    )


def _complaints_overdue(situation: Situation, run: Run | None) -> int:
    """How many complaints have a clock that has run out by now; of a day without a clock, by its closing time."""
    closing = dt.datetime.combine(situation.date, situation.parameters.clock("store_close_time"))
    now = run.when if run and run.when.date() == situation.date else closing
    return sum(bool(each.overdue) for each in open_complaints(situation, now))


def all_problems(store: Store, situation: Situation) -> tuple[Problem, ...]:
    """
    What is wrong in the cells and between the rows.

    A date that could not be read is told once, with the severity of the date that is missing for it.
    """
    found = list(store.problems)
    unread = {
        (problem.sheet, problem.cell): place
        for place, problem in enumerate(found)
        if problem.code == "date_not_understood"
    }
    for problem in row_problems(situation):
        place = unread.get((problem.sheet, problem.cell)) if problem.code.endswith("date_missing") else None
        if place is None:
            found.append(problem)
        elif problem.severity == "high":
            found[place] = replace(found[place], severity="high")
    return (*found, *store.working_days.problems)


def _write_calls(book: Book, made: GeneratedCalls) -> None:
    worklist, language, name = made.worklist, made.language, made.calls_sheet
    before = rows_there(book, name)
    columns, left_over = typed_calls.with_typed(
        call_sheet.call_columns(made.situation, worklist, made.reasons, language),
        typed_calls.typed_rows(before),
        typed_calls.added_columns(before),
    )
    book.write(
        name,
        call_sheet.lay_out(columns, worklist, left_over, len(made.problems), language),
        call_sheet.layout(worklist.as_of, language, made.situation.store.outcomes),
    )
