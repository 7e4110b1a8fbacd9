"""Fields of reminders: of maintenance, and of what is to be renewed (DOM 2.10)."""

from xl_retention.domain.schema.fields import (
    DATE,
    ENUM,
    ID,
    INTEGER,
    KM,
    MONEY,
    Entity,
    P,
    T,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    CUSTOMER_ID,
    CUSTOMER_NAME,
    MOBILE,
    PLATE_NO,
    VIN_NO,
)

MAINTENANCE_REMINDER = Entity(
    "maintenance_reminder",
    ("保养提醒及跟进管控表", "保养提醒", "Maintenance Reminders", "Service Reminders"),
    ("reminder_id",),
    (
        f("reminder_id", ID, P, "提醒编号 提醒单号", "Reminder No, Reminder Number"),
        VIN_NO,
        PLATE_NO,
        CUSTOMER_ID,
        CUSTOMER_NAME,
        MOBILE,
        f("due_date", DATE, P, "应保养日期", "Due, Service Due, Service Due Date, Next Service"),
        f("due_km", KM, P, "应保养里程", "Due At km, Service Due km, Due Mileage"),
        f("basis", ENUM, P, "提醒依据", "Reminder Basis", words="reminder_basis"),
        f("first_reminded_on", DATE, P, "提醒日期 首次提醒", "First Reminded, Reminded On"),
        f("last_reminded_on", DATE, P, "最近提醒", "Last Reminded"),
        f("times", INTEGER, P, "提醒次数", "Times Reminded"),
        f("result", ENUM, P, "提醒结果", "Outcome, Reminder Result", words="reminder_result"),
        f("promised_date", DATE, P, "承诺到店日期 预计到店", "Promised, Promised For"),
        f("arrived_date", DATE, T, "到店日期 实际进厂", "Arrived, Arrived On, Arrival Date"),
    ),
).also_called({
    "due_date": ("应保日期 保养到期日 下次保养日期", "Maintenance Due Date"),
    "due_km": ("应保里程 下次保养里程", "Service Due Mileage, Due Odometer"),
    "first_reminded_on": ("首次提醒日期 第一次提醒日期", "First Reminder, First Reminder Date, Reminder Date"),
    "last_reminded_on": ("最近提醒日期", "Last Reminder, Last Reminder Date"),
    "times": ("已提醒次数", "Reminder Count, No. of Reminders"),
    "result": ("结果 提醒情况 提醒反馈", ""),
    "promised_date": ("预计到店日期 承诺日期 预约到店日期", "Promised Visit Date"),
    "arrived_date": ("实际到店日期", "Actual Arrival"),
})  # fmt: skip

RENEWAL = Entity(
    "renewal",
    ("续保年检提醒", "续保年检", "Renewals", "Insurance Renewals"),
    ("renewal_id",),
    (
        f("renewal_id", ID, P, "提醒编号 续保编号", "Renewal No, Renewal Number"),
        VIN_NO,
        PLATE_NO,
        CUSTOMER_ID,
        CUSTOMER_NAME,
        MOBILE,
        f("kind", ENUM, P, "类型", "Type, Renewal Type", words="renewal_kind"),
        f("expiry", DATE, P, "到期日 到期日期", "Expiry Date, Expires, Expires On, Valid Until"),
        f("reminded_on", DATE, P, "提醒日期", "Reminded"),
        f("result", ENUM, T, "续保结果 年检结果", "Outcome, Renewal Result", words="renewal_result"),
        f("premium", MONEY, T, "保费 保险金额", "Insurance Premium"),
    ),
).also_called({
    "kind": ("提醒类型 到期类型", ""),
    "expiry": ("保险到期日", "Due Date, End Date"),
    "reminded_on": ("通知日期", "Reminder Date"),
    "result": ("结果 续保情况 是否续保 续保状态", ""),
    "premium": ("保费金额 总保费", "Premium Amount, Total Premium"),
})  # fmt: skip
