import type { Instant } from '#shared/domain/instant.ts';
import { AUDIT_DETAILS, type AuditDetail, type AuditKind } from '#shared/protocol/audit.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';

/** Where somebody acts from. */
export interface AuditOrigin {
  /** Network address; '' for the command line. */
  readonly address: string;
  /** The program, as it names itself: the user agent of a request. */
  readonly device?: string;
}

/** A line to be written: who did what, when and from where. */
export type NewAuditLine = {
  readonly [K in AuditKind]: AuditOrigin & {
    readonly at: Instant;
    /** Account id, the command line, or what is left of a login that nobody has. */
    readonly actor: string;
    readonly action: K;
  } & (Record<string, never> extends AuditDetail<K>
      ? { readonly detail?: AuditDetail<K> }
      : { readonly detail: AuditDetail<K> });
}[AuditKind];

/** The part of a line that is not who, when and from where. */
export type AuditSaid = NewAuditLine extends infer L
  ? L extends NewAuditLine
    ? Pick<L, 'action' | 'detail'>
    : never
  : never;

/** The region of lines that belong to none; no region can have this code. */
export const NO_REGION = '-';

const LONGEST_DEVICE = 300;
const LONGEST_NAME = 200;
/** Letters of one value, as JSON: a list of five hundred authors is told by its beginning. */
const LONGEST_VALUE = 4000;

/** The person, partner, page or setting a line is about, by its id; what is about nothing has ''. */
const aboutOf = (detail: Readonly<Record<string, unknown>>): string => {
  const named = detail['account'] ?? detail['partner'] ?? detail['channel'] ?? detail['id'];
  return typeof named === 'string' ? named : '';
};

function shortened(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  return text.length <= LONGEST_VALUE ? value : `${text.slice(0, LONGEST_VALUE)}…`;
}

/** Fields of what was before and is afterwards, each within its bounds; those of many rows as well. */
const bounded = (detail: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => {
      if (name === 'rows' && Array.isArray(value)) return [name, value.map(bounded)];
      const isFields = (name === 'before' || name === 'after') && typeof value === 'object' && value !== null;
      if (!isFields) return [name, value];
      return [name, Object.fromEntries(Object.entries(value).map(([key, held]) => [key, shortened(held)]))];
    }),
  );

function rowOf(region: string, line: NewAuditLine) {
  const { at, actor, action, address, device = '' } = line;
  const detail = bounded(AUDIT_DETAILS[action].parse(line.detail ?? {}));
  return {
    region_id: region,
    at,
    actor: actor.slice(0, LONGEST_NAME),
    action,
    address: address.slice(0, LONGEST_NAME),
    device: device.slice(0, LONGEST_DEVICE),
    about: aboutOf(detail).slice(0, LONGEST_NAME),
    detail: JSON.stringify(detail),
  };
}

/**
 * Adds lines inside a transaction, so that they stand or fall with what they tell about. Throws ZodError when
 * the details of one are not those of its kind: then nothing happens that would stand nowhere.
 */
export async function writeAudits(
  tx: ScopedTransaction,
  region: string,
  lines: readonly NewAuditLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insertInto('audit')
    .values(lines.map((line) => rowOf(region, line)))
    .execute();
}

/** As {@link writeAudits}, one line. */
export const writeAudit = (tx: ScopedTransaction, region: string, line: NewAuditLine): Promise<void> =>
  writeAudits(tx, region, [line]);

/** Adds a line in a transaction of its own. `region` is null when none is known. */
export async function auditAlone(db: Database, region: string | null, line: NewAuditLine): Promise<void> {
  const code = region ?? NO_REGION;
  await withScope(db, { region: code }, (tx) => writeAudit(tx, code, line));
}
