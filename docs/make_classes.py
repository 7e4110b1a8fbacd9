# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Writes docs/classes.md and docs/classes.zh.md from the table of schemes: `python docs/make_classes.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from xl_retention.domain.classes.grade_policy import POLICIES, terms_of  # noqa: E402
from xl_retention.domain.classes.grading import ITEMS  # noqa: E402
from xl_retention.domain.classes.scheme import Scheme, Subject  # noqa: E402
from xl_retention.domain.classes.schemes import SCHEMES  # noqa: E402
from xl_retention.domain.parameters import PARAMETERS, Parameters  # noqa: E402

TARGETS = {"en": HERE / "classes.md", "zh": HERE / "classes.zh.md"}

SUBJECTS = {
    Subject.CAR: ("car", "车辆"),
    Subject.CUSTOMER: ("customer", "客户"),
    Subject.PROSPECT: ("prospect", "潜客"),
    Subject.ACCOUNT: ("key account", "大客户"),
}
RULES = {
    # what a reader needs to know of the rule, by key of the scheme
    "value_tier": (
        "Score 3 to 9 from average bill, paid visits of 12 months and days between them; or ranked (`tier_mode`).",
        "按客单价、12个月自费次数、到店间隔打分（3至9分）；或按名次（`tier_mode`）。",
    ),
    "loyalty": (
        "First that fits: gone, lost, quasi-lost, loyal, general. Of a customer it is judged once over all cars in use.",
        "依次判断：已转出、流失、准流失、忠诚、一般。客户级按全部在用车辆合并判断一次。",
    ),
    "age_band": (
        "Two ordered cut-offs of months and km, both inclusive; a typed end of warranty replaces the first date. "
        "Not a statement about what the customer is entitled to.",
        "先后两道月数与公里界限（含当日）；已填质保到期日的以其代替第一道日期。不代表任何权益认定。",
    ),
    "use": ("As entered.", "按所填。"),
    "work_item": (
        "First service open; maintenance due next month; repaired last month. A car may carry several, or none.",
        "首保未做；下月保养到期；上月有维修。一车可有多项，也可没有。",
    ),
    "region": (
        "As entered; else by words of the address (weak evidence); else city within `city_distance_km`.",
        "按所填；否则按地址用字（仅供参考）；再否则`city_distance_km`公里内为市区。",
    ),
    "cohort": ("Year of the birthday, else as entered, else from the identity number.", "按生日年份，否则按所填年份，再否则按身份证号。"),
    "occupation": ("As entered; words we do not know are other.", "按所填；未识别的归其他。"),
    "key_customer": ("Paid visits and amount of 12 months; a company with three cars in use.", "12个月自费次数与金额；或单位在用车三辆以上。"),
    "credit_grade": ("As entered.", "按所填。"),
    "distance": ("Kilometres by road from the store.", "到店公里数。"),
    "base_scope": ("As entered.", "按所填。"),
    "customer_type": ("As entered; blank is a person.", "按所填；空白为个人。"),
    "industry": ("As entered.", "按所填。"),
    "interests": ("As entered, several allowed.", "按所填，可多项。"),
    "satisfaction": ("The latest answer in the call log.", "回访记录中最近一次回答。"),
    "series": ("As entered.", "按所填。"),
    "model": ("As entered.", "按所填。"),
    "prospect_grade": ("Days until the expected order.", "距预计订车日的天数。"),
    "account_grade": ("A hundred points over eight items, then split by rank (`grade_split`).", "八项百分制，按名次分级（`grade_split`）。"),
    "stage": (
        "Our share of the account's purchases; the lower limit belongs to the higher stage. A fall asks for a repair plan.",
        "我方采购份额；下限归入较高阶段。阶段下降需制定修复计划。",
    ),
    "key_account": ("Yearly purchases, amount and margin; potential from 70% of the first two.", "年次数、年金额与利润率；前两项达70%为潜在。"),
}

INTRODUCTION = (
    """\
# The classes

[中文](classes.zh.md) · [Guide](guide.md) · [Contact rules](rules.md)

Made by `python docs/make_classes.py` from the table of schemes in `xl_retention/domain/classes/`; do not edit it here.

`xl-retention classify "My store.xlsx"` shows how many are in each class; `--json` prints the class of every car,
prospect and key account, and `--why` says for each label what it was decided by. Where inputs are missing the label is
*Unknown*. The number behind a heading is the section of the domain reference.
""",
    """\
# 客户分类

[English](classes.md) · [使用说明](guide.zh.md) · [回访规则](rules.md)

本页由 `python docs/make_classes.py` 从 `xl_retention/domain/classes/` 的方案表生成，请勿在此修改。

`xl-retention classify "我的店.xlsx"` 显示各类数量；`--json` 输出每辆车、每位潜客、每个大客户的类别，
`--why` 说明每个类别的依据。缺少资料时为“未知”。标题后的数字是领域参考的章节。
""",
)
HEADINGS = (("Label", "In JSON", "What the trade recommends"), ("类别", "JSON 中", "建议措施"))
OWN_WORDS = ("The words are the store's own.", "类别为门店自己的用词。")
SETTINGS = ("Settings", "参数")
OF_A = ("Of each {0}.", "对象：{0}。")
POLICY = (
    ("## Terms by A-D grade\n", "Price", "Payment", "Lead time", "Urgent orders", "Priority", "Follow-up"),
    ("## A-D 各级政策\n", "价格", "付款", "供货周期", "插单", "优先", "跟进"),
)
POINTS = (
    ("The eight items: {0}. A blank brings no points.\n", ", "),
    ("八项指标：{0}。空白不得分。\n", "、"),
)


def main() -> None:
    """Writes both pages."""
    for language, target in TARGETS.items():
        target.write_text(page(language), encoding="utf-8")


def page(language: str) -> str:
    """The whole page in a language (`en` or `zh`)."""
    chinese = language == "zh"
    parts = [INTRODUCTION[chinese]]
    for scheme in SCHEMES:
        parts.append(f"## {scheme.heading(language)} ({scheme.section})\n")
        parts.append(" ".join([OF_A[chinese].format(SUBJECTS[scheme.subject][chinese]), RULES[scheme.key][chinese]]) + "\n")
        parts.append(_labels(scheme, language) if scheme.labels else OWN_WORDS[chinese] + "\n")
        if numbers := list(_settings(scheme)):
            parts.append(f"{SETTINGS[chinese]}: {', '.join(numbers)}.\n")
        if scheme.key == "account_grade":
            sentence, between = POINTS[chinese]
            parts.append(sentence.format(between.join(item.chinese if chinese else item.english for item in ITEMS)))
    parts.append(_policies(language))
    return "\n".join(parts)


def _labels(scheme: Scheme, language: str) -> str:
    chinese = language == "zh"
    rows = ((label.name(language), f"`{label.word}`", label.action[chinese]) for label in scheme.labels)
    return _rows(HEADINGS[chinese], rows)


def _settings(scheme: Scheme) -> Iterator[str]:
    """The parameters of the scheme's section with their defaults; a section of several schemes shows them once."""
    first = next(other for other in SCHEMES if other.section == scheme.section)
    if scheme is not first:
        return
    for parameter in PARAMETERS:
        if scheme.section in (part.strip() for part in parameter.used_by.split(",")):
            default = parameter.default
            text = ", ".join(f"{each:g}" for each in default) if isinstance(default, tuple) else str(default)
            yield f"`{parameter.name}` ({text})"


def _policies(language: str) -> str:
    chinese = language == "zh"
    title, *headings = POLICY[chinese]
    def rows() -> Iterator[tuple[str, ...]]:
        for policy in filter(None, (terms_of(each.grade, Parameters()) for each in POLICIES)):
            yield (
                policy.grade,
                policy.price[chinese],
                policy.payment[chinese],
                policy.lead_time[chinese],
                policy.insertion[chinese],
                policy.priority[chinese],
                policy.follow_up[chinese],
            )

    return title + "\n" + _rows(("", *headings), rows())


def _rows(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
