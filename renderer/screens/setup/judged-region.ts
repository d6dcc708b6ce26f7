import type { Instant } from '#shared/domain/instant.ts';
import type { MailLog } from '#shared/protocol/notices.ts';
import type { ListedAccount } from '#shared/protocol/accounts.ts';
import type { ListedPage } from '#renderer/kit/api/channels-api.ts';
import type { Reference } from '#renderer/kit/context/reference.ts';

/** A region as its setting up is judged. */
export interface JudgedRegion {
  /** The settings and people of the region as this workstation has them. */
  readonly reference: Pick<
    Reference,
    'accounts' | 'agencies' | 'calendar' | 'municipalities' | 'policies' | 'regulation' | 'routes' | 'topics'
  >;
  readonly now: Instant;
  /** Incidents of this copy, open and closed. */
  readonly incidents: number;
  /** Only the centre knows who has come in; null while it was not asked. */
  readonly people: readonly ListedAccount[] | null;
  /** Pages of networks lie at the centre alone; null while it was not asked. */
  readonly pages: readonly ListedPage[] | null;
  /** Mail goes out from the centre alone; null while it was not asked. */
  readonly mail: { readonly isOn: boolean; readonly log: MailLog } | null;
}
