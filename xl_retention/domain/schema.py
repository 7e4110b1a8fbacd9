# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Tables and fields of a store's workbook, one row per field (DOM 2.2-2.12, English headings DOM 2.17).

A field is written `_f(name, kind, class, "Chinese headings", "English headings")`: Chinese headings parted by
blanks, English ones by commas, both as staff spell them. The canonical name in any spelling is a heading of
its own and needs no row. Headings that may mean several fields stand in `AMBIGUOUS` (DOM 2.16); a heading
of one table never means two of its fields otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from xl_retention.domain.further_headings import FURTHER


class Kind(Enum):
    """What the cells of a field hold, and so how `sheets.values` reads them (DOM 2.14)."""

    TEXT = "text"
    ID = "id"  # trimmed, half-width, no inner blanks, upper case; a number loses its `.0`
    PLATE = "plate"
    VIN = "vin"
    PHONE = "phone"
    DATE = "date"  # with or without a clock
    TIME = "time"
    BIRTHDAY = "birthday"  # a date, or month and day without a year
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # yuan
    KM = "km"
    BOOL = "bool"
    ENUM = "enum"  # one word of the table `Field.words` of `domain.words`
    CODES = "codes"  # rule codes or rule words, several parted by signs
    KEYS = "keys"  # due keys, several parted by `;`
    MONTH = "month"  # YYYY-MM
    LIST = "list"


class InfoClass(Enum):
    """The three classes of customer information (DOM 2.1)."""

    DESCRIPTIVE = "D"
    PROCESS = "P"
    TRANSACTION = "T"


@dataclass(frozen=True)
class Field:
    """One field of a table.

    Args:
        name: Canonical name, as in DOM 2 and in every JSON output.
        kind: How its cells are read.
        aliases: Headings that staff write, Chinese first, in their exact spelling.
        info_class: Which of the three classes of DOM 2.1 it belongs to.
        words: Word table of `domain.words` for `Kind.ENUM`, else empty.
        sensitive: Hidden unless somebody asks for it, and left out of masked copies.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    info_class: InfoClass
    words: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class Entity:
    """One table of the store.

    Args:
        name: Canonical name, as in DOM 2.2.
        sheet_names: Names under which its sheet is known; the first is the suggested one.
        key: The field or fields that tell its rows apart.
        fields: All its fields, in the order of DOM.
        fewest_headings: A row with fewer recognised headings than this is not its heading row (DOM 2.2).
    """

    name: str
    sheet_names: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    fewest_headings: int = 3

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of all fields, in their order."""
        return tuple(self._by_name)

    def field(self, name: str) -> Field:
        """Return the field called *name*; a `KeyError` means that the caller misspelt it."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether the table has a field called *name*."""
        return name in self._by_name


TEXT, ID, PLATE, VIN, PHONE = Kind.TEXT, Kind.ID, Kind.PLATE, Kind.VIN, Kind.PHONE
DATE, TIME, BIRTHDAY, MONTH = Kind.DATE, Kind.TIME, Kind.BIRTHDAY, Kind.MONTH
INTEGER, DECIMAL, MONEY, KM = Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM
BOOL, ENUM, CODES, KEYS, LIST = Kind.BOOL, Kind.ENUM, Kind.CODES, Kind.KEYS, Kind.LIST
D, P, T = InfoClass.DESCRIPTIVE, InfoClass.PROCESS, InfoClass.TRANSACTION


def _f(
    name: str,
    kind: Kind,
    info_class: InfoClass,
    chinese: str = "",
    english: str = "",
    *,
    words: str = "",
    sensitive: bool = False,
) -> Field:
    aliases = (*chinese.split(), *(heading.strip() for heading in english.split(",") if heading.strip()))
    return Field(name, kind, aliases, info_class, words, sensitive)


def _and(field: Field, chinese: str, english: str = "") -> Field:
    """Return the same field with further headings, which only some tables may use."""
    more = _f(field.name, field.kind, field.info_class, chinese, english)
    return replace(field, aliases=(*field.aliases, *more.aliases))


# Fields that several tables carry under the same headings ("as above" in DOM 2).

_CUSTOMER_ID = _f(
    "customer_id",
    ID,
    D,
    "客户编号 客户号 客户代码 档案号 会员号",
    "Customer No, Client ID, Customer Number, Customer Code, Client No, Client Number, Client Code, Cust ID, Cust No",
)
_CUSTOMER_NAME = _f(
    "customer_name",
    TEXT,
    D,
    "客户姓名 车主姓名 姓名 车主 客户名称 用户名",
    "Name, Owner, Client, Customer, Full Name, Owner Name, Client Name, Customer Full Name, Vehicle Owner, "
    "Registered Owner",
)
_MOBILE_HEADINGS = (
    "手机 手机号 手机号码 联系电话 移动电话 电话 车主电话",
    "Phone, Mobile Phone, Tel, Telephone, Mobile No, Mobile Number, Phone No, Phone Number, Cell, Cell Phone, "
    "Cell No, Tel No, Telephone No, Telephone Number, Contact Phone, Handphone",
)
_PHONE_OF_THE_LOG = _f("mobile", PHONE, D, *_MOBILE_HEADINGS)  # there 联系方式 is the channel, Contact No the row
_MOBILE = _and(_PHONE_OF_THE_LOG, "联系方式", "Contact No, Contact Number")
_VIN = _f(
    "vin",
    VIN,
    T,
    "车架号 VIN VIN码 车辆识别代号 底盘号 车架号码",
    "VIN No, VIN Number, VIN Code, VIN #, Chassis No, Chassis Number, Chassis, Vehicle Identification Number, "
    "Frame No",
)
_PLATE = _f(
    "plate_no",
    PLATE,
    T,
    "车牌号 车牌 车牌号码 牌照号 车号",
    "Plate, Licence Plate, License Plate, Registration No, Plate Number, Number Plate, Reg No, Reg Number, Rego, "
    "Registration Number, Licence Plate No, License Plate No, Licence Plate Number, License Plate Number, "
    "Vehicle Reg",
)
_STORE = _f(
    "store_code",
    TEXT,
    P,
    "门店 店别 店代码 经销商代码 分店",
    "Store, Branch, Branch Code, Dealer Code, Dealership, Outlet",
)
_NEXT_SERVICE_DATE = _f(
    "next_service_date",
    DATE,
    T,
    "下次保养日期 预计保养日期 下次保养时间 应保养日期",
    "Next Service, Next Service Due, Next Service On, Service Due, Service Due Date, Next Maintenance, "
    "Next Maintenance Date, Date of Next Service",
)
_NEXT_SERVICE_KM = _f(
    "next_service_km",
    KM,
    T,
    "下次保养里程 应保养里程 下次保养公里",
    "Next Service Mileage, Next Service Odometer, Next Service At km, Service Due km, Next Maintenance km, "
    "Next Maintenance Mileage",
)
_RO_NO = _f(
    "ro_no",
    ID,
    T,
    "工单号 委托书号 维修单号 派工单号 结算单号",
    "Repair Order, RO Number, Job No, RO, RO #, Repair Order No, Repair Order Number, Job Card, Job Card No, "
    "Job Number, Work Order, Work Order No, Work Order Number",
)
_SALES_ADVISOR = _f(
    "sales_advisor",
    TEXT,
    P,
    "销售顾问 业务员 销售员 负责销售 归属顾问",
    "Salesperson, Sales Consultant, Salesman, Saleswoman, Sales Rep, Sales Executive, Sales Adviser, Sold By",
)
_BOOKING_ID = _f(
    "booking_id", ID, P, "预约编号 预约单号", "Booking No, Booking Number, Booking Ref, Appointment No"
)
_COMPLAINT_ID = _f(
    "complaint_id", ID, P, "投诉编号 投诉单号", "Complaint No, Complaint Number, Complaint Ref, Case No"
)
_CONTACT_ID = _f("contact_id", ID, P, "回访编号 记录号", "Call ID, Call No, Log No, Record No")
_SOURCE = _f(
    "source_channel",
    ENUM,
    D,
    "信息来源 客户来源 来源渠道 来店渠道 获知渠道",
    "Source, Lead Source, Customer Source, Heard From",
    words="source_channel",
)

CUSTOMER = Entity(
    "customer",
    ("客户档案", "客户资料", "客户信息", "Customers", "Customer", "Customer List", "Clients", "客户"),
    ("customer_id",),
    (
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _f("customer_type", ENUM, D, "客户类型 客户性质 个人或单位", "Client Type, Individual or Company",
           words="customer_type"),
        _f("contact_person", TEXT, D, "联系人 送修人 使用人 经办人", "Contact Name, Driver"),
        _MOBILE,
        _f("mobile_backup", PHONE, D, "备用电话 其他电话 第二电话 家庭电话 固定电话",
           "Backup Phone, Second Phone, Other Phone, Alternate Phone, Alternative Phone, Secondary Phone, "
           "Home Phone, Landline, Phone 2, Mobile 2"),
        _f("email", TEXT, D, "邮箱 电子邮件 E-mail Email", "E-mail Address"),
        _f("wechat_id", TEXT, D, "微信 微信号", "WeChat, WeChat No"),
        _f("wechat_bound", BOOL, P, "是否绑定微信 微信绑定 是否关注公众号 绑定状态", "WeChat Linked, On WeChat"),
        _f("wechat_bind_date", DATE, P, "绑定日期 微信绑定时间 关注日期", "WeChat Linked On, WeChat Bound On"),
        _f("gender", ENUM, D, "性别 称谓 先生女士", "Sex, Salutation, Mr/Ms", words="gender"),
        _f("birth_date", BIRTHDAY, D, "生日 出生日期 出生年月 客户生日 车主生日",
           "Birthday, Date of Birth, DOB, Born, Born On"),
        # A text, for 80后 is an answer as good as 1985.
        _f("birth_year", TEXT, D, "出生年份 年龄段 出生年", "Year of Birth, Age Group"),
        _f("age", INTEGER, D, "年龄"),
        _f("id_number", TEXT, D, "身份证号 证件号码 身份证",
           "ID Card, ID Card No, Identity Number, Identity Card No, National ID", sensitive=True),
        _f("ethnicity", TEXT, D, "民族", "Ethnic Group", sensitive=True),
        _f("religion", TEXT, D, "宗教 宗教信仰", sensitive=True),
        _f("education", TEXT, D, "教育程度 学历 文化程度", "Education Level"),
        _f("marital_status", ENUM, D, "婚姻状况 是否结婚 婚否", "Married", words="marital_status"),
        _f("family_structure", TEXT, D, "家庭结构 家庭成员 家庭情况", "Family, Family Members"),
        _f("children_info", TEXT, D, "孩子情况 子女 小孩年龄 孩子特长 孩子兴趣", "Children, Kids"),
        _f("income_band", TEXT, D, "收入 收入情况 家庭年收入 月收入", "Income, Household Income, Monthly Income",
           sensitive=True),
        _f("hobbies", LIST, D, "爱好 兴趣 兴趣爱好 兴趣点 车主喜好", "Hobby, Interests"),
        _f("occupation", ENUM, D, "职业 工作性质 职业类别", "Profession", words="occupation"),
        _f("industry", TEXT, D, "行业 从事行业 所属行业", "Sector, Line of Business"),
        _f("employer", TEXT, D, "工作单位 单位名称 公司 单位", "Company, Company Name, Workplace"),
        _f("job_title", TEXT, D, "职位 职务 岗位", "Job Position, Position"),
        _f("address", TEXT, D, "地址 住址 家庭住址 联系地址 通讯地址",
           "Home Address, Mailing Address, Postal Address, Street Address"),
        _f("postcode", TEXT, D, "邮编 邮政编码", "Zip, Zip Code, Postal Code"),
        _f("region_type", ENUM, D, "区域 所在区域 地区 区域类型 客户区域", "Region, Area", words="region_type"),
        _f("distance_km", DECIMAL, D, "距离 到店距离 公里数(住址)", "Distance, Distance to Store"),
        _f("preferred_channel", ENUM, D, "喜欢的联系方式 偏好联系方式 首选联系方式 方便联系方式",
           "Preferred Contact, Preferred Contact Method", words="channel"),
        _f("preferred_time", TEXT, D, "方便联系时间 接听时间 合适时段",
           "Best Time, Best Time to Call, Preferred Contact Time"),
        _f("do_not_contact", BOOL, P, "免打扰 拒绝回访 不接受回访 勿扰", "DNC, No Calls, Do Not Call, Opted Out"),
        _f("consent_marketing", BOOL, P, "是否同意接收信息 短信同意 营销同意",
           "Marketing Consent, Consent, Marketing Opt-in, Opted In"),
        _f("consent_date", DATE, P, "同意日期 授权日期", "Consent Given On, Date of Consent"),
        _SOURCE,
        _f("base_scope", ENUM, D, "客户归属 购车来源 是否本店购车 自销它销", "Where Bought, Bought Here",
           words="base_scope"),
        _SALES_ADVISOR,
        _f("cs_owner", TEXT, P, "客服专员 回访员 客服 跟进人 负责人",
           "CS Agent, Customer Care, CS Rep, Customer Service, Customer Service Agent"),
        _f("service_advisor_owner", TEXT, P, "专属服务顾问 服务顾问 SA", "Service Advisor, Service Adviser"),
        _STORE,
        _f("created_date", DATE, P, "建档日期 建卡日期 登记日期 录入日期",
           "Created, Created On, Date Created, Date Added, Customer Since"),
        _f("first_contact_date", DATE, P, "首次接触日期 首次来店日期 首次咨询日期", "First Contact, First Enquiry"),
        _f("last_update", DATE, P, "更新日期 最近更新 修改时间",
           "Last Updated, Updated, Updated On, Last Modified, Modified"),
        _f("membership_no", TEXT, D, "会员卡号 会员编号 俱乐部卡号",
           "Member No, Membership Card, Member Card No, Club Card No"),
        _f("points", INTEGER, T, "积分 会员积分 消费积分", "Loyalty Points, Reward Points"),
        _f("customer_grade", TEXT, P, "客户级别 客户等级 客户分级", "Customer Level, Customer Class, Customer Tier"),
        _f("credit_grade", ENUM, T, "信用等级 信用级别 资信等级", "Credit Rating, Credit Class",
           words="credit_grade"),
        _f("legal_rep", TEXT, D, "法定代表人 法人 法人代表", "Legal Representative"),
        _f("business_scope", TEXT, D, "经营范围 主营业务", "Scope of Business"),
        _f("registered_capital", MONEY, D, "注册资本 注册资金"),
        _f("headcount", INTEGER, D, "员工人数 人数", "Employees, Number of Employees"),
        _f("fax", TEXT, D, "传真", "Fax No, Fax Number"),
        _f("licence_docs", TEXT, D, "营业执照 税务登记证 组织机构代码证", "Business Licence, Business License"),
        _f("remark", TEXT, P, "备注 说明 其他", "Remarks, Notes, Note, Comment, Comments"),
    ),
)  # fmt: skip

VEHICLE = Entity(
    "vehicle",
    ("车辆档案", "车辆", "Vehicles", "Vehicle", "Vehicle List", "Cars", "车辆信息", "车辆资料"),
    ("vin",),
    (
        _VIN,
        _PLATE,
        _and(replace(_CUSTOMER_ID, info_class=T), "车主编号", "Owner ID, Owner No"),
        _f("brand", TEXT, T, "品牌", "Make"),
        _f("series", TEXT, T, "车系 车型系列 车种", "Model Series, Model Line, Car Line"),
        _f("model", TEXT, T, "车型 车型名称 型号 欲购车型", "Car Model, Vehicle Model"),
        _f("config", TEXT, T, "配置 汽车配置 车型配置 款型", "Configuration, Trim, Trim Level, Variant"),
        _f("color", TEXT, T, "颜色 车身颜色 外观颜色", "Colour, Exterior Colour, Exterior Color"),
        _f("engine_no", TEXT, T, "发动机号 发动机号码", "Engine Number"),
        _f("use_type", ENUM, T, "车辆用途 使用性质 用途 车辆性质", "Usage, Use, Vehicle Use", words="use_type"),
        _f("purchase_date", DATE, T, "购车日期 购车时间 购买日期 开票日期 发票日期",
           "Purchased On, Invoice Date, Purchased, Date of Purchase, Bought On, Date Bought, Sale Date, Date Sold"),
        _f("delivery_date", DATE, T, "交车日期 提车日期 交付日期 交车时间 提车时间",
           "Delivered On, Handover Date, Delivered, Delivery, Date of Delivery, Date Delivered, Handed Over, "
           "Handed Over On"),
        _f("delivery_time", TIME, T, "交车时刻 交车时间点", "Time of Delivery, Handover Time"),
        _f("registration_date", DATE, T, "上牌日期 登记日期 注册日期 初次登记日期",
           "First Registration, First Registration Date, First Registered, Date of First Registration, "
           "Date of Registration, Registered On"),
        _f("price", MONEY, T, "车价 成交价 购车金额 裸车价",
           "Sale Price, Selling Price, Purchase Price, Vehicle Price, Price Paid"),
        _f("payment_mode", ENUM, T, "付款方式 购车方式 是否贷款", "Payment Method, Financing", words="payment_mode"),
        _f("loan_months", INTEGER, T, "贷款期限 贷款年限 分期期数", "Loan Term, Finance Term"),
        _f("loan_end_date", DATE, T, "贷款到期日 还款结束日", "Loan End, Loan Ends, Loan Until, Finance End Date"),
        _f("selling_store", TEXT, T, "销售门店 售出店 购车店", "Selling Dealer, Sold At, Bought At"),
        _f("sales_order_no", TEXT, T, "订单号 合同号 销售单号",
           "Sales Order, Order No, Order Number, Contract No, Sales Contract No"),
        _f("insurer", TEXT, T, "保险公司 承保公司", "Insurance Company, Insured With"),
        _f("policy_no", TEXT, T, "保单号 保险单号", "Policy, Policy Number, Insurance Policy No"),
        _f("insurance_expiry", DATE, T, "保险到期日 保险到期 保险截止日期 商业险到期 续保日期 商业险到期日 交强险到期 交强险到期日",
           "Insurance Until, Insurance Expires, Insurance Expiry Date, Insurance Due, Insurance End, "
           "Insurance Valid Until, Insurance Renewal Date, Policy Expiry"),
        _f("inspection_expiry", DATE, T, "年检到期日 年检到期 年审到期 年检日期 检验有效期 年检有效期至",
           "Inspection Until, Inspection Expires, Inspection Expiry Date, Inspection Due, Inspection Due Date, "
           "Inspection Valid Until, MOT Due, MOT Expiry, MOT Until"),
        _f("warranty_end", DATE, T, "质保到期 保修到期日 三包到期",
           "Warranty Until, Warranty Expires, Warranty Expiry, Warranty Expiry Date, Warranty End Date, "
           "Warranty Valid Until"),
        _f("last_odometer", KM, T, "行驶里程 里程 公里数 当前里程 进厂里程",
           "Odometer, Mileage, km, Current Mileage, Current Odometer, Current km, Odometer Reading, Last Mileage, "
           "Kilometres, Kilometers, Odo"),
        _f("odometer_date", DATE, T, "里程日期 里程登记日期", "Odometer Read On, Mileage Date, Reading Date"),
        _f("first_service_done", BOOL, T, "是否首保 首保状态 首保完成", "First Service Completed"),
        _f("first_service_date", DATE, T, "首保日期 首保时间", "Date of First Service, First Serviced On"),
        _f("last_service_date", DATE, T, "上次保养日期 最近保养时间 上次进厂日期",
           "Last Service, Last Serviced, Last Serviced On, Last Service On, Date of Last Service, "
           "Last Maintenance, Last Maintenance Date"),
        _NEXT_SERVICE_DATE,
        _NEXT_SERVICE_KM,
        _f("avg_daily_km", DECIMAL, T, "日均里程 平均日里程", "Daily km, km per Day, Average Daily km"),
        _f("vehicle_status", ENUM, P, "车辆状态 状态 是否在用", "Status, Car Status", words="vehicle_status"),
        _f("accessories", TEXT, T, "装具 精品 加装 太阳膜", "Extras, Fitted Accessories"),
    ),
)  # fmt: skip

SERVICE_VISIT = Entity(
    "service_visit",
    ("维修记录", "进厂记录", "维修记录 (进厂记录)", "工单", "Repair Orders", "Service Visits", "Visits",
     "Service Records", "Service History", "Job Cards", "Workshop Visits"),
    ("ro_no",),
    (
        _RO_NO,
        _VIN,
        _PLATE,
        _CUSTOMER_NAME,
        _MOBILE,
        _f("visit_date", DATE, T, "进厂日期 进站日期 来厂日期 开单日期 维修日期 到店日期",
           "Visit, Check-in Date, Check-in, Checked In, Visited On, Date of Visit, Date In, Arrival Date, "
           "Arrived On, Service Date, Opened On"),
        _f("checkout_date", DATE, T, "出厂日期 离站日期 结算日期 交车日期(维修) 完工日期",
           "Check-out Date, Left On, Check-out, Checked Out, Date Out, Completed On, Completion Date, Released On, "
           "Collected On"),
        _f("odometer_in", KM, T, "进厂里程 行驶里程 里程",
           "Odometer, Mileage, km, km In, Mileage In, Odometer Reading, Kilometres, Kilometers, Odo"),
        _f("work_type", ENUM, T, "作业项目 维修类型 维修类别 业务类型 进厂类型 维修项目类别",
           "Type of Work, Job Type, Service Type, Repair Type", words="work_type"),
        _f("items", TEXT, T, "维修项目 保养项目 作业内容", "Work Done, Work Items, Job Description"),
        _f("fault_reason", TEXT, T, "故障原因 故障描述 客户描述",
           "Fault, Fault Description, Symptom, Concern, Customer Concern"),
        _f("labour_amount", MONEY, T, "工时费 工时金额",
           "Labour, Labor, Labor Amount, Labour Cost, Labor Cost, Labour Charge, Labor Charge"),
        _f("parts_amount", MONEY, T, "材料费 配件费 备件金额", "Parts, Parts Cost, Materials"),
        _f("total_amount", MONEY, T, "总金额 维修金额 合计 产值",
           "Total, Amount, Invoice Amount, Invoice Total, Grand Total, Bill Amount, Total Cost"),
        _f("paid_amount", MONEY, T, "实收金额 客户付费 自费金额 消费金额 结算金额",
           "Amount Paid, Paid, Customer Paid, Paid by Customer"),
        _f("pay_type", ENUM, T, "付款类型 结算方式 费用类型 收费区分",
           "Payment Type, Type of Payment, Charge To, Payer", words="pay_type"),
        _f("service_advisor", TEXT, P, "服务顾问 接待员 SA 接车人",
           "Advisor, Adviser, Service Adviser, Service Writer, Receptionist"),
        _f("technician", TEXT, P, "技师 维修工 主修人", "Mechanic, Tech"),
        _f("booked", BOOL, P, "是否预约 预约客户", "Was Booked, Booked Ahead, By Appointment, With Appointment"),
        _BOOKING_ID,
        _NEXT_SERVICE_DATE,
        _NEXT_SERVICE_KM,
        _f("is_rework", BOOL, T, "是否返修 返工", "Rework, Comeback, Repeat Repair"),
        _f("major_repair", BOOL, T, "是否大修 大修"),
        _STORE,
    ),
)  # fmt: skip

BOOKING = Entity(
    "booking",
    ("预约记录", "预约", "Bookings", "Booking", "Appointments"),
    ("booking_id",),
    (
        _BOOKING_ID,
        _VIN,
        _PLATE,
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _MOBILE,
        _f("booked_on", DATE, P, "预约登记时间 登记时间", "Booked, Booked At, Booking Made On"),
        _f("appointment_at", DATE, P, "预约时间 预约到店时间 预约进厂时间",
           "Appointment, Appointment Date, Appointment Time, Booked For, Scheduled For"),
        _f("initiator", ENUM, P, "预约方式 主动被动 预约来源", "Initiated By, Booking Source",
           words="booking_initiator"),
        _f("channel", ENUM, P, "预约渠道", "Booking Channel, Booked Via, Via", words="booking_channel"),
        _f("purpose", ENUM, P, "预约项目", "Booked Work, Reason for Visit", words="booking_purpose"),
        _f("arrived_at", DATE, T, "实际到店时间 到店时间",
           "Arrived, Arrival, Arrival Time, Arrived On, Actual Arrival"),
        _f("status", ENUM, P, "预约状态 是否到店 履约情况 状态", "Booking Status, Appointment Status",
           words="booking_status"),
        _f("cancelled_at", DATE, P, "取消日期 取消时间",
           "Cancelled On, Cancelled, Canceled On, Canceled, Cancellation Date"),
    ),
)  # fmt: skip

CONTACT_LOG = Entity(
    "contact_log",
    ("回访记录", "联系记录", "Call Log", "Contact Log", "Contacts Log", "Calls"),
    ("contact_id",),
    (
        _CONTACT_ID,
        _f("rule_code", CODES, P, "回访类型 回访节点 回访类别",
           "Rule, Call Type, Contact Type, Call Reason, Reason for Call, Type of Call"),
        _f("due_key", KEYS, P, "到期键", "Key"),
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _PHONE_OF_THE_LOG,
        _VIN,
        _PLATE,
        _f("planned_date", DATE, P, "计划回访日期 应回访日期 计划日期",
           "Planned, Planned For, Planned Call Date, Scheduled For, Due Date, Call Due"),
        _f("contact_at", DATE, P, "回访日期 回访时间 拜访日期 联系日期 实际回访日期",
           "Contact Date, Call Date, Called On, Called At, Date of Call, Contacted On, Contacted At, Contact Time, "
           "Call Time"),
        _f("staff", TEXT, P, "回访人 回访员 跟进人 拜访人",
           "Agent, Caller, Called By, Contacted By, Handled By, Staff Member, Employee"),
        _f("role", ENUM, P, "岗位 角色 回访岗位", "Role Code, Agent Role", words="role"),
        _f("channel", ENUM, P, "回访方式 联系方式(回访) 接触方式 联系方式", "Contact Method, Contact Channel, Method, Via",
           words="channel"),
        _f("attempt_no", INTEGER, P, "第几次 拨打次数", "Attempt, Attempts, Attempt Number"),
        _f("result", ENUM, P, "回访结果 接通情况 是否接通", "Outcome, Call Result, Call Outcome, Contact Result",
           words="result"),
        _f("satisfaction_level", ENUM, P, "满意度 满意程度 评价", "Satisfaction, Customer Satisfaction",
           words="satisfaction_level"),
        _f("score", INTEGER, P, "评分 打分 满意度得分", "Rating, Satisfaction Score, Score out of 10"),
        _f("vehicle_condition", TEXT, P, "用车情况 车况 使用情况", "Condition, Car Condition"),
        _f("objection_type", ENUM, P, "异议类型 问题类别", "Objection, Issue Type", words="objection_type"),
        _f("feedback", TEXT, P, "客户意见 反馈内容 抱怨内容 建议",
           "Customer Feedback, Customer Comments, Suggestions, Comments"),
        _COMPLAINT_ID,
        _f("intention", ENUM, P, "换车意愿 增购意愿 购车意向", "Intent, Purchase Intention, Buying Intention",
           words="intention"),
        _f("no_visit_reason", TEXT, P, "未到站原因 未进厂原因 流失原因",
           "No-visit Reason, Reason for No Visit, Reason Not Visited, Loss Reason"),
        _f("next_contact_date", DATE, P, "下次回访日期 下次联系时间",
           "Next Contact, Next Call, Next Call Date, Call Back On, Call-back Date, Call Again On"),
        _f("next_action", TEXT, P, "下一步 跟进措施 处理措施", "Next Step, Follow-up Action"),
        _f("template_id", TEXT, P, "问卷 模板", "Survey, Template, Questionnaire"),
        _f("duration_min", DECIMAL, P, "通话时长", "Duration, Call Duration, Call Length"),
        _f("recorded", BOOL, P, "是否录音", "Recording, Call Recorded"),
        _f("checked_by", TEXT, P, "主管核阅 核阅人 审核", "Reviewed By"),
        _f("checked_at", DATE, P, "核阅时间 审核时间 核阅日期 审核日期", "Reviewed On, Reviewed At, Checked On"),
    ),
)  # fmt: skip

COMPLAINT = Entity(
    "complaint",
    ("投诉记录", "投诉", "Complaints", "Complaint Log", "投诉台账"),
    ("complaint_id",),
    (
        _COMPLAINT_ID,
        _f("received_at", DATE, P, "投诉时间 受理时间 登记时间",
           "Received, Received On, Date Received, Complaint Date, Complaint Time, Date of Complaint, Complained On"),
        _f("channel", ENUM, P, "投诉方式 投诉渠道 来源", "Complaint Channel, Source, Via", words="complaint_channel"),
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _MOBILE,
        _VIN,
        _PLATE,
        _RO_NO,
        _f("category", ENUM, P, "投诉类别 投诉类型", "Type, Complaint Type, Complaint Category",
           words="complaint_category"),
        _f("severity", ENUM, P, "严重程度 投诉级别", "Seriousness, Complaint Level", words="complaint_severity"),
        _f("content", TEXT, P, "投诉内容 抱怨内容 事由", "Complaint, Complaint Details, Details, Description"),
        _f("facts", TEXT, P, "调查情况 核实情况 取证", "Findings, Investigation"),
        _f("handler", TEXT, P, "处理人 责任人", "Handled By, Responsible, Person Responsible, Assigned To"),
        _f("handler_level", ENUM, P, "处理层级", "Escalation Level", words="handler_level"),
        _f("promised_at", DATE, P, "承诺时间 答复期限", "Promised, Promised By, Promised For, Reply Due"),
        _f("first_response_at", DATE, P, "首次响应时间 首次联系时间",
           "First Response, First Reply, First Contact, Responded, Responded At"),
        _f("resolved_at", DATE, P, "解决时间 处理完成时间 结案时间",
           "Resolved, Resolved On, Date Resolved, Solved, Solved On"),
        _f("solution", TEXT, P, "处理方案 解决方案 处理结果", "Resolution, Remedy, Action Taken"),
        _f("followup_at", DATE, P, "跟踪回访时间 处理后回访",
           "Follow-up At, Followed Up, Follow-up, Follow-up Date, Follow-up Call, Followed Up On"),
        _f("satisfied_after", ENUM, P, "处理后满意度 是否满意", "Satisfied, Customer Satisfied, Satisfied Afterwards",
           words="satisfied_after"),
        _f("compensation", MONEY, T, "补偿金额 赔偿金额", "Compensation Amount, Compensation Paid"),
        _f("approved_by", TEXT, P, "审批人 大区批准", "Approver"),
        _f("status", ENUM, P, "状态 处理状态 抱怨解决状态", "Complaint Status", words="complaint_status"),
        _f("root_cause", TEXT, P, "根本原因", "Cause"),
        _f("prevention", TEXT, P, "预防措施", "Preventive Action, Preventive Measure"),
    ),
)  # fmt: skip

PROSPECT = Entity(
    "prospect",
    ("潜客卡", "A卡", "潜客卡 (A卡)", "潜客", "Prospects", "Leads", "Prospect List"),
    ("prospect_no",),
    (
        _f("prospect_no", ID, P, "信息卡编号 潜客编号 A卡编号",
           "Lead No, Lead ID, Lead Number, Prospect ID, Prospect Number, Enquiry No, Inquiry No"),
        _f("created_date", DATE, P, "建卡日期 登记日期 首次来店日期 咨询日期",
           "Created, Created On, Date Created, Lead Date, Enquiry Date, Inquiry Date, First Visit"),
        _f("name", TEXT, D, "客户姓名 潜客姓名 姓名 客户名称",
           "Lead Name, Prospect Name, Customer Name, Customer, Client, Client Name, Full Name, Prospect, Lead"),
        _MOBILE,
        _SOURCE,
        _f("industry", TEXT, D, "从事行业 行业", "Sector, Line of Business"),
        _f("dress", TEXT, D, "衣着打扮 穿着"),
        _f("intent_model", TEXT, P, "欲购车型 意向车型", "Model of Interest, Interested In, Wanted Model"),
        _f("competing_model", TEXT, P, "竞品车型 对比车型", "Competitor Model, Compared With, Rival Model"),
        _f("reference_competitor", TEXT, P, "参考竞品", "Competitor"),
        _f("focus_point", ENUM, P, "关注点 购车关注点 关注因素", "Focus, Main Concern", words="focus_point"),
        _f("grade", ENUM, P, "意向级别 客户级别 级别 HABC", "Grade, Level, Lead Grade", words="prospect_grade"),
        _f("expected_order_date", DATE, P, "预计订车日期 预计成交日期 预购日期",
           "Expected Order, Expected Close, Expected Closing Date, Expected Purchase, Expected Purchase Date"),
        _f("test_drive_date", DATE, P, "试乘试驾日期 试驾时间", "Test Drive, Test Drive On, Test Driven On"),
        _f("quote", MONEY, P, "报价 报价单", "Quotation, Quoted Price"),
        _f("old_vehicle", TEXT, P, "现有车辆 旧车", "Current Vehicle, Current Car, Old Car"),
        _f("trade_in", BOOL, P, "是否置换", "Part Exchange"),
        _f("last_follow_date", DATE, P, "上次跟进",
           "Last Follow-up, Last Follow-up Date, Last Followed Up, Last Contact, Last Contact Date"),
        _f("next_follow_date", DATE, P, "下次跟进 下次回访日期",
           "Next Follow-up, Next Follow-up Date, Next Contact, Next Contact Date"),
        _f("follow_count", INTEGER, P, "跟进次数", "Follow-ups, Number of Follow-ups"),
        _f("status", ENUM, P, "状态 跟进状态 客户状态", "Lead Status", words="prospect_status"),
        _f("deposit_date", DATE, T, "订金日期", "Deposit Paid On, Deposit On"),
        _f("order_date", DATE, T, "订车日期 下订日期", "Ordered, Ordered On"),
        _f("cancel_date", DATE, P, "退订日期", "Cancelled On, Canceled On, Cancellation Date"),
        _f("cancel_reason", TEXT, P, "退订原因", "Cancellation Reason, Reason for Cancellation"),
        _f("lost_date", DATE, P, "战败日期", "Lost On, Date Lost"),
        _f("lost_reason", TEXT, P, "战败原因", "Reason Lost, Loss Reason, Reason for Loss"),
        _f("lost_model", TEXT, P, "战败车型", "Model Bought Instead, Bought Instead"),
        _f("delivered_customer_id", ID, T, "成交客户编号", "Converted Customer ID"),
        _f("reviewed_by", TEXT, P, "客户审核 主管核阅", "Checked By"),
        _SALES_ADVISOR,
    ),
)  # fmt: skip

BASE_CARD = Entity(
    "base_card",
    ("基盘卡", "C卡", "基盘卡 (C卡)", "黄卡", "Base Cards", "C-Cards", "Yellow Cards"),
    ("card_no",),
    (
        _f("card_no", ID, P, "C卡编号 黄卡编号 卡号", "Card Number"),
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _VIN,
        _PLATE,
        _f("converted_from", ID, P, "原A卡号", "A-card No, From A-card"),
        _f("month_file", MONTH, P, "归档月份 月份别", "Filed Under, Month"),
        _f("plan_rows", LIST, P, "回访计划 联系计划", "Contact Plan, Call Plan"),
        # A tick or the day of the check: both are kept as text.
        _f("manager_checked", TEXT, P, "销售经理确认 经理检查", "Checked by Manager"),
    ),
)  # fmt: skip

SURVEY_TEMPLATE = Entity(
    "survey_template",
    ("回访模板", "Survey Templates", "问卷模板"),
    ("template_id", "question_no"),
    (
        _f("template_id", ID, P, "模板编号 问卷编号", "Template No, Survey ID"),
        _f("question_no", INTEGER, P, "题号", "Question Number, No"),
        _f("name", TEXT, P, "模板名称", "Template Name, Survey Name"),
        _f("scenario", ENUM, P, "适用场景", "Used For", words="survey_scenario"),
        _f("text", TEXT, P, "题目", "Question"),
        _f("answer_type", ENUM, P, "题型", "Type of Answer", words="answer_type"),
        _f("weight", DECIMAL, P, "权重"),
    ),
)  # fmt: skip

SURVEY_ANSWER = Entity(
    "survey_answer",
    ("问卷答案", "Survey Answers"),
    ("contact_id", "question_no"),
    (
        _CONTACT_ID,
        _f("question_no", INTEGER, P, "题号", "Question Number, No"),
        _f("answer", TEXT, P, "答案"),
        _f("score", DECIMAL, P, "得分"),
    ),
)  # fmt: skip

MAINTENANCE_REMINDER = Entity(
    "maintenance_reminder",
    ("保养提醒及跟进管控表", "保养提醒", "Maintenance Reminders", "Service Reminders"),
    ("reminder_id",),
    (
        _f("reminder_id", ID, P, "提醒编号 提醒单号", "Reminder No, Reminder Number"),
        _VIN,
        _PLATE,
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _MOBILE,
        _f("due_date", DATE, P, "应保养日期", "Due, Service Due, Service Due Date, Next Service"),
        _f("due_km", KM, P, "应保养里程", "Due At km, Service Due km, Due Mileage"),
        _f("basis", ENUM, P, "提醒依据", "Reminder Basis", words="reminder_basis"),
        _f("first_reminded_on", DATE, P, "提醒日期 首次提醒", "First Reminded, Reminded On"),
        _f("last_reminded_on", DATE, P, "最近提醒", "Last Reminded"),
        _f("times", INTEGER, P, "提醒次数", "Times Reminded"),
        _f("result", ENUM, P, "提醒结果", "Outcome, Reminder Result", words="reminder_result"),
        _f("promised_date", DATE, P, "承诺到店日期 预计到店", "Promised, Promised For"),
        _f("arrived_date", DATE, T, "到店日期 实际进厂", "Arrived, Arrived On, Arrival Date"),
    ),
)  # fmt: skip

RENEWAL = Entity(
    "renewal",
    ("续保年检提醒", "续保年检", "Renewals", "Insurance Renewals"),
    ("renewal_id",),
    (
        _f("renewal_id", ID, P, "提醒编号 续保编号", "Renewal No, Renewal Number"),
        _VIN,
        _PLATE,
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _MOBILE,
        _f("kind", ENUM, P, "类型", "Type, Renewal Type", words="renewal_kind"),
        _f("expiry", DATE, P, "到期日 到期日期", "Expiry Date, Expires, Expires On, Valid Until"),
        _f("reminded_on", DATE, P, "提醒日期", "Reminded"),
        _f("result", ENUM, T, "续保结果 年检结果", "Outcome, Renewal Result", words="renewal_result"),
        _f("premium", MONEY, T, "保费 保险金额", "Insurance Premium"),
    ),
)  # fmt: skip

CAMPAIGN = Entity(
    "campaign",
    ("活动", "Campaigns", "Events"),
    ("campaign_id",),
    (
        _f("campaign_id", ID, P, "活动编号", "Campaign No, Event ID, Event No"),
        _f("name", TEXT, P, "活动名称 活动主题", "Campaign, Campaign Name, Event, Event Name"),
        _f("kind", ENUM, P, "活动类型", "Type, Campaign Type, Event Type", words="campaign_kind"),
        _f("start", DATE, P, "开始 开始日期", "Start Date, Starts"),
        _f("end", DATE, P, "结束 结束日期", "End Date, Ends"),
        _f("place", TEXT, P, "地点", "Venue, Location"),
        _f("budget", MONEY, P, "预算"),
        _f("quota", INTEGER, P, "名额", "Places, Seats"),
        _f("target_filter", TEXT, P, "目标客户 邀约条件", "Target Customers, Who to Invite"),
    ),
)  # fmt: skip

INVITATION = Entity(
    "invitation",
    ("活动邀约", "Invitations"),
    ("campaign_id", "customer_id"),
    (
        _f("campaign_id", ID, P, "活动编号", "Campaign No, Event ID, Event No"),
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _MOBILE,
        _f("invited_on", DATE, P, "邀约日期", "Invited"),
        _f("channel", ENUM, P, "方式", "Invited Via, Via", words="channel"),
        _f("reply", ENUM, P, "回复", "Answer, RSVP", words="invitation_reply"),
        _f("plus_ones", INTEGER, P, "携带人数 家属人数", "Guests, Plus One"),
        _f("attended", BOOL, T, "是否到场", "Came, Attended Event"),
        _f("deal", BOOL, T, "是否成交", "Sold"),
        _f("cost", MONEY, T, "费用"),
    ),
)  # fmt: skip

INTEREST = Entity(
    "interest",
    ("兴趣点", "Interests"),
    ("customer_id", "interest"),
    (
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _f("interest", ENUM, D, "兴趣点 爱好", "Hobby", words="interest"),
    ),
)  # fmt: skip

CLUB_MEMBER = Entity(
    "club_member",
    ("俱乐部成员", "Club Members", "俱乐部"),
    ("customer_id", "interest"),
    (
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _f("interest", ENUM, D, "兴趣点 爱好", "Hobby", words="interest"),
        _f("team", TEXT, P, "球队 队名", "Team Name"),
        _f("captain", BOOL, P, "队长", "Team Captain"),
        _f("uniform", TEXT, P, "队服", "Kit"),
    ),
)  # fmt: skip

REFERRAL = Entity(
    "referral",
    ("转介绍", "Referrals"),
    ("referral_id",),
    (
        _f("referral_id", ID, P, "转介绍编号 推荐编号", "Referral No"),
        _f("referrer_id", TEXT, P, "介绍人 推荐人", "Referrer, Referred By"),
        _f("friend_name", TEXT, P, "被介绍人 朋友姓名", "Friend, Referred Person"),
        _f("friend_mobile", PHONE, P, "电话", "Phone, Mobile, Friend Phone"),
        _f("model", TEXT, P, "意向车型", "Interested In"),
        _f("date", DATE, T, "推荐日期", "Referral Date, Referred On"),
        _f("source_contact_id", ID, T, "来源", "Contact ID, Call ID"),
        _f("result", TEXT, T, "结果", "Outcome"),
        _f("deal_date", DATE, T, "成交日期", "Sold On"),
        _f("reward", MONEY, T, "奖励", "Bonus"),
    ),
)  # fmt: skip

KEY_ACCOUNT = Entity(
    "key_account",
    ("大客户档案", "大客户", "Key Accounts", "Fleet Accounts"),
    ("account_no",),
    (
        _f("account_no", ID, P, "大客户编号 编号", "Account Number, Account ID, Key Account No"),
        _f("name", TEXT, D, "客户姓名 客户名称 大客户名称", "Account Name, Customer Name, Customer, Key Account"),
        _f("unit", TEXT, D, "工作单位", "Organisation, Organization"),
        _f("position", TEXT, D, "职位", "Job Title"),
        _f("address", TEXT, D, "住址 地址"),
        _f("contact", PHONE, D, "联系方式 联系电话 电话", "Contact Details, Phone, Contact No"),
        _f("annual_frequency", INTEGER, T, "年消费频率(次/年)",
           "Visits per Year, Yearly Frequency, Frequency per Year"),
        _f("amount", MONEY, T, "年消费量(元)", "Annual Amount, Yearly Amount, Annual Spend, Yearly Spend"),
        _f("margin_pct", DECIMAL, T, "利润率(%)", "Margin, Profit Margin"),
        _f("wallet_share_pct", DECIMAL, T, "采购份额", "Share of Wallet, Wallet Share"),
        _f("stage", ENUM, T, "客户关系阶段", "Relationship Stage", words="relationship_stage"),
        _f("on_time_pct", DECIMAL, T, "付款及时率", "On-time Payment, Paid On Time"),
        _f("sales_mode", ENUM, T, "销售模式", "Mode of Sale", words="sales_mode"),
        _f("years", DECIMAL, T, "合作年限", "Years as Customer, Years with Us"),
        _f("reputation", DECIMAL, T, "知名度"),
        _f("key_person", TEXT, D, "关键人", "Decision Maker"),
        _f("insider", TEXT, D, "内线"),
        _f("org_chart", TEXT, D, "组织结构", "Organisation Chart, Organization Chart"),
        _f("competitor_relation", TEXT, P, "同关键竞争对手关系", "Relation to Competitors"),
        _f("comm_method", TEXT, P, "客户服务沟通方式", "Communication Method"),
        _f("comm_frequency", TEXT, P, "沟通频率", "Communication Frequency"),
        _f("potential", TEXT, P, "关系发展潜力"),
        _f("satisfaction", TEXT, P, "客户满意度", "Customer Satisfaction"),
        _f("plan", TEXT, P, "维护方案", "Care Plan"),
        _f("owner", TEXT, P, "负责人员", "Account Manager, Key Account Manager, KAM, Responsible"),
        _f("cost", MONEY, P, "维护费用", "Cost of Care"),
        _f("contacts", LIST, P, "对接人1 对接人", "Our Contact, Our Contact 1, First Contact"),
        # The second of the two colleagues who know the account (DOM 2.12 wants at least two).
        _f("second_contact", TEXT, P, "对接人2", "Our Contact 2"),
    ),
)  # fmt: skip

STAFF = Entity(
    "staff",
    ("员工", "Staff", "Employees", "员工名单", "人员"),
    ("staff_id",),
    (
        _f("staff_id", ID, P, "工号", "Staff No, Staff Number, Employee ID, Employee No, Employee Number"),
        _f("name", TEXT, P, "姓名 员工姓名", "Staff Name, Employee, Employee Name, Full Name"),
        _f("role", ENUM, P, "岗位 角色 职位", "Role Code, Position, Job Title", words="role"),
        _f("team", TEXT, P, "班组", "Group"),
        _f("status", ENUM, P, "在职状态 状态", "Employment Status", words="staff_status"),
        _f("leave_date", DATE, P, "离职日期", "Left On, Leaving Date, Last Day"),
    ),
)  # fmt: skip

STORE = Entity(
    "store",
    ("门店", "Stores", "Branches"),
    ("store_code",),
    (
        _f("store_code", TEXT, P, "门店代码 店代码", "Store, Branch Code, Dealer Code"),
        _f("name", TEXT, P, "门店名称", "Store Name, Branch Name"),
        _f("region", TEXT, P, "区域", "Area"),
        _f("hotline", TEXT, P, "服务热线", "Service Hotline"),
        _f("open_time", TIME, P, "营业开始", "Opens, Opening Time"),
        _f("close_time", TIME, P, "营业结束", "Closes, Closing Time"),
    ),
)  # fmt: skip

HANDOVER = Entity(
    "handover",
    ("交接", "Handovers"),
    ("handover_id",),
    (
        _f("handover_id", ID, P, "交接编号", "Handover No"),
        _f("from", TEXT, P, "移交人", "Handed Over By, Old Owner"),
        _f("to", TEXT, P, "接收人", "Taken Over By, New Owner"),
        _f("date", DATE, P, "交接日期", "Handover Date"),
        _f("reason", TEXT, P, "原因"),
        _f("customer_count", INTEGER, P, "客户数", "Customers, Number of Customers"),
        _f("customer_notified_on", DATE, P, "告知客户日期", "Customers Told On"),
    ),
)  # fmt: skip

PARC = Entity(
    "parc",
    ("保有量", "Parc", "Vehicle Parc"),
    ("month",),
    (
        _f("month", MONTH, P, "月份"),
        _f("parc", INTEGER, P, "保有量 品牌保有量 当地保有量", "Vehicle Parc, Vehicles in Area"),
    ),
    fewest_headings=2,
)  # fmt: skip

SCORECARD = Entity(
    "scorecard",
    ("员工考核", "Scorecard", "Staff Scorecard"),
    ("staff", "month"),
    (
        _f("staff", TEXT, P, "员工 姓名 员工姓名", "Name, Employee, Staff Name"),
        _f("month", MONTH, P, "月份 考核月份"),
        _f("info_collected", INTEGER, P, "信息收集 信息收集量 信息量", "Records Collected"),
        _f("info_target", INTEGER, P, "信息目标 信息收集目标", "Records Target"),
        _f("contribution", DECIMAL, P, "贡献 贡献值 贡献额"),
        _f("contribution_target", DECIMAL, P, "贡献目标"),
    ),
)  # fmt: skip

def _with_further_headings(entity: Entity) -> Entity:
    further = FURTHER.get(entity.name, {})
    return replace(entity, fields=tuple(_and(each, *further.get(each.name, ("",))) for each in entity.fields))


ENTITIES: dict[str, Entity] = {
    entity.name: _with_further_headings(entity)
    for entity in (
        CUSTOMER, VEHICLE, SERVICE_VISIT, BOOKING, CONTACT_LOG, COMPLAINT, PROSPECT, BASE_CARD,
        SURVEY_TEMPLATE, SURVEY_ANSWER, MAINTENANCE_REMINDER, RENEWAL, CAMPAIGN, INVITATION, INTEREST,
        CLUB_MEMBER, REFERRAL, KEY_ACCOUNT, STAFF, STORE, HANDOVER, PARC, SCORECARD,
    )
}  # fmt: skip
"""Every table by its name, in the order of DOM 2.2; where two tables claim a sheet equally, the earlier has it."""


@dataclass(frozen=True)
class Meaning:
    """What an ambiguous heading may mean on the sheet of one table.

    Args:
        fields: Candidates as `(entity, field)`, the likelier first.
        ask: Whether the store is asked as long as more than one candidate is free. Otherwise the first free
            one is taken. A candidate is free while no other heading of the sheet claims it.
        never_take: The store is always asked, even about one free candidate.
    """

    fields: tuple[tuple[str, str], ...]
    ask: bool = False
    never_take: bool = False


@dataclass(frozen=True)
class AmbiguousHeading:
    """One row of DOM 2.16.

    Args:
        headings: The spellings of the heading.
        meanings: By table of the sheet; `wide` is a customer sheet that carries vehicle columns.
        by_content: The candidates are told apart by words or numbers in the column, the first being the
            one for words.
    """

    headings: tuple[str, ...]
    meanings: Mapping[str, Meaning]
    by_content: bool = False


def _is(*fields: str) -> Meaning:
    return Meaning(_pairs(fields))


def _ask(*fields: str) -> Meaning:
    return Meaning(_pairs(fields), ask=True)


def _always_ask(*fields: str) -> Meaning:
    return Meaning(_pairs(fields), ask=True, never_take=True)


def _pairs(fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((entity, name) for entity, name in (field.split(".") for field in fields))


AMBIGUOUS: tuple[AmbiguousHeading, ...] = (
    AmbiguousHeading(("日期", "时间", "Date", "Time"), {
        "vehicle": _is("vehicle.delivery_date"),
        "service_visit": _is("service_visit.visit_date"),
        "contact_log": _is("contact_log.contact_at"),
        "customer": _is("customer.created_date"),
        "wide": _ask("customer.created_date", "vehicle.delivery_date"),
        "prospect": _is("prospect.created_date"),
        "booking": _ask("booking.appointment_at", "booking.booked_on"),
        "complaint": _ask("complaint.received_at", "complaint.resolved_at"),
    }),
    AmbiguousHeading(("交车日期",), {
        "vehicle": _is("vehicle.delivery_date"),
        "customer": _is("vehicle.delivery_date"),
        "wide": _is("vehicle.delivery_date"),
        "service_visit": _is("service_visit.checkout_date"),
    }),
    AmbiguousHeading(("登记日期",), {
        "customer": _is("customer.created_date"),
        "vehicle": _is("vehicle.registration_date"),
        "wide": _ask("customer.created_date", "vehicle.registration_date"),
        "prospect": _is("prospect.created_date"),
    }),
    AmbiguousHeading(("联系方式",), {
        "customer": _is("customer.mobile"),
        "wide": _is("customer.mobile"),
        "contact_log": _is("contact_log.channel", "contact_log.mobile"),
        "service_visit": _is("service_visit.mobile"),
        "booking": _is("booking.mobile"),
        "complaint": _is("complaint.mobile"),
        "prospect": _is("prospect.mobile"),
        "maintenance_reminder": _is("maintenance_reminder.mobile"),
        "renewal": _is("renewal.mobile"),
        "key_account": _is("key_account.contact"),
    }),
    AmbiguousHeading(("客户级别", "客户等级"), {
        "customer": _is("customer.customer_grade"),
        "wide": _is("customer.customer_grade"),
        "prospect": _is("prospect.grade"),
    }),
    AmbiguousHeading(("等级", "级别", "Grade", "Level"), {
        "customer": _ask("customer.customer_grade", "customer.credit_grade"),
        "wide": _ask("customer.customer_grade", "customer.credit_grade"),
        "prospect": _is("prospect.grade"),
    }),
    AmbiguousHeading(("状态", "Status"), {
        "vehicle": _is("vehicle.vehicle_status"),
        "wide": _is("vehicle.vehicle_status"),
        "customer": _always_ask("vehicle.vehicle_status"),
        "booking": _is("booking.status"),
        "complaint": _is("complaint.status"),
        "prospect": _is("prospect.status"),
        "staff": _is("staff.status"),
    }),
    AmbiguousHeading(("里程", "公里数", "km"), {
        "vehicle": _is("vehicle.last_odometer"),
        "wide": _is("vehicle.last_odometer"),
        "customer": _ask("vehicle.last_odometer", "customer.distance_km"),
        "service_visit": _is("service_visit.odometer_in"),
    }),
    AmbiguousHeading(("服务顾问", "Service Advisor"), {
        "customer": _is("customer.service_advisor_owner"),
        "wide": _is("customer.service_advisor_owner"),
        "service_visit": _is("service_visit.service_advisor"),
    }),
    AmbiguousHeading(("SA",), {
        "customer": _is("customer.service_advisor_owner", "customer.sales_advisor"),
        "wide": _is("customer.service_advisor_owner", "customer.sales_advisor"),
        "service_visit": _is("service_visit.service_advisor"),
        "prospect": _is("prospect.sales_advisor"),
    }),
    AmbiguousHeading(("客户编号",), {
        "customer": _is("customer.customer_id"),
        "wide": _is("customer.customer_id"),
        "vehicle": _is("vehicle.customer_id"),
        "booking": _is("booking.customer_id"),
        "contact_log": _is("contact_log.customer_id"),
        "complaint": _is("complaint.customer_id"),
        "maintenance_reminder": _is("maintenance_reminder.customer_id"),
        "renewal": _is("renewal.customer_id"),
        "prospect": _is("prospect.prospect_no"),
        "key_account": _always_ask("key_account.account_no"),
    }),
    AmbiguousHeading(("金额",), {
        "service_visit": _always_ask("service_visit.total_amount", "service_visit.paid_amount"),
        "key_account": _always_ask("key_account.amount", "key_account.cost"),
    }),
    AmbiguousHeading((
        "满意度", "Satisfaction", "客户满意度", "总体满意度", "综合满意度", "整体满意度", "服务满意度", "满意度评价", "客户评价",
        "Overall Satisfaction", "Satisfaction Rating", "CSAT", "CSI",
    ), {
        "contact_log": _is("contact_log.satisfaction_level", "contact_log.score"),
    }, by_content=True),
    AmbiguousHeading(("回访日期",), {
        "contact_log": _is("contact_log.contact_at", "contact_log.planned_date"),
    }),
)  # fmt: skip
"""Headings that mean different fields on different sheets (DOM 2.16): settled by the sheet, else asked."""
