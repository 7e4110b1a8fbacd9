"""Refresh KPIs: every key figure of a period with numerator, denominator and the rows behind (DOM 5); command `kpi`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.alternatives import side_by_side
from xl_retention.domain.kpis.computed import Measured, Status
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.definitions import KPIS
from xl_retention.domain.kpis.view import View
from xl_retention.domain.problems import Problem
from xl_retention.domain.store import Store
from xl_retention.errors import BookRefused
from xl_retention.sheets.kpis import kpi_sheet
from xl_retention.sheets.kpis.kpi_sheet import Figures, Shown
from xl_retention.sheets.kpis.kpi_switches import Switches, choices_of
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.wording import say

NEEDED = {
    # By table the fields that key figures depend on; the others are not even cleaned.
    "customer": (
        "customer_id", "customer_name", "mobile", "birth_date", "do_not_contact", "consent_marketing", "base_scope",
        "sales_advisor", "cs_owner", "service_advisor_owner", "created_date", "customer_grade", "region_type",
        "address", "distance_km", "wechat_bound", "wechat_bind_date", "store_code",
    ),
    "vehicle": (
        "vin", "plate_no", "customer_id", "series", "use_type", "purchase_date", "delivery_date", "delivery_time",
        "insurance_expiry", "inspection_expiry", "last_odometer", "odometer_date", "first_service_done",
        "first_service_date", "last_service_date", "next_service_date", "next_service_km", "vehicle_status",
    ),
    "service_visit": (
        "ro_no", "vin", "plate_no", "customer_name", "mobile", "visit_date", "checkout_date", "odometer_in",
        "work_type", "total_amount", "paid_amount", "pay_type", "booked", "booking_id", "next_service_date",
        "next_service_km", "store_code",
    ),
    "booking": (
        "booking_id", "vin", "plate_no", "customer_id", "customer_name", "mobile", "booked_on", "appointment_at",
        "initiator", "arrived_at", "status", "cancelled_at",
    ),
    "contact_log": (
        "contact_id", "rule_code", "due_key", "customer_id", "vin", "plate_no", "customer_name", "mobile",
        "contact_at", "staff", "role", "channel", "result", "satisfaction_level", "objection_type",
        "no_visit_reason", "next_contact_date",
    ),
    "complaint": (
        "complaint_id", "received_at", "customer_id", "vin", "plate_no", "customer_name", "mobile", "category",
        "handler", "handler_level", "promised_at", "first_response_at", "resolved_at", "followup_at", "status",
    ),
    "prospect": (
        "prospect_no", "created_date", "name", "mobile", "grade", "source_channel", "industry", "focus_point",
        "expected_order_date", "last_follow_date", "next_follow_date", "status", "order_date", "deposit_date",
        "lost_date", "lost_reason", "lost_model", "sales_advisor",
    ),
    "maintenance_reminder": ("vin", "plate_no", "customer_id", "due_date", "promised_date", "first_reminded_on"),
    "renewal": ("vin", "plate_no", "kind", "expiry", "reminded_on", "result"),
    "referral": ("referral_id", "referrer_id", "date", "deal_date"),
    "campaign": ("campaign_id",),
    "invitation": ("campaign_id", "customer_id", "invited_on", "reply", "attended", "deal", "cost"),
    "key_account": ("account_no", "name", "contact", "owner"),
    "staff": ("name", "role", "status"),
    "parc": ("month", "parc"),
    "scorecard": ("staff", "month", "info_collected", "info_target", "contribution", "contribution_target"),
}  # fmt: skip


@dataclass(frozen=True)
class KeyFigures:
    """
    What the action found.

    Args:
        view: The store and the period; `view.over(other)` and `measured` give those of other periods.
        figures: In the order of the table of definitions.
        language: Of the words written.
        sheet: Name of the sheet that shows them in this workbook; "" where none was written.
    """

    view: View
    figures: tuple[Measured, ...]
    problems: tuple[Problem, ...]
    language: str
    sheet: str = ""

    def count(self, status: Status) -> int:
        """How many figures have a status."""
        return sum(figure.status is status for figure in self.figures)


def refresh_kpis(
    book: Book,
    as_of: dt.date,
    period: Period | None = None,
    *,
    now: dt.datetime | None = None,
    write: bool = True,
    progress: Progress,
) -> KeyFigures:
    """
    Counts the key figures of a store and shows them, with those of other periods, on the sheet KPI.

    What is typed into its yellow cells says what is counted, and stays.

    Args:
        as_of: The day of counting; the end of it is meant (DOM V19).
        period: The period; without it the month typed on the sheet, else that of *as_of*.
        now: Moment that the sheet names; without it the day alone, so that equal input gives equal sheets.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or has no room for a sheet of ours.
        WrongRequest: What is typed into a yellow cell is in no row of the store.
    """
    progress("reading")
    store = read_store(book, NEEDED)
    language = store.language
    sheet = _sheet(book, language)
    switches = _switches(book, sheet)
    period = period or switches.period or Period.containing(as_of, "month")
    progress("computing")
    counting = Counting(store, as_of, switches.selection(store))
    shown = Shown.of(period, as_of)
    of_periods = counting.table(tuple(dict.fromkeys(shown.all)) if write else (period,))
    figures = of_periods[period]
    if write:
        progress("writing")
        read = [len(table) for table in store.tables.values() if table.present]
        computed = _computed(as_of, now, language)
        definitions = side_by_side(counting.view(period), switches.house)
        offered = choices_of(store, as_of, language)
        bases = _bases(store)
        told = Figures(shown, of_periods, definitions, switches, offered, bases, computed, sum(read), len(read))
        book.write(sheet, kpi_sheet.lay_out(told, language), kpi_sheet.layout(language, told.groups()))
    problems = (*all_problems(store, counting.situation), *_implausible(figures))
    return KeyFigures(counting.view(period), figures, problems, language, sheet if write else "")


def _sheet(book: Book, language: str) -> str:
    """Name of our sheet; a staff's sheet of that name stays theirs, and ours gets another one."""
    try:
        return own_sheet(book, "kpi_sheet", language, kpi_sheet.is_ours)
    except BookRefused:
        return own_sheet(book, "kpi_sheet_2", language, kpi_sheet.is_ours)


def _switches(book: Book, sheet: str) -> Switches:
    if sheet not in book.sheet_names():
        return Switches()
    cells = book.head(sheet, kpi_sheet.HEADING_ROW).rows()
    return Switches.of(cells) if kpi_sheet.is_kpi_sheet(cells) else Switches()


def _bases(store: Store) -> dict[str, str]:
    """By code the parameter's value that says how a figure is counted."""
    return {kpi.code: store.parameters.choice(kpi.basis[0]) for kpi in KPIS if kpi.basis[0]}


def _computed(as_of: dt.date, now: dt.datetime | None, language: str) -> str:
    day = as_of.isoformat()
    if now is None:
        return say("kpi_as_of", language, day=day)
    return say("kpi_at", language, when=f"{now:%Y-%m-%d %H:%M}", day=day)


def _implausible(figures: tuple[Measured, ...]) -> Iterator[Problem]:
    """A market share above 1: the parc is too small (DOM K03)."""
    for figure in figures:
        if figure.kpi.code == "K03" and figure.value is not None and figure.value > 1:
            yield Problem(
                "parc_too_small",
                "medium",
                found=f"{figure.denominator:.0f}",
                wanted="at least the customers serviced in the month",
                remedy="Correct the vehicle parc of the month.",
            )
