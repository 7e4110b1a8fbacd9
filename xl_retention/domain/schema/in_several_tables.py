"""Fields that several tables carry under the same headings ("as above" in DOM 2)."""

from xl_retention.domain.schema.fields import (
    DATE,
    ENUM,
    ID,
    KM,
    PHONE,
    PLATE,
    TEXT,
    VIN,
    D,
    P,
    T,
    f,
    with_headings,
)

CUSTOMER_ID = f(
    "customer_id",
    ID,
    D,
    "客户编号 客户号 客户代码 档案号 会员号",
    "Customer No, Client ID, Customer Number, Customer Code, Client No, Client Number, Client Code, Cust ID, Cust No",
)
CUSTOMER_NAME = f(
    "customer_name",
    TEXT,
    D,
    "客户姓名 车主姓名 姓名 车主 客户名称 用户名",
    "Name, Owner, Client, Customer, Full Name, Owner Name, Client Name, Customer Full Name, Vehicle Owner, "
    "Registered Owner",
)
_HEADINGS_OF_A_PHONE = (
    "手机 手机号 手机号码 联系电话 移动电话 电话 车主电话",
    "Phone, Mobile Phone, Tel, Telephone, Mobile No, Mobile Number, Phone No, Phone Number, Cell, Cell Phone, "
    "Cell No, Tel No, Telephone No, Telephone Number, Contact Phone, Handphone",
)
PHONE_OF_THE_LOG = f("mobile", PHONE, D, *_HEADINGS_OF_A_PHONE)  # there 联系方式 is the channel, Contact No the row
MOBILE = with_headings(PHONE_OF_THE_LOG, "联系方式", "Contact No, Contact Number")
VIN_NO = f(
    "vin",
    VIN,
    T,
    "车架号 VIN VIN码 车辆识别代号 底盘号 车架号码",
    "VIN No, VIN Number, VIN Code, VIN #, Chassis No, Chassis Number, Chassis, Vehicle Identification Number, Frame No",
)
PLATE_NO = f(
    "plate_no",
    PLATE,
    T,
    "车牌号 车牌 车牌号码 牌照号 车号",
    "Plate, Licence Plate, License Plate, Registration No, Plate Number, Number Plate, Reg No, Reg Number, Rego, "
    "Registration Number, Licence Plate No, License Plate No, Licence Plate Number, License Plate Number, "
    "Vehicle Reg",
)
STORE_CODE = f(
    "store_code",
    TEXT,
    P,
    "门店 店别 店代码 经销商代码 分店",
    "Store, Branch, Branch Code, Dealer Code, Dealership, Outlet",
)
NEXT_SERVICE_DATE = f(
    "next_service_date",
    DATE,
    T,
    "下次保养日期 预计保养日期 下次保养时间 应保养日期",
    "Next Service, Next Service Due, Next Service On, Service Due, Service Due Date, Next Maintenance, "
    "Next Maintenance Date, Date of Next Service",
)
NEXT_SERVICE_KM = f(
    "next_service_km",
    KM,
    T,
    "下次保养里程 应保养里程 下次保养公里",
    "Next Service Mileage, Next Service Odometer, Next Service At km, Service Due km, Next Maintenance km, "
    "Next Maintenance Mileage",
)
RO_NO = f(
    "ro_no",
    ID,
    T,
    "工单号 委托书号 维修单号 派工单号 结算单号",
    "Repair Order, RO Number, Job No, RO, RO #, Repair Order No, Repair Order Number, Job Card, Job Card No, "
    "Job Number, Work Order, Work Order No, Work Order Number",
)
SALES_ADVISOR = f(
    "sales_advisor",
    TEXT,
    P,
    "销售顾问 业务员 销售员 负责销售 归属顾问",
    "Salesperson, Sales Consultant, Salesman, Saleswoman, Sales Rep, Sales Executive, Sales Adviser, Sold By",
)
BOOKING_ID = f("booking_id", ID, P, "预约编号 预约单号", "Booking No, Booking Number, Booking Ref, Appointment No")
COMPLAINT_ID = f("complaint_id", ID, P, "投诉编号 投诉单号", "Complaint No, Complaint Number, Complaint Ref, Case No")
CONTACT_ID = f("contact_id", ID, P, "回访编号 记录号", "Call ID, Call No, Log No, Record No")
SOURCE_CHANNEL = f(
    "source_channel",
    ENUM,
    D,
    "信息来源 客户来源 来源渠道 来店渠道 获知渠道",
    "Source, Lead Source, Customer Source, Heard From",
    words="source_channel",
)
