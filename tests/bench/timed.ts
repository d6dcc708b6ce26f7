import { performance } from 'node:perf_hooks';
import { median } from './goals.ts';

/** Milliseconds by the clock, and those of the processor: on a busy machine the second says more. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** Runs `work` and tells what it took of this thread. */
export async function timed(work: () => unknown): Promise<Spent> {
  const before = performance.now();
  const cpu = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(cpu);
  return { wall: performance.now() - before, cpu: (user + system) / 1000 };
}

/** The median by the clock. */
export const wallOf = (all: readonly Spent[]): number => median(all.map(({ wall }) => wall));

/** The best of the repetitions, and what they took of this thread. */
export function spentOn(all: readonly Spent[]): string {
  const least = Math.min(...all.map(({ wall }) => wall));
  const cpu = median(all.map((run) => run.cpu));
  return `${all.length > 1 ? `least ${least.toFixed(0)} ms, ` : ''}${cpu.toFixed(0)} ms of CPU`;
}
