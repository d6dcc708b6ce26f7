import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { messageIncidentId } from '#server/channels/inbox/take-in.ts';
import { must } from '#shared/domain/must.ts';
import type { FakeComment } from '#tests/fakes/vk-objects.ts';
import { registerArgs } from '#tests/helpers/sync-region.ts';
import { SECRET, VkRegion, WALL } from '#tests/helpers/vk-region.ts';

let before: VkRegion;
let after: VkRegion;
beforeAll(async () => {
  [before, after] = await Promise.all([VkRegion.start(), VkRegion.start()]);
});
afterAll(async () => {
  await Promise.all([before.stop(), after.stop()]);
});

const incidentIn = async ({ messages }: { messages: VkRegion['messages'] }, key: string): Promise<string> =>
  must((await messages()).find((message) => message.key === key)?.incident, 'the incident of the message');
const keyOf = ({ id }: FakeComment): string => `comment:${WALL}_${id}`;

test('a message read again by a database that has forgotten it becomes the same incident', async () => {
  const { comment, incident } = await before.comment(1, 55, 'Нет света');
  await after.arrive(['wall_reply_new', comment]);
  expect(await incidentIn({ messages: () => after.messages() }, keyOf(comment))).toBe(incident);
  const other = await before.comment(1, 56, 'Нет воды');
  expect(other.incident).not.toBe(incident);
});

test('a page that was set up anew in the restored database gives the same ids', async () => {
  const { comment, incident } = await before.comment(2, 57, 'Яма');
  const page = await after.addPage('Та же страница', 'http://127.0.0.1:9');
  const body = Buffer.from(after.fake.event('wall_reply_new', comment, 'again', SECRET));
  await receiveCall(after.channels.inbox, { region: 'eao', id: page, headers: {}, body });
  await drain(after.channels.inbox, 'eao');
  expect((await after.messages(page)).map(({ incident: id }) => id)).toEqual([incident]);
});

test('an id that somebody took is left to him, and the message enters under another', async () => {
  const page = must(await before.channels.pages.find('eao', before.page), 'the page');
  const comment = before.fake.comment(3, 58, 'Снег');
  const id = messageIncidentId(page, keyOf(comment));
  await before.person().do(id, 'register', registerArgs('Занято'));
  await before.arrive(['wall_reply_new', comment]);
  const entered = await incidentIn({ messages: () => before.messages() }, keyOf(comment));
  expect(entered).not.toBe(id);
  expect([(await before.incident(id)).text, (await before.incident(entered)).text]).toEqual([
    'Занято',
    'Снег',
  ]);
});
