import type { Instant } from '#shared/domain/instant.ts';
import { accountRowSchema } from '#shared/protocol/session.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { readNamedFor } from './deputies/read-deputyships.ts';

/** Reads how an account stands, with the row that consoles have of it now. */
const readStanding = (tx: ScopedTransaction, region: string, id: string) =>
  tx
    .selectFrom('account')
    .leftJoin('reference', (join) =>
      join
        .onRef('reference.region_id', '=', 'account.region_id')
        .onRef('reference.id', '=', 'account.id')
        .on('reference.kind', '=', 'account'),
    )
    .select([
      'account.display_name',
      'account.role',
      'account.agency',
      'account.municipalities',
      'account.disabled',
      'reference.row',
    ])
    .where('account.region_id', '=', region)
    .where('account.id', '=', id)
    .executeTakeFirst();

/**
 * Tells every console of the region how an account stands: name, role, deputies, whether it is closed, and
 * the last order to forget it, which this row alone keeps. Gives false when there is no such account.
 */
export async function publishAccount(
  tx: ScopedTransaction,
  region: string,
  id: string,
  { forgetBefore: ordered }: { readonly forgetBefore?: Instant } = {},
): Promise<boolean> {
  const found = await readStanding(tx, region, id);
  if (found === undefined) return false;
  const { display_name: displayName, role, agency, municipalities, disabled } = found;
  const forgetBefore = ordered ?? accountRowSchema.safeParse(found.row).data?.forgetBefore;
  const deputies = await readNamedFor(tx, region, id);
  const row = {
    id,
    displayName,
    role,
    agency,
    ...(municipalities.length === 0 ? {} : { municipalities }),
    ...(deputies.length === 0 ? {} : { deputies }),
    ...(disabled ? { dismissed: true } : {}),
    ...(forgetBefore === undefined ? {} : { forgetBefore }),
  };
  await upsertReference(tx, region, [{ kind: 'account', id, row: accountRowSchema.parse(row) }]);
  return true;
}
