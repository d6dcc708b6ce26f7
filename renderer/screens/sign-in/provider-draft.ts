import type { Role } from '#shared/domain/actor.ts';
import {
  providerChangeSchema,
  type GroupRule,
  type ProviderChange,
  type ProviderView,
} from '#shared/protocol/sign-in.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';

/** A row of the table of groups as typed. `agency`: '' where none is chosen. */
export interface GroupFields {
  readonly group: string;
  readonly role: Role;
  readonly agency: string;
}

/** The form of sign-in by a provider as typed. */
export interface ProviderFields {
  readonly isOn: boolean;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Empty: as it was. */
  readonly clientAccess: string;
  readonly scope: string;
  readonly certificate: string;
  readonly consoleUrl: string;
  readonly loginClaim: string;
  readonly nameClaim: string;
  readonly groupsClaim: string;
  readonly linkBy: string;
  readonly mayCreate: boolean;
  readonly groups: readonly GroupFields[];
}

/** A new row of the table. */
export const NEW_GROUP: GroupFields = { group: '', role: 'operator', agency: '' };

/** Rows of the table as it opens. */
export const groupFieldsOf = (rules: readonly GroupRule[]): readonly GroupFields[] =>
  rules.map(({ agency, ...rule }) => ({ ...rule, agency: agency ?? '' }));

/** The table as the API takes it: an executor alone has an agency. */
export const groupRulesOf = (groups: readonly GroupFields[]) =>
  groups.map(({ group, role, agency }) => ({
    group,
    role,
    agency: role === 'executor' && agency !== '' ? agency : null,
  }));

/** The form as it opens; `consoleUrl` is where this console itself was opened. */
export const providerFieldsOf = ({ settings }: ProviderView, consoleUrl: string): ProviderFields => ({
  isOn: true,
  name: '',
  issuer: '',
  clientId: '',
  scope: 'openid profile email',
  certificate: '',
  consoleUrl,
  loginClaim: 'preferred_username',
  nameClaim: 'name',
  groupsClaim: 'groups',
  linkBy: 'none',
  mayCreate: true,
  ...settings,
  clientAccess: '',
  groups: groupFieldsOf(settings?.groups ?? []),
});

/** Tells whether a kept secret goes away because the form names another provider. */
export const losesAccess = ({ settings, hasAccess }: ProviderView, { issuer }: ProviderFields): boolean =>
  hasAccess && settings?.issuer !== issuer.trim();

/** Reads a form by the API's own rules. An empty secret leaves the one that is kept. */
export function readProviderFields(fields: ProviderFields): FormReading<ProviderChange> {
  const { clientAccess, groups, issuer, consoleUrl } = fields;
  const whole = {
    ...fields,
    issuer: issuer.trim(),
    consoleUrl: consoleUrl.trim(),
    clientAccess: clientAccess === '' ? null : clientAccess,
    groups: groupRulesOf(groups),
  };
  return readForm(providerChangeSchema, whole, ([field]) => field);
}
