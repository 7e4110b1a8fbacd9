"""Refresh KPIs: every key figure of a period with numerator, denominator and the rows behind (DOM 5); command `kpi`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.computed import Measured, measured
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.view import View
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store
from xl_retention.sheets.reader import read_store

NEEDED = {
    # By table the fields that key figures depend on; the others are not even cleaned.
    "customer": (
        "customer_id", "customer_name", "mobile", "birth_date", "do_not_contact", "consent_marketing", "base_scope",
        "sales_advisor", "cs_owner", "service_advisor_owner", "created_date", "customer_grade", "region_type",
        "address", "distance_km", "wechat_bound", "wechat_bind_date",
    ),
    "vehicle": (
        "vin", "plate_no", "customer_id", "series", "use_type", "purchase_date", "delivery_date", "delivery_time",
        "insurance_expiry", "inspection_expiry", "last_odometer", "odometer_date", "first_service_done",
        "first_service_date", "last_service_date", "next_service_date", "next_service_km", "vehicle_status",
    ),
    "service_visit": (
        "ro_no", "vin", "plate_no", "customer_name", "mobile", "visit_date", "checkout_date", "odometer_in",
        "work_type", "total_amount", "paid_amount", "pay_type", "booked", "booking_id", "next_service_date",
        "next_service_km",
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
    """

    view: View
    figures: tuple[Measured, ...]
    problems: tuple[Problem, ...]
    language: str


def kpis(book: Book, as_of: dt.date, period: Period | None = None, *, progress: Progress) -> KeyFigures:
    """
    Reads a store and counts its key figures; writes nothing.

    Args:
        as_of: The day of counting; the end of it is meant (DOM V19).
        period: The period; without it the month of *as_of*.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read.
    """
    progress("reading")
    return counted(read_store(book, NEEDED), as_of, period, progress=progress)


def counted(store: Store, as_of: dt.date, period: Period | None, *, progress: Progress) -> KeyFigures:
    """The key figures of a store that was read with the fields of `NEEDED`."""
    progress("computing")
    situation = Situation(store, as_of)
    view = View(situation, Asked(period or Period.containing(as_of, "month"), as_of))
    figures = tuple(measured(view))
    problems = (*all_problems(store, situation), *_implausible(figures))
    return KeyFigures(view, figures, problems, store.language)


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
