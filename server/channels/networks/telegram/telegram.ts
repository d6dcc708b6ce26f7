import type { NetworkConnector } from '#server/channels/networks/connector.ts';
import { catchUpTelegram, checkTelegram, subscribeTelegram } from './check.ts';
import { lookUpTelegram } from './look-up.ts';
import { photoOfTelegram } from './photos.ts';
import { pollTelegram } from './poll.ts';
import { readTelegram } from './read.ts';
import { receiveTelegram } from './receive.ts';
import { sendTelegram } from './send.ts';
import { telegramTrouble } from './trouble.ts';

/**
 * Telegram's Bot API: getUpdates or a webhook in, sendMessage out. It knows no repeats and gives no history
 * to look back in.
 */
export const telegram: NetworkConnector = {
  knowsRepeats: false,
  receive: receiveTelegram,
  poll: pollTelegram,
  subscribe: subscribeTelegram,
  read: readTelegram,
  catchUp: catchUpTelegram,
  send: sendTelegram,
  lookUp: lookUpTelegram,
  photo: photoOfTelegram,
  troubleOf: telegramTrouble,
  check: checkTelegram,
};
