import type { Actor } from '#shared/domain/actor.ts';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { eaoRoutes } from '#shared/domain/data/eao-routes.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { defaultReference, directoryReference } from '#server/sync/default-reference.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { inRevisions } from '#server/sync/in-revisions.ts';
import { storeChanges } from '#server/sync/store-changes.ts';
import { demoActivities } from './activities.ts';
import { demoCampaigns } from './campaigns.ts';
import { eachMonth } from './months.ts';
import type { Cast } from './plan.ts';
import { DEMO_MONTHS } from './recipes.ts';
import { DEMO_ZONE } from './scene.ts';
import type { Story } from './story.ts';
import { demoTemplates } from './templates.ts';
import { today } from './today.ts';

/** Code of the demo region. */
export const DEMO_REGION = 'eao';
/** The numbers of today's shift follow those of June 2022 with room for the years between. */
const FIRST_NUMBER_TODAY = 48_112;

/** Progress of the seeding: `done` of `total` parts, each a month or the shift of today. */
export interface SeedProgress {
  readonly done: number;
  readonly total: number;
  readonly incidents: number;
}

/**
 * Fills the demo region, whose accounts exist already: directory, routes, dictionary and calendar, the
 * registers of campaigns and activities, templates, the months asked for (`2022-01`; all eighteen by default)
 * and a shift's work around `now`. A month is computed while no transaction is open, and then written in
 * transactions of its own: cut short, the region is unfinished (first-start.ts).
 */
export async function seedDemo(
  db: Database,
  now: Instant,
  months: readonly string[] = DEMO_MONTHS,
  onProgress: (progress: SeedProgress) => void = () => undefined,
): Promise<{ readonly incidents: number }> {
  const cast = await withScope(db, SCOPE, castOf);
  const reference = [
    ...defaultReference(DEMO_ZONE),
    ...directoryReference(eaoDirectory, eaoRoutes),
    ...demoCampaigns.map((row): ReferenceRow => ({ kind: 'campaign', id: row.id, row })),
    ...demoActivities.map((row): ReferenceRow => ({ kind: 'activity', id: row.id, row })),
    ...demoTemplates.map((row): ReferenceRow => ({ kind: 'reply_template', id: row.id, row })),
  ];
  await withScope(db, SCOPE, (tx) => upsertReference(tx, DEMO_REGION, reference));
  let [done, incidents] = [0, 0];
  for (const stories of parts(cast, now, months)) {
    await write(db, stories, now);
    incidents += stories.length;
    onProgress({ done: (done += 1), total: months.length + 1, incidents });
  }
  return { incidents };
}

const SCOPE = { region: DEMO_REGION } as const;

function* parts(cast: Cast, now: Instant, months: readonly string[]): Generator<readonly Story[]> {
  yield* eachMonth(cast, months);
  yield today(cast, now, FIRST_NUMBER_TODAY);
}

async function write(db: Database, stories: readonly Story[], now: Instant): Promise<void> {
  const changes = stories.map(changeOfTold);
  for (const part of inRevisions(changes, ({ after }) => after))
    await withScope(db, SCOPE, (tx) => storeChanges(tx, DEMO_REGION, part, now));
}

const changeOfTold = ({
  incident,
  events,
}: Story): { before: null; after: Story['incident']; events: Story['events'] } => ({
  before: null,
  after: incident,
  events,
});

async function castOf(tx: ScopedTransaction): Promise<Cast> {
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'role'])
    .where('region_id', '=', DEMO_REGION)
    .orderBy('id')
    .execute();
  const actors = (role: Actor['role']): readonly Actor[] =>
    accounts.filter((account) => account.role === role).map(({ id }) => ({ id, role, agency: null }));
  return {
    operators: actors('operator'),
    approver: must(actors('approver')[0], 'an approver in the demo region'),
  };
}
