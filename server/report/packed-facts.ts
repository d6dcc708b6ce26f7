import type { FactKind } from '#shared/report/facts/fact-kinds.ts';
import { FACT_NAMES, FACTS } from '#shared/report/facts/fact-table.ts';
import { JUDGEMENTS, type Facts } from '#shared/report/facts/facts.ts';
import { recordMaker } from '#shared/report/facts/record-maker.ts';

type Packed = string | number | boolean | null | Facts['endings'] | Facts['enteredLater'];

/**
 * Facts as they are stored: values without their names are less than half as long, and read twice as fast.
 * Their order is that of the table of facts (shared/report/facts/fact-table.ts).
 */
export type PackedFacts = readonly Packed[];

const NAMES = ['id', ...FACT_NAMES, ...JUDGEMENTS] as const;

export const packed = (facts: Facts): PackedFacts => NAMES.map((name) => facts[name]);

const WORD_KINDS: ReadonlySet<FactKind> = new Set(['word', 'choice', 'optionalChoice']);
/** Where words out of few lie. */
const WORDS = FACT_NAMES.filter((name) => WORD_KINDS.has(FACTS[name].kind)).map((name) =>
  NAMES.indexOf(name),
);

const makeFacts = recordMaker<Facts>(NAMES);

/**
 * Gives one string for all that are equal: to compare those is to compare two addresses, and a summary
 * compares words by the million.
 */
function interning(): (word: Packed) => Packed {
  const known = new Map<Packed, Packed>();
  return (word) => {
    const same = known.get(word);
    if (same !== undefined) return same;
    known.set(word, word);
    return word;
  };
}

/** Reads facts from the text of many packed ones, joined by commas. */
export function unpackFacts(texts: readonly string[]): readonly Facts[] {
  const shared = interning();
  return texts.flatMap((text) =>
    (JSON.parse(`[${text}]`) as Packed[][]).map((values) => {
      for (const at of WORDS) values[at] = shared(values[at] ?? null);
      return makeFacts(values);
    }),
  );
}
