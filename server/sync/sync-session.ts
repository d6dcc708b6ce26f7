import { createHash } from 'node:crypto';
import type { Role } from '#shared/domain/actor.ts';
import type { AuditOrigin } from '#server/accounts/audit.ts';
import type { Scope } from '#server/store/database.ts';

/** Who speaks, as the session says: region, role and agency come from here and never from a request. */
export interface SyncSession {
  readonly region: string;
  readonly account: string;
  readonly role: Role;
  /** Set for executors only. */
  readonly agency: string | null;
  readonly isDisabled: boolean;
  /** Where the request came from, for the audit log; left out by what comes from no request. */
  readonly origin?: AuditOrigin;
}

const NO_AGENCY = '-';

/** Gives the scope of the session's transactions. */
export const scopeOf = ({ region, account, role, agency, isDisabled }: SyncSession): Scope => ({
  region,
  account,
  // An executor without an agency sees nothing, nor does a dismissed person: no agency has this mark.
  agency: isDisabled ? NO_AGENCY : role === 'executor' ? (agency ?? NO_AGENCY) : null,
});

/** Tells whether authors' names and addresses are blanked, and identifiers hidden in all texts. */
export const hidesAuthors = ({ role }: SyncSession): boolean => role === 'observer';

/** Stands for everything that decides which rows, and which parts of them, this session gets. */
export function scopeHashOf(session: SyncSession): string {
  if (session.isDisabled) return hashOf(`${session.region}\nnothing`);
  const sees =
    session.role === 'executor'
      ? // Named anew when what an agency may see became less (migration 031), so that its consoles forget it.
        `own agency:${session.agency ?? NO_AGENCY}`
      : hidesAuthors(session)
        ? // Named anew when what an observer is sent became less (decision 031).
          'allowed fields'
        : 'all';
  return hashOf(`${session.region}\n${sees}`);
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
