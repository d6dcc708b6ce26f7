import { describe, expect, it } from 'vitest';
import { AUDIT_DETAILS, AUDIT_GROUPS, AUDIT_KINDS, auditQuerySchema } from '#shared/protocol/audit.ts';

describe('kinds of lines', () => {
  it('each is offered once, in one group', () => {
    expect(Object.values(AUDIT_GROUPS).flat().toSorted()).toEqual(AUDIT_KINDS.toSorted());
  });

  it.each([
    'password',
    'newPassword',
    'token',
    'readToken',
    'secret',
    'password_hash',
    'applicationKey',
    'certificate',
  ])('no change brings in a field called %s', (name) => {
    const change = { before: null, after: { [name]: 'x' } };
    expect(AUDIT_DETAILS.setting_changed.safeParse({ kind: 'agency', id: 'roads', ...change }).success).toBe(
      false,
    );
    expect(AUDIT_DETAILS.account_changed.safeParse({ account: 'a', ...change }).success).toBe(false);
  });

  it.each(AUDIT_KINDS)('%s takes nothing that it does not name', (kind) => {
    const read = AUDIT_DETAILS[kind].safeParse({ text: 'слова жителя' });
    expect(read.success).toBe(false);
    expect(JSON.stringify(read.error?.issues)).toContain('unrecognized_keys');
  });
});

it('a cursor is a moment and a line; nothing else is one', () => {
  expect(auditQuerySchema.parse({ after: '1749470400000.17' }).after).toEqual({ at: 1749470400000, id: 17 });
  for (const after of ['', '1.', '.1', '1.2.3', '-1.2', '999999999999999.1'])
    expect(auditQuerySchema.safeParse({ after }).success, after).toBe(false);
});
