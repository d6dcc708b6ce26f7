import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { MS_PER_HOUR, MS_PER_MINUTE } from '#shared/domain/instant.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { openLocalServices } from '#renderer/data/store/local-services.ts';
import { failed } from '#renderer/data/sync/failure.ts';
import { MemoryJournal } from '#tests/helpers/memory-journal.ts';
import { CLASSIFY, incidentAfter, ZONE } from '#tests/helpers/sync-fixtures.ts';
import { sampleId } from './incident-samples.ts';

const down = async () => failed({ kind: 'network', message: 'no network in this test' });
const later = async () => ({ state: 'later', afterMs: null }) as const;
const nothing = async () => undefined;

/** The duties of a console without a network whose own clock stands still. */
const openAt = (now: number) =>
  openLocalServices({
    session: {
      account: { id: 'u1', login: 'u1', displayName: 'Оператор', role: 'operator', agency: null },
      region: { code: 'eao', name: 'ЕАО', timeZone: ZONE },
      expiresAt: Infinity,
    },
    transport: {
      hello: down,
      snapshot: down,
      changes: down,
      push: down,
      known: down,
      digest: down,
      bucket: down,
      stream: (_onPoke, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => void down().then(resolve));
        }),
    },
    photos: { send: down, fetch: down },
    spare: { put: nothing, get: async () => new Uint8Array(), drop: nothing, all: async () => [] },
    attachments: { begin: later, part: later, finish: later, fetch: down },
    waitingFiles: { keep: nothing, read: async () => null, list: async () => [], remove: nothing },
    journal: new MemoryJournal(),
    appVersion: 'test',
    now: () => now,
    onChange: () => undefined,
  });

test('a workstation that is an hour behind counts as overdue what is overdue at the centre', async () => {
  const incident = incidentAfter(sampleId(1), [CLASSIFY]);
  const due = must(incident.due, 'a deadline').at;
  const { store, queries, close } = await openAt(due - 30 * MS_PER_MINUTE);
  try {
    await store.load([incident], {});
    expect((await queries.laneCounts()).overdue).toBe(0);
    await store.setMeta({ clockOffset: MS_PER_HOUR });
    expect((await queries.laneCounts()).overdue).toBe(1);
    expect((await queries.queue({ ...FIRST_QUERY, lane: 'overdue' }, 0, 10)).total).toBe(1);
  } finally {
    await close();
  }
});
