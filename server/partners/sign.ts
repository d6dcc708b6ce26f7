import { createHmac } from 'node:crypto';

/**
 * What a message to a partner is signed with and when; the signature covers both, so an old message cannot be
 * played again.
 */
export interface Signed {
  readonly secret: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** HMAC-SHA256 over `timestamp.body`, in hex. */
export const signatureOf = ({ secret, timestamp, body }: Signed): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
