import { Button, TextInput } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSensibleDay } from '#shared/domain/bounds.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt } from '#shared/domain/time-zone.ts';
import { useCentreTime, useReference } from '#renderer/kit/context/console-context.tsx';
import { LoadDialog } from '#renderer/triage/settings-load/load-dialog.tsx';
import { TopicLoadTrial } from './load-trial.tsx';

/** A whole new dictionary from a file, in force from a day that is chosen first. */
export function VersionLoad() {
  const { t } = useTranslation();
  const { zone } = useReference();
  const centreTime = useCentreTime();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState(() => dateOfDay(localDayAt(zone, centreTime()) + 1));
  const known = isSensibleDay(day) ? dayOfDate(day) : null;
  const at = known === null ? null : instantAtLocal(zone, known, 0);
  const first = (
    <>
      <TextInput
        type="date"
        label={t('topics.version.day')}
        value={day}
        error={at === null && t('topics.formWrong.firstDay')}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <p>{t('topics.version.how')}</p>
    </>
  );
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCalendarPlus size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('topics.version.load')}
      </Button>
      {isOpen && (
        <LoadDialog
          kind="topic"
          version={at}
          first={first}
          isReady={at !== null}
          onClose={() => setOpen(false)}
          about={(preview) => <TopicLoadTrial preview={preview} at={at} />}
        />
      )}
    </>
  );
}
