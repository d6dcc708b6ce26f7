import type { Instant } from '#shared/domain/instant.ts';
import { movedDues, withDraft, type MovedDues, type SettingsDraft } from '#shared/domain/moved-dues.ts';
import { DUE_STEPS, STEP_NAMES } from '#shared/domain/step.ts';
import type { ReferenceContexts } from '#renderer/data/sync/reference-context.ts';
import type { IncidentStore } from './dexie-sync-store.ts';

interface Ports {
  readonly incidents: IncidentStore;
  readonly contexts: Pick<ReferenceContexts, 'settings'>;
}

/** Rows named on the screen; the others are counted. */
const NAMED = 20;

const HAS_DEADLINE = STEP_NAMES.map((name) => DUE_STEPS.has(name));

/** Says which deadlines of this copy a change of settings would move. */
export async function movedDeadlines(
  { incidents, contexts }: Ports,
  draft: SettingsDraft,
  now: Instant,
): Promise<MovedDues> {
  await incidents.ready;
  const settings = withDraft(await contexts.settings(), draft);
  const running = await incidents.read(runningRows(incidents, now));
  return movedDues(running.values(), settings, now, NAMED);
}

/** Rows of incidents whose deadline has not passed, off the columns: few of an archive. */
function runningRows({ columns }: IncidentStore, now: Instant): number[] {
  const found: number[] = [];
  for (const {
    first,
    rows,
    at: { live },
    cells,
  } of columns.chunks)
    for (let index = 0; index < rows; index += 1)
      if (live[index] === 1 && HAS_DEADLINE[cells.step[index] as number] === true)
        if ((cells.dueAt[index] as number) > now) found.push(first + index);
  return found;
}
