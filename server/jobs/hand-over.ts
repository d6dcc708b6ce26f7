import { sql } from 'kysely';
import { workHolderAt } from '#shared/domain/directory.ts';
import type { Matter } from '#shared/domain/split.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { HAND_OVER_ACTOR } from '#shared/domain/records/hand-over-actor.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { changeOf, lockIncidents, storeMany } from '#server/sync/store-changes.ts';
import { decideSystemCommand } from '#server/sync/system-command.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import type { RegionJob } from './job.ts';
import { AT_ONCE, lookThrough } from './look-through.ts';

/** Incidents that an agency still holds and that another has now, the next after an id. */
async function findHeld(
  tx: ScopedTransaction,
  region: string,
  now: Instant,
  after: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with ended as (select id, row from reference
      where region_id = ${region} and kind = 'agency' and not deleted
        and (row ? 'successor' and (row ->> 'validTo')::bigint <= ${now}::bigint
          or (row #>> '{split,at}')::bigint <= ${now}::bigint))
    select id from incident i
    where region_id = ${region} and id > ${after}::uuid and step in ('assigned', 'in_progress', 'deferred')
      and agency = any (array(select id from ended))
      and exists (select from ended e where e.id = i.agency
        and (e.row ? 'successor' and (e.row ->> 'validTo')::bigint <= ${now}::bigint
          or (e.row #>> '{split,at}')::bigint <= ${now}::bigint
            and exists (select from jsonb_array_elements(e.row #> '{split,heirs}') h
              where coalesce(h ->> 'topic', i.topic, '') = coalesce(i.topic, '')
                and coalesce(h ->> 'group', i.group_name, '') = coalesce(i.group_name, '')
                and coalesce(h ->> 'municipality', i.municipality, '') = coalesce(i.municipality, ''))))
    order by id limit ${AT_ONCE}`.execute(tx);
  return rows.map(({ id }) => id);
}

const matterOf = ({ classification, place }: Incident): Matter => ({
  topic: classification?.topic ?? null,
  group: classification?.group ?? null,
  municipality: place.municipality || null,
});

/**
 * Routes some incidents to the heirs and successors of whoever holds them; tells whether any was. What may
 * not be routed now stays.
 */
async function handOverSome(
  tx: ScopedTransaction,
  region: string,
  { ids, now }: { readonly ids: readonly string[]; readonly now: Instant },
): Promise<boolean> {
  const settings = await currentSettings(tx, region);
  const incidents = await lockIncidents(tx, region, ids);
  const changes = [...incidents.values()].flatMap((before) => {
    const from = currentAgency(before) ?? '';
    const agency = workHolderAt(settings.agencies, from, matterOf(before), now);
    const decision = decideSystemCommand(settings, before, {
      incident: before.id,
      by: HAND_OVER_ACTOR,
      command: { name: 'route', args: { agency, unit: '', from, reason: '' } },
      now,
    });
    return decision.ok && decision.events.length > 0 ? [changeOf(before.id, before, decision.events)] : [];
  });
  return (await storeMany(tx, region, changes, now)) !== null;
}

/**
 * Gives open incidents of closed agencies to their successors, and of split ones to their heirs, as events of
 * the incidents' own: so histories tell it. A reply on its way through approval and publishing is finished by
 * whoever began it.
 */
export const handOver: RegionJob = {
  name: 'hand-over',
  cron: '* * * * *',
  each: 'region',
  follows: (change) => change.kind === 'saved' && change.record === 'agency',
  run: async ({ db, now, follow }, region, signal) => {
    let isRouted = false;
    await lookThrough(db, region, signal, async (tx, after) => {
      const ids = await findHeld(tx, region, now(), after);
      if (ids.length > 0 && (await handOverSome(tx, region, { ids, now: now() }))) isRouted = true;
      return ids.at(-1);
    });
    if (isRouted) follow(region, [{ kind: 'happened', event: 'routed' }]);
  },
};
