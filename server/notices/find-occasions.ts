import { sql } from 'kysely';
import type { EventName } from '#shared/domain/event.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { HAND_OVER_ACTOR } from '#shared/domain/records/hand-over-actor.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { HAS_OPEN_PROMISE } from '#server/store/migrations/020-promised.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import type { NoticeOccasion } from './recipients.ts';

/** A deadline that passed longer ago is no news, even to whoever was given an address only now. */
const OLDEST_MS = 30 * MS_PER_DAY;

/** Events that people are told of. */
export const TOLD_EVENTS: readonly EventName[] = ['routed', 'reply_sent_back'];

interface EventRow {
  readonly id: string;
  readonly n: number;
  readonly name: EventName;
  readonly actor: string;
  readonly given: string | null;
  readonly agency: string | null;
  readonly author: string | null;
}

/**
 * Reads what happened in the revisions after `since` up to `to`: somebody was given an incident, a reply was
 * sent back. What an import brings was told elsewhere: its events are of no command.
 */
export async function findEventOccasions(
  tx: ScopedTransaction,
  region: string,
  since: number,
  to: number,
): Promise<readonly NoticeOccasion[]> {
  const { rows } = await sql<EventRow>`
    select e.incident_id as id, e.n, e.name, e.actor, e.data->>'agency' as given, i.agency,
      i.row->'replies'->-1->>'by' as author
    from event e join incident i on i.region_id = e.region_id and i.id = e.incident_id
    where e.region_id = ${region} and e.v > ${since} and e.v <= ${to}
      and e.name = any (${TOLD_EVENTS})
      and (e.command_id is not null or e.actor = ${HAND_OVER_ACTOR})
    order by e.v, e.n`.execute(tx);
  return rows.map(({ id, n, name, actor, given, agency, author }) => ({
    kind: name === 'routed' ? ('assigned' as const) : ('sentBack' as const),
    incident: id,
    mark: String(n),
    agency: name === 'routed' ? given : agency,
    people: name === 'routed' ? [] : [author],
    by: actor,
  }));
}

interface DueRow {
  readonly id: string;
  readonly due: Instant;
  readonly policy: string | null;
  readonly agency: string | null;
  /** Who has it, whoever owes the answer now. */
  readonly held: string | null;
  readonly holder: string | null;
}

/** Which deadlines are told, as of `now`. */
interface DeadlineWindow {
  /** Deadlines of a policy and an agency before it are near or have passed; see `burningEdges`. */
  readonly burns: (policy: string | null, agency: string | null) => Instant;
  /** The latest moment that `burns` can give. */
  readonly latest: Instant;
  readonly since: Instant;
  readonly now: Instant;
}

/**
 * Finds deadlines before `burns` (near, or passed), of whoever owes the answer now: the agency that has the
 * incident, else the operator who took it.
 */
export async function findDeadlineOccasions(
  tx: ScopedTransaction,
  region: string,
  { burns, latest, since, now }: DeadlineWindow,
): Promise<readonly NoticeOccasion[]> {
  const { rows } = await sql<DueRow>`
    select id, due_at as due, row->'due'->>'policy' as policy, agency as held,
      case when step in ('assigned', 'in_progress') then agency end as agency, row->>'holder' as holder
    from incident
    where region_id = ${region}
      and step in ('new', 'returned', 'reopened', 'assigned', 'in_progress', 'approval', 'publishing')
      and due_at > ${Math.max(since, now - OLDEST_MS)} and due_at < ${latest}`.execute(tx);
  const near = rows.filter(({ due, policy, held }) => due < burns(policy, held));
  return near.map(({ id, due, agency, holder }) => ({
    kind: due <= now ? ('overdue' as const) : ('near' as const),
    incident: id,
    mark: String(due),
    agency,
    people: agency === null ? [holder] : [],
  }));
}

/** Whose a promise is: the agency's that answered last, or the person's who wrote the centre's own reply. */
function keeperOf(incident: Incident): Pick<NoticeOccasion, 'agency' | 'people'> {
  const agency = currentAgency(incident) ?? incident.assignments.at(-1)?.agency ?? null;
  return { agency, people: [incident.holder, incident.replies.at(-1)?.by ?? null] };
}

/** Promises made for this day of the centre that nobody has kept yet. */
export async function findPromiseOccasions(
  tx: ScopedTransaction,
  region: string,
  zone: string,
  now: Instant,
): Promise<readonly NoticeOccasion[]> {
  const today = localTimeAt(zone, now).date;
  const { rows } = await sql<{ row: Incident }>`
    select row from incident where region_id = ${region} and ${sql.raw(HAS_OPEN_PROMISE)}`.execute(tx);
  return rows
    .map(({ row }) => row)
    .filter((incident) =>
      incident.promises.some(({ state, due }) => state === 'open' && localTimeAt(zone, due).date === today),
    )
    .map((incident) => ({ kind: 'promised', incident: incident.id, mark: today, ...keeperOf(incident) }));
}
