import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#build/paths.ts';
import type { Goal } from '#tests/bench/goals.ts';
import { PEERS, arePeersInstalled, entryOf, installPeers } from './peers.ts';
import { runCandidate } from './run-candidate.ts';
import type { Run } from './run-candidate.ts';
import { serveBundles } from './serve-bundles.ts';
import { storeGoals } from './store-goals.ts';
import { tableOf } from './table.ts';

export interface BenchOptions {
  readonly sizes: readonly number[];
  readonly repetitions: number;
  /** Empty: ours, the two yardsticks, and every peer that is installed. */
  readonly candidates: readonly string[];
  /** Install the peers when they are not. */
  readonly peers: boolean;
}

const OWN = ['raw', 'dexie', 'pult'];

/** Answers that must agree between candidates, or one of them measured something else. */
const ANSWERS = ['first', 'reportSum', 'reportGroups', 'found'] as const;

/** Runs every candidate on every size, prints a table each, and gives how ours stands to its goals. */
export async function benchStores({
  sizes,
  repetitions,
  candidates,
  peers,
}: BenchOptions): Promise<readonly Goal[]> {
  if (peers || candidates.some((candidate) => (PEERS as readonly string[]).includes(candidate)))
    installPeers();
  const chosen = candidates.length > 0 ? candidates : [...OWN, ...(arePeersInstalled() ? PEERS : [])];
  for (const candidate of chosen)
    if (!existsSync(join(root, entryOf(candidate)))) throw new Error(`No candidate «${candidate}»`);
  const served = await serveBundles(
    [...chosen, ...(chosen.includes('pult') ? ['pult-worker', 'pult-inline'] : [])].map(entryOf),
  );
  const goals: Goal[] = [];
  try {
    for (const size of sizes) {
      const results = new Map<string, readonly Run[]>();
      for (const candidate of chosen) {
        const runs: Run[] = [];
        for (let repetition = 0; repetition < repetitions; repetition += 1)
          runs.push(await runCandidate(served, candidate, size));
        results.set(candidate, runs);
      }
      process.stdout.write(`\n${tableOf(size, results)}\n`);
      goals.push(...storeGoals(size, results));
      for (const complaint of disagreements(results)) process.stdout.write(`! ${complaint}\n`);
    }
    return goals;
  } finally {
    await served.close();
  }
}

function disagreements(results: ReadonlyMap<string, readonly Run[]>): string[] {
  const all = [...results].flatMap(([candidate, runs]) => runs.map((run) => ({ candidate, run })));
  const stale = all
    .filter(({ run }) => (run['stale'] ?? 0) > 0)
    .map(({ candidate }) => `${candidate}: an answer older than the update`);
  const different = ANSWERS.flatMap((name) => {
    const answers = new Map(
      all.flatMap(({ candidate, run }) => (run[name] === undefined ? [] : [[candidate, run[name]] as const])),
    );
    return new Set(answers.values()).size > 1
      ? [`${name} differs: ${[...answers].map(([key, value]) => `${key} ${value}`).join(', ')}`]
      : [];
  });
  return [...stale, ...different];
}
