import { Button, Group, Modal } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import type { DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { SettingsDraft } from '#shared/domain/moved-dues.ts';
import type { CentreRecord } from '#shared/domain/record.ts';
import { isRecordKind, putBack, type PutBack, type ToldChange } from '#shared/domain/records/put-back.ts';
import type { RecordKind } from '#shared/domain/records/record-rules.ts';
import type { AuditLine } from '#shared/protocol/audit.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import type { Reference } from '#renderer/kit/context/reference.ts';
import { MovedDeadlines } from '#renderer/kit/deadlines/moved-deadlines.tsx';
import { useMovedDeadlines } from '#renderer/kit/deadlines/use-moved-deadlines.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSaveRecord } from '#renderer/triage/acts/use-save-record.ts';
import { auditChanges, fieldName } from './audit-words.ts';
import classes from './audit.module.css';

/** A change of a setting that may be offered back. */
interface Offered extends ToldChange {
  readonly kind: RecordKind;
  readonly id: string;
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The change that a line tells of, where it is of a setting that there was before; else null. */
export function offeredBy({ action, detail }: AuditLine): Offered | null {
  const { kind, id, before, after } = detail;
  if (action !== 'setting_changed' || typeof kind !== 'string' || typeof id !== 'string') return null;
  return isRecordKind(kind) && isFields(before) && isFields(after) ? { kind, id, before, after } : null;
}

/** Rows of a setting as they are in force. */
function currentRow(reference: Reference, kind: RecordKind, id: string): unknown {
  const rows: Partial<Record<RecordKind, readonly { readonly id: string }[]>> = {
    agency: reference.agencies,
    municipality: reference.municipalities,
    topic: reference.topics,
    route: reference.routes,
    policy: reference.policies,
    importance_rule: reference.importanceRules,
    reply_template: reference.templates,
  };
  if (kind === 'regulation') return reference.regulation;
  return kind === 'calendar' ? reference.calendar.data : rows[kind]?.find((row) => row.id === id);
}

/** Offers to put back what a change had replaced. */
export function PutBackButton({ line, offered }: { readonly line: AuditLine; readonly offered: Offered }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        className={classes['putBack']}
        size="compact-xs"
        variant="default"
        onClick={() => setAsking(true)}
      >
        {t('audit.putBack.offer')}
      </Button>
      {isAsking && <Question line={line} offered={offered} onClose={() => setAsking(false)} />}
    </>
  );
}

interface QuestionProps {
  readonly line: AuditLine;
  readonly offered: Offered;
  readonly onClose: () => void;
}

function Question({ line, offered, onClose }: QuestionProps) {
  const { t } = useTranslation();
  const reference = useReference();
  // As it was when the question was put: what others change meanwhile is merged, as with every form.
  const [put] = useState(() =>
    putBack(offered.kind, currentRow(reference, offered.kind, offered.id), offered),
  );
  const save = usePutBack(offered.kind);
  const submit = async (): Promise<void> => {
    if (put.kind === 'possible' && (await save(put.row, put.seen))) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('audit.putBack.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {put.kind === 'possible' ? (
        <>
          <Fields line={line} />
          <Moved kind={offered.kind} row={put.row} />
        </>
      ) : (
        <p role="alert">{whyNot(put, offered.kind, t)}</p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus={put.kind !== 'possible' || undefined} onClick={onClose}>
          {t(put.kind === 'possible' ? 'common.cancel' : 'common.close')}
        </Button>
        {put.kind === 'possible' && (
          <Button data-autofocus onClick={() => void submit()}>
            {t('audit.putBack.do')}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

function whyNot(
  put: Exclude<PutBack, { readonly kind: 'possible' }>,
  kind: RecordKind,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  const fields = 'fields' in put ? put.fields.map((name) => fieldName(kind, name, t)).join(', ') : '';
  return t(`audit.putBack.not.${put.kind}`, { fields });
}

/** The changed fields: as they are, and as they will be again. */
function Fields({ line }: { readonly line: AuditLine }) {
  const { t } = useTranslation();
  const reference = useReference();
  return (
    <dl className={classes['changes']}>
      {auditChanges(line, { t, reference }).map(({ field, was, is }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            <del>{is}</del>
            <IconArrowRight size={14} aria-hidden />
            <ins>{was}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Says which deadlines move, where the setting is one that deadlines follow from. */
function Moved({ kind, row }: { readonly kind: RecordKind; readonly row: CentreRecord }) {
  const { policies } = useReference();
  const draft = draftOf(kind, row, policies);
  const moved = useMovedDeadlines(draft);
  return draft === null ? null : <MovedDeadlines moved={moved} />;
}

function draftOf(
  kind: RecordKind,
  row: CentreRecord,
  policies: readonly DeadlinePolicy[],
): SettingsDraft | null {
  if (kind === 'calendar') return { calendar: row as WorkingCalendar };
  if (kind !== 'policy') return null;
  const policy = row as DeadlinePolicy;
  return { policies: [...policies.filter(({ id }) => id !== policy.id), policy] };
}

/** Saves what was put back and tells, with the way back again. */
function usePutBack(kind: RecordKind): (row: CentreRecord, seen: CentreRecord) => Promise<boolean> {
  const { t } = useTranslation();
  const saveRecord = useSaveRecord(kind);
  return async (row, seen) => {
    if (!(await saveRecord(row, seen))) return false;
    tellDone(t('audit.putBack.done'), {
      label: t('common.undo'),
      run: () => void saveRecord(seen, row).then((isBack) => isBack && tellDone(t('audit.putBack.undone'))),
    });
    return true;
  };
}
