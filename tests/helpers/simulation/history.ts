import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { idMaker, operator } from '../sync-fixtures.ts';
import { COMMAND_KINDS } from './commands.ts';
import { FAULTS, type Fault } from './faulty-transport.ts';
import type { SimulatedRegion } from './region.ts';
import { REAL_STEPS, SimulatedConsole, type Steps } from './simulated-console.ts';

export const CONSOLES = 3;
const INCIDENTS = 3;

/** One thing that happens in a history. `c`: which console. */
export type HistoryStep =
  | {
      readonly do: 'act';
      readonly c: number;
      readonly kind: number;
      readonly incident: number;
      readonly n: number;
    }
  | { readonly do: 'push' | 'pull'; readonly c: number; readonly fault: Fault; readonly limit: number }
  | { readonly do: 'late_answer' | 'late_request'; readonly c: number; readonly newest: boolean }
  | { readonly do: 'crash' | 'lose_database'; readonly c: number };

const console_ = fc.nat(CONSOLES - 1);
const fault = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Fault>('none') },
  { weight: 5, arbitrary: fc.constantFrom(...FAULTS) },
);

const stepArbitrary: fc.Arbitrary<HistoryStep> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      c: console_,
      kind: fc.nat(COMMAND_KINDS - 1),
      incident: fc.nat(INCIDENTS),
      n: fc.nat(50),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      c: console_,
      fault,
      limit: fc.constantFrom(1, 2, 1000),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pull' as const),
      c: console_,
      fault,
      limit: fc.constantFrom(1, 2, 1000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('late_answer' as const, 'late_request' as const),
      c: console_,
      newest: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), c: console_ }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose_database' as const), c: console_ }) },
);

export const historyArbitrary = fc.array(stepArbitrary, { maxLength: 40, size: 'max' });

/** Lives one history and asks the oracle. Throws when anything was lost, doubled, hidden or different. */
export async function liveHistory(
  region: SimulatedRegion,
  steps: readonly HistoryStep[],
  code: Steps = REAL_STEPS,
): Promise<void> {
  const consoles = await downloadedConsoles(region, code);
  for (const step of steps) {
    const one = consoles[step.c];
    if (one !== undefined) await live(region, one, step);
  }
  // Twice: what one console sends in the first round reaches the others in the second.
  for (let round = 0; round < 2; round += 1) for (const one of consoles) await one.drain();
  await judge(region, consoles);
}

/**
 * The first console downloads; the others begin with a copy of what it got, because that is the dearest part
 * of a history.
 */
async function downloadedConsoles(
  region: SimulatedRegion,
  code: Steps,
): Promise<readonly SimulatedConsole[]> {
  const consoles = Array.from(
    { length: CONSOLES },
    (_, lane) => new SimulatedConsole(region, operator(`operator-${lane}`), idMaker(lane + 1), code),
  );
  const [first, ...others] = consoles;
  await first?.drain();
  for (const other of others) if (first !== undefined) await other.startWith(first);
  return consoles;
}

async function live(region: SimulatedRegion, one: SimulatedConsole, step: HistoryStep): Promise<void> {
  switch (step.do) {
    case 'act': {
      const ids = [...region.incidents, ...one.registered.slice(-1)];
      await one.act(step.kind, ids[step.incident % ids.length] ?? '', step.n);
      return;
    }
    case 'push':
    case 'pull':
      return one.step(step.do, step.fault, step.limit);
    case 'late_answer':
      return one.deliverLateAnswer(step.newest);
    case 'late_request':
      return one.deliverLateRequest(step.newest);
    case 'crash':
      return one.crash();
    case 'lose_database':
      return one.loseDatabase();
    default:
      return step satisfies never;
  }
}

function check(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

async function judge(region: SimulatedRegion, consoles: readonly SimulatedConsole[]): Promise<void> {
  const [rows, outcomes] = [await region.rows(), await region.outcomes()];
  const acknowledged = consoles.flatMap((one) => one.acknowledged);
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
  for (const one of consoles) await judgeConsole(one, rows, outcomes);
  // All have the same rows by now, so one digest speaks for all.
  check((await consoles[0]?.digestAgrees()) === true, 'the digests differ');
  const { head, seen } = await region.revisions();
  for (let v = 1; v <= head; v += 1) check(seen.has(v), `revision ${v} of ${head} is missing`);
  for (const one of consoles) await one.offerEverythingAgain();
  check(isDeepStrictEqual(await region.rows(), rows), 'offering everything again changed the rows');
  check(isDeepStrictEqual(await region.outcomes(), outcomes), 'offering everything again changed outcomes');
}

async function judgeConsole(
  one: SimulatedConsole,
  rows: Awaited<ReturnType<SimulatedRegion['rows']>>,
  outcomes: Awaited<ReturnType<SimulatedRegion['outcomes']>>,
): Promise<void> {
  const who = one.actor.id;
  check((await one.store.outbox()).length === 0, `${who}: the outbox is not empty`);
  const views = one.store.allViews();
  check(views.size === rows.size, `${who}: ${views.size} incidents of ${rows.size}`);
  for (const [id, row] of rows) check(isDeepStrictEqual(views.get(id), row), `${who}: another ${id}`);
  const shown = new Set((await one.store.notAccepted()).map(({ id }) => id));
  for (const id of one.acknowledged) {
    const isRefused = outcomes.get(id) === 'refused';
    check(
      isRefused === shown.has(id),
      `${who}: ${id} is ${outcomes.get(id)}, and ${shown.has(id) ? '' : 'not '}shown as not accepted`,
    );
  }
}
