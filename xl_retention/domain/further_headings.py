# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Headings that dealers' own systems and lists use beside those of DOM, by table and field.

Chinese ones parted by blanks, English ones by commas, as in `schema`. What only says the same words in another way
(`heading_forms`) needs no row here.
"""

from collections.abc import Mapping

FURTHER: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "customer": {
        "customer_id": ("会员ID", ""),
        "customer_name": ("客户名 购车人 购车客户", "Buyer Name"),
        "customer_type": ("", "Customer Category"),
        "contact_person": ("实际使用人 驾驶员 司机 车辆使用人", "Main Contact"),
        "mobile": (
            "手机1 电话1 联系手机 移动手机 行动电话 电话号码 联系号码 本人手机 注册手机 常用手机 常用电话 "
            "首选电话 主要电话",
            "Mobile Phone No, Phone 1, Mobile 1, Primary Phone, Main Phone, Contact Mobile",
        ),
        "mobile_backup": (
            "备用手机 备用联系电话 备用联系方式 联系电话2 手机号码2 备用手机号 备用号码 电话2 手机2 第二联系电话 其他联系电话 家庭固话 固话 座机 "
            "宅电 住宅电话 办公电话 单位电话 公司电话 家用电话 市话 住家电话",
            "Alt Phone, Alt. Mobile, Alternate Mobile, Office Phone, Work Phone, Business Phone, Residence Phone",
        ),
        "email": ("邮箱地址 电子邮箱 邮件地址", "Email ID"),
        "wechat_id": ("微信账号 微信帐号", "Wechat Account"),
        "wechat_bound": ("是否加微信 已绑定微信 微信是否绑定 是否关注微信 是否关注 是否添加微信 绑定微信", "Followed WeChat"),
        "wechat_bind_date": ("关注公众号日期", ""),
        "gender": ("称呼", ""),
        "birth_date": ("生日日期", ""),
        "birth_year": ("出生年代", "Year Born, YOB"),
        "age": ("岁数", ""),
        "id_number": ("身份证字号 身分证字号", "National ID Number, NRIC, IC No, Citizen ID"),
        "education": ("受教育程度 文化水平 最高学历 教育水平", ""),
        "marital_status": ("婚姻状态 婚姻情况 是否已婚", "Marital"),
        "family_structure": ("家庭成员情况 家庭成员构成 家庭状况 家庭人口", ""),
        "children_info": ("子女情况 小孩情况 子女信息 子女年龄", "No. of Children"),
        "income_band": ("年收入 收入水平 家庭收入 收入范围 家庭月收入", "Income Level, Annual Income"),
        "hobbies": ("个人爱好 业余爱好 兴趣与爱好", ""),
        "occupation": ("职业/工作 从事职业", "Occupation Type"),
        "industry": ("从事的行业 行业类别 所在行业", "Industry Sector"),
        "employer": ("就职单位 所在单位 服务单位 所在公司 企业名称", "Organisation"),
        "job_title": ("担任职务 职称", "Designation"),
        "address": (
            "家庭地址 详细地址 居住地址 现住址 现居住地址 住所 家庭详细地址 住家地址 常住地址",
            "Address 1, Address Line 1, Residential Address, Full Address",
        ),
        "postcode": ("邮递区号 邮编号码", ""),
        "region_type": ("所属区域 居住区域 地区类型", "Area Type"),
        "distance_km": ("距本店距离 离店距离", "Distance from Store"),
        "preferred_channel": ("首选联系渠道 偏好联系渠道 首选沟通方式 希望联系方式 偏好沟通方式", ""),
        "preferred_time": (
            "方便时间 方便接听时间 最佳联系时间 方便通话时间 可联系时间 适合联系时间 方便接电话时间",
            "Best Contact Time, Best time to contact, Preferred Call Time",
        ),
        "do_not_contact": (
            "勿打扰 是否免打扰 请勿打扰 不要打扰 拒绝联系 是否拒绝回访 谢绝回访 禁止联系 不再联系 是否勿扰",
            "Do not disturb, DND, DNC Flag",
        ),
        "consent_marketing": (
            "是否同意营销 是否同意接收短信 同意接收信息 同意营销 营销授权 是否接受短信 是否同意接收营销信息 "
            "同意接收营销信息",
            "Marketing OK, Consent to Marketing, GDPR Consent, Marketing Permission",
        ),
        "consent_date": ("签署同意日期", ""),
        "source_channel": ("来源 客户渠道 客源 线索来源 渠道来源 信息渠道 认知渠道 获客渠道", "How Heard"),
        "base_scope": ("是否本店客户 是否本店车 是否自销 是否自店销售 是否本店销售", "Bought From Us, Sold By Us"),
        "sales_advisor": ("销售人员 所属销售顾问 负责销售顾问 销售 业务代表 业代 销售代表 成交顾问 专属销售顾问", "SE Name, Sales Agent"),
        "cs_owner": (
            "客服人员 专属客服 回访专员 客服代表 负责客服 客户专员 客户关怀专员",
            "Customer Care Agent, Customer Relations Officer, Followed By",
        ),
        "service_advisor_owner": ("专属SA 责任服务顾问 服务专员 负责服务顾问", "Dedicated Service Advisor, Preferred Service Advisor"),
        "store_code": (
            "所属门店 所属店 经销商 店面 店铺 网点 店名 据点 营业所 经销店 4S店 所属经销商 归属门店",
            "Dealer, Store No, Dealer ID, Dealership Code",
        ),
        "created_date": ("创建日期 建立日期 档案建立日期 入档日期 添加时间", "Creation Date, Create Date, Created At, Entry Date"),
        "first_contact_date": ("第一次来店日期 首次联系日期", "First Visit, First Visit Date, First Enquiry Date"),
        "last_update": ("最后更新时间 最后修改时间", "Last Update Date, Update Date, Updated At, Modified Date, Last Changed"),
        "membership_no": ("会员号码 会员卡 VIP卡号 俱乐部编号", "Member ID, Loyalty Card No, VIP No, Membership ID"),
        "points": ("当前积分 积分余额 可用积分 剩余积分 总积分 累计积分 会员总积分", "Points Balance, Loyalty Pts"),
        "customer_grade": ("客户星级 客户价值等级", "Customer Rank"),
        "credit_grade": ("信用评级 客户信用等级", ""),
        "legal_rep": ("公司法人 企业法人", ""),
        "business_scope": ("主营范围 经营业务 营业范围 主要业务 经营项目", ""),
        "registered_capital": ("注册资本金", ""),
        "headcount": ("公司人数 职工人数 企业人数 员工数 员工数量 员工总数", "Staff Count"),
        "fax": ("传真号 传真电话", ""),
        "licence_docs": ("营业执照号 营业执照复印件 税务登记号 统一社会信用代码", "Business License No"),
        "remark": (
            "备注信息 备注说明 客户备注 备考 附注 注释 其他说明 补充说明 特别说明 备注1 其他备注",
            "Memo, Customer Notes, Additional Info, Additional Information",
        ),
    },
    "vehicle": {
        "vin": ("VIN号 车辆识别码 识别代号 车身号 大架号", "Full VIN"),
        "plate_no": ("号牌号码 车辆牌号 车牌号(新) 现车牌号 车辆号码", "Registration Mark, Registration Plate, VRM, Tag, Tag No, License Tag, Number Plate No, Car No"),
        "customer_id": ("所属客户编号 车主客户编号", "Owner Code"),
        "brand": ("厂牌", "Marque"),
        "series": ("车辆系列 所属车系", "Model Range, Model Family"),
        "model": ("产品型号 车型号 购买车型 所购车型", "Model Desc"),
        "config": ("配置型号 配置级别 配置版本", "Spec, Trim line"),
        "color": ("车色 车身色 外观色 车漆颜色 外饰颜色", "Body Colour, Ext Color"),
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
            "Expiry, Next Inspection, Next Inspection Date, Roadworthy Expiry",
        ),
        "warranty_end": ("质保期至 原厂质保到期日 保修期至 保固到期日 质保结束日期 整车质保到期", "Factory Warranty Until, Manufacturer Warranty End"),
        "last_odometer": (
            "最近里程 最新里程 目前里程 表显里程 里程表读数 里程表数 行车里程 已行驶里程 总里程 累计里程 "
            "累计行驶里程",
            "Odometer km, Last Odometer Reading, Last Recorded Mileage, Last Known Odometer, Odometer at Last Visit, Last km, Latest Mileage, Latest Odometer, Actual Mileage",
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
            "预计下次保养日期 下次预计保养日期 应保日期 建议下次保养日期",
            "Next Service Due Date, Maintenance Due, Maintenance Due Date",
        ),
        "next_service_km": ("预计保养里程 应保里程 建议下次保养里程", "Next Service Due km"),
        "avg_daily_km": ("日均行驶里程 平均每日里程 每日平均里程 日行驶里程", "Avg km/day, Average km per Day, Average Daily Mileage, Daily Mileage"),
        "vehicle_status": ("车辆当前状态 在用状态 车辆使用状态", ""),
        "accessories": ("加装精品 精品加装 精品装饰 加装配件 配件加装 精品项目 加装项目", "Fitted Extras"),
    },
    "service_visit": {
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
        "odometer_in": ("本次里程 里程表读数 表里程 接车里程", "Check-in Mileage, Mileage at Check-in, Odometer at Check-in, Km Reading, Mileage at Visit"),
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
            "实收 实付金额 实收款 客户实付 客户自付 客付金额 付款金额 实际付款金额 客户支付金额 客户实收金额 客户实付金额 "
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
    },
    "contact_log": {
        "contact_id": ("回访单号", "Contact Ref, Record ID, Log ID"),
        "rule_code": ("回访项目 回访任务 回访阶段 回访事项 任务类型 联系类型", "Call Category, Follow-up Type, Task Type, Contact Reason"),
        "planned_date": ("预计回访日期 计划联系日期 应访日期", "Planned Call, Planned Contact Date, Scheduled Date, Target Date, Call Due Date"),
        "contact_at": ("访问日期 跟进日期 拨打时间 通话时间 沟通日期", "Call Timestamp, Actual Call Date"),
        "staff": ("回访专员 回访者 拨打人 操作人 客服 客服专员 客服人员 记录人 访问员 回访客服 执行人", "CS Agent, Operator"),
        "role": ("回访人岗位 员工岗位", "Staff Role"),
        "channel": ("联系渠道 沟通方式 跟进方式 回访渠道 回访形式 拜访方式", "Contact Via, Communication Channel, Contact Mode, Call Method"),
        "attempt_no": ("第几次回访 第几次拨打 呼叫次数 尝试次数 拨打第几次", "No. of Attempts, Call Attempt"),
        "result": (
            "联系结果 通话结果 回访状态 接听情况 电话结果 接通状态 拨打结果 是否接听 结果 接听状态 通话状态 "
            "访问结果 跟进结果",
            "Call Status, Contact Status, Call Disposition, Disposition, Contact Outcome",
        ),
        "satisfaction_level": ("满意情况", ""),
        "score": ("得分 分数 满意度分数 满意度评分 客户评分 总分 分值", "CSI Score, NPS, NPS Score, CSAT Score, Overall Score"),
        "vehicle_condition": ("车辆情况 车辆状况 车辆使用情况 用车状况 车辆使用状况 车辆现状", ""),
        "objection_type": ("抱怨类型", "Issue Category, Problem Type"),
        "feedback": (
            "客户反馈 反馈意见 回访内容 客户反馈内容 意见建议 客户建议 意见与建议 客户反映 客户声音 通话内容 "
            "沟通内容 回访记录",
            "Customer Remarks, Call Notes, Voice of Customer, VOC, Customer Said",
        ),
        "complaint_id": ("关联投诉编号", ""),
        "intention": (
            "再购意向 换购意向 购买意向 增换购意愿 增换购意向 换购意愿 置换意向 是否有换车意向",
            "Repurchase Intention, Repurchase Intent, Purchase Intent, Buying Intent, Trade-in Intention",
        ),
        "no_visit_reason": (
            "不来店原因 流失原因分类 未保养原因",
            "Reason Not Coming, Reason for not visiting, Lapse Reason, Lost Reason, Reason for Lapse, Non-visit "
            "Reason",
        ),
        "next_contact_date": (
            "下次跟进日期 再次联系时间 预约回访时间 约定回访日期 再次回访日期 下次拨打时间",
            "Next Follow-up, Next Follow Up Date, Recontact Date",
        ),
        "next_action": (
            "下一步计划 下一步措施 后续措施 后续跟进 跟进计划 改善措施 后续行动 下步计划",
            "Action Required, Follow-up Required, Action Plan, To Do, Next Steps",
        ),
        "template_id": ("问卷编号 话术模板 模板编号 问卷模板", "Survey ID, Questionnaire No, Survey Template"),
        "duration_min": ("通话分钟数 时长(分) 通话分钟", "Talk Time, Call Minutes"),
        "recorded": ("有无录音 是否有录音 是否告知录音", ""),
        "checked_by": ("审核人 复核人 核查人 主管审核 检查人 经理审核 审阅人 主管确认", "Reviewer, Approved By, Verified By"),
        "checked_at": ("复核时间 审阅日期 核查日期", "Review Date"),
        "customer_name": ("受访客户", ""),
        "mobile": ("电话号码 回访电话 联系号码", "Number Called, Phone Called"),
    },
    "complaint": {
        "complaint_id": ("案件编号", "Case ID, Ticket No, Ticket ID, Complaint Ref No"),
        "received_at": (
            "接诉时间 接到投诉时间 接收时间 受理投诉时间",
            "Receipt Date, Date Raised, Logged On, Date/Time Received, Complaint Date & Time, Reported On",
        ),
        "channel": ("投诉途径 受理渠道 投诉形式 投诉媒介", "Received Via, How Received"),
        "category": ("投诉分类 问题分类 问题类别", "Complaint Cat, Problem Type, Issue Type, Complaint Classification"),
        "severity": ("严重等级", "Severity Level"),
        "content": (
            "投诉描述 投诉事项 问题描述 投诉详情 具体内容 抱怨描述 投诉主要内容 事件描述",
            "Complaint Detail, Issue Description, Problem Description, Nature of Complaint, Complaint Text",
        ),
        "facts": ("调查结果 核实结果 事实调查 情况核实 事实情况 调查核实情况 现场核实", "Facts Found, Investigation Result, Investigation Findings"),
        "handler": ("经办人 跟进人 负责人 处理责任人 承办人 处理专员", "Case Owner"),
        "handler_level": ("处理级别 升级层级 处理人层级", ""),
        "promised_at": (
            "承诺完成时间 承诺回复时间 答复时限 回复期限 承诺答复时间 处理期限 处理时限 约定答复时间",
            "Promised Date, Promise Date, Deadline, Reply Due Date, Response Due",
        ),
        "first_response_at": (
            "首次回应时间 首次回复时间",
            "First Response Time, First Response Date, First Contact Date, First Replied, Response Date, First "
            "Contacted On",
        ),
        "resolved_at": (
            "处理完毕时间 办结时间 完结时间 处理结束时间 解决完成时间",
            "Resolution Date, Closed On, Settled On, Completion Date, Completed On",
        ),
        "solution": (
            "处理措施 处理意见 处理办法 解决办法 解决措施 处理情况 处理方法 解决结果",
            "Solution Offered, Solution Given, Corrective Action, Result, Settlement, Measures Taken",
        ),
        "followup_at": ("回访时间 处理后回访时间 跟踪时间 投诉回访日期", "Follow-up Time, Call-back Date, Customer Called Back On"),
        "satisfied_after": (
            "处理满意度 客户是否满意 满意度 处理结果满意度 回访满意度 处理后是否满意 客户满意度",
            "Satisfaction, Customer Satisfaction, Satisfied with Solution, Happy with Outcome",
        ),
        "compensation": ("赔付金额 补償金额", "Goodwill Amount"),
        "approved_by": ("批准人 核准人 领导审批 审核人", "Approval By, Authorised By, Authorized By"),
        "status": ("当前状态 案件状态 进展状态", "Current Status, Ticket Status"),
        "root_cause": ("原因分析 根因 产生原因 真因 根本原因分析", "Root Cause Analysis"),
        "prevention": ("预防对策 改进措施 防止再发 整改措施 防止再发措施 预防再发 改善措施 再发防止", "Preventive Measures, Preventive Actions"),
        "ro_no": ("关联工单号 维修工单号", ""),
    },
    "prospect": {
        "prospect_no": ("线索编号 潜在客户编号 意向编号 商机编号", "Inquiry ID, Opportunity ID, Opportunity No, Lead Code"),
        "created_date": (
            "创建日期 线索日期 接待日期 留档日期 建档日期 线索创建时间 进店日期",
            "Creation Date, Created At, First Contact Date, First Visit Date, Entry Date",
        ),
        "name": ("潜在客户姓名 意向客户 线索姓名", ""),
        "source_channel": ("线索来源 潜客来源 线索渠道 客源渠道 信息渠道", "Lead Channel"),
        "industry": ("所属行业", ""),
        "dress": ("衣着 穿着打扮 着装", "Clothing"),
        "intent_model": (
            "意向车系 关注车型 拟购车型 感兴趣车型 购车意向车型 意向车款 咨询车型",
            "Model Interested, Model Interested In, Desired Model, Preferred Model, Model, Vehicle of Interest, "
            "Enquired Model",
        ),
        "competing_model": ("竞争车型 比较车型 竞争对手车型", "Competitive Model, Compared Model, Competing Car, Competitor Vehicle"),
        "focus_point": ("关注重点 购买关注点 客户关注点 购车因素 购车关注因素", "Key Concern, Purchase Criteria"),
        "grade": ("", "Lead Rating"),
        "expected_order_date": (
            "预计下订日期 预计购车日期 预计订单日期 计划购车日期 拟购车时间 预计购买时间",
            "Exp Order Date, Expected Close Date, Expected Buy Date, Planned Purchase Date, Anticipated Order "
            "Date",
        ),
        "test_drive_date": ("试驾体验日期", "TD Date"),
        "quote": ("报价金额 最终报价", "Quote Amount, Quoted Amount, Offer Price"),
        "old_vehicle": (
            "旧车车型 现有车型 在用车辆 目前用车 保有车型 旧车型 现驾车型",
            "Present Car, Existing Vehicle, Trade-in Vehicle, Current Car Model",
        ),
        "trade_in": ("是否有置换 是否置换客户 旧车置换 是否二手车置换", "Has Trade-in, Part Ex"),
        "last_follow_date": ("上次跟进日期 最近联系日期", "Last Contacted, Last Contacted On, Last Call Date"),
        "next_follow_date": ("下次跟进日期 下次联系日期 计划跟进日期 预计下次跟进日期", "Next Call Date, Next Action Date"),
        "follow_count": ("联系次数 回访次数", "Follow-up Count, Contacts Made"),
        "status": ("客户跟进状态", "Lead State"),
        "deposit_date": ("交定金日期 付定金日期", ""),
        "order_date": ("订单日期 签约日期 订购日期 合同日期 下单日期", "Contract Date, Signed On, Sales Order Date"),
        "cancel_date": ("退单日期 退定日期", "Order Cancel Date"),
        "cancel_reason": ("退单原因 退定原因", "Reason for Cancel, Order Cancel Reason"),
        "lost_date": ("流失日期 丢单日期", "Date of Loss, Defeat Date"),
        "lost_reason": ("流失原因 丢单原因 战败原因分类", "Lost Because, Defeat Reason, Why Lost"),
        "lost_model": ("战败竞品 战败去向车型 流失车型 购买他牌车型 战败竞品车型", "Lost To, Lost to Model, Competitor Bought, Model Bought"),
        "reviewed_by": ("主管审核 审核人 经理审核 核阅人 审阅人", "Reviewed by Manager, Manager Review, Reviewer"),
        "sales_advisor": ("接待顾问 接待销售 跟进人 所属顾问 跟进顾问 归属人 归属销售", "Assigned To, Lead Owner, Handled By"),
    },
    "booking": {
        "booking_id": ("预约流水号", "Appt ID, Booking Reference, Reservation ID, Reservation Number"),
        "booked_on": ("创建时间 预约创建时间 预约提交时间 预约受理时间", "Booking Created, Created On, Booking Entry Date"),
        "appointment_at": (
            "约定到店时间 预约保养日期 预计到店时间 预约维修时间",
            "Scheduled Date, Scheduled Arrival, Reserved For, Expected Arrival",
        ),
        "initiator": ("预约发起 预约发起方", ""),
        "channel": ("预约途径", "Booking Method, Booked Through, How Booked"),
        "purpose": (
            "预约内容 预约业务 预约事项 预约服务 预约服务项目 预约维修项目 预约作业 预约目的",
            "Purpose of Visit, Service Required, Work Requested, Appointment Type, Service Requested",
        ),
        "arrived_at": ("", "Arrival Date, Actual Arrival Time, Time Arrived, Actual Arrival Date"),
        "status": ("是否履约 到店情况 到店状态 预约结果 履约状态", "Arrival Status"),
        "cancelled_at": ("撤销时间 取消预约时间", "Cancel Date, Cancel Time"),
    },
    "renewal": {
        "kind": ("提醒类型 到期类型", ""),
        "expiry": ("保险到期日", "Due Date, End Date"),
        "reminded_on": ("通知日期", "Reminder Date"),
        "result": ("结果 续保情况 是否续保 续保状态", ""),
        "premium": ("保费金额 总保费", "Premium Amount, Total Premium"),
    },
    "staff": {
        "staff_id": ("员工编号 编号", "Personnel No, Employee Code, Badge No"),
        "name": ("人员姓名", ""),
        "role": ("职务 工作岗位 担任岗位", "Job Role, Position Title, Designation"),
        "team": ("小组 团队 所属班组", ""),
        "status": ("是否在职 在离职状态 在岗状态 人员状态", "Working Status"),
        "leave_date": ("离开日期", "Last Working Day, Resignation Date, Termination Date"),
    },
    "key_account": {
        "account_no": ("", "Key Account ID, Fleet No, Fleet Account No"),
        "name": ("集团客户名称", "Fleet Name"),
        "contact": ("联系人电话 电话号码 联系手机", "Phone No, Contact Phone"),
        "annual_frequency": ("年消费次数 年进厂次数 每年消费次数", "Annual Visits, Visits p.a., Purchases per Year"),
        "amount": ("年消费额 年采购额", "Amount per Year, Annual Purchases, Annual Volume, Annual Revenue, Yearly Spending, Annual Sales"),
        "margin_pct": ("", "Margin %, Profit Margin %, Profit %"),
        "wallet_share_pct": ("采购占比 钱包份额", "Wallet Share %, Share of Purchases"),
        "stage": ("关系阶段 合作阶段", "Relation Stage"),
        "on_time_pct": ("回款及时率 付款准时率", "On-time Payment %, On-time %"),
        "sales_mode": ("合作模式 合作方式", ""),
        "years": ("合作年数", "Years of Cooperation, Years of Business"),
        "reputation": ("企业知名度 知名度评分", "Reputation Score"),
        "key_person": ("关键人物 关键决策人 决策人", "Key Contact"),
        "owner": ("客户经理 大客户经理 维护负责人", ""),
        "address": ("单位地址 公司地址", "Company Address"),
    },
    "maintenance_reminder": {
        "due_date": ("应保日期 保养到期日 下次保养日期", "Maintenance Due Date"),
        "due_km": ("应保里程 下次保养里程", "Service Due Mileage, Due Odometer"),
        "first_reminded_on": ("首次提醒日期 第一次提醒日期", "First Reminder, First Reminder Date, Reminder Date"),
        "last_reminded_on": ("最近提醒日期", "Last Reminder, Last Reminder Date"),
        "times": ("已提醒次数", "Reminder Count, No. of Reminders"),
        "result": ("结果 提醒情况 提醒反馈", ""),
        "promised_date": ("预计到店日期 承诺日期 预约到店日期", "Promised Visit Date"),
        "arrived_date": ("实际到店日期", "Actual Arrival"),
    },
    "base_card": {
        "card_no": ("基盘卡号", "C-card No, Card ID"),
        "converted_from": ("来源A卡 A卡编号", "Original A-card, From Lead No"),
        "month_file": ("归档月 交车月份", "Month Filed"),
        "manager_checked": ("经理确认 销售经理检查 经理签字", "Manager Check, Sales Manager Check"),
    },
    "referral": {
        "referrer_id": ("介绍人编号 推荐人编号", "Introduced By, Referring Customer"),
        "friend_name": ("被推荐人 新客户姓名", "Referred Name, Referred Customer"),
        "friend_mobile": ("被介绍人电话 被推荐人电话 朋友电话 被介绍人手机 新客户电话", "Referred Phone"),
        "date": ("介绍日期 转介绍日期", ""),
        "deal_date": ("", "Deal Closed On"),
        "reward": ("奖励金额 推荐奖励 介绍奖励", "Reward Amount, Referral Bonus"),
    },
    "campaign": {
        "name": ("活动标题", "Campaign Title, Event Title"),
        "start": ("起始日期", "Begins On"),
        "end": ("截止日期", "Ends On"),
        "place": ("举办地点 场地", ""),
        "budget": ("预算金额", "Budget Amount"),
        "quota": ("人数上限 限额", "Max Guests, Capacity"),
    },
}  # fmt: skip
