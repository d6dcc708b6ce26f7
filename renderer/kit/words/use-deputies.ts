import { useCallback, useMemo } from 'react';
import { holdsOn, isFit, stoodForBy } from '#shared/domain/deputyship.ts';
import { dayOfDate, instantAtLocal, localTimeAt, type LocalDate } from '#shared/domain/time-zone.ts';
import { deputiesOf } from '#renderer/data/sync/deputies.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { useNow } from './use-now.ts';
import { useWhen } from './use-words.ts';

/** Somebody who stands in today, or is stood in for, until a day. */
export interface StandIn {
  readonly id: string;
  readonly name: string;
  /** «12 дек» */
  readonly until: string;
}

interface TodaysDeputies {
  /** Whoever stands in for a person today; null for nobody. */
  readonly deputyOf: (person: string) => StandIn | null;
  /** Those for whom a person stands in today. */
  readonly stoodForBy: (person: string) => readonly StandIn[];
}

/** Writes a day of the region as «12 дек». */
export function useDayWords(): (day: LocalDate) => string {
  const { zone } = useReference();
  const when = useWhen();
  const now = useNow();
  return useCallback(
    (day) => when.date(instantAtLocal(zone, dayOfDate(day) ?? Number.NaN, 0), now),
    [zone, when, now],
  );
}

/** Tells who stands in for whom today; it ends by itself at the region's midnight. */
export function useDeputies(): TodaysDeputies {
  const reference = useReference();
  const dayWords = useDayWords();
  const today = localTimeAt(reference.zone, useNow()).date;
  return useMemo(() => {
    const around = deputiesOf(reference.accounts);
    const held = new Map(
      around.named
        .filter((ship) => holdsOn(ship, today) && isFit(ship, around.people))
        .map((ship) => [ship.person, ship]),
    );
    const standIn = (id: string, to: LocalDate): StandIn => ({
      id,
      name: personName(reference, id),
      until: dayWords(to),
    });
    return {
      deputyOf: (person) => {
        const ship = held.get(person);
        return ship === undefined ? null : standIn(ship.deputy, ship.to);
      },
      stoodForBy: (person) =>
        stoodForBy(person, today, around).map((absent) => standIn(absent, held.get(absent)?.to ?? today)),
    };
  }, [reference, dayWords, today]);
}
