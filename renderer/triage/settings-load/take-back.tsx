import { Button, Group, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuidv7 } from 'uuid';
import { ownRow } from '#shared/domain/records/own-row.ts';
import { startOfMinute } from '#shared/domain/instant.ts';
import { loadCommands } from '#shared/exchange/settings/load-commands.ts';
import { takeBackOf } from '#shared/exchange/settings/plan-take-back.ts';
import { recordsOf } from '#shared/exchange/settings/record-parts.ts';
import { settingsTable, type TableKind } from '#shared/exchange/settings/tables.ts';
import { loadRowsSchema, type LoadRows, type SettingsLoad } from '#shared/protocol/loads.ts';
import type { ReferenceRow } from '#shared/protocol/sync.ts';
import { askBelow } from '#renderer/kit/api/ask-centre.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useCentreTime, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { Freshness } from '#renderer/kit/layout/administration.tsx';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { useSend } from '#renderer/triage/acts/use-command.ts';
import classes from './settings-load.module.css';

const ask = askBelow('/api/v1/loads', 60_000);

interface Props {
  readonly load: SettingsLoad;
  readonly kind: TableKind;
  /** `isTakenBack`: it was, and not only looked at. */
  readonly onDone: (isTakenBack: boolean) => void;
}

/** Says what taking a load back would do, then does it. */
export function TakeBack({ load, kind, onDone }: Props) {
  const { t } = useTranslation();
  const store = useStore();
  const data = useCentreQuery(
    ['loads', load.id],
    async () => {
      const answer = await ask(`/${load.id}`, loadRowsSchema);
      if (!answer.ok) return answer;
      return { ok: true, value: { loaded: answer.value, rows: await store.reference() } } as const;
    },
    { refetchInterval: false },
  );
  if (data.value === null)
    return (
      <>
        <Loader size="sm" role="status" aria-label={t('centre.reading')} />
        <Freshness
          data={data}
          nothing={t('settingsLoad.recentAway')}
          kept={() => t('settingsLoad.recentAway')}
          unread={t('settingsLoad.recentUnread')}
        />
      </>
    );
  return <Planned {...data.value} load={load} kind={kind} onDone={onDone} />;
}

interface PlannedProps extends Props {
  readonly loaded: LoadRows;
  readonly rows: readonly ReferenceRow[];
}

/** Rows that stay are named up to here; all of them are counted. */
const NAMED = 100;

function Planned({ loaded, rows, load, kind, onDone }: PlannedProps) {
  const { t } = useTranslation();
  const { zone } = useReference();
  const centreTime = useCentreTime();
  const send = useSend();
  const [isSaving, setSaving] = useState(false);
  const [now] = useState(() => startOfMinute(centreTime()));
  const [table] = useState(() => {
    const byKind = Map.groupBy(rows, (row) => row.kind);
    const rowsOf = (wanted: ReferenceRow['kind']) => (byKind.get(wanted) ?? []).map(ownRow);
    return settingsTable(kind, { zone, at: now, rowsOf });
  });
  const [plan] = useState(() => {
    const current = rows.flatMap((row) =>
      row.kind === kind ? [[row.id, ownRow(row) as Readonly<Record<string, unknown>>] as const] : [],
    );
    return takeBackOf(loaded.rows, { kind, table, now, current: new Map(current) }, NAMED);
  });
  const takeBack = async (): Promise<void> => {
    setSaving(true);
    const commands = loadCommands(recordsOf(table, plan.back), { kind, file: load.file, takesBack: load.id });
    const id = uuidv7();
    const done = await send(commands.map((command) => ({ id, command })));
    setSaving(false);
    if (done === null) return;
    tellDone(t('settingsLoad.takenBack', { count: plan.back.length }));
    onDone(true);
  };
  return (
    <>
      <p>
        <b>{load.file}</b>
      </p>
      <p>{t('settingsLoad.willBeBack', { count: plan.back.length })}</p>
      {plan.touched.length > 0 && (
        <>
          <p>{t('settingsLoad.willStay', { count: plan.touched.length })}</p>
          <ul className={classes['stay']} tabIndex={0} aria-label={t('settingsLoad.stays')}>
            {plan.names.map((name, index) => (
              <li key={index}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onDone(false)}>
          {t('common.back')}
        </Button>
        <Button
          data-autofocus
          disabled={plan.back.length === 0}
          loading={isSaving}
          onClick={() => void takeBack()}
        >
          {t('settingsLoad.takeBack')}
        </Button>
      </Group>
    </>
  );
}
