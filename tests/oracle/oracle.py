"""A slow, literal second opinion on `xl-retention today`, written from DOM alone.

DOM is retention-domain.md, the domain reference.  Nothing here is shared with the product, nothing here
is clever: every rule is one plain loop, every log row is played one after the other.  Where DOM can be read
in more than one way, READINGS.md says which way was taken (R1, R2 ... in the comments below).

Usage: python tests/oracle/oracle.py BOOK YYYY-MM-DD
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import from_excel

# ---------------------------------------------------------------------------------------------------------
# 1. Tables, fields and headings (DOM 2.2 - 2.12, 2.17)
# ---------------------------------------------------------------------------------------------------------

CUSTOMER = {
    "customer_id": "客户编号/客户号/客户代码/档案号/会员号/Customer No/Client ID",
    "customer_name": "客户姓名/车主姓名/姓名/车主/客户名称/用户名/Name/Owner/Client",
    "customer_type": "客户类型/客户性质/个人或单位",
    "contact_person": "联系人/送修人/使用人/经办人",
    "mobile": "手机/手机号/手机号码/联系电话/移动电话/电话/联系方式/车主电话"
    "/Phone/Mobile Phone/Tel/Telephone",
    "mobile_backup": "备用电话/其他电话/第二电话/家庭电话/固定电话",
    "email": "邮箱/电子邮件/E-mail/Email",
    "wechat_id": "微信/微信号",
    "wechat_bound": "是否绑定微信/微信绑定/是否关注公众号/绑定状态",
    "wechat_bind_date": "绑定日期/微信绑定时间/关注日期",
    "gender": "性别/称谓/先生女士",
    "birth_date": "生日/出生日期/出生年月/客户生日/车主生日/Birthday/Date of Birth",
    "birth_year": "出生年份/年龄段/出生年",
    "age": "年龄",
    "id_number": "身份证号/证件号码/身份证",
    "ethnicity": "民族",
    "religion": "宗教/宗教信仰",
    "education": "教育程度/学历/文化程度",
    "marital_status": "婚姻状况/是否结婚/婚否",
    "family_structure": "家庭结构/家庭成员/家庭情况",
    "children_info": "孩子情况/子女/小孩年龄/孩子特长/孩子兴趣",
    "income_band": "收入/收入情况/家庭年收入/月收入",
    "hobbies": "爱好/兴趣/兴趣爱好/兴趣点/车主喜好",
    "occupation": "职业/工作性质/职业类别",
    "industry": "行业/从事行业/所属行业",
    "employer": "工作单位/单位名称/公司/单位",
    "job_title": "职位/职务/岗位",
    "address": "地址/住址/家庭住址/联系地址/通讯地址",
    "postcode": "邮编/邮政编码",
    "region_type": "区域/所在区域/地区/区域类型/客户区域/Region/Area",
    "distance_km": "距离/到店距离/公里数(住址)/Distance",
    "preferred_channel": "喜欢的联系方式/偏好联系方式/首选联系方式/方便联系方式",
    "preferred_time": "方便联系时间/接听时间/合适时段",
    "do_not_contact": "免打扰/拒绝回访/不接受回访/勿扰/DNC/No Calls",
    "consent_marketing": "是否同意接收信息/短信同意/营销同意/Marketing Consent/Consent",
    "consent_date": "同意日期/授权日期",
    "source_channel": "信息来源/客户来源/来源渠道/来店渠道/获知渠道",
    "base_scope": "客户归属/购车来源/是否本店购车/自销它销",
    "sales_advisor": "销售顾问/业务员/销售员/负责销售/归属顾问/Salesperson/Sales Consultant",
    "cs_owner": "客服专员/回访员/客服/跟进人/负责人/CS Agent/Customer Care",
    "service_advisor_owner": "专属服务顾问/服务顾问/SA/Service Advisor",
    "store_code": "门店/店别/店代码/经销商代码/分店",
    "created_date": "建档日期/建卡日期/登记日期/录入日期",
    "first_contact_date": "首次接触日期/首次来店日期/首次咨询日期",
    "last_update": "更新日期/最近更新/修改时间",
    "membership_no": "会员卡号/会员编号/俱乐部卡号",
    "points": "积分/会员积分/消费积分",
    "customer_grade": "客户级别/客户等级/客户分级",
    "credit_grade": "信用等级/信用级别/资信等级",
    "legal_rep": "法定代表人/法人/法人代表",
    "business_scope": "经营范围/主营业务",
    "registered_capital": "注册资本/注册资金",
    "headcount": "员工人数/人数",
    "fax": "传真",
    "licence_docs": "营业执照/税务登记证/组织机构代码证",
    "remark": "备注/说明/其他/Remarks/Notes/Note",
}

VEHICLE = {
    "vin": "车架号/VIN/VIN码/车辆识别代号/底盘号/车架号码",
    "plate_no": "车牌号/车牌/车牌号码/牌照号/车号/Plate/Licence Plate/License Plate/Registration No",
    "customer_id": "客户编号/车主编号/Customer No/Client ID",
    "brand": "品牌",
    "series": "车系/车型系列/车种/Model Series",
    "model": "车型/车型名称/型号/欲购车型",
    "config": "配置/汽车配置/车型配置/款型",
    "color": "颜色/车身颜色/外观颜色",
    "engine_no": "发动机号/发动机号码",
    "use_type": "车辆用途/使用性质/用途/车辆性质/Usage/Use",
    "purchase_date": "购车日期/购车时间/购买日期/开票日期/发票日期/Purchased On/Invoice Date",
    "delivery_date": "交车日期/提车日期/交付日期/交车时间/提车时间/Delivered On/Handover Date",
    "delivery_time": "交车时刻/交车时间点",
    "registration_date": "上牌日期/登记日期/注册日期/初次登记日期",
    "price": "车价/成交价/购车金额/裸车价",
    "payment_mode": "付款方式/购车方式/是否贷款",
    "loan_months": "贷款期限/贷款年限/分期期数",
    "loan_end_date": "贷款到期日/还款结束日",
    "selling_store": "销售门店/售出店/购车店",
    "sales_order_no": "订单号/合同号/销售单号",
    "insurer": "保险公司/承保公司",
    "policy_no": "保单号/保险单号",
    "insurance_expiry": "保险到期日/保险到期/保险截止日期/商业险到期/续保日期/Insurance Until",
    "inspection_expiry": "年检到期日/年检到期/年审到期/年检日期/检验有效期/年检有效期至/Inspection Until",
    "warranty_end": "质保到期/保修到期日/三包到期/Warranty Until",
    "last_odometer": "行驶里程/里程/公里数/当前里程/进厂里程/Odometer/Mileage/km",
    "odometer_date": "里程日期/里程登记日期",
    "first_service_done": "是否首保/首保状态/首保完成",
    "first_service_date": "首保日期/首保时间",
    "last_service_date": "上次保养日期/最近保养时间/上次进厂日期/Last Service",
    "next_service_date": "下次保养日期/预计保养日期/下次保养时间/应保养日期/Next Service",
    "next_service_km": "下次保养里程/应保养里程/下次保养公里/Next Service Mileage",
    "avg_daily_km": "日均里程/平均日里程",
    "vehicle_status": "车辆状态/状态/是否在用/Status",
    "accessories": "装具/精品/加装/太阳膜",
}

WHO = {  # rows of other tables name their customer and car with the words of 2.3 and 2.4 (R3)
    "customer_id": "客户编号/客户号/客户代码/档案号/会员号/Customer No/Client ID",
    "vin": VEHICLE["vin"],
    "plate_no": VEHICLE["plate_no"],
    "customer_name": CUSTOMER["customer_name"],
    "mobile": CUSTOMER["mobile"],
}

VISIT = {
    "ro_no": "工单号/委托书号/维修单号/派工单号/结算单号/Repair Order/RO Number/Job No",
    "visit_date": "进厂日期/进站日期/来厂日期/开单日期/维修日期/到店日期/Visit/Check-in Date",
    "checkout_date": "出厂日期/离站日期/结算日期/交车日期(维修)/完工日期/Check-out Date/Left On",
    "odometer_in": "进厂里程/行驶里程/里程/Odometer/Mileage",
    "work_type": "作业项目/维修类型/维修类别/业务类型/进厂类型/维修项目类别/Type of Work/Job Type",
    "items": "维修项目/保养项目/作业内容",
    "fault_reason": "故障原因/故障描述/客户描述",
    "labour_amount": "工时费/工时金额",
    "parts_amount": "材料费/配件费/备件金额",
    "total_amount": "总金额/维修金额/合计/产值/Total/Amount",
    "paid_amount": "实收金额/客户付费/自费金额/消费金额/结算金额/Amount Paid/Paid",
    "pay_type": "付款类型/结算方式/费用类型/收费区分/Payment Type",
    "service_advisor": "服务顾问/接待员/SA/接车人",
    "technician": "技师/维修工/主修人",
    "booked": "是否预约/预约客户/Was Booked",
    "booking_id": "预约单号/预约编号",
    "next_service_date": "下次保养日期",
    "next_service_km": "下次保养里程",
    "is_rework": "是否返修/返工",
    "major_repair": "是否大修/大修",
    "store_code": "门店/店别",
    "vin": WHO["vin"],
    "plate_no": WHO["plate_no"],
    "customer_name": WHO["customer_name"],
    "mobile": WHO["mobile"],
}

BOOKING = {
    "booking_id": "预约编号/预约单号",
    "booked_on": "预约登记时间/登记时间",
    "appointment_at": "预约时间/预约到店时间/预约进厂时间/Appointment",
    "initiator": "预约方式/主动被动/预约来源",
    "channel": "预约渠道",
    "purpose": "预约项目",
    "arrived_at": "实际到店时间/到店时间/Arrived",
    "status": "预约状态/是否到店/履约情况",
    "cancelled_at": "取消日期/取消时间/Cancelled On",
    **WHO,
}

LOG = {
    "contact_id": "回访编号/记录号/Call ID",
    "rule_code": "回访类型/回访节点/回访类别/Rule/Call Type",
    "due_key": "到期键/Key",
    "planned_date": "计划回访日期/应回访日期/计划日期",
    "contact_at": "回访日期/回访时间/拜访日期/联系日期/实际回访日期/Contact Date/Call Date/Called On",
    "staff": "回访人/回访员/跟进人/拜访人/Agent/Caller/Called By",
    "role": "岗位/角色/回访岗位/Role Code",
    "channel": "回访方式/联系方式(回访)/接触方式",
    "attempt_no": "第几次/拨打次数",
    "result": "回访结果/接通情况/是否接通/Outcome",
    "satisfaction_level": "满意度/满意程度/评价/Satisfaction",
    "score": "评分/打分/满意度得分",
    "vehicle_condition": "用车情况/车况/使用情况",
    "objection_type": "异议类型/问题类别",
    "feedback": "客户意见/反馈内容/抱怨内容/建议",
    "complaint_id": "投诉编号",
    "intention": "换车意愿/增购意愿/购车意向",
    "no_visit_reason": "未到站原因/未进厂原因/流失原因/No-visit Reason",
    "next_contact_date": "下次回访日期/下次联系时间",
    "next_action": "下一步/跟进措施/处理措施",
    "template_id": "问卷/模板",
    "duration_min": "通话时长",
    "recorded": "是否录音",
    "checked_by": "主管核阅/核阅人/审核",
    **WHO,
}

COMPLAINT = {
    "complaint_id": "投诉编号/投诉单号",
    "received_at": "投诉时间/受理时间/登记时间/Received",
    "channel": "投诉方式/投诉渠道/来源",
    "ro_no": "工单号/委托书号/维修单号/派工单号/结算单号",
    "category": "投诉类别/投诉类型/Type",
    "severity": "严重程度/投诉级别",
    "content": "投诉内容/抱怨内容/事由",
    "facts": "调查情况/核实情况/取证",
    "handler": "处理人/责任人",
    "handler_level": "处理层级",
    "promised_at": "承诺时间/答复期限",
    "first_response_at": "首次响应时间/首次联系时间",
    "resolved_at": "解决时间/处理完成时间/结案时间/Resolved",
    "solution": "处理方案/解决方案/处理结果",
    "followup_at": "跟踪回访时间/处理后回访/Follow-up At/Followed Up",
    "satisfied_after": "处理后满意度/是否满意",
    "compensation": "补偿金额/赔偿金额",
    "approved_by": "审批人/大区批准",
    "status": "状态/处理状态/抱怨解决状态",
    "root_cause": "根本原因",
    "prevention": "预防措施",
    **WHO,
}

PROSPECT = {
    "prospect_no": "信息卡编号/潜客编号/A卡编号/客户编号/Lead No",
    "created_date": "建卡日期/登记日期/首次来店日期/咨询日期",
    "name": "客户姓名/潜客姓名/Name",
    "mobile": CUSTOMER["mobile"],
    "source_channel": "信息来源/来店渠道",
    "industry": "从事行业/行业",
    "dress": "衣着打扮/穿着",
    "intent_model": "欲购车型/意向车型",
    "competing_model": "竞品车型/对比车型",
    "reference_competitor": "参考竞品",
    "focus_point": "关注点/购车关注点/关注因素",
    "grade": "意向级别/客户级别/级别/HABC/等级/Grade/Level",
    "expected_order_date": "预计订车日期/预计成交日期/预购日期/Expected Order",
    "test_drive_date": "试乘试驾日期/试驾时间",
    "quote": "报价/报价单",
    "old_vehicle": "现有车辆/旧车",
    "trade_in": "是否置换",
    "last_follow_date": "上次跟进",
    "next_follow_date": "下次跟进/下次回访日期",
    "follow_count": "跟进次数",
    "status": "状态/跟进状态/客户状态",
    "deposit_date": "订金日期",
    "order_date": "订车日期/下订日期",
    "cancel_date": "退订日期",
    "cancel_reason": "退订原因",
    "lost_date": "战败日期",
    "lost_reason": "战败原因",
    "lost_model": "战败车型",
    "delivered_customer_id": "成交客户编号",
    "reviewed_by": "客户审核/主管核阅",
    "sales_advisor": "销售顾问/Salesperson/Sales Consultant",
}

REMINDER = {
    "reminder_id": "",
    "due_date": "应保养日期",
    "due_km": "应保养里程",
    "basis": "提醒依据",
    "first_reminded_on": "提醒日期/首次提醒",
    "last_reminded_on": "最近提醒",
    "times": "提醒次数",
    "result": "提醒结果",
    "promised_date": "承诺到店日期/预计到店",
    "arrived_date": "到店日期/实际进厂",
    "vin": WHO["vin"],
    "plate_no": WHO["plate_no"],
}

RENEWAL = {
    "renewal_id": "提醒编号",
    "kind": "类型",
    "expiry": "到期日",
    "reminded_on": "提醒日期",
    "result": "续保结果/年检结果",
    "premium": "保费/保险金额",
    "vin": WHO["vin"],
    "plate_no": WHO["plate_no"],
}

ACCOUNT = {
    "account_no": "大客户编号/编号",
    "name": "客户姓名",
    "unit": "工作单位",
    "position": "职位",
    "address": "住址",
    "contact": "联系方式",
    "annual_frequency": "年消费频率",
    "amount": "年消费量",
    "margin_pct": "利润率",
    "wallet_share_pct": "采购份额",
    "stage": "客户关系阶段",
    "on_time_pct": "付款及时率",
    "sales_mode": "销售模式",
    "years": "合作年限",
    "reputation": "知名度",
    "key_person": "关键人",
    "insider": "内线",
    "org_chart": "组织结构",
    "competitor_relation": "同关键竞争对手关系",
    "comm_method": "客户服务沟通方式",
    "comm_frequency": "沟通频率",
    "potential": "关系发展潜力",
    "satisfaction": "客户满意度",
    "plan": "维护方案",
    "owner": "负责人员",
    "cost": "维护费用",
}

STAFF = {
    "staff_id": "工号",
    "name": "姓名",
    "role": "岗位",
    "team": "班组",
    "status": "在职状态",
    "leave_date": "离职日期",
}

SETTINGS = {"parameter": "参数", "value": "值", "unit": "单位", "note": "说明"}
RULES = {
    "rule_code": "规则代码",
    "on": "启用",
    "role": "岗位",
    "priority": "优先级",
    "open": "开始",
    "due": "应访",
    "deadline": "截止",
    "expire": "失效",
}
PARC = {"month": "月份", "parc": "保有量/品牌保有量/当地保有量"}

# table -> (fields, key field, known sheet names); DOM 2.2
TABLES = {
    "customer": (CUSTOMER, "customer_id", "客户档案/客户资料/客户信息/Customers/customer"),
    "vehicle": (VEHICLE, "vin", "车辆档案/车辆/Vehicles/vehicle"),
    "service_visit": (
        VISIT,
        "ro_no",
        "维修记录/进厂记录/工单/Repair Orders/Service Visits/Visits/service_visit",
    ),
    "booking": (BOOKING, "booking_id", "预约记录/预约/Bookings/booking"),
    "contact_log": (LOG, "contact_id", "回访记录/联系记录/Call Log/Contact Log"),
    "complaint": (COMPLAINT, "complaint_id", "投诉记录/投诉/Complaints/complaint"),
    "prospect": (PROSPECT, "prospect_no", "潜客卡/A卡/潜客/Prospects/prospect"),
    "maintenance_reminder": (REMINDER, "reminder_id", "保养提醒及跟进管控表/maintenance_reminder"),
    "renewal": (RENEWAL, "renewal_id", "续保年检提醒/续保年检/Renewals/renewal"),
    "key_account": (ACCOUNT, "account_no", "大客户档案/大客户/Key Accounts/key_account"),
    "staff": (STAFF, "staff_id", "员工/Staff"),
    "parc": (PARC, "month", "保有量/Parc"),
    "settings": (SETTINGS, "parameter", "参数/Settings"),
    "rules": (RULES, "rule_code", "回访规则/Rules"),
}


def clean_heading(text: object) -> str:
    """DOM 2.14 header cleaning."""
    out = unicodedata.normalize("NFKC", str(text))
    out = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", out)
    out = re.sub(r"[\s_\-*:]", "", out)
    return out.casefold()


def heading_field(heading: object, fields: dict[str, str]) -> str | None:
    """DOM 2.14 header match order: exact canonical, exact alias, alias after cleaning."""
    if not isinstance(heading, str) or not heading.strip():
        return None
    text = heading.strip()
    if text in fields:
        return text
    for name, aliases in fields.items():
        if text in aliases.split("/"):
            return name
    cleaned = clean_heading(text)
    if not cleaned:
        return None
    for name in fields:
        if clean_heading(name) == cleaned:
            return name
    for name, aliases in fields.items():
        for alias in aliases.split("/"):
            if alias and clean_heading(alias) == cleaned:
                return name
    return None


# ---------------------------------------------------------------------------------------------------------
# 2. Values (DOM 2.14) and words (DOM 2.18)
# ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class When:
    """A day, with a clock where one was given."""

    day: date
    clock: time | None = None

    def sort_start(self) -> datetime:
        return datetime.combine(self.day, self.clock or time(0, 0))

    def sort_end(self) -> datetime:
        """Deadline without a clock: end of day (0.3)."""
        return datetime.combine(self.day, self.clock or time(23, 59, 59))


def nfkc(value: object) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip()


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def text_of(value: object) -> str | None:
    """Plain text: trimmed; a number loses `.0`."""
    if value is None:
        return None
    if is_number(value) and float(value) == int(value):
        value = int(value)
    out = str(value).strip()
    return out or None


def id_of(value: object) -> str | None:
    """Ids: trim, half-width, no inner blanks, upper case; a number loses `.0`."""
    if value is None:
        return None
    if is_number(value) and float(value) == int(value):
        value = int(value)
    out = re.sub(r"\s", "", nfkc(value)).upper()
    if re.fullmatch(r"\d+\.0", out):
        out = out[:-2]
    return out or None


def plate_of(value: object) -> str | None:
    out = id_of(value)
    return re.sub(r"[·.\-・•]", "", out) or None if out else None


def phone_of(value: object) -> str | None:
    """Phones: strip spaces, dashes, +86/86/0086; repair 13800000000.0."""
    if value is None:
        return None
    if is_number(value):
        value = int(value) if float(value) == int(value) else value
    out = re.sub(r"[\s\-–—]", "", nfkc(value))
    out = re.sub(r"\.0$", "", out)
    for prefix in ("+86", "0086", "86"):
        if out.startswith(prefix) and re.fullmatch(r"1\d{10}", out[len(prefix) :]):
            out = out[len(prefix) :]
            break
    return out or None


def number_of(value: object) -> Fraction | None:
    """Money and mileage: strip currency, units and commas; 万 multiplies by 10,000."""
    if value is None or isinstance(value, bool):
        return None
    if is_number(value):
        return Fraction(Decimal(repr(value)))
    out = re.sub(r"[\s,¥￥元]", "", nfkc(value)).casefold()
    out = re.sub(r"(km|公里)", "", out)
    factor = 1
    if out.endswith("万"):
        factor, out = 10_000, out[:-1]
    try:
        return Fraction(Decimal(out)) * factor
    except (InvalidOperation, ValueError):
        return None


def clock_of_text(text: str) -> time | None:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", text)
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


def when_of(value: object, epoch: datetime, month_end: bool = False) -> When | None:
    """Dates (DOM 2.14); a clock of exactly 00:00 is no clock, serials round to the second (V18)."""
    if value is None or isinstance(value, (bool, time, timedelta)):
        return None
    if is_number(value):
        if float(value) == int(value) and 10_000_000 <= value <= 99_999_999:
            return when_of(str(int(value)), epoch)
        if not 1 <= value < 2_958_466:
            return None
        value = from_excel(value, epoch)
    if isinstance(value, datetime):
        if value.microsecond >= 500_000:
            value += timedelta(seconds=1)
        value = value.replace(microsecond=0)
        return When(value.date(), value.time() if value.time() != time(0, 0) else None)
    if isinstance(value, date):
        return When(value)
    text = nfkc(value)
    if month_end:  # 有效期至2025-03 -> last day of month
        found = re.fullmatch(r"有效期至\s*(\d{4})[-/.年](\d{1,2})月?", text)
        if found and 1 <= int(found[2]) <= 12:
            return When(add_months(date(int(found[1]), int(found[2]), 1), 1) - timedelta(days=1))
        text = re.sub(r"^有效期至\s*", "", text)
    if re.fullmatch(r"\d{1,6}(\.\d+)?", text) and len(text.split(".")[0]) == 5:  # a serial kept as text (R5)
        return when_of(float(text), epoch)
    found = (
        re.fullmatch(r"(\d{4}|\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?:[\sT]+(\S+))?", text)
        or re.fullmatch(r"(\d{4}|\d{2})(年)(\d{1,2})月(\d{1,2})日(?:[\sT]*(\S+))?", text)
        or re.fullmatch(r"(\d{4})()(\d{2})(\d{2})(?:[\sT]+(\S+))?", text)
    )
    if not found:
        return None
    year = int(found[1])
    if len(found[1]) == 2:
        year += 2000 if year <= 49 else 1900
    clock = None
    if found[5]:
        clock = clock_of_text(found[5])
        if clock is None:
            return None
    try:
        day = date(year, int(found[3]), int(found[4]))
    except ValueError:
        return None
    return When(day, clock if clock != time(0, 0) else None)


def birthday_of(value: object, epoch: datetime) -> tuple[int | None, int, int] | None:
    """birth_date: a date, or a month-day without year (2.3, 2.14)."""
    if isinstance(value, str):
        text = nfkc(value)
        found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text) or re.fullmatch(r"(\d{1,2})月(\d{1,2})日", text)
        if found:
            try:
                day = date(2000, int(found[1]), int(found[2]))
            except ValueError:
                return None
            return (None, day.month, day.day)
    when = when_of(value, epoch)
    return (when.day.year, when.day.month, when.day.day) if when else None


def time_of(value: object) -> time | None:
    """delivery_time, store_open_time."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        out = (datetime.combine(date(2000, 1, 1), value) + timedelta(microseconds=500_000)).time()
        out = out.replace(microsecond=0)
    elif is_number(value) and 0 <= value < 1:
        seconds = math.floor(Fraction(Decimal(repr(value))) * 86_400 + Fraction(1, 2))
        out = (datetime(2000, 1, 1) + timedelta(seconds=seconds)).time()
    elif isinstance(value, str):
        out = clock_of_text(nfkc(value))
    else:
        out = None
    return None if out == time(0, 0) else out


def word_key(value: object) -> str:
    """Compared after NFKC, without blanks, case-insensitively (2.18)."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))).casefold()


def bool_of(value: object) -> bool | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return value
    if is_number(value):
        return True if value == 1 else False if value == 0 else None
    key = word_key(value)
    if key in {word_key(w) for w in ("是", "Y", "Yes", "√", "1", "已", "True", "有")}:
        return True
    if key in {word_key(w) for w in ("否", "N", "No", "×", "0", "未", "False", "无")}:
        return False
    return None  # an unknown word reads as blank


WORDS: dict[str, dict[str, list[str]]] = {
    "base_scope": {
        "自销": ["本店", "Own sale"],
        "本牌它销": ["同品牌他店", "Same brand elsewhere"],
        "它牌": ["他牌", "Other brand"],
    },
    "vehicle_status": {
        "在用": ["In use", "Active"],
        "转让": ["已转让", "转卖", "Transferred", "Sold"],
        "报废": ["已报废", "Scrapped"],
        "它牌置换": ["Replaced by other brand"],
    },
    "work_type": {
        "首保": ["First service"],
        "定期保养": ["保养", "常规保养", "Maintenance"],
        "一般维修": ["维修", "Repair"],
        "事故车": ["事故", "事故维修", "Accident"],
        "返修": ["返工", "Rework"],
        "索赔": ["Warranty claim"],
        "其他": ["Other"],
    },
    "pay_type": {
        "自费": ["客户付费", "Customer"],
        "首保免费": ["Free first service"],
        "保修索赔": ["索赔", "Warranty"],
        "保险": ["Insurance"],
        "内部": ["Internal"],
        "活动赠送": ["赠送", "Gift"],
    },
    "booking.status": {
        "已到店": ["到店", "Arrived"],
        "未到店": ["No-show"],
        "改期": ["Rescheduled"],
        "取消": ["已取消", "Cancelled"],
    },
    "channel": {
        "电话": ["DC", "Phone", "Call"],
        "短信": ["SMS"],
        "微信": ["WeChat"],
        "邮件": ["E-mail"],
        "信函": ["DM", "Letter"],
        "明信片": [],
        "上门": ["亲访", "Visit"],
        "到店": ["Showroom"],
    },
    "result": {
        "接通": ["已接通", "Connected", "Reached"],
        "未接": ["无人接听", "No answer"],
        "关机": ["Switched off"],
        "空号": ["号码错误", "Invalid number"],
        "拒访": ["拒绝", "Refused"],
        "改约": ["稍后联系", "Call back"],
        "已发送": ["Sent"],
    },
    "satisfaction_level": {
        "非常满意": ["Very satisfied"],
        "满意": ["Satisfied"],
        "一般": ["Neutral"],
        "不满意": ["Dissatisfied"],
        "非常不满意": ["Very dissatisfied"],
    },
    "objection_type": {
        "无": [],
        "使用异议": ["使用", "Usage"],
        "质量异议": ["质量", "Quality"],
        "价格": [],
        "服务": [],
        "其他": [],
    },
    "category": {
        "质量": ["Quality"],
        "服务": ["Service"],
        "销售": ["Sales"],
        "价格": ["Price"],
        "使用": ["Usage"],
        "其他": ["Other"],
    },
    "complaint.status": {
        "待处理": ["New"],
        "处理中": ["In progress"],
        "已解决": ["Resolved"],
        "已关闭": ["关闭", "Closed"],
        "升级": ["Escalated"],
    },
    "prospect.status": {
        "在跟": ["Open"],
        "订车": ["Ordered"],
        "退订": ["Order cancelled"],
        "交车": ["Delivered"],
        "战败": ["Lost"],
    },
    "renewal.kind": {"保险": ["Insurance"], "年检": ["Inspection"]},
    "renewal.result": {
        "本店续保": ["Renewed here"],
        "外部续保": ["Renewed elsewhere"],
        "未续": ["Not renewed"],
        "已年检": ["Inspected"],
        "待定": ["Pending"],
    },
    "staff.status": {"在职": ["Active"], "离职": ["Left"]},
    "grade": {"H": [], "A": [], "B": [], "C": []},
    "role": {
        "SA": ["销售顾问"],
        "CS": ["客服专员", "回访员"],
        "SV": ["服务顾问"],
        "FD": ["前台"],
        "RS": ["接待主管"],
        "SVM": ["服务经理"],
        "SM": ["销售经理"],
        "GM": ["总经理"],
        "AST": ["销售助理"],
        "KAM": ["客户经理"],
        "CARE": ["客户关爱专员"],
        "CLUB": ["俱乐部"],
        "MKT": ["市场部"],
    },
}


def word_of(value: object, kind: str) -> str | None:
    if value is None:
        return None
    key = word_key(value)
    if not key:
        return None
    for canonical, others in WORDS[kind].items():
        if key == word_key(canonical) or key in [word_key(o) for o in others]:
            return canonical
    return None


KINDS: dict[str, str] = {}
for _name in (
    "customer_id",
    "ro_no",
    "booking_id",
    "contact_id",
    "complaint_id",
    "prospect_no",
    "reminder_id",
    "renewal_id",
    "account_no",
    "staff_id",
    "vin",
    "delivered_customer_id",
):
    KINDS[_name] = "id"
KINDS["plate_no"] = "plate"
for _name in ("mobile", "mobile_backup"):
    KINDS[_name] = "phone"
for _name in (
    "purchase_date",
    "delivery_date",
    "registration_date",
    "loan_end_date",
    "insurance_expiry",
    "warranty_end",
    "odometer_date",
    "first_service_date",
    "last_service_date",
    "next_service_date",
    "visit_date",
    "checkout_date",
    "booked_on",
    "appointment_at",
    "arrived_at",
    "cancelled_at",
    "planned_date",
    "contact_at",
    "next_contact_date",
    "received_at",
    "promised_at",
    "first_response_at",
    "resolved_at",
    "followup_at",
    "created_date",
    "expected_order_date",
    "test_drive_date",
    "last_follow_date",
    "next_follow_date",
    "deposit_date",
    "order_date",
    "cancel_date",
    "lost_date",
    "due_date",
    "first_reminded_on",
    "last_reminded_on",
    "promised_date",
    "arrived_date",
    "expiry",
    "reminded_on",
    "leave_date",
    "wechat_bind_date",
    "consent_date",
    "first_contact_date",
    "last_update",
):
    KINDS[_name] = "when"
KINDS["inspection_expiry"] = "month_end"
KINDS["birth_date"] = "birthday"
KINDS["delivery_time"] = "time"
for _name in (
    "wechat_bound",
    "do_not_contact",
    "consent_marketing",
    "first_service_done",
    "booked",
    "is_rework",
    "major_repair",
    "recorded",
    "trade_in",
):
    KINDS[_name] = "bool"
for _name in (
    "last_odometer",
    "odometer_in",
    "next_service_km",
    "due_km",
    "labour_amount",
    "parts_amount",
    "total_amount",
    "paid_amount",
    "price",
    "quote",
    "compensation",
    "premium",
    "distance_km",
    "handler_level",
    "registered_capital",
    "amount",
):
    KINDS[_name] = "number"
for _name in (
    "base_scope",
    "vehicle_status",
    "work_type",
    "pay_type",
    "result",
    "satisfaction_level",
    "objection_type",
    "category",
    "grade",
    "role",
):
    KINDS[_name] = "word"


def clean_value(table: str, name: str, value: object, epoch: datetime) -> object:
    """The cleaned value of one cell; blanks, impossible values and unknown words are None."""
    if isinstance(value, str) and not nfkc(value):
        return None
    if name == "status" and table in ("booking", "complaint", "prospect", "staff"):
        return word_of(value, f"{table}.status")
    if table == "renewal" and name in ("kind", "result"):
        return word_of(value, f"renewal.{name}")
    if table == "maintenance_reminder" and name == "result":
        return text_of(value)
    if name == "channel":
        return word_of(value, "channel") if table == "contact_log" else text_of(value)
    kind = KINDS.get(name, "text")
    if kind == "id":
        return id_of(value)
    if kind == "plate":
        return plate_of(value)
    if kind == "phone":
        return phone_of(value)
    if kind == "when":
        return when_of(value, epoch)
    if kind == "month_end":
        return when_of(value, epoch, month_end=True)
    if kind == "birthday":
        return birthday_of(value, epoch)
    if kind == "time":
        return time_of(value)
    if kind == "bool":
        return bool_of(value)
    if kind == "number":
        return number_of(value)
    if kind == "word":
        return word_of(value, name)
    return text_of(value)


# ---------------------------------------------------------------------------------------------------------
# 3. Months and birthdays (V2, V8)
# ---------------------------------------------------------------------------------------------------------


def add_months(day: date, n: int) -> date:
    """V2: same day number n months later, else the last day of the month."""
    index = day.year * 12 + (day.month - 1) + n
    year, month = index // 12, index % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def days(n: int) -> timedelta:
    return timedelta(days=n)


# ---------------------------------------------------------------------------------------------------------
# 4. Reading the workbook (DOM 2.2, 2.14, 2.19, 2.20)
# ---------------------------------------------------------------------------------------------------------

Record = dict[str, object]
TOTAL_WORDS = {"合计", "总计", "小计", "total", "subtotal", "grand total"}


@dataclass
class Workbook:
    tables: dict[str, list[Record]] = field(default_factory=dict)  # only tables that exist
    settings: dict[str, object] = field(default_factory=dict)
    rules: dict[str, Record] = field(default_factory=dict)
    epoch: datetime = datetime(1899, 12, 30)


def fields_for_sheet(table: str) -> dict[str, str]:
    """The customer sheet may carry vehicle columns, never the columns of another table (2.2)."""
    return (
        {**CUSTOMER, **{k: v for k, v in VEHICLE.items() if k != "customer_id"}}
        if table == "customer"
        else TABLES[table][0]
    )


def map_columns(row: list[object], table: str) -> dict[int, str]:
    """Column number -> field. The customer's own fields go before the car's on a wide sheet."""
    fields = fields_for_sheet(table)
    out: dict[int, str] = {}
    for number, cell in enumerate(row):
        name = heading_field(cell, fields)
        if name and (name not in out.values() or name == "insurance_expiry"):
            out[number] = name
    return out


def find_header(grid: list[list[object]], table: str) -> tuple[int, dict[int, str]] | None:
    """The first of rows 1-5 with >= 3 recognised headings (parc 2; Settings and Rules: their key)."""
    for number, row in enumerate(grid[:5]):
        columns = map_columns(row, table)
        found = set(columns.values())
        if table == "settings":
            if {"parameter", "value"} <= found:
                return number, columns
        elif table == "rules":
            if "rule_code" in found and len(found) >= 2:
                return number, columns
        elif len(found) >= (2 if table == "parc" else 3):
            return number, columns
    return None


def table_of_sheet(name: str, grid: list[list[object]]) -> str | None:
    cleaned = clean_heading(name)
    if cleaned in {clean_heading("Mapping"), clean_heading("对照表")}:
        return None
    for table, (_, _, names) in TABLES.items():
        if cleaned in [clean_heading(n) for n in names.split("/")] or cleaned == clean_heading(table):
            return table
    # another name: the table with the most recognised headings including the key
    best, best_count = None, 0
    for table, (_, key, _) in TABLES.items():
        if table in ("settings", "rules"):
            continue
        header = find_header(grid, table)
        if not header:
            continue
        found = set(header[1].values())
        fits = key in found
        if table == "customer":
            # a wide sheet: customer name or phone plus VIN or plate; its vehicle headings count as well (R2)
            wide = bool({"customer_name", "mobile"} & found) and bool({"vin", "plate_no"} & found)
            if not wide:
                found &= set(CUSTOMER)
            fits = wide or fits
        if fits and len(found) > best_count:
            best, best_count = table, len(found)
    return best


def read_workbook(path: str | Path) -> Workbook:
    book = openpyxl.load_workbook(path, read_only=False, data_only=True)
    out = Workbook(epoch=book.epoch)
    seen: set[tuple[str, str]] = set()
    for sheet in book.worksheets:
        grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
        table = table_of_sheet(sheet.title, grid)
        if table is None:
            continue
        header = find_header(grid, table)
        if header is None:
            continue
        number, columns = header
        heading_cells = [str(c).strip() if c is not None else "" for c in grid[number]]
        rows = out.tables.setdefault(table, [])
        for cells in grid[number + 1 :]:
            filled = [c for c in cells if c is not None and str(c).strip() != ""]
            if not filled:
                continue  # empty row
            if isinstance(filled[0], str) and re.sub(r"\s+", " ", nfkc(filled[0])).casefold() in TOTAL_WORDS:
                continue  # total row
            if [str(c).strip() if c is not None else "" for c in cells] == heading_cells:
                continue  # repeated heading row
            record: Record = {}
            for column, name in columns.items():
                raw = cells[column] if column < len(cells) else None
                if table in ("settings", "rules"):
                    value: object = raw
                else:
                    value = clean_value(table, name, raw, out.epoch)
                if name == "insurance_expiry" and record.get(name) and value:
                    value = min(record[name], value, key=lambda w: w.day)  # earliest of two columns (2.4)
                elif name == "insurance_expiry" and record.get(name):
                    value = record[name]
                record[name] = value
            if table not in ("settings", "rules"):
                if not any(v is not None for v in record.values()):
                    continue
                same = (table, repr(sorted(record.items(), key=lambda pair: pair[0])))
                if same in seen:
                    continue  # rows equal in every recognised field count once
                seen.add(same)
            rows.append(record)
    for record in out.tables.pop("settings", []):
        name = text_of(record.get("parameter"))
        value = record.get("value")
        if name and value is not None and str(value).strip() != "" and name not in out.settings:
            out.settings[name] = value
    for record in out.tables.pop("rules", []):
        code = text_of(record.get("rule_code"))
        if code:
            out.rules.setdefault(nfkc(code).upper(), record)
    return out


# ---------------------------------------------------------------------------------------------------------
# 5. The entities
# ---------------------------------------------------------------------------------------------------------


@dataclass
class Customer:
    id: str
    data: Record

    def get(self, name: str) -> object:
        return self.data.get(name)


@dataclass
class Car:
    key: str  # VIN, else plate, else customer_id#n (2.19)
    customer_id: str | None
    data: Record
    delivery: date | None = None  # delivery_date, blank -> purchase_date (3.6)
    delivery_clock: time | None = None
    visits: list[Visit] = field(default_factory=list)

    def get(self, name: str) -> object:
        return self.data.get(name)

    def day(self, name: str) -> date | None:
        value = self.data.get(name)
        return value.day if isinstance(value, When) else None

    @property
    def status(self) -> str:
        return str(self.data.get("vehicle_status") or "在用")


@dataclass
class Visit:
    """Repair orders of one car and one visit_date (V12, 2.19)."""

    car_key: str
    customer_id: str | None
    day: date
    checkout: date | None = None  # blank -> visit_date; None = still in the shop (V19)
    names_car: bool = True
    odometer: Fraction | None = None
    work_types: set[str] = field(default_factory=set)
    paid: Fraction = Fraction(0)
    next_service_date: date | None = None
    next_service_km: Fraction | None = None

    @property
    def is_maintenance(self) -> bool:
        return bool(self.work_types & {"首保", "定期保养"})


@dataclass
class LogRow:
    order: int
    at: When
    who: tuple[str, str] | None  # ("customer" | "prospect" | "account", id)
    car: str  # car key, "" = names no car
    role: str
    result: str | None
    channel: str | None
    next_day: date | None
    keys: list[str]
    codes: set[str]  # rule codes named by words or codes
    objection: str | None
    no_visit_reason: object

    @property
    def day(self) -> date:
        return self.at.day

    def names(self) -> set[str]:
        """All rule codes named, by word, code or key."""
        return self.codes | {c for c in (code_of_key(k) for k in self.keys) if c}

    def about(self, car_key: str) -> bool:
        """That car, or no car."""
        return self.car in ("", car_key)


@dataclass
class Item:
    rule: str
    who: tuple[str, str]
    car: str  # "" for customer rules
    anchor: date
    sequence: str
    open: date
    due: When
    deadline: When
    expire: date | None
    role: str
    priority: int
    sent_closes: bool
    original_open: date = date.min
    original_deadline: date = date.min
    closed: str | None = None  # done, unreachable, covered, missed (chains only)
    closed_on: date | None = None
    failed_days: set[date] = field(default_factory=set)
    stopped: bool = False  # a stop of the rule itself
    handler: str | None = None
    chain: Chain | None = None

    def __post_init__(self) -> None:
        self.original_open = self.open
        self.original_deadline = self.deadline.day

    @property
    def key(self) -> str:
        return f"{self.who[1]}/{self.car}/{self.rule}/{self.anchor.isoformat()}/{self.sequence}"

    def window_holds(self, day: date) -> bool:
        """0.3: open_date - 3 days (the original one) to expire_date, never before the anchor date when the
        anchor lies on or before open_date."""
        start = self.original_open - days(3)
        if self.anchor <= self.original_open:
            start = max(start, self.anchor)
        return start <= day and (self.expire is None or day <= self.expire)


@dataclass
class Chain:
    """FS-CALL or MNT-CALL of one car (3.6 repeating rules)."""

    items: list[Item]
    first_due: date
    max_occurrences: int | None
    last_due: date | None  # FS-CALL: none due later than this, open ones expire then


MONTH_SERIES_DEFAULT = [1, 2, 3, 4, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45]

# code: (open, due, deadline, expire, role, priority, sent closes, on); None deadline = "= due"
DEFAULT_RULES: dict[str, tuple[str | None, str | None, str | None, str, str | None, int, bool, bool]] = {
    "DLV-D0": ("0d", "0d", "0d", "+1d", "SA", 1, True, True),
    "DLV-2H": ("0d", "+2h", None, "+1d", "SA", 1, True, True),
    "DLV-3D": ("+1d", "+3d", "+3d", "+14d", "SA", 2, False, True),
    "DLV-3D-AS": ("+1d", "+3d", "+3d", "+14d", "CS", 2, False, False),
    "DLV-7D-SA": ("+4d", "+7d", "+7d", "+14d", "SA", 2, False, True),
    "DLV-7D-CS": ("+4d", "+7d", "+7d", "+14d", "CS", 2, False, True),
    "DLV-2W-MGR": ("+14d", "+14d", "+17d", "+14d", "SM", 4, True, True),
    "DLV-15-30": ("+15d", "+22d", "+30d", "+14d", "SA", 3, False, True),
    "DLV-PHOTO": ("0d", "+7d", "+14d", "+14d", "SA", 5, True, False),
    "DLV-M": ("-3d", "0d", "+7d", "+14d", None, 4, False, True),
    "FS-CALL": ("-15d", "-7d", "0d", "+14d", "SA", 3, False, True),
    "MNT-CALL": ("-15d", "-7d", "0d", "+14d", "CS", 3, False, True),
    "MNT-NOSHOW": ("+3d", "+3d", "+7d", "+14d", "CS", 3, False, True),
    "BOOK-CFM": ("-1d", "-1d", "0d", "0d", "FD", 3, True, True),
    "SVC-3D": ("+1d", "+3d", "+3d", "+14d", "CS", 2, False, True),
    "CMP-2H": ("0d", "+2h", "+2h", "never", "SV", 1, False, True),
    "CMP-24H": ("0d", "+24h", "+24h", "never", None, 1, False, True),
    "CMP-FU24": ("0d", "+24h", None, "never", "CS", 1, False, True),
    "CMP-PROG": ("-2h", "0h", "0h", "never", "CS", 1, False, True),
    "CMP-USE": ("0d", "+1d", "+2d", "+14d", "SA", 2, False, True),
    "INS-1M": ("-1m", "-1m", "0d", "+14d", "SA", 3, False, True),
    "INSP-1M": ("-1m", "-1m", "0d", "+14d", "CS", 3, True, True),
    "BDAY-7": ("-7d", "-7d", "-1d", "0d", "CS", 5, True, True),
    "BDAY-0": ("0d", "0d", "0d", "0d", "SA", 5, True, True),
    "TRADE-IN": ("-3m", "0d", "+30d", "+14d", "SA", 4, False, True),
    "LAPSE-WARN": ("0d", "0d", "+15d", "+14d", "CS", 3, False, True),
    "LAPSE-PSEUDO": ("0d", "0d", "+15d", "+14d", "CS", 3, False, True),
    "LAPSE-TRUE": ("0d", "0d", "+30d", "+14d", "CS", 4, False, True),
    "LOST-VISIT": ("0d", "0d", "+30d", "+14d", "CS", 4, False, True),
    "KA-WEEK": ("0d", "0d", None, "0d", "KAM", 3, False, True),
    "KA-MONTH": ("0d", "0d", None, "0d", "KAM", 5, True, True),
    "KA-QTR": ("0d", "0d", None, "0d", "KAM", 4, False, True),
    "PRO-H": ("0d", "0d", "0d", "never", "SA", 2, False, True),
    "PRO-A": ("0d", "0d", "0d", "never", "SA", 2, False, True),
    "PRO-B": ("0d", "0d", "0d", "never", "SA", 4, False, True),
    "PRO-C": ("0d", "0d", "0d", "never", "SA", 4, False, True),
    "PRO-N": ("0d", "0d", "0d", "never", "SA", 4, False, True),
    "NEXT": ("0d", "0d", "0d", "+14d", None, 2, False, True),
}

# codes of section 3 that reach no call list; a row may name them all the same
OTHER_CODES = {
    "OEM-1",
    "OEM-2",
    "FS-AUTO",
    "MNT-AUTO-3M",
    "MNT-MONTH",
    "REPAIR-LIST",
    "INQ-24H",
    "BDAY-MONTH",
    "HOL",
    "ANNIV",
    "MAIL-MONTH",
    "SEAS-SPR",
    "SEAS-WIN",
    "QTR-INV",
    "NEWCAR",
    "PROMO",
    "POLICY",
    "PLAN-PREV",
    "PLAN-VIP",
    "GRADE-A-QTR",
    "HANDOVER",
    "REF-THANKS",
    "DLV-M48+",
    "DLV-M",
    "PRO-*",
}
COMPLAINT_CODES = {"CMP-2H", "CMP-24H", "CMP-FU24", "CMP-PROG"}

RULE_WORDS: dict[str, list[str]] = {
    "交车当天/交车当日/Delivery day": ["DLV-D0"],
    "2小时/交车后2小时/交车后2小时关怀/2-hour care call": ["DLV-2H"],
    "3天/3天回访/交车后3天/3-day call": ["DLV-3D"],
    "7天(销售)/7天回访(销售)/7-day call by sales": ["DLV-7D-SA"],
    "7天(客服)/7天回访(客服)/7DC/7-day survey call": ["DLV-7D-CS"],
    "7天/7天回访": ["7天"],
    "2周经理/2周经理感谢/Manager thanks": ["DLV-2W-MGR"],
    "15-30天/15—30天联系/15-30-day contact": ["DLV-15-30"],
    "首保/首保回访/First-service call": ["FS-CALL"],
    "保养/保养提醒/Maintenance reminder": ["MNT-CALL"],
    "未到站/未到站原因/未到站原因回访/Why not come": ["MNT-NOSHOW"],
    "预约确认/Booking confirmation": ["BOOK-CFM"],
    "维修后3天/维修后3天回访/维修回访/3DC/Post-repair call": ["SVC-3D"],
    "投诉/Complaint": ["CMP-2H", "CMP-FU24", "CMP-PROG"],
    "使用异议/使用异议再说明/Usage question call-back": ["CMP-USE"],
    "续保/续保提醒/Insurance renewal": ["INS-1M"],
    "年检/年检提醒/Annual inspection": ["INSP-1M"],
    "生日/Birthday": ["BDAY-7", "BDAY-0"],
    "置换/置换邀约/Replacement invitation": ["TRADE-IN"],
    "流失预警/Lapse warning": ["LAPSE-WARN"],
    "准流失/假性流失/Pseudo-lapse": ["LAPSE-PSEUDO"],
    "流失调研/真性流失/真性流失调研/True-lapse survey": ["LAPSE-TRUE"],
    "流失客户上门回访": ["LOST-VISIT"],
    "大客户/Key account": ["KA-WEEK", "KA-MONTH", "KA-QTR"],
    "潜客/潜客跟进/Prospect follow-up": ["PRO-H", "PRO-A", "PRO-B", "PRO-C", "PRO-N"],
    "约定回访/Agreed call-back": ["NEXT"],
}


def rule_word_key(text: str) -> str:
    """Upper/lower case, blanks, dash forms and full-width brackets do not count (2.18)."""
    return re.sub(r"[-‐‑‒–—―−－]+", "-", word_key(text))


RULE_BY_WORD = {rule_word_key(w): codes for words, codes in RULE_WORDS.items() for w in words.split("/")}


def month_code(n: int) -> str:
    return "DLV-M48+" if n >= 48 else f"DLV-M{n:02d}"


def code_of_word(text: str) -> list[str]:
    """A rule code is always accepted, else the words of 2.18; [] = a word 2.18 does not know."""
    key = rule_word_key(text)
    upper = key.upper()
    if upper in DEFAULT_RULES or upper in OTHER_CODES:
        return [upper]
    found = re.fullmatch(r"DLV-M(\d{2})", upper)
    if found:
        return [month_code(int(found[1]))]
    found = re.fullmatch(r"第(\d+)月|满?(\d+)个月|month(\d+)", key)
    if found:
        return [month_code(int(found[1] or found[2] or found[3]))]
    return RULE_BY_WORD.get(key, [])


def codes_of_cell(value: object, role: str) -> set[str]:
    """Several words separated by 、 , ; + (2.7)."""
    if value is None:
        return set()
    text = unicodedata.normalize("NFKC", str(value))
    text = re.sub(r"(?i)(DLV[-‐‑‒–—―−]M48)\+", r"\1", text)
    out: set[str] = set()
    for part in re.split(r"[、,;+]", text):
        for code in code_of_word(part):
            out.add(("DLV-7D-SA" if role == "SA" else "DLV-7D-CS") if code == "7天" else code)
    return out


def code_of_key(key: str) -> str | None:
    parts = key.split("/")
    return parts[2].strip().upper() if len(parts) == 5 else None


def rule_fits(rule: str, codes: set[str]) -> bool:
    if rule in codes:
        return True
    if "DLV-M" in codes and re.match(r"DLV-M\d", rule):
        return True
    return "PRO-*" in codes and rule.startswith("PRO-")


# Readings of READINGS.md taken the other way, by number: {12} takes the alternative of entry 12.
# Empty is the oracle's own reading; compare.py --take sets it to see which difference is only a reading.
TAKEN: set[int] = set()


# ---------------------------------------------------------------------------------------------------------
# 6. The oracle
# ---------------------------------------------------------------------------------------------------------


class Oracle:
    def __init__(self, book: str | Path | Workbook, as_of: date) -> None:
        self.as_of = as_of
        self.book = book if isinstance(book, Workbook) else read_workbook(book)
        self.typed_plates: dict[str, str] = {}  # of cars not on file (R46)
        self.read_settings()
        self.read_entities()
        self.items: list[Item] = []
        self.by_who: dict[tuple[str, str], list[Item]] = {}
        self.by_key: dict[str, Item] = {}
        self.chains: dict[tuple[str, str], list[Chain]] = {}

    # -- settings and rules ---------------------------------------------------------------------------

    def number(self, name: str, default: float) -> Fraction:
        value = number_of(self.book.settings.get(name))
        return value if value is not None else Fraction(Decimal(str(default)))

    def whole(self, name: str, default: int) -> int:
        return int(self.number(name, default))

    def word(self, name: str, default: str) -> str:
        value = self.book.settings.get(name)
        return word_key(value) if value is not None else default

    def read_settings(self) -> None:
        series = self.book.settings.get("month_series")
        self.month_series = MONTH_SERIES_DEFAULT
        if series is not None:
            found = [int(n) for n in re.findall(r"\d+", nfkc(series))]
            self.month_series = found or MONTH_SERIES_DEFAULT
        go_live = when_of(self.book.settings.get("go_live_date"), self.book.epoch)
        self.go_live = go_live.day if go_live else None
        self.open_time = time_of(self.book.settings.get("store_open_time")) or time(9, 0)

    def rule(self, code: str) -> dict[str, object]:
        """The rule as it stands: default of 3.8, each filled cell of the Rules sheet instead (2.20)."""
        series = bool(re.match(r"DLV-M\d", code))
        opens, due, deadline, expire, role, priority, sent, on = DEFAULT_RULES["DLV-M" if series else code]
        out: dict[str, object] = {
            "open": opens,
            "due": due,
            "deadline": deadline,
            "expire": expire,
            "role": role,
            "priority": priority,
            "sent": sent,
            "on": on,
        }
        rows = [self.book.rules.get("DLV-M")] if series else []
        rows.append(self.book.rules.get(code))
        for row in rows:
            if row is None:
                continue
            for name in ("open", "due", "deadline", "expire"):
                text = word_key(row.get(name)) if row.get(name) is not None else ""
                if name == "expire" and text == "never":
                    out[name] = "never"
                elif re.fullmatch(r"[+-]?\d+[dmh]", text):
                    out[name] = text
            if (value := bool_of(row.get("on"))) is not None:
                out["on"] = value
            if (value := word_of(row.get("role"), "role")) is not None:
                out["role"] = value
            if (number := number_of(row.get("priority"))) is not None:
                out["priority"] = int(number)
        return out

    # -- entities (2.19, V19) -------------------------------------------------------------------------

    def past(self, when: object) -> When | None:
        """A time stamp after as_of is not there (V19)."""
        return when if isinstance(when, When) and when.day <= self.as_of else None

    def read_entities(self) -> None:
        tables = self.book.tables
        # customers: first row wins, its blanks are filled from the later ones (2.14)
        self.customers: dict[str, Customer] = {}
        car_rows: list[Record] = []
        for row in tables.get("customer", []):
            cid = row.get("customer_id")
            if cid is None:  # generate from normalised mobile, else name + VIN (2.3)
                cid = row.get("mobile") or id_of(f"{row.get('customer_name') or ''}{row.get('vin') or ''}")
            if not cid:
                continue
            cid = str(cid)
            data = {name: row.get(name) for name in CUSTOMER}
            if cid in self.customers:
                for name, value in data.items():
                    if self.customers[cid].data.get(name) is None:
                        self.customers[cid].data[name] = value
            else:
                self.customers[cid] = Customer(cid, data)
            car = {name: row.get(name) for name in VEHICLE if name != "customer_id"}
            if any(v is not None for v in car.values()):  # a wide row without any vehicle field makes no car
                car_rows.append({**car, "customer_id": cid})
        car_rows += tables.get("vehicle", [])

        # cars: VIN, else plate, else customer_id#n
        groups: dict[str, list[Record]] = {}
        counters: dict[str, int] = {}
        for row in car_rows:
            key = row.get("vin") or row.get("plate_no")
            if not key:
                cid = str(row.get("customer_id") or "")
                if not cid:
                    continue
                counters[cid] = counters.get(cid, 0) + 1
                key = f"{cid}#{counters[cid]}"
            groups.setdefault(str(key), []).append(row)
        self.cars: dict[str, Car] = {}
        for key, rows in groups.items():
            # same VIN under two customers: newest delivery date wins (2.14, R9); else the first row
            owners = {r.get("customer_id") for r in rows if r.get("customer_id")}
            if len(owners) > 1:
                rows = sorted(
                    rows,
                    key=lambda r: r["delivery_date"].day if r.get("delivery_date") else date.min,
                    reverse=True,
                )
            data: Record = {}
            for row in rows:
                for name, value in row.items():
                    if data.get(name) is None:
                        data[name] = value
            # typed past dates after as_of count as blank (V19, R10)
            future_delivery = data.get("delivery_date") is not None and not self.past(data["delivery_date"])
            for name in (
                "delivery_date",
                "purchase_date",
                "last_service_date",
                "first_service_date",
                "odometer_date",
            ):
                data[name] = self.past(data.get(name))
            car = Car(key, data.get("customer_id"), data)
            if 10 in TAKEN and future_delivery:
                pass
            elif car.day("delivery_date"):
                car.delivery = car.day("delivery_date")
                car.delivery_clock = data.get("delivery_time") or data["delivery_date"].clock
            else:
                car.delivery = car.day("purchase_date")
                car.delivery_clock = data.get("delivery_time")
            self.cars[key] = car
        self.cars_of: dict[str, list[Car]] = {}
        for car in self.cars.values():
            if car.customer_id in self.customers:
                self.cars_of.setdefault(car.customer_id, []).append(car)

        self.prospects: dict[str, Record] = {}
        self.prospect_rows: list[Record] = []
        for row in tables.get("prospect", []):
            # rows dated after as_of are not there: created_date and last_follow_date of a prospect (V19, R12)
            if isinstance(row.get("created_date"), When) and not self.past(row["created_date"]):
                continue
            if isinstance(row.get("last_follow_date"), When) and not self.past(row["last_follow_date"]):
                if 12 not in TAKEN:
                    continue
                row["last_follow_date"] = None
            if row.get("prospect_no"):
                self.prospects.setdefault(row["prospect_no"], row)
                self.prospect_rows.append(row)
        self.accounts = {
            row["account_no"]: row for row in reversed(tables.get("key_account", [])) if row.get("account_no")
        }
        self.staff = [row for row in tables.get("staff", []) if row.get("name")]
        self.read_visits()
        self.read_log()

    def car_of_row(self, row: Record) -> tuple[Car | None, str]:
        """Vehicle of a row: VIN; VIN blank: plate (2.19). Second: its key, also for a car not on file."""
        vin, plate = row.get("vin"), row.get("plate_no")
        if vin:
            if vin in self.cars:
                return self.cars[vin], vin
            if 6 <= len(vin) <= 8:  # short tails accepted for look-up (2.4)
                tails = [c for c in self.cars.values() if c.get("vin") and str(c.get("vin")).endswith(vin)]
                if len(tails) == 1:
                    return tails[0], tails[0].key
            if plate:
                self.typed_plates.setdefault(str(vin), str(plate))
            return None, str(vin)
        if plate:
            for car in self.cars.values():
                if car.get("plate_no") == plate:
                    return car, car.key
            self.typed_plates.setdefault(str(plate), str(plate))
            return None, str(plate)
        return None, ""

    def customer_of_row(self, row: Record, car: Car | None) -> tuple[str, str] | None:
        """Customer of a row (2.19), first hit wins."""
        cid = row.get("customer_id")
        if cid in self.customers:
            return "customer", cid
        if cid in self.prospects:
            return "prospect", cid
        if cid in self.accounts:
            return "account", cid
        if car is not None and car.customer_id in self.customers:
            return "customer", car.customer_id
        mobile = row.get("mobile")
        if mobile:
            same = [c for c in self.customers.values() if c.get("mobile") == mobile]
            if len(same) > 1:
                same = [
                    c
                    for c in same
                    if row.get("customer_name") and c.get("customer_name") == row.get("customer_name")
                ]
            if len(same) == 1:
                return "customer", same[0].id
            for number, prospect in self.prospects.items():
                if prospect.get("mobile") == mobile:
                    return "prospect", number
        return None

    def read_visits(self) -> None:
        orders: dict[tuple[str, date], list[Record]] = {}  # repair orders of one car and day
        for row in self.book.tables.get("service_visit", []):
            visit_date = self.past(row.get("visit_date"))
            if visit_date is None:
                continue  # blank, or after as_of (V19)
            _, key = self.car_of_row(row)
            key = key or str(row.get("mobile") or "")
            if not key:
                continue  # no VIN, plate and mobile: data-quality row only
            orders.setdefault((key, visit_date.day), []).append(row)
        self.visits: list[Visit] = []
        for (key, day), rows in orders.items():
            visit = Visit(key, None, day)
            checkouts: list[date] = []
            in_shop = False
            for row in rows:
                car, _ = self.car_of_row(row)
                who = self.customer_of_row({**row, "customer_id": None}, car)
                if visit.customer_id is None and who and who[0] == "customer":
                    visit.customer_id = who[1]
                if not (row.get("vin") or row.get("plate_no")):
                    visit.names_car = False
                checkout = row.get("checkout_date")
                if checkout is None:
                    checkouts.append(day)  # blank = visit_date
                elif checkout.day > self.as_of:
                    in_shop = True  # a checkout after as_of: still in the shop (V19)
                else:
                    checkouts.append(checkout.day)
                if row.get("work_type"):
                    visit.work_types.add(row["work_type"])
                visit.paid += self.paid_by(row)
            visit.checkout = None if in_shop else max(checkouts)
            visit.odometer = max(
                [r["odometer_in"] for r in rows if r.get("odometer_in") is not None], default=None
            )
            visit.next_service_date = min(
                [r["next_service_date"].day for r in rows if r.get("next_service_date")], default=None
            )
            visit.next_service_km = min(
                [r["next_service_km"] for r in rows if r.get("next_service_km") is not None], default=None
            )
            self.visits.append(visit)
            if key in self.cars:
                self.cars[key].visits.append(visit)
        for car in self.cars.values():
            car.visits.sort(key=lambda v: v.day)

    @staticmethod
    def paid_by(row: Record) -> Fraction:
        """Paid by one repair order (4.5)."""
        pay, paid, total = row.get("pay_type"), row.get("paid_amount"), row.get("total_amount")
        own = paid if paid is not None else total if total is not None else Fraction(0)
        if pay == "自费":
            return own
        if pay == "保险":
            return paid if paid is not None else Fraction(0)
        if pay is None:
            return Fraction(0) if row.get("work_type") in ("首保", "索赔", "返修") else own
        return Fraction(0)

    def read_log(self) -> None:
        self.log: list[LogRow] = []
        for order, row in enumerate(self.book.tables.get("contact_log", [])):
            at = self.past(row.get("contact_at"))
            if at is None:
                continue
            car, key = self.car_of_row(row)
            who = self.customer_of_row(row, car)
            role = self.role_of_row(row, who)
            due_keys = [k.strip() for k in nfkc(row.get("due_key") or "").split(";") if k.strip()]
            next_when = row.get("next_contact_date")
            self.log.append(
                LogRow(
                    order=order,
                    at=at,
                    who=who,
                    car=key,
                    role=role,
                    result=row.get("result"),
                    channel=row.get("channel"),
                    next_day=next_when.day if isinstance(next_when, When) else None,
                    keys=due_keys,
                    codes=codes_of_cell(row.get("rule_code"), role),
                    objection=row.get("objection_type"),
                    no_visit_reason=row.get("no_visit_reason"),
                )
            )
        # rows are played in order of contact_at (no clock = start of day, then sheet order)
        self.log.sort(key=lambda r: (r.at.sort_start(), r.order))

    def role_of_row(self, row: Record, who: tuple[str, str] | None) -> str:
        """Its role column; else the role of that person on the staff sheet; else SA, CS or SV if the name
        equals the customer's sales_advisor, cs_owner or service_advisor_owner; else CS."""
        if row.get("role"):
            return row["role"]
        name = row.get("staff")
        if name:
            for person in self.staff:
                if person["name"] == name and person.get("role"):
                    return person["role"]
            if who and who[0] == "customer":
                customer = self.customers[who[1]]
                for role, column in (
                    ("SA", "sales_advisor"),
                    ("CS", "cs_owner"),
                    ("SV", "service_advisor_owner"),
                ):
                    if customer.get(column) == name:
                        return role
            if who and who[0] == "prospect" and self.prospects[who[1]].get("sales_advisor") == name:
                return "SA"
        return "CS"

    # -- computed dates (3.6) -------------------------------------------------------------------------

    def readings(self, car: Car) -> list[tuple[date, Fraction]]:
        out = [(v.day, v.odometer) for v in car.visits if v.odometer is not None]
        if car.get("last_odometer") is not None and car.day("odometer_date"):
            out.append((car.day("odometer_date"), car.get("last_odometer")))
        return sorted(out)

    def predicted_day(self, car: Car, target: Fraction) -> date | None:
        """Predicted km date."""
        readings = self.readings(car)
        default = self.number("default_daily_km", 40)
        if not readings:
            if car.delivery is None:
                return None
            last_day, last_km, per_day = car.delivery, Fraction(0), default
        else:
            last_day, last_km = readings[-1]  # the latest reading; same day: the highest
            earlier = [r for r in readings if r[0] <= last_day - days(7)]
            if earlier:
                first_day, first_km = earlier[-1]
            elif car.delivery is not None and car.delivery <= last_day - days(7):
                first_day, first_km = car.delivery, Fraction(0)
            else:
                first_day, first_km = None, None
            if first_day is None or last_km - first_km <= 0:
                per_day = default
            else:
                per_day = Fraction(last_km - first_km, (last_day - first_day).days)
        if target <= last_km:
            return last_day
        if per_day <= 0:
            return None
        n = math.ceil((target - last_km) / per_day)
        return None if n > 3650 else last_day + days(n)

    def first_service_done(self, car: Car) -> bool:
        return (
            any(v.is_maintenance for v in car.visits)
            or car.day("first_service_date") is not None
            or car.day("last_service_date") is not None
            or car.get("first_service_done") is True
        )

    def first_service_due(self, car: Car) -> date | None:
        if car.delivery is None:
            return None
        by_date = add_months(car.delivery, self.whole("first_service_months", 3))
        by_km = self.predicted_day(car, self.number("first_service_km", 5000))
        return min(by_date, by_km) if by_km else by_date

    def maintenance_due(self, car: Car) -> date | None:
        maintenance = [v for v in car.visits if v.is_maintenance]
        latest = maintenance[-1] if maintenance else None
        next_day: date | None = None
        next_km: Fraction | None = None
        if latest and (latest.next_service_date is not None or latest.next_service_km is not None):
            next_day, next_km = latest.next_service_date, latest.next_service_km
        else:
            next_day, next_km = car.day("next_service_date"), car.get("next_service_km")
            # on or before (at or below the odometer of) the latest maintenance visit: out of date
            if latest and next_day is not None and next_day <= latest.day:
                next_day = None
            if latest and next_km is not None and latest.odometer is not None and next_km <= latest.odometer:
                next_km = None
        if next_day is not None or next_km is not None:
            found = [
                d for d in (next_day, self.predicted_day(car, next_km) if next_km is not None else None) if d
            ]
            return min(found) if found else None
        typed = car.day("last_service_date")
        bases = [d for d in (latest.day if latest else None, typed) if d]
        if not bases:
            return None
        base = max(bases)
        found = [add_months(base, self.whole("maint_interval_months", 6))]
        at_base = [km for day, km in self.readings(car) if day == base]
        if at_base:
            by_km = self.predicted_day(car, max(at_base) + self.number("maint_interval_km", 5000))
            if by_km:
                found.append(by_km)
        return min(found)

    def last_activity(self, car: Car) -> date | None:
        found = [v.checkout if v.checkout is not None else v.day for v in car.visits]
        if car.day("last_service_date"):
            found.append(car.day("last_service_date"))
        return max(found) if found else car.delivery

    def next_birthday(self, birth: tuple[int | None, int, int]) -> date:
        for year in (self.as_of.year, self.as_of.year + 1):
            try:
                day = date(year, birth[1], birth[2])
            except ValueError:  # 29 Feb in a common year (V8)
                day = date(year, 3, 1) if self.word("feb29_observe", "28feb") == "1mar" else date(year, 2, 28)
            if day >= self.as_of:
                return day
        raise AssertionError

    # -- items ----------------------------------------------------------------------------------------

    @staticmethod
    def shift(base: When, offset: str, anchor: date | None = None, months: int = 0, extra: int = 0) -> When:
        """An offset from the base date. With `anchor` the base is anchor + months + extra days, and month
        offsets are computed from the anchor itself (V3). Without a clock hours count as whole days."""
        found = re.fullmatch(r"([+-]?\d+)([dmh])", offset)
        assert found
        n, unit = int(found[1]), found[2]
        if unit == "d":
            return When(base.day + days(n))
        if unit == "m":
            if anchor is not None:
                return When(add_months(anchor, months + n) + days(extra))
            return When(add_months(base.day, n))
        if base.clock is None:
            return When(base.day + days(int(n / 24)))
        moment = datetime.combine(base.day, base.clock) + timedelta(hours=n)
        return When(moment.date(), moment.time())

    def make(
        self,
        code: str,
        who: tuple[str, str],
        car: str,
        anchor: date,
        sequence: object,
        base: When,
        months_from: date | None = None,
        months: int = 0,
        extra: int = 0,
        role: str | None = None,
        deadline: date | None = None,
        expire_at_most: date | None = None,
    ) -> Item | None:
        """One item of 3.8, or None if the rule is off or the item is cut by go-live (0.3)."""
        rule = self.rule(code)
        if not rule["on"]:
            return None
        args = (months_from, months, extra)
        opens = self.shift(base, rule["open"], *args).day
        due = self.shift(base, rule["due"], *args)
        if rule["deadline"] is not None:
            end = self.shift(base, rule["deadline"], *args)
        elif deadline is not None:
            end = When(deadline)  # KA-*: last day of the period
        else:
            end = due  # "= due"
        expire: date | None = None
        if rule["expire"] != "never":
            expire = self.shift(When(end.day), rule["expire"]).day
        if expire_at_most is not None:
            expire = min(expire, expire_at_most) if expire else expire_at_most
        item = Item(
            code,
            who,
            car,
            anchor,
            str(sequence),
            opens,
            due,
            end,
            expire,
            str(rule["role"] or role or ""),
            int(rule["priority"]),
            bool(rule["sent"]),
        )
        exempt = code in COMPLAINT_CODES or code.startswith(("PRO-", "KA-"))
        if self.go_live and end.day < self.go_live and not exempt:
            return None
        return item

    def add(self, item: Item | None) -> Item | None:
        """due_key is unique (0.3)."""
        if item is None or item.key in self.by_key:
            return None
        self.items.append(item)
        self.by_who.setdefault(item.who, []).append(item)
        self.by_key[item.key] = item
        return item

    def generate(self) -> None:
        horizon = add_months(self.as_of, 24)
        for customer in self.customers.values():
            who = ("customer", customer.id)
            for car in self.cars_of.get(customer.id, []):
                self.delivery_rules(customer, car, who)
                self.month_rules(customer, car, who, horizon)
                self.service_rules(car, who)
                self.expiry_rules(car, who)
                self.trade_in(car, who, horizon)
                self.lapse_rules(car, who)
            self.birthday_rules(customer, who)
        self.post_repair()
        self.bookings()
        self.complaints()
        self.key_accounts()

    def delivery_rules(self, customer: Customer, car: Car, who: tuple[str, str]) -> None:
        """3.1 only for base_scope 自销 or blank."""
        if customer.get("base_scope") not in (None, "自销") or car.delivery is None:
            return
        base = When(car.delivery, car.delivery_clock)
        for code in (
            "DLV-D0",
            "DLV-2H",
            "DLV-3D",
            "DLV-3D-AS",
            "DLV-7D-SA",
            "DLV-7D-CS",
            "DLV-2W-MGR",
            "DLV-15-30",
            "DLV-PHOTO",
        ):
            self.add(self.make(code, who, car.key, car.delivery, 1, base))

    def month_rules(self, customer: Customer, car: Car, who: tuple[str, str], horizon: date) -> None:
        if car.delivery is None:
            return
        touches = [(n, f"DLV-M{n:02d}", 1) for n in self.month_series]
        start, every = self.whole("month_repeat_from", 48), self.whole("month_repeat_every", 3)
        k = 1
        while every > 0 and add_months(car.delivery, start + every * (k - 1)) <= horizon:
            touches.append((start + every * (k - 1), "DLV-M48+", k))
            k += 1
        for n, code, sequence in touches:
            # SA up to and including +12m, then CS if cs_owner is set, else SA (3.2)
            role = "CS" if n > 12 and customer.get("cs_owner") else "SA"
            item = self.add(
                self.make(
                    code,
                    who,
                    car.key,
                    car.delivery,
                    sequence,
                    When(add_months(car.delivery, n)),
                    car.delivery,
                    n,
                    0,
                    role=role,
                )
            )
            if item and code == "DLV-M03" and self.first_service_done(car):
                item.stopped = True  # C2
            if item and code == "DLV-M48+" and self.lost_and_confirmed(car, who):
                item.stopped = True

    def lost_and_confirmed(self, car: Car, who: tuple[str, str]) -> bool:
        """Vehicle loyalty 流失客户 (4.8) and a log row of the customer (that car or no car) after last
        activity with no_visit_reason."""
        last = self.last_activity(car)
        if last is None or car.status != "在用":
            return False
        if not self.as_of > add_months(last, self.whole("lost_months", 12)):
            return False
        return self.reason_recorded(car, who, last)

    def reason_recorded(self, car: Car, who: tuple[str, str], last: date) -> bool:
        return any(r.who == who and r.about(car.key) and r.day > last and r.no_visit_reason for r in self.log)

    def service_rules(self, car: Car, who: tuple[str, str]) -> None:
        # FS-CALL
        due = self.first_service_due(car)
        if due is not None:
            last = due + days(self.whole("first_service_stop_days", 30))
            self.start_chain("FS-CALL", who, car, due, None, last, self.first_service_done(car))
        # MNT-CALL, MNT-NOSHOW
        due = self.maintenance_due(car)
        if due is None:
            return
        early = due - days(self.whole("early_visit_days", 30))
        stopped = any(v.is_maintenance and v.day >= early for v in car.visits) or self.booked(car)
        self.start_chain("MNT-CALL", who, car, due, self.whole("maint_max_calls", 3), None, stopped)
        promised = [
            r["promised_date"].day
            for r in self.book.tables.get("maintenance_reminder", [])
            if r.get("promised_date")
            and r.get("due_date")
            and r["due_date"].day == due
            and self.car_of_row(r)[1] == car.key
        ]
        anchor = max(promised) if promised else due  # R15
        key_day = due if 15 in TAKEN else anchor
        item = self.add(self.make("MNT-NOSHOW", who, car.key, key_day, 1, When(anchor)))
        if item:
            item.stopped = stopped

    def start_chain(
        self,
        code: str,
        who: tuple[str, str],
        car: Car,
        due: date,
        most: int | None,
        last_due: date | None,
        stopped: bool = False,
    ) -> None:
        item = self.make(code, who, car.key, due, 1, When(due), expire_at_most=last_due)
        if item is None or (last_due is not None and item.due.day > last_due):
            return
        item.stopped = stopped
        chain = Chain([item], item.due.day, most, last_due)
        item.chain = chain
        if self.add(item):
            self.chains.setdefault(who, []).append(chain)

    def booked(self, car: Car) -> bool:
        """A booking of that car not 取消/改期/未到店/已到店 with appointment on or after as_of."""
        for row in self.book.tables.get("booking", []):
            if isinstance(row.get("booked_on"), When) and row["booked_on"].day > self.as_of:
                continue
            if self.car_of_row(row)[1] != car.key or row.get("status") is not None:
                continue
            if row.get("appointment_at") and row["appointment_at"].day >= self.as_of:
                return True
        return False

    def expiry_rules(self, car: Car, who: tuple[str, str]) -> None:
        for code, column, kind, results in (
            ("INS-1M", "insurance_expiry", "保险", ("本店续保", "外部续保")),
            ("INSP-1M", "inspection_expiry", "年检", ("已年检",)),
        ):
            expiry = car.day(column)
            if expiry is None:
                continue
            item = self.add(self.make(code, who, car.key, expiry, 1, When(expiry)))
            if item is None:
                continue
            for row in self.book.tables.get("renewal", []):
                if (
                    row.get("kind") == kind
                    and row.get("expiry")
                    and row["expiry"].day == expiry
                    and row.get("result") in results
                    and self.car_of_row(row)[1] == car.key
                ):
                    item.stopped = True

    def trade_in(self, car: Car, who: tuple[str, str], horizon: date) -> None:
        anchor = car.day("purchase_date") or car.delivery
        if anchor is None:
            return
        cycle = self.whole("replacement_cycle_months", 48)
        repeat = self.whole("replacement_repeat_months", 6)
        k = 1
        while add_months(anchor, cycle + repeat * (k - 1)) <= horizon:
            months = cycle + repeat * (k - 1)
            self.add(
                self.make(
                    "TRADE-IN", who, car.key, anchor, k, When(add_months(anchor, months)), anchor, months
                )
            )
            k += 1
            if repeat <= 0:
                break

    def lapse_rules(self, car: Car, who: tuple[str, str]) -> None:
        last = self.last_activity(car)
        if last is None:
            return
        quasi, lost = self.whole("quasi_lost_months", 6), self.whole("lost_months", 12)
        # LAPSE-WARN (3.5): while the first service is open its due date stands for the maintenance due date
        due = None
        if not self.first_service_done(car):
            due = self.first_service_due(car)
        if due is None and not (35 in TAKEN and not self.first_service_done(car)):
            due = self.maintenance_due(car)
        warn = add_months(last, self.whole("lapse_warn_months", 4))
        if due is not None:
            warn = max(due + days(self.whole("lapse_warn_days", 30)), warn)
        if warn <= add_months(last, quasi):  # dropped if later than last activity + 6m
            self.add(self.make("LAPSE-WARN", who, car.key, warn, 1, When(warn)))
        self.add(
            self.make(
                "LAPSE-PSEUDO", who, car.key, last, 1, When(add_months(last, quasi) + days(1)), last, quasi, 1
            )
        )
        item = self.add(
            self.make(
                "LAPSE-TRUE", who, car.key, last, 1, When(add_months(last, lost) + days(1)), last, lost, 1
            )
        )
        if item and 17 not in TAKEN and self.reason_recorded(car, who, last):
            item.stopped = True  # "reason recorded" (R17)
        # LOST-VISIT: last 接通 naming LAPSE-TRUE or LOST-VISIT after last activity (none -> no item)
        lost_days = [
            r.day
            for r in self.log
            if r.who == who
            and r.about(car.key)
            and r.day > last
            and r.result == "接通"
            and r.names() & {"LAPSE-TRUE", "LOST-VISIT"}
        ]
        if lost_days:
            anchor = max(lost_days)
            item = self.add(
                self.make("LOST-VISIT", who, car.key, anchor, 1, When(add_months(anchor, 6)), anchor, 6)
            )
            refused = any(
                r.who == who
                and r.about(car.key)
                and r.day > anchor
                and r.result == "拒访"
                and r.names() & {"LAPSE-TRUE", "LOST-VISIT"}
                for r in self.log
            )
            if item and refused:
                item.stopped = True  # "visit or refusal" (R18)

    def birthday_rules(self, customer: Customer, who: tuple[str, str]) -> None:
        birth = customer.get("birth_date")
        if birth is None:
            return
        day = self.next_birthday(birth)
        for code in ("BDAY-7", "BDAY-0"):
            self.add(self.make(code, who, "", day, 1, When(day)))

    def post_repair(self) -> None:
        by_car: dict[str, list[Visit]] = {}
        for visit in self.visits:
            by_car.setdefault(visit.car_key, []).append(visit)
        for visits in by_car.values():
            visits.sort(key=lambda v: v.day)
            for number, visit in enumerate(visits):
                if visit.customer_id is None or visit.checkout is None:  # walk-in; still in the shop (R14)
                    continue
                if any(v.checkout == visit.checkout for v in visits[number + 1 :]):
                    continue  # same checkout date: only the last has an SVC-3D
                car = visit.car_key if visit.names_car else ""
                item = self.add(
                    self.make(
                        "SVC-3D",
                        ("customer", visit.customer_id),
                        car,
                        visit.checkout,
                        1,
                        When(visit.checkout),
                    )
                )
                if item and any(v.day <= item.deadline.day for v in visits[number + 1 :]):
                    item.stopped = True  # the same car has a later visit dated on or before this deadline

    def bookings(self) -> None:
        for row in self.book.tables.get("booking", []):
            if isinstance(row.get("booked_on"), When) and row["booked_on"].day > self.as_of:
                continue
            at = row.get("appointment_at")
            car, key = self.car_of_row(row)
            who = self.customer_of_row(row, car)
            if at is None or who is None or who[0] != "customer":
                continue
            item = self.add(self.make("BOOK-CFM", who, key, at.day, row.get("booking_id") or "", at))
            if item and (row.get("status") is not None or self.past(row.get("arrived_at"))):
                item.stopped = True

    def complaints(self) -> None:
        for row in self.book.tables.get("complaint", []):
            received = self.past(row.get("received_at"))
            if received is None and row.get("received_at") is not None:
                continue  # received after as_of: not there (V19); blank: only the rules anchored on it (V15)
            car, key = self.car_of_row(row)
            who = self.customer_of_row(row, car)
            if who is None or who[0] != "customer":
                continue  # a complaint without customer on file: data-quality row
            number = row.get("complaint_id") or ""
            closed_word = row.get("status") in ("已解决", "已关闭")
            resolved = self.past(row.get("resolved_at"))
            if received is not None:
                base = received if received.clock else When(received.day, self.open_time)
                if row.get("category") == "质量":
                    item = self.add(self.make("CMP-2H", who, key, received.day, number, base))
                    if item:
                        item.handler = row.get("handler")
                        item.stopped = bool(
                            self.past(row.get("first_response_at")) or resolved or closed_word
                        )
                if row.get("category") == "销售":
                    role = "SM"
                else:
                    level = row.get("handler_level")
                    role = {1: "CS", 2: "SV", 3: "RS", 4: "SVM", 5: "GM"}.get(
                        int(level) if level is not None else 0, "SV"
                    )
                item = self.add(self.make("CMP-24H", who, key, received.day, number, base, role=role))
                if item:
                    item.handler = row.get("handler")
                    item.stopped = bool(resolved or closed_word)
            promised = row.get("promised_at")
            if promised:
                item = self.add(self.make("CMP-PROG", who, key, promised.day, number, promised))
                if item:
                    item.stopped = bool(resolved or closed_word)
            if resolved:
                item = self.add(self.make("CMP-FU24", who, key, resolved.day, number, resolved))
                if item:
                    item.stopped = bool(self.past(row.get("followup_at")) or row.get("status") == "已关闭")

    def key_accounts(self) -> None:
        first_log = min([r.day for r in self.log], default=self.as_of)
        sunday = self.word("week_start", "monday") in ("sunday", "周日", "星期日")
        for number in self.accounts:
            who = ("account", number)
            periods: dict[tuple[str, date, date], None] = {}
            day = min(first_log, self.as_of)
            while day <= self.as_of + days(120):
                week = day - days((day.weekday() + 1) % 7 if sunday else day.weekday())
                month = day.replace(day=1)
                quarter = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
                for period in (
                    ("KA-WEEK", week, week + days(6)),
                    ("KA-MONTH", month, add_months(month, 1) - days(1)),
                    ("KA-QTR", quarter, add_months(quarter, 3) - days(1)),
                ):
                    periods[period] = None
                day += days(1)
            for code, start, end in periods:
                item = self.add(self.make(code, who, "", start, 1, When(start), deadline=end))
                if item is None:
                    continue
                for row in self.log:  # satisfied by any qualifying contact inside the period (3.6)
                    if row.who != who or not start <= row.day <= end:
                        continue
                    if (
                        (code == "KA-WEEK" and row.channel in (None, "电话") and row.result == "接通")
                        or (code == "KA-MONTH" and row.result in ("已发送", "接通"))
                        or (code == "KA-QTR" and row.channel == "上门" and row.result == "接通")
                    ):
                        item.stopped = True

    def prospect_items(self) -> None:
        """3.8 Prospects. One item at a time; its log rows move it, they never close it (R19)."""
        intervals = {"H": 2, "A": 4, "B": 7, "C": 15, "N": 30}
        for row in self.prospect_rows:
            if row.get("status") not in (None, "在跟"):
                continue
            number = row["prospect_no"]
            start = row.get("last_follow_date") or row.get("created_date")
            if start is None:
                continue  # neither: data-quality row
            anchor = start.day
            expected = row["expected_order_date"].day if row.get("expected_order_date") else None
            follow = row["next_follow_date"].day if row.get("next_follow_date") else None
            due = follow if follow and follow > anchor else None
            for contact in [r for r in self.log if r.who == ("prospect", number) and r.day >= start.day]:
                if contact.result in ("接通", "拒访"):
                    if contact.day > anchor:
                        anchor, due = contact.day, None
                    if contact.next_day and contact.next_day > contact.day:
                        due = contact.next_day
                elif contact.result == "改约" and contact.next_day:
                    due = contact.next_day
            grade = row.get("grade") or self.prospect_grade(expected)
            if due is None:
                n = self.whole(f"prospect_follow_{grade.lower()}", intervals[grade])
                due = anchor + days(n)
                if expected and anchor < expected < due:
                    due = expected
            self.add(self.make(f"PRO-{grade}", ("prospect", number), "", anchor, 1, When(due)))

    def prospect_grade(self, expected: date | None) -> str:
        """4.10; 逾期未订 -> H, 培育 -> N."""
        if expected is None:
            return "N"
        left = (expected - self.as_of).days
        for grade, default in (("H", 7), ("A", 15), ("B", 30), ("C", 90)):
            if left <= self.whole(f"prospect_days_{grade.lower()}", default):
                return grade
        return "N"

    # -- the log (0.3) --------------------------------------------------------------------------------

    def advance(self, who: tuple[str, str], day: date) -> None:
        """Occurrences whose expire_date lies before `day` are missed; the next is born."""
        for chain in self.chains.get(who, []):
            while True:
                item = chain.items[-1]
                if item.closed is None and item.expire is not None and item.expire < day:
                    item.closed, item.closed_on = "missed", item.expire
                if item.closed is None or not self.next_occurrence(chain, item):
                    break

    def next_occurrence(self, chain: Chain, item: Item) -> bool:
        """Occurrence k+1: due and open on the later of first due + 7k and closing day + 7."""
        k = len(chain.items)
        if item.stopped or (chain.max_occurrences is not None and k >= chain.max_occurrences):
            return False
        step = self.whole("repeat_days", 7)
        due = max(chain.first_due + days(step * k), item.closed_on + days(step))
        if chain.last_due is not None and due > chain.last_due:
            return False
        rule = self.rule(item.rule)
        deadline = due + days(step)
        expire = None if rule["expire"] == "never" else self.shift(When(deadline), rule["expire"]).day
        if chain.last_due is not None:
            expire = min(expire, chain.last_due) if expire else chain.last_due
        born = Item(
            item.rule,
            item.who,
            item.car,
            item.anchor,
            str(k + 1),
            due,
            When(due),
            When(deadline),
            expire,
            item.role,
            item.priority,
            item.sent_closes,
            chain=chain,
        )
        chain.items.append(born)
        self.add(born)
        return True

    def play(self) -> None:
        for row in self.log:
            for who in [row.who] if row.who else []:
                self.advance(who, row.day)
            for key in row.keys:  # a key may belong to another customer's chain
                if key in self.by_key:
                    self.advance(self.by_key[key].who, row.day)
            hit = self.hits(row)
            moved = False
            for item in hit:
                if item.closed is None:
                    moved = self.apply(row, item) or moved
            if row.who:
                self.side_effects(row, hit)
                self.new_items(row, moved)
                self.advance(row.who, row.day)
        for who in list(self.chains):
            self.advance(who, self.as_of)

    def hits(self, row: LogRow) -> list[Item]:
        """Matching a log row to due items, first hit wins (0.3)."""
        # (1) same due_key, dated not after its expire_date
        out: list[Item] = []
        codes: set[str] = set()
        for key in row.keys:
            item = self.by_key.get(key)
            if item is not None and 25 in TAKEN and item.who != row.who:
                item = None
            if item is not None and (item.expire is None or row.day <= item.expire):
                if item.closed is None or 20 not in TAKEN:
                    out.append(item)
            elif code_of_key(key) and (item is None or 45 not in TAKEN):
                codes.add(code_of_key(key))  # fits no item any more: counts as its rule code under 2 (R45)
        if not out:
            codes |= row.codes
        elif 49 in TAKEN:
            codes |= row.codes - {code_of_key(key) for key in row.keys}
        # (2) same customer + rule code, and the contact date lies in the item's window
        if codes and row.who:
            for item in self.by_who.get(row.who, []):
                if (
                    rule_fits(item.rule, codes)
                    and item.window_holds(row.day)
                    and self.reaches(row, item)
                    and item not in out
                ):
                    out.append(item)
        if row.names():
            return out  # a row that names a rule never falls through to (3)
        # (3) no rule given: every item of that customer and that role not closed by then
        if row.who:
            for item in self.by_who.get(row.who, []):
                if (
                    item.closed is None
                    and item.role == row.role
                    and item.rule not in COMPLAINT_CODES
                    and item.window_holds(row.day)
                    and self.reaches(row, item)
                ):
                    out.append(item)
        return out

    @staticmethod
    def reaches(row: LogRow, item: Item) -> bool:
        """A row that names a car reaches only items of that car and items without a car."""
        return not row.car or not item.car or row.car == item.car

    def apply(self, row: LogRow, item: Item) -> bool:
        """One row on one item that is not closed. True if it moved the item."""
        if row.result in ("接通", "拒访") or (row.result == "已发送" and item.sent_closes):
            item.closed, item.closed_on = "done", row.day
        elif row.result in ("未接", "关机", "空号"):
            item.failed_days.add(row.day)
            if len(item.failed_days) >= self.whole("max_attempts", 3):
                item.closed, item.closed_on = "unreachable", row.day
        elif row.result == "改约" and row.next_day:
            if item.expire is not None:
                item.expire = row.next_day + (item.expire - item.deadline.day)
            item.open, item.due, item.deadline = row.next_day, When(row.next_day), When(row.next_day)
            return True
        return False

    def side_effects(self, row: LogRow, hit: list[Item]) -> None:
        if row.result != "接通":
            return
        for item in self.by_who.get(row.who, []):
            if item.closed is not None or item in hit or not row.about(item.car):
                continue
            # DLV-15-30: any 接通 of the same role between its original open_date and deadline (R21)
            if (
                item.rule == "DLV-15-30"
                and row.role == item.role
                and item.original_open <= row.day <= item.original_deadline
            ):
                item.closed, item.closed_on = "done", row.day
            # covered: month series only, from the original open_date - 7 days to expire_date
            elif re.match(r"DLV-M\d", item.rule):
                gap = self.whole("min_gap_days", 7)
                if item.original_open - days(gap) <= row.day and (
                    item.expire is None or row.day <= item.expire
                ):
                    item.closed, item.closed_on = "covered", row.day

    def new_items(self, row: LogRow, moved: bool) -> None:
        """CMP-USE and NEXT: one per customer, car named in the row (or none) and day, first row counting."""
        if row.who[0] != "customer":
            return
        if row.objection == "使用异议":
            self.add(self.make("CMP-USE", row.who, row.car, row.day, 1, When(row.day)))
        if row.next_day and (row.result == "接通" or (row.result == "改约" and not moved)):
            self.add(self.make("NEXT", row.who, row.car, row.day, 1, When(row.next_day), role=row.role))

    # -- the list -------------------------------------------------------------------------------------

    def state(self, item: Item) -> str:
        """closed by the log -> stopped -> planned/rescheduled -> missed -> overdue -> open (0.3)."""
        if item.closed:
            return item.closed
        if item.stopped:
            return "stopped"
        if self.as_of < item.open:
            return "planned"
        if item.expire is not None and self.as_of > item.expire:
            return "missed"
        if self.as_of > item.deadline.day:
            return "overdue"
        return "open"

    def global_stop(self, item: Item) -> str | None:
        if item.who[0] != "customer":
            return None
        customer = self.customers[item.who[1]]
        if item.rule in COMPLAINT_CODES:
            return None
        if customer.get("do_not_contact") is True:
            return "do_not_contact"
        if item.car in self.cars:
            status = self.cars[item.car].status
            if status in ("转让", "报废") or (status == "它牌置换" and item.rule != "LAPSE-TRUE"):
                return "vehicle_gone"
        if item.rule in ("BDAY-7", "BDAY-0") and customer.get("consent_marketing") is not True:
            return "no_consent"
        return None

    def owner(self, item: Item) -> str:
        found = None
        kind, number = item.who
        if kind == "customer":
            if item.rule in ("CMP-2H", "CMP-24H"):
                found = item.handler
            column = {"SA": "sales_advisor", "CS": "cs_owner", "SV": "service_advisor_owner"}.get(item.role)
            if not found and column:
                found = self.customers[number].get(column)
        elif kind == "prospect":
            found = self.prospects[number].get("sales_advisor") if item.role == "SA" else None
        else:
            found = self.accounts[number].get("owner")
        if found:
            return str(found)
        # the one active person of that role on the staff sheet, else blank
        people = {p["name"] for p in self.staff if p.get("role") == item.role and p.get("status") != "离职"}
        return str(people.pop()) if len(people) == 1 else ""

    def tiers(self) -> dict[str, str]:
        """4.5, per car."""
        if "service_visit" not in self.book.tables:
            return dict.fromkeys(self.cars, "未知")
        scored: dict[str, tuple[int, Fraction, int]] = {}
        for key, car in self.cars.items():
            year = [v for v in car.visits if add_months(self.as_of, -12) < v.day <= self.as_of and v.paid > 0]
            two = [v for v in car.visits if add_months(self.as_of, -24) < v.day <= self.as_of and v.paid > 0]
            amount, count = sum((v.paid for v in year), Fraction(0)), len(year)
            series = str(car.get("series") or "")
            high = self.number(f"tier_ticket_hi.{series}", float(self.number("tier_ticket_hi", 1500)))
            low = self.number(f"tier_ticket_lo.{series}", float(self.number("tier_ticket_lo", 600)))
            ticket = 1
            if count:
                ticket = 3 if amount / count >= high else 2 if amount / count >= low else 1
            visits = (
                3
                if count >= self.number("tier_visits_hi", 4)
                else 2
                if count >= self.number("tier_visits_lo", 2)
                else 1
            )
            interval = 1
            if len(two) >= 2:
                average = Fraction((two[-1].day - two[0].day).days, len(two) - 1)
                interval = (
                    3
                    if average <= self.number("tier_interval_hi", 120)
                    else 2
                    if average <= self.number("tier_interval_lo", 200)
                    else 1
                )
            scored[key] = (ticket + visits + interval, amount, count)
        if self.word("tier_mode", "absolute") != "quantile":
            return {
                key: "高价值" if s[0] >= 8 else "一般价值" if s[0] >= 5 else "低价值"
                for key, s in scored.items()
            }
        out: dict[str, str] = {}
        groups: dict[str, list[str]] = {}
        for key, car in self.cars.items():
            groups.setdefault(str(car.get("series") or ""), []).append(key)
        for keys in groups.values():
            keys.sort(
                key=lambda k: (-scored[k][0], -scored[k][1], -scored[k][2], self.cars[k].customer_id or "", k)
            )
            hi, mid = self.number("tier_target_hi", 20), self.number("tier_target_mid", 30)
            cut_high = math.floor(hi * len(keys) / 100 + Fraction(1, 2))
            cut_mid = math.floor((hi + mid) * len(keys) / 100 + Fraction(1, 2))
            for place, key in enumerate(keys):
                out[key] = "高价值" if place < cut_high else "一般价值" if place < cut_mid else "低价值"
        return out

    def run(self) -> dict[str, object]:
        self.generate()
        self.play()
        self.prospect_items()
        tiers = self.tiers()
        order = ["高价值", "一般价值", "低价值", "未知"]
        listed: list[Item] = []
        suppressed: list[dict[str, str]] = []
        for item in self.items:
            if self.state(item) not in ("open", "overdue"):
                continue
            reason = self.global_stop(item)
            if reason:
                suppressed.append({"customer_id": item.who[1], "rule": item.rule, "reason": reason})
            else:
                listed.append(item)
        groups: dict[tuple[tuple[str, str], str], list[Item]] = {}
        for item in listed:
            groups.setdefault((item.who, item.role), []).append(item)
        rows: list[tuple[tuple[object, ...], dict[str, object]]] = []
        for (who, role), items in groups.items():
            items.sort(key=lambda i: (i.priority, i.deadline.sort_end(), i.due.day, i.key))
            first = items[0]
            deadline = min(items, key=lambda i: i.deadline.sort_end()).deadline
            kind, number = who
            if kind == "customer":
                found = [tiers[c.key] for c in self.cars_of.get(number, [])]
                tier = min(found, key=order.index) if found else "未知"
                name, mobile = (
                    self.customers[number].get("customer_name"),
                    self.customers[number].get("mobile"),
                )
            elif kind == "prospect":
                tier, name = "未知", self.prospects[number].get("name")
                mobile = self.prospects[number].get("mobile")
            else:
                tier, name = "未知", self.accounts[number].get("name")
                mobile = phone_of(self.accounts[number].get("contact"))
            priority = min(i.priority for i in items)
            car = self.cars.get(first.car)
            row = {
                "customer_id": number,
                "customer_name": name or "",
                "mobile": mobile or "",
                "vin": first.car,
                "plate_no": (car.get("plate_no") or "") if car else self.typed_plates.get(first.car, ""),
                "role": role,
                "owner": self.owner(first),
                "rules": list(dict.fromkeys(i.rule for i in items)),
                "due_keys": [i.key for i in items],
                "due_date": min(i.due.day for i in items).isoformat(),
                "deadline": deadline.day.isoformat(),
                "overdue_days": max(0, (self.as_of - deadline.day).days),
                "priority": priority,
                "value_tier": tier,
                "reason": "",
            }
            rows.append(((priority, deadline.sort_end(), order.index(tier), number, role), row))
        rows.sort(key=lambda pair: pair[0])
        suppressed.sort(key=lambda s: (s["customer_id"], s["rule"], s["reason"]))
        return {
            "as_of": self.as_of.isoformat(),
            "rows": [r for _, r in rows],
            "mailing_list": [],
            "suppressed": suppressed,
            "problems": [],
        }


def today(path: str | Path, as_of: date) -> dict[str, object]:
    """The JSON object of `xl-retention today BOOK --date D --json` (mailing_list and problems stay empty)."""
    return Oracle(path, as_of).run()


if __name__ == "__main__":
    print(json.dumps(today(sys.argv[1], date.fromisoformat(sys.argv[2])), ensure_ascii=False, indent=1))
