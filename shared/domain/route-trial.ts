import type { Instant } from './instant.ts';
import type { RouteBook, RouteOf } from './route-book.ts';

/** A message that a table is tried on. */
export interface TriedMessage extends RouteOf {
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
  readonly message: TriedMessage;
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
export function tryRoutes(
  messages: readonly TriedMessage[],
  before: TriedTable,
  after: TriedTable,
): RouteTrial {
  const ends = new Map<string, { readonly was: RouteEnd | null; readonly is: RouteEnd | null }>();
  const endsOf = (message: TriedMessage) => {
    const key = JSON.stringify([message.topic, message.group, message.municipality]);
    const known = ends.get(key) ?? { was: endOf(message, before), is: endOf(message, after) };
    ends.set(key, known);
    return known;
  };
  const moved = messages.flatMap((message): MovedMessage[] => {
    const { was, is } = endsOf(message);
    return was?.agency === is?.agency && was?.unit === is?.unit ? [] : [{ message, was, is }];
  });
  return { total: messages.length, moved };
}

function endOf(route: RouteOf, { book, at }: TriedTable): RouteEnd | null {
  const found = book.first(route, at);
  return found === null ? null : { agency: found.agency, unit: found.unit };
}
