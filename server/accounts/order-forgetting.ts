import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { writeAudit } from './audit.ts';
import { publishAccount } from './publish-account.ts';

/** An administrator's order that workstations forget a person. */
export interface ForgettingOrder {
  readonly region: string;
  readonly account: string;
  /** Who orders it, for the audit log. */
  readonly by: string;
  readonly address: string;
}

/**
 * Orders every workstation that has a copy of this person, begun until now, to remove it at its next contact,
 * whoever works there. Ends no session by itself: that is a dismissal. Gives false when there is no such
 * account.
 */
export async function orderForgetting(db: Database, order: ForgettingOrder, now: Instant): Promise<boolean> {
  const { region, account, by, address } = order;
  return withScope(db, { region }, async (tx) => {
    if (!(await publishAccount(tx, region, account, { forgetBefore: now }))) return false;
    const line = { at: now, actor: by, action: 'forgetting_ordered', address, detail: { account } } as const;
    await writeAudit(tx, region, line);
    return true;
  });
}
