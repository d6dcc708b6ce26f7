import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Routes } from '#server/api/api.ts';
import { currentOf } from '#server/api/authentication.ts';
import { streamPokes } from '#server/api/poke-stream.ts';
import { API_ROUTES } from '#server/api/routes.ts';
import { findSession } from '#server/accounts/session-store.ts';
import { PokeHub } from '#server/sync/poke-hub.ts';
import { bearer, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const HEARTBEAT_MS = 40;
const BEAT = ': \n\n';

/** The stream with a heart that beats faster than in earnest. */
const quickStream: Routes = (api, { db, now }) => {
  const hub = new PokeHub(db);
  api.get('/api/v1/quick', async (request, reply) => {
    const { token } = currentOf(request);
    const isAllowed = async () => (await findSession(db, token, now())).kind === 'found';
    streamPokes(api, hub, reply, { region: 'eao', knownV: -1, isAllowed }, HEARTBEAT_MS);
    return reply;
  });
};

let test: TestApi;
let address: string;

beforeAll(async () => {
  test = await testApi([{ login: 'operator' }], { routes: [...API_ROUTES, quickStream] });
  address = await test.api.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => test.stop());

async function open(token: string) {
  const { body } = await fetch(`${address}/api/v1/quick`, { headers: bearer(token) });
  if (body === null) throw new Error('no body');
  return body.pipeThrough(new TextDecoderStream()).getReader();
}

describe('a quiet stream', () => {
  it('beats, and stays open while the session stands', async () => {
    const reader = await open(await tokenOf(test.api, 'operator'));
    let text = '';
    while (text.split(BEAT).length <= 3) {
      const part = await reader.read();
      expect(part.done).toBe(false);
      text += part.value ?? '';
    }
    await reader.cancel();
  });

  it('ends after its session was ended, also through another process', async () => {
    const token = await tokenOf(test.api, 'operator');
    const reader = await open(token);
    await test.api.inject({ method: 'DELETE', url: '/api/v1/session', headers: bearer(token) });
    while (!(await reader.read()).done);
    await expect.poll(() => test.api.openStreams.size).toBe(0);
  });

  it('is forgotten when the console leaves', async () => {
    const token = await tokenOf(test.api, 'operator');
    const before = test.api.openStreams.size;
    const reader = await open(token);
    expect(test.api.openStreams.size).toBe(before + 1);
    await reader.cancel();
    await expect.poll(() => test.api.openStreams.size).toBe(before);
  });
});
