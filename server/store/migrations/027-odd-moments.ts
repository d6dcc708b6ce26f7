import type { Migration } from '#server/store/migration.ts';

const FORCED = ['incident', 'event', 'sync_clock', 'change_log'];

/**
 * Moments of work lie between 2000 and 2100 (shared/domain/instant.ts), so they have twelve or thirteen
 * digits and no sign.
 */
const SENSIBLE = 'between 946684800000 and 4102444800000';

/**
 * A moment in a stored row that is none: negative, or of too many digits. The names are those of moments in
 * an incident; a quote within what a resident wrote is escaped, so that his words never look like one.
 */
const ODD = `"(at|since|until|from|takenAt|endedAt|draftedAt|submittedAt|approvedAt|publishedAt|satisfactionAt)": (-[0-9]+|[0-9]{14,})`;

/**
 * Commands of a wrong clock were carried out, and their moments broke the card and the export for everybody.
 * Such a moment becomes that of the incident's creation, in a new revision, so that consoles read the rows
 * again; an event's becomes the moment it was recorded.
 */
export const oddMoments: Migration = {
  name: '027-odd-moments',
  statements: [
    // Mending concerns the rows of every region, and forced policies hold the owner too.
    ...FORCED.map((table) => `alter table ${table} no force row level security`),
    `create temporary table odd on commit drop as select region_id, id from incident
      where row::text ~ '${ODD}' or closed_at not ${SENSIBLE} or due_at not ${SENSIBLE}`,
    `update sync_clock set v = v + 1 where region_id in (select region_id from odd)`,
    `update incident i set v = c.v,
        row = regexp_replace(i.row::text, '${ODD}', '"\\1": ' || i.created_at, 'g')::jsonb,
        closed_at = case when i.closed_at ${SENSIBLE} then i.closed_at when i.closed_at is not null then i.created_at end,
        due_at = case when i.due_at ${SENSIBLE} then i.due_at when i.due_at is not null then i.created_at end
      from odd, sync_clock c where odd.region_id = i.region_id and odd.id = i.id and c.region_id = i.region_id`,
    `insert into change_log (region_id, v, entity, id, op, agencies)
      select i.region_id, i.v, 'incident', i.id::text, 'put', i.agencies from incident i
      join odd on odd.region_id = i.region_id and odd.id = i.id`,
    `update event set at = recorded_at where at not ${SENSIBLE}`,
    ...FORCED.map((table) => `alter table ${table} force row level security`),
  ],
};
