import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';
import { NO_PLACE, type Incident } from '#shared/domain/incident.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import { weighImportance } from '#server/jobs/weigh-importance.ts';
import { withScope } from '#server/store/database.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { registerArgs, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

const HOUR = 3_600_000;
const NOW = Date.now();
const TOPIC = { group: 'ЖКХ', topic: 'Отопление' };
const RULE: ImportanceRule = {
  id: 'gas',
  name: 'Газ',
  importance: 'high',
  words: ['запах газа'],
  group: null,
  topic: null,
  count: null,
  validFrom: NOW - 5 * HOUR,
  validTo: null,
};

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const client = (role: 'operator' | 'administrator', region = 'eao', account = `${role}-1`) =>
  new TestClient(base.db, sessionOfRole(role, { region, account }));

async function push(me: TestClient, id: string, name: Command['name'], args: object): Promise<void> {
  const { outcomes } = await me.push(me.nextEnvelope(id, name, args));
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
}

async function register(text: string, createdAt = NOW - HOUR, region = 'eao'): Promise<string> {
  const id = uuidv7();
  await push(client('operator', region), id, 'register', { ...registerArgs(text, region), createdAt });
  return id;
}

const saveRule = (row: ImportanceRule, from: object | null = null, region = 'eao') =>
  push(client('administrator', region), row.id, 'saveRecord', { kind: 'importance_rule', row, from });

const read = (id: string, region = 'eao'): Promise<Incident> =>
  withScope(base.db, { region }, async (tx) => {
    const found = await tx
      .selectFrom('incident')
      .select(['row', 'due_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const row = found.row as unknown as Incident;
    expect(found.due_at).toBe(row.due?.at ?? null);
    return row;
  });

const run = () => runJob(weighImportance, jobContext(base.db));

it('gives what came since its first day its importance and deadline, once, in its own region', async () => {
  const gas = await register('В подъезде запах газа');
  const old = await register('Запах газа, давно', NOW - 6 * HOUR);
  const other = await register('Яма на дороге');
  const stranger = await register('Запах газа', NOW - HOUR, 'amur');
  await run();
  expect((await read(gas)).importance).toBe('ordinary');
  await saveRule(RULE);
  await run();
  const high = await read(gas);
  expect(high).toMatchObject({
    importance: 'high',
    ruled: { rule: 'gas', name: 'Газ', word: 'запах газа' },
    due: { policy: 'first-reply-high' },
  });
  for (const id of [old, other]) expect(await read(id)).toMatchObject({ importance: 'ordinary', version: 2 });
  expect((await read(stranger, 'amur')).importance).toBe('ordinary');
  await run();
  expect((await read(gas)).version).toBe(high.version);
});

test('a message that comes later is weighed by itself, and a person’s choice stays', async () => {
  const id = await register('Сильный запах газа');
  await run();
  expect((await read(id)).importance).toBe('high');
  await push(client('operator'), id, 'setImportance', { importance: 'ordinary', reason: 'проверили' });
  await push(client('operator'), id, 'classify', { ...TOPIC, from: '' });
  await run();
  expect(await read(id)).toMatchObject({ importance: 'ordinary', classification: TOPIC });
});

test('so many messages on one address and topic raise all of them that are open', async () => {
  await saveRule({
    ...RULE,
    id: 'many',
    name: 'Много об одном',
    words: [],
    count: { messages: 3, hours: 2 },
  });
  const place = { ...NO_PLACE, municipality: 'Биробиджан', street: 'Ленина', house: '1' };
  const operator = client('operator');
  const message = async (at: number, house = '1'): Promise<string> => {
    const id = await register('Холодно', at);
    await push(operator, id, 'classify', { ...TOPIC, from: '' });
    await push(operator, id, 'place', { place: { ...place, house }, from: NO_PLACE });
    return id;
  };
  const first = await message(NOW - 3 * HOUR);
  const second = await message(NOW - 2 * HOUR);
  const elsewhere = await message(NOW - 2 * HOUR, '7');
  await run();
  for (const id of [first, second, elsewhere]) expect((await read(id)).importance).toBe('ordinary');
  const third = await message(NOW - HOUR);
  await run();
  for (const id of [first, second, third])
    expect(await read(id)).toMatchObject({
      importance: 'high',
      ruled: { rule: 'many', messages: 3, hours: 2 },
    });
  expect((await read(elsewhere)).importance).toBe('ordinary');
});
