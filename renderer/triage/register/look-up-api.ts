import { lookUpSchema, type LookUp } from '#shared/protocol/look-up.ts';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** What the message's network says of it, by way of the centre. */
export const lookUpMessage = (url: string): Promise<CentreAnswer<LookUp>> =>
  askCentre('/api/v1/look-up', lookUpSchema, { method: 'POST', body: { url }, timeoutMs: 30_000 });
