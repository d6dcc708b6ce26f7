import { sql } from 'kysely';
import type { CentreSettings } from '#shared/domain/decide-context.ts';
import { dueAnew, sameDue } from '#shared/domain/due.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { DUE_STEPS } from '#shared/domain/step.ts';
import type { ReferenceKind } from '#shared/protocol/sync.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { regionMemory } from '#server/store/region-memory.ts';
import { agencyHoursMark } from '#server/sync/agency-hours-mark.ts';
import { currentSettings } from '#server/sync/centre-settings.ts';
import { changeOf, lockIncidents, storeMany } from '#server/sync/store-changes.ts';
import type { RegionJob } from './job.ts';
import { AT_ONCE, lookThrough } from './look-through.ts';

/** Who moves a deadline when the calendar, an agency's hours or the policies have changed: nobody's hand. */
const DEADLINES_ACTOR = 'centre:deadlines';

/**
 * The settings by which this process has last looked at every open incident of a region. It only saves work:
 * a pass made twice moves nothing.
 */
const passedOf = regionMemory<string>();

/** Kinds of settings that may move a deadline; of agencies only their hours do. */
const MOVE_DEADLINES: ReadonlySet<ReferenceKind> = new Set(['calendar', 'policy', 'agency']);

/** The settings that deadlines follow from, and the day: what slipped past in a race is found by the next. */
async function markOf(tx: ScopedTransaction, region: string, now: Instant): Promise<string> {
  const { rows } = await sql<{ v: number; hours: number }>`
    select coalesce(max(v), 0) as v, ${agencyHoursMark(region)} as hours from reference
    where region_id = ${region} and kind in ('calendar', 'policy')`.execute(tx);
  const { v, hours } = must(rows[0], 'one row');
  return `${v} ${hours} ${Math.floor(now / MS_PER_DAY)}`;
}

/** Open incidents whose deadline has not passed, the next after an id, without a lock. */
async function readRunning(
  tx: ScopedTransaction,
  region: string,
  now: Instant,
  after: string,
): Promise<readonly Incident[]> {
  const { rows } = await sql<{ row: Incident }>`
    select row from incident
    where region_id = ${region} and id > ${after}::uuid and step = any(${[...DUE_STEPS]}::text[])
      and coalesce(due_at > ${now}::bigint, true)
    order by id limit ${AT_ONCE}`.execute(tx);
  return rows.map(({ row }) => row);
}

const isMoved = (incident: Incident, settings: CentreSettings, now: Instant): boolean =>
  DUE_STEPS.has(incident.step.name) && !sameDue(dueAnew(incident, settings, now), incident.due);

/** Locks those that look moved, looks again and stores it as events of their own. */
async function move(
  tx: ScopedTransaction,
  region: string,
  {
    ids,
    settings,
    now,
  }: { readonly ids: readonly string[]; readonly settings: CentreSettings; readonly now: Instant },
): Promise<void> {
  const incidents = [...(await lockIncidents(tx, region, ids)).values()];
  const changes = incidents
    .filter((incident) => isMoved(incident, settings, now))
    .map((incident) => {
      const due = dueAnew(incident, settings, now);
      const event: IncidentEvent = { name: 'due_set', due, at: now, by: DEADLINES_ACTOR };
      return changeOf(incident.id, incident, [event]);
    });
  await storeMany(tx, region, changes, now);
}

/**
 * Makes the deadlines of open incidents anew after the calendar, an agency's hours or the policies have
 * changed. Deadlines that have passed stay, and those that do not move get no event (docs/decisions/037).
 */
export const renewDeadlines: RegionJob = {
  name: 'renew-deadlines',
  cron: '* * * * *',
  each: 'region',
  follows: (change) => change.kind === 'saved' && MOVE_DEADLINES.has(change.record),
  run: async ({ db, now }, region, signal) => {
    const passed = passedOf(db);
    const mark = await withScope(db, { region }, (tx) => markOf(tx, region, now()));
    if (passed.get(region) === mark) return;
    await lookThrough(db, region, signal, async (tx, after) => {
      const settings = await currentSettings(tx, region);
      const running = await readRunning(tx, region, now(), after);
      const ids = running.filter((incident) => isMoved(incident, settings, now())).map(({ id }) => id);
      if (ids.length > 0) await move(tx, region, { ids, settings, now: now() });
      return running.at(-1)?.id;
    });
    passed.set(region, mark);
  },
};
