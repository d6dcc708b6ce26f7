import { startHost, type HostStart, type RunningHost } from '#tests/electron-host/start-host.ts';
import type { TestConsole } from './test-console.ts';
import { PATIENCE_MS } from './until.ts';
import { wordsOf } from './words.ts';

/** The console in the shell, in the test host. */
export interface ShellConsole extends TestConsole {
  readonly host: RunningHost;
}

/** Starts the shell and gives its window as the console other tests know. */
export async function openShell(start: HostStart = {}): Promise<ShellConsole> {
  const host = await startHost(start);
  const { page } = host;
  page.setDefaultTimeout(PATIENCE_MS);
  return {
    host,
    page,
    context: page.context(),
    t: wordsOf('ru'),
    troubles: [],
    close: () => host.stop(),
  };
}
