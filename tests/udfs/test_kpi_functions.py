# ruff: noqa: E501 (a formula stays in one piece)
"""The cell functions of the key figures: two numbers, columns with a period, and the whole table (DOM 5)."""

from __future__ import annotations

import pytest
import retention_udfs as udf

from tests.udfs.formulas import computed, in_words

RATIOS = {
    "DELIGHT_RATE": (90, 200, 0.45),  # T63
    "SERVICE_SHARE": (320, 8000, 0.04),  # T64
    "SATISFACTION_RATE": (35, 38, 35 / 38),  # T66
    "REMINDER_RATE": (108, 120, 0.9),  # T67
    "REMINDER_TO_VISIT": (81, 108, 0.75),  # T67
    "BOOKING_RATE": (38, 95, 0.4),  # T68
    "SHOW_UP_RATE": (51, 55, 51 / 55),  # T69
    "LOSS_RATE": (18, 80, 0.225),  # T70
    "COMPLAINT_ON_TIME": (8, 9, 8 / 9),  # T79
    "ON_TIME_RATE": (19, 20, 0.95),
    "RETENTION": (60, 80, 0.75),
    "RENEWAL_RATE": (3, 4, 0.75),
    "CONVERSION_RATE": (1, 10, 0.1),
}


@pytest.mark.parametrize("name", RATIOS)
def test_of_two_numbers_the_ratio(name: str) -> None:
    above, below, value = RATIOS[name]
    function = getattr(udf, name)
    assert function(above, below) == pytest.approx(value)
    assert function(0, below) == 0
    assert function(above, 0) == ""
    assert function("", below) == ""
    assert function("x", below).endswith(": not a number")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        pytest.param(
            '=ON_TIME_RATE({"2025-06-04 10:00";"2025-06-04 10:01"},{"2025-06-04 10:00";"2025-06-04 10:00"},"2025-06-01")',
            "0.5", id="by the clock where both have one",
        ),
        pytest.param(
            '=ON_TIME_RATE({"";"2025-06-04 23:00"},{"2025-06-04";"2025-06-04"},"2025-06-01")',
            "0.5", id="never made is late; by the day where one has no clock",
        ),
        pytest.param(
            '=REMINDER_RATE({"2025-03-15";"2025-03-14"},{"2025-06-15";"2025-06-15"},"2025-06-01")',
            "0.5", id="three months before, and a day more",
        ),
        pytest.param(
            '=REMINDER_RATE({"2025-07-15";"2025-07-16"},{"2025-06-15";"2025-06-15"},"2025-06-01")',
            "0.5", id="thirty days after, and a day more",
        ),
        pytest.param(
            '=REMINDER_TO_VISIT({"2025-06-04";"2025-06-05"},{"2025-06-05";"2025-06-05"},{"2025-06-15";"2025-06-15"},"2025-06-01")',
            "0.5", id="a visit before the reminder is none of its doing",
        ),
        pytest.param(
            '=SHOW_UP_RATE({"";"2025-06-03";""},{"2025-06-02";"2025-06-03";"2025-06-04"},"2025-06-01",,{"已到店";"";"改期"})',
            "1", id="the status tells where no arrival is noted, and moved ones are left out",
        ),
        pytest.param(
            '=COMPLAINT_ON_TIME({"2025-06-03 16:40";""},{"2025-06-02 16:40";"2025-06-02 16:40"},"2025-06-01")',
            "0.5", id="24 hours to the minute; past and nothing done",
        ),
        pytest.param(
            '=CONVERSION_RATE({"2025-06-02";"2025-07-02"},{"";"2025-06-30"},"2025-06-01")', "0.5", id="ordered a month later"
        ),
        pytest.param('=BOOKING_RATE({"是";"否";""},{"2025-06-30";"2025-06-01";"2025-07-01"},"2025-06-01")', "0.5", id="the month"),
        pytest.param('=SATISFACTION_RATE({"x";"y"},{"2025-06-02";"2025-06-03"},"2025-06-01")',
                     "satisfied_or_answers: not one of the words", id="no answer at all"),
    ],
)  # fmt: skip
def test_columns_of_a_period(formula: str, shown: str) -> None:
    answer = in_words(computed(formula))
    assert answer == shown or (": not " in shown and ": not " in answer)


CUSTOMERS = [["Customer ID", "Name", "Mobile"], ["C1", "Ada", "13900000001"], ["C2", "Bo", "13900000002"]]
VEHICLES = [["VIN", "Customer ID", "Delivery Date"], ["V1", "C1", "2024-10-02"], ["V2", "C2", "2025-05-02"]]
VISITS = [
    ["RO No", "VIN", "Visit Date", "Type of Work"],
    ["R1", "V1", "2025-05-10", "Repair"],
    ["R2", "V1", "2025-06-10", "Repair"],
    ["R3", "V2", "2025-06-12", "Repair"],
]


def test_the_whole_table_of_a_month() -> None:
    """
    One call spills it: headings, then a row per key figure and person, as `kpi --json` has them.
    """
    settings = [["Parameter", "Value"], ["target_K01", 0.5]]
    rows = udf.KPI_TABLE(
        "2025-06-15", CUSTOMERS, VEHICLES, VISITS, settings=settings, as_of="2025-07-01", language="en"
    )
    assert rows[0] == ["Code", "KPI", "Numerator", "Denominator", "Value", "Target", "Status"]
    found = {row[0]: row for row in rows[1:]}
    assert found["K01"] == ["K01", "Return rate", 1.0, 2.0, 0.5, 0.5, "met"]
    assert found["K14"][2:] == ["", "", "", "", "no data"]
    assert all(len(row) == len(rows[0]) for row in rows)
    assert udf.KPI_TABLE("2025-06-15", CUSTOMERS, VEHICLES, VISITS, as_of="2025-07-01")[1][1] == "回头率"


def test_ranges_without_customers_are_told() -> None:
    answer = udf.KPI_TABLE("2025-06-15", [["x"]], language="en")
    assert isinstance(answer, str)
    assert answer.startswith("customers: ")
