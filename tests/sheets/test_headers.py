"""Which sheet is which table, and which column is which field (DOM 2.2, 2.14-2.17)."""

import pytest

from tests.domain.headings_of_dom import CHINESE, ENGLISH, headings
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import (
    ColumnMatch,
    Mapped,
    clean_heading,
    heading_row,
    heading_unit,
    recognise,
    table_of_sheet_name,
)

SUGGESTED_SHEET = {name: entity.sheet_names[0] for name, entity in ENTITIES.items()}


def row(drawing):
    """Cells of one row drawn as `a | b | | c`; an empty one is None."""
    return [cell.strip() or None for cell in drawing.split("|")]


def match(sheet, *drawings, samples=None, mapping=(), **options):
    return recognise(sheet, [row(drawing) for drawing in drawings], samples, mapping, **options)


def fields(found):
    """Field by heading; the entity is left out where it is that of the sheet."""
    return {
        column.heading: field if entity == found.entity else f"{entity}.{field}"
        for (entity, field), column in found.columns.items()
    }


# Headings.


@pytest.mark.parametrize(
    "heading",
    [
        "customer_id",
        "Customer ID",
        "CUSTOMER-ID",
        "customer\nid",
        "*Customer ID:",
        "Ｃｕｓｔｏｍｅｒ ＩＤ",
        " customer__id ",
    ],
)
def test_spellings_of_one_heading(heading):
    """
    DOM 2.14: full width, line breaks, blanks, `_ - * :` and case do not count.
    """
    assert clean_heading(heading) == "customerid"


@pytest.mark.parametrize(
    ("heading", "cleaned"),
    [
        ("行驶里程(km)", "行驶里程"),
        ("行驶里程（公里）", "行驶里程"),
        ("总金额(元)", "总金额"),
        ("车价（万元）", "车价"),
        ("客户姓名(必填)", "客户姓名"),
        ("*手机(11位)", "手机"),
        ("Mileage [km]", "mileage"),
        ("Birthday (YYYY-MM-DD)", "birthday"),
        ("利润率(%)", "利润率"),
        ("Plate No.", "plateno"),
        ("是否预约？", "是否预约"),
    ],
)
def test_units_in_brackets_do_not_count(heading, cleaned):
    """
    They say how to fill the column, not what it is.
    """
    assert cleaned == clean_heading(heading)


@pytest.mark.parametrize("heading", ["交车日期(维修)", "联系方式(回访)", "公里数(住址)", "电话(紧急联系人)"])
def test_other_brackets_count(heading):
    """
    They say what the column is; a phone of somebody else is not the customer's.
    """
    assert heading == clean_heading(heading.replace("(", "（").replace(")", "）"))


def test_the_unit_of_a_heading_can_be_asked_for():
    """
    车价(万元) holds ten thousands.
    """
    assert heading_unit("车价（万元）") == "万元"
    assert heading_unit("交车日期(维修)") == ""


# Names of sheets.

SHEETS_OF_DOM = """
    customer 客户档案/客户资料/客户信息/Customers
    vehicle 车辆档案/车辆/Vehicles
    service_visit 维修记录/进厂记录/工单/Repair Orders/Service Visits/Visits/维修记录 (进厂记录)
    booking 预约记录/预约/Bookings
    contact_log 回访记录/联系记录/Call Log/Contact Log
    complaint 投诉记录/投诉/Complaints
    prospect 潜客卡/A卡/潜客/Prospects/潜客卡 (A卡)
    renewal 续保年检提醒/续保年检/Renewals
    key_account 大客户档案/大客户/Key Accounts
    staff 员工/Staff
    parc 保有量/Parc
    base_card 基盘卡 (C卡)/基盘卡/C卡/黄卡
    survey_template 回访模板
    survey_answer 问卷答案
    maintenance_reminder 保养提醒及跟进管控表
    campaign 活动
    invitation 活动邀约
    interest 兴趣点
    club_member 俱乐部成员
    referral 转介绍
    store 门店
    handover 交接
    scorecard 员工考核
    settings 参数/Settings
    rules 回访规则/Rules
    mapping 对照表/Mapping
"""


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (table, name)
        for table, _, names in (line.strip().partition(" ") for line in SHEETS_OF_DOM.strip().splitlines())
        for name in names.split("/")
    ],
)
def test_names_of_sheets_are_known_in_both_languages(table, name):
    """
    DOM 2.2; compared like headings.
    """
    assert table == table_of_sheet_name(name)
    assert table == table_of_sheet_name(name.upper().replace(" ", "_"))


def test_other_names_say_nothing():
    """
    Then the headings decide.
    """
    assert table_of_sheet_name("Sheet1") is None
    assert table_of_sheet_name("客户档案2024") is None


# Every heading of DOM on the sheet of its table.

QUESTIONS_OF_DOM = {("vehicle", "状态"), ("customer", "SA")}


def test_every_heading_of_dom_is_recognised_on_its_sheet():
    """
    DOM 2.3-2.12 and 2.17, each beside three headings that make the row a heading row.
    """
    missed = []
    for source in (CHINESE, ENGLISH):
        for entity, field, heading in headings(source):
            others = [each for each in ENTITIES[entity].field_names if each != field][:3]
            found = recognise(SUGGESTED_SHEET[entity], [[*others, heading]])
            place = None if found is None else found.columns.get((entity, field))
            if place != ColumnMatch(len(others), heading):
                missed.append((entity, field, heading, found))

    assert missed == []


def test_every_canonical_name_is_a_heading_in_any_spelling():
    """
    DOM 2.17: `Customer ID`, `Delivery Date`, `Plate No`.
    """
    for name, entity in ENTITIES.items():
        titles = [field.replace("_", " ").title() for field in entity.field_names]
        found = recognise(SUGGESTED_SHEET[name], [titles])

        assert set(entity.field_names) == {field for _, field in found.columns}, name
        assert found.questions == []


# Heading rows.


def test_three_recognised_headings_make_a_heading_row_and_two_do_not():
    """
    DOM 2.2: with fewer than three the sheet is left alone, whatever its name.
    """
    assert match("Customers", "Customer ID | Name | Shoe size") is None
    assert match("Customers", "Customer ID | Name | Phone | Shoe size").header_row == 1


def test_the_parc_sheet_needs_two():
    """
    It has no more.
    """
    assert fields(match("保有量", "月份 | 保有量")) == {"月份": "month", "保有量": "parc"}
    assert match("保有量", "月份 | 年份") is None


def test_one_heading_written_three_times_is_one():
    """
    车主 over three columns is a group, not a heading row.
    """
    found = match("客户档案", "车主 | 车主 | 车主", "客户编号 | 姓名 | 电话")

    assert found.header_row == 2


@pytest.mark.parametrize("titles", [0, 1, 4, 5, 19])
def test_titles_above_the_headings_are_passed_over(titles):
    """
    DOM 2.14: usually in rows 1-5; we look on to row 20.
    """
    found = match(
        "客户档案", *["东方汽车客户档案表 | | "] * titles, "客户编号 | 客户姓名 | 电话", "C1 | 王先生 | 138"
    )

    assert titles + 1 == found.header_row


def test_a_heading_row_below_row_20_is_not_found():
    """
    By then it would be a table of something else.
    """
    assert match("客户档案", *["客户档案表"] * 20, "客户编号 | 客户姓名 | 电话") is None


def test_the_first_of_two_heading_rows_counts():
    """
    A repeated heading row further down is a row of data, which the reader skips.
    """
    found = match("客户档案", "客户编号 | 客户姓名 | 电话", "客户编号 | 客户姓名 | 电话 | 邮箱")

    assert found.header_row == 1


def test_a_stray_cell_in_the_last_column_costs_no_look_at_each_blank_one(monkeypatch):
    looked_at = []
    is_group = heading_row._is_group
    monkeypatch.setattr(heading_row, "_is_group", lambda *given: looked_at.append(given[3]) or is_group(*given))
    rows = [["客户编号", "客户姓名", "手机号码", *[None] * 16_380, "x"], ["C1", "王伟", "13800138000"]]

    found = recognise("客户档案", rows)

    assert fields(found) == {"客户编号": "customer_id", "客户姓名": "customer_name", "手机号码": "mobile"}
    assert set(looked_at) == {0, 1, 2, 16_383}


def test_a_row_of_groups_above_the_headings_is_not_the_heading_row():
    """
    Merged cells hold their text in the first cell.
    """
    found = match(
        "客户档案",
        "客户 | | | 车辆 | | | 备注 |",
        "客户编号 | 客户姓名 | 电话 | 车架号 | 车牌号 | 品牌 | 说明 | 传真",
    )

    assert found.header_row == 2
    assert "说明" in fields(found)


def test_groups_among_the_headings_are_looked_under():
    """
    Headings merged over both rows stand in the upper one.
    """
    found = match(
        "客户档案",
        "客户编号 | 客户姓名 | 联系方式 | | | 性别",
        " | | 手机 | 微信 | 邮箱 | ",
        "C1 | 王先生 | 13800000000 | wx1 | a@b.c | 男",
    )

    assert found.header_row == 2
    assert fields(found) == {
        "客户编号": "customer_id",
        "客户姓名": "customer_name",
        "手机": "mobile",
        "微信": "wechat_id",
        "邮箱": "email",
        "性别": "gender",
    }


def test_a_column_without_heading_is_no_group():
    """
    Its cells are data.
    """
    found = match("客户档案", "客户编号 | 客户姓名 | 电话 | ", "C1 | 王先生 | 13800000000 | 微信")

    assert found.header_row == 1


def test_numbers_and_dates_are_no_headings():
    """
    A row of figures is not read as one.
    """
    found = recognise("Customers", [[1, 2.0, None], ["Customer ID", "Name", "Phone", 2024]])

    assert found.header_row == 2
    assert found.unmatched == []


def test_an_empty_sheet_is_left_alone():
    """
    Its rows may be of any length, even none.
    """
    assert recognise("Customers", []) is None
    assert recognise("Customers", [[], [None]]) is None


# Which sheet is which table.


def test_a_sheet_with_a_known_name_belongs_to_that_table():
    """
    Even if its headings would fit another one better.
    """
    found = match("预约记录", "工单号 | 车架号 | 车牌号 | 完工日期 | 客户姓名 | 预约时间")

    assert found.entity == "booking"
    assert found.known_by_name
    assert found.unmatched == ["工单号", "完工日期"]


@pytest.mark.parametrize(
    ("entity", "drawing"),
    [
        ("service_visit", "工单号 | 车架号 | 进厂日期 | 实收金额"),
        ("service_visit", "Job Card | Reg No | Date In | Invoice Amount | Advisor"),
        ("vehicle", "VIN | 车牌号 | 品牌 | 车型 | 客户编号"),
        ("customer", "客户编号 | 客户姓名 | 电话 | 地址"),
        ("contact_log", "回访编号 | 客户编号 | 回访类型 | 回访结果"),
        ("complaint", "投诉编号 | 车牌号 | 投诉时间 | 投诉内容"),
        ("prospect", "Lead No | Name | Phone | Expected Order | Level"),
        ("staff", "工号 | 姓名 | 岗位"),
        ("parc", "月份 | 保有量"),
        ("key_account", "大客户编号 | 采购份额 | 合作年限"),
    ],
)
def test_a_sheet_with_another_name_belongs_to_the_table_with_most_of_its_headings(entity, drawing):
    """
    DOM 2.2, the key being among them.
    """
    found = match("2024年", drawing)

    assert entity == found.entity
    assert not found.known_by_name


def test_without_its_key_a_sheet_with_another_name_is_left_alone():
    """
    A list that is mostly a call log must not be taken for a customer sheet, though it has names and plates.
    """
    assert match("2024年", "客户姓名 | 电话 | 车牌号 | 回访日期 | 回访结果 | 回访人 | 满意程度") is None
    assert match("2024年", "客户姓名 | 电话 | 地址 | 邮箱") is None


def test_a_wide_sheet_with_another_name_needs_a_person_and_a_car():
    """
    DOM 2.2: customer name or phone, and VIN or plate.
    """
    assert match("2024年", "客户姓名 | 车牌号 | 品牌").is_wide
    assert match("2024年", "电话 | 车架号 | 品牌").is_wide
    assert match("2024年", "客户姓名 | 电话 | 品牌 | 地址") is None
    assert match("2024年", "地址 | 车牌号 | 品牌 | 邮箱") is None


@pytest.mark.parametrize("name", ["Settings", "参数", "Rules", "回访规则", "Mapping", "对照表"])
def test_our_own_tables_are_known_by_name_alone(name):
    """
    They are read by others, whatever their headings.
    """
    assert match(name, "客户编号 | 客户姓名 | 电话") is None


def test_two_sheets_may_be_the_same_table():
    """
    Both are handed back; who asked decides.
    """
    assert (
        match("客户档案", "客户编号 | 客户姓名 | 电话").entity
        == match("旧客户", "客户编号 | 姓名 | 手机").entity
    )


# Wide sheets.


def test_the_customer_sheet_may_carry_vehicle_columns():
    """
    DOM 2.2: but never those of another table.
    """
    found = match("客户档案", "客户编号 | 客户姓名 | 手机 | 车架号 | 交车日期 | 工单号 | 回访结果")

    assert found.is_wide
    assert fields(found) == {
        "客户编号": "customer_id",
        "客户姓名": "customer_name",
        "手机": "mobile",
        "车架号": "vehicle.vin",
        "交车日期": "vehicle.delivery_date",
    }
    assert found.unmatched == ["工单号", "回访结果"]


def test_a_customer_sheet_without_cars_is_not_wide():
    """
    The reader makes no vehicles from it.
    """
    assert not match("客户档案", "客户编号 | 客户姓名 | 手机").is_wide


def test_a_vehicle_sheet_stands_in_for_a_missing_customer_sheet():
    """
    Only if it names its customers.
    """
    wide = "车架号 | 车牌号 | 客户编号 | 客户姓名 | 手机 | 登记日期 | 状态"

    found = match("车辆档案", wide, no_customer_sheet=True)
    assert found.entity == "customer"
    assert fields(found) == {
        "车架号": "vehicle.vin",
        "车牌号": "vehicle.plate_no",
        "客户编号": "customer_id",
        "客户姓名": "customer_name",
        "手机": "mobile",
        "登记日期": "vehicle.registration_date",
        "状态": "vehicle.vehicle_status",
    }

    found = match("车辆档案", wide)
    assert found.entity == "vehicle"
    assert found.unmatched == ["客户姓名", "手机"]

    assert match("车辆档案", "车架号 | 车牌号 | 客户编号 | 品牌", no_customer_sheet=True).entity == "vehicle"


# Two columns for one field.


def test_the_canonical_name_wins_over_an_alias_and_that_over_a_looser_spelling():
    """
    DOM 2.14, match order.
    """
    found = match("Customers", "phone | Phone | mobile | Customer ID | Name")
    assert (found.columns["customer", "mobile"].heading, fields(found)["mobile"]) == ("mobile", "mobile")
    assert found.unmatched == ["phone", "Phone"]

    found = match("Customers", "phone | Phone | Customer ID | Name")
    assert found.columns["customer", "mobile"].heading == "Phone"
    assert found.unmatched == ["phone"]


def test_of_two_equal_ones_the_left_wins():
    """
    The other one is shown, not dropped silently.
    """
    found = match("客户档案", "客户编号 | 姓名 | 移动电话 | 手机")

    assert ColumnMatch(2, "移动电话") == found.columns["customer", "mobile"]
    assert found.unmatched == ["手机"]


@pytest.mark.parametrize(
    ("sheet", "line", "field", "heading"),
    [
        ("客户档案", "客户编号 | 姓名 | 电话 | 手机", "customer.mobile", "手机"),
        ("客户档案", "客户编号 | 姓名 | 联系电话 | 手机号码（本人）", "customer.mobile", "手机号码（本人）"),
        ("Customers", "Customer ID | Name | Phone | Mobile", "customer.mobile", "Mobile"),
        ("客户档案", "会员号 | 客户编号 | 姓名 | 手机", "customer.customer_id", "客户编号"),
        ("Customers", "Customer ID | Owner | Name | Mobile", "customer.customer_name", "Name"),
        ("Customers", "Customer ID | Owner | Customer Name | Mobile", "customer.customer_name", "Customer Name"),
        ("客户档案", "客户编号 | 姓名 | 称谓 | 性别", "customer.gender", "性别"),
        ("车辆档案", "车架号 | 车牌号 | 年检日期 | 下次年检日期", "vehicle.inspection_expiry", "下次年检日期"),
        ("车辆档案", "车架号 | 车牌号 | 续保日期 | 保险到期日", "vehicle.insurance_expiry", "保险到期日"),
        ("车辆档案", "车架号 | 车牌号 | 上次进厂日期 | 上次保养日期", "vehicle.last_service_date", "上次保养日期"),
        ("车辆档案", "车架号 | 车牌号 | 进厂里程 | 当前里程", "vehicle.last_odometer", "当前里程"),
        ("维修记录", "车架号 | 进厂日期 | 派工单号 | 工单号", "service_visit.ro_no", "工单号"),
        ("维修记录", "工单号 | 车架号 | 开单日期 | 进厂日期", "service_visit.visit_date", "进厂日期"),
        ("Service Visits", "RO No | VIN | RO Date | Check-in Date", "service_visit.visit_date", "Check-in Date"),
        ("维修记录", "工单号 | 车架号 | 结算日期 | 出厂日期", "service_visit.checkout_date", "出厂日期"),
        ("维修记录", "工单号 | 车架号 | 结算金额 | 实收金额", "service_visit.paid_amount", "实收金额"),
        ("预约记录", "预约编号 | VIN | 到店时间 | 实际到店时间", "booking.arrived_at", "实际到店时间"),
        ("投诉记录", "投诉编号 | VIN | 受理时间 | 投诉时间", "complaint.received_at", "投诉时间"),
        ("投诉记录", "投诉编号 | VIN | 责任人 | 处理人", "complaint.handler", "处理人"),
        ("潜客", "潜客编号 | 姓名 | 首次来店日期 | 建卡日期", "prospect.created_date", "建卡日期"),
    ],
)
def test_the_place_of_a_column_does_not_say_which_of_two_it_is(sheet: str, line: str, field: str, heading: str):
    """
    What only may be the field gives way to the column that says so; alone it still is the field.
    """
    *others, first, second = (each.strip() for each in line.split("|"))
    for row in ([*others, first, second], [*others, second, first]):
        found = match(sheet, " | ".join(row))
        assert found.columns[tuple(field.split("."))].heading == heading

    alone = [each.strip() for each in line.split("|") if each.strip() != heading]
    entity, name = field.split(".")
    assert match(sheet, " | ".join([*alone, "VIN", "姓名", "客户编号"])).has(entity, name)


def test_a_column_that_gives_way_is_the_field_where_the_store_said_the_other_is_not():
    """
    Its answer counts more than which of the headings says more.
    """
    mapping = [Mapped("", "手机", "customer", "mobile_backup"), Mapped("", "电话", "customer", "remark")]
    found = match("客户档案", "客户编号 | 姓名 | 电话 | 手机", mapping=mapping)
    assert (fields(found)["电话"], fields(found)["手机"]) == ("mobile", "mobile_backup")

    found = match("客户档案", "客户编号 | 姓名 | 电话 | 移动电话", mapping=mapping)
    assert (fields(found)["移动电话"], fields(found)["电话"]) == ("mobile", "remark")


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        ("客户档案", "客户编号 | 姓名 | 手机 | 客户状态"),
        ("车辆档案", "车架号 | 车牌号 | 客户编号 | 客户状态"),
        ("预约记录", "预约编号 | VIN | 预约时间 | 客户状态"),
        ("投诉记录", "投诉编号 | VIN | 投诉时间 | 客户类型"),
        ("投诉记录", "投诉编号 | VIN | 投诉时间 | 客户来源"),
        ("续保年检", "提醒编号 | 车架号 | 到期日 | 客户类型"),
        ("Renewals", "Renewal ID | VIN | Expiry | Customer Type"),
        ("转介绍", "推荐编号 | 介绍人 | 被介绍人 | 客户电话"),
        ("Referrals", "Referral ID | Referrer ID | Friend Name | Customer Mobile"),
    ],
)
def test_what_a_customer_is_says_nothing_of_the_rows_of_another_table(sheet: str, line: str):
    """
    客户类型 is a kind of customers, not of complaints; 客户电话 beside a friend's name may be that of either.
    """
    last = line.split("|")[-1].strip()

    assert last not in fields(match(sheet, line))


@pytest.mark.parametrize(
    ("sheet", "heading", "field"),
    [
        ("客户档案", "电子信箱", "email"),
        ("客户档案", "E-MAIL地址", "email"),
        ("客户档案", "通信地址", "address"),
        ("客户档案", "归属销售顾问", "sales_advisor"),
        ("客户档案", "学历水平", "education"),
        ("客户档案", "是否同意短信营销", "consent_marketing"),
        ("Customers", "Opt-in Date", "consent_date"),
        ("Customers", "Last Modified Date", "last_update"),
        ("客户档案", "手机号码（本人）", "mobile"),
        ("车辆档案", "外色", "color"),
        ("车辆档案", "下次应保养日期", "next_service_date"),
        ("车辆档案", "下次应保里程", "next_service_km"),
        ("Vehicles", "Manufacturer", "brand"),
        ("维修记录", "客户付费金额", "paid_amount"),
        ("客服回访", "实际回访时间", "contact_at"),
        ("Contact History", "Activity Date", "contact_at"),
        ("潜客", "来源", "source_channel"),
        ("潜客", "当前状态", "status"),
        ("投诉登记", "类型", "category"),
        ("大客户", "职务", "position"),
    ],
)
def test_headings_of_exports(sheet: str, heading: str, field: str):
    """
    As dealers' own systems and lists write them.
    """
    entity = ENTITIES[table_of_sheet_name(sheet)]
    others = [name for name in entity.field_names if name != field]
    found = match(sheet, " | ".join([*others[:5], heading]))

    assert fields(found)[heading] == field


def test_to_come_for_the_first_time_is_asked():
    """
    进厂 is said of the workshop, so that it is hardly the first visit of the showroom.
    """
    found = match("客户档案", "客户编号 | 姓名 | 手机 | VIN | 首次进厂日期")

    assert [question.heading for question in found.questions] == ["首次进厂日期"]


def test_a_unit_under_a_day_is_a_unit():
    """
    DOM 2.14: 日均里程(km/天) is the daily mileage.
    """
    found = match("车辆档案", "车架号 | 车牌号 | 客户编号 | 日均行驶里程（km/天）")

    assert fields(found)["日均行驶里程（km/天）"] == "avg_daily_km"


def test_a_second_phone_is_the_backup_only_if_it_says_so():
    """
    DOM 2.3.
    """
    found = match("客户档案", "客户编号 | 姓名 | 手机 | 家庭电话")

    assert fields(found)["家庭电话"] == "mobile_backup"


def test_unknown_headings_are_shown():
    """
    From left to right, as staff wrote them.
    """
    found = match("Customers", "Shoe Size | Customer ID | Name | Phone | Favourite Tea")

    assert found.unmatched == ["Shoe Size", "Favourite Tea"]


# Ambiguous headings (DOM 2.16).

AMBIGUOUS_BY_SHEET = [
    ("日期", "车辆档案", "车架号 | 车牌号 | 品牌", "vehicle.delivery_date"),
    ("日期", "维修记录", "工单号 | 车架号 | 车牌号", "service_visit.visit_date"),
    ("日期", "回访记录", "回访编号 | 客户编号 | 回访结果", "contact_log.contact_at"),
    ("时间", "客户档案", "客户编号 | 客户姓名 | 电话", "customer.created_date"),
    ("Date", "Prospects", "Lead No | Name | Phone", "prospect.created_date"),
    ("交车日期", "车辆档案", "车架号 | 车牌号 | 品牌", "vehicle.delivery_date"),
    ("交车日期", "客户档案", "客户编号 | 客户姓名 | 电话", "vehicle.delivery_date"),
    ("交车日期", "维修记录", "工单号 | 车架号 | 车牌号", "service_visit.checkout_date"),
    ("登记日期", "客户档案", "客户编号 | 客户姓名 | 电话", "customer.created_date"),
    ("登记日期", "车辆档案", "车架号 | 车牌号 | 品牌", "vehicle.registration_date"),
    ("登记日期", "潜客卡", "潜客编号 | 潜客姓名 | 电话", "prospect.created_date"),
    ("联系方式", "客户档案", "客户编号 | 客户姓名 | 地址", "customer.mobile"),
    ("联系方式", "回访记录", "回访编号 | 客户编号 | 回访结果", "contact_log.channel"),
    ("联系方式", "大客户档案", "大客户编号 | 工作单位 | 职位", "key_account.contact"),
    ("客户级别", "潜客卡", "潜客编号 | 潜客姓名 | 电话", "prospect.grade"),
    ("等级", "潜客卡", "潜客编号 | 潜客姓名 | 电话", "prospect.grade"),
    ("客户级别", "客户档案", "客户编号 | 客户姓名 | 电话", "customer.customer_grade"),
    ("状态", "车辆档案", "车架号 | 车牌号 | 品牌", "vehicle.vehicle_status"),
    ("状态", "客户档案", "客户编号 | 客户姓名 | 车架号", "vehicle.vehicle_status"),
    ("Status", "Bookings", "Booking ID | VIN | Appointment", "booking.status"),
    ("状态", "投诉记录", "投诉编号 | 车架号 | 投诉时间", "complaint.status"),
    ("状态", "潜客卡", "潜客编号 | 潜客姓名 | 电话", "prospect.status"),
    ("里程", "车辆档案", "车架号 | 车牌号 | 品牌", "vehicle.last_odometer"),
    ("公里数", "客户档案", "客户编号 | 客户姓名 | 车架号", "vehicle.last_odometer"),
    ("里程", "维修记录", "工单号 | 车架号 | 车牌号", "service_visit.odometer_in"),
    ("公里数", "维修记录", "工单号 | 车架号 | 车牌号", "service_visit.odometer_in"),
    ("公里数(住址)", "客户档案", "客户编号 | 客户姓名 | 车架号", "customer.distance_km"),
    ("服务顾问", "客户档案", "客户编号 | 客户姓名 | 电话", "customer.service_advisor_owner"),
    ("SA", "客户档案", "客户编号 | 客户姓名 | 销售顾问", "customer.service_advisor_owner"),
    ("SA", "客户档案", "客户编号 | 客户姓名 | 服务顾问", "customer.sales_advisor"),
    ("SA", "维修记录", "工单号 | 车架号 | 车牌号", "service_visit.service_advisor"),
    ("客户编号", "潜客卡", "建卡日期 | 潜客姓名 | 电话", "prospect.prospect_no"),
    ("客户编号", "回访记录", "回访编号 | 回访日期 | 回访结果", "contact_log.customer_id"),
    ("回访日期", "回访记录", "回访编号 | 客户编号 | 回访结果", "contact_log.contact_at"),
    ("回访日期", "回访记录", "回访编号 | 实际回访日期 | 回访结果", "contact_log.planned_date"),
    ("Looked after by", "Customers", "Customer ID | Name | Sales Advisor | Service Advisor", "customer.cs_owner"),
    ("Looked after by", "Prospects", "Lead No | Name | Phone", "prospect.sales_advisor"),
    ("Looked after by", "Complaints", "Complaint ID | VIN | Received", "complaint.handler"),
    ("Looked after by", "Key Accounts", "Account Number | Account Name | Industry", "key_account.owner"),
]


@pytest.mark.parametrize(("heading", "sheet", "others", "field"), AMBIGUOUS_BY_SHEET)
@pytest.mark.parametrize("first", [True, False], ids=["left", "right"])
def test_ambiguous_headings_are_settled_by_the_sheet(heading, sheet, others, field, first):
    """
    Wherever the column stands.
    """
    found = match(sheet, f"{heading} | {others}" if first else f"{others} | {heading}")
    settled = {column.heading: ".".join(target) for target, column in found.columns.items()}

    assert field == settled[heading]
    assert found.questions == []


AMBIGUOUS_STILL = [
    ("日期", "维修记录", "工单号 | 车架号 | 进厂日期", "visit_date"),
    ("时间", "回访记录", "回访编号 | 回访日期 | 回访结果", "contact_at"),
    ("日期", "客户档案", "客户编号 | 客户姓名 | 车架号", "created_date delivery_date"),
    ("登记日期", "客户档案", "客户编号 | 客户姓名 | 车架号", "created_date registration_date"),
    ("等级", "客户档案", "客户编号 | 客户姓名 | 电话", "customer_grade credit_grade"),
    ("状态", "客户档案", "客户编号 | 客户姓名 | 电话", "vehicle_status"),
    ("里程", "客户档案", "客户编号 | 客户姓名 | 电话", "last_odometer distance_km"),
    ("金额", "维修记录", "工单号 | 车架号 | 进厂日期", "total_amount paid_amount"),
    ("金额", "维修记录", "工单号 | 车架号 | 总金额", "paid_amount"),
    ("Looked after by", "Customers", "Customer ID | Name | Phone", "sales_advisor service_advisor_owner cs_owner"),
    ("Looked after by", "Customers", "Customer ID | Name | VIN", "sales_advisor service_advisor_owner cs_owner"),
    ("Cared for by", "Customers", "Customer ID | Name | Sales Advisor", "service_advisor_owner cs_owner"),
]


@pytest.mark.parametrize(("heading", "sheet", "others", "candidates"), AMBIGUOUS_STILL)
def test_what_remains_ambiguous_is_asked_and_never_guessed(heading, sheet, others, candidates):
    """
    DOM 2.16: resolve by sheet, then ask.
    """
    found = match(sheet, f"{others} | {heading}")

    assert [(heading, candidates.split())] == [
        (question.heading, [field for _, field in question.candidates]) for question in found.questions
    ]
    assert heading not in fields(found)
    assert heading not in found.unmatched


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ("客户编号 | 客户姓名 | 车架号 | 上牌日期", "created_date"),
        ("客户编号 | 客户姓名 | 车架号 | 建档日期", "vehicle.registration_date"),
    ],
)
def test_what_only_one_reading_is_left_for_needs_no_question(others, field):
    """
    The other reading of 登记日期 has its own column.
    """
    assert field == fields(match("客户档案", f"登记日期 | {others}"))["登记日期"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["满意", "非常满意", None], "satisfaction_level"),
        ([9, 10.0, None], "score"),
        (["9", "10分"], "score"),
        (["满意", 9, 8], "satisfaction_level"),
        (["满意度", None, ""], "satisfaction_level"),
        (["还行"], "satisfaction_level"),
    ],
)
@pytest.mark.parametrize("heading", ["满意度", "Satisfaction"])
def test_satisfaction_is_words_or_marks_by_its_content(heading, cells, field):
    """
    DOM 2.16; an empty column is taken for words.
    """
    asked = []

    def samples(place):
        asked.append(place)
        return cells

    found = match("回访记录", f"回访编号 | 客户编号 | 回访结果 | {heading}", samples=samples)

    assert field == fields(found)[heading]
    assert asked == [3]


def test_satisfaction_without_a_look_at_the_cells_is_words():
    """
    So DOM 2.7 lists it.
    """
    assert (
        fields(match("回访记录", "回访编号 | 客户编号 | 回访结果 | 满意度"))["满意度"] == "satisfaction_level"
    )


def test_a_plain_heading_goes_before_an_ambiguous_one():
    """
    行驶里程 says more than 里程; the second column is shown.
    """
    found = match("车辆档案", "里程 | 车架号 | 车牌号 | 行驶里程")

    assert found.columns["vehicle", "last_odometer"].heading == "行驶里程"
    assert found.unmatched == ["里程"]
    assert found.questions == []


# The store's own mapping.


def test_the_store_says_what_an_unknown_heading_is():
    """
    The last step of the match order; it reaches only the sheet that it names, or any.
    """
    drawing = "客户编号 | 姓名 | 电话 | 座右铭"
    mapping = [Mapped("客户档案", "座 右 铭", "customer", "remark")]

    assert fields(match("客户档案", drawing, mapping=mapping))["座右铭"] == "remark"
    assert match("客户资料", drawing, mapping=mapping).unmatched == ["座右铭"]
    mapping = [Mapped("", "座右铭", "customer", "remark")]
    assert fields(match("客户资料", drawing, mapping=mapping))["座右铭"] == "remark"


def test_the_store_answers_a_question():
    """
    Then it is asked no more.
    """
    mapping = [Mapped("维修记录", "金额", "service_visit", "paid_amount")]
    found = match("维修记录", "工单号 | 车架号 | 进厂日期 | 金额", mapping=mapping)

    assert fields(found)["金额"] == "paid_amount"
    assert found.questions == []


def test_a_known_heading_goes_before_the_mapping():
    """
    DOM 2.14: the mapping comes last; a field that has its column keeps it.
    """
    mapping = [Mapped("", "旧电话", "customer", "mobile"), Mapped("", "电话", "customer", "remark")]
    found = match("客户档案", "旧电话 | 客户编号 | 姓名 | 电话", mapping=mapping)

    assert fields(found)["电话"] == "mobile"
    assert found.unmatched == ["旧电话"]


def test_a_second_column_may_be_mapped_elsewhere():
    """
    That is how a store keeps its second phone.
    """
    mapping = [Mapped("", "手机", "customer", "mobile_backup")]
    found = match("客户档案", "客户编号 | 姓名 | 电话 | 手机", mapping=mapping)

    assert fields(found)["手机"] == "mobile_backup"


def test_a_mapping_to_a_field_that_the_sheet_cannot_have_is_passed_over():
    """
    The customer sheet never carries columns of other tables.
    """
    mapping = [Mapped("", "座右铭", "contact_log", "feedback"), Mapped("", "座右铭", "customer", "motto")]
    found = match("客户档案", "客户编号 | 姓名 | 电话 | 座右铭", mapping=mapping)

    assert found.unmatched == ["座右铭"]


def test_mapped_headings_make_a_sheet_known():
    """
    A store with its own words for everything maps them once.
    """
    mapping = [
        Mapped("台账", "单子", "service_visit", "ro_no"),
        Mapped("台账", "架子", "service_visit", "vin"),
        Mapped("台账", "哪天", "service_visit", "visit_date"),
    ]
    found = match("台账", "单子 | 架子 | 哪天 | 别的", mapping=mapping)

    assert fields(found) == {"单子": "ro_no", "架子": "vin", "哪天": "visit_date"}
    assert found.unmatched == ["别的"]


# The same heading in other words.


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Date of Delivery", "delivery_date"),
        ("DeliveryDate", "delivery_date"),
        ("Delivery Dt", "delivery_date"),
        ("交车日", "delivery_date"),
        ("車牌號碼", "plate_no"),
        ("3.车牌号", "plate_no"),
        ("★车牌号", "plate_no"),
        ("车架号 VIN", "vin"),
        ("VIN / Chassis No", "vin"),
        ("Vehicle Colour", "color"),
        ("车辆颜色", "color"),
        ("Next Service (km)", "next_service_km"),
        ("首保(是/否)", "first_service_done"),
    ],
)
def test_a_heading_in_other_words(heading, field):
    """
    The same words in another order, short, with marks, said twice, with what it belongs to.
    """
    found = match("Vehicles", f"VIN No | Reg No | Brand | Model | {heading}" if field not in ("vin", "plate_no") else
                  f"Brand | Model | Series | {heading}")  # fmt: skip

    assert fields(found).get(heading) == field


@pytest.mark.parametrize(
    "heading", ["车牌/车架号", "车主/单位", "紧急联系人电话", "配偶生日", "No Contact", "Number of Cars"]
)
def test_words_that_say_something_else_are_not_taken(heading):
    """
    Two things in one column, another person, or a count of things.
    """
    assert heading not in fields(match("客户档案", f"客户编号 | 客户姓名 | 性别 | {heading}"))


def test_what_the_store_said_goes_before_other_words():
    """
    客户手机 would be the mobile; the store says that it is the second one.
    """
    said = (Mapped("客户档案", "客户手机", "customer", "mobile_backup"),)

    assert fields(match("客户档案", "客户编号 | 客户姓名 | 客户手机", mapping=said))["客户手机"] == "mobile_backup"


def test_a_heading_that_we_know_goes_before_other_words():
    """
    Two columns for one field: the plainer heading has it, wherever it stands.
    """
    assert fields(match("客户档案", "客户编号 | 客户手机 | 客户姓名 | 手机"))["手机"] == "mobile"
