"""The headings of DOM 2, copied by hand: what the tests of the schema and of the headings hold us to.

One line per field: `field: heading/heading`. A slash inside a heading is written `|`.
"""

from collections.abc import Iterator

CHINESE = {
    "customer": """
        customer_id: 客户编号/客户号/客户代码/档案号/会员号
        customer_name: 客户姓名/车主姓名/姓名/车主/客户名称/用户名
        customer_type: 客户类型/客户性质/个人或单位
        contact_person: 联系人/送修人/使用人/经办人
        mobile: 手机/手机号/手机号码/联系电话/移动电话/电话/联系方式/车主电话
        mobile_backup: 备用电话/其他电话/第二电话/家庭电话/固定电话
        email: 邮箱/电子邮件/E-mail/Email
        wechat_id: 微信/微信号
        wechat_bound: 是否绑定微信/微信绑定/是否关注公众号/绑定状态
        wechat_bind_date: 绑定日期/微信绑定时间/关注日期
        gender: 性别/称谓/先生女士
        birth_date: 生日/出生日期/出生年月/客户生日/车主生日
        birth_year: 出生年份/年龄段/出生年
        age: 年龄
        id_number: 身份证号/证件号码/身份证
        ethnicity: 民族
        religion: 宗教/宗教信仰
        education: 教育程度/学历/文化程度
        marital_status: 婚姻状况/是否结婚/婚否
        family_structure: 家庭结构/家庭成员/家庭情况
        children_info: 孩子情况/子女/小孩年龄/孩子特长/孩子兴趣
        income_band: 收入/收入情况/家庭年收入/月收入
        hobbies: 爱好/兴趣/兴趣爱好/兴趣点/车主喜好
        occupation: 职业/工作性质/职业类别
        industry: 行业/从事行业/所属行业
        employer: 工作单位/单位名称/公司/单位
        job_title: 职位/职务/岗位
        address: 地址/住址/家庭住址/联系地址/通讯地址
        postcode: 邮编/邮政编码
        region_type: 区域/所在区域/地区/区域类型/客户区域
        distance_km: 距离/到店距离/公里数(住址)
        preferred_channel: 喜欢的联系方式/偏好联系方式/首选联系方式/方便联系方式
        preferred_time: 方便联系时间/接听时间/合适时段
        do_not_contact: 免打扰/拒绝回访/不接受回访/勿扰
        consent_marketing: 是否同意接收信息/短信同意/营销同意
        consent_date: 同意日期/授权日期
        source_channel: 信息来源/客户来源/来源渠道/来店渠道/获知渠道
        base_scope: 客户归属/购车来源/是否本店购车/自销它销
        sales_advisor: 销售顾问/业务员/销售员/负责销售/归属顾问
        cs_owner: 客服专员/回访员/客服/跟进人/负责人
        service_advisor_owner: 专属服务顾问/服务顾问/SA
        store_code: 门店/店别/店代码/经销商代码/分店
        created_date: 建档日期/建卡日期/登记日期/录入日期
        first_contact_date: 首次接触日期/首次来店日期/首次咨询日期
        last_update: 更新日期/最近更新/修改时间
        membership_no: 会员卡号/会员编号/俱乐部卡号
        points: 积分/会员积分/消费积分
        customer_grade: 客户级别/客户等级/客户分级
        credit_grade: 信用等级/信用级别/资信等级
        legal_rep: 法定代表人/法人/法人代表
        business_scope: 经营范围/主营业务
        registered_capital: 注册资本/注册资金
        headcount: 员工人数/人数
        fax: 传真
        licence_docs: 营业执照/税务登记证/组织机构代码证
        remark: 备注/说明/其他
    """,
    "vehicle": """
        vin: 车架号/VIN/VIN码/车辆识别代号/底盘号/车架号码
        plate_no: 车牌号/车牌/车牌号码/牌照号/车号
        customer_id: 客户编号/车主编号
        brand: 品牌
        series: 车系/车型系列/车种
        model: 车型/车型名称/型号/欲购车型
        config: 配置/汽车配置/车型配置/款型
        color: 颜色/车身颜色/外观颜色
        engine_no: 发动机号/发动机号码
        use_type: 车辆用途/使用性质/用途/车辆性质
        purchase_date: 购车日期/购车时间/购买日期/开票日期/发票日期
        delivery_date: 交车日期/提车日期/交付日期/交车时间/提车时间
        delivery_time: 交车时刻/交车时间点
        registration_date: 上牌日期/登记日期/注册日期/初次登记日期
        price: 车价/成交价/购车金额/裸车价
        payment_mode: 付款方式/购车方式/是否贷款
        loan_months: 贷款期限/贷款年限/分期期数
        loan_end_date: 贷款到期日/还款结束日
        selling_store: 销售门店/售出店/购车店
        sales_order_no: 订单号/合同号/销售单号
        insurer: 保险公司/承保公司
        policy_no: 保单号/保险单号
        insurance_expiry: 保险到期日/保险到期/保险截止日期/商业险到期/续保日期
        inspection_expiry: 年检到期日/年检到期/年审到期/年检日期/检验有效期/年检有效期至
        warranty_end: 质保到期/保修到期日/三包到期
        last_odometer: 行驶里程/里程/公里数/当前里程/进厂里程
        odometer_date: 里程日期/里程登记日期
        first_service_done: 是否首保/首保状态/首保完成
        first_service_date: 首保日期/首保时间
        last_service_date: 上次保养日期/最近保养时间/上次进厂日期
        next_service_date: 下次保养日期/预计保养日期/下次保养时间/应保养日期
        next_service_km: 下次保养里程/应保养里程/下次保养公里
        avg_daily_km: 日均里程/平均日里程
        vehicle_status: 车辆状态/状态/是否在用
        accessories: 装具/精品/加装/太阳膜
    """,
    "service_visit": """
        ro_no: 工单号/委托书号/维修单号/派工单号/结算单号
        vin: 车架号
        plate_no: 车牌号
        customer_name: 客户姓名/车主
        mobile: 手机/联系电话
        visit_date: 进厂日期/进站日期/来厂日期/开单日期/维修日期/到店日期
        checkout_date: 出厂日期/离站日期/结算日期/交车日期(维修)/完工日期
        odometer_in: 进厂里程/行驶里程/里程
        work_type: 作业项目/维修类型/维修类别/业务类型/进厂类型/维修项目类别
        items: 维修项目/保养项目/作业内容
        fault_reason: 故障原因/故障描述/客户描述
        labour_amount: 工时费/工时金额
        parts_amount: 材料费/配件费/备件金额
        total_amount: 总金额/维修金额/合计/产值
        paid_amount: 实收金额/客户付费/自费金额/消费金额/结算金额
        pay_type: 付款类型/结算方式/费用类型/收费区分
        service_advisor: 服务顾问/接待员/SA/接车人
        technician: 技师/维修工/主修人
        booked: 是否预约/预约客户
        booking_id: 预约单号/预约编号
        next_service_date: 下次保养日期
        next_service_km: 下次保养里程
        is_rework: 是否返修/返工
        major_repair: 是否大修/大修
        store_code: 门店/店别
    """,
    "booking": """
        booking_id: 预约编号/预约单号
        vin: 车架号
        customer_id: 客户编号
        booked_on: 预约登记时间/登记时间
        appointment_at: 预约时间/预约到店时间/预约进厂时间
        initiator: 预约方式/主动被动/预约来源
        channel: 预约渠道
        purpose: 预约项目
        arrived_at: 实际到店时间/到店时间
        status: 预约状态/是否到店/履约情况
        cancelled_at: 取消日期/取消时间
    """,
    "contact_log": """
        contact_id: 回访编号/记录号
        rule_code: 回访类型/回访节点/回访类别
        due_key: 到期键
        customer_id: 客户编号
        vin: 车架号
        planned_date: 计划回访日期/应回访日期/计划日期
        contact_at: 回访日期/回访时间/拜访日期/联系日期/实际回访日期
        staff: 回访人/回访员/跟进人/拜访人
        role: 岗位/角色/回访岗位
        channel: 回访方式/联系方式(回访)/接触方式
        attempt_no: 第几次/拨打次数
        result: 回访结果/接通情况/是否接通
        satisfaction_level: 满意度/满意程度/评价
        score: 评分/打分/满意度得分
        vehicle_condition: 用车情况/车况/使用情况
        objection_type: 异议类型/问题类别
        feedback: 客户意见/反馈内容/抱怨内容/建议
        complaint_id: 投诉编号
        intention: 换车意愿/增购意愿/购车意向
        no_visit_reason: 未到站原因/未进厂原因/流失原因
        next_contact_date: 下次回访日期/下次联系时间
        next_action: 下一步/跟进措施/处理措施
        template_id: 问卷/模板
        duration_min: 通话时长
        recorded: 是否录音
        checked_by: 主管核阅/核阅人/审核
    """,
    "complaint": """
        complaint_id: 投诉编号/投诉单号
        received_at: 投诉时间/受理时间/登记时间
        channel: 投诉方式/投诉渠道/来源
        customer_id: 客户编号
        vin: 车架号
        ro_no: 工单号
        category: 投诉类别/投诉类型
        severity: 严重程度/投诉级别
        content: 投诉内容/抱怨内容/事由
        facts: 调查情况/核实情况/取证
        handler: 处理人/责任人
        handler_level: 处理层级
        promised_at: 承诺时间/答复期限
        first_response_at: 首次响应时间/首次联系时间
        resolved_at: 解决时间/处理完成时间/结案时间
        solution: 处理方案/解决方案/处理结果
        followup_at: 跟踪回访时间/处理后回访
        satisfied_after: 处理后满意度/是否满意
        compensation: 补偿金额/赔偿金额
        approved_by: 审批人/大区批准
        status: 状态/处理状态/抱怨解决状态
        root_cause: 根本原因
        prevention: 预防措施
    """,
    "prospect": """
        prospect_no: 信息卡编号/潜客编号/A卡编号
        created_date: 建卡日期/登记日期/首次来店日期/咨询日期
        name: 客户姓名/潜客姓名
        mobile: 电话
        source_channel: 信息来源/来店渠道
        industry: 从事行业/行业
        dress: 衣着打扮/穿着
        intent_model: 欲购车型/意向车型
        competing_model: 竞品车型/对比车型
        reference_competitor: 参考竞品
        focus_point: 关注点/购车关注点/关注因素
        grade: 意向级别/客户级别/级别/HABC
        expected_order_date: 预计订车日期/预计成交日期/预购日期
        test_drive_date: 试乘试驾日期/试驾时间
        quote: 报价/报价单
        old_vehicle: 现有车辆/旧车
        trade_in: 是否置换
        last_follow_date: 上次跟进
        next_follow_date: 下次跟进/下次回访日期
        follow_count: 跟进次数
        status: 状态/跟进状态/客户状态
        deposit_date: 订金日期
        order_date: 订车日期/下订日期
        cancel_date: 退订日期
        cancel_reason: 退订原因
        lost_date: 战败日期
        lost_reason: 战败原因
        lost_model: 战败车型
        delivered_customer_id: 成交客户编号
        reviewed_by: 客户审核/主管核阅
        sales_advisor: 销售顾问
    """,
    "base_card": """
        card_no: C卡编号/黄卡编号/卡号
        converted_from: 原A卡号
        month_file: 归档月份/月份别
        plan_rows: 回访计划/联系计划
        manager_checked: 销售经理确认/经理检查
    """,
    "survey_template": """
        name: 模板名称
        scenario: 适用场景
        question_no: 题号
        text: 题目
        answer_type: 题型
        weight: 权重
    """,
    "survey_answer": """
        answer: 答案
        score: 得分
    """,
    "maintenance_reminder": """
        due_date: 应保养日期
        due_km: 应保养里程
        basis: 提醒依据
        first_reminded_on: 提醒日期/首次提醒
        last_reminded_on: 最近提醒
        times: 提醒次数
        result: 提醒结果
        promised_date: 承诺到店日期/预计到店
        arrived_date: 到店日期/实际进厂
    """,
    "renewal": """
        renewal_id: 提醒编号
        vin: 车架号
        kind: 类型
        expiry: 到期日
        reminded_on: 提醒日期
        result: 续保结果/年检结果
        premium: 保费/保险金额
    """,
    "campaign": """
        campaign_id: 活动编号
        name: 活动名称/活动主题
        kind: 活动类型
        start: 开始
        end: 结束
        place: 地点
        budget: 预算
        quota: 名额
        target_filter: 目标客户/邀约条件
    """,
    "invitation": """
        invited_on: 邀约日期
        channel: 方式
        reply: 回复
        plus_ones: 携带人数/家属人数
        attended: 是否到场
        deal: 是否成交
        cost: 费用
    """,
    "interest": """
        interest: 兴趣点/爱好
    """,
    "club_member": """
        team: 球队/队名
        captain: 队长
        uniform: 队服
    """,
    "referral": """
        referrer_id: 介绍人/推荐人
        friend_name: 被介绍人/朋友姓名
        friend_mobile: 电话
        model: 意向车型
        date: 推荐日期
        source_contact_id: 来源
        result: 结果
        deal_date: 成交日期
        reward: 奖励
    """,
    "key_account": """
        account_no: 大客户编号/编号
        name: 客户姓名
        unit: 工作单位
        position: 职位
        address: 住址
        contact: 联系方式
        annual_frequency: 年消费频率(次|年)
        amount: 年消费量(元)
        margin_pct: 利润率(%)
        wallet_share_pct: 采购份额
        stage: 客户关系阶段
        on_time_pct: 付款及时率
        sales_mode: 销售模式
        years: 合作年限
        reputation: 知名度
        key_person: 关键人
        insider: 内线
        org_chart: 组织结构
        competitor_relation: 同关键竞争对手关系
        comm_method: 客户服务沟通方式
        comm_frequency: 沟通频率
        potential: 关系发展潜力
        satisfaction: 客户满意度
        plan: 维护方案
        owner: 负责人员
        cost: 维护费用
        contacts: 对接人1
        second_contact: 对接人2
    """,
    "staff": """
        staff_id: 工号
        name: 姓名
        role: 岗位
        team: 班组
        status: 在职状态
        leave_date: 离职日期
    """,
    "store": """
        store_code: 门店代码
        name: 门店名称
        region: 区域
        hotline: 服务热线
        open_time: 营业开始
        close_time: 营业结束
    """,
    "handover": """
        from: 移交人
        to: 接收人
        date: 交接日期
        reason: 原因
        customer_count: 客户数
        customer_notified_on: 告知客户日期
    """,
    "parc": """
        month: 月份/month
        parc: 保有量/品牌保有量/当地保有量/parc
    """,
    "scorecard": """
        staff: staff
        month: month
        info_collected: info_collected
        info_target: info_target
        contribution: contribution
        contribution_target: contribution_target
    """,
}
"""DOM 2.3-2.12."""

ENGLISH = {
    "customer": """
        customer_id: Customer No/Client ID
        customer_name: Name/Owner/Client
        mobile: Phone/Mobile Phone/Tel/Telephone
        birth_date: Birthday/Date of Birth
        do_not_contact: DNC/No Calls
        consent_marketing: Marketing Consent/Consent
        sales_advisor: Salesperson/Sales Consultant
        cs_owner: CS Agent/Customer Care
        service_advisor_owner: Service Advisor
        region_type: Region/Area
        distance_km: Distance
        remark: Remarks/Notes/Note
    """,
    "vehicle": """
        plate_no: Plate/Licence Plate/License Plate/Registration No
        series: Model Series
        use_type: Usage/Use
        vehicle_status: Status
        delivery_date: Delivered On/Handover Date
        purchase_date: Purchased On/Invoice Date
        insurance_expiry: Insurance Until
        inspection_expiry: Inspection Until
        warranty_end: Warranty Until
        last_odometer: Odometer/Mileage/km
        last_service_date: Last Service
        next_service_date: Next Service
        next_service_km: Next Service Mileage
    """,
    "service_visit": """
        ro_no: Repair Order/RO Number/Job No
        visit_date: Visit/Check-in Date
        checkout_date: Check-out Date/Left On
        odometer_in: Odometer/Mileage
        work_type: Type of Work/Job Type
        pay_type: Payment Type
        paid_amount: Amount Paid/Paid
        total_amount: Total/Amount
        booked: Was Booked
    """,
    "contact_log": """
        contact_id: Call ID
        rule_code: Rule/Call Type
        due_key: Key
        contact_at: Contact Date/Call Date/Called On
        staff: Agent/Caller/Called By
        role: Role Code
        result: Outcome
        satisfaction_level: Satisfaction
        no_visit_reason: No-visit Reason
    """,
    "complaint": """
        received_at: Received
        category: Type
        resolved_at: Resolved
        followup_at: Follow-up At/Followed Up
    """,
    "prospect": """
        prospect_no: Lead No
        name: Name
        grade: Grade/Level
        expected_order_date: Expected Order
        status: Status
    """,
    "booking": """
        appointment_at: Appointment
        arrived_at: Arrived
        cancelled_at: Cancelled On
    """,
}
"""DOM 2.17."""


def headings(source: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Entity, field and heading of every heading of *source*."""
    for entity, drawing in source.items():
        for line in drawing.strip().splitlines():
            field, _, spellings = line.strip().partition(": ")
            for spelling in spellings.split("/"):
                yield entity, field, spelling.replace("|", "/")
