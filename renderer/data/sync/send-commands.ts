import type { Envelope, PushResponse } from '#shared/protocol/envelope.ts';
import { NEWEST_PROTOCOL } from '#shared/protocol/version.ts';
import type { Answer } from './failure.ts';
import type { SyncPorts } from './ports.ts';
import { seenOf } from './seen.ts';

/** Sends commands for a database that knows what this copy has seen; any other one decides nothing. */
export async function sendCommands(
  ports: SyncPorts,
  clientId: string,
  commands: Envelope[],
): Promise<Answer<PushResponse>> {
  const seen = seenOf(await ports.store.meta());
  const place = seen === null ? {} : { seen };
  return ports.transport.push({ protocol: NEWEST_PROTOCOL, clientId, ...place, commands });
}
