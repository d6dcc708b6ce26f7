import { writeFileSync } from 'node:fs';
import { settingsText } from '#tests/electron-host/start-host.ts';
import { expectTruth, logIn } from '#tests/e2e/harness/console.ts';
import { openShell } from '#tests/e2e/harness/shell.ts';
import { median } from './goals.ts';
import { withFolder } from './system/cleaning.ts';
import { ROWS, TALL_SCREEN } from './system/first-visit.ts';
import { withServers } from './system/servers.ts';

const PATIENCE_MS = 600_000;

/**
 * Has the system forget what it read from the disk, as after switching the machine on. False where only the
 * system may.
 */
function forgetDisk(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}

/** From the start of the process to the first rows of the queue in the window, milliseconds. */
async function start(profile: string): Promise<number> {
  const from = performance.now();
  const shell = await openShell({ profile, viewport: TALL_SCREEN });
  await shell.page.waitForFunction(
    (rows) => document.querySelectorAll('#queue-rows [role="row"]').length >= rows,
    ROWS,
    { timeout: PATIENCE_MS },
  );
  const took = performance.now() - from;
  await shell.close();
  return took;
}

/**
 * Starts of the shell on a workstation whose copy of `incidents` is whole, in the test host and not in
 * Electron: cold (nothing of the disk in memory) and warm, in turn. The driver's own connecting is part of
 * both.
 */
export async function benchShellStart(incidents: number, repetitions: number): Promise<void> {
  await withServers(incidents, 1, async ({ apis }) => {
    const [api] = apis;
    if (api === undefined) return;
    await withFolder(async (profile) => {
      const first = await openShell({ profile, settings: settingsText(api.url), viewport: TALL_SCREEN });
      await logIn(first, api.account('operator'), PATIENCE_MS);
      await expectTruth(first, first.t('truth.live'), PATIENCE_MS);
      await first.close();
      const [cold, warm]: [number[], number[]] = [[], []];
      let isCold = true;
      for (let repetition = 0; repetition < repetitions; repetition += 1) {
        isCold = forgetDisk() && isCold;
        cold.push(await start(profile));
        warm.push(await start(profile));
      }
      process.stdout.write(
        `${incidents.toLocaleString('en-US')} incidents, start of the shell in the test host → ` +
          `${ROWS} rows: ` +
          `cold ${median(cold).toFixed(0)} ms${isCold ? '' : ' (the system kept its disk cache)'}, ` +
          `warm ${median(warm).toFixed(0)} ms\n`,
      );
    });
  });
}
