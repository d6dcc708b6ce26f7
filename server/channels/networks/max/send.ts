import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { COMMENT_FILES, NETWORK_LETTERS } from '#shared/domain/reply-preview/network-rules.ts';
import type {
  Page,
  OutgoingText,
  OutgoingReply,
  TokenPace,
  SendResult,
} from '#server/channels/networks/connector.ts';
import { isRefusedFile } from '#server/channels/networks/upload-file.ts';
import { callMax, MaxError, type MaxCall } from './call.ts';
import { maybe } from './objects.ts';
import { conversationOf, webOf } from './places.ts';
import { neverLeft, maxTrouble } from './trouble.ts';
import { uploadedAttachment } from './upload.ts';

const MINUTE = 60_000;

const sentSchema = z.looseObject({ message: z.looseObject({ url: maybe(z.string()) }) });

const answerTo = (mid: string | null): object => (mid === null ? {} : { link: { type: 'reply', mid } });

/** The call that publishes a reply, and where it is seen; null when the comment came without its post. */
function callOf(page: Page, { text, target }: OutgoingText): { call: MaxCall; place: string } | null {
  if (target.kind === 'direct') {
    const { by, id, answerTo: to } = conversationOf(target.peer);
    const body = { text, ...answerTo(to) };
    const place = webOf(by === 'chat_id' ? id : page.pageId);
    return { call: { method: 'POST', path: '/messages', query: { [by]: id }, body }, place };
  }
  if (target.post === '') return null;
  const path = `/messages/${encodeURIComponent(target.post)}/comments`;
  const body = { text, ...answerTo(target.comment) };
  return { call: { method: 'POST', path, body }, place: webOf(page.pageId) };
}

const needsYou = (
  problem: string,
  trouble: (SendResult & { kind: 'needs_you' })['trouble'] = null,
): SendResult => ({
  kind: 'needs_you',
  problem,
  trouble,
});

/**
 * The result for a reply that MAX refused. MAX has no key of repeats, so only what it surely has not carried
 * out is tried again.
 */
function refusalOf(error: MaxError, { target }: OutgoingText): SendResult {
  const { status, code } = error;
  // Names of errors come and go; what a status says stays. Comments have names that say more.
  const problem = `max:${code.startsWith('comments.') ? code : status}`;
  if (status === 429 || (status === 503 && code !== '')) return { kind: 'wait', ms: MINUTE, problem };
  if (status >= 500) return { kind: 'unclear', problem };
  // The comment or post is gone, or the person has stopped the bot: the page is well.
  const isOfReply = status === 404 || (status === 403 && target.kind === 'direct');
  return needsYou(problem, isOfReply ? null : maxTrouble(error));
}

/**
 * A message whose files MAX still works on is refused (`attachment.not.ready`), and so is asked for again
 * after these pauses.
 */
const NOT_READY = 'attachment.not.ready';
const PAUSES_MS = [1000, 2000, 4000, 8000];

async function publish(page: Page, call: MaxCall, pace: TokenPace): Promise<unknown> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await callMax(page, call, pace);
    } catch (error) {
      if (!(error instanceof MaxError) || error.code !== NOT_READY) throw error;
      await sleep(pauseMs);
    }
  }
  return callMax(page, call, pace);
}

/** Puts the files in place; what fails here fails before anything of the reply is out. */
async function attachmentsOf(
  page: Page,
  { files }: OutgoingReply,
  pace: TokenPace,
): Promise<
  | { readonly ok: true; readonly attachments: readonly object[] }
  | { readonly ok: false; readonly sent: SendResult }
> {
  const attachments: object[] = [];
  try {
    for (const file of files) attachments.push(await uploadedAttachment(page, file, pace));
    return { ok: true, attachments };
  } catch (error) {
    const isRefused = error instanceof MaxError && error.status < 500 && error.status !== 429;
    if (!isRefused && !isRefusedFile(error))
      return { ok: false, sent: { kind: 'wait', ms: MINUTE, problem: 'max:unreachable' } };
    const trouble = error instanceof MaxError && error.status === 401 ? maxTrouble(error) : null;
    return { ok: false, sent: needsYou('max:files', trouble) };
  }
}

/** Publishes a reply. Under a post MAX takes words only; what has files is a person's there. */
export async function sendMax(page: Page, reply: OutgoingReply, pace: TokenPace): Promise<SendResult> {
  if (reply.text.length > NETWORK_LETTERS.max) return needsYou('max:too_long');
  const way = callOf(page, reply);
  if (way === null) return needsYou('max:no_post');
  if (reply.files.length > COMMENT_FILES.max && reply.target.kind === 'comment')
    return needsYou('max:no_files');
  const put = await attachmentsOf(page, reply, pace);
  if (!put.ok) return put.sent;
  const { call, place } = way;
  const { attachments } = put;
  const body = attachments.length === 0 ? call.body : { ...call.body, attachments };
  try {
    const { message } = sentSchema.parse(await publish(page, { ...call, ...(body && { body }) }, pace));
    return { kind: 'sent', link: message.url ?? place };
  } catch (error) {
    if (error instanceof MaxError) return refusalOf(error, reply);
    if (neverLeft(error)) return { kind: 'wait', ms: MINUTE, problem: 'max:unreachable' };
    return { kind: 'unclear', problem: 'max:unreachable' };
  }
}
