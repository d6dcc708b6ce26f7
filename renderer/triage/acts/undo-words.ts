import type { TFunction } from 'i18next';
import type { UndoableCommand } from '#shared/domain/undo.ts';

/** Result of taking back one act of a gesture. */
export interface UndoOutcome {
  readonly incident: string;
  /** The incident, in words. */
  readonly about: string;
  readonly name: UndoableCommand;
  /** Reason of the refusal, in words; null when the act was taken back. */
  readonly why: string | null;
}

/** Number of incidents that a line names; of more it gives the count. */
const NAMED = 5;

interface Group {
  readonly abouts: readonly string[];
  readonly names: readonly UndoableCommand[];
  readonly why: string | null;
}

/**
 * Puts the equal together: acts of one incident with one fate, then incidents with the same acts and the same
 * fate.
 */
function groupsOf(outcomes: readonly UndoOutcome[]): readonly Group[] {
  const ofIncident = Map.groupBy(outcomes, ({ incident, why }) => JSON.stringify([incident, why]));
  const groups = [...ofIncident.values()].map((same) => ({
    about: same[0]?.about ?? '',
    names: same.map(({ name }) => name),
    why: same[0]?.why ?? null,
  }));
  const alike = Map.groupBy(groups, ({ names, why }) => JSON.stringify([names, why]));
  return [...alike.values()].map((same) => ({
    abouts: same.map(({ about }) => about),
    names: same[0]?.names ?? [],
    why: same[0]?.why ?? null,
  }));
}

/**
 * Says what was taken back by one gesture, what was not, and why, in one text that names every incident.
 * `outcomes` stand in the order of taking back.
 */
export function undoWords(outcomes: readonly UndoOutcome[], t: TFunction, language: string): string {
  const list = new Intl.ListFormat(language);
  const hasDone = outcomes.some(({ why }) => why === null);
  const lineOf = ({ abouts, names, why }: Group): string => {
    const rest = abouts.length - NAMED;
    const named = rest > 0 ? [...abouts.slice(0, NAMED), t('undo.more', { rest })] : abouts;
    const about = list.format(named);
    const acts = list.format(names.map((name) => t(`undo.act.${name}`)));
    if (why !== null) return hasDone ? t('undo.notDone', { about, acts, why }) : `${about}. ${why}`;
    const [name] = names;
    return names.length === 1 && name !== undefined
      ? t('undo.line', { about, what: t(`undo.done.${name}`) })
      : t('undo.several', { about, acts });
  };
  return groupsOf(outcomes)
    .map(lineOf)
    .join(hasDone ? '. ' : ' ');
}
