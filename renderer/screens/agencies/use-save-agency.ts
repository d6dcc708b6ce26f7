import { useTranslation } from 'react-i18next';
import type { Agency } from '#shared/domain/directory.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSaveRecord } from '#renderer/triage/acts/use-save-record.ts';

/** Saves an agency and tells, with the way back where there was something before. */
export type SaveAgency = (row: Agency, seen: Agency | null, done: string) => Promise<boolean>;

export function useSaveAgency(onSaved: () => void): SaveAgency {
  const { t } = useTranslation();
  const save = useSaveRecord('agency');
  return async (row, seen, done) => {
    if (!(await save(row, seen))) return false;
    onSaved();
    if (seen === null) tellDone(done);
    else
      tellDone(done, {
        label: t('common.undo'),
        run: () => void save(seen, row).then((isBack) => isBack && tellDone(t('agencies.asBefore'))),
      });
    return true;
  };
}
