import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTACHMENT_PART_BYTES } from '#shared/protocol/attachments.ts';
import { createDemoAccounts } from '#server/demo/demo-accounts.ts';
import { seedDemo } from '#server/demo/seed.ts';
import { backUp } from '#server/backup/back-up.ts';
import { restoreBackup } from '#server/backup/restore.ts';
import { writeBackup, type BackupRow } from '#server/backup/backup-file.ts';
import { BACKUP_TABLES } from '#server/backup/tables.ts';
import { finishUpload } from '#server/attachments/finish-upload.ts';
import { beginUpload, putPart } from '#server/attachments/upload.ts';
import { keepPhoto, photoHash } from '#server/photos/photo-store.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { MIGRATIONS } from '#server/store/migrate.ts';
import { defaultReference } from '#server/sync/default-reference.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

const NOW = Date.UTC(2026, 10, 24, 0, 42);

/** All that a restore changes: it must not begin again where the backup stood. */
const GONE_ON = `'{epoch,put_back_at,issue_base}'::text[] || case when t.tableoid = 'sync_clock'::regclass
  then '{v,last_number}'::text[] else '{}' end`;
const asText = (table: string) => sql<{ json: string }>`
  select (to_jsonb(t) - (${sql.raw(GONE_ON)}))::text as json from ${sql.table(table)} t
    ${table === 'revision' ? sql`where v < 1000000` : sql``} order by 1`;

/** Every row of every table as text, but for what goes on. */
async function contents(db: Database): Promise<string[]> {
  return withScope(db, { region: 'eao' }, async (tx) => {
    const lines: string[] = [];
    for (const table of BACKUP_TABLES) {
      const { rows } = await asText(table).execute(tx);
      lines.push(...rows.map(({ json }) => `${table} ${json}`));
    }
    return lines;
  });
}

/** A file of three parts that an event names, and one on its way. */
async function handIn(db: Database): Promise<void> {
  const who = { region: 'eao', account: 'a' };
  const head = photoBytes();
  const whole = Buffer.alloc(2 * ATTACHMENT_PART_BYTES + 9, 0x55);
  whole.set(head.subarray(0, -2));
  whole.set([0xff, 0xd9], whole.length - 2);
  const files = [whole, Buffer.from(head)] as const;
  for (const bytes of files) {
    const hash = photoHash(bytes);
    await beginUpload(db, who, { hash, size: bytes.length }, NOW);
    for (let offset = 0; offset < bytes.length; offset += ATTACHMENT_PART_BYTES)
      await putPart(
        db,
        who,
        { hash, offset, bytes: bytes.subarray(offset, offset + ATTACHMENT_PART_BYTES) },
        NOW,
      );
  }
  expect(await finishUpload(db, who, photoHash(whole), NOW)).toMatchObject({ state: { state: 'here' } });
  await withScope(db, who, (tx) =>
    sql`insert into event (region_id, incident_id, n, v, name, at, recorded_at, actor, data)
      select 'eao', id, 9999, 1, 'noted', 1, 1, 'a',
        ${JSON.stringify({ attachments: [{ hash: photoHash(whole) }] })}::jsonb
      from incident limit 1`.execute(tx),
  );
}

const epochOf = (db: Database): Promise<{ epoch: string }> =>
  withScope(db, { region: 'eao' }, (tx) => tx.selectFrom('region').select('epoch').executeTakeFirstOrThrow());

/** Numbers and revisions given out, and places in the order of events, in a region. */
const countersOf = (db: Database) =>
  withScope(db, { region: 'eao' }, async (tx) => {
    const clock = await tx.selectFrom('sync_clock').select(['v', 'last_number']).executeTakeFirstOrThrow();
    const { rows } = await sql<{ event: number; audit: number; delivery: number }>`select
      nextval(pg_get_serial_sequence('channel_event', 'seq')) as event,
      nextval(pg_get_serial_sequence('partner_delivery', 'seq')) as delivery,
      nextval(pg_get_serial_sequence('audit', 'id')) as audit`.execute(tx);
    return { ...clock, ...rows[0] };
  });

/** A restored region gives no number that was given out before, also since the backup. */
async function expectGoneOn(before: Database, after: Database): Promise<void> {
  const [was, is] = [await countersOf(before), await countersOf(after)];
  expect(is.v).toBeGreaterThanOrEqual(was.v + 1_000_000);
  expect(is.last_number).toBe(was.last_number + 10_000);
  expect(is).toMatchObject({ event: was.event, audit: was.audit, delivery: was.delivery });
}

/** A network's call that waits to be read, far along in the order of all. */
const storeCall = (db: Database): Promise<unknown> =>
  withScope(db, { region: 'eao' }, async (tx) => {
    const id = '0197a000-0000-7000-8000-000000000777';
    await sql`insert into channel (region_id, id, network, name, base_url, page_id, secrets, created_at)
      values ('eao', ${id}, 'vk', 'ЦУР', 'https://api.vk.com', '777', '', 1)`.execute(tx);
    await sql`select setval(pg_get_serial_sequence('channel_event', 'seq'), 500)`.execute(tx);
    await sql`insert into channel_event (region_id, channel_id, key, kind, received_at, raw, state)
      values ('eao', ${id}, 'k', 'wall_reply_new', 1, '{}', 'new')`.execute(tx);
  });

describe('backup and restore', () => {
  let source: FreshDatabase;
  let target: FreshDatabase;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    [source, target] = await Promise.all([freshDatabase(), freshDatabase()]);
    folder = await mkdtemp(join(tmpdir(), 'pult-backup-'));
    file = join(folder, 'backup.ndjson.gz');
    await addRegion(source.owner, { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' });
    await createDemoAccounts(source.owner, 'eao', folder, NOW);
    await seedDemo(source.owner, NOW, ['2022-01']);
    for (const data of [[1], [2]])
      await keepPhoto(source.owner, { region: 'eao', account: 'a' }, Buffer.from(photoBytes({ data })), NOW);
    await handIn(source.db);
    await storeCall(source.owner);
    await backUp(source.owner, file, NOW);
  });
  afterAll(async () => {
    await Promise.all([source.stop(), target.stop(), rm(folder, { recursive: true })]);
  });

  const damaged = async (change: (bytes: Buffer) => Buffer): Promise<string> => {
    const path = join(folder, 'damaged.ndjson.gz');
    await writeFile(path, change(await readFile(file)));
    return path;
  };

  it('holds every table but the secrets of the moment and what is made anew', async () => {
    const { rows } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(source.owner);
    const left = rows
      .map(({ name }) => name)
      .filter((name) => !(BACKUP_TABLES as readonly string[]).includes(name));
    expect(left).toEqual([
      'device',
      'fact_clock',
      'fact_day',
      'fact_topic',
      'incident_fact',
      'invitation',
      'login_attempt',
      'migration',
      'pulse',
      'rate_limit',
      'session',
      'sign_in_handover',
    ]);
  });

  it('refuses a cut or altered file and leaves nothing behind', async () => {
    const cut = await damaged((bytes) => bytes.subarray(0, bytes.length >> 1));
    await expect(restoreBackup(target.owner, cut, NOW)).rejects.toMatchObject({ kind: 'bad_backup' });
    const foreign = await damaged(() => Buffer.from('not a backup'));
    await expect(restoreBackup(target.owner, foreign, NOW)).rejects.toMatchObject({ kind: 'bad_backup' });
    expect(await contents(target.owner)).toEqual([]);
  });

  it('brings everything back under a new epoch, and only into an empty installation', async () => {
    const { regions, rows } = await restoreBackup(target.owner, file, NOW);
    expect(regions).toBe(1);
    const before = await contents(source.owner);
    expect(rows).toBe(before.length);
    expect(await contents(target.owner)).toEqual(before);
    for (const table of ['attachment', 'attachment_use', 'attachment_holder', 'attachment_upload'])
      expect(before.filter((line) => line.startsWith(`${table} `))).toHaveLength(1);
    expect(before.filter((line) => line.startsWith('attachment_part '))).toHaveLength(4);
    await expectGoneOn(source.owner, target.owner);
    expect(await epochOf(target.owner)).not.toEqual(await epochOf(source.owner));
    await expect(restoreBackup(target.owner, file, NOW)).rejects.toMatchObject({ kind: 'not_empty' });
  });

  describe('of several regions', () => {
    let several: FreshDatabase;
    beforeAll(async () => {
      several = await freshDatabase();
      for (const code of ['eao', 'amur', 'khv']) {
        await addRegion(several.owner, { code, name: code, timeZone: 'Asia/Vladivostok' });
        await withScope(several.owner, { region: code }, (tx) =>
          upsertReference(tx, code, defaultReference('Asia/Vladivostok')),
        );
      }
    });
    afterAll(() => several.stop());

    /** All rows of all regions, each once. */
    const rowsOf = async (db: Database): Promise<readonly string[]> => {
      const lines: string[] = [];
      for (const table of BACKUP_TABLES) {
        const { rows } = await asText(table).execute(db);
        lines.push(...rows.map(({ json }) => `${table} ${json}`));
      }
      return lines;
    };

    it('holds each row once and brings it back', async () => {
      const empty = await freshDatabase();
      const { regions, rows } = await backUp(several.owner, file, NOW);
      const before = await rowsOf(several.owner);
      expect([regions, rows]).toEqual([3, before.length]);
      expect(await restoreBackup(empty.owner, file, NOW)).toEqual({ regions: 3, rows: before.length });
      expect(await rowsOf(empty.owner)).toEqual(before);
      await empty.stop();
    });

    it('is read from an older file as well, which holds all regions in the part of each', async () => {
      const empty = await freshDatabase();
      const before = await rowsOf(several.owner);
      const lines: BackupRow[] = [];
      for (const table of BACKUP_TABLES) {
        const { rows } = await sql<{
          json: string;
        }>`select to_jsonb(t)::text as json from ${sql.table(table)} t`.execute(several.owner);
        lines.push(...rows.map(({ json }) => ({ table, json })));
      }
      const migrations = MIGRATIONS.map(({ name }) => name);
      const parts = async function* (): AsyncGenerator<BackupRow> {
        for (let part = 0; part < 3; part += 1) yield* lines;
      };
      await writeBackup(file, { pult: 'backup', format: 1, at: NOW, migrations }, parts());
      expect(await restoreBackup(empty.owner, file, NOW)).toEqual({ regions: 3, rows: before.length });
      expect(await rowsOf(empty.owner)).toEqual(before);
      await empty.stop();
    });
  });
});
