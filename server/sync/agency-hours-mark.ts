import { sql, type RawBuilder } from 'kysely';

/**
 * SQL of a number that changes with the hours of a region's agencies, and with nothing else about them: 0
 * where all work by the centre's. It fits a double.
 */
export const agencyHoursMark = (region: string): RawBuilder<number> => sql<number>`(
  select coalesce(
    hashtextextended(string_agg(id || ' ' || (row -> 'hours')::text, ' ' order by id), 0) & 9007199254740991,
    0)
  from reference where region_id = ${region} and kind = 'agency' and not deleted and row ? 'hours')`;
