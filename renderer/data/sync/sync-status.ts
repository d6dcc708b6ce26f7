import type { Instant } from '#shared/domain/instant.ts';
import type { JournalFailed } from './journal-trouble.ts';
import type { StorageTrouble } from './storage-trouble.ts';

/** The state of the line between this workstation and the API. */
export type Connection =
  | { readonly state: 'offline'; readonly since: Instant; readonly retryAt: Instant | null }
  /** `isSlow`: the line is there and carries little, or breaks off; older owners do not say. */
  | {
      readonly state: 'connecting';
      readonly attempt: number;
      readonly retryAt: Instant | null;
      readonly isSlow?: boolean;
    }
  | {
      readonly state: 'downloading';
      readonly part: string;
      readonly rows: number;
      readonly estimate: number;
      readonly isSlow?: boolean;
    }
  | { readonly state: 'live' }
  | { readonly state: 'needs_login' }
  | { readonly state: 'failed'; readonly kind: StopKind; readonly message: string };

/** Reasons that time alone does not take away. */
export type StopKind = 'forbidden' | 'foreign' | 'too_old' | 'too_new' | 'unreadable' | 'nonsense';

/** Something that went wrong beside the work and that a person must hear of. */
export type Alarm =
  | { readonly kind: 'database_lost'; readonly reimported: number }
  | { readonly kind: 'disk_full' }
  /** The centre's database was put back to an earlier moment; `offered`: what it lost is sent once more. */
  | { readonly kind: 'put_back'; readonly offered: number }
  /** The centre has closed this account: it shows nothing any more and holds what was sent. */
  | { readonly kind: 'dismissed' }
  /** The local copy failed in its work, opened again or not; `message` is the browser's own words. */
  | {
      readonly kind: 'storage_failed';
      readonly why: Exclude<StorageTrouble, 'disk_full'>;
      readonly message: string;
    }
  | JournalFailed
  | { readonly kind: 'copies_differed'; readonly repaired: number }
  /** Rows that this console cannot take in; `names`: numbers of the last of them. */
  | { readonly kind: 'rows_set_aside'; readonly rows: number; readonly names: string };

/** How far this workstation and the centre agree. */
export interface EngineStatus {
  readonly connection: Connection;
  readonly unsent: number;
  readonly notAccepted: number;
  /** Commands that the centre never answers; an owner of an earlier release does not say. */
  readonly shelved?: number;
  /** True when the archive is here, so that months are complete. */
  readonly archiveComplete: boolean;
  /** The centre's clock minus this workstation's, ms. */
  readonly clockOffset: number;
  /** Shown as banners until dismissed. */
  readonly alarms: readonly Alarm[];
}

/** News for the screens: which incidents changed, or everything. */
export interface StoreChange {
  readonly incidents: readonly string[] | 'all';
  readonly reference: boolean;
  readonly status: boolean;
}
