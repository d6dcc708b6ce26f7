import { sql } from 'kysely';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { workingHoursOn, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, dayOfDate } from '#shared/domain/time-zone.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** Local working days as PostgreSQL is to know them: dates and hours only, moments are its own affair. */
function daysOf(calendar: WorkingCalendar, from: string, to: string): readonly object[] {
  const [first, last] = [must(dayOfDate(from), 'a date'), must(dayOfDate(to), 'a date')];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((day) => {
    const hours = workingHoursOn(calendar, day);
    return hours === null ? [] : [{ date: dateOfDay(day), opens: hours.from, closes: hours.to }];
  });
}

export interface SqlFigures {
  readonly received: number;
  readonly answered: number;
  readonly working_count: number;
  readonly working_sum: number;
  readonly working_median: number | null;
  readonly wall_sum_ms: number;
  readonly in_time: number;
  readonly late: number;
  readonly rejected: number;
  readonly merged: number;
  readonly not_answered: number;
  readonly closed: number;
  readonly solved: number;
  readonly reopened: number;
  readonly entered_later: number;
  readonly carried_in: number;
  readonly carried_out: number;
  readonly approvals: number;
  readonly approval_ms: number;
  readonly own_approvals: number;
  readonly warned: number;
  readonly overlooked: number;
  readonly moved: number;
  readonly kept: number;
  readonly repeats: number;
  readonly overdue: number;
  readonly groups: Readonly<Record<string, number>>;
  readonly agencies: Readonly<Record<string, number>>;
  readonly days: Readonly<Record<string, number>>;
}

/**
 * The figures of a month once more, by nothing of ours: SQL over the incidents' own JSON, with PostgreSQL's
 * own time zones. Working minutes count marks `created + k` in [opens, closes) before the reply, day by day;
 * a deadline is the moment at which the hours add up to it.
 */
export async function sqlFigures(
  tx: ScopedTransaction,
  region: string,
  calendar: WorkingCalendar,
  month: { readonly from: string; readonly after: string; readonly asOf: number },
): Promise<SqlFigures> {
  const days = JSON.stringify(daysOf(calendar, '2020-12-01', '2023-03-01'));
  const policies = JSON.stringify(defaultPolicies.filter(({ start }) => start === 'created'));
  const zone = calendar.zone;
  const { rows } = await sql<SqlFigures>`
    with bounds as (
      select extract(epoch from ${month.from}::timestamp at time zone ${zone}) * 1000 as starts,
             extract(epoch from ${month.after}::timestamp at time zone ${zone}) * 1000 as ends),
    work as materialized (
      select extract(epoch from (d.date || ' ' || d.opens)::timestamp at time zone ${zone}) * 1000 as opens,
             extract(epoch from (d.date || ' ' || d.closes)::timestamp at time zone ${zone}) * 1000 as closes
      from jsonb_to_recordset(${days}::jsonb) as d(date text, opens text, closes text)),
    told as materialized (
      select i.id, i.row, (i.row->>'createdAt')::numeric as created, i.row->'step'->>'name' as step,
        (select min((r->>'publishedAt')::numeric) from jsonb_array_elements(i.row->'replies') r) as reply,
        (select r->>'agency' from jsonb_array_elements(i.row->'replies') r where r->>'publishedAt' is not null
          order by (r->>'publishedAt')::numeric limit 1) as replier,
        case when i.row->'step'->>'name' in ('rejected', 'merged') then (i.row->'step'->>'since')::numeric
             else (i.row->'closing'->>'at')::numeric end as closed
      from incident i where i.region_id = ${region}),
    turns as materialized (
      select told.id, line->>'event' as event, (line->>'at')::numeric as at, line->'detail' as detail, place
      from told, jsonb_array_elements(row->'history') with ordinality as l(line, place)
      where line->>'event' in ('closed', 'rejected', 'merged', 'reopened', 'unmerged', 'undone',
        'outcome_set')),
    past as materialized (
      select out.id, out.event, out.at as closed, back.at as reopened,
        (select o.detail->>'outcome' from turns o
          where o.id = out.id and o.event = 'outcome_set' and o.place < back.place
          order by o.place desc limit 1) as outcome
      from turns out cross join lateral (select * from turns t where t.id = out.id and t.place > out.place
          and (t.event in ('reopened', 'unmerged') or t.detail->>'act' in ('rejected', 'merged'))
          order by t.place limit 1) back
      where out.event in ('closed', 'rejected', 'merged')
        and (back.event <> 'undone' or back.detail->>'reopens' = '1')),
    out as materialized (select id, event, closed, reopened from past union all
      select id, case step when 'done' then 'closed' else step end, closed, null from told
      where closed is not null and step in ('done', 'rejected', 'merged')),
    closings as materialized (select topic_key, author_key, place_key, closed, reopened
      from out join incident_fact f on f.region_id = ${region} and f.id = out.id where event = 'closed'),
    mine as materialized (select told.* from told, bounds where created >= starts and created < ends),
    clocked as (
      select mine.id, mine.reply - mine.created as wall,
        (select coalesce(sum(greatest(0, ceil((least(closes, reply) - created) / 60000)
            - ceil((greatest(opens, created) - created) / 60000))), 0)
          from work where closes > created and opens < reply
            and least(closes, reply) > greatest(opens, created)) as working,
        (select opens + (p.minutes * 60000 - earlier) from (
            select greatest(opens, created) as opens, closes,
              coalesce(sum(closes - greatest(opens, created)) over (order by work.opens
                rows between unbounded preceding and 1 preceding), 0) as earlier
            from work where closes > created and opens < created + 40 * 86400000::numeric) run
          where run.earlier + (run.closes - run.opens) >= p.minutes * 60000 order by run.closes
            limit 1) as due
      from mine join jsonb_to_recordset(${policies}::jsonb) as p(importance text, minutes numeric)
        on p.importance = mine.row->>'importance'
      where reply is not null)
    select
      (select count(*) from mine) as received,
      (select count(*) from clocked) as answered,
      (select count(*) from clocked) as working_count,
      (select coalesce(sum(working), 0)::bigint from clocked) as working_sum,
      (select percentile_cont(0.5) within group (order by working::float8) from clocked) as working_median,
      (select coalesce(sum(wall), 0)::bigint from clocked) as wall_sum_ms,
      (select count(*) from clocked join mine using (id) where mine.reply <= clocked.due) as in_time,
      (select count(*) from clocked join mine using (id) where mine.reply > clocked.due) as late,
      (select count(*) from mine where step = 'rejected') as rejected,
      (select count(*) from mine where step = 'merged') as merged,
      (select count(*) from mine where reply is null and step not in ('rejected', 'merged')) as not_answered,
      (select count(*) from told, bounds where step = 'done' and closed >= starts
        and closed < ends) + (select count(*) from past, bounds where event = 'closed'
        and closed >= starts and closed < ends) as closed,
      (select count(*) from told, bounds where step = 'done' and row->>'outcome' = 'solved'
        and closed >= starts and closed < ends) + (select count(*) from past, bounds where event = 'closed'
        and outcome = 'solved' and closed >= starts and closed < ends) as solved,
      (select count(*) from past, bounds where reopened >= starts and reopened < ends) as reopened,
      (select count(distinct (told.id, line->>'at', line->>'by', line->>'claimed', line->'entered'))
        from told, bounds, jsonb_array_elements(row->'history') line
        cross join lateral (select coalesce(line->'entered'->>'at', line->>'at')::numeric as at) e
        where (line ? 'claimed' or line ? 'entered') and not line ? 'undone'
        and line->>'event' <> 'undone' and e.at >= starts and e.at < ends) as entered_later,
      (select count(*) from told, bounds where created < starts and (closed is null
        or closed >= starts) and not exists (select from past where past.id = told.id
          and past.closed < starts and past.reopened >= starts)) as carried_in,
      (select count(*) from told, bounds where created < ends and (closed is null
        or closed >= ends) and not exists (select from past where past.id = told.id
          and past.closed < ends and past.reopened >= ends)) as carried_out,
      (select count(*) from mine, jsonb_array_elements(row->'replies') r
        where r->>'approvedAt' is not null) as approvals,
      (select coalesce(sum((r->>'approvedAt')::bigint - (r->>'submittedAt')::bigint), 0)::bigint
        from mine, jsonb_array_elements(row->'replies') r where r->>'approvedAt' is not null) as approval_ms,
      (select count(*) from mine, jsonb_array_elements(row->'history') h
        where h->>'event' = 'reply_approved' and h->'detail'->>'own' = '1') as own_approvals,
      (select count(distinct mine.id) from mine, jsonb_array_elements(row->'history') h
        where h->>'event' = 'reply_submitted' and (h->'detail'->>'warnings')::int > 0) as warned,
      (select coalesce(sum((h->'detail'->>'warnings')::int), 0) from mine,
        jsonb_array_elements(row->'history') h where h->>'event' = 'reply_submitted') as overlooked,
      (select count(*) from mine, jsonb_array_elements(row->'history') h
        where h->>'event' = 'promise_moved' and not h ? 'undone') as moved,
      (select count(*) from mine, jsonb_array_elements(row->'promises') p where p->>'state' = 'kept') as kept,
      (select count(*) from told, bounds where created < ends and (row->'due'->>'at')::bigint < ${month.asOf}
        and step not in ('satisfaction', 'deferred', 'done', 'rejected', 'merged')) as overdue,
      (select count(*) from incident_fact r, mine
        where r.region_id = ${region} and mine.id = r.id and r.has_topic
          and not exists (select from out, bounds where out.id = r.id and out.event in ('rejected', 'merged')
            and out.closed < ends and (out.reopened is null or out.reopened >= ends))
          and exists (select from closings c where c.topic_key = r.topic_key
            and c.closed < r.created_at and c.closed >= r.created_at - 90 * 86400000::bigint
            and (c.reopened is null or c.reopened >= r.created_at)
            and (r.author_key <> 0 and c.author_key = r.author_key or r.place_key <> 0
              and c.place_key = r.place_key))) as repeats,
      (select coalesce(jsonb_object_agg(name, n), '{}') from (
        select coalesce(row->'classification'->>'group', '') as name, count(*) as n
          from mine group by 1) g) as groups,
      (select coalesce(jsonb_object_agg(name, n), '{}') from (
        select coalesce(replier, row->'assignments'->-1->>'agency') as name, count(*) as n from mine
        where coalesce(replier, row->'assignments'->-1->>'agency') is not null group by 1) a) as agencies,
      (select coalesce(jsonb_object_agg(day, n), '{}') from (
        select to_char(to_timestamp(created / 1000) at time zone ${zone}, 'YYYY-MM-DD') as day, count(*) as n
        from mine group by 1) d) as days`.execute(tx);
  return must(rows[0], 'figures');
}
