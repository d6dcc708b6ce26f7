import type { MailOutcome, MailProblem } from '#shared/protocol/mail.ts';

/** The parts of nodemailer's and Node's errors that are looked at. */
export interface SmtpFailure {
  readonly code?: string;
  /** Node's own, where nodemailer put another in its place. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  /** The command that failed: `MAIL FROM`, `RCPT TO`, `DATA`, `AUTH …`. */
  readonly command?: string;
}

/** How far a mail had come. */
interface Progress {
  /** All of it was given to the connection. */
  readonly isGiven: boolean;
  /** The patience was over. */
  readonly isLate: boolean;
}

const REFUSED: readonly (readonly [RegExp, MailProblem])[] = [
  [/^AUTH/, 'login_refused'],
  [/^MAIL FROM/, 'sender_refused'],
  [/^RCPT TO/, 'address_refused'],
];

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/;

function problemOf(failure: SmtpFailure, progress: Progress): MailProblem {
  const { code = '', originalCode = '', responseCode, command = '' } = failure;
  if (CERTIFICATE.test(`${code} ${originalCode}`)) return 'certificate';
  if (code === 'ETLS') return 'no_encryption';
  if (code === 'EAUTH') return 'login_refused';
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return 'later';
  if (responseCode !== undefined && responseCode >= 500)
    return REFUSED.find(([pattern]) => pattern.test(command))?.[1] ?? 'refused';
  // It may have the mail or not: nobody said.
  if (progress.isGiven) return 'lost';
  return progress.isLate || code === 'ETIMEDOUT' ? 'too_slow' : 'unreachable';
}

/** Names what stood in a mail's way, by the command that failed and the code of the answer. */
export const outcomeOfError = (failure: SmtpFailure, progress: Progress): MailOutcome => ({
  problem: problemOf(failure, progress),
  code: failure.responseCode ?? null,
});

/** Problems of one address alone: other mails go out all the same. */
const OF_ONE: ReadonlySet<MailProblem> = new Set<MailProblem>(['address_refused', 'refused', 'lost']);

/** Tells whether a problem stands in the way of every mail, so that the next one is not worth a try. */
export const isOfServer = (problem: MailProblem): boolean => !OF_ONE.has(problem);

/** Problems that time does not mend: the address or the mail itself was refused for good. */
export const isForGood = (problem: MailProblem): boolean =>
  problem === 'address_refused' || problem === 'refused';
