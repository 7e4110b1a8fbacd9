"""Words that staff write for contact rules in the log, and the rules they mean (DOM 2.18, section 1)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from xl_retention.domain.cadence import MONTH_REPEAT, MONTH_SERIES, RULES, is_known, month_code
from xl_retention.domain.words import canonical

_SEPARATORS = re.compile(r"[、,;\r\n]|(?<![mM]48)\+")  # the plus of DLV-M48+ belongs to the code
_NOT_COUNTING = re.compile(r"[\s_()\-‐‑‒–—―−~]")
_LAST_SINGLE_MONTH = 47
_MONTHS = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_MONTH_WORDS = re.compile(
    rf"第{_MONTHS}个?月(?:以上|\+)?|(?:使用)?满{_MONTHS}个?月|{_MONTHS}个月|month(\d{{1,3}})\+?|(\d{{1,3}})(?:th)?months?"
)
_MONTH_CODES = re.compile(r"dlvm(\d{1,3})\+?")
_CHINESE_DIGITS = "零一二三四五六七八九"

_PROSPECT_RULES = ("PRO-H", "PRO-A", "PRO-B", "PRO-C", "PRO-N")

RULE_WORDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("交车当天", "交车当日", "Delivery day"), ("DLV-D0",)),
    (("2小时", "交车后2小时", "交车后2小时关怀", "2-hour care call"), ("DLV-2H",)),
    (("3天", "3天回访", "交车后3天", "3-day call"), ("DLV-3D",)),
    (("7天(销售)", "7天回访(销售)", "7-day call by sales"), ("DLV-7D-SA",)),
    (("7天(客服)", "7天回访(客服)", "7DC", "7-day survey call"), ("DLV-7D-CS",)),
    (("2周经理", "2周经理感谢", "Manager thanks"), ("DLV-2W-MGR",)),
    (("15-30天", "15—30天联系", "15-30-day contact"), ("DLV-15-30",)),
    (("首保", "首保回访", "First-service call"), ("FS-CALL",)),
    (("保养", "保养提醒", "Maintenance reminder"), ("MNT-CALL",)),
    (("未到站", "未到站原因", "未到站原因回访", "Why not come"), ("MNT-NOSHOW",)),
    (("预约确认", "Booking confirmation"), ("BOOK-CFM",)),
    (("维修后3天", "维修后3天回访", "维修回访", "3DC", "Post-repair call"), ("SVC-3D",)),
    (("投诉", "Complaint"), ("CMP-2H", "CMP-FU24", "CMP-PROG")),
    (("使用异议", "使用异议再说明", "Usage question call-back"), ("CMP-USE",)),
    (("续保", "续保提醒", "Insurance renewal"), ("INS-1M",)),
    (("年检", "年检提醒", "Annual inspection"), ("INSP-1M",)),
    (("生日", "Birthday"), ("BDAY-7", "BDAY-0")),
    (("置换", "置换邀约", "Replacement invitation"), ("TRADE-IN",)),
    (("流失预警", "Lapse warning"), ("LAPSE-WARN",)),
    (("准流失", "假性流失", "Pseudo-lapse"), ("LAPSE-PSEUDO",)),
    (("流失调研", "真性流失", "真性流失调研", "True-lapse survey"), ("LAPSE-TRUE",)),
    (("流失客户上门回访",), ("LOST-VISIT",)),
    (("大客户", "Key account"), ("KA-WEEK", "KA-MONTH", "KA-QTR")),
    (("潜客", "潜客跟进", "Prospect follow-up", "PRO-*"), _PROSPECT_RULES),
    (("约定回访", "Agreed call-back"), ("NEXT",)),
)
"""Words that staff write for contact rules, and the rules they mean (DOM 2.18). 7天 alone depends on the role."""

_COUNTED = re.compile("[一二两三四五六七八九](?=[天日周]|小时)")
_SAME_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?<=\d)日", "天"),
    (r"(?:交车|提车|购车)后?(?=\d)", ""),
    (r"(?:维修|售后)后?(?=\d)", "维修后"),
    ("年审|审车|验车", "年检"),
    (r"(?<=\d)days", "day"),
)
"""Parts of words and what stands for them in `RULE_WORDS`: 售后三日 is 维修后3天."""
_SAID_BEHIND = re.compile("(?:(?:电话)?(?:回访|提醒|关怀|祝福)|call|reminder)$")
"""What a clerk puts behind the name of a rule, this one or another: 首保提醒 is 首保回访."""

_SEVEN_DAYS = ("7天", "7天回访", "7-day call")


def rule_codes(text: object, role: str = "") -> list[str]:
    """Return the rules that a cell names, each once, in the order in which they are named.

    Args:
        text: Words or rule codes, several parted by `、` `,` `;` `+` or a line break. Case, blanks, dashes
            and full-width signs do not count. `DLV-M` is kept: it stands for the whole month series.
        role: Role code or name of the row; 7天 is the call of sales for SA and of customer service otherwise.

    Returns:
        Rule codes; empty where no word is known. Unknown words give no rule.

    Source: DOM 2.18. The names of the rules of DOM 3.1-3.5 are accepted beside the words listed there.
    """
    found: dict[str, None] = {}
    for part in _SEPARATORS.split(unicodedata.normalize("NFKC", "" if text is None else str(text))):
        found.update(dict.fromkeys(_rules_of(_rule_key(part), role)))
    return list(found)


def _rules_of(key: str, role: str) -> Iterable[str]:
    return next((found for each in _spellings(key) if (found := _rules_called(each, role))), ())


def _spellings(key: str) -> Iterator[str]:
    """A word as it was written, then in our words, then with something else behind it."""
    if not key:
        return
    yield key
    words = _COUNTED.sub(lambda sign: _digit(sign[0]), key)
    for part, ours in _SAME_WORDS:
        words = re.sub(part, ours, words)
    if words != key:
        yield words
    bare = _SAID_BEHIND.sub("", words)
    if bare != words:
        yield from (bare, f"{bare}回访", f"{bare}提醒")
    elif words.isascii():
        yield from (f"{words}call", f"{words}reminder")


def _digit(sign: str) -> str:
    return "2" if sign == "两" else str(_CHINESE_DIGITS.index(sign))


def _rules_called(key: str, role: str) -> Iterable[str]:
    if key in _SEVEN_DAY_KEYS:
        return ("DLV-7D-SA",) if canonical("role", role) == "SA" else ("DLV-7D-CS",)
    if key in _rules_by_key():
        return _rules_by_key()[key]
    match = _MONTH_CODES.fullmatch(key) or _MONTH_WORDS.fullmatch(key)
    month = _number(next(group for group in match.groups() if group)) if match else 0
    if not month:
        return ()
    return (month_code(month) if month <= _LAST_SINGLE_MONTH else MONTH_REPEAT,)


def _rule_key(text: str) -> str:
    return _NOT_COUNTING.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _number(text: str) -> int:
    """Read an amount of months in digits or in Chinese up to 九十九."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS.index(text) if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_CHINESE_DIGITS.index(tens) if tens else 1) * 10 + (_CHINESE_DIGITS.index(ones) if ones else 0)


@cache
def _rules_by_key() -> dict[str, tuple[str, ...]]:
    """Codes first, then the words of DOM 2.18, then the rules' own names where those are still free."""
    rules: dict[str, tuple[str, ...]] = {_rule_key(rule.code): (rule.code,) for rule in RULES}
    for words, codes in RULE_WORDS:
        assert all(is_known(code) for code in codes)
        rules.update({_rule_key(word): codes for word in words})
    for rule in RULES:
        if rule.code not in (MONTH_SERIES, MONTH_REPEAT):
            for name in (rule.chinese, rule.english):
                rules.setdefault(_rule_key(name), (rule.code,))
    return rules


_SEVEN_DAY_KEYS = frozenset(_rule_key(word) for word in _SEVEN_DAYS)
