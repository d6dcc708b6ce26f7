// `npm run package`: packages for this system, into dist/packages. Needs Electron's binary, which
// electron-builder downloads. `npm run package -- --check`: everything about a package that can be known
// without that binary.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { judgeContents, readArchive } from './package/check-contents.ts';
import { stage, stageApp } from './package/stage-app.ts';
import { validateConfig } from './package/validate-config.ts';
import { root } from './paths.ts';
import { runNode } from './run-node.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function check(): Promise<boolean> {
  await validateConfig();
  say('ok   the configuration is what electron-builder asks for');
  const archive = join(root, 'dist', 'app.asar');
  await createPackage(stage, archive);
  const files = readArchive(archive);
  const wrong = judgeContents(files);
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  say(`${wrong.length === 0 ? 'ok  ' : 'FAIL'} the archive: ${files.length} files, ${size} bytes`);
  wrong.forEach((line) => say(`     ${line}`));
  rmSync(archive);
  const tests = ['tests/unit/electron/fuses.test.ts', 'tests/e2e/packed-shell.e2e.test.ts'];
  const { code } = await runNode([join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...tests], {
    catchOutput: false,
  });
  say(`${code === 0 ? 'ok  ' : 'FAIL'} the fuses on a crafted file; the packed application in the test host`);
  return wrong.length === 0 && code === 0;
}

await stageApp();
const args = process.argv.slice(2);
if (args[0] === '--check') {
  process.exitCode = (await check()) ? 0 : 1;
} else {
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const { code } = await runNode([builder, '--projectDir', root, '--publish', 'never', ...args], {
    catchOutput: false,
  });
  process.exitCode = code;
}
