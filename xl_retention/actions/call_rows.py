"""The rows that one call brings about on the staff's sheets (DOM 2.7-2.9, 6.1, 6.2)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from xl_retention.actions.survey_answers import SurveyAnswers
from xl_retention.domain.cadence import COMPLAINT_CLOCK
from xl_retention.domain.contact_log import MOVED, SENT, key_rule, split_keys
from xl_retention.domain.identity import NO_CAR, NOBODY, PartyKind
from xl_retention.domain.numbering import Numbers
from xl_retention.domain.owners import people_of
from xl_retention.domain.problems import Problem
from xl_retention.domain.prospects import OPEN_STATUS
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Table
from xl_retention.sheets.calls.typed_results import TypedResult
from xl_retention.sheets.staff_rows import RowPlace, StaffRows
from xl_retention.sheets.wording import say, word

PHONE_CALL, BY_FOLLOW_UP = "电话", "回访发现"
NEW_COMPLAINT, OPEN_CARD = "待处理", "在跟"
AFTER_REMINDER = "提醒后预约"
REFERRED = "转介绍"
"""Where a friend of a customer comes from (source_channel)."""
OWN_WISHES = ("换车", "增购")
"""Wishes of the customer himself; what he tells about somebody else needs that person's name and phone."""
QUALITY = "质量异议"
CATEGORIES = {QUALITY: "质量", "使用异议": "使用", "价格": "价格", "服务": "服务"}
"""Category of a complaint by the objection of the call."""
OTHER_CATEGORY = "其他"
SPARE = ("contact_id", "customer_name", "mobile", "planned_date", "channel")
"""Fields of the log that only repeat or explain; a log without such a column does without them."""
NUMBERED_BY = {"contact_log": "R", "complaint": "T", "booking": "B", "referral": "F"}
"""How numbers begin in a table that has none yet; the day and a count follow, as in `R20261121-01`."""
IDENTIFIERS = {
    "contact_log": "contact_id", "complaint": "complaint_id", "booking": "booking_id", "referral": "referral_id",
    "prospect": "prospect_no",
}  # fmt: skip
PHONES = {
    # By kind of party: table, name of its phone, and where a former one may be kept.
    PartyKind.CUSTOMER: ("customer", "mobile", "mobile_backup"),
    PartyKind.PROSPECT: ("prospect", "mobile", ""),
    PartyKind.ACCOUNT: ("key_account", "contact", ""),
}


@dataclass(frozen=True)
class _About:
    """Whom a call was about: the fields that rows of all tables share, and the party behind them."""

    fields: Mapping[str, object]
    party: int

    @property
    def name(self) -> str:
        return str(self.fields["customer_name"])

    @property
    def mobile(self) -> str:
        return str(self.fields["mobile"])


class CallRows:
    """The rows that calls bring about on the sheets of the staff, one result after the other.

    Args:
        rows: Of the staff.
        situation: The store on the day.
        now: When.
        who: Whoever made the calls, "" for those named beside them.
        account: Of the person at the keyboard; where nobody has its name, the name beside the call goes before it.

    Attributes:
        surveys: Of the store.
        saved: How many rows the contact log got.
        problems: What is worth a look in them.
    """

    def __init__(self, rows: StaffRows, situation: Situation, now: dt.datetime, who: str, account: str = "") -> None:
        self.rows, self.saved = rows, 0
        self.surveys = SurveyAnswers(situation)
        self.problems: list[Problem] = []
        self._situation, self._now, self._account = situation, now, account
        self._who = who or (account if account in people_of(situation.store) else "")
        self._language = situation.store.language
        self._numbers: dict[str, Numbers] = {}
        self._phones_of_cards = self._open_cards()

    def save(self, result: TypedResult) -> None:
        """One row of the contact log, and the rows of other sheets that the call brought about."""
        staff = self._who or result.owner or self._account
        notes = [result.notes, *self._beside(result)]
        about = self._about(result)
        said, before = "; ".join(filter(None, notes)), self._known[_contact(result.keys, staff, result.outcome)]
        if result.keys and any(text.startswith(_compact(said)) for text in before):
            return
        before.append(_compact(said))
        if result.new_phone:
            notes.append(self._renew_phone(result.new_phone, about))
        feedback = "; ".join(filter(None, notes))
        from_now_on = replace(about, fields={**about.fields, "mobile": result.new_phone or about.mobile})
        number = self._number("contact_log")
        place = self.rows.add(
            "contact_log",
            {
                **self._own_columns(result),
                **about.fields,
                "contact_id": number,
                "contact_at": self._now,
                "rule_code": tuple(dict.fromkeys(map(key_rule, result.keys))),
                "due_key": result.keys,
                "planned_date": result.due,
                "staff": staff,
                "role": result.role or self._usual_role(result),
                "channel": "" if result.outcome == SENT else PHONE_CALL,
                "result": result.outcome,
                "satisfaction_level": result.satisfaction,
                "score": result.score,
                "objection_type": result.objection,
                "feedback": feedback,
                "complaint_id": self._complaint(result, from_now_on),
                "intention": result.wish,
                "next_contact_date": result.next_contact,
                "template_id": self.surveys.template_id(result),
            },
            # Answers are found again by the number of their contact.
            tuple(name for name in SPARE if name != "contact_id" or not result.answers),
        )
        for answer in self.surveys.rows(result, number):
            self.rows.add("survey_answer", answer)
        self.saved += 1
        self._cards(result, from_now_on, number, place)
        self._booking(result, from_now_on)
        if result.outcome == MOVED and result.next_contact is None:
            self._warn(
                place, "next_contact_date", "no_day_agreed", wanted="The day agreed",
                remedy="Enter the day of the next contact; without it nothing is moved.",
            )  # fmt: skip

    # --- who and what ----------------------------------------------------------------------------------------

    @cached_property
    def _cars(self) -> Mapping[str, int]:
        ids = self._situation.identities.car_ids.tolist()
        return {name: place for place, name in reversed(list(enumerate(ids)))}

    def _about(self, result: TypedResult) -> _About:
        """The party and the car that the due keys name; of a row without keys what is typed there."""
        identities = self._situation.identities
        parts = [key.split("/") for key in result.keys]
        customer = next(("/".join(each[:-4]) for each in parts if len(each) >= 5), "")
        cars = {each[-4] for each in parts if len(each) >= 5} - {""}
        car = self._cars.get(next(iter(cars)), NO_CAR) if len(cars) == 1 else NO_CAR
        party = identities.party_places.get(customer, NOBODY)
        vins = self._situation.store.vehicles.texts("vin")
        name = next(iter(cars)) if len(cars) == 1 else ""
        plate = identities.plates[car] if car != NO_CAR else "" if result.keys else result.plate
        if NO_CAR < car < len(vins):
            name = vins[car]  # a car without VIN goes by its plate
        return _About(
            {
                "customer_id": customer,
                "customer_name": identities.names[party] if party != NOBODY else result.customer,
                "mobile": identities.mobiles[party] if party != NOBODY else result.phone,
                "vin": "" if name == plate else name,
                "plate_no": plate,
            },
            int(party),
        )

    def _usual_role(self, result: TypedResult) -> str:
        rules = self._situation.rules
        return next((rules[code].role for code in map(key_rule, result.keys) if code in rules), "")

    def _beside(self, result: TypedResult) -> list[str]:
        """What stands in columns of the clerk's own for which the log has none."""
        return [
            f"{heading}: {_plain(cell)}"
            for heading, cell in result.added.items()
            if not self.rows.has_column("contact_log", heading)
        ]

    def _own_columns(self, result: TypedResult) -> dict[str, object]:
        return {heading: cell for heading, cell in result.added.items() if self.rows.has_column("contact_log", heading)}

    @cached_property
    def _known(self) -> defaultdict[tuple[object, ...], list[str]]:
        """What was said in the contacts of the day, by their due keys, who made them, and their outcome."""
        log = self._situation.store["contact_log"]
        found: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        today = np.flatnonzero(log.days("contact_at") == self._situation.day)
        columns = (log.texts(name)[today] for name in ("due_key", "staff", "result", "feedback"))
        for keys, staff, outcome, said in zip(*columns, strict=True):
            found[_contact(split_keys(keys), staff, outcome)].append(_compact(said))
        return found

    def _number(self, entity: str) -> str:
        if entity not in self._numbers:
            taken = self._situation.store[entity].texts(IDENTIFIERS[entity])
            day = self._now.date()
            self._numbers[entity] = (
                Numbers.of_cards(taken, day)
                if entity == "prospect"
                else Numbers(taken, day, f"{NUMBERED_BY[entity]}{day:%Y%m%d}-")
            )
        return self._numbers[entity].next()

    # --- what a call brings about ----------------------------------------------------------------------------

    def _complaint(self, result: TypedResult, about: _About) -> str:
        """Number of the complaint that was heard (DOM 2.8), "" where there was none."""
        content = result.complaint or self._doubt_of_quality(result)
        if not content:
            return ""
        number = self._number("complaint")
        self.rows.add(
            "complaint",
            {
                **about.fields,
                "complaint_id": number,
                "received_at": self._now,
                "channel": BY_FOLLOW_UP,
                "category": CATEGORIES.get(result.objection, OTHER_CATEGORY),
                "content": content,
                "status": NEW_COMPLAINT,
            },
        )
        return number

    def _doubt_of_quality(self, result: TypedResult) -> str:
        """What stands for a complaint where the customer doubts the quality: after-sales calls in 2 hours (DOM 6.2)."""
        if result.objection != QUALITY or any(key_rule(key) in COMPLAINT_CLOCK for key in result.keys):
            return ""
        return result.notes or word("objection_type", QUALITY, self._language)

    def _cards(self, result: TypedResult, about: _About, number: str, place: RowPlace) -> None:
        """Cards of prospects (DOM 2.9, 6.5): of the customer who wishes for a car, of the friend who was named."""
        friend = result.friend
        if friend and self.rows.has("referral"):
            self.rows.add(
                "referral",
                {
                    "referral_id": self._number("referral"),
                    "referrer_id": about.fields["customer_id"] or about.name,
                    "friend_name": friend.name,
                    "friend_mobile": friend.phone,
                    "model": "" if result.wish in OWN_WISHES else result.model,
                    "date": self._now.date(),
                    "source_contact_id": number,
                },
            )
        if friend:
            model = "" if result.wish in OWN_WISHES else result.model
            self._card(friend.name, friend.phone, REFERRED, model, about)
        if result.wish in OWN_WISHES and not self._is_prospect(about):
            if about.mobile:
                self._card(about.name, about.mobile, say("source_call", self._language), result.model, about)
            else:
                self._warn(
                    place, "intention", "no_card_without_phone", result.wish,
                    wanted="enough for a card without a phone",
                    remedy="Enter the phone of the customer, and the prospect on the sheet of prospects.",
                )  # fmt: skip

    def _card(self, name: str, mobile: str, source: str, model: str, about: _About) -> None:
        if mobile in self._phones_of_cards:
            return
        self._phones_of_cards.add(mobile)
        self.rows.add(
            "prospect",
            {
                "prospect_no": self._number("prospect"),
                "created_date": self._now.date(),
                "name": name,
                "mobile": mobile,
                "source_channel": source,
                "intent_model": model,
                "status": OPEN_CARD,
                "sales_advisor": self._sales_advisor(about),
            },
        )

    def _open_cards(self) -> set[str]:
        """Phones of the prospects that are followed already."""
        table = self._situation.store["prospect"]
        pairs = zip(table.texts("mobile"), table.texts("status"), strict=True)
        return {mobile for mobile, status in pairs if mobile and status in OPEN_STATUS}

    def _is_prospect(self, about: _About) -> bool:
        return about.party != NOBODY and self._situation.identities.kind(about.party) is PartyKind.PROSPECT

    def _sales_advisor(self, about: _About) -> str:
        if about.party == NOBODY:
            return ""
        table, row = self._row_of(about.party)
        return str(table.texts("sales_advisor")[row]) if table.entity.has("sales_advisor") else ""

    def _row_of(self, party: int) -> tuple[Table, int]:
        """Table and place of the row of a party."""
        store, identities = self._situation.store, self._situation.identities
        kind = identities.kind(party)
        first = (0, identities.prospect_from, identities.account_from)
        return store[PHONES[kind][0]], party - first[kind]

    def _booking(self, result: TypedResult, about: _About) -> None:
        """A booking made on the phone (DOM 2.6); its status stays blank until the car comes, or not."""
        if result.appointment:
            self.rows.add(
                "booking",
                {
                    **about.fields,
                    "booking_id": self._number("booking"),
                    "booked_on": self._now,
                    "appointment_at": result.appointment,
                    "initiator": AFTER_REMINDER,
                    "channel": PHONE_CALL,
                },
            )

    def _renew_phone(self, phone: str, about: _About) -> str:
        """
        Puts a new phone on the row of its owner.

        Returns:
            What the contact log has to say about it: a number that would be lost, or could not be entered.
        """
        if about.party == NOBODY or phone == about.mobile:
            return "" if phone == about.mobile else say("phone_is", self._language, phone=phone)
        table, row = self._row_of(about.party)
        entity, mobile, backup = PHONES[self._situation.identities.kind(about.party)]
        place = RowPlace(str(table.sheet[row]), int(table.row[row]))
        column = self.rows.column(entity, place.sheet, mobile)
        if about.fields["customer_id"] == about.mobile or column is None:
            # Without a number of its own the customer is known by the phone; with another one all history is lost.
            self.problems.append(
                table.fault(
                    "phone_not_entered", "medium", row, mobile, found=about.mobile,
                    wanted=f"changed to {phone}: the row has no number of its own",
                    remedy="Enter the new phone by hand, and a customer number that stays.",
                )
            )  # fmt: skip
            return say("phone_is", self._language, phone=phone)
        changes = {mobile: phone}
        kept = False
        if backup and self.rows.column(entity, place.sheet, backup) is not None and about.mobile:
            kept = self.rows.cell(entity, place, backup) in (None, "")
            changes |= {backup: about.mobile} if kept else {}
        self.rows.change(entity, place, changes)
        return "" if kept or not about.mobile else say("phone_was", self._language, phone=about.mobile)

    def _warn(self, place: RowPlace, field: str, code: str, found: str = "", *, wanted: str, remedy: str) -> None:
        self.problems.append(
            Problem(
                code, "low", place.sheet, self.rows.address("contact_log", place, field),
                self.rows.heading("contact_log", field), found, wanted, remedy,
            )
        )  # fmt: skip


def _contact(keys: Iterable[str], staff: str, outcome: str) -> tuple[object, ...]:
    """What two contacts of one day have in common if they are the same."""
    return frozenset(keys), _compact(staff), outcome


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _plain(cell: object) -> str:
    """A cell as it is told within a text."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
