# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""What the key figures count, in words (DOM 5, 5.6): numerator and denominator in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xl_retention.domain.kpis.computed import Measured, Status
from xl_retention.domain.kpis.definitions import Family, Kpi, Over
from xl_retention.sheets.wording import say


class Said(NamedTuple):
    """Numerator and denominator in both languages, and what one has to know besides."""

    above: tuple[str, str]
    below: tuple[str, str] = ("", "")
    note: tuple[str, str] = ("", "")


_REQUIRED = (
    "customers with a car delivered in P whose required calls all exist, are not stopped and past their deadline",
    "P内交车且应做回访均存在、未终止、已过截止日的客户",
)
_BASE = (
    "customers of the narrow base (own sale or blank, a delivered car) at the end of P, without 已转出",
    "P末窄口径基盘客户（自销或空白、已交车），不含已转出",
)

# fmt: off
FORMULAS: dict[str, Said] = {
    "K01": Said(("customers with a visit in P and one before P", "P内到店且P前曾到店的客户"), ("customers with a visit in P", "P内到店客户"),
                ("By `return_rate_basis` customers, their visits, or visits with any earlier visit.", "按`return_rate_basis`：客户、其到店次数、或此前曾到店的到店次数。")),
    "K02": Said(("customers whose post-repair call of a visit in P closed with 非常满意", "P内到店、维修后回访为非常满意的客户"), ("customers with a visit in P, asked or not", "P内到店客户（不论是否受访）"),
                ("Only the row that closed the call counts.", "仅以完成该回访的那一行为准。")),
    "K02b": Said(("as K02", "同K02"), ("customers whose post-repair call closed with any answer", "维修后回访有满意度回答的客户")),
    "K03": Said(("customers with a visit in P", "P内到店客户"), ("cars of the brand in the area, sheet Parc or parameter `parc`", "当地品牌保有量（保有量表或参数`parc`）"),
                ("Months only. Above 100% is a finding of the data checks.", "仅按月。超过100%列入数据质检。")),
    "K04": Said(("of these, all calls done", "其中回访全部完成的客户"), _REQUIRED,
                ("Required: DLV-2H, DLV-3D, DLV-7D-SA, DLV-7D-CS as far as they are on.", "应做：已启用的DLV-2H、DLV-3D、DLV-7D-SA、DLV-7D-CS。")),
    "K04.DLV-2H": Said(("of these, this call done", "其中该回访已完成"), _REQUIRED, ("The 2-hour call alone.", "仅看2小时关怀。")),
    "K04.DLV-3D": Said(("of these, this call done", "其中该回访已完成"), _REQUIRED, ("The 3-day call alone.", "仅看3天回访。")),
    "K04.DLV-7D-SA": Said(("of these, this call done", "其中该回访已完成"), _REQUIRED, ("The 7-day call by sales alone.", "仅看销售7天回访。")),
    "K04.DLV-7D-CS": Said(("of these, this call done", "其中该回访已完成"), _REQUIRED, ("The 7-day survey call alone.", "仅看客服7天回访。")),
    "K05": Said(("of these, the call done; refused counts, unreachable does not", "其中已完成（拒访算，未接通不算）"), ("visits in P whose post-repair call exists, is not stopped and past its deadline", "P内到店且维修后回访存在、未终止、已过截止日的到店次数")),
    "K06": Said(("of these, 非常满意 or 满意", "其中非常满意与满意"), ("connected calls of P about a delivery with an answer", "P内接通、涉及交车回访且有满意度的记录")),
    "K07": Said(("of these, 非常满意 or 满意", "其中非常满意与满意"), ("connected calls of P about a repair with an answer", "P内接通、涉及维修回访且有满意度的记录")),
    "K07x": Said(("of these, 非常满意 or 满意", "其中非常满意与满意"), ("as K07 without cars of commercial use", "同K07，不含营运车")),
    "K08": Said(("of these, done by the deadline", "其中截止前完成"), ("delivery calls and post-repair calls whose original deadline lies in P and is past, not stopped", "原截止日在P内且已过、未终止的交车与维修后回访")),
    "K09": Said(("of these, connected", "其中接通"), ("phone calls of P with an outcome", "P内有结果的电话")),
    "K10": Said(("of these, done by the end of P", "其中P末前完成"), ("contacts after delivery, month series and post-repair calls due in P, minus stopped and covered", "原应访日在P内的交车回访、月度系列、维修后回访，减去终止与已覆盖")),
    "K11": Said(("of these, reminded (call or message, or reminder sheet) from due -3 months to due +30 days", "其中到期前3个月至到期后30天内已提醒"), ("cars in use whose maintenance, as seen on the day before P, is due in P", "在用、按P前一日计算保养到期日在P内的车辆")),
    "K12": Said(("of these, a maintenance visit from the first reminder to due +30 days", "其中首次提醒至到期后30天内保养到店"), ("cars reminded (K11)", "已提醒车辆（K11）")),
    "K13": Said(("visits booked by the customer or after a reminder; without a booking on file, visits marked as booked", "客户主动或提醒后预约的到店；无预约记录时以到店单注明为准"), ("visits in P", "P内到店次数"),
                ("`booking_rate_basis` = customer: by the customer himself only.", "`booking_rate_basis`为customer时仅计客户主动。")),
    "K14": Said(("of these, arrived on the day", "其中当日到店"), ("bookings of P before today, without moved ones and those cancelled a day ahead", "P内且早于今日的预约，不含改期与提前取消")),
    "K15": Said(("of these, first service by due +30 days", "其中到期后30天内做首保"), ("cars in use whose first service, as seen on the day before P, is due in P", "在用、按P前一日计算首保到期日在P内的车辆")),
    "K16": Said(("of these, answered within 2 hours", "其中2小时内响应"), ("complaints about quality received in P; unanswered ones only when the limit is past", "P内受理的质量投诉；未响应的仅计已过时限")),
    "K17": Said(("of these, solved within 24 hours", "其中24小时内解决"), ("complaints received in P; unsolved ones only when the limit is past", "P内受理的投诉；未解决的仅计已过时限")),
    "K18": Said(("of these, followed up within 24 hours", "其中24小时内回访"), ("complaints solved in P; others only when the limit is past", "P内解决的投诉；未回访的仅计已过时限")),
    "K19": Said(("of these, solved and followed up", "其中已解决且已回访"), ("complaints received in P", "P内受理的投诉")),
    "K20": Said(("complaints received in P", "P内受理的投诉"), ("visits and deliveries in P", "P内到店与交车次数")),
    "K21": Said(("of these, 忠诚客户 or 一般客户", "其中忠诚与一般客户"), _BASE),
    "K22": Said(("of these, 准流失客户", "其中准流失客户"), _BASE),
    "K23": Said(("of these, 流失客户", "其中流失客户"), _BASE),
    "K24": Said(("of these, no visit since", "其中此后未到店"), ("cars with a visit six months before", "6个月前当月到店的车辆"), ("Months only.", "仅按月。")),
    "K25": Said(("of these, came in P", "其中P内到店"), ("customers of the narrow base 准流失 or 流失 on the day before P", "P前一日为准流失或流失的窄口径客户")),
    "K26": Said(("of these, with a visit in P", "其中P内到店"), ("delivered cars in use of the narrow base that are not lost", "窄口径、在用、已交车、未流失的车辆"),
                ("The target is growth over the same period of the year before.", "目标为较去年同期的增长。")),
    "K27": Said(("customers who named a friend in P", "P内转介绍的客户"), ("customers reached or written to in P", "P内联系上（含发送消息）的客户")),
    "K28": Said(("of these, with a deal", "其中成交"), ("referrals received in P", "P内收到的转介绍")),
    "K29": Said(("of these, another car delivered in the year", "其中当年再购"), ("customers of the narrow base at the start of the year", "年初窄口径客户"), ("Calendar year of P.", "P所在自然年。")),
    "K30": Said(("prospects ordered in P", "P内订车的潜客"), ("prospects ordered or lost in P", "P内订车或战败的潜客")),
    "K31a": Said(("prospects ordered today", "今日订车的潜客")),
    "K31b": Said(("prospects lost today", "今日战败的潜客")),
    "K31c": Said(("prospects created today", "今日建卡的潜客")),
    "K31d": Said(("open prospects whose next follow-up is due", "下次跟进已到期的在跟潜客")),
    "K32": Said(("of these, bound", "其中已绑定"), ("customers with a visit in P; from the seventh month of the programme without those bound before", "P内到店客户；活动第7个月起不含此前已绑定"),
                ("Months are counted from parameter `wechat_start`.", "月数自参数`wechat_start`起算。")),
    "K33": Said(("of these, bound on the day of delivery", "其中交车当日绑定"), ("customers with a car delivered in P", "P内交车客户")),
    "K34": Said(("who follows is in no sheet", "表中无关注信息"), ("showroom prospects created in P", "P内建卡的展厅潜客")),
    "K35": Said(("prospects ordered in P, by industry", "P内订车的潜客，按行业")),
    "K36": Said(("prospects ordered in P, by focus point, once per point", "P内订车的潜客，按关注点（每点计一次）")),
    "K37": Said(("of these, renewed here", "其中本店续保"), ("insurances on the renewal sheet that end in P, one per car and day", "续保表中P内到期的保险，每车每日一条")),
    "K38": Said(("of these, reminded before", "其中到期前已提醒"), ("inspections ending in P, of cars in use and of the renewal sheet", "P内到期的年检（在用车辆与续保年检表）")),
    "K39a": Said(("amount paid in 12 months", "12个月自费金额"), ("paid visits in 12 months", "12个月自费次数")),
    "K39b": Said(("paid visits in 12 months", "12个月自费次数"), ("cars with a paid visit", "有自费到店的车辆")),
    "K39c": Said(("days between paid visits of 24 months", "24个月内自费到店间隔天数"), ("number of intervals", "间隔数")),
    "K40": Said(("total amount of visits in P, minus last year's", "P内产值减去年同期"), ("the same period last year", "去年同期产值")),
    "K40d": Said(("total amount of visits in P, minus last year's", "P内产值减去年同期")),
    "K41": Said(("parts and service gross profit: in no sheet", "零服毛利：表中无"), ("operating expense: in no sheet", "营运费用：表中无")),
    "K42": Said(("of the store", "本店"), ("of the group: comes with merging", "集团：合并时计算")),
    "K43": Said(("50 × records / target + 50 × contribution / target", "50×信息量/目标+50×贡献/目标"), ("", ""), ("Needs the sheet 员工考核.", "需有员工考核表。")),
    "K44": Said(("customers and prospects created in P with a valid mobile, per sales advisor", "P内建档、手机有效的客户与潜客，按销售顾问"), ("", ""), ("Targets per month and per week.", "月目标与周目标。")),
    "K45": Said(("result from collected customers: in no sheet", "所收集客户的业绩：表中无"), ("result of the unit", "单位业绩")),
    "K46": Said(("of these, with a grade", "其中已评级"), ("customers on file", "在档客户")),
    "K47a": Said(("paid in P by cars of a value tier", "P内各价值层级消费额"), ("paid in P", "P内消费额")),
    "K47b": Said(("paid in P for maintenance, repair, other", "P内保养、维修、其他消费额"), ("paid in P", "P内消费额")),
    "K47c": Said(("paid in P by customers of a region", "P内各区域消费额"), ("paid in P", "P内消费额")),
    "K48": Said(("prospects ordered in P, by source", "P内订车的潜客，按来源"), ("prospects ordered in P", "P内订车的潜客")),
    "K49": Said(("paid in 12 months by the top fifth of paying customers", "12个月消费前20%客户的金额"), ("paid in 12 months", "12个月消费额"), ("To compare with 80%.", "与80%比较。")),
    "K50a": Said(("of these, accepted", "其中回复参加"), ("invitations sent in P", "P内发出的邀约")),
    "K50b": Said(("of these, attended", "其中到场"), ("invitations accepted", "回复参加的邀约")),
    "K50c": Said(("cost of those who came", "到场者费用"), ("those who came", "到场人数")),
    "K50d": Said(("invited customers who bought", "成交的受邀客户")),
    "K51": Said(("0.4 × K21 + 0.3 × K29 + 0.3 × K27", "0.4×K21+0.3×K29+0.3×K27")),
    "K52": Said(("of these, valid mobile, VIN and delivery day", "其中手机有效且有车架号与交车日"), ("customers on file", "在档客户")),
    "K53": Said(("of these, with reason and model", "其中有原因与车型"), ("prospects lost in P", "P内战败的潜客")),
    "K54": Said(("payments are in no sheet", "表中无付款信息")),
}
"""By code; P is the period asked for, a running one up to the day of counting."""

FAMILIES: dict[Family, tuple[str, str]] = {
    Family.RETURN:     ("Return, satisfaction, follow-up", "回头、满意与回访"),
    Family.FUNNEL:     ("From reminder to visit", "提醒到店"),
    Family.COMPLAINTS: ("Complaints", "投诉"),
    Family.RETENTION:  ("Retention and loss", "保有与流失"),
    Family.GROWTH:     ("Growth", "增长"),
    Family.STAFF:      ("Staff and data", "人员与数据"),
}
STATUSES: dict[Status, tuple[str, str]] = {
    Status.MET:       ("met", "达标"),
    Status.MISSED:    ("missed", "未达标"),
    Status.NO_TARGET: ("no target", "无目标"),
    Status.NO_DATA:   ("no data", "无数据"),
    Status.OPEN:      ("open", "未结"),
}
OVERS: dict[Over, tuple[str, str]] = {
    Over.ANY:   ("month, week or other period", "月、周或其他期间"),
    Over.MONTH: ("month", "月"),
    Over.YEAR:  ("calendar year", "自然年"),
    Over.DAY:   ("day", "当日"),
}
# fmt: on


def formula(kpi: Kpi) -> Said:
    """What a key figure counts."""
    return FORMULAS[kpi.code]


def status_word(status: Status, language: str) -> str:
    """A status as a person reads it."""
    return STATUSES[status][language == "zh"]


def family_word(family: Family, language: str) -> str:
    """A family as a person reads it."""
    return FAMILIES[family][language == "zh"]


def kpi_rows(figures: Iterable[Measured], language: str) -> list[list[object]]:
    """Key figures as a plain table: headings, then code, name, numerator, denominator, value, target, status."""
    names = ("kpi_code", "kpi_name", "numerator", "denominator", "value", "kpi_target", "kpi_status")
    rows: list[list[object]] = [[say(name, language) for name in names]]
    for figure in figures:
        name = figure.kpi.name(language)
        numbers = (figure.numerator, figure.denominator, figure.value, figure.target)
        rows.append([
            figure.kpi.code,
            f"{name}: {figure.group}" if figure.group else name,
            *("" if number is None else float(number) for number in numbers),
            status_word(figure.status, language),
        ])  # fmt: skip
    return rows
