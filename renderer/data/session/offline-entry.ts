import { MS_PER_HOUR, MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import { isJudgedElsewhere, type Session } from '#shared/protocol/session.ts';
import type { LoginResult } from './session-api.ts';
import { changePerson, keepPerson, peopleHere, personNamed } from './people-here.ts';
import { isSecret, makeVerifier } from './verifier.ts';

/**
 * An attempt to come in without the network. Each kind but `entered` has a sentence under `session.offline`.
 */
export type OfflineEntry =
  | { readonly kind: 'entered'; readonly session: Session }
  /** Nobody of this name has worked here. */
  | { readonly kind: 'unknown' }
  /** Works here, but has not come in with a password while the centre answered. */
  | { readonly kind: 'no_verifier' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'paused'; readonly waitMs: number };

/** Fingers slip; from here on each wrong secret costs twice the time of the one before. */
const FREE_TRIES = 5;
const LONGEST_PAUSE_MS = MS_PER_HOUR;
/** A shift: so long a reload asks for nothing. */
const OFFLINE_SESSION_MS = 12 * MS_PER_HOUR;

/** The pause after so many wrong secrets in a row, ms. */
export const pauseAfter = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(LONGEST_PAUSE_MS, MS_PER_MINUTE * 2 ** Math.min(wrong - FREE_TRIES, 10));

/**
 * Lets a person go on with the local copy when the secret is theirs. A guess is counted, and its pause set,
 * before it is looked at: guesses of many windows at once gain nothing. The session is this workstation's
 * alone: the centre asks for the password again. `now` is by the centre's clock, as the end of a session is.
 */
export async function enterOffline(login: string, secret: string, now: Instant): Promise<OfflineEntry> {
  const person = await personNamed(login);
  if (person === null) return { kind: 'unknown' };
  if (person.verifier === null) return { kind: 'no_verifier' };
  const { profile } = person;
  const before = await changePerson(profile, (kept) =>
    kept.waitMs > 0 ? kept : { ...kept, wrong: kept.wrong + 1, waitMs: pauseAfter(kept.wrong + 1) },
  );
  if (before === null || before.verifier === null) return { kind: 'unknown' };
  if (before.waitMs > 0) return { kind: 'paused', waitMs: before.waitMs };
  if (!(await isSecret(before.verifier, secret))) return { kind: 'wrong' };
  await changePerson(profile, (kept) => ({ ...kept, wrong: 0, waitMs: 0 }));
  return { kind: 'entered', session: { ...before.session, expiresAt: now + OFFLINE_SESSION_MS } };
}

/**
 * Learns from the centre's answer to a login: a right password makes the verifier anew, and one that was
 * right before and is not any more, or whose account is closed, opens nothing here from now on. A password of
 * another system opens doors elsewhere: nothing of it is kept, and the one set for this workstation stays,
 * which the centre knows nothing of.
 */
export async function learnFromLogin(
  login: string,
  secret: string,
  result: LoginResult,
  now: Instant,
): Promise<void> {
  if (result.kind === 'logged_in') {
    const { session } = result;
    return keepPerson(session, now, isJudgedElsewhere(session) ? undefined : await makeVerifier(secret));
  }
  if (result.kind !== 'refused') return;
  const person = await personNamed(login);
  if (person === null || person.verifier === null) return;
  const isOver =
    result.error === 'forbidden' ||
    (result.error === 'wrong_password' &&
      !isJudgedElsewhere(person.session) &&
      (await isSecret(person.verifier, secret)));
  if (isOver) await changePerson(person.profile, (kept) => ({ ...kept, verifier: null }));
}

/** Keeps a secret of this workstation alone, for whoever has no password that it could judge. */
export const keepOwnSecret = async (session: Session, secret: string): Promise<void> =>
  keepPerson(session, Date.now(), await makeVerifier(secret));

/** How often pauses are written down, ms: what a reload can cost of the time already waited. */
const TICK_MS = 1000;

/**
 * Lets pauses pass while a window stands at the login screen, by time that no clock of the system moves. Of
 * several windows one counts, or their time would run faster.
 */
export function passPauses(signal: AbortSignal): void {
  const pass = async (): Promise<void> => {
    let last = performance.now();
    while (!signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      const passed = performance.now() - last;
      last += passed;
      for (const { profile, waitMs } of await peopleHere())
        if (waitMs > 0)
          await changePerson(profile, (kept) => ({ ...kept, waitMs: Math.max(0, kept.waitMs - passed) }));
    }
  };
  void navigator.locks.request('pult-pauses', { signal }, pass).catch(() => undefined);
}
