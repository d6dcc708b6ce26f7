const SEEDS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35] as const;

/** Shorter texts («спасибо!») are alike without being about the same thing. */
const FEWEST_TERMS = 4;

function mix(value: number, seed: number): number {
  let hash = Math.imul(value ^ seed, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), seed);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Three min-hashes over pairs of neighbouring stems: texts that share a share `s` of their pairs agree in one
 * of them with probability 1 − (1 − s)³. A sieve before the real comparison; zeros for texts too short to
 * tell.
 */
export function sketchOf(terms: readonly string[]): readonly [number, number, number] {
  if (terms.length < FEWEST_TERMS) return [0, 0, 0];
  let [a, b, c] = [0xffffffff, 0xffffffff, 0xffffffff];
  let before = 0;
  for (const term of terms) {
    const hash = termHash(term);
    const pair = Math.imul(before, 31) ^ hash;
    if (before !== 0) {
      a = Math.min(a, mix(pair, SEEDS[0]));
      b = Math.min(b, mix(pair, SEEDS[1]));
      c = Math.min(c, mix(pair, SEEDS[2]));
    }
    before = hash;
  }
  return [a || 1, b || 1, c || 1];
}

function termHash(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index += 1)
    hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  return hash >>> 0 || 1;
}
