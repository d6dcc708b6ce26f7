import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { lastReplies } from '#renderer/data/store/last-replies.ts';
import { build, WAY_TO } from '#tests/fixtures/incident-builder.ts';
import { idMaker } from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(53);

/** An incident at this step since so many minutes, whose reply says this. */
function at(step: 'approval' | 'publishing' | 'satisfaction', minute: number, text: string): Incident {
  const incident = build(WAY_TO[step]);
  const reply = must(incident.replies.at(-1), 'the reply');
  return {
    ...incident,
    id: newId(),
    step: { ...incident.step, since: incident.createdAt + minute * 60_000 },
    replies: [{ ...reply, text }],
  };
}

test('the last replies of others are found, without one’s own and those nobody has approved', async () => {
  const own = at('satisfaction', 3, 'Свой ответ.');
  const store = await DexieSyncStore.open({ name: 'pult:test:last-replies', newId });
  const published = at('satisfaction', 1, 'Опубликован.');
  const approved = at('publishing', 2, 'Согласован.');
  await store.load([own, published, at('approval', 4, 'Не согласован.'), approved], {});
  await store.incidents.ready;
  const found = await lastReplies(store.incidents, own.id);
  expect(found.toSorted()).toEqual(['Опубликован.', 'Согласован.']);
  await store.close();
});

test('no more than fifty are read, those of the latest answers', async () => {
  const store = await DexieSyncStore.open({ name: 'pult:test:fifty-replies', newId });
  const all = Array.from({ length: 60 }, (_, minute) => at('satisfaction', minute, `Ответ ${minute}.`));
  await store.load(all, {});
  await store.incidents.ready;
  const found = new Set(await lastReplies(store.incidents, newId()));
  expect(found.size).toBe(50);
  expect([found.has('Ответ 9.'), found.has('Ответ 10.'), found.has('Ответ 59.')]).toEqual([
    false,
    true,
    true,
  ]);
  await store.close();
});
