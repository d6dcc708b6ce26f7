import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/helpers/longest-first.ts';

const PG = 'tests/**/*.pg.test.ts';
const BROWSER = ['tests/**/*.browser.test.ts', 'tests/e2e/**/*.e2e.test.ts'];
const FAULTS = 'tests/faults/**/*.test.ts';
/** What takes ten minutes and more, for `npm run e2e` alone. */
const PROOFS = 'tests/e2e/**/*.proof.test.ts';
const IS_E2E = process.env['PULT_E2E_HOST'] === 'browser';

/**
 * Servers and browsers: four files beside each other, whichever kind they are, after all that needs Node
 * alone. Each waits much of its time, for a pause of the product or for another of its processes: three of them
 * left a fifth of two cores idle.
 */
const HEAVY = { maxWorkers: 4, sequence: { groupOrder: 1 }, expect: { poll: { timeout: 120_000 } } };

/**
 * Time-outs end what hangs and judge nothing: beside other load everything here has taken ten times as long.
 * Four kinds of tests, told apart by suffix or folder, so that each gets the time and the room it needs.
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/helpers/one-run.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      ...(IS_E2E
        ? [
            {
              test: {
                ...HEAVY,
                name: 'proof',
                include: [PROOFS],
                maxWorkers: 1,
                hookTimeout: 600_000,
                sequence: { groupOrder: 2 },
              },
            },
          ]
        : []),
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: [PG, ...BROWSER],
          // Their files share processes: most of them take less time than loading what they test.
          isolate: false,
          // Dexie looks for IndexedDB once, when the first of them loads it.
          setupFiles: ['fake-indexeddb/auto'],
          maxWorkers: '100%',
          testTimeout: 180_000,
          expect: HEAVY.expect,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...HEAVY,
          name: 'pg',
          include: [PG],
          exclude: [FAULTS],
          // Loading the server anew took each of their files a second of processor time.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          ...HEAVY,
          name: 'browser',
          include: BROWSER,
          exclude: [FAULTS],
          // As of `pg`: what they load is half a second and more of each of their sixty files.
          isolate: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          ...HEAVY,
          name: 'faults',
          include: [FAULTS],
          testTimeout: 900_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
