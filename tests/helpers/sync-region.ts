import { v7 as uuidv7 } from 'uuid';
import type { ArgsOf, IncidentCommandName } from '#shared/domain/command.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { commandKey, type Command } from '#shared/protocol/command-versions.ts';
import type { Envelope, CommandOutcome, PushResponse } from '#shared/protocol/envelope.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { addRegion } from '#server/store/add-region.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { defaultReference } from '#server/sync/default-reference.ts';
import { pushCommands } from '#server/sync/push.ts';
import { upsertReference } from '#server/sync/reference.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { freshDatabase, type FreshDatabase } from './postgres.ts';

export const AGENCIES = ['roads', 'heat', 'housing'] as const;

const agency = (id: string): Agency => ({
  id,
  name: id,
  shortName: id,
  kind: 'regional',
  units: [],
  verified: true,
});

/** A session of the region eao; an executor's agency is `roads` unless told otherwise. */
export const sessionOfRole = (role: SyncSession['role'], change: Partial<SyncSession> = {}): SyncSession => ({
  region: 'eao',
  account: `${role}-1`,
  role,
  agency: role === 'executor' ? 'roads' : null,
  isDisabled: false,
  ...change,
});

/** Puts reference rows and three agencies into a region. */
export const fillReference = (db: Database, code: string): Promise<unknown> =>
  withScope(db, { region: code }, (tx) =>
    upsertReference(tx, code, [
      ...defaultReference('Asia/Vladivostok'),
      ...AGENCIES.map((id) => ({ kind: 'agency', id, row: agency(id) }) as const),
    ]),
  );

/** Makes a region with reference rows and three agencies. */
export async function makeRegion(base: FreshDatabase, code: string): Promise<void> {
  await addRegion(base.owner, { code, name: code, timeZone: 'Asia/Vladivostok' });
  await fillReference(base.db, code);
}

/** A fresh database with the regions eao and amur. */
export async function syncDatabase(): Promise<FreshDatabase> {
  const base = await freshDatabase();
  await makeRegion(base, 'eao');
  await makeRegion(base, 'amur');
  return base;
}

export const registerArgs = (text = 'Яма на дороге', region = 'eao'): ArgsOf<'register'> => ({
  region,
  createdAt: Date.now() - 60_000,
  text,
  source: {
    network: 'vk',
    kind: 'comment',
    url: 'https://vk.com/wall-1_1',
    placeUrl: '',
    audience: 10,
    engagement: null,
    hasMedia: false,
  },
  author: { name: 'Иван Петров', url: 'https://vk.com/id1' },
});

/** A console as the API sees it: numbers its commands without gaps and pushes them one by one. */
export class TestClient {
  readonly db: Database;
  readonly session: SyncSession;
  readonly clientId = uuidv7();
  seq = 0;

  constructor(db: Database, session: SyncSession) {
    this.db = db;
    this.session = session;
  }

  /** The next command, not sent yet. */
  envelope<N extends IncidentCommandName>(
    incident: string,
    name: N,
    args: ArgsOf<N>,
    change: Partial<Envelope> = {},
  ): Envelope {
    return { ...this.nextEnvelope(incident, name, args), ...change };
  }

  /** The next command of any name, whatever its arguments are, not sent yet. */
  nextEnvelope(id: string, name: Command['name'], args: unknown): Envelope {
    this.seq += 1;
    const { account } = this.session;
    return {
      id: uuidv7(),
      seq: this.seq,
      actor: account,
      incident: id,
      name: commandKey(name),
      args,
      at: Date.now(),
      baseVersion: 0,
    };
  }

  /** Pushes these commands and gives the answer. */
  async push(...commands: Envelope[]): Promise<PushResponse> {
    const result = await pushCommands(
      this.db,
      this.session,
      { protocol: 1, clientId: this.clientId, commands },
      Date.now,
    );
    if (result.kind !== 'pushed') throw new Error(result.kind);
    return result.response;
  }

  /** Issues one command and gives its outcome. */
  async do<N extends IncidentCommandName>(
    incident: string,
    name: N,
    args: ArgsOf<N>,
  ): Promise<CommandOutcome> {
    const { outcomes } = await this.push(this.envelope(incident, name, args));
    return must(outcomes[0], `an outcome of ${name}`);
  }

  /** Approves what is on approval, with this text. */
  async approve(incident: string, text: string): Promise<CommandOutcome> {
    const { row } = await withScope(this.db, { region: this.session.region }, (tx) =>
      tx.selectFrom('incident').select('row').where('id', '=', incident).executeTakeFirstOrThrow(),
    );
    return this.do(incident, 'approve', { text, submission: submissionOf(row as unknown as Incident) });
  }

  /** Registers an incident and classifies it; gives its id. */
  async register(text?: string): Promise<string> {
    const id = uuidv7();
    await this.do(id, 'register', registerArgs(text, this.session.region));
    await this.do(id, 'classify', { group: 'Дороги', topic: 'Ямы и выбоины', from: '' });
    return id;
  }
}
