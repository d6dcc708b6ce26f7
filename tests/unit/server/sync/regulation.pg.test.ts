import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_REGULATION, type Regulation } from '#shared/domain/regulation.ts';
import { withScope } from '#server/store/database.ts';
import { changeRegulation } from '#server/sync/regulation.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const regulate = (change: Partial<Regulation>, region = 'eao') =>
  withScope(base.db, { region }, (tx) => changeRegulation(tx, region, change, { by: COMMAND_LINE, now: 1 }));

/** An incident whose reply the operator wrote and submitted. */
async function onApproval(operator: TestClient): Promise<string> {
  const id = await operator.register();
  await operator.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  await operator.do(id, 'takeToWork', {});
  await operator.do(id, 'draftReply', { text: 'Яму засыпали.', kind: 'final', promises: [] });
  await operator.do(id, 'submitForApproval', {});
  return id;
}

test('a region’s rules are changed one by one, each within its range, and are that region’s alone', async () => {
  expect(await regulate({})).toEqual(DEFAULT_REGULATION);
  expect(await regulate({ deferDays: 7 })).toEqual({ ...DEFAULT_REGULATION, deferDays: 7 });
  expect(await regulate({ ownApproval: 'refused' })).toEqual({
    ...DEFAULT_REGULATION,
    deferDays: 7,
    ownApproval: 'refused',
  });
  await expect(regulate({ deferDays: 0 })).rejects.toThrow('deferDays');
  expect(await regulate({}, 'amur')).toEqual(DEFAULT_REGULATION);
  await regulate(DEFAULT_REGULATION);
});

test('the API approves a person’s own reply until the rules of the region forbid it', async () => {
  const [operator, approver] = [
    new TestClient(base.db, sessionOfRole('operator')),
    new TestClient(base.db, sessionOfRole('approver')),
  ];
  const [first, second] = [await onApproval(operator), await onApproval(operator)];
  expect(await operator.approve(first, 'Яму засыпали.')).toMatchObject({ status: 'applied' });
  await regulate({ ownApproval: 'refused' });
  expect(await operator.approve(second, 'Яму засыпали.')).toMatchObject({ refusal: { kind: 'own_reply' } });
  expect(await approver.approve(second, 'Яму засыпали.')).toMatchObject({ status: 'applied' });
});
