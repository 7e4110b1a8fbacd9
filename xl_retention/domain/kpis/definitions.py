# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""All key figures as one table (DOM 5); how each is counted is DOM 5.6.

A row names the row sets of its numerator and denominator; `computed.py` makes figures of them and has no `if` per
key figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import partial

from xl_retention.domain.kpis import base, deliveries, follow_up, funnel, grievances, growth, people, visiting
from xl_retention.domain.kpis.growth import Groups
from xl_retention.domain.kpis.rows import Term
from xl_retention.domain.kpis.view import View


class Family(Enum):
    """The group in which a key figure is shown; the value is its key in the words."""

    RETURN = "kpi_return"
    FUNNEL = "kpi_funnel"
    COMPLAINTS = "kpi_complaints"
    RETENTION = "kpi_retention"
    GROWTH = "kpi_growth"
    STAFF = "kpi_staff"


class Over(Enum):
    """Over which period a key figure is counted."""

    ANY = "any period"
    MONTH = "months only"
    YEAR = "the calendar year of the period"
    DAY = "the day of asking"


class Direction(Enum):
    """Which side of the target is the good one."""

    UP = "higher is better"
    DOWN = "lower is better"
    NONE = "neither"


Exact = Fraction | None
Figure = Callable[[Exact, Exact], Exact]
"""The value of a numerator and a denominator; exact, for targets are tested without rounding."""


def ratio(numerator: Exact, denominator: Exact) -> Exact:
    """The quotient; nothing where the denominator is 0 or unknown (DOM V11)."""
    return numerator / denominator if numerator is not None and denominator else None


def count(numerator: Exact, denominator: Exact) -> Exact:
    """The numerator itself."""
    return numerator


def growth_of(numerator: Exact, denominator: Exact) -> Exact:
    """By how much the numerator is more than the denominator, as a share of it (T76, T77)."""
    quotient = ratio(numerator, denominator)
    return None if quotient is None else quotient - 1


def difference(numerator: Exact, denominator: Exact) -> Exact:
    """By how much the numerator is more than the denominator (T77)."""
    return numerator - denominator if numerator is not None and denominator is not None else None


@dataclass(frozen=True)
class Kpi:
    """One key figure.

    Args:
        code: As in DOM 5; a sub-code is one of its own.
        english, chinese: Name.
        family: Where it is shown.
        numerator, denominator: Row sets; None where there is none.
        groups: For figures by person or class: numerators and denominators by name.
        figure: How the value comes of them.
        sheets: Tables without which there is nothing to count (all of them needed).
        over: Over which period.
        direction: Which side of the target is good.
        window: Days after the period for which the figure may still change.
        target: Name of the target after `target_`; blank is the code, then the code without its sub-code.
        grows: The target is growth over the same period of the year before (DOM K26).
        within: Whether the numerator is a part of the denominator.
        basis: The parameter that chooses how it is counted, and its values.
        source: Seed and mark.
    """

    code: str
    english: str
    chinese: str
    family: Family
    numerator: Callable[[View], Term] = growth.unknown
    denominator: Callable[[View], Term] = growth.unknown
    groups: Callable[[View], Groups] | None = None
    figure: Figure = ratio
    sheets: tuple[str, ...] = ()
    over: Over = Over.ANY
    direction: Direction = Direction.UP
    window: int = 0
    target: str = ""
    grows: bool = False
    within: bool = True
    basis: tuple[str, tuple[str, ...]] = field(default=("", ()))
    source: str = ""

    def name(self, language: str) -> str:
        """Name in a language (`en` or `zh`)."""
        return self.chinese if language == "zh" else self.english

    @property
    def is_share(self) -> bool:
        """Whether the value is shown in percent."""
        return self.figure in (ratio, growth_of) and not self.code.startswith(AVERAGES)

    @property
    def parent(self) -> str:
        """The code of DOM 5 that a sub-code belongs to."""
        return self.code[:3]


AVERAGES = ("K39", "K50c")
"""Quotients of unlike things, which are no shares."""

_MONTHLY, _YEARLY, _DAILY = Over.MONTH, Over.YEAR, Over.DAY
_DOWN, _NEITHER = Direction.DOWN, Direction.NONE
_R, _F, _C, _L, _G, _S = Family.RETURN, Family.FUNNEL, Family.COMPLAINTS, Family.RETENTION, Family.GROWTH, Family.STAFF
_K = Kpi
_VISITS, _LOG, _BOOKINGS, _COMPLAINTS, _PROSPECTS = (
    ("service_visit",), ("contact_log",), ("booking",), ("complaint",), ("prospect",),
)  # fmt: skip


def _calls_of(rule: str, english: str, chinese: str) -> Kpi:
    """K04 for one rule alone."""
    return Kpi(
        f"K04.{rule}", f"Sales follow-up rate, {english}", f"购车客户回访率·{chinese}", _R,
        follow_up.of_rule(follow_up.called_buyers, rule), follow_up.of_rule(follow_up.due_buyers, rule),
        sheets=("vehicle",), source="S4 [S target], detail [D]",
    )  # fmt: skip


KPIS: tuple[Kpi, ...] = (
    # 5.1 Return, satisfaction, follow-up
    _K("K01", "Return rate", "回头率", _R, visiting.returning, visiting.returned_among, sheets=_VISITS,
       basis=("return_rate_basis", ("customers", "visits", "visits_any")), source="S4 [S]; old date rule [D]"),
    _K("K02", "Delight rate", "感动率", _R, follow_up.delighted_customers, visiting.serviced, sheets=_VISITS, source="S4 [S]"),
    _K("K02b", "Delight rate of respondents", "感动率(受访)", _R, follow_up.delighted_customers, follow_up.answered_customers,
       sheets=_VISITS, source="S4 [S]"),
    _K("K03", "Market share", "占有率", _R, visiting.serviced, visiting.local_parc, sheets=_VISITS, over=_MONTHLY, within=False,
       source="S4 [S]"),
    _K("K04", "Sales follow-up rate", "购车客户回访率", _R, follow_up.of_rule(follow_up.called_buyers, *follow_up.REQUIRED),
       follow_up.of_rule(follow_up.due_buyers, *follow_up.REQUIRED), sheets=("vehicle",), source="S4 [S target], detail [D]"),
    _calls_of("DLV-2H", "2-hour care call", "交车后2小时关怀"),
    _calls_of("DLV-3D", "3-day call", "3天回访"),
    _calls_of("DLV-7D-SA", "7-day call by sales", "7天回访(销售)"),
    _calls_of("DLV-7D-CS", "7-day survey call", "7天回访(客服)"),
    _K("K05", "Service follow-up rate", "维修回访率", _R, follow_up.called_visits, follow_up.due_visits, sheets=_VISITS,
       source="S4 [S target]"),
    _K("K06", "Sales satisfaction", "购车回访满意率", _R, partial(follow_up.satisfied, follow_up.sales_surveys),
       follow_up.sales_surveys, sheets=_LOG, source="S4 [D formula]"),
    _K("K07", "Service satisfaction", "维修满意率", _R, partial(follow_up.satisfied, follow_up.service_surveys),
       follow_up.service_surveys, sheets=_LOG, source="S4 [D formula], S0"),
    _K("K07x", "Service satisfaction without commercial cars", "维修满意率(不含营运车)", _R,
       partial(follow_up.satisfied, follow_up.private_surveys), follow_up.private_surveys, sheets=_LOG,
       source="S4 [D formula], S0"),
    _K("K08", "On-time follow-up", "回访及时率", _R, follow_up.calls_in_time, follow_up.required_calls, source="S4 [S limit], [D]"),
    _K("K09", "Connection rate", "接通率", _R, follow_up.connected, follow_up.attempts, sheets=_LOG, source="[D]"),
    _K("K10", "Plan completion", "计划完成率", _R, follow_up.planned_calls_done, follow_up.planned_calls,
       source="S0 ICRAM [S idea], [D]"),
    # 5.2 Maintenance funnel
    _K("K11", "Reminder rate", "保养提醒率", _F, funnel.reminded, funnel.maintenance_due, sheets=("vehicle",),
       window=funnel.WINDOW_DAYS, source="S0 [D]"),
    _K("K12", "Reminder-to-visit", "提醒到店率", _F, funnel.came_after_reminder, funnel.reminded, sheets=("vehicle",),
       window=funnel.WINDOW_DAYS, source="S0 [D]"),
    _K("K13", "Proactive booking", "主动预约率", _F, visiting.booked_ahead, visiting.all_visits, sheets=_VISITS,
       basis=("booking_rate_basis", ("any", "customer")), source="S0 [D]"),
    _K("K14", "Booking show-up", "预约到店率", _F, visiting.kept_appointments, visiting.appointments, sheets=_BOOKINGS,
       source="S0 [D]"),
    _K("K15", "First-service capture", "首保到店率", _F, funnel.first_service_done, funnel.first_service_due, sheets=("vehicle",),
       window=funnel.WINDOW_DAYS, source="S0 [D]"),
    # 5.3 Complaints
    _K("K16", "2-hour response", "2小时响应率", _C, grievances.answered_in_time, grievances.quality_complaints,
       sheets=_COMPLAINTS, source="S0 [S limit]"),
    _K("K17", "24-hour solution", "24小时处理率", _C, grievances.solved_in_time, grievances.to_be_solved, sheets=_COMPLAINTS,
       source="S0 [S limit]"),
    _K("K18", "24-hour follow-up", "处理后24小时回访率", _C, grievances.followed_up_in_time, grievances.to_be_followed_up,
       sheets=_COMPLAINTS, source="S0 [S limit]"),
    _K("K19", "Closure rate", "投诉关闭率", _C, grievances.closed, grievances.received, sheets=_COMPLAINTS, source="[D]"),
    _K("K20", "Complaint rate", "投诉率", _C, grievances.received, deliveries.events, sheets=_COMPLAINTS, direction=_DOWN,
       within=False, source="[D]"),
    # 5.4 Retention, loss, growth
    _K("K21", "Retention", "客户保有率", _L, base.STAYING, base.base_at_end, source="[D]"),
    _K("K22", "Quasi-lost share", "准流失率", _L, base.QUASI, base.base_at_end, direction=_DOWN, source="[D], state S2"),
    _K("K23", "Lost share", "流失率(存量)", _L, base.GONE_FOR_GOOD, base.base_at_end, direction=_DOWN, source="[D]"),
    _K("K24", "Cohort loss", "月流失率", _L, visiting.lost_of_cohort, visiting.cohort, sheets=_VISITS, over=_MONTHLY,
       direction=_DOWN, source="[X]"),
    _K("K25", "Win-back", "流失挽回率", _L, base.won_back, base.lost_at_start, source="[D]"),
    _K("K26", "Return-to-factory", "回厂率", _L, base.active_cars_seen, base.active_cars, grows=True,
       source="S2 [S target; formula D]"),
    _K("K27", "Referral rate", "转介绍率", _G, growth.referrers, growth.contacted, sheets=("referral",), within=False, source="[D]"),
    _K("K28", "Referral conversion", "转介绍成交率", _G, growth.referrals_sold, growth.referrals, sheets=("referral",), source="[D]"),
    _K("K29", "Repeat purchase", "再购率", _L, base.bought_again, base.base_at_start, over=_YEARLY, source="[D]"),
    _K("K30", "Prospect conversion", "潜客成交率", _G, growth.ordered, growth.decided, sheets=_PROSPECTS,
       source="S2 [S benchmark; formula D]"),
    _K("K31a", "Won today", "今日成功", _G, growth.won_today, figure=count, sheets=_PROSPECTS, over=_DAILY, source="S2 [S names]"),
    _K("K31b", "Lost today", "今日失败", _G, growth.lost_today, figure=count, sheets=_PROSPECTS, over=_DAILY, direction=_DOWN,
       source="S2 [S names]"),
    _K("K31c", "Enquiries today", "今日咨询", _G, growth.new_today, figure=count, sheets=_PROSPECTS, over=_DAILY,
       source="S2 [S names]"),
    _K("K31d", "To follow up today", "今日需回访", _G, growth.to_follow_today, figure=count, sheets=_PROSPECTS, over=_DAILY,
       direction=_NEITHER, source="S2 [S names]"),
    _K("K32", "WeChat binding at visits", "进店绑定率", _G, growth.visitors_bound, growth.visitors_to_bind, sheets=_VISITS,
       target="K32_first", source="S2 [S]; second half [I]"),
    _K("K33", "Binding at delivery", "交车绑定率", _G, growth.buyers_bound, deliveries.buyers, sheets=("vehicle",), source="S2 [S]"),
    _K("K34", "Prospects following", "潜客关注率", _G, growth.unknown, growth.showroom_prospects, sheets=_PROSPECTS,
       source="S2 [S]; no sheet tells who follows"),
    _K("K35", "Deals by industry", "潜客行业成交辆", _G, groups=growth.BY_INDUSTRY, figure=count, sheets=_PROSPECTS,
       direction=_NEITHER, source="S2 [S]"),
    _K("K36", "Deals by focus", "关注点成交辆", _G, groups=growth.BY_FOCUS, figure=count, sheets=_PROSPECTS, direction=_NEITHER,
       source="S2 [S]"),
    _K("K37", "Renewal rate", "续保率", _F, funnel.renewed_policies, funnel.expiring_policies, sheets=("renewal",), source="[D]"),
    _K("K38", "Inspection reminder rate", "年检提醒率", _F, funnel.reminded_inspections, funnel.expiring_inspections, source="[D]"),
    _K("K39a", "Average ticket", "客单价", _G, growth.paid_amount, growth.paid_visits, sheets=_VISITS, within=False,
       source="S2 [S names]"),
    _K("K39b", "Visits per car", "回站次数", _G, growth.paid_visits, growth.paying_cars, sheets=_VISITS, within=False,
       source="S2 [S names]"),
    _K("K39c", "Days between visits", "回站周期", _G, growth.days_between, growth.gaps_between, sheets=_VISITS, within=False,
       direction=_DOWN, source="S2 [S names]"),
    _K("K40", "Growth of service output", "产值增长", _G, growth.output, growth.output_of_last_year, figure=growth_of,
       sheets=_VISITS, within=False, source="S2 [S target]"),
    _K("K40d", "Service output above last year", "产值增加额", _G, growth.output, growth.output_of_last_year, figure=difference,
       sheets=_VISITS, within=False, target="K40d", source="S2 [S target]"),
    _K("K41", "Absorption rate", "零服吸收率", _G, source="S2 names it; [X]; no sheet holds gross profit"),
    _K("K42", "Group share", "集团份额", _G, source="S2; needs the other stores' totals"),
    # 5.5 Staff and data
    _K("K43", "Staff score card", "客户维护考核", _S, groups=people.score_cards, figure=count, sheets=("scorecard",), over=_MONTHLY,
       source="S3 [S split; formula I]"),
    _K("K44", "Information collected", "信息量", _S, groups=people.records_by_person, figure=count, target="K44_{kind}",
       source="S3 [S]"),
    _K("K45", "Contribution rate", "贡献率", _S, source="S3 [S]; no sheet holds results by line"),
    _K("K46", "Grading coverage", "评级面", _S, people.graded, people.everybody, source="S3 [S]"),
    _K("K47a", "Amount by value tier", "消费构成(价值)", _G, groups=growth.by_value, sheets=_VISITS, direction=_NEITHER, within=False,
       source="S3 [S]"),
    _K("K47b", "Amount by kind of work", "消费构成(项目)", _G, groups=growth.by_kind, sheets=_VISITS, direction=_NEITHER, within=False,
       source="S3 [S]"),
    _K("K47c", "Amount by region", "消费构成(区域)", _G, groups=growth.by_region, sheets=_VISITS, direction=_NEITHER, within=False,
       source="S3 [S]"),
    _K("K48", "Deals by source", "来源占比", _G, groups=growth.BY_SOURCE, sheets=_PROSPECTS, direction=_NEITHER, source="S1 [S quote]"),
    _K("K49", "Pareto check", "二八分析", _G, growth.best_customers_paid, growth.all_customers_paid, sheets=_VISITS, within=False,
       direction=_NEITHER, source="S2 [S principle]"),
    _K("K50a", "Campaign: replies", "活动回复率", _G, growth.accepted, growth.invited, sheets=("invitation",), source="S0, S3 [D]"),
    _K("K50b", "Campaign: attendance", "活动到场率", _G, growth.attended, growth.accepted, sheets=("invitation",), source="S0, S3 [D]"),
    _K("K50c", "Campaign: cost per attendee", "活动人均费用", _G, growth.campaign_cost, growth.attendees, sheets=("invitation",),
       within=False, direction=_DOWN, source="S0, S3 [D]"),
    _K("K50d", "Campaign: deals", "活动成交数", _G, growth.campaign_deals, figure=count, sheets=("invitation",), source="S0, S3 [D]"),
    _K("K51", "Loyalty index", "忠诚度评价", _L, source="S0 names it [D]"),
    _K("K52", "Valid contact data", "有效数据率", _S, people.with_valid_data, people.everybody, source="S0 [D]"),
    _K("K53", "Loss reasons complete", "战败信息完整率", _S, growth.lost_and_explained, growth.lost, sheets=_PROSPECTS,
       source="S0 exam [S rule]"),
    _K("K54", "Late payments", "逾期付款", _S, direction=_DOWN, source="S2 [S]; no sheet holds payments"),
)  # fmt: skip
"""In the order of DOM 5."""

BY_CODE = {kpi.code: kpi for kpi in KPIS}

LOYALTY_PARTS = {"K21": 0.4, "K29": 0.3, "K27": 0.3}
"""Weights of the loyalty index K51 [D]."""
