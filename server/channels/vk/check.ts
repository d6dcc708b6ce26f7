import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Channel, Pace } from '#server/channels/network.ts';
import { callVk } from './call.ts';
import { id } from './objects.ts';
import { troubleOf } from './send.ts';

/** Events without which messages, edits or deletions would be missed. */
const NEEDED = [
  'wall_reply_new',
  'wall_reply_edit',
  'wall_reply_delete',
  'wall_post_new',
  'message_new',
  'message_edit',
];

const serversSchema = z.looseObject({
  items: z.array(z.looseObject({ id, url: z.string(), status: z.string() })),
});
const settingsSchema = z.looseObject({ api_version: z.string(), events: z.record(z.string(), z.unknown()) });

/** `message` objects have their present shape since 5.103. */
function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 5 || (major === 5 && minor < 103);
}

async function problemsOf(channel: Channel, pace: Pace): Promise<ChannelProblem[]> {
  const group = { group_id: channel.pageId };
  const servers = await callVk(channel, 'community', 'groups.getCallbackServers', group, pace);
  const ours = serversSchema.parse(servers).items.find(({ url }) => url.includes(channel.id));
  if (ours === undefined) return [{ kind: 'no_callback', detail: '' }];
  const params = { ...group, server_id: ours.id };
  const settings = settingsSchema.parse(
    await callVk(channel, 'community', 'groups.getCallbackSettings', params, pace),
  );
  const off = NEEDED.filter((name) => settings.events[name] !== 1);
  return [
    ...(ours.status === 'ok' ? [] : [{ kind: 'callback_failing' as const, detail: ours.status }]),
    ...(isOld(settings.api_version) ? [{ kind: 'old_version' as const, detail: settings.api_version }] : []),
    ...(off.length === 0 ? [] : [{ kind: 'events_off' as const, detail: off.join(', ') }]),
  ];
}

/** Walks through rights and settings of a community. */
export async function checkVk(channel: Channel, pace: Pace): Promise<readonly ChannelProblem[]> {
  const missing: ChannelProblem[] =
    channel.secrets.readToken === null ? [{ kind: 'no_read_token', detail: '' }] : [];
  try {
    return [...missing, ...(await problemsOf(channel, pace))];
  } catch (error) {
    return [...missing, troubleOf(error) ?? { kind: 'no_rights', detail: '' }];
  }
}
