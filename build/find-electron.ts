import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

/** How long fetching Electron's binary may take, ms: a closed network must not keep anybody waiting. */
const PATIENCE_MS = 60_000;

export type FoundElectron =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'absent'; readonly why: string };

const folder = join(root, 'node_modules', 'electron');

/** The binary where the npm package keeps it, or null. */
function installed(): string | null {
  const record = join(folder, 'path.txt');
  if (!existsSync(record)) return null;
  const path = join(folder, 'dist', readFileSync(record, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** Runs the package's own installer, which shows its progress; gives what went wrong, or null. */
async function fetchBinary(): Promise<string | null> {
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const code = await new Promise<number | null>((done) => {
    child.on('error', () => done(127));
    child.on('close', done);
  });
  clearTimeout(timer);
  if (code === 0) return null;
  if (code === null) return `it did not arrive within ${PATIENCE_MS / 1000} s`;
  return /(?:Error: |error: )(.+)/.exec(said)?.[1]?.slice(0, 200) ?? `the installer ended with code ${code}`;
}

/** Electron's binary: the one that is here, else fetched. */
export async function findElectron(): Promise<FoundElectron> {
  const here = installed();
  if (here !== null) return { kind: 'found', path: here };
  process.stderr.write('Fetching Electron (once, at most a minute)…\n');
  const trouble = await fetchBinary();
  const path = installed();
  return path !== null
    ? { kind: 'found', path }
    : { kind: 'absent', why: trouble ?? 'it is not where it should be' };
}
