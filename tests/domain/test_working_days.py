"""Days off, make-up working days and what is said when they are not known (DOM V17)."""

import datetime as dt

import numpy as np
import pytest

from xl_retention.domain.working_days import WorkingDays


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        pytest.param("2025-01-26", True, id="a Sunday worked for the Spring Festival"),
        pytest.param("2025-01-28", False, id="eve of the Spring Festival, a Tuesday"),
        pytest.param("2025-02-04", False, id="last day of the Spring Festival"),
        pytest.param("2025-02-05", True, id="first working day after it"),
        pytest.param("2025-02-08", True, id="a Saturday worked for it"),
        pytest.param("2025-02-09", False, id="an ordinary Sunday"),
        pytest.param("2025-03-03", True, id="an ordinary Monday"),
    ],
)
def test_chinese_days_off_and_make_up_days(text, works):
    calendar = WorkingDays("CN")
    assert calendar.is_working(day(text)) is works
    assert calendar.problems == ()


def test_a_day_off_moves_forth_or_back_and_a_working_day_stays():
    calendar = WorkingDays("CN")
    moved = np.array(["2025-01-28", "2025-02-05", "2025-02-09", "NaT"], "datetime64[D]")
    assert calendar.shift(moved, "next").astype(str).tolist() == [
        "2025-02-05",
        "2025-02-05",
        "2025-02-10",
        "NaT",
    ]
    assert calendar.shift(moved, "previous").astype(str).tolist() == [
        "2025-01-27",
        "2025-02-05",
        "2025-02-08",
        "NaT",
    ]
    assert calendar.shift(moved, "none").astype(str).tolist() == moved.astype(str).tolist()
    assert calendar.next(day("2025-01-28")) == day("2025-02-05")
    assert calendar.previous(day("2025-01-28")) == day("2025-01-27")


def test_moving_crosses_the_turn_of_the_year():
    calendar = WorkingDays("CN")
    assert calendar.previous(day("2025-01-01")) == day("2024-12-31")
    assert calendar.next(day("2022-12-31")) == day("2023-01-03")


def test_the_holiday_sheet_of_the_store_goes_before_the_calendar():
    own = {
        day("2025-03-03"): "店庆",
        day("2025-03-04"): False,
        day("2025-03-08"): " 上班 ",
        day("2025-03-09"): True,
        day("2025-10-01"): "Work",
    }
    calendar = WorkingDays("CN", own)
    assert [calendar.is_working(when) for when in own] == [False, False, True, True, True]
    assert calendar.next(day("2025-03-03")) == day("2025-03-05")


def test_an_unknown_country_has_weekends_and_one_warning():
    calendar = WorkingDays("XX")
    assert calendar.is_working(day("2025-10-01"))
    assert not calendar.is_working(day("2025-10-04"))
    assert not calendar.is_working(day("2026-10-04"))
    (problem,) = calendar.problems
    assert problem.code == "working_days_unknown"
    assert "'XX' is missing" in str(problem)


def test_years_without_a_calendar_have_weekends_and_share_one_warning():
    calendar = WorkingDays("CN")
    assert calendar.is_working(day("2101-10-03"))  # a Monday
    assert not calendar.is_working(day("1920-01-04"))  # a Sunday
    (problem,) = calendar.problems
    assert "1920, 2101" in problem.wanted


def test_a_year_whose_make_up_days_are_not_announced_says_so():
    calendar = WorkingDays("CN")
    assert not calendar.is_working(day("2090-10-01"))
    (problem,) = calendar.problems
    assert "make-up working days" in problem.wanted
    assert "2090" in problem.wanted


def test_no_country_means_weekends_and_nothing_to_warn_of():
    calendar = WorkingDays("", {day("2025-10-01"): "国庆"})
    assert not calendar.is_working(day("2025-10-01"))
    assert calendar.is_working(day("2025-10-02"))
    assert calendar.problems == ()


def test_another_country():
    calendar = WorkingDays("de")
    assert not calendar.is_working(day("2025-10-03"))
    assert calendar.is_working(day("2025-10-06"))
    assert calendar.problems == ()


def test_blank_days_do_not_work():
    assert WorkingDays("CN").working(np.array(["NaT"], "datetime64[D]")).tolist() == [False]


def test_a_store_that_never_works_leaves_the_day_within_reach():
    """A calendar of days off only must not hang the button."""
    own = {day("2025-01-01") + dt.timedelta(days=number): False for number in range(800)}
    assert WorkingDays("", own).next(day("2025-01-01")) >= day("2026-01-01")
