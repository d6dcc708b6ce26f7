/** The row chosen in a list, and the question that list answers. */
export interface Chosen {
  readonly query: string;
  readonly id: string;
  readonly index: number;
}

/** Relation of the chosen row to the list on the screen. */
export type Standing =
  /** It is in the list: keys act on it. */
  | 'here'
  /** Not known until the store has answered; keys act on nothing. */
  | 'unknown'
  /** It was in the list and somebody took it away: its card stays, and every key on it asks first. */
  | 'gone';

export type Selection = Chosen & { readonly standing: Standing };

/** The list on the screen: what the store last answered to `query`. */
export interface List {
  readonly query: string;
  /** `null` until the first answer to this question. */
  readonly total: number | null;
  readonly idAt: (index: number) => string | undefined;
  /**
   * The row's place; `null`: it is not in the list; `undefined`: only rows near the screen were read, and it
   * is not among them.
   */
  readonly placeOf: (id: string) => number | null | undefined;
}

export interface Happened {
  /** The row that this person's own hand sends away: the next one takes its place. */
  readonly handled: string | null;
  /** Nothing has been chosen in this list yet: it begins where it was left, or with its first row. */
  readonly isNew: boolean;
}

function at(list: List, index: number): Selection | null {
  const within = Math.max(0, Math.min(index, (list.total ?? 0) - 1));
  const id = list.idAt(within);
  return id === undefined ? null : { query: list.query, id, index: within, standing: 'here' };
}

/**
 * The selection in a list. After a change of the question the chosen row is in the new list, or there is
 * none.
 */
export function selectionIn(
  chosen: Chosen | null,
  list: List,
  { handled, isNew }: Happened,
): Selection | null {
  if (chosen === null) return isNew ? at(list, 0) : null;
  const place = list.total === null ? undefined : list.placeOf(chosen.id);
  if (typeof place === 'number') return { query: list.query, id: chosen.id, index: place, standing: 'here' };
  const isSame = chosen.query === list.query;
  if (place === undefined && (list.total === null || chosen.id !== handled))
    return { ...chosen, standing: 'unknown' };
  if (isNew || (isSame && chosen.id === handled)) return at(list, isSame ? chosen.index : 0);
  return isSame ? { ...chosen, standing: 'gone' } : null;
}

/**
 * One row down (1) or up (-1). A row that is gone lies between its neighbours; where nothing is chosen the
 * list begins at its end.
 */
export function steppedSelection(selection: Selection | null, list: List, by: 1 | -1): Selection | null {
  if (selection === null) return at(list, by === 1 ? 0 : Infinity);
  if (selection.standing === 'unknown') return selection;
  const from = selection.standing === 'gone' && by === 1 ? selection.index - 1 : selection.index;
  return at(list, from + by) ?? selection;
}

export const chosenAt = at;
