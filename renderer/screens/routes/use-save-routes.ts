import { useTranslation } from 'react-i18next';
import { v7 as uuidv7 } from 'uuid';
import { loadCommands } from '#shared/exchange/settings/load-commands.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSend } from '#renderer/triage/acts/use-command.ts';
import { useSaveRecord } from '#renderer/triage/acts/use-save-record.ts';
import type { RouteChange } from './route-draft.ts';

/** Saves a route, or one that closes with one that follows it, and tells. */
export type SaveRoutes = (changes: readonly RouteChange[], done: string) => Promise<boolean>;

export function useSaveRoutes(onSaved: () => void): SaveRoutes {
  const { t } = useTranslation();
  const save = useSaveRecord('route');
  const send = useSend();
  return async (changes, done) => {
    const [first, ...others] = changes;
    if (first === undefined) return false;
    const { row, before } = first;
    if (others.length > 0) {
      const rows = changes.map((change) => ({ ...change, id: change.row.id }));
      const [command] = loadCommands(rows, { kind: 'route', file: '', takesBack: null });
      if (command === undefined || (await send([{ id: uuidv7(), command }])) === null) return false;
    } else if (!(await save(row, before))) return false;
    onSaved();
    if (before === null || others.length > 0) tellDone(done);
    else
      tellDone(done, {
        label: t('common.undo'),
        run: () => void save(before, row).then((isBack) => isBack && tellDone(t('directory.asBefore'))),
      });
    return true;
  };
}
