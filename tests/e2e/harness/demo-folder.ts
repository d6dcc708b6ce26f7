import { cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '#shared/domain/must.ts';
import { withLock } from '#server/process/file-lock.ts';
import { readConfig, writeConfig } from '#server/store/embedded/cluster-config.ts';
import { runFolder } from '#tests/helpers/temporary-folder.ts';

/** True when a server that starts on the folder would have its first start. */
export const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

/** A log belongs to the server that wrote it. */
const isKept = (path: string): boolean => !path.endsWith('.log');

/**
 * Fills an empty data folder with the demo region of that name. `make` has a server's first start make it
 * once in a test run, in seconds; every later folder is a copy of that, with a PostgreSQL of its own. Outside
 * a run (measurements) the folder stays empty.
 */
export async function fillWithDemo(
  dataDir: string,
  name: string,
  make: (dataDir: string) => Promise<void>,
): Promise<void> {
  const run = runFolder();
  if (run === undefined) return;
  const demo = join(run, `demo-${name}`);
  await withLock(`${demo}.lock`, async () => {
    if (existsSync(demo)) return;
    const draft = `${demo}.new`;
    rmSync(draft, { recursive: true, force: true });
    await make(draft);
    renameSync(draft, demo);
  });
  cpSync(demo, dataDir, { recursive: true, filter: isKept });
  const config = join(dataDir, 'postgres.json');
  const made = must(readConfig(config), 'the config of the demo’s PostgreSQL');
  // Port 0: any free one, for the one it had is another server’s by now.
  writeConfig(config, { ...made, cluster: join(dataDir, 'postgres'), port: 0 });
}
