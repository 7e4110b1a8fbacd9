"""Fields of the card of a delivered car: C-card, yellow card (DOM 2.10)."""

from xl_retention.domain.schema.fields import (
    ID,
    LIST,
    MONTH,
    TEXT,
    Entity,
    P,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    CUSTOMER_ID,
    CUSTOMER_NAME,
    PLATE_NO,
    VIN_NO,
)

BASE_CARD = Entity(
    "base_card",
    ("基盘卡", "C卡", "基盘卡 (C卡)", "黄卡", "Base Cards", "C-Cards", "Yellow Cards"),
    ("card_no",),
    (
        f("card_no", ID, P, "C卡编号 黄卡编号 卡号", "Card Number"),
        CUSTOMER_ID,
        CUSTOMER_NAME,
        VIN_NO,
        PLATE_NO,
        f("converted_from", ID, P, "原A卡号", "A-card No, From A-card"),
        f("month_file", MONTH, P, "归档月份 月份别", "Filed Under, Month"),
        f("plan_rows", LIST, P, "回访计划 联系计划", "Contact Plan, Call Plan"),
        # A tick or the day of the check: both are kept as text.
        f("manager_checked", TEXT, P, "销售经理确认 经理检查", "Checked by Manager"),
    ),
).also_called({
    "card_no": ("基盘卡号", "C-card No, Card ID"),
    "converted_from": ("来源A卡 A卡编号", "Original A-card, From Lead No"),
    "month_file": ("归档月 交车月份", "Month Filed"),
    "manager_checked": ("经理确认 销售经理检查 经理签字", "Manager Check, Sales Manager Check"),
})  # fmt: skip
