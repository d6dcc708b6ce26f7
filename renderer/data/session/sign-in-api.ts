import { sessionSchema, type Session } from '#shared/protocol/session.ts';
import {
  SIGN_IN_PATH,
  signInEndSchema,
  signInStartedSchema,
  signInWaysSchema,
  type SignInWay,
} from '#shared/protocol/sign-in.ts';
import {
  forgetOwedLogout,
  resultOf,
  sendBody,
  tellLogout,
  type LoginFailure,
  type LoginResult,
} from './session-api.ts';
import { sessionHeaders } from './session-here.ts';

const TIMEOUT_MS = 15_000;
/** A logout does not wait for longer. */
const END_MS = 3000;

/** Providers by which people come in here; null where the centre does not answer. */
export async function signInWays(): Promise<readonly SignInWay[] | null> {
  try {
    const response = await fetch(SIGN_IN_PATH, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return signInWaysSchema.safeParse(await response.json()).data?.ways ?? [];
  } catch {
    return null;
  }
}

/** Begins a sign-in; gives the provider's page. */
export async function startSignIn(
  region: string,
): Promise<{ readonly kind: 'begun'; readonly url: string } | LoginFailure> {
  try {
    // Told later it would end the session that begins now.
    await tellLogout();
    const response = await sendBody('POST', `${SIGN_IN_PATH}/start`, { region });
    return await resultOf<{ url: string }, { kind: 'begun'; url: string } | LoginFailure>(
      response,
      signInStartedSchema,
      ({ url }) => ({ kind: 'begun', url }),
    );
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Reads the session that a provider's answer has begun in this browser. */
export async function readSignedIn(): Promise<LoginResult> {
  try {
    const response = await fetch(`${SIGN_IN_PATH}/session`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const result = await resultOf<Session, LoginResult>(response, sessionSchema, (session) => ({
      kind: 'logged_in',
      session,
    }));
    if (result.kind === 'logged_in') forgetOwedLogout();
    return result;
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Asks where the provider ends its own session; null where it does not, or nobody answers in time. */
export async function providerEnd(): Promise<string | null> {
  try {
    const response = await fetch(`${SIGN_IN_PATH}/end`, {
      method: 'POST',
      headers: { ...sessionHeaders(), 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(END_MS),
    });
    return signInEndSchema.safeParse(await response.json()).data?.url ?? null;
  } catch {
    return null;
  }
}
