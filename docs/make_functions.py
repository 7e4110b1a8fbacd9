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
    "DUE_CONTACTS": ("一位或多位客户到期的回访清单：到期日、规则代码、规则名称。", {
        "after": "列出此日之后到期的回访；省略为今天", "finish": "清单最后一天；省略为起始日后12个月",
        "language": "规则名称的语言：zh（省略时）或 en"}),
    "EDATE_CLAMPED": ("若干个月之后的同一天；该月没有这一天时取月末。", {
        "start": "起算日期", "months": "月数；负数为往前"}),
    "FOLLOW_UP_RATE": ("回访率：期间内到期的回访中已完成的比例；给两个数时为两数之比。", {}),
    "LOYALTY_STATE": ("车辆的忠诚状态：忠诚客户、一般客户、准流失客户或流失客户。", {}),
    "MASK_PHONE": ("隐去中间数字的电话号码，可用于邮寄或打印。", {}),
    "MONTHS_BETWEEN_DATES": ("两个日期之间满几个月；与 DATEDIF 不同，短月的月末算满一个月。", {
        "start": "较早的日期", "finish": "较晚的日期；早于前者时结果为负"}),
    "NEXT_CONTACT": ("按默认规则，下一次应联系该客户的日期。", {}),
    "PROSPECT_GRADE": ("潜客级别，按距预计订车日的天数：H、A、B、C、培育或逾期未订。", {}),
    "RETURN_RATE": ("回头率（K01）：期间内来店客户中以前来过的比例；给两个数时为两数之比。", {}),
    "SERVICE_DUE": ("下次保养日期：按时间或按里程，先到为准。", {
        "as_of": "此日之后的数据视为未知；省略为今天"}),
    "VALUE_TIER": ("按客户在店付费划分的价值：高价值、一般价值或低价值。", {}),
}  # fmt: skip
CHINESE_ARGUMENTS = {
    "after": "回访日晚于此日；省略为今天",
    "as_of": "判断的日期；省略为今天",
    "average_interval": "近24个月付费来店的平均间隔天数",
    "basis": "customers（按客户，省略时）、visits 或 visits_any（按台次）",
    "birth_date": "生日，可不带年份",
    "cars": "车架号或车牌列；省略时同一客户同一天算一次来店",
    "contacts": "说明哪些拨打属于同一次回访的列：到期键或客户编号",
    "delivery_date": "交车日期",
    "done_or_results": "已完成的回访数，或回访结果列；接通和拒访算完成",
    "due_or_dates": "到期的回访数，或计划日期列；只算今天以前的",
    "expected_order": "预计订车日期；没有则为培育",
    "finish": "期间最后一天；省略为 start 所在月的月末",
    "inspection_expiry": "年检到期日",
    "insurance_expiry": "保险到期日",
    "labels": "客户姓名或编号，作为清单第一列",
    "language": "标签的语言：zh（省略时）或 en",
    "last_service": "上次保养或首保日期",
    "last_service_km": "当天里程",
    "last_visit": "车辆最近一次离店日期",
    "next_service_date": "约定的下次保养日期",
    "next_service_km": "下次保养的里程",
    "odometer": "最近一次里程读数",
    "odometer_date": "该读数的日期",
    "open_complaint": "是否有未关闭的投诉：是或否",
    "paid_amount": "近12个月客户付费金额（元）",
    "paid_visits": "近12个月客户付费来店次数",
    "phone": "电话号码，写法不限",
    "returning_or_ids": "回头客户数，或所有来店的客户编号列",
    "start": "期间第一天；给列时必填",
    "total_or_dates": "客户总数，或来店日期列",
    "vehicle_status": "车辆状态；空白为在用",
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
