# ruff: noqa: E501 (a row of a table stays in one piece)
"""Writes docs/coverage.md: where each rule, class, key figure, workflow and named system of DOM 3-7 lives.

`python docs/make_coverage.py`. Rules, key figures and classes come from the tables of the program; of workflows and
systems the left column follows DOM 6 and 7 line by line, and what the right one names has to exist: `{sheet:calls}`,
`{button:hand_over}`, `{command:today}`, `{function:RETURN_RATE}`, `{report:sales_form}`, `{table:prospect}`,
`{setting:go_live_date}`, `{rule:HANDOVER}`, `{kpi:K31a}`, `{scheme:region}`. An unknown name stops the script.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "udfs"), str(HERE)]

import make_rules  # noqa: E402
import retention_udfs  # noqa: E402

from xl_retention import cli  # noqa: E402
from xl_retention.domain.cadence import RULES, Listing, Rule  # noqa: E402
from xl_retention.domain.classes.schemes import SCHEMES  # noqa: E402
from xl_retention.domain.kpis.definitions import KPIS  # noqa: E402
from xl_retention.domain.parameters import PARAMETERS  # noqa: E402
from xl_retention.domain.schema import ENTITIES  # noqa: E402
from xl_retention.sheets.kpis.kpi_views import REPORTS  # noqa: E402
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, BUTTONS  # noqa: E402
from xl_retention.sheets.wording import say  # noqa: E402

TARGET = HERE / "coverage.md"

Row = tuple[str, ...]

INTRODUCTION = """\
# What is where

[Guide](guide.md) · [Contact rules](rules.md) · [Classes](classes.md) · [Key figures](kpis.md) · [Functions](functions.md) · [Commands](commands.md)

Made by `python docs/make_coverage.py`; do not edit it here. The numbers are the sections of the domain reference, which
the rules come from. *Not there* says that something is missing, and why.
"""

CALLS = "{sheet:calls}; {button:generate_calls}; {command:today}"
PLAN = "{sheet:plan}; {button:month_plan}; {command:plan}"
MAIL = "{sheet:mailing}; {button:mailing_list}; {command:mailing-list}"
LISTED = {Listing.CALLS: CALLS, Listing.PLAN: PLAN, Listing.MAIL: MAIL}
NOT_LISTED = {
    "OEM-1": "Not there as a call: the manufacturer makes it. The row in {sheet:rules} is for information; a note goes into {table:contact_log}",
    "OEM-2": "Not there as a call: the manufacturer makes it. The row in {sheet:rules} is for information; a note goes into {table:contact_log}",
    "INQ-24H": "Not there: the reference defines no sheet of inquiries to count from. An inquiry by a known customer can be logged with a day in *Next contact*, which gives {rule:NEXT}",
    "GRADE-A-QTR": "Not there: the reference asks for a sheet of account grades and defines none. {rule:KA-QTR} asks for a visit to every key account each quarter; the grade is on {sheet:relations}",
}
ALSO = {
    # where a rule shows besides its list
    "FS-CALL": "{sheet:service}; {function:SERVICE_DUE}",
    "MNT-CALL": "{sheet:service}; {function:SERVICE_DUE}",
    "MNT-MONTH": "{sheet:service}; {button:service_due}; {command:service-due}",
    "CMP-2H": "{sheet:complaints}; {button:check_complaints}; {function:COMPLAINT_ON_TIME}",
    "CMP-24H": "{sheet:complaints}; {function:COMPLAINT_ON_TIME}",
    "CMP-FU24": "{sheet:complaints}; {function:COMPLAINT_ON_TIME}",
    "CMP-PROG": "{sheet:complaints}",
    "DLV-D0": "{sheet:yellow}; {button:update_cards}",
    "HANDOVER": "{sheet:hand_over}; {button:hand_over}",
    "REF-THANKS": "{sheet:relations}; {button:relations}",
    "NEWCAR": "rows of {table:campaign}",
    "PROMO": "rows of {table:campaign}",
    "POLICY": "rows of {table:campaign}; consent is not asked for",
    "ANNIV": "{setting:store_anniversary}; the dinner is a row of {table:campaign}",
    "HOL": "{sheet:holidays}",
    "DLV-M": "one row for DLV-M01 to DLV-M45; months by {setting:month_series}",
    "DLV-M48+": "{setting:month_repeat_from}, {setting:month_repeat_every}",
    "LAPSE-WARN": "{setting:lapse_warn_chance} makes it come earlier; {function:LAPSE_SCORE}",
    "LAPSE-PSEUDO": "{setting:quasi_lost_months}; {scheme:loyalty}",
    "LAPSE-TRUE": "{setting:lost_months}; {scheme:loyalty}",
}
COMPUTED = (
    (
        "3.6",
        "First service done; day the first service is due",
        "{function:SERVICE_DUE}; {sheet:service}; {setting:first_service_months}, {setting:first_service_km}",
    ),
    (
        "3.6",
        "Kilometres a day; day a mileage is reached",
        "{sheet:service} (the reason names what was known); {setting:default_daily_km}",
    ),
    (
        "3.6",
        "Maintenance due",
        "{function:SERVICE_DUE}; {sheet:service}; {setting:maint_interval_months}, {setting:maint_interval_km}",
    ),
    ("3.6", "Last activity", "{function:LOYALTY_STATE}; {sheet:customer}"),
    ("3.6", "Next birthday", "{rule:BDAY-7}, {rule:BDAY-0}; {setting:feb29_observe}"),
    ("3.6", "Repeating rules", "{sheet:calls}; {setting:repeat_days}, {setting:maint_max_calls}"),
    ("3.6", "Once a week, month or quarter", "{rule:KA-WEEK}, {rule:KA-MONTH}, {rule:KA-QTR}"),
    ("3.6", "Days of the holidays", "{sheet:holidays}; {setting:country}; any year, computed"),
    ("3.7", "Monthly plan", PLAN),
    (
        "3.8",
        "Windows, roles, priorities, switches",
        "{sheet:rules}; [all of them](rules.md); {function:DUE_CONTACTS}, {function:NEXT_CONTACT}",
    ),
)

FUNCTION_OF_SCHEME = {
    "value_tier": "VALUE_TIER", "loyalty": "LOYALTY_STATE", "age_band": "VEHICLE_AGE_BAND", "region": "REGION_TYPE",
    "cohort": "AGE_COHORT", "prospect_grade": "PROSPECT_GRADE", "account_grade": "GRADE_ABCD",
    "stage": "RELATIONSHIP_STAGE", "key_account": "KEY_ACCOUNT", "credit_grade": "CREDIT_GRADE",
}  # fmt: skip
FURTHER_CLASSES = (
    (
        "4.9",
        "Terms of a grade: price, payment, lead time; late payments lower it",
        "{function:GRADE_ABCD}; the terms on {sheet:relations}; {setting:grade_price}, {setting:grade_days}. Late payments: not there by themselves, payments are in no sheet",
    ),
    ("4.14", "Spend classes and kinds", "{kpi:K47a}, {kpi:K47b}, {kpi:K47c} on {sheet:kpi}"),
    ("4.14", "Interest teams", "{scheme:interests}; clubs on {sheet:relations} from {table:club_member}"),
    (
        "4.14",
        "Company size, buying behaviour",
        "Not there as a class: {table:customer.headcount} and amounts are kept, the reference gives no limits",
    ),
    ("4.14", "Ten kinds of post customers", "Not there: their names are missing in the source"),
)

FUNCTION_OF_KPI = {
    "K01": "RETURN_RATE", "K02": "DELIGHT_RATE", "K03": "SERVICE_SHARE", "K04": "FOLLOW_UP_RATE",
    "K05": "FOLLOW_UP_RATE", "K06": "SATISFACTION_RATE", "K07": "SATISFACTION_RATE", "K08": "ON_TIME_RATE",
    "K11": "REMINDER_RATE", "K12": "REMINDER_TO_VISIT", "K13": "BOOKING_RATE", "K14": "SHOW_UP_RATE",
    "K16": "COMPLAINT_ON_TIME", "K17": "COMPLAINT_ON_TIME", "K18": "COMPLAINT_ON_TIME", "K21": "RETENTION",
    "K23": "LOSS_RATE", "K30": "CONVERSION_RATE", "K37": "RENEWAL_RATE",
}  # fmt: skip
NOT_COUNTED = {
    "K41": "Listed without a number: no sheet holds gross profit and expenses",
    "K42": "{sheet:kpi} knows one store alone; the group's workbook of {command:roll-up} has the totals",
    "K45": "Listed without a number: no sheet holds results by business line; {kpi:K43} takes the contribution typed on the score card",
    "K54": "Listed without a number: no sheet holds payments",
}

WORKFLOWS = (
    ("6.1", "Plan: groups of the month, person, day, method, tools", PLAN),
    (
        "6.1",
        "Do: outcome; a wish opens a prospect or a referral",
        "{sheet:calls}; {button:save_results}; {command:save-results}",
    ),
    (
        "6.1",
        "Check: the supervisor reads",
        "*Not reviewed* on {sheet:report}; {table:contact_log.checked_by}, {table:prospect.reviewed_by}, {table:base_card.manager_checked}",
    ),
    (
        "6.1",
        "Action: measures for stuck or lost cases",
        "{table:contact_log.next_action} with a day in *Next contact* gives {rule:NEXT}; lost cases in {report:losses}. Not there: tasks of their own that belong to no customer",
    ),
    (
        "6.2",
        "1-2 Prepare, open: whom, why, hour, minutes, recording, permission",
        "*Why* and *Points to raise* on {sheet:calls}; {setting:survey_minutes}",
    ),
    ("6.2", "3 Refused", "outcome *Refused*; {sheet:outcomes}"),
    (
        "6.2",
        "4 Ask: by point list",
        "{sheet:templates} beside the call; *Survey answers* on {sheet:calls}; {sheet:survey}",
    ),
    (
        "6.2",
        "5 Satisfied, not satisfied, usage, quality",
        "columns of {sheet:calls}; {rule:CMP-USE}, {rule:CMP-2H}; a complaint opens a row of {table:complaint}",
    ),
    ("6.2", "6 Close: hotlines", "last line of the points; {setting:hotline_store}, {setting:hotline_maker}"),
    ("6.2", "7 After: record, pass on", "{button:save_results}"),
    (
        "6.2",
        "Words never to be used; reception telephone",
        "Not there: manners, which no sheet can watch. The request for full marks is left out on purpose",
    ),
    ("6.2", "Templates: standard, VIP, company, major repair", "{sheet:templates}; {table:survey_template.scenario}"),
    (
        "6.3",
        "Levels from customer service to the general manager, sales line",
        "{sheet:complaints}; {table:complaint.handler_level}; {rule:CMP-24H}",
    ),
    ("6.3", "Channels", "{table:complaint.channel}"),
    ("6.3", "Deadlines", "{rule:CMP-2H}, {rule:CMP-24H}, {rule:CMP-FU24}, {rule:CMP-PROG}"),
    (
        "6.3",
        "Escalation by the clock; each step a row of the log",
        "{button:check_complaints}; {command:complaints}; {setting:escalation_hours}",
    ),
    ("6.3", "Compensation: approved before", "{table:complaint.approved_by}; {sheet:checks} asks for it"),
    (
        "6.3",
        "Investigation",
        "{table:complaint.facts}, {table:complaint.root_cause}, {table:complaint.prevention}. Responsibility and principles are conduct: not there as a check",
    ),
    (
        "6.3",
        "Closing after the follow-up call; dissatisfied opens one level higher",
        "{button:check_complaints}; {table:complaint.satisfied_after}",
    ),
    ("6.4", "Sales follow-up statistics", "{report:sales_form}"),
    ("6.4", "Repair follow-up statistics", "{report:service_form}"),
    (
        "6.4",
        "Repair follow-up record, per call",
        "{sheet:customer} (contacts, visits), one page to print; {table:contact_log}",
    ),
    ("6.4", "Sales follow-up template", "{sheet:templates}"),
    ("6.4", "Monthly report of the customer-relations centre", "{report:centre}"),
    ("6.4", "Reminder tracking", "{sheet:service}; {report:reminders}"),
    ("6.4", "Quarter report, by the 6th and the 8th", "{report:quarter}; group: {command:roll-up}"),
    ("6.4", "Grading review", "{button:refresh_classes}; {sheet:changes}"),
    ("6.4", "Score card", "{report:scorecard}; {table:scorecard}"),
    ("6.4", "Daily dashboard", "the day in numbers on {sheet:start}; {kpi:K31a} to {kpi:K31d}"),
    ("6.5", "First contact: open an A-card", "a row of {table:prospect}; a wish typed beside a call opens it"),
    ("6.5", "Card number", "{button:update_cards}; {command:cards}"),
    (
        "6.5",
        "Order: data match the card",
        "Not there: the order itself is in no sheet to compare with; {table:prospect.order_date} is kept",
    ),
    (
        "6.5",
        "Refund, loss: analysis",
        "{report:losses}; {table:prospect.cancel_reason}, {table:prospect.lost_reason}, {table:prospect.lost_model}; {sheet:checks}; {kpi:K53}",
    ),
    (
        "6.5",
        "Delivery: C-card by month, yellow card, manager confirms",
        "{button:update_cards}; {sheet:yellow}; {table:base_card.month_file}",
    ),
    (
        "6.5",
        "One card per customer",
        "{button:update_cards}; a second car goes to the card; {sheet:duplicates}; {button:merge_duplicates}; {command:merge-duplicates}",
    ),
    (
        "6.5",
        "Storage, update, archive",
        "filter and sort {table:base_card}; {table:customer.last_update}; classes beside the lists by {button:refresh_classes}",
    ),
    ("6.6", "1 Collect data", "{table:key_account}"),
    ("6.6", "2-3 Evaluate, grade", "{scheme:account_grade}, {scheme:stage}; {function:GRADE_ABCD}"),
    (
        "6.6",
        "4-6 Plan, approve, execute",
        "{table:key_account.plan}, {table:key_account.cost}; due contacts by {rule:KA-WEEK}, {rule:KA-MONTH}, {rule:KA-QTR}; {sheet:relations}. Approval: not there, a signature on the print",
    ),
    (
        "6.6",
        "7-9 Sum up, adjust, file",
        "{sheet:relations}; {sheet:changes}. A summary form of its own: not there, the source gives no columns",
    ),
    (
        "6.7",
        "1-3 Everything gets a new owner",
        "{button:hand_over}; {command:hand-over}; owners who left on {sheet:checks}",
    ),
    ("6.7", "4 Customers are told", "{rule:HANDOVER}; {sheet:hand_over}"),
    ("6.7", "5 Hand-over row", "{table:handover}"),
    ("6.7", "6 History keeps the old name", "the log is not changed"),
    (
        "6.8",
        "Access levels; own customers, department, all",
        "Not there inside a workbook: a file that opens shows everything. {command:pack} makes masked and locked copies",
    ),
    (
        "6.8",
        "Keeper, reports of important dealings",
        "Not there: how the store is organised. {sheet:journal} says who did what",
    ),
    ("6.8", "Two contacts of an important customer", "{table:key_account.second_contact}; {sheet:checks}"),
    (
        "6.8",
        "Permission before marketing",
        "{table:customer.consent_marketing}; {sheet:mailing}; suppressed calls are told by {command:today}",
    ),
    ("6.8", "Personal bulk mail", "salutation on {sheet:mailing}; `--csv` of {command:mailing-list}"),
    ("6.8", "Copies by mail: masked, without sensitive fields, locked", "{button:pack_copy}; {command:pack}; {function:MASK_PHONE}"),
    ("6.8", "Recorded calls are announced", "first line of the points of a survey call"),
    ("6.8", "Every bulk export leaves a row", "{sheet:journal}; {command:verify}"),
    (
        "6.9",
        "Events: invitations, replies, plus-ones, budget",
        "{table:campaign}, {table:invitation}; {sheet:mailing}; {kpi:K50a} to {kpi:K50d}. Seats, host and desks: not there, `Place` and your own columns hold them",
    ),
    (
        "6.9",
        "WeChat rollout",
        "{kpi:K32}, {kpi:K33}, {kpi:K34}; whom to ask on {sheet:relations}; {setting:wechat_start}",
    ),
    ("6.9", "Clubs", "{table:interest}, {table:club_member}; {sheet:relations}"),
    (
        "6.9",
        "Extra services with cost",
        "Not there as a table: the reference gives none; {table:invitation.cost} or a column of your own",
    ),
    (
        "6.9",
        "Named phases of property management",
        "the rules from delivery day to replacement play this part: {rule:DLV-D0} to {rule:TRADE-IN}",
    ),
    ("6.9", "External bodies, conduct rules", "Not there: no data to work on"),
    (
        "6.9",
        "Sales side and service side",
        "roles of the rules; `--role` of {command:today}; {report:sales}, {report:service}",
    ),
    (
        "6.9",
        "Visits, targeted and touring",
        "{rule:KA-QTR}, {rule:LOST-VISIT}; touring visits by {sheet:plan} (method)",
    ),
)
SYSTEMS = (
    ("ICRAM", "Log every follow-up at once", "{button:save_results}; {table:contact_log}; {sheet:journal} stamps time and user"),
    ("ICRAM", "Questionnaires for calls", "{sheet:templates}, {table:survey_answer}; {sheet:survey}"),
    ("ICRAM", "Daily supervision of callers", "{sheet:report}; {kpi:K10}"),
    ("ICRAM", "Automatic care, prompts the advisor", "{rule:BDAY-0}, {rule:HOL}, {rule:MNT-AUTO-3M}; {sheet:mailing}"),
    ("ICRAM", "Complaint status", "{table:complaint.status}; {sheet:complaints}"),
    ("DSM", "Lost deals with reason and model", "{sheet:checks}; {report:losses}; {kpi:K53}, {button:show_rows} lists them. Stock: out of scope"),
    ("DMS / ERP", "Customer and process data, groups, ranking by spend", "{command:import}; {scheme:work_item}; {scheme:value_tier}; {kpi:K49}"),
    ("DMS limits", "Not in real time, departments apart", "one workbook; {button:show_customer}"),
    ("Dedicated CRM module", "Any department can ask", "{sheet:customer}; {command:customer}"),
    ("A-card / C-card", "Prospect becomes delivered card by month", "{table:prospect}, {table:base_card}; {button:update_cards}"),
    ("Yellow card 黄卡", "Delivery-day card, manager check", "{sheet:yellow}"),
    ("顾客管理卡", "Care log per customer", "contacts on {sheet:customer}"),
    ("客户信息卡", "Card with number", "{button:update_cards}: `YYMMDD-NN`"),
    ("A/C卡卡柜", "Filing by month", "{table:base_card.month_file}; filter of the sheet"),
    ("月度HOT管理表", "Hot prospects of the month", "computed grade beside each row of {table:prospect} by {button:refresh_classes}; filter H and A. Not there as a sheet of its own, since it would repeat these rows"),
    ("有望客户进度管制表", "Progress of all prospects", "{table:prospect} with status, grade, last follow-up; what is due on {sheet:calls}. Not there as a sheet of its own, since it would repeat these rows"),
    ("营业日报表/营业员活动日报", "Daily activity", "{sheet:report}; {command:report}"),
    ("CR活动计划 / 活动预订表", "Plan of activities", PLAN),
    ("销售促成失控/败分析表", "Losses by reason, model, advisor", "{report:losses}; {kpi:K30} and {kpi:K53} with {button:show_rows}"),
    ("保养提醒及跟进管控表", "Reminder tracking", "{sheet:service}; {report:reminders}; {table:maintenance_reminder}"),
    ("乾坤 CRM", "Base data", "{table:prospect} (source, industry, focus point, dress, models); {table:customer}"),
    ("乾坤 CRM", "Registration, review, follow-up, success or failure", "{table:prospect.status}, {table:prospect.reviewed_by}"),
    ("乾坤 CRM", "Statistics of the day, by industry and focus", "{kpi:K31a} to {kpi:K31d}, {kpi:K35}, {kpi:K36}"),
    ("乾坤 CRM", "Complete, used data; A-grade prospects", "{sheet:checks}; {kpi:K52}; {rule:PRO-A}; {kpi:K30}"),
    ("联晋 CRM", "Sales record", "{table:contact_log}, {table:prospect.quote}, {table:prospect.order_date}"),
    ("联晋 CRM", "Vehicle data", "{table:customer}, {table:vehicle}"),
    ("联晋 CRM", "Service record, cycle", "{table:service_visit}; {kpi:K39a} to {kpi:K39c}"),
    ("联晋 CRM", "Free combined queries", "saved filters on {sheet:segments}; the filters of your own lists"),
    ("联晋 CRM", "Views by role", "{report:manager}, {report:sales}, {report:marketing}, {report:service}"),
    ("车商通 SCRM", "WeChat binding", "{kpi:K32}, {kpi:K33}, {kpi:K34}; {sheet:relations}; {table:customer.wechat_bound}"),
    ("车商通 lesson", "Neutral words; use is watched", "*Points to raise* are points, no sales talk; {sheet:journal} and {sheet:report} show who works with it"),
    ("AIMData", "Unready prospects every month", "{rule:PRO-N}; {setting:prospect_follow_n}; {sheet:capacity}"),
    ("Changan manual", "Annex 1, sales follow-up template", "{sheet:templates}"),
    ("Changan manual", "Annex 2, 用户维修回访记录表", "{sheet:customer}; {table:contact_log}"),
    ("Changan manual", "Annex 3, 销售用户回访记录统计表", "{report:sales_form}"),
    ("Changan manual", "Annex 4, 维修用户回访记录统计表", "{report:service_form}"),
    ("Changan manual", "Monthly report", "{report:centre}"),
    ("Changan manual", "Templates VIP / 企业 / 大修", "{table:survey_template.scenario}"),
    ("Changan manual", "Hotlines", "{setting:hotline_store}, {setting:hotline_maker}; on the points of a survey call"),
    ("S3 forms", "客户资料管理档案, 客户状况记录表, 客户关系评估表, 客户评估管理方案, 客户分级目录, 客户关系维护方案, 客户关系强化表, 客户维护总结表", "{table:key_account} holds their fields, {sheet:relations} prints them with grade, stage and what is due. One form per name: not there, the source gives no layout"),
    ("客户关系表", "Names, visits, feedback; important ones apart", "{table:key_account}; {sheet:relations}; {sheet:customer}"),
    ("看板管理", "Board of tasks", "Not there: the source's table is missing. {sheet:calls} (overdue, due, waiting) and {sheet:report} (done) say the same by row"),
    ("大客户关系卡 / 维护档案表", "Cards and scoring", "{table:key_account}; {kpi:K43}"),
    ("Outlook mail merge", "Salutation", "{sheet:mailing}; {command:mailing-list}"),
    ("客户分级目录 / 信用 forms", "Grade list, credit list", "{scheme:account_grade}, {scheme:credit_grade} beside the lists and on {sheet:segments}"),
    ("交易往来客户一览表, 客户信息表", "Overview, full sheet, volumes", "{sheet:segments} (amounts); {sheet:customer}"),
    ("Manufacturer calls", "Data check and scoring", "{rule:OEM-1}, {rule:OEM-2} for information; {kpi:K07}"),
    ("Spreadsheet", "No data is an empty text", "every cell function; [functions](functions.md)"),
    ("Spreadsheet", "Values where Python is absent", "our sheets hold values; {sheet:kpi} keeps the months and the day they were counted on"),
    ("Spreadsheet", "Staff's columns, looks, filters and formulas stay", "{sheet:mapping}; columns of ours stand to the right"),
    ("Spreadsheet", "A second press makes no duplicates", "due keys of {sheet:calls}; {table:contact_log.due_key}"),
    ("Spreadsheet", "Backup before changes", "`.backup-` beside the file; {button:undo_last_run}"),
    ("Spreadsheet", "Chinese text unchanged", "read and written as it stands"),
    ("Spreadsheet", "store_code part of every key when stores merge", "{button:merge_copy}; {sheet:conflicts}; {command:merge}, {command:roll-up}; {table:customer.store_code}. Inside one workbook a customer is known by the number alone; two people under one number are asked about"),
)  # fmt: skip


def page() -> str:
    """The whole page."""
    return "\n".join(
        (
            INTRODUCTION,
            *_section("3. Contact rules", ("Code", "Rule", "Counts from", "Where"), map(_rule, RULES)),
            *_section("3.6-3.8 Computed days, plan, windows", ("DOM", "What", "Where"), COMPUTED),
            *_section("4. Classes", ("DOM", "Scheme", "Where"), _classes()),
            *_section("5. Key figures", ("Code", "Figure", "Where"), _key_figures()),
            *_section("6. Workflows", ("DOM", "Step", "Where"), WORKFLOWS),
            *_section("7. Named systems and tools", ("System", "What it did", "Where"), SYSTEMS),
        )
    )


def _section(title: str, headings: Row, rows: Iterable[Row]) -> Iterator[str]:
    yield f"## {title}\n"
    yield _line(headings)
    yield _line(["---"] * len(headings))
    for row in rows:
        yield _line([filled(cell) for cell in row])
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(rule: Rule) -> Row:
    where = NOT_LISTED.get(rule.code) or LISTED[rule.listing]
    if rule.code in ALSO:
        where += f"; {ALSO[rule.code]}"
    if not rule.on:
        where += "; off as shipped, {sheet:rules} turns it on"
    name = rule.english.format(month="…")
    return rule.code, f"{name} {rule.chinese.format(month='…')}", make_rules.COUNTS_FROM[rule.counts_from], where


def _classes() -> Iterator[Row]:
    rows = [(scheme.section, f"{scheme.english} {scheme.chinese}", _scheme(scheme.key)) for scheme in SCHEMES]
    return iter(sorted((*rows, *FURTHER_CLASSES), key=lambda row: tuple(map(int, row[0].split(".")))))


def _scheme(key: str) -> str:
    function = FUNCTION_OF_SCHEME.get(key)
    where = "a column beside your rows; {sheet:segments}; {button:refresh_classes}; {command:classify}"
    return where + (f"; {{function:{function}}}" if function else "")


def _key_figures() -> Iterator[Row]:
    for kpi in KPIS:
        where = NOT_COUNTED.get(kpi.code, "{sheet:kpi}; {button:refresh_kpis}; {command:kpi}")
        if kpi.parent in FUNCTION_OF_KPI:
            where += f"; {{function:{FUNCTION_OF_KPI[kpi.parent]}}}"
        reports = [f"{number}" for number, report in enumerate(REPORTS, 1) if kpi.code in report.wanted]
        where += f"; {{sheet:kpi_report}} {', '.join(reports)}" if reports else ""
        yield kpi.code, f"{kpi.english} {kpi.chinese}", where


def _report(key: str) -> str:
    number = next(number for number, report in enumerate(REPORTS, 1) if report.key == key)
    return f"report {number}, {say(f'view_{key}', 'en')}, on {_sheet('kpi_report')}"


def _sheet(key: str) -> str:
    return f"*{say(f'{key}_sheet', 'en')}*"


def _field(name: str) -> str:
    table, _, field = name.partition(".")
    if field and field not in [each.name for each in ENTITIES[table].fields]:
        raise KeyError(name)
    return f"`{name}`" if ENTITIES[table] else ""


def _one_of(known: Iterable[str], shown: str) -> Callable[[str], str]:
    names = frozenset(known)

    def show(name: str) -> str:
        if name not in names:
            raise KeyError(name)
        return shown.format(name)

    return show


_COMMANDS = cli.parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
NAMED: dict[str, Callable[[str], str]] = {
    "sheet": _sheet,
    "button": lambda name: (
        f"**{say(_one_of([b.name for b in (*BUTTONS, *ADD_IN_BUTTONS)], 'button_{}')(name), 'en')}**"
    ),
    "command": _one_of(_COMMANDS or (), "`xl-retention {}`"),
    "function": lambda name: f"`{getattr(retention_udfs, name).__name__}`",
    "report": _report,
    "table": _field,
    "setting": _one_of((each.name for each in PARAMETERS), "`{}`"),
    "rule": _one_of((rule.code for rule in RULES), "{}"),
    "kpi": _one_of((kpi.code for kpi in KPIS), "{}"),
    "scheme": lambda key: f"*{next(scheme.english for scheme in SCHEMES if scheme.key == key)}*",
}


def filled(text: str) -> str:
    """The text with what its places name; unknown names raise KeyError, AttributeError or StopIteration."""
    return re.sub(r"\{(\w+):([^}]+)\}", lambda place: NAMED[place[1]](place[2]), text)


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
