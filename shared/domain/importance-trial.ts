import { alikeKey, isChosenByPerson, weigh, weighedMessage, type ImportanceRule } from './importance-rule.ts';
import type { Importance, Incident, RuledBy } from './incident.ts';
import type { Instant } from './instant.ts';

/** A rule that is tried, beside those that are there. */
export interface TriedRule {
  readonly draft: ImportanceRule;
  readonly rules: readonly ImportanceRule[];
}

/** A message whose importance a draft of a rule would change. */
export interface TriedImportance {
  readonly id: string;
  readonly number: number | null;
  readonly is: Importance;
  /** The rule that would win; null where none would. */
  readonly by: RuledBy | null;
}

/** Says what a draft of a rule would do to messages that have come. */
export interface ImportanceTrial {
  readonly total: number;
  readonly raised: number;
  readonly lowered: number;
  /** Messages among the total whose importance a person chose: it stays. */
  readonly chosen: number;
  /** The newest of the changed ones. */
  readonly first: readonly TriedImportance[];
}

/** When messages came, by {@link alikeKey}, each list in order. */
export function alikeMoments(
  messages: readonly Pick<Incident, 'classification' | 'place' | 'createdAt'>[],
): ReadonlyMap<string, readonly Instant[]> {
  const moments = new Map<string, Instant[]>();
  for (const message of messages) {
    const key = alikeKey(message);
    if (key === null) continue;
    const own = moments.get(key);
    if (own === undefined) moments.set(key, [message.createdAt]);
    else own.push(message.createdAt);
  }
  return new Map([...moments].map(([key, own]) => [key, own.toSorted((a, b) => a - b)]));
}

/**
 * Tries a draft beside the other rules on messages as though it had been in force when they came. Only what
 * the draft itself changes is told.
 */
export function tryImportance(
  incidents: readonly Incident[],
  { draft, rules }: TriedRule,
  most: number,
): ImportanceTrial {
  const moments = alikeMoments(incidents);
  const tried = [
    ...rules.filter(({ id }) => id !== draft.id),
    { ...draft, validFrom: -Infinity, validTo: null },
  ];
  const changed: (TriedImportance & { readonly createdAt: Instant })[] = [];
  let chosen = 0;
  for (const incident of incidents) {
    if (isChosenByPerson(incident)) {
      chosen += 1;
      continue;
    }
    const { id, number, createdAt, importance, ruled } = incident;
    const weighed = weigh(weighedMessage(incident, moments.get(alikeKey(incident) ?? '') ?? []), tried);
    const isDraft = weighed?.by.rule === draft.id || ruled?.rule === draft.id;
    const is = weighed?.importance ?? 'ordinary';
    if (isDraft && is !== importance) changed.push({ id, number, createdAt, is, by: weighed?.by ?? null });
  }
  const raised = changed.filter(({ is }) => is === 'high').length;
  return {
    total: incidents.length,
    raised,
    lowered: changed.length - raised,
    chosen,
    first: changed
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
      .slice(0, most)
      .map(({ id, number, is, by }) => ({ id, number, is, by })),
  };
}
