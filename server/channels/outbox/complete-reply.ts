import type { ScopedTransaction } from '#server/store/database.ts';
import { lockIncidents } from '#server/sync/store-changes.ts';
import { applySystemCommand } from '#server/sync/system-command.ts';

/** A reply some of whose rows have just changed; `by` is how the history names who changed them. */
interface Changed {
  readonly region: string;
  readonly incident: string;
  readonly reply: number;
  readonly by: string;
  readonly now: number;
}

/**
 * Records the publication of a reply once nothing more is to be done for any of its authors and it reached
 * one of them. It was published when it reached the first. Whoever changes a row locks the incident before:
 * of two that end together, the later one sees both.
 */
export async function recordWhenDone(tx: ScopedTransaction, changed: Changed): Promise<void> {
  const { region, incident, reply, by, now } = changed;
  const root = (await lockIncidents(tx, region, [incident])).get(incident);
  // A word about an earlier reply must not publish the one that waits now.
  if (root?.step.name !== 'publishing' || root.replies.length - 1 !== reply) return;
  const rows = await tx
    .selectFrom('reply_send as r')
    .innerJoin('channel as c', (join) =>
      join.onRef('c.region_id', '=', 'r.region_id').onRef('c.id', '=', 'r.channel_id'),
    )
    .select(['r.state', 'r.link', 'r.changed_at', 'c.name'])
    .where('r.region_id', '=', region)
    .where('r.incident_id', '=', incident)
    .where('r.reply', '=', reply)
    .orderBy('r.changed_at')
    .execute();
  if (rows.some(({ state }) => state !== 'sent' && state !== 'cancelled')) return;
  const first = rows.find(({ state }) => state === 'sent');
  if (first === undefined) return;
  const hasMedia = (root.replies[reply]?.attachments ?? []).some(({ width }) => width !== null);
  const args = { at: first.changed_at, link: first.link ?? '', account: first.name, hasMedia };
  // A refusal means that somebody recorded the publication by hand meanwhile: the step says so, nothing is
  // left to do.
  const command = { name: 'recordPublication', args } as const;
  await applySystemCommand(tx, { region, incident, by, command, now });
}
