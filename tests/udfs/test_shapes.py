"""What formulas hand over: scalars, cells, rows, columns, blocks, blanks and rubbish."""

from __future__ import annotations

import datetime as dt
import inspect

import numpy as np
import pytest
import retention_udfs as udf
from hypothesis import given, settings
from hypothesis import strategies as st

FIRST = dt.date(2025, 1, 31)
LATER = dt.date(2025, 2, 28)


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(FIRST, id="date"),
        pytest.param(dt.datetime(2025, 1, 31, 17, 30), id="date with a clock"),
        pytest.param(45688, id="serial number"),
        pytest.param(45688.75, id="serial number with a clock"),
        pytest.param("45688", id="serial number as text"),
        pytest.param("2025-01-31", id="ISO"),
        pytest.param("2025年1月31日", id="Chinese"),
        pytest.param("２０２５/1/31", id="full-width"),
        pytest.param("31 Jan 2025", id="English"),
        pytest.param([["2025-01-31"]], id="one cell"),
        pytest.param((("2025-01-31",),), id="one cell of LibreOffice"),
    ],
)
def test_dates_come_in_many_shapes(cell: object):
    answer = udf.EDATE_CLAMPED(cell, 1)
    assert answer in (LATER, [[LATER]])


@pytest.mark.parametrize("cell", [None, "", "  ", "-", 0, 0.0, [[None]], [], [[]], float("nan")], ids=repr)
def test_blank_cells_give_no_data(cell: object):
    assert udf.EDATE_CLAMPED(cell, 1) in ("", [[""]])


def test_scalar_in_scalar_out_and_block_in_block_out():
    assert udf.EDATE_CLAMPED(FIRST, 1) == LATER
    assert udf.EDATE_CLAMPED([[FIRST], [FIRST]], 1) == [[LATER], [LATER]]
    assert udf.EDATE_CLAMPED([[FIRST, FIRST]], 1) == [[LATER, LATER]]
    assert udf.EDATE_CLAMPED([FIRST, FIRST], 1) == [[LATER, LATER]]
    assert udf.EDATE_CLAMPED(FIRST, [[1, 2], [0, -1]]) == [
        [LATER, dt.date(2025, 3, 31)], [FIRST, dt.date(2024, 12, 31)],
    ]  # fmt: skip


def test_rows_of_a_block_may_be_of_unequal_length():
    assert udf.EDATE_CLAMPED([[FIRST, FIRST], [FIRST]], 1) == [[LATER, LATER], [LATER, ""]]


def test_a_wrong_cell_spoils_only_its_own_answer():
    assert udf.EDATE_CLAMPED([[FIRST], ["soon"], [FIRST]], [[1], [1], ["two"]]) == [
        [LATER], ["start: not a date"], ["months: not a whole number"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("km", "fault"), [(-1, "not a distance in km"), ("far", "not a distance in km"), (1e300, "too large")]
)
def test_kilometres_that_no_car_is_driven_are_a_wrong_argument(km: object, fault: str):
    assert udf.SERVICE_DUE("2025-03-10", odometer=km, odometer_date="2025-04-09") == f"odometer: {fault}"


def test_the_first_wrong_argument_of_a_cell_is_named():
    assert udf.EDATE_CLAMPED("soon", "two") == "start: not a date"


def test_blocks_of_unequal_size_are_named():
    assert udf.EDATE_CLAMPED([[FIRST]] * 3, [[1]] * 2) == "months: 2 by 1 cells, 3 by 1 wanted"
    assert udf.EDATE_CLAMPED([[FIRST]] * 2, [[1, 1]]) == "months: 1 by 2 cells, 2 by 1 wanted"


def test_an_argument_of_one_cell_does_not_take_several():
    assert udf.RETURN_RATE([["A"]], [[FIRST]], [[FIRST], [FIRST]]) == "start: one cell wanted"


def test_columns_counted_together_are_equally_long(today: dt.date):
    assert udf.RETURN_RATE([["A"]] * 3, [[FIRST]] * 2, FIRST) == "total_or_dates: 2 cells, 3 wanted"


def test_a_column_without_any_date_is_named(today: dt.date):
    assert udf.RETURN_RATE([["A"]] * 2, [["x"], ["y"]], FIRST) == "total_or_dates: not a date"
    assert udf.RETURN_RATE([["A"]] * 2, [[""], [""]], FIRST) == ""


def test_libreoffice_is_handed_serial_numbers_and_rows_of_tuples():
    assert udf.call_from_libreoffice("EDATE_CLAMPED", ("2025-01-31", 1.0)) == 45716.0
    assert udf.call_from_libreoffice("EDATE_CLAMPED", ((("2025-01-31",), ("",)), 1.0)) == ((45716.0,), ("",))
    assert udf.call_from_libreoffice("RETURN_RATE", (3.0, 4.0, "", "", "", "")) == 0.75


def test_libreoffice_writes_0_for_an_argument_that_is_left_out():
    left_out = ("2025-03-01", 0.0, 0.0, 0.0, 0.0, "2025-03-01")
    assert udf.call_from_libreoffice("NEXT_CONTACT", left_out) == 45720.0
    assert udf.call_from_libreoffice("VALUE_TIER", (2000.0, 1.0, 0.0, "en")) == "Average value"
    assert udf.call_from_libreoffice("RETURN_RATE", (0.0, 4.0)) == 0.0


def test_libreoffice_can_call_nothing_but_cell_functions():
    with pytest.raises(LookupError):
        udf.call_from_libreoffice("call_from_libreoffice", ())


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.datetimes(), st.dates(), st.times(),
    st.sampled_from(["2025-01-31", "2-29", "接通", "visits", "en", "13800138000", "３", "转让", "是", 45688, 0.5]),
)  # fmt: skip
CELLS = st.one_of(PLAIN, st.lists(st.lists(PLAIN, max_size=3), max_size=3), st.lists(PLAIN, max_size=3))
ANSWERS = (str, int, float, dt.date)


@pytest.mark.parametrize("name", udf.__all__)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_a_cell_holds_there_is_an_answer(name: str, data: st.DataObject):
    count = len(inspect.signature(getattr(udf, name)).parameters)
    answer = getattr(udf, name)(*(data.draw(CELLS) for _ in range(count)))

    rows = answer if isinstance(answer, list) else [[answer]]
    assert len({len(row) for row in rows}) == 1
    assert all(type(cell) in ANSWERS for row in rows for cell in row)
    assert not any(isinstance(cell, float) and not np.isfinite(cell) for row in rows for cell in row)
    udf.call_from_libreoffice(name, [data.draw(CELLS) for _ in range(count)])


BY_CELL = {
    "NEXT_CONTACT": 6, "LOYALTY_STATE": 7, "VALUE_TIER": 3, "MONTHS_BETWEEN_DATES": 2, "EDATE_CLAMPED": 2,
    "SERVICE_DUE": 8, "PROSPECT_GRADE": 2, "MASK_PHONE": 1, "VEHICLE_AGE_BAND": 4, "AGE_COHORT": 1, "REGION_TYPE": 3,
    "RELATIONSHIP_STAGE": 1, "KEY_ACCOUNT": 4, "CREDIT_GRADE": 3,
}  # fmt: skip
"""Functions that answer cell by cell, with their arguments that may be columns."""
DAY = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize("name", BY_CELL)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_a_column_gives_what_its_cells_give_one_by_one(name: str, data: st.DataObject):
    cell = st.one_of(PLAIN, DAY, st.integers(0, 9000))
    columns = [[[data.draw(cell)] for _ in range(3)] for _ in range(BY_CELL[name])]
    function = getattr(udf, name)

    assert function(*columns) == [[function(*(column[row][0] for column in columns))] for row in range(3)]
