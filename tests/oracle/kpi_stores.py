"""Stores with what the key figures of DOM 5.6 depend on: the stores of `stores`, with more columns and more rows."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path

from tests.oracle import oracle, stores
from tests.oracle.oracle import add_months
from tests.oracle.stores import Maker, Row, days

SETTINGS: dict[str, list[object]] = {
    "return_rate_basis": ["customers", "visits", "visits_any"],
    "parc": [800, 0],
    "target_K01": [0.5, "40%"],
    "target_K05": [0.2],
    "target_K04": [0.3],
    "target_K07": [0.5],
    "target_K20": [0.1],
    "target_K24": [0.25],
    "target_K44_month": [2],
    "target_K44_week": [1],
}


class KpiMaker(Maker):
    """Adds the columns of DOM 5.6, and a life that reaches back a year."""

    def make(self) -> None:
        super().make()
        first = self.as_of.replace(day=1)
        self.store["parc"] = [
            {"month": f"{add_months(first, -n):%Y-%m}", "parc": self.pick(500, 500, None, 0)}
            for n in range(4)
            if self.chance(0.7)
        ]
        for customer in self.store["customer"]:
            customer["created_date"] = self.pick(None, self.near(-70, 3), self.near(-700, 0))
            if self.chance(0.1):
                customer["mobile"] = None
        for row in self.store["prospect"]:
            row["order_date"] = self.pick(None, None, self.near(-70, 3))
            row["deposit_date"] = self.pick(None, None, self.near(-70, 3))
            row["lost_date"] = self.pick(None, None, self.near(-70, 3))
        for car in self.store["vehicle"]:
            if self.chance(0.25):
                car["inspection_expiry"] = self.near(-70, 20)
            if self.chance(0.2):
                car["delivery_date"] = self.near(-75, -20)
                if car.get("purchase_date"):
                    car["purchase_date"] = car["delivery_date"]
        vins = [car.get("vin") for car in self.store["vehicle"]]
        for car in self.store["vehicle"]:
            if vins.count(car.get("vin")) > 1:
                car["purchase_date"] = None  # which of two owners has the car is another question (9)
        self.more_visits()
        self.more_bookings()
        self.more_complaints()

    def more_visits(self) -> None:
        cars = [car for car in self.store["vehicle"] if car.get("vin")]
        for car in self.r.sample(cars, len(cars) // 2):
            for _ in range(self.r.randint(1, 3)):
                day = self.near(-240, 0)
                self.store["service_visit"].append(self.order(car, day, odometer_in=None))
                if self.chance(0.2):  # again while the clock runs
                    self.store["service_visit"].append(self.order(car, day + days(self.r.randint(1, 4))))
        mobile = self.new_mobile()
        for _ in range(3):  # one walk-in with several cars, once without any
            self.store["service_visit"].append(
                self.order({"vin": self.pick(None, self.new_vin())}, self.near(-200, 0), mobile=mobile)
            )
        for customer in self.store["customer"][:2]:  # the order names nothing but the phone
            if customer["mobile"]:
                self.store["service_visit"].append(
                    self.order({"vin": None}, self.near(-30, 0), mobile=customer["mobile"])
                )
        for prospect in self.store["prospect"][:2]:
            self.store["service_visit"].append(
                self.order({"vin": self.new_vin()}, self.near(-30, 0), mobile=prospect["mobile"])
            )

    def more_bookings(self) -> None:
        for visit in self.store["service_visit"]:
            if self.chance(0.3):
                visit["booked"] = self.pick(True, False)
            if not self.chance(0.3):
                continue
            day = visit["visit_date"] if type(visit["visit_date"]) is date else visit["visit_date"].date()
            row: Row = {
                "booking_id": self.next_id("B"),
                "vin": self.pick(visit["vin"], None),
                "mobile": visit.get("mobile"),
                "appointment_at": self.moment(day + days(self.pick(0, 0, 0, 1)), 0.5),
                "booked_on": self.pick(None, self.moment(day - days(2)), day, day + days(1)),
                "initiator": self.pick("客户主动", "提醒后预约", "员工代约", None),
                "status": self.pick(None, "已到店", "未到店", "改期", "取消"),
            }
            owner = next((c for c in self.store["vehicle"] if visit["vin"] and c.get("vin") == visit["vin"]), None)
            if row["vin"] is None and owner and owner["customer_id"] and not self.no_customer_id:
                row["customer_id"] = owner["customer_id"]
            if row["status"] == "取消":
                row["cancelled_at"] = self.pick(None, day - days(1), self.moment(day), day + days(1))
            if self.chance(0.4):
                row["arrived_at"] = self.moment(day + days(self.pick(0, 0, 1)))
            if self.chance(0.4):
                visit["booking_id"] = row["booking_id"]
            self.store["booking"].append(row)

    def more_complaints(self) -> None:
        for _ in range(self.count // 3):
            customer, car = self.customer_and_car()
            received = self.moment(self.near(-60, 0), 0.7)
            day = received if type(received) is date else received.date()
            row = self.whose(
                {
                    "complaint_id": self.next_id("K"),
                    "received_at": received,
                    "category": self.pick("质量", "质量", "服务", None),
                    "status": self.pick(None, "处理中", "已解决", "已关闭"),
                },
                car,
                customer,
            )
            for name, most in (("first_response_at", 1), ("resolved_at", 2), ("followup_at", 3)):
                if self.chance(0.7):
                    row[name] = self.moment(day + days(self.r.randint(0, most)), 0.7)
            self.store["complaint"].append(row)

    def make_reminders(self, items: list[object]) -> None:
        super().make_reminders(items)
        for car in self.store["vehicle"]:
            if car.get("vin") and self.chance(0.15):
                self.store["maintenance_reminder"].append(
                    {
                        "reminder_id": self.next_id("M"),
                        "vin": car["vin"],
                        "due_date": self.near(-60, 30),
                        "first_reminded_on": self.near(-120, 5),
                        "promised_date": None,
                    }
                )
            customer = next((c for c in self.store["customer"] if c["customer_id"] == car["customer_id"]), None)
            if customer and self.chance(0.3):
                self.store["contact_log"].append(
                    self.whose(
                        {
                            "contact_id": self.next_id("L"),
                            "contact_at": self.moment(self.near(-120, 0)),
                            "result": self.pick("接通", "已发送", "未接"),
                            "rule_code": self.pick("保养提醒", "MNT-AUTO-3M", "MNT-CALL", "年检", "INSP-1M"),
                            "channel": self.pick("电话", "短信", None),
                        },
                        car,
                        customer,
                    )
                )

    def log_row(self, *given: object) -> Row:
        row = super().log_row(*given)
        if row["result"] in ("接通", "拒访") and self.chance(0.6):
            row["satisfaction_level"] = self.pick("非常满意", "非常满意", "满意", "一般", "不满意")
        return row


def make_store(path: Path, seed: int, *, customers: int, language: str, dirty: bool, settings: bool, rules: bool) -> date:
    """Writes a store; the same arguments give the same store. Returns its day."""
    r = random.Random(f"{seed}-kpis")
    as_of = stores.DAYS[seed % len(stores.DAYS)] + days(r.randint(0, 30))
    chosen = None
    if settings:
        chosen = {
            **stores.random_settings(r, as_of),
            **{name: r.choice(SETTINGS[name]) for name in r.sample(sorted(SETTINGS), 6)},
        }
    overrides = stores.random_rules(r) if rules else None
    maker = KpiMaker(seed, customers, as_of, dirty, language == "wide")
    maker.no_customer_id = language == "wide" and r.random() < 0.4
    maker.make()
    missing = {
        name
        for name in ("service_visit", "complaint", "booking", "renewal", "prospect", "staff", "parc")
        if dirty and r.random() < 0.08
    }
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        for turn, share in enumerate((0.4, 0.25)):
            stores.write(draft, maker, seed, language, False, chosen, overrides, missing)
            run = oracle.Oracle(draft, as_of)
            run.run()
            if turn == 0:
                maker.make_reminders(run.items)
            maker.make_log(run.items, share)
    maker.r.shuffle(maker.store["contact_log"])
    stores.write(path, maker, seed, language, dirty, chosen, overrides, missing)
    return as_of
