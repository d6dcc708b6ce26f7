import { holdEmbedded } from '#server/store/embedded/embedded-postgres.ts';
import { TEST_CLUSTER } from './test-cluster.ts';

/** Vitest's global setup: keeps the test cluster running between test files, once somebody has started it. */
export function setup(): () => Promise<void> {
  const hold = holdEmbedded(TEST_CLUSTER);
  return () => hold.release();
}
