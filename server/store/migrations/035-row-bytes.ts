import type { Migration } from '#server/store/migration.ts';

const MEASURED = ['incident', 'reference'];

/**
 * How large a row is on its way to a console, so that pages are cut by bytes without reading what is not
 * sent. Kept by a trigger: whoever writes a row, a restore too, cannot forget it.
 */
export const rowBytes: Migration = {
  name: '035-row-bytes',
  statements: [
    `create function measure_row() returns trigger language plpgsql as
      $$ begin new.bytes := octet_length(new.row::text); return new; end $$`,
    ...MEASURED.flatMap((table) => [
      `alter table ${table} add column bytes int not null default 0`,
      // Rows of every region are measured, and forced policies hold the owner too.
      `alter table ${table} no force row level security`,
      `update ${table} set bytes = octet_length(row::text)`,
      `alter table ${table} force row level security`,
      `create trigger measured before insert or update of row on ${table}
        for each row execute function measure_row()`,
    ]),
  ],
};
