import type { Generated } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { JsonArray } from './json-columns.ts';

/** A person's second factor, or the one they are setting up. */
export interface SecondFactorTable {
  region_id: string;
  account_id: string;
  /** Sealed: server/store/sealed-text.ts. Null while none has been confirmed. */
  secret: string | null;
  /** Sealed: the one that a code is to confirm. */
  pending: string | null;
  pending_at: Instant | null;
  /** The step whose code was used last. */
  last_step: Generated<number>;
  /** Hashes of spare codes that were not used. */
  spares: JsonArray;
  changed_at: Instant;
}
