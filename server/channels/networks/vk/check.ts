import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { callVk } from './call.ts';
import { isOld, missingOf, NEEDED_VK_EVENTS } from './events.ts';
import { vkTrouble } from './send.ts';
import { ourServer, settingsOf } from './subscribe.ts';

const pollSchema = z.looseObject({
  is_enabled: z.boolean(),
  api_version: z.string(),
  events: z.record(z.string(), z.unknown()),
});

const codeSchema = z.looseObject({ code: z.string() });

/** Problems of the community's switches, whichever way its events come. */
function lacking(version: string, events: Readonly<Record<string, unknown>>): ChannelProblem[] {
  const off = missingOf(NEEDED_VK_EVENTS, events);
  return [
    ...(isOld(version) ? [{ kind: 'old_version' as const, detail: version }] : []),
    ...(off.length === 0 ? [] : [{ kind: 'events_off' as const, detail: off.join(', ') }]),
  ];
}

/**
 * VK asks for this string whenever our address is entered or confirmed anew, and changes it from time to
 * time.
 */
async function ofConfirmation(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const group = { group_id: page.pageId };
  const { code } = codeSchema.parse(
    await callVk(page, 'community', 'groups.getCallbackConfirmationCode', group, pace),
  );
  return code === page.secrets.confirmation ? [] : [{ kind: 'wrong_confirmation', detail: code }];
}

async function ofCallback(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const ours = await ourServer(page, pace);
  const confirmation = await ofConfirmation(page, pace);
  if (ours === undefined) return [{ kind: 'no_callback', detail: '' }, ...confirmation];
  const { api_version: version, events } = await settingsOf(page, ours.id, pace);
  return [
    ...confirmation,
    ...(ours.status === 'ok' ? [] : [{ kind: 'callback_failing' as const, detail: ours.status }]),
    ...lacking(version, events),
  ];
}

async function ofPolling(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const group = { group_id: page.pageId };
  const settings = pollSchema.parse(
    await callVk(page, 'community', 'groups.getLongPollSettings', group, pace),
  );
  if (!settings.is_enabled) return [{ kind: 'events_off', detail: 'Long Poll' }];
  return lacking(settings.api_version, settings.events);
}

/** Walks through rights and settings of a community. */
export async function checkVk(page: Page, pace: TokenPace): Promise<readonly ChannelProblem[]> {
  const missing: ChannelProblem[] =
    page.secrets.readToken === null ? [{ kind: 'no_read_token', detail: '' }] : [];
  const rest = page.reception === 'poll' ? ofPolling : ofCallback;
  try {
    return [...missing, ...(await rest(page, pace))];
  } catch (error) {
    return [...missing, vkTrouble(error) ?? { kind: 'no_rights', detail: '' }];
  }
}
