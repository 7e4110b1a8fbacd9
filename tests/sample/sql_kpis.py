# ruff: noqa: E501 (a query stays in one piece)
"""Every key figure of DOM 5.6 as one query above the line and one below, over the tables of `sql_days`.

`_now` is the day of asking, `_then` the end of what is counted, `_eve` the day before the period, `_year` the day
before its year. `:first` and `:c` are the ends of what is counted. A blank query stands for no number. Figures by
person or class give rows of name, above and below.
"""

IN_P = "between :first and :c"
SERVICED = f"select distinct who from came_now where day {IN_P}"
COUNT_SERVICED = f"select count(distinct who) from came_now where day {IN_P}"
SURVEYED = f"""from contact_log l where contact_at {IN_P} and result = '接通' and satisfaction_level <> '' and"""
ABOUT_DELIVERY = """(exists (select 1 from named where row = l.place and code in ('DLV-D0', 'DLV-2H', 'DLV-3D', 'DLV-3D-AS', 'DLV-7D', 'DLV-7D-SA', 'DLV-7D-CS',
    'DLV-2W-MGR', 'DLV-15-30', 'DLV-PHOTO', 'OEM-1', 'OEM-2'))
  or exists (select 1 from known_now k where k.closed_by = l.place and k.state = 'done' and k.rule in (select code from rule)))"""
ABOUT_REPAIR = """(exists (select 1 from named where row = l.place and code = 'SVC-3D')
  or exists (select 1 from known_now k where k.closed_by = l.place and k.state = 'done' and k.rule = 'SVC-3D'))"""
PRIVATE = """coalesce((select use_type from vehicle v where v.place = case when l.car >= 0 then l.car
  else (select max(o.place) from vehicle o where o.owner = l.party and l.party >= 0 having count(*) = 1) end), '') <> '营运车'"""
CALL_OF_VISIT = f"""from came_now v join known_now k on k.rule = 'SVC-3D' and k.car = v.car and k.anchor = v.left_on and k.visit = v.day where v.day {IN_P}"""
REQUIRED = "('DLV-2H', 'DLV-3D', 'DLV-7D-SA', 'DLV-7D-CS')"


def _buyers(rules: str, last: str) -> str:
    """Buyers of P none of whose required calls is missing, stopped or not yet due; *last* narrows them."""
    return f"""select count(*) from (select distinct owner from delivered_now where day {IN_P} and owner >= 0) b where not exists (
      select 1 from delivered_now d join rule r on r.code in {rules} left join known_now k on k.car = d.car and k.rule = r.code
      where d.owner = b.owner and d.day {IN_P} and (k.rule is null or k.state = 'stopped' or k.deadline >= :asof {last}))"""


def _called(rules: str) -> tuple[str, str]:
    return _buyers(rules, "or k.state <> 'done'"), _buyers(rules, "")


def _share(state: str) -> tuple[str, str]:
    return (
        f"select count(*) from state_then where narrow and state = '{state}'",
        "select count(*) from state_then where narrow and state <> '已转出'",
    )


MET_ON_TIME = """k.state = 'done' and (select case when k.moment is not null and l.contact_at_s not like '%T00:00:00' then l.contact_at_s <= k.moment
  else l.contact_at <= k.deadline end from contact_log l where l.place = k.closed_by)"""
ON_TIME = f"""from known_now k where rule in ('DLV-2H', 'DLV-3D', 'DLV-7D-SA', 'DLV-7D-CS', 'SVC-3D') and state <> 'stopped'
  and deadline {IN_P} and deadline < :asof"""
PLANNED = f"from known_then where due {IN_P} and state not in ('stopped', 'covered')"
DUE_SERVICE = """due as (select s.car, s.due, add_months(s.due, -3) since, date(s.due, '+30 days') until from service_eve s join vehicle v on v.place = s.car
  where v.vehicle_status in ('', '在用') and s.due between :first and :last),
told as (select due.car, due.until, min(t.day) day from due join (
    select v.place car, l.contact_at day from vehicle v join contact_log l on l.party = v.owner and (l.car = -1 or l.car = v.place) and v.owner >= 0
      where l.contact_at <= :asof and l.result in ('接通', '已发送') and exists (select 1 from named where row = l.place and code in ('MNT-CALL', 'MNT-AUTO-3M'))
    union all select v.place, l.contact_at from vehicle v join contact_log l on l.car = v.place and v.owner < 0
      where l.contact_at <= :asof and l.result in ('接通', '已发送') and exists (select 1 from named where row = l.place and code in ('MNT-CALL', 'MNT-AUTO-3M'))
    union all select car, first_reminded_on from maintenance_reminder where first_reminded_on <= :asof) t
  on t.car = due.car and t.day between due.since and due.until group by due.car)"""
FIRST_DUE = """from service_eve s join vehicle v on v.place = s.car join first_now f on f.car = s.car
  where v.vehicle_status in ('', '在用') and s.first_due between :first and :last"""
KEPT = f"""coalesce(booked_on, '') <= :asof and appointment_at {IN_P} and appointment_at < :asof and status <> '改期'
  and not (status = '取消' and coalesce(cancelled_at, '') < appointment_at)"""
BOOKED = """from booking b where b.status not in ('取消', '改期') and coalesce(b.booked_on, '') <= min(v.day, :asof) and (
    b.booking_id <> '' and b.booking_id in (select o.booking_id from service_visit o where o.car = v.car and o.visit_date = v.day)
    or b.car = v.car and b.appointment_at = v.day or b.car = -1 and b.appointment_at = v.day and v.who = case
      when b.party between 0 and :people then 'c' || b.party else 'w' || b.mobile end)"""
BOOKED_AHEAD = f"""select count(*) from came_now v where day {IN_P} and case when exists (select 1 {BOOKED})
  then exists (select 1 {BOOKED} and b.initiator in ('客户主动', '提醒后预约', '')) else v.booked end"""


def _in_time(event: str, since: str, hours: int, of: str) -> tuple[str, str]:
    """Complaints with an event within so many hours; without a clock on either side by the day."""
    timed = f"({event}_s not like '%T00:00:00' and clocked)"
    opens = ":opens" if since == "received_at" else "'00:00:00'"
    rows = f"""from (select *, {since}_s not like '%T00:00:00' or '{since}' = 'received_at' clocked,
        case when '{since}' = 'resolved_at' and {since}_s like '%T00:00:00' then date({since}_s, '+1 day') || 'T23:59:59'
          else replace(datetime(case when {since}_s like '%T00:00:00' then date({since}_s) || 'T' || {opens} else {since}_s end, '+{hours} hours'), ' ', 'T') end until
      from (select place, category, status, received_at, received_at_s,
        case when date(first_response_at_s) <= :asof then first_response_at_s end first_response_at_s,
        case when date(resolved_at_s) <= :asof then resolved_at_s end resolved_at_s, case when resolved_at <= :asof then resolved_at end resolved_at,
        case when date(followup_at_s) <= :asof then followup_at_s end followup_at_s from complaint where received_at <= :asof))
      where {of} and ({event}_s is not null or until < :asof || 'T23:59:59')"""
    met = f"{event}_s is not null and case when {timed} then {event}_s <= until else date({event}_s) <= date(until) end"
    return f"select count(*) {rows} and {met}", f"select count(*) {rows}"


REFERRED = f"from referral where date {IN_P}"
REFERRERS = f"""select count(distinct c.place) {REFERRED.replace("from referral", "from referral r join customer c on upper(r.referrer_id) = upper(c.customer_id)")}"""
ORDERED = """ordered as (select *, coalesce(case when order_date <= :asof then order_date end, case when deposit_date <= :asof then deposit_date end) won,
  case when lost_date <= :asof then lost_date end gone from prospect where coalesce(created_date, '') <= :asof)"""
WON = f"with {ORDERED} select count(distinct prospect_no) from ordered where"
BOUND = """exists (select 1 from customer c where 'c' || c.place = who and case when c.wechat_bind_date is null or c.wechat_bind_date > :asof then c.wechat_bound
  and c.wechat_bind_date is null else c.wechat_bind_date <= :c end)"""
PAID = "from visit_then where paid > 0 and car < :listed and day > add_months(:c, -12)"
GAPS = "from (select count(*) - 1 gaps, julianday(max(day)) - julianday(min(day)) days from visit_then where paid > 0 and car < :listed and day > add_months(:c, -24) group by car)"
PAYERS = "(select owner, sum(paid_amount) paid from car_then where owner >= 0 group by owner having sum(paid_amount) > 0 order by 2 desc)"
INSPECTED = f"""expiring as (select place car, inspection_expiry day from vehicle where vehicle_status in ('', '在用') and inspection_expiry {IN_P}
  union select car, expiry from renewal where kind = '年检' and car >= 0 and expiry {IN_P})"""
MOBILE = "mobile glob '1[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'"
TIER = """case when tier is null then '未知' when tier >= 8 then '高价值' when tier >= 5 then '一般价值' else '低价值' end"""
POINTS = """(case when paid_visits = 0 then 1 when paid_amount >= :ticket_hi * paid_visits then 3 when paid_amount >= :ticket_lo * paid_visits then 2 else 1 end
  + case when paid_visits >= :visits_hi then 3 when paid_visits >= :visits_lo then 2 else 1 end
  + case when both_visits < 2 then 1 when both_days <= :interval_hi * (both_visits - 1) then 3 when both_days <= :interval_lo * (both_visits - 1) then 2 else 1 end)"""
REGION = """case when region_type <> '' then region_type when address glob '*[乡镇村]*' then '乡镇' when address like '%县%' then '县城'
  when address like '%区%' then '市区' when distance_km <= :city_km then '市区' else '未知' end"""
NAMED_INVITED = f"from invitation where invited_on {IN_P}"

QUERIES: dict[str, tuple[str, str]] = {
    "K01": (f"select count(distinct who) from came_now v where day {IN_P} and exists (select 1 from came_now b where b.who = v.who and b.day < :first)", COUNT_SERVICED),
    "K02": (f"select count(distinct who) {CALL_OF_VISIT} and k.state = 'done' and (select satisfaction_level from contact_log where place = k.closed_by) = '非常满意'", COUNT_SERVICED),
    "K02b": (f"select count(distinct who) {CALL_OF_VISIT} and k.state = 'done' and (select satisfaction_level from contact_log where place = k.closed_by) = '非常满意'",
             f"select count(distinct who) {CALL_OF_VISIT} and k.state = 'done' and (select satisfaction_level from contact_log where place = k.closed_by) <> ''"),
    "K03": (COUNT_SERVICED, "select max(parc) from parc where month = :month"),
    "K04": _called(REQUIRED), "K04.DLV-2H": _called("('DLV-2H')"), "K04.DLV-3D": _called("('DLV-3D')"),
    "K04.DLV-7D-SA": _called("('DLV-7D-SA')"), "K04.DLV-7D-CS": _called("('DLV-7D-CS')"),
    "K05": (f"select count(*) {CALL_OF_VISIT} and k.deadline < :asof and k.state = 'done'", f"select count(*) {CALL_OF_VISIT} and k.deadline < :asof and k.state <> 'stopped'"),
    "K06": (f"select count(*) {SURVEYED} {ABOUT_DELIVERY} and satisfaction_level in ('非常满意', '满意')", f"select count(*) {SURVEYED} {ABOUT_DELIVERY}"),
    "K07": (f"select count(*) {SURVEYED} {ABOUT_REPAIR} and satisfaction_level in ('非常满意', '满意')", f"select count(*) {SURVEYED} {ABOUT_REPAIR}"),
    "K07x": (f"select count(*) {SURVEYED} {ABOUT_REPAIR} and {PRIVATE} and satisfaction_level in ('非常满意', '满意')", f"select count(*) {SURVEYED} {ABOUT_REPAIR} and {PRIVATE}"),
    "K08": (f"select count(*) {ON_TIME} and {MET_ON_TIME}", f"select count(*) {ON_TIME}"),
    "K09": (f"select count(*) from contact_log where contact_at {IN_P} and channel in ('', '电话') and result = '接通'",
            f"select count(*) from contact_log where contact_at {IN_P} and channel in ('', '电话') and result in ('接通', '未接', '关机', '空号', '拒访', '改约')"),
    "K10": (f"select count(*) {PLANNED} and state = 'done'", f"select count(*) {PLANNED}"),
    "K11": (f"with {DUE_SERVICE} select count(*) from told", f"with {DUE_SERVICE} select count(*) from due"),
    "K12": (f"with {DUE_SERVICE} select count(*) from told t where exists (select 1 from visit_now v where v.car = t.car and v.maintained and v.day between t.day and t.until)",
            f"with {DUE_SERVICE} select count(*) from told"),
    "K13": (BOOKED_AHEAD, f"select count(*) from came_now where day {IN_P}"),
    "K14": (f"select count(*) from booking where {KEPT} and case when arrived_at <= :asof then arrived_at = appointment_at else status = '已到店' end", f"select count(*) from booking where {KEPT}"),
    "K15": (f"select count(*) {FIRST_DUE} and f.day <= date(s.first_due, '+30 days')", f"select count(*) {FIRST_DUE}"),
    "K16": _in_time("first_response_at", "received_at", 2, f"category = '质量' and received_at {IN_P}"),
    "K17": _in_time("resolved_at", "received_at", 24, f"received_at {IN_P}"),
    "K18": _in_time("followup_at", "resolved_at", 24, f"resolved_at {IN_P}"),
    "K19": (f"""select count(*) from (select status, case when date(resolved_at_s) <= :asof then 1 end solved, case when date(followup_at_s) <= :asof then 1 end followed
              from complaint where received_at {IN_P}) where solved and followed or solved is null and followed is null and status = '已关闭'""",
            f"select count(*) from complaint where received_at {IN_P}"),
    "K20": (f"select count(*) from complaint where received_at {IN_P}",
            f"select (select count(*) from visit_now where day {IN_P}) + (select count(*) from delivered_now where day {IN_P})"),
    "K21": _share("在"), "K22": _share("准流失"), "K23": _share("流失"),
    "K24": ("""select count(distinct car) from visit_now v where day between add_months(:first, -6) and :cohort_end and (car < :listed or party between 0 and :people)
              and not exists (select 1 from visit_now b where b.car = v.car and b.day > :cohort_end and b.day <= :c)""",
            "select count(distinct car) from visit_now where day between add_months(:first, -6) and :cohort_end and (car < :listed or party between 0 and :people)"),
    "K25": (f"select count(*) from state_eve where narrow and state in ('准流失', '流失') and 'c' || place in ({SERVICED})",
            "select count(*) from state_eve where narrow and state in ('准流失', '流失')"),
    "K26": (f"""select count(*) from car_then k where used and got is not null and :c <= add_months(latest, :lost) and exists (select 1 from state_then s where s.place = k.owner and s.narrow)
              and exists (select 1 from visit_now v where v.car = k.car and v.day {IN_P})""",
            "select count(*) from car_then k where used and got is not null and :c <= add_months(latest, :lost) and exists (select 1 from state_then s where s.place = k.owner and s.narrow)"),
    "K27": (REFERRERS, f"select count(distinct party) from contact_log where contact_at {IN_P} and party between 0 and :people and result not in ('', '未接', '关机', '空号')"),
    "K28": (f"select count(*) {REFERRED} and deal_date <= :asof", f"select count(*) {REFERRED}"),
    "K29": ("select count(distinct s.place) from state_year s join delivered_now d on d.owner = s.place where s.narrow and d.day between :year_first and :year_c",
            "select count(*) from state_year where narrow"),
    "K30": (f"{WON} won {IN_P}", f"{WON} won {IN_P} or gone {IN_P}"),
    "K31a": (f"{WON} won = :asof", ""), "K31b": (f"{WON} gone = :asof", ""), "K31c": (f"{WON} created_date = :asof", ""),
    "K31d": (f"{WON} status in ('', '在跟') and next_follow_date <= :asof", ""),
    "K32": (f"select count(*) from ({SERVICED}) where {BOUND}", f"select count(*) from ({SERVICED})"),
    "K33": (f"select count(distinct owner) from delivered_now d join customer c on c.place = d.owner where day {IN_P} and c.wechat_bind_date = day",
            f"select count(distinct owner) from delivered_now where day {IN_P} and owner >= 0"),
    "K34": ("", f"{WON} created_date {IN_P} and source_channel = '展厅'"),
    "K37": (f"select count(*) from (select distinct car, expiry from renewal where kind = '保险' and result = '本店续保' and car >= 0 and expiry {IN_P})",
            f"select count(*) from (select distinct car, expiry from renewal where kind = '保险' and car >= 0 and expiry {IN_P})"),
    "K38": (f"""with {INSPECTED} select count(*) from expiring e where exists (select 1 from renewal r where r.kind = '年检' and r.car = e.car and r.expiry = e.day and r.reminded_on <= r.expiry
                and r.reminded_on <= :asof)
              or exists (select 1 from contact_log l left join vehicle v on v.place = e.car where case when coalesce(v.owner, -1) >= 0 then l.party = v.owner and l.car in (-1, e.car) else l.car = e.car end
                and l.result in ('接通', '已发送') and l.contact_at <= :asof and l.contact_at between date(add_months(e.day, -1), '-3 days') and e.day
                and exists (select 1 from named where row = l.place and code = 'INSP-1M'))""",
            f"with {INSPECTED} select count(*) from expiring"),
    "K39a": (f"select total(paid) {PAID}", f"select count(*) {PAID}"),
    "K39b": (f"select count(*) {PAID}", f"select count(distinct car) {PAID}"),
    "K39c": (f"select total(days) {GAPS}", f"select total(gaps) {GAPS}"),
    "K40": (f"select total(total) from visit_now where day {IN_P}", "select total(total) from visit_now where day between add_months(:first, -12) and add_months(:c, -12)"),
    "K40d": (f"select total(total) from visit_now where day {IN_P}", "select total(total) from visit_now where day between add_months(:first, -12) and add_months(:c, -12)"),
    "K41": ("", ""), "K42": ("", ""), "K45": ("", ""), "K51": ("", ""), "K54": ("", ""),
    "K46": ("select count(*) from customer where customer_grade <> ''", "select count(*) from customer"),
    "K49": (f"select total(paid) from (select paid from {PAYERS} limit (select (2 * count(*) + 5) / 10 from {PAYERS}))", f"select total(paid) from {PAYERS}"),
    "K50a": (f"select count(*) {NAMED_INVITED} and reply = '参加'", f"select count(*) {NAMED_INVITED}"),
    "K50b": (f"select count(*) {NAMED_INVITED} and reply = '参加' and attended", f"select count(*) {NAMED_INVITED} and reply = '参加'"),
    "K50c": (f"select total(cost) {NAMED_INVITED} and attended", f"select count(*) {NAMED_INVITED} and attended"),
    "K50d": (f"select count(*) {NAMED_INVITED} and deal", ""),
    "K52": (f"""select count(*) from customer c where {MOBILE} and exists (select 1 from vehicle v join delivered_now d on d.car = v.place where v.owner = c.place and v.vin <> '' and d.day is not null)""",
            "select count(*) from customer"),
    "K53": (f"{WON} gone {IN_P} and lost_reason <> '' and lost_model <> ''", f"{WON} gone {IN_P}"),
}  # fmt: skip
"""By code the numerator and the denominator."""

BY_NAME: dict[str, str] = {
    "K35": f"with {ORDERED} select case when industry = '' then '未填' else industry end, count(distinct prospect_no), null from ordered where won {IN_P} group by 1",
    "K36": f"with {ORDERED} select case when focus_point = '' then '未填' else focus_point end, count(distinct prospect_no), null from ordered where won {IN_P} group by 1",
    "K43": """select staff, 50 * info_collected / info_target + 50 * contribution / contribution_target, null from scorecard where month = :month and staff <> ''""",
    "K44": f"""select sales_advisor, sum(created_date {IN_P} and {MOBILE}), null from (
        select sales_advisor, created_date, mobile from customer union all select sales_advisor, created_date, mobile from prospect where coalesce(created_date, '') <= :asof)
      where sales_advisor <> '' group by 1""",
    "K47a": f"""select {TIER}, total(paid), (select total(paid) from visit_now where day {IN_P})
      from (select v.paid, case when k.car is null then null else {POINTS} end tier from visit_now v left join car_then k on k.car = v.car where v.day {IN_P}) group by 1""",
    "K47b": f"""select case when maintained then '保养' when repaired then '维修' else '其他' end, total(paid), (select total(paid) from visit_now where day {IN_P})
      from visit_now where day {IN_P} group by 1""",
    "K47c": f"""select case when c.place is null then '未知' else {REGION} end, total(v.paid), (select total(paid) from visit_now where day {IN_P})
      from visit_now v left join vehicle k on k.place = v.car left join customer c on c.place = k.owner where v.day {IN_P} group by 1""",
    "K48": f"""with {ORDERED} select case when source_channel = '' then '未填' else source_channel end, count(distinct prospect_no),
      (select count(distinct prospect_no) from ordered where won {IN_P}) from ordered where won {IN_P} group by 1""",
}  # fmt: skip
"""By code rows of name, numerator and denominator."""
