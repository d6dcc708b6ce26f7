import { activitySchema } from '#shared/domain/activity.ts';
import { campaignSchema } from '#shared/domain/campaign.ts';
import { exampleSchema } from '#shared/domain/example.ts';
import type { ReportRegisters } from '#shared/report/summary/period-report.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/**
 * The centre's registers: campaigns, activities and example cases. Nobody but the API writes these rows, so
 * one that does not read is an error.
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
    campaigns: of('campaign').map((row) => campaignSchema.parse(row)),
    activities: of('activity').map((row) => activitySchema.parse(row)),
    examples: of('example').map((row) => exampleSchema.parse(row)),
  };
}
