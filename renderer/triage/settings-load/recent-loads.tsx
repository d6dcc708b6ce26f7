import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { loadsSchema, type SettingsLoad } from '#shared/protocol/loads.ts';
import type { TableKind } from '#shared/exchange/settings/tables.ts';
import { askBelow } from '#renderer/kit/api/ask-centre.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { Freshness } from '#renderer/kit/layout/administration.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import classes from './settings-load.module.css';
import { TakeBack } from './take-back.tsx';

const ask = askBelow('/api/v1/loads', 60_000);

interface Props {
  readonly kind: TableKind;
  readonly onClose: () => void;
}

/** Files of this kind that were loaded within a day, each of which may be taken back. */
export function RecentLoads({ kind, onClose }: Props) {
  const { t } = useTranslation();
  const data = useCentreQuery(['loads'], () => ask('', loadsSchema));
  const [chosen, setChosen] = useState<SettingsLoad | null>(null);
  // The centre hears of it when the outbox is sent, and the list is read again within a minute.
  const [takenBack, setTakenBack] = useState<readonly string[]>([]);
  return (
    <RecentLoadsDialog
      hint={t('settingsLoad.recentHint')}
      data={data}
      loads={data.value?.loads.filter((load) => load.kind === kind) ?? null}
      takenBack={takenBack}
      onChoose={setChosen}
      onClose={onClose}
    >
      {chosen !== null && (
        <TakeBack
          load={chosen}
          kind={kind}
          onDone={(isTakenBack) => {
            if (isTakenBack) setTakenBack([...takenBack, chosen.id]);
            setChosen(null);
          }}
        />
      )}
    </RecentLoadsDialog>
  );
}

interface DialogProps extends Omit<LoadsProps, 'loads'> {
  readonly hint: string;
  readonly data: Parameters<typeof Freshness>[0]['data'];
  /** Null until they are read. */
  readonly loads: readonly SettingsLoad[] | null;
  readonly onClose: () => void;
  /** Taking the chosen one back, in the place of the list; false while none is chosen. */
  readonly children: ReactNode;
}

/** The dialog of loads of the last day: their list, or taking one of them back. */
export function RecentLoadsDialog({ hint, data, loads, onClose, children, ...list }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('settingsLoad.recent')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children !== false ? (
        children
      ) : (
        <>
          <p className={classes['hint']}>{hint}</p>
          <Freshness
            data={data}
            nothing={t('settingsLoad.recentAway')}
            kept={(at) => t('settingsLoad.recentKept', { at })}
            unread={t('settingsLoad.recentUnread')}
          />
          {loads?.length === 0 && <p>{t('settingsLoad.noneRecent')}</p>}
          <LoadList {...list} loads={loads ?? []} />
        </>
      )}
    </Modal>
  );
}

interface LoadsProps {
  readonly loads: readonly SettingsLoad[];
  /** Ids of those that were taken back here just now. */
  readonly takenBack: readonly string[];
  readonly onChoose: (load: SettingsLoad) => void;
}

/** Loads by file, each with the button that takes it back. */
function LoadList({ loads, takenBack, onChoose }: LoadsProps) {
  const { t } = useTranslation();
  const reference = useReference();
  const when = useWhen();
  const now = useNow();
  return (
    <ul className={classes['loads']}>
      {loads.map((load) => (
        <li key={load.id}>
          <span>
            <b>{load.file}</b>{' '}
            <span className={classes['hint']}>
              {t(load.kind === 'calendar' ? 'settingsLoad.loadedWhole' : 'settingsLoad.loadedBy', {
                name: personName(reference, load.actor),
                at: when.short(load.at, now),
                count: load.rows,
              })}
            </span>
          </span>
          {load.isTakenBack || takenBack.includes(load.id) ? (
            <span>{t('settingsLoad.isTakenBack')}</span>
          ) : (
            <Button variant="default" size="compact-sm" onClick={() => onChoose(load)}>
              {t('settingsLoad.takeBack')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
