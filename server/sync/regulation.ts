import { REGULATION_ID, regulationOf, regulationSchema, type Regulation } from '#shared/domain/regulation.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { readReferenceRows, upsertReference } from './reference.ts';

/** Reads a region's rules. */
export async function readRegulation(tx: ScopedTransaction, region: string): Promise<Regulation> {
  const [stored] = await readReferenceRows(tx, region, 'regulation');
  return regulationOf(stored?.row);
}

/**
 * Changes some of a region's rules, tells every console and the audit log, and gives all of them as they are
 * now. Throws ZodError on a value beyond its range.
 */
export async function changeRegulation(
  tx: ScopedTransaction,
  region: string,
  change: Readonly<Record<string, unknown>>,
  { by, now, ...origin }: { readonly by: string; readonly now: Instant } & Partial<AuditOrigin>,
): Promise<Regulation> {
  const before = await readRegulation(tx, region);
  if (Object.keys(change).length === 0) return before;
  const regulation = regulationSchema.parse({ ...before, ...change });
  await upsertReference(tx, region, [{ kind: 'regulation', id: REGULATION_ID, row: regulation }]);
  const detail = { kind: 'regulation', id: REGULATION_ID, ...changeBetween(before, regulation) };
  const line = { at: now, actor: by, address: '', ...origin, action: 'setting_changed', detail } as const;
  if (Object.keys(detail.after).length > 0) await writeAudit(tx, region, line);
  return regulation;
}
