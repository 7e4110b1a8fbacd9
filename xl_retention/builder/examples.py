# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""The example rows of a new workbook: a small store on one day, clearly examples, removed by one click.

An identifier in every row begins with EX-. Words stand in their canonical form and are written in the language
of the workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.sheets.wording import word

REFERENCE = dt.date(2026, 11, 21)
"""The day on which the examples give calls; the reference date of the sample stores, too."""

Row = dict[str, object]
Examples = Mapping[str, Sequence[Row]]

_Text = tuple[str, str]
"""The same in English and Chinese."""

_ADA, _BO, _CAI = ("Example Ada", "示例 王芳"), ("Example Bo", "示例 李强"), ("Example Cai", "示例 张敏")
_SALES, _CARE, _SERVICE = ("Sales Sam", "销售小孙"), ("Care Kim", "客服小金"), ("Service Lee", "服务老李")
_CITY, _ROAD = ("1 Example Street", "示例路1号"), ("22 Example Road", "示例大道22号")
_VINS = ("LEXAMPLE000000001", "LEXAMPLE000000002", "LEXAMPLE000000003")


def _day(days: int, hour: int = 0, minute: int = 0) -> dt.date:
    """A day so many days from the reference date; with a clock where one is given."""
    day = REFERENCE + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, minute)) if hour else day


_CARD = {"sales_advisor": _SALES, "cs_owner": _CARE, "service_advisor_owner": _SERVICE}

_ROWS: dict[str, tuple[Row, ...]] = {
    "customer": (
        {
            "customer_id": "EX-C1", "customer_name": _ADA, "customer_type": "个人", "mobile": "13800000001",
            "gender": "女", "birth_date": "1988-11-28", "occupation": "公务员", "address": _CITY,
            "region_type": "市区", "preferred_channel": "电话", "do_not_contact": "no", "consent_marketing": "yes",
            "source_channel": "展厅", "base_scope": "自销", "created_date": _day(-20), **_CARD,
        },
        {
            "customer_id": "EX-C2", "customer_name": _BO, "customer_type": "个人", "mobile": "13800000002",
            "gender": "男", "birth_date": "06-03", "occupation": "企事业单位", "address": _ROAD,
            "region_type": "市区", "preferred_channel": "微信", "do_not_contact": "no", "consent_marketing": "yes",
            "source_channel": "转介绍", "base_scope": "自销", "created_date": _day(-570), **_CARD,
        },
        {
            "customer_id": "EX-C3", "customer_name": _CAI, "customer_type": "个人", "mobile": "13800000003",
            "gender": "女", "birth_date": "1979-02-14", "occupation": "其他", "address": _CITY,
            "region_type": "县城", "preferred_channel": "电话", "do_not_contact": "yes", "consent_marketing": "no",
            "source_channel": "互联网", "base_scope": "本牌它销", "created_date": _day(-400), **_CARD,
        },
    ),
    "vehicle": (
        {
            "vin": _VINS[0], "plate_no": "苏A00001", "customer_id": "EX-C1", "series": "Example", "model": "Example 1.5T",
            "use_type": "私家车", "purchase_date": _day(-5), "delivery_date": _day(-3), "price": 128800,
            "payment_mode": "全款", "insurance_expiry": _day(362), "inspection_expiry": _day(1093),
            "first_service_done": "no", "vehicle_status": "在用",
        },
        {
            "vin": _VINS[1], "plate_no": "苏A00002", "customer_id": "EX-C2", "series": "Example", "model": "Example 2.0T",
            "use_type": "私家车", "purchase_date": _day(-564), "delivery_date": _day(-561), "price": 156800,
            "payment_mode": "贷款", "loan_end_date": _day(535), "insurance_expiry": _day(20),
            "inspection_expiry": _day(170), "last_odometer": 21500, "odometer_date": _day(-4),
            "first_service_done": "yes", "last_service_date": _day(-4), "next_service_date": _day(178),
            "next_service_km": 26500, "vehicle_status": "在用",
        },
        {
            "vin": _VINS[2], "plate_no": "苏A00003", "customer_id": "EX-C3", "series": "Example", "model": "Example 1.5",
            "use_type": "私家车", "purchase_date": _day(-402), "delivery_date": _day(-400), "price": 99800,
            "payment_mode": "全款", "insurance_expiry": _day(330), "inspection_expiry": _day(695),
            "last_odometer": 9800, "odometer_date": _day(-200), "first_service_done": "yes",
            "last_service_date": _day(-200), "next_service_date": _day(10), "next_service_km": 14800,
            "vehicle_status": "在用",
        },
    ),
    "service_visit": (
        {
            "ro_no": "EX-R1", "vin": _VINS[1], "plate_no": "苏A00002", "customer_name": _BO, "mobile": "13800000002",
            "visit_date": _day(-190), "checkout_date": _day(-190), "odometer_in": 16200, "work_type": "定期保养",
            "total_amount": 640, "paid_amount": 640, "pay_type": "自费", "service_advisor": _SERVICE,
            "booked": "yes", "next_service_date": _day(-8), "next_service_km": 21200,
        },
        {
            "ro_no": "EX-R2", "vin": _VINS[1], "plate_no": "苏A00002", "customer_name": _BO, "mobile": "13800000002",
            "visit_date": _day(-4), "checkout_date": _day(-3), "odometer_in": 21500, "work_type": "定期保养",
            "total_amount": 880, "paid_amount": 880, "pay_type": "自费", "service_advisor": _SERVICE,
            "booked": "yes", "booking_id": "EX-T1", "next_service_date": _day(178), "next_service_km": 26500,
        },
        {
            "ro_no": "EX-R3", "vin": _VINS[2], "plate_no": "苏A00003", "customer_name": _CAI, "mobile": "13800000003",
            "visit_date": _day(-200), "checkout_date": _day(-200), "odometer_in": 9800, "work_type": "首保",
            "total_amount": 0, "paid_amount": 0, "pay_type": "首保免费", "service_advisor": _SERVICE,
            "booked": "no", "next_service_date": _day(10), "next_service_km": 14800,
        },
    ),
    "contact_log": (
        {
            "contact_id": "EX-K1", "contact_at": _day(-187, 10, 30), "customer_id": "EX-C2", "customer_name": _BO,
            "mobile": "13800000002", "vin": _VINS[1], "plate_no": "苏A00002", "rule_code": "SVC-3D",
            "staff": _CARE, "role": "CS", "channel": "电话", "result": "接通", "satisfaction_level": "非常满意",
            "score": 10, "objection_type": "无",
        },
        {
            "contact_id": "EX-K2", "contact_at": _day(-5, 15, 0), "customer_id": "EX-C2", "customer_name": _BO,
            "mobile": "13800000002", "vin": _VINS[1], "plate_no": "苏A00002", "rule_code": "BOOK-CFM",
            "staff": _SERVICE, "role": "FD", "channel": "电话", "result": "接通",
        },
    ),
    "complaint": (
        {
            "complaint_id": "EX-B1", "received_at": _day(-1, 16, 20), "channel": "来电", "customer_id": "EX-C3",
            "customer_name": _CAI, "mobile": "13800000003", "vin": _VINS[2], "plate_no": "苏A00003",
            "category": "质量", "severity": "一般", "content": ("Noise from the brakes", "刹车异响"),
            "handler": _SERVICE, "handler_level": "2", "first_response_at": _day(-1, 17, 5),
            "promised_at": _day(0, 17, 0), "status": "处理中",
        },
    ),
    "prospect": (
        {
            "prospect_no": "EX-P1", "created_date": _day(-12), "name": ("Example Dan", "示例 赵磊"),
            "mobile": "13800000004", "source_channel": "车展", "intent_model": "Example 2.0T", "focus_point": "油耗",
            "grade": "A", "expected_order_date": _day(12), "test_drive_date": _day(-6),
            "last_follow_date": _day(-6), "follow_count": 2, "status": "在跟", "sales_advisor": _SALES,
        },
    ),
    "booking": (
        {
            "booking_id": "EX-T1", "vin": _VINS[1], "plate_no": "苏A00002", "customer_id": "EX-C2",
            "customer_name": _BO, "mobile": "13800000002", "booked_on": _day(-6), "appointment_at": _day(-4, 9, 0),
            "initiator": "提醒后预约", "channel": "电话", "purpose": "保养", "arrived_at": _day(-4, 9, 10),
            "status": "已到店",
        },
        {
            "booking_id": "EX-T2", "vin": _VINS[2], "plate_no": "苏A00003", "customer_id": "EX-C3",
            "customer_name": _CAI, "mobile": "13800000003", "booked_on": _day(-2), "appointment_at": _day(1, 10, 0),
            "initiator": "客户主动", "channel": "电话", "purpose": "维修",
        },
    ),
}  # fmt: skip


def examples(language: str) -> Examples:
    """By table the example rows, a value by field, as they stand in a workbook of this language."""
    return {
        entity: [{name: _written(entity, name, value, language) for name, value in row.items()} for row in rows]
        for entity, rows in _ROWS.items()
    }


def _written(entity: str, name: str, value: object, language: str) -> object:
    if isinstance(value, tuple):
        return value[language == "zh"]
    field = ENTITIES[entity].field(name)
    table = field.words or ("yes_no" if field.kind is Kind.BOOL else "")
    if table == "role" or not table:  # a role goes by its code in both languages
        return value
    return word(table, str(value), language)
