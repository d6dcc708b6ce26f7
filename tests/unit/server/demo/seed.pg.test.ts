import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '#server/accounts/create-account.ts';
import { RECIPES } from '#server/demo/recipes.ts';
import { seedDemo } from '#server/demo/seed.ts';
import { reportOf } from '#server/report/report-of.ts';
import { monthRequest } from '#tests/fixtures/facts.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

const NOW = Date.UTC(2026, 10, 24, 0, 42);

describe('the demo region in the database', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    await addRegion(database.owner, {
      code: 'eao',
      name: 'Еврейская автономная область',
      timeZone: 'Asia/Vladivostok',
    });
    for (const role of ['operator', 'approver'] as const) {
      const account = { login: role, displayName: role, role, agency: null, password: 'something long' };
      await createAccount(database.db, 'eao', account, NOW);
    }
  });
  afterAll(() => database.stop());

  it('is seeded once, whole, and its January is the month of the seed article', async () => {
    const { incidents } = await seedDemo(database.db, NOW);
    const report = await reportOf(database.db, 'eao', monthRequest(), NOW);
    expect(report).toMatchObject({
      region: 'eao',
      received: 389,
      period: { from: '2022-01-01', to: '2022-01-31' },
      firstReply: { working: { meanMinutes: 166 } },
      control: { balances: true },
    });
    expect(report?.groups.slice(0, 5).map((line) => line.group)).toEqual([
      'Дороги',
      'Безопасность',
      'ЖКХ',
      'Благоустройство',
      'Общественный транспорт',
    ]);
    expect(report?.agencies.every((line) => /[А-Я]/.test(line.name))).toBe(true);
    const counted = await withScope(database.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('incident')
        .select((is) => [is.fn.countAll<number>().as('n'), is.fn.max('number').as('last')])
        .executeTakeFirstOrThrow(),
    );
    const received = RECIPES.reduce((sum, { received }) => sum + received, 0);
    expect(received).toBe(7412);
    expect(counted).toEqual({ n: incidents, last: 48_112 + incidents - received - 1 });
  });

  it('compares January with the month before and the year before, and knows what the centre held in it', async () => {
    const report = await reportOf(database.db, 'eao', monthRequest(), NOW);
    expect(report?.previous?.received).toBe(446);
    expect(report?.comparisons.yearAgo?.received).toBe(341);
    expect(report?.campaigns.map(({ title }) => title)).toEqual(['Кто чистит вашу улицу от снега']);
    expect(report?.activities.map(({ kind, date }) => [kind, date])).toEqual([
      ['broadcast', '2022-01-20'],
      ['seminar', '2022-01-27'],
    ]);
  });

  it('knows no month of a region that is not there', async () => {
    expect(await reportOf(database.db, 'omsk', monthRequest(), NOW)).toBeNull();
  });
});
