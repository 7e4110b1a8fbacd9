"""The sheet Mailing List: messages to many customers, a row each, ready for mail merge (DOM 0.3, 3.5, 6.8, 6.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.domain.campaigns import Campaign
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Texts
from xl_retention.sheets.small_tables import as_text, cell_at, heading_row, is_blank
from xl_retention.sheets.wording import both, points_text, rule_name, say, word

FILTER_ROW, FILTER_PLACE = 3, 3
"""Where the name of a saved filter is typed: the row from 1, the column from 0."""
HEADING_ROW = 4

COLUMNS: dict[str, tuple[float, Look]] = {
    "salutation": (18, "text"), "customer_name": (16, "wrapped"), "message_rule": (20, "wrapped"),
    "purpose": (40, "wrapped"), "due": (11, "date"), "channel": (9, "text"), "phone": (13, "text"),
    "email": (20, "text"), "wechat": (14, "text"), "address": (24, "wrapped"), "plate": (10, "text"),
    "vin": (19, "text"), "customer_id": (12, "text"), "rule_code": (12, "text"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
_NEEDED = ("salutation", "purpose", "rule_code", "customer_id")

MALE, FEMALE = "男", "女"
SEX_DIGIT = 16
"""Place (from 0) in an identity number of the digit that is odd for men (DOM 2.3, id_number)."""


@dataclass(frozen=True)
class MailRow:
    """
    One message.

    Args:
        party: Place of the customer.
        car: Place of the car, NO_CAR for none.
        topic: Name of the campaign; "" where the rule says it all.
    """

    party: int
    car: int
    rule: str
    due: dt.date
    channel: str
    topic: str = ""


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "note"),
        looks={(FILTER_ROW - 1, FILTER_PLACE): "input"},
        frozen_columns=2,
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a mailing list of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_mailing_list(cells)


def is_mailing_list(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a mailing list, filled or not."""
    return heading_row(cells, HEADINGS, _NEEDED) is not None


def headings(language: str) -> list[str]:
    """The headings, as the sheet and a mail merge know them."""
    return [say(name, language) for name in COLUMNS]


def lay_out(
    situation: Situation,
    body: Sequence[Sequence[object]],
    campaigns: Iterable[Campaign],
    saved_filter: str,
    language: str,
) -> list[Sequence[object]]:
    """The cells of the sheet: title, counts, the saved filter, headings and the rows of `body`."""
    note = say("mailing_counts", language, count=len(body))
    for campaign in campaigns:
        note += say("mailing_campaign", language, name=campaign.name, **vars(campaign.turnout))
    title = say("mailing_title", language, day=situation.date.isoformat())
    return [[title], [note], _filter_row(saved_filter, language), headings(language), *body]


def empty(language: str) -> list[Sequence[object]]:
    """The sheet before the first list."""
    title, note = say("mailing_sheet", language), say("mailing_note", language)
    return [[title], [note], _filter_row("", language), headings(language)]


def _filter_row(saved_filter: str, language: str) -> list[object]:
    return [say("mailing_filter", language), *[None] * (FILTER_PLACE - 1), saved_filter or None]


def filter_in(cells: Sequence[Sequence[object]]) -> str:
    """The name of the saved filter typed above the headings; "" for none."""
    asked = as_text(cell_at(cells, FILTER_ROW)) in both("mailing_filter")  # lists of older versions have no such row
    return as_text(cell_at(cells, FILTER_ROW, FILTER_PLACE)) if asked and is_mailing_list(cells) else ""


def body(situation: Situation, rows: Sequence[MailRow], language: str) -> list[list[object]]:
    """The cells of each message, in the order of `COLUMNS`."""
    customers, identities = situation.store.customers, situation.identities
    names, greeted = identities.names, salutations(situation, language)
    titles = {code: rule_name(rule, language) for code, rule in situation.rules.items()}
    points = {code: points_text(code, language) for code in situation.rules}
    channels = {row.channel: word("channel", row.channel, language) for row in rows}
    contact = [
        [_if_agreed(situation, customers.texts(name)) for name in ("email", "wechat_id")],
        [customers.texts("address")],
    ]
    email, wechat, address = (column for columns in contact for column in columns)
    return [
        [
            greeted[row.party],
            names[row.party],
            f"{row.topic} ({titles[row.rule]})" if row.topic else titles[row.rule],
            points[row.rule],
            row.due,
            channels[row.channel],
            identities.mobiles[row.party],
            email[row.party],
            wechat[row.party],
            address[row.party],
            identities.plates[row.car] if row.car != NO_CAR else "",
            identities.car_ids[row.car] if row.car != NO_CAR else "",
            identities.ids[row.party],
            row.rule,
        ]
        for row in rows
    ]


def _if_agreed(situation: Situation, texts: Texts) -> Texts:
    """Addresses for e-mail and WeChat of customers who agreed to marketing; a letter may be sent to anybody."""
    agreed: Flags = situation.store.customers.flags("consent_marketing")
    return np.where(agreed, texts, "").astype(object)


def salutations(situation: Situation, language: str) -> list[str]:
    """How each customer is addressed; whose sex is unknown, and a company's contact, by the bare name."""
    return list(_salutations(situation, language))


def _salutations(situation: Situation, language: str) -> Iterator[str]:
    customers = situation.store.customers
    columns = ("customer_name", "gender", "id_number", "customer_type", "contact_person")
    for name, gender, number, kind, person in zip(*(customers.texts(column) for column in columns), strict=True):
        if kind == "单位":
            yield person or name
        else:
            sex = gender or _sex_by_number(number)
            key = {MALE: "male", FEMALE: "female"}.get(sex)
            yield say(key, language, name=name) if key and name else name


def _sex_by_number(number: str) -> str:
    digit = number[SEX_DIGIT : SEX_DIGIT + 1]
    return (FEMALE, MALE)[int(digit) % 2] if len(number) == SEX_DIGIT + 2 and digit.isdecimal() else ""
