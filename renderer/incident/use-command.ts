import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wish } from '#shared/protocol/command-versions.ts';
import { useReference, useStore } from '#renderer/app/console-context.tsx';
import { tellTrouble } from '#renderer/app/toasts.tsx';
import { useWhen } from '#renderer/app/use-words.ts';
import { refusalWords } from './refusal-words.ts';

/** Gives a command about an incident or a record to the local store; says in words why it was not accepted. `true` when it was. */
export type RunCommand = (id: string, command: Wish) => Promise<boolean>;

export function useCommand(): RunCommand {
  const { t } = useTranslation();
  const store = useStore();
  const reference = useReference();
  const when = useWhen();
  return useCallback(
    async (incident, command) => {
      try {
        const result = await store.command(incident, command);
        if (!result.ok)
          tellTrouble(
            refusalWords(result.refusal, { t, reference, when, now: Date.now() }),
            t('common.close'),
          );
        return result.ok;
      } catch (error) {
        // Nothing was stored, so nothing may look done; the text stays in its draft.
        tellTrouble(
          t('common.notSaved', { message: error instanceof Error ? error.message : String(error) }),
          t('common.close'),
        );
        return false;
      }
    },
    [store, t, reference, when],
  );
}
