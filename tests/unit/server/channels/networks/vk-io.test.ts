import { Agent, createServer, type Server } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { API, APIError, CommentContext, MessageContext, Updates, WallPostContext, type Context } from 'vk-io';
import { must } from '#shared/domain/must.ts';
import type { Page, IncomingMessage } from '#server/channels/networks/connector.ts';
import { vk } from '#server/channels/networks/vk/vk.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { commentUnder, deletionUnder, directMessage, messageNew, wallPost } from '#tests/fakes/vk-objects.ts';
import {
  VK_CONFIRMATION,
  VK_GROUP as GROUP,
  VK_SECRET,
  VK_TOKENS,
  vkChannel,
} from '#tests/helpers/vk-channel.ts';
import { until } from '#tests/e2e/harness/until.ts';

/**
 * Judges nothing: vk-io knows VK as others have found it, so what it makes of our fake and of our events is
 * not our own opinion.
 */
const noPace = async (): Promise<void> => undefined;
const never = new AbortController().signal;

let fake: FakeVk;
let api: API;
let channel: Page;
const agent = new Agent();

beforeEach(async () => {
  fake = new FakeVk({ group: GROUP, ...VK_TOKENS });
  const baseUrl = await fake.start();
  channel = vkChannel({ baseUrl, reception: 'poll' });
  api = new API({
    token: VK_TOKENS.communityToken,
    apiBaseUrl: `${baseUrl}/method`,
    // Typed for https alone; over plain http it has to be this one.
    agent: agent as unknown as HttpsAgent,
    apiLimit: 20,
    apiWait: 50,
  });
});

afterEach(async () => fake.stop());

const wanted = (guid: string) => ({
  owner_id: -GROUP,
  post_id: 9,
  from_group: GROUP,
  message: 'Чиним',
  guid,
});

test('vk-io comments through the fake, and a repeated guid makes no second comment', async () => {
  const first = await api.wall.createComment(wanted('one'));
  expect(await api.wall.createComment(wanted('one'))).toEqual(first);
  expect(await api.wall.createComment(wanted('two'))).not.toEqual(first);
  expect(fake.comments.map(({ text }) => text)).toEqual(['Чиним', 'Чиним']);
  expect(await api.messages.send({ peer_id: 10, random_id: 7, message: 'Лично' })).toBe(1);
  expect(await api.messages.send({ peer_id: 10, random_id: 7, message: 'Лично' })).toBe(1);
  await expect(
    api.wall.createComment({ ...wanted('three'), post_id: 'x' as unknown as number }),
  ).rejects.toMatchObject({
    code: 100,
  });
});

test('errors of the fake are errors of VK to vk-io, and both clients think the same of them', async () => {
  const target = { kind: 'comment', owner: `-${GROUP}`, post: '9', comment: null } as const;
  const judged = { 9: 'wait', 14: 'needs_you', 29: 'wait' };
  for (const [code, kind] of Object.entries(judged)) {
    fake.failNext('wall.createComment', Number(code), Number(code));
    const error = await api.wall.createComment(wanted(`vk-io-${code}`)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ code: Number(code) });
    const ours = await vk.send(channel, { key: `ours-${code}`, text: 'Чиним', target, files: [] }, noPace);
    expect(ours).toMatchObject({ kind, problem: `vk:${code}` });
  }
  // Error 6 passes by itself: vk-io calls again at once, ours a little later.
  fake.failNext('wall.createComment', 6, 6);
  await api.wall.createComment(wanted('hurried'));
  expect(fake.calls.filter((method) => method === 'wall.createComment')).toHaveLength(9);
  fake.failNext('wall.createComment', 6);
  const ours = await vk.send(channel, { key: 'ours-6', text: 'Чиним', target, files: [] }, noPace);
  expect(ours).toEqual({ kind: 'wait', ms: 2000, problem: 'vk:6' });
});

interface Read {
  readonly id: number;
  readonly text: string | undefined;
  readonly from: number | undefined;
  readonly post: number | undefined;
}

function readByVkIo(context: Context): Read {
  if (context instanceof CommentContext)
    return { id: context.id, text: context.text, from: context.fromId, post: context.objectId };
  if (context instanceof MessageContext)
    return {
      id: must(context.conversationMessageId, 'an id'),
      text: context.text,
      from: context.senderId,
      post: undefined,
    };
  if (context instanceof WallPostContext) {
    const { id, text, authorId, ownerId } = context.wall;
    return { id, text, from: authorId ?? ownerId, post: id };
  }
  return { id: 0, text: undefined, from: undefined, post: undefined };
}

const digitsOf = (text: string | null | undefined): number => Number(/(\d+)$/.exec(text ?? '')?.[1]);

function ofMessage({ key, text, author, target }: IncomingMessage): Read {
  const from = digitsOf(author.url);
  const id = digitsOf(key);
  return { id, text, from, post: target.kind === 'comment' ? digitsOf(target.post) : undefined };
}

/** Reads a call with our receiver and reader; null: refused or nothing to read. */
function readByUs(body: string): { status: number; read: Read | 'deleted' | null } {
  const received = vk.receive(channel, { headers: {}, body });
  if (received.kind === 'answer') return { status: received.status, read: null };
  const parsed = vk.read(channel, received.event, []);
  if (parsed.kind === 'deleted') return { status: 200, read: 'deleted' };
  if (!('message' in parsed)) return { status: 200, read: null };
  return { status: 200, read: ofMessage(parsed.message) };
}

async function referenceReceiver(heard: Context[]): Promise<{ url: string; server: Server }> {
  const updates = new Updates({
    api,
    webhookSecret: VK_SECRET,
    webhookConfirmation: VK_CONFIRMATION,
  } as ConstructorParameters<typeof Updates>[0]);
  updates.use(async (context: Context, next: () => Promise<unknown>) => {
    heard.push(context);
    await next();
  });
  const answer = updates.getWebhookCallback();
  const server = createServer((request, response) => void answer(request, response, () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

const said = { id: 31, from: 10, text: 'Нет воды 🚱 שלום' };

/** Everything residents do, once each. */
function stream(): readonly (readonly [string, object])[] {
  const comment = fake.comment(5, 10, 'Яма');
  return [
    ['wall_reply_new', comment],
    ['wall_reply_edit', { ...comment, text: 'Яма и люк' }],
    ['wall_reply_restore', comment],
    ['wall_reply_delete', deletionUnder('wall_reply', GROUP, 5, comment.id)],
    ...(['photo_comment', 'video_comment', 'board_post'] as const).flatMap(
      (family) =>
        [
          [`${family}_new`, commentUnder(family, GROUP, 8, said)],
          [`${family}_delete`, deletionUnder(family, GROUP, 8, said.id)],
        ] as const,
    ),
    ['wall_post_new', wallPost(GROUP, said)],
    ['message_new', messageNew(directMessage(said))],
    ['message_edit', directMessage(said)],
  ];
}

test('vk-io as the receiver accepts, refuses and reads the same stream as ours', async () => {
  const heard: Context[] = [];
  const { url, server } = await referenceReceiver(heard);
  const call = async (body: string): Promise<number> =>
    (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status;
  try {
    for (const [type, object] of stream()) {
      const body = fake.event(type, object, `event-${type}`, VK_SECRET);
      heard.length = 0;
      expect(await call(body)).toBe(200);
      const context = must(
        (
          await until(
            `vk-io reads ${type}`,
            async () => heard,
            (all) => all.length > 0,
          )
        )[0],
        type,
      );
      const ours = readByUs(body);
      expect(ours.status, type).toBe(200);
      expect(ours.read, type).toEqual(type.endsWith('_delete') ? 'deleted' : readByVkIo(context));
      const stranger = fake.event(type, object, 'event', 'another-secret');
      expect([await call(stranger), readByUs(stranger).status]).toEqual([403, 403]);
    }
    const confirmation = { type: 'confirmation', group_id: GROUP };
    const known = JSON.stringify({ ...confirmation, secret: VK_SECRET });
    expect([await call(known), readByUs(known).status]).toEqual([200, 200]);
    // The one difference: VK confirms without a secret while none is set there, and vk-io refuses that.
    const first = JSON.stringify(confirmation);
    expect([await call(first), readByUs(first).status]).toEqual([403, 200]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('vk-io and our connector hear the same from the long poll of the fake', async () => {
  const settle = await vk.poll?.(channel, null, noPace, never);
  const heard: Context[] = [];
  const updates = new Updates({ api, agent, pollingGroupId: GROUP } as unknown as ConstructorParameters<
    typeof Updates
  >[0]);
  updates.use(async (context: Context, next: () => Promise<unknown>) => {
    heard.push(context);
    await next();
  });
  await updates.startPolling();
  try {
    const events = stream();
    for (const [index, [type, object]] of events.entries())
      fake.longPoll.tell(type, object, `event-${index}`);
    await until(
      'vk-io heard all',
      async () => heard,
      (all) => all.length === events.length,
    );
    const polled = must(
      await vk.poll?.(channel, must(settle, 'a position').position, noPace, never),
      'an answer',
    );
    expect(polled.events.map(({ kind }) => kind)).toEqual(events.map(([type]) => type));
    // vk-io names a comment's event without its change: `wall_reply`.
    expect(heard.map(({ subTypes }, at) => events[at]?.[0].startsWith(subTypes[0] ?? '?'))).toEqual(
      events.map(() => true),
    );
    expect(polled.events.map((event) => vk.read(channel, event, []).kind)).not.toContain('unknown');
  } finally {
    await updates.stop();
    fake.longPoll.expire(true);
  }
});
