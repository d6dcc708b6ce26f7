import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { tryLock, withLock } from '#server/process/file-lock.ts';
import { takeInstanceLock } from '#server/process/instance-lock.ts';
import { identityOf } from '#server/process/process-identity.ts';
import { StartupError, diskError } from '#server/process/startup-error.ts';
import { explainServerFailure } from '#server/store/embedded/explain-failure.ts';

const folder = mkdtempSync(join(tmpdir(), 'pult-lock-'));
const path = join(folder, 'api.lock');
const DEAD = JSON.stringify({ pid: 999_999_999, startedAt: '', note: '', nonce: 'x' });

beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const module = fileURLToPath(new URL('../../../../server/process/file-lock.ts', import.meta.url));

/** Takes the lock in a process of its own, says how it went, and holds on until it is let go. */
async function lockElsewhere(): Promise<{ readonly said: string; readonly letGo: () => Promise<unknown> }> {
  const script = `import { tryLock } from ${JSON.stringify(module)};
    process.stdout.write(tryLock(${JSON.stringify(path)}).kind); process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [said] = await once(child.stdout, 'data');
  const letGo = (): Promise<unknown> => {
    child.stdin.end();
    return ended;
  };
  return { said: String(said), letGo };
}

describe('a lock file', () => {
  it('is held by one process; its holder is told to others', () => {
    const lock = tryLock(path, 'first');
    expect(lock.kind).toBe('held');
    expect(tryLock(path)).toMatchObject({ kind: 'taken', by: { pid: process.pid, note: 'first' } });
    if (lock.kind === 'held') lock.release();
    expect(tryLock(path).kind).toBe('held');
  });

  it.each([
    ['a dead process', DEAD],
    [
      'an earlier process with our number',
      JSON.stringify({ ...identityOf(), startedAt: 'earlier/1', note: '', nonce: 'x' }),
    ],
    ['a torn file', '{"pid":1'],
  ])('is taken over from %s', (_what, content) => {
    writeFileSync(path, content);
    expect(tryLock(path).kind).toBe('held');
    expect(readdirSync(folder)).toEqual(['api.lock']);
  });

  it('is taken over by exactly one of many that find it stale at once', async () => {
    writeFileSync(path, DEAD);
    const results = await Promise.all(Array.from({ length: 6 }, lockElsewhere));
    await Promise.all(results.map(({ letGo }) => letGo()));
    expect(results.filter(({ said }) => said === 'held')).toHaveLength(1);
  });

  it('makes work wait for its turn', async () => {
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((done) => setTimeout(done, 20));
      inside -= 1;
    };
    await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  });

  it('lets one API run on a data folder', () => {
    const lock = takeInstanceLock(folder);
    expect(() => takeInstanceLock(folder)).toThrow(
      `Pult already runs on ${folder} (process ${process.pid}).`,
    );
    lock.release();
    takeInstanceLock(folder).release();
  });
});

describe('what cannot be written', () => {
  const kindOf = (error: unknown) => (error instanceof StartupError ? error.kind : error);

  it.each([
    ['EROFS', 'read_only'],
    ['ENOSPC', 'no_space'],
    ['EDQUOT', 'no_space'],
    ['EACCES', 'not_permitted'],
    ['ENOTDIR', 'not_permitted'],
  ])('%s is told as %s', (code, kind) => {
    expect(kindOf(diskError(Object.assign(new Error('x'), { code }), '/data'))).toBe(kind);
  });

  it.each([
    ['initdb: error: could not create directory "/d/base/1": No space left on device', 'no_space'],
    ['FATAL:  could not create lock file "postmaster.pid": Read-only file system', 'read_only'],
    ['FATAL:  could not open file "global/pg_control": Permission denied', 'not_permitted'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port_taken'],
    ['FATAL:  database files are incompatible with server', 'postgres_failed'],
  ])('PostgreSQL’s "%s" is told as %s', (output, kind) => {
    expect(explainServerFailure(output, '/d').kind).toBe(kind);
  });
});
