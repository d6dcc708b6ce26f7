import type { Selectable } from 'kysely';
import { z } from 'zod';
import {
  channelRulesSchema,
  TOGETHER_HOURS,
  type ChannelProblem,
  type ChannelRules,
  type ChannelSettings,
  type ChannelState,
  type NewChannel,
} from '#shared/protocol/channels.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import type { PageSecrets } from '#server/channels/networks/page-secrets.ts';
import type { ChannelTable } from '#server/store/channel-tables.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** A page with the rules by which its messages enter the queue. */
export interface PageWithRules extends Page {
  readonly rules: ChannelRules;
  /** Within which an author's words at one place are one case. */
  readonly togetherHours: number;
  /** Taken out of use for good. */
  readonly isArchived: boolean;
}

/** Names a page within the installation. */
export type PageKey = Pick<Page, 'region' | 'id'>;

/** A page as its row says, with its secrets opened. */
export const pageOf = (
  row: Selectable<ChannelTable>,
  secrets: PageSecrets,
  pace: TokenPace,
): PageWithRules => ({
  region: row.region_id,
  id: row.id,
  network: row.network,
  name: row.name,
  baseUrl: row.base_url,
  certificate: row.certificate,
  pageId: row.page_id,
  watch: z.array(z.string()).parse(row.watch),
  rules: channelRulesSchema.parse(row.rules),
  togetherHours: row.together_hours,
  active: row.active,
  isArchived: row.archived_at !== null,
  reception: row.reception,
  secrets,
  pace,
});

/** Writes the row of a page that was added; `sealed` are its secrets. */
export async function insertPage(
  tx: ScopedTransaction,
  { region, id }: PageKey,
  page: NewChannel,
  { sealed, now }: { readonly sealed: string; readonly now: Instant },
): Promise<void> {
  await tx
    .insertInto('channel')
    .values({
      region_id: region,
      id,
      network: page.network,
      name: page.name,
      base_url: page.baseUrl,
      certificate: page.certificate,
      page_id: page.pageId,
      agency: page.agency,
      reception: page.reception,
      secrets: sealed,
      watch: JSON.stringify(page.watch),
      rules: JSON.stringify(page.rules),
      together_hours: page.togetherHours ?? TOGETHER_HOURS,
      created_at: now,
    })
    .execute();
}

/** Writes what an administrator may change of a page. */
export async function updatePage(
  tx: ScopedTransaction,
  { region, id }: PageKey,
  settings: ChannelSettings,
  sealed: string,
): Promise<void> {
  const { name, baseUrl, certificate, agency, reception, watch, rules, togetherHours } = settings;
  await tx
    .updateTable('channel')
    .set({
      name,
      base_url: baseUrl,
      certificate,
      agency,
      reception,
      watch: JSON.stringify(watch),
      rules: JSON.stringify(rules),
      ...(togetherHours !== undefined && { together_hours: togetherHours }),
      secrets: sealed,
      // It was about what stood here before; the next call tells whether it still holds.
      trouble: null,
    })
    .where('region_id', '=', region)
    .where('id', '=', id)
    .execute();
}

/** Notes on a page what stands in its way, or that nothing does any more. */
export async function noteTrouble(
  tx: ScopedTransaction,
  { region, id }: PageKey,
  trouble: ChannelProblem | null,
): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ trouble: trouble === null ? null : JSON.stringify(trouble) })
    .where('region_id', '=', region)
    .where('id', '=', id)
    .execute();
}

/** Why events of a paused page stay in the log, until the page goes on. */
export const PAGE_OFF = 'page_off';

/** Has read what came while a page was paused. Nobody logs one more: the page's row is changed before. */
async function readPaused(tx: ScopedTransaction, { region, id }: PageKey): Promise<void> {
  await tx
    .updateTable('channel_event')
    .set({ state: 'new', reason: null })
    .where('region_id', '=', region)
    .where('channel_id', '=', id)
    .where('state', '=', 'logged')
    .where('reason', '=', PAGE_OFF)
    .execute();
}

/** Switches a page on or off, or takes it out of sight for good. False when there is no such page. */
export async function updatePageState(
  tx: ScopedTransaction,
  { region, id }: PageKey,
  state: ChannelState,
  now: Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('channel')
    .set({
      active: state === 'active',
      archived_at: state === 'archived' ? now : null,
      // Whatever was missed meanwhile is looked for at once.
      ...(state === 'active' ? { caught_up_at: null } : {}),
    })
    .where('region_id', '=', region)
    .where('id', '=', id)
    .executeTakeFirst();
  if (state === 'active') await readPaused(tx, { region, id });
  return numUpdatedRows > 0n;
}
