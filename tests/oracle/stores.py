"""A seeded generator of store workbooks, dense with everything that DOM 0.3, 2.14, 3.6 and 3.8 talk about.

    make_store(path, seed, customers=60, language="zh", dirty=True, settings="random", rules="random")

writes an .xlsx and returns the as_of date its events crowd around.  The log rows are aimed: the store is
first written without them, the oracle lists every item it has, and rows are made that hit, miss, move or just
fail to reach those items.

CLI: python tests/oracle/stores.py FOLDER FIRST_SEED LAST_SEED
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter


def _load_oracle() -> object:
    if "retention_oracle" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "retention_oracle", Path(__file__).with_name("oracle.py")
        )
        module = importlib.util.module_from_spec(spec)
        sys.modules["retention_oracle"] = module
        spec.loader.exec_module(module)
    return sys.modules["retention_oracle"]


oracle = _load_oracle()
add_months = oracle.add_months

DAYS = [
    date(2025, 6, 18),
    date(2025, 3, 31),
    date(2024, 2, 29),
    date(2024, 12, 30),
    date(2025, 1, 1),
    date(2025, 2, 28),
    date(2026, 3, 1),
    date(2025, 8, 31),
    date(2025, 5, 5),
    date(2024, 10, 1),
]
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "建国",
    "晓明",
]
SERIES = ["朗逸", "速腾", "X5", None]
MONTHS = [1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 36, 45, 48, 51, 54, 60]

Row = dict[str, object]
Store = dict[str, list[Row]]


def days(n: int) -> timedelta:
    return timedelta(days=n)


# ---------------------------------------------------------------------------------------------------------
# 1. What is in the store
# ---------------------------------------------------------------------------------------------------------


class Maker:
    """One store: tables of rows with canonical fields and plain Python values."""

    def __init__(self, seed: int, customers: int, as_of: date, dirty: bool, wide: bool) -> None:
        self.r = random.Random(seed)
        self.as_of = as_of
        self.count = customers
        self.dirty = dirty
        self.wide = wide
        self.digits = self.r.random() < 0.25  # customer ids of digits only
        self.store: Store = {
            name: []
            for name in (
                "customer",
                "vehicle",
                "service_visit",
                "booking",
                "contact_log",
                "complaint",
                "prospect",
                "renewal",
                "maintenance_reminder",
                "key_account",
                "staff",
            )
        }
        self.numbers: dict[str, int] = {}
        self.mobiles: set[str] = set()

    # small helpers

    def chance(self, p: float) -> bool:
        return self.r.random() < p

    def pick(self, *options: object) -> object:
        return self.r.choice(options)

    def near(self, low: int, high: int) -> date:
        return self.as_of + days(self.r.randint(low, high))

    def next_id(self, prefix: str) -> str:
        self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}{self.numbers[prefix]:04d}"

    def moment(self, day: date, p_clock: float = 0.6) -> object:
        """A day, sometimes with a clock, sometimes with the clock 00:00 that counts as none (V18)."""
        if not self.chance(p_clock):
            return day
        if self.chance(0.05):
            return datetime.combine(day, time(0, 0))
        return datetime.combine(day, time(self.r.randint(0, 23), self.r.choice([0, 1, 15, 30, 40, 59])))

    def person_name(self) -> str:
        return self.r.choice(FAMILY) + self.r.choice(GIVEN)

    def new_mobile(self) -> str:
        while True:
            out = self.r.choice(["138", "139", "150", "186"]) + f"{self.r.randint(0, 99_999_999):08d}"
            if out not in self.mobiles:
                self.mobiles.add(out)
                return out

    def new_vin(self) -> str:
        return (
            "L"
            + "".join(self.r.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(15))
            + str(self.r.randint(0, 9))
        )

    def new_plate(self) -> str:
        return "苏" + self.r.choice("ABEU") + "".join(self.r.choice("ABCDEFGHJK0123456789") for _ in range(5))

    # tables

    def make(self) -> None:
        self.make_staff()
        self.make_customers()
        self.make_visits()
        self.make_bookings()
        self.make_complaints()
        self.make_renewals()
        self.make_prospects()
        self.make_accounts()
        self.make_lost_contacts()

    def make_staff(self) -> None:
        self.sales = [f"销售{n}" for n in "甲乙丙"]
        self.service = ["客服甲", "客服乙"]
        self.advisors = ["顾问甲", "顾问乙"]
        # one, two or no person per role
        for role, names in (
            ("SA", self.sales),
            ("CS", self.service),
            ("SV", self.advisors),
            ("SM", ["经理甲", "经理乙"]),
            ("FD", ["前台甲"]),
            ("KAM", ["大客甲", "大客乙"]),
            ("GM", ["总甲"]),
            ("RS", ["主管甲"]),
            ("SVM", ["服务经理甲"]),
        ):
            for name in names[: self.r.choice([0, 1, 1, 2, 3])]:
                status = self.r.choice(["在职", None, "在职", "离职"])
                self.store["staff"].append(
                    {
                        "staff_id": self.next_id("S"),
                        "name": name,
                        "role": role,
                        "status": status,
                        "team": self.pick(None, "一组"),
                    }
                )
        self.r.shuffle(self.store["staff"])

    def make_customers(self) -> None:
        for _ in range(self.count):
            cid = str(10_000 + len(self.store["customer"])) if self.digits else self.next_id("C")
            customer: Row = {
                "customer_id": cid,
                "customer_name": self.person_name(),
                "mobile": self.new_mobile(),
                "customer_type": self.pick(None, "个人", "单位"),
                "birth_date": self.birthday(),
                "do_not_contact": True if self.chance(0.06) else self.pick(None, False),
                "consent_marketing": self.pick(True, True, False, None),
                "base_scope": self.r.choice(["自销", "自销", "自销", None, "本牌它销", "它牌"]),
                "sales_advisor": self.r.choice([*self.sales, None]),
                "cs_owner": self.r.choice([*self.service, None, None]),
                "service_advisor_owner": self.r.choice([*self.advisors, None]),
                "address": self.pick(None, "景德镇路8号"),
                "remark": self.pick(None, "老客户, 勿催"),
            }
            if self.store["customer"] and self.chance(0.06):  # several customers with one mobile
                customer["mobile"] = self.r.choice(self.store["customer"])["mobile"]
            if self.chance(0.02):
                customer["mobile"] = None
            self.store["customer"].append(customer)
            for _ in range(self.r.choice([0, 1, 1, 1, 1, 1, 2, 2, 3])):
                self.store["vehicle"].append(self.make_car(cid))
        # the same key with other content: the first row wins, blanks are filled from later ones (2.14)
        for customer in self.r.sample(self.store["customer"], max(1, self.count // 20)):
            again = {
                **customer,
                "birth_date": self.birthday(),
                "cs_owner": self.r.choice(self.service),
                "do_not_contact": self.pick(True, None),
                "mobile": self.pick(customer["mobile"], None),
            }
            for name in self.r.sample(["birth_date", "cs_owner", "do_not_contact", "consent_marketing"], 2):
                customer[name] = None
            self.store["customer"].append(again)
        for car in self.r.sample(self.store["vehicle"], max(1, self.count // 20)):
            if car.get("vin"):
                again = {
                    **car,
                    "insurance_expiry": self.near(-5, 30),
                    "next_service_date": self.near(-30, 30),
                    "vehicle_status": self.pick("转让", None),
                    "series": self.r.choice(SERIES),
                }
                car["insurance_expiry"] = None
                car["next_service_date"] = self.pick(None, self.near(-30, 30))
                if not self.wide:
                    self.store["vehicle"].append(again)
        if not self.wide:
            for _ in range(3):  # cars of customers nobody has on file
                self.store["vehicle"].append(self.make_car(self.pick("C9999", None)))
            for _ in range(2):  # one VIN under two customers
                first = self.r.choice(self.store["vehicle"])
                second = self.r.choice(self.store["customer"])
                if (
                    first.get("vin")
                    and first["customer_id"] != second["customer_id"]
                    and first.get("delivery_date")
                ):
                    self.store["vehicle"].append(
                        {
                            **first,
                            "customer_id": second["customer_id"],
                            "next_service_date": None,
                            "delivery_date": first["delivery_date"] + days(self.r.choice([-200, 3, 100])),
                        }
                    )

    def birthday(self) -> object:
        kind = self.r.random()
        if kind < 0.2:
            return None
        day = self.near(-3, 9) if kind < 0.6 else self.near(-180, 180)
        if kind > 0.95:
            return self.pick("2-29", date(1988, 2, 29))
        if kind > 0.8:
            return f"{day.month}-{day.day}"  # a month-day without year
        year = self.r.randint(1955, 2003)
        try:
            return date(year, day.month, day.day)
        except ValueError:
            return date(1988, 2, 29)

    def delivery_day(self) -> date | None:
        kind = self.r.random()
        if kind < 0.3:
            return self.near(-50, 0)
        if kind < 0.6:  # some month touch is near
            n = self.r.choice(MONTHS)
            day = add_months(self.as_of + days(self.r.randint(-26, 5)), -n)
            return add_months(day.replace(day=1), 1) - days(1) if self.chance(0.2) else day
        if kind < 0.8:
            return self.near(-3000, -50)
        if kind < 0.87:  # about three months: first service
            return self.near(-140, -60)
        if kind < 0.9:
            return self.pick(date(2024, 2, 29), date(2020, 2, 29))
        if kind < 0.93:
            return self.near(1, 20)  # not delivered yet at as_of
        return None

    def make_car(self, cid: object) -> Row:
        delivery = self.delivery_day()
        car: Row = {
            "vin": self.new_vin(),
            "plate_no": self.new_plate(),
            "customer_id": cid,
            "brand": "大众",
            "series": self.r.choice(SERIES),
            "model": self.pick(None, "1.5L 舒适版"),
            "use_type": self.pick("私家车", "公务车", "营运车", None),
            "delivery_date": delivery,
        }
        if delivery and self.chance(0.4):
            car["delivery_time"] = self.pick(time(9, 30), time(23, 0), time(14, 5), time(0, 0))
        if self.chance(0.6):
            car["purchase_date"] = (delivery or self.near(-1600, -1)) - days(self.r.choice([0, 0, 2, 5, 40]))
        if self.chance(0.1):  # about the replacement cycle
            car["purchase_date"] = add_months(self.near(-40, 90), -48 - 6 * self.r.randint(0, 3))
        if self.chance(0.06):
            car["vin"] = None
        if self.chance(0.08):
            car["plate_no"] = None
        for column in ("insurance_expiry", "inspection_expiry"):
            kind = self.r.random()
            car[column] = self.near(-25, 38) if kind < 0.4 else self.near(60, 400) if kind < 0.7 else None
            if column == "inspection_expiry" and self.chance(0.1):
                car[column] = f"有效期至{self.near(0, 30):%Y-%m}"
        if self.chance(0.35):
            car["last_odometer"] = self.r.randint(5, 900) * 100
            if self.chance(0.7):
                car["odometer_date"] = self.near(-200, 3)
        if self.chance(0.12):
            car["first_service_done"] = self.chance(0.7)
        if self.chance(0.1):
            car["first_service_date"] = self.near(-500, 5)
        if self.chance(0.3):
            car["last_service_date"] = self.r.choice(
                [
                    self.near(-400, 3),
                    add_months(self.near(-20, 5), -6),
                    add_months(self.near(-35, 5), -12),
                    add_months(self.near(-20, 3), -4),
                ]
            )
        if self.chance(0.4):
            car["next_service_date"] = self.near(-80, 40)
        if self.chance(0.3):
            car["next_service_km"] = self.r.randint(1, 20) * 5000
        kind = self.r.random()
        car["vehicle_status"] = (
            "转让"
            if kind < 0.03
            else "报废"
            if kind < 0.05
            else "它牌置换"
            if kind < 0.1
            else self.pick("在用", None)
        )
        return car

    # visits

    def order(self, car: Row, day: date, **more: object) -> Row:
        kind = self.r.choice(
            ["首保", "定期保养", "定期保养", "一般维修", "一般维修", "事故车", "返修", "索赔", "其他", None]
        )
        pay = self.r.choice(
            ["自费", "自费", "自费", None, "首保免费", "保修索赔", "保险", "内部", "活动赠送"]
        )
        paid = self.r.choice([None, 0, 300, 480, 600, 899.5, 1500, 2600, 12000])
        row: Row = {
            "ro_no": self.next_id("RO"),
            "vin": car.get("vin"),
            "plate_no": car.get("plate_no"),
            "visit_date": day if self.chance(0.8) else self.moment(day, 1),
            "checkout_date": self.r.choice([day, day, day + days(1), day + days(2), None]),
            "work_type": kind,
            "pay_type": pay,
            "paid_amount": paid,
            "total_amount": self.r.choice([None, 500, 1600, 20000]),
            "service_advisor": self.r.choice([*self.advisors, None]),
            "items": self.pick(None, "机油机滤"),
        }
        if kind in ("首保", "定期保养") and self.chance(0.5):
            row["next_service_date"] = day + days(self.r.choice([90, 150, 180, 200]))
        if kind in ("首保", "定期保养") and self.chance(0.4):
            row["next_service_km"] = self.r.randint(2, 20) * 5000
        row.update(more)
        return row

    def visit_days(self) -> list[date]:
        kind = self.r.random()
        if kind < 0.3:
            return []
        if kind < 0.5:  # fresh, maybe close together
            first = self.near(-22, 0)
            return [first, first + days(self.r.choice([1, 2, 3, 4, 6]))][: self.r.choice([1, 2])]
        if kind < 0.65:  # lapse limits
            months = self.r.choice([4, 5, 6, 12])
            return [add_months(self.near(-40, 4), -months)]
        if kind < 0.8:  # a faithful customer
            return [
                self.near(-30, -1) - days(self.r.randint(60, 120) * n) for n in range(self.r.randint(3, 7))
            ]
        return [self.near(-900, 6) for _ in range(self.r.randint(1, 4))]

    def make_visits(self) -> None:
        for car in self.store["vehicle"]:
            km = self.r.randint(1, 60) * 500
            for day in sorted(self.visit_days()):
                km += self.r.choice([0, 1200, 3000, 5000, 8000, -100])
                row = self.order(car, day, odometer_in=max(km, 10) if self.chance(0.8) else None)
                if day > self.as_of - days(15) and self.chance(0.2):
                    row["checkout_date"] = self.as_of + days(self.r.randint(1, 4))  # in the shop at as_of
                how = self.r.random()
                if how < 0.15 and car.get("plate_no"):
                    row["vin"] = None
                elif how < 0.25 and self.dirty and car.get("vin"):
                    row["vin"] = str(car["vin"])[-8:]  # a short tail
                elif how < 0.4:
                    row["plate_no"] = None
                self.store["service_visit"].append(row)
                if self.chance(0.15):  # another repair order of that day
                    self.store["service_visit"].append(
                        self.order(car, day, vin=row["vin"], plate_no=row["plate_no"])
                    )
        for _ in range(max(2, self.count // 12)):
            stranger = {"vin": self.new_vin(), "plate_no": self.new_plate()}
            customer = self.r.choice(self.store["customer"])
            row = self.order(stranger, self.near(-20, 0))
            kind = self.r.random()
            if kind < 0.4:  # walk-in
                row["mobile"], row["customer_name"] = self.new_mobile(), self.person_name()
            elif kind < 0.8:  # an unknown car of a known customer
                row["mobile"], row["customer_name"] = customer["mobile"], customer["customer_name"]
            self.store["service_visit"].append(row)

    # bookings, complaints, renewals

    def whose(self, row: Row, car: Row | None, customer: Row) -> Row:
        """Name the customer and the car of a row in one of many ways."""
        kind = self.r.random()
        has_id = not (self.wide and self.no_customer_id)
        if kind < 0.55 and has_id:
            row["customer_id"] = customer["customer_id"]
            if car and self.chance(0.5):
                row["vin"] = car.get("vin")
        elif kind < 0.75 and car and car.get("vin"):
            row["vin"] = car["vin"]
            if self.chance(0.3):
                row["plate_no"] = car.get("plate_no")
        elif kind < 0.85 and car and car.get("plate_no"):
            row["plate_no"] = car["plate_no"]
        else:
            row["mobile"] = customer["mobile"]
            if self.chance(0.6):
                row["customer_name"] = customer["customer_name"]
        return row

    no_customer_id = False

    def customer_and_car(self) -> tuple[Row, Row | None]:
        customer = self.r.choice(self.store["customer"])
        cars = [c for c in self.store["vehicle"] if c["customer_id"] == customer["customer_id"]]
        return customer, self.r.choice(cars) if cars and self.chance(0.85) else None

    def make_bookings(self) -> None:
        for _ in range(max(4, self.count // 4)):
            customer, car = self.customer_and_car()
            day = self.near(-4, 6)
            row = self.whose(
                {
                    "booking_id": self.next_id("B"),
                    "appointment_at": self.moment(day, 0.8),
                    "booked_on": self.r.choice([None, self.moment(day - days(3)), self.near(-5, 2)]),
                    "initiator": self.pick("客户主动", "提醒后预约", None),
                    "status": self.r.choice([None, None, None, "已到店", "未到店", "改期", "取消"]),
                },
                car,
                customer,
            )
            if self.chance(0.2):
                row["arrived_at"] = self.moment(day)
            self.store["booking"].append(row)

    def make_complaints(self) -> None:
        for _ in range(max(5, self.count // 4)):
            customer, car = self.customer_and_car()
            day = self.near(-9, 1)
            received = self.moment(day)
            row = self.whose(
                {
                    "complaint_id": self.next_id("K"),
                    "received_at": received,
                    "category": self.r.choice(["质量", "质量", "服务", "销售", "价格", None]),
                    "handler": self.r.choice([None, None, "处理甲", *self.advisors]),
                    "handler_level": self.r.choice([None, 1, 2, 3, 4, 5]),
                    "content": "异响",
                    "status": self.r.choice([None, None, "待处理", "处理中", "已解决", "已关闭"]),
                },
                car,
                customer,
            )
            if self.chance(0.4):
                row["promised_at"] = self.moment(day + days(self.r.randint(0, 9)), 0.8)
                if self.chance(0.1):
                    row["promised_at"] = datetime.combine(day + days(3), time(1, 0))
            if self.chance(0.4):
                row["first_response_at"] = self.moment(day)
            if self.chance(0.45):
                row["resolved_at"] = self.moment(day + days(self.r.randint(0, 4)))
            if self.chance(0.2):
                row["followup_at"] = self.moment(day + days(self.r.randint(2, 6)))
            if self.chance(0.08):
                for name in ("customer_id", "vin", "plate_no", "mobile"):
                    row.pop(name, None)
            self.store["complaint"].append(row)

    def make_renewals(self) -> None:
        for car in self.store["vehicle"]:
            for kind, column in (("保险", "insurance_expiry"), ("年检", "inspection_expiry")):
                expiry = car.get(column)
                if isinstance(expiry, date) and self.chance(0.15) and (car.get("vin") or car.get("plate_no")):
                    self.store["renewal"].append(
                        {
                            "renewal_id": self.next_id("N"),
                            "vin": car.get("vin"),
                            "plate_no": None if car.get("vin") else car.get("plate_no"),
                            "kind": kind,
                            "expiry": self.r.choice([expiry, expiry, add_months(expiry, -12)]),
                            "reminded_on": self.pick(None, expiry - days(20)),
                            "result": self.r.choice(["本店续保", "外部续保", "未续", "已年检", "待定", None]),
                        }
                    )

    # prospects, key accounts

    def make_prospects(self) -> None:
        for _ in range(max(6, self.count // 3)):
            created = self.near(-60, 1)
            row: Row = {
                "prospect_no": self.next_id("P"),
                "created_date": created,
                "name": self.person_name(),
                "mobile": self.new_mobile(),
                "grade": self.r.choice(["H", "A", "B", "C", None, None]),
                "intent_model": self.pick(None, "ID.4"),
                "source_channel": self.pick(None, "展厅"),
                "expected_order_date": self.r.choice([None, self.near(-5, 8), self.near(5, 120)]),
                "last_follow_date": self.r.choice([None, self.near(-25, 0), self.near(-4, 1)]),
                "next_follow_date": self.r.choice([None, None, self.near(-3, 4), self.near(-30, 9)]),
                "status": self.r.choice([None, "在跟", "在跟", "在跟", "订车", "战败", "退订", "交车"]),
                "sales_advisor": self.r.choice([*self.sales, None]),
            }
            if self.chance(0.05):
                row["created_date"] = None
            self.store["prospect"].append(row)
            for _ in range(self.r.choice([0, 0, 1, 2, 3])):
                day = self.near(-20, 1)
                log: Row = {
                    "contact_id": self.next_id("L"),
                    "contact_at": self.moment(day),
                    "result": self.r.choice(["接通", "接通", "拒访", "未接", "改约", "关机", None]),
                    "rule_code": self.r.choice([None, "潜客跟进", "PRO-A", "3天"]),
                    "staff": row["sales_advisor"],
                    "role": self.pick(None, "SA"),
                }
                if self.chance(0.4):
                    log["next_contact_date"] = day + days(self.r.choice([0, 1, 2, 5, 9]))
                if self.chance(0.7):
                    log["customer_id"] = row["prospect_no"]
                else:
                    log["mobile"] = row["mobile"]
                self.store["contact_log"].append(log)

    def make_accounts(self) -> None:
        for _ in range(self.r.randint(1, 4)):
            number = self.next_id("G")
            self.store["key_account"].append(
                {
                    "account_no": number,
                    "name": self.person_name(),
                    "unit": "某某物流",
                    "contact": self.new_mobile(),
                    "owner": self.r.choice(["大客甲", None, "大客丙"]),
                    "annual_frequency": self.r.randint(0, 12),
                    "amount": self.r.choice([None, 8000, 50000]),
                }
            )
            for _ in range(self.r.randint(0, 4)):
                day = self.near(-45, 0)
                log: Row = {
                    "contact_id": self.next_id("L"),
                    "customer_id": number,
                    "contact_at": self.moment(day),
                    "result": self.r.choice(["接通", "接通", "已发送", "未接", "拒访", "改约"]),
                    "channel": self.r.choice(["电话", None, "上门", "短信", "微信"]),
                    "rule_code": self.r.choice([None, None, "大客户", "KA-WEEK", "KA-QTR", "KA-MONTH"]),
                    "role": self.r.choice(["KAM", "KAM", None]),
                    "staff": "大客甲",
                }
                if log["result"] == "改约" and self.chance(0.7):
                    log["next_contact_date"] = day + days(self.r.randint(1, 12))
                self.store["contact_log"].append(log)

    def make_lost_contacts(self) -> None:
        """Old surveys of lost customers: LOST-VISIT comes half a year after them."""
        for car in self.store["vehicle"]:
            customer = next(
                (c for c in self.store["customer"] if c["customer_id"] == car["customer_id"]), None
            )
            if customer is None or not self.chance(0.12):
                continue
            day = add_months(self.near(-42, 6), -6)
            for n in range(self.r.choice([1, 1, 2])):
                log = self.whose(
                    {
                        "contact_id": self.next_id("L"),
                        "contact_at": self.moment(day + days(n * 9)),
                        "result": self.r.choice(["接通", "接通", "接通", "拒访"]),
                        "role": "CS",
                        "rule_code": self.r.choice(
                            ["真性流失", "LAPSE-TRUE", "LOST-VISIT", "流失客户上门回访"]
                        ),
                        "no_visit_reason": self.pick(None, "换店", "搬家"),
                    },
                    car,
                    customer,
                )
                self.store["contact_log"].append(log)

    # reminders and the log, aimed at the items that the oracle knows

    def make_reminders(self, items: list[object]) -> None:
        for item in items:
            if item.rule == "MNT-NOSHOW" and self.chance(0.3):
                car = next((c for c in self.store["vehicle"] if c.get("vin") == item.car), None)
                if car is None:
                    continue
                for _ in range(self.r.choice([1, 1, 2])):
                    self.store["maintenance_reminder"].append(
                        {
                            "reminder_id": self.next_id("M"),
                            "vin": item.car,
                            "due_date": self.r.choice([item.anchor, item.anchor, item.anchor - days(30)]),
                            "promised_date": self.r.choice([None, item.anchor + days(self.r.randint(-5, 9))]),
                            "first_reminded_on": item.anchor - days(10),
                        }
                    )

    WORDS = {  # noqa: RUF012
        "DLV-D0": ["交车当天", "Delivery day"],
        "DLV-2H": ["2小时", "2-hour care call"],
        "DLV-3D": ["3天", "3天回访", "3-day call"],
        "DLV-7D-SA": ["7天(销售)", "7天", "7天回访（销售）", "7-Day Call by Sales"],
        "DLV-7D-CS": ["7DC", "7天", "7天回访", "7-day survey call"],
        "DLV-2W-MGR": ["2周经理", "Manager thanks"],
        "DLV-15-30": ["15-30天", "15—30天联系", "15-30-day contact"],
        "FS-CALL": ["首保", "First-service call"],
        "MNT-CALL": ["保养", "保养提醒", "Maintenance reminder"],
        "MNT-NOSHOW": ["未到站原因", "Why not come"],
        "BOOK-CFM": ["预约确认", "Booking confirmation"],
        "SVC-3D": ["维修后3天", "3DC", "Post-repair call", "维修回访"],
        "CMP-2H": ["投诉", "Complaint"],
        "CMP-FU24": ["投诉"],
        "CMP-PROG": ["Complaint"],
        "CMP-USE": ["使用异议", "Usage question call-back"],
        "INS-1M": ["续保", "Insurance renewal"],
        "INSP-1M": ["年检", "年检提醒", "Annual inspection"],
        "BDAY-7": ["生日", "Birthday"],
        "BDAY-0": ["生日"],
        "TRADE-IN": ["置换", "Replacement invitation"],
        "LAPSE-WARN": ["流失预警", "Lapse warning"],
        "LAPSE-PSEUDO": ["准流失", "假性流失", "Pseudo-lapse"],
        "LAPSE-TRUE": ["流失调研", "True-lapse survey"],
        "LOST-VISIT": ["流失客户上门回访"],
        "NEXT": ["约定回访", "Agreed call-back"],
    }

    def rule_text(self, rule: str) -> str:
        if self.chance(0.4):
            return rule if self.chance(0.8) else rule.lower()
        if rule.startswith("DLV-M"):
            if rule == "DLV-M48+":
                return self.r.choice(["第48月", "Month 48", "满51个月", "DLV-M48+"])
            n = int(rule[5:])
            return self.r.choice([f"第{n}月", f"{n}个月", f"满{n}个月", f"Month {n}", "DLV-M"])
        return self.r.choice(self.WORDS.get(rule, [rule]))

    def stale(self, key: str) -> str:
        """A key that fits no item any more: another anchor or another sequence."""
        parts = key.split("/")
        if self.chance(0.5):
            parts[3] = (date.fromisoformat(parts[3]) + days(self.r.choice([-7, -2, 1, 5]))).isoformat()
        else:
            parts[4] = "77"
        return "/".join(parts)

    def make_log(self, items: list[object], share: float) -> None:
        people = {c["customer_id"]: c for c in self.store["customer"]}
        by_mobile = {c["mobile"]: c for c in self.store["customer"]}
        cars = {str(c.get("vin") or c.get("plate_no")): c for c in self.store["vehicle"]}
        live = [
            i
            for i in items
            if i.who[0] == "customer"
            and i.open <= self.as_of + days(10)
            and (i.expire is None or i.expire >= self.as_of - days(60))
        ]
        for item in live:
            if not self.chance(share):
                continue
            customer = people.get(item.who[1]) or by_mobile.get(item.who[1])
            if customer is None:
                continue
            car = cars.get(item.car) if item.car else self.customer_and_car()[1]
            if item.car and self.chance(0.2):
                car = None
            low = item.original_open - days(5)
            high = (item.expire or self.as_of) + days(3)
            high = max(min(high, self.as_of + (days(2) if self.chance(0.05) else days(0))), low)
            day = low + days(self.r.randint(0, max((high - low).days, 0)))
            tries = self.r.choice([1, 1, 1, 2, 2, 3, 4]) if self.chance(0.5) else 1
            failing = tries > 1 and self.chance(0.6)
            others = [i for i in live if i.who == item.who and i is not item]
            for n in range(tries):
                row = self.log_row(
                    item, customer, car, day, others, failing and n < tries - self.r.choice([0, 1])
                )
                self.store["contact_log"].append(row)
                day += days(self.r.choice([0, 1, 1, 2, 3, 7]))
                if day > self.as_of + days(1):
                    break

    def log_row(
        self, item: object, customer: Row, car: Row | None, day: date, others: list[object], failing: bool
    ) -> Row:
        result = self.r.choice(
            ["接通"] * 8
            + ["未接"] * 3
            + ["关机", "空号", "拒访", "拒访", "改约", "改约", "改约", "已发送", "已发送", None]
        )
        if failing:
            result = self.r.choice(["未接", "未接", "关机", "空号"])
        row: Row = {
            "contact_id": self.next_id("L"),
            "contact_at": self.moment(day),
            "result": result,
            "channel": self.r.choice(["电话", "电话", None, "微信", "短信"]),
        }
        self.whose(row, car, customer)
        kind = self.r.random()
        if kind < 0.3:
            keys = [item.key] if self.chance(0.7) else [self.stale(item.key)]
            for other in others:
                if self.chance(0.15):
                    keys.append(other.key if self.chance(0.7) else self.stale(other.key))
            row["due_key"] = self.r.choice([";", "; "]).join(keys[:4])
            if self.chance(0.5):
                row["rule_code"] = self.rule_text(item.rule)
        elif kind < 0.65:
            words = [self.rule_text(item.rule)]
            if others and self.chance(0.2):
                words.append(self.rule_text(self.r.choice(others).rule))
            row["rule_code"] = self.r.choice(["、", ",", ";", "+", " ， "]).join(words)
        elif kind < 0.7:
            row["rule_code"] = self.r.choice(["节日", "随便聊聊", "其他回访"])  # words 2.18 does not know
        elif kind < 0.73:
            row["rule_code"] = self.r.choice(["HOL", "FS-AUTO", "OEM-1"])
        who = self.r.random()
        if who < 0.5:
            row["role"] = item.role if self.chance(0.8) else self.r.choice(["SA", "CS", "SV", "SM"])
        row["staff"] = self.r.choice(
            [
                customer["sales_advisor"],
                customer["cs_owner"],
                customer["service_advisor_owner"],
                *self.sales,
                *self.service,
                "路人甲",
                None,
            ]
        )
        if (
            (result == "改约" and self.chance(0.75))
            or (result == "接通" and self.chance(0.12))
            or self.chance(0.01)
        ):
            row["next_contact_date"] = day + days(self.r.choice([1, 1, 2, 3, 5, 8, 15]))
        if result == "接通" and self.chance(0.3):
            row["satisfaction_level"] = self.r.choice(["非常满意", "满意", "一般", "不满意"])
        if self.chance(0.06):
            row["objection_type"] = self.r.choice(["使用异议", "使用异议", "质量异议", "无"])
        if (item.rule.startswith("LAPSE") and self.chance(0.3)) or self.chance(0.03):
            row["no_visit_reason"] = "搬家"
        if self.chance(0.3):
            row["feedback"] = "希望短信通知"
        return row


# ---------------------------------------------------------------------------------------------------------
# 2. How it lies in the sheets
# ---------------------------------------------------------------------------------------------------------

SHEETS = {
    "customer": ["Customers", "客户档案"],
    "vehicle": ["Vehicles", "车辆档案"],
    "service_visit": ["Repair Orders", "维修记录"],
    "booking": ["Bookings", "预约记录"],
    "contact_log": ["Call Log", "回访记录"],
    "complaint": ["Complaints", "投诉记录"],
    "prospect": ["Prospects", "潜客卡"],
    "renewal": ["Renewals", "续保年检提醒"],
    "maintenance_reminder": ["保养提醒及跟进管控表", "保养提醒及跟进管控表"],
    "key_account": ["Key Accounts", "大客户档案"],
    "staff": ["Staff", "员工"],
    "parc": ["Parc", "保有量"],
}
OTHER_NAMES = {  # sheets that only their headings give away (2.2)
    "customer": "车主一览",
    "vehicle": "车辆台账",
    "service_visit": "结算明细",
    "contact_log": "电话台账",
    "complaint": "客诉台账",
    "prospect": "展厅来客",
}
KEYS = {name: oracle.TABLES[name][1] for name in SHEETS}
KEEP = {  # columns that are never dropped
    "customer": {"customer_id", "customer_name", "mobile"},
    "vehicle": {"vin", "plate_no", "customer_id"},
    "service_visit": {"ro_no", "vin", "visit_date"},
    "booking": {"booking_id", "appointment_at", "vin"},
    "contact_log": {"contact_id", "contact_at", "result"},
    "complaint": {"complaint_id", "received_at"},
    "prospect": {"prospect_no", "name", "created_date"},
    "renewal": {"vin", "kind", "expiry"},
    "maintenance_reminder": {"vin", "due_date", "promised_date"},
    "key_account": {"account_no", "name", "owner"},
    "staff": {"name", "role", "staff_id"},
    "parc": {"month", "parc"},
}
UNCLEAR = {
    "公里数(住址)",
    "联系方式",
    "状态",
    "登记日期",
    "Status",
    "其他",
    "单位",
    "SA",
    "Owner",
    "编号",
    "年消费频率",
}


class Writer:
    faults = True  # unreadable values and missing columns, in dirty books

    def __init__(self, path: Path, seed: int, language: str, dirty: bool) -> None:
        self.r = random.Random(f"{seed}-sheets")
        self.language, self.dirty = language, dirty
        self.epoch_1904 = dirty and self.r.random() < 0.15
        self.book = xlsxwriter.Workbook(
            str(path), {"date_1904": self.epoch_1904, "default_date_format": "yyyy-mm-dd"}
        )
        self.day_format = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment_format = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.time_format = self.book.add_format({"num_format": "hh:mm"})
        self.bold = self.book.add_format({"bold": True})

    def chance(self, p: float) -> bool:
        return self.r.random() < p

    # headings

    def heading(self, table: str, name: str) -> str:
        fields = oracle.TABLES[table][0]
        if table == "customer" and name not in fields:
            fields = oracle.VEHICLE
        aliases = [a for a in fields[name].split("/") if a and a not in UNCLEAR]
        if table == "prospect":  # on a sheet of an unknown name 客户编号 could as well be the customer's
            aliases = [a for a in aliases if a != "客户编号"]
        english = [a for a in aliases if a.isascii()]
        chinese = [a for a in aliases if not a.isascii()]
        title = name.replace("_", " ").title()
        if self.language == "en":
            out = self.r.choice([title, title, name, *english]) if self.dirty else title
        else:
            out = (self.r.choice(chinese) if self.dirty else chinese[0]) if chinese else title
            if self.dirty and self.chance(0.06):
                out = title
        if not self.dirty:
            return out
        kind = self.r.random()
        if kind < 0.05:
            return out + "(必填)"
        if kind < 0.1:
            return out + "（必填）"
        if kind < 0.14:
            return "* " + out
        if kind < 0.18:
            return out.upper() + " :"
        if kind < 0.22:
            return out[:2] + "\n" + out[2:]
        if kind < 0.25:
            return out.replace(" ", "-")
        if kind < 0.28:
            return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in "()" else c for c in out)
        return out

    # values

    def wide_digits(self, text: str) -> str:
        return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)

    def date_cell(self, value: date) -> object:
        """One of the many ways in which a date stands in a sheet (2.14)."""
        clock = value.time() if isinstance(value, datetime) else None
        day = value.date() if isinstance(value, datetime) else value
        tail = f" {clock:%H:%M}" if clock else ""
        kind = self.r.random()
        if not self.dirty or kind < 0.5:
            return value
        if kind < 0.58:
            epoch = datetime(1904, 1, 1) if self.epoch_1904 else datetime(1899, 12, 30)
            delta = (value if clock else datetime.combine(day, time(0, 0))) - epoch
            return delta.days + (delta.seconds / 86400 if clock else 0)
        if kind < 0.64:
            return f"{day.year}-{day.month}-{day.day}{tail}"
        if kind < 0.7:
            return f"{day.year}/{day.month}/{day.day}{tail}"
        if kind < 0.75:
            return f"{day.year}.{day.month}.{day.day}{tail}"
        if kind < 0.79:
            return f"{day:%Y%m%d}{tail}"
        if kind < 0.83 and clock is None:
            return int(f"{day:%Y%m%d}")
        if kind < 0.87:
            return f"{day.year % 100:02d}-{day.month}-{day.day}{tail}"
        if kind < 0.91:
            return f"{day.year}年{day.month}月{day.day}日{tail}"
        if kind < 0.94:
            return self.wide_digits(f" {day.year}-{day.month:02d}-{day.day:02d} ") + tail
        if kind < 0.97 and clock:
            return f"{day:%Y-%m-%d}T{clock:%H:%M}"
        if kind > 0.992 and self.faults:
            return self.r.choice(["2024-02-30", "待定", "5/3/2024", "2024-13-01"])
        return f"  {day:%Y-%m-%d}{tail}  "

    def synonym(self, kind: str, word: str) -> str:
        others = oracle.WORDS[kind].get(word, [])
        english = [o for o in others if o.isascii()]
        if self.language == "en" and english and self.chance(0.8):
            word = self.r.choice(english)
        elif self.dirty and others and self.chance(0.3):
            word = self.r.choice(others)
        if self.dirty and self.chance(0.1):
            word = self.r.choice([word + " ", word.upper(), word.lower()])
        if self.dirty and self.faults and self.chance(0.008):
            word = "不详"
        return word

    def cell(self, table: str, name: str, value: object) -> object:
        if value is None:
            return "  " if self.dirty and self.chance(0.02) else None
        kind = oracle.KINDS.get(name, "text")
        if isinstance(value, (datetime, date)):
            return self.date_cell(value)
        if isinstance(value, time):
            kind = self.r.random()
            if not self.dirty or kind < 0.5:
                return value
            return f"{value:%H:%M}" if kind < 0.8 else (value.hour * 60 + value.minute) / 1440
        if isinstance(value, bool):
            if not self.dirty:
                return ("Yes" if value else "No") if self.language == "en" else ("是" if value else "否")
            return self.r.choice(
                ["是", "Y", "yes", "√", 1, "1", "已", True, "有"]
                if value
                else ["否", "N", "×", 0, "未", "无", False]
            )
        if name == "status" or (table == "renewal" and name in ("kind", "result")):
            return self.synonym(f"{table}.{name}", str(value))
        if name == "channel":
            return self.synonym("channel", str(value)) if table == "contact_log" else value
        if kind == "word":
            if name == "role":
                return self.synonym("role", str(value)) if self.dirty or self.language != "en" else value
            return self.synonym(name, str(value))
        if not self.dirty:
            return value
        text = str(value)
        how = self.r.random()
        if name == "birth_date":  # a month-day text
            month, day = text.split("-")
            return self.r.choice(
                [text, f"{int(month):02d}-{int(day):02d}", f"{month}月{day}日", self.wide_digits(text)]
            )
        if kind == "phone" or name == "contact":
            forms = [
                text,
                text,
                int(text),
                float(text),
                f"{text[:3]}-{text[3:7]}-{text[7:]}",
                f"+86 {text}",
                f"86{text}",
                f"0086{text}",
                f"{text}.0",
                f"{text[:3]} {text[3:7]} {text[7:]}",
                self.wide_digits(text),
            ]
            return self.r.choice(forms)
        if kind == "id":
            if text.isdigit() and how < 0.5:
                return self.r.choice([int(text), f"{text}.0"])
            if how < 0.1:
                return text.lower()
            if how < 0.16:
                return f" {text[:3]} {text[3:]} "
            if how < 0.2:
                return self.wide_digits(text)
            return text
        if kind == "plate":
            return self.r.choice(
                [
                    text,
                    text,
                    text[:2] + "·" + text[2:],
                    text[:2] + "-" + text[2:],
                    text.lower(),
                    text[:2] + " " + text[2:],
                ]
            )
        if kind == "number" and name != "handler_level":
            n = float(value)
            if name in ("last_odometer", "odometer_in", "next_service_km"):
                forms = [value, value, f"{int(n)}km", f"{int(n):,} 公里", str(int(n))]
                if n % 1000 == 0:
                    forms.append(f"{n / 10000:g}万公里")
            else:
                forms = [value, value, f"¥{n:,.2f}", f"{n:g}元", self.wide_digits(f"{n:g}")]
                if n % 100 == 0 and n:
                    forms.append(f"{n / 10000:g}万")
            return self.r.choice(forms)
        return text + " " if how < 0.03 else value

    # sheets

    def put(self, sheet: object, row: int, column: int, value: object) -> None:
        if value is None:
            return
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self.moment_format)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time(0, 0)), self.day_format)
        elif isinstance(value, time):
            sheet.write_datetime(row, column, value, self.time_format)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))

    def table(self, table: str, rows: list[Row], drop: set[str] = frozenset()) -> None:
        columns: list[str] = []
        for row in rows:
            columns += [c for c in row if c not in columns]
        for name in sorted(KEEP[table]):
            if name not in columns:
                columns.append(name)
        columns = [c for c in columns if c not in drop]
        keys = {KEYS[table]} | KEEP[table]
        if self.dirty:  # optional columns may be missing
            columns = [c for c in columns if c in keys or not (self.faults and self.chance(0.02))]
            first, rest = columns[:1], columns[1:]
            self.r.shuffle(rest)
            columns = first + rest
        name = SHEETS[table][0 if self.language == "en" else 1]
        if self.dirty and table in OTHER_NAMES and self.chance(0.1):
            name = OTHER_NAMES[table]
        sheet = self.book.add_worksheet(name)
        headings: list[str | None] = []
        for column in columns:
            heading = self.heading(table, column)
            fields = oracle.fields_for_sheet(table)
            if oracle.heading_field(heading, fields) != column:  # keep headings that mean one thing only
                heading = column
            headings.append(heading)
        extra = len(columns)
        if self.dirty and self.chance(0.5):
            headings.append("导出批次")  # a heading nobody knows
        line = 0
        if self.dirty:
            for _ in range(self.r.choice([0, 0, 1, 2, 3])):
                banner = self.r.choice(
                    ["XX汽车销售服务有限公司", "Exported from DMS", "", "说明: 请勿改动表头"]
                )
                if banner and self.chance(0.5):
                    sheet.merge_range(line, 0, line, min(4, len(columns) - 1), banner, self.bold)
                elif banner:
                    sheet.write_string(line, 0, banner, self.bold)
                line += 1
        for number, heading in enumerate(headings):
            sheet.write_string(line, number, heading, self.bold)
        line += 1
        for count, row in enumerate(rows):
            if self.dirty and self.chance(0.01):
                line += 1  # a blank row
            if self.dirty and self.chance(0.008) and count:
                for number, heading in enumerate(headings):
                    sheet.write_string(line, number, heading)
                line += 1
            if self.dirty and self.chance(0.01):
                sheet.write_string(line, 0, self.r.choice(["合计", "小计", "Total", "Grand Total"]))
                if len(columns) > 3:
                    sheet.write_number(line, 3, 12345)
                line += 1
            for _ in range(2 if self.dirty and self.chance(0.02) else 1):  # duplicate rows
                for number, column in enumerate(columns):
                    self.put(sheet, line, number, self.cell(table, column, row.get(column)))
                if len(headings) > extra:
                    sheet.write_string(line, extra, "批次7")
                line += 1
        if self.dirty and self.chance(0.3):
            sheet.write_string(line + 1, 0, "总计")
            sheet.write_number(line + 1, 1, len(rows))

    def pairs(self, name: str, headings: list[str], rows: list[list[object]]) -> None:
        sheet = self.book.add_worksheet(name)
        for number, heading in enumerate(headings):
            sheet.write_string(0, number, heading, self.bold)
        for line, row in enumerate(rows, start=1):
            for number, value in enumerate(row):
                self.put(sheet, line, number, value)


def random_settings(r: random.Random, as_of: date) -> dict[str, object]:
    options: dict[str, list[object]] = {
        "go_live_date": [as_of - days(30), as_of - days(10), as_of - days(200)],
        "max_attempts": [2, 4, 1],
        "min_gap_days": [0, 3, 14],
        "month_series": ["1,3,5,6,12,24", "2,12,36"],
        "month_repeat_every": [6, 1],
        "month_repeat_from": [24, 48, 60],
        "first_service_km": [3000, 7500],
        "first_service_months": [2, 6],
        "first_service_stop_days": [15, 60],
        "maint_interval_months": [4, 12],
        "maint_interval_km": [7500, 10000],
        "default_daily_km": [55, 25.5],
        "repeat_days": [5, 10, 2],
        "maint_max_calls": [1, 5],
        "early_visit_days": [10, 60],
        "store_open_time": ["08:30", "22:30"],
        "lapse_warn_days": [10, 60],
        "lapse_warn_months": [3, 5],
        "quasi_lost_months": [5, 8],
        "lost_months": [9, 18],
        "tier_mode": ["quantile"],
        "tier_ticket_hi": [1000],
        "tier_ticket_hi.朗逸": [500],
        "tier_ticket_lo.速腾": [400],
        "tier_visits_hi": [3],
        "tier_interval_hi": [90],
        "tier_target_hi": [30],
        "prospect_follow_a": [3],
        "prospect_follow_n": [10],
        "prospect_days_h": [3],
        "replacement_cycle_months": [36],
        "replacement_repeat_months": [3, 12],
        "feb29_observe": ["1mar"],
        "parc": [8000],
        "week_start": ["Sunday", "Monday"],
    }
    return {name: r.choice(options[name]) for name in r.sample(sorted(options), r.randint(3, 12))}


def random_rules(r: random.Random) -> list[Row]:
    codes = list(oracle.DEFAULT_RULES)
    out: list[Row] = []
    for code in r.sample(codes, r.randint(3, 9)):
        row: Row = {"Rule Code": code}
        kind = r.random()
        if code in ("DLV-3D-AS", "DLV-PHOTO"):
            row["On"] = r.choice(["是", "yes", "Y"])
        elif kind < 0.3:
            row["On"] = r.choice(["否", "no", "N"])
        elif code.startswith("KA-"):
            row["Priority"] = r.randint(1, 5)
        elif kind < 0.45:
            row["Role"] = r.choice(["SA", "CS", "SV", "销售经理", "客服专员", "SM"])
        elif kind < 0.6:
            row["Priority"] = r.randint(1, 5)
        elif kind < 0.8:
            row["Expire"] = r.choice(["+3d", "+30d", "0d", "never", "+1m"])
        elif code in (
            "DLV-3D",
            "DLV-7D-SA",
            "DLV-M",
            "SVC-3D",
            "LAPSE-PSEUDO",
            "LAPSE-TRUE",
            "TRADE-IN",
            "CMP-USE",
            "LAPSE-WARN",
        ):
            row.update(
                {
                    "Open": r.choice(["-1m", "-5d", "0d"]) if code in ("DLV-M", "TRADE-IN") else "0d",
                    "Due": "+4d",
                    "Deadline": "+9d",
                }
            )
        elif code in ("FS-CALL", "MNT-CALL"):
            row.update({"Open": "-20d", "Due": "-10d"})
        elif code in ("CMP-2H", "CMP-24H", "CMP-FU24", "DLV-2H"):
            row["Due"] = r.choice(["+4h", "+30h", "+1d"])
            if r.random() < 0.5:
                row["Deadline"] = r.choice(["+5h", "+48h", "+2d"])
        elif code.startswith("PRO-"):
            row["Deadline"] = r.choice(["+1d", "+3d"])
        elif code == "INS-1M":
            row.update({"Open": "-2m", "Due": "-1m"})
        else:
            row["Priority"] = 3
        out.append(row)
    return out


def make_store(
    path: str | Path,
    seed: int,
    customers: int = 60,
    language: str = "zh",
    dirty: bool = True,
    settings: dict[str, object] | str | None = None,
    rules: list[Row] | str | None = None,
    as_of: date | None = None,
) -> date:
    """Write a store workbook; the same arguments give the same store. Returns its as_of date."""
    assert language in ("en", "zh", "wide")
    r = random.Random(f"{seed}-store")
    as_of = as_of or DAYS[seed % len(DAYS)]
    if settings == "random":
        settings = random_settings(r, as_of)
    if rules == "random":
        rules = random_rules(r)
    maker = Maker(seed, customers, as_of, dirty, language == "wide")
    maker.no_customer_id = language == "wide" and r.random() < 0.4
    maker.make()
    missing = {
        name
        for name in ("staff", "renewal", "booking", "service_visit", "prospect")
        if dirty and r.random() < 0.05
    }
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        for turn, share in enumerate((0.3, 0.25)):  # the second turn reaches what the first one gave birth to
            write(draft, maker, seed, language, False, settings, rules, missing)
            run = oracle.Oracle(draft, as_of)
            run.run()
            if turn == 0:
                maker.make_reminders(run.items)
            maker.make_log(run.items, share)
    maker.r.shuffle(maker.store["contact_log"])
    write(Path(path), maker, seed, language, dirty, settings, rules, missing)
    return as_of


def write(
    path: Path,
    maker: Maker,
    seed: int,
    language: str,
    dirty: bool,
    settings: dict[str, object] | None,
    rules: list[Row] | None,
    missing: set[str],
) -> None:
    writer = Writer(path, seed, language, dirty)
    store = maker.store
    for table, rows in store.items():
        if table in missing or (not rows and table not in ("service_visit", "contact_log")):
            continue
        if language == "wide" and table == "vehicle":
            continue
        if language == "wide" and table == "customer":
            wide_rows: list[Row] = []
            for customer in rows:
                cars = [c for c in store["vehicle"] if c["customer_id"] == customer["customer_id"]]
                wide_rows += [{**car, **customer} for car in cars] or [dict(customer)]
            writer.table("customer", wide_rows, {"customer_id"} if maker.no_customer_id else set())
            continue
        writer.table(table, rows)
    if settings:
        words = ["Parameter", "Value"] if language == "en" else ["参数", "值"]
        writer.pairs("Settings" if language == "en" else "参数", words, [[k, v] for k, v in settings.items()])
    if rules:
        columns = ["Rule Code", "On", "Role", "Priority", "Open", "Due", "Deadline", "Expire"]
        words = (
            columns
            if language == "en"
            else ["规则代码", "启用", "岗位", "优先级", "开始", "应访", "截止", "失效"]
        )
        writer.pairs(
            "Rules" if language == "en" else "回访规则",
            words,
            [[row.get(c) for c in columns] for row in rules],
        )
    if dirty:
        writer.pairs("备忘", ["事项", "时间点"], [["盘点", "月底"]])
    writer.book.close()


def variant(seed: int) -> dict[str, object]:
    """What a seed stands for in a series of stores: language, dirt, settings, rules."""
    return {
        "language": ("zh", "en", "wide")[seed % 3],
        "dirty": seed % 4 != 0,
        "settings": "random" if seed % 2 else None,
        "rules": "random" if seed % 5 in (1, 3) else None,
    }


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for number in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
        file = target / f"store-{number}.xlsx"
        print(file, make_store(file, number, **variant(number)))
