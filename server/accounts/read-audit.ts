import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import {
  MOST_EXPORTED,
  type AuditExport,
  type AuditFilter,
  type AuditLine,
  type AuditPage,
} from '#shared/protocol/audit.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { describeDevice } from './describe-device.ts';

/** A choice of lines of a region; moments are [from, to). */
export interface AuditChoice extends Pick<AuditFilter, 'person' | 'kind' | 'word'> {
  readonly region: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** The place of a line in the log's order. */
interface AuditPlace {
  readonly at: Instant;
  readonly id: number;
}

/** Lines of a page. */
const PAGE = 100;
/** Lines that a search looks through before it answers; those before them are asked for with its cursor. */
const DEPTH = 100_000;
/** People whose names have the word in them; more say that it was no name. */
const MOST_NAMED = 100;

const COLUMNS = sql`id, at, actor, action, address, device, about, detail`;
const NEWEST = sql`order by at desc, id desc`;

/** Gives lines in the log's order, through the index that fits: by person, by kind or by time alone. */
export function auditLines(
  choice: AuditChoice,
  after: AuditPlace | undefined,
  limit: number,
): RawBuilder<AuditLine> {
  const { region, from, to, person, kind } = choice;
  const chosen = [
    sql`region_id = ${region}`,
    sql`at >= ${from}::bigint and at < ${to}::bigint`,
    ...(kind === undefined ? [] : [sql`action = ${kind}`]),
    ...(after === undefined ? [] : [sql`(at, id) < (${after.at}::bigint, ${after.id}::bigint)`]),
  ];
  const lines = (more: readonly RawBuilder<unknown>[]) =>
    sql`select ${COLUMNS} from audit where ${sql.join([...chosen, ...more], sql` and `)}
      ${NEWEST} limit ${limit}`;
  if (person === undefined) return sql<AuditLine>`${lines([])}`;
  // Each half has its own index; what somebody did to themselves is told once.
  const halves = sql`(${lines([sql`actor = ${person}`])}) union (${lines([sql`about = ${person}`])})`;
  return sql<AuditLine>`select ${COLUMNS} from (${halves}) half ${NEWEST} limit ${limit}`;
}

const patternOf = (word: string): string => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** Lines that have a word in what they tell, or in the name of who acted or was meant. */
function found(
  choice: AuditChoice,
  word: string,
  named: readonly string[],
  after: AuditPlace | undefined,
  limit: number,
): RawBuilder<AuditLine> {
  const pattern = patternOf(word);
  return sql<AuditLine>`select ${COLUMNS} from (${auditLines(choice, after, DEPTH)}) looked
    where actor ilike ${pattern} or address ilike ${pattern} or about ilike ${pattern}
      or actor = any(${named}::text[]) or about = any(${named}::text[])
      or jsonb_path_query_array(detail, '$.** ? (@.type() == "string" || @.type() == "number")')::text
        ilike ${pattern}
    ${NEWEST} limit ${limit}`;
}

async function peopleNamed(tx: ScopedTransaction, region: string, word: string): Promise<readonly string[]> {
  const pattern = patternOf(word);
  const rows = await tx
    .selectFrom('account')
    .select('id')
    .where('region_id', '=', region)
    .where((builder) =>
      builder.or([builder('display_name', 'ilike', pattern), builder('login', 'ilike', pattern)]),
    )
    .limit(MOST_NAMED)
    .execute();
  return rows.map(({ id }) => id);
}

async function readLines(
  tx: ScopedTransaction,
  choice: AuditChoice,
  after: AuditPlace | undefined,
  limit: number,
): Promise<AuditLine[]> {
  const { word = '', region } = choice;
  const query =
    word === ''
      ? auditLines(choice, after, limit)
      : found(choice, word, await peopleNamed(tx, region, word), after, limit);
  const { rows } = await query.execute(tx);
  return rows.map(({ id, at, actor, action, address, device, detail }) => ({
    id,
    at,
    actor,
    action,
    address,
    device: describeDevice(device),
    detail,
  }));
}

/** The line down to which a search has looked, where it did not come to the log's end. */
async function lookedTo(
  tx: ScopedTransaction,
  choice: AuditChoice,
  after: AuditPlace | undefined,
): Promise<AuditPlace | undefined> {
  if ((choice.word ?? '') === '') return undefined;
  const { rows } = await sql<AuditPlace>`select at, id from (${auditLines(choice, after, DEPTH)}) looked
    ${NEWEST} offset ${DEPTH - 1} limit 1`.execute(tx);
  return rows[0];
}

/** Reads a page of the log, newest first. */
export async function readAudit(
  tx: ScopedTransaction,
  choice: AuditChoice,
  after: AuditPlace | undefined,
): Promise<AuditPage> {
  const found = await readLines(tx, choice, after, PAGE + 1);
  const lines = found.slice(0, PAGE);
  const last = found.length > PAGE ? lines.at(-1) : await lookedTo(tx, choice, after);
  return { lines, next: last === undefined ? null : `${last.at}.${last.id}` };
}

/** Reads all that is chosen, newest first, as much as one file takes. */
export async function readAuditWhole(tx: ScopedTransaction, choice: AuditChoice): Promise<AuditExport> {
  const found = await readLines(tx, choice, undefined, MOST_EXPORTED + 1);
  return { lines: found.slice(0, MOST_EXPORTED), isCut: found.length > MOST_EXPORTED };
}
