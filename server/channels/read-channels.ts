import type { z } from 'zod';
import {
  channelProblemSchema,
  type channelSchema,
  type loggedEventSchema,
  type replySendSchema,
} from '#shared/protocol/channels.ts';
import { withScope, type Database } from '#server/store/database.ts';

/** Path that the network calls for a page. */
export const callbackPath = (region: string, id: string): string =>
  `/api/v1/channels/${region}/${id}/callback`;

/** The pages of a region and how they fare. */
export async function readChannels(db: Database, region: string): Promise<z.infer<typeof channelSchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx.selectFrom('channel').selectAll().where('region_id', '=', region).orderBy('name').execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    network: row.network,
    name: row.name,
    pageId: row.page_id,
    agency: row.agency,
    active: row.active,
    reception: row.reception,
    lastEventAt: row.last_event_at,
    caughtUpAt: row.caught_up_at,
    recovered: row.recovered,
    trouble: channelProblemSchema.nullable().parse(row.trouble),
    callback: callbackPath(region, row.id),
  }));
}

/** The newest events of a page that entered no incident, with the reason. */
export async function readLog(
  db: Database,
  region: string,
  id: string,
): Promise<z.infer<typeof loggedEventSchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('channel_event')
      .select(['channel_id', 'key', 'kind', 'received_at', 'state', 'reason'])
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('state', 'in', ['logged', 'unknown', 'failed'])
      .orderBy('seq', 'desc')
      .limit(200)
      .execute(),
  );
  return rows.map((row) => ({
    channel: row.channel_id,
    key: row.key,
    kind: row.kind,
    receivedAt: row.received_at,
    state: row.state,
    reason: row.reason,
  }));
}

/** Has events of a page read again that were not taken in: after a parser was mended, or watch words changed. Gives how many. */
export async function replay(db: Database, region: string, id: string): Promise<number> {
  const { numUpdatedRows } = await withScope(db, { region }, (tx) =>
    tx
      .updateTable('channel_event')
      .set({ state: 'new', reason: null })
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('state', 'in', ['logged', 'unknown', 'failed'])
      .executeTakeFirst(),
  );
  return Number(numUpdatedRows);
}

/** How far the replies of an incident have come. */
export async function readSending(
  db: Database,
  region: string,
  incident: string,
): Promise<z.infer<typeof replySendSchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('reply_send')
      .select(['id', 'reply', 'state', 'not_before', 'problem', 'link'])
      .where('region_id', '=', region)
      .where('incident_id', '=', incident)
      .orderBy('reply')
      .execute(),
  );
  return rows.map(({ not_before: notBefore, ...row }) => ({ ...row, notBefore }));
}
