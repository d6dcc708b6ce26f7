import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Role } from '#shared/domain/actor.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PasswordJudge } from '#shared/protocol/sign-in.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import type { PeriodForm } from '#shared/report/facts/period.ts';
import type {
  AttachmentHolderTable,
  AttachmentPartTable,
  AttachmentTable,
  AttachmentUploadTable,
  AttachmentUseTable,
} from './attachment-tables.ts';
import type {
  ChannelEventTable,
  ChannelMessageTable,
  ChannelTable,
  IntakeRequestTable,
  PartnerDeliveryTable,
  PartnerTable,
  RateLimitTable,
  ReplySendTable,
} from './channel-tables.ts';
import type { DeputyshipTable, DeviceTable, InvitationTable, LoginAttemptTable } from './people-tables.ts';
import type { Json, JsonArray } from './json-columns.ts';
import type { SecondFactorTable } from './second-factor-table.ts';
import type {
  SignInDirectoryTable,
  SignInHandoverTable,
  SignInIdentityTable,
  SignInProviderTable,
} from './sign-in-tables.ts';
import type {
  MailSettingTable,
  MailTable,
  NoticeBotTable,
  NoticeChoiceTable,
  NoticeTable,
} from './mail-tables.ts';

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
  /** The last incident number given here; imported ones do not move it. */
  last_number: Generated<number>;
  /** The change log is complete after this revision. */
  log_from: Generated<number>;
  /** When it was last noticed that the database had been put back to an earlier moment. */
  put_back_at: Generated<Instant | null>;
  /** Numbers of issues begin above it, in periods that began before. */
  issue_base: Generated<number>;
}

/** Tells a revision from another one of the same number, given before the database was put back. */
export interface RevisionTable {
  region_id: string;
  v: number;
  mark: Generated<string>;
  at: Generated<Instant>;
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
  /** The incident it was merged into, while it is. */
  merged_into: string | null;
  /** The whole incident. The columns above are copies of its fields, for indexes. */
  row: Json;
  /** `rowHash` of shared/protocol/digest.ts: unsigned, 53 bits. */
  digest: number;
  /** Of `row` as JSON; a trigger keeps it. */
  bytes: Generated<number>;
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
  /** As in the events: an account, a page, a partner, an import; null where nobody in particular did it. */
  actor: string | null;
  /** Of the row as it was sent then. */
  bytes: Generated<number>;
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
  /** Of `row` as JSON; a trigger keeps it. */
  bytes: Generated<number>;
}

export interface AccountTable {
  region_id: string;
  id: string;
  login: string;
  display_name: string;
  role: Role;
  agency: string | null;
  /** Ids of those that the person's queue opens with. */
  municipalities: ColumnType<string[], string | undefined, string>;
  password_hash: string;
  disabled: Generated<boolean>;
  /** Somebody else gave the password: it is good for choosing one's own and nothing else. */
  password_is_temporary: Generated<boolean>;
  /** Where its password is judged; elsewhere than here `password_hash` is nobody's. */
  judged_by: Generated<PasswordJudge>;
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
  id: Generated<string>;
  /** Where it was last used from. */
  address: Generated<string>;
  /** Where the provider's own session ends, sealed; null where no provider let the person in. */
  end_url: Generated<string | null>;
  /** It opens nothing but setting up a second factor. */
  needs_factor: Generated<boolean>;
}

export interface AuditTable {
  region_id: string;
  id: GeneratedAlways<number>;
  at: Instant;
  actor: string;
  action: string;
  detail: Json;
  address: string;
  /** The program, as it named itself. */
  device: Generated<string>;
  /** Id of the person, partner, page or setting that the line is about; ''. */
  about: Generated<string>;
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

/** See migration 029. */
export interface PulseTable {
  id: 1;
  at: Instant;
}

/** A projection of incidents for summaries: server/report/project-facts.ts. */
export interface IncidentFactTable {
  region_id: string;
  id: string;
  created_at: Instant;
  closed_at: Instant | null;
  is_done: boolean;
  /** Closings that were come back from, and when: place by place. */
  past_closed: number[];
  past_reopened: number[];
  topic_key: string;
  has_topic: boolean;
  author_key: number;
  place_key: number;
  /** `Facts` of shared/report/facts/facts.ts as server/report/packed-facts.ts writes them. */
  fact: Json;
}

/** Messages received on a local day, by `topicKey` of shared/report/facts/past.ts. */
export interface FactTopicTable {
  region_id: string;
  day: number;
  topic_key: string;
  received: number;
}

/** The sums that one local day adds to summaries: `DaySums` of shared/report/facts/day-book.ts. */
export interface FactDayTable {
  region_id: string;
  day: number;
  received: number;
  answered: number;
  working_sum: number;
  working_count: number;
  in_time: number;
  judged: number;
  closed: number;
  solved: number;
  rejected: number;
  merged: number;
  gone: number;
  reopened: number;
  entered_later: number;
}

/**
 * How far the projection is, by which revision of calendar and policies it was judged, and whose days it
 * counts.
 */
export interface FactClockTable {
  region_id: string;
  v: number;
  judged_v: number;
  zone: string;
}

/** A summary as it was issued. */
export interface ReportIssueTable {
  region_id: string;
  form: PeriodForm;
  period_from: LocalDate;
  period_to: LocalDate;
  /** From 1 within a period. */
  number: number;
  /** Given by who issued it, so that asking twice issues once. */
  id: string;
  at: Instant;
  account: string;
  /** The name as it was then. */
  account_name: string;
  remark: string;
  /** The summary's JSON, character by character what the checksum is of. */
  body: string;
  sha256: string;
}

/** See migration 012. */
export interface PhotoTable {
  region_id: string;
  /** sha-256 of the bytes, in hex. */
  hash: string;
  bytes: Buffer;
  created_by: string;
  created_at: Instant;
  /** Since when no example case has it, as far as was looked; null while one does. */
  unused_since: Instant | null;
  /** True when it was found in an issued summary; null while nobody has looked. */
  is_issued: boolean | null;
}

export interface Schema {
  attachment: AttachmentTable;
  attachment_holder: AttachmentHolderTable;
  attachment_part: AttachmentPartTable;
  attachment_upload: AttachmentUploadTable;
  attachment_use: AttachmentUseTable;
  photo: PhotoTable;
  channel: ChannelTable;
  channel_event: ChannelEventTable;
  channel_message: ChannelMessageTable;
  reply_send: ReplySendTable;
  partner: PartnerTable;
  intake_request: IntakeRequestTable;
  partner_delivery: PartnerDeliveryTable;
  rate_limit: RateLimitTable;
  region: RegionTable;
  sync_clock: SyncClockTable;
  revision: RevisionTable;
  incident: IncidentTable;
  incident_fact: IncidentFactTable;
  fact_day: FactDayTable;
  fact_topic: FactTopicTable;
  fact_clock: FactClockTable;
  event: EventTable;
  change_log: ChangeLogTable;
  sync_client: SyncClientTable;
  sync_command: SyncCommandTable;
  sync_replay: SyncReplayTable;
  reference: ReferenceTable;
  report_issue: ReportIssueTable;
  account: AccountTable;
  session: SessionTable;
  audit: AuditTable;
  import_run: ImportRunTable;
  deputyship: DeputyshipTable;
  device: DeviceTable;
  invitation: InvitationTable;
  login_attempt: LoginAttemptTable;
  mail: MailTable;
  mail_setting: MailSettingTable;
  notice: NoticeTable;
  notice_bot: NoticeBotTable;
  notice_choice: NoticeChoiceTable;
  pulse: PulseTable;
  second_factor: SecondFactorTable;
  sign_in_directory: SignInDirectoryTable;
  sign_in_handover: SignInHandoverTable;
  sign_in_identity: SignInIdentityTable;
  sign_in_provider: SignInProviderTable;
}
