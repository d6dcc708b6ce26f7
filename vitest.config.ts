import { defineConfig } from 'vitest/config';

const PG = 'tests/**/*.pg.test.ts';
const BROWSER = ['tests/**/*.browser.test.ts', 'tests/e2e/**/*.e2e.test.ts'];
const FAULTS = 'tests/faults/**/*.test.ts';

/** Four kinds of tests, told apart by suffix or folder, so that each gets the time and the room it needs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: [PG, ...BROWSER],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'pg',
          include: [PG],
          exclude: [FAULTS],
          globalSetup: ['tests/helpers/postgres-hold.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: BROWSER,
          exclude: [FAULTS],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'faults',
          include: [FAULTS],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
