import {
  DIGEST_MINUTES,
  mailChangeSchema,
  type MailChange,
  type MailSecurity,
  type MailView,
} from '#shared/protocol/mail.ts';
import { readForm, type FormReading } from '#renderer/kit/forms/read-form.ts';

/** The form of the centre's mail as typed. */
export interface MailFields {
  readonly isOn: boolean;
  readonly host: string;
  readonly port: string | number;
  readonly security: string;
  readonly login: string;
  /** Empty: as it was. */
  readonly password: string;
  /** PEM, or empty. */
  readonly certificate: string;
  readonly sender: string;
  readonly consoleUrl: string;
  readonly language: string;
  readonly digestMinutes: string | number;
  readonly quietFrom: string;
  readonly quietTo: string;
}

/** The port that mail servers listen at for each kind of protection. */
export const USUAL_PORTS: Readonly<Record<MailSecurity, number>> = { tls: 465, starttls: 587, none: 25 };

/** The form as it opens; `consoleUrl` is where this console itself was opened. */
export const mailFieldsOf = ({ settings }: MailView, consoleUrl: string): MailFields => ({
  isOn: true,
  host: '',
  port: USUAL_PORTS.tls,
  security: 'tls',
  login: '',
  certificate: '',
  sender: '',
  consoleUrl,
  language: 'ru',
  digestMinutes: DIGEST_MINUTES.usual,
  quietFrom: '20:00',
  quietTo: '08:00',
  ...settings,
  password: '',
});

/** Tells whether a kept password goes away because the form names another server. */
const losesPassword = ({ settings, hasPassword }: MailView, { host, login }: MailFields): boolean =>
  hasPassword && login.trim() !== '' && settings?.host !== host.trim();

/**
 * Says of a kept password that it goes away, or that it stays and would go over the network in the clear as
 * it did not before; null where there is nothing to say.
 */
export function passwordHint(mail: MailView, fields: MailFields): 'passwordGoes' | 'passwordInClear' | null {
  if (losesPassword(mail, fields)) return 'passwordGoes';
  const isKept = mail.hasPassword && fields.login.trim() !== '' && fields.password === '';
  const isBared = fields.security === 'none' && mail.settings?.security !== 'none';
  return isKept && isBared ? 'passwordInClear' : null;
}

/**
 * Reads a form by the API's own rules. An empty password leaves the one that is kept; without a login there
 * is none.
 */
export function readMailFields({ password, ...fields }: MailFields): FormReading<MailChange> {
  const typed = fields.login.trim() === '' ? '' : password === '' ? null : password;
  const whole = { ...fields, sender: fields.sender.trim(), password: typed };
  return readForm(mailChangeSchema, whole, ([field]) => field);
}
