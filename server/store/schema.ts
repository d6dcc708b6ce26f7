import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { Role } from '#shared/domain/actor.ts';
import type { Reception, ReplySendState } from '#shared/protocol/channels.ts';
import type { Instant } from '#shared/domain/instant.ts';

/** A JSON value as the database gives it; to be parsed with zod before it is believed. Written as JSON text. */
type Json = JSONColumnType<object, string, string>;
type JsonArray = JSONColumnType<unknown[], string, string>;

export interface RegionTable {
  region_id: string;
  name: string;
  /** IANA name, as 'Asia/Vladivostok'. */
  time_zone: string;
  /** Changes when the database is restored from a backup: consoles then offer again what they had sent. */
  epoch: Generated<string>;
  settings: ColumnType<object, string | undefined, string>;
}

/** The region's revision: raised by one as the last statement of every transaction that changes something. */
export interface SyncClockTable {
  region_id: string;
  v: Generated<number>;
  /** The highest incident number given or imported. */
  last_number: Generated<number>;
  /** The change log is complete after this revision. */
  log_from: Generated<number>;
}

export interface IncidentTable {
  region_id: string;
  id: string;
  number: number | null;
  external_id: number | null;
  version: number;
  v: number;
  step: string;
  /** Whose it is now. */
  agency: string | null;
  /** All whose it ever was: what executors see. */
  agencies: Generated<string[]>;
  created_at: Instant;
  due_at: Instant | null;
  closed_at: Instant | null;
  municipality: string | null;
  group_name: string | null;
  topic: string | null;
  network: string;
  /** The whole incident. The columns above are copies of its fields, for indexes. */
  row: Json;
  /** `rowHash` of shared/protocol/digest.ts: unsigned, 53 bits. */
  digest: number;
}

export interface EventTable {
  region_id: string;
  incident_id: string;
  n: number;
  v: number;
  name: string;
  at: Instant;
  recorded_at: Instant;
  actor: string;
  command_id: string | null;
  data: Json;
}

export interface ChangeLogTable {
  region_id: string;
  v: number;
  entity: string;
  id: string;
  op: 'put' | 'del' | 'evict';
  /** Null: concerns everybody of the region. */
  agencies: string[] | null;
}

export interface SyncClientTable {
  region_id: string;
  client_id: string;
  actor: string;
  last_seq: Generated<number>;
  seen_at: Instant;
}

export interface SyncCommandTable {
  region_id: string;
  id: string;
  client_id: string;
  seq: number;
  actor: string;
  name: string;
  incident_id: string | null;
  args: Json;
  at: Instant;
  recorded_at: Instant;
  outcome: Json;
  status: 'applied' | 'merged' | 'refused' | 'held';
  /** Revision at which it was decided. */
  v: Generated<number>;
}

/** A command offered again under another client id than it was decided under. */
export interface SyncReplayTable {
  region_id: string;
  client_id: string;
  seq: number;
  command_id: string;
  v: number;
}

/** Agencies, municipalities, topics, routes, calendar, policies. */
export interface ReferenceTable {
  region_id: string;
  kind: string;
  id: string;
  row: Json;
  v: number;
  deleted: Generated<boolean>;
}

export interface AccountTable {
  region_id: string;
  id: string;
  login: string;
  display_name: string;
  role: Role;
  agency: string | null;
  password_hash: string;
  disabled: Generated<boolean>;
  created_at: Instant;
}

export interface SessionTable {
  token_hash: Buffer;
  region_id: string;
  account_id: string;
  created_at: Instant;
  expires_at: Instant;
  seen_at: Instant;
  user_agent: string;
}

export interface AuditTable {
  region_id: string;
  id: GeneratedAlways<number>;
  at: Instant;
  actor: string;
  action: string;
  detail: Json;
  address: string;
}

export interface ImportRunTable {
  region_id: string;
  id: string;
  at: Instant;
  actor: string;
  file_name: string;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: JsonArray;
}

/** Failed logins by a hash of login and address; holds no region, because none is known yet. */
export interface LoginAttemptTable {
  key: Buffer;
  failures: number;
  since: Instant;
}

/** A projection of incidents for summaries: server/report/project-facts.ts. */
export interface IncidentFactTable {
  region_id: string;
  id: string;
  created_at: Instant;
  /** Local day number of `created_at`. */
  day: number;
  closed_at: Instant | null;
  is_done: boolean;
  is_solved: boolean;
  is_taken: boolean;
  is_answered: boolean;
  working: number | null;
  in_time: boolean | null;
  topic_key: string;
  has_topic: boolean;
  author_key: number;
  place_key: number;
  /** `Facts` of shared/report/facts.ts. */
  fact: Json;
}

/** How far the projection is, and by which revision of calendar and policies it was judged. */
export interface FactClockTable {
  region_id: string;
  v: number;
  judged_v: number;
}

/** An official page in a network. */
export interface ChannelTable {
  region_id: string;
  id: string;
  network: string;
  name: string;
  /** Of the network's API: it may be a proxy or another host. */
  base_url: string;
  /** PEM of a private root that this page's calls trust besides the usual ones. */
  certificate: string | null;
  /** The network's own id of the page, decimal. */
  page_id: string;
  agency: string | null;
  /** Sealed: server/channels/secrets.ts. */
  secrets: string;
  watch: JsonArray;
  active: Generated<boolean>;
  created_at: Instant;
  last_event_at: Instant | null;
  caught_up_at: Instant | null;
  /** How many messages catching up has brought that no callback had. */
  recovered: Generated<number>;
  trouble: ColumnType<object | null, string | null, string | null>;
  reception: Generated<Reception>;
  /** Up to where a page that has to be asked was read. */
  position: string | null;
  /** The process that asks now, and until when it has said so. */
  polled_by: string | null;
  polled_until: Generated<Instant>;
}

export type ChannelEventState = 'new' | 'done' | 'logged' | 'unknown' | 'failed';

export interface ChannelEventTable {
  region_id: string;
  channel_id: string;
  /** The network's own: an event seen twice has the same. */
  key: string;
  seq: Generated<number>;
  kind: string;
  received_at: Instant;
  raw: string;
  /** The message it is a part of, when several events bring one. */
  album: string | null;
  state: ChannelEventState;
  reason: string | null;
  incident_id: string | null;
}

export interface ChannelMessageTable {
  region_id: string;
  channel_id: string;
  key: string;
  /** One author under one post, or one conversation. */
  thread: string;
  at: Instant;
  text: string;
  /** Where an answer goes. */
  target: Json;
  incident_id: string | null;
  edited_text: string | null;
  deleted_at: Instant | null;
}

export interface ReplySendTable {
  region_id: string;
  id: string;
  channel_id: string;
  incident_id: string;
  /** Its place among the incident's replies. */
  reply: number;
  text: string;
  target: Json;
  state: ReplySendState;
  not_before: Instant;
  changed_at: Instant;
  attempts: Generated<number>;
  /** When the network was searched for a reply that was possibly sent. */
  looked_at: Instant | null;
  /** `network:code`, as 'vk:9'. */
  problem: string | null;
  link: string | null;
}

export interface RateLimitTable {
  region_id: string;
  token_key: string;
  next_at: Instant;
}

export interface Schema {
  channel: ChannelTable;
  channel_event: ChannelEventTable;
  channel_message: ChannelMessageTable;
  reply_send: ReplySendTable;
  rate_limit: RateLimitTable;
  region: RegionTable;
  sync_clock: SyncClockTable;
  incident: IncidentTable;
  incident_fact: IncidentFactTable;
  fact_clock: FactClockTable;
  event: EventTable;
  change_log: ChangeLogTable;
  sync_client: SyncClientTable;
  sync_command: SyncCommandTable;
  sync_replay: SyncReplayTable;
  reference: ReferenceTable;
  account: AccountTable;
  session: SessionTable;
  audit: AuditTable;
  import_run: ImportRunTable;
  login_attempt: LoginAttemptTable;
}
