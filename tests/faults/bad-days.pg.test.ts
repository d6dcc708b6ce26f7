import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { apiErrorSchema } from '#shared/protocol/errors.ts';
import { isAlive } from '#server/process/process-identity.ts';
import { ApiClient } from '#tests/e2e/harness/api-client.ts';
import {
  postmasterOf,
  runScript,
  startServer,
  type EndedProcess,
  type RunningPult,
} from '#tests/e2e/harness/server.ts';
import { PATIENCE_MS, until } from '#tests/e2e/harness/until.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const STACK = /^\s+at .+:\d+:\d+/m;

let server: RunningPult;
let client: ApiClient;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true, isConsoleServed: false });
  client = await ApiClient.logIn(server.url, server.account('operator'));
});

afterAll(() => server.stop());

/**
 * Reads the refusal of a process that ended by itself: nothing on standard output, and words without a
 * stack.
 */
function plainlySaid(ended: EndedProcess): string {
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).not.toMatch(STACK);
  return ended.stderr;
}

test('a taken port is said plainly', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as AddressInfo;
  const dataDir = temporaryFolder('port');
  try {
    const ended = await runScript('server/main.ts', ['--no-open', '--port', String(port), '--data', dataDir]);
    expect(plainlySaid(ended)).toMatch(new RegExp(`Port ${port} is taken by another program\\.\n.*--port N`));
    // Whoever could not serve leaves no database running behind it.
    expect(postmasterOf(dataDir)).toBeNull();
  } finally {
    other.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('a data folder in use by another process is left alone', async () => {
  const ended = await runScript('server/main.ts', ['--no-open', '--port', '0', '--data', server.dataDir]);
  expect(plainlySaid(ended)).toMatch(new RegExp(`already runs on .+process ${server.pid}`));
  expect((await client.hello()).headV).toBeGreaterThan(0);
});

test('a database that is not there is named, with its variable', async () => {
  const away = { DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/pult' };
  const ended = await runScript('server/main.ts', ['--no-open', '--port', '0'], away);
  expect(plainlySaid(ended)).toMatch(/PostgreSQL at 127\.0\.0\.1:1 does not let us in.*\n.*DATABASE_URL/);
  expect(ended.stderr).not.toContain('secret-word');
});

test.each([
  [['--port', 'eighty'], /"eighty" is not a port/],
  [['--colour', 'red'], /--colour/],
])('arguments %j are refused with the usage', async (args, words) => {
  expect(plainlySaid(await runScript('server/main.ts', args))).toMatch(words);
});

/**
 * The ways this machine has of making a folder that even root cannot write; each with what must then be said.
 */
function readOnlyRun(folder: string): { readonly ended: EndedProcess; readonly words: RegExp } {
  const start = `'${process.execPath}' '${join(root, 'server/main.ts')}'`;
  const server = `${start} --no-open --port 0 --data '${folder}'`;
  const run = (file: string, args: readonly string[]): EndedProcess => {
    const {
      status: code,
      stdout,
      stderr,
    } = spawnSync(file, args, { encoding: 'utf8', timeout: PATIENCE_MS });
    return { code, stdout, stderr };
  };
  const mounting = `mount -t tmpfs -o ro none '${folder}'`;
  const [file, ...args] = ['unshare', '--mount', '--map-root-user', 'sh', '-c'] as const;
  if (spawnSync(file, [...args, mounting]).status === 0) {
    return {
      ended: run(file, [...args, `${mounting} && exec ${server}`]),
      words: /The disk under .+ is read-only\.\n.*--data DIR/,
    };
  }
  chmodSync(folder, 0o555);
  const words = /cannot be written by this user\.\n.*--data DIR/;
  if (process.getuid?.() !== 0) return { ended: run('sh', ['-c', server]), words };
  return {
    ended: run('setpriv', ['--bounding-set', '-dac_override,-dac_read_search', 'sh', '-c', server]),
    words,
  };
}

test('a disk that cannot be written is said plainly', () => {
  const folder = temporaryFolder('read-only');
  try {
    const { ended, words } = readOnlyRun(folder);
    expect(plainlySaid(ended)).toMatch(words);
  } finally {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Asks once and gives the status; every error answer must be one of the catalogue. */
async function askHello(): Promise<number> {
  const response = await fetch(`${server.url}/api/v1/session`, {
    headers: client.headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body: unknown = await response.json();
  // Every error must be one of the catalogue, and this one.
  if (!response.ok && apiErrorSchema.parse(body).error.kind !== 'unavailable')
    throw new Error(JSON.stringify(body));
  return response.status;
}

test('PostgreSQL killed under the API: it answers 503 meanwhile and recovers by itself', async () => {
  const before = must(postmasterOf(server.dataDir), 'a running PostgreSQL');
  process.kill(before, 'SIGKILL');
  const statuses: number[] = [];
  await until(
    'another PostgreSQL serves',
    async () => {
      statuses.push(await askHello());
      return { status: statuses.at(-1), postmaster: postmasterOf(server.dataDir) };
    },
    ({ status, postmaster }) => status === 200 && postmaster !== null && postmaster !== before,
  );
  expect(statuses.at(-1)).toBe(200);
  expect(statuses).toContain(503);
  expect(new Set(statuses).size).toBeLessThanOrEqual(2);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.output()).toMatch(/PostgreSQL \(process \d+\) is gone; starting it again/);
  expect(server.output()).not.toMatch(STACK);
});

test('asked to stop, it ends streams and the database, and leaves nothing behind', async () => {
  const stream = await fetch(`${server.url}/api/v1/sync/stream`, { headers: client.headers });
  const reading = new Response(stream.body).text();
  const postmaster = must(postmasterOf(server.dataDir), 'a running PostgreSQL');
  expect(await server.kill('SIGTERM')).toBe(143);
  expect(await reading).toContain(': welcome');
  expect(isAlive(postmaster)).toBe(false);
  expect(existsSync(join(server.dataDir, 'api.lock'))).toBe(false);
});
