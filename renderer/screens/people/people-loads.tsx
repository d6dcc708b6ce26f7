import { Button, Group, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsLoad } from '#shared/protocol/loads.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import { RecentLoadsDialog } from '#renderer/triage/settings-load/recent-loads.tsx';
import loadClasses from '#renderer/triage/settings-load/settings-load.module.css';
import { readPeopleLoads, takePeopleBack } from './people-api.ts';

interface Props {
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

/** Tables of people that were loaded within a day, each of which may be taken back. */
export function PeopleLoads({ refresh, onClose }: Props) {
  const { t } = useTranslation();
  const data = useCentreQuery(['people-loads'], readPeopleLoads);
  const [chosen, setChosen] = useState<SettingsLoad | null>(null);
  return (
    <RecentLoadsDialog
      hint={t('people.load.recentHint')}
      data={data}
      loads={data.value?.loads ?? null}
      takenBack={[]}
      onChoose={setChosen}
      onClose={onClose}
    >
      {chosen !== null && (
        <TakePeopleBack
          load={chosen}
          onDone={async (isTakenBack) => {
            setChosen(null);
            if (!isTakenBack) return;
            await data.refresh();
            await refresh();
          }}
        />
      )}
    </RecentLoadsDialog>
  );
}

interface TakeBackProps {
  readonly load: SettingsLoad;
  readonly onDone: (isTakenBack: boolean) => Promise<void>;
}

/** Says what taking a load of people back would do, then does it. */
function TakePeopleBack({ load, onDone }: TakeBackProps) {
  const { t } = useTranslation();
  const reference = useReference();
  const trial = useCentreQuery(['people-loads', load.id], () => takePeopleBack(load.id, true), {
    refetchInterval: false,
  });
  const taking = useCentreAction(
    () => takePeopleBack(load.id, false),
    ({ back }) => {
      tellDone(t('settingsLoad.takenBack', { count: back }));
      return onDone(true);
    },
  );
  if (trial.value === null) return <Loader size="sm" role="status" aria-label={t('centre.reading')} />;
  const { back, stay } = trial.value;
  return (
    <>
      <p>
        <b>{load.file}</b>
      </p>
      <p>{t('people.load.willBeBack', { count: back })}</p>
      {stay.length > 0 && (
        <>
          <p>{t('people.load.willStay', { count: stay.length })}</p>
          <ul className={loadClasses['stay']} tabIndex={0} aria-label={t('settingsLoad.stays')}>
            {stay.map((id) => (
              <li key={id}>{personName(reference, id)}</li>
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => void onDone(false)}>
          {t('common.back')}
        </Button>
        <Button
          data-autofocus
          disabled={back === 0 || !trial.isLive}
          loading={taking.isPending}
          onClick={() => taking.run()}
        >
          {t('settingsLoad.takeBack')}
        </Button>
      </Group>
    </>
  );
}
