import type { Instant } from '#shared/domain/instant.ts';
import type { Pages } from '#server/channels/pages/pages.ts';
import type { Database } from '#server/store/database.ts';

/** Parts that replies are sent with; a function of this folder names those it works with. */
export interface Outbox {
  readonly db: Database;
  readonly now: () => Instant;
  readonly pages: Pages;
}
