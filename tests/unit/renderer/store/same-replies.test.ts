import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { sameReplies } from '#renderer/data/store/same-replies.ts';
import { build, WAY_TO } from '#tests/fixtures/incident-builder.ts';
import { idMaker } from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(52);

/** An incident whose reply waits for approval since a minute. */
function waiting(minute: number, text: string): Incident {
  const incident = build(WAY_TO['approval']);
  const reply = must(incident.replies.at(-1), 'the reply');
  return {
    ...incident,
    id: newId(),
    step: { name: 'approval', since: incident.createdAt + minute * 60_000 },
    replies: [...incident.replies.slice(0, -1), { ...reply, text }],
  };
}

test('replies on approval that say the same are found, the longest wait first', async () => {
  const shown = waiting(1, 'Здравствуйте, Мария! Яму засыпали 3 мая.');
  const late = waiting(9, 'Здравствуйте, Иван! Яму засыпали 3 мая.');
  const early = waiting(2, 'Здравствуйте! Яму засыпали 3 мая.');
  const other = waiting(3, 'Здравствуйте, Мария! Яму засыпали 4 мая.');
  const approved = {
    ...waiting(4, 'Здравствуйте! Яму засыпали 3 мая.'),
    step: build(WAY_TO['publishing']).step,
  };
  const store = await DexieSyncStore.open({ name: 'pult:test:same', newId });
  await store.load([late, shown, other, approved, early], {});
  await store.incidents.ready;
  expect((await sameReplies(store.incidents, shown.id)).map(({ id }) => id)).toEqual([early.id, late.id]);
  expect(await sameReplies(store.incidents, other.id)).toEqual([]);
  expect(await sameReplies(store.incidents, newId())).toEqual([]);
  await store.close();
});
