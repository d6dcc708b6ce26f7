import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
const TABLES = ['partner', 'intake_request'];

/**
 * Systems of others that hand in requests and follow them (Open311), and what they handed in. Executors see
 * nothing of it.
 */
export const partners: Migration = {
  name: '015-partners',
  statements: [
    // Of the key only its hash is kept, and four letters by which a person tells it from others.
    `create table partner (
      region_id text not null references region, id uuid not null, name text not null, key_hash bytea not null,
      key_hint text not null, reads text not null check (reads in ('own', 'all')), created_at bigint not null,
      revoked_at bigint, seen_at bigint, webhook_url text, webhook_events jsonb not null default '[]',
      webhook_v bigint not null default 0, primary key (region_id, id), unique (region_id, key_hash))`,
    // `key` is the partner's own number of the request, or the incident's id when it gave none: the same
    // twice is one request.
    `create table intake_request (
      region_id text not null, partner_id uuid not null, key text not null, incident_id uuid not null, at bigint not null,
      service_code text not null, address text, address_id text, lat double precision, long double precision,
      media_url text, primary key (region_id, partner_id, key), unique (region_id, incident_id),
      foreign key (region_id, partner_id) references partner)`,
    ...TABLES.flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy in_region on ${table} using (${IN_REGION}) with check (${IN_REGION})`,
      `create policy no_agency on ${table} as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    ]),
  ],
};
