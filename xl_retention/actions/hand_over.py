"""Hand over: the button and the command `hand-over` (DOM 6.7)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet, rows_there, write_checks
from xl_retention.books.book import Book
from xl_retention.domain.contact_log import key_rule
from xl_retention.domain.hand_over import (
    CUSTOMER_FIELDS,
    LEFT,
    Moved,
    active_names,
    active_row,
    handed_over,
    ownerless,
    renamed,
)
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.numbering import Numbers
from xl_retention.domain.person_names import same_name
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store
from xl_retention.errors import WrongRequest
from xl_retention.sheets import hand_over_sheet
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.reading.reader import read_store, recognise_sheets
from xl_retention.sheets.staff_rows import RowPlace, StaffRows
from xl_retention.sheets.staff_sheets import heading
from xl_retention.sheets.wording import say, word

ASKED = {
    **NEEDED,
    "key_account": (*NEEDED["key_account"], "contacts", "second_contact"),
    "handover": (*NEEDED["handover"], "handover_id"),
}
RULE = "HANDOVER"
COUNTED = ("customers_before", "customers_after")
"""Headings, by key, of two columns of the hand-over sheet: how many customers the new owner had, and has."""


@dataclass(frozen=True)
class HandedOver:
    """
    What the action did or, in a dry run, would do.

    Args:
        moved: Every row with its new owner.
        told: Whom to tell, a row of the form each.
        counts: By new owner how many customers were moved, and how many the person had and has.
        sheet: Name of the sheet with the form.
        active_at: Sheet and number of the row on which the staff sheet still says that the leaver works here; None
            where it does not.
    """

    situation: Situation
    leaver: str
    receivers: tuple[str, ...]
    day: dt.date
    moved: tuple[Moved, ...]
    told: tuple[Mapping[str, object], ...]
    counts: Mapping[str, tuple[int, int, int]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str
    active_at: tuple[str, int] | None = None

    @property
    def result(self) -> str:
        """What came of it, in a sentence; and one more where somebody who leaves would still be given calls."""
        if not self.moved:
            return say("nothing_to_hand_over", self.language, name=self.leaver)
        told = say("result_hand_over", self.language, rows=len(self.moved), told=len(self.told), name=self.leaver)
        return " ".join(filter(None, (told, self.still_active)))

    @property
    def still_active(self) -> str:
        """That the staff sheet calls the leaver active, and what to do there; "" where it does not."""
        if self.active_at is None:
            return ""
        sheet, row = self.active_at
        own = self.situation.store["staff"].headings.get((sheet, "status"))
        status = own.text if own else heading(ENTITIES["staff"].field("status"), self.language)
        left = word("staff_status", LEFT, self.language)
        return say(
            "leaver_active", self.language, name=self.leaver, sheet=sheet, row=row, heading=status, left=left
        )

    def as_json(self) -> dict[str, object]:
        """Everything but the findings."""
        identities = self.situation.identities
        return {
            "from": self.leaver,
            "to": list(self.receivers),
            "still_active": self.active_at is not None,
            "date": self.day.isoformat(),
            "moved": [
                {
                    "table": each.entity,
                    "customer_id": identities.ids[each.party] if each.party != NOBODY else "",
                    "fields": list(each.fields),
                    "to": each.to,
                }
                for each in self.moved
            ],
            "tell": [
                {
                    "customer_id": row["customer_id"],
                    "customer_name": row["customer"],
                    "mobile": row["phone"],
                    "to": row["new_owner"],
                    "tell_by": str(row["tell_by"]),
                }
                for row in self.told
            ],
            "counts": [
                {"to": to, "moved": moved, "before": before, "after": after}
                for to, (moved, before, after) in self.counts.items()
            ],
        }


def hand_over(
    book: Book,
    as_of: dt.date,
    leaver: str | None = None,
    receivers: Sequence[str] = (),
    reason: str = "",
    *,
    write: bool = True,
    progress: Progress,
) -> HandedOver:
    """
    Gives everything live that a person stands beside to others, and lists whom to tell until when.

    Done once more there is nothing left to hand over, and nothing is written. Whether somebody leaves is said
    on the staff sheet, by hand.

    Args:
        as_of: The day; one typed on the form goes first where the form is used.
        leaver: Who hands over; None for what is typed on the form.
        receivers: Who takes over; of several each gets its share, in turn.
        write: False leaves the book as it is.

    Raises:
        WrongRequest: Names are missing, or a receiver is not an active person of the staff sheet.
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or a sheet of the staff's cannot take rows.
    """
    progress("reading")
    store = read_store(book, ASKED)
    language = store.language
    name = own_sheet(book, "hand_over_sheet", language, hand_over_sheet.is_ours)
    before = rows_there(book, name)
    day = as_of
    if leaver is None:
        form = hand_over_sheet.typed(before)
        leaver, receivers, reason, day = form.leaver, form.receivers, form.reason, form.day or as_of
    progress("computing")
    situation = Situation(store, as_of)
    takers = _takers(situation, leaver, receivers, language)
    moved = handed_over(situation, leaver, takers)
    told = _to_tell(situation, leaver, moved, day, language)
    counts = _counts(store, moved, takers)
    after = Situation(_with_new_owners(store, leaver, moved), as_of)
    problems = (*all_problems(store, after), *ownerless(after))
    if write and moved:
        progress("writing")
        _write(book, situation, leaver, moved)
        rows = StaffRows(book, language)
        numbers = Numbers(store["handover"].texts("handover_id"), day, f"H{day:%Y%m%d}-")
        for to, (count, *number) in counts.items():
            said = {"from": leaver, "to": to, "date": day, "reason": reason, "customer_count": count}
            counted = {say(key, language): each for key, each in zip(COUNTED, number, strict=True)}
            rows.add("handover", {"handover_id": numbers.next(), **said, **counted})
        rows.write()
        asked = (leaver, "、".join(takers) if language == "zh" else ", ".join(takers), day, reason)
        book.write(name, hand_over_sheet.lay_out(before, told, asked, language), hand_over_sheet.layout(language))
        write_checks(book, problems, as_of, language)
    return HandedOver(
        situation, leaver, takers, day, tuple(moved), tuple(told), counts, problems, language, name,
        _active_at(situation, leaver),
    )  # fmt: skip


def note_told(book: Book, rows: StaffRows, store: Store, answered: Iterable[str], day: dt.date) -> None:
    """
    Writes beside the customers on the form when they were told, and on its row when all of a hand-over were.

    Args:
        rows: Take the day of the hand-over's row; the caller writes them.
        answered: Due keys that were closed; those of other rules are passed over.
    """
    parts = [key.rsplit("/", 4) for key in answered if key_rule(key) == RULE]
    told = {(customer, dt.date.fromisoformat(handed_on)) for customer, _, _, handed_on, _ in parts}
    name = own_sheet(book, "hand_over_sheet", store.language, hand_over_sheet.is_ours)
    if not told or name not in book.sheet_names():
        return
    cells, complete = hand_over_sheet.with_told(book.read(name), told, day)
    book.write(name, cells, hand_over_sheet.layout(store.language))
    table = store["handover"]
    known = {(same_name(each.old_owner), same_name(each.new_owner), each.day) for each in complete}
    columns = zip(table.texts("from"), table.texts("to"), table.days("date").tolist(), strict=True)
    for place, (old, new, when) in enumerate(columns):
        row = RowPlace(str(table.sheet[place]), int(table.row[place]))
        blank = np.isnat(table.days("customer_notified_on")[place])
        has_column = rows.column("handover", row.sheet, "customer_notified_on") is not None
        if blank and has_column and (same_name(old), same_name(new), when) in known:
            rows.change("handover", row, {"customer_notified_on": day})


def make_form(book: Book, language: str) -> str:
    """Makes the form where there is none to fill yet; says its name in this book, "" where it was there."""
    name = own_sheet(book, "hand_over_sheet", language, hand_over_sheet.is_ours)
    if name in book.sheet_names() and hand_over_sheet.is_form(book.head(name).rows()):
        return ""
    book.write(name, hand_over_sheet.empty(language), hand_over_sheet.layout(language))
    return name


def _takers(situation: Situation, leaver: str, receivers: Sequence[str], language: str) -> tuple[str, ...]:
    if not leaver or not receivers:
        raise WrongRequest(say("hand_over_who", language))
    if not len(situation.store["staff"]):
        raise WrongRequest(say("no_staff_sheet", language))
    active = active_names(situation)
    for name in receivers:
        if same_name(name) not in active or same_name(name) == same_name(leaver):
            others = ", ".join(known for same, known in active.items() if same != same_name(leaver))
            raise WrongRequest(say("not_active", language, name=name, others=others))
    return tuple(dict.fromkeys(active[same_name(name)] for name in receivers))


def _active_at(situation: Situation, leaver: str) -> tuple[str, int] | None:
    place, staff = active_row(situation, leaver), situation.store["staff"]
    return None if place is None else (str(staff.sheet[place]), int(staff.row[place]))


def _to_tell(
    situation: Situation, leaver: str, moved: Sequence[Moved], day: dt.date, language: str
) -> list[Mapping[str, object]]:
    """A row of the form for each party that has somebody new; prospects and accounts want to know, too."""
    identities = situation.identities
    deadline = situation.rules[RULE].deadline
    tell_by = day + dt.timedelta(days=deadline.whole_days if deadline else 0)
    told: dict[int, dict[str, object]] = {}
    for each in moved:
        if each.party == NOBODY:
            continue
        words = [heading(ENTITIES[each.entity].field(name), language) for name in each.fields]
        row = told.setdefault(
            each.party,
            {
                "customer_id": identities.ids[each.party],
                "customer": identities.names[each.party],
                "phone": identities.mobiles[each.party],
                "old_owner": leaver,
                "new_owner": each.to,
                "taken_over_as": "",
                "handed_on": day,
                "tell_by": tell_by,
            },
        )
        row["taken_over_as"] = "\n".join(filter(None, [str(row["taken_over_as"]), *words]))
    return list(told.values())


def _counts(store: Store, moved: Sequence[Moved], takers: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    customers = store.customers
    columns = [customers.texts(name).tolist() for name in CUSTOMER_FIELDS]
    held: Counter[str] = Counter()
    has: dict[str, set[int]] = {same_name(to): set() for to in takers}
    for place, owners in enumerate(zip(*columns, strict=True)):
        for owner in set(map(same_name, owners)) & has.keys():
            has[owner].add(place)
            held[owner] += 1
    counts = {}
    for to in takers:
        got = {each.place for each in moved if each.entity == "customer" and each.to == to}
        mine = has[same_name(to)]
        counts[to] = (len(got), len(mine), len(mine | got))
    return counts


def _with_new_owners(store: Store, leaver: str, moved: Sequence[Moved]) -> Store:
    """The store after the hand-over."""
    tables = dict(store.tables)
    for entity in {each.entity for each in moved}:
        table = tables[entity]
        names = {name for each in moved if each.entity == entity for name in each.fields}
        columns = {name: table.texts(name).copy() for name in names}
        for each in moved:
            if each.entity == entity:
                for name in each.fields:
                    columns[name][each.place] = renamed(columns[name][each.place], leaver, each.to)
        tables[entity] = table.with_columns(columns)
    return replace(store, tables=tables)


def _write(book: Book, situation: Situation, leaver: str, moved: Sequence[Moved]) -> None:
    """Puts the new names into the rows of the staff; a customer may stand in several rows, one per car."""
    store = situation.store
    rows = StaffRows(book, store.language)
    new_owner: dict[int, str] = {}
    for each in moved:
        if each.entity == "customer":
            new_owner[each.party] = each.to
            continue
        table = store[each.entity]
        place = RowPlace(str(table.sheet[each.place]), int(table.row[each.place]))
        for name in each.fields:
            text = renamed(table.texts(name)[each.place], leaver, each.to)
            rows.change(each.entity, place, {name: text})
    for place, party, names in _rows_of_customers(book, situation, leaver):
        if party in new_owner:
            rows.change("customer", place, dict.fromkeys(names, new_owner[party]))
    rows.write()


def _rows_of_customers(book: Book, situation: Situation, leaver: str) -> list[tuple[RowPlace, int, list[str]]]:
    """Every row of the customer sheet in which a person stands, with its customer and the fields."""
    identities, customers = situation.identities, situation.store.customers
    first_rows = dict(zip(zip(customers.sheet.tolist(), customers.row.tolist(), strict=True),
                          range(len(customers)), strict=True))  # fmt: skip
    by_mobile = {mobile: party for party, mobile in reversed(list(enumerate(customers.texts("mobile").tolist())))}
    found = []
    for match in (each for each in recognise_sheets(book).matches if each.entity == "customer"):
        own = {name: column.place for (entity, name), column in match.columns.items() if entity == "customer"}
        fields = [name for name in CUSTOMER_FIELDS if name in own]
        keys = {name: own[name] for name in ("customer_id", "mobile") if name in own}
        grid = book.grid(match.sheet, {*(own[name] for name in fields), *keys.values()})
        ids, mobiles = (
            clean(grid.columns[keys[name]], kind).values.tolist()
            if name in keys and keys[name] < grid.width
            else [""] * grid.height
            for name, kind in (("customer_id", Kind.ID), ("mobile", Kind.PHONE))
        )
        columns = {name: grid.columns[own[name]] for name in fields if own[name] < grid.width}
        for row in range(match.header_row, grid.height):
            names = [
                name
                for name, column in columns.items()
                if same_name(str(column.value(row) or "")) == same_name(leaver)
            ]
            if names:
                party = first_rows.get((match.sheet, row + 1), NOBODY)
                if party == NOBODY:
                    party = identities.party_places.get(ids[row] or mobiles[row], by_mobile.get(mobiles[row], NOBODY))
                found.append((RowPlace(match.sheet, row + 1), int(party), names))
    return found
