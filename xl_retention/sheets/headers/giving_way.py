"""Headings that name a field only while no other column names it more exactly (DOM 2.3-2.9, 2.14).

DOM lists 电话 and 手机 as the same field, and in most lists only one of them stands. Where both do, the place of a
column says nothing: the mobile is the one under 手机, and the store is asked what 电话 is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from xl_retention.sheets.headers.heading_forms import PERSON, form, without_owner
from xl_retention.sheets.headers.match import Target


class GivesWay(NamedTuple):
    """
    Headings of one field that give way to its others.

    Args:
        tables: Where; none for all that have the field.
        field: What they name while they are alone.
        headings: In any of the forms of `heading_forms`.
    """

    tables: tuple[str, ...]
    field: str
    headings: tuple[str, ...]


GIVING_WAY = (
    GivesWay((), "mobile", (
        "电话", "联系电话", "联系方式", "车主电话", "电话号码", "联系号码", "常用电话", "主要电话",
        "Phone", "Tel", "Telephone", "Phone No", "Tel No", "Telephone No", "Contact Phone", "Contact No", "Main Phone",
    )),
    GivesWay((), "customer_id", ("会员号", "会员ID", "档案号", "会员档案号")),
    GivesWay((), "customer_name", ("Owner", "用户名")),  # in exports of a CRM the owner of a row is a salesperson
    GivesWay(("customer",), "gender", ("称谓", "称呼", "Salutation")),
    GivesWay(("customer",), "birth_date", ("出生年月",)),
    # The day of the last inspection or renewal stands under the same words as that of the next.
    GivesWay(("vehicle",), "inspection_expiry", ("年检日期", "Annual Inspection Date")),
    GivesWay(("vehicle",), "insurance_expiry", ("续保日期", "Insurance Renewal Date", "Policy Renewal Date")),
    GivesWay(("vehicle",), "last_service_date", (
        "上次进厂日期", "最近维修日期", "Last Visit Date", "Last Workshop Visit",
    )),
    GivesWay(("vehicle",), "last_odometer", ("进厂里程",)),
    GivesWay(("vehicle",), "price", ("车价", "车辆价格", "Vehicle Price")),  # of the list
    GivesWay(("service_visit",), "ro_no", ("派工单号", "结算单号")),
    GivesWay(("service_visit",), "visit_date", (
        "开单日期", "开工单日期", "工单日期", "维修日期", "服务日期", "保养日期", "报修日期",
        "RO Date", "RO Open Date", "Repair Order Date", "Job Date", "Job Card Date", "Work Order Date", "Open Date",
    )),
    GivesWay(("service_visit",), "checkout_date", (
        "结算日期", "结账日期", "收银日期", "结清日期", "完工日期", "竣工日期",
        "Closed Date", "RO Close Date", "RO Closed", "Close Date", "Finish Date", "Finished On",
    )),
    GivesWay(("service_visit",), "odometer_in", ("行驶里程", "Odometer", "Mileage")),
    GivesWay(("service_visit",), "paid_amount", ("结算金额", "消费金额")),
    GivesWay(("booking",), "appointment_at", ("预约日期",)),
    GivesWay(("booking",), "arrived_at", ("到店日期",)),
    GivesWay(("booking",), "status", ("是否到店",)),
    GivesWay(("complaint",), "received_at", ("受理日期", "登记日期")),
    GivesWay(("complaint",), "handler", ("责任人",)),
    GivesWay(("prospect",), "created_date", (
        "首次来店日期", "咨询日期", "接待日期", "First Visit Date", "First Contact Date",
    )),
    GivesWay(("prospect",), "status", ("客户状态",)),
)  # fmt: skip


_EXACTLY = re.compile("实际|實際|actual", re.IGNORECASE)
"""Says nothing in the form of a heading, but here it does: 实际到店时间 beside 到店时间."""


@cache
def _ways() -> dict[tuple[str, str], tuple[GivesWay, ...]]:
    """By field and form of a heading the rows that speak of it."""
    found: dict[tuple[str, str], tuple[GivesWay, ...]] = {}
    for way in GIVING_WAY:
        for heading in way.headings:
            key = way.field, form(heading)
            found[key] = (*found.get(key, ()), way)
    return found


def gives_way(target: Target, heading: str) -> bool:
    """Whether a heading that names a field gives way to a column that names it more exactly."""
    entity, name = target
    if _EXACTLY.search(heading):
        return False
    forms = [form(heading), *(rest for rest, owner in without_owner(heading, entity) if owner == PERSON)]
    rows = (row for each in forms for row in _ways().get((name, each), ()))
    return any(not row.tables or entity in row.tables for row in rows)
