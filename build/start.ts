// `npm start`: the console built if need be, then the central API with everything it needs, and the console
// in Electron or a browser.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureConsoleBuilt } from './build-console.ts';
import { ensureShellBuilt } from './build-shell.ts';
import { findElectron, type FoundElectron } from './find-electron.ts';
import { root } from './paths.ts';
import { runNode } from './run-node.ts';
import { tellFailure } from './tell-failure.ts';
import { parseStart } from './start-options.ts';

const serverScript = join(root, 'server', 'main.ts');

/** A workstation of its own for this checkout: it knows the server that was just started. */
function openElectron(electron: string, url: string): void {
  const profile = join(root, '.data', 'shell');
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ form: 1, apiAddresses: [url] }));
  const main = join(root, 'dist', 'electron', 'main.js');
  const child = spawn(electron, [main, `--user-data-dir=${profile}`], { stdio: 'inherit' });
  child.on('error', ({ message }) =>
    process.stderr.write(`Electron did not start: ${message}. The console is at ${url} in any browser.\n`),
  );
}

/** Starts the server without a browser, passes on what it says, and opens Electron once it serves. */
async function serveAndOpen(electron: string, args: readonly string[]): Promise<number> {
  const server = spawn(process.execPath, [serverScript, '--with-console', '--no-open', ...args], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
    });
  let output = '';
  let isOpen = false;
  server.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString();
    const url = /Pult is ready: (\S+)\n/.exec(output)?.[1];
    if (url === undefined || isOpen) return;
    isOpen = true;
    openElectron(electron, url);
  });
  return new Promise((done) => server.on('close', (code) => done(code ?? 1)));
}

/** Nobody asked for a window: no Electron is looked for. */
async function chooseElectron(shell: string, args: readonly string[]): Promise<FoundElectron | null> {
  if (shell === 'browser' || args.includes('--no-open')) return null;
  const { DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env;
  const hasDisplay = process.platform !== 'linux' || DISPLAY !== '' || WAYLAND_DISPLAY !== '';
  return hasDisplay ? findElectron() : { kind: 'absent', why: 'there is no display' };
}

async function start(): Promise<number> {
  const { shell, serverArgs } = parseStart(process.argv.slice(2));
  await ensureConsoleBuilt();
  const electron = await chooseElectron(shell, serverArgs);
  if (electron?.kind === 'found') {
    await ensureShellBuilt();
    return serveAndOpen(electron.path, serverArgs);
  }
  if (electron !== null) {
    process.stderr.write(`Electron cannot be had here (${electron.why}).\n`);
    if (shell === 'electron') return 1;
    process.stderr.write('Opening the console in a browser instead.\n');
  }
  const { code } = await runNode([serverScript, '--with-console', ...serverArgs], { catchOutput: false });
  return code;
}

try {
  process.exitCode = await start();
} catch (error) {
  tellFailure(error, join(root, '.data', 'start.log'));
  process.exitCode = 2;
}
