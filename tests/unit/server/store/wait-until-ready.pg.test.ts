import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { readConfig, type ClusterConfig } from '#server/store/embedded/cluster-config.ts';
import { openEmbedded, type EmbeddedPostgres } from '#server/store/embedded/embedded-postgres.ts';
import { PATIENCE, waitUntilReady } from '#server/store/embedded/running-server.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const dataDir = temporaryFolder('ready');
let postgres: EmbeddedPostgres;
let config: ClusterConfig;
const servers: Server[] = [];

beforeAll(async () => {
  postgres = await openEmbedded({ dataDir });
  config = must(readConfig(join(dataDir, 'postgres.json')), 'a config');
});
afterAll(async () => {
  for (const server of servers) server.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true });
});

/**
 * The answer of PostgreSQL to whoever comes while it recovers: ErrorResponse with code 57P03 (protocol 3.0).
 */
function startingUp(): Buffer {
  const fields = ['SFATAL', 'VFATAL', 'C57P03', 'Mthe database system is starting up', ''].join('\0');
  const body = Buffer.from(`${fields}\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it('a server that says it is starting is waited for past all silence, and the person is told', async () => {
  const said: string[] = [];
  let calls = 0;
  const port = await serve((socket) => {
    calls += 1;
    if (calls <= 12) socket.once('data', () => socket.end(startingUp()));
    else socket.pipe(connect(config.port, '127.0.0.1')).pipe(socket);
  });
  const patience = { ...PATIENCE, silenceMs: 1, tellMs: 100, say: (line: string) => said.push(line) };
  expect(await waitUntilReady(config, { pid: postgres.pid(), port }, patience)).toBe(true);
  expect(calls).toBe(13);
  expect(said[0]).toMatch(/still starting/);
});

it('one that runs and never says a word is stuck', async () => {
  const port = await serve(() => undefined);
  const patience = { ...PATIENCE, silenceMs: 200, replyMs: 100 };
  await expect(waitUntilReady(config, { pid: postgres.pid(), port }, patience)).rejects.toMatchObject({
    kind: 'postgres_failed',
  });
});

it('one whose process is gone is not waited for', async () => {
  expect(await waitUntilReady(config, { pid: 999_999_999, port: 1 }, PATIENCE)).toBe(false);
});
