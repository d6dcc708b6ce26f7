import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureConsoleBuilt } from '#build/build-console.ts';
import { ensureShellBuilt } from '#build/build-shell.ts';
import { holdEmbedded } from '#server/store/embedded/embedded-postgres.ts';
import { fastPlace, openRunFolder } from './open-run-folder.ts';
import { testCluster } from './test-cluster.ts';

/**
 * The tests that need what did not build fail for themselves and say so; the others are worth running all the
 * same.
 */
async function buildOrSay(product: string, build: () => Promise<void>): Promise<void> {
  try {
    await build();
  } catch (error) {
    process.stderr.write(
      `The ${product} did not build: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}

/**
 * Vitest's global setup: what the files of one run share. Console and shell are built before the first file
 * starts, for two files would build them at once; PostgreSQL stays between files, once somebody has started
 * it; and there is a folder for the run (`PULT_TEST_RUN`) with data folders, profiles, and the code that Node
 * has compiled for the dozens of processes of tests.
 */
export async function setup(): Promise<() => Promise<void>> {
  await buildOrSay('console', ensureConsoleBuilt);
  await buildOrSay('shell', ensureShellBuilt);
  const place = fastPlace();
  const folder = openRunFolder(place);
  process.env['PULT_TEST_CLUSTERS'] = place;
  process.env['PULT_TEST_RUN'] = folder;
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  const hold = holdEmbedded(testCluster());
  return async () => {
    await hold.release();
    rmSync(folder, { recursive: true, force: true });
  };
}
