import type { ChannelSettings, ChannelState } from '#shared/protocol/channels.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { Channels } from '#server/channels/channels.ts';
import { PAGE_OFF } from '#server/channels/inbox/take-events.ts';

/**
 * Changes what an administrator may change of a page; a secret that is null stays as it was. False when there
 * is no such page.
 */
export async function editPage(
  channels: Channels,
  region: string,
  id: string,
  settings: ChannelSettings,
): Promise<boolean> {
  const channel = await channels.find(region, id);
  if (channel === null) return false;
  const { name, baseUrl, certificate, agency, reception, watch, rules, togetherHours, ...given } = settings;
  const known = Object.entries(given).filter(([, secret]) => secret !== null);
  const secrets = { ...channel.secrets, ...Object.fromEntries(known) };
  await withScope(channels.db, { region }, (tx) =>
    tx
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
        secrets: channels.seal(region, id, secrets),
        // It was about what stood here before; the next call tells whether it still holds.
        trouble: null,
      })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .execute(),
  );
  channels.forget();
  return true;
}

/**
 * What came while a page was paused is read when it goes on. The page's row is changed before, so nobody logs
 * one more.
 */
async function readPaused(tx: ScopedTransaction, region: string, id: string): Promise<void> {
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
export async function setPageState(
  channels: Channels,
  region: string,
  id: string,
  state: ChannelState,
): Promise<boolean> {
  const isFound = await withScope(channels.db, { region }, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('channel')
      .set({
        active: state === 'active',
        archived_at: state === 'archived' ? channels.now() : null,
        // Whatever was missed meanwhile is looked for at once.
        ...(state === 'active' ? { caught_up_at: null } : {}),
      })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .executeTakeFirst();
    if (state === 'active') await readPaused(tx, region, id);
    return numUpdatedRows > 0n;
  });
  channels.forget();
  channels.onStored(region);
  return isFound;
}
