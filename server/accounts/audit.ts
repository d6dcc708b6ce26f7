import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

/** A line of the audit log: who did what from where. `detail` never holds residents' words. */
export interface AuditLine {
  readonly at: Instant;
  /** Account id, or what was typed as a login when there is no such account. */
  readonly actor: string;
  readonly action: string;
  readonly address: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The region of lines that belong to none; no region can have this code. */
const NO_REGION = '-';

/** Adds a line inside a transaction, so that it stands or falls with what it tells about. */
export async function writeAudit(tx: ScopedTransaction, region: string, line: AuditLine): Promise<void> {
  const { detail = {}, ...rest } = line;
  await tx
    .insertInto('audit')
    .values({ region_id: region, ...rest, detail: JSON.stringify(detail) })
    .execute();
}

/** Adds a line in a transaction of its own. `region` is null when none is known. */
export async function auditAlone(db: Database, region: string | null, line: AuditLine): Promise<void> {
  const code = region ?? NO_REGION;
  await withScope(db, { region: code }, (tx) => writeAudit(tx, code, line));
}
