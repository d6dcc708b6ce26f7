import { sql } from 'kysely';
import type { Database } from './database.ts';

/** The codes of all regions, for the API's role: it sees a region's rows only within `withScope`. */
export async function regionIds(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ region_id: string }>`select region_id from region_heads() order by 1`.execute(
    db,
  );
  return rows.map((row) => row.region_id);
}
