import { z } from 'zod';
import type { Channel, Outgoing, Pace, Sent } from '#server/channels/network.ts';
import { callMax, MaxError, type MaxCall } from './call.ts';
import { maybe } from './objects.ts';
import { conversationOf, webOf } from './places.ts';
import { neverLeft, troubleOf } from './trouble.ts';

/** Characters MAX takes in one message. A longer answer is never cut, and two comments are not one answer: a person shortens it. */
const MAX_TEXT = 4000;
const MINUTE = 60_000;

const sentSchema = z.looseObject({ message: z.looseObject({ url: maybe(z.string()) }) });

const answerTo = (mid: string | null): object => (mid === null ? {} : { link: { type: 'reply', mid } });

/** The call that publishes a reply, and where it is seen; null when the comment came without its post. */
function callOf(channel: Channel, { text, target }: Outgoing): { call: MaxCall; place: string } | null {
  if (target.kind === 'direct') {
    const { by, id, answerTo: to } = conversationOf(target.peer);
    const body = { text, ...answerTo(to) };
    const place = webOf(by === 'chat_id' ? id : channel.pageId);
    return { call: { method: 'POST', path: '/messages', query: { [by]: id }, body }, place };
  }
  if (target.post === '') return null;
  const path = `/messages/${encodeURIComponent(target.post)}/comments`;
  const body = { text, ...answerTo(target.comment) };
  return { call: { method: 'POST', path, body }, place: webOf(channel.pageId) };
}

const needsYou = (problem: string, trouble: (Sent & { kind: 'needs_you' })['trouble'] = null): Sent => ({
  kind: 'needs_you',
  problem,
  trouble,
});

/** What a refusal means for the reply. MAX has no key of repeats, so only what it surely has not carried out is tried again. */
function refusalOf(error: MaxError, { target }: Outgoing): Sent {
  const { status, code } = error;
  // Names of errors come and go; what a status says stays. Comments have names that say more.
  const problem = `max:${code.startsWith('comments.') ? code : status}`;
  if (status === 429 || (status === 503 && code !== '')) return { kind: 'wait', ms: MINUTE, problem };
  if (status >= 500) return { kind: 'unclear', problem };
  // The comment or post is gone, or the person has stopped the bot: the page is well.
  const isOfReply = status === 404 || (status === 403 && target.kind === 'direct');
  return needsYou(problem, isOfReply ? null : troubleOf(error));
}

/** Publishes a reply. */
export async function sendMax(channel: Channel, reply: Outgoing, pace: Pace): Promise<Sent> {
  if (reply.text.length > MAX_TEXT) return needsYou('max:too_long');
  const way = callOf(channel, reply);
  if (way === null) return needsYou('max:no_post');
  try {
    const { message } = sentSchema.parse(await callMax(channel, way.call, pace));
    return { kind: 'sent', link: message.url ?? way.place };
  } catch (error) {
    if (error instanceof MaxError) return refusalOf(error, reply);
    if (neverLeft(error)) return { kind: 'wait', ms: MINUTE, problem: 'max:unreachable' };
    return { kind: 'unclear', problem: 'max:unreachable' };
  }
}
