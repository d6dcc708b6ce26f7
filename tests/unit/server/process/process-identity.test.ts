import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { identityOf, isAlive, isStillRunning } from '#server/process/process-identity.ts';

it('knows itself, and nobody by a number that was never given', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isStillRunning(identityOf())).toBe(true);
  expect(isAlive(999_999_999)).toBe(false);
});

it('takes a process that has ended for dead, although its parent never asks how', async () => {
  // The shell becomes a program that knows nothing of the child it was given.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [said] = await once(parent.stdout, 'data');
    const child = Number(said);
    // Only Linux tells.
    const isTold = process.platform === 'linux';
    for (let tries = 0; tries < 5000 && isAlive(child) === isTold; tries += 1) await sleep(20);
    expect(process.kill(child, 0)).toBe(true);
    expect(isAlive(child)).toBe(!isTold);
  } finally {
    parent.kill('SIGKILL');
  }
});
