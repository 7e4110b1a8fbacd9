"""Update cards: the button and the command `cards` (DOM 2.9, 4.10, 6.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet, rows_there, write_checks
from xl_retention.books.book import Book
from xl_retention.books.grid import CellKind
from xl_retention.domain.cards import (
    Conversion,
    YellowCard,
    card_numbers,
    card_problems,
    contact_problems,
    conversions,
    grade_to_enter,
    yellow_cards,
)
from xl_retention.domain.dates import Period
from xl_retention.domain.numbering import Numbers
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Store, Table
from xl_retention.sheets import yellow_card_sheet
from xl_retention.sheets.added_columns import add_columns
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.staff_rows import RowPlace, StaffRows
from xl_retention.sheets.typed_cells import TypedCells

ASKED = {
    **NEEDED,
    "prospect": (*NEEDED["prospect"], "source_channel", "industry", "lost_reason", "lost_model", "cancel_reason",
                 "delivered_customer_id"),
    "key_account": (*NEEDED["key_account"], "contacts", "second_contact"),
    "base_card": ("card_no", "customer_id"),
}  # fmt: skip
SOLD_HERE = "自销"
CARRIED_OVER = ("industry", "source_channel", "sales_advisor")
"""Fields of the prospect that the customer keeps, where the customer sheet has a column for them."""
SPARE = ("customer_id", "base_scope", "created_date", *CARRIED_OVER)


@dataclass(frozen=True)
class UpdatedCards:
    """
    What the action did or, in a dry run, would do.

    Args:
        situation: The store as it was before.
        entered: By place in the prospect table what its row got, by field.
        new_customers: Places of the prospects that got a row of their own among the customers.
        cards: The yellow cards of the month.
        numbers: Number of the card by customer.
        sheet: Name of the sheet with the plans.
    """

    situation: Situation
    entered: Mapping[int, Mapping[str, str]]
    new_customers: tuple[int, ...]
    month: Period
    cards: tuple[YellowCard, ...]
    numbers: Mapping[int, str]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    def as_json(self) -> dict[str, object]:
        """Everything but the findings."""
        table, identities = self.situation.store["prospect"], self.situation.identities
        return {
            "entered": [
                {"name": table.texts("name")[place], "row": int(table.row[place]), **fields}
                for place, fields in self.entered.items()
            ],
            "new_customers": [self.entered[place]["delivered_customer_id"] for place in self.new_customers],
            "month": self.month.label,
            "yellow_cards": [
                {
                    "customer_id": identities.ids[card.party],
                    "card_no": self.numbers.get(card.party, ""),
                    "delivered": card.delivered.isoformat(),
                    "plan": [
                        {"rule": str(rule), "due_date": str(due), "due_key": key}
                        for rule, due, key in zip(
                            card.plan.rule, card.plan.due, card.plan.keys(identities.ids, identities.car_ids),
                            strict=True,
                        )
                    ],
                }
                for card in self.cards
            ],
        }  # fmt: skip


def update_cards(
    book: Book, as_of: dt.date, month: Period | None = None, *, write: bool = True, progress: Progress
) -> UpdatedCards:
    """
    Gives cards their numbers and grades, makes customers of delivered prospects, plans the yellow cards.

    Nothing that stands in a cell is changed: only blank ones are filled, and rows added. Done once more, nothing
    is written any more. A store that keeps C-cards on a sheet of its own gets a row there per delivered
    customer, filed under the month of delivery.

    Args:
        month: Whose deliveries are planned; None for the month typed on the sheet, else that of *as_of*.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or a sheet of the staff's cannot take rows.
    """
    progress("reading")
    store = read_store(book, ASKED)
    language = store.language
    name = own_sheet(book, "yellow_sheet", language, yellow_card_sheet.is_ours)
    before = rows_there(book, name)
    progress("computing")
    situation = Situation(store, as_of)
    rows = StaffRows(book, language)
    entered = _numbers_and_grades(book, rows, situation)
    found = conversions(situation)
    new_customers = _customers(rows, situation, found, entered)
    month = month or yellow_card_sheet.month_in(before) or Period.containing(as_of, "month")
    cards = tuple(yellow_cards(situation, month))
    after = Situation(_with_entered(store, situation, entered), as_of)
    numbers = _card_numbers_of(after)
    problems = (*_left(all_problems(store, situation), situation, entered), *card_problems(after),
                *contact_problems(situation))  # fmt: skip
    if write:
        progress("writing")
        _write(book, rows, situation, entered, new_customers)
        _file_cards(book, after, cards, numbers)
        typed = TypedCells.of(before, yellow_card_sheet.HEADINGS, yellow_card_sheet.INPUTS)
        cells = yellow_card_sheet.lay_out(situation, cards, numbers, month, typed, language)
        book.write(name, cells, yellow_card_sheet.layout(language))
        write_checks(book, problems, as_of, language)
    return UpdatedCards(
        situation, entered, tuple(new_customers), month, cards, numbers, problems, language, name
    )


def _numbers_and_grades(book: Book, rows: StaffRows, situation: Situation) -> dict[int, dict[str, str]]:
    """What blank cells of the cards are filled with, by place."""
    table = situation.store["prospect"]
    blank = {name: _blank_cells(book, rows, table, name) for name in ("prospect_no", "grade")}
    taken = situation.as_read["prospect"].texts("prospect_no").tolist()
    days = table.days("created_date")
    entered: dict[int, dict[str, str]] = {}
    numbers: dict[dt.date, Numbers] = {}
    for place in np.flatnonzero(blank["prospect_no"] & ~np.isnat(days) & (table.texts("mobile") != "")).tolist():
        day = days[place].item()
        numbers.setdefault(day, card_numbers(taken, day))
        entered.setdefault(place, {})["prospect_no"] = numbers[day].next()
    for place in np.flatnonzero(blank["grade"]).tolist():
        if grade := grade_to_enter(situation, place):
            entered.setdefault(place, {})["grade"] = grade
    return entered


def _blank_cells(book: Book, rows: StaffRows, table: Table, name: str) -> Flags:
    """Where a column of the sheet is there and its cell holds nothing."""
    blank = np.zeros(len(table), np.bool_)
    for sheet in dict.fromkeys(table.sheet.tolist()):
        column = rows.column("prospect", sheet, name)
        if column is not None:
            grid = book.grid(sheet, {column})
            kinds = grid.columns[column].kind if column < grid.width else np.zeros(0, np.uint8)
            for place in np.flatnonzero(table.sheet == sheet).tolist():
                row = int(table.row[place]) - 1
                blank[place] = row >= len(kinds) or kinds[row] == CellKind.BLANK
    return blank


def _customers(
    rows: StaffRows, situation: Situation, found: Sequence[Conversion], entered: dict[int, dict[str, str]]
) -> list[int]:
    """The customer of each delivered card; two cards of one name and phone are one customer (DOM 6.5)."""
    table, customers = situation.store["prospect"], situation.store.customers
    numbers = Numbers(customers.texts("customer_id"), situation.date, "C", width=4)
    numbered = rows.has_column("customer", "customer_id")
    made: dict[tuple[str, str], str] = {}
    new = []
    for each in found:
        name, mobile = table.texts("name")[each.place], table.texts("mobile")[each.place]
        if each.party is not None:
            number = str(customers.texts("customer_id")[each.party])
        elif (name, mobile) in made:
            number = made[name, mobile]
        else:
            number = made[name, mobile] = numbers.next() if numbered else mobile
            new.append(each.place)
        entered.setdefault(each.place, {})["delivered_customer_id"] = number
    return new


def _with_entered(store: Store, situation: Situation, entered: Mapping[int, Mapping[str, str]]) -> Store:
    """The store after what is entered into the cards."""
    table = situation.store["prospect"]
    columns = {name: table.texts(name).copy() for name in ("prospect_no", "grade", "delivered_customer_id")}
    for place, fields in entered.items():
        for name, value in fields.items():
            columns[name][place] = value
    return replace(store, tables={**store.tables, "prospect": table.with_columns(columns)} if entered else store.tables)


def _left(
    problems: Iterable[Problem], situation: Situation, entered: Mapping[int, Mapping[str, str]]
) -> Iterator[Problem]:
    """The findings but those about numbers that are entered now."""
    table = situation.store["prospect"]
    numbered = {
        (str(table.sheet[place]), int(table.row[place])) for place, fields in entered.items() if "prospect_no" in fields
    }
    for problem in problems:
        row = "".join(filter(str.isdigit, problem.cell))
        if not (problem.code == "number_missing" and row and (problem.sheet, int(row)) in numbered):
            yield problem


def _card_numbers_of(situation: Situation) -> dict[int, str]:
    """Number of each customer's card: of the C-card on file, else of the prospect's card that became it."""
    store, places = situation.store, situation.identities.party_places
    prospects, cards = store["prospect"], store["base_card"]
    pairs = [
        *zip(prospects.texts("delivered_customer_id").tolist(), prospects.texts("prospect_no").tolist(), strict=True),
        *zip(cards.texts("customer_id").tolist(), cards.texts("card_no").tolist(), strict=True),
    ]
    return {places[customer]: number for customer, number in pairs if customer in places}


def _write(
    book: Book,
    rows: StaffRows,
    situation: Situation,
    entered: Mapping[int, Mapping[str, str]],
    new_customers: Sequence[int],
) -> None:
    table, language = situation.store["prospect"], situation.store.language
    converted = {str(table.sheet[place]) for place, fields in entered.items() if "delivered_customer_id" in fields}
    add_columns(book, "prospect", ("delivered_customer_id",), converted, language)
    rows = StaffRows(book, language)
    for place, fields in entered.items():
        rows.change("prospect", RowPlace(str(table.sheet[place]), int(table.row[place])), fields)
    for place in new_customers:
        rows.add(
            "customer",
            {
                "customer_id": entered[place]["delivered_customer_id"],
                "customer_name": table.texts("name")[place],
                "mobile": table.texts("mobile")[place],
                "base_scope": SOLD_HERE,
                "created_date": situation.date,
                **{name: table.texts(name)[place] for name in CARRIED_OVER},
            },
            SPARE,
        )
    rows.write()


def _file_cards(
    book: Book, situation: Situation, cards: Sequence[YellowCard], numbers: dict[int, str]
) -> None:
    """A row on the store's own sheet of C-cards, if it has one, for each customer who has none there."""
    store, identities = situation.store, situation.identities
    rows = StaffRows(book, store.language)
    if not rows.has("base_card"):
        return
    there = set(store["base_card"].texts("customer_id").tolist())
    taken = store["base_card"].texts("card_no").tolist()
    prospects = store["prospect"]
    converted = dict(zip(prospects.texts("delivered_customer_id"), prospects.texts("prospect_no"), strict=True))
    by_day: dict[dt.date, Numbers] = {}
    for card in cards:
        customer = str(identities.ids[card.party])
        if customer not in there:
            number = by_day.setdefault(card.delivered, card_numbers(taken, card.delivered)).next()
            numbers[card.party] = number
            rows.add(
                "base_card",
                {
                    "card_no": number,
                    "customer_id": customer,
                    "customer_name": identities.names[card.party],
                    "vin": store.vehicles.texts("vin")[card.car],
                    "plate_no": identities.plates[card.car],
                    "converted_from": converted.get(customer, ""),
                    "month_file": f"{card.delivered:%Y-%m}",
                },
                ("customer_name", "vin", "plate_no", "converted_from"),
            )
    rows.write()
