import fc from 'fast-check';
import { SIMULATED_COMMANDS, type SimulatedCommand } from './commands.ts';
import { WAYS_BACK } from './region.ts';
import { FAULTS, type Fault } from './faulty-transport.ts';
import { RELEASES } from './next-release.ts';
import {
  PEOPLE,
  RIGHTS,
  TROUBLES,
  troubleOf,
  type History,
  type HistoryStep,
  type Person,
} from './history-step.ts';

export const CONSOLES = 3;
/** Incidents that are there, and one that was registered last. */
const INCIDENTS = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Pauses and polls, the suspension of a laptop over lunch, and of one over the night. */
const PASSING_MS = [1000, 25_000, 90_000, 5 * HOUR_MS] as const;
/** A clock that is corrected, a wrong time zone, a wrong day, a dead battery. */
const JUMPS_MS = [
  -90_000,
  90_000,
  -7 * HOUR_MS,
  7 * HOUR_MS,
  -2 * DAY_MS,
  2 * DAY_MS,
  -3650 * DAY_MS,
] as const;

const c = fc.nat(CONSOLES - 1);
/** Mostly the same one, so that it comes far. */
const incident = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(INCIDENTS) },
);
const fault = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Fault>('none') },
  { weight: 3, arbitrary: fc.constantFrom(...FAULTS) },
  { weight: 1, arbitrary: fc.constant<Fault>('overtaken') },
);
const faults = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(fault, { maxLength: 6 }) },
);
const isUp = fc.boolean();
const doing = <const T extends string>(...kinds: T[]) => fc.constantFrom(...kinds);

const act = fc.record({
  do: doing('act'),
  c,
  command: fc.constantFrom(...SIMULATED_COMMANDS),
  incident,
  n: fc.nat(50),
  faults,
});

const work = fc.record({ do: doing('work'), c, incident, n: fc.nat(50), faults });

const putBack = fc.record({
  do: doing('put_back'),
  way: fc.constantFrom(...WAYS_BACK),
  order: fc.shuffledSubarray(Array.from({ length: CONSOLES }, (_, console) => console)),
});

const step: fc.Arbitrary<HistoryStep> = fc.oneof(
  { weight: 18, arbitrary: work },
  { weight: 14, arbitrary: act },
  { weight: 7, arbitrary: fc.record({ do: doing('poke', 'sync_now'), c, faults }) },
  { weight: 5, arbitrary: fc.record({ do: doing('pass'), c, faults, ms: fc.constantFrom(...PASSING_MS) }) },
  { weight: 5, arbitrary: fc.record({ do: doing('line'), c, faults, isUp }) },
  { weight: 3, arbitrary: fc.record({ do: doing('late_answer', 'late_request'), c, newest: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: doing('crash', 'lose_database', 'damage', 'takeover'), c }) },
  { weight: 1, arbitrary: fc.record({ do: doing('lose_journal', 'wipe'), c }) },
  { weight: 1, arbitrary: fc.record({ do: doing('report'), c }) },
  { weight: 2, arbitrary: fc.record({ do: doing('clock'), c, ms: fc.constantFrom(...JUMPS_MS) }) },
  { weight: 2, arbitrary: fc.record({ do: doing('quota'), c, isFull: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: doing('release'), c, release: fc.constantFrom(...RELEASES) }) },
  { weight: 1, arbitrary: fc.record({ do: doing('apply_again'), c }) },
  { weight: 2, arbitrary: fc.record({ do: doing('api_release'), isNext: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: doing('rights'), c, rights: fc.constantFrom(...RIGHTS) }) },
  { weight: 1, arbitrary: fc.record({ do: doing('partition'), isUp }) },
  { weight: 1, arbitrary: fc.record({ do: doing('restore') }) },
  { weight: 3, arbitrary: fc.record({ do: doing('back_up') }) },
  { weight: 3, arbitrary: putBack },
);

/** A route by mistake, which its agency has seen before it is taken back: the row has to go from there. */
const misrouted: fc.Arbitrary<HistoryStep[]> = fc.tuple(c, c, incident).map(([centre, agency, target]) => [
  { do: 'act', c: centre, command: 'route', incident: target, n: 0, faults: [] },
  { do: 'poke', c: agency, faults: [] },
  { do: 'act', c: centre, command: 'undo', incident: target, n: 1, faults: [] },
]);

/** A console that is updated before its API: what that cannot read yet is done once more when it can. */
const aheadOfTheCentre: fc.Arbitrary<HistoryStep[]> = fc
  .tuple(c, incident, fc.nat(50))
  .map(([ahead, target, n]) => [
    { do: 'release', c: ahead, release: 'next' },
    { do: 'act', c: ahead, command: 'note', incident: target, n, faults: [] },
    { do: 'work', c: ahead, incident: target, n, faults: [] },
    { do: 'poke', c: ahead, faults: [] },
    { do: 'api_release', isNext: true },
    { do: 'apply_again', c: ahead },
  ]);

/** A console that stays behind its API, which tells what it cannot read. */
const behindTheCentre: fc.Arbitrary<HistoryStep[]> = fc
  .tuple(c, c, incident, fc.nat(50))
  .map(([behind, other, target, n]) => [
    { do: 'api_release', isNext: true },
    ...Array.from({ length: 4 }, (_, index) => ({
      do: 'act' as const,
      c: other,
      command: 'note' as const,
      incident: target,
      n: n + index,
      faults: [],
    })),
    { do: 'poke', c: behind, faults: [] },
    { do: 'work', c: behind, incident: target, n, faults: [] },
  ]);

const happenings: fc.Arbitrary<HistoryStep[]> = fc.oneof(
  { weight: 40, arbitrary: step.map((one) => [one]) },
  { weight: 1, arbitrary: misrouted },
  { weight: 1, arbitrary: aheadOfTheCentre },
  { weight: 1, arbitrary: behindTheCentre },
);

/**
 * Draws what a history is allowed to have. Every history draws its own, because faults hide each other: where
 * all of them happen all the time, nothing long ever comes about (Groce et al., «Swarm Testing», ISSTA 2012).
 */
const swarm = fc.noBias(
  fc.record({
    faults: fc.subarray([...FAULTS]),
    troubles: fc.subarray([...TROUBLES]),
    commands: fc.subarray([...SIMULATED_COMMANDS], { minLength: 1 }),
  }),
);

/** From executors rows are hidden and taken away, so there are more of them than of the rest. */
const everybody: fc.Arbitrary<Person> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Person>('operator') },
  { weight: 2, arbitrary: fc.constant<Person>('executor') },
  { weight: 3, arbitrary: fc.constantFrom(...PEOPLE) },
);
const cast = fc.tuple(fc.constant<Person>('operator'), everybody, everybody);

type Swarm = typeof swarm extends fc.Arbitrary<infer T> ? T : never;

function allowed(step: HistoryStep, { faults: some, troubles, commands }: Swarm): HistoryStep[] {
  const trouble = troubleOf(step);
  if (trouble !== null && !troubles.includes(trouble)) return [];
  const spoiled =
    'faults' in step
      ? { ...step, faults: step.faults.filter((fault) => fault === 'none' || some.includes(fault)) }
      : step;
  return [
    spoiled.do === 'act' ? { ...spoiled, command: allowedCommand(spoiled.command, commands) } : spoiled,
  ];
}

/** A command that the history is without becomes one that it has. */
function allowedCommand(command: SimulatedCommand, commands: readonly SimulatedCommand[]): SimulatedCommand {
  if (commands.includes(command)) return command;
  return commands[SIMULATED_COMMANDS.indexOf(command) % commands.length] ?? command;
}

/** Histories of at most about forty steps. */
export const historyArbitrary: fc.Arbitrary<History> = fc
  .record({ swarm, cast, drawn: fc.noBias(fc.array(happenings, { maxLength: 70, size: 'max' })) })
  .map(({ swarm: rules, cast: people, drawn }) => ({
    cast: people,
    steps: drawn.flat().flatMap((one) => allowed(one, rules)),
  }));
