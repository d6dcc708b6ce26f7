import type { Agency } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { heirOf, type Heir, type Matter } from '#shared/domain/split.ts';
import { topicOf, topicValue } from '#renderer/kit/deadlines/topic-groups.ts';

/** A part of an agency's work as typed: what it is about, and who gets it. */
export interface TypedPart {
  /** Tells rows of the form from one another. */
  readonly key: number;
  /** See `topicValue`; null for any topic. */
  readonly topic: string | null;
  readonly municipality: string | null;
  readonly agency: string | null;
}

/** The form of a split as typed; `rest`: who gets what no part names, null for the agency itself. */
export interface SplitFields {
  readonly parts: readonly TypedPart[];
  readonly rest: string | null;
}

/** A part that nothing is chosen of yet. */
export const newPart = (key: number): TypedPart => ({ key, topic: null, municipality: null, agency: null });

/** The form as it opens: the parts that were given away before, or one to be filled in. */
export const splitFieldsOf = ({ split }: Agency): SplitFields => ({
  parts:
    split === undefined
      ? [newPart(0)]
      : split.heirs.map(({ topic = '', group = '', municipality = null, agency }, key) => ({
          key,
          topic: topic === '' && group === '' ? null : topicValue(group, topic),
          municipality,
          agency,
        })),
  rest: null,
});

const heirIn = ({ topic: chosen, municipality, agency }: TypedPart): Heir | null => {
  const { group, topic } = topicOf(chosen);
  if (agency === null || (chosen === null && municipality === null)) return null;
  return {
    ...(topic === null ? {} : { topic }),
    ...(group === null ? {} : { group }),
    ...(municipality === null ? {} : { municipality }),
    agency,
  };
};

/** The heirs of a form; null while a part is not filled in. */
export function heirsIn({ parts }: SplitFields): readonly Heir[] | null {
  const heirs = parts.map(heirIn).filter((heir) => heir !== null);
  return heirs.length === parts.length && heirs.length > 0 ? heirs : null;
}

/** The agency as split at a moment; with another for the rest it ends then. */
export function splitAgency(
  agency: Agency,
  heirs: readonly Heir[],
  rest: string | null,
  at: Instant,
): Agency {
  const split = { at, heirs: [...heirs] };
  return rest === null ? { ...agency, split } : { ...agency, split, validTo: at, successor: rest };
}

/** Counts how many of some matters each heir gets, and how many stay with whoever has the rest (''). */
export function sharesOf(heirs: readonly Heir[], matters: readonly Matter[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const matter of matters) {
    const heir = heirOf(heirs, matter) ?? '';
    shares.set(heir, (shares.get(heir) ?? 0) + 1);
  }
  return shares;
}
