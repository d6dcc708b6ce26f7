const COLUMNS = [
  'external_id',
  'version',
  'step',
  'agency',
  'agencies',
  'created_at',
  'due_at',
  'closed_at',
  'municipality',
  'group_name',
  'topic',
  'network',
  'merged_into',
  'digest',
] as const;

const copied = COLUMNS.join(', ');
const fromInput = COLUMNS.map((column) => `i.${column}`).join(', ');
const assigned = COLUMNS.map((column) => `${column} = i.${column}`).join(', ');

/** Which parts a statement needs; a smaller one is planned faster. */
export interface StatementParts {
  /** Incidents that are not there yet. */
  readonly added: boolean;
  /** Incidents that are. */
  readonly changed: boolean;
  readonly command: boolean;
  /** Records of the centre; only beside a command. */
  readonly records: boolean;
}

/**
 * $1 region, $2 incidents, $3 events, $4 how many numbers to give, $5 highest number of ours that came along,
 * $6 now.
 *
 * The clock's row is what makes the order of commits the order of revisions, so whoever holds it holds up the
 * region. It is therefore locked in the very statement that writes (every write hangs on `clock`), which is
 * the last before COMMIT: the rows are known and locked by then, and nothing is read, computed or sent in
 * between.
 */
const INPUT = `
with i as materialized (
  select * from jsonb_to_recordset($2::jsonb) as i(id uuid, number int, external_id bigint, version int,
    step text, agency text,
    agencies text[], created_at bigint, due_at bigint, closed_at bigint, municipality text, group_name text,
      topic text,
    network text, merged_into uuid, digest bigint, row jsonb, before int, seen text[], take int, actor text)),
e as materialized (
  select * from jsonb_to_recordset($3::jsonb) as e(incident_id uuid, n int, name text, at bigint, actor text,
    command_id uuid,
    data jsonb, take int)),
clock as (
  update sync_clock set v = v + 1, last_number = greatest(last_number, $5::bigint) + $4::int
    where region_id = $1::text
  returning v, last_number - $4::int as base)`;

/** The ids as an array make the planner use the primary key even when it believes the table to be small. */
const CHANGED = `,
changed as (
  update incident t set v = clock.v, number = i.number, row = i.row, ${assigned}
  from i cross join clock
  where t.region_id = $1::text and t.id = any ((select array_agg(id) from i where before > 0)::uuid[])
    and t.id = i.id and i.before > 0 and t.version = i.before
  returning t.id, t.bytes, i.seen, i.actor)`;

const ADDED = `,
added as (
  insert into incident (region_id, id, v, number, row, ${copied})
  select $1::text, i.id, clock.v, coalesce(i.number, clock.base + i.take),
    case when i.take is null then i.row else jsonb_set(i.row, '{number}', to_jsonb(clock.base + i.take)) end,
      ${fromInput}
  from i cross join clock where i.before = 0 returning id, bytes)`;

/** The trigger that measures rows has done so by then, so telling their size costs nothing more. */
const told = (stored: string): string => `,
told as (
  insert into event (region_id, incident_id, n, v, name, at, recorded_at, actor, command_id, data)
  select $1::text, e.incident_id, e.n, clock.v, e.name, e.at, $6::bigint, e.actor, e.command_id,
    case when e.take is null then e.data else jsonb_set(e.data, '{number}', to_jsonb(clock.base + e.take)) end
  from e cross join clock),
logged as (
  insert into change_log (region_id, v, entity, id, op, agencies, actor, bytes)
  select $1::text, clock.v, 'incident', s.id::text, 'put', s.seen, s.actor, s.bytes
  from (${stored}) s cross join clock)`;

/** $7 the decided command. */
const COMMAND = `,
kept as (
  insert into sync_command (region_id, id, client_id, seq, actor, name, incident_id, args, at, recorded_at,
    outcome, status, v)
  select $1::text, c.id, c.client_id, c.seq, c.actor, c.name, c.incident_id, coalesce(c.args, 'null'), c.at,
    $6::bigint, c.outcome, c.status, clock.v
  from clock cross join jsonb_to_record($7::jsonb) as c(id uuid, client_id uuid, seq int, actor text,
    name text, incident_id uuid,
    args jsonb, at bigint, outcome jsonb, status text)),
counted as (
  update sync_client set last_seq = ($7::jsonb ->> 'seq')::int
  where region_id = $1::text and client_id = ($7::jsonb ->> 'client_id')::uuid)`;

/** $8 the records. Everybody of the region is told. */
const RECORDS = `,
recorded as (
  insert into reference as r (region_id, kind, id, row, v, deleted)
  select $1::text, c.kind, c.id, coalesce(c.row, '{}'), clock.v, c.deleted
  from clock cross join jsonb_to_recordset($8::jsonb) as c(kind text, id text, row jsonb, deleted boolean)
  on conflict (region_id, kind, id) do update
    set row = case when excluded.deleted then r.row else excluded.row end, v = excluded.v,
      deleted = excluded.deleted
  returning r.kind, r.id, r.deleted, r.bytes),
record_told as (
  insert into change_log (region_id, v, entity, id, op, agencies, actor, bytes)
  select $1::text, clock.v, recorded.kind, recorded.id, case when recorded.deleted then 'del' else 'put' end,
    null, $7::jsonb ->> 'actor', recorded.bytes
  from recorded cross join clock)`;

const count = (part: string, isThere: boolean): string => (isThere ? `(select count(*) from ${part})` : '0');

/**
 * Stores incidents, events and the feed under the next revision, and a command's outcome with them. Gives `v`
 * and how many incidents were `stored`.
 */
export function storeStatement({ added, changed, command, records }: StatementParts): string {
  const rows = [
    ...(changed ? ['select id, bytes, seen, actor from changed'] : []),
    ...(added ? ['select a.id, a.bytes, i.seen, i.actor from added a join i on i.id = a.id'] : []),
  ].join(' union all ');
  const incidents = `${changed ? CHANGED : ''}${added ? ADDED : ''}${rows === '' ? '' : told(rows)}`;
  return `${INPUT}${incidents}${command ? COMMAND : ''}${records ? RECORDS : ''}
select v, ${count('added', added)} + ${count('changed', changed)} as stored from clock`;
}
