import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { callGraph, callRest, restKeys } from './call.ts';
import { okTrouble } from './send.ts';

const listSchema = z.looseObject({
  subscriptions: z.array(z.looseObject({ url: z.string().optional() })).default([]),
});

/** Addresses of this page that the network calls now; those of other systems are none of ours. */
async function ownAddresses(page: Page, pace: TokenPace): Promise<string[]> {
  const { subscriptions } = listSchema.parse(await callGraph(page, 'me/subscriptions', pace));
  return subscriptions.flatMap(({ url }) => (url?.includes(`/${page.id}/`) === true ? [url] : []));
}

/**
 * Has the network call this address and no older one of this page. It forgets an address that was silent for
 * 8 hours.
 */
export async function subscribeOk(page: Page, callback: string, pace: TokenPace): Promise<void> {
  const address = `${callback}?secret=${page.secrets.secret}`;
  const known = await ownAddresses(page, pace);
  for (const url of known.filter((url) => url !== address))
    await callGraph(page, 'me/unsubscribe', pace, { body: { url } });
  if (!known.includes(address)) await callGraph(page, 'me/subscribe', pace, { body: { url: address } });
}

async function commentProblems(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  if (restKeys(page) === null) return [{ kind: 'no_read_token', detail: '' }];
  await callRest(page, 'mediatopic.getTopics', { gid: page.pageId, count: '1' }, pace);
  return [];
}

/** Each half of the page by its own token: one may be dead while the other lives. */
async function tried(half: Promise<ChannelProblem[]>): Promise<ChannelProblem[]> {
  try {
    return await half;
  } catch (error) {
    return [okTrouble(error) ?? { kind: 'no_rights', detail: '' }];
  }
}

async function chatProblems(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  if (page.reception === 'poll') {
    await callGraph(page, 'me/chats', pace, { params: { count: '1' } });
    return [];
  }
  return (await ownAddresses(page, pace)).length > 0 ? [] : [{ kind: 'no_callback', detail: '' }];
}

/** Walks through the subscription of the group's chats and the keys that its comments take. */
export async function checkOk(page: Page, pace: TokenPace): Promise<readonly ChannelProblem[]> {
  const problems = [
    ...(await tried(chatProblems(page, pace))),
    ...(await tried(commentProblems(page, pace))),
  ];
  return problems.filter(
    ({ kind }, index) => problems.findIndex((problem) => problem.kind === kind) === index,
  );
}
