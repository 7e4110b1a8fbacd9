"""The staff's sheets as we make them: which table each holds, its columns in their order, their headings and looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xl_retention.books.styles import BEHIND_NUMBER
from xl_retention.domain.cadence import ROLES
from xl_retention.domain.schema import ENTITIES, Entity, Field, Kind
from xl_retention.sheets.wording import choices

Row = Mapping[str, object]
"""A value by field."""
LONGEST_CHOICES = 255
"""Signs of a drop-down list that is spelled out in its cells."""


@dataclass(frozen=True)
class StaffSheet:
    """
    One sheet.

    Args:
        entity: The table that it holds; its English name is the name of the Excel table too.
        english, chinese: Names of the sheet.
        fields: Its columns.
    """

    entity: Entity
    english: str
    chinese: str
    fields: tuple[str, ...]

    def name(self, language: str) -> str:
        """Name of the sheet in a language."""
        return self.chinese if language == "zh" else self.english

    @property
    def table(self) -> str:
        """Name of the Excel table, by which formulas name it."""
        return self.english.replace(" ", "")


def _sheet(entity: str, english: str, chinese: str, fields: str) -> StaffSheet:
    return StaffSheet(ENTITIES[entity], english, chinese, tuple(fields.split()))


STAFF_SHEETS: tuple[StaffSheet, ...] = (
    _sheet("customer", "Customers", "客户档案", """
        customer_id customer_name customer_type contact_person mobile mobile_backup gender birth_date occupation
        hobbies address region_type distance_km preferred_channel preferred_time do_not_contact consent_marketing
        consent_date source_channel base_scope sales_advisor cs_owner service_advisor_owner store_code created_date
        email wechat_id wechat_bound wechat_bind_date membership_no remark"""),
    _sheet("vehicle", "Vehicles", "车辆档案", """
        vin plate_no customer_id brand series model color use_type purchase_date delivery_date delivery_time price
        payment_mode loan_end_date insurer insurance_expiry inspection_expiry warranty_end last_odometer
        odometer_date first_service_done first_service_date last_service_date next_service_date next_service_km
        vehicle_status"""),
    _sheet("service_visit", "Visits", "维修记录", """
        ro_no vin plate_no customer_name mobile visit_date checkout_date odometer_in work_type items labour_amount
        parts_amount total_amount paid_amount pay_type service_advisor technician booked booking_id
        next_service_date next_service_km is_rework"""),
    _sheet("contact_log", "Contacts", "回访记录", """
        contact_id contact_at customer_id customer_name mobile vin plate_no rule_code due_key staff role channel
        result satisfaction_level score vehicle_condition objection_type feedback complaint_id intention
        no_visit_reason next_contact_date next_action attempt_no duration_min recorded checked_by checked_at"""),
    _sheet("complaint", "Complaints", "投诉记录", """
        complaint_id received_at channel customer_id customer_name mobile vin plate_no category severity content
        handler handler_level promised_at first_response_at solution resolved_at followup_at satisfied_after
        compensation status root_cause prevention"""),
    _sheet("prospect", "Prospects", "潜客卡", """
        prospect_no created_date name mobile source_channel intent_model competing_model focus_point grade
        expected_order_date test_drive_date quote old_vehicle trade_in last_follow_date next_follow_date
        follow_count status order_date lost_date lost_reason lost_model delivered_customer_id reviewed_by
        sales_advisor"""),
    _sheet("booking", "Bookings", "预约记录", """
        booking_id vin plate_no customer_id customer_name mobile booked_on appointment_at initiator channel purpose
        arrived_at status cancelled_at"""),
)  # fmt: skip
"""In the order of the workbook."""

_WORDS = {"id": "ID", "no": "No", "vin": "VIN", "km": "km", "cs": "CS", "at": "At", "on": "On", "wechat": "WeChat"}

_ENGLISH = {
    # Where the canonical name is no heading that a clerk would write (DOM 2.17).
    "ro_no": "Repair Order",
    "cs_owner": "Customer Care",
    "service_advisor_owner": "Service Advisor",
    "mobile_backup": "Second Phone",
    "wechat_id": "WeChat No",
    "wechat_bound": "WeChat Linked",
    "wechat_bind_date": "WeChat Linked On",
    "consent_marketing": "Marketing Consent",
    "base_scope": "Where Bought",
    "store_code": "Store",
    "use_type": "Usage",
    "color": "Colour",
    "last_odometer": "Odometer",
    "odometer_in": "Odometer",
    "work_type": "Type of Work",
    "items": "Work Done",
    "pay_type": "Payment Type",
    "booked": "Was Booked",
    "is_rework": "Rework",
    "contact_at": "Contact Date",
    "rule_code": "Rule",
    "result": "Outcome",
    "satisfaction_level": "Satisfaction",
    "objection_type": "Objection",
    "intention": "Purchase Intention",
    "no_visit_reason": "Reason for No Visit",
    "received_at": "Received",
    "promised_at": "Promised",
    "first_response_at": "First Response",
    "resolved_at": "Resolved",
    "followup_at": "Followed Up",
    "satisfied_after": "Satisfied Afterwards",
    "intent_model": "Model of Interest",
    "competing_model": "Competitor Model",
    "focus_point": "Main Concern",
    "expected_order_date": "Expected Order",
    "last_follow_date": "Last Follow-up",
    "next_follow_date": "Next Follow-up",
    "follow_count": "Follow-ups",
    "delivered_customer_id": "Converted Customer ID",
    "appointment_at": "Appointment",
    "arrived_at": "Arrived",
    "cancelled_at": "Cancelled On",
    "checked_at": "Reviewed On",
    "reviewed_by": "Reviewed By",
    "text": "Question",
    "checked_by": "Reviewed By",
}


def heading(field: Field, language: str) -> str:
    """The heading of a field: its first Chinese alias, or its English name as a clerk would write it."""
    if language == "zh":
        chinese = (alias for alias in field.aliases if not alias.isascii())
        return next(chinese, field.name)
    words = field.name.split("_")
    return _ENGLISH.get(field.name) or " ".join(_WORDS.get(word, word.capitalize()) for word in words)


TEXT_KINDS = (Kind.ID, Kind.PLATE, Kind.VIN, Kind.PHONE, Kind.BIRTHDAY, Kind.TEXT, Kind.CODES, Kind.KEYS, Kind.MONTH)
"""Kept as typed: no number loses its zeros, 5-21 does not become a day of this year."""

_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "hh:mm",
    Kind.MONEY: "#,##0.00" + BEHIND_NUMBER,
    Kind.KM: "#,##0" + BEHIND_NUMBER,
    Kind.INTEGER: "0" + BEHIND_NUMBER,
    **dict.fromkeys(TEXT_KINDS, "@"),
}
_WITH_CLOCK = "yyyy-mm-dd hh:mm"

_WIDTHS = {
    Kind.VIN: 21.0, Kind.PHONE: 14.0, Kind.DATE: 12.0, Kind.MONEY: 12.0, Kind.BOOL: 10.0, Kind.ID: 13.0,
    Kind.KM: 11.0, Kind.TIME: 10.0, Kind.BIRTHDAY: 12.0, Kind.PLATE: 12.0, Kind.CODES: 20.0, Kind.KEYS: 28.0,
}  # fmt: skip
_WIDER = {"customer_name": 18.0, "model": 22.0, "unit": 22.0, "channel": 18.0}
_OFTEN_WITH_CLOCK = ("visit_date", "checkout_date", "booked_on")
"""Days that exports bring with the time of day; in a narrower column they would be ###."""
_LONG_TEXTS = ("address", "remark", "content", "items", "feedback", "solution", "prevention", "root_cause")
_USUAL_WIDTH, _LONG_WIDTH, _CLOCK_WIDTH, _FILTER_BUTTON = 14.0, 28.0, 17.0, 3.0


def has_clock(field: Field) -> bool:
    """Whether the time of day matters, too."""
    return field.kind is Kind.DATE and field.name.endswith("_at")


def number_format(field: Field) -> str:
    """How the cells of a column show what they hold; "" as they are."""
    return _WITH_CLOCK if has_clock(field) else _FORMATS.get(field.kind, "")


def width(field: Field, language: str) -> float:
    """In characters; wide enough for the heading beside its filter button."""
    usual = _WIDER.get(field.name) or _WIDTHS.get(field.kind, _USUAL_WIDTH)
    if field.name in _LONG_TEXTS:
        usual = _LONG_WIDTH
    elif has_clock(field) or field.name in _OFTEN_WITH_CLOCK:
        usual = _CLOCK_WIDTH
    return max(usual, heading_width(heading(field, language), language))


def heading_width(text: str, language: str) -> float:
    """In characters what a heading takes beside its filter button; an English one may break between words."""
    longest = max(text.split(), key=len) if language == "en" else text
    return sum(1 if sign.isascii() else 2 for sign in longest) + _FILTER_BUTTON


def dropdown(field: Field, language: str) -> tuple[str, ...]:
    """The words offered in a column; empty where there are none, or too many for a list in the cell."""
    table = field.words or ("yes_no" if field.kind is Kind.BOOL else "")
    if table == "role":  # by its code, which is the same in both languages
        return ROLES
    words = choices(table, language) if table else ()
    return words if len(",".join(words)) <= LONGEST_CHOICES else ()


def fields_of(sheet: StaffSheet, rows: Sequence[Row]) -> list[Field]:
    """The columns of a sheet, and behind them those that only *rows* need. A field it cannot have is a KeyError."""
    more = [field for field in _given(sheet.entity, rows) if field.name not in sheet.fields]
    return [*map(sheet.entity.field, sheet.fields), *more]


def further_sheet(entity: Entity, rows: Sequence[Row]) -> StaffSheet:
    """A sheet for a table that a new workbook does not have by itself, with the columns that *rows* need."""
    return replace(whole_sheet(entity), fields=tuple(field.name for field in _given(entity, rows)))


def whole_sheet(entity: Entity) -> StaffSheet:
    """A sheet for a table that a new workbook does not have by itself, with all columns."""
    chinese = next(name for name in entity.sheet_names if not name.isascii())
    english = next(name for name in entity.sheet_names if name.isascii())
    return StaffSheet(entity, english, chinese, entity.field_names)


def _given(entity: Entity, rows: Sequence[Row]) -> list[Field]:
    """The fields that rows speak of, in the order of the schema."""
    given = {entity.field(name).name for name in {name for row in rows for name in row}}
    return [field for field in entity.fields if field.name in given]
