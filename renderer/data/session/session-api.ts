import type { z } from 'zod';
import { demoPeopleResponseSchema, type DemoPerson } from '#shared/protocol/demo.ts';
import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { invitationAcceptedSchema, invitationSchema, type Invitation } from '#shared/protocol/invitation.ts';
import {
  ACCOUNT_HEADER,
  accountMark,
  passwordResponseSchema,
  sessionSchema,
  type PasswordResponse,
  type Session,
} from '#shared/protocol/session.ts';
import { sessionHeaders } from './session-here.ts';

export type LoginFailure =
  | { readonly kind: 'refused'; readonly error: ApiErrorKind; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'unreachable' };

export type LoginResult = { readonly kind: 'logged_in'; readonly session: Session } | LoginFailure;

/** `ended`: how many other sessions of the person ended with the old password. */
export type PasswordResult =
  | { readonly kind: 'changed'; readonly session: Session; readonly ended: number }
  | LoginFailure;

export type LookedInvitation = { readonly kind: 'open'; readonly invitation: Invitation } | LoginFailure;

const PATH = '/api/v1/session';
const INVITATION_API = '/api/v1/invitation';
const DEMO_PATH = `${PATH}/demo`;
const TIMEOUT_MS = 15_000;

/**
 * Stands while the centre has not heard of a logout: the browser's cookie is still worth something there. Its
 * value says whose logout it is (`accountMark`); '1' in what an older console wrote.
 */
const OWED = 'pult.logout';
const ANYBODY = '1';
let telling: AbortController | null = null;

const seconds = (response: Response): number | null => {
  const header = Number(response.headers.get('retry-after'));
  return Number.isFinite(header) && header > 0 ? header : null;
};

/** Reads an answer: `ok` makes the result of a body that fits the schema. */
export async function resultOf<T, R>(
  response: Response,
  schema: z.ZodType<T>,
  ok: (body: T) => R,
): Promise<R | LoginFailure> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const read = schema.safeParse(body);
    return read.success ? ok(read.data) : { kind: 'refused', error: 'internal', retryAfterSeconds: null };
  }
  const error = apiErrorSchema.safeParse(body);
  // A proxy's own page instead of our error: the API itself was not reached.
  if (!error.success) return { kind: 'unreachable' };
  return { kind: 'refused', error: error.data.error.kind, retryAfterSeconds: seconds(response) };
}

export const sendBody = (
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  meant: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(path, {
    method,
    headers: { ...meant, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });

/** Somebody has come in: whatever logout was still to be told would end their session. */
export function forgetOwedLogout(): void {
  telling?.abort();
  localStorage.removeItem(OWED);
}

/**
 * The session itself is an HttpOnly cookie that scripts never see. It takes the place of one still to be
 * ended.
 */
async function comeIn(path: string, body: object): Promise<LoginResult> {
  telling?.abort();
  try {
    const result = await resultOf<Session, LoginResult>(
      await sendBody('POST', path, body),
      sessionSchema,
      (session) => ({ kind: 'logged_in', session }),
    );
    if (result.kind === 'logged_in') forgetOwedLogout();
    return result;
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Logs in; `code` of the second factor, where one was asked for. */
export const logIn = (login: string, password: string, code?: string): Promise<LoginResult> =>
  comeIn(PATH, { login, password, ...(code === undefined ? {} : { code }) });

/** Asks whom an invitation lets in; uses nothing up. */
export async function lookInvitation(token: string): Promise<LookedInvitation> {
  try {
    const response = await sendBody('POST', `${INVITATION_API}/look`, { token });
    return await resultOf<Invitation, LookedInvitation>(response, invitationSchema, (invitation) => ({
      kind: 'open',
      invitation,
    }));
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Sets the password of whoever has an invitation, and comes in by it. */
export async function comeInByInvitation(token: string, password: string): Promise<PasswordResult> {
  try {
    const response = await sendBody('POST', `${INVITATION_API}/accept`, { token, password });
    const accepted = await resultOf<{ login: string }, { kind: 'accepted'; login: string } | LoginFailure>(
      response,
      invitationAcceptedSchema,
      ({ login }) => ({ kind: 'accepted', login }),
    );
    if (accepted.kind !== 'accepted') return accepted;
    const entered = await logIn(accepted.login, password);
    return entered.kind === 'logged_in' ? { kind: 'changed', session: entered.session, ended: 0 } : entered;
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Sets a password of one's own in place of the current one, which is given once more. */
export async function setOwnPassword(current: string, password: string): Promise<PasswordResult> {
  try {
    const response = await sendBody('PUT', `${PATH}/password`, { current, password }, sessionHeaders());
    return await resultOf<PasswordResponse, PasswordResult>(response, passwordResponseSchema, (changed) => ({
      kind: 'changed',
      ...changed,
    }));
  } catch {
    return { kind: 'unreachable' };
  }
}

/**
 * People of the demo region that this address lets in without a password; nobody on any other, or when it
 * does not answer.
 */
export async function demoPeople(): Promise<readonly DemoPerson[]> {
  try {
    const response = await fetch(DEMO_PATH, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return demoPeopleResponseSchema.safeParse(await response.json()).data?.people ?? [];
  } catch {
    return [];
  }
}

/** Comes in as one of {@link demoPeople}. */
export const logInDemo = (login: DemoPerson['login']): Promise<LoginResult> => comeIn(DEMO_PATH, { login });

/** Ends the session at the API; without the network that is owed until {@link tellLogout} comes through. */
export async function logOut(session: Session | null): Promise<void> {
  localStorage.setItem(OWED, session === null ? ANYBODY : accountMark(session));
  await tellLogout();
}

/** Tells the centre of a logout it has not heard of yet. */
export async function tellLogout(): Promise<void> {
  const owed = localStorage.getItem(OWED);
  if (owed === null || telling !== null) return;
  telling = new AbortController();
  const signal = AbortSignal.any([telling.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    // `keepalive`: the window may be closed right after the click. The shell drops its token by itself.
    const response = await fetch(PATH, {
      method: 'DELETE',
      // Somebody else may have come in by the time it arrives, and stays in.
      headers: owed === ANYBODY ? {} : { [ACCOUNT_HEADER]: owed },
      keepalive: location.protocol.startsWith('http'),
      signal,
    });
    if (response.ok || response.status === 401) localStorage.removeItem(OWED);
  } catch {
    // Still owed.
  } finally {
    telling = null;
  }
}
