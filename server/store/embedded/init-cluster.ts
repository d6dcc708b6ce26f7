import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diskError } from '#server/process/startup-error.ts';
import type { Binaries } from './binaries.ts';
import { newConfig, readConfig, writeConfig, type ClusterConfig } from './cluster-config.ts';
import { explainServerFailure } from './explain-failure.ts';
import { ownFolder, type Places } from './places.ts';
import { callAs, type RunAs } from './run-as.ts';

/**
 * Case and order by Unicode code point, the same on every system and in every version of PostgreSQL from 17
 * on.
 */
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

function runInitdb(binaries: Binaries, runAs: RunAs, draft: string, config: ClusterConfig): void {
  const passwordFile = `${draft}.password`;
  try {
    writeFileSync(passwordFile, `${config.password}\n`, { mode: 0o600 });
    if (runAs.kind === 'user') chownSync(passwordFile, runAs.uid, runAs.gid);
    const args = [
      '-D',
      draft,
      '-U',
      config.user,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      ...LOCALE,
    ];
    const call = callAs(runAs, binaries.initdb, args);
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
    const result = spawnSync(call.file, call.args, { ...call.options, cwd: '/', env, encoding: 'utf8' });
    if (result.error !== undefined) throw explainServerFailure(String(result.error), draft);
    if (result.status !== 0) throw explainServerFailure(`${result.stderr}`, draft);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Removes what interrupted starts left of clusters they were making. */
function removeDrafts(cluster: string): void {
  for (const name of readdirSync(dirname(cluster)))
    if (name.startsWith(`${basename(cluster)}.new`))
      rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 20 });
}

/**
 * Makes the cluster when there is none and gives its config. It is made beside its place and moved there when
 * it is whole, so an interrupted first start leaves nothing that looks like a database.
 */
export function ensureCluster(places: Places, binaries: Binaries, runAs: RunAs): ClusterConfig {
  const existing = readConfig(places.config);
  if (existing !== null && existsSync(join(existing.cluster, 'PG_VERSION'))) {
    ownFolder(existing.cluster, runAs);
    return existing;
  }
  const config = newConfig(places.cluster);
  // A name of this process's own: the initdb of a killed start may still be writing into the folder it was
  // given.
  const draft = `${places.cluster}.new-${process.pid}`;
  try {
    mkdirSync(dirname(draft), { recursive: true, mode: 0o711 });
    removeDrafts(places.cluster);
    mkdirSync(draft, { mode: 0o700 });
    ownFolder(draft, runAs);
    runInitdb(binaries, runAs, draft, config);
    // The password first: a cluster without its password would be lost, a password without a cluster is not.
    writeConfig(places.config, config);
    renameSync(draft, places.cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw diskError(error, places.cluster);
  }
  return config;
}
