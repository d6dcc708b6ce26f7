import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readRecord } from '#shared/domain/record.ts';
import type { RecordOf, RegisterKind } from '#shared/domain/records/record-rules.ts';
import { useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useCommand } from '#renderer/triage/acts/use-command.ts';
import { useSaveRecord, type SaveRecord } from '#renderer/triage/acts/use-save-record.ts';

/**
 * The records of a kind as this workstation shows them; `null` until read. One this version cannot read is
 * left out.
 */
export function useRecords<K extends RegisterKind>(kind: K): readonly RecordOf[K][] | null {
  const store = useStore();
  const [read, setRead] = useState<{ readonly kind: K; readonly rows: readonly RecordOf[K][] } | null>(null);
  const refresh = useCallback(() => {
    void store.reference().then((all) => {
      const rows = all
        .filter((referenceRow) => referenceRow.kind === kind)
        .map(({ row }) => readRecord(kind, row))
        .filter((row) => row !== null);
      setRead({ kind, rows });
    });
  }, [store, kind]);
  useEffect(refresh, [refresh]);
  useStoreChange(
    useCallback(
      ({ reference }) => {
        if (reference) refresh();
      },
      [refresh],
    ),
  );
  return read?.kind === kind ? read.rows : null;
}

interface RecordCommands<K extends RegisterKind> {
  readonly save: SaveRecord<K>;
  /** With the way back in a toast. */
  readonly remove: (row: RecordOf[K]) => Promise<boolean>;
}

/** Gives the commands on records of a kind; they work offline like every command. */
export function useRecordCommands<K extends RegisterKind>(kind: K): RecordCommands<K> {
  const { t } = useTranslation();
  const run = useCommand();
  const save = useSaveRecord(kind);
  const remove: RecordCommands<K>['remove'] = async (row) => {
    if (!(await run(row.id, { name: 'removeRecord', args: { kind } }))) return false;
    tellDone(t('records.removed'), { label: t('common.undo'), run: () => void save(row, null) });
    return true;
  };
  return { save, remove };
}
