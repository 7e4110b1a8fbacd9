# ruff: noqa: E501 (a row of a table stays in one piece, and a Chinese letter counts twice)
"""Words of enumerated values, in both languages (DOM 2.18, 2.3-2.12, section 1); those of rules: `rule_words`.

A table holds one row per canonical word: the word of DOM, its English name, and what else staff write for it.
Words are compared after NFKC, without blanks, in any case. JSON, keys and labels always carry the canonical
word; only what a person reads is put into the language of the store, by `english` and `chinese`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from xl_retention.domain.further_words import FURTHER_WORDS, SAID_OF_FIELDS
from xl_retention.domain.simplified import simplified


@dataclass(frozen=True)
class Word:
    """One canonical word with its English name and what is accepted for it besides."""

    canonical: str
    english: str
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordTable:
    """The words of one enumerated value.

    Args:
        words: In the order in which a person would choose from them.
        is_open: A dictionary of the store, which may hold further words; unknown ones are kept as typed.
        otherwise: What an unknown word reads as, where DOM names one; else it is unknown.
    """

    words: tuple[Word, ...]
    is_open: bool = False
    otherwise: str | None = None
    _index: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, str] = {}
        for word in self.words:
            for spelling in (word.canonical, word.english, *word.accepted):
                if spelling:
                    index.setdefault(_compact(spelling), word.canonical)
        object.__setattr__(self, "_index", index)

    @cached_property
    def _english(self) -> dict[str, str]:
        return {word.canonical: word.english for word in self.words}

    @property
    def canonical_words(self) -> tuple[str, ...]:
        """What a cell of this value may hold, for drop-down lists."""
        return tuple(word.canonical for word in self.words if word.canonical)

    def canonical(self, text: object) -> str | None:
        """As the function `canonical`."""
        compact = _compact(text)
        if not compact:
            return ""
        known = self._index.get(compact)
        if known is not None:
            return known
        return str(text).strip() if self.is_open else self.otherwise

    def english(self, canonical: str) -> str:
        """As the function `english`."""
        return self._english.get(canonical, canonical)


def _compact(text: object) -> str:
    if text is None:
        return ""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return simplified("".join(unicodedata.normalize("NFKC", str(text)).split()).casefold())


def _w(canonical: str, english: str, *accepted: str) -> Word:
    return Word(canonical, english, accepted)


def _words(*words: Word, is_open: bool = False, otherwise: str | None = None) -> WordTable:
    return WordTable(words, is_open, otherwise)


_WORDS_OF_DOM: dict[str, WordTable] = {
    "yes_no": _words(
        _w("yes", "Yes", "是", "Y", "√", "✓", "✔", "1", "已", "True", "有", "对", "同意", "已完成", "完成", "已首保",
           "已预约", "已绑定", "已关注", "Done"),
        _w("no", "No", "否", "N", "×", "0", "未", "False", "无", "没有", "不同意", "未完成", "未首保", "未预约", "未绑定",
           "未关注", "Not done"),
    ),
    "customer_type": _words(
        _w("个人", "Person", "私人", "Individual", "Private"),
        _w("单位", "Company", "公司", "企业", "机构", "Organisation", "Organization", "Business", "Corporate"),
    ),
    "gender": _words(
        _w("男", "Male", "先生", "男性", "M", "Man", "Mr", "Mr."),
        _w("女", "Female", "女士", "小姐", "女性", "F", "Woman", "Ms", "Ms.", "Mrs", "Mrs.", "Miss"),
    ),
    "marital_status": _words(
        _w("已婚", "Married", "是", "Yes", "Y"),
        _w("未婚", "Single", "否", "No", "N", "Unmarried"),
        _w("其他", "Other", "离异", "丧偶", "Divorced", "Widowed"),
    ),
    "region_type": _words(
        _w("市区", "City", "城区", "Urban"),
        _w("县城", "County town", "县"),
        _w("乡镇", "Rural", "农村", "Countryside", "Village"),
    ),
    "occupation": _words(
        _w("公务员", "Civil servant"),
        _w("企事业单位", "Employee", "事业单位", "企业职员", "教师", "医生", "工程师", "Teacher", "Doctor", "Engineer"),
        _w("务工人员", "Worker", "务工", "工人", "司机", "Driver"),
        _w("农民", "Farmer", "务农"),
        _w("其他", "Other"),
        _w("未知", "Unknown"),
        otherwise="其他",
    ),
    "source_channel": _words(
        _w("呼叫中心", "Call centre", "Call center"),
        _w("展厅", "Showroom", "Walk-in"),
        _w("互联网", "Internet", "网络", "Online", "Web", "Website"),
        _w("车展", "Auto show", "Motor show", "Car show"),
        _w("转介绍", "Referral", "朋友介绍"),
        _w("基盘置换", "Replacement by a customer", "Replacement"),
        _w("外拓", "Outreach"),
        _w("其他", "Other"),
        is_open=True,
    ),
    "base_scope": _words(
        _w("自销", "Own sale", "本店", "本店购车", "本店售出", "是", "Yes", "Y"),
        _w("本牌它销", "Same brand elsewhere", "同品牌他店", "本牌他销"),
        _w("它牌", "Other brand", "他牌"),
    ),
    "credit_grade": _words(*(_w(grade, grade, f"{grade}级", f"Grade {grade}") for grade in "ABCD")),
    "use_type": _words(
        _w("私家车", "Private", "私家", "家用", "私人"),
        _w("公务车", "Official", "公务", "公司用车", "单位用车"),
        _w("营运车", "Commercial", "营运", "出租", "网约车", "货运"),
        _w("", "", "非营运"),  # either of the first two: the store is asked
    ),
    "payment_mode": _words(
        _w("全款", "Full payment", "一次性付款", "Cash", "否", "No"),
        _w("贷款", "Loan", "按揭", "分期", "是", "Yes", "Finance", "Financed"),
        _w("租赁", "Lease", "Leasing", "Leased"),
    ),
    "vehicle_status": _words(
        _w("在用", "In use", "Active", "是", "Yes"),
        _w("转让", "Transferred", "已转让", "转卖", "Sold"),
        _w("报废", "Scrapped", "已报废"),
        _w("它牌置换", "Replaced by other brand", "他牌置换"),
    ),
    "work_type": _words(
        _w("首保", "First service", "初保"),
        _w("定期保养", "Maintenance", "保养", "常规保养", "Periodic maintenance", "Scheduled maintenance",
           "Regular maintenance"),
        _w("一般维修", "Repair", "维修", "General repair"),
        _w("事故车", "Accident", "事故", "事故维修", "Accident repair"),
        _w("返修", "Rework", "返工"),
        _w("索赔", "Warranty claim"),
        _w("其他", "Other"),
    ),
    "pay_type": _words(
        _w("自费", "Customer", "客户付费", "Customer paid"),
        _w("首保免费", "Free first service"),
        _w("保修索赔", "Warranty", "索赔", "Warranty claim"),
        _w("保险", "Insurance"),
        _w("内部", "Internal"),
        _w("活动赠送", "Gift", "赠送"),
    ),
    "booking_initiator": _words(
        _w("客户主动", "Customer", "主动"),
        _w("提醒后预约", "After reminder", "被动"),
        _w("员工代约", "Staff"),
    ),
    "booking_channel": _words(
        _w("电话", "Phone", "DC", "Call", "Telephone"),
        _w("微信", "WeChat"),
        _w("到店", "Showroom", "Walk-in", "In person"),
        _w("网络", "Online", "网上", "互联网", "Internet", "Web", "Website", "App"),
    ),
    "booking_purpose": _words(
        _w("保养", "Maintenance", "首保", "定期保养", "First service"),
        _w("维修", "Repair", "一般维修", "General repair"),
        _w("事故", "Accident", "事故车", "Accident repair"),
        _w("其他", "Other"),
    ),
    "booking_status": _words(
        _w("已到店", "Arrived", "到店", "是", "Yes", "Kept"),
        _w("未到店", "No-show", "未到", "否", "No", "No show", "Noshow"),
        _w("改期", "Rescheduled", "已改期"),
        _w("取消", "Cancelled", "已取消", "Canceled"),
    ),
    "role": _words(
        _w("SA", "Sales advisor", "销售顾问", "Sales adviser", "Sales consultant", "Salesperson"),
        _w("CS", "Customer-service specialist", "客服专员", "回访员", "客服", "Customer service specialist",
           "Customer service"),
        _w("SV", "Service advisor", "服务顾问", "Service adviser"),
        _w("FD", "Front desk", "前台", "Service reception", "Service reception/front desk", "Reception"),
        _w("RS", "Reception supervisor", "接待主管"),
        _w("SVM", "Service manager", "服务经理"),
        _w("SM", "Sales manager", "销售经理"),
        _w("GM", "General manager", "总经理"),
        _w("AST", "Sales assistant", "销售助理"),
        _w("KAM", "Key-account manager", "客户经理", "Key account manager"),
        _w("CARE", "Customer-care specialist", "客户关爱专员", "Customer care specialist", "Customer care"),
        _w("CLUB", "Car-owner club", "俱乐部", "Car owner club"),
        _w("MKT", "Marketing", "市场部", "Marketing department"),
    ),
    "channel": _words(
        _w("电话", "Phone", "DC", "电话(DC)", "Call", "Phone call", "Telephone"),
        _w("短信", "SMS", "Text", "Text message"),
        _w("微信", "WeChat"),
        _w("邮件", "E-mail", "Email", "电子邮件"),
        _w("信函", "Letter", "DM", "直邮", "直邮(DM)", "Direct mail"),
        _w("明信片", "Postcard"),
        _w("上门", "Visit", "亲访", "Home visit", "Personal visit"),
        _w("到店", "Showroom", "In store"),
    ),
    "result": _words(
        _w("接通", "Connected", "已接通", "Reached", "是", "Yes", "Answered"),
        _w("未接", "No answer", "无人接听", "未接通", "否", "No", "Not answered", "Unanswered"),
        _w("关机", "Switched off", "已关机", "Phone off"),
        _w("空号", "Invalid number", "号码错误", "Wrong number"),
        _w("拒访", "Refused", "拒绝"),
        _w("改约", "Call back", "稍后联系", "Call-back", "Callback"),
        _w("已发送", "Sent"),
    ),
    "satisfaction_level": _words(
        _w("非常满意", "Very satisfied"),
        _w("满意", "Satisfied"),
        _w("一般", "Neutral"),
        _w("不满意", "Dissatisfied", "Unsatisfied", "Not satisfied"),
        _w("非常不满意", "Very dissatisfied", "Very unsatisfied"),
    ),
    "objection_type": _words(
        _w("无", "None", "No", "没有"),
        _w("使用异议", "Usage", "使用", "Usage question"),
        _w("质量异议", "Quality", "质量", "Quality objection"),
        _w("价格", "Price"),
        _w("服务", "Service"),
        _w("其他", "Other"),
    ),
    "intention": _words(
        _w("无", "None", "没有", "No", "否"),
        _w("换车", "Replacement", "Replace", "置换"),
        _w("增购", "Additional purchase", "Additional car"),
        _w("推荐", "Referral", "转介绍"),
        _w("情报", "Contact intelligence", "情报提供", "Tip"),
    ),
    "complaint_channel": _words(
        _w("来电", "Call", "电话", "Phone", "Telephone"),
        _w("来店", "Visit", "到店", "Showroom", "In person"),
        _w("来信", "Letter", "信函"),
        _w("厂商", "Manufacturer", "厂家"),
        _w("媒体", "Media", "Press"),
        _w("BBS网站", "BBS/web", "BBS", "网站", "论坛", "网络", "Website", "Web", "Internet", "Forum"),
        _w("消协", "Consumer association", "消费者协会"),
        _w("回访发现", "Found during a call", "回访", "Follow-up call"),
    ),
    "complaint_category": _words(
        _w("质量", "Quality"),
        _w("服务", "Service"),
        _w("销售", "Sales"),
        _w("价格", "Price"),
        _w("使用", "Usage"),
        _w("其他", "Other"),
    ),
    "complaint_severity": _words(
        _w("一般", "Ordinary", "Normal", "Minor"),
        _w("重大", "Serious", "严重", "Major"),
    ),
    "handler_level": _words(
        _w("1", "1", "1级", "一级", "Level 1", "CS", "回访员", "客服专员"),
        _w("2", "2", "2级", "二级", "Level 2", "SV", "服务顾问", "Service advisor"),
        _w("3", "3", "3级", "三级", "Level 3", "RS", "接待主管", "Reception supervisor"),
        _w("4", "4", "4级", "四级", "Level 4", "SVM", "服务经理", "Service manager"),
        _w("5", "5", "5级", "五级", "Level 5", "GM", "总经理", "General manager"),
    ),
    "satisfied_after": _words(
        _w("满意", "Satisfied", "是", "Yes"),
        _w("不满意", "Dissatisfied", "否", "No", "Not satisfied", "Unsatisfied"),
    ),
    "complaint_status": _words(
        _w("待处理", "New", "未处理", "Open"),
        _w("处理中", "In progress"),
        _w("已解决", "Resolved", "解决", "Solved"),
        _w("已关闭", "Closed", "关闭"),
        _w("升级", "Escalated", "已升级"),
    ),
    "focus_point": _words(
        _w("价格", "Price"),
        _w("空间", "Space"),
        _w("油耗", "Fuel consumption", "Fuel"),
        _w("外观", "Looks", "Appearance"),
        _w("动力", "Power"),
        _w("安全", "Safety"),
        _w("品牌", "Brand"),
        _w("售后", "After-sales", "After sales"),
        _w("其他", "Other"),
        is_open=True,
    ),
    "prospect_grade": _words(
        _w("H", "H", "H级"),
        _w("A", "A", "A级"),
        _w("B", "B", "B级"),
        _w("C", "C", "C级"),
        _w("培育", "Nurture"),
        _w("逾期未订", "Past expected date"),
        _w("N", "New contact", "N级", "新接触"),  # this one and below: trade letters, read but never given
        _w("O", "Ordered", "O级"),
        _w("D", "Delivered", "D级"),
        _w("T", "Order refunded", "T级"),
    ),
    "prospect_status": _words(
        _w("在跟", "Open", "跟进中"),
        _w("订车", "Ordered", "已订车"),
        _w("退订", "Order cancelled", "已退订", "Order canceled"),
        _w("交车", "Delivered", "已交车"),
        _w("战败", "Lost"),
    ),
    "survey_scenario": _words(
        _w("销售", "Sales", "Sale"),
        _w("维修", "Repair", "Service"),
        _w("VIP", "VIP"),
        _w("企业", "Company"),
        _w("大修", "Major repair"),
    ),
    "answer_type": _words(
        _w("0-10分", "0-10 points", "Points", "分数", "评分", "打分"),
        _w("是否", "Yes or no", "Yes/No", "是或否", "是非"),
        _w("满意度", "Satisfaction"),
        _w("文字", "Text", "Free text", "开放", "简答"),
    ),
    "reminder_basis": _words(
        _w("日期", "Date"),
        _w("里程", "Mileage", "Odometer", "km"),
        _w("首保", "First service"),
    ),
    "reminder_result": _words(
        _w("已预约", "Booked"),
        _w("自行到店", "Comes without booking"),
        _w("稍后", "Later"),
        _w("拒绝", "Refused"),
        _w("已在外保养", "Serviced elsewhere"),
        _w("无法联系", "Not reachable"),
        _w("已换车", "Has another car"),
    ),
    "renewal_kind": _words(
        _w("保险", "Insurance"),
        _w("年检", "Inspection", "Annual inspection"),
    ),
    "renewal_result": _words(
        _w("本店续保", "Renewed here"),
        _w("外部续保", "Renewed elsewhere"),
        _w("未续", "Not renewed"),
        _w("已年检", "Inspected"),
        _w("待定", "Pending"),
    ),
    "campaign_kind": _words(
        _w("讲座", "Lecture"),
        _w("球赛健身", "Matches and fitness"),
        _w("公益", "Charity"),
        _w("采摘", "Fruit picking"),
        _w("自驾游", "Self-drive tour"),
        _w("美容", "Beauty"),
        _w("儿童", "Children"),
        _w("免费检测", "Free check"),
        _w("服务下乡", "Service in the countryside"),
        _w("店头", "At the store"),
        _w("答谢晚宴", "Thank-you dinner"),
        _w("新车上市", "New-model launch"),
        _w("促销", "Promotion"),
        _w("季节养护", "Seasonal care"),
        is_open=True,
    ),
    "invitation_reply": _words(
        _w("参加", "Comes", "Yes", "是", "Accepted"),
        _w("不参加", "Does not come", "No", "否", "Declined"),
        _w("待定", "Pending", "Maybe"),
    ),
    "interest": _words(
        _w("足球", "Football", "Soccer"),
        _w("篮球", "Basketball"),
        _w("乒乓球", "Table tennis"),
        _w("台球", "Billiards"),
        _w("自驾", "Self-drive tours"),
        _w("采摘", "Fruit picking"),
        _w("美容", "Beauty"),
        _w("亲子", "Parents and children"),
        _w("讲座", "Lectures"),
        is_open=True,
    ),
    "relationship_stage": _words(
        _w("客户开发阶段", "Development", "开发阶段", "客户开发"),
        _w("初期合作阶段", "First co-operation", "初期合作"),
        _w("稳定合作阶段", "Steady co-operation", "稳定合作"),
        _w("战略合作阶段", "Strategic co-operation", "战略合作"),
    ),
    "sales_mode": _words(
        _w("框架合同", "Framework", "Framework contract"),
        _w("合同", "Contract"),
        _w("散单", "Occasional"),
    ),
    "staff_status": _words(
        _w("在职", "Active"),
        _w("离职", "Left", "已离职"),
    ),
}  # fmt: skip


def _with_further_words(table: WordTable, further: Mapping[str, str]) -> WordTable:
    words = [
        replace(word, accepted=(*word.accepted, *filter(None, further.get(word.canonical, "").split(", "))))
        for word in table.words
    ]
    return WordTable(tuple(words), table.is_open, table.otherwise)


WORDS: dict[str, WordTable] = {
    name: _with_further_words(table, FURTHER_WORDS.get(name, {})) for name, table in _WORDS_OF_DOM.items()
}
"""Every word table by its name (`schema.Field.words`; `yes_no` for yes/no fields)."""

YES_NO_OF: Mapping[str, WordTable] = {
    name: _with_further_words(WORDS["yes_no"], further) for name, further in SAID_OF_FIELDS.items()
}
"""By name of a yes/no field its words: those of `yes_no`, and what its own column says."""

_CHINESE: Mapping[str, Mapping[str, str]] = {
    "yes_no": {"yes": "是", "no": "否"},
    "role": {word.canonical: word.accepted[0] for word in WORDS["role"].words},
}


def canonical(table: str, text: object) -> str | None:
    """Return the canonical word for what a cell holds.

    Returns:
        "" for a blank cell and for a word that DOM reads as blank (非营运); None for an unknown word. Tables
        that are dictionaries of the store keep an unknown word as typed; an unknown occupation is 其他.

    Source: DOM 2.18.
    """
    return WORDS[table].canonical(text)


def english(table: str, word: str) -> str:
    """Return the English name of a canonical word; a word that the table does not hold stays as it is."""
    return WORDS[table].english(word)


def chinese(table: str, word: str) -> str:
    """Return what a Chinese reader sees for a canonical word: the word itself, but for role codes and yes/no."""
    return _CHINESE.get(table, {}).get(word, word)
