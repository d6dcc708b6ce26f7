import type { Selectable } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { groupRulesSchema, type ProviderChange, type ProviderSettings } from '#shared/protocol/sign-in.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';
import type { SignInProviderTable } from '#server/store/sign-in-tables.ts';

/** How a region's people come in by a provider, with the client's secret as it is sealed. */
export interface KeptProvider {
  readonly settings: ProviderSettings;
  readonly sealed: string | null;
  readonly changedAt: Instant;
}

const settingsOf = (row: Selectable<SignInProviderTable>): ProviderSettings => ({
  isOn: row.is_on,
  name: row.name,
  issuer: row.issuer,
  clientId: row.client_id,
  scope: row.scope,
  certificate: row.certificate,
  consoleUrl: row.console_url,
  loginClaim: row.login_claim,
  nameClaim: row.name_claim,
  groupsClaim: row.groups_claim,
  linkBy: row.link_by,
  mayCreate: row.may_create,
  groups: groupRulesSchema.parse(row.groups),
});

/** Reads how a region's people come in by a provider; null while nobody has said. */
export async function readProvider(tx: ScopedTransaction, region: string): Promise<KeptProvider | null> {
  const row = await tx
    .selectFrom('sign_in_provider')
    .selectAll()
    .where('region_id', '=', region)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { settings: settingsOf(row), sealed: row.client_access, changedAt: row.changed_at };
}

const ownerOf = (region: string): string => `sign-in/${region}`;

/** Opens a client's secret; null when another key sealed it, as after a restore without the key's file. */
export function openAccess(key: Buffer, region: string, sealed: string): string | null {
  try {
    return unsealText(key, ownerOf(region), sealed);
  } catch {
    return null;
  }
}

function accessOf(key: Buffer, region: string, typed: string | null, kept: string | null): string | null {
  if (typed === null) return kept;
  return typed === '' ? null : sealText(key, ownerOf(region), typed);
}

/**
 * Keeps how a region's people come in. A secret stays with the provider it was given for: with another issuer
 * it has to be typed again, or it would be handed to whoever is named now.
 */
export async function storeProvider(
  tx: ScopedTransaction,
  region: string,
  { clientAccess, ...settings }: ProviderChange,
  { key, kept, now }: { readonly key: Buffer; readonly kept: KeptProvider | null; readonly now: Instant },
): Promise<void> {
  const isSameProvider = kept?.settings.issuer === settings.issuer;
  const columns = {
    is_on: settings.isOn,
    name: settings.name,
    issuer: settings.issuer,
    client_id: settings.clientId,
    client_access: accessOf(key, region, clientAccess, isSameProvider ? kept.sealed : null),
    scope: settings.scope,
    certificate: settings.certificate,
    console_url: settings.consoleUrl,
    login_claim: settings.loginClaim,
    name_claim: settings.nameClaim,
    groups_claim: settings.groupsClaim,
    link_by: settings.linkBy,
    may_create: settings.mayCreate,
    groups: JSON.stringify(settings.groups),
    changed_at: now,
  };
  await tx
    .insertInto('sign_in_provider')
    .values({ region_id: region, ...columns })
    .onConflict((conflict) => conflict.column('region_id').doUpdateSet(columns))
    .execute();
}
