import type { Actor } from '#shared/domain/actor.ts';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { eaoRoutes } from '#shared/domain/data/eao-routes.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { defaultReference, directoryReference } from '#server/sync/default-reference.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { storeMany } from '#server/sync/store-changes.ts';
import { demoActivities } from './activities.ts';
import { demoCampaigns } from './campaigns.ts';
import { tellMonths } from './months.ts';
import type { Cast } from './plan.ts';
import { DEMO_MONTHS } from './recipes.ts';
import { DEMO_ZONE } from './scene.ts';
import type { Told } from './story.ts';
import { today } from './today.ts';

export const DEMO_REGION = 'eao';
/** The numbers of today's shift follow those of June 2022 with room for the years between. */
const FIRST_NUMBER_TODAY = 48_112;

/**
 * Fills the demo region, whose accounts exist already: directory, routes, dictionary and calendar, the registers of campaigns and
 * activities, the months asked for (`2022-01`; all eighteen by default) and a shift's work around `now`. All or nothing: one transaction.
 */
export async function seedDemo(
  db: Database,
  now: Instant,
  months: readonly string[] = DEMO_MONTHS,
): Promise<{ readonly incidents: number }> {
  return withScope(db, { region: DEMO_REGION }, async (tx) => {
    const cast = await castOf(tx);
    await upsertReference(tx, DEMO_REGION, [
      ...defaultReference(DEMO_ZONE),
      ...directoryReference(eaoDirectory, eaoRoutes),
      ...demoCampaigns.map((row): ReferenceRow => ({ kind: 'campaign', id: row.id, row })),
      ...demoActivities.map((row): ReferenceRow => ({ kind: 'activity', id: row.id, row })),
    ]);
    const told = [...tellMonths(cast, months), ...today(cast, now, FIRST_NUMBER_TODAY)];
    await storeMany(tx, DEMO_REGION, told.map(changeOfTold), now);
    return { incidents: told.length };
  });
}

const changeOfTold = ({
  incident,
  events,
}: Told): { before: null; after: Told['incident']; events: Told['events'] } => ({
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
    accounts.filter((one) => one.role === role).map(({ id }) => ({ id, role, agency: null }));
  return {
    operators: actors('operator'),
    approver: must(actors('approver')[0], 'an approver in the demo region'),
  };
}
