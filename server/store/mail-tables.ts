import type { Generated } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { MailLanguage, MailSecurity } from '#shared/protocol/mail.ts';
import type { BotEnd, BotMessageKind } from '#shared/protocol/bot-notices.ts';
import type { MailKind, MailState, MailedKind } from '#shared/protocol/notices.ts';
import type { JsonArray } from './json-columns.ts';

/** How a region's centre sends mail: `mailSettingsSchema` of shared/protocol/mail.ts. */
export interface MailSettingTable {
  region_id: string;
  is_on: boolean;
  host: string;
  port: number;
  security: MailSecurity;
  login: string;
  /** Sealed: server/store/sealed-text.ts. Null: the server asks for none. */
  password: string | null;
  certificate: string;
  sender: string;
  console_url: string;
  language: MailLanguage;
  digest_minutes: number;
  quiet_from: string;
  quiet_to: string;
  changed_at: Instant;
  /** Events up to this revision have been looked through for notices. */
  seen_v: Generated<number>;
  /** Deadlines before it are nobody's news: notices were switched on then. */
  told_since: Generated<Instant>;
  /** The centre's bots tell people too. */
  bots_on: Generated<boolean>;
  /** Where people find the bots. */
  bot_hint: Generated<string>;
}

/** Ways in which people are told. */
export type NoticeWay = 'mail' | 'bot';

/** A person's chat with one of the centre's bots. */
export interface NoticeBotTable {
  region_id: string;
  account_id: string;
  /** The page whose bot it is; null while none is tied. */
  channel_id: string | null;
  /** The chat, as a reply's target names it. */
  peer: string | null;
  /** The person's name in the network. */
  called: Generated<string>;
  tied_at: Instant | null;
  /** Why the bot writes there no more. */
  ended: BotEnd | null;
  ended_at: Instant | null;
  /** Kinds that are left out. */
  off: JsonArray;
  /** The page that a code was made for. */
  wanted: string | null;
  code_hash: Buffer | null;
  code_at: Instant | null;
  changed_at: Instant;
}

/** Where and of what a person wants to be told. */
export interface NoticeChoiceTable {
  region_id: string;
  account_id: string;
  /** Known to be theirs: by a code that was sent there, or by an administrator's word. */
  address: string | null;
  /** When a mail server last refused it. */
  refused_at: Instant | null;
  /** Kinds that are left out. */
  off: JsonArray;
  /** An address that waits for its code. */
  wanted: string | null;
  code_hash: Buffer | null;
  code_at: Instant | null;
  code_tries: Generated<number>;
  changed_at: Instant;
}

/** Something that a person is to be told of an incident, once. */
export interface NoticeTable {
  region_id: string;
  id: string;
  account_id: string;
  way: Generated<NoticeWay>;
  kind: MailedKind;
  incident_id: string;
  mark: string;
  made_at: Instant;
  /** The mail it went out in, or was left out of because it was not true any more; null: none yet. */
  mail_id: string | null;
}

/** A mail, or a bot's message, to a person. */
export interface MailTable {
  region_id: string;
  id: string;
  account_id: string;
  way: Generated<NoticeWay>;
  kind: MailKind | BotMessageKind;
  state: MailState;
  /** Account id of who ordered an invitation; '' for notices. */
  ordered_by: string;
  made_at: Instant;
  not_before: Instant;
  changed_at: Instant;
  attempts: Generated<number>;
  problem: string | null;
  /** The mail server's answer, as 550. */
  code: number | null;
}
