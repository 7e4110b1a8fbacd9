"""Show a customer: the button and the command `customer`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.books.book import Book
from xl_retention.domain.classes.schemes import OF_EACH_CUSTOMER
from xl_retention.domain.customer_story import Story, parties_found, story_of
from xl_retention.domain.dates import iso
from xl_retention.domain.identity import NO_CAR, PartyKind
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, Table
from xl_retention.errors import WrongRequest
from xl_retention.sheets import customer_sheet
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.wording import say


@dataclass(frozen=True)
class CustomerView:
    """
    What the action found.

    Args:
        text: What was looked for.
        parties: Who fits.
        story: All about the one who fits; None for nobody or several.
        cells: As the sheet shows it.
        sheet: Name of the sheet with the view in this workbook.
    """

    situation: Situation
    text: str
    parties: Places
    story: Story | None
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    def as_json(self) -> dict[str, object]:
        """Who fits, and all about the customer if it is one; fields go by their names in DOM 2."""
        identities = self.situation.identities
        found = [
            {
                "customer_id": identities.ids[party],
                "customer_name": identities.names[party],
                "mobile": identities.mobiles[party],
                "kind": customer_sheet.TABLES[identities.kind(party)],
            }
            for party in self.parties.tolist()
        ]
        return {"find": self.text, "matches": found, **(self._story(self.story) if self.story else {"customer": None})}

    def _story(self, story: Story) -> dict[str, object]:
        situation, store = self.situation, self.situation.store
        items, identities = story.due, situation.identities
        keys = items.keys(identities.ids, identities.car_ids)
        due = [
            {
                "rule": str(items.rule[place]),
                "vin": identities.car_ids[car] if (car := int(items.car[place])) != NO_CAR else "",
                "role": str(items.role[place]),
                "state": state.value,
                "open_date": str(items.open[place]),
                "due_date": str(items.due[place]),
                "deadline": str(items.deadline[place]),
                "due_key": keys[place],
            }
            for place, state in enumerate(story.states)
        ]
        classes = {
            scheme.key: list(label) if scheme.several else label
            for scheme in (OF_EACH_CUSTOMER if story.kind is PartyKind.CUSTOMER else ())
            if (label := scheme.of(situation).labels[story.row])
        }
        return {
            "customer": _fields(store[customer_sheet.TABLES[story.kind]], story.row),
            "cars": [_fields(store.vehicles, car) for car in story.cars.tolist()],
            "due": due,
            "classes": classes,
            **{
                name: [_fields(store[table], place) for place in story.rows[table].tolist()]
                for name, table in _LISTS.items()
            },
        }


_LISTS = {
    "complaints": "complaint", "contacts": "contact_log", "visits": "service_visit", "bookings": "booking",
    "referrals": "referral", "invitations": "invitation",
}  # fmt: skip


def _fields(table: Table, place: int) -> dict[str, object]:
    return {name: _plain(value) for name, value in customer_sheet.filled(table, place)}


def _plain(value: object) -> object:
    return iso(value) if isinstance(value, dt.date) else value


def show_customer(
    book: Book,
    as_of: dt.date,
    find: str | None = None,
    *,
    write: bool = True,
    prepare: bool = False,
    progress: Progress,
) -> CustomerView:
    """
    Finds a customer by plate, phone, VIN, number or name and shows all about them on the sheet Customer View.

    Args:
        find: What to look for; None for what is typed into the sheet's yellow cell.
        write: False leaves the book as it is.
        prepare: Where there is no such sheet yet, it is made to type into.

    Raises:
        WrongRequest: There is nothing to look for.
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book)
    language = store.language
    name = own_sheet(book, "customer_sheet", language, customer_sheet.is_ours)
    text = find.strip() if find is not None else _typed(book, name)
    prepare = prepare and not text and name not in book.sheet_names()
    if not (text or prepare):
        raise WrongRequest(say("customer_which", language))
    progress("computing")
    situation = Situation(store, as_of)
    parties = parties_found(situation, customer_sheet.asked(text))
    story = story_of(situation, int(parties[0])) if len(parties) == 1 else None
    if story:
        cells = customer_sheet.lay_out(situation, text, story, language)
    elif prepare:
        cells = customer_sheet.empty(language)
    else:
        cells = customer_sheet.lay_out_found(situation, text, parties, language)
    if write:
        progress("writing")
        book.write(name, cells, customer_sheet.layout(language))
    return CustomerView(
        situation,
        text,
        parties,
        story,
        [list(row) for row in cells],
        all_problems(store, situation),
        language,
        name,
    )


def _typed(book: Book, sheet: str) -> str:
    return customer_sheet.typed_text(book.head(sheet).rows()) if sheet in book.sheet_names() else ""
