/**
 * Gives `value` back when it is there, and throws when it is `null` or `undefined`.
 * For things that can only be missing through a bug; `why` says what was taken for granted.
 */
export function must<T>(value: T | null | undefined, why: string): T {
  if (value === null || value === undefined) {
    throw new Error(`Missing: ${why}`);
  }
  return value;
}

/** Closes a `switch` over a union: the compiler refuses a forgotten case, the throw catches bad data. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
