import fc from 'fast-check';
import { STEP_NAMES } from '#shared/domain/step.ts';
import russian from '#renderer/locales/ru.json' with { type: 'json' };
import type { Alarm } from '#renderer/data/sync/sync-status.ts';
import { walk, walkArbitrary } from '../session-walk.ts';
import { SIMULATED_COMMANDS } from './commands.ts';
import type { Universe } from './coverage.ts';
import { FAULTS } from './faulty-transport.ts';
import { RELEASE_NAMES } from './next-release.ts';

const EXCHANGES = ['hello', 'push', 'changes', 'snapshot', 'digest', 'bucket'] as const;
const OUTCOMES = ['applied', 'merged', 'refused', 'held'] as const;
/** Commands that may overwrite a newer value and say so. */
const MERGING = new Set(['place', 'saveRecord']);
const CONNECTIONS = ['offline', 'connecting', 'downloading', 'live', 'needs_login', 'failed'] as const;
const ALARMS = [
  'database_lost',
  'disk_full',
  'dismissed',
  'storage_failed',
  'journal_failed',
  'copies_differed',
  'rows_set_aside',
] as const satisfies readonly Alarm['kind'][];
/** Faults that only some requests can have. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  overtaken: ['push'],
  torn: ['snapshot', 'bucket'],
  forgotten: ['changes'],
};
const WALKS = 4000;

/** Steps of the session that walks of the session alone come through: those that are possible at all. */
function sessionSteps(): ReadonlySet<string> {
  const steps = fc
    .sample(walkArbitrary, { numRuns: WALKS, seed: 1 })
    .flatMap((drawn) => walk(drawn))
    // An answer to nothing is only there to show that it changes nothing.
    .filter(({ event, isAnswer }) => isAnswer || !STRAY.has(event.kind))
    .map(({ before, event, after }) => `${before.activity} —${event.kind}→ ${after.activity}`);
  return new Set(steps);
}

const STRAY = new Set([
  'greeted',
  'pushed',
  'pulled',
  'downloaded',
  'compared',
  'rested',
  'failed',
  'started',
]);

/** Everything a simulation could reach, as far as it can be listed. */
export const universe = (): Universe => ({
  session: sessionSteps(),
  'releases that met': new Set(
    Object.values(RELEASE_NAMES).flatMap((name) =>
      ["today's", 'next'].map((api) => `${name} console, ${api} API`),
    ),
  ),
  'changes told': new Set([
    'put incident',
    'evict incident',
    'put campaign',
    'del campaign',
    'put of an unknown kind',
  ]),
  'connections shown': new Set(CONNECTIONS),
  'outcomes of commands': new Set(
    SIMULATED_COMMANDS.flatMap((name) =>
      OUTCOMES.filter((outcome) => outcome !== 'merged' || MERGING.has(name)).map(
        (outcome) => `${name}: ${outcome}`,
      ),
    ),
  ),
  'refusals by the API': new Set(Object.keys(russian.refusal)),
  'steps of incidents at the end': new Set(STEP_NAMES),
  'exchanges and their faults': new Set(
    EXCHANGES.flatMap((kind) =>
      [...FAULTS, 'down']
        .filter((fault) => (ONLY[fault] ?? EXCHANGES).some((possible) => possible === kind))
        .map((fault) => `${kind}: ${fault}`),
    ),
  ),
  alarms: new Set(ALARMS),
});
