import { z } from 'zod';
import { replySendSchema, type SettleReply } from '#shared/protocol/channels.ts';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** A reply on its way to one author. */
export type Sending = z.infer<typeof replySendSchema>;

const repliesSchema = z.object({ replies: z.array(replySendSchema) });
const TIMEOUT_MS = 10_000;

type Replies = { readonly replies: readonly Sending[] };

/** Reads the replies of an incident on their way. */
export const readSending = (incident: string): Promise<CentreAnswer<Replies>> =>
  askCentre(`/api/v1/incidents/${incident}/sending`, repliesSchema, { timeoutMs: TIMEOUT_MS });

/** Reads the replies of the region that are not out yet. */
export const readUnsent = (): Promise<CentreAnswer<Replies>> =>
  askCentre('/api/v1/sending', repliesSchema, { timeoutMs: TIMEOUT_MS });

async function post<T>(path: string, schema: z.ZodType<T>, body: object): Promise<T | null> {
  const answer = await askCentre(path, schema, { method: 'POST', body, timeoutMs: TIMEOUT_MS });
  return answer.ok ? answer.value : null;
}

/** Takes a reply back. False when it is too late or the centre is out of reach. */
export const cancelSending = async (id: string): Promise<boolean> =>
  (await post(`/api/v1/sending/${id}/cancel`, z.object({ cancelled: z.boolean() }), {}))?.cancelled ?? false;

/**
 * Says that a reply is out, or has it sent again. False when it is too late or the centre is out of reach.
 */
export const settleSending = async (id: string, settle: SettleReply): Promise<boolean> =>
  (await post(`/api/v1/sending/${id}/settle`, z.object({ settled: z.boolean() }), settle))?.settled ?? false;
