// `npm run e2e -- --host browser|electron-host|electron [FILE…]`: the end-to-end suites where they can run,
// and a line that says where they did. `electron-host` is the test host and not Electron.
import { join } from 'node:path';
import { root } from './paths.ts';
import { runNode } from './run-node.ts';

/** Suites that open consoles by `openConsole` alone and so run on every host, and those of one host. */
const SUITES: Readonly<Record<string, readonly string[]>> = {
  browser: ['tests/e2e'],
  'electron-host': [
    'tests/e2e/main-job.e2e.test.ts',
    'tests/e2e/attachments.e2e.test.ts',
    'tests/e2e/shell.e2e.test.ts',
    'tests/e2e/packed-shell.e2e.test.ts',
  ],
  electron: ['tests/e2e/main-job.e2e.test.ts'],
};

const args = process.argv.slice(2);
const host = args[0] === '--host' ? args[1] : 'browser';
const suites = SUITES[host ?? ''];
if (suites === undefined) {
  process.stderr.write(`--host takes ${Object.keys(SUITES).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const files = args.slice(args[0] === '--host' ? 2 : 0);
  process.env['PULT_E2E_HOST'] = host;
  const { code } = await runNode(
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...(files.length > 0 ? files : suites)],
    { catchOutput: false },
  );
  process.stdout.write(
    `Host: ${host}. Not run: ${Object.keys(SUITES)
      .filter((argument) => argument !== host)
      .join(', ')}.\n`,
  );
  process.exitCode = code;
}
