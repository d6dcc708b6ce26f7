import type { NetworkConnector } from '#server/channels/network.ts';
import { catchUpVk } from './catch-up.ts';
import { checkVk } from './check.ts';
import { readVk } from './read.ts';
import { receiveVk } from './receive.ts';
import { sendVk, troubleOf } from './send.ts';

/** VKontakte: callbacks in, wall.createComment and messages.send out, wall.getComments after a gap. */
export const vk: NetworkConnector = {
  knowsRepeats: true,
  receive: receiveVk,
  read: readVk,
  catchUp: catchUpVk,
  send: sendVk,
  troubleOf,
  check: checkVk,
};
