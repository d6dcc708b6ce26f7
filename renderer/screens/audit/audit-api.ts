import type { TableFormat } from '#shared/exchange/table-write.ts';
import { AUDIT_KINDS, auditExportSchema, auditPageSchema, type AuditFilter } from '#shared/protocol/audit.ts';
import { askBelow } from '#renderer/kit/api/ask-centre.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';

/** A search looks through many lines. */
const ask = askBelow('/api/v1/audit', 60_000);

/** The choice as the address of the screen and of the API says it. */
export function queryOf(filter: AuditFilter, more: Readonly<Record<string, string>> = {}): string {
  const chosen = Object.entries({ ...filter, ...more }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return new URLSearchParams(chosen as [string, string][]).toString();
}

/** Reads the choice off an address; what it does not understand is not chosen. */
export function filterOf(search: string): AuditFilter {
  const said = new URLSearchParams(search);
  const kind = memberOf(AUDIT_KINDS, said.get('kind'));
  const { person, from, to, word } = Object.fromEntries(said);
  return {
    ...(person !== undefined && { person }),
    ...(kind !== undefined && { kind }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(word !== undefined && { word }),
  };
}

/** A page of the log: the newest, or those after a cursor. */
export const readAuditPage = (filter: AuditFilter, after: string) =>
  ask(`?${queryOf(filter, { after })}`, auditPageSchema);

/** All that is chosen, for a file. */
export const readAuditFile = (filter: AuditFilter, format: TableFormat) =>
  ask(`/export?${queryOf(filter, { format })}`, auditExportSchema);
