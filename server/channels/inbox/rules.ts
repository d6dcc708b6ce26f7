import { MESSAGE_CHOICES, type ChannelRules, type MessageChoice } from '#shared/protocol/channels.ts';
import { tokenise } from '#shared/text/tokens.ts';
import { trimSignsEnd } from '#shared/text/trim-signs.ts';
import type { IncomingMessage } from '#server/channels/networks/connector.ts';

/** Rules that say which messages of a page enter the queue. */
export interface Judge {
  /** Words of which a message must hold one; none: every message passes. */
  readonly watch: readonly string[];
  readonly rules: ChannelRules;
}

/** Why a message stays out of the queue, as the log names it; null when it enters. */
export function reasonToLog({ watch, rules }: Judge, message: IncomingMessage): string | null {
  const choice = choiceOf(message);
  if (choice !== null && rules.off.includes(choice)) return `kind_off:${choice}`;
  if (rules.ignore.some((address) => isSameAddress(address, message.author.url))) return 'ignored_author';
  const stop = stopWordIn(message.text, rules.stop);
  if (stop !== null) return `stop_word:${stop}`;
  return isWatched(watch, message) ? null : 'no_watch_word';
}

const choiceOf = ({ messageKind, isSuggested }: IncomingMessage): MessageChoice | null =>
  isSuggested === true ? 'suggested' : (MESSAGE_CHOICES.find((choice) => choice === messageKind) ?? null);

/**
 * Part of a word is enough: in doubt a message enters the queue. Who writes to the page itself always means
 * it.
 */
const isWatched = (watch: readonly string[], { text, messageKind }: IncomingMessage): boolean =>
  watch.length === 0 ||
  messageKind === 'direct' ||
  watch.some((word) => text.toLowerCase().includes(word.toLowerCase()));

/**
 * Whole words in any form, one after another: «бот» is not found in «работает». In doubt a message enters the
 * queue.
 */
function stopWordIn(text: string, stop: readonly string[]): string | null {
  if (stop.length === 0) return null;
  const stems = ` ${stemsOf(text)} `;
  return stop.find((phrase) => stemsOf(phrase) !== '' && stems.includes(` ${stemsOf(phrase)} `)) ?? null;
}

const stemsOf = (text: string): string =>
  tokenise(text)
    .map(({ stem }) => stem)
    .join(' ');

/** An address as people paste it: with or without the scheme, `www.`, `m.` and the last slash. */
const plain = (address: string): string =>
  trimSignsEnd(
    address
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^(?:www|m)\./, ''),
    (sign) => sign === '/',
  );

const isSameAddress = (rule: string, author: string): boolean =>
  author !== '' && plain(rule) === plain(author);
