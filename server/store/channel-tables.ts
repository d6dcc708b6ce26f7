import type { ColumnType, Generated } from 'kysely';
import type { Reception, ReplySendState } from '#shared/protocol/channels.ts';
import type { DeliveryState, WebhookEvent } from '#shared/protocol/partners.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Json, JsonArray } from './json-columns.ts';

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
  /** Sealed: server/channels/pages/secrets.ts. */
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
  /** `ChannelRules` of shared/protocol/channels.ts. */
  rules: ColumnType<object, string | undefined, string>;
  /** Hours within which an author's words at one place are one case. */
  together_hours: Generated<number>;
  /** Taken out of use for good; its messages and replies stay. */
  archived_at: Instant | null;
  /** From the writing of the newest message to its arrival. */
  delay_ms: number | null;
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
  author: string;
  /** Empty in rows older than the column. */
  url: string;
  /**
   * `seq` of the event that last edited, deleted or restored it: what came before is old news. 0: none, or
   * older than the column.
   */
  fate_seq: Generated<number>;
}

export interface ReplySendTable {
  region_id: string;
  id: string;
  channel_id: string;
  incident_id: string;
  /** The incident whose author is answered: this one, or one that was merged into it. */
  origin: string;
  /** Of `channel_message`: one answer goes to each. */
  thread: string;
  author: string;
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

/** A system of somebody else with a key of ours: server/partners. */
export interface PartnerTable {
  region_id: string;
  id: string;
  name: string;
  key_hash: Buffer;
  /** The key's last letters, by which a person knows it. */
  key_hint: string;
  /** Which requests it may read: those it handed in, or all that are public. */
  reads: 'own' | 'all';
  created_at: Instant;
  revoked_at: Instant | null;
  seen_at: Instant | null;
  webhook_url: string | null;
  webhook_events: JsonArray;
  /** Events up to this revision have been looked through for it. */
  webhook_v: Generated<number>;
}

export interface IntakeRequestTable {
  region_id: string;
  partner_id: string;
  key: string;
  incident_id: string;
  at: Instant;
  service_code: string;
  address: string | null;
  address_id: string | null;
  lat: number | null;
  long: number | null;
  media_url: string | null;
}

export interface PartnerDeliveryTable {
  region_id: string;
  id: string;
  partner_id: string;
  seq: Generated<number>;
  incident_id: string;
  /** The incident's event that is told about. */
  n: number;
  event: WebhookEvent;
  at: Instant;
  body: string;
  state: DeliveryState;
  attempts: Generated<number>;
  not_before: Instant;
  changed_at: Instant;
  problem: string | null;
}

export interface RateLimitTable {
  region_id: string;
  token_key: string;
  next_at: Instant;
}
