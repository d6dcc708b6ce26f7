import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { CLOSED_STEPS } from '#shared/domain/step.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { Open311Failure } from './failures.ts';
import { fieldOf, type Form } from './form.ts';
import type { Caller, PartnerIdentity } from './partners.ts';
import { UNSORTED, type PartnerDirectory } from './partner-directory.ts';
import { mapInTurns } from '#server/process/map-in-turns.ts';
import { requestView, type HandedIn } from './request-view.ts';

/** Both are GeoReport's: a span of dates, and the length of an answer. */
const MAX_SPAN_MS = 90 * 24 * 3_600_000;
const MAX_REQUESTS = 1000;

/**
 * Kinds of what residents wrote where all may read it, or handed in to be published. Direct messages, calls
 * and letters never come out, nor does what was rejected.
 */
const PUBLIC_KINDS = ['comment', 'post', 'portal'];

interface Row extends HandedIn {
  readonly row: Incident;
  readonly handed_in: boolean;
}

const isPublic = sql<boolean>`i.row -> 'source' ->> 'kind' = any(${PUBLIC_KINDS}::text[])`;

const isOwn = (partner: PartnerIdentity | null): RawBuilder<boolean> =>
  partner === null ? sql`false` : sql`r.partner_id is not distinct from ${partner.id}::uuid`;

/**
 * Restricts to what a caller may hear of at all: a condition on `incident i` joined with `intake_request r`.
 */
export const visibleTo = ({ partner }: Pick<Caller, 'partner'>): RawBuilder<boolean> =>
  partner?.reads === 'own' ? isOwn(partner) : sql`(${isOwn(partner)} or ${isPublic})`;

async function select(
  tx: ScopedTransaction,
  caller: Caller,
  where: RawBuilder<unknown>,
): Promise<readonly Row[]> {
  const { rows } =
    await sql<Row>`select i.row, r.partner_id is not null as handed_in, r.service_code, r.address,
      r.address_id, r.lat, r.long, r.media_url
    from incident i left join intake_request r on r.region_id = i.region_id and r.incident_id = i.id
    where i.region_id = ${caller.region} and ${visibleTo(caller)}
      and (i.step <> 'rejected' or ${isOwn(caller.partner)}) and ${where}
    order by i.created_at desc, i.id limit ${MAX_REQUESTS}`.execute(tx);
  return rows;
}

/** The rows as partners see them; others have their turn in between, for every text is looked through. */
const viewsOf = (rows: readonly Row[], directory: PartnerDirectory) =>
  mapInTurns(
    rows,
    ({ row }) => row.text.length,
    (row) => requestView(row.row, row.handed_in ? row : null, directory),
  );

/** One request. Throws Open311Failure when there is none, or none for this caller. */
export async function findRequest(
  tx: ScopedTransaction,
  caller: Caller,
  directory: PartnerDirectory,
  id: string,
) {
  if (!z.uuid().safeParse(id).success) throw new Open311Failure('request');
  const rows = await select(tx, caller, sql`i.id = ${id}::uuid`);
  if (rows.length === 0) throw new Open311Failure('request');
  return viewsOf(rows, directory);
}

function dateOf(form: Form, name: string): Instant | null {
  const text = fieldOf(form, name);
  if (text === null) return null;
  // GeoReport's dates have a zone; W3C's form of a bare day counts from midnight UTC.
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/.test(text))
    throw new Open311Failure('invalid', name);
  const at = Date.parse(text);
  if (!Number.isFinite(at)) throw new Open311Failure('invalid', name);
  return at;
}

function spanOf(form: Form, now: Instant): { readonly from: Instant; readonly to: Instant } {
  const [start, end] = [dateOf(form, 'start_date'), dateOf(form, 'end_date')];
  const from = start ?? (end ?? now) - MAX_SPAN_MS;
  const to = end ?? (start === null ? now : start + MAX_SPAN_MS);
  if (to - from > MAX_SPAN_MS) throw new Open311Failure('range');
  return { from, to };
}

const listOf = (form: Form, name: string): readonly string[] =>
  (fieldOf(form, name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function ofServices(codes: readonly string[], directory: PartnerDirectory): RawBuilder<unknown> {
  if (codes.length === 0) return sql`true`;
  const topics = codes.flatMap((code) => {
    const names = directory.topicsOf.get(code) ?? [];
    if (names.length === 0 && code !== UNSORTED) throw new Open311Failure('service');
    return names;
  });
  return codes.includes(UNSORTED)
    ? sql`(i.topic = any(${topics}::text[]) or i.topic is null)`
    : sql`i.topic = any(${topics}::text[])`;
}

function ofStatus(statuses: readonly string[]): RawBuilder<unknown> {
  if (statuses.some((status) => status !== 'open' && status !== 'closed'))
    throw new Open311Failure('invalid', 'status');
  if (new Set(statuses).size !== 1) return sql`true`;
  const closed = sql`i.step = any(${[...CLOSED_STEPS]}::text[])`;
  return statuses[0] === 'closed' ? closed : sql`not (${closed})`;
}

/** Requests that fit the filters, newest first. Ids, when given, are the only filter, as GeoReport says. */
export async function findRequests(
  tx: ScopedTransaction,
  caller: Caller,
  directory: PartnerDirectory,
  form: Form,
  now: Instant,
) {
  const ids = listOf(form, 'service_request_id');
  if (ids.length > 0) {
    const known = ids.filter((id) => z.uuid().safeParse(id).success);
    return viewsOf(await select(tx, caller, sql`i.id = any(${known}::uuid[])`), directory);
  }
  const { from, to } = spanOf(form, now);
  const where = sql`i.created_at between ${from} and ${to}
    and ${ofServices(listOf(form, 'service_code'), directory)}
    and ${ofStatus(listOf(form, 'status'))}`;
  return viewsOf(await select(tx, caller, where), directory);
}
