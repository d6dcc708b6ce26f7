import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { lastReplies, ownWordsReplies } from '#renderer/data/store/last-replies.ts';
import { templateUses } from '#renderer/data/store/template-uses.ts';
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

test('uses of templates are counted over what is here, and replies in own words are the others', async () => {
  const begunWith = (template: string): Incident => {
    const incident = at('satisfaction', 1, 'По шаблону.');
    return { ...incident, replies: incident.replies.map((reply) => ({ ...reply, template })) };
  };
  const store = await DexieSyncStore.open({ name: 'pult:test:template-uses', newId });
  const [gone, kept] = [begunWith('sneg'), begunWith('sneg')];
  const own = at('publishing', 2, 'Своими словами.');
  await store.load([gone, kept, begunWith('svet'), own, at('approval', 3, 'Ещё нет.')], {});
  await store.incidents.ready;
  expect(templateUses(store.incidents)).toEqual({ sneg: 2, svet: 1 });
  expect(await ownWordsReplies(store.incidents)).toEqual([{ incident: own.id, text: 'Своими словами.' }]);
  await store.apply({
    views: [],
    bases: [],
    withoutPending: [],
    gone: [gone.id],
    reference: [],
    referenceGone: [],
    leave: [],
    notAccepted: [],
    meta: {},
  });
  expect(templateUses(store.incidents)).toEqual({ sneg: 1, svet: 1 });
  await store.close();
});
