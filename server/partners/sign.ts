import { createHmac } from 'node:crypto';

/**
 * The key and moment a message to a partner is signed with; the signature covers both, so an old message
 * cannot be played again.
 */
export interface SignedMessage {
  readonly secret: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** HMAC-SHA256 over `timestamp.body`, in hex. */
export const signatureOf = ({ secret, timestamp, body }: SignedMessage): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
