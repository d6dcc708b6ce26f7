import { similarity } from '#shared/text/shingles.ts';
import { MS_PER_DAY, type Instant } from './instant.ts';

/**
 * The fields of an incident by which duplicates are found. `author` is the author's address in the network,
 * empty when unknown; `shingles` come from `shinglesOf`.
 */
export type DuplicateSubject = {
  readonly id: string;
  readonly author: string;
  readonly createdAt: Instant;
  readonly topic: string | null;
  readonly municipality: string;
  readonly shingles: Uint32Array;
};

/** The reason why two incidents may be about one matter. `similarity` is 0 … 1. */
export type DuplicateReason =
  | { readonly kind: 'same_text'; readonly similarity: number; readonly isSameAuthor: boolean }
  | { readonly kind: 'similar_text'; readonly similarity: number; readonly isSameAuthor: boolean }
  | { readonly kind: 'same_author'; readonly similarity: number; readonly isSameTopic: boolean };

/** An incident that may be a duplicate of the subject. */
export type DuplicateCandidate = {
  readonly id: string;
  readonly score: number;
  readonly reason: DuplicateReason;
};

/** From here texts differ by a greeting or a signature: reposts of one message. */
export const SAME_TEXT = 0.7;
/** From here they tell of the same with the same words. */
export const SIMILAR_TEXT = 0.35;
/** Older messages are repeats, which are reported, not duplicates, which are merged. */
const WINDOW_MS = 14 * MS_PER_DAY;

/**
 * Up to `limit` likely duplicates of `subject` among `others`, the likeliest first: near-identical or similar
 * texts, and other messages of the same author. Only within two weeks either side. Equal scores: the earlier
 * message first, then the id.
 */
export function findDuplicates(
  subject: DuplicateSubject,
  others: Iterable<DuplicateSubject>,
  limit = 5,
): DuplicateCandidate[] {
  const found: (DuplicateCandidate & { readonly at: Instant })[] = [];
  for (const other of others) {
    if (other.id === subject.id || Math.abs(other.createdAt - subject.createdAt) > WINDOW_MS) {
      continue;
    }
    const reason = compareSubjects(subject, other);
    if (reason !== null) {
      found.push({ id: other.id, score: scoreOf(reason), reason, at: other.createdAt });
    }
  }
  return found
    .toSorted((a, b) => b.score - a.score || a.at - b.at || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map(({ id, score, reason }) => ({ id, score, reason }));
}

function compareSubjects(a: DuplicateSubject, b: DuplicateSubject): DuplicateReason | null {
  const alike = similarity(a.shingles, b.shingles);
  const isSameAuthor = a.author !== '' && a.author === b.author;
  if (alike >= SAME_TEXT) {
    return { kind: 'same_text', similarity: alike, isSameAuthor };
  }
  if (alike >= SIMILAR_TEXT && (isSameAuthor || arePlacesCompatible(a, b))) {
    return { kind: 'similar_text', similarity: alike, isSameAuthor };
  }
  return isSameAuthor
    ? { kind: 'same_author', similarity: alike, isSameTopic: a.topic !== null && a.topic === b.topic }
    : null;
}

/** Like words about two different towns are two matters; an unknown place excludes nothing. */
function arePlacesCompatible(a: DuplicateSubject, b: DuplicateSubject): boolean {
  return a.municipality === '' || b.municipality === '' || a.municipality === b.municipality;
}

function scoreOf(reason: DuplicateReason): number {
  if (reason.kind === 'same_author') {
    return 0.3 + reason.similarity / 2 + (reason.isSameTopic ? 0.2 : 0);
  }
  return reason.similarity + (reason.isSameAuthor ? 0.3 : 0);
}
