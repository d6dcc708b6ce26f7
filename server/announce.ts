import { existsSync } from 'node:fs';
import { demoAccountsPath } from './demo/demo-accounts.ts';
import type { ServerOptions } from './options.ts';

/** This API speaks no TLS itself, so where people come by https somebody else does it for us. */
const isProxyUntrusted = ({
  publicUrl,
  trustProxy,
}: Pick<ServerOptions, 'publicUrl' | 'trustProxy'>): boolean =>
  publicUrl !== null && publicUrl.startsWith('https:') && trustProxy === null;

/**
 * Says at the end of a start, where a person looks: the address (on standard output, for programs), the
 * logins, what is set up wrongly, how to stop.
 */
export function announceStart(
  url: string,
  options: Pick<ServerOptions, 'dataDir' | 'publicUrl' | 'trustProxy'>,
  say: (line: string) => void,
): void {
  process.stdout.write(`Pult is ready: ${url}\n`);
  const accounts = demoAccountsPath(options.dataDir);
  if (existsSync(accounts)) say(`Logins and passwords of the demo region: ${accounts}`);
  if (isProxyUntrusted(options))
    say(
      'PUBLIC_URL is https, so a proxy stands before this API; without its address in TRUST_PROXY ' +
        'everybody counts as one.',
    );
  say('To stop: Ctrl+C');
}
