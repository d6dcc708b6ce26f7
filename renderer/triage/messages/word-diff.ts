import { diffArrays } from 'diff';

/** A stretch of two texts laid over each other. */
export interface DiffStretch {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/**
 * Past so many changed words two texts have nothing to do with each other, and finding out more costs
 * seconds.
 */
const MAX_EDITS = 1000;

// The library's own words are Latin; a Russian one it would take apart letter by letter.
const words = new Intl.Segmenter('ru', { granularity: 'word' });
const wordsOf = (text: string): string[] => Array.from(words.segment(text), ({ segment }) => segment);

/** Compares two texts word by word into stretches that were kept, taken out and put in. */
export function wordDiff(before: string, after: string): readonly DiffStretch[] {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MAX_EDITS });
  if (changes === undefined)
    return [
      { kind: 'gone', text: before },
      { kind: 'new', text: after },
    ];
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'new' : removed ? 'gone' : 'same',
    text: value.join(''),
  }));
}
