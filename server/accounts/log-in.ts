import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { SignInTrouble } from '#shared/protocol/sign-in.ts';
import type { SecondFactor } from '#server/second-factor/second-factor.ts';
import { hasFactor } from '#server/second-factor/store.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { readRegulation } from '#server/sync/regulation.ts';
import { auditAlone, type AuditSaid } from './audit.ts';
import { findDevice, rememberDevice, type DeviceOwner } from './device-store.ts';
import { findAccount, type FoundAccount } from './find-account.ts';
import { countAttempt, forgiveAttempts, type LoginSource } from './login-limit.ts';
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
  /** The directory that was asked lets nobody in, or this person not. */
  | { readonly kind: 'refused'; readonly why: SignInTrouble }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number };

/** Somebody whom another system, or its settings here, do not let in. `who`: the login, where it told one. */
export interface RefusedElsewhere {
  readonly kind: 'refused';
  readonly region: string;
  readonly why: SignInTrouble;
  readonly who: string | null;
}

/** The word of another system about a password that is not the account's here. */
export type JudgedElsewhere =
  | { readonly kind: 'not_asked' }
  | { readonly kind: 'wrong' }
  | RefusedElsewhere
  | {
      readonly kind: 'right';
      readonly region: string;
      /** By which they would come in; null where they have none yet. */
      readonly account: string | null;
      /** Takes over, renews or makes the account: only once all that the account asks for has been shown. */
      readonly admit: () => Promise<
        RefusedElsewhere | { readonly kind: 'admitted'; readonly account: string }
      >;
    };

/** Another system that judges passwords: a region's directory. */
export interface JudgeElsewhere {
  readonly judge: (attempt: LoginAttempt, account: FoundAccount | undefined) => Promise<JudgedElsewhere>;
}

/** The parts that judge beside passwords of accounts; what is left out judges nothing. */
interface Judges {
  readonly factors?: SecondFactor | undefined;
  readonly elsewhere?: JudgeElsewhere | undefined;
}

type Owned = Pick<FoundAccount, 'region_id' | 'account_id'>;

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
  account: Owned,
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

/** Who tries to come in, as far as it is known before the password is looked at. */
interface Known {
  readonly account: FoundAccount | undefined;
  readonly source: LoginSource;
  /** Should the password be wrong, the next attempt waits until then. */
  readonly pausedUntil: Instant;
}

function tell(db: Database, { account }: Pick<Known, 'account'>, attempt: LoginAttempt, said: AuditSaid) {
  const { login, address, userAgent, now } = attempt;
  const actor = account?.account_id ?? maskedLogin(login);
  const line = { at: now, actor, address, device: userAgent, ...said };
  return auditAlone(db, account?.region_id ?? null, line);
}

async function refuse(db: Database, known: Known, attempt: LoginAttempt): Promise<OpenedSession> {
  await tell(db, known, attempt, { action: 'login_failed', detail: {} });
  const seconds = Math.round((known.pausedUntil - attempt.now) / 1000);
  if (seconds > 0) await tell(db, known, attempt, { action: 'login_limited', detail: { seconds } });
  return { kind: 'wrong_password' };
}

/** Tells whoever another system does not let in, and the audit log. */
async function refuseAsElsewhere(
  db: Database,
  { account }: Known,
  attempt: LoginAttempt,
  { region, why, who }: RefusedElsewhere,
): Promise<OpenedSession> {
  const { login, address, userAgent, now } = attempt;
  const actor = account?.account_id ?? who ?? maskedLogin(login);
  const detail = { why, ...(who === null ? {} : { who: who.slice(0, 200) }) };
  const line = { at: now, actor, address, device: userAgent, action: 'login_refused', detail } as const;
  await auditAlone(db, region, line);
  return why === 'disabled' ? { kind: 'disabled' } : { kind: 'refused', why };
}

/**
 * Has another system judge a password that is not the account's here. Nothing of the account changes before
 * its second factor is passed: a password alone takes over nobody.
 */
async function judgeElsewhere(
  db: Database,
  known: Known,
  attempt: LoginAttempt,
  { factors, elsewhere }: Judges,
): Promise<OpenedSession> {
  const judged = (await elsewhere?.judge(attempt, known.account)) ?? { kind: 'not_asked' };
  if (judged.kind === 'not_asked' || judged.kind === 'wrong') return refuse(db, known, attempt);
  if (judged.kind === 'refused') return refuseAsElsewhere(db, known, attempt, judged);
  await forgiveAttempts(db, known.source);
  const { region, account } = judged;
  if (account !== null) {
    const factor = await passFactor(db, { region_id: region, account_id: account }, attempt, factors);
    if (factor !== 'passed' && factor !== 'none') return factor;
  }
  const admitted = await judged.admit();
  if (admitted.kind === 'refused') return refuseAsElsewhere(db, known, attempt, admitted);
  const { address, userAgent: device, now } = attempt;
  const line = { at: now, actor: admitted.account, address, device, action: 'login_provider' } as const;
  await auditAlone(db, region, line);
  // Of its people the other system demands a second factor: here they have no password to set one by.
  return letIn(db, { region_id: region, account_id: admitted.account }, attempt, true);
}

/**
 * Lets a person in or not; every attempt that is looked at leaves a line in the audit log. An unknown name, a
 * wrong password and a closed account with a wrong password look and last the same. What is not the password
 * of an account here another system may judge.
 */
export async function openSession(
  db: Database,
  attempt: LoginAttempt,
  judges: Judges = {},
): Promise<OpenedSession> {
  const { login, password, address, now } = attempt;
  const account = await findAccount(db, login);
  const owner = account && { region: account.region_id, account: account.account_id };
  const device = owner === undefined ? null : await findDevice(db, owner, attempt.device, now);
  const source = { login, address, device };
  const counted = await countAttempt(db, source, now);
  if (counted.kind === 'paused') return { kind: 'rate_limited', retryAfterMs: counted.retryAfterMs };
  const isRight = await verifyPassword(account?.password_hash ?? null, password);
  const known = { account, source, pausedUntil: counted.pausedUntil };
  if (!isRight || account === undefined) return judgeElsewhere(db, known, attempt, judges);
  await forgiveAttempts(db, source);
  if (account.disabled) {
    await tell(db, known, attempt, { action: 'login_disabled' });
    return { kind: 'disabled' };
  }
  const factor = await passFactor(db, account, attempt, judges.factors);
  if (factor !== 'passed' && factor !== 'none') return factor;
  await tell(db, known, attempt, { action: 'login' });
  return letIn(db, account, attempt, factor === 'passed');
}

/** Has the second factor judged of somebody whose password was right: `none` where they have none. */
async function passFactor(
  db: Database,
  { region_id: region, account_id: account }: Owned,
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
