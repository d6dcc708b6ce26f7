import type { Selectable } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { LdapChange, LdapSettings } from '#shared/protocol/ldap.ts';
import { groupRulesSchema } from '#shared/protocol/sign-in.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { sealText, unsealText } from '#server/store/sealed-text.ts';
import type { SignInDirectoryTable } from '#server/store/sign-in-tables.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import type { LdapDirectory } from './ask-directory.ts';

/** How a region's people come in by a directory; the password of the account that looks as it is sealed. */
export interface KeptDirectory {
  readonly settings: LdapSettings;
  readonly sealed: string | null;
  readonly changedAt: Instant;
}

const settingsOf = (row: Selectable<SignInDirectoryTable>): LdapSettings => ({
  isOn: row.is_on,
  url: row.url,
  startTls: row.start_tls,
  certificate: row.certificate,
  base: row.base,
  filter: row.filter,
  personDn: row.person_dn,
  bindDn: row.bind_dn,
  idAttribute: row.id_attribute,
  loginAttribute: row.login_attribute,
  nameAttribute: row.name_attribute,
  groupsAttribute: row.groups_attribute,
  linkBy: row.link_by,
  mayCreate: row.may_create,
  groups: groupRulesSchema.parse(row.groups),
});

/** Reads how a region's people come in by a directory; null while nobody has said. */
export async function readDirectory(tx: ScopedTransaction, region: string): Promise<KeptDirectory | null> {
  const row = await tx
    .selectFrom('sign_in_directory')
    .selectAll()
    .where('region_id', '=', region)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { settings: settingsOf(row), sealed: row.bind_access, changedAt: row.changed_at };
}

const ownerOf = (region: string): string => `directory/${region}`;

/** Makes a directory ready to be asked. Throws SignInRefused where another key has sealed its password. */
export function openDirectory(
  key: Buffer,
  region: string,
  { settings, sealed }: KeptDirectory,
): LdapDirectory {
  if (sealed === null) return { settings, access: '' };
  try {
    return { settings, access: unsealText(key, ownerOf(region), sealed) };
  } catch {
    throw new SignInRefused('secret');
  }
}

/** Gives what a password was meant for: another server, way there or account is not handed it. */
const purposeOf = ({ url, startTls, bindDn }: LdapSettings): string =>
  JSON.stringify([url, startTls, bindDn]);

function accessOf(key: Buffer, region: string, typed: string | null, kept: string | null): string | null {
  if (typed === null) return kept;
  return typed === '' ? null : sealText(key, ownerOf(region), typed);
}

/** Keeps how a region's people come in by a directory. */
export async function storeDirectory(
  tx: ScopedTransaction,
  region: string,
  { bindAccess, ...settings }: LdapChange,
  { key, kept, now }: { readonly key: Buffer; readonly kept: KeptDirectory | null; readonly now: Instant },
): Promise<void> {
  const isSame = kept !== null && purposeOf(kept.settings) === purposeOf(settings);
  const columns = {
    is_on: settings.isOn,
    url: settings.url,
    start_tls: settings.startTls,
    certificate: settings.certificate,
    base: settings.base,
    filter: settings.filter,
    person_dn: settings.personDn,
    bind_dn: settings.bindDn,
    bind_access: accessOf(key, region, bindAccess, isSame ? kept.sealed : null),
    id_attribute: settings.idAttribute,
    login_attribute: settings.loginAttribute,
    name_attribute: settings.nameAttribute,
    groups_attribute: settings.groupsAttribute,
    link_by: settings.linkBy,
    may_create: settings.mayCreate,
    groups: JSON.stringify(settings.groups),
    changed_at: now,
  };
  await tx
    .insertInto('sign_in_directory')
    .values({ region_id: region, ...columns })
    .onConflict((conflict) => conflict.column('region_id').doUpdateSet(columns))
    .execute();
}
