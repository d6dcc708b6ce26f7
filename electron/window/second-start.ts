import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the first start may take to show its window, ms: a busy machine is no failure. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 50;
const NAME = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const answerPath = (profile: string, name: string): string => join(profile, `second-${name}.heard`);

/** Data that a second start hands over besides its arguments: under which name it waits for an answer. */
export const secondStart = (): { readonly name: string } => ({ name: randomUUID() });

/**
 * Answers a second start that its wish was heard. Its data come from whoever can start a program, so the name
 * is looked at.
 */
export function answerSecond(profile: string, data: unknown): void {
  const name = typeof data === 'object' && data !== null && 'name' in data ? String(data.name) : '';
  if (!NAME.test(name)) return;
  try {
    writeFileSync(answerPath(profile, name), '', { flag: 'wx' });
  } catch {
    // A full disk; the other one will say that we do not answer.
  }
}

/** Waits until the first start has answered; false when it has not within the patience. */
export async function wasHeard(
  profile: string,
  { name }: { readonly name: string },
  patienceMs = PATIENCE_MS,
): Promise<boolean> {
  const path = answerPath(profile, name);
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(LOOK_MS)) {
    if (!existsSync(path)) continue;
    rmSync(path, { force: true });
    return true;
  }
  return false;
}
