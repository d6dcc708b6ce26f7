import { parseSync, Visitor } from 'vite';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';
import { readPattern, signsOfPart, type Part } from './pattern-parts.ts';

/** Patterns that see only what is ours or short, each with its reason. */
const HARMLESS: Readonly<Record<string, string>> = {
  '[\\\\/]assets[\\\\/][^\\\\/]+-[\\w-]{8,}\\.\\w+$': 'names of files that the build has made',
  '\\{n(?::([^|}]+)\\|([^|}]+)\\|([^}]+))?\\}': 'sentences of the demo region, which stand in the sources',
};

/** A part that may come so often is as good as without a bound. */
const MANY = 200;

/**
 * Regular expressions whose time may grow faster than a text: the engine tries again from every sign of a
 * run (`\s+$`, `<[^>]*>`), or parts a run between two repetitions in every way (`\s*,?\s*x`). Told from the
 * pattern alone, rather too often than too seldom; what it tells of is mended by a scanner, by a set that
 * ends at what begins it anew, or by an anchor.
 */
export function checkPatterns(
  { file, source }: Module,
  harmless: Readonly<Record<string, string>> = HARMLESS,
): Finding[] {
  const findings: Finding[] = [];
  new Visitor({
    Literal: (node) => {
      if (!('regex' in node)) return;
      const { pattern, flags } = node.regex;
      const trouble = Object.hasOwn(harmless, pattern) ? null : slownessOf(pattern, flags);
      if (trouble === null) return;
      findings.push({
        file,
        line: lineAt(source, node.start),
        message: `/${pattern}/ may be slow: ${trouble}`,
      });
    },
  }).visit(parseSync(file, source).program);
  return findings;
}

/** Says why the time of a pattern may grow faster than a text does; null when it does not. */
export function slownessOf(pattern: string, flags: string): string | null {
  const branches = readPattern(pattern, flags);
  return firstOf(branches, (branch) => slownessIn(branch, [], [], flags.includes('y')));
}

function firstOf<T>(values: readonly T[], find: (value: T) => string | null): string | null {
  for (const value of values) {
    const found = find(value);
    if (found !== null) return found;
  }
  return null;
}

/** Looks at every repetition of a sequence with what stands before and after it in the whole pattern. */
function slownessIn(
  sequence: readonly Part[],
  before: readonly Part[],
  after: readonly Part[],
  isSticky: boolean,
): string | null {
  return firstOf([...sequence.entries()], ([at, part]) => {
    const left = [...before, ...sequence.slice(0, at)];
    const right = [...sequence.slice(at + 1), ...after];
    const own = part.most > MANY ? slownessOfRun(part, left, right, isSticky) : null;
    if (own !== null || part.what.kind !== 'group') return own;
    return firstOf(part.what.branches, (branch) => slownessIn(branch, left, right, isSticky));
  });
}

function slownessOfRun(
  part: Part,
  before: readonly Part[],
  after: readonly Part[],
  isSticky: boolean,
): string | null {
  const signs = signsOfPart(part);
  if (hasLoopWithin(part)) return 'a repetition within a repetition has no sign between its turns';
  if (!canFail(after)) return null;
  if (!isSticky && canLieWithin(before, signs)) return 'a search begins anew at each sign of a run';
  return sharesRun(part, before) ? 'two repetitions share a run between them' : null;
}

/**
 * True when a repetition before this one may take signs of the same run: with nothing between them that only
 * one of the two could take, the engine parts the run in every way.
 */
function sharesRun(part: Part, before: readonly Part[], behind: readonly Part[] = []): boolean {
  const signs = signsOfPart(part);
  const between = [...behind];
  for (const other of before.toReversed()) {
    const common = signs.intersection(signsOfPart(other));
    if (other.most > MANY && canLieWithin(between, common) && canMeet(part, other)) return true;
    if (other.what.kind === 'group' && other.what.branches.some((branch) => sharesRun(part, branch, between)))
      return true;
    if (!canLieWithin([other], signs)) return false;
    between.unshift(other);
  }
  return false;
}

/** True when a turn of either repetition can be made of signs of the other. */
const canMeet = (part: Part, other: Part): boolean =>
  canLieWithin([{ ...part, least: 1 }], signsOfPart(other)) &&
  canLieWithin([{ ...other, least: 1 }], signsOfPart(part));

/** True when something of the parts may not be there, so that the engine goes back. */
const canFail = (parts: readonly Part[]): boolean =>
  parts.some(
    ({ least, what }) =>
      least > 0 && (what.kind !== 'group' || what.branches.every((branch) => canFail(branch))),
  );

/** True when the parts can be found in a text that is made of these signs alone. */
const canLieWithin = (parts: readonly Part[], signs: ReadonlySet<number>): boolean =>
  parts.every(({ least, what }) => {
    if (least === 0) return true;
    if (what.kind === 'signs') return !what.set.isDisjointFrom(signs);
    if (what.kind === 'edge') return !what.isStart && !(signs.size > 0 && signs.isSubsetOf(what.barred));
    return what.branches.some((branch) => canLieWithin(branch, signs));
  });

/** True when a repeated group repeats something whose next turn may begin where the last could go on. */
const hasLoopWithin = ({ what }: Part): boolean =>
  what.kind === 'group' &&
  what.branches.some((branch) =>
    branch.some(
      (inner, at) =>
        (inner.most > MANY && canLieWithin(branch.toSpliced(at, 1), signsOfPart(inner))) ||
        hasLoopWithin(inner),
    ),
  );
