"""Parameters and the Settings sheet (DOM 9, 2.20)."""

import datetime as dt

import pytest

from xl_retention.domain.parameters import PARAMETERS, Parameters, parameter_named

# DOM 9, `name default`, several of one line of DOM as rows of their own.
DEFAULTS = """
    feb29_observe 28feb
    shift_nonworking none
    week_start Monday
    max_attempts 3
    min_gap_days 7
    max_calls_per_staff_day 0
    max_wait_days 0
    month_series 1,2,3,4,6,9,12,15,18,21,24,27,30,33,36,39,42,45
    month_repeat_from 48
    month_repeat_every 3
    first_service_months 3
    first_service_km 5,000
    first_service_stop_days 30
    free_services 1
    maint_interval_months 6
    maint_interval_km 5,000
    default_daily_km 40
    repeat_days 7
    maint_max_calls 3
    early_visit_days 30
    maint_auto_months 3
    store_open_time 09:00
    store_close_time 18:00
    escalation_hours 2,4,8,24
    lapse_warn_days 30
    lapse_warn_months 4
    quasi_lost_months 6
    lost_months 12
    loyal_visits 3
    loyal_amount 3,000
    tier_ticket_hi 1,500
    tier_ticket_lo 600
    tier_visits_hi 4
    tier_visits_lo 2
    tier_interval_hi 120
    tier_interval_lo 200
    tier_target_hi 20
    tier_target_mid 30
    tier_mode absolute
    city_distance_km 10
    grade_split 20,30,40,10
    grade_weights 12.5 × 8
    grade_price -5,-3,0,5
    grade_days 20,30,40
    prospect_days_h 7
    prospect_days_a 15
    prospect_days_b 30
    prospect_days_c 90
    prospect_follow_h 2
    prospect_follow_a 4
    prospect_follow_b 7
    prospect_follow_c 15
    prospect_follow_n 30
    stage_cut_low 50
    stage_cut_high 80
    key_account_frequency 6
    key_account_amount 20,000
    key_account_margin 20
    age_inner_months 24
    age_inner_km 50,000
    age_outer_months 36
    age_outer_km 60,000
    replacement_cycle_months 48
    replacement_repeat_months 6
    spring_start 03-01
    winter_start 11-01
    return_rate_basis customers
    target_K04 1
    target_K05 1
    target_K08 1
    target_K16 1
    target_K17 1
    target_K18 1
    target_K19 1
    target_K26 0.05
    target_K40 0.05
    target_K32_first 0.5
    target_K32_second 0.35
    target_K33 1
    target_K34 0.8
    target_K44_month 50
    target_K44_week 10
    target_K45 0.7
    target_K46 1
    survey_minutes 5
    country CN
    booking_rate_basis any
    retention_definition state
    lapse_months 6
    lapse_order off
    lapse_warn_chance 0
    class_hold_months 0
    booking_credit_days 30
    sensitive_fields hidden
    phones_in_reports shown
"""
BLANK = """
    language go_live_date parc hotline_store hotline_maker
    target_K01 target_K02 target_K03 target_K06 target_K07 store_name store_anniversary wechat_start
"""


def default_rows():
    return [tuple(line.strip().split(" ", 1)) for line in DEFAULTS.strip().splitlines()]


def read(name, value):
    """One row of a Settings sheet; fails where it was not understood."""
    parameters, unread = Parameters.from_settings([(name, value)])
    assert unread == []
    return parameters


@pytest.mark.parametrize(("name", "value"), default_rows())
def test_defaults_are_those_of_dom(name, value):
    """
    Typing the default changes nothing, so both stand for the same value.
    """
    assert read(name, value)[name] == Parameters()[name]


@pytest.mark.parametrize("name", BLANK.split())
def test_these_are_blank_unless_the_store_fills_them(name):
    """
    DOM 9: blank.
    """
    assert Parameters()[name] is None


def test_no_parameter_is_left_out():
    """
    The names of the Settings sheet, no more and no fewer.
    """
    assert {name for name, _ in default_rows()} | set(BLANK.split()) == {each.name for each in PARAMETERS}


def test_every_parameter_says_what_it_is_for():
    """
    The Settings sheet shows unit and use beside the value.
    """
    assert all(each.unit and each.used_by for each in PARAMETERS)


def test_names_are_compared_without_blanks_around_them_and_in_any_case():
    """
    They are typed by hand.
    """
    assert read("  Max_Attempts ", 5).integer("max_attempts") == 5
    assert read("TARGET_K05", 0.9).target("K05") == 0.9


@pytest.mark.parametrize("value", ["5,000", "5000", 5000, 5000.0, "５０００", " 5,000 km ", "5000公里"])
def test_numbers_come_as_numbers_or_texts(value):
    """
    Excel hands numbers over as floats, and staff type them with commas.
    """
    assert read("first_service_km", value).number("first_service_km") == 5000


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (dt.datetime(2025, 3, 5), dt.date(2025, 3, 5)),
        (dt.date(2025, 3, 5), dt.date(2025, 3, 5)),
        ("2025-03-05", dt.date(2025, 3, 5)),
        ("2025/3/5", dt.date(2025, 3, 5)),
        ("2025年3月5日", dt.date(2025, 3, 5)),
        (45721.0, dt.date(2025, 3, 5)),
    ],
)
def test_dates_come_as_dates_texts_or_serial_numbers(value, day):
    """
    The first load writes a date; a person may type it over.
    """
    assert day == read("go_live_date", value).date("go_live_date")


@pytest.mark.parametrize("value", ["1,2,3", "1、2、3", "1，2，3", "3;2;1", "1 2 3", "1, 2, 3, 3"])
def test_the_month_series_is_a_list(value):
    """
    In rising order and each month once, however it was typed.
    """
    assert read("month_series", value).numbers("month_series") == (1, 2, 3)


def test_a_single_month_may_be_a_number():
    """
    Excel makes a number of it.
    """
    assert read("month_series", 6.0).numbers("month_series") == (6,)


@pytest.mark.parametrize(
    "value", [dt.time(8, 30), "8:30", "08:30:00", 0.354166667, dt.datetime(1899, 12, 30, 8, 30)]
)
def test_clocks_come_as_times_texts_or_parts_of_a_day(value):
    """
    Excel keeps 08:30 as a fraction.
    """
    assert dt.time(8, 30) == read("store_open_time", value).clock("store_open_time")


@pytest.mark.parametrize("value", ["03-05", "3-5", "3/5", "3月5日", dt.datetime(2025, 3, 5)])
def test_a_month_and_day_has_no_year(value):
    """
    Excel makes a date of this year from 3-5.
    """
    assert read("spring_start", value).month_day("spring_start") == (3, 5)


@pytest.mark.parametrize("value", ["20%", "20", 20, 20.0, 0.2, "２０％"])
def test_percentages_are_whole_numbers(value):
    """
    A cell that Excel shows as 20% holds 0.2.
    """
    assert pytest.approx(read("tier_target_hi", value).number("tier_target_hi")) == 20


@pytest.mark.parametrize("value", ["70%", "0.7", 0.7])
def test_targets_are_ratios(value):
    """
    As KPI values are (DOM V10).
    """
    assert pytest.approx(read("target_K45", value).target("K45")) == 0.7


def test_any_kpi_may_have_a_target():
    """
    DOM 9: and any other target_Kxx, also of a rule or a variant.
    """
    assert read("target_K21", "30%").target("K21") == 0.3
    assert read("target_K02b", 0.3).target("K02b") == 0.3
    assert read("target_K04.DLV-3D", 0.3).target("K04.DLV-3D") == 0.3
    assert Parameters().target("K21") is None


def test_tickets_may_differ_per_series():
    """
    DOM 4.5: limits of the ticket are set per series.
    """
    parameters, unread = Parameters.from_settings(
        [("tier_ticket_hi", 1800), ("tier_ticket_hi.Aurora", "2,500"), ("TIER_TICKET_LO.Aurora ", 900)]
    )

    assert unread == []
    assert tuple(parameters.per_series("tier_ticket_hi")) == ("Aurora",)
    assert parameters.number("tier_ticket_hi.Aurora") == 2500
    assert parameters.number("tier_ticket_lo.Aurora") == 900
    assert parameters.number("tier_ticket_hi") == 1800


@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_blank_value_is_the_default(value):
    """
    DOM 2.20: absent sheet, absent row or blank value.
    """
    assert Parameters() == read("lost_months", value)


def test_a_row_without_a_name_is_passed_over():
    """
    Staff leave empty rows.
    """
    assert Parameters.from_settings([("", 5), (None, 6)]).unread == []


def test_an_unknown_name_is_reported():
    """
    DOM 2.20: it gives a data-quality row.
    """
    parameters, unread = Parameters.from_settings([("max_atempts", 5)])

    assert Parameters() == parameters
    assert unread == [("max_atempts", "max_atempts", "the name of a parameter")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lost_months", "a year"),
        ("lost_months", 1.5),
        ("lost_months", 0),
        ("lost_months", -12),
        ("lost_months", True),
        ("lost_months", "12%"),
        ("first_service_km", float("nan")),
        ("tier_mode", "relative"),
        ("feb29_observe", "27feb"),
        ("go_live_date", "soon"),
        ("go_live_date", "2025-02-30"),
        ("go_live_date", 7),
        ("store_open_time", "25:00"),
        ("store_open_time", "nine"),
        ("spring_start", "02-30"),
        ("month_series", "1,x"),
        ("month_series", "0,1"),
        ("grade_split", "20,30,40"),
        ("grade_split", "20,30,40,20"),
        ("grade_weights", "1,2,3"),
        ("escalation_hours", "8,4"),
        ("country", "China"),
        ("target_K05", "all"),
    ],
)
def test_a_value_that_makes_no_sense_is_reported_and_the_default_stays(name, value):
    """
    One bad row does not stop the store.
    """
    parameters, unread = Parameters.from_settings([(name, value), ("max_attempts", 4)])

    assert Parameters()[name] == parameters[name]
    assert parameters.integer("max_attempts") == 4
    assert [name] == [row.name for row in unread]
    assert str(value) == unread[0].found
    assert unread[0].wanted


def test_choices_are_read_in_either_language():
    """
    The words that a person would type there.
    """
    assert read("language", "中文").choice("language") == "zh"
    assert read("language", "English").choice("language") == "en"
    assert read("week_start", "周一").choice("week_start") == "Monday"
    assert read("tier_mode", "Quantile").choice("tier_mode") == "quantile"
    assert Parameters().choice("language") == ""


def test_the_last_filled_row_of_a_name_counts():
    """
    Someone who adds a row below means it.
    """
    parameters = Parameters.from_settings(
        [("lost_months", 10), ("lost_months", 9), ("lost_months", "")]
    ).parameters

    assert parameters.integer("lost_months") == 9


def test_a_blank_number_has_no_value_to_count_with():
    """
    K03 must not divide by a parc that nobody typed.
    """
    assert Parameters().optional_number("parc") is None
    with pytest.raises(LookupError):
        Parameters().number("parc")


def test_parameters_may_be_set_in_code():
    """
    As tests and forecasts do.
    """
    parameters = Parameters({"lost_months": 18, "quasi_lost_months": 9})

    assert (parameters.integer("lost_months"), parameters.integer("quasi_lost_months")) == (18, 9)
    with pytest.raises(KeyError):
        Parameters({"lost_month": 18})


def test_a_per_series_name_needs_a_series_and_a_known_limit():
    """
    Anything else is a misspelling.
    """
    assert parameter_named("tier_ticket_hi.") is None
    assert parameter_named("lost_months.Aurora") is None
    assert parameter_named("target_X05") is None
