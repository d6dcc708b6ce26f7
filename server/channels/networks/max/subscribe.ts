import { z } from 'zod';
import type { Page, TokenPace } from '#server/channels/networks/connector.ts';
import { callMax, type MaxCall } from './call.ts';
import { NEEDED_MAX_UPDATES, SERVICE_MAX_UPDATES, subscriptionsSchema } from './objects.ts';
import { AddressError, NotDone } from './trouble.ts';

export type Subscription = z.output<typeof subscriptionsSchema>['subscriptions'][number];

/** True when an address is this page's, at whatever host: the page's id stands in its path. */
export const isOfPage = ({ id }: Page, { url }: Subscription): boolean => url.includes(`/${id}/`);

/** Updates that a subscription leaves out; one without a list leaves out none. */
export const missingIn = ({ update_types: types }: Subscription): string[] =>
  types === null ? [] : NEEDED_MAX_UPDATES.filter((type) => !types.includes(type));

/** Where MAX sends a bot's updates now. */
export const subscriptionsOf = async (page: Page, pace: TokenPace): Promise<readonly Subscription[]> =>
  subscriptionsSchema.parse(await callMax(page, { method: 'GET', path: '/subscriptions' }, pace))
    .subscriptions;

/** Some refusals of MAX are a 200 that says so in its body. */
async function change(page: Page, call: MaxCall, pace: TokenPace): Promise<void> {
  const { success } = z.looseObject({ success: z.boolean() }).parse(await callMax(page, call, pace));
  if (!success) throw new NotDone(`${call.method} ${call.path}`);
}

/**
 * Subscribes the bot to our address when it is not: MAX ends a subscription whose calls fail for eight hours.
 * Subscriptions pile up, so this page's addresses of earlier days are ended; addresses of others are none of
 * our business, and `check` names them.
 */
export async function subscribeMax(page: Page, callback: string, pace: TokenPace): Promise<void> {
  const { protocol, port, origin } = new URL(callback);
  if (protocol !== 'https:' || port !== '') throw new AddressError(origin);
  const mine = (await subscriptionsOf(page, pace)).filter((subscription) => isOfPage(page, subscription));
  const isThere = mine.some(
    (subscription) => subscription.url === callback && missingIn(subscription).length === 0,
  );
  if (!isThere) {
    const body = {
      url: callback,
      secret: page.secrets.secret,
      update_types: [...NEEDED_MAX_UPDATES, ...SERVICE_MAX_UPDATES],
    };
    await change(page, { method: 'POST', path: '/subscriptions', body }, pace);
  }
  for (const { url } of mine.filter((subscription) => subscription.url !== callback))
    await change(page, { method: 'DELETE', path: '/subscriptions', query: { url } }, pace);
}
