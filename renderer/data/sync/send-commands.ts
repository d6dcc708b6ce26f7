import type { Envelope, PushResponse } from '#shared/protocol/envelope.ts';
import { NEWEST_PROTOCOL } from '#shared/protocol/version.ts';
import type { Answer } from './failure.ts';
import type { SyncPorts } from './ports.ts';

/** Sends commands for a database that knows what this copy has seen; any other one decides nothing. */
export async function sendCommands(
  ports: SyncPorts,
  clientId: string,
  commands: Envelope[],
): Promise<Answer<PushResponse>> {
  const { epoch, cursor, mark = null } = await ports.store.meta();
  const seen = epoch === null ? {} : { seen: { epoch, cursor, mark } };
  return ports.transport.push({ protocol: NEWEST_PROTOCOL, clientId, ...seen, commands });
}
