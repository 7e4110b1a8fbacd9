# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Words that staff write for enumerated values beside those of DOM 2.18, several parted by commas.

Only words that leave no doubt stand here; any other is told as unknown, so that the store says what it means.
"""

from collections.abc import Mapping

FURTHER_WORDS: Mapping[str, Mapping[str, str]] = {
    "yes_no": {
        "yes": "☑, ✅, 是的, T, v, 已做, 已同意, Completed, Finished",
        "no": "✗, ✘, ❌, ☒, ☐, □, 不, 不是, 没, F, 未做, 未同意, 尚未, 还没有, Not yet, Not completed",
    },
    "customer_type": {
        "个人": "自然人, 个人客户, Personal",
        "单位": "政府, 政府机关, 机关单位, 法人, 单位客户, 公司客户, 企业客户, 公户, 对公",
    },
    "gender": {
        "男": "男士, Sir",
        "女": "太太, 夫人",
    },
    "marital_status": {
        "已婚": "已结婚, 结婚",
        "未婚": "单身, Not married",
        "其他": "离婚, Separated",
    },
    "region_type": {
        "市区": "城市, 市内, 主城区, Downtown",
        "县城": "County, 县区",
        "乡镇": "乡村, 乡",
    },
    "base_scope": {
        "自销": "Own, 自店, 本店销售, 自店销售",
        "它牌": "其他品牌, 非本品牌",
    },
    "use_type": {
        "私家车": "家庭自用, 个人非营运, 自用, 家庭用车, 私用, 家用车, Personal, 私人用车, Private use",
        "公务车": "公务用车, 公车, Company, Company car, 企业用车, 企业非营运, 机关非营运, 单位非营运",
        "营运车": "出租客运, 公路客运, 旅游客运, 公交客运, 营业货运, 出租车, 租赁, Taxi, 运营, 客运, 营业, Ride-hailing, Rental",
    },
    "payment_mode": {
        "全款": "一次性, 现金, 全额, 全额付款",
        "贷款": "分期付款, 银行贷款, 金融贷款, 厂家金融, 信贷, 金融, Installment",
        "租赁": "融资租赁, 长租",
    },
    "vehicle_status": {
        "在用": "使用中, 正常, Current, 在使用",
        "转让": "已过户, 过户, 已出售, 卖出, 已卖, 二手转让",
        "报废": "Written off, Total loss, Scrap",
        "它牌置换": "已置换他牌, 置换他牌",
    },
    "work_type": {
        "首保": "首次保养, 首保服务, 1st service, 免费首保, 新车首保",
        "定期保养": "例保, 二保, 二次保养, PM, 定保, 日常保养, Service, Periodic service, 例行保养, 小保养, 大保养, Routine maintenance, Regular service, Scheduled service, 维护保养",
        "一般维修": "机电, 普通维修, 小修, 机修, 机电维修, 一般修理, 修理, Mechanical repair",
        "事故车": "事故车维修, 钣喷, 钣金喷漆, 钣喷维修, 保险事故, Body repair, Collision, Bodyshop, Body & paint, Body and paint",
        "返修": "内返, 外返, Comeback, Repeat repair",
        "索赔": "保修, 质保, 保修索赔, Warranty, 三包索赔, 三包, 质量担保, Warranty repair",
        "其他": "其它, 美容, 装饰, 精品, Others",
    },
    "pay_type": {
        "自费": "CP, 客付, 自付, Customer pay, 客户自费, Retail, 客户自付",
        "首保免费": "首保, 免费首保, 厂家首保",
        "保修索赔": "三包索赔, 质保索赔, 保修, 厂家索赔, 三包, 质保, 厂家付费",
        "保险": "保险理赔, 保险赔付, 保险公司, 理赔, Insurance claim",
        "内部": "内部结算, 内部付费, 内结",
        "活动赠送": "赠送保养, Complimentary, Promotion",
    },
    "booking_initiator": {
        "客户主动": "客户主动预约, 主动预约, 自主预约, Customer initiated",
        "提醒后预约": "Reminder, 被动预约, 招揽, 邀约",
        "员工代约": "代约, 员工预约",
    },
    "booking_channel": {
        "电话": "来电, 致电, 电话预约",
        "微信": "公众号, 微信公众号, 微信预约, 小程序",
        "到店": "来店, 现场, 店内, 到店预约",
        "网络": "网站, 官网, 线上, 网路, 手机APP",
    },
    "booking_purpose": {
        "保养": "Service, 定保, 常规保养",
        "维修": "检修",
        "事故": "钣喷, Body repair",
        "其他": "其它, 美容",
    },
    "booking_status": {
        "已到店": "履约, Showed, Showed up, 已履约, 已来店, 按时到店, 准时到店, Attended, Completed, 已完成, Checked in, 已进厂",
        "未到店": "爽约, 失约, 未履约, 未来店, Missed, Did not arrive, 逾期未到",
        "改期": "改约, 延期, 变更, Postponed",
        "取消": "客户取消, 取消预约, Cancelled by customer",
    },
    "channel": {
        "电话": "电话回访, 去电, 来电, 外呼, 致电, 手机, 电访, Mobile",
        "短信": "简讯, 手机短信, 短讯, 短消息",
        "微信": "企微, 企业微信, 微信回访",
        "邮件": "邮箱",
        "信函": "信件, Post, 寄信",
        "上门": "登门, 上门拜访, 面访, 拜访, 家访",
        "到店": "来店, 展厅, 店内, Walk-in",
    },
    "result": {
        "接通": "成功, 已接, 接听, 通话成功, 回访成功, 正常接听, 已联系, Contacted, Success, Spoke to customer",
        "未接": "没人接, 未接听, 忙线, 占线, Busy, 无法接通, Voicemail, 未应答, 无应答, 正在通话, Line busy, No reply, 不在服务区, Left message",
        "关机": "电话关机",
        "空号": "Wrong no., 错号, 错误号码, 非本人, 号码不对, Bad number, Not in service, 号码有误, Number not in use",
        "拒访": "拒接, 拒绝回访, 拒绝访问, Declined, 客户拒绝, 不愿接受, 挂断, Hung up",
        "改约": "再约, 约定再联系, 稍后再打, 稍后回访, 另约时间, Call later, Call back later, 约时间, Callback requested, Rescheduled",
        "已发送": "发送成功, 已发, Delivered, 已发短信, 发送, 已寄出, SMS sent",
    },
    "satisfaction_level": {
        "非常满意": "很满意, 十分满意, 极满意, 特别满意, Extremely satisfied",
        "满意": "比较满意, 较满意, 基本满意",
        "一般": "普通, 尚可, 中立, Average, 还可以, Fair, So-so",
        "不满意": "不太满意, 较不满意",
        "非常不满意": "很不满意, 极不满意, 十分不满意",
    },
    "complaint_channel": {
        "来电": "电话投诉, 客户来电, 热线, Hotline",
        "来店": "现场, 上门投诉, 当面, Walk-in, 到店投诉",
        "来信": "书面, 信件, 邮件, Email, E-mail",
        "厂商": "主机厂, 厂家400, OEM, 厂家转办",
        "媒体": "新闻, 报纸, 电视台",
        "BBS网站": "微博, 社交媒体, 抖音, 车质网, Social media, 黑猫投诉, 网络投诉, Online",
        "消协": "12315, 工商, 市场监管局",
        "回访发现": "电话回访, 满意度回访",
    },
    "complaint_category": {
        "质量": "产品质量, 车辆质量, 质量问题, Product, Product quality, 质量投诉",
        "服务": "服务态度, 态度, 服务投诉, 服务质量, Attitude, 售后服务, 售后, Staff attitude",
        "销售": "销售投诉, 销售服务",
        "价格": "收费, 费用, 价格投诉, Pricing, Cost, 收费问题",
        "使用": "使用问题, 操作使用, Use",
        "其他": "其它, Others",
    },
    "complaint_severity": {
        "一般": "普通, 轻微, Low, 低, 一般投诉",
        "重大": "High, 重大投诉, Critical, 高, Severe",
    },
    "complaint_status": {
        "待处理": "新建, 待办, Pending, 未受理, 未解决, 待受理",
        "处理中": "进行中, In process, 跟进中, 正在处理, 受理中, In-progress, Ongoing, Processing, Under investigation, 已受理",
        "已解决": "已处理, 处理完成, 已完成, Completed, Fixed, Done",
        "已关闭": "结案, 已结案, 已办结, 办结, 完结, 已完结",
        "升级": "升级处理, Escalation",
    },
    "prospect_grade": {
        "H": "H类",
        "A": "A类",
        "B": "B类",
        "C": "C类",
    },
    "prospect_status": {
        "在跟": "跟进, 在跟进, Active, 跟踪中, 继续跟进, 有效, In progress, Following up, 未成交, 新建, New",
        "订车": "已下订, 下订, 订单, 已订, 签约, 已签约, Booked, 已订单",
        "退订": "退单, 取消订单, Cancelled, 退定",
        "交车": "提车, 已提车, 已交付",
        "战败": "已战败, 流失, 失败, 丢单, Defeated, Closed lost",
    },
    "renewal_kind": {
        "保险": "续保, 商业险, 交强险, 车险",
        "年检": "年审, 审车, 验车, MOT, 车检",
    },
    "renewal_result": {
        "本店续保": "店内续保, 续保成功, 在店续保, Renewed with us, 本店",
        "外部续保": "外店续保, 他店续保, 店外续保, 外部",
        "未续": "未续保, 不续, 不续保, 拒绝续保, Lapsed, 脱保",
        "已年检": "年检完成, 已审车, 已检, 已年审, Passed",
        "待定": "考虑中, 跟进中, 未定, Undecided, 待跟进",
    },
    "reminder_result": {
        "已预约": "预约成功, 约好, Appointment made",
        "自行到店": "自行来店, 自行前来, Walk-in, Will walk in",
        "稍后": "稍后联系, 再联系, Call later",
        "拒绝": "不来, 不需要, Declined, 拒绝到店, Not interested",
        "已在外保养": "外店保养, 在外保养, 他店保养, 已在他店保养",
        "无法联系": "未接通, 联系不上, Unreachable, 无人接听, 空号, No answer, 未联系上",
        "已换车": "换车, 已卖车, 车已卖, Car sold, Sold car, 已转让",
    },
    "role": {
        "SA": "销售, 业务员, 销售员, Sales executive, Salesman",
        "CS": "回访专员, 客服人员, Customer service agent, 客服代表",
        "SV": "售后顾问",
        "SVM": "售后经理, After-sales manager, 售后服务经理",
        "GM": "店总",
        "KAM": "大客户经理, Fleet manager",
        "FD": "前台接待, Receptionist",
        "CARE": "客户关爱, 客户关怀专员",
        "MKT": "市场专员, 市场",
        "RS": "前台主管",
    },
    "staff_status": {
        "在职": "在岗, 正式, Employed, 是, 正常, Current, Yes",
        "离职": "辞职, Resigned, Inactive, 离岗, Terminated, 否, 已辞职, No, Former",
    },
    "intention": {
        "无": "暂无, 暂无意向, 没有意向",
        "换车": "换购, 有换车意向, Trade in",
        "增购": "再购, 再买一辆",
        "推荐": "推荐购车",
    },
    "objection_type": {
        "无": "暂无",
        "使用异议": "使用问题, 使用疑问",
        "质量异议": "质量问题",
        "价格": "价格问题, 价格异议",
        "服务": "服务问题, 服务异议, 服务态度",
        "其他": "其它",
    },
    "satisfied_after": {
        "满意": "Y, 非常满意, 基本满意",
        "不满意": "N, 非常不满意",
    },
    "invitation_reply": {
        "参加": "确认参加, 参与, Confirmed, Coming, 已报名",
        "不参加": "拒绝, 不来, 无法参加",
        "待定": "未定, 考虑中, Tentative",
    },
    "source_channel": {
        "呼叫中心": "来电, 热线",
        "展厅": "到店, 自然到店, 来店, 进店",
        "互联网": "网站, 网路",
        "转介绍": "老客户介绍, 老带新, Word of mouth, 亲友介绍",
        "其他": "其它",
    },
}  # fmt: skip
"""By table and canonical word."""

SAID_OF_FIELDS: Mapping[str, Mapping[str, str]] = {
    "do_not_contact": {
        "yes": "免打扰, 勿扰, 勿打扰, 请勿打扰, 拒绝回访, 拒绝联系, 不接受回访, 不再联系, 禁止联系, DNC, DND, Do not call, Do not contact, No calls, Opted out, Opt-out, Opt out",
        "no": "接受回访, 可回访, 可联系, 可以联系, 正常, OK to call, Opted in",
    },
    "consent_marketing": {
        "yes": "已授权, 授权, 接受, 愿意, Opt-in, Opt in, Opted in, Agreed, Consented, Granted",
        "no": "未授权, 不接受, 不愿意, 拒绝, 已拒绝, Opt-out, Opt out, Opted out, Refused, Declined, Withdrawn",
    },
    "wechat_bound": {
        "yes": "绑定, 关注, 已添加, 已加, Linked, Bound, Followed",
        "no": "未添加, 未加, 已解绑, 解绑, 取消关注, 已取消关注, Not linked, Unlinked",
    },
    "first_service_done": {
        "yes": "首保, 首保完成, 已完成首保, 已做首保",
        "no": "未做首保, 待首保, 首保未做",
    },
    "booked": {
        "yes": "预约, 预约客户, 预约进厂, 预约到店, 有预约, Booked, By appointment, Appointment",
        "no": "非预约, 无预约, 没有预约, 非预约客户, 自然进店, 自然进厂, 自然来店, Walk-in, Walk in, Not booked, No appointment",
    },
    "is_rework": {
        "yes": "返修, 返工, 内返, 外返, Rework, Comeback",
        "no": "非返修, 非返工, 无返修",
    },
    "major_repair": {
        "yes": "大修, Major, Major repair",
        "no": "小修, 非大修, Minor, Minor repair",
    },
    "recorded": {
        "yes": "录音, 已录音, 有录音, Recorded",
        "no": "未录音, 无录音, Not recorded",
    },
    "trade_in": {
        "yes": "置换, 有置换, 需要置换, Trade-in, Trade in",
        "no": "不置换, 非置换, 无置换, No trade-in",
    },
    "attended": {
        "yes": "到场, 已到场, 参加, 已参加, 出席, Attended, Came",
        "no": "未到场, 未参加, 缺席, Absent, Did not attend, Did not come",
    },
    "deal": {
        "yes": "成交, 已成交, Deal, Sold",
        "no": "未成交, No deal",
    },
    "captain": {
        "yes": "队长, Captain",
        "no": "队员, 成员, Member",
    },
}  # fmt: skip
"""By field what stands for yes and no in its column besides: 免打扰 under 免打扰, 自然进店 under 是否预约."""
