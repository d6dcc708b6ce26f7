import { z } from 'zod';
import { replySendSchema, type SettleReply } from '#shared/protocol/channels.ts';
import { askCentre } from '#renderer/kit/api/ask-centre.ts';

/** A reply on its way to one author. */
export type Sending = z.infer<typeof replySendSchema>;

const answerSchema = z.object({ replies: z.array(replySendSchema) });
const TIMEOUT_MS = 10_000;

async function ask<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T | null> {
  const posted = body === undefined ? {} : ({ method: 'POST', body } as const);
  const answer = await askCentre(path, schema, { ...posted, timeoutMs: TIMEOUT_MS });
  return answer.ok ? answer.value : null;
}

/** The replies of an incident on their way; null when the centre cannot be asked now. */
export const readSending = async (incident: string): Promise<readonly Sending[] | null> =>
  (await ask(`/api/v1/incidents/${incident}/sending`, answerSchema))?.replies ?? null;

/** Replies of the region that are not out yet; null when the centre cannot be asked now. */
export const readUnsent = async (): Promise<readonly Sending[] | null> =>
  (await ask('/api/v1/sending', answerSchema))?.replies ?? null;

/** Takes a reply back. False when it is too late or the centre is out of reach. */
export const cancelSending = async (id: string): Promise<boolean> =>
  (await ask(`/api/v1/sending/${id}/cancel`, z.object({ cancelled: z.boolean() }), {}))?.cancelled ?? false;

/**
 * Says that a reply is out, or has it sent again. False when it is too late or the centre is out of reach.
 */
export const settleSending = async (id: string, settle: SettleReply): Promise<boolean> =>
  (await ask(`/api/v1/sending/${id}/settle`, z.object({ settled: z.boolean() }), settle))?.settled ?? false;
