/**
 * Lets an action of a card through, asks first, or lets it come to nothing: only what is seen is acted on.
 */
export type Guard = (act: () => void) => void;

/** The guard of a card that stands by itself and cannot be taken away from under the hand. */
export const unguarded: Guard = (act) => act();

/** The same actions behind a guard. */
export const guarded = <K extends string>(
  guard: Guard,
  actions: Readonly<Record<K, () => void>>,
): Record<K, () => void> =>
  Object.fromEntries(
    Object.entries<() => void>(actions).map(([name, act]) => [name, () => guard(act)]),
  ) as Record<K, () => void>;
