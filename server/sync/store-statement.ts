const COLUMNS = [
  'external_id', 'version', 'step', 'agency', 'agencies', 'created_at', 'due_at', 'closed_at',
  'municipality', 'group_name', 'topic', 'network', 'digest',
] as const;

const copied = COLUMNS.join(', ');
const fromInput = COLUMNS.map((column) => `i.${column}`).join(', ');
const assigned = COLUMNS.map((column) => `${column} = i.${column}`).join(', ');

/**
 * $1 region, $2 incidents, $3 events, $4 how many numbers to give, $5 highest number that came along, $6 now.
 *
 * The clock's row is what makes the order of commits the order of revisions, so whoever holds it holds up the region. It is
 * therefore locked in the very statement that writes (every write hangs on `clock`), which is the last before COMMIT: the
 * rows are known, parsed and locked by then, and nothing is read, computed or sent in between.
 */
const WRITES = `
with i as materialized (
  select * from jsonb_to_recordset($2::jsonb) as i(id uuid, number int, external_id bigint, version int, step text, agency text,
    agencies text[], created_at bigint, due_at bigint, closed_at bigint, municipality text, group_name text, topic text,
    network text, digest bigint, row jsonb, before int, seen text[], take int)),
e as materialized (
  select * from jsonb_to_recordset($3::jsonb) as e(incident_id uuid, n int, name text, at bigint, actor text, command_id uuid,
    data jsonb, take int)),
clock as (
  update sync_clock set v = v + 1, last_number = greatest(last_number, $5::int) + $4::int where region_id = $1::text
  returning v, last_number - $4::int as base),
changed as (
  update incident t set v = clock.v, number = i.number, row = i.row, ${assigned}
  from i cross join clock where t.region_id = $1::text and t.id = i.id and i.before > 0 and t.version = i.before returning 1),
added as (
  insert into incident (region_id, id, v, number, row, ${copied})
  select $1::text, i.id, clock.v, coalesce(i.number, clock.base + i.take),
    case when i.take is null then i.row else jsonb_set(i.row, '{number}', to_jsonb(clock.base + i.take)) end, ${fromInput}
  from i cross join clock where i.before = 0 returning 1),
told as (
  insert into event (region_id, incident_id, n, v, name, at, recorded_at, actor, command_id, data)
  select $1::text, e.incident_id, e.n, clock.v, e.name, e.at, $6::bigint, e.actor, e.command_id,
    case when e.take is null then e.data else jsonb_set(e.data, '{number}', to_jsonb(clock.base + e.take)) end
  from e cross join clock),
logged as (
  insert into change_log (region_id, v, entity, id, op, agencies)
  select $1::text, clock.v, 'incident', i.id::text, 'put', i.seen from i cross join clock)`;

/** $7 the decided command. */
const COMMAND = `,
kept as (
  insert into sync_command (region_id, id, client_id, seq, actor, name, incident_id, args, at, recorded_at, outcome, status, v)
  select $1::text, c.id, c.client_id, c.seq, c.actor, c.name, c.incident_id, coalesce(c.args, 'null'), c.at, $6::bigint, c.outcome, c.status, clock.v
  from clock cross join jsonb_to_record($7::jsonb) as c(id uuid, client_id uuid, seq int, actor text, name text, incident_id uuid,
    args jsonb, at bigint, outcome jsonb, status text)),
counted as (
  update sync_client set last_seq = ($7::jsonb ->> 'seq')::int
  where region_id = $1::text and client_id = ($7::jsonb ->> 'client_id')::uuid)`;

const ANSWER = `
select v, (select count(*) from changed) + (select count(*) from added) as stored from clock`;

/** Stores incidents, events and the feed under the next revision. */
export const STORE = WRITES + ANSWER;

/** The same together with a command's outcome and its client's count. */
export const STORE_WITH_COMMAND = WRITES + COMMAND + ANSWER;
