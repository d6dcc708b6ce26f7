import type { API_ROLE } from './api-role-name.ts';
import type { Schema } from './schema.ts';

type Right = 'select' | 'insert' | 'update' | 'delete';
/** A right on a whole table, or on these of its columns. */
type Grant = Right | `${Right} (${string})`;

const CHANGEABLE =
  'display_name, role, agency, municipalities, disabled, password_hash, password_is_temporary, judged_by';
const ACCOUNT_COLUMNS =
  'region_id, id, login, display_name, role, agency, municipalities, disabled, password_is_temporary, ' +
  'judged_by, created_at';

/**
 * The rights of the API's role on each table; nothing else is granted. History is only added to: no update
 * and no delete of events, audit and issued summaries, no delete of commands. Regions are made by the owner
 * (`npm run region`).
 */
export const GRANTS: Readonly<Record<keyof Schema, readonly Grant[]>> = {
  region: ['select', 'update'],
  sync_clock: ['select', 'update'],
  revision: ['select', 'delete'],
  incident: ['select', 'insert', 'update'],
  incident_fact: ['select', 'insert', 'update', 'delete'],
  fact_day: ['select', 'insert', 'update', 'delete'],
  fact_topic: ['select', 'insert', 'update', 'delete'],
  fact_clock: ['select', 'insert', 'update'],
  event: ['select', 'insert'],
  change_log: ['select', 'insert'],
  sync_client: ['select', 'insert', 'update'],
  sync_command: ['select', 'insert', 'update'],
  sync_replay: ['select', 'insert'],
  reference: ['select', 'insert', 'update'],
  // A password's hash is given out by the login's lookup alone.
  account: [`select (${ACCOUNT_COLUMNS})`, 'insert', `update (${CHANGEABLE})`],
  session: ['select', 'insert', 'update', 'delete'],
  // Its number says where a line stands: the database alone gives it.
  audit: ['select', 'insert (region_id, at, actor, action, detail, address, device, about)'],
  report_issue: ['select', 'insert'],
  import_run: ['select', 'insert', 'update'],
  channel: ['select', 'insert', 'update'],
  channel_event: ['select', 'insert', 'update', 'delete'],
  channel_message: ['select', 'insert', 'update'],
  reply_send: ['select', 'insert', 'update'],
  partner: ['select', 'insert', 'update'],
  intake_request: ['select', 'insert'],
  partner_delivery: ['select', 'insert', 'update', 'delete'],
  rate_limit: ['select', 'insert', 'update'],
  photo: ['select', 'insert', 'update', 'delete'],
  attachment: ['select', 'insert', 'delete'],
  attachment_holder: ['select', 'insert', 'update', 'delete'],
  attachment_part: ['select', 'insert', 'delete'],
  attachment_upload: ['select', 'insert', 'update', 'delete'],
  attachment_use: ['select', 'insert'],
  pulse: ['select', 'insert', 'update'],
  // A deputyship keeps its person: another person's is another one.
  deputyship: ['select', 'insert', 'update (deputy_id, from_day, to_day)', 'delete'],
  device: ['select', 'insert', 'update', 'delete'],
  // A link is used or replaced, never moved to somebody else nor put off.
  invitation: ['select', 'insert', 'update (used_at, replaced_at)'],
  login_attempt: ['select', 'insert', 'update', 'delete'],
  mail: ['select', 'insert', 'update', 'delete'],
  mail_setting: ['select', 'insert', 'update'],
  notice: ['select', 'insert', 'update (mail_id)', 'delete'],
  notice_bot: ['select', 'insert', 'update'],
  notice_choice: ['select', 'insert', 'update'],
  second_factor: ['select', 'insert', 'update', 'delete'],
  sign_in_directory: ['select', 'insert', 'update'],
  // A code is used by being taken away.
  sign_in_handover: ['select', 'insert', 'delete'],
  sign_in_identity: ['select', 'insert', 'delete'],
  sign_in_provider: ['select', 'insert', 'update'],
};

/** Functions the API role may call: the owner's lookups, and what a policy asks. */
export const CALLABLE = [
  'account_for_login(text)',
  'session_for_token(bytea)',
  'login_is_taken(text)',
  'invitation_for_token(bytea)',
  'region_heads()',
  'sign_in_ways()',
  'sign_in_directories()',
  'photo_has_example(text, text)',
  'remove_old_audit(int)',
] as const;

/** The statements that bring the API role's rights to exactly this, whatever they were. */
export function grantStatements(role: typeof API_ROLE, database: string): string[] {
  const quoted = `"${database.replaceAll('"', '""')}"`;
  return [
    // Nobody enters who was not let in; without temporary tables nothing can be slipped in front of ours.
    `revoke connect, create, temporary on database ${quoted} from public`,
    `grant connect on database ${quoted} to ${role}`,
    `revoke create on schema public from public`,
    `grant usage on schema public to ${role}`,
    `revoke all on all tables in schema public from ${role}, public`,
    `revoke all on all functions in schema public from ${role}, public`,
    ...Object.entries(GRANTS).map(([table, verbs]) => `grant ${verbs.join(', ')} on ${table} to ${role}`),
    ...CALLABLE.map((signature) => `grant execute on function ${signature} to ${role}`),
  ];
}

/** The schema of pg-boss's tables: jobs and when they are due (server/jobs/). */
export const JOB_SCHEMA = 'pult_job';

/**
 * The rights of the API's role on the tables of jobs: run them and say when they are due. It can neither
 * change nor drop a table, nor say that they are of another version. Jobs hold ids alone, so there is no more
 * in them to see.
 */
const JOB_GRANTS: Readonly<Record<string, string>> = {
  version: 'select, update (cron_on, flow_on, monitor_backoff_on)',
  queue: 'select, insert, update',
  schedule: 'select, insert, update, delete',
  job: 'select, insert, update, delete',
  job_common: 'select, insert, update, delete',
  job_dependency: 'select, delete',
  instance: 'select, delete, update (stopped_on)',
};

/** pg-boss's functions the API role may call: the clock of the tables, and to enter a queue. */
const JOB_CALLABLE = ['job_now()', 'create_queue(text, jsonb)'];

/** The statements that bring the API role's rights on the tables of jobs to exactly this. */
export function jobGrantStatements(role: typeof API_ROLE): string[] {
  return [
    `revoke all on schema ${JOB_SCHEMA} from ${role}, public`,
    `grant usage on schema ${JOB_SCHEMA} to ${role}`,
    `revoke all on all tables in schema ${JOB_SCHEMA} from ${role}, public`,
    `revoke all on all functions in schema ${JOB_SCHEMA} from ${role}, public`,
    ...Object.entries(JOB_GRANTS).map(
      ([table, verbs]) => `grant ${verbs} on ${JOB_SCHEMA}.${table} to ${role}`,
    ),
    ...JOB_CALLABLE.map((signature) => `grant execute on function ${JOB_SCHEMA}.${signature} to ${role}`),
  ];
}
