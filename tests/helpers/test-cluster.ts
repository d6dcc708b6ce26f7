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
 * one.
 */
export const TEST_CLUSTER = join(tmpdir(), `pult-test-postgres-${process.getuid?.() ?? 0}-${checkout}`);

/** A test cluster may lose everything in a power cut; in exchange databases appear in milliseconds. */
export const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
};
