import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { FoundMessage, LookUpFailure } from '#shared/protocol/look-up.ts';
import type { IncomingMessage } from './connector.ts';

/** A message as the form of registering by hand fills itself with it. */
export const foundMessage = ({ text, at, author, hasMedia }: IncomingMessage): FoundMessage => ({
  text,
  at: at ?? Date.now(),
  author,
  hasMedia,
});

/**
 * Why a message cannot be read, by what is wrong with the page it was asked with; nothing wrong: there is no
 * message.
 */
export function lookUpFailure(trouble: ChannelProblem | null): LookUpFailure {
  switch (trouble?.kind) {
    case undefined:
      return 'not_found';
    case 'limit_reached':
      return 'limit_reached';
    case 'unreachable':
    case 'unknown_root':
      return 'unreachable';
    default:
      return 'no_rights';
  }
}
