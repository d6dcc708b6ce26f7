import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RATING_PRESETS } from '#shared/domain/rating-rules.ts';
import { DEFAULT_REGULATION, REGULATION_ID, type Regulation } from '#shared/domain/regulation.ts';
import { toBase64 } from '#shared/text/base64.ts';
import { isIntact, issueReport, readIssue } from '#server/report/issues.ts';
import { reportOf } from '#server/report/report-of.ts';
import { withScope } from '#server/store/database.ts';
import { changeRegulation } from '#server/sync/regulation.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
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

const ARMS = {
  type: 'image/jpeg' as const,
  width: 40,
  height: 50,
  data: toBase64(photoBytes({ width: 40, height: 50 })),
};
const FIRST = { header: 'ЦУР ЕАО', signatory: { post: 'Руководитель', name: 'И. И. Иванов' }, arms: ARMS };
const MONTH = { form: 'month', from: '2022-01-01', to: '2022-01-31' } as const;

async function saved(client: TestClient, row: object, from: object): Promise<unknown> {
  const command = client.nextEnvelope(REGULATION_ID, 'saveRecord', { kind: 'regulation', row, from });
  return (await client.push(command)).outcomes[0];
}

test('the settings are saved as a record, refused by name, and told by the audit log', async () => {
  const chief = new TestClient(base.db, sessionOfRole('administrator'));
  const save = (change: object) => {
    const from = Object.fromEntries(Object.keys(change).map((name) => [name, null]));
    const row = { ...DEFAULT_REGULATION, ...change };
    return saved(chief, row, from);
  };
  expect(await save(FIRST)).toMatchObject({ status: 'applied' });
  expect(await save({ arms: { ...ARMS, height: 51 } })).toMatchObject({
    refusal: { kind: 'arms_unfit', problem: 'other_size' },
  });
  const operator = new TestClient(base.db, sessionOfRole('operator'));
  expect(await saved(operator, DEFAULT_REGULATION, {})).toMatchObject({ refusal: { kind: 'role_may_not' } });
  const lines = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select('detail').where('action', '=', 'setting_changed').execute(),
  );
  expect(lines.at(-1)?.detail).toMatchObject({ kind: 'regulation', after: { header: 'ЦУР ЕАО' } });
  // The record of one region is nothing in another.
  expect(await regulate({}, 'amur')).toEqual(DEFAULT_REGULATION);
});

test('an issued summary keeps the head, the signature and the arms of its day to the character', async () => {
  const by = { account: 'administrator-1', name: 'Анна Ким' };
  const wanted = { ...MONTH, id: uuidv7(), remark: '', compare: null };
  await issueReport(base.db, 'eao', wanted, by, Date.UTC(2022, 1, 2), async () => undefined);
  const issued = await readIssue(base.db, 'eao', MONTH, 1);
  expect(JSON.parse(issued?.body ?? '{}')).toMatchObject({ letterhead: FIRST });
  const later = { header: 'Центр управления регионом', signatory: { post: 'И. о.', name: 'П. П. Петров' } };
  await regulate({ ...later, rating: RATING_PRESETS.order });
  const again = await readIssue(base.db, 'eao', MONTH, 1);
  expect(again).toEqual(issued);
  expect(again !== null && isIntact(again)).toBe(true);
  const report = await reportOf(base.db, 'eao', MONTH, Date.UTC(2022, 1, 2));
  expect(report).toMatchObject({ letterhead: { ...later, arms: ARMS }, rating: { minimum: 5 } });
  const neighbour = await reportOf(base.db, 'amur', MONTH, Date.UTC(2022, 1, 2));
  expect(neighbour).not.toHaveProperty('letterhead');
});
