"""What is always true of cleaning cells."""

import datetime as dt
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_retention.books.grid import Grid
from xl_retention.domain.schema import Kind
from xl_retention.sheets.cells.values import clean

KINDS = st.sampled_from(list(Kind))
YEARS = {"min_value": dt.datetime(1900, 1, 1), "max_value": dt.datetime(2099, 12, 31, 23, 59, 59)}
MOMENTS = st.datetimes(**YEARS).map(lambda moment: moment.replace(microsecond=0))
# Pieces of what staff type, so that near misses come up as often as hits.
SIGNS = st.sampled_from("0123456789-/.:年月日时分万元¥,，()%+ TZ　·次是否\u200bＡß①¨e")
WORDS = st.sampled_from(
    [
        "2024",
        "24",
        "12",
        "31",
        "km",
        "公里",
        "AM",
        "下午",
        "周一",
        "Mar",
        "138",
        "00138000",
        "86",
        "京A",
        "接通",
        "有效期至",
        ".0",
    ]
)
PIECES = SIGNS | WORDS
TEXTS = st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=12)
NUMBERS = (
    st.integers(-10, 10**11) | st.floats(-1e12, 1e12) | st.sampled_from([1900, 2024.3, 20240305, 60, 45356.5])
)
CELLS = (
    st.none()
    | TEXTS
    | NUMBERS
    | st.booleans()
    | MOMENTS
    | st.times().map(lambda clock: clock.replace(microsecond=0))
)
COLUMNS = st.lists(CELLS, max_size=12)


def column(cells):
    return Grid.of([[cell] for cell in [*cells, None]]).columns[0]


def cleaned(cells, kind, **how):
    return clean(column(cells), kind, "result" if kind is Kind.ENUM else "", **how)


def cells_of(values, kind):
    """Values as somebody would write them back into cells."""
    if kind is Kind.TIME:
        midnight = dt.datetime(2000, 1, 1)
        return [
            None if second != second else (midnight + dt.timedelta(seconds=second)).time()
            for second in values
        ]
    plain = [value if isinstance(value, str) else value.item() for value in values]
    return [None if value is None or value != value else value for value in plain]


def same(left, right):
    return all(a == b or (a != a and b != b) for a, b in zip(left, right, strict=True))


@settings(max_examples=400)
@given(COLUMNS, KINDS)
def test_cleaning_the_cleaned_changes_nothing(cells, kind):
    once = cleaned(cells, kind)
    twice = cleaned(cells_of(once.values[:-1], kind), kind)
    assert same(once.values, twice.values)
    assert twice.refused.size == 0


@settings(max_examples=200)
@given(COLUMNS, KINDS)
def test_a_cell_is_read_alone_as_among_others(cells, kind):
    """Reading all texts at once must not let one text change another."""
    together = cleaned(cells, kind)
    for row, cell in enumerate(cells):
        alone = cleaned([cell], kind)
        assert same(alone.values[:1], together.values[row : row + 1])
        assert (alone.refused.size > 0) == (row in together.refused)


@given(COLUMNS, KINDS, st.integers(0, 13))
def test_the_start_row_only_cuts_the_column(cells, kind, start):
    whole, part = cleaned(cells, kind), cleaned(cells, kind, start=start)
    assert same(whole.values[start:], part.values)
    assert part.refused.tolist() == [row for row in whole.refused.tolist() if row >= start]


@given(COLUMNS, KINDS)
def test_what_is_refused_is_blank_and_was_filled(cells, kind):
    found = cleaned(cells, kind)
    for row in found.refused.tolist():
        value = found.values[row]
        assert value in ("", False) if isinstance(value, (str, np.bool_)) else value != value
        assert cells[row] not in (None, "")


@given(
    MOMENTS,
    st.sampled_from(
        [
            "{y}-{m}-{d}",
            "{y}/{m:02d}/{d:02d}",
            "{y}.{m}.{d}",
            "{y}{m:02d}{d:02d}",
            "{y}年{m}月{d}日",
            " {y} - {m} - {d} ",
        ]
    ),
    st.sampled_from(
        ["", " {H}:{M:02d}", " {H:02d}:{M:02d}:{S:02d}", "T{H:02d}:{M:02d}:{S:02d}", " {H}时{M}分{S}秒"]
    ),
    st.booleans(),
)
def test_a_moment_is_read_back_from_every_spelling(moment, date, clock, full_width):
    text = (date.strip() if clock else date) + clock
    text = text.format(
        y=moment.year, m=moment.month, d=moment.day, H=moment.hour, M=moment.minute, S=moment.second
    )
    if full_width:
        text = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789-/:"})
    expected = moment
    if "{S" not in clock:
        expected = expected.replace(second=0)
    if not clock:
        expected = expected.replace(hour=0, minute=0)
    assert cleaned([text], Kind.DATE).values[0].item() == expected


@given(MOMENTS)
def test_a_moment_is_read_back_from_its_serial_number(moment):
    if dt.datetime(1905, 3, 14) <= moment < dt.datetime(1905, 10, 2) or moment < dt.datetime(1900, 3, 1):
        return  # serials 1900 to 2099 are read as years, see test_values
    serial = (moment - dt.datetime(1899, 12, 30)).total_seconds() / 86400
    assert cleaned([serial], Kind.DATE).values[0].item() == moment


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_birthday_has_the_same_month_and_day_with_and_without_its_year(day):
    found = cleaned([day, f"{day.month}-{day.day:02d}", f"{day.month}月{day.day}日"], Kind.BIRTHDAY)
    assert set(found.month_day[:3].tolist()) == {day.month * 100 + day.day}


@given(
    st.from_regex(r"1[0-9]{10}", fullmatch=True),
    st.lists(st.sampled_from(["", " ", "-", "　"]), min_size=10, max_size=10),
    st.sampled_from(["", "+86", "86", "0086", "+86 "]),
)
def test_a_mobile_is_read_however_its_digits_are_grouped(mobile, signs, country):
    text = country + "".join(digit + sign for digit, sign in zip(mobile, [*signs, ""], strict=True))
    assert cleaned([text], Kind.PHONE).values[0] == mobile


@given(st.integers(0, 10**9))
def test_money_is_read_back_from_its_spellings(cents):
    amount = cents / 100
    texts = [f"{amount:.2f}", f"¥{amount:,.2f}", f"{amount:,.2f}元", f"{amount:.2f}元整"]
    assert set(cleaned(texts, Kind.MONEY).values[:4].tolist()) == {amount}


@pytest.mark.parametrize("kind", [Kind.ID, Kind.PLATE])
def test_no_character_makes_an_id_that_cleaning_would_change_again(kind):
    signs = [
        chr(code)
        for code in range(0x20, 0x30000)
        if unicodedata.category(chr(code)) not in ("Cs", "Cn", "Co")
    ]
    cells = [f"a{sign}b" for sign in signs]
    once = cleaned(cells, kind).values[:-1].tolist()
    assert cleaned(once, kind).values[:-1].tolist() == once
