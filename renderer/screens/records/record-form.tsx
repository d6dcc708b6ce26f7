import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  mayWrite,
  RECORD_RULES,
  type RecordOf,
  type RegisterKind,
} from '#shared/domain/records/record-rules.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useKeptForm } from './use-kept-form.ts';
import { useRecordCommands } from './use-records.ts';

interface Props<K extends RegisterKind> {
  readonly kind: K;
  /** A record as it stands, or a blank one. */
  readonly row: RecordOf[K];
  readonly isNew: boolean;
  /** Name under which an unsaved form is kept, where one kind has several at a time. */
  readonly draft?: string;
  readonly onClose: () => void;
  readonly children: (row: RecordOf[K], change: (part: Partial<RecordOf[K]>) => void) => ReactNode;
}

/** The frame of every record's form: values are checked by the record's own schema before they are saved. */
export function RecordForm<K extends RegisterKind>({
  kind,
  row: seen,
  isNew,
  draft,
  onClose,
  children,
}: Props<K>) {
  const { t } = useTranslation();
  const { account } = useSession();
  const { save, remove } = useRecordCommands(kind);
  const [row, change, forget] = useKeptForm<RecordOf[K]>(isNew ? `new-${draft ?? kind}` : seen.id, seen);
  const isOpen = mayWrite(account.role, kind);
  const submit = async (): Promise<void> => {
    const read = RECORD_RULES[kind].schema.safeParse(row);
    if (!read.success) {
      const field = String(read.error.issues[0]?.path[0] ?? '');
      return tellTrouble(t('records.unfinished', { field: t(`records.field.${field}`) }), t('common.close'));
    }
    if (!(await save(read.data, isNew ? null : seen))) return;
    forget();
    tellDone(t('records.saved'));
    onClose();
  };
  const removeAndClose = async (): Promise<void> => {
    if (!(await remove(seen))) return;
    forget();
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset disabled={!isOpen} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="sm">{children(row, change)}</Stack>
      </fieldset>
      {isOpen && (
        <Group justify="space-between" mt="md">
          {isNew ? (
            <span />
          ) : (
            <Button variant="subtle" color="red" onClick={() => void removeAndClose()}>
              {t('records.remove')}
            </Button>
          )}
          <Button type="submit">{t('records.save')}</Button>
        </Group>
      )}
    </form>
  );
}
