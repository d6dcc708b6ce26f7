import { lookUpSchema, type LookUp } from '#shared/protocol/look-up.ts';
import { askCentre, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** Has the centre read the message at an address from its network. */
export const lookUpMessage = (url: string): Promise<CentreAnswer<LookUp>> =>
  askCentre('/api/v1/look-up', lookUpSchema, { method: 'POST', body: { url }, timeoutMs: 30_000 });
