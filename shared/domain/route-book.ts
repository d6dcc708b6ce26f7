import type { Instant } from './instant.ts';
import {
  pairKey,
  suggestRoutes,
  type RouteCandidate,
  type RoutingRule,
  type SuccessorOf,
} from './routing.ts';
import type { Matter } from './split.ts';

/** Fields that a route is looked for by, besides the moment. */
export type RouteOf = Matter;

/** A table of routes by what they lead from: fourteen thousand are not walked through for each message. */
export class RouteBook {
  readonly #byPair: ReadonlyMap<string, readonly RoutingRule[]>;
  readonly #successorOf: SuccessorOf;

  /** `successorOf`: the agency that has the work of one that is named. */
  constructor(routes: readonly RoutingRule[], successorOf: SuccessorOf = (id) => id) {
    this.#byPair = Map.groupBy(routes, pairKey);
    this.#successorOf = successorOf;
  }

  /** Whom the table alone proposes first, as {@link suggestRoutes} does; null for nobody. */
  first({ topic, group, municipality }: RouteOf, at: Instant): RouteCandidate | null {
    const [t, g, m] = [topic ?? undefined, group ?? undefined, municipality ?? undefined];
    const keys = new Set(
      [t, undefined].flatMap((topicOf) =>
        [g, undefined].flatMap((groupOf) =>
          [m, undefined].map((placeOf) => keyOf(topicOf, groupOf, placeOf)),
        ),
      ),
    );
    const rules = [...keys].flatMap((key) => this.#byPair.get(key) ?? []);
    const query = { topic, group, municipality, at, successorOf: this.#successorOf };
    return rules.length === 0 ? null : (suggestRoutes(rules, query)[0] ?? null);
  }
}

const keyOf = (
  topic: string | undefined,
  group: string | undefined,
  municipality: string | undefined,
): string =>
  pairKey({
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
    ...(municipality === undefined ? {} : { municipality }),
  });
