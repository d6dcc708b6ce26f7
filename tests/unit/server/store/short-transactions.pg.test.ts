import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiveCall } from '#server/channels/inbox/receive-call.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { seedDemo } from '#server/demo/seed.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { importFile } from '#server/exchange/import-file.ts';
import { issueReport } from '#server/report/issues.ts';
import { projectFacts } from '#server/report/project-facts.ts';
import { reportOf } from '#server/report/report-of.ts';
import { addRegion } from '#server/store/add-region.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import { must } from '#shared/domain/must.ts';
import { COMMAND_LINE } from '#shared/protocol/audit.ts';
import { monthRequest } from '#tests/fixtures/facts.ts';
import { joined } from '#tests/fixtures/exchange.ts';
import { cpuMs, piecesMs } from '#tests/helpers/cpu-time.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { SECRET, VkRegion } from '#tests/helpers/vk-region.ts';
import { watchTransactions } from '#tests/helpers/watch-transactions.ts';

const NOW = Date.UTC(2026, 10, 24, 0, 42);
const ZONE = 'Asia/Vladivostok';
/**
 * So many pieces of computing (`piecesMs`), some 80 ms on a usual machine: a small part of what PostgreSQL
 * waits (`withScope`).
 */
const SHORT = 10;

let base: FreshDatabase;

async function bareRegions(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  for (const code of ['eao', 'copy']) await addRegion(fresh.owner, { code, name: 'ЕАО', timeZone: ZONE });
  for (const role of ['operator', 'approver'] as const) {
    const account = { login: role, displayName: role, role, agency: null, password: 'something long' };
    await createAccount(fresh.db, 'eao', account, NOW);
  }
  return fresh;
}

beforeAll(async () => {
  base = await bareRegions();
});
afterAll(() => base.stop());

/**
 * Does the work and gives how much it computed at most while one of its transactions waited, in pieces of
 * computing.
 */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  const watch = watchTransactions();
  try {
    await work();
    expect(watch.ended()).toBeGreaterThan(0);
    return watch.longestMs() / piecesMs(1);
  } finally {
    watch.stop();
  }
}

it('the watch sees a transaction that computes', async () => {
  const busy = await longestGap(() =>
    base.db.transaction().execute(async (tx) => {
      await tx.selectFrom('region').select('region_id').execute();
      const until = cpuMs() + piecesMs(2 * SHORT);
      while (cpuMs() < until);
    }),
  );
  expect(busy).toBeGreaterThan(SHORT);
});

it('the demo region is told outside its transactions', async () => {
  const gaps = [await longestGap(() => seedDemo(base.db, NOW))];
  // The engine frees memory when it likes: that falls into a transaction by chance, computing does each time.
  for (let tries = 0; tries < 2 && Math.min(...gaps) >= SHORT; tries += 1) {
    const again = await bareRegions();
    gaps.push(await longestGap(() => seedDemo(again.db, NOW)));
    await again.stop();
  }
  expect(Math.min(...gaps)).toBeLessThan(SHORT);
});

it('facts are judged outside their transactions, all of them and a page of changed ones', async () => {
  expect(await longestGap(() => projectFacts(base.db, 'eao', ZONE))).toBeLessThan(SHORT);
});

it('a summary is put together, and issued, outside', async () => {
  const request = monthRequest();
  expect(await longestGap(() => reportOf(base.db, 'eao', request, NOW))).toBeLessThan(SHORT);
  const { form, from, to } = request;
  const wish = { id: '0198f2a4-7c3e-7aaa-8bbb-0123456789ab', form, from, to, remark: '', compare: null };
  const issuer = { account: 'approver', name: 'Мария Левина' };
  const issue = () => issueReport(base.db, 'eao', wish, issuer, NOW, async () => undefined);
  expect(await longestGap(issue)).toBeLessThan(SHORT);
});

it('rows of a file are judged outside, new ones and those that are here', async () => {
  const job = { region: 'eao', format: 'csv', from: Date.UTC(2022, 2), to: NOW } as const;
  const pieces: Uint8Array[] = [];
  for await (const piece of must(await exportTable(base.db, job, NOW), 'a region')) pieces.push(piece);
  const load = () =>
    importFile(
      base.db,
      {
        region: 'copy',
        source: bytesSource(joined(pieces)),
        fileName: 'all.csv',
        actor: COMMAND_LINE,
        origin: { address: '' },
        language: 'ru',
      },
      NOW,
    );
  for (const _ of ['new', 'known']) expect(await longestGap(load)).toBeLessThan(SHORT);
});

it('messages of networks are taken in by batches that are short', async () => {
  const vk = await VkRegion.start();
  try {
    const page = await vk.addPage('Страница', 'http://127.0.0.1:9');
    for (let author = 1; author <= 150; author += 1) {
      const text = `${author} Во дворе не вывозят мусор вторую неделю. `.repeat(150);
      const body = vk.fake.event('wall_reply_new', vk.fake.comment(1, author, text), `n${author}`, SECRET);
      await receiveCall(vk.channels.inbox, { region: 'eao', id: page, headers: {}, body: Buffer.from(body) });
    }
    while (!(await vk.channels.inbox.load.calm()));
    expect(await longestGap(() => drain(vk.channels.inbox, 'eao'))).toBeLessThan(SHORT);
    expect(await vk.messages(page)).toHaveLength(150);
  } finally {
    await vk.stop();
  }
});
