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

const post = <T>(path: string, schema: z.ZodType<T>, body: object): Promise<CentreAnswer<T>> =>
  askCentre(path, schema, { method: 'POST', body, timeoutMs: TIMEOUT_MS });

/** Takes a reply back; not `cancelled` when it is too late. */
export const cancelSending = (id: string): Promise<CentreAnswer<{ cancelled: boolean }>> =>
  post(`/api/v1/sending/${id}/cancel`, z.object({ cancelled: z.boolean() }), {});

/** Says that a reply is out, or has it sent again; not `settled` when it is too late. */
export const settleSending = (id: string, settle: SettleReply): Promise<CentreAnswer<{ settled: boolean }>> =>
  post(`/api/v1/sending/${id}/settle`, z.object({ settled: z.boolean() }), settle);
