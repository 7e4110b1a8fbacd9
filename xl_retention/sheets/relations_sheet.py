"""The sheet Relationships: referrals, WeChat, clubs and key accounts, what is due of each (DOM 2.11, 2.12, 6.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.classes.grade_policy import terms_of
from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.relations import Account, Club, Due, Referral, Unbound, accounts, clubs, referrals, unbound
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import Worklist
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import both, rule_name, say, word

HEADING_ROW = 3
MOST_NAMES = 12
"""So many names of a club are told; the others are counted."""
ACCOUNT_SCHEMES = ("account_grade", "stage", "key_account")
COLUMNS: dict[str, tuple[float, Look]] = {
    "part": (15, "text"), "customer": (18, "wrapped"), "phone": (13, "text"), "what": (34, "wrapped"),
    "details": (56, "wrapped"), "by_person": (15, "wrapped"), "date": (12, "date"), "deadline": (12, "date"),
    "state": (18, "wrapped"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}

Line = dict[str, object]
"""The cells of a row by column."""


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    state = f"${letters(list(COLUMNS).index('state'))}{HEADING_ROW + 1}"
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(RowColour(f'{state}="{say("state_overdue", language)}"', "bad"),),
        tab_colour="C55A11",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def empty(language: str) -> list[list[object]]:
    """The sheet before the first run."""
    return [[say("relations_sheet", language)], [say("relations_empty", language)], _headings(language)]


def _headings(language: str) -> list[object]:
    return [say(name, language) for name in COLUMNS]


def lines(situation: Situation, calls: Worklist, language: str) -> list[Line]:
    """All rows: key accounts, referrals, WeChat, clubs."""
    return [
        *(_account(situation, each, language) for each in accounts(situation, calls)),
        *(_referral(situation, each, language) for each in referrals(situation, calls)),
        *(_unbound(situation, each, language) for each in unbound(situation)),
        *(_club(situation, each, language) for each in clubs(situation)),
    ]


def lay_out(situation: Situation, rows: Sequence[Line], language: str) -> list[list[object]]:
    """The cells of the sheet."""
    return [
        [say("relations_title", language, day=situation.date.isoformat())],
        [say("relations_note", language, count=len(rows))],
        _headings(language),
        *([row.get(name) for name in COLUMNS] for row in rows),
    ]


def _account(situation: Situation, account: Account, language: str) -> Line:
    identities, party = situation.identities, account.party
    table = situation.store["key_account"]
    contacts = "、".join(account.contacts) if language == "zh" else ", ".join(account.contacts)
    told = [say("known_to", language, names=contacts or say("nobody_named", language))]
    if account.too_few_contacts:
        told.append(say("second_contact_wanted", language))
    told += [rule_name(situation.rules[due.rule], language) for due in account.due]
    told += _terms(situation, account, language)
    return {
        "part": say("part_account", language),
        "customer": identities.names[party] or identities.ids[party],
        "phone": identities.mobiles[party],
        "what": "\n".join(_labels(situation, account, language)),
        "details": "\n".join(told),
        "by_person": table.texts("owner")[account.place],
        "date": _day(account.last_contact),
        **_due(account.due[0] if account.due else None, language),
    }


def _terms(situation: Situation, account: Account, language: str) -> Iterator[str]:
    """What the account's grade is worth (DOM 4.9)."""
    grade = str(BY_KEY["account_grade"].of(situation).labels[account.place])
    if terms := terms_of(grade, situation.parameters):
        place = 1 if language == "zh" else 0
        yield say(
            "terms_of_grade", language, grade=grade, price=terms.price[place], payment=terms.payment[place],
            lead_time=terms.lead_time[place], priority=terms.priority[place],
        )  # fmt: skip


def _labels(situation: Situation, account: Account, language: str) -> Iterator[str]:
    for key in ACCOUNT_SCHEMES:
        scheme = BY_KEY[key]
        yield f"{scheme.heading(language)}: {scheme.name(scheme.of(situation).labels[account.place], language)}"


def _referral(situation: Situation, referral: Referral, language: str) -> Line:
    table, identities, at = situation.store["referral"], situation.identities, referral.place
    known = referral.party != NOBODY
    deal = _day(table.days("deal_date")[at])
    told = (table.texts("model")[at], table.texts("result")[at], say("deal_of", language, day=deal) if deal else "")
    customers = situation.store.customers
    line: Line = {
        "part": say("part_referral", language),
        "customer": identities.names[referral.party] if known else table.texts("referrer_id")[at],
        "phone": identities.mobiles[referral.party] if known else None,
        "what": " ".join(filter(None, (table.texts("friend_name")[at], table.texts("friend_mobile")[at]))),
        "details": "\n".join(filter(None, told)),
        "by_person": customers.texts("sales_advisor")[referral.party] if known else None,
        "date": _day(table.days("date")[at]),
        **_due(referral.due, language),
    }
    if referral.thanked:
        line["state"] = say("state_thanked", language)
    return line


def _unbound(situation: Situation, each: Unbound, language: str) -> Line:
    identities, customers = situation.identities, situation.store.customers
    return {
        "part": say("part_wechat", language),
        "customer": identities.names[each.party] or identities.ids[each.party],
        "phone": identities.mobiles[each.party],
        "what": say(f"occasion_{each.occasion}", language),
        "details": say("ask_to_bind", language),
        "by_person": customers.texts("service_advisor_owner")[each.party]
        or customers.texts("sales_advisor")[each.party],
        "date": _day(each.day),
        "state": say("state_open", language),
    }


def _club(situation: Situation, club: Club, language: str) -> Line:
    told = [say("club_members", language, count=len(club.members))]
    for team, captains in club.teams:
        if team:
            told.append(say("club_team", language, team=team, captain=_names(situation, captains, language)))
    if club.others:
        told.append(say("club_others", language, names=_names(situation, club.others, language)))
    wanted = [say("captain_wanted", language)] if club.without_captain else []
    wanted += [say("to_invite", language)] if club.others else []
    return {
        "part": say("part_club", language),
        "what": word("interest", club.interest, language),
        "details": "\n".join(told),
        "state": "\n".join(wanted),
    }


def _names(situation: Situation, parties: Sequence[int], language: str) -> str:
    identities = situation.identities
    names = [identities.names[party] or identities.ids[party] for party in parties[:MOST_NAMES]]
    if more := len(parties) - len(names):
        names.append(say("and_more", language, count=more))
    return ("、" if language == "zh" else ", ").join(names) or say("nobody_named", language)


def _due(due: Due | None, language: str) -> Line:
    if due is None:
        return {}
    state = "state_overdue" if due.overdue else "state_open"
    return {"deadline": _day(due.deadline), "state": say(state, language)}


def _day(day: np.datetime64) -> dt.date | None:
    return None if np.isnat(day) else day.astype("datetime64[D]").item()
