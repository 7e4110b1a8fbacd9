"""A slow, literal second opinion on `xl-retention classify`, written from DOM 4 alone, one row after the other.

Sheets, visits and service dates are read by `oracle`; nothing is shared with the product. READINGS.md says which way
was taken where DOM can be read in more than one (C1, C2 ... in the comments).
"""

from __future__ import annotations

import math
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.oracle import oracle
from tests.oracle.oracle import Oracle, Record, When, add_months, number_of, text_of, word_key

WORDS = {  # 2.18
    "use_type": {
        "私家车": "私家 家用 私人 Private", "公务车": "公务 公司用车 单位用车 Official", "营运车": "营运 出租 网约车 货运 Commercial",
    },
    "region_type": {"市区": "城区 City", "县城": "县 County+town", "乡镇": "农村 Rural"},
    "occupation": {
        "公务员": "Civil+servant", "企事业单位": "事业单位 企业职员 教师 医生 工程师 Teacher Doctor Engineer Employee",
        "务工人员": "务工 工人 司机 Worker Driver", "农民": "务农 Farmer", "其他": "Other", "未知": "",
    },
    "sales_mode": {"框架合同": "Framework", "合同": "Contract", "散单": "Occasional"},
}  # fmt: skip


def word(value: object, kind: str) -> str | None:
    text = text_of(value)
    if text is None:
        return None
    for canonical, others in WORDS[kind].items():
        if word_key(text) in {word_key(each.replace("+", " ")) for each in (canonical, *others.split())}:
            return canonical
    return "其他" if kind == "occupation" else None


class Classes(Oracle):
    def classify(self) -> dict[str, object]:
        tiers = self.tiers()
        vehicles = [
            {
                "customer_id": car.customer_id or "",
                "vin": car.key,
                "value_tier": tiers[car.key],
                "loyalty": self.loyalty(car),
                "age_band": self.age_band(car),
                "use": word(car.get("use_type"), "use_type") or "未知",
                "work_item": self.work_items(car),
                "region": self.of_owner(car, self.region),
                "cohort": self.of_owner(car, self.cohort),
                "occupation": self.of_owner(car, lambda who: word(who.get("occupation"), "occupation") or "未知"),
            }
            for car in self.cars.values()
        ]
        return {
            "as_of": self.as_of.isoformat(),
            "vehicles": vehicles,
            "ratio_check": self.ratio_check([str(row["value_tier"]) for row in vehicles]),
            "prospects": [
                {"prospect_no": row["prospect_no"], "grade": self.computed_grade(row)}
                for row in self.prospect_rows
                if row.get("status") in (None, "在跟")
            ],
            "accounts": self.grade_accounts(),
        }

    def of_owner(self, car, ask) -> str:
        owner = self.customers.get(car.customer_id)
        return "未知" if owner is None else ask(owner)

    def age_band(self, car) -> str:
        """4.1."""
        if car.delivery is None:
            return "未知"
        dated = self.readings(car)
        km = dated[-1][1] if dated else car.get("last_odometer")
        inner = car.day("warranty_end") or add_months(car.delivery, self.whole("age_inner_months", 24))
        outer = add_months(car.delivery, self.whole("age_outer_months", 36))
        for label, last, limit in (
            ("AGE1", inner, self.number("age_inner_km", 50000)),
            ("AGE2", outer, self.number("age_outer_km", 60000)),
        ):
            if self.as_of <= last and (km is None or km <= limit):
                return label
        return "AGE3"

    def work_items(self, car) -> list[str]:
        """4.3."""
        first = self.as_of.replace(day=1)
        done = self.first_service_done(car)
        due = self.maintenance_due(car)
        found = []
        if car.delivery is not None and not done:
            found.append("首保客户")
        if done and due is not None and add_months(first, 1) <= due < add_months(first, 2):
            found.append("定期保养客户")
        if any(add_months(first, -1) <= v.day < first and v.work_types & {"一般维修", "事故车"} for v in car.visits):
            found.append("一般维修客户")
        return found

    def region(self, who) -> str:
        """4.4."""
        if typed := word(who.get("region_type"), "region_type"):
            return typed
        address = str(who.get("address") or "")
        for label, signs in (("乡镇", "乡镇村"), ("县城", "县"), ("市区", "区")):
            if any(sign in address for sign in signs):
                return label
        far = amount(who.get("distance_km"))
        return "市区" if far is not None and far <= self.number("city_distance_km", 10) else "未知"

    @staticmethod
    def cohort(who) -> str:
        """4.6; C1 and C2 for what counts as a year."""
        year = None
        birth = who.get("birth_date")
        if birth is not None and birth[0] is not None:
            year = birth[0]
        if year is None and (typed := text_of(who.get("birth_year"))):
            if re.fullmatch(r"\d\d后", typed) and typed in ("60后", "70后", "80后", "90后", "00后"):
                return typed
            if match := re.fullmatch(r"(\d{4})(\.0)?年?", typed):
                year = int(match[1])
        number = text_of(who.get("id_number")) or ""
        if year is None and len(number) == 18 and number[6:10].isdigit():
            year = int(number[6:10])
        if year is None:
            return "未知"
        if year <= 1959:
            return "60前"
        return "00后" if year >= 2000 else f"{year // 10 % 10}0后"

    def loyalty(self, car) -> str:
        """4.8."""
        last = self.last_activity(car)
        if car.status != "在用":
            return "已转出"
        if last is None:
            return "未知"
        if self.as_of > add_months(last, self.whole("lost_months", 12)):
            return "流失客户"
        if self.as_of > add_months(last, self.whole("quasi_lost_months", 6)):
            return "准流失客户"
        paid = [v.paid for v in car.visits if add_months(self.as_of, -12) < v.day <= self.as_of and v.paid > 0]
        loyal = len(paid) >= self.number("loyal_visits", 3) and sum(paid) >= self.number("loyal_amount", 3000)
        return "忠诚客户" if loyal and not self.complains(car.customer_id) else "一般客户"

    def complains(self, customer: str | None) -> bool:
        for row in self.book.tables.get("complaint", []):
            if not self.past(row.get("received_at")):
                continue
            car, _ = self.car_of_row(row)
            if customer in self.customers and self.customer_of_row(row, car) == ("customer", customer):
                solved, followed = self.past(row.get("resolved_at")), self.past(row.get("followup_at"))
                closed = (solved and followed) or (not solved and not followed and row.get("status") == "已关闭")
                if not closed:
                    return True
        return False

    def ratio_check(self, tiers: list[str]) -> list[dict[str, object]]:
        high, middle = self.number("tier_target_hi", 20), self.number("tier_target_mid", 30)
        total = sum(tier != "未知" for tier in tiers)
        return [
            {
                "value_tier": tier,
                "count": tiers.count(tier),
                "share": tiers.count(tier) / total if total else None,
                "target": float(target / 100),
            }
            for tier, target in (("高价值", high), ("一般价值", middle), ("低价值", 100 - high - middle))
        ]

    def computed_grade(self, row: Record) -> str:
        """4.10."""
        expected = row.get("expected_order_date")
        if not isinstance(expected, When):
            return "培育"
        return "逾期未订" if expected.day < self.as_of else {"N": "培育"}.get(
            grade := self.prospect_grade(expected.day), grade
        )

    def grade_accounts(self) -> list[dict[str, object]]:
        """4.9 and 4.11."""
        rows = [row for row in self.book.tables.get("key_account", []) if row.get("account_no")]
        modes = {"框架合同": Fraction(3), "合同": Fraction(2), "散单": Fraction(1)}

        def reached(row: Record, name: str) -> Fraction:
            if name == "sales_mode":
                return modes.get(word(row.get(name), name) or "", Fraction(0))
            return amount(row.get(name)) or Fraction(0)

        items = ("amount", "on_time_pct", "margin_pct", "annual_frequency", "sales_mode", "wallet_share_pct", "years", "reputation")
        full: dict[str, Fraction] = dict(
            zip(items, map(Fraction, (0, 100, 25, 0, 3, 80, 5, 10)), strict=True)
        )
        k = max(math.floor(Fraction(len(rows), 10) + Fraction(1, 2)), 1)
        for name in ("amount", "annual_frequency"):
            full[name] = sorted((reached(row, name) for row in rows), reverse=True)[k - 1] if rows else Fraction(0)
        scores = [
            round(
                float(
                    sum(Fraction("12.5") * min(reached(row, name) / full[name], Fraction(1)) for name in items if full[name])
                ),
                6,
            )
            for row in rows
        ]
        order = sorted(range(len(rows)), key=lambda i: (-scores[i], -reached(rows[i], "amount"), rows[i]["account_no"]))
        split = [Fraction(part) for part in re.findall(r"\d+", oracle.nfkc(self.book.settings.get("grade_split") or "20,30,40,10"))]
        ends = [math.floor(sum(split[: n + 1]) * len(rows) / 100 + Fraction(1, 2)) for n in range(3)]
        grades = {place: "ABCD"[sum(rank >= end for end in ends)] for rank, place in enumerate(order)}
        return [
            {
                "account_no": row["account_no"],
                "score": scores[place],
                "grade": grades[place],
                "stage": self.stage(amount(row.get("wallet_share_pct"))),
            }
            for place, row in enumerate(rows)
        ]

    def stage(self, share: Fraction | None) -> str:
        if share is None or not 0 <= share <= 100:
            return "未知"
        if share == 0:
            return "客户开发阶段"
        low, high = self.number("stage_cut_low", 50), self.number("stage_cut_high", 80)
        return "初期合作阶段" if share < low else "稳定合作阶段" if share < high else "战略合作阶段"


def amount(value: object) -> Fraction | None:
    """A number, cleaned already or not; `%` behind it is only the unit of the column (C4)."""
    if isinstance(value, Fraction):
        return value
    return number_of(value.replace("%", "").replace("％", "") if isinstance(value, str) else value)


def classify(path: str | Path, as_of: date) -> dict[str, object]:
    return Classes(path, as_of).classify()
