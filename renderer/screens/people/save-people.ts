import { peopleTable, tablePersonOf, type PeopleBasis } from '#shared/exchange/settings/people-table.ts';
import { writeSettings } from '#shared/exchange/settings/write-settings.ts';
import { TABLE_TYPES, type TableFormat } from '#shared/exchange/table-write.ts';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { dateOfDay, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';
import { saveFile } from '#renderer/host/save-file.ts';

/** Gives the person the people of the region as a file that can be loaded again. */
export function savePeople(format: TableFormat, basis: PeopleBasis, zone: ZoneName): void {
  const table = peopleTable(basis);
  const name = `${table.title} ${dateOfDay(localDayAt(zone, basis.at))}.${format}`;
  const rows = basis.people.map(tablePersonOf);
  saveFile(name, TABLE_TYPES[format], writeSettings(format, table, rows));
}

/** Gives the person links to hand over, a row each, its heading first. */
export function saveLinks(name: string, rows: readonly (readonly string[])[]): void {
  const widths = [32, 22, 44, 90, 18];
  saveFile(`${name}.xlsx`, TABLE_TYPES.xlsx, writeWorkbook([{ name, rows, widths }]));
}
