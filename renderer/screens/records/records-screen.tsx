import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams, useSearch } from 'wouter';
import {
  mayWrite,
  REGISTER_KINDS,
  type RecordOf,
  type RegisterKind,
} from '#shared/domain/records/record-rules.ts';
import { Column } from '#renderer/kit/layout/column.tsx';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { kindAt, type RegisterRecord } from './record-kinds.ts';
import { RecordList } from './record-list.tsx';
import classes from './records.module.css';
import { useRecords } from './use-records.ts';

const listed = <K extends RegisterKind>(kind: K, rows: readonly RecordOf[K][] | null) =>
  rows === null ? null : (rows.map((row) => ({ kind, row })) as readonly RegisterRecord[]);

/**
 * The registers of the centre's own work. Address: `/records/campaign`, `/records/activity/<id>`,
 * `/records/campaign/new`, `/records/example/new?incident=<id>`.
 */
export function RecordsScreen() {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const { account } = useSession();
  const { kind: named, id } = useParams<{ kind?: string; id?: string }>();
  const incident = new URLSearchParams(useSearch()).get('incident');
  const kind = kindAt(named);
  const rows = listed(kind, useRecords(kind));
  useEffect(() => {
    document.title = t('records.documentTitle');
  }, [t]);
  // An example case begins at its incident.
  const mayAdd = mayWrite(account.role, kind) && kind !== 'example';
  return (
    <>
      <Column width={960}>
        <header className={classes['head']}>
          <h1>{t('records.title')}</h1>
          <SegmentedControl
            aria-label={t('records.title')}
            value={kind}
            onChange={(next) => goTo(`/records/${next}`)}
            data={REGISTER_KINDS.map((choice) => ({ value: choice, label: t(`records.kind.${choice}`) }))}
          />
          {mayAdd && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => goTo(`/records/${kind}/new`)}
            >
              {t(`records.new.${kind}`)}
            </Button>
          )}
        </header>
        {rows !== null && <RecordList kind={kind} rows={rows} />}
      </Column>
      {rows !== null && id !== undefined && (
        <RecordDrawer
          key={`${kind} ${id}`}
          kind={kind}
          id={id}
          incident={incident}
          rows={rows}
          onClose={() => goTo(`/records/${kind}`)}
        />
      )}
    </>
  );
}
