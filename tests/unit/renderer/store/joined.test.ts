import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { joinedTo } from '#renderer/data/store/joined-rows.ts';
import { idMaker, incidentAfter, NOON } from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(5);

const standing = (minute: number): Incident => ({
  ...incidentAfter(newId(), []),
  createdAt: NOON - 10_000_000 + minute * 60_000,
});
const joined = (incident: Incident, into: Incident): Incident => ({
  ...incident,
  version: incident.version + 1,
  step: { name: 'merged', since: NOON, into: into.id, before: incident.step },
});

test('everybody who joined an incident is found here, through others too, and again after a start', async () => {
  const [root, first, second, third, alone] = [1, 2, 3, 4, 5].map(standing) as [
    Incident,
    Incident,
    Incident,
    Incident,
    Incident,
  ];
  const name = 'pult:test:joined';
  const open = (): Promise<DexieSyncStore> => DexieSyncStore.open({ name, newId });
  const found = async (store: DexieSyncStore, of: Incident): Promise<string[]> => {
    await store.incidents.ready;
    return (await joinedTo(store.incidents, of.id)).map(({ id }) => id);
  };
  const store = await open();
  await store.load([root, joined(second, first), alone, joined(first, root), joined(third, root)], {});
  expect(await found(store, root)).toEqual([first.id, second.id, third.id]);
  expect(await found(store, alone)).toEqual([]);
  await store.close();

  const again = await open();
  expect(await found(again, root)).toEqual([first.id, second.id, third.id]);
  await again.load([{ ...third, version: third.version + 2 }], {});
  expect(await found(again, root)).toEqual([first.id, second.id]);
  await again.close();
});
