import { useEffect, useState } from 'react';
import { useConsole } from '#renderer/kit/context/console-context.tsx';
import { sessionMemory } from '#renderer/kit/context/session-memory.ts';
import type { Lane } from '#renderer/data/store/console-store.ts';
import {
  chosenAt,
  selectionIn,
  steppedSelection,
  type Chosen,
  type Selection,
} from '#renderer/triage/card/selection.ts';
import type { QueueRows } from './use-queue-rows.ts';
import type { Leaving } from '#renderer/triage/card/use-triage-actions.ts';

/** Last chosen row of every lane, so that going to a card and back loses nothing. */
const chosenIn = sessionMemory<Chosen>();

export interface ChosenRow {
  readonly selection: Selection | null;
  readonly choose: (index: number) => void;
  readonly step: (by: 1 | -1) => void;
  readonly leaving: Leaving;
}

const isOther = (a: Chosen | null, b: Chosen | null): boolean =>
  a?.query !== b?.query || a?.id !== b?.id || a?.index !== b?.index;

/**
 * The chosen row of a lane, settled with every list before it is drawn: nothing is ever chosen that the
 * screen does not show.
 */
export function useSelection(lane: Lane, { list, rows, follow }: QueueRows): ChosenRow {
  const { hub } = useConsole();
  const remembered = chosenIn(hub);
  const [chosen, setChosen] = useState<Chosen | null>(() => remembered.get(lane) ?? null);
  const [handled, setHandled] = useState<string | null>(null);
  const [isNew, setNew] = useState(true);
  const selection = selectionIn(chosen, list, { handled, isNew });
  const isPlaced = list.total !== null && selection?.standing !== 'unknown';
  // While drawing, not after it: between the two a key would meet the row that was chosen in the list before.
  if (isPlaced) {
    if (isNew) setNew(false);
    if (isOther(selection, chosen)) setChosen(selection);
    if (handled !== null && chosen?.id === handled && selection?.id !== handled) setHandled(null);
  }
  const id = selection?.id ?? null;
  useEffect(() => follow(id), [follow, id]);
  useEffect(() => {
    if (!isPlaced) return;
    if (chosen === null) remembered.delete(lane);
    else remembered.set(lane, chosen);
    const next = chosen === null ? undefined : rows.get(chosen.index + 1);
    if (next !== undefined && hub.kept(next.id) === undefined) void hub.read(next.id);
  }, [hub, remembered, lane, chosen, rows, isPlaced]);
  return {
    selection,
    choose: (index) => setChosen(chosenAt(list, index) ?? chosen),
    step: (by) => setChosen(steppedSelection(selection, list, by) ?? chosen),
    leaving: {
      onLeaving: (isExpected) => setHandled(isExpected ? id : null),
      onLeft: () => undefined,
      onReleasing: () => setHandled(lane === 'mine' ? id : null),
    },
  };
}
