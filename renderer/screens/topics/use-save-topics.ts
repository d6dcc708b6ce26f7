import { useTranslation } from 'react-i18next';
import { v7 as uuidv7 } from 'uuid';
import type { Topic } from '#shared/domain/dictionary.ts';
import { startOfMinute, type Instant } from '#shared/domain/instant.ts';
import { loadCommands } from '#shared/exchange/settings/load-commands.ts';
import { useCentreTime } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSend } from '#renderer/triage/acts/use-command.ts';

/** A row to be saved, and what it was. */
export interface TopicChange {
  readonly row: Topic;
  readonly before: Topic | null;
}

/** Gives changes the other way round; what was new was never in force. */
export const takenBack = (changes: readonly TopicChange[], now: Instant): readonly TopicChange[] =>
  changes.map(({ row, before }) => {
    const at = row.validFrom ?? now;
    return { row: before ?? { ...row, validFrom: at, validTo: at }, before: row };
  });

/** Saves topics that change together, all or none, and tells, with the way back. */
export function useSaveTopics(onSaved: () => void) {
  const { t } = useTranslation();
  const send = useSend();
  const centreTime = useCentreTime();
  const saveAll = async (changes: readonly TopicChange[]): Promise<boolean> => {
    const rows = changes.map((change) => ({ ...change, id: change.row.id ?? '' }));
    const commands = loadCommands(rows, { kind: 'topic', file: '', takesBack: null });
    const id = uuidv7();
    return (await send(commands.map((command) => ({ id, command })))) !== null;
  };
  return async (changes: readonly TopicChange[], done: string): Promise<boolean> => {
    if (!(await saveAll(changes))) return false;
    onSaved();
    tellDone(done, {
      label: t('common.undo'),
      run: () =>
        void saveAll(takenBack(changes, startOfMinute(centreTime()))).then(
          (isBack) => isBack && tellDone(t('directory.asBefore')),
        ),
    });
    return true;
  };
}
