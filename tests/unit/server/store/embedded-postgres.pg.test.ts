import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { isAlive } from '#server/process/process-identity.ts';
import { openEmbedded, type EmbeddedPostgres } from '#server/store/embedded/embedded-postgres.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const dataDir = temporaryFolder('embedded');
const open = () => openEmbedded({ dataDir });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 4000; tries += 1) {
    if (await isTrue()) return;
    await sleep(50);
  }
  throw new Error('It did not come to that');
}

async function openInChild(): Promise<{ child: ChildProcess; postgres: number }> {
  const script = fileURLToPath(new URL('../../../helpers/open-embedded-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(must(child.stdout, 'stdout is piped'), 'data');
  return { child, postgres: Number(line) };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

describe('the embedded PostgreSQL', () => {
  it('is durable, listens on this machine only and wants its password, which only the owner of the folder can read', async () => {
    const opened = await open();
    expect(await ask(opened.ownerUrl, 'show fsync')).toBe('on');
    expect(await ask(opened.ownerUrl, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(opened.ownerUrl, 'show unix_socket_directories')).toBe('');
    expect(await ask(opened.ownerUrl, `select lower('ЁЖ')`)).toBe('ёж');
    const wrong = new URL(opened.ownerUrl);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
    await opened.stop();
    expect(isAlive(opened.pid())).toBe(false);
  });

  it('is joined by a second user and stopped by the last one', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    expect(second.pid()).toBe(first.pid());
    await first.stop();
    expect(await ask(second.ownerUrl, 'select 1')).toBe(1);
    await second.stop();
    expect(isAlive(second.pid())).toBe(false);
  });

  it('stops with the process that uses it, when that is asked to end', async () => {
    const { child, postgres } = await openInChild();
    await kill(child, 'SIGTERM');
    await until(() => !isAlive(postgres));
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8').trimEnd()).toMatch(
      /database system is shut down$/,
    );
  });

  it('outlives a killed process and is joined at the next start', async () => {
    const { child, postgres } = await openInChild();
    await kill(child, 'SIGKILL');
    const next = await open();
    expect(next.pid()).toBe(postgres);
    await next.stop();
    expect(isAlive(postgres)).toBe(false);
  });

  it('comes back under its users when it is killed, with everything that was committed', async () => {
    const opened = await open();
    await ask(opened.ownerUrl, 'create table kept (a int)');
    await ask(opened.ownerUrl, 'insert into kept values (7)');
    const before = opened.pid();
    process.kill(before, 'SIGKILL');
    await until(() => opened.pid() !== before);
    expect(await ask(opened.ownerUrl, 'select a from kept')).toBe(7);
    await opened.stop();
  });

  it('starts over a stale postmaster.pid, also when the number now belongs to another program', async () => {
    for (const pid of [999_999_999, process.pid]) {
      const stale = `${pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n\nready\n`;
      writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), stale);
      const opened = await open();
      expect(await ask(opened.ownerUrl, 'select 1')).toBe(1);
      await opened.stop();
    }
  });

  it('moves to another port when its own was taken meanwhile', async () => {
    const { port } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const opened = await open();
    expect(new URL(opened.ownerUrl).port).not.toBe(String(port));
    expect(await ask(opened.ownerUrl, 'select 1')).toBe(1);
    await opened.stop();
    squatter.close();
  });

  it('is made anew when the first start was interrupted', async () => {
    const folder = temporaryFolder('embedded');
    mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true });
    let opened: EmbeddedPostgres | null = null;
    try {
      opened = await openEmbedded({ dataDir: folder });
      expect(await ask(opened.ownerUrl, 'select 1')).toBe(1);
    } finally {
      await opened?.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('says plainly when a file is in the way of the folder', async () => {
    const file = join(dataDir, 'postgres.json');
    await expect(openEmbedded({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      name: 'StartupError',
      kind: 'not_permitted',
    });
  });
});
