import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { StartupError, diskError, errorCode } from '#server/process/startup-error.ts';

const clusterConfig = z.object({
  user: z.string(),
  password: z.string(),
  port: z.int(),
  cluster: z.string(),
});

/** The way to reach the embedded server: the owner's name and password, and the port it had last. */
export type ClusterConfig = z.infer<typeof clusterConfig>;

/** The database within the cluster that Pult keeps its tables in. */
export const DATABASE = 'pult';

/** A config for a cluster that is about to be made. */
export function newConfig(cluster: string): ClusterConfig {
  return { user: 'pult_owner', password: randomBytes(24).toString('base64url'), port: 0, cluster };
}

/** Reads the config, or gives null when there is none. */
export function readConfig(path: string): ClusterConfig | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw diskError(error, path);
  }
  try {
    return clusterConfig.parse(JSON.parse(text));
  } catch (error) {
    throw new StartupError(
      'postgres_failed',
      `${path} is damaged.`,
      'It holds the database password: restore it from a backup.',
      error,
    );
  }
}

/** Replaces the config in one step, readable by its owner only. */
export function writeConfig(path: string, config: ClusterConfig): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, path);
  } catch (error) {
    throw diskError(error, path);
  }
}

/** The owner's connection URL to a database of the cluster. */
export function ownerUrlOf(config: ClusterConfig, database: string = DATABASE): string {
  return `postgres://${config.user}:${config.password}@127.0.0.1:${config.port}/${database}`;
}
