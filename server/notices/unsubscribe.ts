import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { MAILED_KINDS } from '#shared/protocol/notices.ts';
import type { AuditOrigin } from '#server/accounts/audit.ts';
import { isSameSecret } from '#server/accounts/same-secret.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { withScope } from '#server/store/database.ts';
import { changeChoice, type PersonKey } from './choices.ts';

/** Where one press ends all notices of a person (RFC 8058); the token follows. */
export const UNSUBSCRIBE_PATH = '/api/v1/notices/unsubscribe';

const payloadSchema = z.tuple([z.string().max(60), z.string().max(200)]);

const signatureOf = (key: Buffer, payload: string): string =>
  createHmac('sha256', key).update(`unsubscribe/${payload}`).digest('base64url');

/** Makes the token by which a person's notices are ended, and nothing else is done. */
export function unsubscribeToken(key: Buffer, { region, account }: PersonKey): string {
  const payload = Buffer.from(JSON.stringify([region, account])).toString('base64url');
  return `${payload}.${signatureOf(key, payload)}`;
}

/** Gives whose token it is; null when nobody made it here. */
export function readUnsubscribeToken(key: Buffer, token: string): PersonKey | null {
  const [payload = '', signature = ''] = token.split('.');
  if (!isSameSecret(signature, signatureOf(key, payload))) return null;
  const read = payloadSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (!read.success) return null;
  const [region, account] = read.data;
  return { region, account };
}

/** Ends all notices of whoever has the token; invitations are none. False when it is nobody's. */
export async function unsubscribe(mailer: Mailer, token: string, origin: AuditOrigin): Promise<boolean> {
  const person = readUnsubscribeToken(mailer.key, token);
  if (person === null) return false;
  const act = { ...person, by: person.account, ...origin };
  return withScope(mailer.db, { region: person.region, account: person.account }, (tx) =>
    changeChoice(tx, act, { off: [...MAILED_KINDS] }, mailer.now()),
  );
}
