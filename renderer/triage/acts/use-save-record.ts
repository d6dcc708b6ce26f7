import { useCallback } from 'react';
import { CALENDAR_ID } from '#shared/domain/calendar.ts';
import { REGULATION_ID } from '#shared/domain/regulation.ts';
import { changedFields, type RecordCommand } from '#shared/domain/record.ts';
import { mapsOf, type RecordKind, type RecordOf } from '#shared/domain/records/record-rules.ts';
import { useCommand } from './use-command.ts';

/**
 * Saves a record of a kind, offline like every command. `seen` is the record as it was when the form was
 * opened, null for a new one. `true` when it is on disk.
 */
export type SaveRecord<K extends RecordKind> = (
  row: RecordOf[K],
  seen: RecordOf[K] | null,
) => Promise<boolean>;

/** Id of a kind of which there is one row, that does not say it. */
const onlyIdOf = (kind: RecordKind): string => (kind === 'regulation' ? REGULATION_ID : CALENDAR_ID);

export function useSaveRecord<K extends RecordKind>(kind: K): SaveRecord<K> {
  const run = useCommand();
  return useCallback(
    (row, seen) => {
      const from = seen === null ? null : changedFields(seen, row, mapsOf(kind));
      const id = ('id' in row ? row.id : undefined) ?? onlyIdOf(kind);
      return run(id, {
        name: 'saveRecord',
        args: { kind, row, from },
      } as RecordCommand);
    },
    [run, kind],
  );
}
