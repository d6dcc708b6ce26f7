import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { ArgsOf, IncidentCommandName } from '#shared/domain/command.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { must } from '#shared/domain/must.ts';
import { commandKey } from '#shared/protocol/command-versions.ts';
import { addRegion } from '#server/store/add-region.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import { migrate } from '#server/store/migrate.ts';
import { openDatabase } from '#server/store/open-database.ts';
import type { Schema } from '#server/store/schema.ts';
import { defaultReference } from '#server/sync/default-reference.ts';
import { pushCommands } from '#server/sync/push.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { changeOf, storeMany } from '#server/sync/store-changes.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { REGISTER } from '#tests/helpers/register-args.ts';
import { median, type Goal } from './goals.ts';
import { endAtOnce, orAtExit } from './system/cleaning.ts';

const CLIENTS = 8;
const ZONE = 'Asia/Vladivostok';
const ROADS: Agency = {
  id: 'roads',
  name: 'Дороги',
  shortName: 'Дороги',
  kind: 'regional',
  units: [],
  verified: true,
};

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

const REPLY = 'Перекрёсток будет очищен сегодня. '.repeat(5);

/** One incident's life as an operator leads it. */
const LIFE: readonly {
  readonly [N in IncidentCommandName]: { readonly name: N; readonly args: (region: string) => ArgsOf<N> };
}[IncidentCommandName][] = [
  {
    name: 'register',
    args: (region) => ({
      region,
      createdAt: Date.now() - 1000,
      text: 'Который год не чистят перекрёсток, машины скользят. '.repeat(4),
      source: {
        network: 'vk',
        kind: 'comment',
        url: '',
        placeUrl: '',
        audience: null,
        engagement: null,
        hasMedia: false,
      },
      author: { name: 'Житель', url: '' },
    }),
  },
  { name: 'classify', args: () => ({ group: 'Дороги', topic: 'Ямы', from: '' }) },
  { name: 'claim', args: () => ({}) },
  { name: 'route', args: () => ({ agency: 'roads', unit: '', from: '', reason: '' }) },
  { name: 'takeToWork', args: () => ({}) },
  { name: 'note', args: () => ({ text: 'Звонили, обещали к вечеру' }) },
  { name: 'draftReply', args: () => ({ text: REPLY, kind: 'final', promises: [] }) },
  { name: 'submitForApproval', args: () => ({}) },
  { name: 'approve', args: () => ({ text: REPLY, submission: { number: 1, text: REPLY } }) },
  { name: 'note', args: () => ({ text: 'Согласовано' }) },
];

async function makeRegion(owner: Database, db: Database, code: string): Promise<void> {
  await addRegion(owner, { code, name: code, timeZone: ZONE });
  await withScope(db, { region: code }, (tx) =>
    upsertReference(tx, code, [...defaultReference(ZONE), { kind: 'agency', id: ROADS.id, row: ROADS }]),
  );
}

/** One client's lives, one command a push, as a console at work sends them. */
async function work(db: Database, region: string, lives: number, onCommand: () => void): Promise<void> {
  const session: SyncSession = {
    region,
    account: 'operator-1',
    role: 'operator',
    agency: null,
    isDisabled: false,
  };
  const clientId = uuidv7();
  let seq = 0;
  for (let life = 0; life < lives; life += 1) {
    const incident = uuidv7();
    for (const { name, args } of LIFE) {
      seq += 1;
      const command = {
        id: uuidv7(),
        seq,
        actor: session.account,
        incident,
        name: commandKey(name),
        args: args(region),
        at: Date.now(),
        baseVersion: 0,
      };
      const result = await pushCommands(
        db,
        session,
        { protocol: 1, clientId, commands: [command] },
        Date.now,
      );
      if (result.kind !== 'pushed' || result.response.outcomes[0]?.status !== 'applied')
        throw new Error(`${name}: ${JSON.stringify(result)}`);
      onCommand();
    }
  }
}

/** The statements of one client's work, command by command, as our code sent them. */
async function record(url: string, region: string, lives: number): Promise<Statement[][]> {
  const commands: Statement[][] = [[]];
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pg.types.setTypeParser(20, Number);
  const log = (event: { query: { sql: string; parameters: readonly unknown[] } }): void => {
    must(commands.at(-1), 'a command').push({ text: event.query.sql, values: [...event.query.parameters] });
  };
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), log });
  await work(db, region, lives, () => void commands.push([]));
  await db.destroy();
  return commands.filter((statements) => statements.length > 0);
}

/** Sends recorded statements again, in another region. */
async function replay(
  url: string,
  from: string,
  to: string,
  commands: readonly Statement[][],
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // An end of the server is seen by the query under way.
  client.on('error', () => undefined);
  await client.connect();
  for (const statements of commands) {
    for (const { text, values } of statements)
      await client.query(
        text,
        values.map((value) => (value === from ? to : value)),
      );
  }
  await client.end();
}

async function perSecond(count: number, run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return Math.round((count / (performance.now() - began)) * 1000);
}

const each = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Incidents of a file stored per second: 3,000 at once, each routed, in a region of their own. */
async function importedPerSecond(owner: Database, db: Database, region: string): Promise<number> {
  await makeRegion(owner, db, region);
  const changes = Array.from({ length: 3000 }, (_, index) => {
    const { createdAt: at, text, source, author } = REGISTER;
    const number = index + 1;
    return changeOf(uuidv7(), null, [
      { name: 'registered', region, number, externalId: number, text, source, author, at, by: 'import' },
      { name: 'routed', agency: ROADS.id, unit: '', reason: '', at, by: 'import' },
    ]);
  });
  return perSecond(changes.length, () =>
    withScope(db, { region }, (tx) => storeMany(tx, region, changes, Date.now())),
  );
}

/**
 * Both ways in turn, each time in regions of their own on one real PostgreSQL that flushes at every commit.
 */
async function measure(
  ownerUrl: string,
  apiUrl: string,
  lives: number,
  rounds: number,
): Promise<{ ours: number[]; bare: number[]; imported: number[] }> {
  const [owner, db] = [connect(ownerUrl, 1), connect(apiUrl, CLIENTS)];
  const commands = CLIENTS * lives * LIFE.length;
  await makeRegion(owner, db, 'record');
  const recorded = await each(CLIENTS, () => record(apiUrl, 'record', lives));
  const [ours, bare, imported]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    await makeRegion(owner, db, `ours${round}`);
    await makeRegion(owner, db, `bare${round}`);
    // Its registrations take numbers out of the way of those that the recorded rows carry.
    await withScope(owner, { region: `bare${round}` }, (tx) =>
      tx.updateTable('sync_clock').set({ last_number: 2_000_000 }).execute(),
    );
    ours.push(
      await perSecond(commands, () => each(CLIENTS, () => work(db, `ours${round}`, lives, () => undefined))),
    );
    bare.push(
      await perSecond(commands, () =>
        each(CLIENTS, (index) => replay(apiUrl, 'record', `bare${round}`, recorded[index] ?? [])),
      ),
    );
    imported.push(await importedPerSecond(owner, db, `file${round}`));
  }
  await Promise.all([owner.destroy(), db.destroy()]);
  return { ours, bare, imported };
}

/**
 * Commands per second of one region with eight consoles, beside a bare `pg` loop of the very statements our
 * code had sent (recorded, then sent again without deciding anything). Prints one JSON line and gives what
 * was measured.
 */
export async function run({
  lives = 10,
  rounds = 3,
}: { readonly lives?: number; readonly rounds?: number } = {}): Promise<readonly Goal[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pult-bench-commands-'));
  return orAtExit(
    () => endAtOnce(dataDir, null),
    () => runIn(dataDir, lives, rounds),
  );
}

async function runIn(dataDir: string, lives: number, rounds: number): Promise<readonly Goal[]> {
  const database = await openDatabase({ dataDir });
  try {
    await migrate(database.ownerUrl);
    const { ours, bare, imported } = await measure(database.ownerUrl, database.apiUrl, lives, rounds);
    const ratio = Number((median(ours) / median(bare)).toFixed(2));
    const goal = 0.6;
    console.log(
      JSON.stringify({
        bench: 'commands',
        clients: CLIENTS,
        commandsPerSecond: median(ours),
        barePerSecond: median(bare),
        ratio,
        goal,
        ours,
        bare,
      }),
    );
    return [
      {
        where: `one region, ${CLIENTS} consoles`,
        title: 'commands per second',
        limit: goal,
        atLeast: true,
        measured: ratio,
        unit: '× bare pg',
        detail: `${median(ours)} / ${median(bare)}`,
      },
      {
        where: 'a file of 3,000 incidents',
        title: 'incidents stored per second',
        limit: 3000,
        atLeast: true,
        measured: median(imported),
        unit: '/s',
      },
    ];
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
