"""Retention and loss by every definition in use, side by side; parameter `retention_definition` names the house's own.

Dealers mean different things by one name (流失率), so each definition has a name of its own, and rows behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from xl_retention.domain.dates import add_months
from xl_retention.domain.kpis import base, visiting
from xl_retention.domain.kpis.rows import Rows
from xl_retention.domain.kpis.view import View

PARAMETER = "retention_definition"
_APPENDED = re.compile(r"\s*[(（,，].*")


@dataclass(frozen=True)
class Definition:
    """
    One definition.

    Args:
        key: Its word in parameter `retention_definition`.
        english, chinese: Name.
        rule: What is counted, in both languages.
        base: Whom it looks at.
        kept: Of these the ones who stay.
        lost: Of these the ones who are lost; without it all that do not stay.
        months_only: Whether it is made for calendar months alone.
    """

    key: str
    english: str
    chinese: str
    rule: tuple[str, str]
    base: Callable[[View], Rows]
    kept: Callable[[View], Rows]
    lost: Callable[[View], Rows] | None = None
    months_only: bool = False

    def name(self, language: str) -> str:
        """Name in a language (`en` or `zh`)."""
        return self.chinese if language == "zh" else self.english

    def short_name(self, language: str) -> str:
        """The name without what stands in brackets or after a comma."""
        return _APPENDED.sub("", self.name(language))

    def applies_to(self, view: View) -> bool:
        """Whether it says anything of a period; one that has not begun has no data."""
        asked = view.asked
        return asked.has_begun and (asked.period.kind == "month" or not self.months_only)


@dataclass(frozen=True, eq=False)
class Alternative:
    """
    What a definition says of a period.

    Args:
        kept, lost, base: Rows; None where it says nothing of such a period.
        house: Whether it is the house's own.
    """

    definition: Definition
    kept: Rows | None
    lost: Rows | None
    base: Rows | None
    house: bool

    @property
    def retention(self) -> float | None:
        """Kept over base; None is no data (DOM V11)."""
        return self._share(self.kept)

    @property
    def loss(self) -> float | None:
        """Lost over base."""
        return self._share(self.lost)

    def _share(self, rows: Rows | None) -> float | None:
        return len(rows) / len(self.base) if rows is not None and self.base else None


def side_by_side(view: View, house: str = "") -> list[Alternative]:
    """The definitions over a period, in the order of the table; *house* is the own one, "" the parameter's."""
    own = house or view.parameters.choice(PARAMETER)
    return [_over(each, view, each.key == own) for each in DEFINITIONS]


def definition_of(text: str) -> Definition | None:
    """The definition that is meant by its word, its name or its short name, in either language."""
    wanted = text.strip().casefold()
    for each in DEFINITIONS:
        names = (each.key, *(name(language) for name in (each.name, each.short_name) for language in ("en", "zh")))
        if wanted in (name.casefold() for name in names):
            return each
    return None


def _over(definition: Definition, view: View, house: bool) -> Alternative:
    if not definition.applies_to(view):
        return Alternative(definition, None, None, None, house)
    whole, kept = view.once(definition.base), view.once(definition.kept)
    lost = whole.without(kept) if definition.lost is None else view.once(definition.lost)
    return Alternative(definition, kept, lost, whole, house)


def came_since(view: View) -> Rows:
    """Cars of the six-month cohort that came since (DOM K24)."""
    return view.once(visiting.cohort).without(view.once(visiting.lost_of_cohort))


def seven_months_before(view: View) -> Rows:
    """Cars with a visit in the seventh month before the month."""
    month = view.asked.period.shift(-7)
    return visiting.seen(view, month.start, month.end)


def seen_in_between(view: View) -> Rows:
    """Of these the ones with a visit in the six months between."""
    first, last = view.asked.period.shift(-6), view.asked.period.shift(-1)
    return view.once(seven_months_before).among(visiting.came_between(view, first.start, last.end))


def of_two_years(view: View) -> Rows:
    """Cars with a visit in the 24 months up to the end of what is counted."""
    return _of_months(view, 24)


def of_the_last_year(view: View) -> Rows:
    """Of these the ones with a visit in the last 12 months."""
    return view.once(of_two_years).among(_of_months(view, 12).places)


def _of_months(view: View, months: int) -> Rows:
    """The window is open at its far end, as that of DOM 4.5."""
    until = view.asked.until
    return visiting.seen(view, add_months(until, -months) + dt.timedelta(days=1), until)


def active_at_start(view: View) -> Rows:
    """Customers of the base who were 忠诚 or 一般 on the day before the period."""
    return base.of_base_on(view, view.eve, base.Standing.STAYING)


def active_at_both(view: View) -> Rows:
    """Of these the ones who are so at the end: those active at the end, minus all who have come to be so since."""
    return view.once(active_at_start).among(view.once(base.STAYING).places)


_D = Definition

# fmt: off
DEFINITIONS: tuple[Definition, ...] = (
    _D("state", "Loyalty state (K21, K23)", "忠诚状态（K21、K23）",
       ("base customers who are loyal or general at the end; lost: nothing for over 12 months",
        "期末忠诚或一般的基盘客户；流失：最近活动超过12个月"),
       base.base_at_end, base.STAYING, base.GONE_FOR_GOOD),
    _D("cohort", "Six-month cohort (K24)", "半年同期群（K24）",
       ("cars with a visit six months before the month; lost: none since", "六个月前到店的车辆；流失：此后未再到店"),
       visiting.cohort, came_since, visiting.lost_of_cohort, months_only=True),
    _D("n7", "N-7 base", "N-7基数",
       ("cars with a visit seven months before the month; lost: none in the six months between",
        "N-7月到店的车辆；流失：N-6至N-1月未到店"),
       seven_months_before, seen_in_between, months_only=True),
    _D("vin_two_years", "VINs of two years", "两年VIN",
       ("cars with a visit in 24 months; lost: none in the last 12", "24个月内到店的车辆；流失：近12个月未到店"),
       of_two_years, of_the_last_year),
    _D("active", "Active at the end without new ones, over active at the start", "期末活跃减新增／期初活跃",
       ("base customers who are loyal or general before the period; lost: no longer so at its end",
        "期初忠诚或一般的基盘客户；流失：期末不再是"),
       active_at_start, active_at_both),
)
# fmt: on
"""In the order in which they are shown."""
