import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PutBackRegion } from '#tests/helpers/simulation/put-back-region.ts';
import { SimulatedConsole } from '#tests/helpers/simulation/simulated-console.ts';
import { VirtualTime } from '#tests/helpers/simulation/virtual-time.ts';
import { CLASSIFY, idMaker, NOTE, operator, REGISTER } from '#tests/helpers/sync-fixtures.ts';
import { livePutBack, putBackArbitrary } from '#tests/helpers/simulation/put-back-history.ts';

/** The same histories each time; PULT_PUT_BACKS and PULT_SEED ask for others. */
const HISTORIES = Number(process.env['PULT_PUT_BACKS'] ?? 4);
const SEED = Number(process.env['PULT_SEED'] ?? 20_261_129);

test(
  `${HISTORIES} databases put back under five consoles and two networks lose nothing that was acknowledged`,
  { timeout: 60_000 + HISTORIES * 20_000 },
  async () => {
    const sums = { acknowledged: 0, inEffect: 0, shown: 0 };
    const start = performance.now();
    const property = fc.asyncProperty(putBackArbitrary, async (history) => {
      const figures = await livePutBack(history);
      for (const name of ['acknowledged', 'inEffect', 'shown'] as const) sums[name] += figures[name];
    });
    const details = await fc.check(property, { numRuns: HISTORIES, seed: SEED, endOnFailure: true });
    const seconds = (performance.now() - start) / 1000;
    console.log(`${HISTORIES} histories in ${seconds.toFixed(1)} s, seed ${SEED}: ${JSON.stringify(sums)}`);
    const { failed, counterexample, errorInstance } = details;
    expect(failed ? `${String(errorInstance)} in ${JSON.stringify(counterexample)}` : null).toBeNull();
  },
);

test.each(['copy', 'restore'] as const)(
  'sixty acts of an executor are in effect though the operator’s console comes back after his (%s)',
  { timeout: 120_000 },
  async (way) => {
    const time = new VirtualTime();
    const base = await PutBackRegion.open(time.now);
    const { region } = base;
    const executor = { id: 'executor', role: 'executor', agency: 'roads' } as const;
    const [centre, other, agency] = [operator('centre'), operator('other'), executor].map(
      (actor, lane) => new SimulatedConsole({ region, time, actor, newId: idMaker(lane + 1) }),
    ) as [SimulatedConsole, SimulatedConsole, SimulatedConsole];
    for (const console of [centre, other, agency]) await console.start();
    await base.keep(way);
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const made = await centre.dispatch('', {
        name: 'register',
        args: { ...REGISTER, region: region.code },
      });
      const id = made.ok ? made.incident : '';
      await centre.dispatch(id, CLASSIFY);
      await centre.dispatch(id, { name: 'route', args: { agency: 'roads', unit: '', from: '', reason: '' } });
      ids.push(id);
    }
    await centre.drain();
    await agency.drain();
    const numbers = ids.map((id) => centre.store.mustView(id).number);
    for (const id of ids) {
      await agency.dispatch(id, { name: 'takeToWork', args: {} });
      await agency.dispatch(id, NOTE('выехали'));
      await agency.dispatch(id, {
        name: 'draftReply',
        args: { text: 'Сделано', kind: 'final', promises: [] },
      });
    }
    expect(agency.acknowledged).toHaveLength(60);
    await agency.drain();
    for (const console of [centre, other]) await console.setLine(false);
    await base.putBack();
    // The head goes past everything the others have seen before they are back.
    const [seed = ''] = region.incidents;
    await other.setLine(true);
    for (let n = 0; n < 150; n += 1) await other.dispatch(seed, NOTE(`пока ждём ${n}`));
    await agency.drain();
    expect((await agency.status()).unsent).toBe(60);
    await centre.drain();
    for (let round = 0; round < 4; round += 1) await agency.drain();
    const outcomes = await region.outcomes();
    expect(agency.acknowledged.filter((id) => outcomes.get(id) !== 'applied')).toEqual([]);
    expect(await agency.store.notAccepted()).toEqual([]);
    expect((await agency.status()).unsent).toBe(0);
    const rows = await region.rows();
    expect(ids.map((id) => rows.get(id)?.number)).toEqual(numbers);
    expect(ids.map((id) => rows.get(id)?.notes.map(({ text }) => text))).toEqual(ids.map(() => ['выехали']));
    await base.close();
  },
);
