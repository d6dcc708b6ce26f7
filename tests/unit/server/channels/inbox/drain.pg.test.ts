import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { readEventLog } from '#server/channels/inbox/event-log.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { readListedPages } from '#server/channels/pages/read-pages.ts';
import { withScope } from '#server/store/database.ts';
import type { FakeComment } from '#tests/fakes/vk-objects.ts';
import { SECRET, VkRegion, WALL } from '#tests/helpers/vk-region.ts';

type VkCall = readonly [type: string, object: object];

let region: VkRegion;
let page: string;
let events = 0;

beforeAll(async () => {
  region = await VkRegion.start();
});

beforeEach(async () => {
  page = await region.addPage(`Страница ${events}`, 'http://127.0.0.1:9');
});

afterAll(() => region.stop());

/** VK calls with these; nothing is read yet. */
async function tell(id: string, ...calls: readonly VkCall[]): Promise<void> {
  for (const [type, object] of calls) {
    events += 1;
    const body = region.fake.event(type, object, `drain-${events}`, SECRET);
    expect(
      await receiveCall(region.channels.inbox, { region: 'eao', id, headers: {}, body: Buffer.from(body) }),
    ).toMatchObject({ text: 'ok' });
  }
}

/** As it is done when calls have ceased: in a storm of them, batches are small. */
async function read(): Promise<void> {
  while (!(await region.channels.inbox.load.calm()));
  await drain(region.channels.inbox, 'eao');
}

const write = (post: number, author: number, text: string): FakeComment =>
  region.fake.comment(post, author, text);
const isNew = (comment: object): VkCall => ['wall_reply_new', comment];
const isGone = ({ id, post_id: post, from_id: from }: FakeComment): VkCall => [
  'wall_reply_delete',
  { owner_id: WALL, id, deleter_id: from, post_id: post },
];

/** How far the region's clock has gone. */
async function revision(): Promise<number> {
  const { v } = await withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('sync_clock').select('v').where('region_id', '=', 'eao').executeTakeFirstOrThrow(),
  );
  return v;
}

const states = (): Promise<{ state: string; reason: string | null }[]> =>
  withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('channel_event')
      .select(['state', 'reason'])
      .where('channel_id', '=', page)
      .orderBy('seq')
      .execute(),
  );

test('many messages are read in few revisions, each into an incident of its own with a number of its own', async () => {
  const comments = Array.from({ length: 250 }, (_, index) => write(1, 1000 + index, `Сообщение ${index}`));
  await tell(page, ...comments.map(isNew));
  const before = await revision();
  await Promise.all([read(), read()]);
  expect((await revision()) - before).toBe(3);
  const messages = await region.messages(page);
  expect(messages.map(({ text }) => text)).toEqual(comments.map(({ text }) => text));
  expect(new Set(messages.map(({ incident }) => incident)).size).toBe(250);
  const incidents = await Promise.all(messages.map(({ incident }) => region.incident(incident ?? '')));
  expect(new Set(incidents.map(({ number }) => number)).size).toBe(250);
  expect(incidents.map(({ text }) => text)).toEqual(comments.map(({ text }) => text));
  const pages = await readListedPages(region.base.db, 'eao');
  expect(pages.find(({ id }) => id === page)).toMatchObject({
    recovered: 0,
    lastEventAt: expect.any(Number),
  });
});

test('what one author writes, changes, deletes and restores is told in its order, though it is read at once', async () => {
  const first = write(2, 20, 'Нет воды');
  const second = write(2, 20, 'И света');
  const edited = { ...first, text: 'Нет воды и тепла' };
  await tell(page, isNew(first), ['wall_reply_edit', edited], isNew(second), isNew(first), isGone(first), [
    'wall_reply_restore',
    edited,
  ]);
  await read();
  const [opening, later] = await region.messages(page);
  expect(opening).toMatchObject({ text: 'Нет воды', edited: 'Нет воды и тепла', deletedAt: null });
  expect(later?.incident).toBe(opening?.incident);
  const incident = await region.incident(opening?.incident ?? '');
  expect(incident.messages.map(({ text }) => text)).toEqual(['И света']);
  expect(incident.sourceChanges?.map(({ text }) => text)).toEqual([
    'Нет воды и тепла',
    null,
    'Нет воды и тепла',
  ]);
  expect((await states())[3]).toEqual({ state: 'done', reason: 'duplicate' });
});

test('a message that only the log knew and that was deleted is there again when it is restored', async () => {
  const { channels } = region;
  await withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('channel')
      .set({ watch: JSON.stringify(['яма']) })
      .where('id', '=', page)
      .execute(),
  );
  channels.pages.forget();
  const comment = write(3, 30, 'Просто так');
  await tell(page, isNew(comment), isGone(comment));
  await read();
  expect((await region.messages(page))[0]?.deletedAt).not.toBeNull();
  await tell(page, ['wall_reply_restore', comment]);
  await read();
  expect((await region.messages(page))[0]).toMatchObject({ deletedAt: null, incident: null });
  await tell(page, isGone(comment));
  await read();
  expect((await region.messages(page))[0]?.deletedAt).not.toBeNull();
});

test('an event that cannot be read holds up none of its batch', async () => {
  const comments = [1, 2, 3, 4].map((author) => write(4, 40 + author, `Цело ${author}`));
  const [first, second, third, fourth] = comments.map(isNew) as [VkCall, VkCall, VkCall, VkCall];
  await tell(
    page,
    first,
    ['wall_reply_new', { id: 'не число' }],
    second,
    ['wall_new_kind', {}],
    third,
    fourth,
  );
  await read();
  expect((await states()).map(({ state }) => state)).toEqual([
    'done',
    'failed',
    'done',
    'unknown',
    'done',
    'done',
  ]);
  expect((await region.messages(page)).map(({ text }) => text)).toEqual(comments.map(({ text }) => text));
});

test('an event that the database refuses is found among its batch, kept as failed, and read again when it is mended', async () => {
  await sql`create function refuse() returns trigger language plpgsql as $$ begin
    if new.text like 'Отрава%' then raise exception 'poison'
      using errcode = '22023'; end if; return new; end $$`.execute(region.base.owner);
  await sql`create trigger refuse before insert on channel_message for each row execute function
    refuse()`.execute(region.base.owner);
  const comments = Array.from({ length: 130 }, (_, index) =>
    write(5, 500 + index, index % 50 === 7 ? `Отрава ${index}` : `Хлеб ${index}`),
  );
  await tell(page, ...comments.map(isNew));
  await read();
  const isPoison = (text: string): boolean => text.startsWith('Отрава');
  expect((await states()).map(({ state }) => state)).toEqual(
    comments.map(({ text }) => (isPoison(text) ? 'failed' : 'done')),
  );
  expect((await region.messages(page)).map(({ text }) => text)).toEqual(
    comments.map(({ text }) => text).filter((text) => !isPoison(text)),
  );
  await sql`drop trigger refuse on channel_message`.execute(region.base.owner);
  expect((await readEventLog(region.base.db, 'eao', page)).map(({ reason }) => reason)).toEqual(
    Array(3).fill('unreadable:error'),
  );
  await withScope(region.base.db, { region: 'eao' }, (tx) =>
    tx
      .updateTable('channel_event')
      .set({ state: 'new' })
      .where('state', '=', 'failed')
      .where('channel_id', '=', page)
      .execute(),
  );
  await read();
  expect((await region.messages(page)).every(({ incident }) => incident !== null)).toBe(true);
});

test('damaged rows that say two incidents were merged into each other hold up nobody', async () => {
  await tell(page, isNew(write(7, 70, 'Раз')), isNew(write(7, 71, 'Два')));
  await read();
  const ids = (await region.messages(page)).map(({ incident }) => incident ?? '');
  for (const [index, id] of ids.entries())
    await withScope(region.base.db, { region: 'eao' }, (tx) =>
      tx
        .updateTable('incident')
        .set({ merged_into: ids[1 - index] })
        .where('id', '=', id)
        .execute(),
    );
  await tell(page, isNew(write(7, 70, 'Три')));
  await read();
  expect(ids).not.toContain((await region.messages(page)).at(-1)?.incident);
  expect((await states()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

test('whole messages of a megabyte are read a few at a time', async () => {
  const comments = Array.from({ length: 8 }, (_, index) =>
    write(6, 600 + index, `${index}`.repeat(1_000_000)),
  );
  await tell(page, ...comments.map(isNew));
  const before = await revision();
  await read();
  expect((await revision()) - before).toBeGreaterThan(2);
  expect((await region.messages(page)).map(({ text }) => text.length)).toEqual(Array(8).fill(1_000_000));
});

/** A story of some comments under a post: who writes, and what happens to which of them then. */
const story = fc.array(
  fc.record({
    what: fc.constantFrom('new', 'edit', 'delete', 'restore', 'again'),
    which: fc.nat(4),
    text: fc.constantFrom('Раз', 'Два', 'Три'),
  }),
  { minLength: 1, maxLength: 14 },
);

type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** The events of a story; comments 0 and 1, 2 and 3 have one author each. */
function eventsOf(steps: Story, post: number): VkCall[] {
  const comments = [0, 1, 2, 3, 4].map((n) => ({
    ...write(post, 7000 + Math.floor(n / 2), `Слова ${n}`),
    date: 1_700_000_000 + n,
  }));
  return steps.flatMap(({ what, which, text }): VkCall[] => {
    const comment = comments[which];
    if (comment === undefined) return [];
    if (what === 'delete') return [isGone(comment)];
    if (what === 'new' || what === 'again') return [isNew(comment)];
    return [[`wall_reply_${what}`, { ...comment, text }]];
  });
}

/** Reads a page's incidents without their ids. */
async function outcome(id: string): Promise<unknown> {
  const messages = await region.messages(id);
  const order = [...new Set(messages.map(({ incident }) => incident))];
  const incidents = await Promise.all(
    order.map(async (incident) => {
      if (incident === null) return null;
      const { text, version, messages: later, sourceChanges = [] } = await region.incident(incident);
      const changes = sourceChanges.map(({ message, text: now }) => [message, now]);
      return { text, version, later: later.map((message) => message.text), changes };
    }),
  );
  const known = messages.map(({ text, edited, deletedAt, incident }) => [
    text,
    edited,
    deletedAt !== null,
    order.indexOf(incident),
  ]);
  return { known, incidents };
}

test('read together or one by one, events come to the same', async () => {
  let post = 100;
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      post += 1;
      const calls = eventsOf(steps, post);
      const [together, single] = [
        await region.addPage('Вместе', 'http://127.0.0.1:9'),
        await region.addPage('По одному', 'http://127.0.0.1:9'),
      ];
      await tell(together, ...calls);
      await read();
      for (const call of calls) {
        await tell(single, call);
        await read();
      }
      expect(await outcome(together)).toEqual(await outcome(single));
    }),
    { numRuns: 25 },
  );
});
