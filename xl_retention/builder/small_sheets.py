"""The sheets beside the staff's tables: rules, settings, outcomes, and those that start empty.

Rules and Settings show every default; an untouched workbook answers as one without these sheets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.layout import ColumnLayout, SheetLayout
from xl_retention.builder.examples import REFERENCE
from xl_retention.domain.cadence import MONTH_REPEAT, MONTH_SERIES, ROLES, RULES, Listing, Rule
from xl_retention.domain.do_not_contact import KINDS
from xl_retention.domain.outcomes import AS_SET, SHIPPED, Closes, Outcome
from xl_retention.domain.parameters import PARAMETERS
from xl_retention.domain.setting_readers import Value
from xl_retention.sheets import (
    check_sheet,
    complaint_sheet,
    customer_sheet,
    daily_report_sheet,
    hand_over_sheet,
    journal_sheet,
    mailing_sheet,
    plan_sheet,
    relations_sheet,
    service_sheet,
    survey_sheet,
    yellow_card_sheet,
)
from xl_retention.sheets.calls import call_sheet, survey_templates
from xl_retention.sheets.classes import class_changes_sheet, segments_sheet
from xl_retention.sheets.classes.class_changes_sheet import ChangeLog
from xl_retention.sheets.kpis import kpi_report_sheet, kpi_sheet
from xl_retention.sheets.reading import mapping_sheet
from xl_retention.sheets.settings import (
    do_not_contact_sheet,
    holidays_sheet,
    outcomes_sheet,
    rules_sheet,
    settings_sheet,
    staff_days_sheet,
)
from xl_retention.sheets.settings.parameter_words import meaning, unit
from xl_retention.sheets.wording import choices, say, word

HEADING_ROW = 3


@dataclass(frozen=True)
class SmallSheet:
    """A sheet to be drawn: its name, its cells and how it looks."""

    name: str
    rows: Sequence[Sequence[object]]
    layout: SheetLayout


def _small(
    key: str, language: str, headings: Sequence[str], body: Sequence[Sequence[object]], columns: Sequence[ColumnLayout]
) -> SmallSheet:
    """A sheet with its name as title, a note, headings and rows."""
    name = say(f"{key}_sheet", language)
    rows = [[name], [say(f"{key}_note", language)], list(headings), *body]
    layout = SheetLayout(
        tuple(columns), heading_row=HEADING_ROW, title_looks=("title", "note"), footer=say("page", language)
    )
    return SmallSheet(name, rows, layout)


def _headed(names: Sequence[str], language: str) -> list[str]:
    return [say(name, language) for name in names]


# Rules.

ROLE_BY_CIRCUMSTANCE = (MONTH_SERIES, MONTH_REPEAT, "CMP-24H", "NEXT")
"""Rules whose role depends on the car's age or on who is at it (DOM 3.2, 3.4, 3.8): a typed role would fix it."""

_LISTINGS = {
    Listing.CALLS: "listing_calls", Listing.MAIL: "listing_mail", Listing.PLAN: "listing_plan",
    Listing.NOWHERE: "listing_nowhere",
}  # fmt: skip
RULE_NAMES_PLACE = 1
"""Column (from 0) with the names of the rules, offered where a rule is logged."""


def rules(language: str) -> SmallSheet:
    """Every rule with its switch, role, priority and window."""
    chinese = language == "zh"
    head = {name: texts[chinese] for name, texts in rules_sheet.HEADINGS.items()}
    headings = [
        head["code"], say("rule_name", language),
        *(head[name] for name in ("on", "role", "priority", "open", "due", "deadline", "expire")),
        say("listed_in", language),
    ]  # fmt: skip
    columns = [
        ColumnLayout(15), ColumnLayout(30), ColumnLayout(8, "input", choices("yes_no", language)),
        ColumnLayout(9, "input", ROLES), ColumnLayout(10, "input", tuple("12345")),
        *(ColumnLayout(11, "input") for _ in range(4)), ColumnLayout(18),
    ]  # fmt: skip
    body = [_rule_row(rule, language) for rule in RULES]
    return _small("rules", language, headings, body, columns)


def _rule_row(rule: Rule, language: str) -> list[object]:
    name = (rule.english, rule.chinese)[language == "zh"]
    return [
        rule.code,
        name.format(month={MONTH_SERIES: "…", MONTH_REPEAT: "48+"}.get(rule.code, "")),
        word("yes_no", "yes" if rule.on else "no", language),
        "" if rule.code in ROLE_BY_CIRCUMSTANCE else rule.role,
        str(rule.priority),
        str(rule.open),
        str(rule.due),
        "" if rule.deadline is None else str(rule.deadline),
        _never(language) if rule.expire is None else str(rule.expire),
        say(_LISTINGS[rule.listing], language),
    ]


def _never(language: str) -> str:
    return rules_sheet.NEVER[language == "zh"]


# Settings.


def settings(language: str) -> SmallSheet:
    """Every parameter with its default, unit and meaning."""
    headings = [texts[language == "zh"] for texts in settings_sheet.HEADINGS.values()]
    body = [
        [each.name, _setting(each.default), unit(each.unit, language), meaning(each.name, language)]
        for each in PARAMETERS
    ]
    columns = [ColumnLayout(26), ColumnLayout(24, "input"), ColumnLayout(26, "wrapped"), ColumnLayout(80, "wrapped")]
    return _small("settings", language, headings, body, columns)


def _setting(value: Value) -> str:
    """A default as a clerk would type it; all are texts, so that 03-01 does not become a day."""
    if value is None:
        return ""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(each, int) for each in value):
        return "{:02d}-{:02d}".format(*value)
    if isinstance(value, tuple):
        return ", ".join(f"{number:g}" for number in value)
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


# Outcomes.

def outcomes(language: str) -> SmallSheet:
    """Every outcome of a call and what it does."""
    headings = [texts[language == "zh"] for texts in outcomes_sheet.HEADINGS.values()]
    body = [[word("result", each.word, language), *_effects(each, language)] for each in SHIPPED.values()]
    yes_no = choices("yes_no", language)
    columns = [
        ColumnLayout(18, "input"), ColumnLayout(16, "input", yes_no),
        ColumnLayout(16, "input", (*yes_no, say("message_rules", language))),
        ColumnLayout(16, "input"), ColumnLayout(16, "input"),
        *(ColumnLayout(16, "input", yes_no) for _ in range(3)),
    ]  # fmt: skip
    return _small("outcomes", language, headings, body, columns)


def _effects(outcome: Outcome, language: str) -> list[object]:
    """The cells beside the name of an outcome."""

    def yes_no(holds: bool) -> str:
        return word("yes_no", "yes" if holds else "no", language)

    messages = outcome.closes is Closes.MESSAGES
    attempts = {None: None, AS_SET: outcomes_sheet.MAX_ATTEMPTS}.get(outcome.attempts, outcome.attempts)
    return [
        yes_no(outcome.contacted),
        say("message_rules", language) if messages else yes_no(outcome.closes is Closes.ALL),
        say("agreed_day", language) if outcome.moves else outcome.quiet_days,
        attempts,
        *map(yes_no, (outcome.ends_all, outcome.data_fault, outcome.in_use)),
    ]


# Sheets that start empty.


def mapping(language: str) -> SmallSheet:
    """Where the store says which heading is which field."""
    name = say("mapping_sheet", language)
    rows = [[name], [say("mapping_note", language)], mapping_sheet.headings(language)]
    return SmallSheet(name, rows, mapping_sheet.layout(language))


def holidays(language: str) -> SmallSheet:
    """Where the store says on which days it is closed or open."""
    headings = [texts[language == "zh"] for texts in holidays_sheet.HEADINGS.values()]
    columns = [
        ColumnLayout(14, "input_date"),
        ColumnLayout(14, "input", choices("yes_no", language)),
        ColumnLayout(30, "input"),
    ]
    return _small("holidays", language, headings, [], columns)


def do_not_contact(language: str) -> SmallSheet:
    """Where the store says whom it leaves alone."""
    headings = [texts[language == "zh"] for texts in do_not_contact_sheet.HEADINGS.values()]
    kinds = tuple(say(f"silence_{kind}", language) for kind in KINDS.canonical_words)
    widths = {"reason": 34, "customer_name": 16, "vin": 20}
    columns = [
        ColumnLayout(
            widths.get(name, 14),
            "input_date" if name == "since" else "input",
            kinds if name == "kind" else (),
        )
        for name in do_not_contact_sheet.HEADINGS
    ]
    return _small("silence", language, headings, [], columns)


def staff_days(language: str) -> SmallSheet:
    """Where the store says who is off."""
    headings = [texts[language == "zh"] for texts in staff_days_sheet.DAYS_HEADINGS.values()]
    columns = [ColumnLayout(18, "input"), ColumnLayout(14, "input_date"), ColumnLayout(14, "input_date")]
    return _small("staff_days", language, headings, [], columns)


def capacity(language: str) -> SmallSheet:
    """Where the store says how many calls everybody makes."""
    headings = [texts[language == "zh"] for texts in staff_days_sheet.CAPACITY_HEADINGS.values()]
    return _small("capacity", language, headings, [], [ColumnLayout(20, "input"), ColumnLayout(14, "input")])


def mailing_list(language: str) -> SmallSheet:
    """The empty mailing list."""
    return SmallSheet(say("mailing_sheet", language), mailing_sheet.empty(language), mailing_sheet.layout(language))


def segments(language: str) -> SmallSheet:
    """The sheet of segments before the first run."""
    name = say("segments_sheet", language)
    return SmallSheet(name, segments_sheet.empty(language), segments_sheet.layout(language))


def class_changes(language: str) -> SmallSheet:
    """The empty log of class changes."""
    rows = class_changes_sheet.lay_out(ChangeLog(), [], None, language)
    return SmallSheet(say("changes_sheet", language), rows, class_changes_sheet.layout(language))


def month_plan(language: str) -> SmallSheet:
    """The empty month plan."""
    return SmallSheet(say("plan_sheet", language), plan_sheet.empty(language), plan_sheet.layout(language))


def services_due(language: str) -> SmallSheet:
    """The empty list of services due."""
    return SmallSheet(say("service_sheet", language), service_sheet.empty(language), service_sheet.layout(language))


def survey_results(language: str) -> SmallSheet:
    """The empty sheet of survey results."""
    return SmallSheet(say("survey_sheet", language), survey_sheet.empty(language), survey_sheet.layout(language))


def survey_questions(language: str) -> SmallSheet:
    """The questions of the follow-up calls."""
    name = say("templates_sheet", language)
    return SmallSheet(name, survey_templates.lay_out(language), survey_templates.layout(language))


def relationships(language: str) -> SmallSheet:
    """The empty list of relations."""
    name = say("relations_sheet", language)
    return SmallSheet(name, relations_sheet.empty(language), relations_sheet.layout(language))


def customer_view(language: str) -> SmallSheet:
    """The customer view before the first question."""
    name = say("customer_sheet", language)
    return SmallSheet(name, customer_sheet.empty(language), customer_sheet.layout(language))


def complaint_clocks(language: str) -> SmallSheet:
    """The empty list of open complaints."""
    name = say("complaints_sheet", language)
    return SmallSheet(name, complaint_sheet.empty(language), complaint_sheet.layout(language))


def yellow_cards(language: str) -> SmallSheet:
    """The plan of yellow cards before the first run."""
    name = say("yellow_sheet", language)
    return SmallSheet(name, yellow_card_sheet.empty(language), yellow_card_sheet.layout(language))


def hand_over_form(language: str) -> SmallSheet:
    """The form of a hand-over, not filled yet."""
    name = say("hand_over_sheet", language)
    return SmallSheet(name, hand_over_sheet.empty(language), hand_over_sheet.layout(language))


def daily_report(language: str) -> SmallSheet:
    """The empty daily report."""
    name = say("report_sheet", language)
    return SmallSheet(name, daily_report_sheet.empty(language), daily_report_sheet.layout(language))


def key_figures(language: str) -> SmallSheet:
    """The key figures before they are counted."""
    return SmallSheet(say("kpi_sheet", language), kpi_sheet.empty(language), kpi_sheet.layout(language))


def kpi_report(language: str) -> SmallSheet:
    """The report of key figures before one was chosen."""
    name = say("kpi_report_sheet", language)
    return SmallSheet(name, kpi_report_sheet.empty(language), kpi_report_sheet.layout(language))


def todays_calls(language: str) -> SmallSheet:
    """The empty call list."""
    rows = [
        [say("calls_sheet", language)],
        [say("calls_empty", language)],
        _headed([column.name for column in call_sheet.COLUMNS], language),
    ]
    return SmallSheet(say("calls_sheet", language), rows, call_sheet.layout(REFERENCE, language))


def data_checks(language: str) -> SmallSheet:
    """The empty list of findings."""
    name = say("checks_sheet", language)
    rows = [[name], [say("checks_empty", language)], _headed(tuple(check_sheet.WIDTHS), language)]
    return SmallSheet(name, rows, check_sheet.layout(language))


def journal(language: str) -> SmallSheet:
    """The empty journal."""
    name = say("journal_sheet", language)
    return SmallSheet(name, journal_sheet.lay_out([], None, language), journal_sheet.layout(language))
