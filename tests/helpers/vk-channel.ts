import { newChannelSchema, type NewChannel } from '#shared/protocol/channels.ts';
import type { Page } from '#server/channels/networks/connector.ts';

export const VK_GROUP = 777;
export const VK_TOKENS = { communityToken: 'vk1.community-token', readToken: 'vk1.reading-token' };
export const VK_SECRET = 'a-secret-of-ours';
export const VK_CONFIRMATION = 'c0nf1rm';

/** A page of VK as the API knows it, without a database. */
export const vkChannel = (change: Partial<Page> = {}): Page =>
  ({
    region: 'eao',
    id: '00000000-0000-7000-8000-000000000777',
    network: 'vk',
    name: 'ЦУР',
    baseUrl: 'http://127.0.0.1:1',
    certificate: null,
    pageId: String(VK_GROUP),
    watch: [],
    active: true,
    reception: 'callback',
    secrets: {
      token: VK_TOKENS.communityToken,
      readToken: VK_TOKENS.readToken,
      secret: VK_SECRET,
      confirmation: VK_CONFIRMATION,
    },
    ...change,
  }) as Page;

/** The same page as an administrator adds it. */
export const freshVk = (change: Pick<NewChannel, 'baseUrl'> & Partial<NewChannel>): NewChannel =>
  newChannelSchema.parse({
    network: 'vk',
    name: 'ЦУР',
    pageId: String(VK_GROUP),
    token: VK_TOKENS.communityToken,
    readToken: VK_TOKENS.readToken,
    secret: VK_SECRET,
    confirmation: VK_CONFIRMATION,
    ...change,
  });
