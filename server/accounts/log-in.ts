import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { SecondFactor } from '#server/second-factor/second-factor.ts';
import { hasFactor } from '#server/second-factor/store.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { readRegulation } from '#server/sync/regulation.ts';
import { auditAlone, type AuditSaid } from './audit.ts';
import { findDevice, rememberDevice, type DeviceOwner } from './device-store.ts';
import { findAccount, type FoundAccount } from './find-account.ts';
import { countAttempt, forgiveAttempts } from './login-limit.ts';
import { verifyPassword } from './password.ts';
import { createSession, findSession } from './session-store.ts';

/** An attempt to come in. */
export interface LoginAttempt {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  /** The token of the device, where somebody has come in before; null where nobody has. */
  readonly device: string | null;
  /** Of the second factor; null where none was given. */
  readonly code?: string | null;
  readonly now: Instant;
}

export type OpenedSession =
  | {
      readonly kind: 'logged_in';
      readonly token: string;
      readonly session: Session;
      /** By what the device is known from now on; null where nobody need be told from others. */
      readonly device: string | null;
    }
  | { readonly kind: 'wrong_password' }
  /** The password was right, and a code is wanted beside it. */
  | { readonly kind: 'second_factor_needed' }
  | { readonly kind: 'second_factor_wrong' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

/** Tells whether the region demands a second factor of this person's role. */
const isFactorDemanded = (db: Database, { region, account }: DeviceOwner): Promise<boolean> =>
  withScope(db, { region }, async (tx) => {
    const { secondFactor } = await readRegulation(tx, region);
    if (secondFactor.length === 0) return false;
    const { role } = await tx
      .selectFrom('account')
      .select('role')
      .where('region_id', '=', region)
      .where('id', '=', account)
      .executeTakeFirstOrThrow();
    return secondFactor.includes(role);
  });

/** Opens a session for an account whose password was right, and its second factor where it has one. */
async function letIn(
  db: Database,
  account: FoundAccount,
  attempt: LoginAttempt,
  isByFactor: boolean,
): Promise<OpenedSession> {
  const { device: known, now } = attempt;
  const { region_id: region, account_id: id } = account;
  const owner = { region, account: id };
  const needsFactor = !isByFactor && (await isFactorDemanded(db, owner));
  const device = await rememberDevice(db, owner, known, now);
  const token = await createSession(db, region, id, { ...attempt, needsFactor }, now);
  const found = await findSession(db, token, now);
  const session = must(found.kind === 'found' ? found.session : null, 'a new session is found');
  return { kind: 'logged_in', token, session, device };
}

/** Gives what the log keeps of a name that nobody has: somebody may have typed their password there. */
const maskedLogin = (login: string): string => `${login.slice(0, 2)}… (${login.length})`;

/**
 * Lets a person in or not; every attempt that is looked at leaves a line in the audit log. An unknown name, a
 * wrong password and a closed account with a wrong password look and last the same.
 */
export async function openSession(
  db: Database,
  attempt: LoginAttempt,
  factors?: SecondFactor,
): Promise<OpenedSession> {
  const { login, password, address, userAgent, now } = attempt;
  const account = await findAccount(db, login);
  const actor = account?.account_id ?? maskedLogin(login);
  const tell = (line: AuditSaid) =>
    auditAlone(db, account?.region_id ?? null, { at: now, actor, address, device: userAgent, ...line });
  const owner = account && { region: account.region_id, account: account.account_id };
  const device = owner === undefined ? null : await findDevice(db, owner, attempt.device, now);
  const counted = await countAttempt(db, { login, address, device }, now);
  if (counted.kind === 'paused') return { kind: 'rate_limited', retryAfterMs: counted.retryAfterMs };
  if (!(await verifyPassword(account?.password_hash ?? null, password)) || account === undefined) {
    await tell({ action: 'login_failed', detail: {} });
    const { pausedUntil } = counted;
    const seconds = Math.round((pausedUntil - now) / 1000);
    if (seconds > 0) await tell({ action: 'login_limited', detail: { seconds } });
    return { kind: 'wrong_password' };
  }
  await forgiveAttempts(db, { login, address, device });
  if (account.disabled) {
    await tell({ action: 'login_disabled' });
    return { kind: 'disabled' };
  }
  const factor = await passFactor(db, account, attempt, factors);
  if (factor !== 'passed' && factor !== 'none') return factor;
  await tell({ action: 'login' });
  return letIn(db, account, attempt, factor === 'passed');
}

/** Has the second factor judged of somebody whose password was right: `none` where they have none. */
async function passFactor(
  db: Database,
  { region_id: region, account_id: account }: FoundAccount,
  { code = null, address, userAgent: device }: LoginAttempt,
  factors: SecondFactor | undefined,
): Promise<'none' | 'passed' | OpenedSession> {
  const owner = { region, account };
  if (!(await hasFactor(db, owner))) return 'none';
  // An API that cannot judge codes lets in nobody who has one.
  if (code === null || factors === undefined) return { kind: 'second_factor_needed' };
  const judged = await factors.judge(owner, code, { address, device });
  return judged.kind === 'right' ? 'passed' : judged;
}
