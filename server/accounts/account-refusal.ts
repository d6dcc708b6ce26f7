import type { AccountTrouble, PersonFields } from '#shared/domain/account-rules.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { AuditOrigin } from './audit.ts';

/** An act on an account that was not carried out, and why. */
export interface AccountRefusal {
  readonly kind: 'refused';
  readonly why: AccountTrouble;
}

/** An act on an account: whose, and by whom, for the audit log. */
export interface AccountAct extends AuditOrigin {
  readonly region: string;
  readonly account: string;
  /** Account id of who decided, or where it was decided. */
  readonly by: string;
  /** The load of a table that the act is a part of. */
  readonly load?: string;
}

/** Names the load that an act is a part of, in a line of the audit log. */
export const loadOf = ({ load }: Pick<AccountAct, 'load'>) => (load === undefined ? {} : { load });

/** The outcome of an act on an account; `why` is set where it was refused. */
export interface ActOutcome {
  readonly kind: string;
  readonly why?: AccountTrouble;
}
/** The outcome of an act that was neither refused nor about an account that is not there. */
export type CarriedOut<T> = Exclude<T, { readonly kind: 'refused' | 'unknown' }>;

/** Tells whether an act was carried out. */
export const isCarriedOut = <T extends ActOutcome>(result: T): result is CarriedOut<T> =>
  result.kind !== 'refused' && result.kind !== 'unknown';

/** Gives who, when and from where, for the audit log. */
export const actLine = ({ by, address, device = '' }: Omit<AccountAct, 'account'>, at: Instant) => ({
  at,
  actor: by,
  address,
  device,
});

/** Gives the refusal of this name. */
export const refuse = (why: AccountTrouble): AccountRefusal => ({ kind: 'refused', why });

/** Says that the region has no such agency; null when it has, or when none is named. */
export async function agencyTrouble(
  db: Database,
  region: string,
  { agency }: Pick<PersonFields, 'agency'>,
): Promise<AccountTrouble | null> {
  if (agency === null) return null;
  return (await withScope(db, { region }, (tx) => hasAgency(tx, region, agency))) ? null : 'agency_unknown';
}

/** Says that the region has not all of these municipalities; null when it has, or when none is named. */
export async function municipalityTrouble(
  db: Database,
  region: string,
  { municipalities = [] }: Pick<PersonFields, 'municipalities'>,
): Promise<AccountTrouble | null> {
  if (municipalities.length === 0) return null;
  const known = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('reference')
      .select('id')
      .where('region_id', '=', region)
      .where('kind', '=', 'municipality')
      .where('id', 'in', municipalities)
      .where('deleted', '=', false)
      .execute(),
  );
  const ids = new Set(known.map(({ id }) => id));
  return municipalities.every((id) => ids.has(id)) ? null : 'municipality_unknown';
}

/** Tells whether a region has an agency. */
export async function hasAgency(tx: ScopedTransaction, region: string, agency: string): Promise<boolean> {
  const found = await tx
    .selectFrom('reference')
    .select('id')
    .where('region_id', '=', region)
    .where('kind', '=', 'agency')
    .where('id', '=', agency)
    .where('deleted', '=', false)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Tells whether nobody else of the region could let anybody in again. Holds the administrators' rows, so that
 * two of them do not close each other at once.
 */
export async function isLastAdministrator(
  tx: ScopedTransaction,
  region: string,
  id: string,
): Promise<boolean> {
  const administrators = await tx
    .selectFrom('account')
    .select('id')
    .where('region_id', '=', region)
    .where('role', '=', 'administrator')
    .where('disabled', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute();
  return administrators.length === 1 && administrators[0]?.id === id;
}
