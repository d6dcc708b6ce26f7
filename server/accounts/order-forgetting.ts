import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { actLine, type AccountAct } from './account-refusal.ts';
import { writeAudit } from './audit.ts';
import { publishAccount } from './publish-account.ts';

/**
 * Orders every workstation that has a copy of this person, begun until now, to remove it at its next contact,
 * whoever works there. Ends no session by itself: that is a dismissal. Gives false when there is no such
 * account.
 */
export async function orderForgetting(db: Database, order: AccountAct, now: Instant): Promise<boolean> {
  const { region, account } = order;
  return withScope(db, { region }, async (tx) => {
    if (!(await publishAccount(tx, region, account, { forgetBefore: now }))) return false;
    const detail = { account };
    await writeAudit(tx, region, { ...actLine(order, now), action: 'forgetting_ordered', detail });
    return true;
  });
}
