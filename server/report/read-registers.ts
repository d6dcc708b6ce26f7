import { activitySchema } from '#shared/domain/activity.ts';
import { campaignSchema } from '#shared/domain/campaign.ts';
import { exampleSchema } from '#shared/domain/example.ts';
import { readableOf } from '#shared/domain/readable.ts';
import type { ReportRegisters } from '#shared/report/summary/period-report.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/**
 * The centre's registers: campaigns, activities and example cases. A row that does not read, from a newer
 * release or spoilt by hand, is left out and takes no others with it.
 */
export async function readRegisters(tx: ScopedTransaction, region: string): Promise<ReportRegisters> {
  const rows = await tx
    .selectFrom('reference')
    .select(['kind', 'row'])
    .where('region_id', '=', region)
    .where('deleted', '=', false)
    .where('kind', 'in', ['campaign', 'activity', 'example'])
    .orderBy('id')
    .execute();
  const of = (kind: string): unknown[] => rows.filter((row) => row.kind === kind).map(({ row }) => row);
  return {
    campaigns: readableOf(campaignSchema, of('campaign')),
    activities: readableOf(activitySchema, of('activity')),
    examples: readableOf(exampleSchema, of('example')),
  };
}
