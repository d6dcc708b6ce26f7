import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { identityOf, isAlive, isStillRunning } from '#server/process/process-identity.ts';

it('knows itself, and nobody by a number that was never given', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isStillRunning(identityOf())).toBe(true);
  expect(isAlive(999_999_999)).toBe(false);
});

/** Only Linux tells. */
const isTold = process.platform === 'linux';

const nameOf = (pid: number | undefined): string =>
  isTold ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim() : 'sleep';

it('takes a process that has ended for dead, although its parent never asks how', async () => {
  // The shell becomes a program that knows nothing of the child it was given. The child ends with its input:
  // a shell that has not become the other yet would ask.
  const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 30 3<&-'], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  try {
    const [said] = await once(parent.stdout as Readable, 'data');
    const child = Number(said);
    for (let tries = 0; tries < 5000 && nameOf(parent.pid) !== 'sleep'; tries += 1) await sleep(20);
    (parent.stdio[3] as Writable).end();
    for (let tries = 0; tries < 5000 && isAlive(child) === isTold; tries += 1) await sleep(20);
    expect(process.kill(child, 0)).toBe(true);
    expect(isAlive(child)).toBe(!isTold);
  } finally {
    parent.kill('SIGKILL');
  }
});
