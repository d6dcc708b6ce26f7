import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { callMax } from './call.ts';
import { commentsPath, messagePage } from './list.ts';
import { maybe } from './objects.ts';
import { isOfPage, missingIn, subscriptionsOf, type Subscription } from './subscribe.ts';
import { maxTrouble } from './trouble.ts';

const chatSchema = z.looseObject({ type: z.string(), status: z.string() });
const memberSchema = z.looseObject({
  is_owner: z.boolean().default(false),
  is_admin: z.boolean(),
  permissions: maybe(z.array(z.string())),
});

/** Rights that a page lives by, each with the names MAX has had for it. */
const RIGHTS = [['read_all_messages'], ['write', 'post_edit_delete_message']];

async function membership(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const path = `/chats/${page.pageId}`;
  const { status } = chatSchema.parse(await callMax(page, { method: 'GET', path }, pace));
  if (status !== 'active') return [{ kind: 'no_such_page', detail: status }];
  const me = await callMax(page, { method: 'GET', path: `${path}/members/me` }, pace);
  const { is_owner: isOwner, is_admin: isAdmin, permissions } = memberSchema.parse(me);
  if (isOwner) return [];
  if (!isAdmin) return [{ kind: 'not_admin', detail: '' }];
  const missing = RIGHTS.filter((names) => !names.some((name) => permissions?.includes(name)));
  if (missing.length === 0) return [];
  return [{ kind: 'rights_missing', detail: missing.map(([name]) => name).join(', ') }];
}

/** MAX has no switch to read: reading under the newest post shows whether comments are refused. */
async function comments(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const query = { chat_id: page.pageId, count: '1' };
  const [post] = (await messagePage(page, '/messages', query, pace)).messages;
  const mid = post?.body?.mid ?? null;
  if (mid !== null && post?.recipient.chat_type === 'channel')
    await messagePage(page, commentsPath(mid), { count: '1' }, pace);
  return [];
}

/** Paths may be somebody's secret: a host tells whose address it is. */
const hostsOf = (subscriptions: readonly Subscription[]): string =>
  [...new Set(subscriptions.map(({ url }) => (URL.canParse(url) ? new URL(url).host : url)))].join(', ');

async function subscriptions(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const all = await subscriptionsOf(page, pace);
  if (page.reception === 'poll')
    return all.length === 0
      ? []
      : [
          { kind: 'polling_blocked', detail: '' },
          { kind: 'other_subscriptions', detail: hostsOf(all) },
        ];
  // Older ones of our own are stale until `subscribe` comes round.
  const ours = all
    .filter((subscription) => isOfPage(page, subscription))
    .toSorted((a, b) => a.time - b.time)
    .at(-1);
  const others = all.filter((subscription) => subscription !== ours);
  const off = ours === undefined ? [] : missingIn(ours);
  return [
    ...(ours === undefined ? [{ kind: 'no_callback' as const, detail: '' }] : []),
    ...(off.length === 0 ? [] : [{ kind: 'events_off' as const, detail: off.join(', ') }]),
    ...(others.length === 0 ? [] : [{ kind: 'other_subscriptions' as const, detail: hostsOf(others) }]),
  ];
}

/**
 * Walks through what a bot may do in its channel and where its updates go. A dead token ends the walk: all
 * else would fail alike.
 */
export async function checkMax(page: Page, pace: TokenPace): Promise<readonly ChannelProblem[]> {
  const found: ChannelProblem[] = [];
  const steps = [
    async () => {
      await callMax(page, { method: 'GET', path: '/me' }, pace);
      return [];
    },
    () => membership(page, pace),
    // Without rights MAX refuses comments as well, and says no more by that.
    async () => (found.length === 0 ? comments(page, pace) : []),
    () => subscriptions(page, pace),
  ];
  for (const step of steps) {
    try {
      found.push(...(await step()));
    } catch (error) {
      const problem = maxTrouble(error) ?? { kind: 'no_rights', detail: '' };
      if (['token_dead', 'unreachable', 'unknown_root'].includes(problem.kind)) return [problem];
      if (!found.some(({ kind }) => kind === problem.kind)) found.push(problem);
    }
  }
  return found;
}
