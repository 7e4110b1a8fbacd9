"""The very rows behind a figure: where each stands, whose it is, and whether it counts or is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain.kpis.computed import Measured
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import visitors
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, Table


@dataclass(frozen=True)
class Line:
    """
    One row.

    Args:
        counted: In the numerator; else missing from it.
        subject: What it is.
        id: Its name: customer_id, VIN, VIN and day, due key ...
        sheet, row: Where it stands; "" and 0 where the store has no such row, as of a walk-in or a due contact.
        customer_id, customer_name, mobile, vin, plate_no: Of whom and of which car, "" where nobody can be told.
    """

    counted: bool
    subject: Subject
    id: str
    sheet: str = ""
    row: int = 0
    customer_id: str = ""
    customer_name: str = ""
    mobile: str = ""
    vin: str = ""
    plate_no: str = ""


def lines_behind(view: View, figure: Measured) -> list[Line]:
    """
    The rows of a figure: those of its numerator, then what is missing from its denominator.

    Of an amount the rows that it was added up over. A figure whose numerator is no part of its denominator has
    nothing missing.
    """
    maker = _Lines(view)
    counted = maker.of(figure.rows, True)
    return counted + maker.of(figure.missing, False)


class _Lines:
    """Finds the row of a thing and whose it is."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.now = view.now
        self.identities = view.now.identities
        self._by_subject: dict[Subject, Callable[[int, Line], Line]] = {
            Subject.CUSTOMER: self._customer,
            Subject.VEHICLE: self._car,
            Subject.VISIT: self._visit,
            Subject.EVENT: self._event,
            Subject.CONTACT: self._contact,
            Subject.ITEM: self._item,
            Subject.BOOKING: self._booking,
            Subject.COMPLAINT: self._complaint,
            Subject.PROSPECT: self._prospect,
            Subject.RECORD: self._record,
            Subject.EXPIRY: self._expiry,
            Subject.REFERRAL: self._referral,
            Subject.INVITATION: self._invitation,
        }

    def of(self, rows: Rows | None, counted: bool) -> list[Line]:
        if rows is None:
            return []
        found = self._by_subject[rows.subject]
        places = zip(rows.places.tolist(), rows.ids, strict=True)
        return [found(place, Line(counted, rows.subject, name)) for place, name in places]

    @staticmethod
    def _at(line: Line, table: Table, row: int) -> Line:
        return replace(line, sheet=str(table.sheet[row]), row=int(table.row[row]))

    def _party(self, line: Line, party: int) -> Line:
        """Number, name and phone of a party; those of a visitor nobody knows are his phone alone."""
        identities = self.identities
        if party < 0:
            return line
        if party >= len(identities.ids):
            return replace(line, mobile=str(self.now.once(visitors).walk_ins[party - len(identities.ids)]))
        return replace(
            line,
            customer_id=str(identities.ids[party]),
            customer_name=str(identities.names[party]),
            mobile=str(identities.mobiles[party]),
        )

    def _of_car(self, line: Line, car: int) -> Line:
        if car < 0:
            return line
        listed = car < self.identities.listed_cars
        vin = str(self.now.store.vehicles.texts("vin")[car]) if listed else str(self.identities.car_ids[car])
        return replace(line, vin=vin, plate_no=str(self.identities.plates[car]))

    def _customer(self, place: int, line: Line) -> Line:
        if place < self.identities.customer_count:
            line = self._at(line, self.now.store.customers, place)
        return self._party(line, place)

    def _car(self, place: int, line: Line) -> Line:
        if place < self.identities.listed_cars:
            line = self._at(line, self.now.store.vehicles, place)
        return self._party(self._of_car(line, place), int(self.identities.owner[place]))

    def _visit(self, place: int, line: Line) -> Line:
        found, table = self.now.once(visitors), self.now.store["service_visit"]
        order = self.now.once(_first_orders)[place]
        line = self._of_car(self._at(line, table, int(order)), int(self.view.visits.car[place]))
        return self._party(line, int(found.of_visit[place]))

    def _event(self, place: int, line: Line) -> Line:
        visits = len(self.view.visits)
        return self._visit(place, line) if place < visits else self._car(place - visits, line)

    def _contact(self, place: int, line: Line) -> Line:
        log = self.now.log
        line = self._at(line, log.table, int(log.row[place]))
        return self._party(self._of_car(line, int(log.car[place])), int(log.party[place]))

    def _item(self, place: int, line: Line) -> Line:
        """A due contact stands in no sheet; its customer does."""
        customer, car, *_ = line.id.rsplit("/", 4)
        party = self.identities.party_places.get(customer, -1)
        if 0 <= party < self.identities.customer_count:
            line = self._at(line, self.now.store.customers, int(party))
        return self._party(self._of_car(line, self.now.once(_cars_by_id).get(car, -1)), int(party))

    def _of_table(self, entity: str, place: int, line: Line, party: int, car: int) -> Line:
        return self._party(self._of_car(self._at(line, self.now.store[entity], place), car), party)

    def _booking(self, place: int, line: Line) -> Line:
        rows = self.identities.bookings
        return self._of_table("booking", place, line, int(rows.party[place]), int(rows.car[place]))

    def _complaint(self, place: int, line: Line) -> Line:
        rows = self.identities.complaints
        return self._of_table("complaint", place, line, int(rows.party[place]), int(rows.car[place]))

    def _prospect(self, place: int, line: Line) -> Line:
        return self._of_table("prospect", place, line, self.identities.prospect_from + place, -1)

    def _record(self, place: int, line: Line) -> Line:
        count = self.identities.customer_count
        return self._customer(place, line) if place < count else self._prospect(place - count, line)

    def _expiry(self, place: int, line: Line) -> Line:
        """What ends is named by car and day."""
        car = self.now.once(_cars_by_id).get(line.id.rpartition(" ")[0], -1)
        return self._car(car, line) if car >= 0 else line

    def _referral(self, place: int, line: Line) -> Line:
        table = self.now.store["referral"]
        party = self.identities.party_places.get(str(table.texts("referrer_id")[place]).upper(), -1)
        return self._of_table("referral", place, line, int(party), -1)

    def _invitation(self, place: int, line: Line) -> Line:
        table = self.now.store["invitation"]
        party = self.identities.party_places.get(str(table.texts("customer_id")[place]).upper(), -1)
        return self._of_table("invitation", place, line, int(party), -1)


def _first_orders(now: Situation) -> Places:
    """For each merged visit its first repair order."""
    visit = now.once(visitors).order_visit
    orders = np.flatnonzero(visit >= 0)[::-1]
    first = np.zeros(int(visit.max(initial=-1)) + 1, np.int64)
    first[visit[orders]] = orders  # the last write is the first order
    return first


def _cars_by_id(now: Situation) -> dict[str, int]:
    ids = now.identities.car_ids.tolist()
    return {name: place for place, name in reversed([*enumerate(ids)])}
