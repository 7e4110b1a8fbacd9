"""Counting as DOM 0.2 lays down, against the test vectors of DOM 8.1 (their numbers are in the names)."""

import datetime as dt

import numpy as np
import pytest

from xl_retention.domain.dates import (
    Period,
    add_months,
    birthday_in,
    day_of,
    deadline_hours,
    end_of_day,
    half_up,
    half_up_ratio,
    has_clock,
    months_between,
    next_birthday,
)
from xl_retention.errors import WrongRequest


def day(text):
    return dt.date.fromisoformat(text)


def days(*texts):
    return np.array(texts, "datetime64[D]")


def moments(*texts):
    return np.array(texts, "datetime64[s]")


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        pytest.param("2024-08-31", 6, "2025-02-28", id="T01"),
        pytest.param("2023-08-31", 6, "2024-02-29", id="T02 leap year"),
        pytest.param("2024-01-31", 1, "2024-02-29", id="T03"),
        pytest.param("2024-01-31", 2, "2024-03-31", id="T03 not chained"),
        pytest.param("2024-02-29", 1, "2024-03-29", id="T04"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="T04 common year"),
        pytest.param("2024-02-29", 48, "2028-02-29", id="T04 leap year"),
        pytest.param("2025-03-31", -1, "2025-02-28", id="T17"),
        pytest.param("2024-03-31", -1, "2024-02-29", id="T17 leap year"),
        pytest.param("2025-12-15", -1, "2025-11-15", id="T17 same number"),
        pytest.param("2025-03-29", -1, "2025-02-28", id="T18 29th"),
        pytest.param("2025-03-30", -1, "2025-02-28", id="T18 30th"),
        pytest.param("2020-02-29", 48, "2024-02-29", id="T28"),
        pytest.param("2021-02-28", 48, "2025-02-28", id="T28 28th stays"),
        pytest.param("2025-01-15", -1, "2024-12-15", id="over the turn of the year"),
        pytest.param("2025-01-15", 0, "2025-01-15", id="no month"),
    ],
)
def test_T01_to_T04_T17_T18_T28_adding_months(anchor, months, expected):  # noqa: N802
    assert add_months(day(anchor), months) == day(expected)
    assert add_months(days(anchor), months).tolist() == [day(expected)]


def test_T07_month_series_counts_from_the_original_delivery_date():  # noqa: N802
    """Each month is added to the delivery day, so that a short month does not pull the later ones back."""
    months = np.array([1, 2, 4, 6, 9, 12, 15, 18, 48, 51])
    expected = days(
        "2024-09-30", "2024-10-31", "2024-12-31", "2025-02-28", "2025-05-31", "2025-08-31", "2025-11-30",
        "2026-02-28", "2028-08-31", "2028-11-30",
    )  # fmt: skip
    assert add_months(np.repeat(days("2024-08-31"), len(months)), months).tolist() == expected.tolist()


def test_adding_months_keeps_a_blank_blank_and_drops_the_clock():
    assert np.isnat(add_months(days("NaT"), 6)).all()
    assert add_months(moments("2024-08-31T23:59:59"), 6).tolist() == [day("2025-02-28")]


def test_adding_months_to_a_moment_keeps_its_clock():
    assert add_months(dt.datetime(2024, 8, 31, 14, 30), 6) == dt.datetime(2025, 2, 28, 14, 30)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        pytest.param("2023-08-31", "2024-02-29", 6, id="T05 where DATEDIF says 5"),
        pytest.param("2024-08-31", "2025-02-27", 5, id="T06 the day before"),
        pytest.param("2024-08-31", "2025-02-28", 6, id="T06 the day itself"),
        pytest.param("2024-01-15", "2024-01-15", 0, id="same day"),
        pytest.param("2024-01-15", "2024-01-14", -1, id="a day back is no full month back"),
        pytest.param("2024-03-31", "2024-02-29", -1, id="back to a month end"),
    ],
)
def test_T05_T06_completed_months(earlier, later, expected):  # noqa: N802
    assert months_between(day(earlier), day(later)) == expected
    assert months_between(days(earlier), day(later)).tolist() == [expected]
    assert months_between(days(earlier), days(later)).tolist() == [expected]
    assert months_between(day(earlier), days(later)).tolist() == [expected]


def test_completed_months_of_a_blank_are_blank():
    assert np.isnan(months_between(days("NaT", "2024-01-01"), days("2024-01-01", "NaT"))).all()


@pytest.mark.parametrize(
    ("anchor", "offset", "expected"),
    [
        pytest.param("2024-02-27", 3, "2024-03-01", id="T08 3-day"),
        pytest.param("2024-02-27", 7, "2024-03-05", id="T08 7-day"),
        pytest.param("2025-02-27", 3, "2025-03-02", id="T09 3-day"),
        pytest.param("2025-02-27", 7, "2025-03-06", id="T09 7-day"),
        pytest.param("2024-12-20", 14, "2025-01-03", id="T10 due"),
        pytest.param("2024-12-20", 17, "2025-01-06", id="T10 deadline"),
        pytest.param("2025-01-31", 15, "2025-02-15", id="T11 open"),
        pytest.param("2025-01-31", 22, "2025-02-22", id="T11 due"),
        pytest.param("2025-01-31", 30, "2025-03-02", id="T11 deadline"),
        pytest.param("2024-12-30", 3, "2025-01-02", id="T19"),
    ],
)
def test_T08_to_T11_T19_the_anchor_is_day_0(anchor, offset, expected):  # noqa: N802
    assert (days(anchor) + offset).tolist() == [day(expected)]


@pytest.mark.parametrize(
    ("anchor", "hours", "expected"),
    [
        pytest.param("2025-03-01T23:00", 2, "2025-03-02T01:00", id="T12 past midnight"),
        pytest.param("2025-05-30T16:40", 2, "2025-05-30T18:40", id="T24 2 hours"),
        pytest.param("2025-05-30T16:40", 24, "2025-05-31T16:40", id="T24 24 hours, a Saturday"),
    ],
)
def test_T12_T24_hours_run_through_nights_and_weekends(anchor, hours, expected):  # noqa: N802
    wanted = dt.datetime.fromisoformat(expected)
    assert deadline_hours(dt.datetime.fromisoformat(anchor), hours) == wanted
    assert deadline_hours(moments(anchor), hours).tolist() == [wanted]


@pytest.mark.parametrize(
    ("month_day", "as_of", "feb29", "expected"),
    [
        pytest.param((2, 29), "2025-02-01", "28feb", "2025-02-28", id="T14"),
        pytest.param((2, 29), "2028-02-01", "28feb", "2028-02-29", id="T14 leap year"),
        pytest.param((2, 29), "2025-02-28", "28feb", "2025-02-28", id="the day itself"),
        pytest.param((2, 29), "2025-03-01", "28feb", "2026-02-28", id="the day after"),
        pytest.param((2, 29), "2025-03-01", "1mar", "2025-03-01", id="1 March instead"),
        pytest.param((2, 29), "2027-03-02", "1mar", "2028-02-29", id="1 March instead, then a leap year"),
        pytest.param((2, 28), "2025-02-28", "1mar", "2025-02-28", id="28 February is an ordinary day"),
        pytest.param((1, 3), "2025-12-20", "28feb", "2026-01-03", id="T16"),
        pytest.param((12, 31), "2025-12-31", "28feb", "2025-12-31", id="last day of the year"),
    ],
)
def test_T14_T16_next_birthday(month_day, as_of, feb29, expected):  # noqa: N802
    month, number = month_day
    assert next_birthday(month, number, day(as_of), feb29) == day(expected)
    many = next_birthday(np.array([month]), np.array([number]), day(as_of), feb29)
    assert many.tolist() == [day(expected)]


def test_T15_T16_a_week_before_the_birthday():  # noqa: N802
    leap, common, new_year = (
        next_birthday(2, 29, day("2028-02-01")),
        next_birthday(2, 29, day("2025-02-01")),
        next_birthday(1, 3, day("2025-12-20")),
    )
    week = dt.timedelta(days=7)
    assert [common - week, leap - week, new_year - week] == [
        day("2025-02-21"),
        day("2028-02-22"),
        day("2025-12-27"),
    ]


def test_an_unknown_birthday_is_blank_in_an_array_and_an_error_alone():
    none = next_birthday(np.array([0, 13, 2, 4]), np.array([0, 1, 30, 31]), day("2025-01-01"))
    assert np.isnat(none).all()
    with pytest.raises(ValueError, match="day"):
        birthday_in(2, 30, 2024)


def test_half_is_rounded_up_and_never_to_even():
    assert [half_up(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 0.49999999999999994)] == [
        1,
        2,
        3,
        0,
        -1,
        2,
        0,
    ]
    assert half_up(np.array([0.5, 2.5, 2.4, -0.5])).tolist() == [1, 3, 2, 0]
    assert np.isnan(half_up(np.array([np.nan]))).all()


def test_a_share_of_a_count_is_rounded_without_floating_point():
    shares = ((1, 2), (3, 2), (1, 3), (2, 3), (-1, 2), (10**17 + 1, 2))
    assert [half_up_ratio(*share) for share in shares] == [1, 2, 0, 1, 0, 5 * 10**16 + 1]
    with pytest.raises(ZeroDivisionError):
        half_up_ratio(1, 0)
    with pytest.raises(ValueError, match="denominator"):
        half_up_ratio(1, -2)


def test_midnight_is_no_clock():
    assert has_clock(moments("2025-03-01", "2025-03-01T00:00:01", "1969-12-31T23:59:59", "NaT")).tolist() == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_day_ends_at_its_last_second():
    stamps = moments("2025-03-01T14:30", "NaT")
    assert day_of(stamps)[0].item() == day("2025-03-01")
    assert end_of_day(stamps)[0].item() == dt.datetime(2025, 3, 1, 23, 59, 59)
    assert np.isnat(end_of_day(stamps)[1])


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.month("2024-02"), "2024-02-01", "2024-02-29"),
        (Period.month("2025-12"), "2025-12-01", "2025-12-31"),
        (Period.week("2026-W07"), "2026-02-09", "2026-02-15"),
        (Period.week("2026-W53"), "2026-12-28", "2027-01-03"),
        (Period.quarter("2024-Q4"), "2024-10-01", "2024-12-31"),
        (Period.year("2024"), "2024-01-01", "2024-12-31"),
        (Period.containing(day("2025-03-31"), "quarter"), "2025-01-01", "2025-03-31"),
        (Period.containing(day("2025-04-01"), "quarter"), "2025-04-01", "2025-06-30"),
        (Period.containing(day("2026-02-15"), "week"), "2026-02-09", "2026-02-15"),
        (Period.containing(day("2026-02-16"), "week"), "2026-02-16", "2026-02-22"),
        (Period.containing(day("2024-02-29")), "2024-02-01", "2024-02-29"),
    ],
    ids=lambda value: value.label if isinstance(value, Period) else value,
)
def test_both_ends_belong_to_a_period(period, start, end):
    assert (period.start, period.end) == (day(start), day(end))
    one_day = dt.timedelta(days=1)
    around = days(start, end, "NaT", str(period.start - one_day), str(period.end + one_day))
    assert period.holds(around).tolist() == [True, True, False, False, False]
    assert period.holds(dt.datetime.combine(period.end, dt.time(23, 59)))


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (Period.month, "2026-13"),
        (Period.month, "2026-00"),
        (Period.month, "2026-2"),
        (Period.month, "202602"),
        (Period.week, "2025-W53"),
        (Period.week, "2026-W00"),
        (Period.week, "2026-7"),
        (Period.week, "9999-W52"),
        (Period.quarter, "2026-Q5"),
        (Period.year, "26"),
        (Period.year, "0000"),
    ],
)
def test_a_period_that_the_calendar_does_not_have_is_refused_in_a_sentence(make, text):
    with pytest.raises(WrongRequest, match=text):
        make(text)


def test_a_running_period_counts_up_to_as_of():
    """V13: one that has not begun has no data at all, not an empty sum."""
    february = Period.month("2026-02")
    assert february.cut(day("2026-01-31")) is None
    assert february.cut(day("2026-02-01")) == Period(day("2026-02-01"), day("2026-02-01"), "month")
    assert february.cut(day("2026-02-27")).end == day("2026-02-27")
    assert february.cut(day("2026-02-28")) == february.cut(day("2026-03-01")) == february
    assert [february.is_running(day(d)) for d in ("2026-02-27", "2026-02-28")] == [True, False]


def test_neighbouring_periods():
    assert Period.month("2026-01").shift(-1) == Period.month("2025-12")
    assert Period.week("2026-W53").shift(1) == Period.week("2027-W01")
    assert Period.quarter("2025-Q4").shift(1) == Period.quarter("2026-Q1")
    assert Period.year("2024").shift(-1) == Period.year("2023")


def test_many_days_are_moved_as_each_of_them_alone():
    """
    Few different days in many rows are worked out once each; blanks stay blank, a day far off changes nothing.
    """
    few = np.array(["2024-01-31", "NaT", "2024-02-29", "2023-11-30"], "datetime64[D]")
    many = np.tile(few, 100)
    for months in (0, 1, -3, 12):
        alone = [np.datetime64("NaT") if np.isnat(day) else add_months(day.item(), months) for day in few]
        assert np.array_equal(add_months(many, months), np.tile(np.array(alone, "datetime64[D]"), 100), equal_nan=True)
    far = np.append(many, np.datetime64("9999-01-31"))
    assert str(add_months(far, -11)[-1]) == "9998-02-28"
    assert np.isnat(add_months(np.full(3, np.datetime64("NaT", "D")), 1)).all()
