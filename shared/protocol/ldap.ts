import { z } from 'zod';
import { ROLES } from '#shared/domain/actor.ts';
import { groupRulesSchema, LINK_KINDS, SIGN_IN_PATH, SIGN_IN_TROUBLES } from './sign-in.ts';

/** Names of everything about the directory in the API. */
export const LDAP_PATH = `${SIGN_IN_PATH}/directory`;

/** Stands in a filter and in a template of names for the login that somebody types. */
export const LOGIN_PLACE = '{login}';

/** Ways by which a first sign-in may find an account of old; a directory verifies no mail address. */
export const LDAP_LINK_KINDS = LINK_KINDS.filter((kind) => kind !== 'mail');

/** Tells whether passwords reach a directory encrypted. */
export const isLdapEncrypted = ({ url, startTls }: Pick<LdapSettings, 'url' | 'startTls'>): boolean =>
  startTls || url.trim().toLowerCase().startsWith('ldaps:');

/** `ldaps://dc.region.ru:636`: a host and a port, and nothing below. */
const addressSchema = z
  .url({ protocol: /^ldaps?$/ })
  .max(300)
  .refine((text) => {
    const { hostname, pathname, search, hash, username, password } = new URL(text);
    return hostname !== '' && /^\/?$/.test(pathname) && search + hash + username + password === '';
  });

/** The name of an attribute, or its number (RFC 4512, 2.5). */
const attributeSchema = z
  .string()
  .trim()
  .max(100)
  .regex(/^(?:[a-z][a-z\d-]*|\d+(?:\.\d+)+)$/i);

const nameSchema = z.string().trim().max(500);

/** How a region's people come in by passwords of a directory, without the account that Pult looks with. */
const settingsShape = z.strictObject({
  isOn: z.boolean(),
  url: addressSchema,
  /** Encrypts a connection that began without (RFC 4511, 4.14). */
  startTls: z.boolean(),
  /** PEM of a private root that is trusted besides the usual ones; empty: none. */
  certificate: z.string().trim().max(20_000),
  /** Below it people are looked for. */
  base: nameSchema.min(1),
  /** Finds one person by their login, `(sAMAccountName={login})`. */
  filter: nameSchema.regex(/^\(.*\)$/).refine((filter) => filter.includes(LOGIN_PLACE)),
  /** Makes a person's name of the login, `uid={login},ou=people,dc=region`; empty: they are sought first. */
  personDn: nameSchema.refine((name) => name === '' || name.includes(`=${LOGIN_PLACE}`)),
  /** The account that Pult looks with; empty: nobody's. */
  bindDn: nameSchema,
  /** Tells a person for good, whatever they are called. */
  idAttribute: attributeSchema,
  loginAttribute: attributeSchema,
  nameAttribute: attributeSchema,
  groupsAttribute: attributeSchema,
  linkBy: z.enum(LDAP_LINK_KINDS),
  /** Whoever has no account gets one with the rights of their groups. */
  mayCreate: z.boolean(),
  groups: groupRulesSchema,
});
export type LdapSettings = z.output<typeof settingsShape>;

interface Refinable {
  readonly url: string;
  readonly startTls: boolean;
  readonly personDn: string;
  readonly bindDn: string;
}
const isOneEncryption = ({ url, startTls }: Refinable): boolean =>
  !startTls || url.toLowerCase().startsWith('ldap:');
/** Who looks: an account of Pult's, or each person for themselves. */
const isOneReader = ({ personDn, bindDn }: Refinable): boolean => personDn === '' || bindDn === '';

export const ldapSettingsSchema = settingsShape
  .refine(isOneEncryption, { path: ['startTls'] })
  .refine(isOneReader, { path: ['bindDn'] });

/** PUT …. `bindAccess`: the password of that account; null leaves the one that is kept, '' takes it away. */
export const ldapChangeSchema = settingsShape
  .extend({ bindAccess: z.string().max(500).nullable() })
  .refine(isOneEncryption, { path: ['startTls'] })
  .refine(isOneReader, { path: ['bindDn'] });
export type LdapChange = z.output<typeof ldapChangeSchema>;

/** GET …: null while nobody has said how. */
export const ldapViewSchema = z.object({ settings: ldapSettingsSchema.nullable(), hasAccess: z.boolean() });
export type LdapView = z.output<typeof ldapViewSchema>;

/** Groups of a person that a check shows. */
export const MOST_GROUPS_SHOWN = 200;

/** POST …/check: looks for somebody; with an empty login the directory alone is asked. */
export const ldapCheckSchema = z.strictObject({ login: z.string().trim().max(100) });
/** The outcome of a check: a trouble, or whom it found; null where nobody was looked for. */
export const ldapCheckedSchema = z.object({
  problem: z.enum(SIGN_IN_TROUBLES).nullable(),
  found: z
    .object({
      login: z.string().max(1000),
      displayName: z.string().max(1000),
      groups: z.array(z.string().max(1000)).max(MOST_GROUPS_SHOWN),
      /** The rights that the groups give; null: none. */
      role: z.enum(ROLES).nullable(),
      agency: z.string().max(200).nullable(),
    })
    .nullable(),
});
export type CheckedLdap = z.output<typeof ldapCheckedSchema>;
