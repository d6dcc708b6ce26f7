import { CLOSED_STEPS } from '#shared/domain/step.ts';
import { hidesAuthors, type SyncSession } from './sync-session.ts';

/** The incident's own author, and those of later messages. */
const WITHOUT_AUTHORS = `jsonb_set(jsonb_set(i.row, '{author}', '{"name": "", "url": ""}'), '{messages}',
  (select coalesce(jsonb_agg(m - 'author' order by n), '[]')
    from jsonb_array_elements(i.row -> 'messages') with ordinality as messages (m, n)))`;

/**
 * SQL for an incident's row as this session gets it, as JSON text. Rows travel as the text the database
 * gives: parsing and writing again would cost more than reading them.
 */
export const rowText = (session: SyncSession): string =>
  hidesAuthors(session) ? `(${WITHOUT_AUTHORS})::text` : 'i.row::text';

/** SQL condition of a closed incident, word for word as in the indexes of migration 005. */
export const IS_CLOSED_SQL = `step in (${[...CLOSED_STEPS].map((step) => `'${step}'`).join(', ')})`;
