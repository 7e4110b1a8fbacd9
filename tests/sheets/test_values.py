"""What staff type, and what it is read as (DOM 2.14, 2.18)."""

import datetime as dt

import numpy as np
import pytest

from xl_retention.books.grid import CellKind, Column, Grid
from xl_retention.domain.further_words import SAID_OF_FIELDS
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.words import YES_NO_OF
from xl_retention.sheets.cells.values import clean, words_of

BLANK = object()
REFUSED = object()


def column(*cells):
    """A column of these cells; a blank one behind them, so that a column of blanks has a row too."""
    return Grid.of([[cell] for cell in [*cells, None]]).columns[0]


def error_cell(name="#N/A"):
    return Column(np.array([CellKind.ERROR], np.uint8), np.array([np.nan]), np.array([0], np.int32), [name])


def read(cell, kind, words="", **how):
    """The one value of a cell, BLANK or REFUSED; nothing may be both filled and refused."""
    cleaned = clean(column(cell), kind, words, **how)
    value = cleaned.values[0]
    is_blank = value in ("", False) if isinstance(value, (str, np.bool_)) else value != value  # NaN, NaT
    if cleaned.refused.tolist() == [0]:
        assert is_blank
        return REFUSED
    assert cleaned.refused.tolist() == []
    if is_blank and not isinstance(value, np.bool_):
        return BLANK
    return value if isinstance(value, str) else value.item()


def moment(text):
    return dt.datetime.fromisoformat(text)


# Dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "2024-3-5", "2024-03-05", "2024/3/5", "2024/03/05", "2024.3.5", "2024.03.05", "20240305",
        "20240305.0",
        "24-3-5", "24/3/5", "24.3.5", "24-03-05", "2024年3月5日", "2024年03月05日", "24年3月5日",
        "2024年3月5号",
        "2024年3月5", "2024 年 3 月 5 日", "2024 - 3 - 5", " 2024-3-5 ", "　2024-3-5　",
        "２０２４－３－５", "２０２４／３／５",
        "２０２４年３月５日", "\u200b2024-3-5", "2024-3-5(周二)", "2024-03-05（星期二）",
        "2024年3月5日 星期二",
        "2024-03-05 (Tue)", "5 Mar 2024", "5-Mar-24", "05-Mar-2024", "Mar 5, 2024", "March 5th, 2024",
        "Tuesday, 5 March 2024", "2024-Mar-05", "2024-03-05 00:00:00", "2024-03-05T00:00", "45356",
        20240305, 45356, 45356.0, dt.date(2024, 3, 5), dt.datetime(2024, 3, 5),
    ],
)  # fmt: skip
def test_a_date_in_every_accepted_spelling(cell):
    assert read(cell, Kind.DATE) == moment("2024-03-05")


@pytest.mark.parametrize(
    "cell",
    [
        "2024-3-5 14:30", "2024-03-05 14:30", "2024-03-05T14:30", "2024-03-05 14:30:00",
        "2024-03-05T14:30:00Z",
        "2024-03-05T14:30:00.000", "2024-03-05T14:30:00+08:00", "2024/03/05 14:30", "2024.03.05 14:30:00",
        "20240305 14:30", "20240305T14:30:00", "2024年3月5日14:30", "2024年3月5日 14时30分",
        "2024年3月5日14点30分",
        "2024-3-5 下午2:30", "2024-3-5 下午14:30", "2024-3-5 2:30 PM", "2024-3-5 02:30 p.m.",
        "２０２４－３－５　１４：３０",
        "2024-3-5(周二)14:30", "2024年3月5日 星期二 14:30", "5 Mar 2024 14:30", "24-3-5, 14:30",
        45356.604166666664, dt.datetime(2024, 3, 5, 14, 30),
    ],
)  # fmt: skip
def test_a_date_with_its_clock_in_every_accepted_spelling(cell):
    assert read(cell, Kind.DATE) == moment("2024-03-05T14:30")


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("5/3/2024", id="day or month first"),
        pytest.param("03/05/2024", id="month or day first"),
        pytest.param("25/12/2024", id="day first, not guessed either"),
        pytest.param("5/3/24", id="one digit is no year"),
        "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "20240230", 20240230,
        "2024-03", "2024年3月", "2024", 2024, 2024.3, 202403, "202403", "240305", 240305,
        "待定", "无", "N/A", "下周", "2024-3/5", "2024-3-5 25:00", "2024-3-5 24:00", "2024-3-5 14:60",
        "2024-3-5 abc", "2024-3-114:30", "2024-3-5 晚上12点", "1899-12-31", "2100-01-01", 73051, 0.5, 0, -5,
        pytest.param(60, id="29 February 1900, which spreadsheets invented"),
        dt.time(14, 30), True,
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_refused(cell):
    assert read(cell, Kind.DATE) is REFUSED


@pytest.mark.parametrize("cell", [None, "", " ", "　", "-", "--", "—", "——", "/", "－"])
def test_blanks_and_dashes_are_blank_and_no_fault(cell):
    for kind in set(Kind) - {Kind.TEXT, Kind.LIST, Kind.CODES, Kind.BOOL}:
        assert read(cell, kind, "result" if kind is Kind.ENUM else "") is BLANK, kind
    assert read(cell, Kind.BOOL) is False


@pytest.mark.parametrize(
    ("text", "year"), [("49-1-1", 2049), ("50-1-1", 1950), ("00-1-1", 2000), ("99-1-1", 1999)]
)
def test_years_of_two_digits_turn_at_50(text, year):
    assert read(text, Kind.DATE) == dt.datetime(year, 1, 1)


def test_both_ends_of_the_accepted_years():
    assert read("1900-01-01", Kind.DATE) == moment("1900-01-01")
    assert read("2099-12-31", Kind.DATE) == moment("2099-12-31")
    assert read(1, Kind.DATE) == moment("1900-01-01")
    assert read(59, Kind.DATE) == moment("1900-02-28")
    assert read(61, Kind.DATE) == moment("1900-03-01")
    assert read(73050, Kind.DATE) == moment("2099-12-31")


def test_serials_of_the_1904_system_are_shifted_but_real_dates_are_not():
    """The reader has already resolved cells that are shown as dates."""
    assert read(45356 - 1462, Kind.DATE, date1904=True) == moment("2024-03-05")
    assert read(0, Kind.DATE, date1904=True) == moment("1904-01-01")
    assert read(dt.date(2024, 3, 5), Kind.DATE, date1904=True) == moment("2024-03-05")
    assert read(20240305, Kind.DATE, date1904=True) == moment("2024-03-05")


def test_clocks_are_rounded_to_the_nearest_second():
    assert read(45356 + 0.4 / 86400, Kind.DATE) == moment("2024-03-05")
    assert read(45356 + 0.6 / 86400, Kind.DATE) == moment("2024-03-05T00:00:01")
    assert read("2024-03-05T23:59:59.5", Kind.DATE) == moment("2024-03-06")
    assert read("2024-03-05T23:59:59.4", Kind.DATE) == moment("2024-03-05T23:59:59")


@pytest.mark.parametrize(
    "text",
    [
        "有效期至2025-02", "有效期至：2025年2月", "至2025年02月", "到2025.2", "2025-02", "2025/02",
        "2025年2月底",
        "检验有效期至2025年2月", "valid until 2025-02", "202502", "2025-02-28", "有效期至2025年2月28日止",
    ],
)  # fmt: skip
def test_an_inspection_valid_until_a_month_ends_with_it(text):
    assert read(text, Kind.DATE, month_end=True) == moment("2025-02-28")


@pytest.mark.parametrize("text", ["有效期至", "2025-13", "2025", "2025年2月前", "待定"])
def test_a_month_end_needs_a_month(text):
    assert read(text, Kind.DATE, month_end=True) is REFUSED


# Birthdays, clocks, months ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["5-21", "05-21", "5/21", "5.21", "5月21日", "05月21日", "5月21号", "５月２１日", " 5-21 "]
)
def test_a_birthday_needs_no_year(text):
    cleaned = clean(column(text), Kind.BIRTHDAY)
    assert np.isnat(cleaned.values[0])
    assert cleaned.month_day.tolist() == [521, 0]
    assert cleaned.refused.tolist() == []


def test_a_birth_date_gives_month_and_day_as_well():
    cleaned = clean(
        column("1985-05-21", dt.date(1984, 2, 29), 19851231, "2-29", "1985-5-21 14:00"), Kind.BIRTHDAY
    )
    assert cleaned.month_day.tolist() == [521, 229, 1231, 229, 521, 0]
    assert cleaned.values[[0, 4]].tolist() == [moment("1985-05-21")] * 2


@pytest.mark.parametrize(
    "cell", ["2-30", "13-1", "21/5", "0521", 521, 5.21, 1231, "1985-5", "农历五月初五", "60后"]
)
def test_what_is_no_birthday_is_refused(cell):
    cleaned = clean(column(cell), Kind.BIRTHDAY)
    assert cleaned.refused.tolist() == [0]
    assert cleaned.month_day[0] == 0


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("23:00", 82800), ("9:05", 32700), ("9:05:30", 32730), ("00:00", 0), ("23时", 82800),
        ("9点5分", 32700),
        ("9时05分30秒", 32730), ("2:30 PM", 52200), ("12:00 am", 0), ("12:00 pm", 43200),
        ("下午2点", 50400),
        ("２３：００", 82800), (0.5, 43200), (0, 0), (dt.time(23, 0), 82800), (dt.time(0, 0), 0),
        (dt.datetime(2024, 3, 5, 14, 30), 52200), ("2024-03-05 14:30", 52200), (45356.5, 43200),
    ],
)  # fmt: skip
def test_clocks(cell, seconds):
    assert read(cell, Kind.TIME) == seconds


@pytest.mark.parametrize(
    "cell",
    [
        "24:00",
        "9:60",
        "9:5",
        "13:00 PM 下午",
        "上午",
        9,
        23,
        dt.date(2024, 3, 5),
        "2024-03-05",
        45356,
        -0.5,
        True,
    ],
)
def test_what_is_no_clock_is_refused(cell):
    assert read(cell, Kind.TIME) is REFUSED


@pytest.mark.parametrize(
    "cell",
    ["2024-03", "2024/3", "2024年3月", "202403", 202403, dt.date(2024, 3, 5), "2024-03-05", "２０２４年３月"],
)
def test_months(cell):
    assert read(cell, Kind.MONTH) == "2024-03"


@pytest.mark.parametrize("cell", ["2024-13", 202413, 202400, "3月", 3, 2024, 202403.5])
def test_what_is_no_month_is_refused(cell):
    assert read(cell, Kind.MONTH) is REFUSED


# Ids, plates, phones, text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (" c 001 ", "C001"), ("Ｃ００１", "C001"), ("c\u3000001", "C001"), ("C\n001", "C001"),
        ("001", "001"),
        (1001, "1001"), (1001.0, "1001"), ("1001.0", "1001"), ("007.0", "007"), ("1.5", "1.5"),
        (1.5, "1.5"),
        ("A1.0", "A1.0"), ("ab-01", "AB-01"), ("\ufeffC1\u200b", "C1"), (13800138000, "13800138000"),
        ("C1/5-2", "C1/5-2"), (123456789012345, "123456789012345"),
    ],
)  # fmt: skip
def test_ids(cell, expected):
    assert read(cell, Kind.ID) == expected
    assert read(cell, Kind.VIN) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "京A12345",
        "京A·12345",
        "京a-12345",
        "京A 12345",
        "京Ａ．１２３４５",
        "京A•12345",
        " 京A・12345",
        "京A—12345",
    ],
)
def test_plates(cell):
    assert read(cell, Kind.PLATE) == "京A12345"


def test_a_plate_of_digits_loses_only_its_point_zero():
    assert read(12345.0, Kind.PLATE) == read("12345.0", Kind.PLATE) == "12345"


def test_keys_stay_one_text_and_their_full_width_signs_become_plain():
    assert read("C1//BDAY-0/2025-05-01/1； C1/v1/DLV-3D/2025-03-01/1", Kind.KEYS) == (
        "C1//BDAY-0/2025-05-01/1;C1/V1/DLV-3D/2025-03-01/1"
    )


@pytest.mark.parametrize(
    "cell",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138 0013 8000",
        "86-13800138000",
        "8613800138000", "008613800138000", "0086 13800138000", "(+86)13800138000", "13800138000.0",
        "１３８００１３８０００",
        "13800138000/13900139000", "13800138000 13900139000", "13800138000、010-88886666",
        "010-88886666,13800138000",
        "13800138000\n13900139000", "手机：13800138000", "13800138000(王)", "\u202d13800138000\u202c",
        13800138000, 13800138000.0, 8613800138000,
    ],
)  # fmt: skip
def test_mobiles(cell):
    assert read(cell, Kind.PHONE) == "13800138000"


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("010-88886666", "01088886666"), ("(0755) 8888 666", "07558888666"), ("400-800-8888", "4008008888"),
        ("0755-1234567转8001", "07551234567"), ("8612345", "8612345"), ("86-010-88886666", "01088886666"),
        ("23800138000", "23800138000"), ("+86 21 55556666", "2155556666"), ("0086-10-88886666", "1088886666"),
        # The extension is dialled later.
        ("0755-88886666-801", "075588886666"), ("(010) 8888 6666 - 8012", "01088886666"),
        ("021-5555-6666", "02155556666"), ("400-888-6666-1", "4008886666"), ("021 5555 6666 ext. 801", "02155556666"),
    ],
)  # fmt: skip
def test_other_numbers_keep_their_digits(cell, digits):
    assert read(cell, Kind.PHONE) == digits


@pytest.mark.parametrize(
    "cell", ["1.38E+10", "1.38e10", "无", "同上", "12", "1" * 17, dt.date(2024, 1, 1), True]
)
def test_what_is_no_telephone_number_is_refused(cell):
    """Where the sheet has cut digits off, none are made up."""
    assert read(cell, Kind.PHONE) is REFUSED


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("　王 先生 ", "王 先生"), ("Ａ座", "Ａ座"), (13800138000.0, "13800138000"), (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (100000, "100000"), (1e20, "100000000000000000000"), (-3, "-3"), (0.00001, "0.00001"),
        (dt.date(2024, 3, 5), "2024-03-05"), (dt.datetime(2024, 3, 5, 14, 30), "2024-03-05T14:30"),
        (dt.time(9, 5), "09:05"), (True, "TRUE"), ("-", "-"),
    ],
)  # fmt: skip
def test_text_is_kept_as_typed(cell, expected):
    for kind in (Kind.TEXT, Kind.LIST, Kind.CODES):
        assert read(cell, kind) == expected


# Numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.5", 1234.5), ("¥1,234.50", 1234.5), ("￥1，234.50", 1234.5), ("1234.5元", 1234.5),
        ("1,234.5 元", 1234.5),
        ("RMB 1234.5", 1234.5), ("CNY1234.5", 1234.5), ("1234.5 yuan", 1234.5),
        ("人民币1234.5元整", 1234.5),
        ("12.5万", 125000), ("12.5万元", 125000), ("0.07万", 700), ("1.15万", 11500),
        ("１２．５万", 125000), ("1.2亿", 120000000),
        ("(1,200)", -1200), ("（1200）", -1200), ("-1200", -1200), ("-¥1,200", -1200),
        ("¥-1,200", -1200), ("0", 0),
        ("1,234,567", 1234567), ("$5", 5), (".5", 0.5), (1234.5, 1234.5), (0, 0), ("1.2E+05", 120000),
    ],
)  # fmt: skip
def test_money(cell, amount):
    assert read(cell, Kind.MONEY) == amount


@pytest.mark.parametrize(
    "cell",
    [
        "面议",
        "1,5",
        "12 USD",
        "80%",
        "(-5)",
        "--5",
        "1.2.3",
        "约1200",
        "1200-1500",
        "万",
        dt.date(2024, 1, 1),
        True,
    ],
)
def test_what_is_no_amount_is_refused(cell):
    assert read(cell, Kind.MONEY) is REFUSED


@pytest.mark.parametrize(
    ("cell", "km"),
    [
        ("12000", 12000), ("12,000km", 12000), ("12000 KM", 12000), ("12000公里", 12000),
        ("12000千米", 12000),
        ("1.2万公里", 12000), ("1.2万", 12000), ("1.2w", 12000), ("5千公里", 5000),
        ("１２０００公里", 12000), (12000.0, 12000),
        (12000.5, 12001), (12000.49, 12000), ("12000.5", 12001), (0, 0),
    ],
)  # fmt: skip
def test_kilometres(cell, km):
    assert read(cell, Kind.KM) == km


@pytest.mark.parametrize("cell", ["-5", -5, "约1万", "不详", "5000元", dt.date(2024, 1, 1)])
def test_what_is_no_distance_driven_is_refused(cell):
    assert read(cell, Kind.KM) is REFUSED


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("3", 3),
        ("3次", 3),
        ("第3次", 3),
        ("36期", 36),
        ("36个月", 36),
        ("35岁", 35),
        ("1985年", 1985),
        (2.5, 3),
        (2.49, 2),
        (-0.2, 0),
    ],
)
def test_counts_are_whole_and_rounded_half_up(cell, count):
    assert read(cell, Kind.INTEGER) == count


@pytest.mark.parametrize("cell", ["3年", "三次", "80%", "60后", dt.time(3, 0)])
def test_what_is_no_count_is_refused(cell):
    """Three years are not three months: who knows the unit of the field may ask again."""
    assert read(cell, Kind.INTEGER) is REFUSED


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("80%", 80), ("80", 80), ("8.5公里", 8.5), ("5分钟", 5), ("3年", 3), ("35km/天", 35), ("35 公里/日", 35),
        ("35 km per day", 35), (0.8, 0.8), ("1,234.5", 1234.5),
    ],
)  # fmt: skip
def test_decimals(cell, number):
    assert read(cell, Kind.DECIMAL) == number


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["是", "Y", "y", "Yes", "√", "1", "已", "True", "有", "Ｙ", " 是 ", "1.0", 1, True])
def test_yes(cell):
    assert read(cell, Kind.BOOL) is True


@pytest.mark.parametrize("cell", ["否", "N", "No", "×", "0", "未", "False", "无", "0.0", None, 0, False])
def test_no(cell):
    assert read(cell, Kind.BOOL) is False


@pytest.mark.parametrize("cell", ["也许", 2, 0.5, dt.date(2024, 1, 1)])
def test_an_unknown_answer_counts_as_no_and_is_refused(cell):
    assert read(cell, Kind.BOOL) is REFUSED


@pytest.mark.parametrize(
    ("field", "yes", "no"),
    [
        ("customer.do_not_contact", "免打扰", "可联系"),
        ("customer.do_not_contact", "Opted out", "OK to call"),
        ("customer.consent_marketing", "已同意", "未同意"),
        ("customer.consent_marketing", "Opt-in", "Opted out"),
        ("customer.wechat_bound", "绑定", "已解绑"),
        ("vehicle.first_service_done", "Completed", "Not yet"),
        ("service_visit.booked", "预约", "自然进店"),
        ("service_visit.booked", "Booked", "Walk-in"),
        ("service_visit.is_rework", "返修", "非返修"),
        ("service_visit.major_repair", "大修", "小修"),
        ("contact_log.recorded", "已录音", "未录音"),
        ("prospect.trade_in", "置换", "不置换"),
        ("invitation.attended", "到场", "缺席"),
        ("invitation.deal", "已成交", "未成交"),
        ("club_member.captain", "队长", "队员"),
    ],
)
def test_what_a_column_asks_may_be_its_answer(field, yes, no):
    """免打扰 under 免打扰 is yes: read as no, the customer would be called."""
    entity, name = field.split(".")
    column = Grid.of([[yes], [no], ["是"], ["否"], ["待定"]]).columns[0]
    cleaned = clean(column, Kind.BOOL, words_of(ENTITIES[entity].field(name)))

    assert cleaned.values.tolist() == [True, False, True, False, False]
    assert cleaned.refused.tolist() == [4]


def test_every_word_of_a_yes_or_no_field_is_of_a_field_and_says_one_thing():
    """A word that stood for both would be read as yes."""
    fields = {field.name for entity in ENTITIES.values() for field in entity.fields if field.kind is Kind.BOOL}
    assert set(SAID_OF_FIELDS) == fields
    for name, said in SAID_OF_FIELDS.items():
        for answer, words in said.items():
            assert {YES_NO_OF[name].canonical(word) for word in words.split(", ")} == {answer}


@pytest.mark.parametrize("cell", ["接通", "已接通", "Connected", "connected", " 接 通 ", "Reached"])
def test_words_become_canonical(cell):
    assert read(cell, Kind.ENUM, "result") == "接通"


@pytest.mark.parametrize("cell", ["不知道", "?", 3])
def test_an_unknown_word_is_blank_and_refused(cell):
    assert read(cell, Kind.ENUM, "result") is REFUSED


def test_an_enumeration_without_a_table_takes_any_text():
    assert read(" 本科 ", Kind.ENUM) == "本科"


# The column as a whole ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(Kind))
def test_an_error_in_a_cell_is_refused_whatever_was_wanted(kind):
    cleaned = clean(error_cell(), kind, "result" if kind is Kind.ENUM else "")
    assert cleaned.refused.tolist() == [0]
    assert cleaned.wanted


def test_values_begin_at_the_start_row_and_refusals_name_rows_of_the_column():
    """So that a refusal is a row of the sheet, wherever the headings stand."""
    cleaned = clean(column("车辆", "交车日期", "2024-3-5", "待定", None, "2024-3-6"), Kind.DATE, start=2)
    assert cleaned.values[:4].tolist() == [moment("2024-03-05"), None, None, moment("2024-03-06")]
    assert cleaned.refused.tolist() == [3]
    assert cleaned.wanted == "a date"


def test_a_column_without_rows():
    for kind in Kind:
        cleaned = clean(column("x"), kind, "result" if kind is Kind.ENUM else "", start=2)
        assert len(cleaned.values) == 0
        assert cleaned.refused.tolist() == []


def test_texts_shared_with_other_columns_do_not_disturb():
    grid = Grid.of(
        [["2024-3-5", "x"], ["2024-3-5", "y"], ["2024-3-6", "z"]] + [[None, f"t{i}"] for i in range(60)]
    )
    assert clean(grid.columns[0], Kind.DATE).values[:3].tolist() == [
        moment("2024-03-05"), moment("2024-03-05"), moment("2024-03-06"),
    ]  # fmt: skip
    assert clean(grid.columns[1], Kind.ID).values[:3].tolist() == ["X", "Y", "Z"]


def test_regular_and_odd_spellings_mix_in_one_column():
    cells = ["2024-03-05", "2024-3-5", "２０２４－０３－０５", "2024-03-05 08:00", "2024-13-05", "20240305"]
    cleaned = clean(column(*cells), Kind.DATE)
    assert cleaned.values[:6].astype(str).tolist() == [
        "2024-03-05T00:00:00", "2024-03-05T00:00:00", "2024-03-05T00:00:00", "2024-03-05T08:00:00", "NaT",
        "2024-03-05T00:00:00",
    ]  # fmt: skip
    assert cleaned.refused.tolist() == [4]


# The order of day and month, where a column tells it ----------------------------------------------


def days_of(*cells, kind=Kind.DATE):
    """ISO days, "" where blank, and which rows are refused and doubtful."""
    cleaned = clean(Grid.of([[cell] for cell in cells]).columns[0], kind)
    days = ["" if np.isnat(value) else str(value)[:10] for value in cleaned.values]
    return days, cleaned.refused.tolist(), cleaned.doubtful.tolist()


def test_a_column_of_day_first_dates_is_read_day_first():
    """
    Three rows fit that order only; the row that fits both is read like them and told.
    """
    days, refused, doubtful = days_of("25/12/2023", "31.1.2024", "13-2-2024 14:30", "5/3/2024", "5/5/2024")
    assert days == ["2023-12-25", "2024-01-31", "2024-02-13", "2024-03-05", "2024-05-05"]
    assert (refused, doubtful) == ([], [3])


def test_a_column_of_month_first_dates_is_read_month_first():
    days, _, doubtful = days_of("12/25/2023", "1/31/2024", "2/13/2024", "5/3/2024", kind=Kind.BIRTHDAY)
    assert days == ["2023-12-25", "2024-01-31", "2024-02-13", "2024-05-03"]
    assert doubtful == [3]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["25/12/2023", "31/1/2024", "5/3/2024"], id="two clear rows are too few"),
        pytest.param(["25/12/2023", "31/1/2024", "13/2/2024", "2/13/2024"], id="they contradict each other"),
        pytest.param(["5/3/2024", "6/3/2024", "7/3/2024", "8/3/2024"], id="none is clear"),
    ],
)
def test_a_column_that_does_not_tell_its_order_is_not_guessed(cells):
    days, refused, doubtful = days_of(*cells)
    assert (days, refused, doubtful) == ([""] * len(cells), list(range(len(cells))), [])


@pytest.mark.parametrize(("others", "read"), [(3, False), (2, True)])
def test_such_dates_have_to_be_most_of_the_column(others, read):
    """
    A few strangers among ISO dates are slips, and every one of them is asked about.
    """
    days, *_ = days_of("25/12/2023", "31/1/2024", "13/2/2024", *["2024-01-01"] * others)
    assert (days[0] != "") is read


def test_an_impossible_date_stays_refused_in_such_a_column():
    days, refused, _ = days_of("25/12/2023", "31/1/2024", "13/2/2024", "30/2/2024", "1/1/1899", "soon")
    assert days[3:] == ["", "", ""]
    assert refused == [3, 4, 5]


# Spellings of lists and of other programs ---------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "二〇二四年三月五日", "二零二四年三月五日", "2024年三月五日", "2024—03—05", "2024–3–5", "2024。3。5",
        "2024 3 5", "2024、3、5", "2024,3,5", "2024_03_05", "2024-3-5日", "2024-03-05.", "2024/03/05,", "'2024-03-05",
        "05MAR2024",
    ],
)  # fmt: skip
def test_a_date_whose_year_has_four_digits_whatever_parts_it(cell):
    """
    Nothing of it could be another day.
    """
    assert read(cell, Kind.DATE) == moment("2024-03-05")


@pytest.mark.parametrize(
    "cell",
    [
        "202403051430", "20240305143000", "20240305 1430", "2024-03-05 PM 2:30", "2024/3/5 PM 02:30", "2024-3-5 2:30PM",
        "2024年3月5日下午2点半", "2024-3-5 下午2点30分",
    ],
)  # fmt: skip
def test_a_clock_run_together_or_in_words(cell):
    assert read(cell, Kind.DATE) == moment("2024-03-05T14:30")


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("中午12点", 12.0), ("中午1点", 13.0), ("傍晚6点", 18.0), ("9点半", 9.5), ("2pm", 14.0), ("12 AM", 0.0)],
)
def test_clocks_in_words(cell, clock):
    assert read(cell, Kind.TIME) == clock * 3600


@pytest.mark.parametrize("cell", ["五月二十一日", "May 21", "21-May", "21st May", "5月21号"])
def test_a_birthday_in_words(cell):
    assert clean(column(cell), Kind.BIRTHDAY).month_day[0] == 521


@pytest.mark.parametrize("cell", ["Mar 2024", "March 2024", "03/2024", "3/2024", "2024年03月份", "2024 03", "2024-3月"])
def test_a_month_in_words(cell):
    assert read(cell, Kind.MONTH) == "2024-03"


BRITISH = ("15/01/26", "03/02/26", "22/05/25", "09/07/25", "30/11/25", "04/04/26")


def days(*cells):
    cleaned = clean(column(*cells), Kind.DATE)
    return ["" if np.isnat(day) else str(day)[:10] for day in cleaned.values[:-1]]


def test_a_year_of_two_digits_stands_first_unless_its_column_shows_otherwise():
    """
    15/01/26 is a day of 2015 alone, and one of 2026 among others whose first numbers differ and whose last do not.
    """
    assert days("15/01/26") == ["2015-01-26"]
    assert days(*BRITISH) == ["2026-01-15", "2026-02-03", "2025-05-22", "2025-07-09", "2025-11-30", "2026-04-04"]
    assert days("24/01/15", "24/02/03", "25/05/22", "25/07/09", "23/11/30", "26/04/04")[0] == "2024-01-15"


def test_a_month_of_25_shows_that_no_year_stands_first():
    """
    Two such rows are too few to tell the order, so all of them are refused.
    """
    assert days("03/25/24", "12/11/10") == ["", ""]
    assert days("03/25/24", "12-11-10") == ["", "2012-11-10"]


@pytest.mark.parametrize("cell", ["无牌", "未上牌", "临时", "新车", "N/A", "TBA"])
def test_a_word_is_no_plate(cell):
    """
    Else all cars without a plate were one car.
    """
    assert read(cell, Kind.PLATE) is REFUSED


@pytest.mark.parametrize("cell", ["无", "待定", "UNKNOWN", "n/a"])
def test_a_word_is_no_vin(cell):
    assert read(cell, Kind.VIN) is REFUSED


def test_a_plate_of_letters_that_its_owner_chose_stays():
    assert read("LUCKY", Kind.PLATE) == "LUCKY"


@pytest.mark.parametrize("kind", [Kind.KM, Kind.MONEY])
def test_thousands_behind_a_point_or_thousandths_are_refused(kind):
    """
    35.000 is thirty-five thousand to a German and thirty-five to others; 35.00 and 35000.000 are clear.
    """
    assert read("35.000", kind) is REFUSED
    assert read("35000.000", kind) == 35_000
    assert read("35 000", kind) == 35_000
    assert read("35.00", kind) == 35


def test_a_number_without_end_is_refused():
    assert read("9" * 400, Kind.MONEY) is REFUSED
    assert read(float("inf"), Kind.KM) is REFUSED
