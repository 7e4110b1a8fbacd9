"""Fields of a store, and of the cars around it (DOM 2.12)."""

from xl_retention.domain.schema.fields import (
    INTEGER,
    MONTH,
    TEXT,
    TIME,
    Entity,
    P,
    f,
)

STORE = Entity(
    "store",
    ("门店", "Stores", "Branches"),
    ("store_code",),
    (
        f("store_code", TEXT, P, "门店代码 店代码", "Store, Branch Code, Dealer Code"),
        f("name", TEXT, P, "门店名称", "Store Name, Branch Name"),
        f("region", TEXT, P, "区域", "Area"),
        f("hotline", TEXT, P, "服务热线", "Service Hotline"),
        f("open_time", TIME, P, "营业开始", "Opens, Opening Time"),
        f("close_time", TIME, P, "营业结束", "Closes, Closing Time"),
    ),
)  # fmt: skip

PARC = Entity(
    "parc",
    ("保有量", "Parc", "Vehicle Parc"),
    ("month",),
    (
        f("month", MONTH, P, "月份"),
        f("parc", INTEGER, P, "保有量 品牌保有量 当地保有量", "Vehicle Parc, Vehicles in Area"),
    ),
    fewest_headings=2,
)  # fmt: skip
