import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.ts';

/**
 * How long fetching Electron's binary may stand still, ms: a closed network must not keep anybody waiting, a
 * slow one may.
 */
const PATIENCE_MS = 60_000;
const LOOK_MS = 1000;

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

/** Bytes in a folder, files being written among them. */
function sizeOf(at: string): number {
  return readdirSync(at, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    const path = join(entry.parentPath, entry.name);
    return sum + (entry.isFile() ? (statSync(path, { throwIfNoEntry: false })?.size ?? 0) : 0);
  }, 0);
}

/**
 * Ends `child` when nothing has been added to the folder for {@link PATIENCE_MS}. Gives a way to stop
 * watching.
 */
function endWhenStill(child: ChildProcess, at: string): () => void {
  let known = { size: sizeOf(at), since: Date.now() };
  const timer = setInterval(() => {
    const size = sizeOf(at);
    if (size !== known.size) known = { size, since: Date.now() };
    else if (Date.now() - known.since > PATIENCE_MS) child.kill('SIGKILL');
  }, LOOK_MS);
  return () => clearInterval(timer);
}

/** Runs the package's own installer, which shows its progress; gives what went wrong, or null. */
async function fetchBinary(): Promise<string | null> {
  const downloads = mkdtempSync(join(tmpdir(), 'pult-electron-'));
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, TMPDIR: downloads, TEMP: downloads, TMP: downloads },
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stopWatching = endWhenStill(child, downloads);
  const code = await new Promise<number | null>((done) => {
    child.on('error', () => done(127));
    child.on('close', done);
  });
  stopWatching();
  rmSync(downloads, { recursive: true, force: true });
  if (code === 0) return null;
  if (code === null) return `nothing of it arrived for ${PATIENCE_MS / 1000} s`;
  return (
    /(?:Error: |error: )(.+)/.exec(output)?.[1]?.slice(0, 200) ?? `the installer ended with code ${code}`
  );
}

/** Electron's binary: the one that is here, else fetched. */
export async function findElectron(): Promise<FoundElectron> {
  const here = installed();
  if (here !== null) return { kind: 'found', path: here };
  process.stderr.write('Fetching Electron (once; a hundred megabytes)…\n');
  const trouble = await fetchBinary();
  const path = installed();
  return path !== null
    ? { kind: 'found', path }
    : { kind: 'absent', why: trouble ?? 'it is not where it should be' };
}
