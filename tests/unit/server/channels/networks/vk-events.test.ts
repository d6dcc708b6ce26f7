import { expect, test } from 'vitest';
import type { ParsedEvent } from '#server/channels/networks/connector.ts';
import { readVk } from '#server/channels/networks/vk/read.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { commentUnder, deletionUnder, directMessage, messageNew, wallPost } from '#tests/fakes/vk-objects.ts';
import { VK_GROUP as GROUP, VK_SECRET, VK_TOKENS, vkChannel } from '#tests/helpers/vk-channel.ts';
import { eventViolations } from '#tests/helpers/vk-schema.ts';

const fake = new FakeVk({ group: GROUP, ...VK_TOKENS });
const channel = vkChannel();
const body = (type: string, object: object): string => fake.event(type, object, 'event-1', VK_SECRET);
const read = (type: string, object: object): ParsedEvent =>
  readVk(channel, { key: 'event-1', kind: type, raw: body(type, object) });

const said = { id: 31, from: 10, text: 'Нет воды' };
const comment = fake.comment(5, 10, 'Нет воды');
const FAMILIES = ['photo_comment', 'video_comment', 'board_post'] as const;

/** Every event that a community of ours may send, as the fake sends it. */
const EVENTS: readonly (readonly [string, object])[] = [
  ...['new', 'edit', 'restore'].map((change) => [`wall_reply_${change}`, comment] as const),
  ['wall_reply_delete', deletionUnder('wall_reply', GROUP, 5, comment.id)],
  ...FAMILIES.flatMap((family) => [
    ...['new', 'edit', 'restore'].map(
      (change) => [`${family}_${change}`, commentUnder(family, GROUP, 8, said)] as const,
    ),
    [`${family}_delete`, deletionUnder(family, GROUP, 8, said.id)] as const,
  ]),
  ['wall_post_new', wallPost(GROUP, said)],
  ['wall_post_new', wallPost(GROUP, said, { post_type: 'suggest' })],
  ['wall_repost', wallPost(GROUP, said, { owner_id: 10, post_type: 'copy' })],
  ['message_new', messageNew(directMessage(said))],
  ['message_edit', directMessage(said)],
  ['message_allow', { user_id: 10, key: '' }],
  ['message_deny', { user_id: 10 }],
  ['user_block', { admin_id: 1, user_id: 10, unblock_date: 0, reason: 0 }],
  ['user_unblock', { admin_id: 1, user_id: 10, by_end_date: 0 }],
];

test.each(EVENTS)('%s of the fake is what VK’s schema says it is', (type, object) => {
  expect(eventViolations(body(type, object))).toEqual([]);
});

test('the schema would notice an event that is not', () => {
  const { event_id: _id, ...nameless } = JSON.parse(body('wall_reply_new', comment)) as Record<
    string,
    unknown
  >;
  expect(eventViolations(JSON.stringify(nameless))).toEqual([expect.stringContaining('event_id')]);
  expect(eventViolations(body('wall_reply_new', { ...comment, id: '7' }))).toEqual(['/id must be integer']);
  expect(
    eventViolations(body('wall_post_new', { ...wallPost(GROUP, said), post_type: 'advert' })),
  ).toHaveLength(1);
  expect(eventViolations(body('wall_reply_delete', { owner_id: -GROUP, id: 1 }))).toHaveLength(2);
});

test('comments under photos, videos and in discussions become messages, each with its place', () => {
  const url = {
    photo_comment: 'photo-777_8?reply=31',
    video_comment: 'video-777_8?reply=31',
    board_post: 'topic-777_8?post=31',
  };
  for (const family of FAMILIES) {
    const parsed = read(`${family}_new`, commentUnder(family, GROUP, 8, said));
    expect(parsed).toMatchObject({
      kind: 'message',
      message: { text: 'Нет воды', messageKind: 'comment', url: `https://vk.com/${url[family]}` },
    });
    const key = parsed.kind === 'message' ? parsed.message.key : '';
    expect(read(`${family}_edit`, commentUnder(family, GROUP, 8, said))).toMatchObject({
      kind: 'edited',
      message: { key },
    });
    expect(read(`${family}_delete`, deletionUnder(family, GROUP, 8, said.id))).toEqual({
      kind: 'deleted',
      key,
    });
    expect(key).not.toBe(`comment:-${GROUP}_31`);
  }
});

test('posts: suggested, reposted with and without words, the centre’s own', () => {
  expect(read('wall_post_new', wallPost(GROUP, said, { post_type: 'suggest' }))).toMatchObject({
    kind: 'message',
    message: { messageKind: 'post', target: { post: 'suggest31' } },
  });
  const repost = {
    owner_id: 10,
    post_type: 'copy',
    copy_history: [wallPost(GROUP, { ...said, text: 'Наше' })],
  };
  expect(read('wall_repost', wallPost(GROUP, said, repost))).toMatchObject({
    kind: 'message',
    message: { text: 'Нет воды\n\n[Запись: vk.com/id10]\nНаше', url: 'https://vk.com/wall10_31' },
  });
  expect(read('wall_repost', wallPost(GROUP, { ...said, text: '' }, repost))).toEqual({
    kind: 'skip',
    reason: 'repost',
  });
  expect(
    read('wall_post_new', wallPost(GROUP, { ...said, text: '' }, { copy_history: repost.copy_history })),
  ).toMatchObject({
    message: { text: '[Запись: vk.com/id10]\nНаше' },
  });
  expect(read('wall_post_new', wallPost(GROUP, { ...said, from: -GROUP }))).toEqual({
    kind: 'skip',
    reason: 'own',
  });
});

test('messages: forwarded words, what a conversation says by itself, answers of the centre', () => {
  const forwarded = directMessage(
    { ...said, text: '' },
    { fwd_messages: [{ text: 'Соседи пишут' }, { text: ' ' }] },
  );
  expect(read('message_new', messageNew(forwarded))).toMatchObject({
    message: { text: '[Переслано]\nСоседи пишут' },
  });
  const joined = directMessage(said, { action: { type: 'chat_invite_user' } });
  expect(read('message_new', messageNew(joined))).toEqual({ kind: 'skip', reason: 'service' });
  expect(read('message_new', messageNew(directMessage(said, { out: 1 })))).toEqual({
    kind: 'skip',
    reason: 'own',
  });
  expect(read('message_reply', directMessage(said, { out: 1 }))).toEqual({ kind: 'skip', reason: 'own' });
});

test('an author who deleted himself keeps his words, and is not taken for another such', () => {
  const [first, second] = [5, 6].map((id) => read('wall_reply_new', { ...comment, id, from_id: 0 }));
  expect(first).toMatchObject({ message: { text: 'Нет воды', author: { name: 'DELETED', url: '' } } });
  const threads = [first, second].map((parsed) => (parsed?.kind === 'message' ? parsed.message.thread : ''));
  expect(new Set(threads).size).toBe(2);
  const { from_id: _from, ...nobody } = comment;
  expect(read('wall_reply_new', nobody)).toMatchObject({ kind: 'message', message: { author: { url: '' } } });
  expect(read('wall_reply_edit', { ...nobody, text: '', deleted: true })).toEqual({
    kind: 'deleted',
    key: `comment:-${GROUP}_${comment.id}`,
  });
});

test('service events are known, events nobody has heard of are not', () => {
  for (const type of [
    'message_allow',
    'user_block',
    'group_change_settings',
    'like_add',
    'message_typing_state',
  ])
    expect(read(type, { user_id: 10 })).toEqual({ kind: 'skip', reason: 'service' });
  for (const type of ['market_order_new', 'wall_reply_vanish', 'donut_money_withdraw'])
    expect(read(type, {})).toEqual({ kind: 'unknown' });
});
