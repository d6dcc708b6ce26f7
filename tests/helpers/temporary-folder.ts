import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of this test run, from `one-run.ts`; undefined outside of one. */
export const runFolder = (): string | undefined => process.env['PULT_TEST_RUN'];

/**
 * A folder for what a test starts, in reach of PostgreSQL whichever user that must run as. To be removed by
 * the test.
 */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(runFolder() ?? tmpdir(), `pult-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
