import type { ChannelNetwork } from '#shared/protocol/channels.ts';
import type { NetworkConnector } from './connector.ts';
import { max } from './max/max.ts';
import { ok } from './ok/ok.ts';
import { telegram } from './telegram/telegram.ts';
import { vk } from './vk/vk.ts';

/** Connectors by the name of their network, as a page's row has it. */
export type Connectors = Readonly<Record<string, NetworkConnector>>;

/** The networks that this program speaks with. */
export const CONNECTORS = { vk, max, telegram, ok } as const satisfies Record<
  ChannelNetwork,
  NetworkConnector
>;
