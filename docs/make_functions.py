"""Writes docs/functions.md and docs/functions.zh.md from the cell functions: `python docs/make_functions.py`.

A test compares the pages with the functions and runs every example.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "udfs")]

import retention_udfs  # noqa: E402

from xl_retention.builder.wrappers import CellFunction, cell_functions  # noqa: E402

PAGES = {"en": HERE / "functions.md", "zh": HERE / "functions.zh.md"}

INTRODUCTION = {
    "en": """\
# Cell functions

[中文](functions.zh.md)

Made by `python docs/make_functions.py` from `udfs/retention_udfs.py`; do not edit it here.

The functions work in the cells of `Retention.xlsm`, in Excel for Windows and in LibreOffice, once
`xl-retention install` has been run. In LibreOffice arguments are parted by `;` instead of `,`.

- **An argument** may be a value, a cell, a row, a column or a block. A function that answers cell by cell gives a block
  of the same shape; a single cell goes with every cell of the others. In an Excel that does not spill, and in
  LibreOffice, a formula with several answers is entered with Ctrl+Shift+Enter over as many cells.
- **A column at once** is far quicker than a formula in each of its rows.
- **Dates and numbers** may be typed in any way that the sheets understand: `2025-03-01`, `2025年3月1日`, `3,000元`.
- **No data** is an empty text. **A wrong argument** gives a short text that names it, such as `start: not a date`;
  there is no `#VALUE!`. Only what an argument itself computes to, such as 1/0, is shown by LibreOffice as its error.
- **Without Python**, and in Excel for Mac, a cell keeps the value that it showed; in LibreOffice it does so until it is
  computed anew, and is empty then.
- The rules are those of [the rule table](rules.md), with the parameters as shipped: a store's sheets Settings and Rules
  count for the buttons, not for the functions.
""",
    "zh": """\
# 单元格函数

[English](functions.md)

本页由 `python docs/make_functions.py` 根据 `udfs/retention_udfs.py` 生成，请勿直接修改。

运行过 `xl-retention install` 后，这些函数可在 `Retention.zh.xlsm` 的单元格中使用（Windows 版 Excel 和 LibreOffice）。
LibreOffice 中参数之间用 `;`，不用 `,`。

- **参数**可以是一个值、一个单元格、一行、一列或一个区域。逐格计算的函数返回同样形状的区域；
  单个单元格与其他参数的每一格搭配。
  不支持动态数组的 Excel 和 LibreOffice 中，多个结果的公式要先选中同样多的单元格，再按 Ctrl+Shift+Enter。
- **一次给整列**比每行写一个公式快得多。
- **日期和数字**可以用表格认识的任何写法：`2025-03-01`、`2025年3月1日`、`3,000元`。
- **没有数据**时为空文本。**参数有误**时显示一句写明参数名的短文本，例如 `start: not a date`（start 不是日期），
  不会出现 `#VALUE!`。
  只有参数本身算出错误（例如 1/0）时，LibreOffice 会显示该错误。
- **没有 Python** 时，以及在 Mac 版 Excel 中，单元格保留原来显示的值；LibreOffice 中保留到重新计算为止，之后为空。
- 规则见[回访规则](rules.md)，参数用默认值：“参数”和“规则”两张表只影响按钮，不影响函数。
""",
}
HEADINGS = {"en": ("Argument", "Meaning"), "zh": ("参数", "含义")}
LEFT_OUT = {"en": "", "zh": "可省略。"}
EXAMPLE_HEADINGS = {"en": ("Formula", "Shows"), "zh": ("公式", "显示")}
EMPTY = {"en": "*(empty)*", "zh": "*（空）*"}

CHINESE = {
    # function: what it says, then its arguments where they differ from the table below
    "AGE_COHORT": ("客户的年龄段，按出生年份。", {}),
    "CREDIT_GRADE": ("信用等级 A 至 D，按近12个月的逾期付款。", {
        "language": "“未知”的语言：zh（省略时）或 en"}),
    "DUE_CONTACTS": ("一位或多位客户到期的回访清单：到期日、规则代码、规则名称。", {
        "after": "列出此日之后到期的回访；省略为今天", "finish": "清单最后一天；省略为起始日后12个月",
        "language": "规则名称的语言：zh（省略时）或 en"}),
    "EDATE_CLAMPED": ("若干个月之后的同一天；该月没有这一天时取月末。", {
        "start": "起算日期", "months": "月数；负数为往前"}),
    "FOLLOW_UP_RATE": ("回访率：期间内到期的回访中已完成的比例；给两个数时为两数之比。", {}),
    "GRADE_ABCD": ("大客户按八项百分制相互排名，分为 A 至 D 级。", {"amount": "每个客户的年消费金额（元）"}),
    "KEY_ACCOUNT": ("是否大客户、潜在大客户或一般客户。", {}),
    "LAPSE_SCORE": ("客户在今后若干个月内再次到店的可能，按本人与全体客户的到店规律。", {
        "months": "预测几个月；省略为6", "as_of": "此日之后的到店视为未知；省略为今天"}),
    "LOYALTY_STATE": ("车辆的忠诚状态：忠诚客户、一般客户、准流失客户或流失客户。", {}),
    "MASK_PHONE": ("隐去中间数字的电话号码，可用于邮寄或打印。", {}),
    "MONTHS_BETWEEN_DATES": ("两个日期之间满几个月；与 DATEDIF 不同，短月的月末算满一个月。", {
        "start": "较早的日期", "finish": "较晚的日期；早于前者时结果为负"}),
    "NEXT_CONTACT": ("按默认规则，下一次应联系该客户的日期。", {}),
    "PROSPECT_GRADE": ("潜客级别，按距预计订车日的天数：H、A、B、C、培育或逾期未订。", {}),
    "REGION_TYPE": ("客户所在区域：市区、县城或乡镇；地址仅为弱依据。", {}),
    "RELATIONSHIP_STAGE": ("与大客户的关系阶段，按本店占其采购的份额。", {
        "wallet_share_pct": "本店份额（百分比，0至100）"}),
    "RETURN_RATE": ("回头率（K01）：期间内来店客户中以前来过的比例；给两个数时为两数之比。", {}),
    "SERVICE_DUE": ("下次保养日期：按时间或按里程，先到为准。", {
        "as_of": "此日之后的数据视为未知；省略为今天"}),
    "VEHICLE_AGE_BAND": ("车龄段：保修期内、三包期限内或三包期限外。", {}),
    "VALUE_TIER": ("按客户在店付费划分的价值：高价值、一般价值或低价值。", {}),
    "BOOKING_RATE": ("主动预约率（K13）：期间内预约到店的比例；给两个数时为两数之比。", {}),
    "COMPLAINT_ON_TIME": ("投诉及时率（K16–K18）：在规定小时数内答复、解决或回访的比例；给两个数时为两数之比。", {}),
    "CONVERSION_RATE": ("潜客成交率（K30）：期间内订车者占订车与战败者的比例；给两个数时为两数之比。", {}),
    "DELIGHT_RATE": ("感动率（K02）：非常满意的客户占全部到店客户的比例，不论是否受访。", {}),
    "KPI_TABLE": ("某月全部指标一张表：代码、名称、分子、分母、数值、目标、状态。", {
        "as_of": "此日之后的数据视为未知；省略为今天", "language": "名称的语言：zh（省略时）或 en",
        "customers": "客户表，含标题行"}),
    "LOSS_RATE": ("流失率（K23；给两个数时可为任何口径）：流失客户占基盘的比例。", {}),
    "ON_TIME_RATE": ("回访及时率（K08）：期限已过的回访中按期完成的比例；给两个数时为两数之比。", {}),
    "REMINDER_RATE": ("保养提醒率（K11）：期间内到期的车辆中已提醒的比例；给两个数时为两数之比。", {}),
    "REMINDER_TO_VISIT": ("提醒到店率（K12）：已提醒的车辆中，提醒后至到期后30天内到店的比例。", {}),
    "RENEWAL_RATE": ("续保率（K37）：期间内到期的保险中在本店续保的比例；给两个数时为两数之比。", {}),
    "RETENTION": ("客户保有率（K21）：忠诚与一般客户占基盘的比例，已转出不计。", {}),
    "SATISFACTION_RATE": ("满意率（K06、K07）：非常满意与满意占全部回答的比例；给两个数时为两数之比。", {}),
    "SERVICE_SHARE": ("占有率（K03）：当月到店客户占当地品牌保有量的比例。", {}),
    "SHOW_UP_RATE": ("预约到店率（K14）：今天以前的预约中当日到店的比例；给两个数时为两数之比。", {}),
}  # fmt: skip
CHINESE_ARGUMENTS = {
    "address": "客户地址",
    "after": "回访日晚于此日；省略为今天",
    "amount": "年消费金额（元）",
    "annual_frequency": "年消费次数",
    "answered_or_dates": "回答数，或回访日期列",
    "arrived_or_arrivals": "按时到店的预约数，或到店日期列",
    "as_of": "判断的日期；省略为今天",
    "average_interval": "近24个月付费来店的平均间隔天数",
    "total": "基盘客户数；给出列时省略",
    "basis": "customers（按客户，省略时）、visits 或 visits_any（按台次）",
    "birth_date": "生日，可不带年份",
    "booked_or_appointments": "预约数，或预约日期列",
    "booked_or_marks": "预约到店的台次数，或注明是否预约的列",
    "bookings": "预约记录，含标题行",
    "born": "出生日期、年份、如“85后”的年代或18位身份证号",
    "came_or_visits": "提醒后到店的车辆数，或到店日期列",
    "cars": "车架号或车牌列；省略时同一客户同一天算一次来店",
    "company_cars": "单位在用车辆数",
    "complaints": "投诉记录，含标题行",
    "contacts": "说明哪些拨打属于同一次回访的列：到期键或客户编号",
    "customers": "所有到店记录的客户编号列",
    "decided_or_losses": "订车与战败的潜客数，或战败日期列",
    "delighted_or_answers": "非常满意的客户数，或客户回答列",
    "delivery_date": "交车日期",
    "dispute": "是否有法律纠纷：是或否",
    "distance_km": "距店公里数；别无所知时据以判断市区",
    "done_or_results": "已完成的回访数，或回访结果列；接通和拒访算完成",
    "due_dates": "到期日列；给出列时必填",
    "due_or_dates": "到期的回访数，或计划日期列；只算今天以前的",
    "due_or_deadlines": "到期的回访数，或期限列；只算今天以前的",
    "due_or_due_dates": "到期的车辆数，或到期日列",
    "expected_order": "预计订车日期；没有则为培育",
    "expiring_or_expiries": "到期的保险数，或到期日列",
    "finish": "期间最后一天；省略为 start 所在月的月末",
    "hours": "规定的小时数；省略为24",
    "in_time_or_contacts": "按期完成的回访数，或完成日期列；空白为未完成",
    "in_time_or_events": "按时的投诉数，或完成时刻列",
    "inspection_expiry": "年检到期日",
    "insurance_expiry": "保险到期日",
    "kept_or_states": "保有的客户数，或忠诚状态列（每客户一行）",
    "labels": "客户姓名或编号，作为清单第一列",
    "language": "标签的语言：zh（省略时）或 en",
    "last_service": "上次保养或首保日期",
    "last_service_km": "当天里程",
    "last_visit": "车辆最近一次离店日期",
    "late_payments": "逾期付款次数",
    "longest_days": "最长逾期天数",
    "lost_or_states": "流失的客户数，或忠诚状态列（每客户一行）",
    "margin_pct": "利润率（百分比）；空白则不考核",
    "month": "该月任意一天",
    "next_service_date": "约定的下次保养日期",
    "next_service_km": "下次保养的里程",
    "odometer": "最近一次里程读数",
    "odometer_date": "该读数的日期",
    "on_time_pct": "付款及时率（百分比）",
    "open_complaint": "是否有未关闭的投诉：是或否",
    "ordered_or_orders": "订车的潜客数，或订车日期列",
    "paid_amount": "近12个月客户付费金额（元）",
    "paid_visits": "近12个月客户付费来店次数",
    "parc": "当地品牌保有量；金额时为集团总额",
    "phone": "电话号码，写法不限",
    "prospects": "潜客表，含标题行",
    "received_or_moments": "投诉数，或起算时刻列",
    "region": "已填的区域，优先于地址",
    "reminded_or_reminders": "已提醒的车辆数，或首次提醒日期列",
    "renewed_or_results": "在本店续保的保险数，或续保结果列",
    "reputation": "知名度，0至10",
    "returning_or_ids": "回头客户数，或所有来店的客户编号列",
    "sales_mode": "框架合同、合同或散单",
    "satisfied_or_answers": "满意的回答数，或回答列",
    "serviced_or_ids": "到店客户数，或客户编号列（每人计一次）",
    "settings": "参数表，含标题行",
    "show": "grade（级别，省略时）或 score（得分）",
    "start": "期间第一天；给列时必填",
    "statuses": "预约状态列；改期与取消不计",
    "total_or_dates": "客户总数，或来店日期列",
    "vehicle_status": "车辆状态；空白为在用",
    "vehicles": "车辆表，含标题行",
    "visit_dates": "这些到店的日期列",
    "visits": "维修记录，含标题行",
    "visits_or_dates": "到店台次数，或到店日期列",
    "wallet_share_pct": "采购份额（百分比）",
    "wanted": "要计算的客户编号；省略为每条到店记录的客户",
    "warranty_end": "质保到期日，代替第一段的年限",
    "years": "合作年限",
}


def main() -> None:
    """Writes both pages."""
    for language, target in PAGES.items():
        target.write_text(page(language), encoding="utf-8")


def page(language: str) -> str:
    """The whole page in a language."""
    functions = [_section(function, language) for function in cell_functions(retention_udfs)]
    return "\n".join([INTRODUCTION[language], *functions])


def _section(function: CellFunction, language: str) -> str:
    says, own = CHINESE[function.name]
    meanings = {**CHINESE_ARGUMENTS, **own}
    signature = ",".join(f"[{each.name}]" if each.optional else each.name for each in function.arguments)
    arguments = (
        (f"`{each.name}`", each.meaning if language == "en" else LEFT_OUT["zh"] * each.optional + meanings[each.name])
        for each in function.arguments
    )
    examples = (
        (f"`{formula}`", EMPTY[language] if shown == "(empty)" else f"`{shown}`".replace("|", "\\|"))
        for formula, shown in function.examples
    )
    return "\n".join([
        f"## {function.name}\n",
        (function.summary if language == "en" else says) + "\n",
        f"`={function.name}({signature})`\n",
        _table(HEADINGS[language], arguments),
        _table(EXAMPLE_HEADINGS[language], examples),
    ])  # fmt: skip


def _table(headings: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [headings, ("---", "---"), *rows]
    return "\n".join(f"| {left} | {right} |" for left, right in lines) + "\n"


if __name__ == "__main__":
    main()
