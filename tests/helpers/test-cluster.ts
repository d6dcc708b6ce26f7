import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = createHash('sha256')
  .update(fileURLToPath(new URL('../..', import.meta.url)))
  .digest('hex')
  .slice(0, 8);

/**
 * One PostgreSQL for all test runs of this checkout: made once, joined by every worker, stopped by the last
 * one. It lies where the run has chosen (`one-run.ts`): a database is 500 files, which a disk makes in four
 * times the time of memory.
 */
export const testCluster = (): string =>
  join(
    process.env['PULT_TEST_CLUSTERS'] ?? tmpdir(),
    `pult-test-postgres-${process.getuid?.() ?? 0}-${checkout}`,
  );

/**
 * A test cluster may lose everything in a power cut; in exchange databases appear in milliseconds. Its log is
 * kept short, for it may lie in memory.
 */
export const TEST_SETTINGS = {
  max_wal_size: '128MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};
