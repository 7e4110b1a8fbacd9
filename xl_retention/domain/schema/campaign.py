"""Fields of campaigns and of invitations to them (DOM 2.11)."""

from xl_retention.domain.schema.fields import (
    BOOL,
    DATE,
    ENUM,
    ID,
    INTEGER,
    MONEY,
    TEXT,
    Entity,
    P,
    T,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    CUSTOMER_ID,
    CUSTOMER_NAME,
    MOBILE,
)

CAMPAIGN = Entity(
    "campaign",
    ("活动", "Campaigns", "Events"),
    ("campaign_id",),
    (
        f("campaign_id", ID, P, "活动编号", "Campaign No, Event ID, Event No"),
        f("name", TEXT, P, "活动名称 活动主题", "Campaign, Campaign Name, Event, Event Name"),
        f("kind", ENUM, P, "活动类型", "Type, Campaign Type, Event Type", words="campaign_kind"),
        f("start", DATE, P, "开始 开始日期", "Start Date, Starts"),
        f("end", DATE, P, "结束 结束日期", "End Date, Ends"),
        f("place", TEXT, P, "地点", "Venue, Location"),
        f("budget", MONEY, P, "预算"),
        f("quota", INTEGER, P, "名额", "Places, Seats"),
        f("target_filter", TEXT, P, "目标客户 邀约条件", "Target Customers, Who to Invite"),
    ),
).also_called({
    "name": ("活动标题", "Campaign Title, Event Title"),
    "start": ("起始日期", "Begins On"),
    "end": ("截止日期", "Ends On"),
    "place": ("举办地点 场地", ""),
    "budget": ("预算金额", "Budget Amount"),
    "quota": ("人数上限 限额", "Max Guests, Capacity"),
})  # fmt: skip

INVITATION = Entity(
    "invitation",
    ("活动邀约", "Invitations"),
    ("campaign_id", "customer_id"),
    (
        f("campaign_id", ID, P, "活动编号", "Campaign No, Event ID, Event No"),
        CUSTOMER_ID,
        CUSTOMER_NAME,
        MOBILE,
        f("invited_on", DATE, P, "邀约日期", "Invited"),
        f("channel", ENUM, P, "方式", "Invited Via, Via", words="channel"),
        f("reply", ENUM, P, "回复", "Answer, RSVP", words="invitation_reply"),
        f("plus_ones", INTEGER, P, "携带人数 家属人数", "Guests, Plus One"),
        f("attended", BOOL, T, "是否到场", "Came, Attended Event"),
        f("deal", BOOL, T, "是否成交", "Sold"),
        f("cost", MONEY, T, "费用"),
    ),
)  # fmt: skip
