import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { person } from '#tests/fakes/max-channel.ts';
import { BotRegion } from '#tests/helpers/bot-region.ts';
import { MaxPages } from '#tests/helpers/max-pages.ts';

let pages: MaxPages;
let region: BotRegion;
beforeAll(async () => {
  pages = await MaxPages.start();
  region = new BotRegion(pages, Date.now);
  await region.settings();
  await region.person('roads-1', 'executor', 'roads');
});
afterAll(() => pages.stop());
beforeEach(async () => {
  await pages.begin();
  await catchUp(pages.channels.inbox, pages.page, 0);
});
afterEach(() => pages.end());

const arrive = async () => {
  await pages.fake.deliver(pages.carry, 'once');
  return pages.incidents();
};
const sent = () =>
  pages.fake.messages.filter(({ sender }) => sender?.is_bot === true).map(({ body }) => body.text);

it('a link with a code that opens the bot ties the chat, and shutting it out ends it', async () => {
  const payload = await region.code('roads-1', pages.page.id);
  pages.fake.tell('bot_started', { chat_id: '900', user: person(8), payload });
  expect(await arrive()).toEqual([]);
  expect((await region.own('roads-1')).tied).toMatchObject({ network: 'max', called: 'Житель 8' });
  await region.run();
  await region.routed('roads');
  await region.run();
  expect(sent()).toEqual([
    expect.stringContaining('Человек roads-1, сюда будут'),
    expect.stringMatching(/№ \d+ · Ямы и выбоины/),
  ]);
  pages.fake.tell('bot_stopped', { chat_id: '900', user: person(8) });
  await arrive();
  expect((await region.own('roads-1')).ended?.why).toBe('blocked');
});

it('a code and /stop as messages are heard, and everything else is a resident’s', async () => {
  pages.fake.say('901', person(9), await region.code('roads-1', pages.page.id));
  pages.fake.say('901', person(9), 'А ещё у нас нет света');
  expect(await arrive()).toMatchObject([{ text: 'А ещё у нас нет света' }]);
  expect((await region.own('roads-1')).tied?.called).toBe('Житель 9');
  pages.fake.say('901', person(9), '/stop');
  expect(await arrive()).toHaveLength(1);
  expect((await region.own('roads-1')).ended?.why).toBe('stopped');
});
