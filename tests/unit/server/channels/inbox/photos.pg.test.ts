import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { FakeOk } from '#tests/fakes/ok.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import { OK_GROUP, okPage } from '#tests/helpers/ok-page.ts';
import { png } from '#tests/helpers/png.ts';
import { resident, TelegramPage, TOKEN } from '#tests/helpers/telegram-page.ts';

let desk: ChannelDesk;
let at: TelegramPage;

beforeAll(async () => {
  desk = await ChannelDesk.open();
});

beforeEach(async () => {
  await at?.fake.stop();
  at = await TelegramPage.open(desk);
});

afterAll(async () => {
  await at.fake.stop();
  await desk.close();
});

const PICTURES = [png(40, 30, 10), png(41, 31, 120), png(42, 32, 240)];
const asShown = PICTURES.map((bytes) => ({ type: 'image/png', bytes }));

async function newest() {
  return must((await at.arrive()).at(-1), 'an incident');
}

test('a photo in Telegram is shown to the byte, in its largest size, and nothing that is kept holds the token', async () => {
  const [first, second] = PICTURES.map((bytes) => at.fake.files.photo(bytes));
  const under = { from: resident(10), message_thread_id: 5 };
  at.fake.say(at.group, { ...under, caption: 'Яма', photo: first });
  at.fake.say(at.group, { ...under, photo: second });
  const { id, media = [], messages } = await newest();
  const address = new RegExp(`^channel:${at.page.id}/[\\w-]+$`);
  expect(media).toEqual([expect.stringMatching(address)]);
  expect(messages[0]?.media).toEqual([expect.stringMatching(address)]);
  expect(await desk.photo(id, 0, 0)).toEqual(asShown[0]);
  expect(await desk.photo(id, 1, 0)).toEqual(asShown[1]);
  // A path is good for an hour, a photo for as long as the network has it.
  at.fake.files.ahead = 2 * 3_600_000;
  expect(await desk.photo(id, 0, 0)).toEqual(asShown[0]);
  expect(JSON.stringify(await desk.incidents(at.page))).not.toContain(TOKEN);
  expect(desk.logged.join('\n')).not.toContain(TOKEN);
});

test('an album in Telegram is one message with all its photos, in their order; a camera’s file is a photo too', async () => {
  const parts = PICTURES.map((bytes) => ({
    from: resident(20),
    media_group_id: '13800002',
    photo: at.fake.files.photo(bytes),
  }));
  for (const part of parts) at.fake.say(at.group, part);
  const album = await newest();
  expect(album.media).toHaveLength(3);
  for (const [n, shown] of asShown.entries()) expect(await desk.photo(album.id, 0, n)).toEqual(shown);
  const document = at.fake.files.document(must(PICTURES[0], 'a picture'), 'image/png');
  at.fake.say(at.group, { from: resident(21), document });
  const table = at.fake.files.document(Buffer.from('%PDF'), 'application/pdf');
  at.fake.say(at.group, { from: resident(22), document: table });
  const [paper, file] = (await at.arrive()).toReversed();
  expect(await desk.photo(must(file, 'the file').id, 0, 0)).toEqual(asShown[0]);
  expect(paper).toMatchObject({ source: { hasMedia: true } });
  expect(paper?.media).toBeUndefined();
});

test('a photo that cannot be had says why, to those only who see the incident', async () => {
  const [photo, bomb, page] = [png(40, 30), png(50_000, 50_000), Buffer.from('<html><script>')].map((bytes) =>
    at.fake.files.photo(bytes),
  );
  const ids: string[] = [];
  for (const [n, sizes] of [photo, bomb, page, [{ file_id: 5 }], [{}]].entries()) {
    at.fake.say(at.group, { from: resident(30 + n), photo: sizes });
    ids.push((await newest()).id);
  }
  const [first = '', second = '', third = '', ...odd] = ids;
  expect(await desk.photo(second, 0, 0)).toEqual({ status: 404, refusal: 'bomb' });
  expect(await desk.photo(third, 0, 0)).toEqual({ status: 404, refusal: 'not_a_photo' });
  // What is not as Telegram says it is, cost the picture and not the message.
  for (const id of odd) expect(await desk.photo(id, 0, 0)).toEqual({ status: 404, refusal: undefined });
  expect(await desk.photo(first, 0, 0, 'executor')).toEqual({ status: 404, refusal: undefined });
  for (const call of ['getFile', 'file']) {
    at.fake.failNext(call, 'cut');
    expect(await desk.photo(first, 0, 0)).toEqual({ status: 404, refusal: 'unreachable' });
  }
  at.fake.files.forget(must(photo?.at(-1), 'the largest').file_id);
  expect(await desk.photo(first, 0, 0)).toEqual({ status: 404, refusal: 'gone' });
  expect(desk.logged.join('\n')).not.toContain(TOKEN);
});

test('photos in chats and under topics of Odnoklassniki are shown to the byte', async () => {
  const ok = new FakeOk(OK_GROUP, desk.channels.inbox.now);
  const page = await desk.add(okPage(await ok.start()));
  const [first, second, third] = PICTURES.map((bytes) => ok.image(bytes));
  await catchUp(desk.channels.inbox, page, 0);
  const share = { type: 'SHARE', payload: { url: 'https://ok.ru/' } };
  ok.say('chat:C1', '10', 'Анна', 'Вот', [must(first, 'one'), share, must(second, 'two')]);
  ok.say('chat:C2', '11', 'Олег', 'Без адреса', [{ type: 'IMAGE', payload: {} }, { type: 'IMAGE' }]);
  await ok.deliver(async (url, body) => (await desk.call(url, body)).status);
  ok.comment('150000001', '30', 'Ольга', 'Яма у школы', [must(third, 'three')]);
  await catchUp(desk.channels.inbox, page, 0);
  const [chat, bare, comment] = await desk.incidents(page);
  expect(chat?.media).toHaveLength(2);
  expect(await desk.photo(must(chat, 'the chat').id, 0, 0)).toEqual(asShown[0]);
  expect(await desk.photo(must(chat, 'the chat').id, 0, 1)).toEqual(asShown[1]);
  expect(bare).toMatchObject({ text: 'Без адреса', source: { hasMedia: true } });
  expect(await desk.photo(must(comment, 'the comment').id, 0, 0)).toEqual(asShown[2]);
  await ok.stop();
});
