import type { Instant } from '#shared/domain/instant.ts';
import type { LdapSettings } from '#shared/protocol/ldap.ts';
import type { LinkKind } from '#shared/protocol/sign-in.ts';
import type { JsonArray } from './json-columns.ts';

/** How a region's people come in by a provider: `providerSettingsSchema` of shared/protocol/sign-in.ts. */
export interface SignInProviderTable {
  region_id: string;
  is_on: boolean;
  name: string;
  issuer: string;
  client_id: string;
  /** Sealed: server/store/sealed-text.ts. Null: the provider asks for none. */
  client_access: string | null;
  scope: string;
  certificate: string;
  console_url: string;
  login_claim: string;
  name_claim: string;
  groups_claim: string;
  link_by: LinkKind;
  may_create: boolean;
  groups: JsonArray;
  changed_at: Instant;
}

/** How a region's people come in by a directory: `ldapSettingsSchema` of shared/protocol/ldap.ts. */
export interface SignInDirectoryTable {
  region_id: string;
  is_on: boolean;
  url: string;
  start_tls: boolean;
  certificate: string;
  base: string;
  filter: string;
  person_dn: string;
  bind_dn: string;
  /** Sealed: server/store/sealed-text.ts. Null: there is none. */
  bind_access: string | null;
  id_attribute: string;
  login_attribute: string;
  name_attribute: string;
  groups_attribute: string;
  link_by: LdapSettings['linkBy'];
  may_create: boolean;
  groups: JsonArray;
  changed_at: Instant;
}

/** A code by which a shell gets the session that a browser was let in for; see migration 052. */
export interface SignInHandoverTable {
  code_hash: Buffer;
  region_id: string;
  account_id: string;
  /** SHA-256 of the verifier that the shell keeps, in base64url. */
  challenge: string;
  /** As in a session: sealed. */
  end_url: string | null;
  made_at: Instant;
}

/** A person of a provider, and whose account that is. */
export interface SignInIdentityTable {
  region_id: string;
  issuer: string;
  /** The provider's own name for the person, which it gives to nobody else. */
  subject: string;
  account_id: string;
  linked_at: Instant;
}
