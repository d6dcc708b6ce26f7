import type { Agencies } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PlaceSurroundings } from './place-surroundings.ts';
import type { RouteSurroundings } from './route-surroundings.ts';
import type { PolicySurroundings } from './policy-surroundings.ts';
import type { TopicSurroundings } from './topic-surroundings.ts';

/** Work that hangs on an agency: open incidents that it holds, and routes in force that lead to it. */
export interface AgencyWork {
  readonly incidents: number;
  readonly routes: number;
}

/** Everything that the judge of a record may look at besides the record itself. */
export interface Surroundings {
  readonly at: Instant;
  readonly agencies: Agencies;
  /** Of the agencies that are changed, by id; null on a console, which leaves this to the API. */
  readonly works: ReadonlyMap<string, AgencyWork> | null;
  /** Read for routes alone. */
  readonly routing?: RouteSurroundings;
  /** Read for municipalities alone. */
  readonly places?: PlaceSurroundings;
  /** Read for policies, rules of importance and templates alone. */
  readonly deadlines?: PolicySurroundings;
  /** Read for topics alone. */
  readonly dictionary?: TopicSurroundings;
}
