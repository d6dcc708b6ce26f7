import { sql } from 'kysely';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { dueAfter, sameDue } from '#shared/domain/due.ts';
import type { EventName, IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import {
  alikeKey,
  IMPORTANCE_ACTOR,
  importanceRuleSchema,
  ruledChange,
  type ImportanceRule,
} from '#shared/domain/importance-rule.ts';
import { alikeMoments } from '#shared/domain/importance-trial.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_HOUR, type Instant } from '#shared/domain/instant.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { isClosed } from '#shared/domain/step.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { regionMemory } from '#server/store/region-memory.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { IS_CLOSED_SQL } from '#server/sync/is-closed-sql.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { changeOf, lockIncidents, storeMany, type IncidentChange } from '#server/sync/store-changes.ts';
import type { RegionJob } from './job.ts';
import { AT_ONCE, lookThrough } from './look-through.ts';

/** Events after which a rule may speak of a message that it did not speak of before, or no longer. */
const CHANGE_WEIGHT: ReadonlySet<EventName> = new Set([
  'registered',
  'classified',
  'placed',
  'message_received',
  'undone',
]);

/** Up to where a region was looked through, and by which rules. */
interface Passed {
  readonly rules: string;
  readonly v: number;
}

/** It only saves work: a pass made twice changes nothing. */
const passedOf = regionMemory<Passed>();

/** The region's rules, a mark of them, and its count of changes. */
interface Situation extends Passed {
  readonly list: readonly ImportanceRule[];
}

async function situationOf(tx: ScopedTransaction, region: string): Promise<Situation> {
  const rows = (await readReferenceRows(tx, region, 'importance_rule')).map(({ row }) => row);
  const clock = await tx
    .selectFrom('sync_clock')
    .select('v')
    .where('region_id', '=', region)
    .executeTakeFirst();
  return { rules: JSON.stringify(rows), v: clock?.v ?? 0, list: readableOf(importanceRuleSchema, rows) };
}

/** Open messages that changed after a revision and that a rule is in force for, the next after an id. */
async function readChanged(
  tx: ScopedTransaction,
  region: string,
  { since, from, after }: { readonly since: Instant; readonly from: number; readonly after: string },
): Promise<readonly Incident[]> {
  const { rows } = await sql<{ row: Incident }>`
    select row from incident
    where region_id = ${region} and id > ${after}::uuid and v > ${from}::bigint
      and created_at >= ${since}::bigint and not ${sql.raw(IS_CLOSED_SQL)}
    order by id limit ${AT_ONCE}`.execute(tx);
  return rows.map(({ row }) => row);
}

/** A message as others like it are found. */
type Alike = Pick<Incident, 'id' | 'classification' | 'place' | 'createdAt'> & { readonly isOpen: boolean };

/**
 * Messages on the addresses and topics of some, and the open ones that may be counted together with them.
 */
interface Neighbours {
  readonly all: readonly Alike[];
  readonly open: readonly string[];
}

/** Reads what came near to some messages; a rule counts up to `hours` between the first and the last. */
async function readAlike(
  tx: ScopedTransaction,
  region: string,
  messages: readonly Incident[],
  hours: number,
): Promise<Neighbours> {
  const named = messages.filter((message) => alikeKey(message) !== null);
  if (named.length === 0 || hours === 0) return { all: [], open: [] };
  const topics = [...new Set(named.map(({ classification }) => classification?.topic ?? ''))];
  const moments = named.map(({ createdAt }) => createdAt);
  const reach = hours * MS_PER_HOUR;
  const [least, most] = [Math.min(...moments) - reach, Math.max(...moments) + reach];
  // Twice as far as those that are judged anew: they are counted with others in their turn.
  const { rows } = await sql<Alike>`
    select id, row -> 'classification' as classification, row -> 'place' as place,
      created_at as "createdAt", not ${sql.raw(IS_CLOSED_SQL)} as "isOpen" from incident
    where region_id = ${region} and topic = any (${topics}::text[])
      and created_at between ${least - reach}::bigint and ${most + reach}::bigint`.execute(tx);
  const keys = new Set(named.map(alikeKey));
  const open = rows.filter(
    (one) => one.isOpen && one.createdAt >= least && one.createdAt <= most && keys.has(alikeKey(one)),
  );
  return { all: rows, open: open.map(({ id }) => id) };
}

/** Gives the events by which a message becomes what the rules make of it; null where it is so already. */
function ruled(
  incident: Incident,
  alike: ReadonlyMap<string, readonly Instant[]>,
  { rules, settings, now }: { rules: readonly ImportanceRule[]; settings: CentreSettings; now: Instant },
): IncidentChange | null {
  if (isClosed(incident.step)) return null;
  const change = ruledChange(incident, alike.get(alikeKey(incident) ?? '') ?? [], rules);
  if (change === null) return null;
  const stamp = { at: now, by: IMPORTANCE_ACTOR };
  const event: IncidentEvent = {
    name: 'importance_ruled',
    importance: change.importance,
    ruled: change.by,
    ...stamp,
  };
  const after = evolveAll(incident.id, incident, [event]);
  const due = dueAfter(incident, after, { ...settings, at: now });
  const moved: IncidentEvent[] = sameDue(due, after.due) ? [] : [{ name: 'due_set', due, ...stamp }];
  return changeOf(incident.id, incident, [event, ...moved]);
}

/** Looks at some changed messages and at those like them, and stores what the rules change. */
async function weighSome(
  tx: ScopedTransaction,
  region: string,
  changed: readonly Incident[],
  basis: {
    readonly rules: readonly ImportanceRule[];
    readonly settings: CentreSettings;
    readonly now: Instant;
  },
): Promise<void> {
  const hours = Math.max(0, ...basis.rules.map(({ count }) => count?.hours ?? 0));
  const { all, open } = await readAlike(tx, region, changed, hours);
  const alike = alikeMoments(all);
  const own = changed.filter((one) => ruled(one, alike, basis) !== null).map(({ id }) => id);
  const locked = await lockIncidents(tx, region, [...own, ...open]);
  const changes = [...locked.values()].flatMap((incident) => ruled(incident, alike, basis) ?? []);
  await storeMany(tx, region, changes, basis.now);
}

/**
 * Gives open messages the importance that the centre's rules have for them, as events of their own: so
 * histories tell it and consoles hear of it by the feed. What a person chose stays (docs/decisions/045).
 */
export const weighImportance: RegionJob = {
  name: 'weigh-importance',
  cron: '* * * * *',
  each: 'region',
  follows: (change) =>
    change.kind === 'saved'
      ? change.record === 'importance_rule'
      : change.kind === 'happened' && CHANGE_WEIGHT.has(change.event),
  // Rules are closed and never removed, so one that ended last is still there to be looked at once.
  isNeeded: ({ db }, region) =>
    withScope(
      db,
      { region },
      async (tx) => (await readReferenceRows(tx, region, 'importance_rule')).length > 0,
    ),
  run: async ({ db, now }, region, signal) => {
    const passed = passedOf(db);
    const { rules, v, list } = await withScope(db, { region }, (tx) => situationOf(tx, region));
    const known = passed.get(region);
    const from = known?.rules === rules ? known.v : 0;
    if (from === v) return;
    const since = Math.min(...list.map(({ validFrom }) => validFrom));
    const weighNext = async (tx: ScopedTransaction, after: string): Promise<string | undefined> => {
      const settings = await currentSettings(tx, region);
      const changed = await readChanged(tx, region, { since, from, after });
      if (changed.length > 0) await weighSome(tx, region, changed, { rules: list, settings, now: now() });
      return changed.at(-1)?.id;
    };
    if (list.length > 0) await lookThrough(db, region, signal, weighNext);
    passed.set(region, { rules, v });
  },
};
