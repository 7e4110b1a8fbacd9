# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Fields of a visit to the workshop (DOM 2.5)."""

from xl_retention.domain.schema.fields import (
    BOOL,
    DATE,
    ENUM,
    KM,
    MONEY,
    TEXT,
    Entity,
    P,
    T,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    BOOKING_ID,
    CUSTOMER_NAME,
    MOBILE,
    NEXT_SERVICE_DATE,
    NEXT_SERVICE_KM,
    PLATE_NO,
    RO_NO,
    STORE_CODE,
    VIN_NO,
)

SERVICE_VISIT = Entity(
    "service_visit",
    ("维修记录", "进厂记录", "维修记录 (进厂记录)", "工单", "Repair Orders", "Service Visits", "Visits",
     "Service Records", "Service History", "Job Cards", "Workshop Visits"),
    ("ro_no",),
    (
        RO_NO,
        VIN_NO,
        PLATE_NO,
        CUSTOMER_NAME,
        MOBILE,
        f("visit_date", DATE, T, "进厂日期 进站日期 来厂日期 开单日期 维修日期 到店日期",
          "Visit, Check-in Date, Check-in, Checked In, Visited On, Date of Visit, Date In, Arrival Date, "
          "Arrived On, Service Date, Opened On"),
        f("checkout_date", DATE, T, "出厂日期 离站日期 结算日期 交车日期(维修) 完工日期",
          "Check-out Date, Left On, Check-out, Checked Out, Date Out, Completed On, Completion Date, Released On, "
          "Collected On"),
        f("odometer_in", KM, T, "进厂里程 行驶里程 里程",
          "Odometer, Mileage, km, km In, Mileage In, Odometer Reading, Kilometres, Kilometers, Odo"),
        f("work_type", ENUM, T, "作业项目 维修类型 维修类别 业务类型 进厂类型 维修项目类别",
          "Type of Work, Job Type, Service Type, Repair Type", words="work_type"),
        f("items", TEXT, T, "维修项目 保养项目 作业内容", "Work Done, Work Items, Job Description"),
        f("fault_reason", TEXT, T, "故障原因 故障描述 客户描述",
          "Fault, Fault Description, Symptom, Concern, Customer Concern"),
        f("labour_amount", MONEY, T, "工时费 工时金额",
          "Labour, Labor, Labor Amount, Labour Cost, Labor Cost, Labour Charge, Labor Charge"),
        f("parts_amount", MONEY, T, "材料费 配件费 备件金额", "Parts, Parts Cost, Materials"),
        f("total_amount", MONEY, T, "总金额 维修金额 合计 产值",
          "Total, Amount, Invoice Amount, Invoice Total, Grand Total, Bill Amount, Total Cost"),
        f("paid_amount", MONEY, T, "实收金额 客户付费 自费金额 消费金额 结算金额",
          "Amount Paid, Paid, Customer Paid, Paid by Customer"),
        f("pay_type", ENUM, T, "付款类型 结算方式 费用类型 收费区分",
          "Payment Type, Type of Payment, Charge To, Payer", words="pay_type"),
        f("service_advisor", TEXT, P, "服务顾问 接待员 SA 接车人",
          "Advisor, Adviser, Service Adviser, Service Writer, Receptionist"),
        f("technician", TEXT, P, "技师 维修工 主修人", "Mechanic, Tech"),
        f("booked", BOOL, P, "是否预约 预约客户", "Was Booked, Booked Ahead, By Appointment, With Appointment"),
        BOOKING_ID,
        NEXT_SERVICE_DATE,
        NEXT_SERVICE_KM,
        f("is_rework", BOOL, T, "是否返修 返工", "Rework, Comeback, Repeat Repair"),
        f("major_repair", BOOL, T, "是否大修 大修"),
        STORE_CODE,
    ),
).also_called({
    "ro_no": ("委托单号 施工单号 作业单号 单号 任务委托书号 接车单号", "WIP No, WO No, W/O No"),
    "visit_date": (
        "接车日期 开工单日期 工单日期 服务日期 送修日期 保养日期 报修日期",
        "RO Date, RO Open Date, Repair Order Date, Job Date, Check-in Time, Open Date, Job Card Date, Work "
        "Order Date, Service Visit Date",
    ),
    "checkout_date": (
        "竣工日期 取车日期 结账日期 收银日期 结清日期",
        "Check-out Time, Closed Date, RO Close Date, RO Closed, Close Date, Finish Date, Finished On, Pick-up "
        "Date, Pickup Date, Collection Date",
    ),
    "odometer_in": ("本次里程 里程表读数 表里程 接车里程 进厂行驶里程", "Miles In, Check-in Mileage, Mileage at Check-in, Odometer at Check-in, Km Reading, Mileage at Visit"),
    "work_type": (
        "维修性质 服务类型 作业类型 工单类型 进厂性质 维修分类",
        "RO Type, Job Category, Service Category, Visit Type, Order Type, Repair Category, Repair Order Type",
    ),
    "items": (
        "维修内容 保养内容 作业项目明细 施工项目 服务项目 修理项目 项目明细 工作内容 维修项目内容 作业明细",
        "Work Performed, Work Carried Out, Repair Items, Description of Work, Repairs Done, Services "
        "Performed, Job Details",
    ),
    "fault_reason": ("故障现象 客户抱怨 客户陈述 报修内容 问题描述 故障说明 客户反映 故障情况", "Symptoms, Problem Description, Reported Fault"),
    "labour_amount": ("人工费 工时总额 工时费合计 工时收入 工时合计", "Labour Total, Labor Sales, Labour Value"),
    "parts_amount": ("零件费 配件费合计 材料费合计 配件款 配件合计", "Parts Total, Parts Sales, Parts Value, Material Cost, Material Amount, Spare Parts"),
    "total_amount": (
        "合计金额 费用合计 费用总额 结算总额 总产值",
        "Total Sales, Total Sale, Bill Total, Total Bill Amount, Total Invoice Amount, Total Repair Amount, Inv Total, Inv Amount, Total Charge, Gross Amount, Gross Total",
    ),
    "paid_amount": (
        "实收 客户付费金额 实付金额 实收款 客户实付 客户自付 客付金额 付款金额 实际付款金额 客户支付金额 客户实收金额 客户实付金额 "
        "实收总额 实际收款",
        "Customer Pay, Customer Pay Amount, CP Amount, Amount Paid by Customer, Total Paid, Cash Received, Amount Received, Payment Received, "
        "Actual Paid",
    ),
    "pay_type": (
        "付费类型 收费类别 结算类型 费用性质 付费方式 收费性质",
        "Charge Type, Payment Category, Pay Code, Billing Type, Who Pays, Bill To",
    ),
    "service_advisor": ("接待人 服务接待 前台接待 接车员 业务接待 接待顾问 服务专员 接车SA 接车顾问", "Received By"),
    "technician": ("主修技师 维修人员 修理工 施工技师 维修技工 派工技师 机修工 作业人员", "Technician 1, Serviced By, Repaired By, Worked By"),
    "booked": ("是否预约进厂 是否有预约 预约进厂 是否为预约", "Had Appointment, Pre-booked, Prebooked"),
    "booking_id": ("", "Appointment ID, Reservation No"),
    "is_rework": ("是否返工 返修标记 是否内返 是否外返", "Repeat Visit"),
    "major_repair": ("大修标记", ""),
})  # fmt: skip
