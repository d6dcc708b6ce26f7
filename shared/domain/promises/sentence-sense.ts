import { asidesOf, withoutAsides, type Aside } from './asides.ts';
import { firstFrom, sentencesOf } from './sentences.ts';
import { verdictOf, type DateJudgement } from './verdict.ts';
import { tenseOf, type Tense } from './word-tense.ts';

/** A verb nearest to a place of a sentence, and whether «не» stands before it. */
interface NearVerb {
  readonly tense: Tense;
  readonly isDenied: boolean;
}

interface Verb extends NearVerb {
  /** Words before it, and {@link BREAK} for each sign that parts the sentence. */
  readonly steps: number;
  readonly start: number;
}

/** A comma parts two thoughts: a verb beyond it is as far as so many words. */
const BREAK = 6;
const TOKEN = /\p{L}+(?:-\p{L}+)?|[,;:()]| - /gu;

/** The verbs of one sentence, in its order. */
export class SentenceSense {
  readonly text: string;
  readonly #begin: number;
  readonly #asides: readonly Aside[];
  readonly #verbs: Verb[] = [];
  /** Steps at the words and signs of the sentence, by their places. */
  readonly #places: number[] = [];
  readonly #steps: number[] = [];
  #verdict: DateJudgement | null = null;

  constructor(text: string, begin: number) {
    this.text = text;
    this.#begin = begin;
    this.#asides = asidesOf(text);
    const hasWill = /(?<!\p{L})(?:будет|будут|быть)(?!\p{L})/u.test(text);
    let [steps, before] = [0, ''];
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      const isWord = /\p{L}/u.test(token);
      steps += isWord ? (token === 'и' ? 2 : 1) : BREAK;
      const start = begin + index;
      this.#places.push(start);
      this.#steps.push(steps);
      const tense = isWord ? tenseOf(token, hasWill) : null;
      if (tense !== null && !this.isAside(start))
        this.#verbs.push({ tense, steps, start, isDenied: before === 'не' });
      before = token;
    }
  }

  /** The verb nearest to start … end, by words between them; null where the sentence has none. */
  nearest(start: number, end: number): NearVerb | null {
    const next = firstFrom(this.#verbs.length, (at) => (this.#verbs[at]?.start ?? Infinity) >= start);
    const after = firstFrom(this.#verbs.length, (at) => (this.#verbs[at]?.start ?? Infinity) >= end);
    const [left, right] = [this.#verbs[next - 1], this.#verbs[after]];
    if (left === undefined || right === undefined) return left ?? right ?? null;
    const isLeft = this.#stepsAt(start) - left.steps < right.steps - this.#stepsAt(end - 1);
    return isLeft ? left : right;
  }

  /** The judgement of the sentence as a whole over its dates. */
  get verdict(): DateJudgement {
    return (this.#verdict ??= verdictOf(withoutAsides(this.text, this.#asides)));
  }

  /** Tells whether another is the same sentence, or a part of it that a comma ends right before this one. */
  follows(other: SentenceSense | null): boolean {
    if (other === null || other === this) return other === this;
    return other.text.endsWith(',') && other.#begin + other.text.length === this.#begin;
  }

  /** Tells whether a place lies in a clause that tells of the past. */
  isAside(place: number): boolean {
    const at = place - this.#begin;
    const next = firstFrom(this.#asides.length, (aside) => (this.#asides[aside]?.end ?? Infinity) > at);
    return (this.#asides[next]?.start ?? Infinity) <= at;
  }

  /** The sentence up to the sign at a place and with it, no more than so many signs. */
  upTo(place: number, signs: number): string {
    const end = place - this.#begin + 1;
    return this.text.slice(Math.max(0, end - signs), end);
  }

  #stepsAt(place: number): number {
    const after = firstFrom(this.#places.length, (at) => (this.#places[at] ?? Infinity) > place);
    return this.#steps[after - 1] ?? 0;
  }
}

/** Gives the sentence at a place of a reply; each is read once, however many dates stand in it. */
export function sensesOf(plain: string): (place: number) => SentenceSense {
  const sentences = sentencesOf(plain);
  const read = new Map<number, SentenceSense>();
  return (place) => {
    const sentence = sentences.at(place);
    const known = read.get(sentence);
    if (known !== undefined) return known;
    const sense = new SentenceSense(sentences.text(sentence), sentences.start(sentence));
    read.set(sentence, sense);
    return sense;
  };
}
