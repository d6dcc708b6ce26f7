import type { Envelope } from '#shared/protocol/envelope.ts';
import type { PendingCommand } from './sync-store.ts';

const NAME = /^unreadable@(\d+)$/;

/**
 * Makes the envelope sent in place of a command the API could not even read. It keeps the id and the seq, so
 * that the count stays gapless and the API records that there was such a command; its name is one nobody
 * knows, so it is refused by name like any other. The refusal comes back through the feed, and then the
 * person sees what he typed. `status` is what the API had said to the original.
 */
export const standIn = (item: PendingCommand, status: number): Envelope => ({
  ...withoutAgain(envelopeOf(item)),
  name: `unreadable@${status}`,
  args: null,
  at: Number.isFinite(item.at) ? item.at : 0,
});

/** The name of the envelope that takes a command back; nobody knows it, so it is refused by name. */
export const WITHDRAWN = 'withdrawn@1';

/** Makes the envelope that tells the API that nothing is to come of this command. */
export const withdrawal = (item: PendingCommand): Envelope => ({ ...standIn(item, 0), name: WITHDRAWN });

/** Nobody will ever decide it, so there is nothing to wait for. */
const withoutAgain = ({ again: _again, ...envelope }: Envelope): Envelope => envelope;

/** The HTTP status in a stand-in's name, or null for any other name. */
export function readStandIn(name: string): number | null {
  const match = NAME.exec(name);
  return match === null ? null : Number(match[1]);
}

/** A command as it goes over the wire. */
export const envelopeOf = ({
  id,
  seq,
  actor,
  incident,
  name,
  args,
  at,
  confirmed,
  baseVersion,
  again,
}: PendingCommand): Envelope => ({
  id,
  seq,
  actor,
  incident,
  name,
  args,
  at,
  ...(confirmed === undefined ? {} : { confirmed }),
  baseVersion,
  ...(again === undefined ? {} : { again }),
});
