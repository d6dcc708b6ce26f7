import { sql } from 'kysely';
import { MS_PER_HOUR, type Instant } from '#shared/domain/instant.ts';
import { isSilentBy, SILENCE_ACTOR } from '#shared/domain/silence.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { changeOf, lockIncidents, storeMany } from '#server/sync/store-changes.ts';
import { decideSystemCommand } from '#server/sync/system-command.ts';
import type { RegionJob } from './job.ts';
import { AT_ONCE, lookThrough } from './look-through.ts';

/** Answered incidents that wait for their author since before a moment, the next after an id. */
async function findWaiting(
  tx: ScopedTransaction,
  region: string,
  { since, after }: { readonly since: Instant; readonly after: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from incident
    where region_id = ${region} and id > ${after}::uuid and step = 'satisfaction'
      and (row ->> 'satisfactionAt')::bigint <= ${since}::bigint
      and row ->> 'outcome' is not null and row ->> 'type' is not null and row ->> 'imported' is null
    order by id limit ${AT_ONCE}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Closes those of some that are silent still, and gives the last that was looked at. */
async function closeSome(
  tx: ScopedTransaction,
  region: string,
  { after, now }: { readonly after: string; readonly now: Instant },
): Promise<string | undefined> {
  const settings = await currentSettings(tx, region);
  const { silentHours } = settings.regulation;
  if (silentHours === 0) return undefined;
  const ids = await findWaiting(tx, region, { since: now - silentHours * MS_PER_HOUR, after });
  const incidents = ids.length === 0 ? [] : [...(await lockIncidents(tx, region, ids)).values()];
  const changes = incidents.flatMap((before) => {
    if (!isSilentBy(before, settings.regulation, now)) return [];
    const decision = decideSystemCommand(settings, before, {
      incident: before.id,
      by: SILENCE_ACTOR,
      command: {
        name: 'close',
        args: { reason: 'author_silent', grade: null, seenMessages: before.messages.length },
      },
      now,
    });
    return decision.ok && decision.events.length > 0 ? [changeOf(before.id, before, decision.events)] : [];
  });
  await storeMany(tx, region, changes, now);
  return ids.at(-1);
}

/** Closes as «Нет ответа от автора» what was answered and whose author has been silent for long enough. */
export const closeSilent: RegionJob = {
  name: 'close-silent',
  cron: '*/10 * * * *',
  each: 'region',
  run: ({ db, now }, region, signal) =>
    lookThrough(db, region, signal, (tx, after) => closeSome(tx, region, { after, now: now() })),
};
