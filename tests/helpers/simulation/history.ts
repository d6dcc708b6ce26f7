import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { idMaker, operator } from '../sync-fixtures.ts';
import { COMMAND_KINDS } from './commands.ts';
import { FAULTS, type Fault } from './faulty-transport.ts';
import type { SimulatedRegion } from './region.ts';
import { SimulatedConsole, type ConsoleOptions } from './simulated-console.ts';
import { VirtualTime } from './virtual-time.ts';

export const CONSOLES = 3;
const INCIDENTS = 3;
const COMPARING_MS = 5 * 3_600_000;

/** Pauses and polls, the suspension of a laptop over lunch, and of one over the night. */
const PASSING_MS = [1000, 25_000, 90_000, 5 * 3_600_000] as const;

/**
 * One thing that happens in a history. `c`: which console; `faults`: what goes wrong with its next requests.
 */
export type HistoryStep =
  | {
      readonly do: 'act';
      readonly c: number;
      readonly kind: number;
      readonly incident: number;
      readonly n: number;
      readonly faults: readonly Fault[];
    }
  | { readonly do: 'poke' | 'sync_now'; readonly c: number; readonly faults: readonly Fault[] }
  | { readonly do: 'pass'; readonly c: number; readonly faults: readonly Fault[]; readonly ms: number }
  | { readonly do: 'line'; readonly c: number; readonly faults: readonly Fault[]; readonly isUp: boolean }
  | { readonly do: 'late_answer' | 'late_request'; readonly c: number; readonly newest: boolean }
  | { readonly do: 'crash' | 'lose_database' | 'damage'; readonly c: number }
  | { readonly do: 'restore' };

const c = fc.nat(CONSOLES - 1);
const fault = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Fault>('none') },
  { weight: 3, arbitrary: fc.constantFrom(...FAULTS) },
  { weight: 1, arbitrary: fc.constant<Fault>('overtaken') },
);
const faults = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(fault, { maxLength: 4 }) },
);
const newest = fc.boolean();
const doing = <const T extends string>(...kinds: T[]) => fc.constantFrom(...kinds);

const stepArbitrary: fc.Arbitrary<HistoryStep> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: doing('act'),
      c,
      kind: fc.nat(COMMAND_KINDS - 1),
      incident: fc.nat(INCIDENTS),
      n: fc.nat(50),
      faults,
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: doing('poke', 'sync_now'), c, faults }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: doing('pass'), c, faults, ms: fc.constantFrom(...PASSING_MS) }),
  },
  { weight: 4, arbitrary: fc.record({ do: doing('line'), c, faults, isUp: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: doing('late_answer', 'late_request'), c, newest }) },
  { weight: 2, arbitrary: fc.record({ do: doing('crash', 'lose_database', 'damage'), c }) },
  { weight: 1, arbitrary: fc.record({ do: doing('restore') }) },
);

export const historyArbitrary = fc.array(stepArbitrary, { maxLength: 40, size: 'max' });

interface World {
  readonly region: SimulatedRegion;
  readonly time: VirtualTime;
  readonly consoles: readonly SimulatedConsole[];
}

/** Lives one history and asks the oracle. Throws when anything was lost, doubled, hidden or different. */
export async function liveHistory(
  region: SimulatedRegion,
  steps: readonly HistoryStep[],
  spoil?: ConsoleOptions['spoil'],
): Promise<void> {
  const world = await downloadedConsoles(region, spoil);
  for (const step of steps) await live(world, step);
  // Twice: what one console sends in the first round reaches the others in the second.
  for (let round = 0; round < 2; round += 1) for (const console of world.consoles) await console.drain();
  await checkAtRest(world);
  // Long enough for every copy to be compared with the API's, when nothing moves any more.
  await pass(world, COMPARING_MS);
  await checkAtRest(world);
  await checkEnd(world);
}

/**
 * The first console downloads; the others begin with a copy of what it got, because that is the dearest part
 * of a history.
 */
async function downloadedConsoles(region: SimulatedRegion, spoil?: ConsoleOptions['spoil']): Promise<World> {
  const time = new VirtualTime();
  const consoles = Array.from({ length: CONSOLES }, (_, lane) => {
    const options = { region, time, actor: operator(`operator-${lane}`), newId: idMaker(lane + 1) };
    return new SimulatedConsole(spoil === undefined ? options : { ...options, spoil });
  });
  const [first, ...others] = consoles;
  await first?.start();
  for (const other of others) if (first !== undefined) await other.startWith(first);
  return { region, time, consoles };
}

const pass = ({ time, consoles }: World, ms: number): Promise<void> =>
  time.pass(ms, async () => {
    for (const console of consoles) await console.settle();
  });

async function live(world: World, step: HistoryStep): Promise<void> {
  if (step.do === 'restore') return world.region.renewEpoch();
  const console = must(world.consoles[step.c], 'a console');
  if ('faults' in step) console.spoilLine(step.faults);
  switch (step.do) {
    case 'act': {
      const ids = [...world.region.incidents, ...console.registered.slice(-1)];
      await console.act(step.kind, ids[step.incident % ids.length] ?? '', step.n);
      return;
    }
    case 'poke':
      return console.poke();
    case 'sync_now':
      return console.syncNow();
    case 'pass':
      return pass(world, step.ms);
    case 'line':
      return console.setLine(step.isUp);
    case 'late_answer':
      return console.deliverLateAnswer(step.newest);
    case 'late_request':
      return console.deliverLateRequest(step.newest);
    case 'crash':
      return console.crash();
    case 'lose_database':
      return console.loseDatabase();
    case 'damage':
      return console.damage();
    default:
      return step satisfies never;
  }
}

function check(isTrue: boolean, claim: string): void {
  if (!isTrue) throw new Error(claim);
}

/** All have come to rest over a calm network; copies that nobody damaged are the API's without any repair. */
async function checkAtRest({ region, consoles }: World): Promise<void> {
  const rows = await region.rows();
  for (const console of consoles) {
    const { connection, unsent } = await console.status();
    const [who, { breaches }] = [console.actor.id, console];
    check(breaches.length === 0, `${who}: ${breaches.join(', ')}`);
    check(connection.state === 'live', `${who} never came to rest: ${JSON.stringify(connection)}`);
    check(unsent === 0, `${who}: the outbox is not empty`);
    if (!console.isDamaged) judgeViews(console, rows);
  }
}

function judgeViews({ actor, store }: SimulatedConsole, rows: ReadonlyMap<string, Incident>): void {
  const views = store.allViews();
  check(views.size === rows.size, `${actor.id}: ${views.size} incidents of ${rows.size}`);
  for (const [id, row] of rows) check(isDeepStrictEqual(views.get(id), row), `${actor.id}: another ${id}`);
}

/** Checks all that must hold at the end, when the copies were compared once more. */
async function checkEnd({ region, consoles }: World): Promise<void> {
  const [rows, outcomes] = [await region.rows(), await region.outcomes()];
  const acknowledged = consoles.flatMap((console) => console.acknowledged);
  for (const id of acknowledged) check(outcomes.has(id), `lost: the API knows nothing of ${id}`);
  check(new Set(acknowledged).size === acknowledged.length, 'an id was given twice');
  check(
    outcomes.size === acknowledged.length,
    `${outcomes.size} outcomes of ${acknowledged.length} commands`,
  );
  for (const { actor, acknowledged: ids } of consoles) {
    const decided = [...outcomes.keys()].filter((id) => ids.includes(id));
    check(isDeepStrictEqual(decided, ids), `${actor.id}: decided in another order than done`);
  }
  for (const console of consoles) {
    judgeViews(console, rows);
    const isRepaired = console.alarms.has('copies_differed');
    check(console.isDamaged || !isRepaired, `${console.actor.id}: the copies differed`);
    await judgeNotAccepted(console, outcomes);
  }
  const { head, seen } = await region.revisions();
  for (let v = 1; v <= head; v += 1) check(seen.has(v), `revision ${v} of ${head} is missing`);
  for (const console of consoles) await console.offerEverythingAgain();
  check(isDeepStrictEqual(await region.rows(), rows), 'offering everything again changed the rows');
  check(isDeepStrictEqual(await region.outcomes(), outcomes), 'offering everything again changed outcomes');
}

async function judgeNotAccepted(
  { actor, store, acknowledged }: SimulatedConsole,
  outcomes: Awaited<ReturnType<SimulatedRegion['outcomes']>>,
): Promise<void> {
  const shown = new Set((await store.notAccepted()).map(({ id }) => id));
  for (const id of acknowledged) {
    const isRefused = outcomes.get(id) === 'refused';
    check(
      isRefused === shown.has(id),
      `${actor.id}: ${id} is ${outcomes.get(id)}, and ${shown.has(id) ? '' : 'not '}shown as not accepted`,
    );
  }
}
