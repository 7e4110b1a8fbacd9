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
from xl_retention.domain.parameters import PARAMETERS, Value
from xl_retention.domain.words import WORDS as WORD_TABLES
from xl_retention.sheets import call_sheet, check_sheet, holidays_sheet, journal_sheet, rules_sheet, settings_sheet
from xl_retention.sheets import mapping as mapping_sheet
from xl_retention.sheets.call_sheet import choices, word
from xl_retention.sheets.parameter_words import meaning, unit
from xl_retention.sheets.wording import say

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
    columns = [ColumnLayout(26), ColumnLayout(24, "input"), ColumnLayout(26), ColumnLayout(80, "wrapped")]
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

_OUTCOMES: dict[str, tuple[str, str, object, object, str, str]] = {
    # By result: contacted, closes, days until back, attempts, ends all, data fault (DOM 0.3, 2.7, 3.8).
    "接通": ("yes", "yes", 0, None, "no", "no"),
    "未接": ("no", "no", 0, 3, "no", "no"),
    "关机": ("no", "no", 0, 3, "no", "no"),
    "空号": ("no", "no", 0, 3, "no", "yes"),
    "拒访": ("yes", "yes", 0, None, "no", "no"),
    "改约": ("no", "no", "agreed_day", None, "no", "no"),
    "已发送": ("no", "message_rules", 0, None, "no", "no"),
}
_OUTCOME_HEADINGS = (
    "outcome", "counts_as_contacted", "closes_rule", "days_until_back", "attempts_allowed", "ends_all_contact",
    "data_fault",
)  # fmt: skip


def outcomes(language: str) -> SmallSheet:
    """Every result of a call and what it does."""

    def shown(value: object) -> object:
        if value in ("yes", "no"):
            return word("yes_no", str(value), language)
        return say(value, language) if isinstance(value, str) else value

    body = [
        [word("result", result, language), *map(shown, _OUTCOMES[result])]
        for result in WORD_TABLES["result"].canonical_words
    ]
    columns = [ColumnLayout(18), *(ColumnLayout(16, "wrapped") for _ in _OUTCOME_HEADINGS[1:])]
    return _small("outcomes", language, _headed(_OUTCOME_HEADINGS, language), body, columns)


# Sheets that start empty.


def mapping(language: str) -> SmallSheet:
    """Where the store says which heading is which field."""
    headings = [texts[language == "zh"] for texts in mapping_sheet.HEADINGS.values()]
    return _small("mapping", language, headings, [], [ColumnLayout(22, "input") for _ in headings])


def holidays(language: str) -> SmallSheet:
    """Where the store says on which days it is closed or open."""
    headings = [texts[language == "zh"] for texts in holidays_sheet.HEADINGS.values()]
    columns = [
        ColumnLayout(14, "input_date"),
        ColumnLayout(14, "input", choices("yes_no", language)),
        ColumnLayout(30, "input"),
    ]
    return _small("holidays", language, headings, [], columns)


_MAILING = {"customer_id": 14, "customer_name": 18, "vin": 21, "message_rule": 30, "due": 12, "channel": 12}


def mailing_list(language: str) -> SmallSheet:
    """The empty mailing list."""
    columns = [ColumnLayout(width, "date" if name == "due" else "text") for name, width in _MAILING.items()]
    return _small("mailing", language, _headed(tuple(_MAILING), language), [], columns)


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
