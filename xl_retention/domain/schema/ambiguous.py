# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Headings that mean different fields on different sheets (DOM 2.16)."""

from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """What an ambiguous heading may mean on the sheet of one table.

    Args:
        fields: Candidates as `(entity, field)`, the likelier first.
        ask: Whether the store is asked as long as more than one candidate is free. Otherwise the first free
            one is taken. A candidate is free while no other heading of the sheet claims it.
        never_take: The store is always asked, even about one free candidate.
    """

    fields: tuple[tuple[str, str], ...]
    ask: bool = False
    never_take: bool = False


class AmbiguousHeading(NamedTuple):
    """One row of DOM 2.16.

    Args:
        headings: The spellings of the heading.
        meanings: By table of the sheet; `wide` is a customer sheet that carries vehicle columns.
        by_content: The candidates are told apart by words or numbers in the column, the first being the
            one for words.
    """

    headings: tuple[str, ...]
    meanings: Mapping[str, Meaning]
    by_content: bool = False


def _is(*fields: str) -> Meaning:
    return Meaning(_pairs(fields))


def _ask(*fields: str) -> Meaning:
    return Meaning(_pairs(fields), ask=True)


def _always_ask(*fields: str) -> Meaning:
    return Meaning(_pairs(fields), ask=True, never_take=True)


def _pairs(fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((entity, name) for entity, name in (field.split(".") for field in fields))


AMBIGUOUS: tuple[AmbiguousHeading, ...] = (
    AmbiguousHeading(("日期", "时间", "Date", "Time"), {
        "vehicle": _is("vehicle.delivery_date"),
        "service_visit": _is("service_visit.visit_date"),
        "contact_log": _is("contact_log.contact_at"),
        "customer": _is("customer.created_date"),
        "wide": _ask("customer.created_date", "vehicle.delivery_date"),
        "prospect": _is("prospect.created_date"),
        "booking": _ask("booking.appointment_at", "booking.booked_on"),
        "complaint": _ask("complaint.received_at", "complaint.resolved_at"),
    }),
    AmbiguousHeading(("交车日期",), {
        "vehicle": _is("vehicle.delivery_date"),
        "customer": _is("vehicle.delivery_date"),
        "wide": _is("vehicle.delivery_date"),
        "service_visit": _is("service_visit.checkout_date"),
    }),
    AmbiguousHeading(("登记日期",), {
        "customer": _is("customer.created_date"),
        "vehicle": _is("vehicle.registration_date"),
        "wide": _ask("customer.created_date", "vehicle.registration_date"),
        "prospect": _is("prospect.created_date"),
    }),
    AmbiguousHeading(("联系方式",), {
        "customer": _is("customer.mobile"),
        "wide": _is("customer.mobile"),
        "contact_log": _is("contact_log.channel", "contact_log.mobile"),
        "service_visit": _is("service_visit.mobile"),
        "booking": _is("booking.mobile"),
        "complaint": _is("complaint.mobile"),
        "prospect": _is("prospect.mobile"),
        "maintenance_reminder": _is("maintenance_reminder.mobile"),
        "renewal": _is("renewal.mobile"),
        "key_account": _is("key_account.contact"),
    }),
    AmbiguousHeading(("客户级别", "客户等级"), {
        "customer": _is("customer.customer_grade"),
        "wide": _is("customer.customer_grade"),
        "prospect": _is("prospect.grade"),
    }),
    AmbiguousHeading(("等级", "级别", "Grade", "Level"), {
        "customer": _ask("customer.customer_grade", "customer.credit_grade"),
        "wide": _ask("customer.customer_grade", "customer.credit_grade"),
        "prospect": _is("prospect.grade"),
    }),
    AmbiguousHeading(("状态", "Status"), {
        "vehicle": _is("vehicle.vehicle_status"),
        "wide": _is("vehicle.vehicle_status"),
        "customer": _always_ask("vehicle.vehicle_status"),
        "booking": _is("booking.status"),
        "complaint": _is("complaint.status"),
        "prospect": _is("prospect.status"),
        "staff": _is("staff.status"),
    }),
    AmbiguousHeading(("里程", "公里数", "km"), {
        "vehicle": _is("vehicle.last_odometer"),
        "wide": _is("vehicle.last_odometer"),
        "customer": _ask("vehicle.last_odometer", "customer.distance_km"),
        "service_visit": _is("service_visit.odometer_in"),
    }),
    AmbiguousHeading(("服务顾问", "Service Advisor"), {
        "customer": _is("customer.service_advisor_owner"),
        "wide": _is("customer.service_advisor_owner"),
        "service_visit": _is("service_visit.service_advisor"),
    }),
    AmbiguousHeading(("SA",), {
        "customer": _is("customer.service_advisor_owner", "customer.sales_advisor"),
        "wide": _is("customer.service_advisor_owner", "customer.sales_advisor"),
        "service_visit": _is("service_visit.service_advisor"),
        "prospect": _is("prospect.sales_advisor"),
    }),
    # A customer may know three people of the store, and this says of none of them what he does there.
    AmbiguousHeading(("Looked After By", "Cared For By"), {
        "customer": _ask("customer.sales_advisor", "customer.service_advisor_owner", "customer.cs_owner"),
        "wide": _ask("customer.sales_advisor", "customer.service_advisor_owner", "customer.cs_owner"),
        "prospect": _is("prospect.sales_advisor"),
        "complaint": _is("complaint.handler"),
        "key_account": _is("key_account.owner"),
    }),
    AmbiguousHeading(("客户编号",), {
        "customer": _is("customer.customer_id"),
        "wide": _is("customer.customer_id"),
        "vehicle": _is("vehicle.customer_id"),
        "booking": _is("booking.customer_id"),
        "contact_log": _is("contact_log.customer_id"),
        "complaint": _is("complaint.customer_id"),
        "maintenance_reminder": _is("maintenance_reminder.customer_id"),
        "renewal": _is("renewal.customer_id"),
        "prospect": _is("prospect.prospect_no"),
        "key_account": _always_ask("key_account.account_no"),
    }),
    AmbiguousHeading(("金额",), {
        "service_visit": _always_ask("service_visit.total_amount", "service_visit.paid_amount"),
        "key_account": _always_ask("key_account.amount", "key_account.cost"),
    }),
    AmbiguousHeading((
        "满意度", "Satisfaction", "客户满意度", "总体满意度", "综合满意度", "整体满意度", "服务满意度", "满意度评价", "客户评价",
        "Overall Satisfaction", "Satisfaction Rating", "CSAT", "CSI",
    ), {
        "contact_log": _is("contact_log.satisfaction_level", "contact_log.score"),
    }, by_content=True),
    # To come for the first time is said of the showroom and of the workshop.
    AmbiguousHeading(("首次进厂日期", "首次进站日期"), {
        "customer": _always_ask("customer.first_contact_date", "vehicle.first_service_date"),
        "wide": _always_ask("customer.first_contact_date", "vehicle.first_service_date"),
        "vehicle": _always_ask("vehicle.first_service_date"),
    }),
    # In a dealer's system the customer's number, elsewhere that of a bank account.
    AmbiguousHeading(("Account No", "Account Number"), {
        "customer": _always_ask("customer.customer_id"),
        "wide": _always_ask("customer.customer_id"),
    }),
    # What a key account is called, or where its contact works.
    AmbiguousHeading(("单位名称", "公司名称", "单位", "公司", "Company", "Company Name"), {
        "key_account": _ask("key_account.name", "key_account.unit"),
    }),
    AmbiguousHeading(("回访日期",), {
        "contact_log": _is("contact_log.contact_at", "contact_log.planned_date"),
    }),
)  # fmt: skip
"""Headings that mean different fields on different sheets (DOM 2.16): settled by the sheet, else asked."""
