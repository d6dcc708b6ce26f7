import type { Schema } from '#server/store/schema.ts';

/**
 * Sessions, codes for one, devices, invitations and counted logins are left out: they are secrets of the
 * moment, and people simply log in again. Facts are made anew from the incidents.
 */
type Kept = Exclude<
  keyof Schema,
  | 'session'
  | 'login_attempt'
  | 'device'
  | 'invitation'
  | 'sign_in_handover'
  | 'pulse'
  | 'incident_fact'
  | 'fact_day'
  | 'fact_topic'
  | 'fact_clock'
  | 'rate_limit'
>;

/** The tables of a backup; a table that others refer to comes before them. */
export const BACKUP_TABLES = [
  'region',
  'sync_clock',
  'revision',
  'account',
  'deputyship',
  'reference',
  'incident',
  // Before the events, whose trigger would fill it.
  'attachment_use',
  'event',
  'change_log',
  'sync_client',
  'sync_command',
  'sync_replay',
  'audit',
  'import_run',
  'report_issue',
  'channel',
  'channel_event',
  'channel_message',
  'reply_send',
  'photo',
  'attachment',
  'attachment_holder',
  'attachment_upload',
  'attachment_part',
  'partner',
  'intake_request',
  'partner_delivery',
  'mail_setting',
  'notice_choice',
  'notice_bot',
  'mail',
  'notice',
  'sign_in_provider',
  'sign_in_directory',
  'sign_in_identity',
  'second_factor',
] as const satisfies readonly Kept[];

export type BackupTable = (typeof BACKUP_TABLES)[number];

/** How many rows are held at a time: a photo or a part of a file is larger than hundreds of other rows. */
export const rowsAtOnce = (table: BackupTable): number =>
  table === 'photo' || table === 'attachment_part' ? 10 : 500;
