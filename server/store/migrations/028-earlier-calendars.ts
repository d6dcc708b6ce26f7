import { productionDays, russianProductionYears } from '#shared/domain/data/russian-holidays.ts';
import type { Migration } from '#server/store/migration.ts';

/**
 * Of the calendar that regions began with until now, 2021 to 2027, without its time zone, as PostgreSQL
 * writes it.
 */
const BEFORE = 'c6218e50ff0d0411f1c2871fb09bc54a';
const EARLIER = JSON.stringify(productionDays(russianProductionYears.filter(({ year }) => year <= 2020)));
const FORCED = ['reference', 'sync_clock', 'change_log'];

/**
 * Gives the production calendars of 2018 to 2020 to calendars that nobody has edited, as a change like any
 * other: consoles hear of it, and facts judged by the old one are made anew.
 */
export const earlierCalendars: Migration = {
  name: '028-earlier-calendars',
  statements: [
    // Calendars of every region, and forced policies hold the owner too.
    ...FORCED.map((table) => `alter table ${table} no force row level security`),
    `with unedited as materialized (
        select region_id, id from reference
        where kind = 'calendar' and not deleted and md5((row - 'zone')::text) = '${BEFORE}'),
      clock as (
        update sync_clock set v = v + 1 where region_id in (select region_id from unedited) returning region_id, v),
      given as (
        update reference r set v = clock.v, row = jsonb_set(r.row, '{days}', (r.row -> 'days') || '${EARLIER}'::jsonb)
        from unedited join clock using (region_id)
        where r.region_id = unedited.region_id and r.kind = 'calendar' and r.id = unedited.id
        returning r.region_id, r.v, r.id)
      insert into change_log (region_id, v, entity, id, op, agencies)
      select region_id, v, 'calendar', id, 'put', null from given`,
    ...FORCED.map((table) => `alter table ${table} force row level security`),
  ],
};
