"""A clerk with random outcomes: what is typed beside a call, and what DOM says must become of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.simulation.ledger import BY_THE_CLOCK, Ban, Ledger, Row

OUTCOMES = {
    # What is typed: how often in a hundred calls, and the word of DOM 2.7 that it acts as.
    "Connected": (52, "接通"),
    "No answer": (16, "未接"),
    "Switched off": (5, "关机"),
    "Invalid number": (4, "空号"),
    "Refused": (4, "拒访"),
    "Call back": (8, "改约"),
    "Sent": (7, "已发送"),
    "Not now": (2, "接通"),
    "Never again": (1, "接通"),
}
IMPOSSIBLE: tuple[Mapping[str, object], ...] = (
    {"outcome": "perhaps"},
    {"notes": "forgot what came of it"},
    {"outcome": "Connected", "next_contact": dt.datetime(2020, 1, 1)},
    {"outcome": "Connected", "new_phone": "12"},
)
"""Entries that cannot be: such a row stays on the list."""
OBJECTIONS = {"Usage": "使用异议", "Quality": "质量异议", "Price": "价格"}
QUALITY = "质量异议"
"""A doubt of the quality is a complaint: after-sales is to call within two hours (DOM 6.2, 5d)."""
CATEGORY_OF = {"使用异议": "使用", "质量异议": "质量", "价格": "价格"}
"""Category of a complaint by the objection, else 其他 (DOM 2.8)."""
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Call:
    """A row of the list with what was typed beside it, by column name."""

    row: Row
    typed: Mapping[str, object] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """Its due keys."""
        return self.row["due_keys"]  # type: ignore[return-value]


class Clerk:
    """
    Whoever makes the calls.

    Args:
        ledger: Is told what a saved call must bring about.
        rng: Chance.
    """

    def __init__(self, ledger: Ledger, rng: random.Random) -> None:
        self.ledger, self.rng = ledger, rng

    def entries(self, row: Row, day: dt.date) -> dict[str, object]:
        """What is typed beside a call that was made."""
        words = list(OUTCOMES)
        outcome = self.rng.choices(words, [OUTCOMES[word][0] for word in words])[0]
        typed: dict[str, object] = {"outcome": outcome}
        if outcome == "Call back" and self.rng.random() < 0.85:
            typed["next_contact"] = _moment(day + self.rng.randint(1, 20) * ONE_DAY)
        if outcome != "Connected":
            return typed
        chance, customer = self.rng.random, str(row["customer_id"]).startswith("C")
        if chance() < 0.5:
            typed["satisfaction"] = self.rng.choice(("Very satisfied", "Satisfied", "Neutral", 9))
        if chance() < 0.10:
            typed["next_contact"] = _moment(day + self.rng.randint(0, 25) * ONE_DAY)
        if customer and chance() < 0.08:
            typed["objection"] = self.rng.choice(list(OBJECTIONS))
        if customer and chance() < 0.06:
            typed["complaint"] = "rattles on bad roads"
        if customer and chance() < 0.05:
            typed["wish"] = self.rng.choice(("Replacement: X5", "Additional car"))
        if customer and chance() < 0.04:
            typed["referral"] = f"Friend 135{self.rng.randint(0, 10**8 - 1):08}"
        if customer and chance() < 0.03:
            typed["new_phone"] = f"138{self.rng.randint(0, 10**8 - 1):08}"
        if customer and row["vin"] and chance() < 0.15:
            typed["appointment"] = _moment(day + self.rng.randint(1, 12) * ONE_DAY, self.rng.randint(8, 16))
        return typed

    def impossible(self) -> dict[str, object]:
        """What cannot be entered."""
        return dict(self.rng.choice(IMPOSSIBLE))

    def saved(self, call: Call, day: dt.date) -> Row:
        """Writes into the ledger what saving a call must bring about (DOM 0.3, 2.7, 6.1); gives the log's row."""
        ledger, row, typed = self.ledger, call.row, call.typed
        outcome, customer = str(typed["outcome"]), str(row["customer_id"])
        cars = {key.split("/")[-4] for key in call.keys} - {""}
        about: Row = {"customer_id": customer, "vin": next(iter(cars)) if len(cars) == 1 else None}
        phone, objection = str(row["mobile"]), OBJECTIONS.get(str(typed.get("objection", "")))
        if "new_phone" in typed:
            phone = str(typed["new_phone"])
            ledger.change("customer", ledger.row("customer", "customer_id", customer), {"mobile": phone})
        complaint = None
        about_a_complaint = any(key.split("/")[-3] in BY_THE_CLOCK for key in call.keys)
        if "complaint" in typed or (objection == QUALITY and not about_a_complaint):
            complaint = ledger.next_number("complaint", "complaint_id", f"T{day:%Y%m%d}-")
        logged = ledger.add("contact_log", {
            **about, "contact_at": day, "rule_code": ";".join(dict.fromkeys(key.split("/")[-3] for key in call.keys)),
            "due_key": ";".join(call.keys), "staff": row["owner"] or None, "role": row["role"],
            "channel": None if outcome == "Sent" else "电话", "result": OUTCOMES[outcome][1],
            "objection_type": objection, "complaint_id": complaint,
            "next_contact_date": _day(typed.get("next_contact")),
        })  # fmt: skip
        if complaint:
            ledger.add("complaint", {
                **about, "complaint_id": complaint, "received_at": day, "channel": "回访发现", "status": "待处理",
                "category": CATEGORY_OF.get(objection or "", "其他"), "content": typed.get("complaint", objection),
            })  # fmt: skip
        if "referral" in typed:
            self._card(str(typed["referral"]).split()[-1], customer, day)
        if "wish" in typed:
            self._card(phone, customer, day)
        if "appointment" in typed:
            ledger.add("booking", {
                **about, "booking_id": ledger.next_number("booking", "booking_id", f"B{day:%Y%m%d}-"),
                "booked_on": day, "appointment_at": typed["appointment"], "status": None,
            })  # fmt: skip
        if outcome == "Never again":
            ledger.bans.append(Ban(customer, "", False, day))
        ledger.quiet(customer, outcome, day)
        return logged

    def _card(self, phone: str, customer: str, day: dt.date) -> None:
        """A prospect's card, unless one is open under that phone (DOM 6.5)."""
        cards = self.ledger.tables["prospect"]
        if not any(card["mobile"] == phone and card.get("status") == "在跟" for card in cards):
            advisor = self.ledger.row("customer", "customer_id", customer)["sales_advisor"]
            self.ledger.add("prospect", {
                "prospect_no": self.ledger.next_number("prospect", "prospect_no", f"{day:%y%m%d}-"),
                "created_date": day, "mobile": phone, "status": "在跟", "sales_advisor": advisor,
                "name": "Friend" if phone.startswith("135") else self._name(customer),
            })  # fmt: skip

    def _name(self, customer: str) -> object:
        return self.ledger.row("customer", "customer_id", customer)["customer_name"]


def _moment(day: dt.date, hour: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour))


def _day(value: object) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else None
