import { createHash } from 'node:crypto';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { ShellCode } from '#shared/protocol/shell-sign-in.ts';
import { isSameSecret } from '#server/accounts/same-secret.ts';
import { hashToken, newToken } from '#server/accounts/session-token.ts';
import { withScope, type Database } from '#server/store/database.ts';

/** So long a code is good for a session: the browser hands it to the shell on the same machine. */
const HANDOVER_MS = MS_PER_MINUTE;

/** Somebody whom a provider has vouched for. `endUrl`: sealed, as a session keeps it. */
export interface Admitted {
  readonly account: string;
  readonly endUrl: string | null;
}

/** The challenge of a verifier: S256 of RFC 7636. */
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** Four digits of a challenge, which the shell and the browser's last page both show. */
export const markOf = (challenge: string): string =>
  String(createHash('sha256').update(challenge).digest().readUInt32BE() % 10_000).padStart(4, '0');

/** Makes a code for one session of somebody who was let in; older ones of the region go. */
export async function keepHandover(
  db: Database,
  region: string,
  { account, endUrl, challenge }: Admitted & { readonly challenge: string },
  now: Instant,
): Promise<string> {
  const code = newToken();
  await withScope(db, { region }, async (tx) => {
    await tx
      .deleteFrom('sign_in_handover')
      .where('made_at', '<', now - HANDOVER_MS)
      .execute();
    const who = { region_id: region, account_id: account, challenge, end_url: endUrl };
    await tx
      .insertInto('sign_in_handover')
      .values({ ...who, code_hash: hashToken(code), made_at: now })
      .execute();
  });
  return code;
}

/**
 * Uses a code up and gives whom it is for; null where it is unknown in this region, used, too old, or the
 * verifier is another's: then it is used up all the same.
 */
export async function takeHandover(
  db: Database,
  { region, code, verifier }: ShellCode,
  now: Instant,
): Promise<Admitted | null> {
  const row = await withScope(db, { region }, (tx) =>
    tx
      .deleteFrom('sign_in_handover')
      .where('code_hash', '=', hashToken(code))
      .returning(['account_id', 'challenge', 'end_url', 'made_at'])
      .executeTakeFirst(),
  );
  if (row === undefined || now - row.made_at > HANDOVER_MS) return null;
  if (!isSameSecret(challengeOf(verifier), row.challenge)) return null;
  return { account: row.account_id, endUrl: row.end_url };
}
