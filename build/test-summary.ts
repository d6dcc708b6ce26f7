import { z } from 'zod';

const reportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** The result of a run of tests. A skipped test proves nothing and says it does, so it counts as failed. */
export type Summary = {
  readonly passed: number;
  readonly failed: number;
  readonly reasons: readonly string[];
};

/**
 * Counts a run from vitest's JSON report and exit code. Failed are: tests that did not pass, files that did
 * not load, a run that found no test, and a run that ended badly with every test passing (an error nobody
 * caught).
 */
export function summarise(report: unknown, exitCode: number): Summary {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, reasons: ['The run ended without a report.'] };
  const reasons: string[] = [];
  let failed = 0;
  for (const file of parsed.data.testResults) {
    const bad = file.assertionResults.filter((test) => test.status !== 'passed').length;
    failed += bad;
    if (bad > 0) reasons.push(`${file.name}: ${bad} not passed`);
    if (bad === 0 && file.status !== 'passed') {
      failed += 1;
      reasons.push(`${file.name}: did not load, or failed outside its tests`);
    }
  }
  const passed = parsed.data.numPassedTests;
  if (passed + failed === 0) return { passed, failed: 1, reasons: ['No test was found.'] };
  if (failed === 0 && exitCode !== 0) {
    return { passed, failed: 1, reasons: [`Every test passed, but the run ended with code ${exitCode}.`] };
  }
  return { passed, failed, reasons };
}
