"""The contact rules as a table: when a contact opens, is due, counts as late, and who makes it (DOM 3, 3.8).

A rule is a row. The store overrides rows in its sheets Rules and Settings (DOM 2.20); the code that applies
them (`due.py`) has no `if` per rule. What a row counts from is named in its column `counts_from`; the function
of that name stands in the package `anchors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from xl_retention.domain.parameters import Parameters

ROLES = ("SA", "CS", "SV", "FD", "RS", "SVM", "SM", "GM", "AST", "KAM", "CARE", "CLUB", "MKT")

MONTH_SERIES = "DLV-M"
"""Stands for the whole month series, in the Rules sheet and in a log row (DOM 2.18, 2.20)."""
MONTH_REPEAT = "DLV-M48+"
COMPLAINT_CLOCK = ("CMP-2H", "CMP-24H", "CMP-FU24", "CMP-PROG")
"""Complaint items: never hit by a log row without a rule, never stopped globally, not cut by go-live."""


@dataclass(frozen=True)
class Offset:
    """A distance from a day or a moment, such as `-1m`, `+3d`, `+2h`; with hours (even `0h`) the clock counts."""

    months: int = 0
    days: int = 0
    hours: int | None = None

    _PATTERN = re.compile(r"([+-]?)(\d+)([mdh])")

    @classmethod
    def parse(cls, text: str) -> Offset:
        """Reads `+3d`, `-1m`, `+2h`, `0d`, also several in a row (`-3m+1d`).

        Raises:
            ValueError: The text is no offset.
        """
        compact = text.replace(" ", "").replace("−", "-").replace("–", "-").lower()
        parts = cls._PATTERN.findall(compact)
        if not parts or "".join("".join(part) for part in parts) != compact:
            raise ValueError(text)
        amounts: dict[str, int] = {}
        for sign, number, unit in parts:
            amounts[unit] = amounts.get(unit, 0) + (-int(number) if sign == "-" else int(number))
        return cls(amounts.get("m", 0), amounts.get("d", 0), amounts.get("h"))

    def __str__(self) -> str:
        parts = [(self.months, "m"), (self.days, "d"), (self.hours, "h")]
        text = "".join(f"{amount:+d}{unit}" for amount, unit in parts if amount)
        return text or ("0d" if self.hours is None else "0h")

    @property
    def whole_days(self) -> int:
        """Days of this offset where there is no clock: a started day does not count (DOM 3.8, "no clock")."""
        return self.days + int((self.hours or 0) / 24)


class Listing(Enum):
    """Where the items of a rule appear (DOM 0.3, 3.8)."""

    CALLS = "today's calls"
    MAIL = "mailing list"
    PLAN = "monthly plan"
    NOWHERE = "information only"


@dataclass(frozen=True)
class Rule:
    """One contact rule.

    Args:
        code: As in DOM 3 and in every due key.
        english, chinese: Name as staff know it.
        counts_from: Name of a function of the package `anchors`.
        open, due, deadline: Offsets from the base day of DOM 3.8; *deadline* None follows the due day.
        expire: Offset from the deadline; None never expires.
        role: Role code of who makes the contact.
        priority: 1 (hours-critical) to 5 (greetings), DOM 0.3.
        sent: Whether a message marked 已发送 closes it too.
        on: Whether the rule runs.
        listing: Where its items appear.
        channel: How the contact is usually made.
        month: For the month series, months after delivery.
        narrow: Only for customers of the narrow base (base_scope 自销 or blank), DOM 3.8 "Whose cars".
        role_given: Whether the store itself chose the role in its Rules sheet.
        source: Section of DOM and mark.
    """

    code: str
    english: str
    chinese: str
    counts_from: str
    open: Offset
    due: Offset
    deadline: Offset | None
    expire: Offset | None
    role: str
    priority: int
    sent: bool = False
    on: bool = True
    listing: Listing = Listing.CALLS
    channel: str = "电话"
    month: int = 0
    narrow: bool = False
    role_given: bool = False
    source: str = ""


def _calls(
    code: str, english: str, chinese: str, counts_from: str, window: str, role: str, priority: int, *marks: str
) -> Rule:
    """A row of the table below; *window* is "open due deadline expire", `=` for "as due"."""
    open_, due, deadline, expire = window.split()
    listing = Listing.MAIL if "mail" in marks else Listing.PLAN if "plan" in marks else Listing.CALLS
    listing = Listing.NOWHERE if "info" in marks else listing
    channels = [mark.removeprefix("by ") for mark in marks if mark.startswith("by ")]
    sources = [mark for mark in marks if mark.startswith("DOM ")]
    return Rule(
        code,
        english,
        chinese,
        counts_from,
        Offset.parse(open_),
        Offset.parse(due),
        None if deadline == "=" else Offset.parse(deadline),
        None if expire == "never" else Offset.parse(expire),
        role,
        priority,
        sent="sent" in marks,
        on="off" not in marks,
        listing=listing,
        channel=channels[0] if channels else "电话",
        narrow="narrow" in marks,
        source=sources[0] if sources else "",
    )


# fmt: off
RULES: tuple[Rule, ...] = (
    #      code          English                        Chinese               counts from          open  due  deadline expire  who  pri
    _calls("DLV-D0",     "Delivery day",                "交车当天",           "delivery",          "0d   0d   0d   +1d",   "SA", 1, "sent", "narrow", "DOM 3.1 [S]"),
    _calls("DLV-2H",     "2-hour care call",            "交车后2小时关怀",    "delivery",          "0d   +2h  =    +1d",   "SA", 1, "sent", "narrow", "DOM 3.1 [S]"),
    _calls("DLV-3D",     "3-day call",                  "3天回访",            "delivery",          "+1d  +3d  +3d  +14d",  "SA", 2, "narrow", "DOM 3.1 [S]"),
    _calls("DLV-3D-AS",  "First after-sales follow-up", "售后第一次跟踪",     "delivery",          "+1d  +3d  +3d  +14d",  "CS", 2, "narrow", "off", "DOM 3.1 [S] C3"),
    _calls("DLV-7D-SA",  "7-day call by sales",         "7天回访(销售)",      "delivery",          "+4d  +7d  +7d  +14d",  "SA", 2, "narrow", "DOM 3.1 [S] C8"),
    _calls("DLV-7D-CS",  "7-day survey call",           "7天回访(客服)",      "delivery",          "+4d  +7d  +7d  +14d",  "CS", 2, "narrow", "DOM 3.1 [S] C8"),
    _calls("DLV-2W-MGR", "Manager thanks",              "2周经理感谢",        "delivery",          "+14d +14d +17d +14d",  "SM", 4, "sent", "narrow", "DOM 3.1 [S/D]"),
    _calls("DLV-15-30",  "15-30-day contact",           "15-30天联系",        "delivery",          "+15d +22d +30d +14d",  "SA", 3, "narrow", "DOM 3.1 [S/D]"),
    _calls("DLV-PHOTO",  "Thank-you letter and photo",  "感谢信·交车照片",    "delivery",          "0d   +7d  +14d +14d",  "SA", 5, "sent", "narrow", "off", "by 信函", "DOM 3.1 [D]"),
    _calls("OEM-1",      "Manufacturer call 1",         "厂家第一次回访",     "delivery",          "0d   0d   0d   0d",    "SA", 4, "info", "narrow", "DOM 3.1 [S]"),
    _calls("OEM-2",      "Manufacturer call 2",         "厂家第二次回访",     "delivery",          "0d   0d   0d   0d",    "SA", 4, "info", "narrow", "DOM 3.1 [S]"),
    _calls(MONTH_SERIES, "Month {month}",               "第{month}月",        "month_series",      "-3d  0d   +7d  +14d",  "SA", 4, "DOM 3.2 [S/D] C1"),
    _calls(MONTH_REPEAT, "Month {month}",               "第{month}月",        "month_repeat",      "-3d  0d   +7d  +14d",  "SA", 4, "DOM 3.2 [S/D]"),
    _calls("FS-AUTO",    "First-service notice",        "首保通知",           "first_service",     "-30d -30d 0d   0d",    "SA", 3, "mail", "by 短信", "DOM 3.3 [D]"),
    _calls("FS-CALL",    "First-service call",          "首保回访",           "first_service",     "-15d -7d  0d   +14d",  "SA", 3, "DOM 3.3 [S/D]"),
    _calls("MNT-AUTO-3M", "Care message before service", "保养前3个月关怀",   "maintenance_ahead", "0d   0d   +14d 0d",    "SA", 5, "mail", "by 短信", "DOM 3.3 [S] C5"),
    _calls("MNT-MONTH",  "Month-end due list",          "月底到期客户导出",   "nothing",           "0d   0d   0d   0d",    "CS", 3, "plan", "DOM 3.3 [S]"),
    _calls("MNT-CALL",   "Maintenance reminder",        "保养提醒",           "maintenance",       "-15d -7d  0d   +14d",  "CS", 3, "DOM 3.3 [S/D]"),
    _calls("MNT-NOSHOW", "Why not come",                "未到站原因回访",     "maintenance_missed", "+3d +3d  +7d  +14d",  "CS", 3, "DOM 3.3 [S/D]"),
    _calls("BOOK-CFM",   "Booking confirmation",        "预约确认",           "appointment",       "-1d  -1d  0d   0d",    "FD", 3, "sent", "DOM 3.3 [D]"),
    _calls("REPAIR-LIST", "Last month's repairs",       "上月一般维修客户",   "nothing",           "0d   0d   0d   0d",    "CS", 4, "plan", "DOM 3.3 [S]"),
    _calls("SVC-3D",     "Post-repair call",            "维修后3天回访",      "checkout",          "+1d  +3d  +3d  +14d",  "CS", 2, "DOM 3.4 [S]"),
    _calls("CMP-2H",     "Quality objection, 2 hours",  "质量异议2小时",      "quality_complaint", "0d   +2h  +2h  never", "SV", 1, "DOM 3.4 [S]"),
    _calls("CMP-24H",    "Complaint solution, 24 hours", "24小时处理",        "complaint",         "0d   +24h +24h never", "SV", 1, "DOM 3.4 [S]"),
    _calls("CMP-FU24",   "Follow-up after solution",    "处理后24小时回访",   "complaint_solved",  "0d   +24h =    never", "CS", 1, "DOM 3.4 [S]"),
    _calls("CMP-PROG",   "Progress report",             "进程告知",           "complaint_promise", "-2h  0h   0h   never", "CS", 1, "DOM 3.4 [S/D]"),
    _calls("CMP-USE",    "Usage question call-back",    "使用异议再说明",     "usage_objection",   "0d   +1d  +2d  +14d",  "SA", 2, "DOM 3.4 [S/D]"),
    _calls("INQ-24H",    "Inquiry reply",               "询价函电24小时答复", "nothing",           "0d   +24h +24h never", "MKT", 2, "DOM 3.4 [S]"),
    _calls("INS-1M",     "Insurance renewal",           "续保提醒",           "insurance",         "-1m  -1m  0d   +14d",  "SA", 3, "DOM 3.5 [S]"),
    _calls("INSP-1M",    "Annual inspection",           "年检提醒",           "inspection",        "-1m  -1m  0d   +14d",  "CS", 3, "sent", "DOM 3.5 [S]"),
    _calls("BDAY-7",     "Birthday greeting ahead",     "生日前一周祝福",     "birthday",          "-7d  -7d  -1d  0d",    "CS", 5, "sent", "by 短信", "DOM 3.5 [S]"),
    _calls("BDAY-0",     "Birthday",                    "生日当天祝福",       "birthday",          "0d   0d   0d   0d",    "SA", 5, "sent", "by 短信", "DOM 3.5 [S]"),
    _calls("BDAY-MONTH", "Birthdays of the month",      "当月生日客户",       "nothing",           "0d   0d   0d   0d",    "SM", 5, "plan", "DOM 3.5 [S]"),
    _calls("HOL",        "Holiday greeting",            "节日问候",           "holiday",           "-1d  -1d  0d   0d",    "SA", 5, "mail", "by 短信", "DOM 3.5 [S]"),
    _calls("ANNIV",      "Company anniversary",         "周年庆",             "anniversary",       "-7d  -7d  0d   0d",    "MKT", 5, "mail", "by 短信", "DOM 3.5 [S/I]"),
    _calls("MAIL-MONTH", "Monthly card",                "每月明信片",         "month_start",       "0d   0d   +27d 0d",    "SA", 5, "mail", "off", "by 明信片", "DOM 3.5 [S]"),
    _calls("SEAS-SPR",   "Spring air-con care",         "春季空调清洁养护",   "spring",            "0d   0d   +60d 0d",    "CS", 5, "mail", "by 短信", "DOM 3.5 [S/D]"),
    _calls("SEAS-WIN",   "Winter paint care",           "冬季漆面养护",       "winter",            "0d   0d   +60d 0d",    "CS", 5, "mail", "by 短信", "DOM 3.5 [S/D]"),
    _calls("QTR-INV",    "Quarterly invitation",        "每季度活动邀请",     "quarter_start",     "0d   0d   +3m-1d 0d",  "CS", 5, "mail", "by 微信", "DOM 3.5 [S]"),
    _calls("NEWCAR",     "New-model invitation",        "新车上市邀请",       "nothing",           "-14d -14d 0d   0d",    "SA", 5, "mail", "by 短信", "DOM 3.5 [S/D]"),
    _calls("PROMO",      "Promotion",                   "促销优惠",           "nothing",           "0d   0d   0d   0d",    "CS", 5, "mail", "by 短信", "DOM 3.5 [S]"),
    _calls("POLICY",     "Policy notice",               "政策通知",           "nothing",           "0d   0d   0d   0d",    "CS", 5, "mail", "by 短信", "DOM 3.5 [S]"),
    _calls("TRADE-IN",   "Replacement invitation",      "置换邀约",           "replacement",       "-3m  0d   +30d +14d",  "SA", 4, "DOM 3.5 [S/D]"),
    _calls("LAPSE-WARN", "Lapse warning",               "流失预警",           "lapse_warning",     "0d   0d   +15d +14d",  "CS", 3, "DOM 3.5 [S/D]"),
    _calls("LAPSE-PSEUDO", "Pseudo-lapse",              "假性流失",           "quasi_lost",        "0d   0d   +15d +14d",  "CS", 3, "DOM 3.5 [S/D]"),
    _calls("LAPSE-TRUE", "True-lapse survey",           "真性流失调研",       "lost",              "0d   0d   +30d +14d",  "CS", 4, "DOM 3.5 [S/D]"),
    _calls("LOST-VISIT", "Visit to a lost customer",    "流失客户上门回访",   "lost_contact",      "0d   0d   +30d +14d",  "CS", 4, "by 上门", "DOM 3.5 [S/D]"),
    _calls("PLAN-PREV",  "Last month's deliveries",     "上月交车客户",       "nothing",           "0d   0d   0d   0d",    "SM", 4, "plan", "DOM 3.5 [S]"),
    _calls("PLAN-VIP",   "VIP group",                   "VIP客户",            "nothing",           "0d   0d   0d   0d",    "SM", 4, "plan", "DOM 3.5 [S]"),
    _calls("KA-WEEK",    "Key account weekly call",     "大客户每周电话",     "account_week",      "0d   0d   +6d  0d",    "KAM", 3, "DOM 3.5 [S]"),
    _calls("KA-MONTH",   "Key account monthly greeting", "大客户每月短信",    "account_month",     "0d   0d   +1m-1d 0d",  "KAM", 5, "sent", "by 短信", "DOM 3.5 [S]"),
    _calls("KA-QTR",     "Key account quarterly visit", "大客户每季登门",     "account_quarter",   "0d   0d   +3m-1d 0d",  "KAM", 4, "by 上门", "DOM 3.5 [S]"),
    _calls("GRADE-A-QTR", "A-grade quarterly follow-up", "A类每季度随访",     "nothing",           "0d   0d   +3m-1d 0d",  "MKT", 3, "DOM 3.5 [S]"),
    _calls("PRO-H",      "Prospect follow-up H",        "潜客跟进H级",        "prospect",          "0d   0d   0d   never", "SA", 2, "DOM 3.5 [S/D]"),
    _calls("PRO-A",      "Prospect follow-up A",        "潜客跟进A级",        "prospect",          "0d   0d   0d   never", "SA", 2, "DOM 3.5 [S/D]"),
    _calls("PRO-B",      "Prospect follow-up B",        "潜客跟进B级",        "prospect",          "0d   0d   0d   never", "SA", 4, "DOM 3.5 [S/D]"),
    _calls("PRO-C",      "Prospect follow-up C",        "潜客跟进C级",        "prospect",          "0d   0d   0d   never", "SA", 4, "DOM 3.5 [S/D]"),
    _calls("PRO-N",      "Prospect nurture",            "潜客培育",           "prospect",          "0d   0d   0d   never", "SA", 4, "DOM 3.5 [S/D]"),
    _calls("HANDOVER",   "New contact introduction",    "交接告知",           "introduction",      "0d   0d   +3d  +14d",  "SA", 2, "DOM 3.5 [S/D]"),
    _calls("REF-THANKS", "Thank the referrer",          "感谢介绍人",         "referral",          "+1d  +1d  +1d  +14d",  "SA", 4, "DOM 3.5 [D]"),
    _calls("NEXT",       "Agreed call-back",            "约定回访",           "agreed",            "0d   0d   0d   +14d",  "",   2, "DOM 3.8"),
)
# fmt: on


def month_code(month: int) -> str:
    """Code of a month of the series: `DLV-M06`, `DLV-M12` (DOM 3.2)."""
    return f"{MONTH_SERIES}{month:02d}"


@dataclass(frozen=True)
class RuleOverride:
    """What one row of the Rules sheet says; None is a blank cell: the default stays (DOM 2.20)."""

    on: bool | None = None
    role: str | None = None
    priority: int | None = None
    open: Offset | None = None
    due: Offset | None = None
    deadline: Offset | None = None
    expire: Offset | None = None
    never_expires: bool = False

    def applied_to(self, rule: Rule) -> Rule:
        """The rule with the filled cells of this row in place of its own."""
        given = {
            name: value
            for name in ("on", "role", "priority", "open", "due", "deadline", "expire")
            if (value := getattr(self, name)) is not None
        }
        if self.never_expires:
            given["expire"] = None
        return replace(rule, **given, role_given=rule.role_given or self.role is not None)


class Rulebook(Mapping[str, Rule]):
    """The rules in force for a store: the table above, its month series spelled out, the store's rows applied.

    Args:
        parameters: `month_series` tells which months there are.
        overrides: Rows of the Rules sheet by code; `DLV-M` stands for all months, a single month goes first.
    """

    def __init__(self, parameters: Parameters, overrides: Mapping[str, RuleOverride] | None = None) -> None:
        given = overrides or {}
        self._rules: dict[str, Rule] = {}
        for rule in RULES:
            for each in self._spelled_out(rule, parameters):
                series = rule.code in (MONTH_SERIES, MONTH_REPEAT)
                for code in (MONTH_SERIES, each.code) if series else (each.code,):
                    if code in given:
                        each = given[code].applied_to(each)
                self._rules[each.code] = each

    @staticmethod
    def _spelled_out(rule: Rule, parameters: Parameters) -> Iterable[Rule]:
        if rule.code != MONTH_SERIES:
            return (rule,)
        return (
            replace(
                rule,
                code=month_code(month),
                month=month,
                english=rule.english.format(month=month),
                chinese=rule.chinese.format(month=month),
            )
            for month in (int(number) for number in parameters.numbers("month_series"))
        )

    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


KNOWN_CODES = frozenset(rule.code for rule in RULES)


def is_known(code: str) -> bool:
    """Whether the Rules sheet may name this code."""
    return code in KNOWN_CODES or bool(re.fullmatch(r"DLV-M\d{2}", code))
