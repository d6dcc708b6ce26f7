import { expect, test } from 'vitest';
import { summarise } from '#build/test-summary.ts';

function report(...files: { status: string; tests: string[] }[]) {
  const statuses = files.flatMap((file) => file.tests);
  return {
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    testResults: files.map(({ status, tests }, index) => ({
      name: `file-${index}`,
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  };
}

const good = { status: 'passed', tests: ['passed', 'passed'] };

test.each([
  ['all pass', report(good, good), 0, 4, 0],
  ['one fails', report(good, { status: 'failed', tests: ['passed', 'failed'] }), 1, 3, 1],
  ['one is skipped', report(good, { status: 'passed', tests: ['skipped'] }), 0, 2, 1],
  ['a file does not load', report(good, { status: 'failed', tests: [] }), 1, 2, 1],
  ['a hook fails after its tests', report({ status: 'failed', tests: ['passed'] }), 1, 1, 1],
  ['nothing is found', report(), 1, 0, 1],
  ['an error nobody caught', report(good), 1, 2, 1],
  ['no report', undefined, 1, 0, 1],
])('%s', (_, run, exitCode, passed, failed) => {
  expect(summarise(run, exitCode)).toMatchObject({ passed, failed });
});
