"""The sheets of a sample workbook, one function each, in the hand of the store's staff."""

from __future__ import annotations

import datetime as dt
import random
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Generic, TypeVar

from sample import vocabulary as words
from sample.dirt import Kind, Value, soiled
from sample.paperwork import Booking, Complaint, KeyAccount, Prospect
from sample.people import Car, Clerk, Customer, Renewal, Store, Visit, add_months
from sample.routine import Call

T = TypeVar("T")

_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.CLOCK: "hh:mm",
    Kind.MONEY: "#,##0",
    Kind.PERCENT: "0%",
    Kind.PHONE: "0",
}


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column: its heading in Chinese and English ("" where that store keeps none) and what stands in it."""

    chinese: str
    english: str
    value: Callable[[T], Value]
    kind: Kind = Kind.TEXT
    width: float = 11
    hidden: bool = False


class Pen:
    """Writes the sheets of one store into one workbook, with its colours and its carelessness."""

    def __init__(self, book: Any, store: Store, rng: random.Random) -> None:
        self.book = book
        self.store = store
        self.rng = rng
        zh = store.language == "zh"
        self.font = {
            "font_name": "微软雅黑" if zh else "Calibri",
            "font_size": 10 if zh else 11,
            "valign": "vcenter",
        }
        self.head = self.format(
            bold=True, text_wrap=True, align="center", border=1, border_color="#9AA5B1",
            bg_color="#DCE6F1" if zh else "#1F4E78", font_color="#1F2D3D" if zh else "#FFFFFF",
        )  # fmt: skip
        self.ruled = zh
        line = {"border": 1, "border_color": "#D0D7DE"} if self.ruled else {}
        self.cell = {kind: self.format(**line, **self._look(kind)) for kind in Kind}

    @staticmethod
    def _look(kind: Kind) -> dict[str, object]:
        look: dict[str, object] = {"num_format": _FORMATS[kind]} if kind in _FORMATS else {}
        if kind in (Kind.DATE, Kind.MOMENT, Kind.CLOCK, Kind.PHONE):
            look["align"] = "center"
        return look

    def format(self, **more: object) -> Any:
        """A cell format in the store's font."""
        return self.book.add_format({**self.font, **more})

    def put(self, sheet: Any, row: int, column: int, value: Value, cell: Any = None) -> None:
        """Writes a value as what it is: text never becomes a formula, a number or a link."""
        if value is None or value == "":
            if self.ruled:
                sheet.write_blank(row, column, None, cell)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, cell)
        elif isinstance(value, (dt.date, dt.time)):
            sheet.write_datetime(row, column, value, cell)
        else:
            sheet.write_number(row, column, value, cell)

    def sheet(self, chinese: str, english: str) -> Any:
        """A new sheet under its name in the store's language."""
        return self.book.add_worksheet(self.store.pair(chinese, english))

    def table(
        self,
        sheet: Any,
        columns: Sequence[Column[T]],
        rows: Sequence[T],
        *,
        first_row: int = 0,
        clean: bool = False,
    ) -> list[str]:
        """Writes heading and rows, freezes the heading and sets a filter; gives back the headings written.

        Args:
            sheet: Where to; a new sheet.
            columns: From left to right; those this store does not keep are left out.
            rows: What the columns are asked about, one line each.
            first_row: The row of the heading, from 0.
            clean: Nobody mistyped anything here.

        """
        kept = [column for column in columns if self.store.pair(column.chinese, column.english)]
        headings = [self.store.pair(column.chinese, column.english) for column in kept]
        for place, column in enumerate(kept):
            sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
            sheet.write_string(first_row, place, headings[place], self.head)
        typed: dict[int, list[Value]] = {}  # a row pasted twice is pasted with its mistakes
        for number, row in enumerate(rows, first_row + 1):
            if id(row) not in typed:
                typed[id(row)] = [self._typed(column, row, clean) for column in kept]
            for place, (column, value) in enumerate(zip(kept, typed[id(row)], strict=True)):
                self.put(sheet, number, place, value, self.cell[column.kind])
        sheet.autofilter(first_row, 0, first_row + len(rows), len(kept) - 1)
        sheet.freeze_panes(first_row + 1, min(3, len(kept) - 1))
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, first_row)
        return headings

    def _typed(self, column: Column[T], row: T, clean: bool) -> Value:
        value = column.value(row)
        if not clean:
            return soiled(value, column.kind, self.store.language, self.rng)
        if column.kind is Kind.PHONE and isinstance(value, str) and self.store.language == "zh":
            return int(value) if value else None
        return value


def _yes(store: Store, flag: bool) -> str:
    return store.say("是" if flag else "否")


def _customer_columns(store: Store) -> list[Column[Customer]]:
    gone_quiet = store.pair("多次联系不上,已发短信", "Hard to reach, sent a text")
    return [
        Column("客户编号", "Customer ID", lambda c: c.customer_id, width=11),
        Column("客户姓名\n(必填)", "Name", lambda c: c.name, width=20),
        Column(
            "客户类型", "Customer Type", lambda c: store.say("单位" if c.company else "个人"), Kind.WORD, 9
        ),
        Column("联系人", "Contact Person", lambda c: c.contact_person, width=12),
        Column("性别", "Gender", lambda c: store.say(c.gender) if c.gender else "", width=8),
        Column("手机号码", "Mobile Phone", lambda c: c.mobile, Kind.PHONE, 14),
        Column("生日", "Birthday", lambda c: c.birthday, Kind.DATE, 11),
        Column("职业", "Occupation", lambda c: c.occupation, Kind.WORD, 14),
        Column("区域", "Area", lambda c: store.say(c.region), Kind.WORD, 12),
        Column("家庭住址", "Address", lambda c: c.address, width=24),
        Column("", "E-mail", lambda c: c.email, width=20),
        Column("喜欢的联系方式", "Preferred Channel", lambda c: store.say(c.preferred_channel), Kind.WORD, 9),
        Column("短信同意", "Marketing Consent", lambda c: _yes(store, c.consent), width=9),
        Column("免打扰", "DNC", lambda c: store.say("是") if c.do_not_contact else "", width=7),
        Column("信息来源", "Source Channel", lambda c: store.say(c.source), Kind.WORD, 10),
        Column("客户归属", "Base Scope", lambda c: store.say(c.base_scope), width=10),
        Column("销售顾问", "Sales Consultant", lambda c: c.sales_advisor, width=11),
        Column("客服专员", "CS Agent", lambda c: c.cs_owner, width=11),
        Column("服务顾问", "Service Advisor", lambda c: c.service_advisor, width=11),
        Column("建档日期", "Created Date", lambda c: c.created, Kind.DATE, 11),
        Column("备注", "Remarks", lambda c: gone_quiet if c.reach < 0.4 else "", width=20),
    ]


def _car_columns(store: Store) -> list[Column[Car]]:
    def last_service(car: Car) -> Visit | None:
        return car.services[-1] if car.services else None

    def last_seen(car: Car) -> dt.date | None:
        return car.visits[-1].day if car.visits else None

    return [
        Column("车牌号", "Plate No", lambda c: c.plate, Kind.PLATE, 11),
        Column("车架号", "VIN", lambda c: c.vin, Kind.VIN, 21),
        Column("", "Customer ID", lambda c: c.owner.customer_id, width=11),
        Column("车系", "Model Series", lambda c: store.pair(c.model.series, c.model.series_en), width=11),
        Column("车型", "Model", lambda c: store.pair(c.model.model, c.model.model_en), width=24),
        Column("颜色", "Color", lambda c: c.colour, width=8),
        Column("车辆用途", "Usage", lambda c: store.say(c.use), Kind.WORD, 9),
        Column("购车日期", "Purchase Date", lambda c: c.purchased, Kind.DATE, 11),
        Column("交车日期", "Delivery Date", lambda c: c.day, Kind.DATE, 11),
        Column("", "Delivery Time", lambda c: c.delivered.time(), Kind.CLOCK, 9),
        Column(
            "上牌日期",
            "Registration Date",
            lambda c: c.registered,
            Kind.DATE,
            11,
            hidden=store.language == "zh",
        ),
        Column("成交价\n(元)", "Price (yuan)", lambda c: c.price, Kind.MONEY, 11),
        Column(
            "付款方式", "Payment Mode", lambda c: store.say("贷款" if c.loan_months else "全款"), Kind.WORD, 9
        ),
        Column("贷款期限\n(月)", "Loan Months", lambda c: c.loan_months, Kind.NUMBER, 9),
        Column("保险公司", "Insurer", lambda c: c.insurer, width=12),
        Column("保险到期日", "Insurance Until", lambda c: c.insured_until, Kind.DATE, 12),
        Column("年检到期日", "Inspection Until", lambda c: c.inspected_until, Kind.DATE, 12),
        Column(
            "里程\n(km)",
            "Odometer (km)",
            lambda c: c.visits[-1].odometer if c.visits else None,
            Kind.MONEY,
            10,
        ),
        Column("里程日期", "Odometer Date", last_seen, Kind.DATE, 11),
        Column(
            "上次保养日期", "Last Service", lambda c: v.day if (v := last_service(c)) else None, Kind.DATE, 12
        ),
        Column(
            "下次保养日期",
            "Next Service",
            lambda c: v.next_date if (v := last_service(c)) else None,
            Kind.DATE,
            12,
        ),
        Column(
            "下次保养里程\n(km)",
            "Next Service Mileage",
            lambda c: v.next_km if (v := last_service(c)) else None,
            Kind.MONEY,
            12,
        ),
        Column("车辆状态", "Status", lambda c: store.say(c.status), Kind.WORD, 9),
    ]


def customers_sheet(pen: Pen, customers: Sequence[Customer]) -> None:
    """Customers on a sheet of their own, with one entered twice and one line pasted twice."""
    rows = [*customers, customers[7]]
    twin = customers[40]
    again = Customer(
        **{
            **twin.__dict__,
            "customer_id": f"{pen.store.code}{len(customers) + 1:05}",
            "cars": [],
            "birthday": None,
        }
    )
    rows.insert(len(rows) // 2, again)
    sheet = pen.sheet("客户档案", "Customers")
    pen.table(sheet, _customer_columns(pen.store), rows)
    sheet.set_row(0, 30)


def vehicles_sheet(pen: Pen, cars: Sequence[Car]) -> None:
    """Cars on a sheet of their own; one has an owner nobody knows, one a VIN a place too short."""
    rows = list(cars)
    rows[30] = Car(**{**cars[30].__dict__, "vin": cars[30].vin[:-1]})
    stranger = Customer(**{**cars[90].owner.__dict__, "customer_id": f"{pen.store.code}99999"})
    rows[90] = Car(**{**cars[90].__dict__, "owner": stranger})
    sheet = pen.sheet("车辆档案", "Vehicles")
    pen.table(sheet, _car_columns(pen.store), rows)
    sheet.set_row(0, 30)


def wide_sheet(pen: Pen, cars: Sequence[Car]) -> None:
    """Customers and cars on one wide sheet, under a title, as a Chinese store would hang it on the wall."""
    store = pen.store
    rows = sorted(cars, key=lambda car: (car.owner.customer_id, car.day))
    rows[30] = Car(**{**rows[30].__dict__, "vin": rows[30].vin[:-1]})
    nobody = {"customer_id": "", "name": "", "mobile": "", "contact_person": ""}
    rows[90] = Car(**{**rows[90].__dict__, "owner": Customer(**{**rows[90].owner.__dict__, **nobody})})
    twin = rows[40]
    again = {"customer_id": f"{store.code}{store.customers + 1:05}", "birthday": None}
    rows.insert(700, Car(**{**twin.__dict__, "owner": Customer(**{**twin.owner.__dict__, **again})}))
    rows.insert(1200, rows[1199])

    number = {id(car): place for place, car in enumerate(rows, 1)}

    def of_owner(column: Column[Customer]) -> Column[Car]:
        value = column.value
        return Column(column.chinese, column.english, lambda car: value(car.owner), column.kind, column.width)

    person = [of_owner(column) for column in _customer_columns(store)]
    columns: list[Column[Car]] = [Column("序号", "No.", lambda car: number[id(car)], Kind.NUMBER, 6)]
    columns += [*person[:-1], *_car_columns(store), person[-1]]
    sheet = pen.sheet("客户资料", "Customer File")
    headings = pen.table(sheet, columns, rows, first_row=2)
    last = len(headings) - 1
    sheet.merge_range(
        0,
        0,
        0,
        last,
        f"{store.name} 客户资料汇总表",
        pen.format(bold=True, font_size=16, align="center", bg_color="#F2F7FC", font_color="#1F4E78"),
    )
    day = f"{store.today.year}年{store.today.month}月{store.today.day}日"
    made = f"制表日期:{day}    制表人:{store.staff('CS')[0]}    注:黄底为30天内保险到期,灰字为免打扰"
    sheet.merge_range(1, 0, 1, last, made, pen.format(italic=True, font_color="#6B7785"))
    sheet.set_row(0, 42)
    sheet.set_row(2, 32)
    sheet.insert_image(
        0,
        0,
        "logo.png",
        {
            "image_data": BytesIO(logo()),
            "x_offset": 8,
            "y_offset": 4,
            "description": "店标",
            "object_position": 2,
        },
    )

    first, end = 3, 2 + len(rows)
    total = pen.format(bold=True, bg_color="#FFF2CC", top=1, num_format="#,##0")
    for place in range(last + 1):
        sheet.write_blank(end + 1, place, None, total)
    sheet.write_string(end + 1, 0, "合计", total)
    price = headings.index("成交价\n(元)")
    letter, id_letter = _letter(price), _letter(headings.index("车架号"))
    sheet.write_formula(
        end + 1, price, f"=SUM({letter}{first + 1}:{letter}{end + 1})", total, sum(car.price for car in rows)
    )
    sheet.write_formula(
        end + 1,
        headings.index("车架号"),
        f"=COUNTA({id_letter}{first + 1}:{id_letter}{end + 1})",
        total,
        len(rows),
    )

    today = f"DATE({store.today.year},{store.today.month},{store.today.day})"
    place = headings.index("保险到期日")
    cell = f"${_letter(place)}4"
    soon = f"=AND(ISNUMBER({cell}),{cell}>={today},{cell}<={today}+30)"
    sheet.conditional_format(
        first,
        place,
        end,
        place,
        {"type": "formula", "criteria": soon, "format": pen.book.add_format({"bg_color": "#FFEB9C"})},
    )
    quiet = f'=${_letter(headings.index("免打扰"))}4="是"'
    sheet.conditional_format(
        first,
        0,
        end,
        8,
        {"type": "formula", "criteria": quiet, "format": pen.book.add_format({"font_color": "#A6A6A6"})},
    )
    place = headings.index("里程\n(km)")
    sheet.conditional_format(
        first, place, end, place, {"type": "data_bar", "bar_color": "#9BC2E6", "bar_solid": True}
    )

    name = headings.index("客户姓名\n(必填)")
    notes = (
        "老客户,喜欢下午3点后接电话",
        "介绍过2位朋友,年底送礼",
        "对等待时间敏感,来店请优先安排",
        "公司车,联系司机小刘",
        "上次承诺送玻璃水,还没给",
    )
    for row, note in zip((6, 23, 57, 118, 340), notes, strict=True):
        sheet.write_comment(row, name, note, {"author": store.staff("CS")[0], "x_scale": 1.4})


def _letter(place: int) -> str:
    """The letters of a column counted from 0."""
    return (chr(ord("A") + place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def visits_sheet(pen: Pen, visits: Sequence[Visit]) -> None:
    """The repair orders, oldest first."""
    store = pen.store
    columns: list[Column[Visit]] = [
        Column("工单号", "RO No", lambda v: v.ro_no, width=14),
        Column("车牌号", "Plate No", lambda v: v.car.plate, Kind.PLATE, 11),
        Column("车架号", "VIN", lambda v: v.car.vin, Kind.VIN, 21),
        Column("客户姓名", "Customer Name", lambda v: v.car.owner.name, width=16),
        Column("联系电话", "Phone", lambda v: v.car.owner.mobile, Kind.PHONE, 14),
        Column(
            "进厂日期",
            "Visit Date",
            lambda v: v.arrived if v.left and v.left.date() == v.day else v.day,
            Kind.DATE,
            11,
        ),
        Column("出厂日期", "Check-out Date", lambda v: v.left.date() if v.left else None, Kind.DATE, 11),
        Column("进厂里程\n(km)", "Odometer In", lambda v: v.odometer, Kind.MONEY, 10),
        Column("作业项目", "Type of Work", lambda v: store.say(v.work), Kind.WORD, 13),
        Column("维修项目", "Items", lambda v: v.items, width=26),
        Column("工时费\n(元)", "Labour", lambda v: v.labour, Kind.MONEY, 9),
        Column("材料费\n(元)", "Parts", lambda v: v.parts, Kind.MONEY, 9),
        Column("总金额\n(元)", "Total", lambda v: v.labour + v.parts, Kind.MONEY, 9),
        Column("实收金额\n(元)", "Amount Paid", lambda v: v.paid, Kind.MONEY, 9),
        Column("付款类型", "Payment Type", lambda v: store.say(v.pay_type), Kind.WORD, 12),
        Column("服务顾问", "Service Advisor", lambda v: v.advisor, width=11),
        Column("是否预约", "Was Booked", lambda v: _yes(store, v.booked), width=8),
        Column("下次保养日期", "Next Service", lambda v: v.next_date, Kind.DATE, 12),
        Column("下次保养里程\n(km)", "Next Service Mileage", lambda v: v.next_km, Kind.MONEY, 12),
    ]
    sheet = pen.sheet("维修记录", "Repair Orders")
    pen.table(sheet, columns, visits)
    sheet.set_row(0, 30)


def calls_sheet(pen: Pen, calls: Sequence[Call]) -> None:
    """The call log since the store went live."""
    store = pen.store

    def rules(call: Call) -> str:
        if (
            store.language == "en"
            and len(call.rules) == 1
            and call.at.minute == 5
            and call.rules[0] not in ("PRO", "KA")
        ):
            return call.rules[0]  # one of the agents likes codes
        return store.pair("、", "; ").join(dict.fromkeys(_rule_word(store, rule) for rule in call.rules))

    columns: list[Column[tuple[int, Call]]] = [
        Column("记录号", "Call ID", lambda c: f"{store.code}{c[0]:06}", width=11),
        Column("回访日期", "Called On", lambda c: c[1].at, Kind.MOMENT, 16),
        Column("客户编号", "Customer ID", lambda c: c[1].customer_id, width=11),
        Column("客户姓名", "Customer Name", lambda c: c[1].name, width=16),
        Column("车牌号", "", lambda c: c[1].plate, Kind.PLATE, 11),
        Column("", "VIN", lambda c: c[1].vin, Kind.VIN, 21),
        Column("回访类型", "Call Type", lambda c: rules(c[1]), width=22),
        Column("回访人", "Called By", lambda c: c[1].staff, width=11),
        Column("", "Role", lambda c: c[1].role, width=6),
        Column("回访方式", "Channel", lambda c: store.say(c[1].channel), Kind.WORD, 9),
        Column("回访结果", "Outcome", lambda c: store.say(c[1].result), Kind.WORD, 12),
        Column("满意度", "Satisfaction", lambda c: store.say(c[1].satisfaction), Kind.WORD, 12),
        Column("异议类型", "Objection Type", lambda c: store.say(c[1].objection), width=10),
        Column("客户意见", "Feedback", lambda c: c[1].feedback, width=26),
        Column("未到站原因", "No-visit Reason", lambda c: c[1].no_visit_reason, width=20),
        Column("下次回访日期", "Next Contact Date", lambda c: c[1].next_date, Kind.DATE, 12),
        Column("通话时长\n(分钟)", "Duration Min", lambda c: c[1].minutes, Kind.NUMBER, 9),
    ]
    sheet = pen.sheet("回访记录", "Call Log")
    headings = pen.table(sheet, columns, list(enumerate(calls, 1)))
    outcome = headings.index(store.pair("回访结果", "Outcome"))
    results = [store.say(word) for word in ("接通", "未接", "关机", "空号", "拒访", "改约", "已发送")]
    sheet.data_validation(
        1,
        outcome,
        len(calls) + 500,
        outcome,
        {"validate": "list", "source": results, "error_type": "warning"},
    )
    sheet.set_row(0, 30)


def _rule_word(store: Store, rule: str) -> str:
    if rule.startswith("DLV-M"):
        months = int(rule.removeprefix("DLV-M").removesuffix("+"))
        return store.pair(f"第{months}月", f"Month {months}")
    return store.pair(*words.RULE_WORDS[rule])


def complaints_sheet(pen: Pen, complaints: Sequence[Complaint]) -> None:
    """The complaints; a colour for those nobody has taken up."""
    store = pen.store
    columns: list[Column[Complaint]] = [
        Column("投诉编号", "Complaint ID", lambda c: c.complaint_id, width=12),
        Column("受理时间", "Received", lambda c: c.received, Kind.MOMENT, 16),
        Column("投诉渠道", "Channel", lambda c: store.say(c.channel), Kind.TEXT, 12),
        Column("客户编号", "Customer ID", lambda c: c.customer.customer_id, width=11),
        Column("客户姓名", "Customer Name", lambda c: c.customer.name, width=16),
        Column("车架号", "VIN", lambda c: c.car.vin, Kind.TEXT, 21),
        Column("投诉类别", "Category", lambda c: store.say(c.category), Kind.TEXT, 9),
        Column(
            "严重程度",
            "Severity",
            lambda c: store.pair(c.severity, "Major" if c.severity == "重大" else "Normal"),
            width=9,
        ),
        Column("投诉内容", "Content", lambda c: c.content, width=30),
        Column("处理人", "Handler", lambda c: c.handler, width=11),
        Column("处理层级", "Handler Level", lambda c: c.handler_level, Kind.NUMBER, 8),
        Column("承诺时间", "Promised At", lambda c: c.promised, Kind.MOMENT, 16),
        Column("首次响应时间", "First Response At", lambda c: c.responded, Kind.MOMENT, 16),
        Column("解决时间", "Resolved", lambda c: c.resolved, Kind.MOMENT, 16),
        Column("处理方案", "Solution", lambda c: c.solution, width=28),
        Column("跟踪回访时间", "Followed Up", lambda c: c.followed_up, Kind.MOMENT, 16),
        Column("处理后满意度", "Satisfied After", lambda c: store.say(c.satisfied), width=12),
        Column("补偿金额\n(元)", "Compensation", lambda c: c.compensation, Kind.MONEY, 10),
        Column("处理状态", "Status", lambda c: store.say(c.status), width=10),
    ]
    sheet = pen.sheet("投诉记录", "Complaints")
    headings = pen.table(sheet, columns, complaints, clean=True)
    status = len(headings) - 1
    red = pen.book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    new = {"type": "cell", "criteria": "==", "value": f'"{store.say("待处理")}"', "format": red}
    sheet.conditional_format(1, status, len(complaints) + 200, status, new)
    sheet.set_row(0, 30)


def prospects_sheet(pen: Pen, prospects: Sequence[Prospect]) -> None:
    """The A-cards."""
    store = pen.store
    columns: list[Column[Prospect]] = [
        Column("信息卡编号", "Lead No", lambda p: p.prospect_no, width=12),
        Column("建卡日期", "Created Date", lambda p: p.created, Kind.DATE, 11),
        Column("客户姓名", "Name", lambda p: p.name, width=16),
        Column("联系电话", "Phone", lambda p: p.mobile, Kind.PHONE, 14),
        Column("信息来源", "Source Channel", lambda p: store.say(p.source), Kind.WORD, 12),
        Column("欲购车型", "Intent Model", lambda p: store.pair(p.model.series, p.model.series_en), width=12),
        Column("竞品车型", "Competing Model", lambda p: p.rival, width=12),
        Column("意向级别", "Grade", lambda p: p.grade, width=8),
        Column("预计订车日期", "Expected Order", lambda p: p.expected, Kind.DATE, 12),
        Column("试乘试驾日期", "Test Drive Date", lambda p: p.test_drive, Kind.DATE, 12),
        Column("上次跟进", "Last Follow Date", lambda p: p.last_follow, Kind.DATE, 11),
        Column("下次跟进", "Next Follow Date", lambda p: p.next_follow, Kind.DATE, 11),
        Column("跟进次数", "Follow Count", lambda p: p.follow_count, Kind.NUMBER, 8),
        Column("跟进状态", "Status", lambda p: store.say(p.status) if p.status else "", width=10),
        Column("订车日期", "Order Date", lambda p: p.ordered, Kind.DATE, 11),
        Column("战败日期", "Lost Date", lambda p: p.lost, Kind.DATE, 11),
        Column("战败原因", "Lost Reason", lambda p: p.lost_reason, width=12),
        Column("战败车型", "Lost Model", lambda p: p.lost_model, width=12),
        Column("销售顾问", "Sales Advisor", lambda p: p.advisor, width=11),
    ]
    sheet = pen.sheet("潜客卡", "Prospects")
    pen.table(sheet, columns, prospects)
    sheet.set_row(0, 30)


def bookings_sheet(pen: Pen, bookings: Sequence[Booking]) -> None:
    """The workshop's bookings of the last year and of the coming week."""
    store = pen.store
    columns: list[Column[Booking]] = [
        Column("预约编号", "Booking ID", lambda b: b.booking_id, width=12),
        Column("登记时间", "Booked On", lambda b: b.booked_on, Kind.MOMENT, 16),
        Column("客户编号", "Customer ID", lambda b: b.car.owner.customer_id, width=11),
        Column("客户姓名", "Customer Name", lambda b: b.car.owner.name, width=16),
        Column("车牌号", "Plate No", lambda b: b.car.plate, Kind.PLATE, 11),
        Column("车架号", "VIN", lambda b: b.car.vin, Kind.TEXT, 21),
        Column("预约时间", "Appointment", lambda b: b.appointment, Kind.MOMENT, 16),
        Column("预约来源", "Initiator", lambda b: store.say(b.initiator), Kind.WORD, 12),
        Column("预约渠道", "Channel", lambda b: store.say(b.channel), Kind.WORD, 9),
        Column("预约项目", "Purpose", lambda b: store.say(b.purpose), width=12),
        Column("实际到店时间", "Arrived", lambda b: b.arrived, Kind.MOMENT, 16),
        Column("预约状态", "Status", lambda b: store.say(b.status), width=10),
        Column("取消日期", "Cancelled On", lambda b: b.cancelled_on, Kind.DATE, 11),
    ]
    sheet = pen.sheet("预约记录", "Bookings")
    pen.table(sheet, columns, bookings)


def renewals_sheet(pen: Pen, renewals: Sequence[Renewal]) -> None:
    """Policies and inspections that ran out in the last year, and what came of them."""
    store = pen.store
    columns: list[Column[tuple[int, Renewal]]] = [
        Column("提醒编号", "Renewal ID", lambda r: f"XB{r[0]:05}", width=11),
        Column("客户姓名", "Customer Name", lambda r: r[1].car.owner.name, width=16),
        Column("车牌号", "Plate No", lambda r: r[1].car.plate, Kind.PLATE, 11),
        Column("车架号", "VIN", lambda r: r[1].car.vin, Kind.TEXT, 21),
        Column("类型", "Kind", lambda r: store.say(r[1].kind), width=10),
        Column("到期日", "Expiry", lambda r: r[1].expiry, Kind.DATE, 11),
        Column("提醒日期", "Reminded On", lambda r: r[1].reminded_on, Kind.DATE, 11),
        Column("续保结果", "Result", lambda r: store.say(r[1].result), width=16),
        Column("保费\n(元)", "Premium", lambda r: r[1].premium, Kind.MONEY, 10),
    ]
    sheet = pen.sheet("续保年检", "Renewals")
    pen.table(sheet, columns, list(enumerate(renewals, 1)))


def key_accounts_sheet(pen: Pen, accounts: Sequence[KeyAccount]) -> None:
    """The companies the key-account manager looks after, with an average at the foot."""
    columns: list[Column[KeyAccount]] = [
        Column("大客户编号", "Account No", lambda a: a.account_no, width=11),
        Column("工作单位", "Unit", lambda a: a.name, width=38),
        Column("客户姓名", "Name", lambda a: a.contact, width=18),
        Column("职位", "Position", lambda a: a.position, width=18),
        Column("联系方式", "Contact", lambda a: a.mobile, Kind.PHONE, 14),
        Column("年消费频率(次/年)", "Annual Frequency", lambda a: a.frequency, Kind.NUMBER, 10),
        Column("年消费量(元)", "Annual Amount", lambda a: a.amount, Kind.MONEY, 12),
        Column("利润率(%)", "Margin Pct", lambda a: a.margin, Kind.PERCENT, 9),
        Column("采购份额", "Wallet Share Pct", lambda a: a.wallet, Kind.NUMBER, 9),
        Column("合作年限", "Years", lambda a: a.years, Kind.NUMBER, 8),
        Column("付款及时率", "On Time Pct", lambda a: a.on_time, Kind.NUMBER, 9),
        Column("负责人员", "Owner", lambda a: a.owner, width=14),
    ]
    sheet = pen.sheet("大客户", "Key Accounts")
    pen.table(sheet, columns, accounts, clean=True)
    sheet.set_row(0, 30)


def staff_sheet(pen: Pen, clerks: Sequence[Clerk]) -> None:
    """The staff, those who left included."""
    store = pen.store
    titles = {
        "SA": "销售顾问",
        "CS": "客服专员",
        "SV": "服务顾问",
        "FD": "前台",
        "SM": "销售经理",
        "KAM": "客户经理",
    }
    columns: list[Column[Clerk]] = [
        Column("工号", "Staff ID", lambda c: c.staff_id, width=9),
        Column("姓名", "Name", lambda c: c.name, width=14),
        Column("岗位", "Role", lambda c: store.pair(titles[c.role], c.role), width=11),
        Column("班组", "Team", lambda c: c.team, width=12),
        Column("在职状态", "Status", lambda c: store.say("离职" if c.left_on else "在职"), width=10),
        Column("离职日期", "Leave Date", lambda c: c.left_on, Kind.DATE, 11),
    ]
    pen.table(pen.sheet("员工", "Staff"), columns, clerks, clean=True)


def settings_sheet(pen: Pen) -> None:
    """The parameters this store has set for itself; all others keep their defaults."""
    store = pen.store
    rows: list[tuple[str, Value, str, str]] = [
        ("language", store.language, "en / zh", store.pair("工作簿语言", "Language of the workbook")),
        (
            "go_live_date",
            store.go_live,
            store.pair("日期", "date"),
            store.pair("启用日,此前的不再补", "Nothing older is made up for"),
        ),
        ("store_open_time", "08:30", store.pair("时刻", "clock"), store.pair("营业开始", "Doors open")),
        (
            "replacement_cycle_months",
            60,
            store.pair("月", "months"),
            store.pair("本地换车周期", "Our customers keep a car five years"),
        ),
        ("replacement_repeat_months", 12, store.pair("月", "months"), ""),
        (
            "month_repeat_every",
            6,
            store.pair("月", "months"),
            store.pair("第48月以后每半年", "Twice a year from month 48 on"),
        ),
        (
            "target_K01",
            0.6,
            store.pair("比率", "ratio"),
            store.pair("厂家年度目标", "Maker's target for the year"),
        ),
        ("target_K06", 0.9, store.pair("比率", "ratio"), ""),
        ("hotline_store", store.pair("400-000-0021", "400-000-0022"), store.pair("文本", "text"), ""),
    ]
    columns: list[Column[tuple[str, Value, str, str]]] = [
        Column("参数", "Parameter", lambda r: r[0], width=28),
        Column("值", "Value", lambda r: r[1], Kind.TEXT, 16),
        Column("单位", "Unit", lambda r: r[2], width=10),
        Column("说明", "Note", lambda r: r[3], width=36),
    ]
    sheet = pen.sheet("参数", "Settings")
    pen.table(sheet, columns, rows, clean=True)
    pen.put(sheet, 2, 1, store.go_live, pen.cell[Kind.DATE])


def statistics_sheet(pen: Pen, visits: Sequence[Visit]) -> None:
    """The workshop's own chart: cars and turnover per month, counted by formulas over the repair orders."""
    store = pen.store
    sheet = pen.sheet("进厂统计", "Workshop Chart")
    sheet.merge_range(
        "A1:C1",
        f"{store.name} 近12个月进厂情况",
        pen.format(bold=True, font_size=14, align="center", font_color="#1F4E78"),
    )
    for place, heading in enumerate(("月份", "进厂台次", "产值(万元)")):
        sheet.write_string(1, place, heading, pen.head)
    sheet.set_column(0, 2, 13)
    month_cell = pen.format(num_format='yyyy"年"m"月"', align="center")
    amount_cell = pen.format(num_format="0.0")
    first = add_months(store.today.replace(day=1), -11)
    for turn in range(12):
        row, start, end = 2 + turn, add_months(first, turn), add_months(first, turn + 1)
        inside = [visit for visit in visits if start <= visit.day < end]
        limits = f'维修记录!$F:$F,">="&A{row + 1},维修记录!$F:$F,"<"&EDATE(A{row + 1},1)'
        sheet.write_datetime(row, 0, start, month_cell)
        sheet.write_formula(row, 1, f"=COUNTIFS({limits})", pen.cell[Kind.NUMBER], len(inside))
        turnover = sum(visit.labour + visit.parts for visit in inside) / 10000
        sheet.write_formula(
            row, 2, f"=SUMIFS(维修记录!$M:$M,{limits})/10000", amount_cell, round(turnover, 4)
        )
    chart = pen.book.add_chart({"type": "column"})
    line = pen.book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": "进厂台次",
            "categories": "=进厂统计!$A$3:$A$14",
            "values": "=进厂统计!$B$3:$B$14",
            "fill": {"color": "#5B9BD5"},
            "gap": 60,
        }
    )
    line.add_series(
        {
            "name": "产值(万元)",
            "categories": "=进厂统计!$A$3:$A$14",
            "values": "=进厂统计!$C$3:$C$14",
            "y2_axis": True,
            "line": {"color": "#ED7D31", "width": 2.25},
            "marker": {"type": "circle"},
        }
    )
    chart.combine(line)
    chart.set_title({"name": "月度进厂台次与产值", "name_font": {"size": 12}})
    chart.set_x_axis({"num_format": 'm"月"', "text_axis": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 380})
    sheet.insert_chart("E2", chart)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def rota_sheet(pen: Pen) -> None:
    """Who is on duty: nothing to do with customers."""
    store = pen.store
    sheet = pen.sheet("值班表", "Rota")
    sheet.merge_range(
        "A1:E1",
        f"{store.today.year}年{store.today.month}月值班表",
        pen.format(bold=True, font_size=14, align="center"),
    )
    for place, heading in enumerate(("日期", "星期", "早班 8:30-17:30", "晚班 12:00-20:30", "值班经理")):
        sheet.write_string(1, place, heading, pen.head)
    sheet.set_column(0, 1, 10)
    sheet.set_column(2, 4, 18)
    plain, weekend = {"align": "center", "border": 1}, {"align": "center", "border": 1, "bg_color": "#FCE4D6"}
    looks = {
        busy: (pen.format(**look), pen.format(**look, num_format="m月d日"))
        for busy, look in ((False, plain), (True, weekend))
    }
    early, late = store.staff("SV") + store.staff("SA"), store.staff("CS") + store.staff("SA")
    managers = store.staff("SM") + store.staff("SV")
    for turn in range(30):
        day = store.today.replace(day=1) + dt.timedelta(days=turn)
        cell, date_cell = looks[day.weekday() > 4]
        sheet.write_datetime(2 + turn, 0, day, date_cell)
        texts = (
            "一二三四五六日"[day.weekday()],
            early[turn % len(early)],
            late[turn % len(late)],
            managers[turn % len(managers)],
        )
        for place, text in enumerate(texts, 1):
            sheet.write_string(2 + turn, place, text, cell)


def logo() -> bytes:
    """The store's badge as a PNG, drawn dot by dot: a blue disc with a white steering wheel."""
    size, centre = 44, 21.5
    lines = []
    for y in range(size):
        line = bytearray(b"\0")
        for x in range(size):
            dx, dy = x - centre, y - centre
            radius = (dx * dx + dy * dy) ** 0.5
            spoke = radius < 13 and (abs(dy) < 1.6 or (dy > 0 and abs(dx) < 1.6))
            white = 11.5 <= radius <= 14.5 or radius < 3.6 or spoke
            colour = (255, 255, 255) if white else (31, 78, 120)
            line += bytes((*colour, 255 if radius <= 21.5 else 0))
        lines.append(bytes(line))

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"".join(lines), 9))
        + chunk(b"IEND", b"")
    )
