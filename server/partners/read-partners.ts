import { sql } from 'kysely';
import { z } from 'zod';
import { WEBHOOK_EVENTS, type deliverySchema, type partnerSchema } from '#shared/protocol/partners.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { readsOpenly } from './partners.ts';

const requestsOf = sql<number>`(select count(*) from intake_request r
  where r.region_id = partner.region_id and r.partner_id = partner.id)`;
const deadOf = sql<number>`(select count(*) from partner_delivery d
  where d.region_id = partner.region_id and d.partner_id = partner.id and d.state = 'dead')`;

async function rowsOf(tx: ScopedTransaction, region: string) {
  return tx
    .selectFrom('partner')
    .selectAll()
    .select([requestsOf.as('requests'), deadOf.as('dead')])
    .where('region_id', '=', region)
    .orderBy(sql`revoked_at is not null`)
    .orderBy('name')
    .execute();
}

function webhookOf(url: string | null, events: unknown): z.infer<typeof partnerSchema>['webhook'] {
  return url === null ? null : { url, events: z.array(z.enum(WEBHOOK_EVENTS)).parse(events) };
}

/** The partners of a region, those that were revoked last, and whether reading is open to all. */
export async function readListedPartners(
  db: Database,
  region: string,
): Promise<{ readonly partners: z.infer<typeof partnerSchema>[]; readonly openReading: boolean }> {
  return withScope(db, { region }, async (tx) => {
    const partners = (await rowsOf(tx, region)).map((row) => ({
      id: row.id,
      name: row.name,
      reads: row.reads,
      webhook: webhookOf(row.webhook_url, row.webhook_events),
      keyHint: row.key_hint,
      createdAt: row.created_at,
      revokedAt: row.revoked_at,
      seenAt: row.seen_at,
      requests: row.requests,
      dead: row.dead,
    }));
    return { partners, openReading: (await readsOpenly(tx, region)) === true };
  });
}

/** The newest messages to a partner. */
export async function readPartnerDeliveries(
  db: Database,
  region: string,
  partner: string,
): Promise<z.infer<typeof deliverySchema>[]> {
  const rows = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('partner_delivery')
      .select([
        'id',
        'incident_id',
        'event',
        'at',
        'state',
        'attempts',
        'not_before',
        'changed_at',
        'problem',
      ])
      .where('region_id', '=', region)
      .where('partner_id', '=', partner)
      .orderBy('seq', 'desc')
      .limit(50)
      .execute(),
  );
  return rows.map(({ incident_id: incident, not_before: notBefore, changed_at: changedAt, ...row }) => ({
    ...row,
    incident,
    notBefore,
    changedAt,
  }));
}
