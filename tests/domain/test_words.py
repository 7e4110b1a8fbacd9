"""Words of enumerated values and contact rules (DOM 2.18)."""

import pytest

from xl_retention.domain.rule_words import rule_codes
from xl_retention.domain.words import WORDS, canonical, chinese, english

# DOM 2.18, row by row: `canonical: accepted, accepted`.
WORDS_OF_DOM = {
    "yes_no": """
        yes: 是, Y, Yes, √, 1, 已, True, 有
        no: 否, N, No, ×, 0, 未, False, 无
    """,
    "base_scope": """
        自销: 本店, Own sale
        本牌它销: 同品牌他店, Same brand elsewhere
        它牌: 他牌, Other brand
    """,
    "region_type": """
        市区: 城区, City
        县城: 县, County town
        乡镇: 农村, Rural
    """,
    "use_type": """
        私家车: 私家, 家用, 私人, Private
        公务车: 公务, 公司用车, 单位用车, Official
        营运车: 营运, 出租, 网约车, 货运, Commercial
    """,
    "vehicle_status": """
        在用: In use, Active
        转让: 已转让, 转卖, Transferred, Sold
        报废: 已报废, Scrapped
        它牌置换: Replaced by other brand
    """,
    "work_type": """
        首保: First service
        定期保养: 保养, 常规保养, Maintenance
        一般维修: 维修, Repair
        事故车: 事故, 事故维修, Accident
        返修: 返工, Rework
        索赔: Warranty claim
        其他: Other
    """,
    "pay_type": """
        自费: 客户付费, Customer
        首保免费: Free first service
        保修索赔: 索赔, Warranty
        保险: Insurance
        内部: Internal
        活动赠送: 赠送, Gift
    """,
    "booking_initiator": """
        客户主动: 主动, Customer
        提醒后预约: 被动, After reminder
        员工代约: Staff
    """,
    "booking_status": """
        已到店: 到店, Arrived
        未到店: No-show
        改期: Rescheduled
        取消: 已取消, Cancelled
    """,
    "channel": """
        电话: DC, Phone, Call
        短信: SMS
        微信: WeChat
        邮件: E-mail
        信函: DM, Letter
        明信片:
        上门: 亲访, Visit
        到店: Showroom
    """,
    "result": """
        接通: 已接通, Connected, Reached
        未接: 无人接听, No answer
        关机: Switched off
        空号: 号码错误, Invalid number
        拒访: 拒绝, Refused
        改约: 稍后联系, Call back
        已发送: Sent
    """,
    "satisfaction_level": """
        非常满意: Very satisfied
        满意: Satisfied
        一般: Neutral
        不满意: Dissatisfied
        非常不满意: Very dissatisfied
    """,
    "objection_type": """
        使用异议: 使用, Usage
        质量异议: 质量, Quality
        无:
        价格:
        服务:
        其他:
    """,
    "complaint_category": """
        质量: Quality
        服务: Service
        销售: Sales
        价格: Price
        使用: Usage
        其他: Other
    """,
    "complaint_status": """
        待处理: New
        处理中: In progress
        已解决: Resolved
        已关闭: 关闭, Closed
        升级: Escalated
    """,
    "prospect_status": """
        在跟: Open
        订车: Ordered
        退订: Order cancelled
        交车: Delivered
        战败: Lost
    """,
    "renewal_kind": """
        保险: Insurance
        年检: Inspection
    """,
    "renewal_result": """
        本店续保: Renewed here
        外部续保: Renewed elsewhere
        未续: Not renewed
        已年检: Inspected
        待定: Pending
    """,
    "staff_status": """
        在职: Active
        离职: Left
    """,
    "occupation": """
        公务员: Civil servant
        企事业单位: 事业单位, 企业职员, 教师, 医生, 工程师, Teacher, Doctor, Engineer, Employee
        务工人员: 务工, 工人, 司机, Worker, Driver
        农民: 务农, Farmer
        其他: Other, 自由职业
    """,
    # Enumerations of DOM 2.3-2.12 without a row in 2.18: their own words.
    "customer_type": "个人:\n单位:",
    "gender": "男: 先生\n女: 女士, 小姐",
    "marital_status": "已婚:\n未婚:\n其他:",
    "source_channel": "呼叫中心:\n展厅:\n互联网:\n车展:\n转介绍:\n基盘置换:\n外拓:\n其他:",
    "credit_grade": "A:\nB:\nC:\nD:",
    "payment_mode": "全款:\n贷款:\n租赁:",
    "booking_channel": "电话:\n微信:\n到店:\n网络:",
    "booking_purpose": "保养:\n维修:\n事故:\n其他:",
    "role": """
        SA: sales advisor, 销售顾问
        CS: customer-service specialist, 客服专员, 回访员
        SV: service advisor, 服务顾问
        FD: front desk, service reception, 前台
        RS: reception supervisor, 接待主管
        SVM: service manager, 服务经理
        SM: sales manager, 销售经理
        GM: general manager, 总经理
        AST: sales assistant, 销售助理
        KAM: key-account manager, 客户经理
        CARE: customer-care specialist, 客户关爱专员
        CLUB: car-owner club, 俱乐部
        MKT: marketing, 市场部
    """,
    "intention": "无:\n换车:\n增购:\n推荐:\n情报:",
    "complaint_channel": "来电:\n来店:\n来信:\n厂商:\n媒体:\nBBS网站:\n消协:\n回访发现:",
    "complaint_severity": "一般:\n重大:",
    "handler_level": "1: CS\n2: SV\n3: RS\n4: SVM\n5: GM",
    "satisfied_after": "满意:\n不满意:",
    "focus_point": "价格:\n空间:\n油耗:\n外观:\n动力:\n安全:\n品牌:\n售后:\n其他:",
    "prospect_grade": "H:\nA:\nB:\nC:\nN:\nO:\nD:\nT:\n培育:\n逾期未订:",
    "answer_type": "0-10分: 0-10 points, 评分\n是否: Yes/No\n满意度: Satisfaction\n文字: Text",
    "survey_scenario": "销售:\n维修:\nVIP:\n企业:\n大修:",
    "reminder_basis": "日期:\n里程:\n首保:",
    "reminder_result": "已预约:\n自行到店:\n稍后:\n拒绝:\n已在外保养:\n无法联系:\n已换车:",
    "campaign_kind": "讲座:\n球赛健身:\n公益:\n采摘:\n自驾游:\n美容:\n儿童:\n免费检测:\n服务下乡:\n"
    "店头:\n答谢晚宴:\n新车上市:\n促销:\n季节养护:",
    "invitation_reply": "参加:\n不参加:\n待定:",
    "interest": "足球:\n篮球:\n乒乓球:\n台球:\n自驾:\n采摘:\n美容:\n亲子:\n讲座:",
    "relationship_stage": "客户开发阶段:\n初期合作阶段:\n稳定合作阶段:\n战略合作阶段:",
    "sales_mode": "框架合同: Framework\n合同: Contract\n散单: Occasional",
}


def rows(drawing):
    for line in drawing.strip().splitlines():
        word, _, accepted = line.strip().partition(":")
        yield word, [spelling.strip() for spelling in accepted.split(",") if spelling.strip()]


EVERY_WORD = [
    (table, spelling, word)
    for table, drawing in WORDS_OF_DOM.items()
    for word, accepted in rows(drawing)
    for spelling in (word, *accepted)
]


def test_every_table_of_words_is_looked_at_here():
    """
    A new table needs its words here too.
    """
    assert set(WORDS_OF_DOM) == set(WORDS)


def test_every_word_of_dom_is_understood():
    """
    Canonical words, and those accepted for them in either language.
    """
    assert [each for each in EVERY_WORD if canonical(each[0], each[1]) != each[2]] == []


def test_the_name_that_a_person_reads_leads_back_to_the_word():
    """
    What we write into an English workbook has to be understood when it is read again, in Chinese too.
    """
    shown = [(table, show(table, word), word) for show in (english, chinese) for table, _, word in EVERY_WORD]

    assert [each for each in shown if canonical(each[0], each[1]) != each[2]] == []


@pytest.mark.parametrize("table", WORDS)
def test_no_spelling_stands_for_two_words(table):
    """
    The second would never be reached.
    """
    owner: dict[str, str] = {}
    for word in WORDS[table].words:
        for spelling in (word.canonical, word.english, *word.accepted):
            compact = "".join(spelling.split()).casefold()
            assert not compact or owner.setdefault(compact, word.canonical) == word.canonical, spelling


def test_blanks_case_and_full_width_do_not_count():
    """
    DOM 2.18: compared after NFKC, without blanks, case-insensitively.
    """
    assert canonical("result", " NO  Answer ") == "未接"
    assert canonical("result", "ｃｏｎｎｅｃｔｅｄ") == "接通"
    assert canonical("result", "接 通") == "接通"
    assert canonical("yes_no", "ｙ") == "yes"


def test_a_number_in_the_cell_is_as_good_as_its_text():
    """
    Excel hands 1 over as 1.0.
    """
    assert canonical("yes_no", 1.0) == "yes"
    assert canonical("yes_no", 0) == "no"
    assert canonical("yes_no", True) == "yes"
    assert canonical("handler_level", 2.0) == "2"


def test_blank_is_told_from_unknown():
    """
    Only the unknown word is a fault.
    """
    assert canonical("result", None) == ""
    assert canonical("result", "  ") == ""
    assert canonical("result", "perhaps") is None


def test_any_other_occupation_is_other():
    """
    DOM 2.18: no data-quality row for those; blank stays blank.
    """
    assert canonical("occupation", "画家") == "其他"
    assert canonical("occupation", "") == ""


def test_not_commercial_reads_as_blank():
    """
    非营运 may be private or official (DOM 2.4).
    """
    assert canonical("use_type", "非营运") == ""


@pytest.mark.parametrize(
    ("table", "word", "written"),
    [
        ("yes_no", "yes", "已同意 Completed"),
        ("yes_no", "no", "未同意 尚未 Notyet"),
        ("customer_type", "单位", "政府 政府机关"),
        ("region_type", "县城", "County 县区"),
        ("base_scope", "自销", "Own"),
        ("use_type", "私家车", "家庭自用 个人非营运"),
        ("use_type", "公务车", "企业非营运 机关非营运 Company"),
        ("use_type", "营运车", "出租客运 公路客运 营业货运"),
        ("work_type", "定期保养", "例保 二保 PM"),
        ("work_type", "一般维修", "机电"),
        ("work_type", "事故车", "事故车维修"),
        ("pay_type", "自费", "CP"),
        ("pay_type", "保修索赔", "三包索赔"),
        ("booking_initiator", "客户主动", "客户主动预约"),
        ("booking_initiator", "提醒后预约", "Reminder"),
        ("booking_status", "已到店", "履约 Showed"),
        ("channel", "电话", "来电 去电 外呼"),
        ("channel", "到店", "展厅"),
        ("result", "空号", "WrongNo."),
        ("result", "改约", "Callbacklater"),
        ("complaint_status", "处理中", "进行中 Inprocess"),
        ("prospect_grade", "B", "B类"),
    ],
)
def test_words_of_exports(table, word, written):
    """
    As dealers' own systems and lists write them; what stands on a driving licence of a car, too.
    """
    assert {each: canonical(table, each) for each in written.split()} == dict.fromkeys(written.split(), word)


def test_dictionaries_of_the_store_keep_their_own_words():
    """
    DOM 2.13: their values can be edited.
    """
    assert canonical("source_channel", " 抖音 ") == "抖音"
    assert canonical("source_channel", "Showroom") == "展厅"


def test_words_are_shown_in_the_language_of_the_reader():
    """
    JSON keeps the canonical word; people see their own.
    """
    assert english("result", "接通") == "Connected"
    assert english("role", "SA") == "Sales advisor"
    assert chinese("role", "SA") == "销售顾问"
    assert chinese("result", "接通") == "接通"
    assert chinese("yes_no", "yes") == "是"
    assert english("source_channel", "抖音") == "抖音"


RULE_WORDS_OF_DOM = [
    ("交车当天/交车当日/Delivery day", "DLV-D0"),
    ("2小时/交车后2小时/交车后2小时关怀/2-hour care call", "DLV-2H"),
    ("3天/3天回访/交车后3天/3-day call", "DLV-3D"),
    ("7天(销售)/7天回访(销售)/7-day call by sales", "DLV-7D-SA"),
    ("7天(客服)/7天回访(客服)/7DC/7-day survey call", "DLV-7D-CS"),
    ("2周经理/2周经理感谢/Manager thanks", "DLV-2W-MGR"),
    ("15-30天/15—30天联系/15-30-day contact", "DLV-15-30"),
    ("第1月/1个月/满1个月/Month 1/满一个月", "DLV-M01"),
    ("第6月/6个月/满6个月/Month 6/month6", "DLV-M06"),
    ("第12月/12个月/满12个月/Month 12/满十二个月", "DLV-M12"),
    ("第45月/45个月/满45个月/Month 45", "DLV-M45"),
    ("第47月", "DLV-M47"),
    ("第48月/48个月/满48个月/Month 48/第51月/第48月以上/Month 120", "DLV-M48+"),
    ("首保/首保回访/First-service call", "FS-CALL"),
    ("保养/保养提醒/Maintenance reminder", "MNT-CALL"),
    ("未到站/未到站原因/未到站原因回访/Why not come", "MNT-NOSHOW"),
    ("预约确认/Booking confirmation", "BOOK-CFM"),
    ("维修后3天/维修后3天回访/维修回访/3DC/Post-repair call", "SVC-3D"),
    ("投诉/Complaint", "CMP-2H CMP-FU24 CMP-PROG"),
    ("使用异议/使用异议再说明/Usage question call-back", "CMP-USE"),
    ("续保/续保提醒/Insurance renewal", "INS-1M"),
    ("年检/年检提醒/Annual inspection", "INSP-1M"),
    ("生日/Birthday", "BDAY-7 BDAY-0"),
    ("置换/置换邀约/Replacement invitation", "TRADE-IN"),
    ("流失预警/Lapse warning", "LAPSE-WARN"),
    ("准流失/假性流失/Pseudo-lapse", "LAPSE-PSEUDO"),
    ("流失调研/真性流失/真性流失调研/True-lapse survey", "LAPSE-TRUE"),
    ("流失客户上门回访", "LOST-VISIT"),
    ("大客户/Key account", "KA-WEEK KA-MONTH KA-QTR"),
    ("潜客/潜客跟进/Prospect follow-up/PRO-*", "PRO-H PRO-A PRO-B PRO-C PRO-N"),
    ("约定回访/Agreed call-back", "NEXT"),
]


@pytest.mark.parametrize(
    ("word", "codes"), [(word, codes) for words, codes in RULE_WORDS_OF_DOM for word in words.split("/")]
)
def test_every_rule_word_of_dom_is_understood(word, codes):
    """
    DOM 2.18, second table; case does not count.
    """
    assert codes.split() == rule_codes(word)
    assert codes.split() == rule_codes(word.upper())


CODES = """
    DLV-D0 DLV-2H DLV-3D DLV-3D-AS DLV-7D-SA DLV-7D-CS DLV-2W-MGR DLV-15-30 DLV-PHOTO OEM-1 OEM-2
    DLV-M01 DLV-M02 DLV-M03 DLV-M04 DLV-M06 DLV-M09 DLV-M12 DLV-M15 DLV-M45 DLV-M48+ DLV-M
    FS-AUTO FS-CALL MNT-AUTO-3M MNT-MONTH MNT-CALL MNT-NOSHOW BOOK-CFM REPAIR-LIST
    SVC-3D CMP-2H CMP-24H CMP-FU24 CMP-PROG CMP-USE INQ-24H
    INS-1M INSP-1M BDAY-7 BDAY-0 BDAY-MONTH HOL ANNIV MAIL-MONTH SEAS-SPR SEAS-WIN QTR-INV NEWCAR PROMO POLICY
    TRADE-IN LAPSE-WARN LAPSE-PSEUDO LAPSE-TRUE LOST-VISIT PLAN-PREV PLAN-VIP KA-WEEK KA-MONTH KA-QTR
    GRADE-A-QTR PRO-H PRO-A PRO-B PRO-C PRO-N HANDOVER REF-THANKS NEXT
"""


@pytest.mark.parametrize("code", CODES.split())
def test_a_rule_code_is_always_accepted(code):
    """
    In any case and with any dash (DOM 2.18).
    """
    assert [code] == rule_codes(code)
    assert [code] == rule_codes(code.lower().replace("-", "—"))


@pytest.mark.parametrize("sign", ["、", ",", "，", ";", "；", "+", "＋", "\n", "\r\n", " 、 "])
def test_a_cell_may_name_several_rules(sign):
    """
    DOM 2.7: separated by 、 , ; +, half or full width; a line break separates too.
    """
    assert rule_codes(f"3天回访{sign}SVC-3D") == ["DLV-3D", "SVC-3D"]


def test_the_plus_of_the_last_months_is_not_a_separator():
    """
    DLV-M48+ is a code.
    """
    assert rule_codes("DLV-M48+") == ["DLV-M48+"]
    assert rule_codes("DLV-M48++SVC-3D") == ["DLV-M48+", "SVC-3D"]
    assert rule_codes("dlv-m48+、3DC") == ["DLV-M48+", "SVC-3D"]


def test_each_rule_is_named_once():
    """
    Saying it twice does not make two calls.
    """
    assert rule_codes("生日、BDAY-0") == ["BDAY-7", "BDAY-0"]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("SA", "DLV-7D-SA"),
        ("销售顾问", "DLV-7D-SA"),
        ("CS", "DLV-7D-CS"),
        ("SV", "DLV-7D-CS"),
        ("", "DLV-7D-CS"),
    ],
)
@pytest.mark.parametrize("word", ["7天", "7天回访", "７天", "7 天"])
def test_the_seven_day_call_depends_on_the_role(word, role, code):
    """
    Sales and customer service both call within seven days (DOM C8).
    """
    assert [code] == rule_codes(word, role)


def test_full_width_brackets_and_dashes_do_not_count():
    """
    7天（销售） is typed as often as 7天(销售).
    """
    assert rule_codes("7天（销售）") == ["DLV-7D-SA"]
    assert rule_codes("7天 回访（客服）") == ["DLV-7D-CS"]
    assert rule_codes("15－30天") == ["DLV-15-30"]


@pytest.mark.parametrize("text", [None, "", "  ", "、", "随便聊聊", "第0月", "6月", "月", "每月", "DLV-M00"])
def test_unknown_words_name_no_rule(text):
    """
    Then the row counts as one that names none (DOM 0.3).
    """
    assert rule_codes(text) == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("三天回访 三日回访 3日回访 交车后三天 交车3天回访 3天电话回访 3days", ["DLV-3D"]),
        ("七天回访 7日 交车后7天 7days", ["DLV-7D-CS"]),
        ("两小时 交车后两小时", ["DLV-2H"]),
        ("维修后三天 维修3天回访 售后三日回访 售后3天", ["SVC-3D"]),
        ("首保提醒 首保电话回访 Firstservice", ["FS-CALL"]),
        ("保养回访 Maintenance", ["MNT-CALL"]),
        ("年审 年审提醒 年检回访", ["INSP-1M"]),
        ("续保回访", ["INS-1M"]),
        ("生日祝福 生日关怀", ["BDAY-7", "BDAY-0"]),
        ("12个月回访 第12个月回访 12months 12thmonth", ["DLV-M12"]),
    ],
)
def test_the_same_rule_in_other_words(words, codes):
    """
    Days in Chinese digits, 日 for 天, what comes behind the name: a row of the log that says so answers that call.
    """
    assert {word: rule_codes(word) for word in words.split()} == dict.fromkeys(words.split(), codes)


@pytest.mark.parametrize(
    "text", ["回访", "提醒", "call", "维修", "十三天", "23天回访", "流失客户回访", "6月回访", "每月回访"]
)
def test_a_part_of_a_name_is_none(text):
    """
    Nor is a number of days that no rule has.
    """
    assert rule_codes(text) == []


def test_known_words_beside_unknown_ones_count():
    """
    Only the unknown word is passed over.
    """
    assert rule_codes("续保、顺便问候") == ["INS-1M"]


def test_the_name_of_a_rule_is_accepted_too():
    """
    DOM 3 names rules that its table of words leaves out.
    """
    assert rule_codes("24小时处理") == ["CMP-24H"]
    assert rule_codes("使用满三个月") == ["DLV-M03"]
