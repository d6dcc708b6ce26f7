import type { NetworkConnector } from '#server/channels/networks/connector.ts';
import { catchUpVk } from './catch-up.ts';
import { checkVk } from './check.ts';
import { lookUpVk } from './look-up.ts';
import { pollVk } from './poll.ts';
import { readVk } from './read.ts';
import { receiveVk } from './receive.ts';
import { sendVk, vkTrouble } from './send.ts';
import { subscribeVk } from './subscribe.ts';

/**
 * VKontakte: callbacks or Bots Long Poll in, wall.createComment and messages.send out, wall.getComments after
 * a gap.
 */
export const vk: NetworkConnector = {
  knowsRepeats: true,
  receive: receiveVk,
  poll: pollVk,
  subscribe: subscribeVk,
  read: readVk,
  catchUp: catchUpVk,
  send: sendVk,
  lookUp: lookUpVk,
  troubleOf: vkTrouble,
  check: checkVk,
};
