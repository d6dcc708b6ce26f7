import { z } from 'zod';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { shellWaitSchema } from '#shared/protocol/shell-sign-in.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';

/** So long a person may stay at the provider's page. */
export const SIGN_IN_MS = 15 * MS_PER_MINUTE;

const begunSchema = z.strictObject({
  region: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  at: z.int(),
  /** The shell that waits for the end; left out where the browser itself comes in. */
  shell: shellWaitSchema.optional(),
});
/** The secrets that a sign-in began with; the answer must fit them. */
export type BegunSignIn = z.output<typeof begunSchema>;

const ticketSchema = z.strictObject({ region: z.string(), at: z.int(), shell: shellWaitSchema });
/** A shell's wish, on its way through the address that its browser opens. */
export type ShellTicket = z.output<typeof ticketSchema>;

/** Seals what is kept outside, under the name of its purpose. */
const sealOutside = (key: Buffer, owner: string, value: object): string =>
  Buffer.from(sealText(key, owner, JSON.stringify(value)), 'base64').toString('base64url');

/** Opens what was sealed so; null where it is none of ours or older than a sign-in may be. */
function openOutside<T extends { readonly at: Instant }>(
  key: Buffer,
  owner: string,
  schema: z.ZodType<T>,
  text: string,
  now: Instant,
): T | null {
  try {
    const sealed = Buffer.from(text, 'base64url').toString('base64');
    const opened = schema.parse(JSON.parse(unsealText(key, owner, sealed)));
    return now - opened.at <= SIGN_IN_MS ? opened : null;
  } catch {
    return null;
  }
}

const COOKIE = 'sign-in';
const TICKET = 'sign-in-ticket';

/**
 * Seals what a sign-in began with for the browser's cookie: only this browser can finish it, and whoever
 * begins a million of them fills no table.
 */
export const sealBegun = (key: Buffer, begun: BegunSignIn): string => sealOutside(key, COOKIE, begun);

/** Opens such a cookie; null where it is none of ours or too old. */
export const openBegun = (key: Buffer, cookie: string, now: Instant): BegunSignIn | null =>
  openOutside(key, COOKIE, begunSchema, cookie, now);

/** Seals a shell's wish for the address that its browser opens: it begins a sign-in and lets nobody in. */
export const sealTicket = (key: Buffer, ticket: ShellTicket): string => sealOutside(key, TICKET, ticket);

/** Opens such a ticket; null where it is none of ours or too old. */
export const openTicket = (key: Buffer, ticket: string, now: Instant): ShellTicket | null =>
  openOutside(key, TICKET, ticketSchema, ticket, now);
