import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { sessionSchema, type Session } from '#shared/protocol/session.ts';

export type LoginResult =
  | { readonly kind: 'logged_in'; readonly session: Session }
  | { readonly kind: 'refused'; readonly error: ApiErrorKind; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'unreachable' };

const PATH = '/api/v1/session';
const TIMEOUT_MS = 15_000;

const seconds = (response: Response): number | null => {
  const header = Number(response.headers.get('retry-after'));
  return Number.isFinite(header) && header > 0 ? header : null;
};

async function resultOf(response: Response): Promise<LoginResult> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const session = sessionSchema.safeParse(body);
    return session.success
      ? { kind: 'logged_in', session: session.data }
      : { kind: 'refused', error: 'internal', retryAfterSeconds: null };
  }
  const error = apiErrorSchema.safeParse(body);
  // A proxy's own page instead of our error: the API itself was not reached.
  if (!error.success) return { kind: 'unreachable' };
  return { kind: 'refused', error: error.data.error.kind, retryAfterSeconds: seconds(response) };
}

/** Logs in; the session itself is an HttpOnly cookie that scripts never see. */
export async function logIn(login: string, password: string): Promise<LoginResult> {
  try {
    const response = await fetch(PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await resultOf(response);
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Ends the session at the API. Without the network it simply runs out there. */
export async function logOut(): Promise<void> {
  await fetch(PATH, { method: 'DELETE', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);
}
