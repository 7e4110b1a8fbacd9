# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Writes docs/kpis.md and docs/kpis.zh.md from the table of key figures: `python docs/make_kpis.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from xl_retention.domain.kpis.alternatives import DEFINITIONS, Definition  # noqa: E402
from xl_retention.domain.kpis.definitions import KPIS, Direction, Family, Kpi, Over  # noqa: E402
from xl_retention.domain.parameters import Parameters  # noqa: E402
from xl_retention.sheets.kpi_words import FAMILIES, OVERS, formula  # noqa: E402

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

`xl-retention kpi "我的门店.xlsx"` 统计当月指标；`--month 2026-10` 与 `--week 2026-W43` 指定其他期间；`xl-retention rows "我的门店.xlsx" --kpi K01` 列出计入与
未计入的明细行。P为所统计的期间，未结束的
计至统计日。无分母为“无数据”，不记作0。P未结束时状态为“未结”，部分指标至其后30天。客户每人计一次，车辆按车架号，同车同日的工单
合为一次到店。目标在参数表中填写：`target_`加代码。来源标记：S原文，I推断，D本系统建议，X外部。
""",
)
HEADINGS = (
    ("Code", "Figure", "Numerator", "Denominator", "Example", "Good", "Target", "Counted over", "Source"),
    ("代码", "指标", "分子", "分母", "举例", "方向", "目标", "期间", "来源"),
)
EXAMPLES = {
    "K01": "2 / 5 = 40.0%", "K02": "90 / 200 = 45.0%", "K02b": "90 / 150 = 60.0%", "K03": "320 / 8,000 = 4.0%",
    "K04": "38 / 38 = 100.0%", "K06": "35 / 38 = 92.1%", "K11": "108 / 120 = 90.0%", "K12": "81 / 108 = 75.0%",
    "K13": "38 / 95 = 40.0%", "K14": "51 / 55 = 92.7%", "K17": "8 / 9 = 88.9%", "K24": "18 / 80 = 22.5%",
    "K26": "48 / 900 = 5.3%", "K32": "212 / 400 = 53.0%", "K40": "21,000,000 / 20,000,000 − 1 = 5.0%",
    "K40d": "21,000,000 − 20,000,000 = 1,000,000", "K43": "50 × 60 / 50 + 50 × 63 / 70 = 105.0",
    "K51": "0.4 × 75.0% + 0.3 × 4.0% + 0.3 × 10.0% = 34.2%",
}  # fmt: skip
"""Worked through by hand; figures that are counted alike have none of their own."""
ALTERNATIVES = (
    """## Retention and loss by every definition in use

Dealers mean different things by one name. The parameter `retention_definition` in your sheet Settings says which one is
the house's own; the others stand beside it.

| `retention_definition` | Name | What it counts |
| --- | --- | --- |
""",
    """## 保有与流失的各种口径

同一名称各店所指不同。参数表中的`retention_definition`指定本店采用的口径，其余口径并列显示。

| `retention_definition` | 名称 | 统计内容 |
| --- | --- | --- |
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
    return "\n".join(parts)


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
        EXAMPLES.get(kpi.code, ""),
        DIRECTIONS[kpi.direction],
        ", ".join(_targets(kpi)),
        "" if kpi.over is Over.ANY else OVERS[kpi.over][chinese],
        kpi.source,
    )


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
