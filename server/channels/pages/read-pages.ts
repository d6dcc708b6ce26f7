import { z } from 'zod';
import { channelProblemSchema, channelRulesSchema, type channelSchema } from '#shared/protocol/channels.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { lastEventAt } from './page-health.ts';

/** Path that the network calls for a page. */
export const callbackPath = (region: string, id: string): string =>
  `/api/v1/channels/${region}/${id}/callback`;

/** The pages of a region and how they fare. */
export async function readListedPages(
  db: Database,
  region: string,
): Promise<z.infer<typeof channelSchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('channel')
      .selectAll()
      .select(lastEventAt('channel').as('heard_at'))
      .where('region_id', '=', region)
      .orderBy('name')
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    network: row.network,
    name: row.name,
    pageId: row.page_id,
    agency: row.agency,
    baseUrl: row.base_url,
    certificate: row.certificate,
    watch: z.array(z.string()).parse(row.watch),
    rules: channelRulesSchema.parse(row.rules),
    togetherHours: row.together_hours,
    state: row.archived_at !== null ? 'archived' : row.active ? 'active' : 'paused',
    reception: row.reception,
    lastEventAt: row.heard_at,
    caughtUpAt: row.caught_up_at,
    recovered: row.recovered,
    trouble: channelProblemSchema.nullable().parse(row.trouble),
    callback: callbackPath(region, row.id),
  }));
}
