import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { readReplyDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { catchUp } from '#server/channels/inbox/catch-up.ts';
import { lookBack } from '#server/channels/outbox/look-back.ts';
import { sendDueReplies } from '#server/channels/outbox/send-replies.ts';
import { UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { settleReply } from '#server/channels/outbox/settle-reply.ts';
import { withScope } from '#server/store/database.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { person } from '#tests/fakes/max-channel.ts';
import { FakeOk } from '#tests/fakes/ok.ts';
import { pdfBytes, pngBytes, webpBytes } from '#tests/fixtures/picture-bytes.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { fileOf } from '#tests/helpers/attachment-desk.ts';
import { ChannelDesk } from '#tests/helpers/channel-desk.ts';
import { approveAnswer } from '#tests/helpers/channel-region.ts';
import { handIn } from '#tests/helpers/hand-in.ts';
import { MaxPages } from '#tests/helpers/max-pages.ts';
import { OK_GROUP, okPage } from '#tests/helpers/ok-page.ts';
import { resident, TelegramPage } from '#tests/helpers/telegram-page.ts';
import { exchangeViolations } from '#tests/helpers/vk-schema.ts';
import { VkRegion } from '#tests/helpers/vk-region.ts';

/** Ends a wait that hangs; the one of Vitest is a second. */
const HANGS = { timeout: PATIENCE_MS };
/** Whoever drafts answers in these tests. */
const AUTHOR = 'approver-1';
const photo = photoBytes({ data: [7, 7, 7] });
const scan = pdfBytes();
const drawing = webpBytes();

describe('VK', () => {
  let at: VkRegion;
  beforeAll(async () => {
    at = await VkRegion.start();
  });
  afterAll(() => at.stop());
  const bytesOf = (index: number) =>
    must(at.fake.attached.at(index), 'an answer with files').files.map((file) => new Uint8Array(file));
  const sending = async (id: string) =>
    must((await readReplyDeliveries(at.base.db, 'eao', id)).at(-1), 'the reply');
  const row = (id: string) =>
    withScope(at.base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('reply_send').selectAll().where('incident_id', '=', id).executeTakeFirstOrThrow(),
    );
  let post = 10;
  async function answered(text: string, files: Parameters<VkRegion['approve']>[2]) {
    post += 1;
    const { incident } = await at.comment(post, 500 + post, 'Когда починят?');
    await at.approve(incident, text, files);
    return incident;
  }

  it('gets photos and PDFs of an answer under a post as documents, for its token stores nothing else there', async () => {
    const files = [
      await handIn(at.base.db, AUTHOR, photo, 'Двор'),
      await handIn(at.base.db, AUTHOR, scan, 'Ответ'),
    ];
    const id = await answered('Убрали', files);
    await at.later(UNDO_MS);
    expect(at.fake.attached).toHaveLength(1);
    expect(bytesOf(0)).toEqual([photo, scan]);
    expect(at.fake.uploads.saved.map(({ title }) => title)).toEqual(['Двор.jpg', 'Ответ.pdf']);
    expect(exchangeViolations(at.fake.exchanges)).toEqual([]);
    const incident = await at.incident(id);
    expect(incident.replies.at(-1)).toMatchObject({ state: 'published', hasMedia: true });
  });

  it('gets photos of an answer in a conversation as photos', async () => {
    const message = {
      id: 1,
      date: 1_700_000_000,
      peer_id: 77,
      from_id: 77,
      text: 'Лично',
      conversation_message_id: 1,
      out: 0,
      version: 1,
      attachments: [],
      fwd_messages: [],
    };
    await at.arrive([
      'message_new',
      {
        message,
        client_info: {
          button_actions: [],
          keyboard: true,
          inline_keyboard: true,
          lang_id: 0,
          carousel: false,
        },
      },
    ]);
    const id = must(
      (await at.messages()).find(({ key }) => key.startsWith('message:'))?.incident,
      'the incident',
    );
    await at.approve(id, 'Лично отвечаем', [
      await handIn(at.base.db, AUTHOR, photo),
      await handIn(at.base.db, AUTHOR, drawing),
    ]);
    await at.later(UNDO_MS);
    expect(bytesOf(-1)).toEqual([photo, drawing]);
    expect(at.fake.uploads.saved.slice(-2).map(({ place }) => place)).toEqual([
      'message_photo',
      'message_doc',
    ]);
    expect(exchangeViolations(at.fake.exchanges)).toEqual([]);
  });

  it('is sent once when the upload, its answer or the answer to the comment is lost', async () => {
    const files = [await handIn(at.base.db, AUTHOR, photo)];
    const id = await answered('Один раз', files);
    at.fake.failNext('upload', 'cut');
    at.fake.failNext('docs.save', 6);
    at.fake.failNext('wall.createComment', 'cut');
    await at.later(UNDO_MS);
    expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'vk:unreachable' });
    await at.later(61_000);
    expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'vk:6' });
    await at.later(61_000);
    await at.later(61_000);
    expect((await sending(id)).state).toBe('sent');
    expect(at.fake.attached.filter(({ text }) => text === 'Один раз')).toHaveLength(1);
  });

  it('leaves to a person what it does not take, by name, and a person can settle it', async () => {
    const files = [photo, scan, drawing].map((bytes) => handIn(at.base.db, AUTHOR, bytes));
    const many = await answered('Много', await Promise.all(files));
    const refused = await answered('Не приняли', [await handIn(at.base.db, AUTHOR, scan)]);
    const forbidden = await answered('Нет права', [await handIn(at.base.db, AUTHOR, scan)]);
    at.fake.failNext('docs.getWallUploadServer', 15);
    at.fake.uploads.failures.push('refused');
    await at.later(UNDO_MS);
    expect(await sending(many)).toMatchObject({ state: 'needs_you', problem: 'vk:many_files' });
    for (const id of [refused, forbidden])
      expect(await sending(id)).toMatchObject({ state: 'needs_you', problem: 'vk:files' });
    expect(
      at.fake.attached.some(
        ({ text }) => text !== 'Убрали' && text !== 'Лично отвечаем' && text !== 'Один раз',
      ),
    ).toBe(false);
    const row = await sending(many);
    const word = { region: 'eao', id: row.id, by: 'approver-1' };
    expect(
      await settleReply(at.channels.outbox, word, { as: 'sent', link: 'https://vk.com/wall-1_1?reply=5' }),
    ).toBe(true);
    expect((await at.incident(many)).step.name).toBe('satisfaction');
  });

  it('waits for a file that is not here yet, sends when it comes, and calls a person after a day', async () => {
    const later = photoBytes({ data: [8, 8] });
    const id = await answered('Ждёт снимка', [fileOf(later)]);
    await at.later(UNDO_MS);
    expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'pult:file_missing' });
    await handIn(at.base.db, AUTHOR, later);
    await at.later(61_000);
    expect((await sending(id)).state).toBe('sent');
    expect(bytesOf(-1)).toEqual([later]);
    const never = await answered('Снимка нет', [fileOf(photoBytes({ data: [9, 8] }))]);
    await at.later(MS_PER_DAY + UNDO_MS);
    expect(await sending(never)).toMatchObject({ state: 'needs_you', problem: 'pult:file_missing' });
  });

  it('is not begun by a second sender while the first one is at it, however long the files take', async () => {
    const id = await answered('Долго', [await handIn(at.base.db, AUTHOR, photo)]);
    at.clock.ahead += UNDO_MS;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let release = (): void => undefined;
    at.fake.uploads.hold = new Promise((resolve) => (release = resolve));
    at.fake.calls.length = 0;
    const first = sendDueReplies(at.channels.outbox, 'eao');
    await vi.waitFor(() => expect(at.fake.calls).toContain('docs.getWallUploadServer'), HANGS);
    const begun = (await row(id)).changed_at;
    at.clock.ahead += 61_000;
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(async () => expect((await row(id)).changed_at).toBeGreaterThan(begun + 60_000), HANGS);
    await sendDueReplies(at.channels.outbox, 'eao');
    expect(await row(id)).toMatchObject({ state: 'sending', attempts: 1 });
    vi.useRealTimers();
    release();
    await first;
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });
});

describe('MAX', () => {
  let pages: MaxPages;
  beforeAll(async () => {
    pages = await MaxPages.start();
  });
  beforeEach(() => pages.begin());
  afterEach(() => pages.end());
  afterAll(() => pages.stop());
  const sending = async (id: string) =>
    must((await readReplyDeliveries(pages.base.db, 'eao', id)).at(-1), 'the reply');
  const later = async (ms: number): Promise<void> => {
    pages.clock.ahead += ms;
    await sendDueReplies(pages.channels.outbox, 'eao');
    await lookBack(pages.channels.outbox, 'eao');
  };
  async function answered(text: string, bytes: readonly Uint8Array[]) {
    await pages.fake.deliver(pages.carry);
    const { id } = must((await pages.incidents()).at(-1), 'the incident');
    const files = await Promise.all(bytes.map((content) => handIn(pages.base.db, AUTHOR, content)));
    await approveAnswer(pages, id, text, files);
    return id;
  }

  it('gets photos and files in a conversation, also when it needs time for them', async () => {
    await catchUp(pages.channels.inbox, pages.page, 0);
    pages.fake.say('900', person(41), 'Лично');
    const id = await answered('С фото', [photo, scan]);
    pages.fake.notReady = 1;
    await later(UNDO_MS);
    expect((await sending(id)).state).toBe('sent');
    expect(pages.fake.attached).toEqual([
      {
        text: 'С фото',
        files: [
          { type: 'image', bytes: Buffer.from(photo) },
          { type: 'file', bytes: Buffer.from(scan) },
        ],
      },
    ]);
  });

  it('is tried again when an upload is lost, and is sent once', async () => {
    await catchUp(pages.channels.inbox, pages.page, 0);
    pages.fake.say('901', person(42), 'Лично');
    const id = await answered('Повтор', [photo]);
    pages.fake.failNext('upload', 'cut');
    await later(UNDO_MS);
    expect(await sending(id)).toMatchObject({ state: 'waiting', problem: 'max:unreachable' });
    pages.fake.failNext('POST /messages', 'cut');
    await later(61_000);
    expect((await sending(id)).state).toBe('possibly_sent');
    await later(11_000);
    expect((await sending(id)).state).toBe('sent');
    expect(pages.fake.attached.filter(({ text }) => text === 'Повтор')).toHaveLength(1);
  });

  it('takes words alone under a post: the person is told, and nothing is sent without its files', async () => {
    await catchUp(pages.channels.inbox, pages.page, 0);
    const post = pages.fake.post('Ремонт дорог');
    pages.fake.comment(post, person(43), 'Когда?');
    const id = await answered('Под постом', [photo]);
    await later(UNDO_MS);
    expect(await sending(id)).toMatchObject({ state: 'needs_you', problem: 'max:no_files' });
    expect(pages.fake.comments.some(({ body }) => body.text === 'Под постом')).toBe(false);
  });
});

describe('Telegram and Odnoklassniki', () => {
  let desk: ChannelDesk;
  let at: TelegramPage;
  let ok: FakeOk;
  beforeAll(async () => {
    desk = await ChannelDesk.open();
    at = await TelegramPage.open(desk);
    ok = new FakeOk(OK_GROUP, () => desk.channels.inbox.now());
  });
  afterAll(async () => {
    await at.fake.stop();
    await ok.stop();
    await desk.close();
  });
  const files = (...bytes: Uint8Array[]) =>
    Promise.all(bytes.map((content) => handIn(desk.base.db, AUTHOR, content)));
  let last = 200;
  async function answered(text: string, ...bytes: Uint8Array[]) {
    last += 1;
    const chat = at.fake.addChat({ id: last, type: 'private', bot: 'member' });
    at.fake.say(chat, { from: resident(last), text: 'Когда?' });
    const { id } = must((await at.arrive()).at(-1), 'the incident');
    await desk.approve(id, text, await files(...bytes));
    return id;
  }

  it('Telegram gets one photo as a photo, several as an album, and among documents all as documents', async () => {
    const other = pngBytes(2, 2);
    const ids = [
      await answered('Фото', photo),
      await answered('Альбом', photo, other),
      await answered('Вместе', photo, scan),
      await answered('Файл', drawing),
    ];
    await desk.sendAfter(UNDO_MS);
    for (const id of ids) expect((await desk.sending(id)).state).toBe('sent');
    expect(
      at.fake.attached
        .map(({ text, files: sent }) => [text, ...sent.map(({ type }) => type)].join(' '))
        .toSorted(),
    ).toEqual(['Альбом photo photo', 'Вместе document document', 'Файл document', 'Фото photo']);
    const album = must(
      at.fake.attached.find(({ text }) => text === 'Альбом'),
      'the album',
    );
    expect(album.files.map(({ bytes }) => new Uint8Array(bytes))).toEqual([photo, other]);
  });

  it('Telegram is not sent a second time when the end is unknown, and nothing is cut or left away', async () => {
    const lost = await answered('Может быть', photo);
    at.fake.failNext('sendPhoto', 'cut');
    await desk.sendAfter(UNDO_MS);
    expect((await desk.sending(lost)).state).toBe('possibly_sent');
    await desk.sendAfter(10 * 60_000);
    expect(at.fake.attached.filter(({ text }) => text === 'Может быть')).toHaveLength(1);
    const long = await answered('я'.repeat(1025), photo);
    await desk.sendAfter(UNDO_MS);
    expect(await desk.sending(long)).toMatchObject({
      state: 'needs_you',
      problem: 'telegram:too_long_for_files',
    });
  });

  it('Odnoklassniki get up to five in a chat, and no sixth', async () => {
    const page = await desk.add(okPage(await ok.start()));
    await catchUp(desk.channels.inbox, page, 0);
    const ask = async (chat: string): Promise<Incident> => {
      ok.say(chat, '9', 'Анна', 'Когда?');
      await ok.deliver(async (url, body) => (await desk.call(url, body)).status);
      return must((await desk.incidents(page)).at(-1), 'the incident');
    };
    const { id } = await ask('chat:C1');
    await desk.approve(id, 'С фото', await files(photo, scan));
    ok.failNext('upload', 'cut');
    await desk.sendAfter(UNDO_MS);
    expect(await desk.sending(id)).toMatchObject({ state: 'waiting', problem: 'ok:unreachable' });
    await desk.sendAfter(61_000);
    expect((await desk.sending(id)).state).toBe('sent');
    expect(ok.attached.map(({ text, files: sent }) => [text, ...sent.map(({ type }) => type)])).toEqual([
      ['С фото', 'IMAGE', 'FILE'],
    ]);
    const other = await ask('chat:C2');
    await desk.approve(
      other.id,
      'Шесть',
      await files(...[1, 2, 3, 4, 5, 6].map((mark) => photoBytes({ data: [mark, 3] }))),
    );
    await desk.sendAfter(UNDO_MS);
    expect(await desk.sending(other.id)).toMatchObject({ state: 'needs_you', problem: 'ok:many_files' });
  });
});
