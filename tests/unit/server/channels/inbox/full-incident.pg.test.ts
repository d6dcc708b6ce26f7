import { afterAll, beforeAll, expect, test } from 'vitest';
import { drain } from '#server/channels/inbox/drain.ts';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { SECRET, VkRegion } from '#tests/helpers/vk-region.ts';

let region: VkRegion;

beforeAll(async () => {
  region = await VkRegion.start();
});
afterAll(() => region.stop());

test('a message that its incident no longer holds opens another one linked to it', async () => {
  const page = await region.addPage('Полная', 'http://127.0.0.1:9');
  const texts = Array.from({ length: 9 }, (_, n) => `${n} ${'слово '.repeat(15_000)}`);
  for (const [n, text] of texts.entries()) {
    const body = region.fake.event('wall_reply_new', region.fake.comment(1, 77, text), `full-${n}`, SECRET);
    const call = { region: 'eao', id: page, headers: {}, body: Buffer.from(body) };
    await receiveCall(region.channels.inbox, call);
  }
  await drain(region.channels.inbox, 'eao');
  const messages = await region.messages(page);
  expect(messages.map(({ text }) => text.slice(0, 9))).toEqual(texts.map((text) => text.slice(0, 9)));
  const ids = [...new Set(messages.map(({ incident }) => incident ?? ''))];
  const [first, second] = await Promise.all(ids.map((id) => region.incident(id)));
  expect(ids).toHaveLength(2);
  expect(first?.continues).toBeUndefined();
  expect(second?.continues).toBe(first?.id);
  const held = [first, second].flatMap((incident) =>
    incident === undefined ? [] : [incident.text, ...incident.messages.map(({ text }) => text)],
  );
  expect(held.map((text) => text.slice(0, 9))).toEqual(texts.map((text) => text.slice(0, 9)));
});
