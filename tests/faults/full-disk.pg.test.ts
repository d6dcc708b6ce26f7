import { rmSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient, registerArgs } from '#tests/e2e/harness/api-client.ts';
import { startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { fillDisk, onSmallDisk } from '#tests/e2e/harness/small-disk.ts';
import { until } from '#tests/e2e/harness/until.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const dataDir = temporaryFolder('small-disk');
let server: RunningPult;

beforeAll(async () => {
  server = await startServer({
    hasJanuary: true,
    dataDir,
    isConsoleServed: false,
    wrap: onSmallDisk(dataDir, 500),
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (path: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${server.url}${path}`);
  return { status: response.status, body: await response.json() };
};

test('a full disk of the database is no place to send people to, until there is room again', async () => {
  const client = await ApiClient.logIn(server.url, server.account('operator'));
  expect(await ask('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
  const empty = fillDisk(server.pid, dataDir);
  const full = await until(
    'it is known',
    () => ask('/readyz'),
    ({ status }) => status !== 200,
  );
  expect(full).toMatchObject({
    status: 503,
    body: { error: { kind: 'unavailable', detail: { reason: 'disk_full' } } },
  });
  // It lives, so nobody need start it again, and what can be read is read.
  expect((await ask('/healthz')).status).toBe(200);
  expect((await client.hello()).headV).toBeGreaterThan(0);

  empty();
  await until(
    'it is ready again',
    () => ask('/readyz'),
    ({ status }) => status === 200,
  );
  const id = uuidv7();
  await client.push([client.envelope(id, 'register', registerArgs('Место снова есть'))]);
  expect((await client.incidents()).has(id)).toBe(true);
});
