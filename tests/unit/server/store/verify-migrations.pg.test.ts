import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '#server/options.ts';
import { migrate, MIGRATIONS } from '#server/store/migrate.ts';
import { migrationHash, verifyMigrations } from '#server/store/verify-migrations.ts';
import released from '#tests/fixtures/released-migrations.json' with { type: 'json' };
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';

/** Numbers that were given away and never used. */
const UNUSED = ['008', '009'];

const step = (name: string, ...statements: string[]) => ({ name, statements });
const KNOWN = [step('001-a', 'create a'), step('002-b', 'create b'), step('003-c', 'create c')];
const applied = (...steps: typeof KNOWN) =>
  steps.map((migration) => ({ name: migration.name, sha256: migrationHash(migration) }));

describe('the steps of this program', () => {
  const names = MIGRATIONS.map(({ name }) => name);

  it('are numbered in order without a gap, one a file', () => {
    const files = readdirSync(projectPath('server/store/migrations')).map((file) =>
      file.replace(/\.ts$/, ''),
    );
    expect(names).toEqual(files.toSorted());
    const last = Number(names.at(-1)?.slice(0, 3));
    const numbers = Array.from({ length: last }, (_, index) => String(index + 1).padStart(3, '0'));
    expect(names.map((name) => name.slice(0, 3))).toEqual(
      numbers.filter((number) => !UNUSED.includes(number)),
    );
  });

  it('are word for word what was released, those that were', () => {
    const here = MIGRATIONS.slice(0, Object.keys(released).length);
    expect(Object.fromEntries(here.map((migration) => [migration.name, migrationHash(migration)]))).toEqual(
      released,
    );
  });
});

describe('what a database has had', () => {
  it('may be the beginning of what the program knows, also as older programs noted it', () => {
    verifyMigrations([], KNOWN);
    verifyMigrations(applied(...KNOWN.slice(0, 2)), KNOWN);
    verifyMigrations([{ name: '001-a', sha256: null }], KNOWN);
    // A step may be laid out anew.
    expect(migrationHash(step('001-a', '\n  create\n   a '))).toBe(migrationHash(step('001-a', 'create a')));
  });

  it.each([
    ['database_too_new', 'a step of a newer Pult', [...KNOWN, step('004-d', 'create d')]],
    ['damaged', '003-c but not 002-b', KNOWN.filter(({ name }) => name !== '002-b')],
    ['damaged', 'Step 002-b is another', [step('001-a', 'create a'), step('002-b', 'create other')]],
  ] as const)('is refused as %s in words: %s', (kind, _, steps) => {
    expect(() => verifyMigrations(applied(...steps), KNOWN)).toThrow(expect.objectContaining({ kind }));
  });

  it('is told by its names', () => {
    expect(() => verifyMigrations(applied(...KNOWN.slice(1)), KNOWN)).toThrow(
      'The database has had step 002-b but not 001-a, which comes before it.',
    );
  });
});

describe('a database', () => {
  let base: FreshDatabase;
  beforeAll(async () => {
    base = await freshDatabase();
  });
  afterAll(() => base.stop());

  const hashes = async () =>
    (
      await sql<{
        name: string;
        sha256: string | null;
      }>`select name, sha256 from migration order by name`.execute(base.owner)
    ).rows;

  it('that an older program noted its steps in gets their hashes', async () => {
    const before = await hashes();
    await sql`alter table migration drop column sha256`.execute(base.owner);
    expect(await migrate(base.ownerUrl)).toEqual([]);
    expect(await hashes()).toEqual(before);
  });

  it('with another step than the program has is left as it is', async () => {
    await sql`update migration set sha256 = 'other' where name = '004-lookups'`.execute(base.owner);
    await expect(migrate(base.ownerUrl)).rejects.toMatchObject({ kind: 'damaged' });
    await sql`update migration set sha256 = null where name = '004-lookups'`.execute(base.owner);
    expect(await migrate(base.ownerUrl)).toEqual([]);
  });

  it('without a step that others came after is not given it', async () => {
    await sql`delete from migration where name = '004-lookups'`.execute(base.owner);
    await expect(migrate(base.ownerUrl)).rejects.toMatchObject({ kind: 'damaged' });
  });
});
