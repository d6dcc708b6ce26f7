import type { Instant } from './instant.ts';
import type { RouteBook, RouteOf } from './route-book.ts';

/** Facts of a message that a table is tried on. */
export interface RouteFact extends RouteOf {
  readonly id: string;
  readonly number: number | null;
}

/** An addressee of a table; null where it names nobody. */
export interface RouteEnd {
  readonly agency: string;
  readonly unit: string | null;
}

/** A message that would go elsewhere. */
export interface MovedMessage {
  readonly fact: RouteFact;
  readonly was: RouteEnd | null;
  readonly is: RouteEnd | null;
}

export interface RouteTrial {
  readonly total: number;
  readonly moved: readonly MovedMessage[];
}

/** A table and the moment that it is looked up at. */
export interface TriedTable {
  readonly book: RouteBook;
  readonly at: Instant;
}

/**
 * Says which messages would go elsewhere by another table, in their order. Tables alone are compared, each as
 * it is at its own moment: what people chose and what similar messages did is not asked.
 */
export function tryRoutes(facts: readonly RouteFact[], before: TriedTable, after: TriedTable): RouteTrial {
  const ends = new Map<string, { readonly was: RouteEnd | null; readonly is: RouteEnd | null }>();
  const endsOf = (fact: RouteFact) => {
    const key = JSON.stringify([fact.topic, fact.group, fact.municipality]);
    const known = ends.get(key) ?? { was: endOf(fact, before), is: endOf(fact, after) };
    ends.set(key, known);
    return known;
  };
  const moved = facts.flatMap((fact): MovedMessage[] => {
    const { was, is } = endsOf(fact);
    return was?.agency === is?.agency && was?.unit === is?.unit ? [] : [{ fact, was, is }];
  });
  return { total: facts.length, moved };
}

function endOf(fact: RouteOf, { book, at }: TriedTable): RouteEnd | null {
  const found = book.first(fact, at);
  return found === null ? null : { agency: found.agency, unit: found.unit };
}
