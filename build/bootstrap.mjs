// Stands behind every npm script. Plain JavaScript, because it runs on whatever Node the machine has (20 or
// newer) before anything is installed: installs what is missing, then runs the given script under the
// project's own Node. Speaks on standard error only: a command's standard output belongs to the command.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.pult-installed');
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * The mark of the right packages: the hash of the lock, and the machine they were built
 * for.
 */
function wantedStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch}\n`;
}

/** After `npm install` by hand there is no stamp, yet all is there: npm's own record of the folder tells. */
function isInstalledByHand() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.keys(wanted).every(
    (path) => path === '' || wanted[path].optional || present[path]?.version === wanted[path].version,
  );
}

function isInstalled() {
  if (!existsSync(ownNode)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedStamp()) return true;
  if (!isInstalledByHand()) return false;
  writeFileSync(stamp, wantedStamp());
  return true;
}

/** @returns {Promise<number>} npm's exit code */
function runNpmInstall() {
  return new Promise((done) => {
    // Only errors: the packages want a newer Node than the one that installs them, and they get it.
    const npm = spawn('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    npm.stdout.pipe(process.stderr);
    npm.on('error', (error) => {
      say(`npm did not start: ${error.message}`);
      done(127);
    });
    npm.on('close', (code) => done(code ?? 1));
  });
}

async function install() {
  say('Installing packages (once, about a minute)…');
  rmSync(stamp, { force: true });
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const progress = setInterval(() => say(`  still installing, ${seconds()} s`), 10_000);
  const code = await runNpmInstall();
  clearInterval(progress);
  if (code !== 0) {
    say('Packages were not installed. Is the npm registry within reach, and is there room on the disk?');
    process.exit(code);
  }
  if (!existsSync(ownNode)) {
    say(`npm finished, but ${ownNode} is missing: are install scripts forbidden on this machine?`);
    process.exit(1);
  }
  writeFileSync(stamp, wantedStamp());
  say(`Packages are installed (${seconds()} s).`);
}

/** @param {string} script @param {string[]} args */
function run(script, args) {
  const path = join(root, script);
  if (!existsSync(path)) {
    say(`There is no ${script} here.`);
    process.exit(1);
  }
  const child = spawn(ownNode, [path, ...args], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to the whole group by itself; a supervisor signals only this process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  // npm, told to stop, kills the shell between us and itself, and the shell tells nobody: notice that it is
  // gone.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      child.kill('SIGTERM');
    }, 250);
  }
  child.on('error', (error) => {
    say(`Node did not start: ${error.message}`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  say('usage: node build/bootstrap.mjs SCRIPT [ARGUMENT…]');
  process.exit(2);
}
if (!isInstalled()) await install();
run(script, args);
