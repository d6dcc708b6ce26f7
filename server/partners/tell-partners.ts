import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { EventName, IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import { isSensible, type Instant } from '#shared/domain/instant.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from '#shared/protocol/partners.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { visibleTo } from './find-requests.ts';
import type { PartnerIdentity, Partners } from './partners.ts';
import { partnerDirectory } from './partner-directory.ts';
import { requestView, type HandedIn } from './request-view.ts';

/**
 * The webhook events that an incident's event is to a partner, the more telling first; it hears of it under
 * the first it asked for.
 */
const WEBHOOK_EVENTS_OF: Partial<Record<EventName, readonly WebhookEvent[]>> = {
  registered: ['new'],
  routed: ['step'],
  taken_to_work: ['step'],
  returned_to_centre: ['step'],
  reply_submitted: ['step'],
  reply_approved: ['step'],
  reply_sent_back: ['step'],
  reply_published: ['answered', 'step'],
  deferred: ['step'],
  closed: ['step'],
  reopened: ['step'],
  rejected: ['step'],
  merged: ['step'],
  unmerged: ['step'],
  undone: ['step'],
};

/** Revisions looked through in one transaction. */
const BATCH = 100;
/**
 * Messages that arrived are forgotten after so long: the log is for finding faults, not a second register.
 */
const KEPT_MS = 30 * 24 * 3_600_000;

interface PartnerEvent extends HandedIn {
  readonly incident_id: string;
  readonly n: number;
  readonly name: EventName;
  readonly at: Instant;
  readonly handed_in: boolean;
}

interface Listener extends PartnerIdentity {
  readonly events: readonly WebhookEvent[];
  readonly since: number;
}

/**
 * A partner with a webhook, its row locked; null when another process has it, or there is nothing to tell it.
 */
async function lockListener(tx: ScopedTransaction, region: string, id: string): Promise<Listener | null> {
  const row = await tx
    .selectFrom('partner')
    .selectAll()
    .where('region_id', '=', region)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('webhook_url', 'is not', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (row === undefined) return null;
  const events = z.array(z.enum(WEBHOOK_EVENTS)).parse(row.webhook_events);
  return { id, name: row.name, reads: row.reads, events, since: row.webhook_v };
}

/** Events of the revisions after `since` up to `to`, in their order. */
async function eventsBetween(
  tx: ScopedTransaction,
  region: string,
  listener: Listener,
  to: number,
): Promise<readonly PartnerEvent[]> {
  const names = Object.keys(WEBHOOK_EVENTS_OF);
  const { rows } =
    await sql<PartnerEvent>`select e.incident_id, e.n, e.name, e.at, r.partner_id is not null as handed_in,
      r.service_code, r.address, r.address_id, r.lat, r.long, r.media_url
    from event e join incident i on i.region_id = e.region_id and i.id = e.incident_id
    left join intake_request r on r.region_id = e.region_id and r.incident_id = e.incident_id
    where e.region_id = ${region} and e.v > ${listener.since} and e.v <= ${to}
      and e.name = any(${names}::text[])
      and (e.name <> 'undone' or jsonb_exists(e.data -> 'back', 'step'))
      and i.external_id is null and ${visibleTo({ partner: listener })}
    order by e.v, e.incident_id, e.n`.execute(tx);
  return rows;
}

/** The incident as it stood after its n-th event. */
async function incidentAt(tx: ScopedTransaction, region: string, id: string, n: number) {
  const rows = await tx
    .selectFrom('event')
    .select(['name', 'at', 'actor', 'command_id', 'data'])
    .where('region_id', '=', region)
    .where('incident_id', '=', id)
    .where('n', '<=', n)
    .orderBy('n')
    .execute();
  const events = rows.map(
    ({ name, at, actor: by, command_id: command, data }) =>
      ({ ...data, name, at, by, ...(command === null ? {} : { command }) }) as unknown as IncidentEvent,
  );
  return evolveAll(id, null, events);
}

async function makeDelivery(
  tx: ScopedTransaction,
  partners: Partners,
  region: string,
  listener: Listener,
  incidentEvent: PartnerEvent,
): Promise<void> {
  const event = WEBHOOK_EVENTS_OF[incidentEvent.name]?.find((candidate) =>
    listener.events.includes(candidate),
  );
  if (event === undefined) return;
  const incident = await incidentAt(tx, region, incidentEvent.incident_id, incidentEvent.n);
  const directory = await partnerDirectory(tx, region);
  const id = uuidv7();
  const body = {
    id,
    event,
    at: new Date(isSensible(incidentEvent.at) ? incidentEvent.at : partners.now()).toISOString(),
    step: incident.step.name,
    request: requestView(incident, incidentEvent.handed_in ? incidentEvent : null, directory),
  };
  const now = partners.now();
  await tx
    .insertInto('partner_delivery')
    .values({
      region_id: region,
      id,
      partner_id: listener.id,
      incident_id: incidentEvent.incident_id,
      n: incidentEvent.n,
      event,
      at: incidentEvent.at,
      body: JSON.stringify(body),
      state: 'queued',
      not_before: now,
      changed_at: now,
    })
    .onConflict((conflict) => conflict.columns(['region_id', 'partner_id', 'incident_id', 'n']).doNothing())
    .execute();
}

async function forgetOld(
  tx: ScopedTransaction,
  region: string,
  partner: string,
  now: Instant,
): Promise<void> {
  await tx
    .deleteFrom('partner_delivery')
    .where('region_id', '=', region)
    .where('partner_id', '=', partner)
    .where('state', '=', 'sent')
    .where('changed_at', '<', now - KEPT_MS)
    .execute();
}

/**
 * Looks through what happened since a partner was last told, and makes a message of each thing it asked for.
 * Revisions commit in the order of their numbers, so none can appear behind the one that was reached. What
 * the registry's imports bring is not told.
 */
export async function makePartnerDeliveries(partners: Partners, region: string, id: string): Promise<void> {
  await withScope(partners.db, { region }, async (tx) => {
    const listener = await lockListener(tx, region, id);
    if (listener === null) return;
    const { v: head } = await tx
      .selectFrom('sync_clock')
      .select('v')
      .where('region_id', '=', region)
      .executeTakeFirstOrThrow();
    if (head <= listener.since) return;
    const to = Math.min(head, listener.since + BATCH);
    const all = await eventsBetween(tx, region, listener, to);
    for (const incidentEvent of all) await makeDelivery(tx, partners, region, listener, incidentEvent);
    await tx
      .updateTable('partner')
      .set({ webhook_v: to })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .execute();
    if (all.length > 0) await forgetOld(tx, region, id, partners.now());
  });
}
