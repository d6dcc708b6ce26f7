import { existsSync } from 'node:fs';
import { demoAccountsPath } from './demo/demo-accounts.ts';

/**
 * Says at the end of a start, where a person looks: the address (on standard output, for programs), the
 * logins, how to stop.
 */
export function announceStart(url: string, dataDir: string, say: (line: string) => void): void {
  process.stdout.write(`Pult is ready: ${url}\n`);
  const accounts = demoAccountsPath(dataDir);
  if (existsSync(accounts)) say(`Logins and passwords of the demo region: ${accounts}`);
  say('To stop: Ctrl+C');
}
