import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecordCommand } from '#shared/domain/record.ts';
import { isUndoable } from '#shared/domain/undo.ts';
import type { Command } from '#shared/protocol/command-versions.ts';
import { useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import type { CommandResult } from '#renderer/data/store/console-store.ts';
import type { OwnAct } from './own-acts.ts';
import { refusalWords } from '#renderer/kit/words/refusal-words.ts';
import { useOwnActs } from './use-own-acts.ts';

/**
 * Gives a command about an incident or a record to the local store; says in words why it was not accepted.
 * `true` when it was.
 */
export type RunCommand = (id: string, command: Command) => Promise<boolean>;

/** What became of a command; null when it could not even be stored. */
export type Sent = CommandResult | null;

/**
 * As {@link useCommand}, with all the store answers. `about` begins the words of a refusal where the screen
 * does not show what it is about.
 */
export function useSend(): (id: string, command: Command, about?: string) => Promise<Sent> {
  const { t } = useTranslation();
  const store = useStore();
  const reference = useReference();
  const when = useWhen();
  const acts = useOwnActs();
  return useCallback(
    async (id, command, about = '') => {
      try {
        const result = await store.dispatch(id, command);
        if (result.ok) {
          const act = actOf(command, result);
          if (act !== null) acts.keep(act);
          return result;
        }
        const why = refusalWords(result.refusal, { t, reference, when, now: Date.now() });
        tellTrouble([about, why].filter(Boolean).join('. '), t('common.close'));
        return result;
      } catch (error) {
        // Nothing was stored, so nothing may look done; the text stays in its draft.
        tellTrouble(
          t('common.notSaved', { message: error instanceof Error ? error.message : String(error) }),
          t('common.close'),
        );
        return null;
      }
    },
    [store, t, reference, when, acts],
  );
}

/** The act that a command was, if it can be taken back. */
export function actOf(command: Command, sent: Sent): OwnAct | null {
  if (sent?.ok !== true || sent.undo === null) return null;
  if (isRecordCommand(command) || !isUndoable(command.name)) return null;
  return { incident: sent.id, command: sent.undo, name: command.name, handledAt: null };
}

export function useCommand(): RunCommand {
  const send = useSend();
  return useCallback(async (id, command) => (await send(id, command))?.ok === true, [send]);
}
