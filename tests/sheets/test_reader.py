"""Staff's sheets as they come, end to end: what is taken from them, what is asked, what is told (DOM 2.2-2.20)."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from tests.actions.drawn import OTHER_VIN, VIN, Answer, Sheet, check, shell, today, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.store import Store
from xl_retention.sheets.reading.reader import read_store

CUSTOMERS = f"""
    客户编号 | 客户姓名 | 手机         | 车架号      | 交车日期   | 保险到期日
    C1       | 张三     | '13900000001 | {VIN}       | 2026-11-18 | 2027-11-01
    C2       | 李四     | '13900000002 | {OTHER_VIN} | 2026-11-04 | 2027-11-01
"""


class Drawn:
    """Writes the drawn sheets and reads them back in the three ways there are."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "Store.xlsx"

    def checked(self, **sheets: Sheet) -> Answer:
        return check(workbook(self.path, sheets))

    def listed(self, **sheets: Sheet) -> Answer:
        return today(workbook(self.path, sheets), "--dry-run")

    def store(self, **sheets: Sheet) -> Store:
        with ClosedBook(workbook(self.path, sheets)) as book:
            return read_store(book)


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    return Drawn(tmp_path)


def tables(answer: Answer) -> dict[str, str]:
    return {each["sheet"]: each["table"] for each in answer.json["mapping"]}


def columns(answer: Answer, sheet: str) -> Mapping[str, str]:
    (mapping,) = (each for each in answer.json["mapping"] if each["sheet"] == sheet)
    assert isinstance(mapping["columns"], dict)
    return mapping["columns"]


# Which rows count.


def test_titles_totals_blank_rows_and_repeated_headings_are_passed_over(drawn: Drawn) -> None:
    head = "客户编号|客户姓名|手机|车架号|交车日期|保险到期日"
    answer = drawn.checked(
        Sheet1=f"""
城西店客户档案
2026年11月
 |
{head}
C1|张三|'13900000001|{VIN}|2026-11-18|2027-11-01
合计|1
 | |
{head}
C2|李四|'13900000002|{OTHER_VIN}|2026-11-04|2027-11-01
 小计：| 2
 |总计|2
Grand Total|2
"""
    )

    assert answer.json["problems"] == []
    assert answer.json["mapping"][0]["header_row"] == 4
    with ClosedBook(drawn.path) as book:
        assert read_store(book).customers.texts("customer_id").tolist() == ["C1", "C2"]


def test_a_customer_whose_name_begins_like_a_total_counts(drawn: Drawn) -> None:
    store = drawn.store(
        Customers="Name|Phone|Plate\nTotal Cars Ltd|'13900000001|A1\nTotalis|'13900000002|A2\nTotal|'13900000003|A3"
    )

    assert store.customers.texts("customer_name").tolist() == ["Total Cars Ltd", "Totalis"]


@pytest.mark.parametrize(
    "headings",
    [
        "CUSTOMER-ID | Customer　Name* | Mobile Phone： | VIN | delivery_date | INSURANCE EXPIRY (required)",
        "Customer No | Owner | Tel | vin码 | Delivered On | Insurance Until",
        "客户编号 | 客户姓名(必填) | 手机号码 | ＶＩＮ | 交车日期 | 保险到期",
        "客户号 | 车主 | 电话 | 车辆识别代号 | 提车时间 | 保险截止日期",
    ],
)
def test_headings_are_known_in_both_languages_and_odd_spellings(headings: str, drawn: Drawn) -> None:
    answer = drawn.checked(Sheet1=f"{headings}\nC1|Ada|'13900000001|{VIN}|2026-11-18|2027-11-01")

    written = [text.strip() for text in headings.split("|")]
    fields = ["customer_id", "customer_name", "mobile", "vin", "delivery_date", "insurance_expiry"]
    assert columns(answer, "Sheet1") == dict(zip(fields, written, strict=True))
    assert answer.json["problems"] == []


def test_a_wide_sheet_is_customers_and_their_cars(drawn: Drawn) -> None:
    store = drawn.store(
        Sheet1=f"""
客户编号|客户姓名|手机|车牌号|车架号
C1|张三|'13900000001|苏A·12345|{VIN.lower()}
C1|张三|'13900000001|苏A 67890|{OTHER_VIN}
C3|王五|'13900000003||
"""
    )

    assert store.customers.texts("customer_id").tolist() == ["C1", "C3"]
    assert store.vehicles.texts("customer_id").tolist() == ["C1", "C1"]
    assert store.vehicles.texts("vin").tolist() == [VIN, OTHER_VIN]
    assert store.vehicles.texts("plate_no").tolist() == ["苏A12345", "苏A67890"]


def test_visits_of_two_months_are_both_read(drawn: Drawn) -> None:
    sheets = {
        "客户档案": CUSTOMERS,
        "10月": f"工单号|车架号|进厂日期|出厂日期\nR1|{VIN}|2026-11-18|2026-11-18",
        "11月": f"进厂日期|工单号|车架号|作业项目\n2026-11-19|R2|{OTHER_VIN}|一般维修",
    }

    answer = drawn.checked(**sheets)
    assert tables(answer) == {"客户档案": "customer", "10月": "service_visit", "11月": "service_visit"}
    calls = drawn.listed(**sheets).rows("customer_id", "rules")
    assert [call for call in calls if "SVC-3D" in str(call[1])] == [
        ("C2", ["DLV-7D-CS", "SVC-3D"]),
        ("C1", ["SVC-3D"]),
    ]


def test_sheets_that_hold_no_table_are_left_alone(drawn: Drawn) -> None:
    answer = drawn.checked(客户档案=CUSTOMERS, 值班表="周一|周二\n李雷|韩梅", 图="", 说明="请每天填写")

    assert tables(answer) == {"客户档案": "customer"}
    assert answer.json["problems"] == []


def test_a_sheet_of_a_known_name_without_known_headings_is_told(drawn: Drawn) -> None:
    answer = drawn.checked(客户档案=CUSTOMERS, 维修记录="甲|乙|丙\n1|2|3")

    assert answer.problems("sheet", "code", "severity") == [("维修记录", "headings_not_found", "high")]


def test_a_second_customer_sheet_is_told_and_not_read(drawn: Drawn) -> None:
    answer = drawn.checked(客户档案=CUSTOMERS, 旧="客户编号|客户姓名|手机|车牌号\nC9|赵六|'13900000009|A9")

    assert answer.problems("sheet", "code") == [("旧", "second_customer_sheet")]
    assert list(tables(answer)) == ["客户档案"]


# What is asked.


def test_an_ambiguous_heading_is_asked_with_its_cell(drawn: Drawn) -> None:
    answer = drawn.checked(
        客户档案=CUSTOMERS, 维修记录=f"门店\n工单号|车架号|进厂日期|金额\nR1|{VIN}|2026-11-18|500"
    )

    (problem,) = (each for each in answer.json["problems"] if each["code"] == "heading_ambiguous")
    assert (problem["sheet"], problem["cell"], problem["heading"]) == ("维修记录", "D2", "金额")
    assert "service_visit.total_amount, service_visit.paid_amount" in problem["wanted"]
    assert "Mapping" in problem["remedy"]
    assert "total_amount" not in columns(answer, "维修记录")


def test_the_mapping_sheet_answers(drawn: Drawn) -> None:
    sheets = {"客户档案": CUSTOMERS, "维修记录": f"工单号|车架号|进厂日期|金额|师傅\nR1|{VIN}|2026-11-18|500|老王"}

    answer = drawn.checked(
        **sheets, 对照表="工作表|列标题|表|字段\n维修记录|金额||paid_amount\n|师傅||service_visit.technician"
    )

    assert answer.json["problems"] == []
    assert columns(answer, "维修记录")["paid_amount"] == "金额"
    assert columns(answer, "维修记录")["technician"] == "师傅"


def test_mistakes_on_the_mapping_sheet_are_told_with_their_cells(drawn: Drawn) -> None:
    answer = drawn.checked(
        客户档案=CUSTOMERS,
        Mapping="""
Which column is what
Sheet | Heading | Table | Field
客户档案 | 老板 | | sales_advisor
客户档案 | 客户姓名 | customer | no_such_field
没有 | 客户姓名 | customer | contact_person
 | 谁 | | customer.cs_owner
 | 什么 | |
""",
    )

    assert answer.problems("sheet", "cell", "heading", "found", "code") == [
        ("Mapping", "B3", "Heading", "老板", "mapping_unknown"),
        ("Mapping", "D4", "Field", "no_such_field", "mapping_unknown"),
        ("Mapping", "A5", "Sheet", "没有", "mapping_unknown"),
        ("Mapping", "B6", "Heading", "谁", "mapping_unknown"),
    ]


# What cells say.


def test_of_several_insurance_columns_the_earliest_date_counts(drawn: Drawn) -> None:
    """Compulsory and commercial insurance may end on different days (DOM 2.4)."""
    sheets = {
        "客户档案": f"""
客户编号|客户姓名|手机|车架号|交车日期|保险到期日|商业险到期|交强险到期日
C1|张三|'13900000001|{VIN}|2024-01-18|2027-05-01|2026-12-10|2026-12-01
C2|李四|'13900000002|{OTHER_VIN}|2024-01-18||2026-12-11|待定
"""
    }

    store = drawn.store(**sheets)
    assert store.vehicles.days("insurance_expiry").astype(str).tolist() == ["2026-12-01", "2026-12-11"]
    answer = drawn.checked(**sheets)
    assert answer.json["mapping"][0]["unmatched"] == []
    assert answer.problems("cell", "heading", "found") == [("H3", "交强险到期日", "待定")]
    assert drawn.listed(**sheets).rows("customer_id", "due_date", "rules") == [
        ("C1", "2026-11-01", ["INS-1M"]),
        ("C2", "2026-11-11", ["INS-1M"]),
    ]


def test_insurance_columns_are_known_in_other_words_and_the_day_of_a_renewal_is_none(drawn: Drawn) -> None:
    """交强险到期日期 and 強制險到期日 are among them; 续保日期 beside them is when it was renewed last."""
    sheets = {
        "客户档案": f"""
客户编号|客户姓名|手机|车架号|续保日期|商业险到期日期|交强险到期日期
C1|张三|'13900000001|{VIN}|2025-12-05|2026-12-10|2026-12-01
C2|李四|'13900000002|{OTHER_VIN}|2025-12-05|2026-12-11|2026-12-31
"""
    }

    store = drawn.store(**sheets)
    assert store.vehicles.days("insurance_expiry").astype(str).tolist() == ["2026-12-01", "2026-12-11"]
    assert drawn.checked(**sheets).json["mapping"][0]["unmatched"] == ["续保日期"]


def test_units_in_headings_count_unless_the_cell_names_its_own(drawn: Drawn) -> None:
    store = drawn.store(
        客户档案="""
客户编号|客户姓名|车牌号|车价(万元)|里程（万公里）|贷款年限|注册资本(万元)
C1|张三|A1|12.5|3.26|3|1000
C2|李四|A2|13.8万|3.2万公里|36个月|'500
C3|王五|A3|'14.25|32000公里|3年|
C4|赵六|A4|¥145,000|1.5|1.5|
"""
    )

    assert store.vehicles.read("price").tolist() == [125_000, 138_000, 142_500, 145_000]
    assert store.vehicles.read("last_odometer").tolist() == [32_600, 32_000, 32_000, 15_000]
    assert store.vehicles.read("loan_months").tolist() == [36, 36, 36, 18]
    assert store.customers.read("registered_capital").tolist()[:2] == [10_000_000, 5_000_000]
    assert store.problems == ()


def test_a_loan_counted_in_years_is_read_in_months(drawn: Drawn) -> None:
    """Whatever the heading says, the cell names its unit (DOM 2.4)."""
    store = drawn.store(
        客户档案="""
            客户编号 | 客户姓名 | 车牌号  | 贷款期限(月)
            C1       | 张三     | 粤B12345 | 3年
            C2       | 李四     | 粤B12346 | 36
            C3       | 王五     | 粤B12347 | 2.5 years
            C4       | 赵六     | 粤B12348 | 三年
        """
    )

    assert np.nan_to_num(store.vehicles.numbers("loan_months")).tolist() == [36, 36, 30, 0]
    assert [(problem.cell, problem.found) for problem in store.problems if problem.heading.startswith("贷款")] == [
        ("D5", "三年")
    ]


@pytest.mark.parametrize("heading", ["贷款期限(月)", "分期期数", "Loan Months"])
def test_a_loan_in_months_stays_in_months(heading: str, drawn: Drawn) -> None:
    store = drawn.store(客户档案=f"客户编号|客户姓名|车牌号|{heading}\nC1|张三|A1|36")

    assert store.vehicles.read("loan_months").tolist() == [36]


def test_a_word_that_may_mean_two_things_is_blank_and_told(drawn: Drawn) -> None:
    """非营运 may be a private or an official car (DOM 2.4); a dash says nothing, an unknown word is told as such."""
    answer = drawn.checked(
        客户档案=f"""
客户编号|客户姓名|车架号|交车日期|保险到期日|车辆用途
C1|张三|{VIN}|2024-01-18|2027-05-01|非营运
C2|李四|{OTHER_VIN}|2024-01-18|2027-05-01|公务
C3|王五|LSVAA4187E2184849|2024-01-18|2027-05-01|-
C4|赵六|LSVAA4187E2184850|2024-01-18|2027-05-01|随便
"""
    )

    assert sorted(answer.problems("cell", "found", "code")) == [
        ("F2", "非营运", "word_ambiguous"),
        ("F5", "随便", "word_unknown"),
    ]


def test_a_call_that_is_only_planned_closes_nothing(drawn: Drawn) -> None:
    """回访日期 in the future is a plan (DOM 2.16)."""
    calls = drawn.listed(
        客户档案=CUSTOMERS,
        回访记录="""
记录号|客户编号|回访日期|回访类型|回访人|回访结果
L1|C1|2026-11-23|3天回访|李雷|接通
L2|C2|2026-11-20|2周经理|李雷|接通
""",
    ).rows("customer_id", "rules")

    assert ("C1", ["DLV-3D"]) in calls
    assert not any("DLV-2W-MGR" in rules for _, rules in calls)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-18", "2026-11-18"),
        ("'2026/11/18", "2026-11-18"),
        ("'26.11.18", "2026-11-18"),
        ("２０２６年１１月１８日", "2026-11-18"),
        ("20261118", "2026-11-18"),
        ("46344", "2026-11-18"),
        ("18/11/2026", "NaT"),
        ("待定", "NaT"),
        ("'2026-02-30", "NaT"),
    ],
)
def test_dates_as_staff_type_them(typed: str, day: str, drawn: Drawn) -> None:
    store = drawn.store(Customers=f"Name|Phone|Plate|Delivery Date\nAda|'13900000001|A1|{typed}")

    assert store.vehicles.days("delivery_date").astype(str).tolist() == [day]
    assert [problem.cell for problem in store.problems] == (["D2"] if day == "NaT" else [])


def test_rows_without_a_number_go_by_their_phone(drawn: Drawn) -> None:
    store = drawn.store(Customers="Name|Phone|Plate\nAda|139 0000 0001|A1\nBo||A2")

    assert store.customers.texts("customer_id").tolist() == ["13900000001", "BO"]


def test_prospects_and_accounts_without_a_number_go_by_phone_or_name_and_are_told(drawn: Drawn) -> None:
    sheets = {
        "客户档案": CUSTOMERS.strip().splitlines()[0],
        "潜客卡": "潜客编号|姓名|电话|建卡日期|意向级别\n|王五|'13900000007|2026-11-19|H\n|赵六||2026-11-19|H\n||||C",
        "大客户": "大客户编号|客户姓名|工作单位|联系方式\n|钱七|某公司|\nK2|孙八|某厂|'13900000008",
    }

    answer = drawn.listed(**sheets)
    assert sorted(answer.rows("customer_id")) == [("13900000007",), ("K2",), ("赵六",), ("钱七",)]
    assert answer.problems("sheet", "cell", "code") == [
        ("潜客卡", "A2", "number_missing"),
        ("潜客卡", "A3", "number_missing"),
        ("潜客卡", "A4", "number_missing"),
        ("大客户", "A2", "number_missing"),
    ]


def test_equal_rows_count_once_and_are_told(drawn: Drawn) -> None:
    row = f"C1|张三|'13900000001|{VIN}|2026-11-18|2027-11-01"
    answer = drawn.checked(客户档案=f"客户编号|客户姓名|手机|车架号|交车日期|保险到期日\n{row}\n{row}")

    assert answer.problems("cell", "code", "severity") == [("A3", "row_repeated", "low")]


def test_cells_with_errors_and_odd_types_are_told_one_by_one(drawn: Drawn) -> None:
    answer = drawn.checked(
        Customers=[
            ["Customer ID", "Name", "Mobile", "VIN", "Delivery Date", "Insurance Expiry"],
            [1, 5, True, VIN, "#N/A", "2027-11-01"],
            [2.0, "Bo", 13900000002, OTHER_VIN, "2026-11-18 00:00:00", 46344.5],
        ]
    )

    assert sorted(answer.problems("cell", "found", "code")) == [
        ("C2", "True", "phone_not_understood"),
        ("E2", "#N/A", "date_not_understood"),
    ]
    with ClosedBook(drawn.path) as book:
        customers = read_store(book).customers
    assert customers.texts("customer_id").tolist() == ["1", "2"]
    assert customers.texts("mobile").tolist() == ["", "13900000002"]


# Settings, rules, holidays.


def test_settings_and_rules_take_effect(drawn: Drawn) -> None:
    calls = drawn.listed(
        客户档案=CUSTOMERS,
        参数="参数|值|单位|说明\ngo_live_date|2026-11-01||\nlanguage||",
        回访规则="规则代码|启用|岗位|优先级|开始|应访|截止|失效\nDLV-3D|否\nDLV-7D-SA||客服专员|1|0d|+1d|+9d|永不",
    ).rows("customer_id", "role", "rules", "priority", "due_date", "deadline")

    assert calls[:2] == [
        ("C2", "CS", ["DLV-7D-SA", "DLV-7D-CS"], 1, "2026-11-05", "2026-11-11"),
        ("C1", "CS", ["DLV-7D-SA"], 1, "2026-11-19", "2026-11-27"),
    ]
    assert not any("DLV-3D" in call[2] for call in calls)


def test_rules_may_be_typed_with_a_chinese_keyboard(drawn: Drawn) -> None:
    """Full width, blanks, other dashes and small letters do not count (2.14, 2.18)."""
    heading = "规则代码|启用|岗位|优先级|开始|应访|截止|失效"
    plain = f"{heading}\nDLV-3D|否\nDLV-7D-SA||CS|1|0d|+1d|+9d|+3d"
    typed = f"{heading}\ndlv－3d|Ｎ\nＤＬＶ–7D − SA||ＣＳ|１|０ｄ|＋１d|+ 9 D|＋３Ｄ"
    asked = ("customer_id", "due_keys", "deadline")
    calls = [drawn.listed(客户档案=CUSTOMERS, 回访规则=rules).rows(*asked) for rules in (plain, typed)]

    assert calls[0] == calls[1] != drawn.listed(客户档案=CUSTOMERS).rows(*asked)


def test_mistakes_on_settings_rules_and_holidays_are_told_with_their_cells(drawn: Drawn) -> None:
    answer = drawn.checked(
        客户档案=CUSTOMERS,
        参数="""
门店参数
参数|值|单位|说明
go_live_date|abc||
no_such|5
language|fr
lost_months|-3
lost_months|'14
""",
        回访规则="""
规则代码|启用|岗位|优先级|开始|应访|截止|失效
DLV-3D|maybe|SA|2|+1d|+3d|+3d|+14d
XYZ|是
DLV-7D-CS|是|xx|0|1d|soon|+7d|永不
SVC-3D|||||+99999d|+9999m|
""",
        节日表="""
日期|是否上班|节日
2026-11-23|否|店庆
'2026-13-45||
'2026-11-24|是|
""",
    )

    assert answer.problems("sheet", "cell", "heading", "found", "code") == [
        ("参数", "B3", "go_live_date", "abc", "setting_not_understood"),
        ("参数", "A4", "参数", "no_such", "parameter_unknown"),
        ("参数", "B5", "language", "fr", "setting_not_understood"),
        ("参数", "B6", "lost_months", "-3", "setting_not_understood"),
        ("回访规则", "B2", "启用", "maybe", "rule_not_understood"),
        ("回访规则", "A3", "规则代码", "XYZ", "rule_unknown"),
        ("回访规则", "C4", "岗位", "xx", "rule_not_understood"),
        ("回访规则", "D4", "优先级", "0", "rule_not_understood"),
        ("回访规则", "F4", "应访", "soon", "rule_not_understood"),
        ("回访规则", "F5", "应访", "+99999d", "rule_not_understood"),
        ("回访规则", "G5", "截止", "+9999m", "rule_not_understood"),
        ("节日表", "A3", "日期", "2026-13-45", "date_not_understood"),
    ]


def test_holidays_count_as_typed(drawn: Drawn) -> None:
    calendar = drawn.store(
        客户档案=CUSTOMERS, 节日表="日期|是否上班\n2026-11-23|否\n'2026年11月22日|是"
    ).working_days

    days = np.array(["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"], "datetime64[D]")
    assert calendar.working(days).tolist() == [False, True, False, True]


@pytest.mark.parametrize("sheet", ["参数", "Rules", "Mapping", "节日表"])
def test_a_small_sheet_without_its_headings_is_told(sheet: str, drawn: Drawn) -> None:
    answer = drawn.checked(**{"客户档案": CUSTOMERS, sheet: "甲|乙\n1|2"})
    assert answer.problems("sheet", "code") == [(sheet, "headings_not_found")]

    assert drawn.checked(**{"客户档案": CUSTOMERS, sheet: ""}).json["problems"] == []


def test_headings_alone_are_an_empty_store(drawn: Drawn) -> None:
    answer = drawn.listed(客户档案=CUSTOMERS.strip().splitlines()[0], 维修记录="工单号|车架号|进厂日期")

    assert (answer.json["rows"], answer.json["problems"]) == ([], [])


def test_the_human_table_of_check_shows_every_sheet(drawn: Drawn) -> None:
    workbook(drawn.path, {"Customers": f"Name|Phone|VIN|Hat size\nAda|'13900000001|{VIN}|7"})

    out = shell("check", drawn.path, "--date", "2026-11-21").out

    assert "Name → customer_name" in out
    assert "Hat size" in out


def test_total_rows_are_known_where_texts_stand_in_the_cells_themselves(tmp_path: Path) -> None:
    """
    Some programs write each text into its cell; a sheet then adds texts that the sheets before it did not have.
    """
    path = tmp_path / "inline.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheets = {
            "Customers": [("Customer ID", "Name", "Phone"), ("C1", "Ada", "13800000001")],
            "Vehicles": [
                ("VIN", "Customer ID", "Delivery Date"),
                *((f"V{number}", "C1", "2025-03-01") for number in range(50)),
                ("合计", "", "50"),
            ],
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    with ClosedBook(path) as opened:
        store = read_store(opened)

    assert store.vehicles.texts("vin").tolist() == [f"V{number}" for number in range(50)]
    assert store.problems == ()


@pytest.mark.parametrize("name", ["Store-East.xlsx", "城西店.xlsx"])
def test_numbered_texts_say_the_same_as_the_plain_ones(name):
    """
    The rules join on the numbers, so a column may never say one thing in texts and another in numbers.
    """
    with ClosedBook(Path(__file__).parents[2] / "sample" / name) as book:
        store = read_store(book)
        texts = book.head(book.sheet_names()[0]).columns[0].texts

    numbered = 0
    for table in store.tables.values():
        for field, column in table.coded.items():
            assert column.texts.tolist() == table.texts(field).tolist(), (table.entity.name, field)
            origin = column.origin
            assert origin is not None
            for text, place in zip(column.different.tolist(), origin.place.tolist(), strict=True):
                assert place < 0 or texts[place] == text
            numbered += 1
    assert numbered > 20


def test_the_texts_of_the_workbook_are_let_go_when_its_tables_are_read():
    """
    Those that stand in the tables stay; with 100,000 customers the others take half of the memory of all texts.
    """
    with ClosedBook(Path(__file__).parents[2] / "sample" / "Store-East.xlsx") as book:
        texts = weakref.ref(book.head(book.sheet_names()[0]).columns[0].texts)
        store = read_store(book, {"customer": ("customer_id", "customer_name")})
        gc.collect()

    assert texts() is None
    assert all(store.customers.texts("customer_name"))
