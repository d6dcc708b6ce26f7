import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ApiError, ApiErrorKind } from '#shared/protocol/errors.ts';
import { isDatabaseAway } from '#server/process/database-away.ts';

/**
 * Status and words of every kind of error the API answers with. The console has its own words under
 * `error.<kind>`.
 */
export const ERROR_CATALOGUE: Readonly<
  Record<ApiErrorKind, { readonly status: number; readonly message: string }>
> = {
  bad_json: { status: 400, message: 'The body is not valid JSON.' },
  bad_request: { status: 400, message: 'The request does not fit its schema.' },
  too_large: { status: 413, message: 'The body is too large.' },
  unauthenticated: { status: 401, message: 'Log in first.' },
  session_expired: { status: 401, message: 'The session has expired; log in again.' },
  wrong_password: { status: 401, message: 'The login or the password is wrong.' },
  password_temporary: { status: 403, message: 'Set a password of your own first.' },
  password_short: { status: 422, message: 'The password is too short.' },
  password_long: { status: 422, message: 'The password is too long.' },
  password_common: { status: 422, message: 'The password is one of those that are tried first.' },
  password_same: { status: 422, message: 'The password is the one it is to replace.' },
  account_login_length: { status: 422, message: 'The login is too short or too long.' },
  account_login_letters: {
    status: 422,
    message: 'The login has characters other than Latin letters, digits and . _ - @.',
  },
  account_login_taken: { status: 409, message: 'Somebody has this login.' },
  account_login_alike: { status: 409, message: 'Somebody has a login that looks the same.' },
  account_name_length: { status: 422, message: 'The name is empty or too long.' },
  account_agency_missing: { status: 422, message: 'An executor is of an agency.' },
  account_agency_unknown: { status: 422, message: 'The region has no such agency.' },
  account_agency_needless: { status: 422, message: 'Only an executor is of an agency.' },
  account_municipality_unknown: { status: 422, message: 'The region has no such municipality.' },
  account_last_administrator: { status: 409, message: 'This is the last administrator of the region.' },
  account_oneself: { status: 409, message: 'Nobody does this to their own account.' },
  account_changed_meanwhile: { status: 409, message: 'Somebody has changed this person meanwhile.' },
  deputy_ends_first: { status: 422, message: 'The last day is before the first.' },
  deputy_over: { status: 422, message: 'The last day has passed.' },
  deputy_long: { status: 422, message: 'A deputy is named for a year at most.' },
  deputy_oneself: { status: 422, message: 'Nobody is their own deputy.' },
  deputy_unknown: { status: 422, message: 'The region has no such person.' },
  deputy_of_disabled: { status: 409, message: 'A disabled account needs no deputy.' },
  deputy_disabled: { status: 409, message: 'The deputy’s account is disabled.' },
  deputy_needless: { status: 422, message: 'An observer has no work to hand over.' },
  deputy_other_agency: {
    status: 422,
    message: 'An executor’s deputy is an executor of the same agency: no other sees its incidents.',
  },
  deputy_not_of_centre: { status: 422, message: 'The deputy of the centre’s people is one of them.' },
  deputy_overlaps: { status: 409, message: 'This person has a deputy on some of these days.' },
  deputy_ring: { status: 409, message: 'The work would come back to whoever is away.' },
  deputy_over_limit: { status: 409, message: 'This person has too many deputies ahead.' },
  second_factor_needed: { status: 401, message: 'A code of the second factor is needed.' },
  second_factor_wrong: { status: 401, message: 'The code is wrong, was used, or has run out.' },
  second_factor_demanded: {
    status: 403,
    message: 'This role comes in by a second factor: set one up first.',
  },
  second_factor_stale: { status: 409, message: 'Setting up began too long ago or again elsewhere.' },
  second_factor_elsewhere: { status: 409, message: 'Another system judges how this person comes in.' },
  invitation_used: { status: 410, message: 'This invitation has been used.' },
  invitation_replaced: { status: 410, message: 'Another invitation or password took the place of this one.' },
  invitation_expired: { status: 410, message: 'This invitation has run out.' },
  invitation_unknown: { status: 404, message: 'There is no such invitation.' },
  bot_not_there: { status: 409, message: 'The centre tells people by no such bot.' },
  mail_not_set: { status: 409, message: 'Nobody has said how this centre sends mail.' },
  mail_no_address: { status: 409, message: 'No mail address of this person is known.' },
  code_wrong: { status: 422, message: 'This is not the code that was sent.' },
  code_expired: { status: 410, message: 'The code has run out; have another one sent.' },
  sign_in_off: { status: 404, message: 'Nobody comes in by a provider here.' },
  sign_in_elsewhere: {
    status: 409,
    message: 'The console was opened at another address than the provider knows.',
  },
  sign_in_unresolved: { status: 502, message: "The provider's name is not found." },
  sign_in_private_address: {
    status: 502,
    message: 'The provider stands in a network that may not be called.',
  },
  sign_in_not_encrypted: { status: 502, message: 'The provider is not reached by https.' },
  sign_in_unreachable: { status: 502, message: 'The provider does not answer.' },
  sign_in_late: { status: 504, message: 'The provider took too long.' },
  sign_in_certificate: { status: 502, message: "The provider's certificate does not fit." },
  sign_in_metadata: { status: 502, message: 'What the provider says of itself does not fit.' },
  sign_in_client: { status: 502, message: 'The provider does not take our client id or secret.' },
  sign_in_secret: { status: 500, message: "The client's secret was sealed by another key." },
  sign_in_stale: { status: 410, message: 'This sign-in began in another browser, too long ago, or is over.' },
  sign_in_state: { status: 409, message: 'The answer is of another sign-in.' },
  sign_in_cancelled: { status: 403, message: 'The sign-in was cancelled at the provider.' },
  sign_in_provider: { status: 502, message: 'The provider answered with an error.' },
  sign_in_code: { status: 409, message: 'The provider does not take this code: it was used, or ran out.' },
  sign_in_issuer: { status: 502, message: "The token is another provider's." },
  sign_in_audience: { status: 502, message: 'The token is for another system.' },
  sign_in_nonce: { status: 502, message: 'The token is of another sign-in.' },
  sign_in_signature: { status: 502, message: "The token's signature does not fit the provider's keys." },
  sign_in_expired: { status: 502, message: "The token's times do not fit the clock here." },
  sign_in_token: { status: 502, message: "The provider's answer does not fit." },
  sign_in_claims: { status: 502, message: 'The provider tells no login.' },
  sign_in_no_group: { status: 403, message: 'No group of this person gives rights here.' },
  sign_in_agency: { status: 409, message: "The agency of this person's group is no more." },
  sign_in_unknown_person: { status: 403, message: 'This person has no account here, and none is made.' },
  sign_in_login_unfit: { status: 422, message: 'The login that the provider tells cannot be one here.' },
  sign_in_login_taken: {
    status: 409,
    message: 'Somebody has the login that the provider tells, or one that looks the same.',
  },
  sign_in_linked: { status: 409, message: "The account is another person's of this provider." },
  sign_in_disabled: { status: 403, message: 'The account is closed.' },
  sign_in_handover: {
    status: 409,
    message: 'This code from the browser was used, ran out, or is for another window.',
  },
  sign_in_not_ldap: { status: 502, message: 'What answers there is no LDAP.' },
  sign_in_no_start_tls: { status: 502, message: 'The directory does not encrypt by StartTLS.' },
  sign_in_needs_encryption: { status: 502, message: 'The directory asks for encryption.' },
  sign_in_answers_all: { status: 502, message: 'The directory lets in somebody made up.' },
  sign_in_bind_account: { status: 502, message: 'The directory does not let in the account that looks.' },
  sign_in_base: { status: 502, message: 'The directory does not know the base.' },
  sign_in_filter: { status: 502, message: 'The filter is none.' },
  sign_in_referral: { status: 502, message: 'The directory refers to another, which is not followed.' },
  sign_in_nobody: { status: 404, message: 'The directory finds nobody by this login.' },
  sign_in_several: { status: 409, message: 'The directory finds several by this login.' },
  sign_in_no_id: { status: 502, message: 'The directory tells no id of this person.' },
  sign_in_many_groups: {
    status: 502,
    message: 'The directory tells more groups of this person than are read.',
  },
  sign_in_shut_there: { status: 403, message: 'The account is closed, locked or out of date there.' },
  numbers_given: { status: 409, message: 'This number, or one above it, was given to a message already.' },
  forbidden: { status: 403, message: 'This account may not do that.' },
  not_found: { status: 404, message: 'There is nothing here.' },
  not_begun: { status: 409, message: 'That period has not begun yet.' },
  damaged: { status: 500, message: 'What is stored does not fit its checksum.' },
  attachment_refused: { status: 422, message: 'This file cannot be attached.' },
  part_misplaced: { status: 409, message: 'The part does not begin where the upload stands.' },
  too_slow: { status: 408, message: 'The part took too long; send it again.' },
  over_quota: { status: 429, message: 'This account has handed in too much for now.' },
  rate_limited: { status: 429, message: 'Too many attempts; wait a little.' },
  unavailable: { status: 503, message: 'The database is away; try again shortly.' },
  protocol_too_old: { status: 426, message: 'This console is too old for the API; update it.' },
  protocol_too_new: { status: 400, message: 'This console is newer than the API; update the API.' },
  sequence_gap: { status: 409, message: 'Commands before this one are missing.' },
  resync: { status: 410, message: 'The cursor no longer fits; download again.' },
  internal: { status: 500, message: 'Something went wrong here; it has been written down.' },
};

/** Thrown by handlers to answer with an error of the catalogue. */
export class ApiFailure extends Error {
  readonly kind: ApiErrorKind;
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  readonly status: number;

  constructor(
    kind: ApiErrorKind,
    detail?: Readonly<Record<string, unknown>>,
    message: string = ERROR_CATALOGUE[kind].message,
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.kind = kind;
    this.detail = detail;
    this.status = ERROR_CATALOGUE[kind].status;
  }

  /** The body of the answer. */
  body(): ApiError {
    return {
      error: {
        kind: this.kind,
        message: this.message,
        ...(this.detail === undefined ? {} : { detail: this.detail }),
      },
    };
  }
}

/** Where a request does not fit its schema: paths and reasons, never the values sent. */
function schemaFailure(error: FastifyError): ApiFailure {
  const issues = (error.validation ?? []).map((issue) => ({
    path: `${error.validationContext ?? 'body'}${issue.instancePath}`,
    reason: issue.keyword,
  }));
  return new ApiFailure('bad_request', { issues });
}

function fastifyFailure(error: FastifyError): ApiFailure | null {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new ApiFailure('bad_json');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiFailure('too_large');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
      return new ApiFailure('bad_request', { reason: error.code });
    default:
      return error.statusCode !== undefined && error.statusCode < 500
        ? new ApiFailure('bad_request', { reason: error.code ?? 'unknown' })
        : null;
  }
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'statusCode' in error;

/** Turns whatever was thrown while answering into an error of the catalogue. */
export function toApiFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return schemaFailure(error);
  if (isDatabaseAway(error)) return new ApiFailure('unavailable');
  return (isFastifyError(error) ? fastifyFailure(error) : null) ?? new ApiFailure('internal');
}
