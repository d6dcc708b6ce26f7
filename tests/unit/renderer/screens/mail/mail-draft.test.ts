import { expect, test } from 'vitest';
import type { MailView } from '#shared/protocol/mail.ts';
import { mailFieldsOf, passwordHint, type MailFields } from '#renderer/screens/mail/mail-draft.ts';

const fresh = mailFieldsOf({ settings: null, hasPassword: false } as MailView, 'https://pult.example');
const kept = {
  settings: { ...fresh, host: 'mail.example', login: 'pult', security: 'tls' },
  hasPassword: true,
} as unknown as MailView;

test.each<[string, Partial<MailFields>, string | null]>([
  ['nothing changed', {}, null],
  ['another server', { host: 'other.example' }, 'passwordGoes'],
  ['no encryption any more', { security: 'none' }, 'passwordInClear'],
  ['no encryption, and a new password', { security: 'none', password: 'another' }, null],
  ['no encryption and no login', { security: 'none', login: ' ' }, null],
  ['another encryption', { security: 'starttls' }, null],
])('a kept password and %s', (_, change, hint) => {
  expect(passwordHint(kept, { ...mailFieldsOf(kept, ''), ...change })).toBe(hint);
});
