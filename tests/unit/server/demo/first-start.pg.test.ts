import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ROLES } from '#shared/domain/actor.ts';
import { openSession } from '#server/accounts/log-in.ts';
import { seedFirstStart } from '#server/demo/first-start.ts';
import { regionCodes } from '#server/store/add-region.ts';
import { withScope } from '#server/store/database.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

let base: FreshDatabase;
const dataDir = mkdtempSync(join(tmpdir(), 'pult-first-'));
const said: string[] = [];
const start = () => seedFirstStart(base, dataDir, Date.now(), (line) => said.push(line), ['2022-01']);
const listed = z.array(z.object({ login: z.string(), password: z.string(), role: z.enum(ROLES) }));
const staff = () => listed.parse(JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')));

beforeAll(async () => {
  base = await freshDatabase();
});
afterAll(async () => {
  await base.stop();
  rmSync(dataDir, { recursive: true });
});

async function mark(demo: string): Promise<void> {
  await withScope(base.owner, { region: 'eao' }, (tx) =>
    tx
      .updateTable('region')
      .set({ settings: JSON.stringify({ demo }) })
      .where('region_id', '=', 'eao')
      .execute(),
  );
}

it("tells the whole command that makes a region of one's own, its folder included", async () => {
  const told: string[] = [];
  await seedFirstStart(base, dataDir, Date.now(), (line) => told.push(line), null);
  expect(told).toEqual([
    expect.stringContaining(`region -- add CODE --name NAME --time-zone ZONE --data "${dataDir}"`),
  ]);
});

it('makes the demo region once, whoever starts at the same time, with accounts only the owner can read', async () => {
  await Promise.all([start(), start()]);
  expect(await regionCodes(base.owner)).toEqual(['eao']);
  expect(said.filter((line) => line.includes('making the demo region'))).toHaveLength(1);
  expect(statSync(join(dataDir, 'demo-accounts.json')).mode & 0o777).toBe(0o600);
  expect(
    staff()
      .map((account) => account.role)
      .toSorted(),
  ).toEqual([...ROLES, 'operator'].toSorted());
  for (const { login, password } of staff()) {
    const result = await openSession(base.db, {
      login,
      password,
      address: '::1',
      userAgent: '',
      device: null,
      now: Date.now(),
    });
    expect(result.kind).toBe('logged_in');
  }
});

it('leaves a finished region alone, and makes an interrupted one anew', async () => {
  const passwords = () => staff().map((account) => account.password);
  const before = passwords();
  await start();
  expect(passwords()).toEqual(before);
  await mark('unfinished');
  await start();
  expect(passwords()).not.toEqual(before);
  expect(await regionCodes(base.owner)).toEqual(['eao']);
});
