# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Why a row has its label, in one sentence: `3 paid visits, 3,420 yuan in 12 months, last visit 2 months ago: loyal`.

The sentences are made of the inputs that the rule itself looked at (`Classified.inputs`), so they cannot tell
another story than the label.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from xl_retention.domain.classes.grading import ITEMS
from xl_retention.domain.classes.scheme import Classified, Scheme
from xl_retention.domain.words import english


@dataclass(frozen=True)
class Fact:
    """
    One part of a sentence.

    It is left out where one of the inputs that it names is blank, or where the input *only_if* is not true.
    `{visits:visit|visits}` puts the number before the word that fits it.
    """

    english: str
    chinese: str
    only_if: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The inputs that it tells."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.english) if name)


_ENTERED = (Fact("entered in your sheet", "按表中所填", only_if="typed"),)

# fmt: off
FACTS: Mapping[str, tuple[Fact, ...]] = {
    "value_tier": (
        Fact("{visits:paid visit|paid visits}, {amount} yuan in 12 months", "12个月内自费{visits}次，共{amount}元"),
        Fact("{ticket} yuan a visit", "客单价{ticket}元"),
        Fact("{interval:day|days} between visits", "平均间隔{interval}天"),
        Fact("score {score} of 9", "得分{score}/9"),
        Fact("ranked within its series", "按车系内排名", only_if="by_rank"),
    ),
    "loyalty": (
        Fact("{status}", "{status}"),
        Fact("{visits:paid visit|paid visits}, {amount} yuan in 12 months", "12个月内自费{visits}次，共{amount}元"),
        Fact("last visit {since_visit:month|months} ago", "最近到店在{since_visit}个月前"),
        Fact("delivered {since_delivery:month|months} ago, no visit since", "{since_delivery}个月前交车，之后未到店"),
        Fact("an open complaint", "有未关闭投诉", only_if="open_complaint"),
    ),
    "age_band": (
        Fact("delivered {delivered}", "{delivered}交车"),
        Fact("warranty until {warranty_end}", "质保至{warranty_end}"),
        Fact("{km} km", "{km}公里"),
    ),
    "use": _ENTERED,
    "work_item": (
        Fact("delivered {delivered}, first service not done", "{delivered}交车，未做首保", only_if="waiting"),
        Fact("maintenance due {maintenance_due}", "保养到期日{maintenance_due}"),
        Fact("repaired last month", "上月有维修", only_if="repaired"),
    ),
    "region": (
        Fact("entered as {typed}", "已填{typed}"),
        Fact("by the address {address} (weak evidence)", "按地址“{address}”推断（仅供参考）"),
        Fact("{distance_km} km from the store", "距店{distance_km}公里"),
    ),
    "cohort": (Fact("born {year}", "{year}年出生"), Fact("entered as {typed}", "已填{typed}")),
    "occupation": _ENTERED,
    "key_customer": (
        Fact("{cars:car in use|cars in use} of a company", "单位在用车{cars}辆"),
        Fact("{frequency:paid visit|paid visits}, {amount} yuan in 12 months", "12个月内自费{frequency}次，共{amount}元"),
    ),
    "credit_grade": _ENTERED,
    "distance": (Fact("{distance_km} km from the store", "距店{distance_km}公里"),),
    "base_scope": _ENTERED,
    "customer_type": _ENTERED,
    "industry": _ENTERED,
    "interests": _ENTERED,
    "satisfaction": (Fact("answered {asked}", "{asked}回访所答"),),
    "series": _ENTERED,
    "model": _ENTERED,
    "prospect_grade": (
        Fact("order expected in {days_ahead:day|days}", "预计{days_ahead}天后订车"),
        Fact("order was expected {days_ago:day|days} ago", "预计订车日已过{days_ago}天"),
        Fact("no expected date", "无预计订车日", only_if="no_date"),
        Fact("graded {typed} by hand", "人工定级{typed}"),
    ),
    "account_grade": (
        Fact("{score} points", "{score}分"),
        *(Fact(f"{item.english} {{{item.field}}}", f"{item.chinese}{{{item.field}}}") for item in ITEMS),
    ),
    "stage": (
        Fact("share of wallet {share}%", "采购份额{share}%"),
        Fact("entered as {typed}", "表中为{typed}"),
    ),
    "key_account": (
        Fact("{frequency:purchase|purchases} and {amount} yuan a year", "每年{frequency}次，{amount}元"),
        Fact("margin {margin}%", "利润率{margin}%"),
    ),
}
"""By scheme what its sentence tells, in this order."""
# fmt: on

NOTHING = ("nothing entered", "未填写")
"""Where not one input is filled."""
NO_LABEL = ("none of the labels", "无")

_WORDS = {
    # scheme and input: the table of words that translates it
    ("loyalty", "status"): "vehicle_status",
    ("region", "typed"): "region_type",
    ("stage", "typed"): "relationship_stage",
    ("prospect_grade", "typed"): "prospect_grade",
}
_WITHOUT_COMMAS = ("year",)


def why(scheme: Scheme, classified: Classified, place: int, language: str) -> str:
    """
    The sentence for one row.

    Args:
        classified: Labels of *scheme*.
        language: `en` or `zh`.

    Returns:
        "" where the scheme does not speak of the row.
    """
    label = classified.labels[place]
    if not scheme.several and not label:
        return ""
    chinese = language == "zh"
    inputs = {name: column[place] for name, column in classified.inputs.items()}
    facts = [
        (fact.chinese if chinese else fact.english).format_map(
            {name: _Said(scheme.key, name, inputs[name], language) for name in fact.names}
        )
        for fact in FACTS[scheme.key]
        if not any(_is_blank(inputs.get(name, "")) for name in fact.names)
        and (not fact.only_if or bool(inputs.get(fact.only_if)))
    ]
    words = label if scheme.several else (label,)
    names = [_inside(scheme.name(word, language)) for word in words] or [NO_LABEL[chinese]]
    between, before = ("，", "：") if chinese else (", ", ": ")
    return (between.join(facts) or NOTHING[chinese]) + before + between.join(names)


def whys(scheme: Scheme, classified: Classified, language: str, places: Iterable[int] | None = None) -> list[str]:
    """The sentences of some rows, of all where *places* is left out."""
    return [
        why(scheme, classified, place, language) for place in (range(len(classified)) if places is None else places)
    ]


def _inside(name: str) -> str:
    """A label inside a sentence: `Loyal` becomes `loyal`, `A` stays."""
    return name[0].lower() + name[1:] if len(name) > 1 and name[1].islower() else name


def _is_blank(value: object) -> bool:
    if isinstance(value, (float, np.floating)):
        return bool(np.isnan(value))
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    return isinstance(value, str) and not value


@dataclass(frozen=True)
class _Said:
    """An input as it stands in a sentence."""

    scheme: str
    name: str
    value: object
    language: str

    def __format__(self, words: str) -> str:
        if not words:
            return str(self)
        one, _, many = words.partition("|")
        return f"{self} {one if self.value == 1 else many}"

    def __str__(self) -> str:
        if isinstance(self.value, (int, float, np.integer, np.floating)):
            return f"{self.value:.0f}" if self.name in _WITHOUT_COMMAS else f"{self.value:,.2f}".rstrip("0").rstrip(".")
        words = _WORDS.get((self.scheme, self.name))
        return english(words, str(self.value)) if words and self.language == "en" else str(self.value)
