"""Fields of staff: who works here, what was handed over, what each is measured by (DOM 2.12)."""

from xl_retention.domain.schema.fields import (
    DATE,
    DECIMAL,
    ENUM,
    ID,
    INTEGER,
    MONTH,
    TEXT,
    Entity,
    P,
    f,
)

STAFF = Entity(
    "staff",
    ("员工", "Staff", "Employees", "员工名单", "人员"),
    ("staff_id",),
    (
        f("staff_id", ID, P, "工号", "Staff No, Staff Number, Employee ID, Employee No, Employee Number"),
        f("name", TEXT, P, "姓名 员工姓名", "Staff Name, Employee, Employee Name, Full Name"),
        f("role", ENUM, P, "岗位 角色 职位", "Role Code, Position, Job Title", words="role"),
        f("team", TEXT, P, "班组", "Group"),
        f("status", ENUM, P, "在职状态 状态", "Employment Status", words="staff_status"),
        f("leave_date", DATE, P, "离职日期", "Left On, Leaving Date, Last Day"),
    ),
).also_called({
    "staff_id": ("员工编号 编号", "Personnel No, Employee Code, Badge No"),
    "name": ("人员姓名", ""),
    "role": ("职务 工作岗位 担任岗位", "Job Role, Position Title, Designation"),
    "team": ("小组 团队 所属班组", ""),
    "status": ("是否在职 在离职状态 在岗状态 人员状态", "Working Status"),
    "leave_date": ("离开日期", "Last Working Day, Resignation Date, Termination Date"),
})  # fmt: skip

HANDOVER = Entity(
    "handover",
    ("交接", "Handovers"),
    ("handover_id",),
    (
        f("handover_id", ID, P, "交接编号", "Handover No"),
        f("from", TEXT, P, "移交人", "Handed Over By, Old Owner"),
        f("to", TEXT, P, "接收人", "Taken Over By, New Owner"),
        f("date", DATE, P, "交接日期", "Handover Date"),
        f("reason", TEXT, P, "原因"),
        f("customer_count", INTEGER, P, "客户数", "Customers, Number of Customers"),
        f("customer_notified_on", DATE, P, "告知客户日期", "Customers Told On"),
    ),
)  # fmt: skip

SCORECARD = Entity(
    "scorecard",
    ("员工考核", "Scorecard", "Staff Scorecard"),
    ("staff", "month"),
    (
        f("staff", TEXT, P, "员工 姓名 员工姓名", "Name, Employee, Staff Name"),
        f("month", MONTH, P, "月份 考核月份"),
        f("info_collected", INTEGER, P, "信息收集 信息收集量 信息量", "Records Collected"),
        f("info_target", INTEGER, P, "信息目标 信息收集目标", "Records Target"),
        f("contribution", DECIMAL, P, "贡献 贡献值 贡献额"),
        f("contribution_target", DECIMAL, P, "贡献目标"),
    ),
)  # fmt: skip
