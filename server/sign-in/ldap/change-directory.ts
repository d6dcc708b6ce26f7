import {
  ldapSettingsSchema,
  MOST_GROUPS_SHOWN,
  type CheckedLdap,
  type LdapChange,
  type LdapSettings,
  type LdapView,
} from '#shared/protocol/ldap.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import { rightsOf } from '#server/sign-in/claims.ts';
import type { SignInDeps } from '#server/sign-in/provider.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import { withScope } from '#server/store/database.ts';
import { findInDirectory, type FoundInDirectory } from './ask-directory.ts';
import { openDirectory, readDirectory, storeDirectory } from './ldap-settings.ts';

/** Reads how a region's people come in by a directory; of the password that looks whether there is one. */
export async function viewDirectory({ db }: SignInDeps, region: string): Promise<LdapView> {
  const kept = await withScope(db, { region }, (tx) => readDirectory(tx, region));
  return { settings: kept?.settings ?? null, hasAccess: (kept?.sealed ?? null) !== null };
}

/** The settings as the audit log shows them. */
function shown({ certificate, ...fields }: LdapSettings): Readonly<Record<string, unknown>> {
  return { ...fields, ownRoot: certificate !== '' };
}

/** Changes how a region's people come in by a directory, with a line in the audit log. */
export async function changeDirectory(
  { db, key, now: clock }: SignInDeps,
  region: string,
  change: LdapChange,
  { by, ...origin }: AuditOrigin & { readonly by: string },
): Promise<void> {
  const now = clock();
  const { bindAccess, ...settings } = change;
  await withScope(db, { region }, async (tx) => {
    const kept = await readDirectory(tx, region);
    await storeDirectory(tx, region, change, { key, kept, now });
    const before = kept === null ? null : shown(ldapSettingsSchema.parse(kept.settings));
    const fields = changeBetween(before, shown(settings));
    const access = bindAccess === null ? {} : { access: 'changed' };
    const detail = { kind: 'sign_in', id: 'directory', ...fields, after: { ...fields.after, ...access } };
    const line = { at: now, actor: by, ...origin, action: 'setting_changed', detail } as const;
    if (Object.keys(detail.after).length > 0) await writeAudit(tx, region, line);
  });
}

const foundOf = ({ person, groups }: FoundInDirectory, settings: LdapSettings): CheckedLdap['found'] => {
  const rights = rightsOf(settings.groups, person.groups);
  return {
    login: person.login.slice(0, 200),
    displayName: person.displayName,
    groups: groups.slice(0, MOST_GROUPS_SHOWN).map((group) => group.slice(0, 1000)),
    role: rights?.role ?? null,
    agency: rights?.agency ?? null,
  };
};

/** Asks a region's directory whether anybody could come in by it, and whom a login means there. */
export async function checkDirectory(deps: SignInDeps, region: string, login: string): Promise<CheckedLdap> {
  try {
    const kept = await withScope(deps.db, { region }, (tx) => readDirectory(tx, region));
    if (kept === null) throw new SignInRefused('off');
    const found = await findInDirectory(openDirectory(deps.key, region, kept), deps, login);
    return { problem: null, found: found === null ? null : foundOf(found, kept.settings) };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return { problem: error.why, found: null };
  }
}
