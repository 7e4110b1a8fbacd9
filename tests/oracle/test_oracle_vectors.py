"""The DOM 8 vectors about lists and states, run against the oracle on workbooks made here."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

_SPEC = importlib.util.spec_from_file_location("retention_oracle", Path(__file__).with_name("oracle.py"))
oracle = importlib.util.module_from_spec(_SPEC)
sys.modules["retention_oracle"] = oracle
_SPEC.loader.exec_module(oracle)

DELIVERY_RULES = {"DLV-D0", "DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-7D-CS", "DLV-2W-MGR", "DLV-15-30"}
VIN = "LVHRU1860N5000001"


def only(*codes: str) -> list[dict]:
    """Rules rows that switch every other rule off."""
    return [{"Rule Code": code, "On": "no"} for code in oracle.DEFAULT_RULES if code not in codes]


def book(tmp_path: Path, **tables: list[dict]) -> Path:
    """A workbook: one sheet per table, English headings, the fields each row has."""
    names = {
        "customer": "Customers",
        "vehicle": "Vehicles",
        "visit": "Repair Orders",
        "booking": "Bookings",
        "log": "Call Log",
        "complaint": "Complaints",
        "prospect": "Prospects",
        "renewal": "Renewals",
        "account": "Key Accounts",
        "staff": "Staff",
        "settings": "Settings",
        "rules": "Rules",
    }
    padding = {
        "customer": ["customer_id", "customer_name", "mobile"],
        "vehicle": ["vin", "plate_no", "customer_id"],
        "visit": ["ro_no", "vin", "visit_date"],
        "log": ["contact_id", "customer_id", "contact_at"],
        "booking": ["booking_id", "vin", "appointment_at"],
        "complaint": ["complaint_id", "customer_id", "received_at"],
        "prospect": ["prospect_no", "name", "mobile"],
        "renewal": ["renewal_id", "vin", "expiry"],
        "account": ["account_no", "name", "owner"],
        "staff": ["staff_id", "name", "role"],
        "settings": ["Parameter", "Value"],
        "rules": ["Rule Code", "On"],
    }
    out = openpyxl.Workbook()
    out.remove(out.active)
    for table, rows in tables.items():
        sheet = out.create_sheet(names[table])
        columns = list(padding[table])
        for row in rows:
            columns += [c for c in row if c not in columns]
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(c) for c in columns])
    path = tmp_path / "book.xlsx"
    out.save(path)
    return path


def car(delivery: date | None = None, **more: object) -> dict:
    return {
        "customer_id": "C1",
        "customer": [{"customer_id": "C1", "customer_name": "Li", "mobile": "13800000001"}],
        "vehicle": [{"vin": VIN, "customer_id": "C1", "delivery_date": delivery, **more}],
    }


def store(delivery: date | None, **tables: list[dict]) -> dict:
    base = car(delivery)
    out = {"customer": base["customer"], "vehicle": base["vehicle"]}
    out.update(tables)
    return out


def calls(path: Path, as_of: str) -> dict[tuple[str, str], dict]:
    return {(r["customer_id"], r["role"]): r for r in oracle.today(path, date.fromisoformat(as_of))["rows"]}


def codes(path: Path, as_of: str) -> set[str]:
    return {code for row in calls(path, as_of).values() for code in row["rules"]}


def log(day: str, rule: str = "", result: str = "接通", **more: object) -> dict:
    at = datetime.fromisoformat(day)
    return {
        "contact_id": f"L{day}{rule}",
        "customer_id": "C1",
        "contact_at": at,
        "rule_code": rule,
        "result": result,
        **more,
    }


def item(path: Path, as_of: str, key: str) -> tuple[object, str]:
    """An item of the oracle itself and its state."""
    run = oracle.Oracle(path, date.fromisoformat(as_of))
    run.run()
    found = run.by_key[key]
    return found, run.state(found)


D0 = [log("2025-03-01", "DLV-D0"), log("2025-03-01", "DLV-2H")]


def test_t33_two_rows(tmp_path: Path) -> None:
    path = book(tmp_path, **store(date(2025, 3, 1), log=D0, rules=only(*DELIVERY_RULES)))
    rows = calls(path, "2025-03-08")
    assert set(rows) == {("C1", "SA"), ("C1", "CS")}
    sa, cs = rows["C1", "SA"], rows["C1", "CS"]
    assert sa["rules"] == ["DLV-3D", "DLV-7D-SA"]
    assert (sa["deadline"], sa["overdue_days"], sa["due_date"]) == ("2025-03-04", 4, "2025-03-04")
    assert cs["rules"] == ["DLV-7D-CS"]
    assert (cs["deadline"], cs["overdue_days"]) == ("2025-03-08", 0)
    assert cs["due_keys"] == [f"C1/{VIN}/DLV-7D-CS/2025-03-01/1"]


def test_t34_twice_is_the_same(tmp_path: Path) -> None:
    path = book(tmp_path, **store(date(2025, 3, 1), log=D0, rules=only(*DELIVERY_RULES)))
    assert oracle.today(path, date(2025, 3, 8)) == oracle.today(path, date(2025, 3, 8))


def test_t35_sa_done_cs_open(tmp_path: Path) -> None:
    rows = [*D0, log("2025-03-06", "DLV-7D-SA")]
    path = book(tmp_path, **store(date(2025, 3, 1), log=rows, rules=only(*DELIVERY_RULES)))
    found = codes(path, "2025-03-08")
    assert "DLV-7D-SA" not in found
    assert "DLV-7D-CS" in found


def test_t36_do_not_contact(tmp_path: Path) -> None:
    data = store(
        date(2025, 3, 1),
        complaint=[
            {
                "complaint_id": "K1",
                "customer_id": "C1",
                "category": "质量",
                "received_at": datetime(2025, 3, 7, 10),
            }
        ],
    )
    data["customer"][0]["do_not_contact"] = "是"
    assert codes(book(tmp_path, **data), "2025-03-08") == {"CMP-2H", "CMP-24H"}


def test_t37_unreachable(tmp_path: Path) -> None:
    rows = [log(f"2025-03-0{n}", "DLV-3D", "未接") for n in (2, 3, 4)]
    path = book(tmp_path, **store(date(2025, 3, 1), log=rows))
    assert item(path, "2025-03-04", f"C1/{VIN}/DLV-3D/2025-03-01/1")[1] == "unreachable"
    same_day = [
        log("2025-03-02T09:00", "DLV-3D", "未接"),
        log("2025-03-02T10:00", "DLV-3D", "未接"),
        log("2025-03-03", "DLV-3D", "关机"),
    ]
    path = book(tmp_path, **store(date(2025, 3, 1), log=same_day))
    assert item(path, "2025-03-04", f"C1/{VIN}/DLV-3D/2025-03-01/1")[1] == "open"


def test_t38_first_service_stops(tmp_path: Path) -> None:
    delivered = date(2025, 3, 10)
    path = book(tmp_path, **store(delivered))
    assert "FS-CALL" in codes(path, "2025-06-01")
    visit = [{"ro_no": "R1", "vin": VIN, "visit_date": date(2025, 5, 20), "work_type": "首保"}]
    path = book(tmp_path, **store(delivered, visit=visit))
    assert "FS-CALL" not in codes(path, "2025-06-01")


def test_t38a_go_live(tmp_path: Path) -> None:
    path = book(
        tmp_path, **store(date(2023, 5, 10), settings=[{"Parameter": "go_live_date", "Value": "2025-03-01"}])
    )
    assert not {c for c in codes(path, "2025-03-01") if c.startswith("DLV-")}
    run = oracle.Oracle(path, date(2025, 3, 1))
    run.run()
    months = sorted((i.due.day, i.rule) for i in run.items if i.rule.startswith("DLV-M"))
    assert months[0] == (date(2025, 5, 10), "DLV-M24")


def test_t38b_insurance(tmp_path: Path) -> None:
    base = car(None, insurance_expiry=date(2025, 4, 20))
    path = book(tmp_path, customer=base["customer"], vehicle=base["vehicle"])
    row = calls(path, "2025-03-25")["C1", "SA"]
    assert row["rules"] == ["INS-1M"]
    assert (row["due_date"], row["deadline"]) == ("2025-03-20", "2025-04-20")
    assert "INS-1M" not in codes(path, "2025-03-19")


def first_service(tmp_path: Path, rows: list[dict]) -> Path:
    return book(tmp_path, **store(date(2025, 3, 10), log=rows))


def test_t81_repeating_missed(tmp_path: Path) -> None:
    path = first_service(tmp_path, [])
    # 5,000 km at 40 km a day from 2025-03-10 is reached on 2025-07-13, so 3 months decide
    one, state = item(path, "2025-06-25", f"C1/{VIN}/FS-CALL/2025-06-10/1")
    assert (one.open, one.due.day, one.deadline.day) == (
        date(2025, 5, 26),
        date(2025, 6, 3),
        date(2025, 6, 10),
    )
    assert state == "missed"
    two, state = item(path, "2025-06-25", f"C1/{VIN}/FS-CALL/2025-06-10/2")
    assert (two.due.day, state) == (date(2025, 7, 1), "planned")
    assert item(path, "2025-06-24", f"C1/{VIN}/FS-CALL/2025-06-10/1")[1] == "overdue"


def test_t82_repeating_connected(tmp_path: Path) -> None:
    path = first_service(tmp_path, [log("2025-05-28", "FS-CALL")])
    two, _ = item(path, "2025-06-10", f"C1/{VIN}/FS-CALL/2025-06-10/2")
    assert (two.open, two.due.day, two.deadline.day, two.expire) == (
        date(2025, 6, 10),
        date(2025, 6, 10),
        date(2025, 6, 17),
        date(2025, 7, 1),
    )


@pytest.mark.parametrize(
    ("second", "expected"), [("2025-05-05", {"2025-05-05"}), ("2025-05-06", {"2025-05-02", "2025-05-06"})]
)
def test_t83_superseded_repair_call(tmp_path: Path, second: str, expected: set[str]) -> None:
    again = date.fromisoformat(second)
    visits = [
        {"ro_no": "R1", "vin": VIN, "visit_date": date(2025, 5, 2), "checkout_date": date(2025, 5, 2)},
        {"ro_no": "R2", "vin": VIN, "visit_date": again, "checkout_date": again},
    ]
    path = book(tmp_path, **store(None, visit=visits))
    rows = oracle.today(path, date(2025, 5, 7))["rows"]
    keys = [k for r in rows for k in r["due_keys"] if "/SVC-3D/" in k]
    assert {k.split("/")[3] for k in keys} == expected


def test_t84_rescheduled(tmp_path: Path) -> None:
    rows = [log("2025-03-03", "DLV-3D", "改约", next_contact_date=date(2025, 3, 10))]
    path = book(tmp_path, **store(date(2025, 3, 1), log=rows))
    assert "DLV-3D" not in codes(path, "2025-03-09")
    key = f"C1/{VIN}/DLV-3D/2025-03-01/1"
    assert item(path, "2025-03-10", key)[1] == "open"
    assert item(path, "2025-03-11", key)[1] == "overdue"
    assert item(path, "2025-03-24", key)[1] == "overdue"
    assert item(path, "2025-03-25", key)[1] == "missed"
    assert "NEXT" not in codes(path, "2025-03-10")


def test_t85_no_rule(tmp_path: Path) -> None:
    path = book(tmp_path, **store(date(2025, 3, 1), log=[log("2025-03-05", role="CS")]))
    found = codes(path, "2025-03-06")
    assert "DLV-7D-CS" not in found
    assert {"DLV-7D-SA", "DLV-3D"} <= found


def test_t86_before_the_anchor(tmp_path: Path) -> None:
    path = book(tmp_path, **store(date(2025, 3, 1), log=[log("2025-02-27", "DLV-3D")]))
    assert "DLV-3D" in codes(path, "2025-03-03")


@pytest.mark.parametrize(("visited", "runs"), [(date(2025, 6, 1), False), (date(2025, 5, 30), True)])
def test_t87_early_maintenance(tmp_path: Path, visited: date, runs: bool) -> None:
    base = car(date(2024, 1, 1), next_service_date=date(2025, 6, 30))
    visit = [{"ro_no": "R1", "vin": VIN, "visit_date": visited, "work_type": "定期保养"}]
    path = book(tmp_path, customer=base["customer"], vehicle=base["vehicle"], visit=visit)
    assert ("MNT-CALL" in codes(path, "2025-06-25")) is runs


@pytest.mark.parametrize(
    ("expected", "due"), [("2025-05-03", "2025-05-03"), ("2025-04-30", "2025-05-05"), (None, "2025-05-05")]
)
def test_t88_prospect(tmp_path: Path, expected: str | None, due: str) -> None:
    row = {
        "prospect_no": "P1",
        "name": "Wu",
        "mobile": "13900000001",
        "grade": "A",
        "last_follow_date": "2025-05-01",
        "expected_order_date": expected,
    }
    path = book(tmp_path, prospect=[row])
    assert codes(path, str(date.fromisoformat(due).replace(day=date.fromisoformat(due).day - 1))) == set()
    found = calls(path, due)["P1", "SA"]
    assert (found["rules"], found["due_date"], found["deadline"]) == (["PRO-A"], due, due)
    assert found["due_keys"] == ["P1//PRO-A/2025-05-01/1"]


def test_t14_t15_birthday_29_february(tmp_path: Path) -> None:
    customers = [
        {
            "customer_id": "C1",
            "customer_name": "Li",
            "mobile": "13800000001",
            "birth_date": "2-29",
            "consent_marketing": "是",
        }
    ]
    path = book(tmp_path, customer=customers)
    assert codes(path, "2025-02-21") == {"BDAY-7"}
    assert codes(path, "2025-02-28") == {"BDAY-0"}
    assert codes(path, "2028-02-28") == {"BDAY-7"}
    assert codes(path, "2028-02-29") == {"BDAY-0"}


@pytest.mark.parametrize(
    ("km", "limit", "due"),
    [(1500, None, "2025-06-10"), (3000, None, "2025-04-29"), (3000, 3000, "2025-04-09")],
)
def test_t20_to_t22_first_service_due(tmp_path: Path, km: int, limit: int | None, due: str) -> None:
    base = car(date(2025, 3, 10), last_odometer=km, odometer_date=date(2025, 4, 9))
    settings = [{"Parameter": "first_service_km", "Value": limit}]
    path = book(tmp_path, customer=base["customer"], vehicle=base["vehicle"], settings=settings)
    run = oracle.Oracle(path, date(2025, 4, 10))
    assert run.first_service_due(run.cars[VIN]) == date.fromisoformat(due)


def test_t23_maintenance_due(tmp_path: Path) -> None:
    base = car(date(2023, 1, 1), next_service_date=date(2025, 6, 15), next_service_km=20000)
    visits = [
        {"ro_no": "R1", "vin": VIN, "visit_date": date(2025, 3, 1), "odometer_in": 16700},
        {"ro_no": "R2", "vin": VIN, "visit_date": date(2025, 4, 10), "odometer_in": "1.82万公里"},
    ]
    path = book(tmp_path, customer=base["customer"], vehicle=base["vehicle"], visit=visits)
    run = oracle.Oracle(path, date(2025, 4, 12))
    assert run.maintenance_due(run.cars[VIN]) == date(2025, 5, 28)


def test_t31_lapse_warning(tmp_path: Path) -> None:
    base = car(date(2023, 1, 1), next_service_date=date(2025, 3, 31), last_service_date=date(2024, 12, 10))
    path = book(tmp_path, customer=base["customer"], vehicle=base["vehicle"])
    found = calls(path, "2025-04-30")["C1", "CS"]
    assert f"C1/{VIN}/LAPSE-WARN/2025-04-30/1" in found["due_keys"]


def test_t47_to_t49_value_tier(tmp_path: Path) -> None:
    as_of = date(2025, 6, 1)
    for amounts, gap, tier in (
        ([1800] * 4, 90, "高价值"),
        ([500, 500], 180, "一般价值"),
        ([2000], 0, "一般价值"),
        ([500], 0, "低价值"),
    ):
        visits = [
            {
                "ro_no": f"R{n}",
                "vin": VIN,
                "visit_date": date.fromordinal(as_of.toordinal() - 5 - n * gap),
                "pay_type": "自费",
                "paid_amount": a,
            }
            for n, a in enumerate(amounts)
        ]
        run = oracle.Oracle(book(tmp_path, **store(date(2022, 1, 1), visit=visits)), as_of)
        assert run.tiers()[VIN] == tier
