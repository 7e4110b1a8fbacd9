# ruff: noqa: E501 (a table stays in one piece)
"""The cleaned rows of a store as tables of SQLite; how a row was cleaned and whose it is comes from the reader."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3

import numpy as np

from xl_retention.domain.dates import add_months
from xl_retention.domain.identity import Identities
from xl_retention.domain.store import Store, Table

COLUMNS = {
    # table: texts, days, moments, numbers, flags
    "customer": ("customer_id mobile base_scope customer_grade sales_advisor cs_owner service_advisor_owner region_type address", "wechat_bind_date created_date", "", "distance_km", "wechat_bound do_not_contact"),
    "vehicle": ("vin vehicle_status use_type series", "delivery_date purchase_date last_service_date first_service_date next_service_date odometer_date inspection_expiry", "delivery_date", "delivery_time last_odometer next_service_km", "first_service_done"),
    "service_visit": ("mobile booking_id work_type pay_type", "visit_date checkout_date next_service_date", "", "total_amount paid_amount odometer_in next_service_km", "booked"),
    "booking": ("booking_id mobile status initiator", "booked_on appointment_at arrived_at cancelled_at", "", "", ""),
    "contact_log": ("rule_code due_key channel result role staff satisfaction_level no_visit_reason", "contact_at next_contact_date", "contact_at", "", ""),
    "complaint": ("category status", "received_at resolved_at", "received_at first_response_at resolved_at followup_at", "", ""),
    "prospect": ("prospect_no mobile sales_advisor source_channel industry focus_point lost_reason lost_model status", "order_date deposit_date lost_date created_date next_follow_date", "", "", ""),
    "renewal": ("kind result", "expiry reminded_on", "", "", ""),
    "maintenance_reminder": ("", "first_reminded_on", "", "", ""),
    "referral": ("referral_id referrer_id", "date deal_date", "", "", ""),
    "invitation": ("customer_id reply", "invited_on", "", "cost", "attended deal"),
    "scorecard": ("staff month", "", "", "info_collected info_target contribution contribution_target", ""),
    "parc": ("month", "", "", "parc", ""),
    "staff": ("name role status", "", "", "", ""),
}  # fmt: skip
WHOSE = {
    "service_visit": "visits", "booking": "bookings", "contact_log": "log", "complaint": "complaints", "renewal": "renewals",
    "maintenance_reminder": "reminders",
}  # fmt: skip
INDICES = (
    "service_visit (car)",
    "vehicle (owner)",
    "booking (car)",
    "booking (appointment_at)",
    "booking (booking_id)",
    "contact_log (party)",
    "named (row)",
)


WORDS = {
    # DOM 2.18; a code stands for itself
    "DLV-D0": "交车当天 交车当日 deliveryday", "DLV-2H": "2小时 交车后2小时 交车后2小时关怀 2-hourcarecall",
    "DLV-3D": "3天 3天回访 交车后3天 3-daycall", "DLV-7D-SA": "7天(销售) 7天回访(销售) 7-daycallbysales",
    "DLV-7D-CS": "7天(客服) 7天回访(客服) 7dc 7-daysurveycall", "DLV-7D": "7天 7天回访",
    "DLV-2W-MGR": "2周经理 2周经理感谢 managerthanks", "DLV-15-30": "15-30天 15-30天联系 15-30-daycontact",
    "FS-CALL": "首保 首保回访 first-servicecall", "MNT-CALL": "保养 保养提醒 maintenancereminder",
    "MNT-NOSHOW": "未到站 未到站原因 未到站原因回访 whynotcome", "BOOK-CFM": "预约确认 bookingconfirmation",
    "SVC-3D": "维修后3天 维修后3天回访 维修回访 3dc post-repaircall", "CMP": "投诉 complaint",
    "CMP-USE": "使用异议 使用异议再说明 usagequestioncall-back", "INS-1M": "续保 续保提醒 insurancerenewal",
    "INSP-1M": "年检 年检提醒 annualinspection", "BDAY": "生日 birthday", "TRADE-IN": "置换 置换邀约 replacementinvitation",
    "LAPSE-WARN": "流失预警 lapsewarning", "LAPSE-PSEUDO": "准流失 假性流失 pseudo-lapse",
    "LAPSE-TRUE": "流失调研 真性流失 真性流失调研 true-lapsesurvey", "LOST-VISIT": "流失客户上门回访",
    "KA": "大客户 keyaccount", "PRO": "潜客 潜客跟进 prospectfollow-up", "NEXT": "约定回访 agreedcall-back",
}  # fmt: skip
CODE_OF = {word: code for code, words in WORDS.items() for word in words.split()}
CODE = re.compile(r"(DLV|FS|MNT|BOOK|SVC|CMP|INS|INSP|BDAY|TRADE|LAPSE|LOST|KA|PRO|NEXT|OEM)(-[A-Z0-9+-]+)?")
MONTH = re.compile(r"第(\d+)月|满?(\d+)个月|month(\d+)")


def base_of(store: Store) -> sqlite3.Connection:
    """The tables of a store, with `add_months` as in DOM V2 and, per row of the log, the rules that it names."""
    base = sqlite3.connect(":memory:")
    base.create_function("add_months", 2, _add_months, deterministic=True)
    identities = Identities(store)
    for name, kinds in COLUMNS.items():
        table = store[name]
        columns = _columns(table, kinds)
        columns["place"] = list(range(len(table)))
        if name in WHOSE:
            rows = getattr(identities, WHOSE[name])
            columns["party"], columns["car"] = rows.party.tolist(), rows.car.tolist()
        if name == "vehicle":
            columns["owner"] = identities.owner[: len(table)].tolist()
        base.execute(f"create table {name} ({', '.join(columns)})")
        marks = ",".join("?" * len(columns))
        base.executemany(f"insert into {name} values ({marks})", zip(*columns.values(), strict=True))
    base.execute("create table named (row, code)")
    texts = store["contact_log"].texts("rule_code").tolist()
    base.executemany(
        "insert into named values (?, ?)", [(row, code) for row, text in enumerate(texts) for code in codes_of(text)]
    )
    for index in INDICES:
        base.execute(f"create index {index.replace(' ', '_').strip(')').replace('(', 'by_')} on {index}")
    return base


def codes_of(text: str) -> list[str]:
    """The rules that a cell of the log names, by the words of DOM 2.18."""
    found = []
    for part in re.split("[;；、]", text):
        word = re.sub(r"\s", "", part).translate(str.maketrans("（）—–", "()--")).lower()
        if month := MONTH.fullmatch(word):
            number = int(next(group for group in month.groups() if group))
            found.append("DLV-M48+" if number >= 48 else f"DLV-M{number:02}")
        elif word in CODE_OF:
            found.append(CODE_OF[word])
        elif CODE.fullmatch(word.upper()):
            found.append(word.upper())
    return found


def _columns(table: Table, kinds: tuple[str, ...]) -> dict[str, list[object]]:
    texts, days, moments, numbers, flags = (each.split() for each in kinds)
    found: dict[str, list[object]] = {name: table.texts(name).tolist() for name in texts}
    found |= {name: _iso(table.days(name)) for name in days}
    found |= {f"{name}_s": _iso(table.moments(name)) for name in moments}
    found |= {name: [None if np.isnan(each) else each for each in table.numbers(name).tolist()] for name in numbers}
    return found | {name: [int(each) for each in table.flags(name).tolist()] for name in flags}


def _iso(column: np.ndarray) -> list[object]:
    return [None if each is None else each.isoformat() for each in column.tolist()]


def _add_months(day: str | None, months: int) -> str | None:
    return None if day is None else add_months(dt.date.fromisoformat(day), months).isoformat()
