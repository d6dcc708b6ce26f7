import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { isRecordCommand, type RecordCommand } from '#shared/domain/record.ts';
import { withSeen, type SeenCommand } from '#shared/domain/subject.ts';
import { isUndoable } from '#shared/domain/undo.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import type { CommandResult } from '#renderer/data/store/console-store.ts';
import type { GesturePart } from '#renderer/data/sync/outbox.ts';
import { gestureOf, type OwnAct } from './own-gestures.ts';
import { useMayAct } from './use-claim-asks.ts';
import { useOwnGestures } from './use-own-gestures.ts';

/** A command as screens send it: one that would overwrite somebody's decision says which it knew of. */
export type ScreenCommand = SeenCommand | RecordCommand;
type ScreenPart = GesturePart & { readonly command: ScreenCommand };

/**
 * Gives a command about an incident or a record to the local store; says in words why it was not accepted.
 * `true` when it was.
 */
export type Dispatch = (id: string, command: ScreenCommand) => Promise<boolean>;

/**
 * Runs work of the local store; null, and told, when it failed: nothing was stored then, and texts stay in
 * their drafts.
 */
export function useStoring(): <T>(work: () => Promise<T>) => Promise<T | null> {
  const { t } = useTranslation();
  return useCallback(
    async (work) => {
      try {
        return await work();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        tellTrouble(t('common.notSaved', { message }), t('common.close'));
        return null;
      }
    },
    [t],
  );
}

/** The acts of a gesture that can be taken back. */
export function actsOf(parts: readonly GesturePart[], results: readonly CommandResult[]): readonly OwnAct[] {
  return parts.flatMap(({ command }, index) => {
    const result = results[index];
    if (result?.ok !== true || result.undo === null) return [];
    if (isRecordCommand(command) || !isUndoable(command.name)) return [];
    return [{ incident: result.id, command: result.undo, name: command.name, handledAt: null }];
  });
}

/**
 * Gives the commands of one gesture to the local store, all or none, once the person has said so where a
 * colleague has claimed what they are about; keeps in mind what can be taken back of it; says in words why
 * it was not accepted. Null when it was not.
 */
export function useSend(): (parts: readonly ScreenPart[]) => Promise<readonly OwnAct[] | null> {
  const { t } = useTranslation();
  const store = useStore();
  const gestures = useOwnGestures();
  const mayAct = useMayAct();
  const storing = useStoring();
  const wordsOf = useRefusalWords();
  return useCallback(
    async (parts) => {
      if (!(await mayAct(parts))) return null;
      return gestures.during(async () => {
        const results = await storing(() => store.dispatchTogether(parts, 'none'));
        if (results === null) return null;
        const refused = results.find((result) => !result.ok);
        if (refused?.ok === false) {
          tellTrouble(wordsOf(refused.refusal), t('common.close'));
          return null;
        }
        const [first, ...others] = actsOf(parts, results);
        if (first === undefined) return [];
        gestures.keep(gestureOf([first, ...others]));
        return [first, ...others];
      });
    },
    [gestures, mayAct, storing, store, t, wordsOf],
  );
}

export function useCommand(): Dispatch {
  const send = useSend();
  return useCallback(async (id, command) => (await send([{ id, command }])) !== null, [send]);
}

/**
 * Gives a command about the incident on the screen, `shown`, which says what its decision is about. `true`
 * when it was accepted.
 */
export function useIncidentCommand(): (shown: Incident, command: IncidentCommand) => Promise<boolean> {
  const run = useCommand();
  return useCallback((shown, command) => run(shown.id, withSeen(command, shown)), [run]);
}
