import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const OWN = `account_id = current_setting('pult.account', true)`;

/**
 * Pauses that grow instead of windows that lock, and the workstations a person has come in at
 * (docs/decisions/025-login-limits.md).
 */
export const loginLimits: Migration = {
  name: '030-login-limits',
  statements: [
    // Counted otherwise from here on; whoever was locked is not any more.
    `delete from login_attempt`,
    `alter table login_attempt add column paused_until bigint not null default 0`,
    // The oldest go when there are too many.
    `create index login_attempt_since on login_attempt (since)`,
    // Of the token only its hash is kept. It lets nobody in.
    `create table device (
      region_id text not null, account_id text not null, token_hash bytea not null, seen_at bigint not null,
      primary key (region_id, account_id, token_hash), foreign key (region_id, account_id) references account)`,
    `alter table device enable row level security`,
    `alter table device force row level security`,
    `create policy in_region on device using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy own on device as restrictive using (${OWN}) with check (${OWN})`,
  ],
};
