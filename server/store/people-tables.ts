import type { Generated } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';

/** Days on which one person stands in for another; see `Deputyship` of shared/domain/deputyship.ts. */
export interface DeputyshipTable {
  region_id: string;
  id: string;
  /** The person who is away. */
  account_id: string;
  deputy_id: string;
  from_day: LocalDate;
  to_day: LocalDate;
  named_at: Instant;
}

/** Failed logins by a hash of person and place (server/accounts/login-limit.ts), before a region is known. */
export interface LoginAttemptTable {
  key: Buffer;
  failures: number;
  since: Instant;
  /** No password is looked at before this; 0 for none. */
  paused_until: Generated<Instant>;
}

/** A link by which somebody chooses a password; see migration 042. */
export interface InvitationTable {
  token_hash: Buffer;
  region_id: string;
  account_id: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
  replaced_at: Instant | null;
}

/** A device somebody has come in at. */
export interface DeviceTable {
  region_id: string;
  account_id: string;
  token_hash: Buffer;
  seen_at: Instant;
}
