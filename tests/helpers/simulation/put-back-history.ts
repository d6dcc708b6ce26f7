import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Actor } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { sql } from 'kysely';
import { withScope } from '#server/store/database.ts';
import { idMaker, operator } from '../sync-fixtures.ts';
import { SIMULATED_COMMANDS, type SimulatedCommand } from './commands.ts';
import { PutBackRegion } from './put-back-region.ts';
import { WAYS_BACK, type WayBack } from './region.ts';
import { SimulatedConsole } from './simulated-console.ts';
import { NETWORKS, SimulatedNetworks, type SimulatedNetwork } from './simulated-networks.ts';
import { VirtualTime } from './virtual-time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const executor = (agency: string): Actor => ({ id: `executor-${agency}`, role: 'executor', agency });
const ACTORS: readonly Actor[] = [
  operator('operator-0'),
  operator('operator-1'),
  { id: 'approver-0', role: 'approver', agency: null },
  executor('roads'),
  executor('housing'),
];

/** One thing that happens. `c`: which console. */
type Step =
  | {
      readonly do: 'act';
      readonly c: number;
      readonly kind: SimulatedCommand | null;
      readonly target: number;
      readonly n: number;
    }
  | { readonly do: 'line'; readonly c: number; readonly isUp: boolean }
  | { readonly do: 'crash' | 'lose_database'; readonly c: number }
  | { readonly do: 'write'; readonly network: SimulatedNetwork; readonly author: number }
  | { readonly do: 'read_again' }
  | { readonly do: 'pass'; readonly ms: number };

/**
 * Work before the moment that is kept and after it; who goes on over the restore without a failure of the
 * line; the order in which the others come back, and what is done between two of them.
 */
export interface PutBackHistory {
  readonly way: WayBack;
  readonly before: readonly Step[];
  readonly lost: readonly Step[];
  readonly stayOnline: readonly boolean[];
  readonly order: readonly number[];
  readonly between: readonly (readonly Step[])[];
}

const c = fc.nat(ACTORS.length - 1);
const doing = <const T extends string>(...kinds: T[]) => fc.constantFrom(...kinds);
const act = fc.record({
  do: doing('act'),
  c,
  kind: fc.option(fc.constantFrom(...SIMULATED_COMMANDS), { nil: null }),
  target: fc.nat(7),
  n: fc.nat(50),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: act },
  { weight: 2, arbitrary: fc.record({ do: doing('line'), c, isUp: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: doing('crash', 'lose_database'), c }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: doing('write'),
      network: fc.constantFrom(...NETWORKS),
      author: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: doing('read_again') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: doing('pass'), ms: fc.constantFrom(25_000, 5 * HOUR_MS, DAY_MS) }),
  },
);
const steps = (minLength: number, maxLength: number) => fc.array(step, { minLength, maxLength, size: 'max' });

export const putBackArbitrary: fc.Arbitrary<PutBackHistory> = fc.record({
  way: doing(...WAYS_BACK),
  before: steps(4, 12),
  lost: steps(12, 25),
  stayOnline: fc.array(fc.boolean(), { minLength: ACTORS.length, maxLength: ACTORS.length }),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  between: fc.array(steps(0, 4), { minLength: 5, maxLength: 5 }),
});

/** Figures of a history. */
export interface PutBackFigures {
  readonly acknowledged: number;
  readonly inEffect: number;
  readonly shown: number;
}

interface World {
  readonly base: PutBackRegion;
  readonly time: VirtualTime;
  readonly consoles: readonly SimulatedConsole[];
  readonly networks: SimulatedNetworks;
}

/** Lives one history and judges its end. Throws when anything was lost, doubled or hidden. */
export async function livePutBack(history: PutBackHistory): Promise<PutBackFigures> {
  const time = new VirtualTime();
  const base = await PutBackRegion.open(time.now);
  try {
    const { region } = base;
    const consoles = ACTORS.map(
      (actor, lane) => new SimulatedConsole({ region, time, actor, newId: idMaker(lane + 1) }),
    );
    const networks = new SimulatedNetworks(region.code, time.now);
    await networks.addPages(base.databases.db);
    const world = { base, time, consoles, networks };
    await begin(world);
    for (const happening of history.before) await live(world, happening);
    await base.keep(history.way);
    for (const happening of history.lost) await live(world, happening);
    const messages = await networks.soleIncidents(base.databases.db);
    await base.putBack();
    await comeBack(world, history);
    await settleAll(world);
    await judgeMessages(world, messages);
    return await judge(world);
  } finally {
    await base.close();
  }
}

async function begin({ consoles }: World): Promise<void> {
  const [first, ...others] = consoles;
  await must(first, 'a console').start();
  for (const other of others)
    if (other.actor.role === 'executor') await other.start();
    else await other.startWith(must(first, 'a console'));
}

const pass = ({ time, consoles }: World, ms: number): Promise<void> =>
  time.pass(ms, async () => {
    for (const console of consoles) await console.settle();
  });

async function live(world: World, happening: Step): Promise<void> {
  const { networks, base } = world;
  switch (happening.do) {
    case 'act':
      return actOn(must(world.consoles[happening.c], 'a console'), happening);
    case 'line':
      return must(world.consoles[happening.c], 'a console').setLine(happening.isUp);
    case 'crash':
      return must(world.consoles[happening.c], 'a console').crash();
    case 'lose_database':
      return must(world.consoles[happening.c], 'a console').loseDatabase();
    case 'write':
      return networks.write(base.databases.db, happening.network, happening.author);
    case 'read_again':
      return networks.readAgain(base.databases.db);
    case 'pass':
      return pass(world, happening.ms);
    default:
      return happening satisfies never;
  }
}

/** Somebody does something about an incident of those on the screen. */
async function actOn(
  console: SimulatedConsole,
  {
    kind,
    target,
    n,
  }: { readonly kind: SimulatedCommand | null; readonly target: number; readonly n: number },
): Promise<void> {
  const ids = [...console.store.allViews().keys()].toSorted();
  const id = ids[target % Math.max(1, ids.length)] ?? '';
  await console.act(kind, id, n, ids);
  await console.poke();
}

async function comeBack(world: World, { stayOnline, order, between }: PutBackHistory): Promise<void> {
  const { consoles } = world;
  for (const [index, console] of consoles.entries())
    if (stayOnline[index] !== true) await console.setLine(false);
  for (const [index, who] of order.entries()) {
    await must(consoles[who], 'a console').drain();
    for (const happening of between[index] ?? []) await live(world, happening);
  }
}

/** Everybody is back, the networks are read, and more time passes than anything waits. */
async function settleAll(world: World): Promise<void> {
  await world.networks.readAgain(world.base.databases.db);
  for (const ms of [0, 2 * DAY_MS, 8 * DAY_MS]) {
    await pass(world, ms);
    for (let round = 0; round < 2; round += 1) for (const console of world.consoles) await console.drain();
  }
}

/** Checks that what VK tells again becomes the incidents it had become. */
async function judgeMessages(
  { networks, base }: World,
  before: ReadonlyMap<string, string | null>,
): Promise<void> {
  const after = await networks.soleIncidents(base.databases.db);
  for (const [key, incident] of before)
    if (after.has(key) && after.get(key) !== incident)
      throw new Error(`${key} was ${incident} and is ${after.get(key)}`);
}

async function judge({ base, consoles }: World): Promise<PutBackFigures> {
  const outcomes = await base.region.outcomes();
  const figures = { acknowledged: 0, inEffect: 0, shown: 0 };
  for (const console of consoles) {
    const who = console.actor.id;
    const { connection, unsent } = await console.status();
    check(connection.state === 'live', `${who} never came to rest: ${JSON.stringify(connection)}`);
    check(unsent === 0, `${who}: ${JSON.stringify(await console.store.outbox())} is still in the outbox`);
    const shown = new Map((await console.store.notAccepted()).map((entry) => [entry.id, entry]));
    const typed = new Map((await console.journal.read()).map((entry) => [entry.id, entry]));
    for (const id of console.acknowledged) {
      const status = outcomes.get(id);
      const isInEffect = status === 'applied' || status === 'merged';
      const entry = shown.get(id);
      figures.acknowledged += 1;
      if (isInEffect) figures.inEffect += 1;
      if (entry !== undefined) figures.shown += 1;
      check(
        isInEffect || entry !== undefined,
        `${who}: lost ${id}, ${typed.get(id)?.name}, which is ${status}`,
      );
      if (!isInEffect && typed.has(id))
        check(
          isDeepStrictEqual(entry?.args, typed.get(id)?.args),
          `${who}: ${id} is shown without its words`,
        );
    }
  }
  await judgeEvents(base);
  return figures;
}

/** A command's events lie in one revision: it was done once. Revisions and numbers are nobody's twice. */
async function judgeEvents({ databases, region }: PutBackRegion): Promise<void> {
  const { rows } = await withScope(databases.db, { region: region.code }, (tx) =>
    sql<{ what: string }>`select command_id::text as what from event where region_id = ${region.code}
        and command_id is not null group by command_id having count(distinct v) > 1
      union all select number::text from incident where region_id = ${region.code} and number is not null
        group by number having count(*) > 1`.execute(tx),
  );
  check(rows.length === 0, `done or given twice: ${JSON.stringify(rows)}`);
}

function check(isTrue: boolean, claim: string): void {
  if (!isTrue) throw new Error(claim);
}
