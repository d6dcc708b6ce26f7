import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Issued summaries: written once, with a checksum that the database itself holds them to. Executors see
 * nothing of them.
 */
export const issues: Migration = {
  name: '011-issues',
  statements: [
    // `body` is text and not jsonb, because the checksum is of its very characters.
    `create table report_issue (
      region_id text not null references region, form text not null, period_from text not null, period_to text not null,
      number int not null check (number > 0), id uuid not null, at bigint not null, account text not null,
      account_name text not null, remark text not null, body text not null,
      sha256 text not null constraint intact check (sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex')),
      primary key (region_id, form, period_from, period_to, number), unique (region_id, id))`,
    `alter table report_issue enable row level security`,
    `alter table report_issue force row level security`,
    `create policy in_region on report_issue using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on report_issue as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    // The API's role has no right to change or delete; this holds whoever else connects, the owner among
    // them.
    `create function refuse_issue_change() returns trigger language plpgsql as $$
      begin raise exception 'an issued summary is never changed' using errcode = '42501'; end $$`,
    `create trigger issued_for_good before update or delete on report_issue
      for each row execute function refuse_issue_change()`,
    `create trigger never_emptied before truncate on report_issue
      for each statement execute function refuse_issue_change()`,
  ],
};
