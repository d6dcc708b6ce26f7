import type { Actor } from '#shared/domain/actor.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { idMaker } from '../sync-fixtures.ts';
import { Coverage } from './coverage.ts';
import { stepWords, type History, type HistoryStep, type Person } from './history-step.ts';
import { closeDesks, judgeReports } from './judge-reports.ts';
import { checkAtRest, checkEnd, countEnd, type World } from './oracle.ts';
import type { SimulatedRegion } from './region.ts';
import { SimulatedConsole, type ConsoleOptions } from './simulated-console.ts';
import { twoReleases, type ReleasedRegion } from './two-releases.ts';
import { VirtualTime } from './virtual-time.ts';

const COMPARING_MS = 9 * 3_600_000;
/** The agency of every executor. */
const AGENCY = 'roads';

export interface Watch {
  readonly coverage?: Coverage;
  /** A planted bug. */
  readonly spoil?: ConsoleOptions['spoil'];
  /** Told what begins now, in words. */
  readonly at?: (where: string) => void;
}

/** Lives one history and asks the oracle. Throws when anything was lost, doubled, hidden or different. */
export async function liveHistory(
  region: SimulatedRegion,
  { cast, steps }: History,
  { coverage = new Coverage(), spoil, at = () => undefined }: Watch = {},
): Promise<void> {
  coverage.histories += 1;
  const centre = twoReleases(region, (console, isNext) =>
    coverage.count('releases that met', `${console} console, ${isNext ? 'next' : "today's"} API`),
  );
  at('downloading');
  const world = await downloadedConsoles(centre, cast, coverage, spoil);
  try {
    for (const [index, step] of steps.entries()) {
      coverage.count('steps of histories', nameOf(step));
      at(`step ${index + 1} of ${steps.length} (${stepWords(step)})`);
      await live(world, step);
    }
    await judgeWhole(world, coverage, at);
  } finally {
    await closeDesks(world);
  }
}

/** Has all come to rest, and asks the oracle. */
async function judgeWhole(world: World, coverage: Coverage, at: (where: string) => void): Promise<void> {
  if (world.region.wasNext()) for (const console of world.consoles) await console.setRelease('next');
  // What is offered again to a database that was put back waits for others for a week at most.
  for (const ms of world.isRestored ? [0, 2 * MS_PER_DAY, 8 * MS_PER_DAY] : [0]) {
    at(`coming to rest, ${ms / MS_PER_DAY} days later`);
    if (ms > 0) await pass(world, ms);
    await drainAll(world);
  }
  at('the oracle');
  await checkAtRest(world);
  // Long enough for every copy to be compared with the API's, when nothing moves any more: twice the time
  // between two comparisons, for clocks may have been set back by just that.
  await pass(world, COMPARING_MS);
  await checkAtRest(world);
  for (const c of world.desks.keys()) await judgeReports(world, c);
  await countEnd(world, coverage);
  await checkEnd(world);
}

/** Twice: what one console sends in the first round reaches the others in the second. */
async function drainAll({ consoles, order }: World): Promise<void> {
  const back = [...consoles.keys()].toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  for (const c of [...back, ...back]) await must(consoles[c], 'a console').drain();
}

/** The name that a step is counted by. */
function nameOf(step: HistoryStep): string {
  switch (step.do) {
    case 'act':
      return `act: ${step.command}`;
    case 'rights':
      return `rights: ${step.rights}`;
    case 'line':
    case 'partition':
      return `${step.do} ${step.isUp ? 'up' : 'down'}`;
    case 'quota':
      return step.isFull ? 'quota exceeded' : 'room again';
    case 'put_back':
      return `${step.do}: ${step.way}`;
    case 'release':
      return `release: ${step.release}`;
    case 'api_release':
      return step.isNext ? 'API updated' : 'API goes back';
    default:
      return step.do;
  }
}

const actorOf = (person: Person, lane: number): Actor => ({
  id: `${person}-${lane}`,
  role: person,
  agency: person === 'executor' ? AGENCY : null,
});

/**
 * The first console downloads; others of the same sight begin with a copy of what it got, because that is the
 * dearest part of a history.
 */
async function downloadedConsoles(
  region: ReleasedRegion,
  cast: readonly Person[],
  coverage: Coverage,
  spoil?: ConsoleOptions['spoil'],
): Promise<World> {
  const time = new VirtualTime();
  const consoles = cast.map((person, lane) => {
    const actor = actorOf(person, lane);
    const options = { region, time, coverage, actor, newId: idMaker(lane + 1) };
    return new SimulatedConsole(spoil === undefined ? options : { ...options, spoil });
  });
  const [first, ...others] = consoles;
  await first?.start();
  for (const other of others) {
    const seesLess = other.actor.role === 'executor' || other.actor.role === 'observer';
    if (first === undefined || seesLess) await other.start();
    else await other.startWith(first);
  }
  return { region, time, consoles, order: [], desks: new Map(), isPutBack: false, isRestored: false };
}

const pass = ({ time, consoles }: World, ms: number): Promise<void> =>
  time.pass(ms, async () => {
    for (const console of consoles) await console.settle();
  });

async function live(world: World, step: HistoryStep): Promise<void> {
  if (!('c' in step)) return liveAtCentre(world, step);
  const console = must(world.consoles[step.c], 'a console');
  if ('faults' in step) console.spoilLine(step.faults);
  switch (step.do) {
    case 'act':
    case 'work': {
      const ids = [...world.region.incidents, ...console.registered.slice(-1)];
      const incident = ids[step.incident % ids.length] ?? '';
      const others = ids.filter((id) => id !== incident);
      return console.act(step.do === 'act' ? step.command : null, incident, step.n, others);
    }
    case 'rights':
      return world.region.setRights(console.base.id, rightsOf(console.base, step.rights));
    case 'pass':
      return pass(world, step.ms);
    case 'report':
      return judgeReports(world, step.c);
    default:
      return liveAtConsole(console, step);
  }
}

type CentreStep = Exclude<HistoryStep, { readonly c: number }>;
type ConsoleStep = Exclude<
  Extract<HistoryStep, { readonly c: number }>,
  { readonly do: 'act' | 'work' | 'rights' | 'pass' | 'report' }
>;

async function liveAtCentre(world: World, step: CentreStep): Promise<void> {
  const { region, consoles, time } = world;
  switch (step.do) {
    case 'partition':
      for (const console of consoles) await console.setLine(step.isUp);
      return;
    case 'api_release':
      if (step.isNext) await region.upgrade();
      else if (await region.goBack(time.now())) Object.assign(world, { isPutBack: true, isRestored: true });
      return;
    case 'restore':
      await region.backUp();
      world.isRestored = await region.putBack('restore', time.now());
      return;
    case 'back_up':
      return region.backUp();
    case 'put_back':
      if (!(await region.putBack(step.way, time.now()))) return;
      Object.assign(world, { isPutBack: true, isRestored: true, order: step.order });
      for (const c of step.order) await must(consoles[c], 'a console').setLine(false);
      return;
    default:
      return step satisfies never;
  }
}

async function liveAtConsole(console: SimulatedConsole, step: ConsoleStep): Promise<void> {
  switch (step.do) {
    case 'poke':
      return console.poke();
    case 'sync_now':
      return console.syncNow();
    case 'line':
      return console.setLine(step.isUp);
    case 'late_answer':
      return console.deliverLateAnswer(step.newest);
    case 'late_request':
      return console.deliverLateRequest(step.newest);
    case 'crash':
      return console.crash();
    case 'takeover':
      return console.takeOver();
    case 'lose_database':
      return console.loseDatabase();
    case 'lose_journal':
      return console.loseJournal();
    case 'wipe':
      return console.wipe();
    case 'damage':
      return console.damage();
    case 'clock':
      return console.jumpClock(step.ms);
    case 'quota':
      return console.setRoom(step.isFull);
    case 'release':
      return console.setRelease(step.release);
    case 'apply_again':
      return console.applyAgain();
    default:
      return step satisfies never;
  }
}

function rightsOf(
  { role, agency }: Actor,
  rights: Extract<HistoryStep, { readonly do: 'rights' }>['rights'],
): Parameters<SimulatedRegion['setRights']>[1] {
  const own = role === 'system' ? 'operator' : role;
  switch (rights) {
    case 'own':
      return { role: own, agency, closed: false };
    case 'closed':
      return { role: own, agency, closed: true };
    case 'executor':
      return { role: 'executor', agency: AGENCY, closed: false };
    case 'observer':
    case 'operator':
      return { role: rights, agency: null, closed: false };
    default:
      return rights satisfies never;
  }
}

/** A history in words, a line a step. */
export const historyWords = ({ cast, steps }: History): string =>
  [
    `at the consoles: ${cast.map((person, c) => `${c} ${person}`).join(', ')}`,
    ...steps.map((step, index) => `${String(index + 1).padStart(3)}. ${stepWords(step)}`),
  ].join('\n');
