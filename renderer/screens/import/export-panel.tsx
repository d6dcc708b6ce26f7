import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateOfDay, localTimeAt } from '#shared/domain/time-zone.ts';
import { useReference, useSession } from '#renderer/kit/context/console-context.tsx';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import { exportFile } from './import-api.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import classes from './import.module.css';

const FORMATS = ['xlsx', 'csv'] as const;

/** The region's incidents of some days as the registry's own file of 47 columns. */
export function ExportPanel() {
  const { t } = useTranslation();
  const { region } = useSession();
  const { zone } = useReference();
  const { date: today, day } = localTimeAt(zone, useNow());
  const [from, setFrom] = useState(`${dateOfDay(day - 31).slice(0, 8)}01`);
  const [to, setTo] = useState(today);
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('xlsx');
  const isLive = useIsLive();
  const isBackwards = from > to;
  const save = useCentreAction(
    () => exportFile(format, from, to),
    (file) => saveFile(`pult-${region.code}-${from}-${to}.${format}`, file.type, file),
  );
  return (
    <section className={classes['part']}>
      <h2>{t('export.title')}</h2>
      <p className={classes['hint']}>{t('export.hint')}</p>
      <div className={classes['period']}>
        <TextInput
          type="date"
          label={t('export.from')}
          value={from}
          max={to}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('export.to')}
          value={to}
          min={from}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('export.format')}
          data={FORMATS.map((format) => ({ value: format, label: t(`export.formats.${format}`) }))}
          value={format}
          onChange={(value) => setFormat(value === 'csv' ? 'csv' : 'xlsx')}
        />
        <Button
          disabled={!isLive || isBackwards || from === '' || to === ''}
          loading={save.isPending}
          onClick={() => save.run()}
        >
          {t('export.save')}
        </Button>
      </div>
      {isBackwards && (
        <p className={classes['bad']} role="alert">
          {t('export.backwards')}
        </p>
      )}
      {!isLive && (
        <p className={classes['bad']} role="status">
          {t('import.needsConnection')}
        </p>
      )}
    </section>
  );
}
