# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Fields of a car (DOM 2.4)."""

from dataclasses import replace

from xl_retention.domain.schema.fields import (
    BOOL,
    DATE,
    DECIMAL,
    ENUM,
    INTEGER,
    KM,
    MONEY,
    TEXT,
    TIME,
    Entity,
    P,
    T,
    f,
    with_headings,
)
from xl_retention.domain.schema.in_several_tables import (
    CUSTOMER_ID,
    NEXT_SERVICE_DATE,
    NEXT_SERVICE_KM,
    PLATE_NO,
    VIN_NO,
)

VEHICLE = Entity(
    "vehicle",
    ("车辆档案", "车辆", "Vehicles", "Vehicle", "Vehicle List", "Cars", "车辆信息", "车辆资料"),
    ("vin",),
    (
        VIN_NO,
        PLATE_NO,
        with_headings(replace(CUSTOMER_ID, info_class=T), "车主编号", "Owner ID, Owner No"),
        f("brand", TEXT, T, "品牌", "Make"),
        f("series", TEXT, T, "车系 车型系列 车种", "Model Series, Model Line, Car Line"),
        f("model", TEXT, T, "车型 车型名称 型号 欲购车型", "Car Model, Vehicle Model"),
        f("config", TEXT, T, "配置 汽车配置 车型配置 款型", "Configuration, Trim, Trim Level, Variant"),
        f("color", TEXT, T, "颜色 车身颜色 外观颜色", "Colour, Exterior Colour, Exterior Color"),
        f("engine_no", TEXT, T, "发动机号 发动机号码", "Engine Number"),
        f("use_type", ENUM, T, "车辆用途 使用性质 用途 车辆性质", "Usage, Use, Vehicle Use", words="use_type"),
        f("purchase_date", DATE, T, "购车日期 购车时间 购买日期 开票日期 发票日期",
          "Purchased On, Invoice Date, Purchased, Date of Purchase, Bought On, Date Bought, Sale Date, Date Sold"),
        f("delivery_date", DATE, T, "交车日期 提车日期 交付日期 交车时间 提车时间",
          "Delivered On, Handover Date, Delivered, Delivery, Date of Delivery, Date Delivered, Handed Over, "
          "Handed Over On"),
        f("delivery_time", TIME, T, "交车时刻 交车时间点", "Time of Delivery, Handover Time"),
        f("registration_date", DATE, T, "上牌日期 登记日期 注册日期 初次登记日期",
          "First Registration, First Registration Date, First Registered, Date of First Registration, "
          "Date of Registration, Registered On"),
        f("price", MONEY, T, "车价 成交价 购车金额 裸车价",
          "Sale Price, Selling Price, Purchase Price, Vehicle Price, Price Paid"),
        f("payment_mode", ENUM, T, "付款方式 购车方式 是否贷款", "Payment Method, Financing", words="payment_mode"),
        f("loan_months", INTEGER, T, "贷款期限 贷款年限 分期期数", "Loan Term, Finance Term"),
        f("loan_end_date", DATE, T, "贷款到期日 还款结束日", "Loan End, Loan Ends, Loan Until, Finance End Date"),
        f("selling_store", TEXT, T, "销售门店 售出店 购车店", "Selling Dealer, Sold At, Bought At"),
        f("sales_order_no", TEXT, T, "订单号 合同号 销售单号",
          "Sales Order, Order No, Order Number, Contract No, Sales Contract No"),
        f("insurer", TEXT, T, "保险公司 承保公司", "Insurance Company, Insured With"),
        f("policy_no", TEXT, T, "保单号 保险单号", "Policy, Policy Number, Insurance Policy No"),
        f("insurance_expiry", DATE, T, "保险到期日 保险到期 保险截止日期 商业险到期 续保日期 商业险到期日 交强险到期 交强险到期日",
          "Insurance Until, Insurance Expires, Insurance Expiry Date, Insurance Due, Insurance End, "
          "Insurance Valid Until, Insurance Renewal Date, Policy Expiry"),
        f("inspection_expiry", DATE, T, "年检到期日 年检到期 年审到期 年检日期 检验有效期 年检有效期至",
          "Inspection Until, Inspection Expires, Inspection Expiry Date, Inspection Due, Inspection Due Date, "
          "Inspection Valid Until, MOT Due, MOT Expiry, MOT Until"),
        f("warranty_end", DATE, T, "质保到期 保修到期日 三包到期",
          "Warranty Until, Warranty Expires, Warranty Expiry, Warranty Expiry Date, Warranty End Date, "
          "Warranty Valid Until"),
        f("last_odometer", KM, T, "行驶里程 里程 公里数 当前里程 进厂里程",
          "Odometer, Mileage, km, Current Mileage, Current Odometer, Current km, Odometer Reading, Last Mileage, "
          "Kilometres, Kilometers, Odo"),
        f("odometer_date", DATE, T, "里程日期 里程登记日期", "Odometer Read On, Mileage Date, Reading Date"),
        f("first_service_done", BOOL, T, "是否首保 首保状态 首保完成", "First Service Completed"),
        f("first_service_date", DATE, T, "首保日期 首保时间", "Date of First Service, First Serviced On"),
        f("last_service_date", DATE, T, "上次保养日期 最近保养时间 上次进厂日期",
          "Last Service, Last Serviced, Last Serviced On, Last Service On, Date of Last Service, "
          "Last Maintenance, Last Maintenance Date"),
        NEXT_SERVICE_DATE,
        NEXT_SERVICE_KM,
        f("avg_daily_km", DECIMAL, T, "日均里程 平均日里程", "Daily km, km per Day, Average Daily km"),
        f("vehicle_status", ENUM, P, "车辆状态 状态 是否在用", "Status, Car Status", words="vehicle_status"),
        f("accessories", TEXT, T, "装具 精品 加装 太阳膜", "Extras, Fitted Accessories"),
    ),
).also_called({
    "vin": ("VIN号 车辆识别码 识别代号 车身号 大架号", "Full VIN"),
    "plate_no": ("号牌号码 车辆牌号 车牌号(新) 现车牌号 车辆号码", "Registration Mark, Registration Plate, VRM, Tag, Tag No, License Tag, Number Plate No, Car No"),
    "customer_id": ("所属客户编号 车主客户编号", "Owner Code"),
    "brand": ("厂牌", "Marque, Manufacturer"),
    "series": ("车辆系列 所属车系", "Model Range, Model Family"),
    "model": ("产品型号 车型号 购买车型 所购车型", "Model Desc"),
    "config": ("配置型号 配置级别 配置版本", "Spec, Trim line"),
    "color": ("车色 外色 车身色 外观色 车漆颜色 外饰颜色", "Body Colour, Ext Color"),
    "engine_no": ("发动机No", "Motor No, Engine Serial No"),
    "use_type": ("车辆使用用途 车辆用途分类 使用类型", "Usage Type"),
    "purchase_date": ("购入日期 购车年月 买车日期 售车日期", "Buy Date, Sales Date, Inv Date, Invoiced On, Retail Date"),
    "delivery_date": ("交车日期(销售) 新车交车日期 实际交车日期 新车交付日期 领车日期 提新车日期", "Actual Delivery Date, Collection Date"),
    "delivery_time": ("交车钟点 交车具体时间", ""),
    "registration_date": ("登记上牌日期 注册登记日期 初登日期 初次上牌日期 首次登记日期 首次上牌日期 领牌日期 挂牌日期 行驶证注册日期 初次注册日期", ""),
    "price": ("销售价格 售价 车辆价格 实际成交价 开票价 发票金额", "Sales Price, Deal Price, Transaction Price"),
    "payment_mode": (
        "付款形式 支付方式 付款类型 购车付款方式 付款模式 是否按揭 是否分期 是否全款",
        "Payment Type, Finance Type, Cash or Finance",
    ),
    "loan_months": ("贷款期数 分期数 贷款月数 按揭期限 分期期限", "Loan Period, Finance Period"),
    "loan_end_date": (
        "按揭到期日 贷款结束日期 还款到期日 金融到期日",
        "Loan Maturity, Loan Maturity Date, Finance Ends, Finance End, Finance Expiry, Loan Expiry Date",
    ),
    "selling_store": (
        "购车门店 销售店 售出门店 购车经销商 销售经销商 购买店 售车店 销售单位",
        "Selling Branch, Sold by Store, Sales Dealer, Purchased At, Purchased From, Bought From, Retail "
        "Dealer",
    ),
    "sales_order_no": ("销售订单号 销售合同号 购车合同号 合约编号", "SO No"),
    "insurer": ("投保公司 承保保险公司 承保单位 投保保险公司", "Insurance Co, Insurance Provider"),
    "insurance_expiry": (
        "保单到期日 续保到期日 车辆保险到期日",
        "Insurance End Date, Insurance Due Date, Policy End Date, Policy Expiry Date, Policy Renewal Date",
    ),
    "inspection_expiry": (
        "行驶证检验有效期 下次年检日期",
        "MOT Due Date, MOT Expiry Date, Annual Inspection Due, Annual Inspection Date, Annual Inspection "
        "Expiry, Next Inspection, Next Inspection Date, Roadworthy Expiry, WOF Expiry",
    ),
    "warranty_end": ("质保期至 原厂质保到期日 保修期至 保固到期日 质保结束日期 整车质保到期", "Factory Warranty Until, Manufacturer Warranty End"),
    "last_odometer": (
        "最近里程 最新里程 最新行驶里程 目前里程 表显里程 里程表读数 里程表数 行车里程 已行驶里程 总里程 累计里程 "
        "累计行驶里程",
        "Odometer km, Last Odometer Reading, Last Recorded Mileage, Last Known Mileage, Last Known Odometer, Odometer at Last Visit, Last km, Latest Mileage, Latest Odometer, Actual Mileage",
    ),
    "odometer_date": ("里程记录日期 里程更新日期 抄表日期 里程读取日期 里程采集日期", "Date of Odometer Reading"),
    "first_service_done": ("是否已首保 首保是否完成 首保情况 是否做首保 已首保 是否做过首保 首保完成情况", ""),
    "first_service_date": ("首次保养日期 首保完成日期 首保进厂日期", ""),
    "last_service_date": (
        "最近维修日期",
        "Latest Service Date, Most Recent Service, Last Service Visit, Previous Service Date, Last Visit "
        "Date, Last Workshop Visit",
    ),
    "next_service_date": (
        "预计下次保养日期 下次预计保养日期 应保日期 建议下次保养日期 下次应保养日期 下次应保日期",
        "Next Service Due Date, Maintenance Due, Maintenance Due Date",
    ),
    "next_service_km": ("预计保养里程 应保里程 建议下次保养里程 下次应保养里程 下次应保里程", "Next Service Due km"),
    "avg_daily_km": ("日均行驶里程 平均每日里程 每日平均里程 日行驶里程", "Avg km/day, Average km per Day, Average Daily Mileage, Daily Mileage"),
    "vehicle_status": ("车辆当前状态 在用状态 车辆使用状态", ""),
    "accessories": ("加装精品 精品加装 精品装饰 加装配件 配件加装 精品项目 加装项目", "Fitted Extras"),
})  # fmt: skip
