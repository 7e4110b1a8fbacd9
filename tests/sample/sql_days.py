# ruff: noqa: E501 (a query stays in one piece)
"""What DOM 0.3, 2.19, 3.6, 4.5 and 4.8 say of a store on one day, in SQL.

In the scripts `@` ends the names of the tables of that day, and `:day` is the day itself; what came later is not
there (DOM V19). Parameters of the store stand behind a colon.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

VISITS = """
create table order@ as
  select o.*, coalesce(nullif(work_type, ''), '') kind,
    case pay_type when '自费' then coalesce(paid_amount, total_amount, 0) when '保险' then coalesce(paid_amount, 0)
      when '' then case when work_type in ('首保', '索赔', '返修') then 0 else coalesce(paid_amount, total_amount, 0) end else 0 end paid
  from service_visit o where visit_date <= :day and car >= 0;
create table visit@ as
  select car, max(party) party, visit_date day, max(coalesce(max(checkout_date, visit_date), visit_date)) left_on,
    max(coalesce(checkout_date, '') > :day) inside, sum(coalesce(total_amount, 0)) total, max(booked) booked, sum(paid) paid,
    max(kind in ('首保', '定期保养')) maintained, max(kind in ('一般维修', '事故车')) repaired, max(odometer_in) km,
    min(next_service_date) next_day, min(next_service_km) next_km
  from order@ group by car, visit_date;
create index visit_car@ on visit@ (car, day);
create table came@ as
  select v.*, case when party between 0 and :people then 'c' || party
    else (select 'w' || max(o.mobile) from service_visit o where o.car = v.car and o.visit_date = v.day and o.mobile <> '') end who
  from visit@ v;
create index came_who@ on came@ (who, day);
create table delivered@ as
  select place car, case when owner between 0 and :people then owner else -1 end owner,
    coalesce(case when delivery_date <= :day then delivery_date end, case when purchase_date <= :day then purchase_date end) day,
    case when delivery_date is null or delivery_date > :day then 0 when delivery_time is not null then cast(delivery_time as integer)
      else strftime('%s', delivery_date_s) - strftime('%s', delivery_date) end clock
  from vehicle;
create index delivered_car@ on delivered@ (car);
"""

SERVICES = """
create table reading@ as
  select car, day, max(km) km from (
    select car, day, km from visit@ where km is not null and car < :listed
    union all select place, odometer_date, last_odometer from vehicle where odometer_date <= :day and last_odometer is not null)
  group by car, day;
create index reading_car@ on reading@ (car, day);
create table last@ as select car, max(day) day, km from reading@ group by car;
create table pace@ as
  select d.car, d.day got, coalesce(l.day, d.day) at, coalesce(l.km, 0) km,
    case when l.day is null then null else coalesce((select km from reading@ r where r.car = d.car and r.day <= date(l.day, '-7 days') order by day desc limit 1),
      case when d.day <= date(l.day, '-7 days') then 0 end) end km_before,
    case when l.day is null then null else coalesce((select max(day) from reading@ r where r.car = d.car and r.day <= date(l.day, '-7 days')),
      case when d.day <= date(l.day, '-7 days') then d.day end) end day_before
  from delivered@ d left join last@ l on l.car = d.car;
create table drive@ as
  select car, got, at, km, case when km > km_before then julianday(at) - julianday(day_before) else 1 end days,
    case when km > km_before then km - km_before else :daily_km end per from pace@;
create unique index drive_car@ on drive@ (car);
create table maintained@ as select car, max(day) day, km, next_day, next_km from visit@ where maintained and car < :listed group by car;
create unique index maintained_car@ on maintained@ (car);
create table wanted@ as
  select v.place car, m.day visit, d.*,
    case when m.next_day is not null or m.next_km is not null then m.next_day
      when v.next_service_date > coalesce(m.day, '') then v.next_service_date end typed_day,
    case when m.next_day is not null or m.next_km is not null then m.next_km
      when m.km is null or v.next_service_km > m.km then v.next_service_km end typed_km,
    nullif(max(coalesce(m.day, ''), coalesce(case when v.last_service_date <= :day then v.last_service_date end, '')), '') since
  from vehicle v join drive@ d on d.car = v.place left join maintained@ m on m.car = v.place;
create table target@ as
  select *, case when typed_day is null and typed_km is null then add_months(since, :maint_months) else typed_day end due_day,
    case when typed_day is null and typed_km is null then (select r.km + :maint_km from reading@ r where r.car = w.car and r.day = since) else typed_km end due_km
  from wanted@ w;
create table service@ as
  select car, nullif(min(coalesce(due_day, '9999'), coalesce(case when at is null or due_km is null then null when due_km <= km then at
      when (due_km - km) * days > 3650 * per then null else date(at, '+' || cast(ceil((due_km - km) * days / per) as integer) || ' days') end, '9999')), '9999') due,
    nullif(min(coalesce(add_months(got, :first_months), '9999'), coalesce(case when got is null then null when :first_km <= km then at
      when (:first_km - km) * days > 3650 * per then null else date(at, '+' || cast(ceil((:first_km - km) * days / per) as integer) || ' days') end, '9999')), '9999') first_due
  from target@;
create unique index service_car@ on service@ (car);
create table first@ as
  select place car, nullif(min(coalesce((select min(day) from visit@ where visit@.car = vehicle.place and maintained), '9999'),
      coalesce(case when first_service_date <= :day then first_service_date end, '9999')), '9999') day,
    first_service_done or exists (select 1 from maintained@ m where m.car = place) or coalesce(first_service_date, '9999') <= :day
      or coalesce(last_service_date, '9999') <= :day done
  from vehicle;
create unique index first_car@ on first@ (car);
"""

LOYALTY = """
create table car@ as
  select d.car, d.owner, vehicle_status in ('', '在用') used, d.day got, coalesce(delivery_date, purchase_date) ever, use_type, series,
    coalesce(nullif(max(coalesce((select max(max(case when inside then day else left_on end, day)) from visit@ v where v.car = d.car), ''),
      coalesce(case when last_service_date <= :day then last_service_date end, '')), ''), d.day) latest,
    (select count(*) from visit@ v where v.car = d.car and paid > 0 and day > add_months(:day, -12)) paid_visits,
    (select total(paid) from visit@ v where v.car = d.car and paid > 0 and day > add_months(:day, -12)) paid_amount,
    (select count(*) from visit@ v where v.car = d.car and paid > 0 and day > add_months(:day, -24)) both_visits,
    (select julianday(max(day)) - julianday(min(day)) from visit@ v where v.car = d.car and paid > 0 and day > add_months(:day, -24)) both_days
  from delivered@ d join vehicle on place = d.car;
create index car_owner@ on car@ (owner);
create table loyal@ as
  select c.place, max(b.got is not null) and c.base_scope in ('', '自销') narrow,
    max(b.used and not (b.got is null and b.ever is not null)) stays,
    max(case when b.used and not (b.got is null and b.ever is not null) then b.latest end) latest
  from customer c join car@ b on b.owner = c.place group by c.place;
create table state@ as
  select place, narrow, case when not stays then '已转出' when latest is null then '未知' when :day > add_months(latest, :lost) then '流失'
    when :day > add_months(latest, :quasi) then '准流失' else '在' end state from loyal@;
"""

RULE_ROWS = """
create table rule (code, open, due, deadline, expire, role, sent);
insert into rule values
  ('DLV-D0', 0, 0, 0, 1, 'SA', 1), ('DLV-2H', 0, null, null, 1, 'SA', 1), ('DLV-3D', 1, 3, 3, 14, 'SA', 0),
  ('DLV-7D-SA', 4, 7, 7, 14, 'SA', 0), ('DLV-7D-CS', 4, 7, 7, 14, 'CS', 0), ('DLV-2W-MGR', 14, 14, 17, 14, 'SM', 1),
  ('DLV-15-30', 15, 22, 30, 14, 'SA', 0);
create table month (code, months);
insert into month values ('DLV-M01', 1), ('DLV-M02', 2), ('DLV-M03', 3), ('DLV-M04', 4), ('DLV-M06', 6), ('DLV-M09', 9), ('DLV-M12', 12),
  ('DLV-M15', 15), ('DLV-M18', 18), ('DLV-M21', 21), ('DLV-M24', 24), ('DLV-M27', 27), ('DLV-M30', 30), ('DLV-M33', 33), ('DLV-M36', 36),
  ('DLV-M39', 39), ('DLV-M42', 42), ('DLV-M45', 45);
insert into month with recursive later (n) as (select 48 union all select n + :repeat_every from later where n < 240) select 'DLV-M48+', n from later;
"""
"""DOM 3.1, 3.2 and 3.8 as far as they are on."""

ITEMS = """
create table item@ (rule, party, car, anchor, visit, open, due, deadline, expire, role, sent, moment);
insert into item@ select code, d.owner, d.car, d.day, null, date(d.day, open || ' days'), date(d.day, due || ' days'), date(d.day, deadline || ' days'),
    date(d.day, (deadline + expire) || ' days'), role, sent, null
  from rule join delivered@ d join customer c on c.place = d.owner where c.base_scope in ('', '自销') and d.day is not null and rule.due is not null;
insert into item@ select code, owner, car, day, null, day, date(until), date(until), date(until, '+1 day'), role, sent, case when clock then replace(until, ' ', 'T') end
  from (select r.code, d.owner, d.car, d.day, role, sent, clock, case when clock then datetime(d.day, '+' || (clock + 7200) || ' seconds') else d.day end until
    from rule r join delivered@ d join customer c on c.place = d.owner where c.base_scope in ('', '自销') and d.day is not null and r.code = 'DLV-2H');
insert into item@ select code, owner, car, day, null, date(base, '-3 days'), base, date(base, '+7 days'), date(base, '+21 days'),
    case when months > 12 and cs_owner <> '' then 'CS' else 'SA' end, 0, null
  from (select code, months, owner, car, day, add_months(day, months) base, c.cs_owner from month join delivered@ d join customer c on c.place = d.owner
    where d.day between date(:go_live, printf('%+d days', -31 * months - 31)) and date(:day, printf('%+d days', 62 - 28 * months))) where base < date(:day, '+60 days');
insert into item@ select 'SVC-3D', party, car, left_on, max(day), date(left_on, '+1 day'), date(left_on, '+3 days'), date(left_on, '+3 days'),
    date(left_on, '+17 days'), 'CS', 0, null from visit@ where not inside and party between 0 and :people group by car, left_on;
delete from item@ where deadline < :go_live;
create table call@ as
  select l.place row, party, car, contact_at day, contact_at_s moment, result, next_contact_date agreed, satisfaction_level, no_visit_reason,
    coalesce(nullif(l.role, ''), (select max(s.role) from staff s where s.name = l.staff and l.staff <> ''),
      (select case when l.staff = c.sales_advisor then 'SA' when l.staff = c.cs_owner then 'CS' when l.staff = c.service_advisor_owner then 'SV' end
       from customer c where c.place = l.party and l.staff <> ''), 'CS') role,
    exists (select 1 from named n where n.row = l.place) names_any
  from contact_log l where contact_at <= :day;
create index call_party@ on call@ (party, day);
create table answer@ as
  select i.rowid item, c.*, i.deadline as until, i.expire as ends, i.sent, row_number() over (partition by i.rowid order by c.moment, c.row) n,
    c.day >= case when i.anchor <= i.open then max(i.anchor, date(i.open, '-3 days')) else date(i.open, '-3 days') end
      and case when names_any then exists (select 1 from named w where w.row = c.row and (w.code = i.rule
          or w.code = 'DLV-M' and i.rule like 'DLV-M%' or w.code = 'DLV-7D' and i.rule = case c.role when 'SA' then 'DLV-7D-SA' else 'DLV-7D-CS' end))
        else c.role = i.role end hit,
    i.rule = 'DLV-15-30' and c.result = '接通' and c.role = 'SA' and c.day between i.open and i.deadline any_rule,
    i.rule like 'DLV-M%' and c.result = '接通' and c.day >= date(i.open, '-7 days') cover
  from item@ i join call@ c on c.party = i.party and (c.car = -1 or c.car = i.car) and c.day >= date(i.open, '-7 days') and c.result <> '';
create unique index answer_item@ on answer@ (item, n);
create table end@ as
  with recursive step (item, n, expire, tries, tried, state, row) as (
    select distinct item, 0, ends, 0, '', '', -1 from answer@
    union all
    select s.item, a.n,
      case when a.hit and a.day <= s.expire and a.result = '改约' and a.agreed is not null then date(a.agreed, '+' || cast(julianday(a.ends) - julianday(a.until) as integer) || ' days')
        else s.expire end,
      s.tries + (a.hit and a.day <= s.expire and a.result in ('未接', '关机', '空号') and a.day <> s.tried),
      case when a.hit and a.day <= s.expire and a.result in ('未接', '关机', '空号') then a.day else s.tried end,
      case when a.hit and a.day <= s.expire and (a.result in ('接通', '拒访') or a.result = '已发送' and a.sent) or a.any_rule then 'done'
        when a.cover and a.day <= s.expire then 'covered'
        when s.tries + (a.hit and a.day <= s.expire and a.result in ('未接', '关机', '空号') and a.day <> s.tried) >= :attempts then 'unreachable' else '' end,
      a.row
    from step s join answer@ a on a.item = s.item and a.n = s.n + 1 where s.state = '')
  select item, state, row from step where state <> '';
create unique index end_item@ on end@ (item);
create table known@ as
  select i.rowid item, i.*, e.row closed_by, coalesce(e.state, case when c.do_not_contact or v.vehicle_status in ('转让', '报废', '它牌置换')
      or i.rule = 'DLV-M03' and f.done
      or i.rule = 'SVC-3D' and exists (select 1 from visit@ o where o.car = i.car and o.day > i.visit and o.day <= i.deadline)
      or i.rule = 'DLV-M48+' and :day > add_months(k.latest, :lost) and exists (select 1 from call@ l where l.party = i.party and (l.car = -1 or l.car = i.car)
        and l.day > k.latest and l.no_visit_reason <> '') then 'stopped' else '' end) state
  from item@ i left join end@ e on e.item = i.rowid left join customer c on c.place = i.party left join vehicle v on v.place = i.car
    left join first@ f on f.car = i.car left join car@ k on k.car = i.car;
create index known_car@ on known@ (car, rule);
create index known_visit@ on known@ (rule, anchor);
"""

SCRIPTS = {"visits": VISITS, "services": SERVICES, "loyalty": LOYALTY, "items": ITEMS}


def know(base: sqlite3.Connection, name: str, given: Mapping[str, object], *scripts: str) -> None:
    """Lays the tables of one day, their names ending in *name*; once."""
    for script in scripts:
        made = f"{script}_{name}"
        if base.execute("select count(*) from done where what = ?", (made,)).fetchone()[0]:
            continue
        for statement in SCRIPTS[script].replace("@", f"_{name}").split(";\n"):
            if statement.strip():
                base.execute(statement, dict(given))
        base.execute("insert into done values (?)", (made,))
