/** A reason why the API did not do what it was asked. A value, not an exception: each of them is expected. */
export type Failure =
  /** No connection, a timeout, an answer cut short. `isSlow`: a part of the answer had come. */
  | { readonly kind: 'network'; readonly message: string; readonly isSlow?: boolean }
  /** 5xx and 429. `afterMs`: how long the API asked to be left alone, if it said. */
  | { readonly kind: 'busy'; readonly status: number; readonly afterMs: number | null }
  | { readonly kind: 'unauthenticated' }
  | { readonly kind: 'forbidden' }
  /** 400, 413, 422: the API cannot read what we sent. */
  | { readonly kind: 'unreadable'; readonly status: number; readonly message: string }
  /** 409 on a push: the API expects this seq next, where it says so. */
  | { readonly kind: 'gap'; readonly expected: number | null }
  /** 410, or another epoch or scope: the local copy must be built anew. */
  | { readonly kind: 'resync' }
  | { readonly kind: 'too_old' }
  | { readonly kind: 'too_new' }
  /** Somebody else answers at the centre's address: a proxy's page, a network's own login page. */
  | { readonly kind: 'foreign'; readonly status: number }
  /** The answer is not what the protocol says. */
  | { readonly kind: 'nonsense'; readonly message: string };

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export const answered = <T>(value: T): Answer<T> => ({ ok: true, value });
export const failed = (failure: Failure): Answer<never> => ({ ok: false, failure });

/** The words of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
