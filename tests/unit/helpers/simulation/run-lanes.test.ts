import { describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import type { History } from '#tests/helpers/simulation/history-step.ts';
import { memoryLane } from '#tests/helpers/simulation/lanes.ts';
import type { Place } from '#tests/helpers/simulation/place.ts';
import { PLANTED_BUGS } from '#tests/helpers/simulation/planted-bugs.ts';
import {
  drawnHistory,
  livePlanted,
  runLanes,
  type Lane,
  type Planted,
} from '#tests/helpers/simulation/run-lanes.ts';

const RUN = { histories: 5, lanes: 1, seed: 7 };
const at = (): void => undefined;
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** An API with these ways of its own. */
const withApi = (change: (real: Transport) => Partial<Transport>): Planted => ({
  region: (region) => ({
    ...region,
    transport: (actor, now) => {
      const real = region.transport(actor, now);
      return { ...real, ...change(real) };
    },
  }),
});

describe('a lane', () => {
  test('says of a history that is stuck which one it is and where, and lives no shorter ones', async () => {
    const places: Place[] = [];
    let abandoned = 0;
    const openLane = (): Lane => ({ ...memoryLane(), abandon: () => void (abandoned += 1) });
    const onLane = (place: Place): void => void places.push(place);
    const { failure } = await runLanes(
      openLane,
      { ...RUN, patienceMs: 50, onLane },
      withApi(() => ({ hello: never })),
    );
    expect(failure).toMatchObject({ seed: 7, number: 1, history: drawnHistory(7, 1) });
    expect(failure?.error).toMatch(/stuck for \d+ s: seed 7, history 1, downloading/);
    expect(abandoned).toBe(1);
    expect(places.map(({ words }) => words)).toEqual(['seed 7, history 1, over']);
  });

  test('names a history by its seed and its number, by which it can be drawn again', async () => {
    let regions = 0;
    const openLane = (): Lane => ({
      ...memoryLane(),
      region: async () => {
        regions += 1;
        if (regions === 3) throw new Error('the third');
        return memoryLane().region();
      },
    });
    const { failure, histories } = await runLanes(openLane, { ...RUN, endOnFailure: true });
    expect(failure).toMatchObject({ seed: 7, number: 3, history: drawnHistory(7, 3) });
    expect(failure?.error).toMatch('the third');
    expect(histories).toBe(2);
  });

  test('looks for no shorter history when its time is over', async () => {
    let regions = 0;
    const openLane = (): Lane => ({
      ...memoryLane(),
      region: async () => {
        regions += 1;
        throw new Error('each of them');
      },
    });
    const { failure } = await runLanes(openLane, { ...RUN, isOver: () => regions > 0 });
    expect(failure?.error).toMatch('each of them');
    expect(regions).toBe(1);
  });
});

describe('a history ends, and says why,', () => {
  test('where the API throws', async () => {
    const planted = withApi(() => ({ changes: () => Promise.reject(new Error('no connection')) }));
    const history = drawnHistory(7, 1);
    const lived = livePlanted(memoryLane(), history, planted, { at });
    await expect(lived).rejects.toThrow('changes: the API threw Error: no connection');
  });

  test('where a console that broke the rules of its line is taken over by another tab', async () => {
    const [, planted] = must(
      PLANTED_BUGS.find(([name]) => name === 'no pause after a failure'),
      'the bug',
    );
    const history: History = {
      cast: ['operator', 'operator', 'operator'],
      steps: [
        { do: 'poke', c: 0, faults: ['busy'] },
        { do: 'pass', c: 0, ms: 1000, faults: [] },
        { do: 'takeover', c: 0 },
      ],
    };
    await expect(livePlanted(memoryLane(), history, planted, { at })).rejects.toThrow(/without a pause/);
  });
});
