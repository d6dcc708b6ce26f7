// `npm test`: everything that can be proved on this machine. The last line is `N passed, N failed`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.ts';
import { runNode } from './run-node.ts';
import { summarise } from './test-summary.ts';

function readReport(path: string): unknown {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
}

const SETPRIV = '/usr/bin/setpriv';

/**
 * Chromium raises its threads above all others wherever it may, as root may, and on two cores the servers of
 * the tests starve beside it: root gives up that right.
 */
const AT_USUAL_PRIORITY =
  process.getuid?.() === 0 && existsSync(SETPRIV)
    ? [SETPRIV, '--bounding-set=-sys_nice', '--inh-caps=-sys_nice']
    : [];

process.chdir(root);
const folder = mkdtempSync(join(tmpdir(), 'pult-test-report-'));
try {
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [vitest, 'run', '--passWithNoTests=false', ...reporters, ...process.argv.slice(2)];
  const { code } = await runNode(args, { catchOutput: false, under: AT_USUAL_PRIORITY });
  const summary = summarise(readReport(report), code);
  for (const reason of summary.reasons) process.stdout.write(`${reason}\n`);
  process.stdout.write(`${summary.passed} passed, ${summary.failed} failed\n`);
  process.exitCode = summary.failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
