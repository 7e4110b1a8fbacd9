"""Fields of a booking (DOM 2.6)."""

from xl_retention.domain.schema.fields import (
    DATE,
    ENUM,
    Entity,
    P,
    T,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    BOOKING_ID,
    CUSTOMER_ID,
    CUSTOMER_NAME,
    MOBILE,
    PLATE_NO,
    VIN_NO,
)

BOOKING = Entity(
    "booking",
    ("预约记录", "预约", "Bookings", "Booking", "Appointments", "预约登记"),
    ("booking_id",),
    (
        BOOKING_ID,
        VIN_NO,
        PLATE_NO,
        CUSTOMER_ID,
        CUSTOMER_NAME,
        MOBILE,
        f("booked_on", DATE, P, "预约登记时间 登记时间", "Booked, Booked At, Booking Made On"),
        f("appointment_at", DATE, P, "预约时间 预约到店时间 预约进厂时间",
          "Appointment, Appointment Date, Appointment Time, Booked For, Scheduled For"),
        f("initiator", ENUM, P, "预约方式 主动被动 预约来源", "Initiated By, Booking Source",
          words="booking_initiator"),
        f("channel", ENUM, P, "预约渠道", "Booking Channel, Booked Via, Via", words="booking_channel"),
        f("purpose", ENUM, P, "预约项目", "Booked Work, Reason for Visit", words="booking_purpose"),
        f("arrived_at", DATE, T, "实际到店时间 到店时间",
          "Arrived, Arrival, Arrival Time, Arrived On, Actual Arrival"),
        f("status", ENUM, P, "预约状态 是否到店 履约情况 状态", "Booking Status, Appointment Status",
          words="booking_status"),
        f("cancelled_at", DATE, P, "取消日期 取消时间",
          "Cancelled On, Cancelled, Canceled On, Canceled, Cancellation Date"),
    ),
).also_called({
    "booking_id": ("预约流水号", "Appt ID, Booking Reference, Reservation ID, Reservation Number"),
    "booked_on": ("创建时间 预约创建时间 预约提交时间 预约受理时间", "Booking Created, Created On, Booking Entry Date"),
    "appointment_at": (
        "约定到店时间 预约保养日期 预计到店时间 预约维修时间",
        "Scheduled Date, Scheduled Arrival, Reserved For, Expected Arrival",
    ),
    "initiator": ("预约发起 预约发起方", ""),
    "channel": ("预约途径", "Booking Method, Booked Through, How Booked"),
    "purpose": (
        "预约内容 预约业务 预约事项 预约服务 预约服务项目 预约维修项目 预约作业 预约目的",
        "Purpose of Visit, Service Required, Work Requested, Appointment Type, Service Requested",
    ),
    "arrived_at": ("", "Arrival Date, Actual Arrival Time, Time Arrived, Actual Arrival Date"),
    "status": ("是否履约 到店情况 到店状态 预约结果 履约状态", "Arrival Status"),
    "cancelled_at": ("撤销时间 取消预约时间", "Cancel Date, Cancel Time"),
})  # fmt: skip
