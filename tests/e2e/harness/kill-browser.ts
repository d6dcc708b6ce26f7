import { execFileSync } from 'node:child_process';
import type { BrowserContext } from 'playwright-core';
import { gone } from './server.ts';

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): readonly Listed[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }).split('\n');
  return lines.flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return found === null
      ? []
      : [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }];
  });
}

/** The browser of a profile folder with everything it started, itself first. */
export function browserTree(profile: string): readonly number[] {
  const all = processes();
  const tree = all
    .filter(({ command }) => command.includes(`--user-data-dir=${profile}`))
    .map(({ pid }) => pid);
  for (const pid of tree)
    tree.push(
      ...all.filter((entry) => entry.parent === pid && !tree.includes(entry.pid)).map((entry) => entry.pid),
    );
  return tree;
}

/**
 * Ends the whole browser of a profile at this moment, as a power button would: no process of it gets to do
 * anything more.
 */
export async function killBrowser(context: BrowserContext, profile: string): Promise<void> {
  const tree = browserTree(profile);
  if (tree.length === 0) throw new Error(`No browser runs on ${profile}`);
  // The list was taken a moment ago; one that has ended meanwhile is as dead as it should be.
  for (const pid of tree) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue;
    }
  }
  for (const pid of tree) await gone(pid);
  await context.close().catch(() => undefined);
}
