import {
  LDAP_PATH,
  ldapCheckedSchema,
  ldapViewSchema,
  type CheckedLdap,
  type LdapChange,
  type LdapView,
} from '#shared/protocol/ldap.ts';
import { askBelow, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

const ask = askBelow(LDAP_PATH, 30_000);

export const fetchDirectory = (): Promise<CentreAnswer<LdapView>> => ask('', ldapViewSchema);

export const saveDirectory = (change: LdapChange): Promise<CentreAnswer<LdapView>> =>
  ask('', ldapViewSchema, { method: 'PUT', body: change });

/** Has the centre ask the directory, and look there for whom a login means. */
export const askDirectory = (login: string): Promise<CentreAnswer<CheckedLdap>> =>
  ask('/check', ldapCheckedSchema, { method: 'POST', body: { login } });
