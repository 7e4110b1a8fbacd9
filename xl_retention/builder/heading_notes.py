# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""The notes on the headings of the staff's sheets: what belongs into the column, and how it is written."""

from __future__ import annotations

from xl_retention.domain.schema import Entity, Field, Kind
from xl_retention.sheets.staff_sheets import dropdown, has_clock, heading

MOST_ALIASES = 4

_BY_KIND: dict[Kind, tuple[str, str]] = {
    Kind.TEXT: ("A text.", "文字。"),
    Kind.ID: ("A number or code; the same everywhere in the workbook.", "编号；同一对象在各表中须一致。"),
    Kind.PLATE: ("Number plate.", "车牌号。"),
    Kind.VIN: ("17 characters.", "17位。"),
    Kind.PHONE: ("The whole number; blanks and dashes do not matter.", "完整号码；空格和短横不影响。"),
    Kind.DATE: ("A date as YYYY-MM-DD.", "日期，格式：年-月-日。"),
    Kind.TIME: ("A clock time such as 14:30.", "时刻，如14:30。"),
    Kind.BIRTHDAY: ("YYYY-MM-DD, or month and day alone such as 05-21.", "年-月-日，或只填月-日，如05-21。"),
    Kind.INTEGER: ("A whole number.", "整数。"),
    Kind.DECIMAL: ("A number.", "数字。"),
    Kind.MONEY: ("An amount in yuan.", "金额（元）。"),
    Kind.KM: ("Kilometres.", "公里数。"),
    Kind.BOOL: ("Yes or no; blank is no.", "填是或否；空白为否。"),
    Kind.ENUM: ("A word of the list.", "从下拉列表选择。"),
    Kind.CODES: ("The rule that was answered, such as DLV-3D or 3-day call; several parted by commas.",
                 "所回访的节点，如DLV-3D或3天回访；多个用顿号隔开。"),
    Kind.KEYS: ("Written by the tool; leave it as it is.", "由工具填写，请勿改动。"),
    Kind.MONTH: ("A month as YYYY-MM.", "月份，格式：年-月。"),
    Kind.LIST: ("Several, parted by commas.", "可填多个，用顿号隔开。"),
}  # fmt: skip
_WITH_CLOCK = ("A date, with the time of day if it is known: YYYY-MM-DD HH:MM.", "日期，最好带时刻：年-月-日 时:分。")
_KEY = ("Needed: it tells the rows apart.", "必填：用于区分各行。")
_CHOICES = ("Words: {words}.", "可选：{words}。")
_ALIASES = ("Other headings that are understood: {headings}.", "也可识别的列标题：{headings}。")

_MEANINGS: dict[tuple[str, str], tuple[str, str]] = {
    ("customer", "customer_name"): ("Name of the person or company. Needed.", "客户姓名或单位名称，必填。"),
    ("customer", "do_not_contact"): (
        "Yes: no calls and messages any more, except about complaints.", "填“是”：除投诉处理外不再联系。"),
    ("customer", "consent_marketing"): (
        "Yes: the customer agreed to messages; without it none are sent.", "填“是”：客户同意接收信息；否则不发送。"),
    ("customer", "base_scope"): (
        "Where the car was bought; delivery calls go to own sales only.", "购车来源；交车回访只针对本店自销。"),
    ("customer", "sales_advisor"): ("Who makes the calls of sales.", "销售类回访由此人负责。"),
    ("customer", "cs_owner"): ("Who makes the calls of customer care.", "客服类回访由此人负责。"),
    ("customer", "service_advisor_owner"): ("Who makes the calls of service.", "服务类回访由此人负责。"),
    ("vehicle", "customer_id"): ("Number of its customer on the customer sheet.", "车主在客户表中的编号。"),
    ("vehicle", "delivery_date"): ("Day of the hand-over; the delivery calls count from it.", "交车当天；交车回访由此计算。"),
    ("vehicle", "vehicle_status"): (
        "Transferred or scrapped: no calls about this car any more.", "已转让或报废：不再就此车回访。"),
    ("service_visit", "checkout_date"): (
        "Day on which the car left; the call after the repair counts from it.", "出厂当天；维修后回访由此计算。"),
    ("service_visit", "paid_amount"): ("What the customer paid himself.", "客户自付金额。"),
    ("contact_log", "next_contact_date"): ("Day agreed for the next call; it brings a call on that day.",
                                           "约定的下次联系日期；到期自动列入回访。"),
    ("complaint", "first_response_at"): ("When somebody first called back.", "首次回复客户的时间。"),
    ("complaint", "followup_at"): ("When the customer was asked after the solution.", "处理后回访的时间。"),
    ("prospect", "grade"): ("Typed grade; blank: it follows from the expected order.", "可手工填写；空白时按预计订车日期推算。"),
}  # fmt: skip


def heading_note(entity: Entity, field: Field, language: str) -> str:
    """What the note on a heading says, a sentence per line."""
    chinese = language == "zh"
    lines = []
    if meaning := _MEANINGS.get((entity.name, field.name)):
        lines.append(meaning[chinese])
    lines.append((_WITH_CLOCK if has_clock(field) else _BY_KIND[field.kind])[chinese])
    if field.name in entity.key:
        lines.append(_KEY[chinese])
    if words := dropdown(field, language):
        lines.append(_CHOICES[chinese].format(words=("、" if chinese else ", ").join(words)))
    if aliases := _aliases(field, language):
        lines.append(_ALIASES[chinese].format(headings=("、" if chinese else ", ").join(aliases)))
    return "\n".join(lines)


def _aliases(field: Field, language: str) -> tuple[str, ...]:
    own = heading(field, language)
    others = [alias for alias in field.aliases if alias != own and (language == "en") == alias.isascii()]
    return tuple(others[:MOST_ALIASES])
