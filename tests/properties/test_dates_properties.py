"""What is always true of counting months, birthdays and periods."""

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.domain.dates import (
    Period,
    add_months,
    birthday_in,
    half_up,
    half_up_ratio,
    months_between,
    next_birthday,
)
from xl_retention.domain.working_days import WorkingDays

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))
MONTHS = st.integers(-600, 600)
LEAP_YEAR_DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31))
FEB29 = st.sampled_from(["28feb", "1mar"])


def array(*days):
    return np.array(days, "datetime64[D]")


@given(st.lists(st.tuples(DAYS, MONTHS), max_size=20))
def test_adding_months_to_many_is_adding_to_each(pairs):
    days, months = [pair[0] for pair in pairs], np.array([pair[1] for pair in pairs], int)
    many = add_months(array(*days), months)
    assert many.tolist() == [add_months(day, int(step)) for day, step in zip(days, months, strict=True)]


@given(DAYS, MONTHS)
def test_added_months_land_in_the_right_month_on_the_same_or_its_last_day(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


@given(DAYS, DAYS)
def test_completed_months_are_the_most_that_fit(earlier, later):
    completed = months_between(earlier, later)
    assert add_months(earlier, completed) <= later < add_months(earlier, completed + 1)
    assert months_between(array(earlier), array(later)).tolist() == [completed]


@given(LEAP_YEAR_DAYS, DAYS, FEB29)
def test_the_next_birthday_is_the_first_one_not_past(birthday, as_of, feb29):
    found = next_birthday(birthday.month, birthday.day, as_of, feb29)
    assert as_of <= found
    last = birthday_in(birthday.month, birthday.day, found.year - 1, feb29)
    assert last < as_of
    many = next_birthday(np.array([birthday.month]), np.array([birthday.day]), as_of, feb29)
    assert many.tolist() == [found]


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_rounding_a_ratio_is_off_by_at_most_one_half(numerator, denominator):
    rounded = half_up_ratio(numerator, denominator)
    assert -denominator <= 2 * (numerator - rounded * denominator) < denominator


@given(st.floats(-1e9, 1e9))
def test_rounding_many_is_rounding_each(number):
    assert half_up(np.array([number])).tolist() == [half_up(number)]
    assert -0.5 <= number - half_up(number) <= 0.5


@given(DAYS, st.sampled_from(["month", "week", "quarter", "year"]))
def test_periods_tile_the_calendar_and_read_their_own_label(day, kind):
    period = Period.containing(day, kind)
    assert period.holds(day)
    assert period.shift(1).start - period.end == dt.timedelta(days=1)
    assert period.shift(1).shift(-1) == period
    assert getattr(Period, kind)(period.label) == period


CALENDAR = WorkingDays("CN")


@given(st.dates(dt.date(2005, 1, 1), dt.date(2026, 12, 31)))
def test_a_moved_day_is_the_nearest_working_day_on_its_side(day):
    later, earlier = CALENDAR.next(day), CALENDAR.previous(day)
    assert earlier <= day <= later
    assert CALENDAR.is_working(later)
    assert CALENDAR.is_working(earlier)
    between = np.arange(earlier, later, dtype="datetime64[D]")[1:]
    assert not CALENDAR.working(between).any()
