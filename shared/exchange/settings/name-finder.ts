import { looksOf } from '#shared/domain/records/looks.ts';

/** The meaning of a name in a cell: one thing, none, or more than one. */
export type NamedThing<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'unknown' | 'ambiguous' };

/**
 * Finds things by the names people write: exactly, else by what looks the same (letter case, quotes, ё). Two
 * things of one look are ambiguous.
 */
export function nameFinder<T>(things: readonly T[], namesOf: (thing: T) => readonly string[]) {
  const [exact, alike] = [new Map<string, Set<T>>(), new Map<string, Set<T>>()];
  const note = (book: Map<string, Set<T>>, name: string, thing: T): void => {
    const known = book.get(name);
    if (known === undefined) book.set(name, new Set([thing]));
    else known.add(thing);
  };
  for (const thing of things)
    for (const name of namesOf(thing)) {
      note(exact, name, thing);
      note(alike, looksOf(name), thing);
    }
  return (name: string): NamedThing<T> => {
    const found = [...(exact.get(name) ?? alike.get(looksOf(name)) ?? [])];
    const [first] = found;
    if (first === undefined) return { ok: false, why: 'unknown' };
    return found.length === 1 ? { ok: true, value: first } : { ok: false, why: 'ambiguous' };
  };
}

/** As {@link nameFinder}; things that are open come first, and only a name of none of them means another. */
export function openFirstFinder<T>(
  things: readonly T[],
  isOpen: (thing: T) => boolean,
  namesOf: (thing: T) => readonly string[],
) {
  const [openOf, anyOf] = [nameFinder(things.filter(isOpen), namesOf), nameFinder(things, namesOf)];
  return (name: string): NamedThing<T> => {
    const open = openOf(name);
    return !open.ok && open.why === 'unknown' ? anyOf(name) : open;
  };
}
