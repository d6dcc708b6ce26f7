import type { NetworkConnector } from '#server/channels/networks/connector.ts';
import { catchUpMax } from './catch-up.ts';
import { checkMax } from './check.ts';
import { findMax } from './find.ts';
import { lookUpMax } from './look-up.ts';
import { pollMax } from './poll.ts';
import { readMax } from './read.ts';
import { receiveMax } from './receive.ts';
import { sendMax } from './send.ts';
import { subscribeMax } from './subscribe.ts';
import { maxTrouble } from './trouble.ts';

/**
 * MAX: a bot that administers the channel. Webhook or long polling in; comments and messages out, read back
 * when their end is unclear.
 */
export const max: NetworkConnector = {
  knowsRepeats: false,
  receive: receiveMax,
  poll: pollMax,
  subscribe: subscribeMax,
  read: readMax,
  catchUp: catchUpMax,
  send: sendMax,
  find: findMax,
  lookUp: lookUpMax,
  troubleOf: maxTrouble,
  check: checkMax,
};
