import { randomBytes } from 'node:crypto';
import type { Attachment } from '#shared/domain/attachment.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp } from '#server/api/app.ts';
import { makeChannels, type Channels } from '#server/channels/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { makeDeliveries } from '#server/channels/outbox/make-deliveries.ts';
import { withScope } from '#server/store/database.ts';
import type { FreshDatabase } from './postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from './sync-region.ts';

/** Where networks reach the API of tests. */
export const PUBLIC_URL = 'https://pult.example';

/** A region without pages yet: its database, the API that networks call, and a clock in the test's hands. */
export interface ChannelRegion {
  readonly base: FreshDatabase;
  readonly channels: Channels;
  readonly api: Api;
  /** Milliseconds by which the region's clock is ahead. */
  readonly clock: { ahead: number };
  /** Lines the API has logged. */
  readonly logged: string[];
  stop(): Promise<void>;
}

interface RegionStart {
  /** Null: networks cannot be told where to call. */
  readonly publicUrl?: string | null;
  /**
   * Where photos may be asked for inside; of this machine, where the fakes are, only by a test that shows
   * photos.
   */
  readonly allowedNetworks?: readonly string[];
}

/** Starts one, with an API of its own. */
export async function startRegion({
  publicUrl = PUBLIC_URL,
  allowedNetworks = [],
}: RegionStart = {}): Promise<ChannelRegion> {
  const base = await syncDatabase();
  const clock = { ahead: 0 };
  const now = (): number => Date.now() + clock.ahead;
  const channels = makeChannels({ db: base.db, now, key: randomBytes(32), publicUrl });
  const logged: string[] = [];
  const api = await buildApp({
    db: base.db,
    channels,
    now,
    allowedNetworks,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: (line) => void logged.push(line) },
    logLevel: 'debug',
  });
  const stop = async (): Promise<void> => {
    await api.close();
    await base.stop();
  };
  return { base, channels, api, clock, logged, stop };
}

type Stored = Pick<ChannelRegion, 'base' | 'channels'>;

/** The incidents that a page's messages have become, in the order of their numbers. */
export async function storedIncidents({ base }: Stored, page: string): Promise<Incident[]> {
  const rows = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('incident')
      .innerJoin('channel_message', 'channel_message.incident_id', 'incident.id')
      .select('incident.row')
      .where('channel_message.channel_id', '=', page)
      .distinctOn('incident.id')
      .orderBy('incident.id')
      .execute(),
  );
  return rows
    .map(({ row }) => row as unknown as Incident)
    .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

/** Reads what has come, and gives the incidents of a page. */
export async function incidentsOf(region: Stored, page: string): Promise<Incident[]> {
  await drain(region.channels.inbox, 'eao');
  return storedIncidents(region, page);
}

/** Has an incident answered and the answer approved. */
export async function approveAnswer(
  { base, channels }: Stored,
  id: string,
  text: string,
  attachments: readonly Attachment[] = [],
): Promise<void> {
  const person = new TestClient(base.db, sessionOfRole('approver'));
  const outcomes = [
    await person.do(id, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' }),
    await person.do(id, 'route', { agency: 'roads', unit: '', from: '', reason: '' }),
    await person.do(id, 'takeToWork', {}),
    await person.do(id, 'draftReply', { text, kind: 'final', promises: [], attachments: [...attachments] }),
    await person.do(id, 'submitForApproval', {}),
    await person.approve(id, text),
  ];
  const refused = outcomes.find(({ status }) => status !== 'applied');
  if (refused !== undefined) throw new Error(JSON.stringify(refused));
  await makeDeliveries(channels.outbox, 'eao');
}
