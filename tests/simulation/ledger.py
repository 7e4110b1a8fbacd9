"""The test's own books: what happened in the store, kept beside the workbook and judged by the oracle.

Nothing here is read from the workbook. What a saved call must bring about is written down by DOM 0.3, 2.7 and 6.1,
then `tests/oracle` says from these books alone what is due.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from tests.oracle import oracle

Row = dict[str, object]
BY_THE_CLOCK = frozenset(oracle.COMPLAINT_CODES)
BY_MESSAGE = ("BDAY-7", "BDAY-0", "KA-MONTH")
"""Rules of today's calls that are messages (DOM 0.3, 3.5)."""
PEACE = {"Connected": 2, "Refused": 10, "Not now": 30}
"""Days before the customer may reappear, by outcome: what the store's sheet Outcomes says."""
EPOCH = oracle.Workbook().epoch


@dataclass(frozen=True)
class Ban:
    """Nobody is to contact a customer, or about a car, from a day on; by telephone only or in any way."""

    customer: str
    car: str
    by_phone_only: bool
    since: dt.date


@dataclass(frozen=True)
class Introduction:
    """Somebody is served by another person from a day on; by kind (`customer`, `prospect`, `account`) and number."""

    who: tuple[str, str]
    to: str
    role: str
    day: dt.date


@dataclass
class Ledger:
    """
    Rows by table with canonical values, and what the oracle does not know: bans and quiet times.

    Args:
        settings: As on the sheet Settings.
        tables: As kept by the store.
        bans: Of the sheet Do Not Contact, and by outcomes that end all contact.
        quiet_until: By customer the first day on which he may be called again.
        mistakes: Whatever was found wrong, in words.
        introductions: Who has to be told that somebody else serves him.
    """

    settings: dict[str, object]
    tables: dict[str, list[Row]] = field(default_factory=dict)
    bans: list[Ban] = field(default_factory=list)
    quiet_until: dict[str, dt.date] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)
    _cleaned: dict[str, list[oracle.Record]] = field(default_factory=dict)

    def keep(self, entity: str) -> None:
        """Keeps a table in which nothing stands yet."""
        self.tables.setdefault(entity, [])
        self._cleaned.setdefault(entity, [])

    def add(self, entity: str, row: Row) -> Row:
        """Writes a row down."""
        self.keep(entity)
        self.tables[entity].append(row)
        self._cleaned[entity].append({})
        self._clean(entity, len(self.tables[entity]) - 1)
        return row

    def change(self, entity: str, row: Row, values: Row) -> None:
        """Changes a row; None blanks a cell."""
        row.update(values)
        self._clean(entity, next(place for place, each in enumerate(self.tables[entity]) if each is row))

    def _clean(self, entity: str, place: int) -> None:
        fields = oracle.TABLES[entity][0]
        row = self.tables[entity][place]
        self._cleaned[entity][place] = {
            name: oracle.clean_value(entity, name, value, EPOCH) for name, value in row.items() if name in fields
        }

    def next_number(self, entity: str, name: str, head: str) -> str:
        """`head` and a count from 01; numbers of the store begin with their day."""
        taken = {str(row[name]) for row in self.tables.get(entity, [])}
        return next(number for count in range(1, 1000) if (number := f"{head}{count:02}") not in taken)

    def row(self, entity: str, name: str, value: object) -> Row:
        """The row in which a field has a value."""
        return next(row for row in self.tables[entity] if row.get(name) == value)

    # --- what is so on a day ---------------------------------------------------------------------------------

    def banned(self, customer: str, car: str, rule: str, day: dt.date) -> bool:
        """Whether nobody may make a contact; complaint handling goes on, and a car delivered later lifts it."""
        if rule in BY_THE_CLOCK:
            return False
        return any(
            not (ban.by_phone_only and rule in BY_MESSAGE)
            and ban.since <= day
            and (customer == ban.customer if ban.customer else car == ban.car)
            and not self._delivered_after(ban, day)
            for ban in self.bans
        )

    def _delivered_after(self, ban: Ban, day: dt.date) -> bool:
        return any(
            ban.since < car["delivery_date"] <= day
            for car in self.tables["vehicle"]
            if (car["customer_id"] == ban.customer if ban.customer else car["vin"] == ban.car)
        )

    def quiet(self, customer: str, outcome: str, day: dt.date) -> None:
        """An outcome of a day keeps the customer free for its days of peace; a longer one goes on."""
        free = day + dt.timedelta(days=PEACE.get(outcome, 0))
        self.quiet_until[customer] = max(self.quiet_until.get(customer, dt.date.min), free)

    def rests(self, customer: str, rule: str, day: dt.date) -> bool:
        """Whether a customer is left in peace on a day."""
        return rule not in BY_THE_CLOCK and day < self.quiet_until.get(customer, dt.date.min)

    def witness(self, day: dt.date) -> Witness:
        """The oracle, asked about a day."""
        tables = {name: [*rows] for name, rows in self._cleaned.items()}
        return Witness(oracle.Workbook(tables, dict(self.settings)), day, self)


class Witness(oracle.Oracle):
    """The oracle with bans and quiet times, which DOM leaves to the store."""

    QUIET = "quiet"

    def __init__(self, book: oracle.Workbook, day: dt.date, ledger: Ledger) -> None:
        super().__init__(book, day)
        self.ledger = ledger
        self.answer = self.run()

    def generate(self) -> None:
        super().generate()
        for each in self.ledger.introductions:
            due = [oracle.When(each.day + dt.timedelta(days=days)) for days in (0, 3)]
            expire = each.day + dt.timedelta(days=3 + 14)
            item = oracle.Item("HANDOVER", each.who, "", each.day, "1", each.day, *due, expire, each.role, 2, False)
            item.handler = each.to
            self.add(item)

    def owner(self, item: oracle.Item) -> str:
        return str(item.handler) if item.rule == "HANDOVER" else super().owner(item)

    def global_stop(self, item: oracle.Item) -> str | None:
        customer = item.who[1]
        if self.ledger.banned(customer, item.car, item.rule, self.as_of):
            return "do_not_contact"
        if stop := super().global_stop(item):
            return stop
        return self.QUIET if self.ledger.rests(customer, item.rule, self.as_of) else None

    @property
    def rows(self) -> list[Row]:
        """The calls of the day."""
        return self.answer["rows"]  # type: ignore[return-value]

    @property
    def suppressed(self) -> Counter[tuple[str, ...]]:
        """What stops keep off the list."""
        found = (tuple(item.values()) for item in self.answer["suppressed"])  # type: ignore[attr-defined]
        return Counter(item for item in found if item[-1] != self.QUIET)

    def states(self) -> dict[str, str]:
        """State of every item by its key; a global stop counts as stopped, a quiet time does not (DOM 0.3)."""
        found = {}
        for item in self.items:
            state = self.state(item)
            if state in ("open", "overdue", "planned") and self.global_stop(item) not in (None, self.QUIET):
                state = "stopped"
            found[item.key] = state
        return found
