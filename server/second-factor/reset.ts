import type { Instant } from '#shared/domain/instant.ts';
import { actLine, refuse, type AccountAct, type AccountRefusal } from '#server/accounts/account-refusal.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { dropFactor } from './store.ts';

export type FactorReset =
  | { readonly kind: 'reset' }
  /** There is no such person, or no factor of theirs. */
  | { readonly kind: 'unknown' }
  | AccountRefusal;

/**
 * Takes the second factor off for somebody who has lost it, with a line in the audit log. Nobody does it for
 * themselves: they take it off with a code.
 */
export async function resetFactor(db: Database, act: AccountAct, now: Instant): Promise<FactorReset> {
  const { region, account, by } = act;
  if (by === account) return refuse('oneself');
  return withScope(db, { region, account }, async (tx) => {
    if (!(await dropFactor(tx, act))) return { kind: 'unknown' };
    const detail = { account };
    await writeAudit(tx, region, { ...actLine(act, now), action: 'second_factor_reset', detail });
    return { kind: 'reset' };
  });
}
