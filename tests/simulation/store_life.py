"""A small store that lives: its beginning, and what happens in it on a day, from a fixed seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from tests.oracle.oracle import add_months
from tests.simulation.ledger import Ban, Ledger, Row
from tests.simulation.staff import Staff

FIRST_DAY = dt.date(2026, 7, 25)
ADVISORS, CARERS, WORKSHOP = ("Kevin", "Lily", "Peter"), ("Amy", "Helen"), ("Jack", "Tony")
LEAVER, SUCCESSOR = "Lily", "Nora"
PEOPLE = {"SA": (*ADVISORS, SUCCESSOR), "CS": CARERS, "SV": WORKSHOP, "SM": ("Grace",), "FD": ("Cindy",),
          "KAM": ("Robert",), "RS": ("Ron",), "SVM": ("Victor",), "GM": ("George",)}  # fmt: skip
ONE_DAY = dt.timedelta(days=1)


def begin(seed: int, customers: int) -> Ledger:
    """The books on the evening before the first day."""
    rng = random.Random(seed)
    ledger = Ledger({"go_live_date": FIRST_DAY})
    for role, names in PEOPLE.items():
        for name in names:
            number = f"E{_count(ledger, 'staff'):02}"
            ledger.add("staff", {"staff_id": number, "name": name, "role": role, "status": "在职"})
    for _ in range(customers):
        customer = ledger.add("customer", _customer(ledger, rng))
        for _ in range(rng.choice((1, 1, 1, 1, 2))):
            age = rng.choice((rng.randint(1, 60), rng.randint(60, 400), rng.randint(400, 1900)))
            car = ledger.add("vehicle", _car(ledger, rng, str(customer["customer_id"]), FIRST_DAY - age * ONE_DAY))
            day = _date(car["delivery_date"]) + rng.randint(85, 200) * ONE_DAY
            while day < FIRST_DAY and rng.random() < 0.9:
                ledger.add("service_visit", _visit(ledger, rng, car, day))
                day += rng.randint(120, 260) * ONE_DAY
    for number in range(5):
        ledger.add("prospect", _prospect(ledger, rng, FIRST_DAY - rng.randint(1, 20) * ONE_DAY, number))
    for number in (1, 2):
        ledger.add("key_account", {"account_no": f"G{number}", "name": f"Fleet {number}",
                                   "contact": f"1370000000{number}", "owner": "Robert"})  # fmt: skip
    for entity in ("booking", "contact_log", "complaint", "renewal"):
        ledger.keep(entity)
    return ledger


def _date(value: object) -> dt.date:
    assert isinstance(value, dt.date)
    return value


def _count(ledger: Ledger, entity: str) -> int:
    return len(ledger.tables.get(entity, ())) + 1


def _customer(ledger: Ledger, rng: random.Random) -> Row:
    number = _count(ledger, "customer")
    return {
        "customer_id": f"C{number:03}",
        "customer_name": f"Customer {number}",
        "mobile": f"139{number:08}",
        "birth_date": dt.date(rng.randint(1960, 2000), rng.randint(1, 12), rng.randint(1, 28)),
        "consent_marketing": rng.random() < 0.6,
        "base_scope": rng.choice(("自销", "自销", "本牌它销")),
        "sales_advisor": rng.choice(ADVISORS),
        "cs_owner": rng.choice((*CARERS, None)),
        "service_advisor_owner": rng.choice((*WORKSHOP, None)),
    }


def _car(ledger: Ledger, rng: random.Random, owner: str, delivered: dt.date) -> Row:
    number = _count(ledger, "vehicle")
    expiry = add_months(delivered, 12)
    while expiry < FIRST_DAY:
        expiry = add_months(expiry, 12)
    return {
        "vin": f"LSVAA4187E2{number:06}",
        "plate_no": f"A{number:05}",
        "customer_id": owner,
        "model": rng.choice(("X1", "X3", "X5")),
        "delivery_date": delivered,
        "insurance_expiry": expiry,
        "inspection_expiry": rng.choice((expiry + 40 * ONE_DAY, None)),
        "vehicle_status": "在用",
    }


def _visit(ledger: Ledger, rng: random.Random, car: Row, day: dt.date) -> Row:
    work = rng.choice(("定期保养", "定期保养", "定期保养", "一般维修", "首保"))
    age = (day - _date(car["delivery_date"])).days
    return {
        "ro_no": f"W{_count(ledger, 'service_visit'):05}",
        "vin": car["vin"],
        "plate_no": car["plate_no"],
        "visit_date": day,
        "checkout_date": day + rng.choice((0, 0, 0, 1, 3)) * ONE_DAY,
        "odometer_in": 30 * age + 500,
        "work_type": work,
        "paid_amount": rng.randint(200, 2500),
        "pay_type": "自费",
        "next_service_date": add_months(day, 6) if work == "定期保养" and rng.random() < 0.6 else None,
    }


def _prospect(ledger: Ledger, rng: random.Random, day: dt.date, number: int) -> Row:
    return {
        "prospect_no": ledger.next_number("prospect", "prospect_no", f"{day:%y%m%d}-"),
        "created_date": day,
        "name": f"Prospect {day:%m%d} {number}",
        "mobile": f"136{day:%m%d}{number:04}",
        "source_channel": "hall",
        "grade": rng.choice(("H", "A", "B", None)),
        "expected_order_date": rng.choice((None, day + rng.randint(3, 60) * ONE_DAY)),
        "status": "在跟",
        "sales_advisor": rng.choice(ADVISORS),
    }


class Life:
    """
    What happens by itself: customers come, complain, buy, sell; the staff enter it in the morning.

    Args:
        staff: Who enter it.
        rng: Chance.
    """

    def __init__(self, staff: Staff, rng: random.Random) -> None:
        self.staff, self.ledger, self.rng = staff, staff.ledger, rng
        self.gone: set[str] = set()
        """People who left."""

    def morning(self, day: dt.date) -> None:
        """All that is entered before the list of the day is made."""
        chances: tuple[tuple[float, Callable[[dt.date], None]], ...] = (
            (0.35, self._delivery),
            (0.80, self._visit),
            (0.50, self._visit),
            (0.20, self._inbound_call),
            (0.15, self._complaint),
            (0.15, self._new_prospect),
            (0.10, self._prospect_ends),
            (0.10, self._renewal),
            (0.08, self._silence),
            (0.05, self._sold),
        )
        for chance, happening in chances:
            if self.rng.random() < chance:
                happening(day)
        self._bookings(day)
        self._complaints_go_on(day)
        self.staff.enter()

    def _of(self, names: tuple[str, ...]) -> str:
        return self.rng.choice([SUCCESSOR if name in self.gone else name for name in names])

    def _delivery(self, day: dt.date) -> None:
        if self.rng.random() < 0.4:
            silent = [row for row in self.ledger.tables["customer"]
                      if any(ban.customer == row["customer_id"] for ban in self.ledger.bans)]  # fmt: skip
            customer = self.rng.choice(silent or self.ledger.tables["customer"])
        else:
            drawn = _customer(self.ledger, self.rng)
            customer = self.staff.add("customer", {**drawn, "sales_advisor": self._of(ADVISORS)})
        delivered = day - self.rng.choice((0, 0, 1)) * ONE_DAY
        self.staff.add("vehicle", _car(self.ledger, self.rng, str(customer["customer_id"]), delivered))

    def _cars_in_use(self) -> list[Row]:
        return [car for car in self.ledger.tables["vehicle"] if car["vehicle_status"] == "在用"]

    def _visit(self, day: dt.date) -> None:
        car = self.rng.choice(self._cars_in_use())
        if _date(car["delivery_date"]) < day:
            self.staff.add("service_visit", _visit(self.ledger, self.rng, car, day))

    def _inbound_call(self, day: dt.date) -> None:
        """The customer rings up; somebody writes a row into the log without a rule."""
        customer = self.rng.choice(self.ledger.tables["customer"])
        self.staff.add("contact_log", {
            "contact_id": f"IN{day:%Y%m%d}-01", "contact_at": day, "customer_id": customer["customer_id"],
            "staff": self.rng.choice(CARERS), "role": self.rng.choice(("CS", "SA")), "channel": "电话",
            "result": "接通", "feedback": "rang us",
        })  # fmt: skip
        self.ledger.quiet(str(customer["customer_id"]), "Connected", day)

    def _complaint(self, day: dt.date) -> None:
        car = self.rng.choice(self._cars_in_use())
        yesterday = dt.datetime.combine(day - ONE_DAY, dt.time(self.rng.randint(9, 17), self.rng.choice((0, 20, 45))))
        self.staff.add("complaint", {
            "complaint_id": self.ledger.next_number("complaint", "complaint_id", f"T{day:%Y%m%d}-"),
            "received_at": yesterday, "channel": self.rng.choice(("来电", "来店", "来电", "厂商")),
            "customer_id": car["customer_id"], "vin": car["vin"],
            "category": self.rng.choice(("质量", "服务", "销售", "价格")), "content": "not as promised",
            "handler_level": self.rng.choice((None, 1, 2)), "handler": self._of(("Jack", "Amy", LEAVER)),
            "promised_at": self.rng.choice((None, yesterday + dt.timedelta(days=2, hours=1))), "status": "待处理",
        })  # fmt: skip

    def _complaints_go_on(self, day: dt.date) -> None:
        """Somebody answers, solves, follows up; now and then the customer is not satisfied."""
        for row in self.ledger.tables["complaint"]:
            at = dt.datetime.combine(day, dt.time(8, self.rng.randint(0, 59)))
            if row["status"] == "已关闭" or self.rng.random() < 0.5:
                continue
            if not row.get("resolved_at"):
                self.staff.change("complaint", row, {"first_response_at": at, "resolved_at": at, "status": "已解决"})
            elif not row.get("followup_at"):
                satisfied = self.rng.random() < 0.75
                values: Row = {"followup_at": at, "satisfied_after": "满意" if satisfied else "不满意"}
                self.staff.change("complaint", row, values | ({"status": "已关闭"} if satisfied else {}))

    def _new_prospect(self, day: dt.date) -> None:
        drawn = _prospect(self.ledger, self.rng, day, 9)
        self.staff.add("prospect", {**drawn, "sales_advisor": self._of(ADVISORS)})

    def _prospect_ends(self, day: dt.date) -> None:
        running = [row for row in self.ledger.tables["prospect"] if row.get("status") == "在跟"]
        if running:
            end = self.rng.choice(({"status": "订车", "order_date": day}, {"status": "战败", "lost_date": day}))
            self.staff.change("prospect", self.rng.choice(running), end)

    def _renewal(self, day: dt.date) -> None:
        cars = [car for car in self._cars_in_use() if 0 <= (_date(car["insurance_expiry"]) - day).days <= 30]
        if cars:
            car = self.rng.choice(cars)
            self.staff.add("renewal", {
                "renewal_id": f"N{_count(self.ledger, 'renewal'):04}", "vin": car["vin"], "kind": "保险",
                "expiry": car["insurance_expiry"], "result": self.rng.choice(("本店续保", "外部续保")),
            })  # fmt: skip

    def _silence(self, day: dt.date) -> None:
        car = self.rng.choice(self._cars_in_use())
        for_car, by_phone = self.rng.random() < 0.3, self.rng.random() < 0.3
        customer, vin = ("", str(car["vin"])) if for_car else (str(car["customer_id"]), "")
        moment = dt.datetime.combine(day, dt.time())
        self.staff.silence((customer or None, vin or None, "Phone" if by_phone else None, "asked for it", moment))
        self.ledger.bans.append(Ban(customer, vin, by_phone, day))

    def _sold(self, day: dt.date) -> None:
        status = self.rng.choice(("转让", "报废", "它牌置换"))
        self.staff.change("vehicle", self.rng.choice(self._cars_in_use()), {"vehicle_status": status})

    def _bookings(self, day: dt.date) -> None:
        """Booked cars come, or not."""
        for row in self.ledger.tables["booking"]:
            appointment = row["appointment_at"]
            assert isinstance(appointment, dt.datetime)
            if row.get("status") or appointment.date() >= day:
                continue
            if self.rng.random() < 0.7:
                self.staff.change("booking", row, {"status": "已到店", "arrived_at": appointment})
                car = self.ledger.row("vehicle", "vin", row["vin"]) if row.get("vin") else None
                if car:
                    self.staff.add("service_visit", _visit(self.ledger, self.rng, car, appointment.date()))
            else:
                self.staff.change("booking", row, {"status": "未到店"})

    def somebody_left(self) -> None:
        """On the staff sheet; what the person looked after was handed over before."""
        self.gone.add(LEAVER)
        self.staff.change("staff", self.ledger.row("staff", "name", LEAVER), {"status": "离职"})
        self.staff.enter()
