import { z } from 'zod';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { callVk, VK_VERSION, VkError } from './call.ts';
import { isOld, missingOf, turnedOn, WANTED_VK_EVENTS } from './events.ts';
import { id } from './objects.ts';

/** Names us in VK's list of servers, which holds ten; 14 characters at most. */
const TITLE = 'Pult';
/** The token may not, or the list is full: `check` says what is to be done by hand. */
const NOT_OURS = new Set([7, 15, 27, 100, 203, 2000]);

const serversSchema = z.looseObject({
  items: z.array(z.looseObject({ id, url: z.string(), status: z.string() })),
});
const settingsSchema = z.looseObject({
  api_version: z.string().default(''),
  events: z.record(z.string(), z.unknown()).default({}),
});
const addedSchema = z.looseObject({ server_id: id });

/** Our entry in VK's list of callback servers. */
export async function ourServer(page: Page, pace: TokenPace) {
  const group = { group_id: page.pageId };
  const servers = await callVk(page, 'community', 'groups.getCallbackServers', group, pace);
  return serversSchema.parse(servers).items.find(({ url }) => url.includes(page.id));
}

/** Which events VK calls that entry with, and in what form. */
export async function settingsOf(page: Page, server: string, pace: TokenPace) {
  const params = { group_id: page.pageId, server_id: server };
  return settingsSchema.parse(await callVk(page, 'community', 'groups.getCallbackSettings', params, pace));
}

/**
 * Adds our address, or has a stale or failing one confirmed anew: VK asks for the confirmation at once. Gives
 * the entry's number.
 */
async function place(page: Page, callback: string, pace: TokenPace): Promise<string> {
  const ours = await ourServer(page, pace);
  const entry = {
    group_id: page.pageId,
    url: callback,
    title: TITLE,
    secret_key: page.secrets.secret,
  };
  if (ours === undefined) {
    const added = await callVk(page, 'community', 'groups.addCallbackServer', entry, pace);
    return addedSchema.parse(added).server_id;
  }
  if (ours.url !== callback || ours.status === 'failed')
    await callVk(page, 'community', 'groups.editCallbackServer', { ...entry, server_id: ours.id }, pace);
  return ours.id;
}

async function setUp(page: Page, callback: string, pace: TokenPace): Promise<void> {
  const server = await place(page, callback, pace);
  const { api_version: version, events } = await settingsOf(page, server, pace);
  const off = missingOf(WANTED_VK_EVENTS, events);
  if (off.length === 0 && !isOld(version)) return;
  const params = {
    group_id: page.pageId,
    server_id: server,
    api_version: isOld(version) ? VK_VERSION : version,
    ...turnedOn(off),
  };
  await callVk(page, 'community', 'groups.setCallbackSettings', params, pace);
}

/**
 * Has VK call this address with all that we read. Where the token may not do so, a person does it by what
 * `check` says.
 */
export async function subscribeVk(page: Page, callback: string, pace: TokenPace): Promise<void> {
  try {
    await setUp(page, callback, pace);
  } catch (error) {
    if (!(error instanceof VkError) || !NOT_OURS.has(error.code)) throw error;
  }
}
