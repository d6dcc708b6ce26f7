import type { Instant } from '#shared/domain/instant.ts';
import type { Log } from '#electron/app/log.ts';
import type { Credentials, Ticket } from './credentials.ts';

/** The ticket in the memory of the main process. Pages never get it: see api/forward.ts. */
export interface TicketHolder {
  /** The token for an address, or null: a token is shown only to those it was given for. */
  tokenFor(address: string): string | null;
  take(ticket: Ticket): Promise<void>;
  drop(): void;
}

/** Begins with the ticket of the last start when it has not run out. */
export async function holdTicket(
  credentials: Credentials,
  now: () => Instant,
  log: Log,
): Promise<TicketHolder> {
  let held = await credentials.read();
  return {
    tokenFor: (address) =>
      held !== null && held.expiresAt > now() && held.addresses.includes(address) ? held.token : null,
    take: async (ticket) => {
      held = ticket;
      // A keychain that fails costs a login at the next start and nothing now.
      await credentials.keep(ticket).catch((error: unknown) => log.error('the session was not kept', error));
    },
    drop: () => {
      held = null;
      credentials.forget();
    },
  };
}
