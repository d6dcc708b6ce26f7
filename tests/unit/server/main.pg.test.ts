import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '#server/options.ts';
import { isAlive } from '#server/process/process-identity.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const dataDir = temporaryFolder('main');
afterAll(() => rmSync(dataDir, { recursive: true }));

interface Run {
  readonly ended: Promise<number | null>;
  readonly out: () => string;
  readonly err: () => string;
  kill(signal: NodeJS.Signals): void;
}

function run(script: string, ...args: readonly string[]): Run {
  const env = { ...process.env, DATABASE_URL: '', PORT: '', DEMO_MONTHS: '2022-01' };
  const child = spawn(process.execPath, [projectPath(script), ...args, '--data', dataDir], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { ended, out: () => out, err: () => err, kill: (signal) => void child.kill(signal) };
}

async function urlOf(server: Run): Promise<string> {
  // As long as it runs: a slow machine is no failure.
  let hasEnded = false;
  void server.ended.then(() => (hasEnded = true));
  while (!hasEnded) {
    const url = /^Pult is ready: (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(server.out())?.[1];
    if (url !== undefined) return url;
    await sleep(50);
  }
  throw new Error(`The server did not get ready: ${server.err()}`);
}

const postgresPid = () =>
  Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
const start = (port = '0') => run('server/main.ts', '--no-open', '--port', port);

describe('the central API as a process', () => {
  it('starts, refuses a second one on its folder, serves commands beside it, and stops in order on SIGTERM', async () => {
    const server = start();
    const url = await urlOf(server);
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.err()).toMatch(/^Pult already runs on .+ \(process \d+\)\.\nOpen that one/);
    expect(second.out()).toBe('');

    const command = run('server/cli/region.ts', 'list');
    expect(await command.ended).toBe(0);
    expect(JSON.parse(command.out())).toEqual({ regions: ['eao'] });

    const postgres = postgresPid();
    process.kill(postgres, 'SIGKILL');
    const seen = new Set<number>();
    for (let tries = 0; tries < 4000 && !(seen.has(503) && seen.has(200)); tries += 1) {
      const { status } = await fetch(`${url}/readyz`);
      if (status !== 200 || seen.has(503)) seen.add(status);
      await sleep(30);
    }
    expect([...seen]).toEqual([503, 200]);

    const last = postgresPid();
    server.kill('SIGTERM');
    expect(await server.ended).toBe(143);
    expect(isAlive(last)).toBe(false);
  });

  it('takes over what a killed one left: its lock and its PostgreSQL', async () => {
    const killed = start();
    await urlOf(killed);
    const postgres = postgresPid();
    killed.kill('SIGKILL');
    await killed.ended;
    const next = start();
    await urlOf(next);
    expect(postgresPid()).toBe(postgres);

    const port = new URL(await urlOf(next)).port;
    writeFileSync(join(dataDir, 'api.lock'), '');
    const rival = start(port);
    expect(await rival.ended).toBe(1);
    expect(rival.err()).toContain(
      `Port ${port} is taken by another program.\nStop that program, or give another port: --port N.`,
    );
    next.kill('SIGINT');
    expect(await next.ended).toBe(130);
    expect(isAlive(postgres)).toBe(false);
  });

  it.each([[['--port', 'seven']], [['--port', '70000']], [['--colour']]])(
    '%j is refused in words',
    async (args) => {
      const server = run('server/main.ts', ...args);
      expect(await server.ended).toBe(1);
      expect(server.err().split('\n').length).toBe(3);
      expect(server.err()).not.toContain('    at ');
    },
  );
});
