"""The call sheet as another program reads it: looks, drop-downs, print set-up, and text that stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.actions.drawn import OTHER_VIN, VIN, Sheet, office, shell, today, type_in, typed_in, workbook
from tests.tables import situation
from xl_retention.domain.worklist import todays_calls
from xl_retention.sheets.calls import call_reasons

SHEETS: dict[str, dict[str, Sheet]] = {
    "en": {
        "Customers": f"""
            Customer ID | Name | Mobile       | VIN         | Delivery Date | Insurance Expiry
            C1          | Ada  | '13900000001 | {VIN}       | 2026-11-18    | 2027-11-01
            C2          | Bo   | '13900000002 | {OTHER_VIN} | 2026-11-04    | 2027-11-01
        """
    },
    "zh": {
        "客户档案": f"""
            客户编号 | 客户姓名 | 手机         | 车架号      | 交车日期   | 保险到期日
            C1       | 张三     | '13900000001 | {VIN}       | 2026-11-18 | 2027-11-01
            C2       | 李四     | '13900000002 | {OTHER_VIN} | 2026-11-04 | 2027-11-01
        """
    },
}
NAMES = {"en": "Today's Calls", "zh": "今日回访"}
HEADINGS = {
    "en": ["Priority", "Customer", "Phone", "Plate", "Model", "Who calls", "Why", "Due", "Deadline", "Days overdue",
           "Points to raise", "Last contact", "Last outcome", "Outcome", "Satisfaction", "Notes", "Next contact",
           "Key", "Objection", "Complaint", "Wish", "Referral: name, phone", "New phone", "Appointment",
           "Survey answers"],
    "zh": ["优先级", "客户", "电话", "车牌", "车型", "回访人", "回访原因", "应访日期", "截止日期", "逾期天数",
           "沟通要点", "上次联系", "上次结果", "回访结果", "满意度", "备注", "下次联系日期", "到期键", "异议类型",
           "投诉内容", "购车意向", "转介绍：姓名、电话", "新电话", "预约到店时间", "问卷答案"],
}  # fmt: skip
OUTCOMES = {
    "en": "Connected,No answer,Switched off,Invalid number,Refused,Call back,Sent",
    "zh": "接通,未接,关机,空号,拒访,改约,已发送",
}
SATISFACTION = {
    "en": "Very satisfied,Satisfied,Neutral,Dissatisfied,Very dissatisfied",
    "zh": "非常满意,满意,一般,不满意,非常不满意",
}
OBJECTIONS = {"en": "None,Usage,Quality,Price,Service,Other", "zh": "无,使用异议,质量异议,价格,服务,其他"}
WISHES = {
    "en": "None,Replacement,Additional purchase,Referral,Contact intelligence",
    "zh": "无,换车,增购,推荐,情报",
}
THIRD_DAY = f"C1/{VIN}/DLV-3D/2026-11-18/1"


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sheet(language: str, tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    path = workbook(tmp_path_factory.mktemp(language) / "Store.xlsx", SHEETS[language])
    today(path)
    return office(path)[NAMES[language]]


def letter(language: str, heading: str) -> str:
    return get_column_letter(HEADINGS["en"].index(heading) + 1)


def test_headings(sheet: Worksheet, language: str) -> None:
    assert [cell.value for cell in sheet[3]] == HEADINGS[language]
    assert all(cell.font.bold for cell in sheet[3])


def test_columns_are_wide_enough_to_read_and_narrow_enough_to_print(sheet: Worksheet, language: str) -> None:
    widths = [sheet.column_dimensions[letter(language, heading)].width for heading in HEADINGS["en"]]

    assert all(5 < width < 50 for width in widths)
    assert sheet.column_dimensions[letter(language, "Why")].width > 30


def test_days_are_days_and_counts_are_counts(sheet: Worksheet, language: str) -> None:
    due = sheet[f"{letter(language, 'Due')}4"]

    assert due.is_date
    assert "yy" in due.number_format
    assert isinstance(sheet[f"{letter(language, 'Priority')}4"].value, int)
    assert isinstance(sheet[f"{letter(language, 'Phone')}4"].value, str)


def test_columns_with_words_offer_the_words_of_the_language(sheet: Worksheet, language: str) -> None:
    offered = {}
    for validation in sheet.data_validations.dataValidation:
        assert validation.type == "list"
        for place in str(validation.sqref).split():
            offered[place.rstrip("0123456789:").split(":")[0].rstrip("0123456789")] = validation.formula1.strip('"')

    assert offered == {
        letter(language, "Outcome"): OUTCOMES[language],
        letter(language, "Satisfaction"): SATISFACTION[language],
        letter(language, "Objection"): OBJECTIONS[language],
        letter(language, "Wish"): WISHES[language],
    }


def test_headings_stay_in_sight_and_can_be_filtered(sheet: Worksheet, language: str) -> None:
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == f"A3:Y{sheet.max_row}"


def test_it_prints_one_page_wide_in_landscape_with_its_headings_on_each_page(sheet: Worksheet) -> None:
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 where it is not written
    assert sheet.page_setup.fitToHeight in ("0", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert "&P" in str(sheet.oddFooter.center.text) + str(sheet.oddFooter.left.text) + str(sheet.oddFooter.right.text)


def test_overdue_and_due_today_are_coloured(sheet: Worksheet) -> None:
    formulas = [
        rule.formula[0] for rules in sheet.conditional_formatting for rule in rules.rules if rule.type == "expression"
    ]

    assert any("$J4" in formula and ">0" in formula for formula in formulas)
    assert any("$I4" in formula and "DATE(2026,11,21)" in formula for formula in formulas)


def test_title_and_note_stand_above(sheet: Worksheet, language: str) -> None:
    assert "2026-11-21" in sheet["A1"].value
    assert {"en": "overdue: 2", "zh": "其中逾期2条"}[language] in sheet["A2"].value


def test_columns_to_fill_look_different_from_the_others(sheet: Worksheet, language: str) -> None:
    plain = sheet[f"{letter(language, 'Why')}4"].fill.fgColor.rgb
    for heading in ("Outcome", "Satisfaction", "Notes", "Next contact", "Objection", "Appointment"):
        assert sheet[f"{letter(language, heading)}4"].fill.fgColor.rgb != plain


DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1", "'=1"]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {
            "Customers": [
                ["Customer ID", "Name", "Mobile", "VIN", "Delivery Date", "Model", "Sales Advisor"],
                ["C1", text, "13900000001", VIN, "2026-11-18", text, text],
            ]
        },
    )
    today(path)
    type_in(path, THIRD_DAY, {"Notes": text})
    shell("today", path, "--date", "2026-11-22", "--json")

    sheet = office(path)["Today's Calls"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert str(typed_in(path, THIRD_DAY)["Customer"]).strip() == text.strip()
    assert str(typed_in(path, THIRD_DAY)["Notes"]).strip() == text.strip()


def test_words_of_the_data_checks_stay_text_too(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Store.xlsx",
        {"Customers": [["Customer ID", "Name", "VIN", "Delivery Date"], ["C1", "Ada", VIN, "=1+1"]]},
    )
    today(path)

    sheet = office(path)["Data Checks"]
    assert sheet["F4"].value == "=1+1"
    assert sheet["F4"].data_type == "s"


def test_reasons_of_one_row_stand_one_below_the_other(tmp_path: Path) -> None:
    path = workbook(tmp_path / "Store.xlsx", SHEETS["en"])
    shell("today", path, "--date", "2026-11-25", "--json")

    why = str(typed_in(path, THIRD_DAY)["Why"])
    assert why.splitlines() == [
        "3-day call: delivered 18 Nov, due 21 Nov",
        "7-day call by sales: delivered 18 Nov, due 25 Nov",
    ]


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        (
            "vin | visit_date | work_type | odometer_in | next_service_date\n"
            "V1 | 2025-01-01 | 定期保养 | 10000 | 2025-06-30",
            "maintenance due 30 Jun (by date)",
        ),
        (
            "vin | visit_date | work_type | odometer_in | next_service_km\n"
            "V1 | 2025-01-01 | 定期保养 | 10000 |\n"
            "V1 | 2025-04-11 | 定期保养 | 15000 | 19000",
            "maintenance due 30 Jun (by its 50 km a day)",
        ),
        (
            "vin | visit_date | work_type | odometer_in | next_service_km\n"
            "V1 | 2025-04-11 | 定期保养 | 15000 | 18200",
            "maintenance due 30 Jun (by the usual 40 km a day)",
        ),
    ],
)
def test_the_reason_says_which_rung_of_the_ladder_gave_the_day(visits: str, sentence: str) -> None:
    """
    DOM 3.6: a date, the car's own driving, or the store's usual kilometres a day.
    """
    known = situation(
        "2025-06-23",
        only=("MNT-CALL",),
        customer="customer_id | customer_name\nC1 | Ada",
        vehicle="vin | customer_id\nV1 | C1",
        service_visit=visits,
    )
    (reason,) = call_reasons.reasons(known, todays_calls(known), "en")
    assert sentence in reason
