/** A part of a regular expression, with how often it may come: `most` is Infinity for `*` and `+`. */
export type Part = {
  readonly least: number;
  readonly most: number;
  readonly what: Signs | Group | Edge;
};
/** One sign of a set, as places of {@link SAMPLE}. */
type Signs = { readonly kind: 'signs'; readonly set: ReadonlySet<number> };
/** A group, by its alternatives. */
type Group = { readonly kind: 'group'; readonly branches: readonly (readonly Part[])[] };
/** A part that takes no sign: `^`, `$`, `\b`, and looks ahead or behind; `barred` may not stand before it. */
type Edge = { readonly kind: 'edge'; readonly isStart: boolean; readonly barred: ReadonlySet<number> };

/** Signs that stand for all: Latin, Cyrillic, spaces, marks, and what our patterns name besides. */
const SAMPLE: readonly string[] = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...'аеёяАЕЁЯщ«»№–—−…★’‘“”¹²³ßéΩ中',
  '\u00A0',
  '\u2028',
  '\u0301',
  '\u200B',
  '\u{1F600}',
  '\uFFFD',
];
const ALL: ReadonlySet<number> = new Set(SAMPLE.keys());

/** Reads a pattern into its parts, alternatives outermost. Throws SyntaxError where `RegExp` does. */
export function readPattern(source: string, flags: string): readonly (readonly Part[])[] {
  const plain = flags.replaceAll(/[gyd]/g, '');
  return new PatternReader(source, plain).branches();
}

const QUANTIFIER = /^(?:\*|\+|\?|\{(\d+)(,?)(\d*)\})\??/;
const ATOM =
  /^(?:\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|k<[^>]*>|[^])|\[(?:\\[^]|[^\]\\])*\]|[\ud800-\udbff][\udc00-\udfff]|[^])/;

class PatternReader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  branches(): Part[][] {
    const branches: Part[][] = [[]];
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#source[this.#at] === '|') {
        this.#at += 1;
        branches.push([]);
      } else branches.at(-1)?.push(this.#part());
    }
    return branches;
  }

  #part(): Part {
    const what = this.#source[this.#at] === '(' ? this.#group() : this.#atom();
    const match = QUANTIFIER.exec(this.#source.slice(this.#at));
    if (match === null) return { what, least: 1, most: 1 };
    this.#at += match[0].length;
    const [sign = '', from, comma, to] = match;
    if (from === undefined)
      return { what, least: sign.startsWith('+') ? 1 : 0, most: sign.startsWith('?') ? 1 : Infinity };
    return {
      what,
      least: Number(from),
      most: comma === '' ? Number(from) : to === '' ? Infinity : Number(to),
    };
  }

  #group(): Group | Edge {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(this.#source.slice(this.#at))?.[0] ?? '(';
    this.#at += opening.length;
    const branches = this.branches();
    this.#at += 1;
    if (!/[=!]$/.test(opening)) return { kind: 'group', branches };
    return { kind: 'edge', isStart: false, barred: opening === '(?<!' ? signsOf(branches) : new Set() };
  }

  #atom(): Signs | Edge {
    const atom = ATOM.exec(this.#source.slice(this.#at))?.[0] ?? '';
    this.#at += atom.length;
    if (atom === '^') return { kind: 'edge', isStart: !this.#flags.includes('m'), barred: new Set() };
    if (atom === '$' || atom === String.raw`\B`) return { kind: 'edge', isStart: false, barred: new Set() };
    if (atom === String.raw`\b`) return { kind: 'edge', isStart: false, barred: this.#set(String.raw`\w`) };
    return { kind: 'signs', set: /^\\(?:[1-9]|k<)/.test(atom) ? ALL : this.#set(atom) };
  }

  #set(atom: string): ReadonlySet<number> {
    const test = new RegExp(`^(?:${atom})$`, this.#flags);
    return new Set([...SAMPLE.entries()].flatMap(([place, sign]) => (test.test(sign) ? [place] : [])));
  }
}

/** Every sign that alternatives may take. */
export function signsOf(branches: readonly (readonly Part[])[]): ReadonlySet<number> {
  return branches
    .flat()
    .map((part) => signsOfPart(part))
    .reduce((all, set) => all.union(set), new Set<number>());
}

/** Every sign that a part may take. */
export const signsOfPart = ({ what }: Part): ReadonlySet<number> =>
  what.kind === 'signs' ? what.set : what.kind === 'group' ? signsOf(what.branches) : new Set();
