# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Writes docs/kpis.md and docs/kpis.zh.md from the table of key figures: `python docs/make_kpis.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from xl_retention.domain.kpis.alternatives import DEFINITIONS, Definition  # noqa: E402
from xl_retention.domain.kpis.definitions import (  # noqa: E402
    BY_CODE,
    KPIS,
    LOYALTY_PARTS,
    Direction,
    Family,
    Kpi,
    Over,
    difference,
    growth_of,
    ratio,
)
from xl_retention.domain.kpis.people import scorecard  # noqa: E402
from xl_retention.domain.parameters import Parameters  # noqa: E402
from xl_retention.sheets.kpis.kpi_words import FAMILIES, OVERS, formula  # noqa: E402

TARGETS = {"en": HERE / "kpis.md", "zh": HERE / "kpis.zh.md"}

INTRODUCTION = (
    """\
# The key figures

[中文](kpis.zh.md) · [Guide](guide.md) · [Contact rules](rules.md) · [Classes](classes.md)

Made by `python docs/make_kpis.py` from the table in `xl_retention/domain/kpis/definitions.py` and its words; do not edit
it here.

`xl-retention kpi "My store.xlsx"` counts them for the month of the day; `--month 2026-10` and `--week 2026-W43` ask for
another period, and `xl-retention rows "My store.xlsx" --kpi K01` lists the very rows that a figure counts and those that
are missing. P stands for the period; one that still runs is counted up to the day. A figure without denominator is
*no data*, never 0. A figure is *open* while P runs, for some until 30 days later. Customers count once each, cars by VIN,
repair orders of one car and day are one visit. The target is the parameter `target_` and the code in your sheet Settings.
Marks of the source: S stated in the trade's texts, I inferred, D proposed by us, X from outside.
""",
    """\
# 指标

[English](kpis.md) · [使用说明](guide.zh.md) · [回访规则](rules.md) · [客户分类](classes.zh.md)

本页由 `python docs/make_kpis.py` 从 `xl_retention/domain/kpis/definitions.py` 的指标表及其用词生成，请勿在此修改。

`xl-retention kpi "我的店.xlsx"` 统计当月指标；`--month 2026-10` 与 `--week 2026-W43` 指定其他期间；`xl-retention rows "我的店.xlsx" --kpi K01` 列出计入与
未计入的明细行。P为所统计的期间，未结束的
计至统计日。无分母为“无数据”，不记作0。P未结束时状态为“未结”，部分指标至其后30天。客户每人计一次，车辆按车架号，同车同日的工单
合为一次到店。目标在参数表中填写：`target_`加代码。来源标记：S原文，I推断，D本系统建议，X外部。
""",
)
HEADINGS = (
    ("Code", "Figure", "Numerator", "Denominator", "Example", "Good", "Target", "Counted over", "Source"),
    ("代码", "指标", "分子", "分母", "举例", "方向", "目标", "期间", "来源"),
)
EXAMPLES: dict[str, tuple[float, ...]] = {
    "K01": (2, 5), "K02": (90, 200), "K02b": (90, 150), "K03": (320, 8000), "K04": (36, 38), "K04.DLV-2H": (38, 38),
    "K04.DLV-3D": (37, 38), "K04.DLV-7D-SA": (36, 38), "K04.DLV-7D-CS": (37, 38), "K05": (190, 200), "K06": (35, 38),
    "K07": (130, 150), "K07x": (118, 132), "K08": (310, 352), "K09": (640, 800), "K10": (540, 600), "K11": (108, 120),
    "K12": (81, 108), "K13": (38, 95), "K14": (51, 55), "K15": (34, 40), "K16": (3, 4), "K17": (8, 9), "K18": (7, 8),
    "K19": (8, 10), "K20": (10, 400), "K21": (750, 1000), "K22": (150, 1000), "K23": (100, 1000), "K24": (18, 80),
    "K25": (20, 250), "K26": (48, 900), "K27": (30, 300), "K28": (6, 30), "K29": (40, 1000), "K30": (12, 80), "K31a": (2,),
    "K31b": (1,), "K31c": (5,), "K31d": (9,), "K32": (212, 400), "K33": (38, 40), "K34": (96, 120), "K35": (4,),
    "K36": (3,), "K37": (45, 75), "K38": (42, 50), "K39a": (1_800_000, 2000), "K39b": (2000, 1000),
    "K39c": (126_000, 1000), "K40": (21_000_000, 20_000_000), "K40d": (21_000_000, 20_000_000), "K41": (900_000, 1_000_000),
    "K42": (30, 100), "K43": (60, 50, 63, 70), "K44": (52,), "K45": (63, 90), "K46": (1980, 2000), "K47a": (60_000, 150_000),
    "K47b": (90_000, 150_000), "K47c": (75_000, 150_000), "K48": (6, 12), "K49": (780_000, 1_000_000), "K50a": (60, 100),
    "K50b": (45, 60), "K50c": (9000, 50), "K50d": (3,), "K51": (), "K52": (1900, 2000), "K53": (9, 10), "K54": (2,),
}  # fmt: skip
"""By code numerator and denominator of a store made up for it; the value is worked out as the figure itself is."""
ALTERNATIVES = (
    """## Retention and loss by every definition in use

Dealers mean different things by one name. The parameter `retention_definition` in your sheet Settings says which one is
the house's own, unless the yellow cell *House definition* on the sheet KPI does; the others stand beside it.

| `retention_definition` | Name | What it counts |
| --- | --- | --- |
""",
    """## 保有与流失的各种口径

同一名称各店所指不同。参数表中的`retention_definition`指定本店采用的口径（指标表黄色单元格“本店保有口径”可另选），其余口径并列显示。

| `retention_definition` | 名称 | 统计内容 |
| --- | --- | --- |
""",
)
FORMULAS = (
    """
## Why the sheet's formulas take numerator and denominator

On the sheet KPI the headline ratios are formulas such as `=RETURN_RATE(F23,G23)` over the two cells beside them, not over
the columns of your sheets. A formula over columns cannot say what the figure says: visits carry no customer number (the
owner is found by VIN, plate, then phone), follow-up and satisfaction need the log played against every due call with
the store's Rules, Settings, staff and go-live day, and the yellow cells narrow all of it. What a formula would need is the
whole workbook with its Mapping and Rules, and it would be sent to Python anew at every cell that somebody types: about a
second and a half for the 2,000 customers of the sample store, minutes for a large one. So *Refresh KPIs* counts once, writes both numbers, and the formula divides them; the rows
behind are a click away. For columns of your own, without these rules, the same functions take columns
(`=RETURN_RATE(ids, dates, first, last)`), and `=KPI_TABLE(…)` takes whole sheets with their headings.
""",
    """
## 指标表的公式为何取分子与分母

指标表上的主要比率是对旁边两格的公式，如`=RETURN_RATE(F23,G23)`，而不是对业务表各列的公式。仅凭各列算不准：维修记录没有客户编号
（先按车架号，再按车牌、手机找车主）；回访率与满意率须按规则、参数、人员和启用日把回访记录与每一条应回访逐一对应；黄色单元格还会再缩小范围。
要算准就要把整个工作簿连同表头对应关系和规则交给公式，而且每输入一格都要重新传给Python：2000个客户的示例门店约需一秒半，大店要几分钟。因此由“更新指标”一次算好，写入分子与分母，
公式只做相除；点击即可列出明细行。自己的列可直接用同名函数（如`=RETURN_RATE(编号列,日期列,起,止)`），`=KPI_TABLE(…)`可取带表头的整张表。
""",
)
DIRECTIONS = {Direction.UP: "↑", Direction.DOWN: "↓", Direction.NONE: ""}
GROUPED = ("By person or class, a line each.", "按人员或类别分行。")
WINDOW = ("Open until {0} days after P.", "P后{0}天内为未结。")


def main() -> None:
    """Writes both pages."""
    for language, target in TARGETS.items():
        target.write_text(page(language), encoding="utf-8")


def page(language: str) -> str:
    """The whole page in a language (`en` or `zh`)."""
    chinese = language == "zh"
    parts = [INTRODUCTION[chinese]]
    for family in Family:
        members = [kpi for kpi in KPIS if kpi.family is family]
        parts.append(f"## {FAMILIES[family][chinese]}\n")
        parts.append(_rows(HEADINGS[chinese], (_row(kpi, language) for kpi in members)))
        if notes := [note for kpi in members if (note := _note(kpi, language))]:
            parts.append("\n".join(notes) + "\n")
    parts.append(ALTERNATIVES[chinese] + "".join(_alternative(each, language) for each in DEFINITIONS))
    return "\n".join(parts) + FORMULAS[chinese]


def _alternative(definition: Definition, language: str) -> str:
    rule = definition.rule[language == "zh"]
    return f"| {definition.key} | {definition.name(language)} | {rule} |\n"


def _row(kpi: Kpi, language: str) -> tuple[str, ...]:
    chinese, said = language == "zh", formula(kpi)
    return (
        kpi.code,
        kpi.name(language),
        said.above[chinese],
        said.below[chinese],
        example(kpi),
        DIRECTIONS[kpi.direction],
        ", ".join(_targets(kpi)),
        "" if kpi.over is Over.ANY else OVERS[kpi.over][chinese],
        kpi.source,
    )


def example(kpi: Kpi) -> str:
    """A worked example: the numbers, and what the figure makes of them."""
    numbers = EXAMPLES[kpi.code]
    if kpi.code == "K51":
        parts = {code: _value(BY_CODE[code], EXAMPLES[code]) for code in LOYALTY_PARTS}
        index = sum(Fraction(str(LOYALTY_PARTS[code])) * value for code, value in parts.items())
        return (
            " + ".join(f"{LOYALTY_PARTS[code]} × {float(value):.1%}" for code, value in parts.items())
            + f" = {float(index):.1%}"
        )
    if kpi.code == "K43":
        info, wanted, contribution, target = numbers
        return f"50 × {info:g} / {wanted:g} + 50 × {contribution:g} / {target:g} = {scorecard(*numbers):.1f}"
    signs = {ratio: "{0} / {1}", growth_of: "{0} / {1} − 1", difference: "{0} − {1}"}
    if kpi.figure not in signs or len(numbers) == 1:
        return f"{numbers[0]:,g}"
    look = ".1%" if kpi.is_share else ",g"
    return f"{signs[kpi.figure].format(*(f'{number:,}' for number in numbers))} = {float(_value(kpi, numbers)):{look}}"


def _value(kpi: Kpi, numbers: tuple[float, ...]) -> Fraction:
    value = kpi.figure(*(Fraction(number) for number in numbers))
    assert value is not None
    return value


def _targets(kpi: Kpi) -> Iterator[str]:
    """Default targets: of the code, else of the figure it belongs to."""
    parameters = Parameters()
    codes = {"K32": ("K32_first", "K32_second"), "K44": ("K44_month", "K44_week")}.get(kpi.code, (kpi.code,))
    for code in codes:
        target = parameters.target(code)
        target = parameters.target(kpi.parent) if target is None and not kpi.target else target
        if target is not None:
            yield f"{target:g}"


def _note(kpi: Kpi, language: str) -> str:
    chinese = language == "zh"
    sentences = [formula(kpi).note[chinese]]
    if kpi.groups is not None:
        sentences.append(GROUPED[chinese])
    if kpi.window:
        sentences.append(WINDOW[chinese].format(kpi.window))
    text = ("" if chinese else " ").join(sentence for sentence in sentences if sentence)
    return f"- {kpi.code}: {text}" if text else ""


def _rows(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
