import { z } from 'zod';
import { replySendSchema } from '#shared/protocol/channels.ts';

/** A reply on its way into a network. */
export type Sending = z.infer<typeof replySendSchema>;

const answerSchema = z.object({ replies: z.array(replySendSchema) });
const TIMEOUT_MS = 10_000;

/** The newest reply of an incident on its way; null when there is none, or the centre cannot be asked now. */
export async function readSending(incident: string): Promise<Sending | null> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`/api/v1/incidents/${incident}/sending`, { signal });
    const answer = answerSchema.safeParse(await response.json());
    return answer.success ? (answer.data.replies.at(-1) ?? null) : null;
  } catch {
    return null;
  }
}

/** Takes a reply back. False when it is too late or the centre is out of reach. */
export async function cancelSending(id: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`/api/v1/sending/${id}/cancel`, { method: 'POST', signal });
    return z.object({ cancelled: z.boolean() }).parse(await response.json()).cancelled;
  } catch {
    return false;
  }
}
