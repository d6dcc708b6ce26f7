import { StartupError, errorCode } from '#server/process/startup-error.ts';
import type { Api } from './api.ts';

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly isPortFixed: boolean;
}

const TRIES = 20;

/** The address a person on this machine opens. */
function addressOf(api: Api, host: string): string {
  const address = api.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  return `http://${isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Starts listening and gives the address to show. A taken port is refused when it was asked for; the default
 * moves on.
 */
export async function listen(api: Api, options: ListenOptions, say: (line: string) => void): Promise<string> {
  const { host, port, isPortFixed } = options;
  for (let at = port; ; at += 1) {
    try {
      await api.listen({ host, port: at });
      return addressOf(api, host);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EACCES') {
        throw new StartupError(
          'not_permitted',
          `Port ${at} may not be used by this user.`,
          'Give a port above 1023: --port N.',
          error,
        );
      }
      if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
        throw new StartupError(
          'bad_arguments',
          `${host} is not an address of this machine.`,
          'Correct HOST, or leave it out.',
          error,
        );
      }
      if (code !== 'EADDRINUSE') throw error;
      if (isPortFixed || at >= port + TRIES) {
        throw new StartupError(
          'port_taken',
          `Port ${at} is taken by another program.`,
          'Stop that program, or give another port: --port N.',
          error,
        );
      }
      say(`Port ${at} is taken by another program; trying ${at + 1}. To choose one yourself: --port N.`);
    }
  }
}
