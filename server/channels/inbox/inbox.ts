import { EventEmitter } from 'node:events';
import type { Instant } from '#shared/domain/instant.ts';
import type { Pages } from '#server/channels/pages/pages.ts';
import type { Database } from '#server/store/database.ts';
import { CallLoad } from './call-load.ts';
import { EventWriter } from './event-writer.ts';

/** Parts that messages of networks are taken in with; a function of this folder names those it works with. */
export interface Inbox {
  readonly db: Database;
  readonly now: () => Instant;
  readonly pages: Pages;
  /** Calls of networks; other work steps back while there are many. */
  readonly load: CallLoad;
  readonly events: EventWriter;
  /** Tells whoever reads stored events that there are some in a region. */
  readonly arrivals: EventEmitter<{ stored: [region: string] }>;
  /** Raw events that this process has removed because of their age. */
  readonly removedEvents: { count: number };
}

/** Makes the inbox of an API process. */
export const makeInbox = (deps: Pick<Inbox, 'db' | 'now' | 'pages'>): Inbox => ({
  ...deps,
  load: new CallLoad(),
  events: new EventWriter(deps.db, deps.now),
  arrivals: new EventEmitter(),
  removedEvents: { count: 0 },
});
