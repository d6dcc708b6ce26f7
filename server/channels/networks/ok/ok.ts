import type { NetworkConnector } from '#server/channels/networks/connector.ts';
import { catchUpOk } from './catch-up.ts';
import { pollOk } from './chats.ts';
import { lookUpOk } from './look-up.ts';
import { readOk } from './read.ts';
import { receiveOk } from './receive.ts';
import { findOk, sendOk, okTrouble } from './send.ts';
import { checkOk, subscribeOk } from './subscription.ts';

/**
 * Odnoklassniki: the group's chats by webhook or asking the Graph API, comments under its topics by asking
 * the REST API.
 */
export const ok: NetworkConnector = {
  knowsRepeats: false,
  receive: receiveOk,
  poll: pollOk,
  subscribe: subscribeOk,
  read: readOk,
  catchUp: catchUpOk,
  send: sendOk,
  find: findOk,
  lookUp: lookUpOk,
  troubleOf: okTrouble,
  check: checkOk,
};
