"""Make the mailing list: the button and the command `mailing-list` (DOM 0.3, 3.5, 6.8, 6.9)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from xl_retention.actions import generate_calls, refresh_classes
from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet, rows_there
from xl_retention.books.book import Book
from xl_retention.books.replacing import refuse_if_not_writable
from xl_retention.domain.cadence import Listing
from xl_retention.domain.campaigns import Campaign, Filters, campaign_problems, campaigns, invitees
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.mailing import mailing_list
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags
from xl_retention.errors import WrongRequest
from xl_retention.sheets import mailing_sheet
from xl_retention.sheets.classes.segments_sheet import SavedFilter, members
from xl_retention.sheets.mailing_sheet import MailRow
from xl_retention.sheets.reading.reader import read_store

_ADDRESSES = (
    "gender", "id_number", "customer_type", "contact_person", "email", "wechat_id", "address",
)  # fmt: skip
NEEDED = {
    name: {*generate_calls.NEEDED.get(name, ()), *refresh_classes.NEEDED.get(name, ())}
    for name in {*generate_calls.NEEDED, *refresh_classes.NEEDED}
} | {name: ENTITIES[name].field_names for name in ("campaign", "invitation")}
"""By table the fields that messages, targets of campaigns and salutations depend on."""
NEEDED["customer"] = {*NEEDED["customer"], *_ADDRESSES}

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by a spreadsheet that opens a CSV file."""


@dataclass(frozen=True)
class MailingList:
    """
    What the action found.

    Args:
        rows: The messages, in the order of the rules, then of the customers.
        campaigns: Those of the store that have a first day.
        language: Of the words written.
        sheet: Name of the sheet with the list in this workbook, "" after a dry run.
    """

    situation: Situation
    rows: tuple[MailRow, ...]
    campaigns: tuple[Campaign, ...]
    problems: tuple[Problem, ...]
    language: str
    sheet: str = ""

    @cached_property
    def body(self) -> list[list[object]]:
        """The cells of each message, in the order of the headings."""
        return mailing_sheet.body(self.situation, self.rows, self.language)

    def as_json(self) -> dict[str, object]:
        """The messages by field, and what became of each campaign's invitations."""
        names = tuple(mailing_sheet.COLUMNS)
        fields = {
            "customer_id": "customer_id", "customer_name": "customer_name", "salutation": "salutation", "vin": "vin",
            "plate_no": "plate", "mobile": "phone", "email": "email", "wechat_id": "wechat", "address": "address",
        }  # fmt: skip
        rows = []
        for row, cells in zip(self.rows, self.body, strict=True):
            shown = dict(zip(names, cells, strict=True))
            rows.append(
                {field: shown[name] for field, name in fields.items()}
                | {"rule": row.rule, "due_date": row.due.isoformat(), "channel": row.channel, "campaign": row.topic}
            )
        told = [
            {"campaign_id": each.campaign_id, "name": each.name, "rule": each.rule.code, **asdict(each.turnout)}
            for each in self.campaigns
        ]
        return {"rows": rows, "campaigns": told}


def make_mailing_list(
    book: Book,
    as_of: dt.date,
    *,
    rule: str | None = None,
    saved_filter: str | None = None,
    write: bool = True,
    progress: Progress,
) -> MailingList:
    """
    Lists the messages of a day and shows them on the sheet Mailing List.

    Args:
        rule: Only the messages of this rule.
        saved_filter: Only to the customers in this filter of the sheet Segments; None for the one typed on the sheet
            Mailing List, "" for none.
        write: False leaves the book as it is.

    Raises:
        WrongRequest: No rule of this code sends messages, or there is no such filter.
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book, NEEDED)
    language = store.language
    progress("computing")
    situation = Situation(store, as_of)
    if rule is not None and (rule not in situation.rules or situation.rules[rule].listing is not Listing.MAIL):
        codes = ", ".join(each.code for each in situation.rules.values() if each.listing is Listing.MAIL)
        raise WrongRequest(f"'{rule}' is no rule of the mailing list; those are {codes}.")
    known = tuple(campaigns(situation))
    saved = refresh_classes.saved_filters(book)
    filters = {each.name: flags for each in saved if (flags := _understood(each, situation)) is not None}
    name = own_sheet(book, "mailing_sheet", language, mailing_sheet.is_ours)
    if saved_filter is None:
        saved_filter = mailing_sheet.filter_in(rows_there(book, name))
    wanted = refresh_classes.filter_flags(saved, situation, saved_filter) if saved_filter.strip() else None
    rows = tuple(
        row
        for row in _messages(situation, known, filters)
        if rule in (None, row.rule) and (wanted is None or wanted[row.party])
    )
    problems = (*all_problems(store, situation), *campaign_problems(situation, filters))
    made = MailingList(situation, rows, known, problems, language)
    if not write:
        return made
    progress("writing")
    cells = mailing_sheet.lay_out(situation, made.body, known, saved_filter, language)
    book.write(name, cells, mailing_sheet.layout(language))
    return MailingList(situation, rows, known, made.problems, language, name)


def _understood(saved: SavedFilter, situation: Situation) -> Flags | None:
    """Whom a saved filter holds; None for one that is not understood, which the sheet Segments says."""
    try:
        return members(saved.labels, situation)
    except ValueError:
        return None


def _messages(situation: Situation, known: Sequence[Campaign], filters: Filters) -> list[MailRow]:
    identities = situation.identities
    cars = {vin: car for car, vin in reversed(list(enumerate(identities.car_ids.tolist())))}
    rows = [
        MailRow(
            identities.party_places[message.customer_id],
            cars.get(message.vin, NO_CAR) if message.vin else NO_CAR,
            message.rule,
            message.due_date,
            message.channel,
        )
        for message in mailing_list(situation)
    ]
    for campaign in known:
        if campaign.listed:
            rows += [
                MailRow(party, NO_CAR, campaign.rule.code, campaign.due, campaign.rule.channel, campaign.name)
                for party in invitees(situation, campaign, filters).tolist()
            ]
    return rows


def write_csv(path: Path, made: MailingList) -> None:
    """
    Writes the list for a mail merge: UTF-8 with its mark, headings in the language of the workbook, ISO days.

    A text that a spreadsheet would take for a formula gets an apostrophe in front. The file is replaced at once.

    Raises:
        WrongRequest: The name is that of a workbook.
        BookRefused: Nothing can be written there.
    """
    refuse_if_not_writable(path)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        raise WrongRequest(f"{path.name} would be a workbook; choose a name ending in .csv.")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(mailing_sheet.headings(made.language))
    writer.writerows([[_guarded(cell) for cell in row] for row in made.body])
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(text.getvalue().encode("utf-8-sig"))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _guarded(cell: object) -> str:
    text = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
