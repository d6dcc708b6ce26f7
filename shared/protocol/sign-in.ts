import { z } from 'zod';
import { ROLES } from '#shared/domain/actor.ts';

/** Gives an address below the console. */
export const belowConsole = (consoleUrl: string, path: string): string =>
  consoleUrl.trim().replace(/\/$/, '') + path;

/** Names of everything below which sign-in by a provider lies in the API. */
export const SIGN_IN_PATH = '/api/v1/sign-in';
/** The redirect URI below the console: where a provider sends the browser back to. */
export const SIGN_IN_CALLBACK = `${SIGN_IN_PATH}/callback`;
/** The console's page at the end of a sign-in: without a fragment it succeeded, else that names why not. */
export const SIGNED_IN_PATH = '/signed-in';

/**
 * Reasons why a provider lets nobody in here; each is `sign_in_<reason>` among the API's errors. Up to
 * `secret` the administrator's settings or the provider are at fault, up to `token` an answer was not for
 * this very sign-in, up to `disabled` it is about the person, `handover` is about the way from a browser to
 * the shell, the rest is about a directory.
 */
export const SIGN_IN_TROUBLES = [
  'off',
  'elsewhere',
  'unresolved',
  'private_address',
  'not_encrypted',
  'unreachable',
  'late',
  'certificate',
  'metadata',
  'client',
  'secret',
  'stale',
  'state',
  'cancelled',
  'provider',
  'code',
  'issuer',
  'audience',
  'nonce',
  'signature',
  'expired',
  'token',
  'claims',
  'no_group',
  'agency',
  'unknown_person',
  'login_unfit',
  'login_taken',
  'linked',
  'disabled',
  'handover',
  'not_ldap',
  'no_start_tls',
  'needs_encryption',
  'answers_all',
  'bind_account',
  'base',
  'filter',
  'referral',
  'nobody',
  'several',
  'no_id',
  'many_groups',
  'shut_there',
] as const;
export type SignInTrouble = (typeof SIGN_IN_TROUBLES)[number];

/** Where an account's password is judged: here, by the provider, or by a directory. */
export const PASSWORD_JUDGES = ['here', 'provider', 'directory'] as const;
export type PasswordJudge = (typeof PASSWORD_JUDGES)[number];

/** Ways by which a first sign-in may find an account of old: nothing, its login, or its mail address. */
export const LINK_KINDS = ['none', 'login', 'mail'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Rows of one table of groups. */
export const MOST_GROUPS = 500;

/** A group of another system with the rights it gives here; `agency`: an executor's, else null. */
export const groupRuleSchema = z
  .strictObject({
    group: z.string().trim().min(1).max(300),
    role: z.enum(ROLES),
    agency: z.string().min(1).max(200).nullable(),
  })
  .refine(({ role, agency }) => (role === 'executor') === (agency !== null), { path: ['agency'] });
export type GroupRule = z.output<typeof groupRuleSchema>;

/** The first row that fits gives the rights, so a group stands there once. */
export const groupRulesSchema = z
  .array(groupRuleSchema)
  .max(MOST_GROUPS)
  .refine((rules) => new Set(rules.map(({ group }) => group)).size === rules.length);

/** A claim's name; dots lead into what it holds, `realm_access.roles`. */
const claimSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\s.]+(?:\.[^\s.]+)*$/);

/** How a region's people come in by OpenID Connect, without the client's secret. */
export const providerSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  /** Stands on the button, «Войти через …». */
  name: z.string().trim().min(1).max(60),
  issuer: z.url({ protocol: /^https?$/ }).max(300),
  clientId: z.string().trim().min(1).max(300),
  scope: z
    .string()
    .trim()
    .max(500)
    .refine((scope) => scope.split(/\s+/).includes('openid')),
  /** PEM of a private root that calls of this provider trust besides the usual ones; empty: none. */
  certificate: z.string().trim().max(20_000),
  /** Where people open the console; the redirect URI begins so. */
  consoleUrl: z.url({ protocol: /^https?$/ }).max(300),
  loginClaim: claimSchema,
  nameClaim: claimSchema,
  groupsClaim: claimSchema,
  linkBy: z.enum(LINK_KINDS),
  /** Whoever has no account gets one with the rights of their groups. */
  mayCreate: z.boolean(),
  groups: groupRulesSchema,
});
export type ProviderSettings = z.output<typeof providerSettingsSchema>;

/** PUT …/provider. `clientAccess`: the secret; null leaves the one that is kept, '' takes it away. */
export const providerChangeSchema = providerSettingsSchema.extend({
  clientAccess: z.string().max(500).nullable(),
});
export type ProviderChange = z.output<typeof providerChangeSchema>;

/** GET …/provider: null while nobody has said how. */
export const providerViewSchema = z.object({
  settings: providerSettingsSchema.nullable(),
  hasAccess: z.boolean(),
});
export type ProviderView = z.output<typeof providerViewSchema>;

/** POST …/provider/check: whether the provider answers, and whether it can be signed out of. */
export const providerCheckSchema = z.object({
  problem: z.enum(SIGN_IN_TROUBLES).nullable(),
  canSignOut: z.boolean(),
});
export type CheckedProvider = z.output<typeof providerCheckSchema>;

/** GET …: the providers of this installation's regions, for whoever stands at the door. */
export const signInWaysSchema = z.object({
  ways: z
    .array(
      z.object({ region: z.string().max(100), regionName: z.string().max(500), name: z.string().max(60) }),
    )
    .max(1000),
});
export type SignInWay = z.output<typeof signInWaysSchema>['ways'][number];

/** A page of a provider, with all that it is told in its address. */
const addressSchema = z.string().max(10_000);

/** POST …/start. */
export const signInStartSchema = z.strictObject({ region: z.string().max(100) });
/** Where the browser goes on. */
export const signInStartedSchema = z.object({ url: addressSchema });
/** POST …/end: where the provider's own session ends; null where there is none to end. */
export const signInEndSchema = z.object({ url: addressSchema.nullable() });
