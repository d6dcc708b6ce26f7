import { useTranslation } from 'react-i18next';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSaveRecord } from '#renderer/triage/acts/use-save-record.ts';

/** Saves a policy and tells, with the way back where there was something before. */
export type SavePolicy = (row: DeadlinePolicy, seen: DeadlinePolicy | null) => Promise<boolean>;

export function useSavePolicy(onSaved: () => void): SavePolicy {
  const { t } = useTranslation();
  const save = useSaveRecord('policy');
  return async (row, seen) => {
    if (!(await save(row, seen))) return false;
    onSaved();
    if (seen === null) tellDone(t('deadlines.added'));
    else
      tellDone(t('deadlines.saved'), {
        label: t('common.undo'),
        run: () => void save(seen, row).then((isBack) => isBack && tellDone(t('deadlines.asBefore'))),
      });
    return true;
  };
}
