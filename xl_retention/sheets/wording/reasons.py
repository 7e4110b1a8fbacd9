"""Why somebody is to be contacted: sentences made of a rule, its days and its role (DOM 0.3)."""

from __future__ import annotations

import datetime as dt

from xl_retention.domain.cadence import MONTH_REPEAT, Rule

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# fmt: off
ROLE_NAMES: dict[str, tuple[str, str]] = {
    "SA":   ("Sales advisor", "销售顾问"),
    "CS":   ("Customer service", "客服专员"),
    "SV":   ("Service advisor", "服务顾问"),
    "FD":   ("Front desk", "服务前台"),
    "RS":   ("Reception supervisor", "接待主管"),
    "SVM":  ("Service manager", "服务经理"),
    "SM":   ("Sales manager", "销售经理"),
    "GM":   ("General manager", "总经理"),
    "AST":  ("Sales assistant", "销售助理"),
    "KAM":  ("Key-account manager", "客户经理"),
    "CARE": ("Customer care", "客户关爱专员"),
    "CLUB": ("Owners' club", "俱乐部"),
    "MKT":  ("Marketing", "市场部"),
}

ANCHORS: dict[str, tuple[str, str]] = {
    # what the rule counts from, with the anchor day
    "delivery":           ("delivered {day}", "{day}交车"),
    "month_series":       ("delivered {day}", "{day}交车"),
    "month_repeat":       ("delivered {day}", "{day}交车"),
    "first_service":      ("first service due {day}", "首保到期日{day}"),
    "maintenance":        ("maintenance due {day}", "保养到期日{day}"),
    "maintenance_missed": ("did not come for the service of {day}", "{day}应保养未到站"),
    "appointment":        ("booked for {day}", "预约{day}到店"),
    "checkout":           ("left the workshop {day}", "{day}出厂"),
    "quality_complaint":  ("quality complaint of {day}", "{day}质量投诉"),
    "complaint":          ("complaint of {day}", "{day}投诉"),
    "complaint_solved":   ("complaint solved {day}", "{day}投诉已处理"),
    "complaint_promise":  ("answer promised for {day}", "承诺{day}答复"),
    "usage_objection":    ("question about using the car, {day}", "{day}提出使用疑问"),
    "insurance":          ("insurance ends {day}", "保险{day}到期"),
    "inspection":         ("inspection ends {day}", "年检{day}到期"),
    "birthday":           ("birthday {day}", "生日{day}"),
    "replacement":        ("bought {day}", "{day}购车"),
    "lapse_warning":      ("expected back by {day}", "{day}前应回厂"),
    "quasi_lost":         ("last here {day}", "最近一次到店{day}"),
    "lost":               ("last here {day}", "最近一次到店{day}"),
    "lost_contact":       ("last talked to {day}", "上次沟通{day}"),
    "account_week":       ("week from {day}", "{day}起当周"),
    "account_month":      ("month from {day}", "{day}起当月"),
    "account_quarter":    ("quarter from {day}", "{day}起当季"),
    "prospect":           ("last contact {day}", "上次跟进{day}"),
    "introduction":       ("served by somebody else since {day}", "{day}起由新同事服务"),
    "referral":           ("named a friend, or he bought, on {day}", "{day}转介绍或其成交"),
    "agreed":             ("agreed on {day}", "{day}约定"),
}

BASES: tuple[tuple[str, str], ...] = (
    # what gave the day that a service is due, in the order of `service_due.Basis`
    ("by date", "按日期"),
    ("by its {km} km a day", "按该车日均{km}公里推算"),
    ("by the usual {km} km a day", "按门店默认日均{km}公里推算"),
)
# fmt: on


def role_name(role: str, language: str) -> str:
    """Name of a role code."""
    return ROLE_NAMES.get(role, (role, role))[language == "zh"]


def day_text(day: dt.date, as_of: dt.date, language: str) -> str:
    """A day as spoken: `21 Nov`, with the year where it is another one."""
    if language == "zh":
        text = f"{day.month}月{day.day}日"
        return text if day.year == as_of.year else f"{day.year}年{text}"
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == as_of.year else f"{text} {day.year}"


def rule_name(rule: Rule, language: str, sequence: str = "1", month: int = 0) -> str:
    """Name of a rule as staff know it; a repeated call carries its number."""
    name = (rule.english, rule.chinese)[language == "zh"]
    if rule.code == MONTH_REPEAT:
        return name.format(month=month)
    if rule.code in ("FS-CALL", "MNT-CALL") and sequence != "1":
        return f"{name}（第{sequence}次）" if language == "zh" else f"{name} ({sequence})"
    return name


def reason_text(
    rule: Rule,
    name: str,
    anchor: dt.date,
    due: dt.date,
    deadline: dt.date,
    moment: dt.datetime | None,
    as_of: dt.date,
    language: str,
    basis: str = "",
) -> str:
    """
    One sentence why a contact is due: `3-day call: delivered 18 Nov, due 21 Nov` (DOM 0.3).

    Args:
        basis: What gave the day that the contact counts from, where that is not plain.
    """
    since = ANCHORS.get(rule.counts_from, ("{day}", "{day}"))[language == "zh"].format(
        day=day_text(anchor, as_of, language)
    )
    if basis:
        since += f"（{basis}）" if language == "zh" else f" ({basis})"
    due_text = day_text(due, as_of, language)
    last = day_text(deadline, as_of, language)
    if moment is not None:
        last = due_text = f"{last} {moment:%H:%M}"
    if language == "zh":
        until = f"，{last}截止" if last != due_text else ""
        return f"{name}：{since}，应于{due_text}联系{until}"
    until = f", at the latest {last}" if last != due_text else ""
    return f"{name}: {since}, due {due_text}{until}"


def basis_text(basis: int, daily_km: float, language: str) -> str:
    """What gave the day that a service is due, with the kilometres a day where they did."""
    return BASES[basis][language == "zh"].format(km=int(daily_km + 0.5))
