import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { MachineClocks } from '#renderer/data/sync/centre-clock.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import { Accounts } from '#tests/helpers/simulation/accounts.ts';
import { SimulatedConsole } from '#tests/helpers/simulation/simulated-console.ts';
import { VirtualTime } from '#tests/helpers/simulation/virtual-time.ts';
import { CLASSIFY, idMaker, incidentAfter, NOTE, operator, REFERENCE } from '#tests/helpers/sync-fixtures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** As much as a jump may be without being noticed, twice over. */
const EXACT_MS = 2000;

/** One workstation whose clock anybody sets, over the product's engine and decider. */
class Workstation {
  readonly #time = new VirtualTime();
  readonly #api = new ModelApi(idMaker(70)(), REFERENCE);
  readonly #incident = incidentAfter(idMaker(71)(), [CLASSIFY]);
  /** Added to the true time by the clock that is set; slept through, so that the steady one lacks it. */
  #wrongBy: number;
  #slept = 0;
  readonly #console: SimulatedConsole;
  /** True moments of the acts, by their text. */
  readonly #acts = new Map<string, number>();

  constructor(wrongBy: number) {
    this.#wrongBy = wrongBy;
    this.#api.now = this.#time.now;
    this.#api.put(this.#incident);
    this.#console = new SimulatedConsole({
      region: {
        code: 'eao',
        transport: (actor) => this.#api.transport(actor),
        sessionOf: (actor) => new Accounts('eao').sessionOf(actor),
      },
      actor: operator('u1'),
      newId: idMaker(72),
      time: this.#time,
      clocks: (): MachineClocks => ({
        wall: this.#time.now() + this.#wrongBy,
        steady: this.#time.now() - this.#slept,
      }),
    });
  }

  async start(): Promise<void> {
    await this.#console.start();
    await this.pass(HOUR);
  }

  async pass(ms: number): Promise<void> {
    await this.#time.pass(ms, () => this.#console.settle());
    await this.#console.settle();
  }

  async sleep(ms: number): Promise<void> {
    this.#slept += ms;
    await this.pass(ms);
  }

  async setClock(by: number): Promise<void> {
    this.#wrongBy += by;
    await this.pass(2 * MINUTE);
  }

  async setLine(isUp: boolean): Promise<void> {
    await this.#console.setLine(isUp);
  }

  async restart(): Promise<void> {
    await this.#console.crash();
  }

  async act(): Promise<void> {
    const text = `заметка ${this.#acts.size}`;
    this.#acts.set(text, this.#time.now());
    const done = await this.#console.dispatch(this.#incident.id, NOTE(text));
    if (!done.ok) throw new Error(done.refusal.kind);
  }

  /** Acts as the centre has them: those lost, and how far each of the others is from the truth. */
  async finish(): Promise<{
    readonly lost: number;
    readonly errors: readonly number[];
    readonly late: number;
  }> {
    await this.setLine(true);
    await this.pass(HOUR);
    await this.#console.drain();
    const { notes, history } = must(this.#api.state.rows.get(this.#incident.id), 'the incident').row;
    return {
      lost: this.#acts.size - notes.length,
      errors: [...this.#acts].map(([text, at]) => (notes.find((note) => note.text === text)?.at ?? 0) - at),
      late: history.filter((line) => line.claimed !== undefined).length,
    };
  }
}

interface Step {
  readonly does: 'act' | 'pass' | 'setClock' | 'sleep' | 'up' | 'down' | 'restart';
  readonly by: number;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ does: 'act' as const, by: 0 }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('pass' as const), by: fc.integer({ min: 1, max: 9 * HOUR }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('setClock' as const),
      by: fc.oneof(fc.integer({ min: -5 * DAY, max: 5 * DAY }), fc.integer({ min: -HOUR, max: HOUR })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('sleep' as const),
      by: fc.integer({ min: MINUTE, max: 12 * HOUR }),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom({ does: 'up' as const, by: 0 }, { does: 'down' as const, by: 0 }) },
  { weight: 1, arbitrary: fc.constant({ does: 'restart' as const, by: 0 }) },
);

async function live(station: Workstation, steps: readonly Step[]) {
  await station.start();
  for (const { does, by } of steps) {
    if (does === 'act') await station.act();
    else if (does === 'pass') await station.pass(by);
    else if (does === 'sleep') await station.sleep(by);
    else if (does === 'setClock') await station.setClock(by);
    else if (does === 'restart') await station.restart();
    else await station.setLine(does === 'up');
  }
  return station.finish();
}

describe('a workstation whose clock is wrong, and is set while it works', () => {
  it('loses nothing and dates nothing wrong', async () => {
    const seen = { acts: 0, jumps: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -5 * DAY, max: 5 * DAY }),
        fc.array(step, { minLength: 5, maxLength: 40 }),
        async (wrongBy, steps) => {
          const { lost, errors, late } = await live(new Workstation(wrongBy), steps);
          expect(lost).toBe(0);
          expect(late).toBe(0);
          for (const error of errors) expect(Math.abs(error)).toBeLessThan(EXACT_MS);
          seen.acts += errors.length;
          seen.jumps += steps.filter(({ does }) => does === 'setClock').length;
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.min(seen.acts, seen.jumps)).toBeGreaterThan(500);
  });

  it.each([
    [
      'three days behind since it was started, without a line',
      -3 * DAY,
      ['down', 'restart', 'act', 'act', 'up'],
    ],
    [
      'three days ahead since it was started, without a line',
      3 * DAY,
      ['down', 'restart', 'act', 'act', 'up'],
    ],
  ] as const)('%s: the moments are true when the line is back', async (_, wrongBy, does) => {
    const steps = does.flatMap((name) => [
      { does: name, by: 0 },
      { does: 'pass' as const, by: HOUR },
    ]);
    const { lost, errors, late } = await live(new Workstation(wrongBy), steps);
    expect([lost, late]).toEqual([0, 0]);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(EXACT_MS);
  });

  it('tells a clock put forward before it was measured from a sleep, by the offset that was known', async () => {
    const steps = [
      { does: 'down' as const, by: 0 },
      { does: 'restart' as const, by: 0 },
      { does: 'act' as const, by: 0 },
      { does: 'sleep' as const, by: 2 * HOUR },
      { does: 'act' as const, by: 0 },
      { does: 'setClock' as const, by: HOUR },
      { does: 'act' as const, by: 0 },
      { does: 'restart' as const, by: 0 },
      { does: 'sleep' as const, by: 3 * HOUR },
    ];
    const { lost, errors, late } = await live(new Workstation(-HOUR), steps);
    expect([lost, late, errors.length]).toEqual([0, 0, 3]);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(EXACT_MS);
  });

  it.each([-40 * 60_000, 40 * 60_000, -2 * DAY, 2 * DAY])(
    'put by %i ms in the middle of a batch: each act keeps its moment',
    async (by) => {
      const steps = [
        { does: 'down' as const, by: 0 },
        { does: 'act' as const, by: 0 },
        { does: 'pass' as const, by: HOUR },
        { does: 'setClock' as const, by },
        { does: 'act' as const, by: 0 },
        { does: 'pass' as const, by: HOUR },
        { does: 'act' as const, by: 0 },
      ];
      const { lost, errors, late } = await live(new Workstation(0), steps);
      expect([lost, late, errors.length]).toEqual([0, 0, 3]);
      for (const error of errors) expect(Math.abs(error)).toBeLessThan(EXACT_MS);
    },
  );
});
