import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Database } from '#server/store/database.ts';
import { auditAlone } from './audit.ts';
import { countAttempt, forgiveAttempts } from './login-limit.ts';
import { verifyPassword } from './password.ts';
import { createSession, findSession } from './session-store.ts';

/** An attempt to come in. */
export interface LoginAttempt {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  readonly now: Instant;
}

export type OpenedSession =
  | { readonly kind: 'logged_in'; readonly token: string; readonly session: Session }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

interface FoundAccount {
  readonly region_id: string;
  readonly account_id: string;
  readonly password_hash: string;
  readonly disabled: boolean;
}

/**
 * Lets a person in or not; every attempt leaves a line in the audit log. An unknown name, a wrong password
 * and a closed account with a wrong password look and last the same.
 */
export async function openSession(db: Database, attempt: LoginAttempt): Promise<OpenedSession> {
  const { login, password, address, now } = attempt;
  const { rows } = await sql<FoundAccount>`select * from account_for_login(${login})`.execute(db);
  const account = rows[0];
  const tell = (action: string) =>
    auditAlone(db, account?.region_id ?? null, {
      at: now,
      actor: account?.account_id ?? login,
      action,
      address,
    });

  const tooMany = await countAttempt(db, login, address, now);
  if (tooMany !== null) {
    if (tooMany.isFirst) await tell('login_limited');
    return { kind: 'rate_limited', retryAfterMs: tooMany.retryAfterMs };
  }
  if (!(await verifyPassword(account?.password_hash ?? null, password)) || account === undefined) {
    await tell('login_failed');
    return { kind: 'wrong_password' };
  }
  await forgiveAttempts(db, login, address, now);
  if (account.disabled) {
    await tell('login_disabled');
    return { kind: 'disabled' };
  }
  const token = await createSession(db, account.region_id, account.account_id, attempt.userAgent, now);
  await tell('login');
  const found = await findSession(db, token, now);
  const session = must(found.kind === 'found' ? found.session : null, 'a new session is found');
  return { kind: 'logged_in', token, session };
}
