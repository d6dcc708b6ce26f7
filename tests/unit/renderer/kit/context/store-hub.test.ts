import { expect, test } from 'vitest';
import { createStoreHub } from '#renderer/kit/context/store-hub.ts';
import { demoReference } from '#tests/fixtures/demo-rows.ts';
import { memoryConsole } from '#tests/fixtures/memory-console-store.ts';

const ZONE = 'Asia/Vladivostok';
const ACTOR = { id: 'operator', role: 'operator', agency: null } as const;

test('a change while the first answers are read reaches the screens', async () => {
  const console = memoryConsole([], demoReference(), ACTOR, ZONE);
  console.setStatus({ connection: { state: 'offline', since: 0, retryAt: null } });
  let isAsked = false;
  const store = {
    ...console.store,
    // The answer is on its way when the session turns out to have ended, and nothing changes after that.
    status: async () => {
      const status = await console.store.status();
      if (!isAsked) {
        isAsked = true;
        console.setStatus({ connection: { state: 'needs_login' } });
      }
      return status;
    },
  };
  const hub = await createStoreHub(store, ZONE);
  expect(hub.status().connection).toEqual({ state: 'needs_login' });
});
