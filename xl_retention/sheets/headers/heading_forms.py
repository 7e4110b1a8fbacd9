"""Other ways to write a heading that we know: the same words in another order, short, twice, or with its owner.

`Date of Delivery`, `Delivery Dt` and `DeliveryDate` are one heading, as are 交车日, 交车时间 and 交车日期, 客户手机 and
手机 on a sheet of customers, and `手机 Mobile`. Nothing is guessed: a form that two fields of a table share is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from xl_retention.domain.schema import Field, Kind
from xl_retention.domain.simplified import simplified

LONGEST_HEADING = 80
"""What is longer is a sentence, and no heading in other words."""

_CHINESE = "\u4e00-\u9fff"
_HAS_CHINESE = re.compile(f"[{_CHINESE}]")

# Brackets that say how to fill a column. Others belong to the heading: 交车日期(维修).
_UNIT = re.compile(
    r"[(\[【〔]\s*("
    r"km|kms|kilomet(?:er|re)s?|公里|万公里|千米|元|万|万元|元/年|人民币|rmb|cny|yuan|[¥￥%‰]"
    r"|年|月|日|天|周|岁|年/月/日|年月日|月/日|小时|分|分钟|秒|days?|months?|years?|hours?|min|mins|minutes|h"
    r"|次|次/年|个|人|台|辆|位|\d+\s*位|\d+\s*[-~–]\s*\d+\s*分?|\d+分制|(?:km|公里)/(?:day|天|日)"
    r"|必填|必填项|选填|可选|非必填|自动|下拉|单选|多选|请选择|required|optional|mandatory|auto|select"
    r"|是/否|有/无|男/女|个人/单位|y/n|yes/no|m/f|h/a/b/c|habc|a-d"
    r"|[ymdh年月日时分:./ -]{4,}|dd.mmm?.yyyy|格式.*|e\.?g\.?.*|例.*|如.*"
    r"|本人|实际|日期|时间|日期时间|年/月|内容|详细|明细|大类|系统|首选|阳历|公历|五级|full|date|time|actual|name|number|\d{1,2}"
    r"|[^()/]{1,4}(?:/[^()/]{1,4}){2,}|接通/未接|私家/公务"
    r")\s*[)\]】〕]",
    re.IGNORECASE,
)

_JOINED = (
    (r"follow(?:ed)?[\s_-]?ups?\b", " followup "),
    (r"\bcheck(?:ed)?[\s_-]?(in|out)\b", r" check\1 "),
    (r"\bcall[\s_-]?backs?\b", " callback "),
    (r"\bhand(?:ed)?[\s_-]?over\b", " handover "),
    (r"\be[\s_-]?mail\b", " email "),
    (r"\bopt(?:ed)?[\s_-]?(in|out)\b", r" opt\1 "),
    (r"\btrade[\s_-]?in\b", " tradein "),
    (r"\bpost[\s_-]?code\b", " postcode "),
    (r"\bzip[\s_-]?code\b", " zip "),
    (r"\bbirth[\s_-]?day\b", " birth date "),
    (r"\bno[\s_-]show\b", " noshow "),
    (r"\br/o\b|\br\.o\.", " ro "),
    (r"\bsales?[\s_-]?(?:person|man|woman|exec(?:utive)?|rep(?:resentative)?|cons(?:ultant)?)\b\.?", " salesman "),
    (r"\bsales[\s_-]?advis[eo]r\b", " salesman "),
    (r"\bregno\b", " registration no "),
    (r"\bwe[\s_-]?chat\b", " wechat "),
    (r"\b(?:number|no\.?|nos\.?) of\b", " count "),
    (r"\bvalid (?:to|till|thru|until)\b", " until "),
    (r"\bdate\s?(?:/|&|and)?\s?time\b", " date "),
    (r"\bjob[\s_-]?card\b", " job card "),
    (r"\b1st\b", " first "),
    (r"\b2nd\b", " second "),
)
"""English compounds that people write as one word, as two, or short."""


@lru_cache(maxsize=1)
def _compounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    """`_JOINED` for use; to make it takes longer than all else that a module does when it is loaded."""
    return tuple((re.compile(form, re.IGNORECASE), word) for form, word in _JOINED)


_ONE_WORD: Mapping[str, str] = {
    **dict.fromkeys(("cust", "clnt", "client", "clients", "customers", "customers'"), "customer"),
    **dict.fromkeys(("veh", "car", "vehicles"), "vehicle"),
    **dict.fromkeys(("reg", "regn", "regd", "registered", "rego"), "registration"),
    **dict.fromkeys(("lic", "licence"), "license"),
    **dict.fromkeys(("num", "nbr", "nr", "number", "no"), "no"),
    **dict.fromkeys(("tel", "telephone", "ph", "phone"), "phone"),
    **dict.fromkeys(("cell", "cellular", "cellphone", "mob", "handphone", "gsm"), "mobile"),
    **dict.fromkeys(("svc", "srv", "serv", "serviced"), "service"),
    **dict.fromkeys(("ins",), "insurance"),
    **dict.fromkeys(("insp",), "inspection"),
    **dict.fromkeys(("exp", "expires", "expiration", "expiring"), "expiry"),
    **dict.fromkeys(("wty", "warr"), "warranty"),
    **dict.fromkeys(("kms", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("deliv", "dlvry", "dlv", "delivered"), "delivery"),
    **dict.fromkeys(("purch", "purchased"), "purchase"),
    **dict.fromkeys(("pref",), "preferred"),
    **dict.fromkeys(("pmt",), "payment"),
    "dt": "date",
    "maint": "maintenance",
    "addr": "address",
    "odo": "odometer",
    "rdg": "reading",
    "amt": "amount",
    "desc": "description",
    "appt": "appointment",
    "adv": "advisor",
    "adviser": "advisor",
    "mgr": "manager",
    "acct": "account",
    "colour": "color",
    "organization": "organisation",
    "labor": "labour",
    "cancelled": "canceled",
    "enquiry": "inquiry",
    "tech": "technician",
    "est": "expected",
    "emp": "employee",
    "avg": "average",
    "yr": "year",
    "till": "until",
    "ends": "end",
}
_YES_NO = ("是/否", "有/无", "y/n", "yes/no")
_SAYS_NOTHING = frozenset(("of", "the", "a", "an", "s", "and", "actual"))
_SEVERAL = frozenset(("vins", "plates", "phones"))
"""Of these a cell holds more than one."""
_DATE_LAST = "on"

_SAME_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("最近一次", "最后一次", "上一次", "最近", "最后", "末次", "前次"), "上次"),
    **dict.fromkeys((f"{verb}{place}" for verb in "入来到进回" for place in "厂店站"), "进厂"),
    **dict.fromkeys((f"{verb}{place}" for verb in "离出" for place in "厂店站"), "出厂"),
    **dict.fromkeys(("年审", "审车", "验车", "检车", "车检"), "年检"),
    **dict.fromkeys(("公里数", "里程数"), "里程"),
    **dict.fromkeys(("联络", "连络"), "联系"),
    **dict.fromkeys(("日期时间", "时间日期"), "日期"),
    **dict.fromkeys(("的", "及", "与", "和"), ""),
    "其它": "其他",
    "顾客": "客户",
    "商业保险": "商业险",
    "车险": "保险",
    "人员": "人",
    "牌照": "车牌",
    "理由": "原因",
    "引擎": "发动机",
    "定金": "订金",
    "跟踪": "跟进",
}
"""Chinese words that mean the same in a heading."""
_SAME_WORD = re.compile("|".join(sorted(_SAME_WORDS, key=len, reverse=True)))

_LAST_WORDS: Mapping[str, str] = {
    "(?:有效期|到期|截止|终止|失效|止)(?:日期|时间|日|期|至|止)*": "到期",
    "(?<=.)(?:日期|时间|年月日)|(?<=..)日": "日期",
    "(?<=.)(?:号码|编号|编码|代码|代号|号|id)": "号",
    "(?<=.)(?:金额|费用|费|价格|价|额)": "金额",
    "(?<=..)(?:姓名|名称|名字|全称)": "",
    "(?<=.)(?:类型|类别|种类)": "类型",
    "(?<=.)(?:等级|级别)": "级别",
    "公里": "里程",
}
"""Endings of Chinese headings that mean the same, and the one that stands for them."""
_LAST_WORD = re.compile("|".join(f"({words})$" for words in _LAST_WORDS))
_ENDINGS = tuple(_LAST_WORDS.values())
_FIRST_WORD = re.compile("^(?:本次|实际)(?=..)")


_PERSON = ("客户的", "客户", "顾客", "车主", "customer", "owner")
_OWN_NOUNS: Mapping[str, tuple[str, ...]] = {
    "customer": _PERSON,
    "vehicle": ("车辆", "汽车", "vehicle"),
    "complaint": ("投诉", "complaint", "case"),
    "booking": ("预约", "booking", "appointment"),
    "prospect": ("潜在客户", "意向客户", "潜客", "线索", "商机", "prospect", "lead", "inquiry", "opportunity"),
    "campaign": ("活动", "campaign", "event"),
    "staff": ("员工", "staff", "employee"),
    "key_account": ("大客户", "account"),
    "renewal": ("续保", "renewal"),
    "maintenance_reminder": ("提醒", "reminder"),
    "store": ("门店", "store"),
    "service_visit": ("工单", "维修", "ro", "job"),
}
"""By table what its rows are; before a field of its own the word says nothing new."""


def without_unit(heading: str) -> tuple[str, str]:
    """A heading in half-width signs without the brackets that hold a unit, and that unit in lower case or ""."""
    half_width = unicodedata.normalize("NFKC", heading)
    unit = _UNIT.search(half_width) if not half_width.isalnum() else None
    return (_UNIT.sub("", half_width), unit.group(1).casefold()) if unit else (half_width, "")


@lru_cache(maxsize=10_000)
def form(heading: str) -> str:
    """What headings have in common that say the same words: letters folded, in one order; "" for signs alone."""
    if len(heading) > LONGEST_HEADING:
        return heading
    text, _ = without_unit(heading)
    if not _HAS_CHINESE.search(text):
        return " ".join(sorted(_english(text)))
    text = "".join(re.findall(r"\w", simplified(text).casefold().replace("_", ""))).removesuffix("1")
    text = _FIRST_WORD.sub("", _SAME_WORD.sub(lambda same: _SAME_WORDS[same[0]], text))
    return _LAST_WORD.sub(lambda last: _ENDINGS[(last.lastindex or 0) - 1], text)


def _english(text: str) -> list[str]:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("#", " number "))
    if "." in text:
        text = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda short: short[0].replace(".", ""), text)
    for words, word in _compounds():
        text = words.sub(word, text)
    tokens = re.findall("[a-z]+|[0-9]+|%", text.casefold())
    if len(tokens) > 1 and tokens[-1] == _DATE_LAST:
        tokens[-1] = "date"
    if len(tokens) > 1 and tokens[0] == "no":
        tokens[0] = "not"  # No Contact is none, Contact No is a number
    tokens = [_ONE_WORD.get(token, token) for token in tokens if token not in _SAYS_NOTHING]
    if len(tokens) > 1 and tokens[-1] == "1":
        tokens.pop()  # the first of several
    return [_ONE_WORD.get(one, one) for token in tokens for one in [_singular(token)]]


def _singular(word: str) -> str:
    keeps = word in _SEVERAL or len(word) < 4 or not word.endswith("s") or word.endswith("ss")
    return word if keeps else word[:-1]


PERSON = "person"
"""Instead of a table: the word before a heading names the customer, so that a field of a person has to follow."""


def without_owner(heading: str, entity: str) -> list[tuple[str, str]]:
    """
    Forms of a heading without the word that says whose or what it is (客户手机, `Vehicle Colour`).

    Returns:
        Each with the table of which the rest has to be a field, or `PERSON`.
    """
    owners = dict.fromkeys(_OWN_NOUNS.get(entity, ()), entity) | dict.fromkeys(_PERSON, PERSON)
    if entity == "customer":
        owners |= dict.fromkeys(_OWN_NOUNS["vehicle"], "vehicle")
    full = form(heading)
    words = full.split(" ")
    found: list[tuple[str, str]] = []
    for noun, owner in owners.items():
        if not noun.isascii():
            if full.startswith(noun) and len(full) > len(noun) + 1:
                found.append((full.removeprefix(noun), owner))
        elif noun in words and len(words) > 1:
            found.append((" ".join(words[: words.index(noun)] + words[words.index(noun) + 1 :]), owner))
    return found


def without_name(heading: str) -> str:
    """Form of an English heading without `Name`: Salesperson Name is the salesperson; "" where it says no name."""
    words = form(heading).split(" ")
    return " ".join(word for word in words if word != "name") if "name" in words else ""


_OF_STAFF = frozenset((
    "sales_advisor", "cs_owner", "service_advisor_owner", "service_advisor", "technician", "staff", "handler", "owner",
    "approved_by", "checked_by", "reviewed_by", "manager_checked",
))  # fmt: skip


def belongs_to_a_person(field: Field) -> bool:
    """Whether 客户 before its heading says nothing new; 客户负责人 may be somebody else than 负责人."""
    return field.name not in _OF_STAFF and field.kind not in (Kind.INTEGER, Kind.MONEY)


def asks_yes_or_no(heading: str) -> str:
    """Form of what a heading asks yes or no about (是否免打扰, 预约(是/否)); "" for other headings."""
    words = form(heading)
    if words.startswith("是否") and len(words) > 2:
        return words.removeprefix("是否")
    return words if without_unit(heading)[1] in _YES_NO else ""


_DATE_AND_TIME = re.compile(r"(?P<date>日期|date)\s*/\s*(?:时间|time)", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def parts(heading: str) -> tuple[str, ...]:
    """The parts of a heading that says everything twice (`手机 Mobile`, `姓名(Name)`, 姓名/车主); () for others."""
    if len(heading) > LONGEST_HEADING:
        return ()
    text, _ = without_unit(heading)
    text = _DATE_AND_TIME.sub(lambda both: both["date"], text)
    bilingual = re.sub(
        rf"(?<=[{_CHINESE}])[\s_-]*(?=[A-Za-z]{{2}})|(?<=[A-Za-z.#]{{2}})[\s_-]*(?=[{_CHINESE}]{{2}})", "/", text
    )
    found = [part.strip() for part in re.split(r"[/|、()\[\]\r\n]+", bilingual) if part.strip()]
    return tuple(found) if len(found) > 1 else ()
