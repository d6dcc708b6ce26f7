import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#build/paths.ts';

const folder = join(root, 'tests/bench/peers');

export const PEERS = ['rxdb', 'tinybase', 'minisearch'] as const;

/** Source of a candidate: ours and the yardsticks here, peers in a folder with packages of its own. */
export function entryOf(candidate: string): string {
  const isPeer = (PEERS as readonly string[]).includes(candidate);
  return join('tests/bench', isPeer ? 'peers' : 'store/candidates', `${candidate}.ts`);
}

export const arePeersInstalled = (): boolean => existsSync(join(folder, 'node_modules'));

/** Installs the peers from their own lock. Speaks on standard error only. */
export function installPeers(): void {
  if (arePeersInstalled()) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
}
