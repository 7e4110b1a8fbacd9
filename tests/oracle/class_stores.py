"""Stores with what the classes of DOM 4 depend on: the stores of `stores`, with more columns and more accounts."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from tests.oracle import stores
from tests.oracle.stores import Maker, days

SETTINGS: dict[str, list[object]] = {
    "quasi_lost_months": [4, 8], "lost_months": [9, 18], "loyal_visits": [2, 1], "loyal_amount": [500, 1200],
    "tier_mode": ["quantile", "absolute"], "tier_target_hi": [30], "tier_target_mid": [40], "tier_ticket_hi": [800],
    "tier_ticket_lo": [200], "tier_visits_hi": [3], "tier_visits_lo": [1], "tier_interval_hi": [60],
    "tier_interval_lo": [300], "tier_ticket_hi.朗逸": [500], "city_distance_km": [5, 20], "grade_split": ["10,20,30,40"],
    "prospect_days_h": [3], "prospect_days_a": [10], "prospect_days_b": [20], "prospect_days_c": [40],
    "stage_cut_low": [30], "stage_cut_high": [70], "age_inner_months": [12], "age_inner_km": [30000],
    "age_outer_months": [60], "age_outer_km": [100000], "maint_interval_months": [4], "default_daily_km": [60],
}  # fmt: skip


class ClassMaker(Maker):
    """Adds the columns of DOM 4."""

    def make(self) -> None:
        super().make()
        for customer in self.store["customer"]:
            year = self.r.randint(1950, 2004)
            customer["region_type"] = self.pick(None, None, "市区", "县城", "乡镇")
            customer["address"] = self.pick(
                None, None, "朝阳区建国路1号", "安吉县递铺", "安吉县良朋村", "景德镇路8号", "某乡", "建国路2号"
            )
            # dirty stores write numbers as money, which a distance never is
            customer["distance_km"] = None if self.dirty else self.pick(None, 0, 3.5, 5, 10, 10.5, 20, 25)
            customer["birth_year"] = self.pick(None, f"{year}", year, f"{year}年", f"{year // 10 % 10}0后" if year >= 1960 else None)
            customer["id_number"] = self.pick(None, f"110101{year}0512123X", f"110101{year % 100:02d}0512123")
            customer["occupation"] = self.pick(None, "公务员", "教师", "工人", "务农", "其他", "自由职业", "司机")
        for car in self.store["vehicle"]:
            if not (car.get("vin") or car.get("plate_no") or car["customer_id"]):
                car["plate_no"] = self.new_plate()  # a car without any name cannot be compared
            if self.chance(0.2):
                car["warranty_end"] = self.near(-60, 60)
            if self.chance(0.3):
                car["last_odometer"] = self.r.choice([29_999, 30_000, 30_001, 50_000, 50_001, 60_000, 60_001, 100_001])
        for _ in range(self.r.randint(0, 24)):
            self.store["key_account"].append({"account_no": self.next_id("G"), "name": self.person_name()})
        for account in self.store["key_account"]:
            account.pop("contact", None)  # whether it is a phone or a text decides which rows are alike
            account.update(
                annual_frequency=self.pick(None, 0, 3, 6, 12),
                amount=self.pick(None, 0, 8000, 20000, 50000, 123456.5),
                on_time_pct=self.pick(None, 100, 95, "80%", 33.3),
                margin_pct=self.pick(None, 25, 30, 12.5, "10%"),
                sales_mode=self.pick(None, "框架合同", "合同", "散单"),
                wallet_share_pct=self.pick(None, 0, 0.1, 49.9, 50, 79.9, 80, 100, "65%"),
                years=self.pick(None, 1, 2.5, 5, 8),
                reputation=self.pick(None, 0, 4, 10, 7.5),
            )

    def pick(self, *options: object) -> object:
        return self.r.choice(options)


def make_store(path: Path, seed: int, *, customers: int, language: str, dirty: bool, settings: bool) -> date:
    """Writes a store; the same arguments give the same store. Returns its day."""
    r = random.Random(f"{seed}-classes")
    as_of = stores.DAYS[seed % len(stores.DAYS)] + days(r.randint(0, 40))
    chosen = {name: r.choice(SETTINGS[name]) for name in r.sample(sorted(SETTINGS), 14)} if settings else None
    maker = ClassMaker(seed, customers, as_of, dirty, language == "wide")
    maker.no_customer_id = False
    maker.make()
    missing = {name for name in ("service_visit", "complaint", "key_account") if dirty and r.random() < 0.06}
    stores.write(path, maker, seed, language, dirty, chosen, None, missing)
    return as_of
