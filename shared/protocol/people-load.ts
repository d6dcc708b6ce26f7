import { z } from 'zod';
import { ACCOUNT_TROUBLES, LONGEST_PERSON_NAME } from '#shared/domain/account-rules.ts';
import { LOGIN_LENGTH } from '#shared/domain/login-name.ts';
import { newcomerSchema, personFieldsSchema } from './accounts.ts';
import { mailAddressSchema } from './mail.ts';

/** People that one load adds or changes: the rows of one transaction. */
export const MOST_PEOPLE_LOADED = 1000;

const fieldsSchema = personFieldsSchema.omit({ municipalities: true }).extend({
  mail: mailAddressSchema.nullable(),
  isDisabled: z.boolean(),
});

/**
 * A row that adds or changes somebody; `from`: the person as the table was judged on, null for a new one.
 */
const peopleRowSchema = fieldsSchema.extend({
  login: newcomerSchema.shape.login,
  from: fieldsSchema.nullable(),
});
export type PeopleRow = z.output<typeof peopleRowSchema>;

/**
 * How those who may come in from now on hear of it: by mail where one is known, else by a link to hand over.
 */
export const INVITING = ['mail', 'links'] as const;
export type Inviting = (typeof INVITING)[number];

/** POST /api/v1/accounts/load: all of it or nothing. `isTrial`: judges, and stores nothing. */
export const peopleLoadSchema = z.strictObject({
  file: z.string().max(200),
  isTrial: z.boolean(),
  inviting: z.enum(INVITING),
  rows: z.array(peopleRowSchema).min(1).max(MOST_PEOPLE_LOADED),
});
export type PeopleLoad = Omit<z.output<typeof peopleLoadSchema>, 'rows'> & {
  readonly rows: readonly PeopleRow[];
};

/** A link to choose a password by, given this once. */
const givenLinkSchema = z.object({
  login: z.string().max(LOGIN_LENGTH.longest),
  displayName: z.string().max(LONGEST_PERSON_NAME),
  agency: z.string().max(200).nullable(),
  token: z.string().max(100),
});
export type GivenLink = z.infer<typeof givenLinkSchema>;

/** Rows that were refused, by their places; when there are any, nothing was stored. */
export const peopleLoadedSchema = z.object({
  refused: z.array(z.object({ at: z.int(), why: z.enum(ACCOUNT_TROUBLES) })).max(MOST_PEOPLE_LOADED),
  /** The centre can send mails. */
  isMailOn: z.boolean(),
  added: z.int(),
  changed: z.int(),
  /** Invitations that go out by mail. */
  mailed: z.int(),
  links: z.array(givenLinkSchema).max(MOST_PEOPLE_LOADED),
});
export type PeopleLoaded = z.infer<typeof peopleLoadedSchema>;

/** POST /api/v1/accounts/loads/:id/take-back. */
export const peopleTakeBackSchema = z.strictObject({ isTrial: z.boolean() });

/** How many become as they were, and who stays as they are: somebody touched them since, or they came in. */
export const peopleTakenBackSchema = z.object({
  back: z.int(),
  stay: z.array(z.string().max(200)).max(MOST_PEOPLE_LOADED),
});
export type PeopleTakenBack = z.infer<typeof peopleTakenBackSchema>;
