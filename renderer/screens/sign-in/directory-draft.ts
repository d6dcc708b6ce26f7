import {
  isLdapEncrypted,
  ldapChangeSchema,
  type LdapChange,
  type LdapSettings,
  type LdapView,
} from '#shared/protocol/ldap.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';
import { groupFieldsOf, groupRulesOf, type GroupFields } from './provider-draft.ts';

/** The form of sign-in by a directory as typed. */
export interface DirectoryFields extends Omit<LdapSettings, 'groups'> {
  /** Empty: as it was. */
  readonly bindAccess: string;
  readonly groups: readonly GroupFields[];
}

/** Names that kinds of directories give to what is asked of them. */
export const LDAP_PRESETS = {
  activeDirectory: {
    filter: '(&(objectCategory=person)(objectClass=user)(sAMAccountName={login}))',
    idAttribute: 'objectGUID',
    loginAttribute: 'sAMAccountName',
    nameAttribute: 'displayName',
    groupsAttribute: 'memberOf',
  },
  freeIpa: {
    filter: '(&(objectClass=person)(uid={login}))',
    idAttribute: 'ipaUniqueID',
    loginAttribute: 'uid',
    nameAttribute: 'cn',
    groupsAttribute: 'memberOf',
  },
  openLdap: {
    filter: '(&(objectClass=person)(uid={login}))',
    idAttribute: 'entryUUID',
    loginAttribute: 'uid',
    nameAttribute: 'cn',
    groupsAttribute: 'memberOf',
  },
} as const;
export type LdapPreset = keyof typeof LDAP_PRESETS;

/** The form as it opens. */
export const directoryFieldsOf = ({ settings }: LdapView): DirectoryFields => ({
  isOn: true,
  url: 'ldaps://',
  startTls: false,
  certificate: '',
  base: '',
  ...LDAP_PRESETS.activeDirectory,
  personDn: '',
  bindDn: '',
  linkBy: 'none',
  mayCreate: true,
  ...settings,
  bindAccess: '',
  groups: groupFieldsOf(settings?.groups ?? []),
});

/** Tells whether a kept password goes away because the form names another server, way or account. */
export const losesBindAccess = (
  { settings, hasAccess }: LdapView,
  { url, startTls, bindDn }: DirectoryFields,
): boolean =>
  hasAccess &&
  (settings?.url !== url.trim() || settings.startTls !== startTls || settings.bindDn !== bindDn.trim());

/** Tells whether passwords would be sent in the clear by what is typed. */
export const isSentOpen = (fields: DirectoryFields): boolean =>
  /^ldap:\/\/./i.test(fields.url.trim()) && !isLdapEncrypted(fields);

/** Reads a form by the API's own rules. An empty password leaves the one that is kept. */
export function readDirectoryFields(fields: DirectoryFields): FormReading<LdapChange> {
  const { bindAccess, groups, url } = fields;
  const whole = {
    ...fields,
    url: url.trim(),
    bindAccess: bindAccess === '' ? null : bindAccess,
    groups: groupRulesOf(groups),
  };
  return readForm(ldapChangeSchema, whole, ([field]) => field);
}
