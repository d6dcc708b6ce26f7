import { Button, CopyButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHoldOpen } from '#renderer/kit/forms/hold-open.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import classes from './second-factor.module.css';

interface Props {
  readonly spares: readonly string[];
  readonly onKept: () => unknown;
}

/** Spare codes, shown this once. */
export function SpareList({ spares, onKept }: Props) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  useHoldOpen('secret');
  const kept = useRef<HTMLButtonElement>(null);
  useEffect(() => kept.current?.focus(), []);
  const text = spares.join('\n');
  return (
    <section className={classes['setup']} role="status" aria-label={t('secondFactor.spares')}>
      <h3>{t('secondFactor.spares')}</h3>
      <p className={classes['soft']}>{t('secondFactor.sparesHint')}</p>
      <ul className={classes['spares']}>
        {spares.map((spare) => (
          <li key={spare}>{spare}</li>
        ))}
      </ul>
      <div className={classes['acts']}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'common.copied' : 'secondFactor.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          onClick={() => saveFile(`${t('secondFactor.spares')}.txt`, 'text/plain', `${text}\n`)}
        >
          {t('secondFactor.saveSpares')}
        </Button>
      </div>
      <div className={classes['acts']}>
        <Button
          data-autofocus
          ref={kept}
          loading={isBusy}
          onClick={() => {
            setBusy(true);
            void Promise.resolve(onKept()).finally(() => setBusy(false));
          }}
        >
          {t('secondFactor.kept')}
        </Button>
      </div>
    </section>
  );
}
