import { useTranslation } from 'react-i18next';
import type { RecordKind, RecordOf } from '#shared/domain/records/record-rules.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSaveRecord } from './use-save-record.ts';

/** Saves a setting and tells, with the way back where there was something before. */
export type SaveSetting<K extends RecordKind> = (
  row: RecordOf[K],
  seen: RecordOf[K] | null,
  done: string,
) => Promise<boolean>;

/** `asBefore` is told once the way back was taken. */
export function useSaveSetting<K extends RecordKind>(
  kind: K,
  asBefore: string,
  onSaved: () => void,
): SaveSetting<K> {
  const { t } = useTranslation();
  const save = useSaveRecord(kind);
  return async (row, seen, done) => {
    if (!(await save(row, seen))) return false;
    onSaved();
    if (seen === null) tellDone(done);
    else
      tellDone(done, {
        label: t('common.undo'),
        run: () => void save(seen, row).then((isBack) => isBack && tellDone(asBefore)),
      });
    return true;
  };
}
