"""Fields of what customers like, of clubs and of referrals (DOM 2.11)."""

from xl_retention.domain.schema.fields import (
    BOOL,
    DATE,
    ENUM,
    ID,
    MONEY,
    PHONE,
    TEXT,
    D,
    Entity,
    P,
    T,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    CUSTOMER_ID,
    CUSTOMER_NAME,
)

INTEREST = Entity(
    "interest",
    ("兴趣点", "Interests"),
    ("customer_id", "interest"),
    (
        CUSTOMER_ID,
        CUSTOMER_NAME,
        f("interest", ENUM, D, "兴趣点 爱好", "Hobby", words="interest"),
    ),
)  # fmt: skip

CLUB_MEMBER = Entity(
    "club_member",
    ("俱乐部成员", "Club Members", "俱乐部"),
    ("customer_id", "interest"),
    (
        CUSTOMER_ID,
        CUSTOMER_NAME,
        f("interest", ENUM, D, "兴趣点 爱好", "Hobby", words="interest"),
        f("team", TEXT, P, "球队 队名", "Team Name"),
        f("captain", BOOL, P, "队长", "Team Captain"),
        f("uniform", TEXT, P, "队服", "Kit"),
    ),
)  # fmt: skip

REFERRAL = Entity(
    "referral",
    ("转介绍", "Referrals"),
    ("referral_id",),
    (
        f("referral_id", ID, P, "转介绍编号 推荐编号", "Referral No"),
        f("referrer_id", TEXT, P, "介绍人 推荐人", "Referrer, Referred By"),
        f("friend_name", TEXT, P, "被介绍人 朋友姓名", "Friend, Referred Person"),
        f("friend_mobile", PHONE, P, "电话", "Phone, Mobile, Friend Phone"),
        f("model", TEXT, P, "意向车型", "Interested In"),
        f("date", DATE, T, "推荐日期", "Referral Date, Referred On"),
        f("source_contact_id", ID, T, "来源", "Contact ID, Call ID"),
        f("result", TEXT, T, "结果", "Outcome"),
        f("deal_date", DATE, T, "成交日期", "Sold On"),
        f("reward", MONEY, T, "奖励", "Bonus"),
    ),
).also_called({
    "referrer_id": ("介绍人编号 推荐人编号", "Introduced By, Referring Customer"),
    "friend_name": ("被推荐人 新客户姓名", "Referred Name, Referred Customer"),
    "friend_mobile": ("被介绍人电话 被推荐人电话 朋友电话 被介绍人手机 新客户电话", "Referred Phone"),
    "date": ("介绍日期 转介绍日期", ""),
    "deal_date": ("", "Deal Closed On"),
    "reward": ("奖励金额 推荐奖励 介绍奖励", "Reward Amount, Referral Bonus"),
})  # fmt: skip
