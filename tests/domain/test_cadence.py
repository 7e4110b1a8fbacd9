"""The rule table is DOM 3.8 to the letter, and a store changes it cell by cell (DOM 2.20)."""

import pytest

from tests.tables import laid
from xl_retention.domain.cadence import RULES, Listing, Offset, Rulebook, RuleOverride, is_known, month_code
from xl_retention.domain.parameters import Parameters

TABLE_OF_DOM = """
    Code         | Open   | Due    | Deadline | Expire | Role | Pri | Sent | On
    DLV-D0       | 0d     | 0d     | 0d       | +1d    | SA   | 1   | yes  | yes
    DLV-2H       | 0d     | +2h    | = due    | +1d    | SA   | 1   | yes  | yes
    DLV-3D       | +1d    | +3d    | +3d      | +14d   | SA   | 2   |      | yes
    DLV-3D-AS    | +1d    | +3d    | +3d      | +14d   | CS   | 2   |      | no
    DLV-7D-SA    | +4d    | +7d    | +7d      | +14d   | SA   | 2   |      | yes
    DLV-7D-CS    | +4d    | +7d    | +7d      | +14d   | CS   | 2   |      | yes
    DLV-2W-MGR   | +14d   | +14d   | +17d     | +14d   | SM   | 4   | yes  | yes
    DLV-15-30    | +15d   | +22d   | +30d     | +14d   | SA   | 3   |      | yes
    DLV-PHOTO    | 0d     | +7d    | +14d     | +14d   | SA   | 5   | yes  | no
    DLV-M01      | -3d    | 0d     | +7d      | +14d   | SA   | 4   |      | yes
    DLV-M45      | -3d    | 0d     | +7d      | +14d   | SA   | 4   |      | yes
    DLV-M48+     | -3d    | 0d     | +7d      | +14d   | SA   | 4   |      | yes
    FS-CALL      | -15d   | -7d    | 0d       | +14d   | SA   | 3   |      | yes
    MNT-CALL     | -15d   | -7d    | 0d       | +14d   | CS   | 3   |      | yes
    MNT-NOSHOW   | +3d    | +3d    | +7d      | +14d   | CS   | 3   |      | yes
    BOOK-CFM     | -1d    | -1d    | 0d       | 0d     | FD   | 3   | yes  | yes
    SVC-3D       | +1d    | +3d    | +3d      | +14d   | CS   | 2   |      | yes
    CMP-2H       | 0d     | +2h    | +2h      | never  | SV   | 1   |      | yes
    CMP-24H      | 0d     | +24h   | +24h     | never  | SV   | 1   |      | yes
    CMP-FU24     | 0d     | +24h   | = due    | never  | CS   | 1   |      | yes
    CMP-PROG     | -2h    | 0h     | 0h       | never  | CS   | 1   |      | yes
    CMP-USE      | 0d     | +1d    | +2d      | +14d   | SA   | 2   |      | yes
    INS-1M       | -1m    | -1m    | 0d       | +14d   | SA   | 3   |      | yes
    INSP-1M      | -1m    | -1m    | 0d       | +14d   | CS   | 3   | yes  | yes
    BDAY-7       | -7d    | -7d    | -1d      | 0d     | CS   | 5   | yes  | yes
    BDAY-0       | 0d     | 0d     | 0d       | 0d     | SA   | 5   | yes  | yes
    TRADE-IN     | -3m    | 0d     | +30d     | +14d   | SA   | 4   |      | yes
    LAPSE-WARN   | 0d     | 0d     | +15d     | +14d   | CS   | 3   |      | yes
    LAPSE-PSEUDO | 0d     | 0d     | +15d     | +14d   | CS   | 3   |      | yes
    LAPSE-TRUE   | 0d     | 0d     | +30d     | +14d   | CS   | 4   |      | yes
    LOST-VISIT   | 0d     | 0d     | +30d     | +14d   | CS   | 4   |      | yes
    KA-WEEK      | 0d     | 0d     | +6d      | 0d     | KAM  | 3   |      | yes
    KA-MONTH     | 0d     | 0d     | +1m-1d   | 0d     | KAM  | 5   | yes  | yes
    KA-QTR       | 0d     | 0d     | +3m-1d   | 0d     | KAM  | 4   |      | yes
    PRO-H        | 0d     | 0d     | 0d       | never  | SA   | 2   |      | yes
    PRO-A        | 0d     | 0d     | 0d       | never  | SA   | 2   |      | yes
    PRO-B        | 0d     | 0d     | 0d       | never  | SA   | 4   |      | yes
    PRO-C        | 0d     | 0d     | 0d       | never  | SA   | 4   |      | yes
    PRO-N        | 0d     | 0d     | 0d       | never  | SA   | 4   |      | yes
    NEXT         | 0d     | 0d     | 0d       | +14d   |      | 2   |      | yes
"""
"""DOM 3.8. Two rows of the month series stand for all; "first day" and "last day" of a period are offsets here;
the role of CMP-24H is that of a complaint without category and level, NEXT has none of its own."""

ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE_OF_DOM.strip().splitlines()[1:]]
MONTHS = (1, 2, 3, 4, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_rule_is_the_row_of_dom_3_8(row):
    """
    Window, role, priority, whether a message closes it, and whether it runs.
    """
    code, open_, due, deadline, expire, role, priority, sent, on = row
    rule = Rulebook(Parameters())[code]
    assert rule.open == Offset.parse(open_)
    assert rule.due == Offset.parse(due)
    assert rule.deadline == (None if deadline == "= due" else Offset.parse(deadline))
    assert rule.expire == (None if expire == "never" else Offset.parse(expire))
    assert (rule.role, rule.priority) == (role, int(priority))
    assert (rule.sent, rule.on) == (sent == "yes", on == "yes")
    assert rule.listing is Listing.CALLS


def test_no_other_rule_reaches_todays_calls_but_those_without_a_sheet_of_their_own():
    """
    DOM 3.8: INQ-24H, HANDOVER, REF-THANKS and GRADE-A-QTR give nothing without their sheets.
    """
    of_dom = {row[0] for row in ROWS} | {month_code(month) for month in MONTHS}
    calls = {code for code, rule in Rulebook(Parameters()).items() if rule.listing is Listing.CALLS}
    beyond = calls - of_dom
    assert beyond == {"INQ-24H", "HANDOVER", "REF-THANKS", "GRADE-A-QTR"}
    listed = {code for code in beyond if Rulebook(Parameters())[code].counts_from != "nothing"}
    assert listed == {"HANDOVER", "REF-THANKS"}


@pytest.mark.parametrize(
    ("listing", "codes"),
    [
        (
            Listing.MAIL,
            "HOL ANNIV SEAS-SPR SEAS-WIN QTR-INV PROMO POLICY MAIL-MONTH FS-AUTO MNT-AUTO-3M NEWCAR",
        ),
        (Listing.PLAN, "MNT-MONTH REPAIR-LIST BDAY-MONTH PLAN-PREV PLAN-VIP"),
        (Listing.NOWHERE, "OEM-1 OEM-2"),
    ],
)
def test_bulk_rules_and_list_rules_never_reach_todays_calls(listing, codes):
    """
    Else the first day of a quarter would list every customer (DOM 0.3).
    """
    rules = Rulebook(Parameters())
    assert {code for code, rule in rules.items() if rule.listing is listing} == set(codes.split())


def test_the_rules_of_3_1_alone_are_for_the_narrow_base():
    """
    DOM 3.8 "Whose cars" (C10).
    """
    narrow = {rule.code for rule in RULES if rule.narrow}
    assert narrow == {
        "DLV-D0", "DLV-2H", "DLV-3D", "DLV-3D-AS", "DLV-7D-SA", "DLV-7D-CS", "DLV-2W-MGR", "DLV-15-30", "DLV-PHOTO",
        "OEM-1", "OEM-2",
    }  # fmt: skip


def test_the_month_series_is_the_union_of_the_two_lists():
    """
    DOM C1.
    """
    months = [rule.month for rule in Rulebook(Parameters()).values() if rule.month]
    assert months == list(MONTHS)


def test_the_store_chooses_its_months():
    """
    Parameter `month_series`; the names tell the month.
    """
    rules = Rulebook(Parameters({"month_series": (5.0, 13.0)}))
    assert [code for code in rules if code.startswith("DLV-M")] == ["DLV-M05", "DLV-M13", "DLV-M48+"]
    assert (rules["DLV-M05"].english, rules["DLV-M13"].chinese) == ("Month 5", "第13月")
    assert rules["DLV-M13"].open == Offset(days=-3)


def overridden(code, *, of=None, **cells):
    return Rulebook(Parameters(), {code: RuleOverride(**cells)})[of or code]


def test_a_blank_cell_keeps_the_default():
    """
    A row of blanks changes nothing.
    """
    assert overridden("DLV-3D") == Rulebook(Parameters())["DLV-3D"]
    changed = overridden("DLV-3D", priority=4)
    assert (changed.priority, changed.role, changed.open, changed.on) == (4, "SA", Offset(days=1), True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("on", False),
        ("role", "CS"),
        ("priority", 5),
        ("open", Offset(days=2)),
        ("due", Offset(days=4)),
        ("deadline", Offset(days=5)),
        ("expire", Offset(days=30)),
    ],
)
def test_every_cell_of_a_rules_row_counts(cell, value):
    """
    One at a time, the others stay.
    """
    default, changed = Rulebook(Parameters())["DLV-3D"], overridden("DLV-3D", **{cell: value})
    names = ("on", "role", "priority", "open", "due", "deadline", "expire")
    assert {name for name in names if getattr(default, name) != getattr(changed, name)} == {cell}
    assert getattr(changed, cell) == value


def test_a_rule_that_is_off_can_be_switched_on():
    """
    DLV-3D-AS is off by default (C3).
    """
    assert overridden("DLV-3D-AS", on=True).on


def test_never_in_the_expire_cell_keeps_items_until_they_are_closed():
    """
    And an expire day gives an end to those that had none.
    """
    assert overridden("DLV-3D", never_expires=True).expire is None
    assert overridden("CMP-24H", expire=Offset(days=7)).expire == Offset(days=7)


def test_one_row_stands_for_the_whole_month_series():
    """
    The months from 48 on belong to it.
    """
    override = {"DLV-M": RuleOverride(role="CS", open=Offset(days=-5))}
    rules = Rulebook(Parameters(), override)
    series = [rule for code, rule in rules.items() if code.startswith("DLV-M")]
    assert {(rule.role, rule.open) for rule in series} == {("CS", Offset(days=-5))}
    assert len(series) == len(MONTHS) + 1


def test_the_row_of_a_single_month_goes_before_the_row_of_the_series():
    """
    Where the single row is blank the row of the series counts.
    """
    rules = Rulebook(Parameters(), {"DLV-M12": RuleOverride(role="SM"), "DLV-M": RuleOverride(role="CS", priority=3)})
    assert (rules["DLV-M12"].role, rules["DLV-M12"].priority) == ("SM", 3)
    assert (rules["DLV-M09"].role, rules["DLV-M09"].priority) == ("CS", 3)


def test_a_deadline_that_equals_due_follows_a_changed_due():
    """
    CMP-FU24 and DLV-2H (DOM 3.8 "= due"); a deadline of its own stays.
    """
    car = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01"
    given = {"customer": "customer_id\nC1", "vehicle": car}
    later = {"DLV-2H": RuleOverride(due=Offset(days=2)), "DLV-3D": RuleOverride(due=Offset(days=2))}
    (follows,) = laid("2025-03-01", "DLV-2H", rules=later, **given)
    assert follows.window == "2025-03-01 2025-03-03 2025-03-03 2025-03-04"
    (stays,) = laid("2025-03-01", "DLV-3D", rules=later, **given)
    assert stays.window.split()[1:3] == ["2025-03-03", "2025-03-04"]


def test_expire_counts_from_the_changed_deadline():
    """
    DOM 2.20: Expire from the deadline.
    """
    car = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01"
    later = {"DLV-3D": RuleOverride(deadline=Offset(days=5), expire=Offset(months=1))}
    (item,) = laid("2025-03-01", "DLV-3D", rules=later, customer="customer_id\nC1", vehicle=car)
    assert item.window.split()[2:] == ["2025-03-06", "2025-04-06"]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("+3d", Offset(days=3)),
        ("3d", Offset(days=3)),
        ("-1m", Offset(months=-1)),
        ("−1m", Offset(months=-1)),
        ("+2h", Offset(hours=2)),
        ("0h", Offset(hours=0)),
        ("0d", Offset()),
        ("-3m+1d", Offset(months=-3, days=1)),
        (" + 3 D ", Offset(days=3)),
    ],
)
def test_an_offset_is_read_and_written_back(text, offset):
    """
    Hours are kept apart from days: `0h` goes by the clock, `0d` by the day.
    """
    assert Offset.parse(text) == offset
    assert Offset.parse(str(offset)) == offset


@pytest.mark.parametrize("text", ["", "3", "d", "+3x", "3d soon", "+-3d", "1.5d"])
def test_what_is_no_offset_is_refused(text):
    """
    A slip must not become a default without a word.
    """
    with pytest.raises(ValueError, match=r"^"):
        Offset.parse(text)


@pytest.mark.parametrize(
    ("code", "known"), [("DLV-M", True), ("DLV-M48+", True), ("DLV-M07", True), ("DLV-M7", False), ("DLV-4D", False)]
)
def test_codes_that_the_rules_sheet_may_name(code, known):
    """
    A month outside the series is a code all the same: the store may add it.
    """
    assert is_known(code) is known
